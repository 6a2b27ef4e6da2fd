"""A source's file: where its documents are, under which terms, how fast to ask, how many to expect. TOML, read strictly."""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

SHIPPED = Path(__file__).resolve().parent.parent / "sources"
FOLDERS_SETTING = "ONRECORD_SOURCES"

Kind = Literal["feed", "sitemap", "listing", "substack", "archive", "folder"]


class SourceError(Exception):
    """A source's file that cannot be used; the message names the file, the key and what to do."""


def _is_web_address(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("must be a web address that begins with http:// or https://")
    return value


def _compiles(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from error
    return value


WebAddress = Annotated[str, AfterValidator(_is_web_address)]
Pattern = Annotated[str, AfterValidator(_compiles)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Index(_Part):
    """What names the source's documents."""

    kind: Kind
    url: WebAddress | None = None
    path: Path | None = None  # kind folder; relative to the file's own folder, absolute once loaded
    pages: int = Field(default=10_000, ge=1)  # at most so many pages of the index are read by a run without --since

    @model_validator(mode="after")
    def _has_its_address(self) -> Self:
        wanted, other = ("path", "url") if self.kind == "folder" else ("url", "path")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise ValueError(f'kind = "{self.kind}" needs {wanted} and takes no {other}')
        return self


class Documents(_Part):
    """Which of the addresses that the index names are documents, and when they are asked for again."""

    include: Pattern | None = None  # searched in the whole address
    exclude: Pattern | None = None
    fetch_as: str | None = None  # the address to ask for in place of the named one; \\1 is the first group of include, ...
    day: Pattern | None = None  # its group is the day that an address states, for --since and --until where the index is silent
    hosts: tuple[str, ...] = ()  # where given, redirects may lead to these hosts only
    revisit_days: int | None = Field(default=None, ge=0)  # published longer ago: not asked again once held. None: always asked
    per_run: int | None = Field(default=None, ge=1)  # at most so many new documents a run; the next run goes on

    @model_validator(mode="after")
    def _patterns_have_their_groups(self) -> Self:
        if self.day and re.compile(self.day).groups != 1:
            raise ValueError("day must have one group: the part of the address that is the day")
        if self.fetch_as and not self.include:
            raise ValueError("fetch_as rewrites what include matches: it needs include")
        return self

    def admits(self, address: str) -> bool:
        """Whether an address that the index names is a document's."""
        if self.exclude and re.search(self.exclude, address):
            return False
        return self.include is None or re.search(self.include, address) is not None

    def asked_for_as(self, address: str) -> str:
        """The address to ask for, given one that is admitted."""
        found = re.search(self.include, address) if self.fetch_as and self.include else None
        return found.expand(self.fetch_as) if found and self.fetch_as else address

    def day_in(self, address: str) -> str | None:
        """What the address itself states of its day."""
        found = re.search(self.day, address) if self.day else None
        return found[1] if found else None


class Pace(_Part):
    """How gently a host is asked. The larger of delay_seconds and what its robots.txt says counts."""

    delay_seconds: float = Field(default=1.0, ge=0, le=3600)
    concurrency: int = Field(default=1, ge=1, le=64)


class Limits(_Part):
    """What one request may take, and how often it is tried."""

    seconds: float = Field(default=60.0, gt=0, le=3600)
    seconds_without_progress: float = Field(default=30.0, gt=0, le=600)
    bytes: int = Field(default=50_000_000, gt=0)
    tries: int = Field(default=3, ge=1, le=10)
    backoff_seconds: float = Field(default=1.0, ge=0, le=600)  # before the second try; doubles with each further one
    longest_wait_seconds: float = Field(default=120.0, ge=0)  # a host that asks for more (Retry-After) waits for the next run
    failures_in_a_row: int = Field(default=20, ge=1)  # then the host is left alone until the next run


class Expect(_Part):
    """What is normal for the source."""

    documents_per_week: tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]] | None = None
    fail: bool = False  # True: a volume outside the range stops publication
    quarantined_at_most: int | None = Field(default=None, ge=0)  # more documents of a run in quarantine stop publication

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.documents_per_week and self.documents_per_week[0] > self.documents_per_week[1]:
            raise ValueError("documents_per_week is [least, most]")
        return self


class SourceFile(_Part):
    """One source, as its file says."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = ""
    homepage: WebAddress | None = None
    licence: str = "not stated"  # SPDX id, or a sentence
    attribution: str | None = None  # how the publisher wants to be named
    language: str | None = None  # BCP 47
    since: dt.date | None = None  # nothing published before this day is asked for
    enabled: bool = True  # False: fetched only when it is named (--source NAME)
    forbidden: str | None = None  # why its pages must not be fetched; only local archives of it are read
    note: str | None = None
    label_hints: tuple[str, ...] = ()
    index: Index
    documents: Documents = Documents()
    pace: Pace = Pace()
    limits: Limits = Limits()
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _can_tell_documents(self) -> Self:
        if self.index.kind == "listing" and not self.documents.include:
            raise ValueError("a listing links to much else: documents.include must say which addresses are documents")
        return self

    @property
    def is_live(self) -> bool:
        return self.index.kind != "folder"


def load_source(path: Path) -> SourceFile:
    """Reads one source's file. Raises SourceError naming the file, the key and what to do."""
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}: is no TOML ({error}); docs/sources.md shows a whole file") from error
    try:
        source = SourceFile.model_validate(tree)
    except ValidationError as error:
        raise SourceError("\n".join(f"{path}: {_told(problem)}" for problem in error.errors())) from error
    if source.index.path is None:
        return source
    folder = (path.parent / source.index.path.expanduser()).resolve()
    return source.model_copy(update={"index": source.index.model_copy(update={"path": folder})})


