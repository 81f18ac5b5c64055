"""What is still wrong with texts and keys, by file: two lists that may only become shorter.

::

    python -m tests.language.unconverted          drop the entries that are no longer needed
    python -m tests.language.unconverted --new    write both lists anew, after a merge or a move

``parses_keys.txt``: code that takes a finding's or decision's key apart, ``file<TAB>expression``.
``speaks.txt``: files of topics, measures and journal that render text in a language.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PARSES_KEYS: Final = Path(__file__).with_name("parses_keys.txt")
SPEAKS: Final = Path(__file__).with_name("speaks.txt")
PARSERS: Final = frozenset(
    {"startswith", "endswith", "split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix"}
)
KEYS: Final = frozenset({"key", "finding"})
KNOWS_KEYS: Final = frozenset({"core/journal/format_1.py"})
"""Reads the keys of old journals; nothing else may take a key apart."""
WORDING: Final = "core.language.wording"


def key_parsers(source: str, *, names: bool) -> Iterator[str]:
    """Yield each call that takes a key apart; with ``names`` also of variables called key or finding."""
    if not any(key in source for key in KEYS) or not any(parser in source for parser in PARSERS):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PARSERS:
            key = node.func.value
            if isinstance(key, ast.Attribute) and key.attr in KEYS:
                yield ast.unparse(node)
            if names and isinstance(key, ast.Name) and key.id in KEYS:
                yield ast.unparse(node)


def speaks(source: str) -> bool:
    """Tell whether the code uses ``core.language.wording`` anywhere but in a ``raise``.

    The text of an error goes to a person at once, so it is rendered where it is raised.
    """
    if WORDING.rpartition(".")[2] not in source:
        return False
    tree = ast.parse(source)
    known = set(_names_of_wording(tree))
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    return any(
        isinstance(node, ast.Name) and node.id in known and id(node) not in raised for node in ast.walk(tree)
    )


def formatted_numbers(source: str) -> Iterator[str]:
    """Yield each f-string that formats a number: a message takes the number itself."""
    if not re.search(r"[f%,g]\}", source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)[2:-1]
            if spec.endswith(("f", "%", ",", "g")):
                yield ast.unparse(node.value)


def all_formatted_numbers() -> list[str]:
    """Return where topics and measures format a number themselves, ``file<TAB>expression``."""
    return [
        f"{name}\t{value}"
        for place in ("core/topics", "core/measures")
        for name, source in _sources(place)
        for value in formatted_numbers(source)
    ]


@cache
def all_key_parsers() -> set[str]:
    """Return the entries ``parses_keys.txt`` would need today."""
    found = set()
    for package in ("core", "routines", "tui"):
        for name, source in _sources(package):
            if name not in KNOWS_KEYS:
                calls = key_parsers(source, names=name.startswith("core/topics/"))
                found |= {f"{name}\t{call}" for call in calls}
    return found


@cache
def all_that_speak() -> set[str]:
    """Return the entries ``speaks.txt`` would need today."""
    places = ("core/topics", "core/measures", "core/journal")
    return {name for place in places for name, source in _sources(place) if speaks(source)}


LISTS: Final[dict[Path, Callable[[], set[str]]]] = {PARSES_KEYS: all_key_parsers, SPEAKS: all_that_speak}


def listed(file: Path) -> set[str]:
    """Return the entries of a list."""
    return set(file.read_text(encoding="utf-8").splitlines())


def write(*, new: bool) -> None:
    """Write both lists: without what is no longer needed, or ``new`` with all there is."""
    for file, find in LISTS.items():
        entries = find() if new else find() & listed(file)
        file.write_text("".join(f"{entry}\n" for entry in sorted(entries)), encoding="utf-8")


def _sources(folder: str) -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / folder).rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def _names_of_wording(tree: ast.Module) -> Iterator[str]:
    """Yield what the module calls ``core.language.wording`` and what it takes from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if WORDING in (node.module, f"{node.module}.{alias.name}"):
                    yield alias.asname or alias.name
        elif isinstance(node, ast.Import):
            yield from (alias.asname or "core" for alias in node.names if alias.name == WORDING)


if __name__ == "__main__":
    write(new=sys.argv[1:] == ["--new"])
