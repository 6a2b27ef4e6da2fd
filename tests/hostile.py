"""Files as machines, publishers and attackers make them, written when a test needs them: small code, no stored bombs.

    cases = write_all(folder)            # every hostile file, and two good ones beside them
    cases = write_all(folder, scale=0.05)  # the large ones smaller, for a quick run

Each case says which ends are right for it: `document`, `quarantine`, or `nothing` where there is no file to speak of (a
link that leads in a circle). The run goes on in every case, in bounded time and memory, and the files beside it are
untouched. Nothing of CANARY, which lies outside the folder, may turn up in a warehouse; `escaped` names what must not
have been written outside.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Outcome = Literal["document", "quarantine", "nothing"]

CANARY = "onrecord-canary-what-lies-outside-the-folder"
CANARY_FILE = "outside.txt"  # beside the folder
MB = 1 << 20
TALK = "Ada Lund: We have 12 schools.\nBo Renn: And 7 of them are closed.\nAda Lund: Not 7, only 5.\n"
PAGE = "<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
BODY = "<p><b>Ada Lund:</b> We have 12 schools.</p><p><b>Bo Renn:</b> And 7 of them are closed.</p>" * 2


@dataclass(frozen=True)
class Case:
    """A hostile file: its path below the folder, the ends that are right for it, and what it is for."""

    path: str
    expect: frozenset[Outcome]
    why: str
    holds: str | None = None  # if it becomes a document, its text holds this


@dataclass(frozen=True)
class _Recipe:
    write: Callable[[Path, float], str]  # (folder, scale) -> path below the folder
    expect: frozenset[Outcome]
    holds: str | None


_RECIPES: list[_Recipe] = []
_Writer = Callable[[Path, float], str]


def write_all(folder: Path, scale: float = 1.0) -> list[Case]:
    """Writes every hostile file into the folder, which is made, and returns what is expected of each.

    `scale` shrinks the large ones. Also writes good.txt and good.html, which must come out as documents, and the canary
    beside the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / CANARY_FILE).write_text(f"Ada Lund: {CANARY}.\nBo Renn: Yes.\n", "utf-8")
    (folder / "good.txt").write_text(TALK, "utf-8")
    (folder / "good.html").write_text(PAGE.format(title="Talk", body=BODY), "utf-8")
    good = frozenset[Outcome](["document"])
    cases = [Case(name, good, "a good file beside the bad ones", "12 schools") for name in ("good.txt", "good.html")]
    for recipe in _RECIPES:
        why = (recipe.write.__doc__ or "").strip()
        cases.append(Case(recipe.write(folder, scale), recipe.expect, why, recipe.holds))
    return cases


def escaped(folder: Path) -> list[Path]:
    """Files that an archive or a name has put outside the folder; none, if all is well."""
    return sorted(path for path in folder.parent.rglob("escaped*") if folder not in path.parents)


def unlock(folder: Path) -> None:
    """Gives back the permissions that write_all took, so that the folder can be removed."""
    for path in folder.rglob("locked*"):
        path.chmod(0o700)


def _hostile(*expect: Outcome, holds: str | None = None) -> Callable[[_Writer], _Writer]:
    def register(write: _Writer) -> _Writer:
        _RECIPES.append(_Recipe(write, frozenset(expect), holds))
        return write

    return register


