"""Makes unit_money.csv (ISO 4217, names from CLDR through babel) and unit_ucum.csv (UCUM codes, checked by ucumvert).

    python sql/lexicons/make_units.py

What a generator cannot know (bucks, tons, which pound) is kept by hand in unit.csv; what stands there is left out here.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import babel.numbers
import pycountry
from ucumvert import PintUcumRegistry

HERE = Path(__file__).resolve().parent
HEADER = ("language", "phrase", "position", "kind", "unit", "factor", "currency_word", "note")
LANGUAGES = ("en", "ru", "de")
PLURAL_EXAMPLES = (1, 2, 5, 1.5)  # one, few, many and other of CLDR's plural rules
# Codes that are words or letters of a language, or funds rather than money: "ALL", "TOP", "TRY" in capitals mean other things.
NO_CODES = frozenset(
    {
        "ALL",
        "TOP",
        "MOP",
        "CUP",
        "MAD",
        "LAK",
        "BAM",
        "ANG",
        "SOS",
        "GEL",
        "PEN",
        "XXX",
        "XTS",
        "COU",
        "CHE",
        "CHW",
        "COP",
        "BOB",
        "CLF",
        "USN",
        "RON",
    }
)
SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₪": "ILS", "₫": "VND", "₺": "TRY",
    "₦": "NGN", "₱": "PHP", "₸": "KZT", "₾": "GEL", "₼": "AZN", "฿": "THB", "R$": "BRL", "C$": "CAD", "CA$": "CAD", "A$": "AUD",
    "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "US$": "USD", "MX$": "MXN", "Rs": "INR", "Rs.": "INR",
    "RM": "MYR", "KSh": "KES", "Sh": "KES", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
}  # fmt: skip
PREFIXES = {
    "": "", "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "h": "hecto", "c": "centi", "m": "milli",
    "u": "micro", "n": "nano",
}  # fmt: skip
# UCUM code; English singular and plural names; German and Russian names; signs; the prefixes that are in use
BASES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], str], ...] = (
    ("m", ("meter", "metre"), ("Meter", "Metern"), ("метр", "метра", "метров", "метры"), ("m",), "k c m u n"),
    ("g", ("gram", "gramme"), ("Gramm",), ("грамм", "грамма", "граммов"), ("g",), "k m u"),
    ("t", ("tonne", "metric ton", "metric tonne"), ("Tonne", "Tonnen"), ("тонна", "тонны", "тонн"), (), "k M G"),
    ("L", ("liter", "litre"), ("Liter", "Litern"), ("литр", "литра", "литров"), ("l", "L"), "m c h"),
    ("W", ("watt",), ("Watt",), ("ватт", "ватта"), ("W",), "k M G T m"),
    ("W.h", ("watt hour", "watt-hour"), ("Wattstunde", "Wattstunden"), ("ватт-час", "ватт-часа", "ватт-часов"), ("Wh",),
     "k M G T"),
    ("V", ("volt",), ("Volt",), ("вольт",), ("V",), "k m"),
    ("A", ("ampere", "amp"), ("Ampere",), ("ампер",), (), "m"),
    ("Hz", ("hertz",), ("Hertz",), ("герц",), ("Hz",), "k M G"),
    ("J", ("joule",), ("Joule",), ("джоуль", "джоулей"), ("J",), "k M G"),
    ("Pa", ("pascal",), ("Pascal",), ("паскаль", "паскалей"), ("Pa",), "k M G h"),
    ("By", ("byte",), ("Byte", "Bytes"), ("байт", "байта"), ("B",), "k M G T"),
    ("bit", ("bit",), ("Bit",), ("бит",), (), "k M G"),
    ("cal", ("calorie",), ("Kalorie", "Kalorien"), ("калория", "калорий"), ("cal",), "k"),
    ("s", ("second",), ("Sekunde", "Sekunden"), ("секунда", "секунды", "секунд"), ("s",), "m u n"),
)  # fmt: skip
PREFIX_NAMES = {
    "de": {"kilo": "Kilo", "mega": "Mega", "giga": "Giga", "tera": "Tera", "hecto": "Hekto", "centi": "Zenti", "milli": "Milli",
           "micro": "Mikro", "nano": "Nano"},
    "ru": {"kilo": "кило", "mega": "мега", "giga": "гига", "tera": "тера", "hecto": "гекто", "centi": "санти", "milli": "милли",
           "micro": "микро", "nano": "нано"},
}  # fmt: skip
# Whole units that no prefix makes: UCUM code, English names (singular, plural)
WHOLE: tuple[tuple[str, str], ...] = (
    ("m2", "square meter|square meters|square metre|square metres|sq m|sqm|m²"),
    ("km2", "square kilometer|square kilometers|square kilometre|square kilometres|sq km|km²"),
    ("m3", "cubic meter|cubic meters|cubic metre|cubic metres|m³"),
    ("km3", "cubic kilometer|cubic kilometers|cubic kilometre|cubic kilometres"),
    ("har", "hectare|hectares|ha"),
    ("[mi_i]", "mile|miles"),
    ("[nmi_i]", "nautical mile|nautical miles"),
    ("[yd_i]", "yard|yards"),
    ("[ft_i]", "foot|feet|ft"),
    ("[in_i]", "inch|inches"),
    ("[fth_i]", "fathom|fathoms"),
    ("[acr_us]", "acre|acres"),
    ("[lb_av]", "lb|lbs"),
    ("[oz_av]", "ounce|ounces|oz"),
    ("[oz_tr]", "troy ounce|troy ounces"),
    ("[stone_av]", "stone"),
    ("[lton_av]", "long ton|long tons|imperial ton|imperial tons"),
    ("[ston_av]", "short ton|short tons"),
    ("[bbl_us]", "barrel|barrels|bbl"),
    ("[gal_us]", "gallon|gallons"),
    ("[gal_br]", "imperial gallon|imperial gallons"),
    ("[pt_us]", "pint|pints"),
    ("[qt_us]", "quart|quarts"),
    ("[cup_us]", "cup|cups"),
    ("[bu_us]", "bushel|bushels"),
    ("[kn_i]", "knot|knots"),
    ("[HP]", "horsepower|hp"),
    ("[Btu]", "british thermal unit|british thermal units|btu|btus"),
    ("Cel", "degree celsius|degrees celsius|degree centigrade|degrees centigrade|celsius|°c|℃"),
    ("[degF]", "degree fahrenheit|degrees fahrenheit|fahrenheit|°f"),
    ("K", "kelvin|kelvins"),
    ("[car_m]", "carat|carats"),
    ("dB", "decibel|decibels|db"),
    ("Ci", "curie|curies"),
    ("Bq", "becquerel|becquerels"),
    ("Sv", "sievert|sieverts"),
    ("mSv", "millisievert|millisieverts"),
    ("km/h", "kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour|km per hour|km/h|kph"),
    ("[mi_i]/h", "miles per hour|miles an hour|mph"),
    ("m/s", "meters per second|metres per second|m/s"),
    ("Mbit/s", "megabits per second|mbps"),
    ("Gbit/s", "gigabits per second|gbps"),
    ("[ppm]", "parts per million|ppm"),
    ("[ppb]", "parts per billion|ppb"),
)


def money() -> Iterator[tuple[str, ...]]:
    """Names in each language's plural forms, codes on either side, and signs."""
    for currency in sorted(pycountry.currencies, key=lambda c: c.alpha_3):
        code = currency.alpha_3
        if code.startswith("X") and code not in ("XAF", "XOF", "XPF", "XCD"):
            continue
        if code not in NO_CODES:
            yield ("*", code, "before", "money", code, "", "", "ISO 4217")
            yield ("*", code, "after", "money", code, "", "", "ISO 4217")
        for language in LANGUAGES:
            names = {babel.numbers.get_currency_name(code, count, locale=language) for count in PLURAL_EXAMPLES}
            for name in sorted(names - {code}):
                yield (language, name.casefold(), "after", "money", code, "", "", "CLDR")
    for sign, code in SIGNS.items():
        yield ("*", sign, "before", "money", code, "", "", "")
        yield ("*", sign.casefold(), "after", "money", code, "", "", "")


