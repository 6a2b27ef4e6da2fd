"""Lines of text to paragraphs: one a line, or hard-wrapped lines joined, as the text's own line lengths say."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flows.clean.cleaned import Paragraph

WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffdc]")  # characters that take two columns
CLOSED = frozenset('.?!:)]"”»。？！')  # a line that ends with one of these may end a paragraph
LIST_ITEM = re.compile(r"(?:[-*•] |\d{1,2}[.)] |#{1,6} )")
BOLD_PREFIX = re.compile(r"[>\s]*(\*\*|__)(?=\S)(.{1,300}?)\1", re.S)
BEFORE_BOLD = frozenset(">*_")
SETEXT_OR_ATX = re.compile(r"#{1,6}\s")
TIME_LINE = re.compile(r"\d{1,2}[:.]\d\d\s?[AaPp]\.?[Mm]\.?(?:[\s\xa0]+[A-Z]{2,5})?[\s\xa0]*$")  # "2:07 P.M. EDT"
PAGE_NUMBER = re.compile(r"(?:[-–—]\s?)?\d{1,5}(?:\s?[-–—])?$")
PAGE_LINE = re.compile(r"(?:\[?page \d{1,5}(?: of \d{1,5})?\]?|[-–—]\s?\d{1,5}\s?[-–—])$", re.I)
CENTRED = 8  # columns from the margin
SHAPE_SAMPLE = 20_000  # lines looked at to tell how a text is laid out

# A sentence's end, a space, and something short with a colon: in text that lost its line breaks, labels stand there.
FLAT_LABEL = re.compile(r"[.?!…»”\")\]*]\s+(?=(?:[A-ZÀ-ÞА-ЯЁ][^\s:.]{0,30}\.? ?){1,8}:\s)")
HEADS_BY_NUMBERS = 2  # times that suffice beside a page number
RUNNING_HEADS = 4  # a line that stands so often, but for its numbers, is the head or the foot of a page
HEAD_LENGTHS = (10, 140)  # characters of one
LINE_NUMBER = re.compile(r"(\d{1,3})(?=\s|$)")
LEAST_NUMBERED, NEARLY_ALL = 12, 0.8  # lines that begin with a number, and the share of all lines that they are
DIGITS = re.compile(r"\d+")
TIME_AT_END = re.compile(r"\d:\d\d[\])]?$")  # "Sela Tamm  0:15" stands over what she says
HEADS_INSIDE = 3  # labels in a shorter one, from which on it is a conversation
FLAT_LENGTH = 3000  # a paragraph longer than this has lost its line breaks


@dataclass(frozen=True)
class Layout:
    """How a text is set: whether its lines are wrapped, and where a paragraph's first line begins."""

    is_wrapped: bool
    first_indent: int  # -1: first lines are not told by their indent
    running_heads: frozenset[str] = frozenset()  # lines, without their numbers, that stand on every page


@dataclass(slots=True)  # not frozen: a text has many, and freezing makes each three times as dear
class Line:
    """A line: its offset, what it holds without the white space around, and that white space's width before it."""

    start: int
    indent: int
    body: str
    raw_end: str  # the last characters before the line break, for Markdown's two spaces
    lead: int = 0  # characters before the body that hold the line's number

    @property
    def body_start(self) -> int:
        return self.start + self.indent

    @property
    def end(self) -> int:
        return self.start + self.indent + len(self.body)


EMPTY = Line(0, 0, "", "")  # any line that holds nothing: no one asks where it stands


