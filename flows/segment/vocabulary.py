"""Words that tell a label from other text: honorifics, roles, the anonymous, and what is no one's name."""

from __future__ import annotations

import re


def words(text: str) -> list[str]:
    """The words of a list that is written as one string."""
    return text.split()


HONORIFICS = words(
    "Mr Mrs Ms Miss Mx Dr Prof Sir Dame Lord Lady Baroness Viscount Earl Rev Hon Gen Sen Rep Gov Col Capt Adm Lt Amb Sgt "
    "Herr Frau Monsieur Madame Mme M Sr Sra Senator Representative Congressman Congresswoman"
)
HONORIFIC = rf"(?:{'|'.join(HONORIFICS)})"

ROLE_WORDS = words(
    "president minister chancellor premier governor senator mayor secretary speaker chair(?:man|woman|person)? moderator host "
    "anchor presenter interpreter translator director head ambassador general admiral colonel commissioner judge justice "
    "attorney counsel administrator advis[eo]r aide deputy leader member officer official chief ceo founder editor "
    "correspondent representative delegate rector professor dean king queen prince princess patriarch "
    "spokes(?:man|woman|person) coordinator clerk witness operator pastor reverend staff journalist reporter lady gentleman "
    "corporal sergeant lieutenant citizen abgeordneter? (?:staats)?sekretär(?:in)? "
    "(?:vize|alters)?präsident(?:in)? (?:bundes|staats)?minister(?:in)? (?:bundes)?kanzler(?:in)? "
    "(?:vice-)?présidente? ministre députée? sénateur sénatrice (?:vice)?president[ea] "
    "secretari[oa] portavoz ministr[oa] consejer[oa] gobernadora? alcalde(?:sa)? "
    "президент министр губернатор премьер-министр председатель депутат канцлер посол міністр міністерка депутатка "
    "прем['’]єр-міністр(?:ка)?"
)
ROLE = re.compile(
    rf"(?<!\bto )\b(?:(?:vice[- ]?|deputy |acting |first |prime |co-?)*(?:{'|'.join(ROLE_WORDS)}))\b(?!['’]s)",
    re.I,
)

ANONYMOUS = re.compile(
    r"(?:Q|A|Q\.|A\.|Question|Answer|Remark|Reply|Response|Comment|Audience(?: Members?)?"
    r"|(?:Audience )?Members?(?: of the (?:audience|media|press))?|Participants?|(?:A )?Voices?|Reporters?|Press|Media"
    r"|(?:Unidentified|Unknown)(?: \w+){0,2}"
    r"|(?:Response|Remark|Voice|Reply|Question|Shout|Cry|Cries)s? from (?:the )?\w+(?: \w+)?"
    r"|Speakers?(?: \d+)?|Interviewer|Interviewee|Moderator|Operator|Interpreter|Translator|All|Several|Others?"
    r"|(?:Male|Female)(?: \w+)?|Journalists?|Correspondents?|Ques?tioner|Volunteer|Child(?:ren)?|Student|Man|Woman|Crowd"
    r"|Staff|Protest[eo]rs?|Hecklers?|Volunteers?|(?:\w+ ){0,4}Crew(?: Members?)?"
    r"|Replica|Вопрос|Ответ|Реплика|Ведущ(?:ий|ая)|Модератор|Корреспондент|Журналист(?:ка)?|Из зала"
    r"|主持人|主持|记者|記者|追问|追問|问|問|答|Moderatorin|Frage|Antwort|Pregunta|Réponse)\s*\d{0,2}",
    re.I,
)

# A label whose last word is one of these names a body, not a person; heads of lists look like that.
ORGANISATION = re.compile(
    r"\b(?:university|school|college|academy|institute|institution|association|federation|department|office|council|centers?"
    r"|committee|commission|agency|bureau|foundation|company|corporation|inc|llc|union|party|county|city|state|states|ministry"
    r"|authority|administration|program|programme|initiative|act|plan|fund|bank|network|project|coalition|alliance|group"
    r"|organi[sz]ation|law|news|times|post|journal|tribune|press|radio|television|tv|magazine|district|hospital)s?\W*$",
    re.I,
)

