"""If these fail, one event counts as many, or two briefings of one day become one."""

from __future__ import annotations

import datetime as dt

from flows.segment.signature import FIRST_NAME, FIRST_NUMBER, FIRST_SAMPLE, bands

WORDS = [f"{a}{b}" for a in ("grain", "steel", "road", "port", "bridge", "tariff") for b in ("", "s", "ing", "ed", "like", "ful")]
SPEECH = " ".join(WORDS[(i * i + 3 * i) % len(WORDS)] + (f" {i}" if i % 9 == 0 else "") for i in range(900))


def of(found: list[tuple[int, str]], low: int, high: int) -> set[tuple[int, str]]:
    return {(band if low == 0 else 0, value) for band, value in found if low <= band < high}


def test_the_same_words_in_other_lines_and_case_have_the_same_signature() -> None:
    assert bands(SPEECH) == bands(SPEECH.upper().replace(" ", "\n"))


def test_an_excerpt_holds_the_samples_of_what_it_was_taken_from() -> None:
    whole, part = bands(SPEECH), bands(SPEECH[1000:5000])
    sample = of(part, FIRST_SAMPLE, FIRST_NAME)
    assert sample
    assert len(sample & of(whole, FIRST_SAMPLE, FIRST_NAME)) >= 0.8 * len(sample)


def test_names_and_numbers_meet_across_languages() -> None:
    english = bands(
        "We went with Sergei Lavrov to Gomel and paid 1,300 roubles, or 5.7 percent, on 13 March 2025.", dt.date(2025, 3, 13)
    )
    russian = bands(
        "Мы были с Сергеем Лавровым в Гомеле и заплатили 1300 рублей, или 5,7 процента, 13 марта 2025 года.",
        dt.date(2025, 3, 13),
    )
    assert of(english, FIRST_NAME, FIRST_NUMBER) & of(russian, FIRST_NAME, FIRST_NUMBER)
    assert {v for _, v in of(english, FIRST_NUMBER, 9999)} == {v for _, v in of(russian, FIRST_NUMBER, 9999)} == {"1300", "5.7"}


def test_an_empty_page_has_no_signature() -> None:
    assert bands("") == []