def _put(folder: Path, name: str, content: bytes | str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return name


# Encodings and broken bytes


@_hostile("quarantine")
def _empty(folder: Path, scale: float) -> str:
    """A file without a byte."""
    return _put(folder, "empty.txt", b"")


@_hostile("document", "quarantine")
def _blank(folder: Path, scale: float) -> str:
    """White space only: no words to keep."""
    return _put(folder, "blank.html", b" \n\t\r\n" * 50)


@_hostile("document", "quarantine")
def _nul_bytes(folder: Path, scale: float) -> str:
    """NUL bytes between words: databases and C libraries end strings there."""
    return _put(folder, "nul.txt", TALK.replace("schools", "sch\0ools"))


@_hostile("quarantine")
def _binary(folder: Path, scale: float) -> str:
    """Bytes of no text under the suffix of one."""
    return _put(folder, "binary.txt", b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40)


@_hostile("document", holds="12 schools")
def _utf16_with_mark(folder: Path, scale: float) -> str:
    """UTF-16 with a byte order mark, as Windows exports it."""
    return _put(folder, "utf16-mark.txt", TALK.encode("utf-16"))


@_hostile("document", "quarantine")
def _utf16_without_mark(folder: Path, scale: float) -> str:
    """UTF-16 without a mark: read rightly or not at all, never as text between NULs."""
    return _put(folder, "utf16-bare.txt", TALK.encode("utf-16-le"))


@_hostile("document", holds="Müller")
def _latin1(folder: Path, scale: float) -> str:
    """Latin-1, undeclared."""
    text = "Jörg Müller: Über 40 Schüler fehlen, sagt die Behörde für Bildung.\nBärbel Groß: Es sind höchstens 30, hören wir.\n"
    return _put(folder, "latin1.txt", (text * 3).encode("latin-1"))


@_hostile("document", "quarantine")
def _mixed_encodings(folder: Path, scale: float) -> str:
    """Half UTF-8, half Latin-1, as concatenated archives have it."""
    half = "Zoë Brëe: The café has 14 seats.\n"
    return _put(folder, "mixed.txt", half.encode("utf-8") * 3 + half.encode("latin-1") * 3)


@_hostile("document", "quarantine")
def _lying_charset(folder: Path, scale: float) -> str:
    """A page that declares a charset that does not exist."""
    page = PAGE.format(title="Talk", body=BODY).replace("<head>", '<head><meta charset="utf-64;drop">')
    return _put(folder, "lying-charset.html", page)


@_hostile("document", holds="12 schools")
def _no_charset(folder: Path, scale: float) -> str:
    """A page that declares a codec of Python's that is no charset."""
    page = PAGE.format(title="Talk", body=BODY).replace("<head>", '<head><meta charset="base64">')
    return _put(folder, "no-charset.html", page)


@_hostile("document", holds="12 schools")
def _wide_charset(folder: Path, scale: float) -> str:
    """ASCII that declares UTF-16: read as such it would be Chinese."""
    page = PAGE.format(title="Talk", body=BODY).replace("<head>", '<head><meta charset="utf-16">')
    return _put(folder, "wide-charset.html", page + " " * (len(page) % 2))


@_hostile("document", holds="12 schools")
def _controls(folder: Path, scale: float) -> str:
    """Terminal escapes, bells and bidirectional overrides: harmless in the text, harmful on a terminal or page."""
    return _put(folder, "controls.txt", TALK + "Ada Lund: \x1b[31mRed\x07 \u202e51 nolliib\u202c and \u2066 17 \u2069 roads.\n")


@_hostile("document")
def _look_alikes(folder: Path, scale: float) -> str:
    """Аda with a Cyrillic А is not Ada: two labels, never silently one person."""
    return _put(folder, "look-alikes.txt", TALK + "\u0410da Lund: I said 99 schools.\nAda Lu\u200bnd: And I 98.\n")


# Cut off and malformed


@_hostile("document", "quarantine")
def _truncated_html(folder: Path, scale: float) -> str:
    """A page cut off inside a tag."""
    return _put(folder, "truncated.html", PAGE.format(title="Talk", body=BODY)[:-90] + '<p class="a')


@_hostile("quarantine")
def _truncated_xml(folder: Path, scale: float) -> str:
    """A sitting cut off inside a speech: half a record must not look like a whole one."""
    return _put(folder, "truncated.xml", _tei("We have 12 schools")[:-60])


@_hostile("quarantine")
def _truncated_zip(folder: Path, scale: float) -> str:
    """An archive without its end."""
    return _put(folder, "truncated.zip", _zip({"a.txt": TALK * 50})[:-40])


@_hostile("quarantine")
def _truncated_gzip(folder: Path, scale: float) -> str:
    """A gzip file without its end."""
    return _put(folder, "truncated.txt.gz", gzip.compress(os.urandom(2000).hex().encode())[:-30])


@_hostile("quarantine")
def _bad_gzip_sum(folder: Path, scale: float) -> str:
    """A gzip file whose check sum is wrong: its bytes are not what was packed."""
    packed = bytearray(gzip.compress(TALK.encode()))
    packed[-8] ^= 0xFF
    return _put(folder, "bad-sum.txt.gz", bytes(packed))


@_hostile("document", "quarantine")
def _truncated_warc(folder: Path, scale: float) -> str:
    """A web archive cut off inside its second record: the first one may still be read."""
    return _put(folder, "truncated.warc", _warc(2)[:-120])


@_hostile("quarantine")
def _truncated_docx(folder: Path, scale: float) -> str:
    """A zip that calls itself a Word file and holds none."""
    return _put(folder, "hollow.docx", _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document"}))


@_hostile("document", "quarantine", holds="12 schools")
def _broken_line(folder: Path, scale: float) -> str:
    """JSON lines with a broken one in between: the good ones are documents, the bad one a row in quarantine."""
    lines = [json.dumps({"id": f"line-{n}", "text": TALK}) for n in (1, 2)]
    return _put(folder, "broken-line.jsonl", f'{lines[0]}\n{{"id": "line-broken", "text": \n{lines[1]}\n')


@_hostile("document", "quarantine")
def _duplicate_ids(folder: Path, scale: float) -> str:
    """Two documents of one id in one file: one document, or versions of it, never two rows with one key."""
    lines = [json.dumps({"id": "same", "text": TALK.replace("12", str(n))}) for n in (12, 13)]
    return _put(folder, "duplicate-ids.jsonl", "\n".join(lines) + "\n")


@_hostile("document", "quarantine")
def _duplicate_utterances(folder: Path, scale: float) -> str:
    """A ConvoKit corpus that says one id twice and answers an utterance that is not there, and itself."""
    rows = [("u1", None, "How many?"), ("u1", "u9", "We have 12 schools."), ("u3", "u3", "Five.")]
    lines = [
        json.dumps({"id": i, "conversation_id": "c1", "speaker": "x", "text": text, "reply-to": reply, "meta": {}})
        for i, reply, text in rows
    ]
    return _put(folder, "duplicate-utterances.jsonl", "\n".join(lines) + "\n")


@_hostile("document", "quarantine")
def _lone_surrogate(folder: Path, scale: float) -> str:
    """Half a surrogate pair in JSON: a Python string that no UTF-8 file or database can hold."""
    return _put(folder, "surrogate.jsonl", '{"id": "surrogate", "text": "Ada Lund: \\ud800 12 schools.\\nBo Renn: Yes."}\n')


@_hostile("document", holds="12 schools")
def _surrogates_beside_words(folder: Path, scale: float) -> str:
    """The same in an id, a title and an address: the lines beside it are documents."""
    rows = [{"id": "\ud800"}, {"id": "s2", "title": "\udfff", "url": "http://talks.example/\ud800"}, {"id": "s3"}]
    return _put(folder, "surrogates.jsonl", "".join(json.dumps({"text": TALK} | row) + "\n" for row in rows))


@_hostile("document", "quarantine")
def _wrong_types(folder: Path, scale: float) -> str:
    """JSON lines of the right keys and the wrong types."""
    rows = [
        {"id": 7, "text": ["Ada"], "url": {}},
        {"id": None, "text": None},
        ["id", "text"],
        12,
        {"text": TALK, "published_at": "x"},
    ]
    return _put(folder, "wrong-types.jsonl", "".join(json.dumps(row) + "\n" for row in rows))


# Bombs: small on disk, large when opened


@_hostile("quarantine", "document")
def _gzip_bomb(folder: Path, scale: float) -> str:
    """Four gigabytes of zeros in four megabytes: members of one gzip file, each the same."""
    member = gzip.compress(bytes(16 * MB), 9)
    return _put(folder, "bomb.txt.gz", member * max(1, int(256 * scale)))


@_hostile("quarantine", "document")
def _zstd_bomb(folder: Path, scale: float) -> str:
    """Sixteen gigabytes in frames of zstandard."""
    frame = zstandard.compress(bytes(64 * MB), 3)
    return _put(folder, "bomb.txt.zst", frame * max(1, int(256 * scale)))


@_hostile("quarantine", "document")
def _zip_bomb(folder: Path, scale: float) -> str:
    """A member of half a gigabyte, beside a good one."""
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("a.txt", TALK)
        with archive.open("bomb.txt", "w", force_zip64=True) as member:
            for _ in range(max(1, int(512 * scale))):
                member.write(bytes(MB))
    return path.name


@_hostile("quarantine", "document")
def _zip_of_many(folder: Path, scale: float) -> str:
    """An archive of tens of thousands of empty members."""
    return _put(folder, "many.zip", _zip({f"{n}.txt": "" for n in range(int(20_000 * scale) + 1)}))


@_hostile("quarantine")
def _overlapping_zip(folder: Path, scale: float) -> str:
    """Thousands of members that are all the same bytes: small for each, gigabytes together."""
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * MB)
    whole = packed.getvalue()
    start, count = whole.index(b"PK\1\2"), 20_000
    entry, end = whole[start : whole.index(b"PK\5\6")], struct.pack("<4sHHHH", b"PK\5\6", 0, 0, count, count)
    return _put(folder, "overlapping.zip", whole[:start] + entry * count + end + struct.pack("<IIH", len(entry) * count, start, 0))


@_hostile("quarantine", "document")
def _nested_zips(folder: Path, scale: float) -> str:
    """Archives in archives, forty deep."""
    inner = _zip({"a.txt": TALK})
    for _ in range(40):
        inner = _zip({"inner.zip": inner})
    return _put(folder, "nested.zip", inner)


@_hostile("quarantine", "document")
def _entity_bomb(folder: Path, scale: float) -> str:
    """Ten entities, each ten of the one before: ten thousand million words when expanded."""
    entities = ['<!ENTITY e0 "twelve schools ">']
    entities += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11)]
    return _put(folder, "entities.xml", _tei("&e10;", f"<!DOCTYPE TEI [{''.join(entities)}]>"))


