"""Which language a document is in, where its format does not say.

Models of English run over English documents only, so a short English text taken for another language would be lost, and a
foreign one taken for English would be misread. The script decides first; in Latin script a text is English unless words or
letters of another language are there to be seen, and where these contradict each other it is of no known language.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from flows.clean.cleaned import Cleaned

SAMPLE = 1000  # code points: enough for certainty, cheap enough for every document
ENOUGH = 400  # code points of transcript; with less the rest of the text is looked at as well
SURE = 0.8  # probability of a language in a script that several share
LIKELY = 0.9  # of one whose letters are to be seen
VERY_SURE = 0.99  # probability against the prior of English
WORDS_OF_ANOTHER = 2  # function words that a short text must have before it can be in another language
ENGLISH = frozenset({"en"})
LONG_ENOUGH = 40  # code points in which letters with marks, and the identifier, show a language
MANY_WORDS = 4  # function words that tell a language without the identifier
FOREIGN_LETTERS = 0.02  # share of letters with marks that names in English do not reach
WORD = re.compile(r"([^\W\d_]+)(?:['’][^\W\d_]+)?")  # as far as its apostrophe
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")
FOREIGN_LETTER = re.compile(r"[À-ɏḀ-ỿ]")
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (  # those of one language, the more telling first
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
)
KANA_SHARE = 0.05  # of a Japanese text's characters


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """function_words.csv: word -> the languages that use it."""
    found: dict[str, set[str]] = {}
    with (Path(__file__).parent / "function_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                found.setdefault(word, set()).add(row["language"])
    return {word: frozenset(languages) for word, languages in found.items()}


def load() -> None:
    """Loads the function words now rather than with the first document that needs them.

    The identifier's model takes as long as all that is loaded beside it, and 70 MB: it waits for a text that these words do not
    show to be English.
    """
    _function_words()


def language_of(cleaned: Cleaned, zones: list[str]) -> str | None:
    """The BCP 47 code of the document's language, from a sample of its transcript, else of its text; None if unsure."""
    sample = ""
    for wanted in ("transcript", "commentary"):
        for paragraph, zone in zip(cleaned.paragraphs, zones, strict=True):
            if zone == wanted:
                sample += cleaned.text[paragraph.start : min(paragraph.end, paragraph.start + SAMPLE)] + "\n"
            if len(sample) > SAMPLE:
                break
        if len(sample) > ENOUGH:
            break
    return language_of_text(sample[:SAMPLE])


def language_of_text(sample: str) -> str | None:
    """The BCP 47 code of the language of up to a thousand code points; None if unsure."""
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    latin = letters if sample.isascii() else sum(map(len, LATIN.findall(sample)))
    if latin < 0.4 * letters:
        return _by_script(sample, letters)
    return _in_latin_script(sample)


def _by_script(sample: str, letters: int) -> str | None:
    for language, pattern in SCRIPTS:
        if len(pattern.findall(sample)) > (KANA_SHARE if language == "ja" else 0.4) * letters:
            return language
    code, probability = _identifier().classify(sample)
    return code if probability >= SURE and letters >= 20 else None


def _in_latin_script(sample: str) -> str | None:
    known = _function_words()
    counts: Counter[str] = Counter()
    only_english = 0
    for word, often in Counter(map(str.lower, WORD.findall(sample))).items():
        languages = known.get(word)
        if languages:
            for language in languages:
                counts[language] += often
            only_english += often * (languages == ENGLISH)
    english = counts.pop("en", 0)
    foreign = max(counts.values(), default=0)
    has_letters = not sample.isascii() and len(FOREIGN_LETTER.findall(sample)) > FOREIGN_LETTERS * len(sample)
    if only_english > (1 if has_letters else 0) and english >= foreign * (2 if has_letters else 1):
        return "en"
    is_open = foreign > only_english and (foreign >= WORDS_OF_ANOTHER or has_letters)  # else no language could pass below
    code, probability = _identifier().classify(sample) if is_open else ("en", 1.0)
    own = counts.get(code, 0)
    is_shown = own >= WORDS_OF_ANOTHER or (has_letters and (own or len(sample) >= LONG_ENOUGH))
    if (
        code != "en"
        and probability >= (LIKELY if has_letters else VERY_SURE)
        and own > only_english
        and own >= 0.6 * foreign
        and is_shown
    ):
        return code
    if has_letters or foreign > english:
        return _told_by_words(counts, foreign)
    return "en"  # names and numbers: nothing speaks against it


def _told_by_words(counts: Counter[str], most: int) -> str | None:
    """The one language that nearly all function words are of, where there are many."""
    if most < MANY_WORDS:
        return None
    best = [code for code, count in counts.items() if count == most]
    second = max((count for code, count in counts.items() if code != best[0]), default=0)
    return best[0] if len(best) == 1 and most >= 2 * second else None
