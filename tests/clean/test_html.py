"""HTML: what the site says, sells or links to must never stand in a speaker's mouth, and nothing visible is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from flows.clean.cleaned import CleanError, Hints
from flows.clean.html import read

SPEECH = "We have talked about trade, which grew by 6 percent last year, and about the railway between our two countries."
PAGE = f"""<!doctype html><html lang="en"><head><title>Talks in Brno | Ministry</title>
<meta charset="utf-8"><meta property="og:title" content="Talks in Brno">
<link rel="canonical" href="https://example.org/news/1"><meta property="article:published_time" content="2025-03-14T10:00:00Z">
<script>var a = "not text";</script></head><body>
<nav><ul><li>Home</li><li>News</li></ul></nav>
<div class="header" role="banner">Ministry of Trade</div>
<div role="complementary"><article><h1>Talks in&nbsp;Brno</h1><time datetime="2025-03-13">March 13</time>
<div itemprop="articleBody">
<p><b>Minister </b><b>Pavel <span class="tooltip">born in Brno</span>Horak</b>: {SPEECH}<br>{SPEECH}</p>
<figure><img src="x.png"><figcaption>Horak: a photo</figcaption></figure>
<div class="share-buttons">Share this</div>
<p><strong>Anna Lindgren:</strong> {SPEECH}</p>
<table><tr><td>2024</td><td>6</td></tr></table>
</div></article></div>
<section id="comments"><p>Reader One</p><p>Pavel Horak: {SPEECH}</p></section>
<footer>Anna Lindgren: All content is licensed.</footer></body></html>"""


def zones() -> dict[str, str | None]:
    (cleaned,) = read(PAGE.encode(), Hints("1.html"))
    return {cleaned.text[p.start : p.end]: p.zone for p in cleaned.paragraphs}


def test_furniture_captions_and_readers_comments_are_kept_apart_from_the_article():
    found = zones()
    for furniture in (
        "Home",
        "Ministry of Trade",
        "Horak: a photo",
        "Share this",
        "2024\t6",
        "Anna Lindgren: All content is licensed.",
    ):
        assert found[furniture] == "boilerplate"
    assert found["Reader One"] == found[f"Pavel Horak: {SPEECH}"] == "comment"
    assert found["Talks in\xa0Brno"] == "title"
    assert found[f"Minister Pavel Horak: {SPEECH}"] is None
    assert not any("not text" in text or "born in" in text for text in found)


def test_labels_split_over_tags_are_one_and_their_boldness_is_measured():
    (cleaned,) = read(PAGE.encode(), Hints("1.html"))
    labels = [cleaned.text[p.start : p.start + p.bold] for p in cleaned.paragraphs if p.bold]
    assert labels == ["Minister Pavel Horak", "Anna Lindgren:"]


def test_what_a_page_strikes_out_is_marked_as_struck():
    """Without the marks "16 [17] million" says neither what was said nor what stands corrected."""
    page = PAGE.replace("grew by 6 percent", "grew by <s>16</s> <b><del>60</del></b> [6] percent")
    (cleaned,) = read(page.encode(), Hints("1.html"))
    assert "grew by ~~16~~ ~~60~~ [6] percent" in cleaned.text


def test_the_page_says_its_title_address_language_and_days():
    (cleaned,) = read(PAGE.encode(), Hints("1.html"))
    assert (cleaned.title, cleaned.url, cleaned.language) == ("Talks in Brno", "https://example.org/news/1", "en")
    assert (cleaned.published_on, cleaned.event_on) == (dt.date(2025, 3, 14), dt.date(2025, 3, 13))


def test_a_home_page_that_answers_for_a_missing_article_says_so_and_offers_no_speech():
    page = PAGE.replace("https://example.org/news/1", "https://example.org/")
    (cleaned,) = read(page.encode(), Hints("remarks-in-brno"))
    assert cleaned.note == "a home page in place of an article"
    assert {p.zone for p in cleaned.paragraphs} == {"boilerplate"}


def test_a_page_whose_own_address_is_none_is_read_all_the_same():
    broken = PAGE.replace("https://example.org/news/1", "http://[crosstalk]/")
    (document,) = read(broken.encode(), Hints("a.html"))
    assert document.url is None and SPEECH in document.text


def test_a_truncated_page_is_read_as_far_as_it_goes():
    (cleaned,) = read(PAGE[: PAGE.index("<figure>") + 3].encode(), Hints("1.html"))
    assert "Minister Pavel Horak" in cleaned.text


@pytest.mark.parametrize("body", ["<div>" * 100_000 + "x", "<b>" * 100_000 + "x", "<script>x</script>"])
def test_pages_nested_beyond_reason_or_without_text_are_refused(body):
    with pytest.raises(CleanError):
        list(read(f"<html><body>{body}".encode(), Hints("1.html")))
