"""What some bytes are, by looking at them: the name of the format, or what was seen where no reader is for it."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import PurePosixPath

from flows.clean import json_formats, xml_tree
from flows.clean.cleaned import CleanError, Hints

HEAD = 65_536  # bytes that recognition looks at
GZIP, ZSTD, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"

# Signatures of what we know and do not read (file's magic database; RFC 8081 for fonts). The word is what the quarantine says.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office before 2007 (.doc, .xls, .ppt)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"\x7fELF", "program (ELF)"),
    (b"MZ\x90", "program (Windows)"),
    (b"ID3", "MP3 audio"),
    (b"OggS", "Ogg audio or video"),
    (b"fLaC", "FLAC audio"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM video"),
    (b"wOFF", "web font"),
    (b"wOF2", "web font"),
)
BOMS: tuple[tuple[bytes, str], ...] = (  # UTF-32's before UTF-16's, which it begins with
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
RIFF = {b"WEBP": "WebP image", b"WAVE": "WAV audio", b"AVI ": "AVI video"}

OFFICE_PARTS: tuple[tuple[str, str], ...] = (  # a part that only this kind of zip has
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "Excel workbook"),
    ("ppt/presentation.xml", "PowerPoint presentation"),
    ("META-INF/container.xml", "EPUB book"),
    ("META-INF/manifest.xml", "OpenDocument file"),
)

# Text that is no transcript, by suffix; without these, program code would be read as prose.
OTHER_TEXT: dict[str, str] = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), "table"),
    **dict.fromkeys((".yml", ".yaml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".lock"), "configuration"),
    **dict.fromkeys((".css", ".scss", ".less"), "style sheet"),
    **dict.fromkeys((".sql",), "SQL"),
    **dict.fromkeys((".patch", ".diff"), "patch"),
    **dict.fromkeys((".svg", ".xsd", ".xsl", ".xslt", ".dtd", ".rng"), "markup definition"),
    **dict.fromkeys(
        (
            *(".py", ".rb", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".sh", ".bash", ".pl", ".php", ".java", ".c", ".h", ".cpp"),
            *(".go", ".rs", ".r", ".ipynb", ".swift", ".kt", ".scala", ".lua", ".bat", ".ps1", ".vue", ".cs"),
        ),
        "program code",
    ),
}

OTHER_MEDIA: dict[str, str] = {  # what a crawl brings along
    "text/css": "style sheet",
    "text/csv": "table",
    **dict.fromkeys(("text/javascript", "application/javascript", "application/x-javascript"), "program code"),
}

HTML_TAGS = frozenset(
    {"html", "head", "body", "title", "meta", "link", "script", "style", "noscript", "div", "p", "span", "a", "img", "br", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tbody", "tr", "td", "th", "section", "article", "header"}
    | {"footer", "main", "nav", "aside", "figure", "figcaption", "blockquote", "pre", "b", "i", "em", "strong", "u", "font"}
    | {"center", "form", "iframe", "button", "input", "svg", "video", "audio", "dl", "dt", "dd", "details", "summary"}
)
FIRST_TAG = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype(?:[^\[>]*\[.*?\]\s*>|[^\[>]*>)\s*)*<([a-z][\w:.-]*)", re.I | re.S
)
DOCTYPE_HTML = re.compile(r"<!doctype\s+html", re.I)
TIMING = re.compile(r"^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}", re.M)
WEBVTT = re.compile(r"^\ufeff?WEBVTT(?:[ \t].*)?$", re.M)
MARKDOWN = re.compile(r"^(?:#{1,6} \S|\*\*[^*\n]+\*\*|!?\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)|> )", re.M)
SPEECH_TAGS = re.compile(r"</?\s*newspeech\s*>", re.I)
MARKDOWN_SUFFIXES = (".md", ".markdown")
NO_XML = ("malformed XML", "truncated XML", "unknown format")
FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[\w-]+:.*\n)")
CONGRESSIONAL_RECORD = re.compile(r"\[Congressional Record Volume \d+, Number \d+")
RECORD_PAGE = re.compile(rb"\[Congressional Record Volume \d+")  # its tables are set with NULs
WARC = re.compile(rb"WARC/\d\.\d\r?\n|filedesc://")


def recognise(content: bytes, hints: Hints) -> str:
    """The format's name, as `documents.format` has it.

    Content decides; the suffix only tells Markdown from text, and program code and tables from prose. Raises CleanError
    where there is no reader for what was seen; its detail says what that is.
    """
    if not content.strip():
        raise CleanError("empty", f"{len(content)} bytes without a visible character")
    return _binary(content) or _textual(content, hints)


def container(content: bytes) -> str | None:
    """gzip, zstd, zip, tar or warc where the bytes hold other files; None where they are a file themselves (docx too)."""
    if content.startswith(GZIP):
        return "gzip"
    if content.startswith(ZSTD):
        return "zstd"
    if WARC.match(content):
        return "warc"
    if content.startswith((ZIP, b"PK\x05\x06")):
        return "zip" if _zip_kind(content) == "zip" else None
    return "tar" if content[257:262] == b"ustar" else None


def _binary(content: bytes) -> str | None:
    held = container(content)
    if held:
        return held
    if content.startswith(ZIP):
        kind = _zip_kind(content)
        if kind == "docx":
            return kind
        raise CleanError("unknown format", f"{kind}: there is no reader for it")
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            raise CleanError("unknown format", f"{kind}: there is no reader for it")
    if content.startswith(b"RIFF") and content[8:12] in RIFF:
        raise CleanError("unknown format", f"{RIFF[content[8:12]]}: there is no reader for it")
    if content[4:8] == b"ftyp":
        raise CleanError("unknown format", "MP4 video or audio: there is no reader for it")
    if b"\0" in content[:HEAD] and not content.startswith(WIDE_BOMS) and not RECORD_PAGE.search(content[:4_000]):
        raise CleanError("binary", f"a NUL byte at {content.index(0)}: binary, or UTF-16 without a byte order mark")
    return None


def _zip_kind(content: bytes) -> str:
    """What a zip is: zip, docx, or the name of another format that is a zip inside. Raises CleanError where it is cut off."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise CleanError("damaged archive", f"zip of {len(content)} bytes: {error}") from error
    return next((kind for part, kind in OFFICE_PARTS if part in names), "zip")


