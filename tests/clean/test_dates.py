"""The day on which words were said: stated by the page, or nothing; never a day that the words are about."""

from __future__ import annotations

import datetime as dt

import pytest

from flows.clean.cleaned import Cleaned, Hints
from flows.clean.dates import event_date
from flows.clean.read import clean

PUBLISHED = dt.date(2018, 6, 18)


@pytest.mark.parametrize(
    ("head", "stated", "day"),
    [
        ("June 5, 2025, Mostany\nMr President, ...", None, dt.date(2025, 6, 5)),
        # a head that a scraper flattened to one line, with the page's stamp in it
        (f"События Совместная пресс-конференция 5 июня 2025 года 19:00 Мостаны {'слово ' * 200}", None, dt.date(2025, 6, 5)),
        # a line that names the occasion ends with place and day
        (
            "From the transcript of the press conference of the President of Tarvenia R. A. Sarvek and the Prime Minister of the "
            "Republic of Velmora T. Berek, Mostany, June 5, 2025.\nRadomil Sarvek: ...",
            None,
            dt.date(2025, 6, 5),
        ),
        # an archive's page, published decades later: nothing but the date stands on the line
        ("Mostany, June 18, 1968\nMr Speaker, ...", PUBLISHED, dt.date(1968, 6, 18)),
        # what is commemorated, and what is still to come, was not the day of the speech
        ("Fifty years since June 18, 1968\nMy fellow citizens, ...", PUBLISHED, None),
        ("Statement on the meeting of July 16, 2018\nThe two leaders will meet.", PUBLISHED, None),
    ],
)
def test_the_stated_day_is_told_from_days_that_are_talked_about(head: str, stated: dt.date | None, day: dt.date | None) -> None:
    """A wrong day puts every figure of a document into the wrong period."""
    assert event_date(head, stated) == day


def test_a_pages_commemorated_day_is_not_its_own() -> None:
    """The first time element of a page may mark up the day that is remembered."""
    page = b"""<html><head><title>Remarks on the flood</title><meta property="article:published_time" content="2018-06-18"></head>
    <body><article><h1>Remarks on the flood</h1><p>We remember <time datetime="1968-06-18">that night</time>.</p>
    <p>PRESIDENT SARVEK: Friends, fifty years ago the river took forty lives.</p></article></body></html>"""
    (document,) = clean(page, Hints(origin="flood.html"))
    assert isinstance(document, Cleaned)
    assert (document.published_on, document.event_on) == (PUBLISHED, None)


@pytest.mark.parametrize(
    "head",
    ["Aa, " * 100_000, "Aa " * 40 + "13 March 2025 " + "Aa, " * 40, "13 March 2025 " * 8, "A" * 200_000 + " 13 March 2025 19:0"],
)
def test_a_hostile_head_does_not_hang(head: str) -> None:
    """A line made of beginnings of dates and places is read in a moment, and states no day."""
    assert event_date(head, PUBLISHED) is None
