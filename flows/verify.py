"""Proves every published span: raw bytes hash to their name, text comes out of them again, every quote stands at its offsets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from flows.clean.cleaned import Cleaned, CleanError, Hints
from flows.clean.read import clean_as
from flows.objects import RawObjects, raw_store
from flows.store import DamagedBytes, RawStore

# table, id, the column that must stand at the offsets, the offsets
SPANS = (
    ("turns", "turn_id", "text", "char_start", "char_end"),
    ("turns", "turn_id", "label", "label_start", "label_end"),
    ("sentences", "sentence_id", "text", "char_start", "char_end"),
    ("numeric_mentions", "mention_id", "surface", "char_start", "char_end"),
    ("numeric_claims", "claim_id", "surface", "char_start", "char_end"),
    ("numeric_claims", "claim_id", "subject", "subject_start", "subject_end"),
)
# table, its parent, the key: what must lie within what
WITHIN = (
    ("sentences", "turns", "turn_id"),
    ("numeric_mentions", "sentences", "sentence_id"),
    ("numeric_claims", "sentences", "sentence_id"),
)


def verify(database: Path, raw: Path | str, cleaner: str, progress: Callable[[int, int], None] = lambda *_: None) -> Iterator[str]:
    """One line a break; none where everything holds. Lines that begin with `note:` are no breaks.

    `cleaner` is the fingerprint of the code that is installed: versions that it made are cleaned again from their bytes;
    those of an older one are proved against their stored text.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        yield from _bytes_and_texts(connection, raw_store(raw), cleaner, progress)
        yield from _spans(connection)


def _bytes_and_texts(
    connection: duckdb.DuckDBPyConnection, store: RawStore | RawObjects, cleaner: str, progress: Callable[[int, int], None]
) -> Iterator[str]:
    rows = connection.execute(
        "select content_sha256, format, source, origin, external_id, document_id, version, cleaner, url "
        "from history.documents order by content_sha256, document_id, version"
    ).fetchall()
    by_bytes: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for digest, format, *rest in rows:
        by_bytes[digest, format].append(tuple(rest))
    older = 0
    for number, ((digest, format), documents) in enumerate(by_bytes.items()):
        progress(number, len(by_bytes))
        try:
            content = store.get(digest)
        except DamagedBytes as error:
            yield f"{documents[0][1]}: {error}"
            continue
        mine = [d for d in documents if d[5] == cleaner]
        older += len(documents) - len(mine)
        yield from _texts(connection, content, format, mine)
    if older:
        yield f"note: {older} versions were made by an older cleaner; they are proved against their stored text"


def _texts(connection: duckdb.DuckDBPyConnection, content: bytes, format: str, documents: list[tuple[str, ...]]) -> Iterator[str]:
    if not documents:
        return
    source, origin, _, _, _, _, url = documents[0]
    name = origin.rpartition("#")[0] or origin if format == "jsonl" else origin
    try:
        read = clean_as(content, Hints(origin=name, source=source, url=url), format)
        again = {(d.external_id, d.text) for d in read if isinstance(d, Cleaned)}
    except CleanError as error:
        yield f"{origin}: its bytes can no longer be read: {error.reason}"
        return
    for _, origin, external_id, document_id, version, _, _ in documents:
        row = connection.execute(
            "select text from history.documents where document_id = ? and version = ?", [document_id, version]
        ).fetchone()
        if row is None or (external_id, row[0]) not in again:
            yield f"{origin}: document {document_id} version {version}: another text comes out of its bytes"


def _spans(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for table, key, column, start, end in SPANS:
        wrong = connection.execute(
            f"select t.{key}, d.origin, t.version from history.{table} as t "
            "inner join history.documents as d using (document_id, version) "
            f"where t.{start} is not null and (t.{end} > length(d.text) or "
            f"substr(d.text, t.{start} + 1, t.{end} - t.{start}) is distinct from t.{column})"
        ).fetchall()
        for row_id, origin, version in wrong:
            yield f"{origin}: version {version}: {table} {row_id}: its {column} does not stand at its offsets"
    for table, parent, key in WITHIN:
        wrong = connection.execute(
            f"select t.{key}, t.document_id, t.version from history.{table} as t "
            f"left join history.{parent} as p using (document_id, version, {key}) "
            f"where p.{key} is null or t.char_start < p.char_start or t.char_end > p.char_end"
        ).fetchall()
        for row_id, document_id, version in wrong:
            yield f"document {document_id} version {version}: {table} outside their {parent.removesuffix('s')} {row_id}"
    quotes = connection.execute(
        "select c.claim_id, d.origin from history.numeric_claims as c inner join history.sentences as s "
        "using (document_id, version, sentence_id) inner join history.documents as d using (document_id, version) "
        "where c.quote is distinct from s.text"
    ).fetchall()
    for claim_id, origin in quotes:
        yield f"{origin}: claim {claim_id}: its quote is not its sentence"
    outside = connection.execute(
        "select m.mention_id, d.origin from history.numeric_mentions as m inner join history.sentences as s "
        "using (document_id, version, sentence_id) inner join history.documents as d using (document_id, version) "
        "where not s.is_speech"
    ).fetchall()
    for mention_id, origin in outside:
        yield f"{origin}: mention {mention_id} stands outside speech"
    blocks = connection.execute(
        "select b.block_id, d.origin from history.blocks as b inner join history.documents as d using (document_id, version) "
        "where b.char_end > length(d.text)"
    ).fetchall()
    for block_id, origin in blocks:
        yield f"{origin}: block {block_id} reaches beyond the text"
