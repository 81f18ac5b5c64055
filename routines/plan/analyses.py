"""Find analyses by name, and read the question each answers. Only :func:`named` imports one.

Plans name analyses as ``module.function``, so that the UI process never imports pandas; the questions are
read from the source code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeAlias

import core.topics
from core.answers.answer import Answer
from core.errors import UsageError
from core.language.message import Words
from core.language.wording import say

FOLDER: Final = Path(core.topics.__file__).parent

Analysis: TypeAlias = Callable[..., Answer[Words]]


def names() -> list[str]:
    """Return the names of all analyses (``module.function``): public functions that return an Answer."""
    files = sorted(FOLDER.glob("*/[a-z]*.py"), key=lambda path: path.stem)
    return [f"{path.stem}.{function}" for path in files for function in _public(path)]


def known(name: str) -> bool:
    """Return whether there is an analysis with this name."""
    return _found(name) is not None


def question(name: str) -> str:
    """Return the docstring of the analysis: its question first, then what it reads and cannot know."""
    if ":" in name:
        return _question_elsewhere(name)
    path = _found(name)
    return _public(path)[name.partition(".")[2]] if path else ""


def named(name: str) -> Analysis:
    """Import and return the analysis; raise UsageError if there is none with this name."""
    if ":" in name:
        place, _, function = name.partition(":")
        brought: Analysis = getattr(import_module(place), function)
        return brought
    path = _found(name)
    if path is None:
        raise UsageError(say("There is no analysis “{name}”.", name=name))
    module = import_module(f"core.topics.{path.parent.name}.{path.stem}")
    analysis: Analysis = getattr(module, name.partition(".")[2])
    return analysis


def _question_elsewhere(name: str) -> str:
    """Return the docstring of another package's analysis from its source; empty if it cannot be read."""
    place, _, function = name.partition(":")
    try:
        spec = find_spec(place)
        return _public(Path(spec.origin)).get(function, "") if spec and spec.origin else ""
    except Exception:  # noqa: BLE001 - anybody's code: the step's answer says what is wrong with it
        return ""


def _found(name: str) -> Path | None:
    """Return the file of the analysis.

    ``stock.cover`` is the function ``cover`` in a topic's ``stock.py``.
    """
    module, _, function = name.partition(".")
    if not module.isidentifier():
        return None
    return next((path for path in FOLDER.glob(f"*/{module}.py") if function in _public(path)), None)


@cache
def _public(path: Path) -> dict[str, str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: ast.get_docstring(node) or ""
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _returns_answer(node)
    }


def _returns_answer(node: ast.FunctionDef) -> bool:
    returns = node.returns.value if isinstance(node.returns, ast.Subscript) else node.returns
    return isinstance(returns, ast.Name) and returns.id == "Answer"
