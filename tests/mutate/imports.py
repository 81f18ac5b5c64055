"""Which files import a module: they see what its lines outside functions have made."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.mutate.tree import PRODUCT, ROOT


def imported(code: str) -> set[str]:
    """Return the modules that the code imports, and the names it takes out of them, which may be modules."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def importers(file: str) -> frozenset[str]:
    """Return the files of product and tests that import this one, directly."""
    return frozenset(_by_module().get(module_of(file), ()))


def module_of(file: str) -> str:
    """Return ``core.exports.sheet`` for ``core/exports/sheet.py``."""
    return ".".join(Path(file).with_suffix("").parts).removesuffix(".__init__")


@cache
def _by_module() -> Mapping[str, Iterable[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file in (file for folder in (*PRODUCT, "tests") for file in (ROOT / folder).rglob("*.py")):
        for module in imported(file.read_text(encoding="utf-8")):
            found[module].add(file.relative_to(ROOT).as_posix())
    return found
