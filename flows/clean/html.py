"""HTML: the text that a reader sees, built here so that every offset is ours, with the page's zones told apart.

Nothing visible is dropped but tooltips and form controls: menus, share buttons, footers and readers' comments become
boilerplate and comment paragraphs.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from flows.clean.cleaned import Cleaned, CleanError, Hints, Paragraph
from flows.clean.dates import date_in_name, event_date, is_plausible, parse_date
from flows.clean.decode import decode
from flows.clean.paragraphs import split_paragraphs
from flows.clean.text import charset_of

META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
BOXES = frozenset(["article", "aside", "blockquote", "body", "div", "dl", "footer", "header", "main", "section", "table", "td"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
UNSEEN = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "input",
        "link",
        "math",
        "meta",
        "meter",
        "noscript",
        "object",
        "option",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
CELLS = frozenset(("td", "th"))
BOLD = frozenset(("b", "strong"))
ITALIC = frozenset(("em", "i"))
STRUCK = frozenset(("s", "del", "strike"))  # said so in the text, as Markdown does: what was struck is not what stands corrected

FURNITURE_TAGS = frozenset(["nav", "footer", "aside", "form", "figcaption", "menu", "dialog"])
TELLING_TAGS = FURNITURE_TAGS | {"article", "main", "table"}  # that say what they are without any attribute
FURNITURE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "dialog", "menu", "menubar", "toolbar", "alert", "complementary"]
)
FURNITURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|footnotes?|sidebar|share|sharing|social|subscri(?:be|ption)"
    r"|newsletter|sign-?up|related|read-?(?:also|more|next)|see-?also|recommend(?:ed|ations)?|promo(?:tion)?|banner|cookie"
    r"|advert(?:isement)?|ads?|caption|credit|gallery|slider|carousel|tags?|print|widget|popup|modal|overlay|paywall"
    r"|copyright|licen[sc]e|pagination|pager|byline|skip-?link|toolbar|search|login|tooltip|announcement)(?=$|[\s_-]|s\b)",
    re.I,
)
COMMENT_CLASS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond|responses?|replies)(?=$|[\s_-])", re.I)
TOOLTIP_CLASS = re.compile(r"(?:^|[\s_-])(?:tooltip|popover|sr-only|visually-?hidden|screen-reader-text)(?=$|[\s_-])", re.I)
BODY_CLASS = re.compile(
    r"(?:^|\s)(?:entry-content|article-?body|article__body|article__content|post-?content|post-?body|body-content|story-?body"
    r"|available-content|e-content|field--name-body|forall-body|page-content|transcript)(?=$|\s)",
    re.I,
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

WHITE = re.compile(r"[ \t\r\n\f]+")
TO_FOLD = ("\n", "  ", "\t", "\r", "\f")  # looked for first: most texts have none
SHORT_GAP = 40  # code points

WHOLE = 0.6  # a mark on more of the page's text than this is the page, not furniture
BODY_SHARE = 0.35  # of the page's running text: what the page calls its article must hold that much
LONG_TEXT = 120  # code points: running text rather than a menu item
LABEL_LINE = 80  # code points of a line of a label at most
NAME_LINE = re.compile(  # names, offices and small words alone, and no sentence's end
    r"(?:(?:[A-ZÀ-ÞА-ЯЁ][\w’'-]*\.?|of|the|and|for|in|de|la|von|der|du|и|по),?(?:[ \xa0]+|$))+$"
)
LABEL_IN_LINK = re.compile(r"^\s*[^\s:][^:]{1,80}:\s+\S[^\n]{4,}")
NOTE_NUMBER = re.compile(r"\d{1,3}")
BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{4}|[.,;:!?)\]\"”’»])$")  # a word, or the end of one
EDGE_OF_ITALICS = 2  # characters at the edges of a paragraph in italics that are not: brackets, a stop
DEEPEST = 2_000  # elements inside each other; deeper is quarantined
TABLE_SHARE = 0.3  # a table with more of the page's text than this sets the page, it holds no data


@dataclass(slots=True, eq=False)
class Mark:
    """An element that says what its text is, and how much text it covers."""

    kind: str  # body, furniture, comment, table
    above: Mark | None
    volume: int = 0
    rank: int = 0  # of bodies: how plainly the page says so


Run = tuple[str, bool]  # characters of one paragraph under construction, whether they are bold


@dataclass(slots=True)
class Builder:
    """The text so far, and the paragraph that is being read."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    runs: list[Run] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    marks: list[Mark | None] = field(default_factory=list)  # one a paragraph
    headings: list[str] = field(default_factory=list)  # one a paragraph: h1, h2, ... or nothing
    linked: list[Paragraph] = field(default_factory=list)  # whose label and words are one link to another page
    link: int = -1  # the first run inside the link that is open
    is_linked: bool = False
    italic: int = 0  # characters of the paragraph that are in italics

    def unlink(self) -> None:
        """Ends a link; a name, a colon and words in one that opens the paragraph lead to what is said elsewhere."""
        before = "".join([text for text, _ in self.runs[: self.link]])
        if not before.strip(" \xa0·•–-") and LABEL_IN_LINK.search("".join([text for text, _ in self.runs[self.link :]])):
            self.is_linked = True
        self.link = -1

    def close(self, mark: Mark | None, box: int, heading: str, is_pre: bool) -> None:
        """Ends the paragraph: its lines become paragraphs of the text."""
        if self.link >= 0:  # a link around the whole of it
            self.unlink()
            self.link = 0
        is_linked, self.is_linked = self.is_linked, False
        runs, self.runs = self.runs, []
        italic, self.italic = self.italic, 0
        raw = "".join([text for text, _ in runs])
        if not raw or raw.isspace():
            return
        if is_pre and "\n" in raw:
            self._add_preformatted(raw, mark, box)
            return
        made = len(self.paragraphs)
        is_italic = italic > 0 and italic + EDGE_OF_ITALICS >= len(raw.strip())
        at, first = 0, 0
        has_bold = any(is_bold for _, is_bold in runs)
        ends = list(itertools.accumulate([len(text) for text, _ in runs])) if has_bold else []
        held: list[tuple[str, int]] = []  # lines and their bold prefixes
        for line in raw.split("\n"):
            body = line.strip()
            if body:
                start = at + len(line) - len(line.lstrip())
                bold = 0
                if has_bold:
                    while ends[first] <= start:
                        first += 1
                    bold = _bold_prefix(raw, runs, ends, first, (start, start + len(body)))
                held.append((body, bold))
            at += len(line) + 1
        for body, bold in _labels_joined(held) if has_bold and len(held) > 1 else held:
            self._add(body, Paragraph(0, 0, bold=bold, is_heading=bool(heading), is_italic=is_italic, box=box), mark, heading)
        if is_linked:
            self.linked += self.paragraphs[made:]

    def _add(self, body: str, paragraph: Paragraph, mark: Mark | None, heading: str) -> None:
        paragraph.start, paragraph.end = self.size, self.size + len(body)
        self.parts.append(body + "\n")
        self.size += len(body) + 1
        self.paragraphs.append(paragraph)
        self.marks.append(mark)
        self.headings.append(heading)

    def _add_preformatted(self, raw: str, mark: Mark | None, box: int) -> None:
        found = split_paragraphs(raw)
        for paragraph in found:
            paragraph.start += self.size
            paragraph.end += self.size
            paragraph.box = box
        self.parts.append(raw + "\n")
        self.size += len(raw) + 1
        self.paragraphs += found
        self.marks += [mark] * len(found)
        self.headings += [""] * len(found)


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: the page's visible text with its zones, and what the page's metadata say.

    Raises CleanError for what cannot be a document: binary, empty, without any text, nested beyond reason.
    """
    declared = charset_of(hints.media_type)
    if not declared and (found := META_CHARSET.search(content, 0, 4096)):
        declared = found[1].decode("ascii")
    root = _parse(decode(content, declared))
    page = _metadata(root)
    builder = _walk(root)
    text = "".join(builder.parts)
    if not text.strip():
        raise CleanError("empty", "a page without visible text")
    _set_zones(builder)
    for paragraph in builder.linked:
        paragraph.zone = paragraph.zone or "boilerplate"
    own = _own_address(hints.url, page.get("url")) or hints.url
    url = hints.url or (own if own and own.startswith("http") else None)
    title = page.get("title") or hints.title
    _mark_title(text, builder, title)
    cleaned = Cleaned(
        text,
        builder.paragraphs,
        "html",
        url=url,
        title=title,
        language=page.get("language") or hints.language,
        published_on=hints.published_on or parse_date(page.get("published")),
    )
    cleaned.event_on = _event_on(root, cleaned) or date_in_name(hints.origin)
    cleaned.note = _why_no_article(page, own)
    if cleaned.note:
        for paragraph in cleaned.paragraphs:
            paragraph.zone = "boilerplate"
    yield cleaned


def _parse(text: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CleanError("not HTML", str(error)[:200]) from error
    if root is None:
        raise CleanError("not HTML", "Document is empty")
    return root


def _walk(root: Any) -> Builder:
    builder = Builder()
    walker = etree.iterwalk(root, events=("start", "end"))
    marks: list[Mark | None] = [None]
    boxes, paths = [0], {}
    heading, bold, italic, pre, depth, note = "", 0, 0, 0, 0, 0
    hidden_tail = None
    for event, element in walker:
        tag = element.tag
        if tag in BLOCKS and builder.runs and element is not hidden_tail:
            builder.close(marks[-1], boxes[-1], heading, pre > 0)
        if event == "start":
            depth += 1
            if depth > DEEPEST:
                raise CleanError("nested too deeply", f"more than {DEEPEST} elements inside each other")
            attributes = element.attrib
            if tag in UNSEEN or (attributes and _is_hidden(attributes)):
                walker.skip_subtree()
                hidden_tail = element
                continue
            if tag in HEADINGS:
                heading = tag
            elif tag == "br":
                builder.runs.append(("\n", bold > 0))
            elif tag in CELLS and builder.runs:
                builder.runs.append(("\t", False))
            mark = _mark(attributes, tag) if attributes or tag in TELLING_TAGS else None
            if mark:
                mark.above = marks[-1]
            marks.append(mark or marks[-1])
            if tag in BOXES:
                boxes.append(paths.setdefault((boxes[-1], tag, attributes.get("class")), len(paths) + 1))
            if tag == "a" and builder.link < 0 and "href" in attributes:
                builder.link = len(builder.runs)
            elif tag == "sup":
                note = len(builder.runs)
            bold += tag in BOLD
            italic += tag in ITALIC
            pre += tag == "pre"
            if tag in STRUCK:
                builder.runs.append(("~~", bold > 0))
            if element.text:
                builder.runs.append((_flow(element.text, pre > 0), bold > 0))
                if italic:
                    builder.italic += len(builder.runs[-1][0])
            continue
        depth -= 1
        if element is hidden_tail:
            hidden_tail = None
        else:
            if tag in HEADINGS:
                heading = ""
            marks.pop()
            if tag in BOXES:
                boxes.pop()
            if tag == "a" and builder.link >= 0:
                builder.unlink()
            elif tag == "sup":
                _bracket_note(builder.runs, note)
            bold -= tag in BOLD
            italic -= tag in ITALIC
            pre -= tag == "pre"
            if tag in STRUCK:
                builder.runs.append(("~~", bold > 0))
        if element.tail and depth:
            builder.runs.append((_flow(element.tail, pre > 0), bold > 0))
            if italic:
                builder.italic += len(builder.runs[-1][0])
    builder.close(None, 0, "", False)
    return builder


def _bracket_note(runs: list[Run], first: int) -> None:
    """The raised number of a note stands in brackets: "500.²" is no 500.2. Powers and units (10⁶, m²) stay as they are."""
    number = "".join([text for text, _ in runs[first:]]).strip()
    if NOTE_NUMBER.fullmatch(number) and BEFORE_NOTE.search("".join([text for text, _ in runs[max(0, first - 4) : first]])):
        runs[first:] = [(f"[{number}]", runs[-1][1])]


def _is_hidden(attributes: Any) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and _hides(style):
        return True
    classes = attributes.get("class")
    return bool(classes and _is_tooltip(classes))


@lru_cache(maxsize=10_000)
def _hides(style: str) -> bool:
    return HIDDEN_STYLE.search(style) is not None


@lru_cache(maxsize=10_000)
def _is_tooltip(classes: str) -> bool:
    return TOOLTIP_CLASS.search(classes) is not None


@lru_cache(maxsize=10_000)
def _kind_of_name(names: str) -> tuple[bool, bool, bool]:
    """Whether class and id name comments, the body, furniture. Sites repeat a few names for all of their elements."""
    return (
        COMMENT_CLASS.search(names) is not None,
        BODY_CLASS.search(names) is not None,
        FURNITURE_CLASS.search(names) is not None,
    )


def _mark(attributes: Any, tag: str) -> Mark | None:
    """What an element says of its text by its tag, role, item property or class."""
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}" if attributes else ""
    if attributes and "itemprop" in attributes and attributes["itemprop"] == "articleBody":
        return Mark("body", None, rank=4)
    if tag in ("body", "html"):
        return None
    if len(names) > 1 and tag not in BOLD:
        is_comment, is_body, is_furniture = _kind_of_name(names)
        if is_comment and tag in BLOCKS:
            return Mark("comment", None)
        if is_body:
            return Mark("body", None, rank=3)
        if is_furniture:
            return Mark("furniture", None)
    if tag in FURNITURE_TAGS or (attributes and attributes.get("role") in FURNITURE_ROLES):
        return Mark("furniture", None)
    if tag == "article":
        return Mark("body", None, rank=2)
    if tag == "main" or (attributes and attributes.get("role") == "main"):
        return Mark("body", None, rank=1)
    return Mark("table", None) if tag == "table" else None


def _flow(text: str, is_pre: bool) -> str:
    """White space as a browser sets it: runs of it are one space, a no-break space stays."""
    if is_pre:
        return text
    if len(text) < SHORT_GAP:
        return _gap(text)
    return WHITE.sub(" ", text) if any(white in text for white in TO_FOLD) else text


@lru_cache(maxsize=10_000)
def _gap(text: str) -> str:
    """What stands between elements recurs: mostly a line break and an indent."""
    return WHITE.sub(" ", text)


def _bold_prefix(raw: str, runs: list[Run], ends: list[int], first: int, span: tuple[int, int]) -> int:
    """How many code points of raw[start:end] are bold from its first on; `first` is the run that holds the start."""
    (start, end), bold = span, 0
    at = start
    for i in range(first, len(runs)):
        if at >= end:
            break
        stop = min(ends[i], end)
        if runs[i][1]:
            bold = stop - start
        elif not raw[at:stop].isspace():
            break
        at = stop
    return bold


def _labels_joined(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The lines of one element, those of a bold label that line breaks part ("Minister of / Rivers / Anna Berg:") as one."""
    joined: list[tuple[str, int]] = []
    for body, bold in reversed(lines):
        ends_in_colon = bool(joined) and joined[-1][1] > 0 and ":" in joined[-1][0][joined[-1][1] - 1 : joined[-1][1] + 2]
        if ends_in_colon and bold == len(body) <= LABEL_LINE and NAME_LINE.match(body):
            after, after_bold = joined.pop()
            joined.append((f"{body}\n{after}", len(body) + 1 + after_bold))
        else:
            joined.append((body, bold))
    return joined[::-1]


