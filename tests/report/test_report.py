"""The report is opened by people on deadline, from a file, with strangers' words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from flows.report.chart import chart, short
from flows.report.report import _web_address, in_words, reading, write
from tests.chromium import ARGUMENTS, PATH

HOSTILE = (
    "</title></script><script>document.body.dataset.owned=1</script>"
    '<img src=x onerror="document.body.dataset.owned=1">"\'\u202e{{7777*7777}}'
    + "W" * 400
)


@pytest.fixture(scope="module")
def page(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report") / "report.html"
    write(published, target)
    return target


@pytest.fixture
def hostile(own_copy: Path, tmp_path: Path) -> Path:
    """The report of a warehouse in which everything that strangers write is an attack."""
    with duckdb.connect(str(own_copy)) as connection:
        connection.execute(
            "update documents set title = $1, origin = $1 || document_id, url = 'javascript:alert(1)', language = $1", [HOSTILE]
        )
        connection.execute("update turns set speaker_name = $1, label = $1, role = $1, doubt = $1", [HOSTILE])
        connection.execute(
            "update numeric_claims set quote = $1, subject = $1, attributed_to = $1, doubt = $1, unit = $1", [HOSTILE]
        )
        connection.execute("update claim_series set subject = $1, unit = $1", [HOSTILE])
        connection.execute("update sources set title = $1", [HOSTILE])
        connection.execute("update quarantine set origin = $1, reason = $1, detail = $1", [HOSTILE])
        _add_differences_and_revisions(connection, HOSTILE)
    target = tmp_path / "hostile.html"
    write(own_copy, target)
    return target


def _add_differences_and_revisions(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    connection.execute("delete from claim_differences")
    connection.execute(
        "insert into claim_differences select min(claim_id), max(claim_id), series_id, 'same_time', 3, 0.25, 0.9 "
        "from claim_series_members group by series_id having min(claim_id) < max(claim_id) limit 2"
    )
    connection.execute(
        "insert into claim_revisions select document_id, 1, 2, 'altered', claim_id, 4000, 3700, $1, $1, timestamp '2025-03-20' "
        "from numeric_claims order by claim_id limit 1",
        [text],
    )


def parsed(page: Path) -> Any:
    return html.fromstring(page.read_text("utf-8"))


def test_hostile_words_stay_words(hostile: Path) -> None:
    """A title that holds a script must be read, not run."""
    tree = parsed(hostile)
    assert len(tree.findall(".//script")) == 1 and len(tree.findall(".//style")) == 1
    assert tree.findall(".//img") == []
    assert [a for e in tree.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on")] == []
    assert [a.get("href") for a in tree.iter("a") if not re.match(r"#|https?://", a.get("href"))] == []
    assert HOSTILE in tree.text_content() and "60481729" not in tree.text_content()


def test_page_needs_nothing_from_anywhere(page: Path) -> None:
    """It works from a memory stick on a train, and tells nobody that it was opened."""
    tree = parsed(page)
    assert tree.xpath("//link | //iframe | //object | //embed | //form | //*[@src]") == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy


def test_page_is_outlined_for_a_screen_reader(page: Path) -> None:
    """Who cannot see the page finds their way by its language, headings, captions and labels."""
    tree = parsed(page)
    assert tree.get("lang") == "en" and len(tree.findall(".//h1")) == 1 and len(tree.findall(".//main")) == 1
    levels = [int(e.tag[1]) for e in tree.iter("h1", "h2", "h3", "h4")]
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert tree.xpath("//table[not(caption)] | //th[not(@scope)] | //section[not(@aria-labelledby)]") == []
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [a for a in tree.xpath("//a/@href") if a.startswith("#") and a[1:] not in ids] == []


def test_claims_stand_with_speaker_day_and_proof(page: Path, samples: duckdb.DuckDBPyConnection) -> None:
    """A figure without its words, its speaker and its page is worth nothing on deadline."""
    (day,) = samples.execute("select max(said_on) from checkable_claims").fetchone() or (None,)
    section = parsed(page).xpath("//section[@aria-labelledby='checkable']")[0]
    claims = section.xpath(".//li[@class='claim']")
    assert claims and str(day) in section.findtext("h2")
    for claim in claims:
        quote = claim.find("blockquote").text_content()
        found = samples.execute("select speaker, said_on from claims where quote = ?", [quote]).fetchall()
        assert any(speaker in claim.text_content() and str(said_on) in claim.text_content() for speaker, said_on in found)


def test_doubtful_speakers_say_so(page: Path, samples: duckdb.DuckDBPyConnection) -> None:
    """The first promise: no name without its doubt beside it, anywhere on the page."""
    doubts = dict(samples.execute("select quote, attribution_doubt from claims where attribution_doubt is not null").fetchall())
    shown = [e for e in parsed(page).xpath("//*[blockquote]") if e.find("blockquote").text_content() in doubts]
    assert shown
    for element in shown:
        assert "Speaker not certain" in element.text_content()


def test_differences_are_candidates_never_contradictions(hostile: Path) -> None:
    """The word would be ours, not the facts'."""
    section = parsed(hostile).xpath("//section[@aria-labelledby='differences']")[0]
    assert "candidates for a person to check" in section.text_content() and len(section.xpath(".//blockquote")) == 4
    assert "contradict" not in hostile.read_text("utf-8").lower()


