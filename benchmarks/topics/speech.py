"""How right the topics are on speech of other kinds than the addresses: debates, briefings, meetings, hearings.

    python -m benchmarks.topics.speech ../shared/topics/uk_hansard_2009_unlabelled.parquet /tmp/corpus

Paths are Parquet files (doc, text) and folders with the real pages of ../shared/corpus, unpacked. The pages that
speech_labels.csv names are run through the pipeline; its sentences are sentence_ids of the result, or numbers in a Parquet
file. Parts, in the order in which they were labelled: the errors of `read` and of `third` were read before terms were added to the
lexicon; `half`, `fresh` and `fourth` were never looked at. Nothing here was trained on.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.topics import evaluate, train
from flows import derive

TURN_COLUMNS = "turn_id, document_id, turn_index, speaker_id, label, answers_turn_id"
SENTENCE_COLUMNS = "sentence_id, turn_id, document_id, sentence_index, text, is_speech"
LABELS = Path(__file__).with_name("speech_labels.csv")


def read_labels() -> list[dict[str, str]]:
    """Rows of speech_labels.csv: part, document, sentence, topic_code."""
    with LABELS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run_pages(documents: set[str], folders: list[Path], work: Path) -> Path:
    """The database of a run over the named pages (kind/file name), which are looked for by name in the folders."""
    found = {path.name: path for folder in folders for path in folder.rglob("*") if path.is_file()}
    for document in sorted(documents):
        (work / "pages" / document).parent.mkdir(parents=True, exist_ok=True)
        name = Path(document).name
        # pages that were kept without an ending are named with one here
        shutil.copy(found[name] if name in found else found[name.removesuffix(".html")], work / "pages" / document)
    onrecord = Path(sys.executable).with_name("onrecord")
    subprocess.run([onrecord, "run", work / "pages", "--warehouse", work / "warehouse"], check=True, stdout=subprocess.DEVNULL)
    return work / "warehouse" / "onrecord.duckdb"


def predict(database: Path, parquets: list[Path], sql: Path = derive.SQL_FOLDER) -> dict[str, tuple[str, float]]:
    """Sentence (id, or document and number) -> (likeliest topic, score), speakers and questions as the pipeline found them."""
    with duckdb.connect(str(database), read_only=True) as source:
        turns = source.sql(f"select {TURN_COLUMNS} from turns").arrow().read_all()
        sentences = source.sql(f"select {SENTENCE_COLUMNS} from sentences").arrow().read_all()
    spoken = list(train.read_text(parquets, 100_000))
    starts: dict[str, int] = {}
    for number, (document, _) in enumerate(spoken):
        starts.setdefault(document, number)
    with derive.connect() as connection:
        derive.create_tables(connection)
        connection.register("turns_given", turns)
        connection.register("sentences_given", sentences)
        connection.execute("insert into turns by name from turns_given")
        connection.execute("insert into sentences by name from sentences_given")
        for document in starts:
            connection.execute(
                "insert into turns by name select ? as turn_id, ? as document_id, 0 as turn_index", [document, document]
            )
        given = [(document, number - starts[document], text) for number, (document, text) in enumerate(spoken)]
        connection.execute(
            "insert into sentences by name select document || '-' || number as sentence_id, document as turn_id, "
            "document as document_id, number as sentence_index, text, true as is_speech "
            "from (select unnest($1) as document, unnest($2) as number, unnest($3) as text)",
            [list(column) for column in zip(*given, strict=True)],
        )
        derive.prepare(connection, sql)
        for model in derive.models(sql):
            if model.path.parent.name == "topics":
                derive.run_one(connection, model)
        rows = connection.execute("select sentence_id, topic_code, score from sentence_topics where topic_rank = 1").fetchall()
        known = {name for (name,) in connection.execute("select sentence_id from sentences").fetchall()}
    return {name: (train.NONE, 0.0) for name in known} | {name: (code, score) for name, code, score in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--warehouse", type=Path, help="a warehouse that holds the pages already, under their names in the labels")
    parser.add_argument("--sql", type=Path, default=derive.SQL_FOLDER, help="another folder of models and lexicons")
    options = parser.parse_args()
    labels = read_labels()
    with tempfile.TemporaryDirectory() as folder:
        pages = {row["document"] for row in labels if "/" in row["document"]}
        if options.warehouse:
            database = options.warehouse / "onrecord.duckdb"
        else:
            database = run_pages(pages, [path for path in options.paths if path.is_dir()], Path(folder))
        told = predict(database, [path for path in options.paths if path.is_file()], options.sql)
    for part in dict.fromkeys(row["part"] for row in labels):
        rows = [row for row in labels if row["part"] == part and name_of(row) in told]
        lost = sum(row["part"] == part for row in labels) - len(rows)
        print(f"## {part} ({lost} labels without their sentence)\n")
        print(evaluate.report([(row["topic_code"], *told[name_of(row)]) for row in rows]) + "\n")


def name_of(row: dict[str, str]) -> str:
    """The sentence's name in predict()."""
    return row["sentence"] if "/" in row["document"] else f"{row['document']}-{row['sentence']}"


if __name__ == "__main__":
    main()
