"""Candidates for labels: every way in which a paragraph's head can be read as saying who speaks, and how it looks.

A candidate's looks are named features; WEIGHTS says what each is worth in log-odds. votes.py adds what the document as a
whole says and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from flows.clean.cleaned import Paragraph
from flows.people.labels import is_anonymous_word, mended
from flows.people.media import is_medium_alone
from flows.people.names import unmixed, without_degrees
from flows.segment.vocabulary import (
    ANONYMOUS,
    CJK_NOT_A_NAME,
    CJK_TITLE,
    GREETING,
    HONORIFIC,
    JOINERS,
    NOT_A_SPEAKER,
    OPENERS,
    ORGANISATION,
    ROLE,
    SMALL_WORDS,
    TIME,
    VERB,
    VOCATIVE,
    VOCATIVE_AFTER_COMMA,
    words,
)

HEAD_LENGTH = 260  # code points of a paragraph in which its label must lie
CAST_LENGTH = 600  # code points of a list of those who take part
WORTHLESS = -4.0  # below this no vote can save a candidate

# What a feature is worth, in log-odds. Set by hand and refined on half of the corpus; checked on the other half.
WEIGHTS: dict[str, float] = {
    "bias": -1.1,  # a head is no label until something speaks for it
    # how the label ends
    "colon": 0.6,
    "fullcolon": 1.0,  # the full-width colon
    "period": -0.6,  # "Mr. WELDON of Pennsylvania. Mr. Speaker, ..."
    "gap": -0.8,  # "Q", then white space
    "bold": -1.2,  # bold without any other mark
    "line": -2.2,  # a line of its own
    "bracket": -0.5,  # "[JANE MILLER:] ..."
    "dash": -1.5,  # "M. Martin — ..."
    "pointdash": 0.6,  # "Le Président. — ...", "SRA. MINISTRA.- ..."
    "cell": -0.8,  # a name in one cell of a table, the words in the next
    "arrow": 1.0,  # ">> JANE MILLER: ..."
    # how it looks
    "is_bold": 1.6,
    "inside": -0.8,  # stands inside its paragraph, after a line break
    "person": 0.9,  # two to five capitalised words
    "caps": 0.9,
    "honorific": 1.2,
    "role": 1.2,
    "anonymous": 1.6,
    "honorific_caps": 1.0,  # "MS. PSAKI", "Mr. WELDON of Pennsylvania"
    "question_answer": 1.0,  # Q or A before a gap or a period
    "party": 1.5,  # "Ada Stone (SPD)", "Ada Stone (R-OH)"
    "time": 2.0,  # a time stamp in or after the label
    "lower": -1.3,  # for each word in lower case
    "common": -1.1,  # for each word that this document also writes in lower case
    "opener": -3.5,  # begins like a sentence
    "verb": -2.5,
    "stop": -6.0,  # a word that heads lists, or what no label holds
    "list": -2.5,  # "Governor, faculty and staff, family and friends"
    "comma": -0.9,  # a comma that no role follows
    "vocative": -4.0,  # addresses someone
    "digit": -1.6,
    "quote": -1.2,
    "long": -0.9,
    "organisation": -1.5,
    "single": -0.8,  # one word that is no role
    "heading": -2.0,
    "centred": -2.0,
    "list_mark": -3.0,
    "thin": -0.7,  # Q and a single space
    # what follows it
    "rest_lower": -1.6,
    "rest_empty": -1.8,
    "rest_url": -4.0,
    "list_follows": -2.0,
    "greeting": 1.0,
    "no_sentence": -1.2,
    "caps_line": -3.0,  # goes on in capitals: a heading
    "quoted": -1.5,  # all that follows is a quotation: someone cites someone
    "name_follows": -3.0,  # only a name follows: a list of offices and their holders
    "cast": -6.0,  # only names with their bodies follow: who takes part
    "link": -3.0,  # a link follows: a list of what to read
    # what the document says (votes.py)
    "recurs": 0.9,  # for each doubling of how often the label stands elsewhere
    "once": -0.9,
    "convention": 1.6,  # its way of ending is the document's way
    "minority": -1.6,  # another way of ending is eight times as common
    "alternates": 0.8,  # labels of this kind take turns
    "repeats": -1.2,  # labels of this kind follow themselves
    "bold_convention": 2.2,
    "unbold": 0.0,
    "known_name": 1.2,  # its surname is in the title, the introduction or another label
    "off_indent": -1.8,
    "other_case": -4.0,  # the document's labels are in capitals, this one is not
    "unlike": -2.5,  # nearly all labels of its convention show by title or party that they are people; it does not, nor returns
    "lone_line": -2.5,  # a line, bold or a dash ends it, it hardly recurs, and the document has no such convention
    "asked_among_named": 1.8,  # Q where others are labelled in capitals by title and name
    "series": 2.0,  # names take turns and return, each over or before what somebody says
    "unmarked": 0.0,  # nothing but its place tells that it is a name
    "initials": 2.5,  # of somebody who is a label by full name
    "introduced": 1.0,  # a surname alone, whose bearer the text calls by more than the surname
}

_NUMBERED = (  # "T2. [66881] Ada Stone", "3. Ada Holt (Mid Fell) (Con)", "Q12 Chair:"
    r"(?:Q\d{1,4}[ \xa0\t]+(?=[A-Z][^:\n]{2,60}:)"
    r"|[TQ]?\d{1,3}\.\s+(?=\[\d|[A-Z][^:\n(]{3,60}\([^:\n)]{2,40}\) \([A-Z][^:\n)]{1,20}\):)"
    r"|\d{1,2}\.\s+(?=[\u4e00-\u9fff]{2,4}議員))?(?:\[\d{3,7}\]\s+)?"
)
_LEAD = re.compile(
    r"[\s>*_#]*" + _NUMBERED + r"(?:\d{1,2}:\d\d [AP]\.?M\.?(?: [A-Z]{2,4})?\s+(?=[A-Z]))?"
    r"(?:[\[(]?\d{1,2}(?:(?::\d\d){1,2}(?:[.,]\d{1,3})?|[ \xa0]?h[ \xa0]?\d\d)[\])]?"
    r"(?::(?=[ \xa0])|\.(?=[ \xa0]))?[ \xa0\t]*(?:[–—-][ \xa0])?(?=[(\[]?[^\W\d_]))?"
    r"(?:>>\s*|[–—-]\s+(?=[A-Z]))?[*_]*"
)
_COLON = re.compile(
    r"((?:[^\n:：︰﹕]|\n(?=\S)|(?<=\d):(?=\d\d)){1,200}?)([*_]*\s?[:：︰﹕])"
    r"(?=(?<=[：︰﹕])|[\s*_]|$|[\"“«(\[…—–-]|[A-ZА-ЯЁÀ-Þ])"
)
FULL_COLON = re.compile("[：︰﹕]")  # as wide as a Chinese character, and its forms in vertical and small print
_GAP = re.compile(r"((?:[A-Z][A-Z.'’-]*)(?: [A-Z][A-Z.'’-]*){0,3}):?(\t|[ \xa0]{2,}|\xa0)(?=[^\s:])")
_THIN_GAP = re.compile(r"(Q)( )(?=[A-Z\"“(—–\[-])")
_PERIOD = re.compile(
    rf"((?:(?:\b{HONORIFIC}\. ?|\b[A-Z]\. ?|\b(?:Jr|Sr)\.|[^\n.:;?!\"“”]|\n(?=\S)){{1,80}}?))"
    r"(?=\.)(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bHon)(?<!\bSt)(?<!\bSen)(?<!\bGen)(?<!\bJr)(?<!\bSr)(?<![ .][B-PR-Z])"
    r"(?<!\bMR)(?<!\bMS)(?<!\bDR)(?<!\bMRS)(\.)"
    r"(?=[*_]{0,2}\s+[A-ZÀ-Þ0-9\[(\"“«`—-]|\s*$)"
)
_Q_OR_A = re.compile(r"([QA])(\.)(?=\s+\S)")
_BOLD_Q_OR_A = re.compile(  # "**P.** ¿Y bien?"
    r"(Pregunta|Respuesta|Question|Réponse|Frage|Antwort|Вопрос|Ответ|[PRQF])(\.)(?=[*_]*\s+\S)"
)
_BRACKET = re.compile(r"[\[<](?:v )?([A-Z][^\]>:\n]{1,60})(:?[\]>]:?)(?=\s*[^\s(])")  # and no link
_DASH = re.compile(
    rf"((?:{HONORIFIC}\.? )?(?:[A-ZÀ-ÞА-ЯЁ]\. ?){{0,2}}(?:[A-ZÀ-ÞА-ЯЁ][^\n:.,;—–]{{1,60}}?))\.?\s?([—–]|--)(?=\s)"
)
_POINT_DASH = re.compile(  # "M. Martin (Nord). — ...", "P.- (Radio Norte) ..."
    r"((?:[^\W\d_]\w{0,3}\. ?){0,2}[^\W\d_][^\n.:;!?¿¡—–]{0,60}?)(\.\s?(?:[—–]|--|-(?!-)))(?=\s?[«“\"(\[¿¡…]{0,2}[A-ZÀ-ÞА-ЯЁ0-9])"
)
_CELL = re.compile(r"([A-ZÀ-ÞА-ЯЁ][^\n\t:.;!?]{0,60}?:?)( ?\t)(?=\S)")
_NAME_BEFORE_DASH = re.compile(  # "Lidia Marenko", "L. Marenko", "Journaliste": one to four words that begin in capitals
    r"(?:[A-ZÀ-ÞА-ЯЁ]\. ?){0,2}[A-ZÀ-ÞА-ЯЁ][\w'’-]+"
    r"(?:[ \xa0](?:(?:de|du|des|von|van|der|da|di|al|el)[ \xa0])?[A-ZÀ-ÞА-ЯЁ][\w'’.-]*){0,3}$"
)
_LINE = re.compile(rf"([A-ZÀ-ÞА-ЯЁ][^\n.:;!?]{{1,60}}?(?:\s*{TIME})?)()$")
_FRENCH_OFFICE = (  # "Mme la présidente", "M. le ministre délégué chargé des ports"
    r"(?:MM?\.|Mmes?|Monsieur|Madame) (?:l[ea]s? |l['’])(?:vice-|premi\w+ |garde |haut\w* )?"
    r"(?:président|ministre|rapporteu|secrétaire|maire|déput|sénat|commissaire|doyen|gouverneu|chancel|des? [Ss]ceaux)"
)
_OFFICE_AND_SURNAME = re.compile(  # "Chairman Kroll", "Vice Admiral Esser", "Secretary-designate Holm"
    r"(?:(?:Acting|Deputy|Vice|Ranking|Under|Assistant|Lieutenant|Major|Brigadier|Rear)[ -])?"
    r"(?:Chair(?:man|woman|person)?|President|Member|Secretary|Governor|Mayor|Ambassador|Admiral|General|Colonel|Major|Commander"
    r"|Captain|Commissioner|Director|Administrator|Judge|Justice|Chief|Sheriff|Minister|Councilm(?:an|ember)|Councilwoman"
    r"|Councillor|Delegate|Speaker|Commandant|Superintendent)(?:-designate)? (?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]u|[Ll]a|[Dd]er) )*"
    r"[A-ZÀ-Þ][\w'’-]+$"
)
_TITLED_HEAD = re.compile(
    rf"(?:{HONORIFIC}\.?|The|Chair\w*) [A-ZÀ-Þ]|Voices?\.|{_FRENCH_OFFICE}|{_OFFICE_AND_SURNAME.pattern[:-1]}\."
)
_PERIOD_LABEL_SIGN = re.compile(r"[A-ZÀ-Þ](?:[A-ZÀ-Þ]|(?<=\b[QA])\.)")

# These two are written in lower case: on lowered text they need not ignore case, which is much dearer.
_ROLE, _ORGANISATION = re.compile(ROLE.pattern), re.compile(ORGANISATION.pattern)
_VOCATIVE_OPENERS = OPENERS - {"first", "second", "one", "former"}
_CLOSED_QUOTE = re.compile("[\"”“»]")  # 'MR. STONE: "MS. HOLM: ..."' cites her
_QUOTES = frozenset('"“”')

_TIME = re.compile(TIME)
_APOSTROPHE = re.compile("['’]")
_SMALL_WORD_OF_TAIL = re.compile(r"\b[a-z]\w+")
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]|" + TIME)
_WORD = re.compile(r"[^\W_][\w'’.&-]*|&")
HONORIFIC_START = re.compile(rf"^\s*{HONORIFIC}\.?\s+", re.I)
_NAMED_BY_HONORIFIC = re.compile(rf"{HONORIFIC}\.? [A-ZÀ-Þ]")
_SENOR = re.compile(r"(?:El|La) señor(?:a|ita)? [A-ZÀ-Þ]")  # "El señor PÉREZ SANZ", "La señora PRESIDENTA"
_NAMED_BY_FRENCH_OFFICE = re.compile(_FRENCH_OFFICE)
_NAMED_BY_OFFICE = re.compile(r"(?:The|the|THE) (?:Acting |Deputy |Vice |Presiding |Temporary )*[A-Z]")
_REST_LEAD = re.compile(r"^(?:\([^)]*\)|[\s¿¡\"“«‘'…(\[`*_—–.-])+")
_PARTY = re.compile(  # of a party or a ministry: (SPD), (R-OH), (BMVg)
    r"\((?:[A-ZÀ-Þ][A-ZÀ-Þ0-9/ .-]{1,40}|[A-ZÀ-Þ]{2,5}[a-z]{1,2}[A-Z]?|fraktionslos|Con|Lab(?:/Co-op)?|Ind|Green)\)$"
)
_UPPER = re.compile(r"[A-ZÀ-ÞА-ЯЁ]")
_SENTENCE_INSIDE = re.compile(  # but not after a title cut short: "Parl. Staatssekretär", "Prof. Dr. Jan Berg"
    r"[!;@]|\?(?![a-zß-ÿ])|\b(?!(?:Prof|Parl|Präs|Pres|Vors|Stellv|Staatssekr|Exm[oa]|Ilm[oa]|Dept|Asst|Supt|Comm|Capt)\.)"
    r"\w*[a-zß]{3,}\. (?:[–—-] )?[A-Z]"
)
_LINE_BEFORE = re.compile(  # "(Applause.)" and the like, then the label on a line of its own
    r"\W*[(\[][^\n]*[)\]]\W*\n|\W*\n|[^\n]*[a-z]{3}[.…][”\"]?\s*\n"
)
_HOLDER = re.compile(  # after an office and a comma
    r"[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: (?:(?:de|del|la|los|von|van|der|du) )*[A-ZÀ-Þ][a-zà-ÿ'’-]+){1,3}"
)
_IN_THE_CHAMBER = re.compile(  # what a record says after a name: "Ada Holm, on behalf of the Blue Group. – "
    r"(?:on behalf of|rapporteur|draftsm[ae]n|author|member of the|deputising|reporting|in writing|au nom d|rapporteur|im Namen|"
    r"en nombre d|em nome d|a nome d)",
    re.I,
)
_DANGLING = re.compile(r"\b(?:of|the|and|or|for|to|with|by|from|at|a|an)$", re.I)  # "The CEO of — of a shop"
_HEADLINE = re.compile(  # in capitals: no name and no office holds such words
    r"\b(?:HIS|HER|ITS|OUR|THEIR|YOUR|MY|IS|ARE|WAS|WERE|HAS|HAVE|THAN|NOT|WITH|AN?|THAT|THIS|WHAT|WHY|HOW"
    r"|IN CHIEF|[A-Z]{4,}ED AND [A-Z]{4,}ED)\b(?!\.)"  # but for "A. STONE"
)
_ENDS_LIKE_SPEECH = re.compile(r"[.?!…—–\-\"”»)\]:,;'’*_。？！”」؟۔ ]$")
_JOINED = re.compile(r"\b(?:für|und|for|with|mit|auf|(?<!von )(?<!van )(?<!aus )der)\b")  # inside a heading, not inside a name
_URL_OR_NUMBER = re.compile(r"https?:|www\.|\S+@|\d+$|//")
_LOWER_PAIR = re.compile(r"\s*(?:[a-z]+ )+and(?: [a-z]+)+$")
_NAME_ONLY = re.compile(r"(?:[A-ZÀ-ÞА-ЯЁ][\w.'’-]* ){1,3}[A-ZÀ-ÞА-ЯЁ][\w'’-]*[;.]?$")
_FULL_NAME = re.compile(r"\s*[A-ZÀ-ÞА-ЯЁ][\w'’-]+ [A-ZÀ-ÞА-ЯЁ][\w'’-]+$")
_ENDS_IN_NAME = re.compile(  # "his father and coach Ivan Stone"
    r" [a-zà-ÿ]\S* (?:[A-ZÀ-ÞА-ЯЁ][\w'’.-]+ ){1,2}[A-ZÀ-ÞА-ЯЁ][\w'’-]+$"
)
_GENITIVE = re.compile(r"['’]s [A-Z]")  # "Speaker's Corner"
_LINK = re.compile(r"[\s*_“\"]*\[[*_]*[^\]\s]")
_INITIALED = re.compile(r"(?:[A-ZА-ЯЁ]\.\s?){1,2}[A-ZА-ЯЁ][\w-]+")  # "В.Путин"
_SENTENCE_BEFORE_INITIAL = re.compile(r"[A-ZА-ЯЁ]?\w{2,}\. [A-ZА-ЯЁ]\.\s?[A-ZА-ЯЁ]\w+$")  # "Спасибо. В.Путин"
_TRAILING_BRACKETS = re.compile(r"(?:\s*\([^)]*\))+$")
_MARKS_LIST = frozenset("-*•(")
_LIST_MARK = re.compile(r"[-*•]\s|\(?\d{1,2}[.)]\s(?!\s*\[\d{3}|[\u4e00-\u9fff]{2,4}議員)")
_NUMBERED_QUESTION = re.compile(r"\d{1,3}\.\s+[A-Z][^:\n(]{3,60}\([^:\n)]{2,40}\) \([A-Z]")  # "3. Ada Holt (Mid Fell) (Con): ..."
_LIST_NEXT = re.compile(r"[-*•]|\d{1,2}[.)]\s|[a-z]")
_DOUBLE_Q = re.compile(r"[QA][ (]")
_QUOTE_NEAR = re.compile(r"^.{0,30}[\"“«„]")  # 'There are “folks who want to blow it up.”'
_CHORUS = frozenset({"participants", "speakers", "panelists", "moderators", "attendees"})  # who speak together, or head a list
_ENDS_SENTENCE = re.compile(r"[.?!…)”\"]\W*$")
_PARTS_OF_CAST = re.compile(r"[(\[;:]")
_STAGE = re.compile(r"[(\[](?:laugh|applau|interrupt|cross-?talk|inaudible|cheer)", re.I)
_ING = re.compile(r"\w{2,}ing\b", re.I)
_OF_PLACE_AND_REST = frozenset(
    words(
        "inside heading centred thin list_mark rest_empty list_follows greeting rest_lower quoted name_follows cast link "
        "rest_url caps_line no_sentence"
    )
)
_MOST_OF_PLACE_AND_REST = sum(max(0.0, WEIGHTS[name]) for name in _OF_PLACE_AND_REST) + 1e-9  # that they can add to a name
_PLAIN_AT_BEST = {  # a sentence that a dash or a period ends; see _is_impossible
    ending: sum(WEIGHTS[name] for name in ("bias", ending, "stop", "person", "role")) + _MOST_OF_PLACE_AND_REST
    for ending in ("dash", "period")
}
_CLOCK_OF_ENTRY = re.compile(r"[\[(]?\d{1,2}(?:(?::\d\d){1,2}[\])]?[:.]|[ \xa0]?h)")  # "14:05: ", "17h42": live reports too
_DASH_INSIDE = re.compile(r"\.\s?(?:[—–-]|--)\s")  # "MINISTRA, Ida Holm.- Bien, ministra: ..."
_DOT_LEADERS = re.compile(r"(?:\. ){4,}\W{0,3}\w")  # of a list: "Mr. Holm . . . . . (Tarsk)"
_TWO_CAPITALS = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w'’.&-]*[A-ZÀ-ÞА-ЯЁ]")
LOWER_WORDS_SAMPLE = 200_000  # code points
_LOWER_WORD = re.compile(r" (?<=[a-z,;] )([a-z]{3,})")


@dataclass(eq=False, slots=True)
class Candidate:
    """A reading of a paragraph's head as a label. Offsets are code points into the document's text."""

    paragraph: int
    start: int  # the label
    stop: int  # where it ends, without what ends it
    rest: int  # the first word said
    label: str
    ending: str  # colon, fullcolon, period, gap, bold, line, bracket, dash, arrow
    is_bold: bool
    opens: int = -1  # where the turn before it ends: at a time stamp or bracket before the label, else (-1) at the label
    features: dict[str, float] = field(default_factory=dict)
    looks: float = 0.0  # the sum of what can be seen of it alone
    score: float = 0.0  # that and the document's votes
    key: str = ""  # what recurs of it

    def __post_init__(self) -> None:
        if self.opens < 0:
            self.opens = self.start


@dataclass(frozen=True, slots=True)
class Name:
    """What a label looks like wherever it stands."""

    bare: str  # without brackets and time stamps
    key: str  # what recurs of it
    features: dict[str, float]  # of its looks and its ending
    looks: float = 0.0  # their sum
    is_anything: bool = True  # holds a word at all, and is worth a look at what stands around it


@dataclass(frozen=True)
class Surroundings:
    """What a look at one candidate needs to know of the document."""

    text: str
    is_shouted: bool  # written in capitals throughout: case says nothing
    names: dict[tuple[str, str, bool], Name] = field(default_factory=dict)  # labels recur, so their looks are kept

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Words that this document writes in lower case; looked for when a name first asks, since most pages have none."""
        return frozenset(_LOWER_WORD.findall(self.text[:LOWER_WORDS_SAMPLE]))