@_hostile("quarantine", "document")
def _external_entity(folder: Path, scale: float) -> str:
    """An entity that names a file outside the folder: its words must stand in no table."""
    target = (folder.parent / CANARY_FILE).resolve().as_uri()
    doctype = f'<!DOCTYPE TEI [<!ENTITY outside SYSTEM "{target}"><!ENTITY users SYSTEM "file:///etc/passwd">]>'
    return _put(folder, "external.xml", _tei("We have 12 schools &outside; &users;", doctype))


@_hostile("quarantine", "document")
def _external_dtd(folder: Path, scale: float) -> str:
    """A document type that would be fetched from the network."""
    return _put(folder, "external-dtd.xml", _tei("We have 12 schools", '<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/x.dtd">'))


@_hostile("quarantine", "document")
def _deep_html(folder: Path, scale: float) -> str:
    """A hundred thousand nested elements: recursion ends there."""
    depth = int(100_000 * scale) + 2_000
    return _put(folder, "deep.html", PAGE.format(title="Deep", body="<div>" * depth + BODY + "</div>" * depth))


@_hostile("quarantine", "document")
def _deep_xml(folder: Path, scale: float) -> str:
    """The same in XML."""
    depth = int(100_000 * scale) + 2_000
    return _put(folder, "deep.xml", _tei("<seg>" * depth + "We have 12 schools." + "</seg>" * depth))


