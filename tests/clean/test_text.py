"""Plain text: offsets must hold in the file, and what is no text must not become a document."""

from __future__ import annotations

import datetime as dt

import pytest

from flows.clean.cleaned import CleanError, Hints
from flows.clean.decode import decode
from flows.clean.text import read


def texts(body: str, origin: str = "a.txt") -> list[str]:
    (cleaned,) = read(body.encode(), Hints(origin))
    return [cleaned.text[p.start : p.end] for p in cleaned.paragraphs]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_of_any_unicode_charset_is_the_same_text(charset):
    assert decode("Čaj: 5 €\r\na\rb\n".encode(charset)) == "Čaj: 5 €\na\nb\n"


def test_old_charsets_are_declared_or_detected():
    assert decode("Größe – 5 €".encode("cp1252"), "iso-8859-1") == "Größe – 5 €"
    russian = "Торговля между странами выросла на шесть процентов, и мы этим довольны."
    assert decode(russian.encode("cp1251")) == russian
    assert decode(("Наши страны. " * 9).encode()[:-3]) == ("Наши страны. " * 9)[:-3]  # cut inside its last character


@pytest.mark.parametrize("declared", ["iso-8859-1", "koi8-r", "utf-16", "base64", "utf-7", "undefined", "no-such-charset"])
def test_a_declaration_that_the_bytes_belie_is_not_believed(declared):
    """A server that declares Latin-1 for everything would turn every name with an accent into two wrong letters."""
    text = "Zoë Čapek: +ADw- 5 €, Größe 12."
    content = text.encode()
    assert decode(content + b" " * (len(content) % 2), declared).rstrip() == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \n\t ", "empty"), (b"a\0b", "binary"), (bytes(range(256)) * 9, "binary"), (b"x" * 11, "too large")],
)
def test_what_is_no_document_is_refused_with_its_reason(content, reason):
    with pytest.raises(CleanError) as error:
        decode(content, limit=2304 if reason == "binary" else 10)
    assert error.value.reason == reason


def test_a_line_is_a_paragraph_and_wrapped_lines_are_joined():
    assert texts("One line.\nAnother line: yes.\n\nThird.") == ["One line.", "Another line: yes.", "Third."]
    line = "these words are set in lines of about seventy characters as old files have"
    wrapped = "\n".join([f"{line}\n{line}\n{line} it.\n"] * 6)
    assert len(texts(wrapped)) == 6


def test_page_numbers_and_time_stamps_among_wrapped_lines_are_no_ones_words():
    line = "these words are set in lines of about seventy characters as old files have"
    body = "\n".join([f"2:07 P.M. EST\n{line}\n{line}\n\n- 12 -\n\n{line}\n{line} it.\n"] * 4)
    (cleaned,) = read(body.encode(), Hints("a.txt"))
    zones = {cleaned.text[p.start : p.end]: p.zone for p in cleaned.paragraphs}
    assert zones["- 12 -"] == "boilerplate"
    assert "2:07 P.M. EST" in zones


def test_the_numbers_of_the_lines_of_a_record_lead_their_paragraphs():
    lines = [f"  {i:2}   MS STROUD:  It is {i} o'clock." for i in range(1, 13)] + ["  13"]
    (document,) = read("\n".join(lines).encode(), Hints("inquiry.txt"))
    first, last = document.paragraphs[0], document.paragraphs[-1]
    assert document.text[first.start + first.lead : first.end] == "MS STROUD:  It is 1 o'clock."
    assert (document.text[last.start : last.end], last.zone) == ("13", "boilerplate")


def test_numbers_before_lines_that_do_not_count_are_words():
    lines = [f"  {i}   ships called at Mostany." for i in (40, 12, 7, 31, 5, 19, 44, 2, 90, 13, 8, 61, 17)]
    (document,) = read("\n".join(lines).encode(), Hints("ships.txt"))
    assert not any(paragraph.lead for paragraph in document.paragraphs)


def test_the_day_is_the_first_lines_else_the_names():
    (cleaned,) = read(b"Brno, 13 March 2025\n\nAnna Berg: In May 2024 we met.", Hints("2025-04-01-x.txt"))
    assert cleaned.event_on == dt.date(2025, 3, 13)
    (cleaned,) = read(b"Anna Berg: We met.", Hints("2025-04-01-x.txt"))
    assert cleaned.event_on == dt.date(2025, 4, 1)


def test_an_address_longer_than_its_lines_does_not_make_a_paragraph_of_every_wrapped_line():
    """A sentence over two wrapped lines would be cut in two, and a figure with it."""
    line = "The bridge over the river was closed for years, and we who live here"
    address = f"year](https://example.org/{'bridge-' * 20})"
    body = "\n\n".join(f"{line}\n{address}\nwaited for it." for _ in range(6))
    (cleaned,) = read(body.encode(), Hints("page.txt"))
    assert len(cleaned.paragraphs) == 6
