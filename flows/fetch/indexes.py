"""What an index names: feeds, sitemaps, listings, the Substack archive. Pure: bytes in, entries and further pages out."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from dateutil import parser as dates
from lxml import etree, html

from flows.fetch.address import tidy
from flows.fetch.decode import BodyBroken, BodyTooLarge, gunzip
from flows.fetch.source import SourceFile

LARGEST_INDEX = 50_000_000  # bytes, unpacked: what the sitemap protocol allows
MOST_ENTRIES = 50_000  # of one page: what the sitemap protocol allows
MOST_ITEMS = 5_000  # of a feed
LONE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
ITEM_TEXTS = frozenset({"description", "encoded", "content", "summary"})
LONGEST_ADDRESS = 4_000
LONGEST_TEXT = 10_000  # of a title and the like
SUBSTACK_PAGE = 50
DATED_ANCESTORS = 4  # how far above a link its date may stand in a listing
DATED_ELEMENTS = 50  # and among how many links and times
DATED_LINKS = 3  # of a document: so many are looked at for its date


class IndexUnreadable(Exception):
    """The page is no index of the kind that it should be; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as an index names it."""

    url: str
    title: str | None = None
    published_on: dt.date | None = None  # the day that the index states, in the publisher's own time zone
    language: str | None = None
    is_preview: bool = False  # the index says that the public sees a part only
    address_day: dt.date | None = None  # what the address itself states, where the source's file says how to read it

    @property
    def day(self) -> dt.date | None:
        """The day by which since and until are held, where it is known before asking."""
        return self.published_on or self.address_day


@dataclass(slots=True)
class Page:
    """One page of an index, read."""

    entries: list[Entry] = field(default_factory=list)
    further: list[str] = field(default_factory=list)  # index pages that it names: the next one, or a sitemap index's maps
    note: str | None = None  # what was wrong with it, though it could be read


def first_page(source: SourceFile) -> str:
    """The address at which the source's index begins."""
    assert source.index.url is not None
    if source.index.kind == "substack":
        return _substack_page(source.index.url, 0)
    return source.index.url


def read(source: SourceFile, url: str, content: bytes, media_type: str = "", link_header: str = "") -> Page:
    """Reads one page of a source's index; entries are those that the source takes for documents, in the index's order.

    Raises IndexUnreadable where the page is no such index.
    """
    content = _unpacked(content)
    match source.index.kind:
        case "feed":
            page = _json_feed(url, content) if _looks_like_json(content) else _feed(url, content, media_type)
        case "sitemap":
            page = _sitemap(url, content)
        case "listing":
            page = _listing(source, url, content)
        case "substack":
            page = _substack(source, url, content)
        case kind:
            raise ValueError(f"an index of kind {kind} has no pages")
    page.further += [_absolute(url, target) for target in _next_in_header(link_header)]
    page.further = list(dict.fromkeys(tidy_or_same(address) for address in page.further))
    entries: dict[str, Entry] = {}
    for entry in page.entries[:MOST_ENTRIES]:
        if len(entry.url) <= LONGEST_ADDRESS and source.documents.admits(entry.url):
            address = source.documents.asked_for_as(entry.url)
            stated = day(source.documents.day_in(entry.url))
            entries.setdefault(address, replace(entry, url=address, address_day=stated))
    page.entries = list(entries.values())
    return page


def day(text: str | None) -> dt.date | None:
    """The day that a date or time states, in its own time zone; None where it states no whole day."""
    text = (text or "")[:100].strip()
    if not re.search(r"\d{4}|\d{1,2}\D+\d{1,2}\D+\d{2}\b", text) or len(text) > 64:
        return None
    try:
        stated = [dates.parse(text, default=dt.datetime(2000, 1, n), ignoretz=True) for n in (1, 2)]
    except (ValueError, OverflowError):
        return None
    first, second = (moment.date() for moment in stated)
    return first if first == second else None  # they differ where the text names no day


