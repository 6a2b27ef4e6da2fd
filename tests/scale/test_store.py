"""A warehouse on an S3-compatible store is the same warehouse: any machine reads it, one at a time writes it, no kill breaks it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.objects import Address, RawObjects, Shelf, State, StoreError
from flows.pipeline import Asked, NotPublished, Session, Summary
from flows.pipeline import run as run_pipeline
from flows.settings import Settings
from flows.store import DamagedBytes
from tests.conftest import SAMPLES
from tests.serve.serving import free_port
from tests.state import differences, query
from tests.test_nights import sitting

SECRET = "a-secret-that-nobody-may-read"
KILLED = """
import os, signal, sys
from pathlib import Path
from flows import objects
from flows.cli import app
if __name__ == "__main__":
    setattr(objects.Shelf, sys.argv[1], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    app(["run", sys.argv[2], "--warehouse", sys.argv[3]])
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < end, "the S3 server does not start"
            time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(30)


@pytest.fixture
def store(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty bucket, with credentials in the environment."""
    name = f"bucket-{uuid.uuid4().hex[:12]}"
    urllib.request.urlopen(urllib.request.Request(f"{server}/{name}", method="PUT")).close()
    address = f"s3://{name}/press/warehouse?endpoint={server}"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "someone")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("ONRECORD_STORE", address)
    return address


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.html").write_text(sitting(number))
    return folder


def run(path: Path, machine: Path) -> Summary:
    return run_pipeline(Asked(paths=(path,)), Settings.from_environment(machine))


def onrecord(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def origins(machine: Path) -> list[str]:
    """What `onrecord query` shows on a machine."""
    shown = onrecord("query", "select origin from documents order by 1", "--format", "csv", "--warehouse", machine)
    assert shown.exit_code == 0, shown.output
    return shown.stdout.split()[1:]


def test_the_store_has_what_a_folder_has_and_another_machine_proves_it(tmp_path: Path, store: str) -> None:
    folder, here, there = (tmp_path / name for name in ("folder", "here", "there"))
    run_pipeline(Asked(paths=(SAMPLES,)), Settings.from_environment(folder, {}))
    assert run(SAMPLES, here).status == "published"
    assert differences(folder / "onrecord.duckdb", here / "onrecord.duckdb") == {}
    assert not (here / "raw").exists()
    proved = onrecord("verify", "--warehouse", there)
    assert proved.exit_code == 0, proved.output
    assert differences(here / "onrecord.duckdb", there / "onrecord.duckdb") == {}
    for path in (*here.rglob("*"), *there.rglob("*")):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), f"{path} holds the secret key"


def test_the_next_night_can_be_another_machines(tmp_path: Path, store: str, pages: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    run(pages, one)
    (pages / "3.html").write_text(sitting(3))
    (pages / "0.html").write_text(sitting(0, figure=999))
    night = run(pages, other)
    assert (night.documents_new, night.documents_changed, night.documents_unchanged) == (1, 1, 2)
    assert origins(one) == ["0.html", "1.html", "2.html", "3.html"]
    assert run(pages, one).status == "nothing_new"
    ended = [row for (row,) in query(one / "onrecord.duckdb", "select status from runs order by started_at")]
    assert ended == ["published", "published"]
    alone = tmp_path / "alone"  # what one machine with a folder makes of the last state of the pages
    run_pipeline(Asked(paths=(pages,)), Settings.from_environment(alone, {}))
    now = "select document_id, text from documents order by 1"
    assert query(one / "onrecord.duckdb", now) == query(alone / "onrecord.duckdb", now)


def test_of_two_machines_at_once_one_is_refused(tmp_path: Path, store: str, pages: Path) -> None:
    run(pages, tmp_path / "first")
    (pages / "3.html").write_text(sitting(3))
    late = Settings.from_environment(tmp_path / "late")
    with Session(Asked(paths=(pages,)), late) as session:
        session.gather(lambda *_: None)
        session.read_and_derive(lambda *_: None)
        (pages / "4.html").write_text(sitting(4))
        run(pages, tmp_path / "first")
        with pytest.raises(NotPublished, match="another run published"):
            session.publish(lambda *_: None)
    assert origins(tmp_path / "third") == [f"{number}.html" for number in range(5)]
    assert run(pages, late.warehouse).status == "nothing_new"
    assert origins(late.warehouse) == [f"{number}.html" for number in range(5)]


@pytest.mark.parametrize("step", ["_upload_parquet", "_create", "hold_state"])
def test_a_run_that_is_killed_while_it_publishes_leaves_a_whole_warehouse(
    step: str, tmp_path: Path, store: str, pages: Path
) -> None:
    machine = tmp_path / "machine"
    run(pages, machine)
    (pages / "3.html").write_text(sitting(3))
    command = [sys.executable, "-c", KILLED, step, str(pages), str(machine)]
    killed = subprocess.run(command, env=os.environ, cwd=SAMPLES.parents[1], check=False)
    assert killed.returncode == -signal.SIGKILL
    seen = origins(tmp_path / "reader")
    assert len(seen) == (4 if step == "hold_state" else 3)
    run(pages, tmp_path / "heir")
    assert origins(machine) == [f"{number}.html" for number in range(4)]
    assert onrecord("verify", "--warehouse", machine).exit_code == 0


def test_what_is_replaced_is_removed_a_publication_later(tmp_path: Path, store: str, pages: Path) -> None:
    import obstore

    machine = tmp_path / "machine"
    for number in range(4):
        (pages / "0.html").write_text(sitting(number, figure=500 + number))
        assert run(pages, machine).status == "published"
    shelf = Shelf(store, machine)
    state = shelf.latest()
    assert state is not None
    held = {one["path"] for page in obstore.list(shelf.bucket) for one in page}
    assert len([key for key in held if key.startswith("databases/")]) == 2
    assert set(state.keys) <= held
    named = shelf._files_of(state) | set(state.replaced)
    assert {key for key in held if key.startswith("parquet/")} <= named


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"number": 1}'])
def test_a_damaged_state_is_told(content: bytes) -> None:
    """A night that meets it must end with a sentence, not with a traceback."""
    with pytest.raises(StoreError, match="damaged"):
        State.read(content)


def test_damaged_bytes_in_the_store_are_told(store: str) -> None:
    import obstore

    raw = RawObjects(store)
    digest = raw.put(b"what was said")
    raw.flush()
    assert raw.get(digest) == b"what was said"
    obstore.put(raw.bucket, f"raw/{digest[:2]}/{digest}", b"what was not said")
    with pytest.raises(DamagedBytes, match="do not hash"):
        raw.get(digest)
    with pytest.raises(DamagedBytes, match="missing"):
        raw.get("0" * 64)


@pytest.mark.parametrize(
    "address",
    [
        "s3://key:word@bucket/prefix",
        "s3://bucket/prefix?secret_access_key=x",
        "https://bucket/prefix",
        "s3://bucket",
        "s3:///prefix",
    ],
)
def test_an_address_that_is_wrong_or_holds_a_secret_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ONRECORD_STORE"):
        Settings.from_environment(tmp_path, {"ONRECORD_STORE": address})


def test_an_address_names_bucket_prefix_endpoint_and_region() -> None:
    told = Address.parse("s3://bucket/a/b?endpoint=http://127.0.0.1:9000&region=eu-west-1")
    assert told == Address("bucket", "a/b", "http://127.0.0.1:9000", "eu-west-1")
