"""How many labels are found, measured where the page's own markup or spelling says which are labels.

    python benchmarks/labels.py CORPUS [--sample N] [--seed N]

CORPUS holds the folders of ../shared/corpus, unpacked. Three measures: pages with bold labels (their bold heads that end in
a colon are the truth), the same pages as text without any markup, and dialogues in which labels are in capitals or Q. What
is printed as missed or extra is to be read: some of it is the truth's fault, not the finder's.
"""

from __future__ import annotations

import argparse
import difflib
import random
import re
from collections import Counter, defaultdict
from pathlib import Path

from lxml import html as lxml_html

from flows.clean import html, markdown, text
from flows.clean.cleaned import Cleaned, Hints
from flows.segment.segmented import TurnSpan
from flows.segment.turns import turns_of

DIALOGUE_LABEL = re.compile(
    r"^[\xa0 ]*(?:\*\*)?[\xa0 ]*("
    r"(?:[A-ZÀ-ž][A-ZÀ-ž.'’\- \xa0]*[A-ZÀ-ž.](?: \([^)]*\))?|M[RS]S?\. [A-Z][A-Za-z’'-]+):|Q(?:\xa0| {2}|:| (?=[A-Z])| \xa0))",
    re.M,
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--sample", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    pages = _sample(given.corpus, "kremlin_html_valdai/pages/*.html", given)
    _report("pages with bold labels", [_bold_page(page, stripped=False) for page in pages])
    _report("the same as plain text", [_bold_page(page, stripped=True) for page in pages])
    dialogues = _sample(given.corpus, "us_whitehouse_md_whbriefings/*/*/*.md", given)
    _report("dialogues in capitals", [_dialogue(page) for page in dialogues])


def _sample(corpus: Path, pattern: str, given: argparse.Namespace) -> list[Path]:
    found = sorted(corpus.glob(pattern))
    return random.Random(given.seed).sample(found, min(given.sample, len(found)))


Found = tuple[str, list[str], list[tuple[str, float]]]  # page, the true labels, the found ones with their scores


def _report(name: str, pages: list[Found]) -> None:
    true = missed = extra = 0
    by_score: dict[int, Counter[bool]] = defaultdict(Counter)
    for page, labels, found in pages:
        matcher = difflib.SequenceMatcher(a=labels, b=[label for label, _ in found], autojunk=False)
        true += len(labels)
        for kind, a, b, c, d in matcher.get_opcodes():
            for _, score in found[c:d]:
                by_score[min(8, int(score // 2 * 2))][kind == "equal"] += 1
            if kind != "equal":
                missed, extra = missed + b - a, extra + d - c
                print(f"    {page}: missed {labels[a:b][:4]}, extra {found[c:d][:4]}")
    right = true - missed
    print(f"{name}: {true} labels, recall {right / max(1, true):.4f}, precision {right / max(1, right + extra):.4f}")
    for low, counts in sorted(by_score.items()):
        print(f"    score {low}+: {counts[True]} of {counts.total()} right")


def _bold_page(page: Path, stripped: bool) -> Found:
    content = page.read_bytes()
    (cleaned,) = html.read(content, Hints(page.name))
    labels = [label for label in map(_bold_label, _paragraphs(content)) if label]
    if stripped:
        kept = [cleaned.text[p.start : p.end] for p in cleaned.paragraphs if p.zone in (None, "title")]
        (cleaned,) = text.read("\n".join(kept).encode() or b"nothing", Hints(page.name))
    return page.name, labels, _found(cleaned)


def _paragraphs(content: bytes) -> list[lxml_html.HtmlElement]:
    """The lines of the page's article: its paragraphs, cut at line breaks, without what tooltips say."""
    root = lxml_html.fromstring(content)
    for tooltip in root.xpath("//*[contains(@class, 'tooltip')]"):
        tooltip.drop_tree()
    found = root.xpath("//*[@itemprop='articleBody']//p")
    pieces = [piece for p in found for piece in re.split(r"<br\s*/?>", lxml_html.tostring(p, encoding="unicode"))]
    return [lxml_html.fromstring(f"<div>{piece}</div>") for piece in pieces if piece.strip()]


def _bold_label(line: lxml_html.HtmlElement) -> str | None:
    """The line's bold head, if a colon ends it; a bracket between them ("(retranslated)") may be set otherwise."""
    whole, head = line.text_content().strip(), _bold_head(line).strip()
    rest = whole[len(head) :]
    if not head or len(head) > 200:
        return None
    if head.endswith(":") or re.match(r"\s*(?:\([^)]*\)\s*){0,2}:", rest):
        return _plain(head)
    return _plain(head.split(":")[0]) if ":" in head[:120] and len(head) > 0.9 * len(whole) else None


def _bold_head(line: lxml_html.HtmlElement) -> str:
    head = ""
    for node in line.xpath(".//text()"):
        above = node.getparent() if node.is_text else node.getparent().getparent()
        is_bold = any(element.tag in ("b", "strong") for element in (above, *above.iterancestors()))
        if not is_bold and node.strip():
            break
        head += node
    return head


def _dialogue(page: Path) -> Found:
    (cleaned,) = markdown.read(page.read_bytes(), Hints(page.name))
    start = cleaned.paragraphs[0].end if cleaned.paragraphs[0].zone == "boilerplate" else 0
    labels = [_plain(found[1]) for found in DIALOGUE_LABEL.finditer(cleaned.text, start)]
    found = _found(cleaned)
    return (page.name, labels, found) if found else (page.name, [], [])


def _found(cleaned: Cleaned) -> list[tuple[str, float]]:
    turns: list[TurnSpan] = turns_of(cleaned)[0]
    return [(_plain(turn.label), round(turn.score, 1)) for turn in turns if turn.label]


def _plain(label: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"\([^)]*\)", "", label)).strip()


if __name__ == "__main__":
    main()