def _feed(url: str, content: bytes, media_type: str) -> Page:
    """RSS or Atom. feedparser gets well-formed XML only: its reading of malformed text takes time in the square of its size."""
    root, note = _feed_tree(content, media_type)
    parsed = feedparser.parse(
        io.BytesIO(etree.tostring(root, encoding="utf-8")),  # never bytes alone: they would be tried as a path or address
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        raise IndexUnreadable(f"no feed, but {_what(content)}")
    page = Page(note=note)
    language = parsed.feed.get("language") or None
    for item in parsed.entries:
        address = (item.get("link") or _permalink(item) or "").strip()
        if address:
            stated = day(item.get("published"))
            page.entries.append(Entry(_absolute(url, address), _text(item.get("title")), stated, language))
    links = [link for link in parsed.feed.get("links", []) if link.get("rel") == "next" and link.get("href")]
    page.further = [_absolute(url, link["href"]) for link in links]
    return page


def _feed_tree(content: bytes, media_type: str) -> tuple[etree._Element, str | None]:
    """The feed's tree without the items' texts (the pages themselves are fetched), and what was wrong with it."""
    charset = re.search(r"charset=[\"']?([\w.-]{1,40})", media_type, re.I)
    encoding = charset[1] if charset and b"encoding" not in content[:200] else None
    root, error = _parsed_so_far(content.strip(), encoding)
    if error:
        again, still = _parsed_so_far(_mended(content.strip()), encoding)
        root = again if again is not None else root
        error = f"{error} (mended)" if still is None else still
    if root is None or _local(root).lower() not in FEED_ROOTS:
        raise IndexUnreadable(f"no feed, but {_what(content)}")
    notes = [f"the feed is malformed: {error}"] if error else []
    for element in root.iter():
        if element.text and len(element.text) > LONGEST_TEXT:
            element.text = element.text[:LONGEST_TEXT]
    items = [element for element in root.iter() if _local(element) in ("item", "entry")]
    for item in items[:MOST_ITEMS]:
        for part in item:
            if _local(part) in ITEM_TEXTS:
                item.remove(part)
    for item in items[MOST_ITEMS:]:
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)
    if len(items) > MOST_ITEMS:
        notes.append(f"more than {MOST_ITEMS} items; the rest was not read")
    return root, "; ".join(notes) or None


def _parsed_so_far(content: bytes, encoding: str | None) -> tuple[etree._Element | None, str | None]:
    """The root of the tree up to the first error, and the error. Never in libxml2's mode that recovers from errors: it takes
    time in the square of some inputs."""
    try:
        parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, encoding=encoding)
    except LookupError:  # an encoding that nobody knows
        parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True)
    error = None
    try:
        parser.feed(content)
        parser.close()
    except etree.XMLSyntaxError as problem:
        error = str(problem)
    for _, element in parser.read_events():
        return element, error
    return None, error


def _mended(content: bytes) -> bytes:
    """With & made &amp; where it begins no entity that XML knows, except in CDATA: the commonest fault of feeds."""
    parts, position = [], 0
    while True:
        start = content.find(b"<![CDATA[", position)
        end = content.find(b"]]>", start) if start >= 0 else -1
        parts.append(LONE_AMPERSAND.sub(b"&amp;", content[position : start if end >= 0 else None]))
        if end < 0:
            return b"".join(parts)
        parts.append(content[start:end])
        position = end


def _permalink(item: Any) -> str | None:
    identifier = item.get("id", "")
    return identifier if identifier.startswith(("http://", "https://")) else None


def _json_feed(url: str, content: bytes) -> Page:
    tree = _json(content)
    if not isinstance(tree, dict) or "jsonfeed.org" not in str(tree.get("version")) or not isinstance(tree.get("items"), list):
        raise IndexUnreadable("no JSON feed (https://jsonfeed.org)")
    page = Page()
    for item in tree["items"]:
        if isinstance(item, dict) and isinstance(item.get("url"), str):
            language = item.get("language") or tree.get("language")
            stated = day(_string(item.get("date_published")))
            page.entries.append(Entry(_absolute(url, item["url"]), _text(item.get("title")), stated, _string(language)))
    if isinstance(tree.get("next_url"), str):
        page.further = [_absolute(url, tree["next_url"])]
    return page


