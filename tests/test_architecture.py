"""The shape of the product: no circle of imports between its files, no ladder of its own classes."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

PRODUCT = ("core", "routines", "tui")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Return every import of the product, those inside functions and for type checking only included."""
    return grimp.build_graph(*PRODUCT, cache_dir=None)


def circle(graph: grimp.ImportGraph) -> list[str]:
    """Return one circle of files, its first file again at its end; empty when there is none."""
    imports = {file: graph.find_modules_directly_imported_by(file) for file in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def classes() -> Iterator[type]:
    """Yield each class of the product once."""
    for file in sorted(grimp.build_graph(*PRODUCT, cache_dir=None).modules):
        module = importlib.import_module(file)
        for _, found in inspect.getmembers(module, inspect.isclass):
            if found.__module__ == file:
                yield found


def own_bases(found: type) -> list[str]:
    """Return the product's classes that a class inherits from, directly or not."""
    return [name_of(one) for one in found.__mro__[1:] if one.__module__.partition(".")[0] in PRODUCT]


def name_of(found: type) -> str:
    """Return the class's full name."""
    return f"{found.__module__}.{found.__qualname__}"


def test_no_files_import_each_other_in_a_circle(graph: grimp.ImportGraph) -> None:
    found = circle(graph)
    assert found == [], "\n imports ".join(["", *found[::-1]])


def test_at_most_one_class_of_ours_is_above_another() -> None:
    """Errors are exempt: their classes are a taxonomy, not code handed down."""
    ladders = {
        name_of(found): bases
        for found in classes()
        if len(bases := own_bases(found)) > 1 and not issubclass(found, BaseException)
    }
    assert ladders == {}


def test_no_two_public_classes_share_a_name() -> None:
    named: dict[str, list[str]] = {}
    for found in classes():
        if not found.__qualname__.startswith("_"):
            named.setdefault(found.__qualname__, []).append(name_of(found))
    assert len(named) > 300
    assert {name: full for name, full in named.items() if len(full) > 1} == {}


def test_imports_inside_functions_and_for_typing_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "ring"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("from ring import b\n")
    (package / "b.py").write_text("def late():\n    from ring.c import x\n")
    (package / "c.py").write_text("from typing import TYPE_CHECKING\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert circle(grimp.build_graph("ring", cache_dir=None)) == []
    with (package / "c.py").open("a") as file:
        file.write("if TYPE_CHECKING:\n    from ring.a import y\n")
    assert set(circle(grimp.build_graph("ring", cache_dir=None))) == {"ring.a", "ring.b", "ring.c"}