def split_paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Paragraph]:
    """The paragraphs of text[start:end], with offsets into the text; linear in its length."""
    lines = list(_lines(text, start, len(text) if end is None else end))
    numbered = _without_line_numbers(lines)
    layout = Layout(False, -1) if numbered else _layout(lines)
    lines = numbered or lines
    paragraphs: list[Paragraph] = []
    for group in _groups(lines, layout):
        paragraphs.append(_paragraph(text, group, layout))
    return paragraphs


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    at = start
    pieces = text[start:end].split("\n")
    if not pieces[-1]:
        pieces.pop()
    for raw in pieces:
        if body := raw.strip():
            indent = len(raw) - len(raw.lstrip()) if body[0] != raw[0] else 0
            yield Line(at, indent, body, raw[-2:])
        else:
            yield EMPTY
        at += len(raw) + 1


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """The lines without the running numbers before them, as records of inquiries and courts have them; nothing for other texts.

    Nearly every line that holds anything begins with a number and white space, and it is the next one, or a new page's first.
    """
    found = [(line, LINE_NUMBER.match(line.body)) for line in lines]
    numbers = [int(mark[1]) for _, mark in found if mark]
    filled = sum(bool(line.body) for line in lines)
    if len(numbers) < LEAST_NUMBERED or len(numbers) < NEARLY_ALL * filled:
        return []
    follow = sum(after == before + 1 or after == 1 for before, after in itertools.pairwise(numbers))
    if follow < NEARLY_ALL * (len(numbers) - 1):
        return []
    return [_after_number(line, mark) if mark else line for line, mark in found]


def _after_number(line: Line, mark: re.Match[str]) -> Line:
    body = line.body[mark.end() :]
    if not body.strip():
        return Line(line.start, line.indent, line.body, line.raw_end, len(line.body))
    indent = len(body) - len(body.lstrip())
    return Line(line.body_start + mark.end(), indent, body.strip(), line.raw_end, mark.end() + indent)