def _set_zones(builder: Builder) -> None:
    """Each paragraph's zone where the page is plain about it; what lies outside the page's article is boilerplate."""
    total = 0
    for paragraph, mark in zip(builder.paragraphs, builder.marks, strict=True):
        length = paragraph.end - paragraph.start
        total += length if length > LONG_TEXT else 0
        for around in _outward(mark):
            around.volume += length if length > LONG_TEXT or around.kind == "table" else 0
    body = _body(builder, total)
    for paragraph, mark in zip(builder.paragraphs, builder.marks, strict=True):
        paragraph.zone = _zone(mark, body, total)


def _outward(mark: Mark | None) -> Iterator[Mark]:
    while mark:
        yield mark
        mark = mark.above


def _body(builder: Builder, total: int) -> Mark | None:
    """The element that the page calls its article: of those that hold enough, the plainest."""
    found: dict[int, Mark] = {}
    for mark in set(builder.marks):
        found |= {id(around): around for around in _outward(mark)}
    bodies = [m for m in found.values() if m.kind == "body" and m.volume > BODY_SHARE * total]
    return max(bodies, key=lambda m: (m.rank, m.volume), default=None)


def _zone(mark: Mark | None, body: Mark | None, total: int) -> str | None:
    zone = None
    while mark is not None and mark is not body:
        if mark.kind == "comment" and mark.volume <= WHOLE * total:
            return "comment"
        if mark.kind == "furniture" and mark.volume <= WHOLE * total:
            zone = "boilerplate"
        if mark.kind == "table" and mark.volume <= TABLE_SHARE * total:
            zone = "boilerplate"
        mark = mark.above
    if mark is body and body is not None:
        return zone
    return zone if body is None else "boilerplate"


