"""How right the topics are on labelled sentences that training did not see: macro-F1, accuracy by certainty, calibration.

    python -m benchmarks.topics.evaluate ../shared/topics/*_unlabelled.parquet --labels benchmarks/topics/labels*.csv --folds 3

Each fold's documents are left out of training, text and labels; then the models of sql/topics run over them. Each file of
labels is judged by itself.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.topics import train
from flows import derive

# Our labels are one reader's. What independent coders would find right, by what our reader does: a curve through two points.
# Coders found the design study right on .82 of its surest 49 % and on .73 of its surest 77 %; our labels of 4,077 sentences
# find its SQL right on .913 and .836 of them. docs/topics.md says more.
CODERS_SCALE, CODERS_POWER = 0.93, 1.36

Judged = list[tuple[str, str, float]]  # label, prediction (none where there is no row), score


def predict(sql: Path, documents: np.ndarray, sentences: list[str]) -> dict[int, tuple[str, float]]:
    """Sentence number -> (likeliest topic, score), by the models in the folder; each document is one turn."""
    with derive.connect() as connection:
        derive.create_tables(connection)
        connection.execute("create table given (number bigint, document varchar, text varchar)")
        columns = [list(range(len(sentences))), [str(d) for d in documents], sentences]
        connection.execute("insert into given select unnest($1), unnest($2), unnest($3)", columns)
        connection.execute(
            "insert into turns by name select distinct document as turn_id, document as document_id, 0 as turn_index from given"
        )
        connection.execute(
            "insert into sentences by name select number::varchar as sentence_id, document as turn_id, "
            "document as document_id, number as sentence_index, text, true as is_speech from given"
        )
        derive.prepare(connection, sql)
        for model in derive.models(sql):
            if model.path.parent.name == "topics":
                derive.run_one(connection, model)
        rows = connection.execute("select sentence_id::bigint, topic_code, score from sentence_topics where topic_rank = 1")
        return {number: (code, score) for number, code, score in rows.fetchall()}


def report(judged: Judged) -> str:
    """The figures as Markdown."""
    label, told, score = (np.array(column) for column in zip(*judged, strict=True))
    right = label == told
    codes = sorted(set(label), key=lambda code: (len(code), code))
    f1 = {code: 2 * (right & (label == code)).sum() / ((label == code).sum() + (told == code).sum()) for code in codes}
    has_row = told != train.NONE
    surest = np.argsort(-score, kind="stable")[: len(score) // 2]
    lines = [
        f"{len(label)} sentences: accuracy {right.mean():.3f}, macro-F1 {np.mean(list(f1.values())):.3f}, "
        f"surest half {right[surest].mean():.3f}",
        "",
        "| score | rows | mean score | right | by coders, estimated |",
        "| --- | --- | --- | --- | --- |",
    ]
    error = estimated_error = 0.0
    for low in np.arange(0.1, 1.0, 0.1):
        rows = has_row & (score >= low) & ((score < low + 0.1) | (low > 0.89))
        if rows.any():
            said, true = score[rows].mean(), right[rows].mean()
            estimated = CODERS_SCALE * true**CODERS_POWER
            lines.append(f"| {low:.1f} to {low + 0.1:.1f} | {rows.sum()} | {said:.2f} | {true:.2f} | {estimated:.2f} |")
            error += abs(said - true) * rows.sum() / has_row.sum()
            estimated_error += abs(said - estimated) * rows.sum() / has_row.sum()
    lines += ["", f"Calibration error {error:.3f}; by coders, estimated, {estimated_error:.3f}.", ""]
    lines.append("F1 by topic: " + ", ".join(f"{c} {v:.2f}" for c, v in f1.items()))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="+", type=Path)
    parser.add_argument("--labels", nargs="+", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=100_000)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, help="evaluate this fold alone")
    options = parser.parse_args()
    pairs = list(train.read_text(options.text, options.limit))
    text = train.cut(pairs)
    lexicon, codes = train.read_lexicon(derive.SQL_FOLDER / "lexicons")
    labels = train.read_labels(options.labels, text)
    documents = sorted({str(text.documents[n]) for n in labels})
    told: dict[int, tuple[str, float]] = {}
    for fold in range(options.folds) if options.only is None else [options.only]:
        held = np.isin(text.documents, documents[fold :: options.folds])
        kept = np.flatnonzero(~held)
        number = {int(old): new for new, old in enumerate(kept)}
        seen = train.Text(text.documents[kept], [text.words[n] for n in kept])
        learned = train.learn(seen, lexicon, codes, {number[n]: code for n, code in labels.items() if n in number})
        with tempfile.TemporaryDirectory() as folder:
            sql = Path(folder) / "sql"
            shutil.copytree(derive.SQL_FOLDER, sql)
            train.write(learned, sql / "lexicons")
            rows = np.flatnonzero(held)
            found = predict(sql, text.documents[rows], [pairs[n][1] for n in rows])
        told |= {int(n): found.get(position, (train.NONE, 0.0)) for position, n in enumerate(rows)}
    for path in options.labels:
        judged = [(code, *told[n]) for n, code in train.read_labels([path], text).items() if n in told]
        print(f"## {path.name}\n\n{report(judged)}\n")


if __name__ == "__main__":
    main()
