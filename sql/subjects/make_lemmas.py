"""Writes lexicons/lemma.csv: the lemma of each word of part_of_speech.csv that differs from the word, by simplemma.

Run it after adding words: .venv/bin/python sql/subjects/make_lemmas.py [FILE with one more word a line]
"""

import csv
import sys
from pathlib import Path

import simplemma

LEXICONS = Path(__file__).resolve().parent.parent / "lexicons"


def main(more: list[str]) -> None:
    """more: further words, lower case."""
    with (LEXICONS / "part_of_speech.csv").open(encoding="utf-8", newline="") as file:
        words = {(row["language"], row["word"]) for row in csv.DictReader(file)}
    words |= {("en", word) for word in more}
    with (LEXICONS / "lemma.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["language", "word", "lemma", "note"])
        note = "made by sql/subjects/make_lemmas.py"
        for language, word in sorted(words):
            lemma = simplemma.lemmatize(word, language).lower()
            if lemma != word and lemma:
                out.writerow([language, word, lemma, note])
                note = ""


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text("utf-8").split() if len(sys.argv) > 1 else [])