def weigh(features: dict[str, float], others: float = 0.0) -> float:
    """The sum of the features' worth in log-odds, and of others that are weighed already."""
    return sum([WEIGHTS[name] * value for name, value in features.items() if value], others)


def candidates(surroundings: Surroundings, index: int, paragraph: Paragraph, following: str) -> Iterator[Candidate]:
    """The readings of a paragraph's heads (its start, and inner lines) that are worth a vote.

    `following` is how the next paragraph begins.
    """
    for candidate in _readings(surroundings.text, index, paragraph):
        name = _name(surroundings, candidate)
        if not name.is_anything:
            continue
        candidate.key = name.key
        candidate.features, candidate.looks = _features(surroundings, candidate, paragraph, following, name)
        if candidate.looks > WORTHLESS:
            yield candidate


def key_of(label: str) -> str:
    """The label without honorific, brackets and leading roles: "PRESIDENT BIDEN" recurs as biden, "THE PRESIDENT" as itself."""
    label = HONORIFIC_START.sub("", without_degrees(_BRACKETED.sub(" ", unmixed(label)).strip()))
    words = [word.strip(".") for word in _WORD.findall(label.split(",")[0])]
    if (words and _ORGANISATION.fullmatch(words[-1].lower())) or any(word in SMALL_WORDS for word in words[-2:]):
        return " ".join(words).lower()
    if len(words) > 2 and not _ROLE.search(label.lower()):
        return " ".join(words[-4:]).lower()  # "Save Clean Water", "Drink Clean Water" are two heads
    while len(words) > 1 and _ROLE.fullmatch(words[0].lower()) and not _ROLE.fullmatch(words[-1].lower()):
        words = words[1:]
    return " ".join(words[-2:]).lower()