# Heads of paragraphs that end in a colon and name no one: what a document says of itself, lists, votes.
NOT_A_SPEAKER = re.compile(
    r"(?:note|notes|photo|photos|source|sources|tags?|contact|date|time|place|location|venue|where|when|see|related|updates?"
    r"|subscribe|copyright|correction|editor.?s note|speakers|participants|panelists|moderators|present|attendees"
    r"|panel|roundtable|topic|theme|session"
    r"|background|summary|video|audio|watch|read more|links?|title|subject|re|from|to|cc|tel|phone|fax|email|e-?mail"
    r"|address|published|posted|by|written by|purpose|total|example|warning|caption|download|category|categories"
    r"|conclusion|introduction|ps|p\.s|via|credits?|file|format|page|bill|section"
    r"|first|second|third|fourth|fifth|finally|lastly|firstly|secondly|thirdly|vote|yeas|nays|not voting|end|fact|myth"
    r"|status|size|type|for immediate release|embargoed.*|media contact"
    r"|(?:Antrag|Anträge|Beschlussempfehlung(?:en)?|Berichte?|Unterrichtung|Entwurf|Gesetzentwurf|(?:Große|Kleine) Anfrage|Anlage"
    r"|Überweisungsvorschlag|Berichterstattung"
    r"|Vereinbarte Debatte|Aktuelle Stunde|Befragung|Beratung|Zusatzpunkt|(?:Zusatz)?tagesordnungspunkt|Drucksache|Zurufe?"
    r"|Ergebnis|(?:Ein |Zum )?Beispiele?|(?:(?:Das|Mein|Ihr|Unser) )?Fazit|Im Gegenteil|Im Übrigen|\w+ heißt"
    r"|(?:Die )?(?:Fakt|Tatsache|Wahrheit|Frage|Antwort|Folge|Lösung|Konsequenz) (?:ist|lautet)|Par exemple|Por ejemplo|Например"
    r"|Endgültiges Ergebnis|Wahlvorschlag|Zweite|Dritte|Erste)\b.*|(?:Zu )?Beginn|Schluss|Ende|Abgegebene Stimmen|davon"
    r"|(?:出席|缺席|列席|請假)\w*|(?:功能團體|地方選區|功能界別|地方選舉)\w*|贊成|反對|棄權|日期|時間|地點|資料來源|来源|來源|包括|例如|備註|附[件錄表]|[圖表]\d*"
    r"|above|below|pictured|images?|figure|table|signed"
    r"|(?:\w+ of )?(?:article|section|annex|chapter|part|title|paragraph|clause)\W+(?:[IVXLC]+|\d+)|about \w.*"
    r"|.*(?:text|message|statement|letter|transcript|excerpts?|facts|list|highlights|quotes?|agenda|timeline)"
    r"(?: (?:of|from|by|on|to) .*)?)",
    re.I,
)

