"""Learns the points of topic terms from unlabelled political text, and writes them as data: topic_weight.csv, topic_code.csv.

    python -m benchmarks.topics.train ../shared/topics/*_unlabelled.parquet --labels benchmarks/topics/labels*.csv

No human label is needed. The lexicon speaks first; each sentence's neighbours weigh in; what a sentence is then about is its
pseudo-label; a linear classifier learns from those which other words go with a topic; and the same again with what was
learned. Labels of one's own, where there are any, overrule. Words are cut by the same macros that scoring runs. Needs
scipy (`pip install onrecord[train]`); scoring needs none of this.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from nupunkt import sent_tokenize
from scipy import sparse
from scipy.optimize import minimize

from flows import derive

NONE = "none"
STOPS = frozenset(",;:.!?()")
# How members address each other and what any bill goes through: said in every debate, whatever it is about. Learned from, they
# would make a sentence about nothing of whatever is said politely.
ADDRESS = {
    *("amendment", "baroness", "bill", "chair", "chairman", "chairperson", "clause", "colleague", "committee", "debate"),
    *("assembly", "constituency", "minister", "motion", "parliament"),
    *("friend", "gentleman", "gentlemen", "gentlewoman", "hon", "honorable", "honourable", "lady", "lord", "lordship"),
    *("madam", "member", "noble", "senator", "sir", "speaker"),
}
ROUNDS = 3
KEEP = 0.85  # share of each topic's pseudo-labels that is learned from: those with the largest margin
LABEL_WEIGHT = 10.0  # a label by a reader counts for so many pseudo-labels: with 4 or 20 other labels were met less often
MISSES = 0.2  # what a miss by the classifier costs against large weights
STEPS = 30  # of its descent in each round
EVEN = 0.3  # how far what each topic starts from makes up for its rarity: rare ones were told seldom, and mostly rightly
LEARNED = 3.0  # a learned weight of 1 in points of the lexicon
RARE_WORD, RARE_PAIR = 8, 12  # terms in fewer sentences are not learned
LEAST, WORTH = 1.5, 4.0  # points below LEAST, and terms without any of WORTH, are not kept (they are divided by about 25)

Terms = list[list[str]]
Matrix = np.ndarray


@dataclass(frozen=True)
class Text:
    """Sentences in the order in which they were said, with the document of each."""

    documents: Matrix
    words: Terms

    @property
    def size(self) -> int:
        return len(self.words)

    def beside(self, distance: int) -> Matrix:
        """True at i where sentences i and i + distance are of one document."""
        return self.documents[distance:] == self.documents[:-distance]


@dataclass(frozen=True)
class Learned:
    """What training gives: points of terms per topic, their sizes, and what each topic starts from."""

    codes: list[str]
    terms: list[str]
    sizes: Matrix
    points: Matrix
    intercepts: Matrix


def read_text(paths: Iterable[Path], limit: int) -> Iterator[tuple[str, str]]:
    """(document, sentence) of parquet files (columns doc, text) and of folders with Markdown pages, at most limit each."""
    for path in paths:
        if path.is_dir():
            yield from _from_pages(path, limit)
        else:
            with derive.connect() as connection:
                rows = connection.execute("select doc, text from read_parquet(?) limit ?", [str(path), limit]).fetchall()
            yield from ((f"{path.stem}-{doc}", text) for doc, text in rows)


def cut(sentences: Iterable[tuple[str, str]]) -> Text:
    """The sentences' words, by the macros that scoring runs."""
    rows = list(sentences)
    with derive.connect() as connection:
        derive.prepare(connection)
        connection.execute("create table given (number integer, text varchar)")
        for start in range(0, len(rows), 20_000):
            texts = [text for _, text in rows[start : start + 20_000]]
            connection.execute(
                "insert into given select generate_subscripts($1, 1) + $2, unnest($1)", [texts, start]
            )
        cut_words = connection.execute(
            "select list_transform(topic_words(text), lambda word: topic_stem(word)) from given order by number"
        ).fetchall()
    return Text(np.array([doc for doc, _ in rows]), [words for (words,) in cut_words])