class Head(NamedTuple):
    """A place where a label may stand: a paragraph's start, or an inner line's."""

    paragraph: Paragraph
    index: int
    start: int


def _readings(text: str, index: int, paragraph: Paragraph) -> Iterator[Candidate]:
    for offset in (0, *paragraph.soft):
        head = Head(paragraph, index, paragraph.start + (offset or paragraph.lead))
        piece = text[head.start : min(paragraph.end, head.start + HEAD_LENGTH)]
        clean = piece.replace("\xa0", " ")
        lead = 0 if clean[:1].isalpha() and not clean[1:2].isdigit() else _LEAD.match(clean).end()  # type: ignore[union-attr]  # it matches the empty string
        ends = set()
        if not offset and paragraph.bold and (found := _BOLD_Q_OR_A.match(clean, lead)) and _is_bold(paragraph, found):
            ends.add(found.end(1))
            yield _reading(text, head, found, "period")
        for ending, pattern in _patterns(piece, clean, is_inside=offset > 0):
            found = pattern.match(piece if ending == "gap" else clean, lead)
            if found and found.end(1) not in ends:
                if ending in ("colon", "gap") or pattern is _Q_OR_A:
                    ends.add(found.end(1) if found[2] != "\t" else -1)  # a table's cell can be read otherwise
                yield _reading(text, head, found, _kind(ending, found, ">>" in clean[:lead]))
        if not offset and not ends:
            yield from _unmarked(head, clean, lead)