def _textual(content: bytes, hints: Hints) -> str:
    head = head_text(content)
    suffix = PurePosixPath(hints.origin.partition("?")[0].lower()).suffix
    media_type = (hints.media_type or "").partition(";")[0].strip().lower()
    is_address = hints.origin.startswith(("http://", "https://"))  # /page.php is a page
    other = OTHER_MEDIA.get(media_type) or (None if is_address else OTHER_TEXT.get(suffix))
    start = head.lstrip("\ufeff \t\r\n")
    if not other and len(SPEECH_TAGS.findall(head)) >= 3:
        return "tagged-text"
    if start.startswith("<") and (found := _markup(content, start, suffix)):
        return found
    if start.startswith(("{", "[{", "[\n", "[ ")) and (found := json_formats.recognise(content, suffix)):
        return found
    if other:
        raise CleanError("unknown format", f"{other} ({media_type or suffix}): no transcript")
    if "-->" in head and TIMING.search(head):
        if WEBVTT.search(head[:4_000]):
            return "vtt"
        before = start[: TIMING.search(start).start()].strip()  # type: ignore[union-attr]
        if not before or before.isdigit():
            return "srt"
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if suffix == ".json" or media_type == "application/json":
        raise CleanError("unknown format", f"no JSON: it begins {start[:60]!r}")
    if (suffix in (".html", ".htm") or media_type == "text/html") and re.search(r"<[a-z]", head, re.I):
        return "html"
    if suffix in MARKDOWN_SUFFIXES or media_type == "text/markdown":
        return "markdown"
    if suffix != ".txt" and media_type != "text/plain" and _looks_like_markdown(start):
        return "markdown"
    return "text"


def _looks_like_markdown(text: str) -> bool:
    return bool(FRONT_MATTER.match(text)) or len(MARKDOWN.findall(text[:20_000])) >= 3


def _markup(content: bytes, start: str, suffix: str) -> str | None:
    """The format of what begins with a tag; None where that is only how a text begins ("<Applause>", "<https://...>")."""
    first = FIRST_TAG.match(start[:20_000])
    name = first[1].lower() if first else ""
    is_whole = DOCTYPE_HTML.search(start[:2_000]) or start.startswith("<?xml") or name in ("html", "head", "body")
    if suffix in MARKDOWN_SUFFIXES and not is_whole:
        return None  # Markdown may begin with a piece of HTML
    by_name = suffix in (".html", ".htm") and not start.startswith("<?xml")
    if DOCTYPE_HTML.search(start[:2_000]) or name in HTML_TAGS or by_name:
        return "congressional-record" if CONGRESSIONAL_RECORD.search(start[:4_000]) else "html"
    try:
        return xml_tree.recognise(content)
    except CleanError as error:
        if error.reason in NO_XML and not start.startswith("<?xml") and "</" not in start and "/>" not in start:
            return None
        raise


def head_text(content: bytes) -> str:
    """The beginning as text, good enough to look at: by its BOM, else UTF-8 with replacements."""
    for bom, charset in BOMS:
        if content.startswith(bom):
            return content[len(bom) : HEAD].decode(charset, "replace")
    return content[:HEAD].decode("utf-8", "replace")