def load_sources(folders: Iterable[Path] | None = None) -> dict[str, SourceFile]:
    """All sources of the folders by name; without folders those that are shipped and those that ONRECORD_SOURCES names.

    A file of a later folder takes the place of one with the same name in an earlier folder, so a shipped source can be
    changed without touching it. Raises SourceError for a file that cannot be used, a folder that is not there and a name
    that two files of one folder share.
    """
    found: dict[str, SourceFile] = {}
    for folder in source_folders() if folders is None else folders:
        if not folder.is_dir():
            raise SourceError(f"{folder}: no such folder; correct {FOLDERS_SETTING} (folders, separated by '{os.pathsep}')")
        here: dict[str, Path] = {}
        for path in sorted(folder.glob("*.toml")):
            source = load_source(path)
            if source.name in here:
                raise SourceError(f"{path}: name: '{source.name}' is {here[source.name].name}'s already; give it another")
            here[source.name] = path
            found[source.name] = source
    return found


def source_folders() -> list[Path]:
    """The shipped folder, then those of ONRECORD_SOURCES."""
    named = os.environ.get(FOLDERS_SETTING, "")
    return [SHIPPED, *(Path(part).expanduser() for part in named.split(os.pathsep) if part)]


def _told(problem: object) -> str:
    """One pydantic error as a sentence: the key, what is wrong, what to do."""
    assert isinstance(problem, dict)
    key = ".".join(str(part) for part in problem["loc"]) or "the file"
    match problem["type"]:
        case "extra_forbidden":
            return f"{key}: no such key; take it out, or see docs/sources.md for the keys"
        case "missing":
            return f"{key}: is missing; add it (docs/sources.md shows a whole file)"
        case "literal_error":
            return f"{key}: is {problem['input']!r}, must be {problem['ctx']['expected']}"
        case "string_pattern_mismatch":
            return f"{key}: is {problem['input']!r}, may hold a-z, 0-9 and - only"
        case "value_error":
            return f"{key}: {problem['ctx']['error']}"
    return f"{key}: {problem['msg']}, but it is {problem['input']!r}"