def learn(text: Text, lexicon: list[tuple[str, str, float]], codes: list[str], labels: dict[int, str]) -> Learned:
    """Self-training: lexicon, then ROUNDS of pseudo-labels in context and a linear classifier."""
    slots = {code: slot for slot, code in enumerate(codes)}
    grams = [_grams(words, 4) for words in text.words]
    by_hand = _by_hand(grams, lexicon, slots)
    terms, counts = _counts(grams)
    documents_with = np.asarray((counts > 0).sum(0)).ravel()
    idf = np.log((1 + text.size) / (1 + documents_with)) + 1
    features = _shortened(counts, idf)
    own = by_hand.copy()
    own[:, slots[NONE]] += 0.5
    scores = _plainly_smoothed(text, own)
    weights = np.zeros((features.shape[1] + 1, len(codes)))  # of terms, and in the last row what each topic starts from
    for _ in range(ROUNDS):
        weights = _fit(features, *_pseudo_labels(scores, {n: slots[code] for n, code in labels.items()}), weights)
        own = by_hand + LEARNED * (features @ weights[:-1] + weights[-1])
        scores = in_context(text, own)
    points = LEARNED * weights[:-1] * idf[:, None]
    points[np.abs(points) < LEAST] = 0
    kept = np.abs(points).max(1) >= WORTH
    names = [term for term, is_kept in zip(terms, kept, strict=True) if is_kept]
    share = np.maximum(_chances(scores).mean(0), 0.004)
    intercepts = LEARNED * weights[-1] - EVEN * np.log(share * len(codes))
    return Learned(codes, names, (idf**2)[kept], points[kept], intercepts)


def in_context(text: Text, own: Matrix) -> Matrix:
    """What sql/topics/topic_scores.sql computes: a sentence's own points and what its neighbours say."""
    raised = np.exp(own - own.max(1, keepdims=True))
    voices = np.log(1 + raised / raised.sum(1, keepdims=True) / 0.02)
    heard = _from_beside(text, voices, _kernel)
    weight = _from_beside(text, np.ones((text.size, 1)), _kernel)
    return 0.42 * own + heard * np.minimum(2.5, 2.1 / np.maximum(weight, 0.1))


def write(learned: Learned, lexicons: Path) -> None:
    """Writes topic_weight.csv, and each topic's intercept into topic_code.csv."""
    with (lexicons / "topic_weight.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["term", "size", *(f"t_{code}" for code in learned.codes), "note"])
        for term, size, points in zip(learned.terms, learned.sizes, learned.points, strict=True):
            writer.writerow([term, round(size), *(f"{p:.0f}" if p else "" for p in points), ""])
    path = lexicons / "topic_code.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["intercept"] = f"{learned.intercepts[learned.codes.index(row['topic_code'])]:.3f}"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_lexicon(lexicons: Path) -> tuple[list[tuple[str, str, float]], list[str]]:
    """((topic_code, term, weight) of the lexicon, the topics' codes)."""
    with (lexicons / "topic_lexicon.csv").open(encoding="utf-8") as file:
        entries = [(row["topic_code"], row["term"], float(row["weight"])) for row in csv.DictReader(file)]
    with (lexicons / "topic_code.csv").open(encoding="utf-8") as file:
        codes = [row["topic_code"] for row in csv.DictReader(file)]
    return entries, codes


def read_labels(paths: Iterable[Path], text: Text) -> dict[int, str]:
    """Sentence number -> topic_code. A row labels the sentences first to last of a document, counted from 0."""
    starts: dict[str, int] = {}
    for number, document in enumerate(text.documents):
        starts.setdefault(str(document), number)
    labels: dict[int, str] = {}
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for number in range(int(row["first"]), int(row["last"]) + 1):
                    labels[starts[row["document"]] + number] = row["topic_code"]
    return labels


def _from_pages(folder: Path, limit: int) -> Iterator[tuple[str, str]]:
    given = 0
    for path in sorted(folder.rglob("*.md")):
        page = re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8", errors="replace")[:400_000], flags=re.S)
        page = re.sub(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)|[*_#>|]+", r"\1", page)
        for paragraph in page.split("\n"):
            for sentence in sent_tokenize(paragraph.strip()) if paragraph.strip() else ():
                yield path.as_posix(), sentence
                given += 1
        if given >= limit:
            return


def _grams(words: list[str], longest: int) -> list[str]:
    found = []
    for start, word in enumerate(words):
        if word in STOPS:
            continue
        found.append(word)
        for end in range(start + 1, min(start + longest, len(words))):
            if words[end] in STOPS:
                break
            found.append(" ".join(words[start : end + 1]))
    return found


def _by_hand(grams: Terms, lexicon: list[tuple[str, str, float]], slots: dict[str, int]) -> Matrix:
    entries: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for code, term, weight in lexicon:
        entries[term].append((slots[code], weight * (1 + 0.5 * term.count(" "))))
    points = np.zeros((len(grams), len(slots)))
    for row, found in enumerate(grams):
        for term in found:
            for slot, weight in entries.get(term, ()):
                points[row, slot] += weight
    return points


def _counts(grams: Terms) -> tuple[list[str], sparse.csr_matrix]:
    seen = Counter(term for found in grams for term in set(found) if term.count(" ") < 2)
    often = (term for term, n in seen.items() if n >= (RARE_PAIR if " " in term else RARE_WORD))
    terms = sorted(term for term in often if ADDRESS.isdisjoint(term.split()))
    number = {term: i for i, term in enumerate(terms)}
    columns = [[number[t] for t in found if t in number] for found in grams]
    ends = np.cumsum([0, *(len(c) for c in columns)])
    flat = np.concatenate([np.array(c, dtype=np.int32) for c in columns])
    matrix = sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(grams), len(terms)))
    matrix.sum_duplicates()
    return terms, matrix