def measures() -> Iterator[tuple[str, ...]]:
    """Base units with the prefixes in use, then whole units; every code read by ucumvert."""
    for code, english, german, russian, signs, prefixes in BASES:
        for prefix in ("", *prefixes.split()):
            unit, name = prefix + code, PREFIXES[prefix]
            kind = "duration" if code == "s" else "measure"
            words = [("en", name + w) for w in english] + [("en", name + w + "s") for w in english if not w.endswith("z")]
            for language, forms in (("de", german), ("ru", russian)):
                front = PREFIX_NAMES[language].get(name, "")
                words += [(language, (front + (w.casefold() if front else w)).casefold()) for w in forms]
            sign_forms = [("*", prefix + sign) for sign in signs if len(prefix + sign) > 1]
            for language, phrase in itertools.chain(words, sign_forms):
                yield (language, phrase.casefold(), "after", kind, unit, "", "", "UCUM")
    for code, phrases in WHOLE:
        kind = "rate" if "/" in code or code.startswith("[pp") else "measure"
        for phrase in phrases.split("|"):
            yield ("en", phrase, "after", kind, code, "", "", "UCUM")


def without_known(rows: Iterable[tuple[str, ...]], known: set[tuple[str, str, str]]) -> Iterator[tuple[str, ...]]:
    """The rows whose phrase no row before has, for its language or for all ("*")."""
    for row in rows:
        languages = LANGUAGES if row[0] == "*" else (row[0],)
        keys = {(language, row[1].casefold(), row[2]) for language in languages}
        if not keys & known:
            known |= keys
            yield row


def main() -> None:
    registry = PintUcumRegistry()
    with (HERE / "unit.csv").open(encoding="utf-8", newline="") as file:
        known = {(row["language"], row["phrase"].casefold(), row["position"]) for row in csv.DictReader(file)}
    for name, rows in (("unit_money.csv", money()), ("unit_ucum.csv", measures())):
        kept = list(without_known(rows, known))
        if name == "unit_ucum.csv":
            for code in sorted({row[4] for row in kept}):
                registry.from_ucum(code)  # raises where it is no UCUM code
        with (HERE / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows(kept)


if __name__ == "__main__":
    main()
