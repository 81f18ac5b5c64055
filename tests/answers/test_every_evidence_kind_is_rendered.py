"""A new kind of evidence is one class in ``core/answers/answer.py``; this names whatever cannot show it yet.

Whoever shows evidence has a table ``EVIDENCE`` from the kind's class to what shows it (None: left out on
purpose). A module that tells kinds apart without such a table is found too.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, get_args, get_origin

import pytest

from core.answers.answer import Evidence, W_co
from core.answers.answer_codec import _reader, _writer
from core.language import message
from core.language.message import Sentence, Words
from tests.conftest import ROOT
from tui.text import answer_text

TABLE = "EVIDENCE"

KINDS: tuple[type, ...] = tuple(get_origin(kind) or kind for kind in get_args(Evidence))


def modules(*names: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules in whose text one of the names stands; others need not be parsed."""
    for package in ("core", "routines", "tui"):
        for file in sorted((ROOT / package).rglob("*.py")):
            source = file.read_text(encoding="utf-8")
            if any(name in source for name in names):
                yield str(file.relative_to(ROOT)), ast.parse(source)


@cache
def renderers() -> dict[str, Mapping[type, object]]:
    """Return the table of everything that shows evidence, by module."""
    found = {}
    for path, tree in modules(TABLE):
        if any(isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == TABLE for node in tree.body):
            name = path.removesuffix(".py").replace("/", ".")
            found[name] = getattr(importlib.import_module(name), TABLE)
    return found


def missing(kinds: tuple[type, ...]) -> list[str]:
    """Return a line for each kind that one of the renderers does not know."""
    return [
        f"{name}: {kind.__name__}"
        for name, table in renderers().items()
        for kind in kinds
        if kind not in table
    ]


def told_apart(tree: ast.Module) -> set[str]:
    """Return the kinds that a module distinguishes by isinstance or match."""
    names = {kind.__name__ for kind in KINDS}
    asked = [
        node.args[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance"
    ]
    cases = [node.cls for node in ast.walk(tree) if isinstance(node, ast.MatchClass)]
    return {
        part.id for one in (*asked, *cases) for part in ast.walk(one) if isinstance(part, ast.Name)
    } & names


def test_the_screen_the_command_line_and_the_report_show_evidence() -> None:
    assert set(renderers()) == {
        "tui.widgets.answer", "tui.widgets.lead_picture", "tui.text.answer_text", "core.reports.svg_charts",
        "core.answers.picture_sentences", "core.pages.render",
    }  # fmt: skip


def test_every_kind_is_shown_everywhere() -> None:
    assert missing(KINDS) == []


def test_no_table_holds_a_kind_that_is_gone() -> None:
    assert {kind for table in renderers().values() for kind in table} == set(KINDS)


def test_nothing_tells_the_kinds_apart_without_a_table() -> None:
    tables = {f"{name.replace('.', '/')}.py" for name in renderers()}
    names = [kind.__name__ for kind in KINDS]
    several = {path for path, tree in modules(*names) if len(told_apart(tree)) > 1}

    assert several <= tables


def test_telling_kinds_apart_is_noticed() -> None:
    both = ast.parse("if isinstance(x, Split): a()\nmatch x:\n  case Series(): b()\n")

    assert told_apart(both) == {"Split", "Series"}


# -- a kind that somebody adds ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Funnel(Generic[W_co]):
    """Steps, each with those who are left."""

    name: W_co
    unit: str
    left: tuple[float, ...]
    kind: Literal["funnel"] = "funnel"


def test_an_invented_kind_is_missed_by_every_renderer_that_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    more = (*KINDS, Funnel)
    others = [
        "core.answers.picture_sentences: Funnel",
        "core.pages.render: Funnel",
        "core.reports.svg_charts: Funnel",
        "tui.widgets.answer: Funnel",
        "tui.widgets.lead_picture: Funnel",
    ]
    assert missing(more) == sorted([*others, "tui.text.answer_text: Funnel"])

    monkeypatch.setitem(answer_text.EVIDENCE, Funnel, lambda funnel: iter([funnel.name]))
    assert missing(more) == others
    shown = answer_text.evidence(Funnel("Visitors to buyers", "count", (100.0, 3.0)))  # type: ignore[arg-type]  # not in the union
    assert list(shown) == ["Visitors to buyers"]


def test_the_codec_writes_and_reads_an_invented_kind_as_soon_as_it_is_in_the_union() -> None:
    union = tuple[Evidence[W_co] | Funnel[W_co], ...]
    funnel: Funnel[Words] = Funnel(Sentence("Visitors to buyers"), "count", (100.0, 3.0))
    written = _writer(union, message.plain)((funnel,))

    assert written == [
        {"kind": "funnel", "name": {"$": "Visitors to buyers"}, "unit": "count", "left": [100.0, 3.0]}
    ]
    assert _reader(union, message.read)(written) == (funnel,)
