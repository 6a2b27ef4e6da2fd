"""A backfill's parameters: what makes no sense is refused in words, before anything is fetched."""

import datetime as dt

import pytest

from flows import deployments
from flows.deployments import Batch, Refused, asked_for, batches_of, months
from flows.fetch.source import load_sources

NOW = dt.date(2026, 3, 15)


@pytest.mark.parametrize(
    ("sources", "since", "until", "says"),
    [
        (["samples"], "2026-02-01", "2026-01-01", "before since"),
        (["samples"], "2026-03-16", None, "future"),
        (["samples"], None, "2026-03-16", "future"),
        (["sample"], None, None, "no source is called 'sample'; there are"),
        (["samples"], "13/03/2025", None, "no day; write it as"),
        (["samples"], "2026-02-30", None, "no day"),
        (["samples"], "0001-01-01", None, "before 1900"),
    ],
)
def test_nonsense_is_refused_with_what_to_correct(sources: list[str], since: str, until: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        asked_for(sources, since, until, NOW, load_sources())


def test_until_means_today_when_the_run_starts_not_when_the_form_was_made() -> None:
    configured = load_sources()
    assert asked_for(["samples"], "2026-01-01", None, NOW, configured)[2] == NOW
    assert asked_for(["samples"], "2026-01-01", "", NOW + dt.timedelta(days=40), configured)[2] == dt.date(2026, 4, 24)


def test_the_last_allowed_days_are_allowed() -> None:
    assert asked_for(["samples"], "2026-03-15", "2026-03-15", NOW, load_sources()) == (["samples"], NOW, NOW)


def test_no_source_chosen_means_those_that_are_switched_on() -> None:
    configured = load_sources()
    names = asked_for([], None, None, NOW, configured)[0]
    assert names == sorted(name for name, source in configured.items() if source.enabled)


def test_months_leave_out_no_day_and_repeat_none() -> None:
    first, last = dt.date(2023, 11, 17), dt.date(2024, 3, 2)
    days = [start + dt.timedelta(days=n) for start, end in months(first, last) for n in range((end - start).days + 1)]
    assert days == [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    assert all(start.month == end.month for start, end in months(first, last))


def test_live_sources_are_cut_by_the_month_and_folders_are_not() -> None:
    configured = load_sources()
    days = dt.date(2025, 1, 20), dt.date(2025, 2, 3)
    live = ("kremlin-en",)
    assert batches_of(["kremlin-en", "samples"], *days, configured) == [
        Batch(("samples",), *days),
        Batch(live, days[0], dt.date(2025, 1, 31)),
        Batch(live, dt.date(2025, 2, 1), days[1]),
    ]
    assert batches_of(["kremlin-en"], None, None, configured) == [Batch(live)]


def test_a_wrong_time_zone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_TIMEZONE", "Europe/Bruxelles")
    with pytest.raises(Refused, match="Europe/Bruxelles"):
        deployments.time_zone()
