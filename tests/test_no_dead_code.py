"""Code that no product file names is removed, or moved to the tests if they check the product with it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from core.channels import platforms
from core.tables.registry import TABLES
from routines.plan import analyses

ROOT = Path(__file__).parents[1]
PRODUCT = ("core", "routines", "tui")
ALLOWED: dict[str, str] = {}
"""Full names that may go unnamed in the product, each with the reason."""
CALLED_BY_TEXTUAL = ("on_", "action_", "watch_", "validate_", "compute_", "key_", "render", "compose")
"""How the names of methods begin that Textual finds by name."""
CALLED_BY_KEYMAP = "do_"
"""How the names of methods begin that the keymap finds by the name of their key."""

Name: TypeAlias = tuple[str, str]
"""A module and a name at its top level; or "" and the name of an attribute of anything."""
Alias: TypeAlias = Mapping[str, frozenset[Name]]
"""What each imported name of a module stands for; a module itself has an empty second part."""
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Defined(NamedTuple):
    """A function, class or constant at the top of a module, or a method of such a class."""

    module: str
    owner: str
    """The method's class; else empty."""
    name: str

    @property
    def full(self) -> str:
        """The full name."""
        return ".".join(filter(None, self))


class Use(NamedTuple):
    """A name that is used, and the definitions it is used in, the outermost first."""

    inside: tuple[Defined, ...]
    used: Name


def sources(root: Path, packages: tuple[str, ...]) -> dict[str, ast.Module]:
    """Return the parsed files by module."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for package in packages
        for path in (root / package).rglob("*.py")
    }


def definitions(module: str, tree: ast.Module) -> Iterator[Defined]:
    """Yield what a module defines."""
    for node in tree.body:
        yield from (Defined(module, "", name) for name in names_of(node))
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield from (Defined(module, node.name, name) for name in names_of(part))


def names_of(node: ast.stmt) -> Iterator[str]:
    """Yield the names a statement defines, but for commands: the command line knows those."""
    if isinstance(node, _DEFINES):
        if not any(registers(decorator) for decorator in node.decorator_list):
            yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id


def registers(decorator: ast.expr) -> bool:
    """Tell whether the decorator hands the function to a library: a command, or what answers a message."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(called, ast.Attribute):
        return called.attr in {"command", "group"}
    return isinstance(called, ast.Name) and called.id in {"on", "work"}


def aliases(tree: ast.Module, modules: frozenset[str]) -> Alias:
    """Return what the module's imported names stand for; two functions may import the same name."""
    found: dict[str, set[Name]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                target = (whole, "") if whole in modules else (node.module, one.name)
                found.setdefault(one.asname or one.name, set()).add(target)
        elif isinstance(node, ast.Import):
            for one in node.names:
                target = (one.name, "") if one.asname else (one.name.partition(".")[0], "")
                found.setdefault(one.asname or target[0], set()).add(target)
    return {name: frozenset(targets) for name, targets in found.items()}


def uses(module: str, tree: ast.Module, modules: frozenset[str]) -> Iterator[Use]:
    """Yield each name that the module uses."""
    imported = aliases(tree, modules)

    def walk(node: ast.AST, inside: tuple[Defined, ...], local: frozenset[str]) -> Iterator[Use]:
        if isinstance(node, _DEFINES):
            if len(inside) < 2:  # a class and its method; what is defined inside those is theirs
                owner = inside[-1].name if inside else ""
                inside = (*inside, Defined(module, owner, node.name))
            if not isinstance(node, ast.ClassDef):
                local |= bound(node) - imported.keys()
        elif isinstance(node, ast.Attribute):
            yield from (Use(inside, name) for name in of_attribute(node, imported, modules))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in local:
            yield from (Use(inside, name) for name in imported.get(node.id, {(module, node.id)}))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (Use(inside, name) for name in of_text(node.value))
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside, local)

    yield from walk(tree, (), frozenset())