def _patterns(piece: str, clean: str, is_inside: bool) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns whose ending stands in the head at all."""
    if ":" in clean or FULL_COLON.search(clean):
        yield "colon", _COLON
    if clean[:1].isascii():
        if "  " in clean or "\t" in clean or "\xa0" in piece:
            yield "gap", _GAP
        if "Q " in clean:
            yield "gap", _THIN_GAP
    if "." in clean and (_PERIOD_LABEL_SIGN.search(clean, 0, 60) or _TITLED_HEAD.match(clean)):
        yield "period", _Q_OR_A
        yield "period", _PERIOD
    if ".-" in clean or ". -" in clean or ".\u2014" in clean or ".\u2013" in clean or ". \u2014" in clean or ". \u2013" in clean:
        yield "pointdash", _POINT_DASH
    if is_inside:
        return
    if "\t" in clean:
        yield "cell", _CELL
    if clean[:3].lstrip("*_ ")[:1] in ("[", "<"):
        yield "bracket", _BRACKET
    if "—" in clean or "–" in clean or "--" in clean:
        yield "dash", _DASH


def _kind(ending: str, found: re.Match[str], is_arrow: bool) -> str:
    if FULL_COLON.search(found[0]):
        return "fullcolon"
    if (is_arrow and ending == "colon") or (ending == "bracket" and ":" in found[2]):
        return "arrow"
    return ending


def _reading(text: str, head: Head, found: re.Match[str], ending: str) -> Candidate:
    start, stop, rest = head.start + found.start(1), head.start + found.end(1), head.start + found.end()
    while stop > start and text[stop - 1] in "*_ \xa0\n":
        stop -= 1
    while rest < head.paragraph.end and text[rest] in " \xa0*_\n\t":
        rest += 1
    is_bold = head.start == head.paragraph.start + head.paragraph.lead and _is_bold(head.paragraph, found)
    opens = head.start if any(map(str.isalnum, text[head.start : start])) else start
    if found[2].startswith("]"):
        opens = start - 1  # the bracket goes with the name
    if head.paragraph.lead and opens == start:
        opens = min(opens, head.paragraph.start)  # and the number of the line with the label
    return Candidate(head.index, start, stop, min(rest, head.paragraph.end), text[start:stop], ending, is_bold, opens)


def _is_bold(paragraph: Paragraph, found: re.Match[str]) -> bool:
    """Whether the bold prefix ends with the label, or label and paragraph are one and bold."""
    if not paragraph.bold:
        return False
    length = paragraph.end - paragraph.start
    label = _TRAILING_BRACKETS.sub("", found[1])  # "**Pavel Horak** (retranslated):"
    if found.start(1) + len(label) - 1 <= paragraph.bold <= found.end(1):
        return True
    return found.end(1) - 1 <= paragraph.bold <= found.end() + 2 or (paragraph.bold == length and found.end() >= length)


def _unmarked(head: Head, clean: str, lead: int) -> Iterator[Candidate]:
    """Labels that nothing ends but boldness or the line."""
    paragraph, index = head.paragraph, head.index
    length = paragraph.end - head.start
    if 0 < paragraph.bold < min(length, 100):
        label = clean[: paragraph.bold].strip(" *_:.")
        if label and ":" not in label:
            at = head.start + clean.find(label)
            after = clean[paragraph.bold :]
            rest = head.start + paragraph.bold + len(after) - len(after.lstrip(" *_"))
            yield Candidate(index, at, at + len(label), rest, label, "bold", True)
    line = clean.partition("\n")[0].rstrip()
    if len(line) < 70 and (length < 70 or len(line) < length) and (found := _LINE.match(line, lead)):
        start, stop = head.start + lead, head.start + found.end(1)
        rest = head.start + clean.index("\n") + 1 if "\n" in clean else paragraph.end
        opens = paragraph.start if paragraph.lead else start
        yield Candidate(index, start, stop, rest, found[1], "line", paragraph.bold == length, opens)


def _name(around: Surroundings, c: Candidate) -> Name:
    kind = (c.label, c.ending, c.is_bold)
    if kind not in around.names:
        label = without_degrees(" ".join(c.label.replace("\xa0", " ").split()))
        has_brackets = "(" in label or "[" in label or ":" in label
        bare = (_BRACKETED.sub(" ", label) if has_brackets else label).strip(" ,*_")
        if not bare and ANONYMOUS.fullmatch(inner := label.strip(" ()[]*_")):
            bare = inner  # "(UNIDENTIFIED MALE):"
        tokens = _WORD.findall(bare)
        if tokens and not _is_plain(c, label, bare):
            features = _features_of_name(around, c, label, bare, tokens)
            is_hopeless = _is_hopeless(features, bare)
            key = "" if is_hopeless else key_of(label)
            around.names[kind] = Name(bare, key, features, weigh(features), is_anything=not is_hopeless)
        else:
            around.names[kind] = Name(bare, "", {}, is_anything=False)
    return around.names[kind]


def _is_plain(c: Candidate, label: str, bare: str) -> bool:
    """Whether a dash or a period ends it and nothing marks it as a label: by far the most of these are sentences."""
    if _PLAIN_AT_BEST.get(c.ending, 0.0) > WORTHLESS or c.is_bold or ":" in label or _TWO_CAPITALS.search(bare):
        return False
    if c.ending == "dash" and _NAME_BEFORE_DASH.match(bare):
        return False
    named = (_NAMED_BY_HONORIFIC, _NAMED_BY_OFFICE, _NAMED_BY_FRENCH_OFFICE, _OFFICE_AND_SURNAME)
    return not (any(pattern.match(bare) for pattern in named) or ANONYMOUS.fullmatch(bare))


def _is_hopeless(features: dict[str, float], bare: str) -> bool:
    """Whether nothing that stands around such a name could make a label of it; a chorus in capitals may be called out."""
    return weigh(features) + _MOST_OF_PLACE_AND_REST <= WORTHLESS and not bare.isupper()


def _features(
    around: Surroundings, c: Candidate, paragraph: Paragraph, following: str, name: Name
) -> tuple[dict[str, float], float]:
    """What is seen of a candidate, and its sum."""
    others = _features_of_place(around.text, c, paragraph)
    others |= _features_of_rest(around, c, paragraph, following, name.features)
    features = name.features | others
    if name.bare.lower() in _CHORUS and name.bare.isupper() and _is_called_out(around.text[c.rest : paragraph.end]):
        features["stop"] = 0.0
    if _is_impossible(around, c, name.bare, features):
        features["stop"] = 1.0
    is_as_named = features["stop"] == name.features["stop"]
    return features, weigh(others, name.looks) if is_as_named else weigh(features)


def _features_of_name(around: Surroundings, c: Candidate, label: str, bare: str, tokens: list[str]) -> dict[str, float]:
    head, _, tail = bare.partition(",")  # "Alisa Shmelyova, metrology engineer": the name, then what they are
    content = [t for t in _WORD.findall(head) if t.lower().strip(".") not in SMALL_WORDS]
    lower = sum(t.islower() for t in content if t[0].islower())  # "al-Assad" is a name
    is_cjk = not bare.isascii() and any(t[0] > "\u2e80" for t in tokens)
    upper = [t for t in content if len(t) > 2 and _is_upper(t)]
    meant = mended(bare) if bare.isupper() and not around.is_shouted else bare  # THE PRESIDNET
    is_titled = c.is_bold and c.ending == "colon" and lower > 1 and _ENDS_IN_NAME.search(head) is not None
    lower = min(lower, 1) if is_titled else lower
    is_senor = _SENOR.match(bare) is not None
    is_french_office = c.ending != "line" and _NAMED_BY_FRENCH_OFFICE.match(bare) is not None
    lower = 0 if is_french_office and lower < 6 else lower - is_senor
    is_listed = len(tokens) < 5 and (is_anonymous_word(meant) or is_medium_alone(bare))
    is_listed = is_listed and (len(meant) > 1 or c.ending == "pointdash" or (c.is_bold and c.ending == "period"))
    is_anonymous = is_listed or ANONYMOUS.fullmatch(meant) is not None
    has_role = _ROLE.search(meant.lower()) is not None or (is_cjk and CJK_TITLE.search(bare) is not None)
    may_be_initials = bare.isupper() and 1 < len(bare) < 5 and not around.is_shouted  # "OR:" is Oto Rask, votes.py says
    is_dangling = not may_be_initials and _DANGLING.search(bare) is not None
    is_dangling = is_dangling or (len(tokens) > 1 and _HEADLINE.search(bare) is not None)
    has_role = has_role or is_french_office
    has_honorific = is_senor or is_french_office or _NAMED_BY_HONORIFIC.match(bare) is not None
    has_honorific = has_honorific or (has_role and _NAMED_BY_OFFICE.match(meant) is not None)
    is_surname = (  # KEATING, where nobody is keating anything
        len(tokens) == 1 and bare.isupper() and not around.is_shouted and bare.lower() not in around.lower_words
    )
    first = _APOSTROPHE.split(tokens[0].lower().strip(".,"), 1)[0]
    tail = tail.strip()
    if c.ending == "pointdash" and _IN_THE_CHAMBER.match(tail):
        tail, tokens = "", _WORD.findall(head)
    features: dict[str, float] = {
        "bias": 1.0,
        c.ending: 1.0,
        "lower": 0 if is_cjk else min(lower, 4) + min(0.9, 0.3 * len(_SMALL_WORD_OF_TAIL.findall(tail))),
        "anonymous": is_anonymous,
        "honorific": has_honorific,
        "role": has_role and not is_anonymous and lower < 4,
        "caps": not around.is_shouted and bool(upper) and (len(upper) >= len(content) * 0.5 or has_honorific),
        "single": len(tokens) == 1 and not (is_anonymous or has_role or is_cjk or _INITIALED.fullmatch(head)),
        "verb": (not c.is_bold and VERB.search(bare) is not None)
        or (_ING.match(bare) is not None and not (is_anonymous or has_honorific or is_surname)),
        "stop": (not is_listed and NOT_A_SPEAKER.fullmatch(bare) is not None)
        or _SENTENCE_BEFORE_INITIAL.match(bare) is not None
        or (not is_listed and _SENTENCE_INSIDE.search(bare) is not None)
        or (is_dangling and not is_anonymous)
        or label[0] in "─━·•●○■□▪◆"
        or (c.ending == "colon" and _DASH_INSIDE.search(label) is not None)
        or (label[0] in "\"“„«" and not _CLOSED_QUOTE.search(label, 1))
        or (label[0] in "[(" and (label[-1] not in "])" or label.count("(") != label.count(")")))
        or ("\n" in c.label and _LINE_BEFORE.match(c.label) is not None)
        or (first in JOINERS and len(tokens) > 1)
        or (not (has_role or is_anonymous) and _GENITIVE.search(bare) is not None)
        or (c.ending == "colon" and _DOUBLE_Q.match(label) is not None and not is_anonymous),
        "organisation": not has_role and _ORGANISATION.search(head.lower()) is not None,
        "person": (2 <= len(content) <= 5 and not lower and not _SENTENCE_BEFORE_INITIAL.match(bare) and not _JOINED.search(head))
        or _INITIALED.fullmatch(head) is not None
        or (is_cjk and len(bare) <= 12),
        "comma": bool(tail) and not _ROLE.search(tail.lower()) and not (has_role and _HOLDER.fullmatch(tail)),
        "list": _is_list(bare),
        "vocative": VOCATIVE.match(bare) is not None
        or ("," in bare and VOCATIVE_AFTER_COMMA.search(bare) is not None)
        or (tail[:1].islower() and _ROLE.fullmatch(head.lower()) is not None)
        or tail.partition(" ")[0].lower() in _VOCATIVE_OPENERS,
        "party": c.ending == "colon" and len(content) <= 5 and _PARTY.search(label) is not None and min(1.0, len(content) / 2),
        "time": ":" in label and _TIME.search(label) is not None,
        "is_bold": c.is_bold,
        "digit": not (is_anonymous or has_role) and any(map(str.isdigit, bare)),
        "quote": not _QUOTES.isdisjoint(bare),
        "long": 0 if c.is_bold else max(0.0, (len(tokens) - 7) / (6 if has_role else 3)),
        "honorific_caps": has_honorific and bool(upper) and len(tokens) < 9,
        "question_answer": c.ending in ("gap", "period") and (bare in ("Q", "A") or (c.is_bold and len(bare) == 1)),
    }
    is_title_first = has_role and first in ("first", "second", "more")
    is_nickname = c.is_bold and c.ending == "colon" and len(tokens) == 1 and bare.lower() not in around.lower_words
    if label[0].islower() and not (is_nickname or label.startswith(("al-", "el-", "de ", "van ", "von ", "d’", "d'"))):
        features["opener"] = 1.0
    may_open = is_anonymous or c.is_bold or is_title_first or may_be_initials or (len(tokens) == 1 and _is_called(around, bare))
    if (first in OPENERS and not may_open) or (
        first == "the" and not (has_role or has_honorific or is_titled)
    ):
        features["opener"] = 1.0
    if not (is_anonymous or has_role or is_titled) and not _is_hopeless(features, bare):
        lows = around.lower_words
        features["common"] = min(2, sum(t.lower() in lows for t in tokens if t.isalpha() and t.lower() not in SMALL_WORDS))
    return features


def _is_called(around: Surroundings, word: str) -> bool:
    """Whether a word that may open a sentence is somebody's surname here: Jonas Weil, and nothing is written "weil"."""
    if not word.isalpha() or word.lower() in around.lower_words:
        return False
    return re.search(rf"(?<![.?!:\n] )\b[A-ZÀ-Þ][a-zà-ÿ]+ {word}\b(?!:)", around.text[:LOWER_WORDS_SAMPLE]) is not None