def _sitemap(url: str, content: bytes) -> Page:
    """A sitemap, a sitemap index, or a plain list of addresses (sitemaps.org). lastmod is no publication date: not read."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<":
        return _plain_sitemap(content)
    page, root = Page(), None
    try:
        stream = io.BytesIO(content)
        for event, element in etree.iterparse(stream, events=("start", "end"), resolve_entities=False, load_dtd=False):
            name = _local(element)
            root = root or name
            if root not in ("urlset", "sitemapindex"):
                break
            if event == "end" and name == "sitemap":
                page.further += [_absolute(url, loc) for loc in _texts(element, "loc")[:1]]
            elif event == "end" and name == "url":
                page.entries += _sitemap_entry(url, element)
            if event == "end" and name in ("url", "sitemap"):
                element.clear()
                if len(page.entries) > MOST_ENTRIES or len(page.further) > MOST_ENTRIES:
                    page.note = f"more than {MOST_ENTRIES} addresses; the rest was not read"
                    return page
    except etree.XMLSyntaxError as error:
        if not page.entries and not page.further:
            raise IndexUnreadable(f"no sitemap, but {_what(content)} ({error})") from error
        page.note = f"the sitemap is malformed, what follows was not read: {error}"
    if root not in ("urlset", "sitemapindex"):
        raise IndexUnreadable(f"no sitemap, but {_what(content)}")
    return page


def _sitemap_entry(url: str, element: etree._Element) -> list[Entry]:
    locations = _texts(element, "loc")
    if not locations:
        return []
    news = next((child for child in element if _local(child) == "news"), None)  # images and videos have titles and dates too
    told = {_local(child): child.text for child in news.iter()} if news is not None else {}
    stated, title, language = told.get("publication_date"), told.get("title"), told.get("language")
    return [Entry(_absolute(url, locations[0]), _text(title), day(stated), _text(language))]


def _plain_sitemap(content: bytes) -> Page:
    lines = content.decode("utf-8", "replace").split()
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines[:100]):
        raise IndexUnreadable(f"no sitemap, but {_what(content)}")
    return Page([Entry(tidy_or_same(line)) for line in lines if line.startswith(("http://", "https://"))])


def _listing(source: SourceFile, url: str, content: bytes) -> Page:
    """Links of a page that the source takes for documents, each with its words and the date that stands beside it."""
    tree = _html(content)
    base = tree.find(".//base[@href]")
    base_url = _absolute(url, base.get("href")) if base is not None else url
    page = Page()
    links: list[tuple[str, Any]] = []
    for link in tree.iter("a", "link"):
        address = (link.get("href") or "").strip()
        if not address or len(address) > LONGEST_ADDRESS:
            continue
        target = _absolute(base_url, address)
        if "next" in (link.get("rel") or "").lower().split():
            page.further.append(target)
        elif link.tag == "a" and source.documents.admits(target):
            links.append((target, link))
    language = tree.get("lang")
    titles: dict[str, str] = {}
    stated: dict[str, dt.date | None] = {}
    looked_at: Counter[str] = Counter()
    for target, link in links:
        words = _link_title(link)
        if words and len(words) > len(titles.get(target, "")):
            titles[target] = words
        looked_at[target] += 1
        if stated.setdefault(target, None) is None and looked_at[target] <= DATED_LINKS:
            stated[target] = _date_beside(link, target, base_url, source)
    page.entries = [Entry(target, titles.get(target), found, language) for target, found in stated.items()]
    return page


def _link_title(link: Any) -> str | None:
    """A link's words: the part marked as the name (microdata, microformats) if there is one, never its <time>."""
    for part in link.iter():
        classes = (part.get("class") or "").split()
        if part.get("itemprop") in ("name", "headline") or "p-name" in classes or "entry-title" in classes:
            return _text("".join(part.itertext()))
    return _text(" ".join(link.xpath(".//text()[not(ancestor::time)]")))


