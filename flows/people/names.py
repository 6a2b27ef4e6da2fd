"""Names as keys: what two spellings of one name have in common, and nothing that two names could share by chance.

A key decides only by being equal. No score is used: of 45 pairs tried, every fuzzy measure put some two persons above some
one person's two spellings (`flows/people/reference/README.md`).
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import OSA

PATRONYMIC = re.compile(
    r"(?:ov|ev|yev|iev|av|jew|ew|ow)(?:ich|itch|itsch|na)$|(?:inich|ichna|kuzmich|ilyich|lukich|fomich|nikitich)$"
)
INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
ROMAN = re.compile(r"(?:I{2,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XVI?)")
LONG_WORD = 9  # letters from which on two may differ by romanising
SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "kc", "qc", "mp", "cbe", "obe", "ret"})
ASCII_LETTERS = re.compile(r"[a-z]+")
APOSTROPHE = re.compile(r"['’`]")
DOUBLED = re.compile(r"(.)\1+")
I_BEFORE_VOWEL = re.compile(r"i+(?=[aeou])")
ENDINGS = ((re.compile(r"(?:ii|i)$"), "i"), (re.compile(r"enka$"), "enko"), (re.compile(r"ff$"), "v"))


DEGREE = re.compile(  # what a title goes on with: "Dr. h. c. mult. Jan Berg", "Dr.-Ing. Eva Lund", "Dr. rer. nat. Ida Rask"
    r"(\b(?:Dr|Prof|Dipl)\.)(?:\s?-\s?Ing\."
    r"|\s?(?:h\.\s?c|e\.\s?h|mult|habil|(?:rer|jur|iur|med|phil|theol|oec|sc|agr|vet)(?:\.\s(?:nat|pol|oec|publ|soc|dent|vet))?)\.)+"
    r"(?=\s)"
)
CYRILLIC = "АВЕІЈКМНОРСТУХЅаеіјкорсухѕ"
LATIN = "ABEIJKMHOPCTYXSaeijkopcyxs"  # the letters that look the same
MIXED = re.compile(r"\w*[A-Za-z][А-Яа-яЁёІіЈјЅѕ]\w*|\w*[А-Яа-яЁёІіЈјЅѕ][A-Za-z]\w*")
TO_LATIN, TO_CYRILLIC = str.maketrans(CYRILLIC, LATIN), str.maketrans(LATIN, CYRILLIC)


def unmixed(text: str) -> str:
    """The text with words in which Cyrillic and Latin letters stand for one another's looks in the script of most letters."""
    return text if text.isascii() else MIXED.sub(lambda found: _in_one_script(found[0]), text)


def _in_one_script(word: str) -> str:
    latin = sum(char.isascii() for char in word)
    return word.translate(TO_LATIN if latin * 2 >= len(word) else TO_CYRILLIC)


def without_degrees(label: str) -> str:
    """The label without what follows an academic title in small letters: "Dr. h. c. Jan Berg" -> "Dr. Jan Berg"."""
    return DEGREE.sub(r"\1", label) if ". " in label or "-" in label or ".\xa0" in label else label


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """The name in lower-case ASCII letters with single spaces: "Müller-Lüdenscheidt" -> "muller ludenscheidt"."""
    text = name if name.isascii() else anyascii(unmixed(name))
    words = ASCII_LETTERS.findall(APOSTROPHE.sub("", text.lower()))
    while len(words) > 1 and words[-1] in SUFFIX:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=50_000)
def loose(key: str) -> str:
    """A folded name with the habits of romanising Slavic names taken out: Lukashenka and Lukashenko, Wladimir and Vladimir.

    Different names can share it (Shaw, Saw), so it may only be used where exactly one person has it and something else agrees.
    """
    return " ".join(_loose_word(word) for word in without_patronymic(key).split())


@cache
def _romanisations() -> list[tuple[str, str]]:
    """reference/romanisations.csv: (spelling, common spelling), to be applied in its order."""
    with (Path(__file__).parent / "reference" / "romanisations.csv").open(encoding="utf-8", newline="") as file:
        return [(row["spelling"], row["common"]) for row in csv.DictReader(file)]