def _layout(lines: list[Line]) -> Layout:
    sample = lines[:SHAPE_SAMPLE]
    filled = [line for line in sample if line.body]
    heads = _running_heads(lines)
    if len(filled) < 6:
        return Layout(False, -1)
    plain = [line for line in filled if "://" not in line.body] or filled  # an address cannot be wrapped
    widths = sorted(_width(line.body) for line in plain)
    gaps = sum(1 for line in sample if not line.body)
    closed = sum(1 for line in filled if line.body[-1] in CLOSED)
    is_wrapped = (
        widths[len(widths) * 19 // 20] <= 100
        and widths[len(widths) * 3 // 4] >= 40
        and gaps * 12 > len(filled)
        and closed < 0.7 * len(filled)  # lines that end sentences are paragraphs
    )
    return Layout(is_wrapped, _first_indent([line.indent for line in filled]), heads)


def _running_heads(lines: list[Line]) -> frozenset[str]:
    """What recurs as a line with a number in it and no sentence's end: "Council of Novia - 4 May 2025  17", page after page."""
    low, high = HEAD_LENGTHS
    seen = Counter(
        DIGITS.sub("0", line.body)
        for line in lines
        if low <= len(line.body) <= high
        and not TIME_AT_END.search(line.body)
        and (line.body[-1].isdigit() or line.body[0].isdigit() or line.body[-1] in "日页頁")
    )
    beside = _beside_page_numbers(lines)
    return frozenset(
        head
        for head, count in seen.items()
        if (count >= RUNNING_HEADS or beside[head] >= HEADS_BY_NUMBERS) and sum(map(str.isalpha, head)) > 5
    )


def _beside_page_numbers(lines: list[Line]) -> Counter[str]:
    """How often each line, but for its numbers, stands right before or after a page number between dashes."""
    filled = [line for line in lines if line.body]
    seen: Counter[str] = Counter()
    for before, line, after in zip([EMPTY, *filled], filled, [*filled[1:], EMPTY], strict=False):
        if PAGE_LINE.match(before.body) or PAGE_LINE.match(after.body):
            seen[DIGITS.sub("0", line.body)] += 1
    return seen


def _width(body: str) -> int:
    return len(body) + (len(WIDE.findall(body)) if not body.isascii() and WIDE.search(body) else 0)


def _first_indent(indents: list[int]) -> int:
    usual = Counter(indents).most_common(1)[0][0]
    deeper = Counter(b for a, b in itertools.pairwise(indents) if a == usual and b > a + 1)
    return deeper.most_common(1)[0][0] if deeper.total() > 2 else -1


def _groups(lines: list[Line], layout: Layout) -> Iterator[list[Line]]:
    """The lines of each paragraph; a page number among wrapped lines stands alone."""
    group: list[Line] = []
    for line in lines:
        if not line.body:
            if group:
                yield group
            group = []
            continue
        alone = (layout.is_wrapped and _stands_alone(line.body)) or _is_running_head(line.body, layout)
        if group and (alone or not layout.is_wrapped or _begins(line, group[-1], layout)):
            yield group
            group = []
        group.append(line)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _stands_alone(body: str) -> bool:
    """Page numbers and time stamps belong to no paragraph of wrapped text."""
    return len(body) < 24 and body[0] in "-–—0123456789" and bool(PAGE_NUMBER.match(body) or TIME_LINE.match(body))


def _is_running_head(body: str, layout: Layout) -> bool:
    return bool(layout.running_heads) and len(body) <= HEAD_LENGTHS[1] and DIGITS.sub("0", body) in layout.running_heads


def _begins(line: Line, before: Line, layout: Layout) -> bool:
    return (
        line.indent > before.indent + 1
        or line.indent == layout.first_indent
        or (line.indent == 0 and LIST_ITEM.match(line.body) is not None)
        or (before.indent == 0 and before.body[0] == "#" and SETEXT_OR_ATX.match(before.body) is not None)
    )


def _paragraph(text: str, group: list[Line], layout: Layout) -> Paragraph:
    first, last = group[0], group[-1]
    if first.lead == len(first.body):  # the number of a line that holds nothing
        return Paragraph(first.body_start, last.end, zone="boilerplate")
    paragraph = Paragraph(first.body_start - first.lead, last.end, indent=0 if first.lead else first.indent, lead=first.lead)
    if first.body[0] == "#" and SETEXT_OR_ATX.match(first.body):
        paragraph.is_heading = True
    if len(group) == 1 and len(first.body) < 24 and _is_page_number(first, layout):
        paragraph.zone = "boilerplate"  # a page number is no one's word
    if len(group) == 1 and _is_running_head(first.body, layout):
        paragraph.zone = "boilerplate"
    if first.body[0] in BEFORE_BOLD and (bold := BOLD_PREFIX.match(text, paragraph.start, paragraph.end)):
        paragraph.bold = bold.end() - paragraph.start
    paragraph.soft = _soft(text, group, paragraph)
    return paragraph


def _is_page_number(line: Line, layout: Layout) -> bool:
    """A number alone among wrapped lines, far from the margin or between dashes, or "Page 12"."""
    if PAGE_LINE.match(line.body):
        return True
    return (layout.is_wrapped or line.indent > CENTRED) and len(line.body) < 9 and PAGE_NUMBER.match(line.body) is not None


def _heads_inside(text: str, paragraph: Paragraph) -> tuple[int, ...]:
    """Where labels stand in a short paragraph that holds a whole conversation: three at least, and one of them returns."""
    if text.count(": ", paragraph.start, paragraph.end) < HEADS_INSIDE:
        return ()
    starts = [found.end() for found in FLAT_LABEL.finditer(text, paragraph.start, paragraph.end)]
    heads = [text[start : text.index(":", start)] for start in starts]
    if len(starts) < HEADS_INSIDE or len(set(heads)) == len(heads):
        return ()
    return tuple(start - paragraph.start for start in starts)


def _soft(text: str, group: list[Line], paragraph: Paragraph) -> tuple[int, ...]:
    """Where inside the paragraph a turn may open: after a hard break or a closed line, or after a sentence of flat text."""
    if len(group) == 1 and paragraph.end - paragraph.start <= FLAT_LENGTH:
        return _heads_inside(text, paragraph)
    offsets = [
        line.body_start - paragraph.start
        for before, line in itertools.pairwise(group)
        if before.raw_end == "  " or before.body[-1] in CLOSED
    ]
    if len(group) == 1:
        offsets += [m.end() - paragraph.start for m in FLAT_LABEL.finditer(text, paragraph.start, paragraph.end)]
    return tuple(offsets)