def _date_beside(link: Any, target: str, base_url: str, source: SourceFile) -> dt.date | None:
    """The one <time> in the smallest surrounding element that names no other document."""
    around = link
    for _ in range(DATED_ANCESTORS):
        found = set()
        for number, element in enumerate(around.iter("a", "time")):
            if number > DATED_ELEMENTS:
                return None
            if element.tag == "time":
                found.add(day(element.get("datetime") or "".join(element.itertext())))
            elif source.documents.admits(other := _absolute(base_url, element.get("href") or "")) and other != target:
                return None
        found.discard(None)
        if found:
            return found.pop() if len(found) == 1 else None
        around = around.getparent()
        if around is None:
            return None
    return None


def _substack(source: SourceFile, url: str, content: bytes) -> Page:
    """Substack's archive as JSON: posts with their day and for whom they are. Other audiences than everyone get a preview."""
    tree = _json(content)
    if not isinstance(tree, list):
        raise IndexUnreadable(f"no Substack archive, but {_what(content)}")
    page = Page()
    for post in tree:
        if isinstance(post, dict) and isinstance(post.get("canonical_url"), str):
            is_preview = post.get("audience", "everyone") != "everyone"
            stated = day(_string(post.get("post_date")))
            page.entries.append(Entry(_absolute(url, post["canonical_url"]), _text(post.get("title")), stated, None, is_preview))
    if tree:
        assert source.index.url is not None
        offset = re.search(r"[?&]offset=(\d+)", url)
        page.further = [_substack_page(source.index.url, (int(offset[1]) if offset else 0) + len(tree))]
    return page


def _substack_page(root: str, offset: int) -> str:
    parts = urlsplit(root)
    return f"{parts.scheme}://{parts.netloc}/api/v1/archive?sort=new&offset={offset}&limit={SUBSTACK_PAGE}"


def _next_in_header(header: str) -> list[str]:
    """Targets of a Link header with rel=next (RFC 8288)."""
    return re.findall(r'<([^<>]{1,2000})>[^,<]{0,200}?;\s*rel="?next\b', header[:10_000])


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return gunzip(content, LARGEST_INDEX)
    except (BodyTooLarge, BodyBroken) as error:
        raise IndexUnreadable(f"a .gz that cannot be unpacked: {error}") from error


def _looks_like_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise IndexUnreadable(f"no JSON, but {_what(content)}") from error


def _html(content: bytes) -> Any:
    try:
        tree = html.document_fromstring(content)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise IndexUnreadable(f"no page, but {_what(content)} ({error})") from error
    return tree


def _what(content: bytes) -> str:
    """What some bytes seem to be, in words."""
    start = content[:2000].lstrip().lower()
    if not start:
        return "an empty answer"
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        title = re.search(rb"<title[^>]{0,100}>([^<]{0,200})", content[:20_000], re.I)
        return f"a page titled '{title[1].decode('utf-8', 'replace').strip()}'" if title else "a page"
    if start.startswith(b"<"):
        return "other XML"
    if start[:1] in b"{[":
        return "JSON"
    return "something else"


def _absolute(base: str, address: str) -> str:
    try:
        return tidy(urljoin(base, plain(address.strip())))
    except ValueError:  # no address: whoever asks for it says so, and of that one only
        return plain(address.strip())


def tidy_or_same(address: str) -> str:
    """The address in its one form; as it stands where it is none, which whoever asks for it says."""
    try:
        return tidy(plain(address))
    except ValueError:
        return plain(address)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _texts(element: etree._Element, name: str) -> list[str]:
    return ["".join(child.itertext()).strip() for child in element if _local(child) == name and child.text]


def _text(value: object) -> str | None:
    words = " ".join(plain(value).split()) if isinstance(value, str) else ""
    return words[:1000] or None


def _string(value: object) -> str | None:
    return plain(value) if isinstance(value, str) and value else None


def plain(text: str) -> str:
    """The text as a ledger can hold it: half a surrogate pair, which JSON can escape, becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