def _is_list(bare: str) -> bool:
    """ "Governor, faculty and staff, family and friends" or several full names, rather than a name and its offices."""
    parts = bare.split(",")
    if len(parts) < 3:
        return False
    names = sum(_FULL_NAME.match(part) is not None and not _ROLE.search(part.lower()) for part in parts)
    return names > 1 or _LOWER_PAIR.match(parts[-1]) is not None


def _is_upper(token: str) -> bool:
    """SMITH and McCONNELL, not Smith."""
    if token[1:].islower():
        return False
    letters = sum(map(str.isalnum, token)) + token.count("_")
    return len(_UPPER.findall(token)) >= max(2, letters * 0.6)


def _features_of_place(text: str, c: Candidate, paragraph: Paragraph) -> dict[str, float]:
    return {
        "inside": c.opens > paragraph.start + paragraph.lead + 4,
        "heading": paragraph.is_heading,
        "centred": paragraph.indent > 8,
        **({"time": 1.0} if c.opens < c.start and not paragraph.lead and _is_timed(text[c.opens : c.start]) else {}),
        "thin": c.ending == "gap" and text[c.stop] == " " and text[c.stop + 1 : c.stop + 2] != " ",
        "list_mark": _may_mark_list(text[paragraph.start])
        and _LIST_MARK.match(text, paragraph.start, paragraph.start + 16) is not None
        and _NUMBERED_QUESTION.match(text, paragraph.start, paragraph.start + HEAD_LENGTH) is None,
    }


