"""Bytes to text: which characters they are, line ends made one kind, and refusal of what cannot be a document."""

from __future__ import annotations

import codecs
import re

from flows.clean.cleaned import CleanError

MAX_BYTES = 100_000_000  # a document larger than any sitting; more is quarantined rather than read
DETECTION_BYTES = 20_000  # charset-normalizer's time grows with what it is given

BOMS: tuple[tuple[bytes, str], ...] = (  # the longer first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
CONTROLS_ALLOWED = 0.002  # share of the text; pages have stray ones, binaries are full of them
NOT_ASCII = re.compile(rb"[\x80-\xff]")
NEEDS_BOM = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
COMMON = ("cp1252", "cp1251", "gb18030", "big5", "cp932", "euc_kr")
WESTERN = re.compile(  # frequent words as Windows-1252 writes them; in no other charset are they words
    rb"(?<![A-Za-z\x80-\xff])(?:f\xfcr|\xfcber|k\xf6nnen|m\xf6chten?|w\xe4ren?|w\xfcrden?|m\xfcssen|\xe9t\xe9|m\xeame|d\xe9j\xe0|apr\xe8s|est\xe1n?"
    rb"|tambi\xe9n|m\xe1s|n\xe3o|s\xe3o|p\xe5|f\xf6r|n\xe4r|m\xe5ste|pi\xf9|perch\xe9|cos\xec)(?![A-Za-z\x80-\xff])"
)
WESTERN_WORDS = 3  # of them, from which on detection is not asked
WIDE = re.compile(r"utf-(?:16|32)")
SINGLE_BYTE = re.compile(r"iso8859|cp125\d|cp8\d\d|cp437|koi8|mac-")
NO_CHARSETS = frozenset(  # Python decodes them and no browser does: markup could hide in them
    ("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem")
)
REPLACEMENT = "\ufffd"
DAMAGE_ALLOWED = 0.05  # share of the non-ASCII characters that may be broken in what is otherwise UTF-8


def decode(content: bytes, declared: str | None = None, limit: int = MAX_BYTES) -> str:
    """The text of the bytes: BOM dropped, CRLF and CR made LF, nothing else changed.

    The charset is the BOM's, else the declared one (an HTTP header's or a page's own), else UTF-8, else a detected one.
    Raises CleanError for what cannot be a document: empty, too large, binary, or of no known charset.
    """
    if len(content) > limit:
        raise CleanError("too large", f"{len(content)} bytes, at most {limit}")
    text = _characters(content, declared).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CleanError("empty", f"{len(content)} bytes without a visible character")
    if "\0" in text:
        raise CleanError("binary", f"NUL character at offset {text.index(chr(0))}")
    sample = text[:1_000_000]
    if (controls := len(CONTROLS.findall(sample))) > CONTROLS_ALLOWED * len(sample) + 2:
        raise CleanError("binary", f"{controls} control characters among {len(sample)}")
    return text


def _characters(content: bytes, declared: str | None) -> str:
    for bom, charset in BOMS:
        if content.startswith(bom):
            return _decoded(content[len(bom) :], charset)
    if declared and (charset := _known(declared)) and not _is_a_lie(charset, content):
        try:
            return content.decode(charset)
        except (UnicodeError, LookupError):
            pass  # a declaration may be wrong, or name what is no charset (base64): the bytes decide below
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" in content[:100_000]:
            raise CleanError("binary", "NUL bytes in what is no UTF-8") from None
        return _repaired(content) or _decoded(content, _detected(content))


def _known(charset: str) -> str | None:
    """The codec's name; browsers read latin-1 as Windows-1252 (WHATWG Encoding Standard, section 4.2)."""
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in NO_CHARSETS:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _is_a_lie(charset: str, content: bytes) -> bool:
    """Whether the bytes say that the declared charset is not theirs, though they can be read as if it were."""
    if WIDE.match(charset):
        return b"\0" not in content[:4_096]  # markup and spaces have NULs in it
    if SINGLE_BYTE.match(charset) and NOT_ASCII.search(content):
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True  # a page in one of these that is UTF-8 by chance throughout is not met with
    return False


def _repaired(content: bytes) -> str | None:
    """UTF-8 that was cut inside its last character or has a few broken ones; None where it is another charset."""
    text = content.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    others = len(re.findall(r"[^\x00-\x7f]", text)) - broken
    if broken == 1 and text.endswith(REPLACEMENT):
        return text[:-1]
    return text if broken <= DAMAGE_ALLOWED * others else None


def _detected(content: bytes) -> str:
    import charset_normalizer  # rarely needed, and it takes long to load

    first = NOT_ASCII.search(content)
    start = max(0, (first.start() if first else 0) - DETECTION_BYTES // 2)
    sample = content[start : start + DETECTION_BYTES]
    if len(WESTERN.findall(sample)) >= WESTERN_WORDS:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_exclusion=NEEDS_BOM).best()
    if best is None:
        raise CleanError("unknown charset", f"neither UTF-8 nor detected; starts with {content[:16].hex(' ')}")
    same = best.could_be_from_charset  # of the code pages that fit equally well, the commonest
    return next((charset for charset in COMMON if charset in same), best.encoding)


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        raise CleanError("unknown charset", f"not {charset} throughout: {error.reason} at byte {error.start}") from error
