"""XML read safely: no network, no external entities, bounded depth and expansion; and which vocabulary it is."""

from __future__ import annotations

import html
import re

from lxml import etree

from flows.clean.cleaned import CleanError

MAX_BYTES = 100_000_000
MAX_ENTITY = 64  # characters of one entity's replacement: parlparse declares letters, bombs declare texts
ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([\w.:-]+)\s+(?:(SYSTEM|PUBLIC)\b|(\"[^\"]*\"|'[^']*'))", re.S)
DOCTYPE = re.compile(rb"<!DOCTYPE\s", re.S)
UNDECLARED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
PREDEFINED = (b"amp", b"lt", b"gt", b"quot", b"apos")
PROLOG = 200_000

TEI = "http://www.tei-c.org/ns/1.0"
INDEXES = {"rss": "RSS feed", "feed": "Atom feed", "rdf": "RSS 1.0 feed", "urlset": "sitemap", "sitemapindex": "sitemap index"}
OTHERS = {
    "pdf2xml": "the page layout of a PDF (pdf2xml)",
    "mets": "a METS package description",
    "premis": "PREMIS preservation metadata",
    "gsp": "a page of search results",
    "members": "a list of members",
    "opml": "a list of feeds (OPML)",
    "svg": "an SVG image",
}
HISTORIC = frozenset(
    {"hansard", "housecommons", "houselords", "westminsterhall", "writtenanswers", "writtenstatements", "debates"}
    | {"grandcommitteereport", "lordswrittenanswers", "lordswrittenstatements", "commonswrittenanswers"}
)
CUT_OFF = ("premature end", "eof", "couldn't find end", "start tag expected", "not terminated", "end of data")


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments, instructions and entities."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2]


def words(element: etree._Element, without: frozenset[str] = frozenset()) -> str:
    """All text inside the element but for that of the named elements; white space as it stands."""
    if not without:
        return "".join(element.itertext())
    parts = [element.text or ""]
    for child in element:
        if local(child) not in without:
            parts.append(words(child, without))
        parts.append(child.tail or "")
    return "".join(parts)


def parse(content: bytes) -> etree._Element:
    """The root element.

    Entities that stand for a few characters are read; others, external ones and depth beyond libxml2's 256 are refused.
    Raises CleanError: too large, entity bomb, truncated XML, malformed XML, no text.
    """
    if len(content) > MAX_BYTES:
        raise CleanError("too large", f"{len(content)} bytes of XML, at most {MAX_BYTES}")
    refuse_entities(content)
    try:
        return _root(content)
    except etree.XMLSyntaxError as error:
        if "Entity '" in str(error) and "not defined" in str(error):
            return _root_or_refusal(with_characters(content))
        raise refusal(error) from error


def recognise(content: bytes) -> str:
    """The format that the root element says. Raises CleanError for indexes and for vocabularies without a reader."""
    refuse_entities(content)
    root = first_elements(content)
    name = root[0].rpartition("}")[2]
    namespace = root[0][1:].partition("}")[0] if root[0].startswith("{") else ""
    key = name.lower()
    inside = {tag.rpartition("}")[2] for tag in root[1:]}
    if key in INDEXES:
        raise CleanError("an index, not a document", f"{INDEXES[key]}: make it a source's index, and what it lists is fetched")
    if name in ("TEI", "teiCorpus", "TEI.2"):
        return "tei"
    if key == "publicwhip" or "major-heading" in inside or ("speech" in inside and key == "debates"):
        return "theyworkforyou"
    if name == "Hansard" or "ExtractedInformation" in inside or "HansardBody" in inside:
        return "canada-hansard"
    if key == "dbtplenarprotokoll":
        return "bundestag"
    if name == "DOKUMENT":
        return "bundestag-text"
    if key == "akomantoso":
        return "akoma-ntoso"
    if key in HISTORIC:
        return "uk-hansard"
    if key in OTHERS:
        raise CleanError("unknown format", f"XML: {OTHERS[key]}, no transcript")
    raise CleanError("unknown format", f"XML with the root <{name}>" + (f" of {namespace}" if namespace else ""))


def first_elements(content: bytes, size: int = 65_536) -> list[str]:
    """The tags of the first elements, root first. Raises CleanError where not even the root can be read."""
    parser = etree.XMLPullParser(events=("start",), no_network=True, resolve_entities=False, load_dtd=False)
    try:
        parser.feed(content[:size])
    except etree.XMLSyntaxError as error:
        tags = [element.tag for _, element in parser.read_events()]
        if not tags:
            raise refusal(error) from error
        return tags
    tags = [element.tag for _, element in parser.read_events()]
    if not tags:
        raise CleanError("truncated XML", f"no element within {min(size, len(content))} bytes")
    return tags


def refuse_entities(content: bytes) -> None:
    """Raises CleanError where the document type declares entities that expand, nest or point outside."""
    prolog = content[:PROLOG]
    if not DOCTYPE.search(prolog):
        return
    for parameter, name, outside, value in ENTITY.findall(content):
        shown = name.decode("utf-8", "replace")
        if parameter or outside:
            kind = "parameter" if parameter else "external"
            raise CleanError("entity bomb", f"the document type declares the {kind} entity {shown}")
        inner = re.sub(rb"&#\w{1,8};", b"x", value[1:-1])
        if b"&" in inner or len(inner) > MAX_ENTITY:
            raise CleanError("entity bomb", f"the entity {shown} stands for {len(value)} bytes or for other entities")


def with_characters(content: bytes) -> bytes:
    """HTML's named characters (&nbsp;) as numeric ones: some parliaments write them without declaring them."""

    def numeric(match: re.Match[bytes]) -> bytes:
        character = html.entities.html5.get(match[1].decode() + ";")
        if match[1] in PREDEFINED or character is None:
            return match[0]
        return "".join(f"&#{ord(c)};" for c in character).encode()

    return UNDECLARED.sub(numeric, content)


def refusal(error: etree.XMLSyntaxError) -> CleanError:
    """The quarantine's words for what the parser says."""
    message = str(error).partition(" (<string>")[0]
    low = message.lower()
    if "entit" in low and ("loop" in low or "amplification" in low):
        return CleanError("entity bomb", message)
    if "text node too long" in low or "huge text node" in low or "attribute length too long" in low:
        return CleanError("too large", message)
    if "depth" in low:
        return CleanError("nested too deeply", message)
    if any(sign in low for sign in CUT_OFF):
        return CleanError("truncated XML", message)
    return CleanError("malformed XML", message)


def _root_or_refusal(content: bytes) -> etree._Element:
    try:
        return _root(content)
    except etree.XMLSyntaxError as error:
        raise refusal(error) from error


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities="internal",
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # an id given twice is the publisher's slip, not a reason to lose the sitting
    )
    root = etree.fromstring(content, parser)
    if root is None:
        raise CleanError("truncated XML", "no element")
    return root
