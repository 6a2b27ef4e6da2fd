"""Recognition by content, and hostile bytes: each costs one refusal that says what was seen, and bounded work."""

import gzip
import io
import json
import zipfile

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused
from flows.clean.read import clean, clean_again, recognise

TEI = (
    '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><text><body>'
    '<u who="#a"><seg>It cost 4 million.</seg></u></body></text></TEI>'
)
UTTERANCE = json.dumps({"id": "1", "conversation_id": "c", "speaker": "a", "text": "It cost 4 million."})
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nIt cost 4 million.\n"

SAMPLES: list[tuple[str, str]] = [
    (TEI, "tei"),
    (UTTERANCE + "\n" + UTTERANCE, "convokit"),
    ('{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n', "jsonl"),
    (CAPTIONS, "vtt"),
    ("\ufeff" + CAPTIONS, "vtt"),
    ("1\n00:00:01,000 --> 00:00:02,000\nIt cost 4 million.\n", "srt"),
    ('<publicwhip><speech id="uk.org.publicwhip/debate/2020-01-07a.1.1"/></publicwhip>', "theyworkforyou"),
    ("<Hansard><HansardBody/></Hansard>", "canada-hansard"),
    ("<dbtplenarprotokoll/>", "bundestag"),
    ("<DOKUMENT><TEXT>a</TEXT></DOKUMENT>", "bundestag-text"),
    ("<housecommons><title>a</title></housecommons>", "uk-hansard"),
    ("<!DOCTYPE html><html><body><p>a</p></body></html>", "html"),
    ('<?xml version="1.0"?><!-- a --><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "html"),
    ("<div><p>a saved fragment</p></div>", "html"),
    ("---\ntitle: On ports\n---\n\n# Remarks\n", "markdown"),
    ("Ada Roe: It cost 4 million.\n", "text"),
    ("{Applause.} Ada Roe: It cost 4 million.\n", "text"),
    ("<Applause> Ada Roe: It cost < 4 million.\n", "text"),
    ("<https://press.example/7>\nAda Roe: It cost 4 million.\n", "text"),
    ("[The sitting opens at 10:00 --> in Room 5]\nAda Roe: Yes.\n", "text"),
]


@pytest.mark.parametrize(("content", "expected"), SAMPLES)
@pytest.mark.parametrize("origin", ["download", "wrong.zip", "wrong.xml"])
def test_content_decides_whatever_the_name(content, expected, origin):
    assert recognise(content.encode(), Hints(origin)) == expected


@pytest.mark.parametrize(
    ("content", "origin", "seen"),
    [
        (b"%PDF-1.7\n...", "a.txt", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word", "a.doc", "before 2007"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "PNG image"),
        (b"<pdf2xml><page/></pdf2xml>", "a.xml", "pdf2xml"),
        (b'<a:thing xmlns:a="urn:example"/>', "a.xml", "<thing> of urn:example"),
        (b'{"votes": [1, 2]}', "a.json", "votes"),
        (b"name,votes\nRoe,4\n", "a.csv", "table (.csv)"),
        (b"def f():\n    pass\n", "a.py", "program code"),
        (b"not json", "a.json", "no JSON"),
    ],
)
def test_what_has_no_reader_is_refused_with_what_was_seen(content, origin, seen):
    with pytest.raises(CleanError, match="unknown format") as caught:
        list(clean(content, Hints(origin)))
    assert seen in caught.value.detail


@pytest.mark.parametrize(
    "content",
    [
        '<rss version="2.0"><channel/></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"/>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
        '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    ],
)
def test_indexes_are_refused_as_indexes(content):
    with pytest.raises(CleanError, match="an index, not a document"):
        list(clean(content.encode(), Hints("feed")))


def test_markdown_may_begin_with_a_piece_of_html():
    content = b'<div align="center">\n\n# On ports\n\n</div>\n\nAda Roe: It cost 4 million.\n'
    assert [recognise(content, Hints(name)) for name in ("ports.md", "ports.html")] == ["markdown", "html"]


@pytest.mark.parametrize("media_type", ["text/css", "application/javascript; charset=utf-8"])
def test_what_a_crawl_brings_along_is_no_document(media_type):
    with pytest.raises(CleanError, match="unknown format"):
        list(clean(b"p { color: red }", Hints("https://press.example/x", media_type=media_type)))


def test_an_address_may_end_like_a_programs_name():
    page = b"<html><body><p>Ada Roe: It cost 4 million.</p></body></html>"
    assert recognise(page, Hints("https://press.example/show.php?id=7")) == "html"
    assert recognise(b"Ada Roe: Yes.", Hints("https://press.example/show.php", media_type="text/plain")) == "text"


@pytest.mark.parametrize("content", ['{"roe": {"meta": {"party": "B"}, "vectors": []}}', '{"utterances-index": {}, "version": 4}'])
def test_what_stands_beside_a_corpus_utterances_is_told_from_unknown_json(content):
    with pytest.raises(CleanError, match="part of a corpus"):
        list(clean(content.encode(), Hints("corpus/speakers.json")))


def office(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "<x/>")
    return out.getvalue()


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><TEI><text>&j;</text></TEI>"
)
OUTSIDE = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><text><body>&x;</body></text></TEI>'
HOSTILE: list[tuple[str, bytes, str]] = [
    ("empty", b"", "empty"),
    ("white space", b" \n\t\r\n", "empty"),
    ("NUL bytes", b"Ada Roe: It cost\0 4 million.", "binary"),
    ("UTF-16 without a mark", "Ada Roe: It cost 4 million.".encode("utf-16-le"), "binary"),
    ("entities within entities", BOMB.encode(), "entity bomb"),
    ("an external entity", OUTSIDE.encode(), "entity bomb"),
    ("a parameter entity", b'<!DOCTYPE TEI [<!ENTITY % x SYSTEM "http://a.example/">%x;]><TEI/>', "entity bomb"),
    ("truncated XML", TEI[:-30].encode(), "truncated XML"),
    ("malformed XML", TEI.replace("</seg>", "</sig>").encode(), "malformed XML"),
    ("deep XML", f"<TEI>{'<div>' * 100_000}".encode(), "nested too deeply"),
    ("deep JSON", b'{"turns": ' + b"[" * 200_000, "nested too deeply"),
    ("a truncated zip", office("a.txt")[:-10], "damaged archive"),
    ("an empty sheet", office("xl/workbook.xml"), "unknown format"),
    ("broken gzip", gzip.compress(TEI.encode())[:-12], "damaged archive"),
    ("broken zstd", zstandard.compress(TEI.encode())[:-4], "damaged archive"),
    ("a gzip bomb", gzip.compress(bytes(30_000_000)), "archive bomb"),
]


@pytest.mark.parametrize(("content", "reason"), [pytest.param(c, r, id=name) for name, c, r in HOSTILE])
@pytest.mark.parametrize("origin", ["a.xml", "a.json", "a.txt"])
def test_hostile_bytes_cost_one_refusal(content, reason, origin):
    with pytest.raises(CleanError) as caught:
        list(clean(content, Hints(origin)))
    assert caught.value.reason == reason


def test_letters_that_a_parliament_declares_or_forgets_to_declare_are_read():
    declared = TEI.replace("?>", '?><!DOCTYPE TEI [<!ENTITY pound "&#163;">]>').replace("4 m", "&pound;4 m")
    forgotten = TEI.replace("4 m", "&pound;4&nbsp;m")
    assert [next(iter(clean(t.encode(), Hints("a.xml")))).text for t in (declared, forgotten)] == [
        "It cost £4 million.",
        "It cost £4\xa0million.",
    ]


def test_a_line_of_many_megabytes_is_read_or_refused_in_one_pass():
    long = json.dumps({"id": "1", "conversation_id": "c", "speaker": "a", "text": "word " * 2_000_000})
    (document,) = clean((long + "\n").encode(), Hints("a.jsonl"))
    assert len(document.text) == 9_999_999
    (document,) = clean(("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "word " * 400_000).encode(), Hints("a.vtt"))
    assert len(document.text) == 1_999_999


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["plain", "gzip", "zstd"])
@pytest.mark.parametrize(("content", "expected"), [s for s in SAMPLES if s[1] in ("tei", "convokit", "vtt")])
def test_every_document_comes_out_of_its_bytes_again(content, expected, pack):
    packed = pack(content.encode())
    for document in clean(packed, Hints("file")):
        again = clean_again(packed, Hints("file"), document.format, document.external_id)
        assert (document.format, again.text, again.paragraphs) == (expected, document.text, document.paragraphs)


def test_a_document_that_is_not_in_the_bytes_is_not_made_up():
    with pytest.raises(CleanError, match="not there"):
        clean_again(UTTERANCE.encode(), Hints("a.jsonl"), "convokit", "other")


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<", b"{", b"PK\x03\x04", b"\x1f\x8b", b"WEBVTT\n\n", b"WARC/1.0\r\n", b"<TEI>"]),
)
def test_any_bytes_end_as_documents_or_in_a_refusal(content, start):
    try:
        found = list(clean(start + content, Hints("a")))
    except CleanError as error:
        assert error.reason
    else:
        assert all(isinstance(f, Cleaned | Refused) for f in found)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "content",
    [
        '<TEI><text><body><u who="#a"><seg>' + "abc <note>x</note>" * 50_000 + "</seg></u></body></text></TEI>",
        f"<housecommons><p><member>A</member><membercontribution>{'b<lb/>' * 50_000}</membercontribution></p></housecommons>",
        f"<Hansard><Intervention><PersonSpeaking><Affiliation>{'(a ' * 50_000}</Affiliation></PersonSpeaking>"
        "<Content><ParaText>b</ParaText></Content></Intervention></Hansard>",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v (A.B: " * 50_000,
        '{"conversation_id": "1", "text": "a' + r"\n \t" * 200_000 + 'b"}\n',
    ],
    ids=["notes in one sentence", "line breaks", "a label of brackets", "unclosed tags", "white space"],
)
def test_work_grows_with_the_bytes_and_not_with_their_square(content):
    (document,) = clean(content.encode(), Hints("a"))
    assert isinstance(document, Cleaned)
