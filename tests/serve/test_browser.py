"""What a person does who opens a web page, not a shell: finds the backfill, fills its form, watches it, reads what came.

The screenshots of docs/operations.md are taken here; they are written where ONRECORD_SCREENSHOTS names a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.chromium import ARGUMENTS

from .serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.server]
PATIENCE = 90_000


@pytest.fixture
def page(served: Served, chromium: str) -> Iterator[Page]:
    """A page that reaches this machine only: what needs the internet would be seen here."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        opened = browser.new_page(viewport={"width": 1200, "height": 780})
        opened.set_default_timeout(PATIENCE)
        opened.route("**/*", lambda route: route.continue_() if "//127.0.0.1:" in route.request.url else route.abort())
        yield opened
        browser.close()


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("ONRECORD_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(1_500)  # the pictures only: what moves comes to rest
        page.screenshot(path=Path(folder) / f"{name}.png")


def choose_day(page: Page, field: str, day: str) -> None:
    form = page.locator(".schema-form-property").filter(has_text=field).last
    form.locator("[class*=date-input]").first.click()
    page.locator("input[type=date]").last.fill(day)
    page.get_by_role("button", name="Apply").last.click()


def test_a_person_backfills_the_samples_and_follows_a_claim_to_its_words(page: Page, served: Served) -> None:
    page.goto(f"{served.page}/deployments")
    page.get_by_role("link", name="backfill").first.wait_for()
    picture(page, "deployments")

    key = served.deployment("backfill")["id"]
    page.goto(f"{served.page}/deployments/deployment/{key}/run")
    sources = page.locator(".schema-form-property").filter(has_text="sources").first
    sources.locator("button.p-select-button__control").focus()
    page.keyboard.press("ArrowDown")
    page.locator(".p-select-option").filter(has_text="samples").click()
    page.keyboard.press("Escape")
    choose_day(page, "since", "2025-01-01")
    choose_day(page, "until", "2025-06-30")
    picture(page, "backfill-form")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(f"**/deployments/deployment/{key}")  # waiting in Python instead would hold up the page's own requests

    served.until(lambda: _backfills(served), bool)
    run = _backfills(served)[0]
    page.goto(f"{served.page}/runs/flow-run/{run['id']}")
    page.get_by_text("batch 1 of").first.wait_for()
    picture(page, "running")
    ended = served.ended(run["id"])
    assert ended["state_type"] == "COMPLETED", ended["state"]
    asked = {name: ended["parameters"].get(name) for name in ("sources", "since", "until")}
    assert asked == {"sources": ["samples"], "since": "2025-01-01", "until": "2025-06-30"}
    assert ended["name"] == "backfill samples 2025-01 to 2025-06"
    page.reload()
    page.get_by_text("Completed").first.wait_for()
    picture(page, "finished")

    artifact = _artifact(served, run["id"], "claims")
    page.goto(f"{served.page}/artifacts/artifact/{artifact['id']}")
    expect(page.get_by_text("new or changed documents").first).to_be_visible(timeout=PATIENCE)
    picture(page, "claims")
    summary = _artifact(served, run["id"], "summary")
    page.goto(f"{served.page}/artifacts/artifact/{summary['id']}")
    expect(page.get_by_text("samples").first).to_be_visible(timeout=PATIENCE)
    picture(page, "summary")


def _backfills(served: Served) -> list[dict[str, object]]:
    found: list[dict[str, object]] = served.ask("POST", "/flow_runs/filter", json={"flows": {"name": {"any_": ["backfill"]}}})
    return found


def _artifact(served: Served, run: object, key: str) -> dict[str, object]:
    wanted = {"flow_runs": {"id": {"any_": [str(run)]}}, "artifacts": {"key": {"any_": [key]}}}
    found: list[dict[str, object]] = served.ask("POST", "/artifacts/filter", json=wanted)
    return found[0]
