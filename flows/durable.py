"""Puts what a run wrote onto the disk: just these files and their folders, since `sync` waits for every other program's too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FOREIGN = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "vfat", "exfat", "fuseblk", "9p", "ceph"})  # and fuse.*
MOUNTS = Path("/proc/self/mounts")
AT_ONCE = 16  # flushes under way at one time share the file system's commits


def flush(files: Iterable[Path], root: Path) -> None:
    """Waits until the files and the names that lead to them, from `root` down, would survive a power cut.

    Raises OSError where the disk refuses, and FileNotFoundError where one of the files is not there.
    """
    files = set(files)
    holding = {file.parent for file in files}
    folders = {folder for held in holding for folder in (held, *held.parents) if folder == root or root in folder.parents}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for each in (files, folders):  # a name must not come to the disk before what it names
            list(pool.map(_flush, each))


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def doubt(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """Why a rename in the folder may not be one step for every reader; None where it is, or where nothing tells."""
    if not mounts.exists():
        return None
    place = folder.resolve()
    kinds = {}
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _, mounted, kind, *_ = line.split(" ")
        kinds[Path(mounted.replace("\\040", " "))] = kind
    kind = next((kinds[path] for path in (place, *place.parents) if path in kinds), "")
    if kind in FOREIGN or kind.startswith("fuse."):
        return f"{folder} lies on {kind}: replacing a file may not be one step for readers on other machines (docs/recovery.md)"
    return None