def test_checkable_rule_leaves_out_what_cannot_be_looked_up(samples: duckdb.DuckDBPyConnection) -> None:
    """A plan, a journalist's question or a span of time is not what a fact-checker should spend the morning on."""
    kept = samples.execute(
        "select count(*), count(*) filter (where c.modality in ('planned', 'conditional', 'asked', 'denied') "
        "or c.speaker_kind = 'journalist' or c.subject is null or c.kind = 'duration' or d.duplicate_of is not null) "
        "from checkable_claims inner join claims as c using (claim_id) inner join documents as d using (document_id)"
    ).fetchone()
    assert kept and kept[0] > 20 and kept[1] == 0
    ranks = samples.execute("select said_on, list(points order by day_rank) from checkable_claims group by said_on").fetchall()
    assert all(points == sorted(points, reverse=True) for _, points in ranks)


def test_same_release_gives_the_same_page(published: Path, page: Path, tmp_path: Path) -> None:
    write(published, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == page.read_bytes()


def test_readings_say_what_the_words_commit_to() -> None:
    claim = {
        "value": 5e10,
        "comparator": ">",
        "value_low": 5e10,
        "value_high": None,
        "unit": "USD",
        "kind": "money",
        "subject": "trade",
    }
    assert reading(claim) == "more than 50,000,000,000 USD (money), about: trade"
    claim |= {"value": None, "comparator": "range", "value_low": 2.5, "value_high": None, "unit": None, "subject": None}
    assert reading(claim) == "2.5 to open (money), about nothing named"


def test_units_are_words() -> None:
    """A reader who meets `20 a (duration)` or `admissions (/d)` cannot say whether it is right."""
    assert [in_words(unit) for unit in ("a", "/d", "USD/mo", "USD/h", "km/h", "USD", "clinic", "USD/kg")] == [
        "years", "a day", "USD a month", "USD an hour", "km an hour", "USD", "clinic", "USD/kg",
    ]  # fmt: skip
    assert [in_words(unit) for unit in ("[mi_i]", "USD/[bbl_us]", "[mi_i]/[gal_us]", "USD/[acr_us]")] == [
        "miles", "USD a barrel", "miles a gallon", "USD an acre",
    ]  # fmt: skip


def test_only_web_addresses_are_links() -> None:
    assert [_web_address(a) for a in ("javascript:alert(1)", "data:text/html,x", " https://a.example", None)] == [None] * 4
    assert _web_address("https://a.example/b#:~:text=c%20d") == "https://a.example/b#:~:text=c%20d"


def test_charts_place_points_in_time_and_size() -> None:
    import datetime as dt

    base = {"speaker": "A", "label": None, "surface": "x", "value_low": None, "value_high": None}
    claims = [base | {"said_on": dt.date(2025, 1, day), "value": value} for day, value in ((1, 10.0), (2, 30.0), (9, 20.0))]
    claims.append(base | {"said_on": dt.date(2025, 1, 9), "value": None, "value_low": 10.0, "value_high": 20.0})
    points = chart(claims)["points"]
    assert points[0]["x"] < points[1]["x"] < points[2]["x"] and points[1]["y"] < points[2]["y"] < points[0]["y"]
    assert (points[3]["y_low"], points[3]["y_high"]) == (points[0]["y"], points[2]["y"])
    assert chart([claims[0]])["points"][0]["label"] == "x, A, 2025-01-01"
    assert [short(v) for v in (50.2e9, 0.05, -3200.0)] == ["50.2 bn", "0.05", "-3.2 k"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if PATH is None:
        pytest.skip("no chromium; apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=PATH, args=ARGUMENTS)
        yield chromium
        chromium.close()


def opened(browser: Any, page: Path, **options: Any) -> tuple[Any, list[str], list[str]]:
    """The page in a tab, with every address asked for and everything that the console said."""
    tab = browser.new_context(accept_downloads=True, **options).new_page()
    asked: list[str] = []
    told: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.goto(page.as_uri())
    return tab, asked, told


@pytest.mark.browser
@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark", "viewport": {"width": 375, "height": 700}}], ids=["desk", "phone"]
)
def test_axe_finds_no_barrier(browser: Any, page: Path, options: dict[str, Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab, asked, told = opened(browser, page, **options)
    results = Axe().run(tab)
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert asked == [page.as_uri()] and told == []


@pytest.mark.browser
def test_nothing_hostile_runs(browser: Any, hostile: Path) -> None:
    tab, asked, _ = opened(browser, hostile)
    assert tab.evaluate("document.body.dataset.owned") is None
    assert asked == [hostile.as_uri()]
    tab.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.body.dataset.owned=1\">')"
    )
    tab.wait_for_timeout(100)
    assert tab.evaluate("document.body.dataset.owned") is None, "the page's policy must hold even where escaping failed"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_long_words_and_marks_of_direction_stay_in_their_place(browser: Any, hostile: Path, width: int) -> None:
    """A title of four hundred letters without a space must not push the page sideways, nor turn its neighbours around."""
    tab, _, _ = opened(browser, hostile, viewport={"width": width, "height": 800})
    tab.click("#unfold")
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    sideways = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > 3 * e.clientWidth).length"
    assert tab.evaluate(sideways) == 0, "a table is wider than three screens"


@pytest.mark.browser
def test_marks_are_kept_counted_and_saved(browser: Any, page: Path, tmp_path: Path) -> None:
    """Half an hour of a person's judgement must survive a closed tab and leave as a file."""
    import json

    tab, _, _ = opened(browser, page)
    claims = tab.locator("[data-claim]")
    for index, mark in enumerate(["right", "right", "wrong"]):
        claims.nth(index).locator(f"input[data-part=figure][value={mark}]").focus()
        tab.keyboard.press("Space")
    assert "Figures: 2 of 3 right, 67 %" in tab.inner_text("#tally")
    tab.reload()
    assert "2 of 3" in tab.inner_text("#tally") and claims.nth(2).locator("input[value=wrong]").first.is_checked()
    with tab.expect_download() as download:
        tab.click("#save-marks")
    download.value.save_as(tmp_path / "marks.json")
    saved = json.loads((tmp_path / "marks.json").read_text())
    assert sorted(m["figure"] for m in saved["marks"].values()) == ["right", "right", "wrong"] and saved["release_id"]


def test_series_that_moved_stand_first(page: Path) -> None:
    """A figure that nobody ever changed is no news."""
    charts = parsed(page).xpath("//*[local-name()='svg']")
    moved = [len({e.get("cy") for e in chart.xpath(".//*[local-name()='circle'][@class='dot']")}) > 1 for chart in charts]
    assert True in moved and False in moved and moved == sorted(moved, reverse=True)


def test_sources_that_never_ran_take_one_line(page: Path) -> None:
    section = parsed(page).xpath("//section[@aria-labelledby='sources']")[0]
    assert [" ".join(e.text_content().split()) for e in section.xpath(".//tbody//th")] == ["Sample transcripts, invented"]
    assert "Configured, not run yet: " in section.text_content() and "President of Russia, transcripts" in section.text_content()


@pytest.mark.browser
def test_quotes_are_folded_and_unfold_for_everyone(browser: Any, page: Path) -> None:
    """Forty quotes a series must not bury the next section, and must be there for keys, on paper and all at once."""
    tab, _, _ = opened(browser, page)
    folds = "[...document.querySelectorAll('details.quotes')]"
    count = tab.evaluate(f"{folds}.length")
    assert count > 1 and tab.evaluate(f"{folds}.filter(f => f.open).length") == 0
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate(f"{folds}.filter(f => f.open).length") == count
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(f"{folds}.filter(f => f.open).length") == 0
    tab.locator("details.quotes summary").first.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate(f"{folds}[0].open") and tab.locator("details.quotes blockquote").first.is_visible()
    tab.click("#unfold")
    assert tab.evaluate(f"{folds}.filter(f => f.open).length") == count
    assert tab.get_attribute("#unfold", "aria-expanded") == "true"
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(tab)
    assert results.violations_count == 0, results.generate_report()
    names = tab.evaluate(f"{folds}.map(f => f.querySelector('summary').textContent)")
    assert len(set(names)) == count, "a screen reader's list of controls must tell one fold from another"


@pytest.mark.browser
def test_paper_has_every_quote(browser: Any, page: Path, tmp_path: Path) -> None:
    """Nobody can press a point on paper, with scripts or without."""
    for script in (True, False):
        tab, _, _ = opened(browser, page, java_script_enabled=script)
        tab.emulate_media(media="print")
        tab.pdf(path=tmp_path / f"{script}.pdf", format="A4")
    assert (tmp_path / "False.pdf").stat().st_size > 0.8 * (tmp_path / "True.pdf").stat().st_size
    plain, _, _ = opened(browser, page, java_script_enabled=False)
    plain.emulate_media(media="print")
    assert plain.locator("details.quotes:not([open]) blockquote").first.is_visible()


@pytest.mark.browser
def test_points_lead_to_their_quotes(browser: Any, page: Path) -> None:
    tab, _, _ = opened(browser, page)
    point = tab.locator("svg.chart a").first
    target = point.get_attribute("href")
    figure = (point.get_attribute("aria-label") or "").split(",")[0]
    point.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == target and figure in tab.inner_text(f"{target} blockquote")
    assert tab.locator(f"{target} blockquote").is_visible() and tab.evaluate("document.activeElement.id") == target[1:]
    tab.evaluate("document.querySelector('details.quotes[open]').open = false")
    point.focus()
    tab.keyboard.press("Enter")
    assert tab.locator(f"{target} blockquote").is_visible(), "a second press on the same point must unfold it again"
