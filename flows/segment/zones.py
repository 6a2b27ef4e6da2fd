"""Where a transcript ends and what surrounds it is: commentary, boilerplate, readers' comments."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import lru_cache

from flows.clean.cleaned import Paragraph
from flows.segment.labels import Candidate
from flows.segment.vocabulary import IN_ITALICS, OWN_WORDS, QUOTED_PARAGRAPH, ROLE

PLUG_LENGTH = 600  # a plug is short; a long paragraph that mentions a subscription is not one
LOOK_BACK = 6  # paragraphs before a plug that may be the writer's own

END_MARK = re.compile(
    r"(?:\d{1,2}[:.]\d\d [AaPp]\.?[Mm]\.?.{0,8}|END\b.{0,60}|\(?(?:The )?End(?: of (?:the )?transcript)?\)?\.?|(?:\\?# ?)+"
    r"|\(?(?:To be continued|Продолжение следует|Wird fortgesetzt|À suivre)\s?(?:\.{1,3}|…)?\)?"
    r"|\(Schluss(?: der Sitzung)?:? .{4,12} Uhr\)|-\s?30\s?-|[*_=~•·. \\-]{1,60}|[-—–]{2,}|\* \* \*|_+)$"
)
PLUG = re.compile(
    r"\b(?:subscri(?:be|ption|bing)|donat(?:e|ion)|pledge|patreon|paypal|share this|sign up|follow us|like what you|read more"
    r"|see also|related (?:articles|posts)|copyright|all rights reserved|leave a comment|comments? \(?\d"
    r"|transcri(?:pt|bed) (?:provided |courtesy )?by|newsletter|support (?:my|our) work|unsubscribe|signed up (?:at|for|to))\b|©"
    r"|\b(?:подписывайтесь|подпишитесь|поделитесь (?:ссылкой|статьёй|статьей)|поддержите (?:наш|мо|автора|проект)"
    r"|підписуйтесь|підпишіться|поширте (?:цю|цей)|abonnieren sie|(?:unser|mein)en? kanal|teilen sie diesen"
    r"|abonnez-vous|partagez cet|faites un don"
    r"|suscríb(?:ete|ase)|comparte (?:esta|este)|haz(?:te)? (?:una donación|socio))\b",
    re.I,
)
EDITORS_REMARK_AT_END = re.compile(r"\[[^\]]{3,40}\]\s*$")
FIRST_PERSON = re.compile(rf"{OWN_WORDS}|\b(?:[Yy]ou|[Yy]our|[Ii]hr|[Ss]ie|[Vv]ous|[Вв][ыи]|[Вв]ас|[Вв]ам)\b|[我咱你您]")
TAIL_LINES = 5  # from which on lines without sentences at the end are a list
TAIL_LINE = 120  # code points of one at most
ENDS_SENTENCE = re.compile(r"[.?!…:,;)\]”\"’»。？！」）—–-]\W*$")
TAIL = 1_000  # code points at a text's end in which a page's own data may stand
PAGE_DATA_LINE = 120  # code points of a line of a page's own data at most
PAGE_DATA = re.compile(
    r"Статус материала|Дата публикации|Ссылка на материал|Текстовая версия|Publication (?:status|date)|Published in sections"
    r"|Direct link:|Text version|Share this (?:page|article)|All rights reserved|©"
)
SENTENCE_END = re.compile(r"[.?!…][”\"»)\]]*(?=\s)")
WORD = re.compile(r"\w")
RULE = re.compile(r"[*_=~•·#—–-](?:[\s\\]*[*_=~•·#—–-]){2,}$")  # "* * *": what follows is another matter
OMISSION = re.compile(r"[<\[(]?\s?(?:…|\.\.\.)\s?[>\])]?$")
REMARK = re.compile(  # how a writer marks a remark of his own inside what others said
    r"[\[(*_\s—–-]*(?:(?:my|editor['’]?s?|ed\.|translator['’]?s?|author['’]?s?|blogger['’]?s?|transcriber['’]?s?)"
    r"\s+(?:comments?|notes?|remarks?|emphasis|take|opinion|observation)"
    r"|(?:comments?|notes?|remarks?)\s+(?:by|from|of)\s+(?:the\s+)?(?:editor|translator|author|blogger|transcriber|me)\b"
    r"|(?:editorial )?comment(?:ary)?|remark|note|N\.?B\.?)\s*[:.\])—–-]"
    r"|[\[(*_\s—–-]*the (?:following|next|last) questions? (?:was|were|has been|have been) (?:raised|asked|submitted|put|sent)\b"
    r"|[\[(*_\s—–-]*(?:corrections?(?: |, |: ?|[:.\])])(?:[^:\n]{0,30}:)?|(?:fact[- ]check|clarification)\s?:"
    r"|this (?:article|story|post|page|transcript|text|report) (?:was|has been|is) (?:updated|corrected|amended|edited|changed)\b"
    r"|an earlier version of this\b|(?:anmerkung(?:en)?|hinweis|kommentar|notiz) (?:der|des|von) \w+\s?:"
    r"|anm\. ?d\. ?(?:red|übers|verf)\.|ndlr\b|n\.d\.l\.r\."
    r"|(?:note|remarque|précision) (?:de|du|des) (?:la |l['’])?(?:rédaction|auteur|autrice|traduct\w+)\b"
    r"|nota (?:de|del|de la) (?:la )?(?:redacción|editora?|autora?|traductora?|redactora?)\b"
    r"|(?:примечани[ея]|комментарий|от|прим\.|примітк[аи]|коментар|від)\s+(?:мой|мо[яй]|редакци[ия]|редакції|автор[аки]*"
    r"|переводчи[каци]+|перекладач[аки]*|ред\.|пер\.|перев\.|авт\.)\s*[:.\])—–-])",
    re.I,
)
FURNITURE = re.compile(  # a whole line that a page sets between what is said: advertisements, links to other pages
    r"[\[(*_\s—–-]*(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|реклама|sponsored(?: content)?"
    r"|(?:story|article|transcript|interview) continues (?:below|after)[^\n]{0,60}|scroll to continue|continue reading[^\n]{0,60}"
    r"|(?:related(?: (?:stories|articles?|posts?|content|reading|links?))?|read (?:more|also|next)|also read|see also"
    r"|watch(?: also| now| live)?|more (?:on this|from [\w'’]+(?: [\w'’]+){0,5})"
    r"|mehr zum thema|lesen sie (?:auch|mehr)|siehe auch|(?:à )?lire aussi"
    r"|voir aussi|lea también|lee también|te puede interesar|читайте (?:также|також)|(?:смотрите|см\.) также|дивіться також"
    r"|по теме|за темою)(?:\s?[:：|—–-][^\n]{0,200})?)[\])*_\s.:]*$",
    re.I,
)
CLOCK = re.compile(  # the time of day on a line of its own
    r"[\[(*_\s]*(\d{1,2})[:.h](\d\d)(?::\d\d)?(?:\s?([AaPp])\.?[Mm]\.?)?(?:\s(?:Uhr|[A-Z]{2,4}))?[\])*_\s]*$"
)
LIVE = 3  # such lines, going back in time, that make a page a live blog
TABLE_ROW = re.compile(r"[^\t\n]{1,80}\t[^\n]{1,300}$")
FEW_ITALIC = 3  # paragraphs of what is said to one in italics: then italics mark what is not said
SENTENCE_LENGTH = 40  # code points of a remark in italics that is more than a head
EXAMINATION = re.compile(  # "BY MR. TALBOT:" over the questions that he asks, "MR OTTO HOLM (sworn)" over what he answers
    r"(?:(?:MR|MS|MRS|MISS|DR|SIR|DAME|LORD|LADY|PROFESSOR)\.? )?[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]{4,60}"
    r" \((?:re-?)?(?:affirmed|sworn|called|recalled)\)$"
    r"|(?:Further )?(?:[Qq]uestions|[Ee]xamination|[Cc]ross-examination|[Rr]e-examination) (?:from|by)"
    r" (?:MR|MS|MRS|MISS|DR|SIR|LORD|LADY|THE)\b[^:\n]{1,60}$"
    r"|BY (?:MR|MS|MRS|MISS|DR|THE)\b[^:\n]{1,60}:$"
    r"|(?:FURTHER )?(?:DIRECT|CROSS|RE-?DIRECT|RE-?CROSS)[- ]?EXAMINATION\b[^\n]{0,60}$"
)
PROCEEDINGS = re.compile(  # what a record tells of votes and of the sitting, between what is said
    r"(?:AYES?|NOES|NAYS?|YEAS|ABSENT|ABSTAIN(?:ED|ING)?|ABSTENTIONS?|NOT VOTING|RECUSED)\s?[:(—–-]"
    r"|(?:The \w+ divided[.:;,]?\s*)?(?:Ayes|Yeas|For|In favou?r)\W+\d+\W+(?:Noes|Nays|Against|Opposed)\W+\d+\b"
    r"|IN THE CHAIR:[^\n]{0,80}$|Question (?:again |accordingly |proposed|put)[^\n]{0,120}$"
    r"|(?:The )?(?:Bill|Motion|Amendments?|Clauses?|Schedules?|Resolution|Address|Debate)\b[^\n]{0,100}"
    r"\b(?:agreed to|negatived|read (?:a|the) \w+ time|by leave,? withdrawn|(?:was|stands?) adjourned|reported)\b[^\n]{0,60}\.$"
    r"|(?:Honou?rable|Hon\.?|Opposition|Government) [Mm]embers? (?:having )?interject\w*\W*$|Leave (?:not )?granted\W*$"
    r"|(?:Several|Some|Many|Other) [Hh]on(?:ou?rable|\.)? [Mm]embers\b[^\n]{0,40}\b(?:rose|indicated|interject\w+)\b[^\n]{0,30}$"
    r"|House (?:adjourned|rose)\b[^\n]{0,60}$"
    r"|The (?:meeting|conversation|talks|discussion|session|conference) (?:continued|went on) (?:behind closed doors"
    r"|in (?:private|camera)|in an? (?:closed|private|narrow|restricted|expanded) \w+|without (?:the )?(?:press|media))[^\n]{0,60}$"
    r"|The (?:House|Committee|Council|Senate|Assembly|sitting|meeting|session)\b[^\n]{0,20}"
    r" (?:divided|adjourned|rose|resumed|was (?:adjourned|suspended|resumed))\b[^\n]{0,80}$"
)
MOST_OF_PROCEEDINGS = 400  # code points: a list of those who voted
FOOTNOTE = re.compile(r"(?:\[(\d{1,3})\]|(\d{1,3}))[.):]?\s+[^\W\d_]")
COMMENTS_HEAD = re.compile(  # over what readers wrote: "3 comments", "## Comments (12)"
    r"[#*\s]*(?P<number>\d[\d,.]*\s+)?(?:(?:reader|user|your)s?['’]?s?\s+)?(?:comments?|responses|replies|Kommentare?|commentaires"
    r"|comentarios|комментари(?:и|ев|й|я))(?P<count>\s*[(\[:]?\s?\d+\s?[)\]]?)?[\s*:]*$",
    re.I,
)
AFTER_MOST = 0.4  # of the text stands before a head of comments that tells no number
LONG_BRACKET = re.compile(  # a whole paragraph in square brackets, of two sentences or too long for a stage direction
    r"\[(?:[^\[\]]{160,}|[^\[\]]{10,}[a-zà-ÿа-яё]{3}[.!?] [A-ZÀ-ÞА-ЯЁ][^\[\]]{10,})\]$"
)
LONG_ASIDE = re.compile(  # the same in round brackets, in which people speak as well: only where nobody says I, we or you
    r"\((?:[^()\[\]]{160,}|[^()\[\]]{10,}[a-zà-ÿа-яё]{3}[.!?] [A-ZÀ-ÞА-ЯЁ][^()\[\]]{30,})\)$"  # no heckles: "(Holm [SPD]: ...)"
)
HECKLED = re.compile(r"\b(?:Zuruf|Gegenruf|Beifall|Heiterkeit|Lachen|Widerspruch)")  # of a speech that goes on
OF_THE_PAPER = re.compile(r"\b[Oo]ur (?:own )?(?:reporter|correspondent|translator|interpreter|editor|newspaper|paper)s?\b")
CAPTION = re.compile(  # under a picture: "Ada Holm with workers. Photo: Press office"
    r"[^\n]{3,200}[.)…]?\s*[\[(]?(?:[Pp]hotos?(?:graph)?s?|[Ff]oto|[Фф]ото|[Cc]rédit(?:s| photo)?) ?(?:[Bb]y|:|©)"
    r"[^\n.?!]{2,60}\.?[\])]?$"
)
SPONSOR = re.compile(  # an advertisement that names who pays, set apart in italics or brackets
    r"[*_\[(]{1,3}[^\n]{0,60}\b(?:brought to you|sponsored|supported|presented) by\b[^\n]*[*_\])]$", re.I
)
INSERTED = re.compile(  # what a record prints that nobody read out, up to the next label
    r"\[(?:The )?(?:prepared|written|opening|full|submitted|following|information|statement|testimony|letter"
    r"|document|material|text)[^\[\]]{0,160}\b(?:follows?|appears? below|is as follows)\s?[:.]?\]$",
    re.I,
)
NOTES_HEAD = re.compile(  # a heading after which no one speaks
    r"[#*\s]*(?:(?:foot|end)?notes?|sources|references|further reading|anmerkungen|quellen|fußnoten|notes de bas de page"
    r"|show notes|notas|fuentes|примечания|источники|сноски|примітки|джерела)[\s*:.]*$",
    re.I,
)
TOLD_OF = frozenset(  # offices that nobody who holds one speaks of as the page does
    ("secretary", "minister", "governor", "mayor", "senator", "ambassador", "chancellor", "premier", "commissioner")
)
NOTES = 4  # paragraphs at the end that may be notes on the text
NOTE_LENGTH = 20  # code points of one in italics at least
MADE = re.compile(
    r"[*_(\[\s]*(?:This |The |Our )?(?:interview|conversation|transcript|exchange|text)\b.{0,60}"
    r"\b(?:edited|condensed|shortened|abridged|translated|transcribed)\b",
    re.I,
)
BY_WHOM = re.compile(  # who asked, wrote down, translated; who the guest is
    r"[*_(\[\s–—-]*(?:(?:das|dieses) (?:gespräch|interview) (?:führten?|wurde)|die fragen stellten?|interview(?:er(?:in)?)?:"
    r"|zur person\b|propos (?:recueillis|transcrits)|(?:entretien|interview) (?:réalisée?|menée?|conducted|by)\b|recueilli par"
    r"|traduit (?:de|du|par)|entrevista (?:realizada|hecha) por|traducción|traducido|беседовал[аи]?\b|интервью (?:в[её]л|взял|брал)"
    r"|(?:записал|подготовил|перев[её]л|перевод)[аи]?\b|розмовля(?:в|ла|ли)\b|спілкува(?:в|ла|ли)ся|записа(?:в|ла)\b|переклад\b"
    r"|übersetz\w+|transcri(?:bed|ption) (?:by|from)|translated (?:by|from)"
    r"|about the (?:author|speaker|interviewer|[A-Z][\w ]{2,40}:)|photos?(?:graph)?(?:s| by|:)"
    r"|(?:translation|transcript(?:ion)?):\s"
    r"|(?:the|this) (?:panel|discussion|debate|event|talk|conversation|interview|briefing|hearing|press conference|podcast|episode)"
    r" (?:was|has been) (?:recorded|broadcast|streamed|filmed|aired|held)\b)",
    re.I,
)
HEAD_OF_COMMENTS = 60  # code points at most
OWN = re.compile(OWN_WORDS)
WRITER = re.compile(  # somebody who posts what others said says that he is there
    r"\[[^\]\n]{0,20}\b(?:(?:my|our) (?:emphasis|comment|translation|note)|emphasis (?:is )?(?:mine|ours|added)"
    r"|bold\w* (?:is )?mine)"
    r"|\b(?:translated by (?:me|myself)|I translated)\b",
    re.I,
)
NUMBERED_HEAD_LENGTH = 120  # code points of one at most
NUMBERED_HEAD = re.compile(r"[#*\s]*(\d{1,2})[.)]\s+[^\W\d_]")
IN_BOLD = re.compile(r"\*\*[^*\n]+\*\*$")
OF_ANOTHER = (  # after a surname
    r"(?:also |never |even |still )?"
    r"(?:is|was|has|had|says|said|does|did|seems|seemed|wants|wanted|thinks|knows|made|makes)"
)
OF_A_TALE = (  # after a surname
    r"(?:then |also |later |now |again )?(?:was|had|did|seems|looks|[a-z]{3,}ed|left|went|took|gave|shook|came|rose)\b"
)
HEADS = ("president", "prime minister", "chancellor")
NEXT = r"(?:Next|Then|Later|Afterwards?|Before that|After (?:that|th[ei]s? \w+)|During the \w+|At the end of the \w+)"
DID = (  # of what somebody did on a visit
    r"(?:then |also |later )?(?:took|went|gave|met|visited|toured|inspected|viewed|laid|attended|talked|spoke|thanked|presented"
    r"|congratulated|examined|saw|watched|held|familiarised|familiarized)\b"
)
HE_OR_SHE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
QUOTED = re.compile(r"[\"“”«»„]")
MOST = 0.8  # of the labels stand in one box: what stands in others is something else


def home_of(paragraphs: list[Paragraph], labels: list[Candidate]) -> int | None:
    """The box (of a page's markup) in which nearly all labels stand, where there is one among several."""
    boxes = Counter(paragraphs[label.paragraph].box for label in labels)
    box, count = boxes.most_common(1)[0]
    return box if count > MOST * len(labels) else None


def is_end_mark(text: str) -> bool:
    """A time stamp, END, a rule, a row of asterisks."""
    return END_MARK.match(text.strip()) is not None


def is_plug(text: str) -> bool:
    """Subscription, donation, sharing, copyright: the site speaks."""
    return len(text) < PLUG_LENGTH and PLUG.search(text) is not None


def end_of_last_turn(
    text: str, paragraphs: list[Paragraph], first: int, stop: int, surname: str, office: str = ""
) -> tuple[int, str]:
    """(the paragraph after the last turn's end, what follows: a schemas.Zone) for a turn of paragraphs first..stop-1.

    A turn ends at an end mark or a plug; and no one speaks of himself by surname, so there the writer has taken over. Before a
    plug nobody speaks of his own office as he or she either.
    """
    marked = next((i for i in range(first + 1, stop) if _is_marked_end(text, paragraphs[i])), None)
    end = stop if marked is None else marked
    is_posted = WRITER.search(text) is not None
    for i in range(first + 1, end):
        body = text[paragraphs[i].start : paragraphs[i].end]
        before = text[max(paragraphs[i - 1].start, paragraphs[i - 1].end - 60) : paragraphs[i - 1].end]
        is_near_plug = marked is not None and end - i <= LOOK_BACK
        is_told = not FIRST_PERSON.search(body) and not _is_spoken(text, paragraphs, range(i, end))
        tale = rf"{OF_ANOTHER}\b|{OF_A_TALE}" if is_posted else rf"{OF_ANOTHER}\b"
        is_about = surname and re.search(rf"\b{re.escape(surname)} (?:{tale})", body) and not QUOTED.search(body)
        if office and is_near_plug and HE_OR_SHE.search(body) and re.search(rf"\b[Tt]he {office}\b(?! of\b)", body):
            return i, "commentary"
        if _speaks_of(surname, body) and (EDITORS_REMARK_AT_END.search(before) or is_near_plug or is_told or is_about):
            return i, "commentary"
    parted = next((i for i in range(first + 1, end) if _is_next_part(text, paragraphs, first, i, end)), end)
    if parted < end:
        return parted, "commentary"
    noted = next((i for i in range(max(first + 1, end - NOTES), end) if _is_note(text, paragraphs[i])), end)
    if noted < end:
        return noted, "commentary"
    end = _without_tail(text, paragraphs, first, end)
    is_rule = marked is not None and end == marked and RULE.match(text[paragraphs[end].start : paragraphs[end].end])
    return end, "commentary" if (marked is None and end == stop) or is_rule else "boilerplate"


def _is_next_part(text: str, paragraphs: list[Paragraph], first: int, index: int, end: int) -> bool:
    """Whether a numbered head follows the one over the conversation, and nobody says I or we under it: another part of a letter."""
    part = _part(text, paragraphs[index])
    if not part or any(OWN.search(text, paragraphs[i].start, paragraphs[i].end) for i in range(index, end)):
        return False
    return any(_part(text, paragraph) == part - 1 for paragraph in paragraphs[:first])


def _part(text: str, paragraph: Paragraph) -> int:
    """The number with which a head begins, 0 for any other paragraph."""
    body = text[paragraph.start : paragraph.end] if paragraph.end - paragraph.start < NUMBERED_HEAD_LENGTH else ""
    is_head = paragraph.is_heading or paragraph.bold >= len(body) or IN_BOLD.match(body)
    found = NUMBERED_HEAD.match(body) if is_head and body else None
    return int(found[1]) if found else 0


def _is_note(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph at the end tells how the text was made, or is in italics throughout and tells of somebody."""
    body = text[paragraph.start : paragraph.end]
    if len(body) > PLUG_LENGTH:
        return False
    is_set_apart = paragraph.is_italic or BY_WHOM.match(body) or (len(body) > NOTE_LENGTH and IN_ITALICS.match(body))
    return bool(is_set_apart and not FIRST_PERSON.search(body)) or MADE.match(body) is not None


def told_at_end(text: str, paragraphs: list[Paragraph], first: int, stop: int, surname: str) -> int:
    """Where at the end of one's speech the page goes on to tell of them: by surname, and nobody says I, we or you any more."""
    for i in range(stop - 1, first, -1):
        if FIRST_PERSON.search(text, paragraphs[i].start, paragraphs[i].end):
            return stop
        if surname and _speaks_of(surname, text[paragraphs[i].start : paragraphs[i].end]):
            before = i
            while before - 1 > first and not FIRST_PERSON.search(text, paragraphs[before - 1].start, paragraphs[before - 1].end):
                before -= 1
            return next(
                k for k in range(before, i + 1) if _speaks_of(surname, text[paragraphs[k].start : paragraphs[k].end])
            )
    return stop


def _without_tail(text: str, paragraphs: list[Paragraph], first: int, end: int) -> int:
    """The end without a tail of lines that no sentence ends in: lists of names, of papers, of pages, after the last words said."""
    for at in range(end, first, -1):
        start, stop = paragraphs[at - 1].start, paragraphs[at - 1].end
        if ENDS_SENTENCE.search(text, max(start, stop - 4), stop):
            return at if end - at >= TAIL_LINES else end
        if stop - start > TAIL_LINE:
            break
    return end


def after_transcript(text: str, paragraphs: list[Paragraph], start: int, zone: str) -> list[str]:
    """The zones of the paragraphs from `start` on: rules and plugs are boilerplate; after a plug readers comment."""
    zones = []
    for paragraph in paragraphs[start:]:
        body = text[paragraph.start : paragraph.end]
        if is_end_mark(body[:100]) and len(body) <= 100:
            zones.append("boilerplate")
        elif is_plug(body):
            zones.append("boilerplate")
            zone = "comment"
        else:
            zones.append(zone)
    return zones


def end_of_flat_speech(text: str, start: int, end: int) -> int:
    """Where speech ends in text that lost its line breaks and has the page's own data at its end.

    The data begin after the last sentence's end before the first of their words.
    """
    found = PAGE_DATA.search(text, max(start, end - TAIL), end)
    if not found:
        return end
    ends = [mark.end() for mark in SENTENCE_END.finditer(text, start, found.start())]
    return ends[-1] if ends else end


def comments_from(text: str, paragraphs: list[Paragraph], labels: list[Candidate]) -> int | None:
    """The paragraph from which on readers comment, by a head over it: those who speak after it are not those before it."""
    for i in range(labels[0].paragraph + 1, len(paragraphs)):
        start, end = paragraphs[i].start, paragraphs[i].end
        if end - start > HEAD_OF_COMMENTS or paragraphs[i].zone not in (None, "transcript"):
            continue
        head = COMMENTS_HEAD.match(text, start, end)
        if not head or not (head["number"] or head["count"] or paragraphs[i].is_heading or start > AFTER_MOST * len(text)):
            continue
        before = {label.key for label in labels if label.paragraph < i}
        after = [label.key for label in labels if label.paragraph > i]
        if sum(key in before for key in after) * 3 <= len(after):
            return i
    return None


def interruptions(text: str, paragraphs: list[Paragraph], labels: list[Candidate], inside: set[int]) -> dict[int, str]:
    """The paragraphs between the labels that are no one's speech, each with its zone.

    Rules and omission marks hold no words; a writer's remarks are marked as such; and after a rule what is told without
    any first or second person is told by the page, not by the speaker.
    """
    found: dict[int, str] = {}
    is_noted = "[" in text
    is_live = _goes_back_in_time(text, paragraphs)
    is_quoting = not any(text.startswith(">", paragraphs[label.paragraph].start) for label in labels)
    has_asides = are_few_in_italics([paragraphs[i] for i in inside])
    heads = tuple(sorted({label.label for label in labels if any(office in label.label.lower() for office in HEADS)}))
    for place, label in enumerate(labels):
        until = labels[place + 1].paragraph if place + 1 < len(labels) else max(inside) + 1
        after_rule: int | None = None
        told = told_of(label.label) if not label.features.get("anonymous") else None
        of_office = _told_by_office(label.label, heads) if told and heads else None
        for i in range(label.paragraph + 1, until):
            if i not in inside:
                continue
            length = paragraphs[i].end - paragraphs[i].start
            body = text[paragraphs[i].start + paragraphs[i].lead : paragraphs[i].end] if length < PLUG_LENGTH else ""
            if body and not WORD.search(body):
                found[i] = "boilerplate"
                after_rule = i if RULE.match(body) else after_rule
            elif is_live and _is_told_live(text, paragraphs, label, i):
                found |= {k: "commentary" for k in range(i, until) if k in inside}
                break
            elif is_quoting and QUOTED_PARAGRAPH.match(text, paragraphs[i].start):
                found[i] = "commentary"  # Markdown's quotation between the labels: the writer's, or of what was written elsewhere
            elif zone := _zone_between(text, paragraphs[i], body, told, has_asides):
                found[i] = zone
            elif of_office and body and of_office.match(body) and not FIRST_PERSON.search(body) and not QUOTED.search(body):
                found[i] = "commentary"
            elif INSERTED.match(body) or (is_live and CLOCK.match(body)):
                zone = "boilerplate" if INSERTED.match(body) else "commentary"
                found |= {k: zone for k in range(i, until) if k in inside}
                break
            elif is_noted and _is_footnote(text, paragraphs[i]):
                found[i] = "boilerplate"
        if place + 1 == len(labels):
            found |= _after_last_remark(text, paragraphs, found, range(label.paragraph + 1, until), inside)
        if after_rule is not None and not _is_spoken(text, paragraphs, range(after_rule + 1, until)):
            found |= {i: "commentary" for i in range(after_rule + 1, until) if i in inside and i not in found}
    if "commentary" in found.values() or WRITER.search(text):
        found |= _told_by_writer(text, paragraphs, labels, inside, found)
    return found


@lru_cache(maxsize=10_000)
def _told_by_office(label: str, heads: tuple[str, ...]) -> re.Pattern[str] | None:
    """How a paragraph begins that tells what a head of state or government did next, where the speaker is one by any label."""
    surname = surname_of(label)
    mine = [other.lower() for other in heads if surname and surname in other]
    offices = [office for office in HEADS if any(office in words for words in mine)]
    return re.compile(rf"(?:{NEXT},? )?[Tt]he (?i:{'|'.join(offices)})(?! of\b) {DID}") if offices else None


def _is_told_live(text: str, paragraphs: list[Paragraph], label: Candidate, index: int) -> bool:
    """Whether a paragraph of a live blog's entry comes after what its label quotes: one paragraph, or more in quotation marks."""
    is_first = index == label.paragraph + 1 and label.rest >= paragraphs[label.paragraph].end
    return not is_first and QUOTED.match(text, paragraphs[index].start) is None


def _after_last_remark(
    text: str, paragraphs: list[Paragraph], found: dict[int, str], last_turn: range, inside: set[int]
) -> dict[int, str]:
    """What follows a remark marked as the writer's in the last turn, if nobody speaks in it: his name, his regards."""
    remark = next((i for i in last_turn if found.get(i) == "commentary" and is_remark(text[paragraphs[i].start :][:60])), None)
    if remark is None or _is_spoken(text, paragraphs, range(remark + 1, last_turn.stop)):
        return {}
    return {i: "commentary" for i in range(remark + 1, last_turn.stop) if i in inside and i not in found}


def _told_by_writer(
    text: str, paragraphs: list[Paragraph], labels: list[Candidate], inside: set[int], found: dict[int, str]
) -> dict[int, str]:
    """Where somebody remarks between the turns, what else he says there without marking it: it tells of the speaker by surname.

    From such a paragraph up to the next label the writer speaks.
    """
    told: dict[int, str] = {}
    for label, following in itertools.pairwise(labels):
        surname = "" if label.features.get("anonymous") else surname_of(label.label)
        if len(surname) < 4 or surname.lower() in TOLD_OF or ROLE.fullmatch(surname):
            continue
        of_him = _tale_of(surname)
        for i in range(label.paragraph + 1, following.paragraph):
            body = text[paragraphs[i].start : paragraphs[i].end]
            if i in inside and i not in found and of_him.search(body) and not QUOTED.search(body):
                told |= {k: "commentary" for k in range(i, following.paragraph) if k in inside and k not in found}
                break
    return told


def _zone_between(text: str, paragraph: Paragraph, body: str, told: re.Pattern[str] | None, has_asides: bool) -> str | None:
    """The zone of one paragraph between two labels that is nobody's speech; None for speech. `body` is empty for long ones."""
    if is_remark(text[paragraph.start : paragraph.start + 60]):
        is_own = body[:10].lower() == "correction" and FIRST_PERSON.search(body)  # a speaker's of what he said
        return None if is_own else "commentary"
    if not body:
        return None
    is_aside = _is_aside(body) if paragraph.is_italic and has_asides else IN_ITALICS.match(body) and _is_told_aside(body)
    is_tale = told is not None and told.match(body) and not FIRST_PERSON.search(body)
    if is_aside or is_tale or LONG_BRACKET.match(body) or _is_long_aside(body):
        return "commentary"
    if SPONSOR.match(body) or (paragraph.is_italic and SPONSOR.match(f"*{body}*")):
        return "boilerplate"
    if len(body) < MOST_OF_PROCEEDINGS and CAPTION.match(body) and not FIRST_PERSON.search(body):
        return "boilerplate"
    is_row = paragraph.box and TABLE_ROW.match(body)
    return "boilerplate" if is_row or FURNITURE.match(body) or is_of_the_record(body) else None


@lru_cache(maxsize=10_000)
def told_of(label: str) -> re.Pattern[str] | None:
    """How a paragraph begins that tells of a label's speaker, as nobody speaks of himself: by office, or by surname and a verb."""
    words = label.replace("\xa0", " ").split(",")[0].split("(")[0].split()
    surname = surname_of(label)
    offices = sorted(TOLD_OF.intersection(word.strip(".").lower() for word in words))
    ways = [rf"The (?:{'|'.join(office.title() for office in offices)})(?! (?:of|for|and|who|to)\b) [a-z]"] if offices else []
    if len(surname) > 3 and surname.lower() not in TOLD_OF and not ROLE.fullmatch(surname):
        known = "|".join(map(re.escape, {surname, surname.title()}))
        ways.append(rf"(?:(?:M[rs]s?|Dr|{'|'.join(sorted(office.title() for office in TOLD_OF))})\.? )?(?:{known}) {OF_A_TALE}")
    return re.compile("|".join(ways)) if ways else None


def _is_long_aside(body: str) -> bool:
    """Whether a paragraph in round brackets tells of something, as a reporter or a translator does."""
    return LONG_ASIDE.match(body) is not None and not HECKLED.search(body) and not FIRST_PERSON.search(OF_THE_PAPER.sub("", body))


def surname_of(label: str) -> str:
    """The last word of a label, without what follows a comma or a bracket."""
    words = label.replace("\xa0", " ").split(",")[0].split("(")[0].split()
    return words[-1].strip(".:*_") if words else ""


@lru_cache(maxsize=10_000)
def _tale_of(surname: str) -> re.Pattern[str]:
    """What is said of somebody by surname: "Holm's", "Holm smiled"; not "I am Holm"."""
    name = "|".join(map(re.escape, sorted({surname, surname.title()})))
    return re.compile(rf"(?<!I['’]m )(?<!I am )\b(?:{name})(?:['’]s\b| {OF_ANOTHER}\b| {OF_A_TALE})")


def _is_told_aside(body: str) -> bool:
    """Whether Markdown's italics hold a sentence in which nobody says I, we or you: some read a poem or a letter in italics."""
    return _is_aside(body.strip("*_")) and not FIRST_PERSON.search(body)


def are_few_in_italics(said: list[Paragraph]) -> bool:
    """Whether some paragraphs, and no more than a third, are in italics: then italics mark what is not said."""
    return 0 < sum(paragraph.is_italic for paragraph in said) * FEW_ITALIC <= len(said)


def _is_aside(body: str) -> bool:
    """Whether a paragraph in italics is a sentence of the page's own: no stage direction in brackets, no head, no quotation."""
    is_set_apart = body[:1] in "([\"“«„" or len(body) < SENTENCE_LENGTH
    return bool(body) and not is_set_apart and ENDS_SENTENCE.search(body[-4:]) is not None


def _goes_back_in_time(text: str, paragraphs: list[Paragraph]) -> bool:
    """Whether lines that hold nothing but a time of day go back: a live blog, whose entries are told by the page."""
    times = []
    for paragraph in paragraphs:
        if paragraph.end - paragraph.start < 20 and (found := CLOCK.match(text, paragraph.start, paragraph.end)):
            hour = int(found[1]) % 12 + 12 * (found[3] in "Pp") if found[3] else int(found[1])
            times.append(60 * hour + int(found[2]))
    later = sum(a < b for a, b in itertools.pairwise(times))
    return len(times) >= LIVE and later * 4 < len(times)


def is_of_the_record(body: str) -> bool:
    """Whether the record itself speaks: who asks from here on, how they voted, when they rose."""
    return EXAMINATION.match(body) is not None or (len(body) < MOST_OF_PROCEEDINGS and PROCEEDINGS.match(body) is not None)


def _is_footnote(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with the number of a note that the text before refers to, right after a word: "the fund[1]"."""
    found = FOOTNOTE.match(text, paragraph.start, paragraph.end)
    at = text.find(f"[{found[1] or found[2]}]", 0, paragraph.start) if found else 0
    return at > 0 and not text[at - 1].isspace()


def is_remark(text: str) -> bool:
    """Whether a paragraph begins as a writer marks a remark of his own."""
    return REMARK.match(text[:60]) is not None


def _is_spoken(text: str, paragraphs: list[Paragraph], indexes: range) -> bool:
    return any(FIRST_PERSON.search(text, paragraphs[i].start, paragraphs[i].end) for i in indexes)


def _is_marked_end(text: str, paragraph: Paragraph) -> bool:
    if paragraph.end - paragraph.start >= PLUG_LENGTH:
        return False
    body = text[paragraph.start : paragraph.end]
    is_head = paragraph.is_heading or paragraph.bold >= len(body)
    if (is_head or body.lower() == "show notes") and NOTES_HEAD.match(body):
        return True
    if (is_head and FURNITURE.match(body)) or (len(body) < PAGE_DATA_LINE and PAGE_DATA.match(body)):
        return True
    return (is_end_mark(body) and not OMISSION.match(body)) or is_plug(body)


def _speaks_of(surname: str, body: str) -> bool:
    if len(surname) < 4 or surname not in body:
        return False
    return re.search(rf"(?<!I['’]m )(?<!I am )\b{re.escape(surname)}\b(?!:)", body) is not None