# Words that begin a sentence rather than a name.
OPENERS = frozenset(
    words(
        "i we you he she it they my our your his her its their this that these those there here and but so or if when while "
        "because as since although though in on at by for from with of to into about what why how who where which now then "
        "well yes no not also even just only still again once let please thank thanks dear first second third firstly secondly "
        "finally however therefore moreover furthermore another one two three many some most all every each after before "
        "during under over between do does did is are was were can could will would should may might must "
        "have has had nor yet both either such same more less today tomorrow yesterday good hello hi okay ok oh look next "
        "last also listen remember imagine according regarding as-for "
        # German, without the articles and what English has too
        "ich wir ihr sie es ein eine einen im am zum zur vom und aber oder denn wenn weil dass daß dann danke apropos erster erste "
        "erstens zweiter zweite zweitens dritter dritte drittens letzter letzte letztes vorletzte mein meine unser unsere euer "
        "liebe lieber verehrte verehrter sehr meines unseres kurzum schließlich übrigens immerhin zudem abschließend zunächst "
        "zusammenfassend zusammengefasst deshalb darum daher nun jetzt hier auch noch nur so stichpunkt "
        # French, Spanish, Catalan, Russian
        "je nous vous il elle ils elles premièrement deuxièmement troisièmement enfin ensuite donc mais mes mon notre nos cher "
        "yo nosotros usted ustedes primero segundo tercero finalmente entonces pero vostè vostès nosaltres "
        "я мы вы он она они это первое второе третье во-первых во-вторых в-третьих итак далее наконец поэтому но наш наша "
        "chers уважаемый уважаемые дорогие"
    )
)
JOINERS = frozenset(words("and but so or as for to with about because"))  # no label begins with these and goes on
VERB = re.compile(
    r"\b(?:said|says|say|saying|told|asks?|asked|adds?|added|am|is|are|was|were|has|have|had|will|would|reads?|following|follows"
    r"|reported|wrote|writes|including|includes?|announced|question|answer is|know|think|believe|want|going|being|been|did"
    r"|does|can|should)\b"
)
SMALL_WORDS = frozenset(
    words(
        "of the and for de da do dos la le du des von van der den bin ibn al el pro tempore in on at to a an y e i und für & "
        "with sur en no jr sr von zu di del della"
    )
)
TIME = r"(?:[\[(<]?\d{1,2}(?::\d\d){1,2}[\])>]?)"
# Words by which speakers mean themselves, in the languages of the corpora.
OWN_WORDS = (
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|me|[Ii]ch|[Ww]ir|[Uu]ns|[Mm]ich|[Uu]nsere?[mnrs]?|[Jj]e|[Nn]ous|[Nn]otre|[Yy]o|[Nn]osotros|[Nn]uestr[oa]s?"
    r"|[Яя]|[Мм]не|[Мм]еня|[Мм]ы|[Нн]ас|[Нн]ам|[Нн]аш\w*|[Мм]и|[Мм]ені|[Мм]ене)\b"
)
IN_ITALICS = re.compile(r"([*_])(?!\1)[^*_\n]{3,}\1$")  # all of a paragraph, as Markdown sets it
QUOTED_PARAGRAPH = re.compile(r">(?!>)\s?\S")  # as Markdown sets a quotation
GREETING = re.compile(
    r"(?:dear|esteemed|good (?:morning|afternoon|evening|day)|hello|hi\b|thank|thanks|colleagues|friends|ladies and"
    r"|mr\.? (?:president|speaker|chair)|madam|welcome|yes\b|no\b|well\b|уважаем|дорог|добрый|здравствуйте|спасибо|да\b|нет\b)",
    re.I,
)
VOCATIVE = re.compile(
    r"(?:Mr|Mrs|Ms|Madam|Madame|Dear)\.? (?:Vice |Prime )?"
    r"(?:President|Speaker|Chair\w*|Minister|Secretary|Chancellor|Governor)\b(?: ?,| \w+ \w+ |$)"
)
VOCATIVE_AFTER_COMMA = re.compile(
    r",\s+(?:Mr|Mrs|Ms|Madam|Mme|Dr|dear|sir|colleagues|friends)\b"
    r"|,\s+(?:and )?(?:my|our|your) \w|,\s+(?:and )?members of\b|,[^,]+ — a\b"
)
CJK_TITLE = re.compile(  # what stands after a Chinese name, or is an office; a bare name has four characters at most
    r"(?:主席|議員|议员|[局司署處部市校院會会]長|[局司署处部市校院会]长|總理|总理|總統|总统|長官|长官|秘書|秘书|發言人|发言人|先生|女士|小姐|主持人?|記者|记者"
    r"|代表|委員|委员|大使|主任|書記|书记|教授|博士|經理|经理|律師|律师|專員|专员)"
)
CJK_NOT_A_NAME = re.compile(r"[。，、？！；「」“”]|(?:說|说|是|道|問|问|表示|指出|如下|例如|說明|说明|註|注)$")
