"""Imports go one way, as docs/architecture.md says: else nothing can be read, or tried, without all the rest."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ("flows", "schemas")
    for path in (ROOT / room).rglob("*.py")
}
WITH_PREFECT = {f"flows.{name}" for name in ("artifacts", "deployments", "prefect_home", "run", "runner", "serve")}
STEPS = ("flows.clean", "flows.segment", "flows.people")  # pure: bytes and rows in, rows out
MAY_IMPORT = {  # what of ours a room may import, beside itself
    "schemas": (),
    "flows.clean": ("schemas",),
    "flows.people": ("schemas", "flows.clean"),
    "flows.segment": ("schemas", "flows.clean", "flows.people"),
    "flows.fetch": ("schemas", "flows.clean"),
}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports when it runs, at its head or inside functions."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: a relative import hides where it leads"
            inner = [f"{node.module}.{name.name}" for name in node.names]
            yield from (name if name in FILES else node.module for name in inner)


IMPORTS = {module: set(imported(path)) for module, path in FILES.items()}


def test_no_module_needs_one_that_needs_it() -> None:
    order = TopologicalSorter({module: found & FILES.keys() - {module} for module, found in IMPORTS.items()})
    order.prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_lies_before_it(room: str) -> None:
    allowed = (room, *MAY_IMPORT[room])
    wrong = {
        (module, other)
        for module, found in IMPORTS.items()
        if module == room or module.startswith(f"{room}.")
        for other in found & FILES.keys()
        if not any(other == name or other.startswith(f"{name}.") for name in allowed)
    }
    assert wrong == set()


def test_prefect_is_paid_for_by_those_who_use_it() -> None:
    """A run without a server starts in a tenth of the time."""
    found = {module for module, names in IMPORTS.items() if any(name.split(".")[0] == "prefect" for name in names)}
    assert found <= WITH_PREFECT


@pytest.mark.parametrize("module", [module for module in FILES if module.startswith(STEPS)])
def test_steps_do_not_reach_for_the_network_or_a_process(module: str) -> None:
    assert IMPORTS[module].isdisjoint({"socket", "httpx", "urllib.request", "subprocess", "sqlite3", "duckdb"})