def _shortened(counts: sparse.csr_matrix, idf: Matrix) -> sparse.csr_matrix:
    """Each sentence's counts times idf, divided by the root of its terms' sizes (idf squared), as topic_points.sql does."""
    lengths = np.sqrt(counts @ idf**2)
    return (sparse.diags(1 / np.maximum(lengths, 1)) @ counts @ sparse.diags(idf)).tocsr()


def _from_beside(text: Text, said: Matrix, kernel: object, reach: int = 6) -> Matrix:
    heard = np.zeros_like(said)
    for distance in range(1, reach + 1):
        together = text.beside(distance)
        heard[distance:][together] += kernel(distance) * said[:-distance][together]  # type: ignore[operator]
        heard[:-distance][together] += kernel(distance) * said[distance:][together]  # type: ignore[operator]
    return heard


def _kernel(distance: int) -> float:
    return 0.4 * 0.65 ** (distance - 1)


def _plainly_smoothed(text: Text, own: Matrix) -> Matrix:
    return own + _from_beside(text, own, lambda d: 0.5**d, reach=2)


def _chances(scores: Matrix) -> Matrix:
    """What sql/topics/topic_scores.sql makes of the points in context."""
    raised = np.exp(0.9 * (scores - scores.max(1, keepdims=True)))
    return raised / raised.sum(1, keepdims=True)


def _pseudo_labels(scores: Matrix, labels: dict[int, int]) -> tuple[Matrix, Matrix, Matrix]:
    """(topic of each sentence, whether it is learned from, how much it counts)."""
    best = scores.argmax(1)
    ordered = np.sort(scores, 1)
    margin = ordered[:, -1] - ordered[:, -2]
    use = np.zeros(len(best), bool)
    for slot in range(scores.shape[1]):
        rows = np.flatnonzero(best == slot)
        use[rows[np.argsort(-margin[rows], kind="stable")[: int(KEEP * len(rows))]]] = True
    weight = np.ones(len(best))
    for row, slot in labels.items():
        best[row], use[row], weight[row] = slot, True, LABEL_WEIGHT
    return best, use, weight


def _fit(features: sparse.csr_matrix, topic: Matrix, use: Matrix, weight: Matrix, start: Matrix) -> Matrix:
    """Weights of each term for each topic: linear classifiers, one topic against the rest, all in one descent from start.

    The loss is the squared hinge. A rare topic's sentences count for more, so that it is not drowned.
    """
    topics = start.shape[1]
    seen, said, count = features[use], topic[use], weight[use]
    back = seen.T.tocsr()
    share = np.bincount(said, weights=count, minlength=topics) / count.sum()
    balance = (1 / (topics * np.maximum(share, 1e-6))) ** 0.5
    here = (np.arange(len(said)), said)
    sign = np.full((len(said), topics), -1.0)
    sign[here] = 1
    cost = np.repeat(MISSES * count[:, None], topics, axis=1)
    cost[here] *= balance[said]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        points = flat.reshape(-1, topics)
        short = np.maximum(0, 1 - sign * (seen @ points[:-1] + points[-1]))
        slope = -2 * cost * short * sign
        gradient = np.vstack([back @ slope, slope.sum(0)]) + points
        return float((cost * short**2).sum() + (points**2).sum() / 2), gradient.ravel()

    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 5})
    return found.x.reshape(start.shape)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="+", type=Path, help="parquet files with doc and text, or folders of Markdown pages")
    parser.add_argument("--labels", nargs="*", type=Path, default=[], help="CSV: document, first, last, topic_code")
    parser.add_argument("--limit", type=int, default=100_000, help="sentences of each file or folder")
    parser.add_argument("--lexicons", type=Path, default=derive.SQL_FOLDER / "lexicons", help="read and written here")
    options = parser.parse_args()
    text = cut(read_text(options.text, options.limit))
    lexicon, codes = read_lexicon(options.lexicons)
    write(learn(text, lexicon, codes, read_labels(options.labels, text)), options.lexicons)


if __name__ == "__main__":
    main()