def bound(function: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    """Return the function's own names: its parameters and what it assigns."""
    own = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    own |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return frozenset(
        own - {name for n in ast.walk(function) if isinstance(n, ast.Global) for name in n.names}
    )


def of_attribute(node: ast.Attribute, imported: Alias, modules: frozenset[str]) -> set[Name]:
    """Return what ``a.b.c`` names: something of a module, or an attribute of anything."""
    path: list[str] = []
    base: ast.expr = node
    while isinstance(base, ast.Attribute):
        path.append(base.attr)
        base = base.value
    found: set[Name] = {("", node.attr)}
    for module, name in imported.get(base.id, ()) if isinstance(base, ast.Name) else ():
        parts = path[::-1] if not name else []
        while parts and f"{module}.{parts[0]}" in modules:
            module = f"{module}.{parts.pop(0)}"  # noqa: PLW2901 - one folder further
        if parts:
            found.add((module, parts[0]))
    return found


def of_text(text: str) -> set[Name]:
    """Return what ``package.module:name`` names; what is loaded late is named so."""
    module, colon, name = text.partition(":")
    if not colon or not name.isidentifier() or not module.replace(".", "").isidentifier():
        return set()
    return {(module, name)}


def unused(trees: Mapping[str, ast.Module], kept: Callable[[Defined], bool]) -> list[Defined]:
    """Return what nothing uses but itself, or other things that nothing uses; ``kept`` tells what is used."""
    modules = frozenset(trees)
    every = {one for module, tree in trees.items() for one in definitions(module, tree)}
    named: dict[Name, set[Defined]] = {}
    for one in every:
        named.setdefault(("", one.name) if one.owner else (one.module, one.name), set()).add(one)
    waiting = [use for module, tree in trees.items() for use in uses(module, tree, modules)]
    waiting = [use for use in waiting if use.used in named]
    left = set(every)
    while True:
        runs = [use for use in waiting if left.isdisjoint(use.inside)]
        waiting = [use for use in waiting if not left.isdisjoint(use.inside)]
        reached = {one for use in runs for one in named[use.used]} & left
        reached = reached or {one for one in left if kept(one)}
        if not reached:
            return sorted(left)
        left -= reached


@cache
def loaded_by_name() -> frozenset[str]:
    """Return the full names of what is looked up by a text: analyses, tables, channels, the program."""
    found = {f"core.tables.{table.make}" for table in TABLES.values()} | {"tui.__main__.main"}
    places = pkgutil.iter_modules(platforms.__path__, f"{platforms.__name__}.")
    found |= {f"{one.name}.CHANNEL" for one in places}
    for name in analyses.names():
        function = analyses.named(name)
        found.add(f"{function.__module__}.{function.__name__}")
    return frozenset(found)


def called_from_outside(one: Defined) -> bool:
    """Tell whether Python, a library or the keymap calls it: a method by its name, or one of a base class."""
    if one.name.startswith("__"):
        return True
    if not one.owner:
        return one.full in loaded_by_name()
    if one.name.lstrip("_").startswith((*CALLED_BY_TEXTUAL, CALLED_BY_KEYMAP)):
        return True
    bases = getattr(importlib.import_module(one.module), one.owner).__mro__[1:]
    return any(hasattr(base, one.name) for base in bases)


@pytest.fixture(scope="module")
def found() -> set[str]:
    """Return the full names of what the product does not use."""
    trees = sources(ROOT, PRODUCT)
    assert len(trees) > 500
    return {one.full for one in unused(trees, called_from_outside)}


def test_everything_in_the_product_is_used_by_it(found: set[str]) -> None:
    assert found - set(ALLOWED) == set()


def test_what_is_allowed_to_be_unused_still_is(found: set[str]) -> None:
    assert set(ALLOWED) - found == set()


def found_in(**files: str) -> list[str]:
    """Return what is unused in modules with these texts; ``main`` is always used."""
    trees = {f"ring.{name}": ast.parse(text) for name, text in files.items()}
    return [one.full for one in unused(trees, lambda one: one.name == "main")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def main(): helped()\ndef helped(): pass", []),
        ("def main(): pass\ndef lonely(): pass", ["ring.a.lonely"]),
        ("def main(): pass\ndef again(): again()", ["ring.a.again"]),
        ("def main(): pass\ndef one(): two()\ndef two(): one()", ["ring.a.one", "ring.a.two"]),
        ("def main(): pass\ndef one(): two()\ndef two(): pass", ["ring.a.one", "ring.a.two"]),
        ("def main(): pass\nLIMIT = 3", ["ring.a.LIMIT"]),
        ("def main(limit): return limit\ndef limit(): pass", ["ring.a.limit"]),
        ("def main(): return Kind()\nclass Kind:\n  def ask(self): pass", ["ring.a.Kind.ask"]),
        ("def main(): return Kind().ask\nclass Kind:\n  @property\n  def ask(self): pass", []),
        ("def main(): pass\n@shopday.command()\ndef open_(): pass", []),
    ],
)
def test_what_only_itself_or_the_unused_uses_is_unused(text: str, expected: list[str]) -> None:
    assert found_in(a=text) == expected


def test_a_name_is_used_where_it_is_imported_and_not_where_another_has_it() -> None:
    both = {"a": "def price(): pass", "b": "def price(): pass"}
    assert found_in(**both, c="from ring.a import price\ndef main(): price()") == ["ring.b.price"]
    assert found_in(**both, c="from ring import a\ndef main(): a.price()") == ["ring.b.price"]
    assert found_in(**both, c="import ring.b\ndef main(): ring.b.price()") == ["ring.a.price"]
    assert found_in(**both, c="def main():\n  return 'ring.b:price'") == ["ring.a.price"]
    late = "def main():\n  from ring.a import price\n  price()\n  more()\n"
    assert found_in(**both, c=late + "def more():\n  from ring.b import price\n  price()") == []
    assert found_in(**both, c="from ring.a import price\ndef main(): pass") == [
        "ring.a.price",
        "ring.b.price",
    ]