def _is_timed(before: str) -> bool:
    """Whether a time stamp stands before a label, and not as live reports write it."""
    return _TIME.search(before) is not None and not _CLOCK_OF_ENTRY.match(before)


def _may_mark_list(character: str) -> bool:
    return character in _MARKS_LIST or character.isdecimal()


def _features_of_rest(
    around: Surroundings, c: Candidate, paragraph: Paragraph, following: str, seen: dict[str, float]
) -> dict[str, float]:
    text = around.text
    start = text[c.rest : min(paragraph.end, c.rest + 60)].replace("\xa0", " ")
    rest = start if start[:1].isalpha() else _REST_LEAD.sub("", start)
    is_whole = bool(rest) and rest[0] == start[0]  # nothing stands before its first word
    if not rest and start.strip(" *_"):  # "(Inaudible.)", "…"
        return {}
    if not rest:
        is_answered = GREETING.match(following) is not None  # the speech begins on the next line
        stands_alone = (
            is_answered
            or c.ending in ("line", "arrow")
            or seen["time"]
            or (c.is_bold and c.ending == "colon" and not seen["lower"])
        )
        return {
            "rest_empty": not stands_alone,
            "list_follows": not following or _LIST_NEXT.match(following) is not None,
            "greeting": is_answered,
        }
    length = paragraph.end - c.rest
    return {
        "greeting": GREETING.match(rest) is not None,
        "rest_lower": is_whole and rest[0].islower() and not (seen["caps"] and c.ending == "colon"),
        "quoted": _QUOTE_NEAR.search(start) is not None and text[paragraph.end - 1] in '"”»“',
        "name_follows": length < 60
        and bool(seen["role"])
        and _NAME_ONLY.match(rest[:length].strip()) is not None
        and rest.split(maxsplit=1)[0].lower() not in OPENERS,
        "cast": length < CAST_LENGTH
        and bool(seen["role"] or seen["anonymous"])
        and GREETING.match(rest) is None
        and (_is_cast(text[c.rest : paragraph.end]) or _DOT_LEADERS.search(text, c.rest, paragraph.end) is not None),
        "link": _LINK.match(start) is not None,
        "rest_url": _URL_OR_NUMBER.match(rest) is not None,
        "caps_line": not (around.is_shouted or seen["anonymous"])  # AUDIENCE: USA! USA!
        and c.ending != "gap"
        and len(rest) > 12
        and rest.upper() == rest
        and text[c.rest : paragraph.end].isupper(),
        "no_sentence": length < 90 and not _ENDS_LIKE_SPEECH.search(text[paragraph.end - 1 : paragraph.end]),
    }


