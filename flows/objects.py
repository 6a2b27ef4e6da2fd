"""The warehouse on an S3-compatible object store: raw bytes, Parquet, and the published database.

    raw/ab/abcdef…                         as in the folder: named by their SHA-256
    parquet/TABLE/source=…/month=…/….parquet   each key is written once, by one run
    manifests/RELEASE-….json               the Parquet files of a release
    databases/RELEASE-….duckdb             ledgers/….sqlite
    states/0000000001.json …               what is published; the highest number counts

A state names one database, one ledger and one manifest, all of which are there before it is. It is created with
`If-None-Match: *`, so that of two runs that began from the same state one publishes and the other is refused. What a state
replaces is removed when the next but one is published, so that readers can finish.

Credentials come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) or the machine's role,
never from the address.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from flows.settings import Address, MissingExtra
from flows.store import DamagedBytes, RawStore

AT_ONCE = 16  # requests under way at one time
CHUNK_BYTES = 8 * 1024 * 1024  # of a multipart upload, and of a download
ORPHANED = dt.timedelta(days=7)  # after which what a killed run uploaded is removed; no run takes so long
HELD = ".store.json"  # beside the local database: which state it is a copy of


class StoreError(OSError):
    """The object store cannot be used; the message says what it answered."""


class Overtaken(StoreError):
    """Another run published since this one began."""


@functools.cache
def bucket(address: str) -> Any:
    """The store behind an address, one a process. Raises MissingExtra where obstore is not installed."""
    place = Address.parse(address)
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise MissingExtra("ONRECORD_STORE needs obstore: install onrecord[s3] (docs/scale.md), or unset it") from error
    told: dict[str, Any] = {"region": place.region, "virtual_hosted_style_request": place.endpoint is None}
    if place.endpoint:
        told["endpoint"] = place.endpoint
    plain = (place.endpoint or "").startswith("http://")
    return S3Store(
        place.bucket,
        prefix=place.prefix,
        config=told,
        client_options={"allow_http": plain, "timeout": "300s", "connect_timeout": "10s"},
        retry_config={"max_retries": 5, "retry_timeout": dt.timedelta(seconds=120)},
    )


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What the store refuses, as one line of ours."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        raise StoreError(f"the object store: {str(error).splitlines()[0]}") from error


class RawObjects:
    """As `flows.store.RawStore`, in a bucket. What is put travels while the caller goes on; `flush` waits for it."""

    def __init__(self, address: str) -> None:
        self.bucket = bucket(address)
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._slots = BoundedSemaphore(2 * AT_ONCE)  # so that what waits does not fill the memory
        self._under_way: list[Future[None]] = []

    def put(self, content: bytes) -> str:
        """Begins to keep the bytes; returns their SHA-256 in hex. Raises StoreError, for these or earlier ones."""
        digest = hashlib.sha256(content).hexdigest()
        self._slots.acquire()
        self._under_way.append(self._pool.submit(self._keep, digest, content))
        while self._under_way and self._under_way[0].done():
            self._under_way.pop(0).result()
        return digest

    def flush(self) -> None:
        """Waits until all that was put is there. Raises StoreError where something is not."""
        under_way, self._under_way = self._under_way, []
        for one in under_way:
            one.result()

    def get(self, digest: str) -> bytes:
        """The bytes of that name. Raises DamagedBytes where they are missing or others, StoreError where the store fails."""
        import obstore

        try:
            with _told():
                content = bytes(obstore.get(self.bucket, _raw_key(digest)).bytes())
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise DamagedBytes(f"raw bytes {digest} are missing in the object store") from error
            raise
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedBytes(f"raw bytes {digest} in the object store do not hash to their name")
        return content

    def holds(self, digest: str) -> bool:
        """Whether the bytes are there and whole."""
        try:
            self.get(digest)
        except DamagedBytes:
            return False
        return True

    def size(self, digest: str) -> int | None:
        """How many bytes are kept under that name; None where there are none."""
        import obstore

        try:
            with _told():
                return int(obstore.head(self.bucket, _raw_key(digest))["size"])
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            raise

    def head(self, digest: str, length: int) -> bytes:
        """The first bytes."""
        import obstore

        with _told():
            return bytes(obstore.get_range(self.bucket, _raw_key(digest), start=0, length=length))

    def _keep(self, digest: str, content: bytes) -> None:
        import obstore

        try:
            if self.size(digest) != len(content):
                with _told():
                    obstore.put(self.bucket, _raw_key(digest), content)
        finally:
            self._slots.release()


@dataclass(frozen=True, slots=True)
class Kept:
    """An object that a state names, and what it must be."""

    key: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class State:
    """What is published: the object states/NUMBER.json."""

    number: int
    run_id: str
    release_id: str | None = None
    database: Kept | None = None
    ledger: Kept | None = None
    manifest: str | None = None
    replaced: list[str] = field(default_factory=list)  # keys of earlier states, removed when the next release is published

    @classmethod
    def read(cls, content: bytes) -> State:
        """A state as it was written. Raises StoreError for what is none."""
        try:
            told = json.loads(content)
            for name in ("database", "ledger"):
                told[name] = told[name] and Kept(**told[name])
            return cls(**told)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the object store: its last state is damaged, or of another version of onrecord: {error}") from error

    @property
    def keys(self) -> list[str]:
        """The keys of all objects that the state names."""
        kept = [one.key for one in (self.database, self.ledger) if one]
        return [*kept, *([self.manifest] if self.manifest else [])]


class Shelf:
    """The published states of a warehouse in a bucket, and this machine's copy of the last one in a folder."""

    def __init__(self, address: str, folder: Path) -> None:
        self.bucket = bucket(address)
        self.folder = folder
        self.state: State | None = None  # the one that this run began from or made

    def latest(self) -> State | None:
        """What is published now; None in an empty bucket. Raises StoreError."""
        import obstore

        with _told():
            keys = [one["path"] for page in obstore.list(self.bucket, prefix="states/") for one in page]
            return State.read(bytes(obstore.get(self.bucket, max(keys)).bytes())) if keys else None

    def pull(self) -> bool:
        """Makes the folder's database and ledger those of the published state; False where they are already.

        To be called with the folder's lock held. Raises StoreError, also where what is published is damaged.
        """
        self._refuse_stores_without_conditions()
        self.state = self.latest()
        if self.state is None or self._held() == self.state.number:
            return False
        database, ledger = self.folder / "onrecord.duckdb", self.folder / "ledger.sqlite"
        (self.folder / HELD).unlink(missing_ok=True)
        if self.state.ledger:
            fresh = self._download(self.state.ledger)
            for stray in (ledger.with_name(ledger.name + end) for end in ("-wal", "-shm")):
                stray.unlink(missing_ok=True)
            os.replace(fresh, ledger)
        if self.state.database and self.state.manifest:
            manifest = self.folder / "parquet" / "manifests" / f"{self.state.release_id}.json"
            manifest.parent.mkdir(parents=True, exist_ok=True)
            import obstore

            with _told():
                manifest.write_bytes(bytes(obstore.get(self.bucket, self.state.manifest).bytes()))
            fresh = self._download(self.state.database)
            database.with_name(database.name + ".wal").unlink(missing_ok=True)
            os.replace(fresh, database)
        self._hold(self.state.number)
        return True

    def publish(self, database: Path, ledger: Path, release_id: str, run_id: str, now: dt.datetime) -> None:
        """Uploads the database, the ledger that knows of it and what is new in Parquet, then makes them the published state.

        Raises Overtaken where another run published since `pull`, and StoreError; what readers see is then as it was.
        """
        before = self.state or State(0, "")
        suffix = run_id[-6:]
        manifest_key = f"manifests/{release_id}-{suffix}.json"
        manifest = self.folder / "parquet" / "manifests" / f"{release_id}.json"
        told = json.loads(manifest.read_text("utf-8"))
        known = self._files_of(before)
        self._upload_parquet(told["files"], known, suffix)
        text = json.dumps(told, indent=1) + "\n"
        manifest.write_text(text, "utf-8")
        self._upload(text.encode(), manifest_key)
        kept = self._upload(database, f"databases/{release_id}-{suffix}.duckdb")
        notes = self._upload_ledger(ledger, before.number + 1, run_id)
        lapsed = known - {entry["key"] for entry in told["files"]}
        state = State(before.number + 1, run_id, release_id, kept, notes, manifest_key, [*before.keys, *sorted(lapsed)])
        self._create(state)
        self._remove(before.replaced)
        self._remove_orphans({entry["key"] for entry in told["files"]}, now)

    def keep_ledger(self, ledger: Path, run_id: str) -> None:
        """Makes the ledger part of the published state. Raises Overtaken and StoreError."""
        before = self.state or State(0, "")
        kept = self._upload_ledger(ledger, before.number + 1, run_id)
        old = [key for key in before.replaced if key.startswith("ledgers/")]
        replaced = [key for key in before.replaced if key not in old] + ([before.ledger.key] if before.ledger else [])
        state = State(before.number + 1, run_id, before.release_id, before.database, kept, before.manifest, replaced)
        self._create(state)
        self._remove(old)

    def hold_state(self) -> None:
        """Notes that the folder's database and ledger are those of the state that was made last."""
        if self.state:
            self._hold(self.state.number)

    def _create(self, state: State) -> None:
        """The switch: from here on readers see the state."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        key = f"states/{state.number:010d}.json"
        content = (json.dumps(asdict(state), indent=1) + "\n").encode()
        try:
            with _told():
                obstore.put(self.bucket, key, content, mode="create", use_multipart=False)
        except StoreError as error:
            if not isinstance(error.__cause__, AlreadyExistsError):
                raise
            with _told():  # an answer that was lost is asked for again, and then meets what it made itself
                is_ours = bytes(obstore.get(self.bucket, key).bytes()) == content
            if not is_ours:
                raise Overtaken("another run published to the object store since this one began; run again") from error
        self.state = state

    def _refuse_stores_without_conditions(self) -> None:
        """A store that ignores `If-None-Match` would let two runs publish over each other."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        for _ in range(2):
            try:
                with _told():
                    obstore.put(self.bucket, "states.probe", b"", mode="create", use_multipart=False)
            except StoreError as error:
                if isinstance(error.__cause__, AlreadyExistsError):
                    return
                raise
        raise StoreError("the object store ignores If-None-Match, so one writer cannot be guaranteed; use another one")

    def _upload_ledger(self, ledger: Path, number: int, run_id: str) -> Kept:
        copy = self.folder / ".ledger-copy"
        with contextlib.closing(sqlite3.connect(ledger)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        kept = self._upload(copy, f"ledgers/{number:010d}-{run_id[-6:]}.sqlite")
        copy.unlink()
        return kept

    def _upload_parquet(self, entries: list[dict[str, Any]], known: set[str], suffix: str) -> None:
        """Uploads what the state before has not, under keys that no other run writes; notes the keys in the entries."""

        def upload(entry: dict[str, Any]) -> None:
            entry["key"] = f"parquet/{entry['path'].removesuffix('.parquet')}-{suffix}.parquet"
            self._upload(self.folder / "parquet" / entry["path"], entry["key"])

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(upload, [entry for entry in entries if entry.get("key") not in known]))

    def _upload(self, content: Path | bytes, key: str) -> Kept:
        import obstore

        with _told():
            obstore.put(self.bucket, key, content, chunk_size=CHUNK_BYTES)
        if isinstance(content, bytes):
            return Kept(key, hashlib.sha256(content).hexdigest(), len(content))
        with content.open("rb") as file:
            return Kept(key, hashlib.file_digest(file, "sha256").hexdigest(), content.stat().st_size)

    def _download(self, kept: Kept) -> Path:
        import obstore

        target = self.folder / ".download"
        digest = hashlib.sha256()
        with _told(), target.open("wb") as file:
            for chunk in obstore.get(self.bucket, kept.key).stream(min_chunk_size=CHUNK_BYTES):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != kept.sha256:
            target.unlink()
            raise StoreError(f"the object store: {kept.key} is not what was published; restore it from a backup of the bucket")
        return target

    def _files_of(self, state: State) -> set[str]:
        import obstore

        if state.manifest is None:
            return set()
        with _told():
            told = json.loads(bytes(obstore.get(self.bucket, state.manifest).bytes()))
        return {entry["key"] for entry in told["files"]}

    def _remove(self, keys: Iterable[str]) -> None:
        import obstore

        for key in keys:
            with contextlib.suppress(FileNotFoundError), _told_unless_missing():
                obstore.delete(self.bucket, key)

    def _remove_orphans(self, files: set[str], now: dt.datetime) -> None:
        """What runs that were killed uploaded, long ago."""
        import obstore

        assert self.state is not None
        named = {*files, *self.state.keys, *self.state.replaced}
        for prefix in ("parquet/", "databases/", "ledgers/", "manifests/"):
            with _told():
                found = [one for page in obstore.list(self.bucket, prefix=prefix) for one in page]
            before = now.replace(tzinfo=dt.UTC) - ORPHANED
            self._remove(one["path"] for one in found if one["path"] not in named and one["last_modified"] < before)

    def _held(self) -> int | None:
        try:
            number = json.loads((self.folder / HELD).read_text("utf-8"))["number"]
        except FileNotFoundError:
            return None
        return int(number) if (self.folder / "onrecord.duckdb").exists() or not (self.state and self.state.database) else None

    def _hold(self, number: int) -> None:
        temporary = self.folder / f"{HELD}.new"
        temporary.write_text(json.dumps({"number": number}), "utf-8")
        os.replace(temporary, self.folder / HELD)


@contextlib.contextmanager
def _told_unless_missing() -> Iterator[None]:
    try:
        with _told():
            yield
    except StoreError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise


def raw_store(place: Path | str) -> RawStore | RawObjects:
    """The raw bytes of a folder, or of the object store whose address it is."""
    return RawStore(place) if isinstance(place, Path) else RawObjects(place)


def _raw_key(digest: str) -> str:
    return f"raw/{digest[:2]}/{digest}"
