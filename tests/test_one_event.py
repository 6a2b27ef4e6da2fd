"""One press conference as seven people posted it: an official page in two languages, two blogs, an interpreter's audio, a machine
translation, and an article retold through a third language. They are one event, and what their translations changed is said so.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from flows.clean.unpack import Member, members
from flows.pipeline import Asked, run
from flows.settings import Settings
from tests.state import query

SHARED = next((found for parent in Path(__file__).resolve().parents if (found := parent / "shared/corpus").is_dir()), None)
POSTINGS = "same_event_2025-03-13"
ROLES = {
    "0_kremlin_RU": "original",
    "1_kremlin_en": "translation",
    "2_karlof1_su": "excerpt",
    "3_singjupost": "translation",
    "4_ieu_monito": "translation",
    "5_dismount_s": "rewrite",
    "putin-lukash": "translation",
}

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if SHARED is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("shared/corpus is not beside this checkout")
    folder, warehouse = tmp_path_factory.mktemp("postings"), tmp_path_factory.mktemp("warehouse")
    for member in members((SHARED / "formats.tar.zst").read_bytes(), "formats.tar.zst"):
        if isinstance(member, Member) and POSTINGS in member.origin:
            (folder / member.origin.rpartition("/")[2]).write_bytes(member.content)
    founding = SHARED.parent / "samples" / "putin-lukashenko-2025-03-13.txt"
    (folder / founding.name).write_bytes(founding.read_bytes())
    assert run(Asked(paths=(folder,)), Settings.from_environment(warehouse, {})).status == "published"
    return warehouse / "onrecord.duckdb"


def test_the_postings_are_one_event_with_one_original(database: Path) -> None:
    """Seven pages counted as seven statements would make one figure look like seven."""
    found = query(database, "select origin[:12], event_role, event_id, event_evidence from documents order by origin")
    assert {origin: role for origin, role, _, _ in found} == ROLES
    assert len({event for _, _, event, _ in found}) == 1
    assert all(evidence for *_, evidence in found)
    assert next(evidence for _, role, _, evidence in found if role == "original").startswith("the official publisher's")


def test_a_figure_agrees_across_the_postings_of_its_event(database: Path) -> None:
    """A series that holds one event's figure must hold it as every posting has it."""
    across = """
        select c.value, list(distinct d.origin[:12] order by d.origin[:12]), count(distinct c.speaker_id)
        from claim_series_members as m
        inner join numeric_claims as c using (claim_id)
        inner join documents as d using (document_id)
        where c.value is not null
        group by m.series_id, c.value
        having count(distinct d.origin) > 1
        order by all
    """
    found = query(database, across)
    assert {speakers for *_, speakers in found} == {1}
    two, three = ["0_kremlin_RU", "putin-lukash"], ["0_kremlin_RU", "3_singjupost", "putin-lukash"]
    assert {value for value, postings, _ in found if postings == three} == {60.0, 90.0, 4.5e9, 5.0e10}
    told_twice = {value for value, postings, _ in found if postings == two}
    assert told_twice == {2.0, 5.7, 6.0, 26.0, 28.0, 30.0, 40.0, 87.0, 90.0, 100.0, 1300.0, 2000.0, 12000.0, 5.0e10, 5.1e10}


def test_what_translation_changed_is_listed_as_that(database: Path) -> None:
    """ "Больше 90 процентов" became "90 percent", "about four and a half billion" became "over $4.5 billion": nobody was
    contradicted.
    """
    found: list[Any] = query(
        database,
        """
        select distinct f.reason, a.value, least(a.comparator, b.comparator), greatest(a.comparator, b.comparator)
        from claim_differences as f
        inner join numeric_claims as a on a.claim_id = f.claim_id
        inner join numeric_claims as b on b.claim_id = f.other_claim_id
        where a.document_id <> b.document_id and a.speaker_id = b.speaker_id
        order by 2
        """,
    )
    assert found == [("translation", 90.0, "=", ">"), ("translation", 4.5e9, ">", "~")]
    assert query(database, "select distinct reason from claim_differences") == [("translation",)]
