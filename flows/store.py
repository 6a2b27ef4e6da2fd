"""Raw bytes, kept as they came: each file is named by the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from flows import durable

HALF_WRITTEN = ".new"  # the folder in which files are written before they have their name


class DamagedBytes(Exception):
    """Stored bytes that are missing or do not hash to their name."""


class RawStore:
    """A folder of content-addressed files, `ab/abcdef…`. Writing the same bytes twice writes them once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fresh: list[Path] = []  # written, but perhaps not on the disk yet

    def path(self, digest: str) -> Path:
        """Where the bytes of that SHA-256 in hex are, or would be."""
        return self.folder / digest[:2] / digest

    def put(self, content: bytes) -> str:
        """Keeps the bytes; returns their SHA-256 in hex. Another process may put the same bytes at the same time."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if self.holds(digest):
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / HALF_WRITTEN).mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.folder / HALF_WRITTEN)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o444)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        self._fresh.append(path)
        return digest

    def flush(self) -> None:
        """Waits until all that was put is on the disk: before anything says that it is there."""
        fresh, self._fresh = self._fresh, []
        durable.flush(fresh, self.folder)

    def holds(self, digest: str) -> bool:
        """Whether the bytes are there and whole: after a power cut a file may stand there as zeros."""
        try:
            with self.path(digest).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except FileNotFoundError:
            return False

    def size(self, digest: str) -> int | None:
        """How many bytes are kept under that name; None where there are none."""
        try:
            return self.path(digest).stat().st_size
        except FileNotFoundError:
            return None

    def head(self, digest: str, length: int) -> bytes:
        """The first bytes."""
        with self.path(digest).open("rb") as file:
            return file.read(length)

    def get(self, digest: str) -> bytes:
        """The bytes of that name. Raises DamagedBytes where they are missing or others."""
        path = self.path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise DamagedBytes(f"raw bytes {digest} are missing: {path}") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedBytes(f"raw bytes {digest} do not hash to their name: {path}")
        return content