def _is_called_out(rest: str) -> bool:
    """Whether what follows is what several say at once ("Thank you!", "(Speak Korean.)"), rather than the list of who they are."""
    words = [word for word in rest.split() if word.isalpha()]
    is_sentence = _ENDS_SENTENCE.search(rest) is not None and ";" not in rest
    said = GREETING.match(rest) or rest[:1] in "([" or any(word.islower() and word not in SMALL_WORDS for word in words)
    return is_sentence and len(rest) < CAST_LENGTH and bool(said)


def _is_cast(rest: str) -> bool:
    """Whether nothing but names follows, with their bodies in brackets or parted by semicolons: who takes part, not speech."""
    if not _PARTS_OF_CAST.search(rest):
        return False
    bare = _BRACKETED.sub(" ", rest)
    if (len(bare) == len(rest) and ";" not in rest) or _STAGE.search(rest):
        return False
    parts = [part.split() for part in re.split(r"[;,.:\n]|\band\b", bare) if part.strip()]
    return any(len(part) > 1 for part in parts) and all(
        word[0].isupper() or word in SMALL_WORDS for part in parts for word in part
    )


def _is_impossible(around: Surroundings, c: Candidate, bare: str, seen: dict[str, float]) -> bool:
    """Readings that their ending rules out: any sentence ends in a period, any line is a line."""
    is_marked = seen["caps"] or seen["anonymous"]
    is_cjk = not bare.isascii() and any(ch > "\u2e80" for ch in bare) and not seen["anonymous"]
    if is_cjk and (len(bare) > (14 if seen["role"] else 4) or CJK_NOT_A_NAME.search(bare)):
        return True
    if c.ending in ("period", "dash"):
        if around.is_shouted and c.ending == "period":
            return True
        following = _REST_LEAD.sub("", around.text[c.rest : c.rest + 40].replace("\xa0", " "))
        named = is_marked or (c.ending == "dash" and seen["honorific"])
        # "Mr. Lund of Tarsk. Thank you, Mr. Chairman."
        is_titled = c.ending == "period" and (seen["honorific"] or seen["role"]) and seen["lower"] < 1  # small words after a comma
        if c.ending == "period" and c.is_bold and (seen["honorific"] or seen["role"]) and seen["lower"] <= 1:
            named = True  # "**M. Yves Calas, ministre de la santé.**"
        if not named and (is_titled or (c.ending == "dash" and _NAME_BEFORE_DASH.match(bare))):
            seen["unmarked"] = 1.0  # only where such names make a series: votes.py
            named = True
        # "Admiral Esser. 3 billion."
        is_number = c.ending == "period" and following[:1].isdigit() and _OFFICE_AND_SURNAME.match(bare)
        return not named or "rest_empty" in seen or not (following[:1].isalpha() or is_number)
    if c.ending == "bracket":
        return re.match(r"\w+ing\b", bare) is not None  # "[Addressing the hall]" is a stage direction
    if c.ending == "gap":
        return around.is_shouted or not is_marked
    if c.ending in ("cell", "pointdash"):
        seen["unmarked"] = 1.0
    return c.ending == "line" and around.is_shouted
