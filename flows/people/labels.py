"""A label's parts: honorific, role and its country, name, organisation. Words come from reference/titles.csv and areas.csv."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from flows.people.media import is_medium_alone
from flows.people.names import SUFFIX, fold, tidy, unmixed, visible, without_degrees
from flows.people.people import FOLDER, open_csv

ANONYMOUS = {"anonymous_questioner": "journalist", "moderator": "moderator", "audience": "audience",
             "interpreter": "interpreter", "collective": "audience", "answerer": "official"}  # fmt: skip
NUMBERED = re.compile(
    r"(?:(?:unidentified|unknown)\b.*|(?:speaker|question|voice|caller|participant|male|female)(?: voice| speaker)?"
    r" ?(?:no )?\d*|q\d*|(?:question|comment|remark|response|reply|voice|shout)s? (?:from|by|via) .*)$"
)
OFFICIAL = re.compile(r"\bofficials?(?: (?:number )?(?:\d+|one|two|three|four))?$", re.I)  # deliberately unnamed
GROUP = re.compile(  # several, or one of many who is not named
    r"(?<!\bchief of )\b(?:crew|staff(?:er)?s?|aides?|teams?|officials?|members?|crowd|students?|children|kids|choir|band|class"
    r"|volunteers?|protest[eo]rs?|hecklers?|residents?|veterans?|workers?|pupils?)"
    r"(?: members?)?(?: (?:number )?(?:\d+|one|two|three|four))?$",
    re.I,
)
ANONYMOUS_WORDS = ("audience", "moderator", "operator", "interpreter", "participant", "reporter", "question")
TITLE_WORDS = (
    *("president", "administrator", "commissioner", "secretary", "minister", "governor", "senator", "representative"),
    *("director", "chancellor", "ambassador", "congressman", "congresswoman", "chairman", "chairwoman", "official", "gentleman"),
)
LONG_TITLE = 6  # letters from which on a word can be one of these with a slip of the pen
SMALL = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "to",
        "at",
        "in",
        "on",
        "de",
        "du",
        "des",
        "la",
        "le",
        "von",
        "der",
        "van",
        "di",
        "da",
        "al",
        "el",
        "bin",
        "ibn",
        "del",
        "dos",
        "den",
        "ter",
    }
)
PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "von", "der", "van", "di", "da", "al", "el", "bin", "ibn", "del", "dos", "den", "ter", "zu"}
)
CHINESE_TITLE = re.compile(r"([\u4e00-\u9fff]{2,4}?)(議員|议员|先生|女士|小姐)")
CHINESE_REPORTER = re.compile(r"([\u4e00-\u9fffA-Za-z]{2,14}?)(?:的|特派|驻华)?(?:记者|記者)")
TIME_BESIDE_NAME = re.compile(r"^\d{1,2}(?::\d\d){1,2}\s+|\s+\d{1,2}(?::\d\d){1,2}$")  # "Sela Tamm  0:15"
MANNER = re.compile(  # what a bracket says of how somebody speaks, not of whom
    r"\d|(?:as|through|via|in|by|spoke|speaking|speaks|re-?translated|translated|interpreted|interpreting|inaudible|continuing|off"
    r"|from|voice-?over|on|laugh\w*|remote\w*|video\w*|via|перевод|по-|через|как|auf|in|en|traduction)\b.*$|перевод.*$",
    re.I,
)
CHINESE_OFFICE = re.compile(r"[\u4e00-\u9fff]{0,12}(?:局長|司長|署長|處長|部長|總理|總統|市長|行政長官|主任|秘書長)")
CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
FAMILY_PARTICLES = frozenset({"st", "de", "du", "des", "von", "der", "di", "da", "del", "dos", "den", "ter", "zu"})
BESIDE_A_COUNTRY = frozenset({"republic", "federation", "federal", "government", "elect", "acting", "country", "former"})
COMPOUNDS = {"minister": "minister", "sekretar": "minister", "sprecher": "spokesperson", "burgermeister": "subnational"}
COMPOUND_OFFICE = re.compile(rf"[a-z]{{3,}}({'|'.join(COMPOUNDS)})(?:in)?")  # German writes the field and the office as one word
LISTED_OFFICE = re.compile(r" (?:and|of) .*[A-ZÀ-Þ][\w-]+ [A-ZÀ-Þ][\w-]+$")
OF_WHAT = re.compile(r"^(?:[^\W\d]+ ){1,3}by (?:[Tt]he )?(?=[A-ZÀ-Þ])")  # a title names the text first: Statement by Minister …
OF_A_REALM = re.compile(  # King Abdullah II of Jordan, Patriarch John of Antioch: what they are called by stands inside the title
    r"(?P<title>(?:Crown |Grand )?(?:Prince(?:ss)?|King|Queen|Emir|Emperor|Sultan|Duke|Duchess|Patriarch|Metropolitan"
    r"|Archbishop|Bishop|Pope)) (?P<name>[A-ZÀ-Þ][^ ,]*(?: [A-ZÀ-Þ][^ ,]*){0,4}) (?P<realm>of (?:the )?[A-ZÀ-Þ].*)$"
)
HIGHNESS = re.compile(r"^(?:H\.? ?R\.? ?H\.? |H\.? ?E\.? |(?:His|Her) (?:Royal Highness|Excellency|Majesty),? )(?=[A-Z])")
GLUED = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ][A-Za-zÀ-ÿ]{2})")
PREFIXED = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)-[A-ZÀ-Þ]|(?:d|l|dell)['’][A-ZÀ-Þ]")  # of a family name: al-Assad, d'Arcy
ARTICLES = frozenset({"el", "la", "le", "il", "lo", "els", "les", "der", "die"})  # before an office: "La ministra de Hacienda"
AND = frozenset({"i", "y", "e"})  # inside Catalan and Spanish names: "Lluís Font i Serra"
BESIDE_A_NAME = frozenset({"sheikh", "sheikha", "cardinal"})
PARTICLE_AND_NAME = re.compile(r"[a-z]{2,5} [A-ZÀ-ÞА-ЯЁ][\w'’-]+")  # after an honorific: "Mr. arap Koros", "Ms. wa Limo"
BEFORE_OFFICES = frozenset({"senor", "senora", "sr", "sra", "monsieur", "madame", "m", "mme", "senhor", "senhora"})  # and names
HOLDER = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: (?:de|del|la|los|y|i|[A-ZÀ-Þ][a-zà-ÿ'’-]+)){1,4}")
OF_WHICH = frozenset({"de", "del", "du", "des", "da", "do", "dos"})
SON_OF = frozenset({"bin", "ibn", "bint"})
BODY = re.compile(  # what a role may end in, and no name holds
    r"(?:navy|army|forces?|fleet|guard|corps|police|troops|group|company|corporation|bank|fund|university|institute|agency"
    r"|association|foundation|committee|council|club|party|federation|union|holding|cent(?:er|re))$",
    re.I,
)
BEFORE_AN_OFFICE = frozenset(
    {"the", "assistant", "deputy", "acting", "temporary", "interim", "senior", "presiding", "associate", "principal"}
)
COUNTRY_OFFICES = frozenset({"head_of_state", "head_of_government", "vice_head", "deputy_head_of_government"})


class Label(NamedTuple):
    """What a label says. `kind` is set for labels that name nobody (Question, Moderator); then the rest is empty."""

    kind: str | None = None
    honorific: str = ""
    gender: str = ""
    role: str = ""
    classification: str = ""  # of the role: head_of_state, minister, ...
    area: str = ""  # the country that the role names
    name: str = ""
    organisation: str = ""
    bracket: str = ""  # what stands in brackets, or the place after an honorific and a surname: a party, a seat, a name

    @property
    def is_full_name(self) -> bool:
        """Given and family name: not initials, and not a family name of two words, as in "President von der Leyen"."""
        if CHINESE_NAME.fullmatch(self.name):
            return True
        if " " not in self.name or re.match(r"(?:\w\.\s?)+\S+$", self.name):
            return False
        before = fold(self.name).split()[:-1]
        if len(before) > 1 and before[0] in PARTICLES and set(before) <= PARTICLES:  # VAN DER BERG
            return False
        is_small = all(word.islower() for word in self.name.split()[:-1])  # "van Berg"
        if is_small and self.honorific and self.name.split()[-1][0].isupper():
            return False  # "Mr. arap Koros"
        with_title = bool(self.role or self.honorific) or is_small
        return not (set(before) <= FAMILY_PARTICLES or (with_title and set(before) <= PARTICLES))


class _Words(NamedTuple):
    anonymous: dict[str, str]
    honorifics: dict[str, str]  # folded -> gender
    offices: dict[str, str]  # folded phrase -> classification
    areas: dict[str, str]  # folded phrase -> country
    countries: frozenset[str]  # the phrases that are names, not demonyms
    longest: int


@cache
def words() -> _Words:
    """The lexicons, folded."""
    anonymous, honorifics, offices = {}, {}, {}
    for row in open_csv(FOLDER / "titles.csv"):
        key = fold(re.sub(r"\([^)]*\)$", "", row["form"])) if not row["form"].startswith("(") else ""
        if not key:
            continue
        if row["class"] in ANONYMOUS and not row["form"][-1].isdigit():  # Speaker 1 is one of many, the Speaker is not
            anonymous.setdefault(key, ANONYMOUS[row["class"]])
        elif row["class"] == "honorific" and row["match"] == "token" and (len(key) > 1 or key == "m"):  # others are initials
            honorifics.setdefault(key, row["gender"])
        elif row["class"] == "office":
            offices.setdefault(re.sub(r"^the ", "", key), row["office"])
    areas, countries = {}, set()
    for row in open_csv(FOLDER / "areas.csv"):
        key = fold(row["form"])
        for form in {key, " ".join(w for w in key.split() if w not in SMALL)} - {""}:
            areas.setdefault(form, row["area"])
            if row["note"] != "demonym":
                countries.add(form)
    return _Words(anonymous, honorifics, offices, areas, frozenset(countries), max(len(k.split()) for k in offices))


@cache
def _given_names() -> frozenset[str]:
    """The folded given names of the reference's persons, and those of name_variants.csv."""
    firsts = (fold(row["name"]).split() for row in open_csv(FOLDER / "persons.csv"))
    variants = [row["latin_forms"].split("|") for row in open_csv(FOLDER / "name_variants.csv") if row["kind"] == "given"]
    found = {tokens[0] for tokens in firsts if len(tokens) > 1} | {fold(form) for forms in variants for form in forms}
    return frozenset(given for given in found if len(given) > 1)  # an initial could be anything