def _mark_title(text: str, builder: Builder, title: str | None) -> None:
    wanted = _plain(title or "")
    for paragraph, heading in zip(builder.paragraphs, builder.headings, strict=True):
        if heading == "h1" or (heading and wanted and _plain(text[paragraph.start : paragraph.end]) == wanted):
            paragraph.zone = "title"
            return


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()


TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publish-date",
    "ya:ovs:upload_date",
)
SITE_SUFFIX = re.compile(r"\s+(?:[|•·»–—]|::|-)\s+[^|•·»–—]{2,60}$")


def _metadata(root: Any) -> dict[str, str]:
    """What the page says of itself in its head and its JSON-LD: title, url, language, published."""
    page: dict[str, str] = {}
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
    linked = _json_ld(root)
    for name in PUBLISHED_NAMES:
        if name in metas:
            page["published"] = metas[name]
            break
    if linked.get("datePublished"):
        page.setdefault("published", str(linked["datePublished"]))
    canonical = next((e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    urls = [canonical, metas.get("og:url")]
    page["url"] = next((u for u in urls if u and u.startswith("http")), canonical or "")
    title = next((metas[name] for name in TITLE_NAMES if name in metas), None)
    if not title:
        element = next(root.iter("title"), None)
        title = SITE_SUFFIX.sub("", " ".join(("".join(element.itertext()) if element is not None else "").split()))
    page["title"] = " ".join((title or "").split())
    page["language"] = (root.get("lang") or metas.get("og:locale") or "").replace("_", "-").strip()
    page["type"] = metas.get("og:type", "")
    return page


def _json_ld(root: Any) -> dict[str, Any]:
    """The first JSON-LD object with a date of publication."""
    for element in root.iter("script"):
        if element.get("type") != "application/ld+json" or not element.text or len(element.text) > 500_000:
            continue
        try:
            found = json.loads(element.text)
        except (ValueError, RecursionError):
            continue  # a page's broken metadata are no reason to lose the page
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict) and item.get("datePublished"):
                return item
    return {}


def _event_on(root: Any, cleaned: Cleaned) -> dt.date | None:
    """The day of the page's first time element that may be the event's, else of its first date line."""
    for element in root.iter("time"):
        day = parse_date(element.get("datetime") or "".join(element.itertext()))
        if day and is_plausible(day, cleaned.published_on):
            return day
    head = [cleaned.text[p.start : p.end] for p in cleaned.paragraphs if p.zone in (None, "title")][:12]
    return event_date("\n".join(head)[:4000], cleaned.published_on)


def _own_address(asked_for: str | None, said: str | None) -> str | None:
    """The address that the page says is its own; None where it says none, or what is no address."""
    try:
        address = urljoin(asked_for or "", said or "")
        urlsplit(address)
    except ValueError:
        return None
    return address


def _why_no_article(page: dict[str, str], own: str | None) -> str | None:
    if own and own.startswith("http") and urlsplit(own).path.strip("/") == "" and not urlsplit(own).query:
        return "a home page in place of an article"
    return None