@cache
def _variants() -> dict[str, str]:
    """reference/name_variants.csv: folded spelling -> the first English one, where it is one name's only."""
    found: dict[str, str] = {}
    with (Path(__file__).parent / "reference" / "name_variants.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = [fold(form) for form in row["latin_forms"].split("|")]
            written = [fold(form) for form in [row["russian"], *row["ukrainian_belarusian"].split("/")]]
            for form in forms + written:
                if form and " " not in form:
                    found[form] = forms[0] if found.get(form, forms[0]) == forms[0] else form
    return found


@cache
def _any_romanisation() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(given) for given, _ in _romanisations()))


def _loose_word(word: str) -> str:
    word = _variants().get(word, word)
    if _any_romanisation().search(word):
        for given, common in _romanisations():
            word = word.replace(given, common)
    for ending, common in ENDINGS:
        word = ending.sub(common, word)
    return DOUBLED.sub(r"\1", I_BEFORE_VOWEL.sub("", word))


def without_patronymic(key: str) -> str:
    """The folded name without a Slavic patronymic between or after given and family name."""
    words = key.split()
    if len(words) == 3:
        for place in (1, 2):
            if PATRONYMIC.search(words[place]) and len(words[place]) > 5:
                return " ".join(words[:place] + words[place + 1 :])
    return key


def given_and_family(key: str) -> tuple[str, str]:
    """(first word, last word) of a folded name; the family name alone where there is one word."""
    words = without_patronymic(key).split()
    return (words[0], words[-1]) if len(words) > 1 else ("", words[-1] if words else "")


def same_family(one: str, other: str) -> bool:
    """Whether two folded family names are one but for the Slavic feminine ending or habits of romanising."""
    return _masculine(loose(one)) == _masculine(loose(other))


def _masculine(family: str) -> str:
    return re.sub(r"(?<=[vn])a$", "", re.sub(r"(?:skaia|skaya|ska|ski|skii|skoi)$", "ski", family))


def spelt_alike(one: str, other: str) -> bool:
    """Whether two folded full names differ by a letter or two in their words, or by words in the middle.

    Brothers can, so it may only be asked of the one holder of an office that the text names too.
    """
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) > 1 and all(any(OSA.distance(a, b) <= (1 if len(a) < LONG_WORD else 2) for b in long) for a in short)


def may_be_short_for(one: str, other: str) -> bool:
    """Whether two folded given names may be one person's: an initial, Natasha for Natalya, Slava for Vladislav."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    return (
        long.startswith(short)
        or short[:3] == long[:3]
        or loose(short) == loose(long)
        or (len(long) > 3 and short.rstrip("aeiouy") in long)
    )


def initials_of(name: str) -> str:
    """MAP for Margaret Ashdown-Pell; empty for one word, more than four, or a name that has initials itself."""
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0] for word in words).upper() if 1 < len(words) < 5 and all(len(word) > 1 for word in words) else ""


def mixes_alphabets(name: str) -> bool:
    """Whether Latin letters stand beside Cyrillic ones in a word: Vladimir with a Cyrillic a only looks like Vladimir."""
    return not name.isascii() and MIXED.search(name) is not None


def visible(name: str) -> str:
    """Without characters that turn the direction of writing or take no room; the joiners that Persian and Indic names need stay."""
    return name if name.isascii() else INVISIBLE.sub("", name)


def tidy(name: str) -> str:
    """SMITH and McCONNELL as people write themselves: Smith, McConnell; one space between words."""
    words = re.sub(r"\s+", " ", name.replace("\xa0", " ")).strip(" ,.:;*_").split(" ")
    shouted = not any(char.islower() for char in re.sub(r"\b(?:Mc|Mac|De|Di|La|Le|Van)(?=[A-Z])", "", name))
    return " ".join(_tidy_word(word) if shouted or len(word) > 3 else word for word in words)


@lru_cache(maxsize=50_000)
def _tidy_word(word: str) -> str:
    return "-".join(_tidy_part(part) for part in word.split("-"))


def _tidy_part(part: str) -> str:
    if ROMAN.fullmatch(part):  # Abdullah II
        return part
    if len(part) < 2 or not part[1:].isupper() or re.fullmatch(r"(?:\w\.)+", part):
        mixed = re.fullmatch(r"(Mc|Mac|De|Di|La|Le|Van|O['’])([A-ZÀ-Þ]{2,})", part)  # McCONNELL, DeLAY
        return mixed[1] + mixed[2].capitalize() if mixed else part
    scottish = re.fullmatch(r"(MC|O['’])([A-ZÀ-Þ]{2,})", part)
    if scottish:
        return scottish[1].capitalize() + scottish[2].capitalize()
    return part.capitalize()