@_hostile("quarantine")
def _deep_json(folder: Path, scale: float) -> str:
    """The same in JSON."""
    depth = int(100_000 * scale) + 2_000
    return _put(folder, "deep.jsonl", '{"id": "deep", "text": ' + "[" * depth + "]" * depth + "}\n")


# Size and numbers


@_hostile("quarantine", "document")
def _huge_line(folder: Path, scale: float) -> str:
    """Sixty megabytes without a line break."""
    return _put(folder, "huge-line.txt", b"Ada Lund: We have 12 schools and " + b"so on and " * int(6 * MB * scale))


@_hostile("quarantine")
def _huge_hole(folder: Path, scale: float) -> str:
    """Three gigabytes that take no room on the disk, and must take none in memory."""
    with (folder / "hole.txt").open("wb") as file:
        file.write(TALK.encode())
        file.truncate(3_000 * MB)
    return "hole.txt"


@_hostile("quarantine", "document")
def _huge_word(folder: Path, scale: float) -> str:
    """Megabytes of one character that patterns love: quadratic ones never come back."""
    size = int(2 * MB * scale)
    return _put(folder, "huge-word.txt", TALK + "Ada Lund: " + "A" * size + ":" * size + " " * size + "1" * size + "\n")


@_hostile("document", holds="12 schools")
def _huge_voice(folder: Path, scale: float) -> str:
    """A caption's voice of a hundred thousand capitals: a name that never ends."""
    cues = f"00:00.000 --> 00:01.000\n<v Ada Lund>We have 12 schools.\n\n00:01.000 --> 00:02.000\n<v {'B' * 100_000}>Yes.\n"
    return _put(folder, "huge-voice.vtt", f"WEBVTT\n\n{cues}")