def _is_given(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and fold(word) in _given_names() and word.lower() not in words().honorifics


@cache
def _area_names() -> dict[str, str]:
    return {row["area"]: row["form"] for row in open_csv(FOLDER / "areas.csv") if row["note"] == "English name"}


def area_name(area: str) -> str:
    """The English name of a country code, empty where unknown: "BY" -> "Belarus"."""
    return _area_names().get(area, "")


@lru_cache(maxsize=20_000)
def parse(label: str) -> Label:
    """The parts of a label as written, such as "President of Russia Vladimir Putin:" or "MR. SMITH (via interpreter)"."""
    text = re.sub(r"\s+", " ", unmixed(visible(label[:400])).replace("\xa0", " ")).strip(" *_:.,\t")
    text = without_degrees(re.sub(r"^(M(?:rs?|s)|Dr)\.(?=\w)", r"\1. ", text, flags=re.I))  # MR.SMITH
    brackets = [found for found in re.finditer(r"[(\[]([^)\]]*)[)\]]", text) if not MANNER.match(found[1])]
    bracket = brackets[0] if brackets else None
    bare = re.sub(r"[(\[][^)\]]*[)\]]", " ", text).strip(" *_:,") or text.strip("()[] ")
    bare = re.sub(r"\s+", " ", TIME_BESIDE_NAME.sub("", bare))
    bare = mended(bare) if bare.isupper() else bare if " " in bare else _unglued(bare)
    kind = anonymous_kind(bare)
    if not kind and len(bare) > 2 and is_medium_alone(bare):  # shorter ones are somebody's initials
        return Label(kind="journalist", organisation=bare)
    if OFFICIAL.search(bare):
        return Label(role=_readable(bare), classification="aide", bracket=bracket[1] if bracket else "")
    if not kind and GROUP.search(bare) and not _is_given(bare.split()[0]):
        kind = "unknown"  # but not in "Ivan Petrov, student"
    if kind:
        return Label(kind=kind, bracket=bracket[1] if bracket else "")
    if found := CHINESE_REPORTER.fullmatch(bare):  # whose paper, and not who
        return Label(kind="journalist", organisation=found[1])
    if found := CHINESE_TITLE.fullmatch(bare):  # the title follows the name
        return Label(honorific=found[2], gender="f" if found[2] in "女士小姐" else "", name=found[1])
    if CHINESE_OFFICE.fullmatch(bare):
        return Label(role=bare, classification="minister" if bare.endswith("部長") else "")
    bare = HIGHNESS.sub("", bare)
    if found := OF_A_REALM.fullmatch(bare):
        role = f"{found['title']} {found['realm']}"
        return Label(None, "", "", role, *office_of(role), tidy(found["name"]), "", bracket[1].strip() if bracket else "")
    bare = _without_article(bare)
    if bare.islower() and len(bare.split()) == 1 and not _holds_office(bare):
        return Label(name=bare, bracket=bracket[1].strip() if bracket else "")  # an id or a nickname
    head, _, tail = bare.partition(",")
    tail = tail.strip()
    if tail and (_is_one_list(head, tail) or (_is_office_with_article(head.split()) and not _holds_name(head.split()))):
        head, tail = bare, ""  # Minister of Construction, Housing and Utilities Ivan Petrov
    if re.fullmatch(r"(?:\w\.? ?){1,2}", tail):  # Vanko, M.
        head, tail = f"{tail.rstrip('.')}. {head}", ""
    place = ""
    if fold(tail) in SUFFIX:
        head, tail = f"{head} {tail}", ""
    honorific, gender, head = _strip_honorifics(head)
    if honorific:
        head, _, place = re.sub(r" of (?=[A-ZÀ-Þ][\w .]+$)", "\0", head).partition("\0")  # Mr. WELDON of Pennsylvania
    inside = bracket[1].strip() if bracket else tidy(place)
    role, name = ("", head) if honorific and PARTICLE_AND_NAME.fullmatch(head) else _role_and_name(head)
    role = OF_WHAT.sub("", role)
    is_portfolio = not name or fold(name).partition(" ")[0] in OF_WHICH
    whom = tidy(tail) if role and is_portfolio and not bracket else ""
    if HOLDER.fullmatch(whom) and _is_given(whom.split()[0]) and not _holds_office(whom):
        role, name, tail = f"{role} {name}".strip(), tail, ""  # MINISTRA DE SANIDAD, LUCÍA PEÑALVER
    elif role and name and fold(honorific) in BEFORE_OFFICES and (is_portfolio or HOLDER.fullmatch(inside)):
        role, name = f"{role} {name}", ""  # La señora CONSEJERA DE SALUD Y FAMILIA (Vidal Sanz)
    if role.rpartition(" ")[2].lower() in BESIDE_A_NAME:  # Emir of Qatar Sheikh Tamim
        role, _, honorific = role.rpartition(" ")
    if not role and tail and _holds_office(tail):
        role, tail = tail, ""
    if not role and " " in inside and " " in name and _begins_with_office(inside):  # Ada Stone (Minister for Water)
        role = inside
    classification, area = office_of(role)
    if role:
        _, gender_beside, name = _strip_honorifics(name)  # Security Adviser Dr. Anna Berg
        gender = gender or gender_beside
    return Label(
        None,
        honorific.rstrip(","),
        gender,
        _readable(role) if bare.isupper() else role.rstrip(","),
        classification,
        area,
        tidy(name),
        tail,
        inside,
    )


def _without_article(bare: str) -> str:
    """El señor Pérez as señor Pérez."""
    first, _, rest = bare.partition(" ")
    return rest if fold(first) in ARTICLES and fold(rest.partition(" ")[0]) in words().honorifics else bare


def _is_office_with_article(tokens: list[str]) -> bool:
    """Whether an article and an office stand first: "La consellera de Salut", "Le Président"."""
    is_article = len(tokens) > 1 and tokens[0].lower() in ARTICLES
    return is_article and (tokens[1][0].islower() or bool(_office_at([fold(t) for t in tokens[1:]])[0]))


def _holds_name(tokens: list[str]) -> bool:
    """Whether an office with an article goes on to a name: the last words, a given name before them, or nothing between."""
    small = PARTICLES | SMALL | AND
    return any(map(_is_given, tokens[-3:-1])) or not any(fold(t) in small or "’" in t or "'" in t for t in tokens[2:])


def _is_one_list(head: str, tail: str) -> bool:
    """Whether a comma parts two offices, or the words of one, before the name at the end, rather than a name from an office."""
    first, last = head.split(), tail.split()
    if LISTED_OFFICE.search(tail) and _office_at([fold(t) for t in first])[0]:
        return True
    if len(last) < 2 or not (_is_given(last[-2]) and last[-1][0].isupper()) or any(map(_is_given, first)):
        return False
    is_title = any(word.islower() for word in first) or _holds_office(head) or fold(head) in words().honorifics
    return is_title or bool(last[:-2] and _office_at([fold(last[-3])])[0])


def _unglued(bare: str) -> str:
    """VladimirPutin, as it stands where each part was bold for itself and nothing between, with the space that a reader misses."""
    parts = GLUED.split(bare)
    return " ".join(parts) if len(parts) > 2 or (len(parts) == 2 and _is_given(parts[0])) else bare


def mended(bare: str) -> str:
    """A label in capitals whose title has a slip of one letter (PRESIDEN BERG, MODERTOR) with the title as it is written."""
    tokens = bare.split()
    return " ".join(_mended_word(token, ANONYMOUS_WORDS if len(tokens) == 1 else ANONYMOUS_WORDS + TITLE_WORDS) for token in tokens)


def _mended_word(token: str, titles: tuple[str, ...]) -> str:
    word = token.lower()
    if len(word) < LONG_TITLE or word in titles or not word.isalpha():
        return token
    meant = [title for title in titles if title[0] == word[0] and _is_slip(word, title)]
    return meant[0].upper() if len(meant) == 1 and word != f"{meant[0]}s" else token


def _is_slip(word: str, title: str) -> bool:
    """One letter too many, too few, another or swapped; or the same letters with two such slips (PRESDEINT)."""
    distance = OSA.distance(word, title, score_cutoff=2)
    return distance == 1 or (distance == 2 and sorted(word) == sorted(title))


def _readable(role: str) -> str:
    """THE VICE PRESIDENT as The Vice President; mixed case stays as it is (CEO of Example)."""
    return tidy(role) if role.isupper() else role


def _begins_with_office(text: str) -> bool:
    return bool(_office_at(re.sub(r"^the ", "", fold(text)).split())[0])


def _holds_office(text: str) -> bool:
    tokens = fold(text).split()
    return any(_office_at(tokens[i:])[0] for i in range(min(len(tokens), 8)))


def anonymous_kind(bare: str) -> str | None:
    """journalist, moderator, audience, interpreter or official where the label names nobody, else None."""
    whole = fold(re.sub(r"\d+", " ", bare))
    key = re.sub(r"^(?:the|a|an) (?=.)", "", whole)
    found = words().anonymous.get(key) or words().anonymous.get(whole)
    if found:
        return found
    if NUMBERED.fullmatch(re.sub(r"[^a-z0-9 ]", "", bare.lower())):
        return "journalist" if key[:1] == "q" else "audience" if "male" in key or "voice" in key else "unknown"
    return None


def is_anonymous_word(label: str) -> bool:
    """Whether a word or two of titles.csv, such as Zusatzfrage or Several hon. Members, are all that a label holds."""
    key = fold(label)
    return key in words().anonymous or re.sub(r"^(?:the|a|an) (?=.)", "", key) in words().anonymous


@lru_cache(maxsize=20_000)
def office_of(role: str) -> tuple[str, str]:
    """(classification, country) of a role: "President of Russia" -> ("head_of_state", "RU"); empty where it names none."""
    tokens = re.sub(r"^the ", "", fold(role)).split()
    area = area_in(tokens)
    for start in range(len(tokens)):
        classification, length = _office_at(tokens[start:])
        if classification:
            rest = [t for t in tokens[:start] + tokens[start + length :] if t not in SMALL]
            if classification in COUNTRY_OFFICES and rest and not _is_area(rest):
                return "", area  # President of the Academy of Sciences
            return classification, area
    return "", area


@lru_cache(maxsize=20_000)
def office_word(role: str) -> str:
    """The classification of the role's office wherever it is held: "President of Velmora" -> "head_of_state"; empty for none."""
    tokens = re.sub(r"^the ", "", fold(role)).split()
    return next((found for start in range(len(tokens)) if (found := _office_at(tokens[start:])[0])), "")


def area_in(tokens: list[str]) -> str:
    """The country that the folded words name, empty where none or several."""
    found, i, areas = [], 0, words().areas
    while i < len(tokens):
        for length in (5, 4, 3, 2, 1):
            area = areas.get(" ".join(tokens[i : i + length]))
            if area and i + length <= len(tokens):
                found.append(area)
                i += length - 1
                break
        i += 1
    return found[0] if len(set(found)) == 1 else ""


def _is_area(tokens: list[str]) -> bool:
    """Whether the folded words are a country's name and nothing else."""
    areas, i = words().areas, 0
    while i < len(tokens):
        length = next((n for n in (5, 4, 3, 2, 1) if i + n <= len(tokens) and " ".join(tokens[i : i + n]) in areas), 0)
        if not length and tokens[i] not in BESIDE_A_COUNTRY:
            return False
        i += length or 1
    return True


def _office_at(tokens: list[str]) -> tuple[str, int]:
    """(classification, number of words) of the longest office that the folded words begin with."""
    lexicon = words()
    for length in range(min(lexicon.longest, len(tokens)), 0, -1):
        found = lexicon.offices.get(" ".join(tokens[:length]))
        if found:
            return found, length
    compound = COMPOUND_OFFICE.fullmatch(tokens[0]) if tokens else None
    return (COMPOUNDS[compound[1]], 1) if compound else ("", 0)


def is_compound_office(token: str) -> bool:
    """Whether one folded German word is an office: "bauministerin", "regierungssprecher"."""
    return COMPOUND_OFFICE.fullmatch(token) is not None


def _strip_honorifics(head: str) -> tuple[str, str, str]:
    """(honorifics, gender, the rest); an honorific that is all there is stays."""
    taken, gender, tokens = [], "", head.split()
    while len(tokens) > 1:
        length = next((n for n in (5, 4, 3, 2, 1) if len(tokens) > n and fold(" ".join(tokens[:n])) in words().honorifics), 0)
        is_office = length and fold(tokens[length]) in SMALL - PARTICLES  # Chief of the General Staff
        if not length or is_office or _office_at([fold(t) for t in tokens])[1] > length:
            break
        gender = gender or words().honorifics[fold(" ".join(tokens[:length]))]
        taken += tokens[:length]
        tokens = tokens[length:]
    return " ".join(taken), gender, " ".join(tokens)


def _role_and_name(head: str) -> tuple[str, str]:
    """Where the role ends and the name begins: after the last office word, country, or small word."""
    tokens = head.split()
    folded = [fold(t) for t in tokens]
    if _is_office_with_article(tokens) and not _holds_name(tokens):
        return head, ""
    cut, i, after = 0, 0, ""
    while i < len(tokens):
        _, length = _office_at(folded[i:])
        is_last = i + length == len(tokens) and length == 1
        is_surname = is_last and folded[0] not in BEFORE_AN_OFFICE | ARTICLES and (i > cut if cut else i == 1)
        if length and not is_surname:  # Prime Minister Hun Sen, but The Temporary Speaker
            i += length
            cut, after = i, "small" if folded[i - 1] in SMALL else "office"
        elif cut and (length := _area_length(folded, i)) and not _is_given_here(tokens, folded, i):
            is_name = " ".join(folded[i : i + length]) in words().countries
            i += length
            cut, after = i, "area" if is_name else "small"  # "Head of the Russian Export Centre Ivan Petrov"
        elif cut == i and i and folded[i] in ("republic", "federation", "kingdom"):
            i += 1
            cut, after = i, "area"  # the Argentine Republic
        else:
            is_inside_name = not cut and 0 < i < len(tokens) - 1 and folded[i] in AND and tokens[i - 1][0].isupper()
            is_lower = tokens[i][0].islower() and not PREFIXED.match(tokens[i])
            if folded[i] not in PARTICLES and not is_inside_name and (folded[i] in SMALL or is_lower):
                cut, after = i + 1, "small"
            i += 1
    if not cut and len(tokens) == 3 and len(folded[0]) > 1 and folded[0] in words().anonymous and _is_given(tokens[1]):
        cut, after = 1, "office"  # Student Ivan Petrov
    if not cut:
        return "", head
    name = tokens[cut:]
    if after == "small":  # "Director of Rosatom Likhachev", "Minister of Energy Anna Berg", "President of Somewhere"
        is_after_noun = cut and tokens[cut - 1].islower() and folded[cut - 1] not in SMALL and all(map(_is_given, name[:1]))
        keep = _name_length(tokens, cut) if len(name) > 2 else len(name) if is_after_noun else len(name) - 1 if name else 0
    else:  # "Prime Minister Recep Tayyip Erdogan"; longer is more of the role
        keep = len(name) if len(name) <= (4 if after == "area" else 3) else _name_length(tokens, cut)
    if after == "small" and folded[0] == "the" and folded[cut - 1] in SMALL:
        keep = 0  # The Secretary of State for Foreign and Commonwealth Affairs
    cut = _before_given_name(tokens, folded, len(tokens) - keep) if keep else len(tokens)
    return " ".join(tokens[:cut]), " ".join(tokens[cut:])


def _is_given_here(tokens: list[str], folded: list[str], i: int) -> bool:
    """Whether a country's word is the given name before the last word: "CEO German Gref", not "President of Jordan Abdullah"."""
    return i == len(tokens) - 2 and folded[i - 1] not in SMALL and _is_given(tokens[i])


def _before_given_name(tokens: list[str], folded: list[str], cut: int) -> int:
    """The cut moved to the given name: "Director of the Variety theatre Anna | Berg", "President of China | Media Group Li Wen"."""
    if cut == len(tokens) - 1 and cut > 1 and _is_given(tokens[cut - 1]) and folded[cut - 2] not in SMALL:
        return cut - 1
    bodies = [i + 1 for i in range(cut, len(tokens) - 2) if BODY.fullmatch(tokens[i])]
    return bodies[-1] if bodies and not _is_given(tokens[cut]) else cut


def _name_length(tokens: list[str], cut: int) -> int:
    """How many words at the end are given and family name, with particles: "Ursula von der Leyen" is four."""
    length, full = 0, 0
    while length < len(tokens) - cut and (full < 2 or fold(tokens[-length - 1]) in SON_OF or fold(tokens[-length]) in SON_OF):
        length += 1
        full += fold(tokens[-length]) not in PARTICLES
    return length


def _area_length(folded: list[str], i: int) -> int:
    return next((n for n in (5, 4, 3, 2, 1) if i + n <= len(folded) and " ".join(folded[i : i + n]) in words().areas), 0)
