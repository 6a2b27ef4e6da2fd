"""What the tests of the readers look at: who says what, and what nobody says."""

from flows.clean.cleaned import Cleaned, Hints
from flows.clean.read import clean


def only(content: bytes | str, origin: str = "sitting.xml") -> Cleaned:
    """The one document in the bytes."""
    (document,) = clean(content.encode() if isinstance(content, str) else content, Hints(origin))
    assert isinstance(document, Cleaned)
    return document


def said(document: Cleaned) -> list[tuple[str | None, str]]:
    """(label, words) of each paragraph of speech, without the label where it stands in the paragraph."""
    found = []
    for p in document.paragraphs:
        if p.voice is not None and p.is_speech:
            voice = document.voices[p.voice]
            start = p.start
            if voice.label_end is not None and p.start < voice.label_end <= p.end:
                start = voice.label_end
            found.append((voice.label, document.text[start : p.end].lstrip(" :.")))
    return found


def unsaid(document: Cleaned) -> list[str]:
    """The paragraphs that are nobody's words."""
    return [document.text[p.start : p.end] for p in document.paragraphs if p.voice is None or not p.is_speech]


def labels(document: Cleaned) -> list[str]:
    """The voices' labels as they stand in the text."""
    return [document.text[v.label_start : v.label_end] for v in document.voices if v.label_start is not None]