@_hostile("quarantine", "document")
def _million_turns(folder: Path, scale: float) -> str:
    """A million turns of one word."""
    return _put(folder, "million-turns.txt", "Ada Lund: Yes.\nBo Renn: No.\n" * int(500_000 * scale))


@_hostile("quarantine", "document")
def _many_labels(folder: Path, scale: float) -> str:
    """Tens of thousands of different speakers: comparing all with all never ends."""
    count = int(50_000 * scale) + 1
    return _put(folder, "many-labels.txt", "".join(f"Ada Lund{_letters(n)}: We have {n} schools.\n" for n in range(count)))


@_hostile("document", holds="1e400")
def _absurd_numbers(folder: Path, scale: float) -> str:
    """Numbers that no double holds, and digits that int() takes though no reader would."""
    digits = "9" * 100
    said = [
        "We have 1e400 schools and 1e-400 roads.",
        f"The debt is {digits} dollars, or ${','.join(['999'] * 34)}.",
        f"It fell by {'0' * 90}.{'3' * 90} percent, from -0 to NaN percent and infinity dollars.",
        "We have ١٢ schools, ½ a road, 10² bridges and １２ trains.",
        "It was a " + "billion " * 30 + "euros, and 5 million million million million million million million million more.",
        "Version 1.2.3.4.5, 1,2,3,4 and 5/0 of 100%%% are 5 %-points, 7--8, 9-of-10-of-11 and 1'000'00.",
    ]
    return _put(folder, "absurd-numbers.txt", "".join(f"{'Ada Lund' if n % 2 else 'Bo Renn'}: {s}\n" for n, s in enumerate(said)))


@_hostile("document", "quarantine")
def _absurd_dates(folder: Path, scale: float) -> str:
    """Days that no calendar has, in the page's own words about itself."""
    page = PAGE.format(title="Talk of 31 February 2025", body="<time datetime='99999-99-99'>0000-00-00</time>" + BODY)
    return _put(
        folder, "absurd-dates.html", page.replace("<head>", '<head><meta property="article:published_time" content="-5000">')
    )


# What is dangerous further on: spreadsheets, the report, shells


@_hostile("document", holds="12 schools")
def _formula_title(folder: Path, scale: float) -> str:
    """A title that a spreadsheet would run."""
    return _put(folder, "formula.html", PAGE.format(title="=cmd|' /C calc'!A0", body=BODY.replace("Ada Lund", "=HYPERLINK(1)")))


@_hostile("document", holds="12 schools")
def _script_title(folder: Path, scale: float) -> str:
    """A title, a name and a quote that a browser would run in the report."""
    script = "&lt;/title&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;"
    page = PAGE.format(title=script, body=BODY.replace("closed", f"closed {script}"))
    link = "<head><link rel=canonical href=\"javascript:alert('3')\">"
    return _put(folder, "script.html", page.replace("<head>", link))


@_hostile("document", holds="12 schools")
def _sql_in_names(folder: Path, scale: float) -> str:
    """Quotes and semicolons where a careless query would end."""
    return _put(folder, "it's; drop table documents; --.txt", TALK.replace("Bo Renn", "Bo O'Renn"))


# Names, links and other things that a folder holds


@_hostile("document", holds="12 schools")
def _name_with_newline(folder: Path, scale: float) -> str:
    """A line break in a file's name."""
    return _put(folder, "two\nlines.txt", TALK)


@_hostile("document", holds="12 schools")
def _name_like_an_option(folder: Path, scale: float) -> str:
    """A name that begins with dashes."""
    return _put(folder, "--force.txt", TALK)


@_hostile("document", holds="12 schools")
def _name_in_scripts(folder: Path, scale: float) -> str:
    """Spaces, percent signs, other scripts and an emoji in a name."""
    return _put(folder, " %41 #1?x=y протокол 記録 🎙.txt", TALK)


