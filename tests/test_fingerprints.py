"""What a change touches is made anew, what it does not touch is left alone: the end is always that of a fresh run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.state import differences, query

ROOT = Path(__file__).parent.parent
TALK = """Ada Lund: Last year we built {} harbours for 300 dukkats, and fed 40 zorks in them.

Bo Renn: And 7 percent of them are closed today, so I ask for the reason.

Ada Lund: It is not 7, it is only 5, and two of these will open again.
"""


class Code:
    """A copy of the code, which a test may change as a maintainer would."""

    def __init__(self, place: Path) -> None:
        self.place = place
        for part in ("flows", "schemas", "sql", "corrections"):
            shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, inputs: Path, warehouse: Path, **environment: str) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "PREFECT_", "PYTHONPATH"))}
        command = [sys.executable, "-m", "flows.cli", "run", str(inputs), "--warehouse", str(warehouse)]
        told = subprocess.run(
            command, cwd=self.place, env=kept | {"PYTHONPATH": str(self.place)} | environment, capture_output=True, check=False
        )
        assert told.returncode == 0, told.stderr.decode()
        return told.stdout.decode()


def test_changed_lexicons_people_and_corrections_redo_what_they_touch(tmp_path: Path) -> None:
    """A word added to a lexicon must reach last year's documents too, and end where a fresh run ends."""
    code, inputs, warehouse = Code(tmp_path / "code"), tmp_path / "in", tmp_path / "warehouse"
    inputs.mkdir()
    for month in ("03", "04"):
        (inputs / f"2025-{month}-01-talk.txt").write_text(TALK.format(int(month) + 9), "utf-8")
    code.run(inputs, warehouse)
    database = warehouse / "onrecord.duckdb"
    kinds = "select unit, count(*) from numeric_claims where surface like '%dukkats' group by 1"
    assert query(database, kinds) not in ([], [("XDU", 2)])

    # a document more in another month leaves the files of the others alone
    files = {path: path.stat().st_mtime_ns for path in (warehouse / "parquet").glob("*/source=local/month=2025-03/*.parquet")}
    assert len(files) >= 5
    (inputs / "2025-05-01-talk.txt").write_text(TALK.format(20), "utf-8")
    assert "1 new, 0 changed, 2 unchanged" in code.run(inputs, warehouse)
    assert {path: path.stat().st_mtime_ns for path in files} == files

    with (code.place / "sql/lexicons/unit_money.csv").open("a", encoding="utf-8") as lexicon:
        lexicon.write("en,dukkats,after,money,XDU,,,of this test\n")
    people = tmp_path / "persons.csv"
    people.write_text("id,name,birth_date,death_date,gender\nQ999999901,Ada Lund,,,\n", "utf-8")
    (tmp_path / "corrections.toml").write_text(
        '[[correction]]\nfield = "speaker"\nquote = "7 percent of them are closed"\nvalue = "Cai Moser"\nauthor = "test"\n'
        'reason = "heard"\nmade_on = 2025-06-01\n',
        "utf-8",
    )
    told = {"ONRECORD_PEOPLE": str(people), "ONRECORD_CORRECTIONS": str(tmp_path / "corrections.toml")}
    assert "3 recomputed" in code.run(inputs, warehouse, **told)
    speakers = "select name, wikidata_id from speakers order by 1"
    assert query(database, kinds) == [("XDU", 3)]
    assert query(database, speakers) == [("Ada Lund", "Q999999901"), ("Cai Moser", None)]
    code.run(inputs, tmp_path / "fresh", **told)
    assert differences(database, tmp_path / "fresh/onrecord.duckdb") == {}
