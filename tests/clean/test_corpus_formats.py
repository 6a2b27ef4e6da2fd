"""The real corpus, read from its own archive: every file ends in documents or in a refusal, and every offset holds."""

import os
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused
from flows.clean.read import clean, clean_again
from flows.clean.unpack import Member, members

ARCHIVE = next(
    (found for parent in Path(__file__).resolve().parents if (found := parent / "shared/corpus/formats.tar.zst").is_file()),
    None,
)
EACH = 5  # files of each suffix in each folder
LARGEST = 2_000_000  # bytes
ENDED = {  # how the corpus' kinds end: a format read, or the reason of the refusal
    "au_openaustralia .xml": {"theyworkforyou", "unknown format"},
    "docx_catalan_parliament .docx": {"docx"},
    "feeds_sitemaps .atom": {"an index, not a document"},
    "kenya_hansard .pdf": {"unknown format"},
    "parlamint_sk .xml": {"tei"},
    "uk_hansard_lizconlan .html": {"html"},
    "us_california_hearings .txt": {"vtt"},
    "us_congressional_record .htm": {"congressional-record"},
    "us_congressional_record .json": {"congressional-record-json"},
    "us_debates_vtt_mytake .vtt": {"vtt"},
    "us_debates_vtt_mytake .said": {"text"},
    "za_hansard .doc": {"unknown format"},
}

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def sample() -> list[Member]:
    """A few files of each suffix in each folder."""
    if ARCHIVE is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("shared/corpus is not beside this checkout")
    taken: Counter[str] = Counter()
    kept = []
    for member in members(ARCHIVE.read_bytes(), "formats.tar.zst"):
        if isinstance(member, Member) and len(member.content) < LARGEST and taken[kind(member)] < EACH:
            taken[kind(member)] += 1
            kept.append(member)
    return kept


def kind(member: Member) -> str:
    path = PurePosixPath(member.origin.partition("!")[2] or member.origin)
    return f"{path.parts[0]} {path.suffix}"


def read(member: Member) -> list[Cleaned | Refused]:
    try:
        return list(clean(member.content, member.hints(Hints("formats.tar.zst"))))
    except CleanError as error:
        return [Refused(member.origin, error.reason, error.detail)]


def test_every_file_ends_in_documents_or_a_refusal(sample):
    ended: dict[str, set[str]] = {}
    for member in sample:
        found = read(member)
        assert found, f"{member.origin} vanished"
        for one in found:
            ended.setdefault(kind(member), set()).add(one.format if isinstance(one, Cleaned) else one.reason)
            if isinstance(one, Cleaned):
                check(one, member)
    assert {name: ended.get(name) for name in ENDED} == ENDED


def check(document: Cleaned, member: Member) -> None:
    """Paragraphs in order, without white space around; each voice says something; labels stand where they are said to."""
    text, last = document.text, 0
    for p in document.paragraphs:
        assert last <= p.start < p.end <= len(text), f"{member.origin}: {p}"
        assert text[p.start : p.end] == text[p.start : p.end].strip(), f"{member.origin}: {p}"
        last = p.end
    speaking = {p.voice for p in document.paragraphs if p.voice is not None}
    assert speaking == set(range(len(document.voices))), f"{member.origin}: voices without a paragraph"
    for voice in document.voices:
        if voice.label_start is not None:
            assert text[voice.label_start : voice.label_end] == voice.label, f"{member.origin}: {voice}"
    hints = member.hints(Hints("formats.tar.zst"))
    assert clean_again(member.content, hints, document.format, document.external_id).text == text


@pytest.mark.parametrize(
    ("suffix", "turn", "person"),
    [
        ("ParlaMint-SK_2019-12-04-t7m53s1.xml", "<u ", 'who="#'),
        ("senate_debates/2007-09-20.xml", "speakername=", 'speakerid="uk'),
    ],
)
def test_as_many_turns_and_persons_as_the_markup_has(suffix, turn, person):
    if ARCHIVE is None:
        pytest.skip("shared/corpus is not beside this checkout")
    content = next(m.content for m in members(ARCHIVE.read_bytes(), "a") if m.origin.endswith(suffix) and isinstance(m, Member))
    (document,) = clean(content, Hints(suffix))
    assert isinstance(document, Cleaned)
    assert len(document.voices) == content.decode().count(turn)
    assert sum(1 for v in document.voices if v.person) == content.decode().count(person)