@_hostile("document", "quarantine")
def _name_of_no_encoding(folder: Path, scale: float) -> str:
    """A name that is not UTF-8, as old disks have them."""
    name = os.fsdecode(b"caf\xe9.txt")
    return _put(folder, name, TALK)


@_hostile("document", holds="12 schools")
def _folder_like_a_file(folder: Path, scale: float) -> str:
    """A folder named like a file, with a file in it."""
    return _put(folder, "folder.txt/inside.txt", TALK)


@_hostile("document", "quarantine")
def _traversal(folder: Path, scale: float) -> str:
    """Members of an archive that want to be written elsewhere."""
    absolute = (folder.parent / "escaped-absolute.txt").resolve().as_posix()
    names = ["../escaped.txt", "../../escaped.txt", absolute, "a/../../escaped.txt", "..\\escaped.txt", "C:\\escaped.txt"]
    return _put(folder, "traversal.zip", _zip(dict.fromkeys(names, TALK)))


@_hostile("document", "quarantine")
def _link_in_archive(folder: Path, scale: float) -> str:
    """A symbolic link inside an archive that leads outside."""
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, f"../{CANARY_FILE}")
        archive.writestr("a.txt", TALK)
    return _put(folder, "link.zip", packed.getvalue())


@_hostile("document", holds="12 schools")
def _hard_link(folder: Path, scale: float) -> str:
    """Two names of one file, as backups that save room have them: both are documents."""
    (folder / "hard-link.txt").hardlink_to(folder / "good.txt")
    return "hard-link.txt"


@_hostile("nothing", "quarantine")
def _link_in_a_circle(folder: Path, scale: float) -> str:
    """A folder that holds itself."""
    (folder / "circle").mkdir()
    (folder / "circle" / "again").symlink_to(folder / "circle", target_is_directory=True)
    return "circle/again"


@_hostile("nothing", "quarantine")
def _link_to_itself(folder: Path, scale: float) -> str:
    """A link that is its own target."""
    (folder / "itself.txt").symlink_to("itself.txt")
    return "itself.txt"


@_hostile("nothing", "quarantine")
def _link_to_nowhere(folder: Path, scale: float) -> str:
    """A link whose target is gone."""
    (folder / "nowhere.txt").symlink_to("no-such-file.txt")
    return "nowhere.txt"


@_hostile("nothing", "quarantine")
def _link_to_endless(folder: Path, scale: float) -> str:
    """A file that never ends."""
    (folder / "endless.txt").symlink_to("/dev/zero")
    return "endless.txt"


@_hostile("nothing", "quarantine")
def _fifo(folder: Path, scale: float) -> str:
    """A pipe that nobody writes to: opening it waits for ever."""
    os.mkfifo(folder / "pipe.txt")
    return "pipe.txt"


@_hostile("quarantine", *(("document",) if os.geteuid() == 0 else ()))
def _locked_file(folder: Path, scale: float) -> str:
    """A file that may not be read (root may)."""
    _put(folder, "locked.txt", TALK)
    (folder / "locked.txt").chmod(0)
    return "locked.txt"


@_hostile("quarantine", *(("document",) if os.geteuid() == 0 else ()))
def _locked_folder(folder: Path, scale: float) -> str:
    """A folder that may not be listed (root may): said, not skipped."""
    _put(folder, "locked-folder/inside.txt", TALK)
    (folder / "locked-folder").chmod(0)
    return "locked-folder"


def _tei(words: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><div>'
        f'<u who="#AdaLund" xml:id="u1"><seg>{words}</seg></u><u who="#BoRenn" xml:id="u2"><seg>Yes.</seg></u>'
        "</div></body></text></TEI>"
    )


def _zip(members: dict[str, str] | dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _warc(records: int) -> bytes:
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=False)
    for n in range(records):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        page = io.BytesIO(PAGE.format(title=f"Talk {n}", body=BODY).encode())
        writer.write_record(writer.create_warc_record(f"http://talks.example/{n}", "response", payload=page, http_headers=headers))
    return packed.getvalue()


def _letters(number: int) -> str:
    """The number as letters, so that each label is a name and no two are alike."""

    def each() -> Iterator[str]:
        rest = number
        while True:
            rest, digit = divmod(rest, 26)
            yield chr(ord("a") + digit)
            if not rest:
                return

    return "".join(each())
