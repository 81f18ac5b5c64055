"""No way round tui/text/sanitize.py: what makes text for the screen, and of what, is read off the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "tui"
FACES = sorted(
    [*TUI.glob("screens/**/*.py"), *TUI.glob("widgets/*.py"), TUI / "app.py", TUI / "text" / "text_layout.py"]
)
MAKERS = {"textual.content", "rich.text", "rich.segment", "rich.markup", "textual.markup", "rich.console"}
"""Only tui/text/sanitize.py makes these; everybody else asks it."""
WIDGETS = {"labels.py": {"Static"}, "text_input.py": {"Input", "TextArea"}}
"""Widgets of Textual that show text, and the only file that may stand on each."""
EVENTS_ONLY = {"Input", "TextArea"}
CALLS = {"notify", "from_markup", "set_window_title", "bell"}
SHOWN = {"title", "sub_title", "border_title", "border_subtitle", "tooltip", "loading"}


def problems(source: str, name: str) -> Iterator[str]:
    """Yield what goes round the one way."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            if node.module in MAKERS:
                yield f"{name}:{node.lineno}: {node.module} is for tui/text/sanitize.py only"
            if node.module == "textual.widgets":
                wrong = {alias.name for alias in node.names} - WIDGETS.get(name, set()) - EVENTS_ONLY
                if wrong:
                    yield f"{name}:{node.lineno}: {wrong} show text without tui/text/sanitize.py"
        if isinstance(node, ast.Call):
            yield from _call(node, name)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in SHOWN:
                    yield f"{name}:{node.lineno}: .{target.attr} is read as markup"


def _call(node: ast.Call, name: str) -> Iterator[str]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in CALLS:
        yield f"{name}:{node.lineno}: {called}() shows text its own way"
    if called in ("Input", "TextArea"):
        yield f"{name}:{node.lineno}: {called} without our paste and our cursor; use tui.widgets.text_input"
    for keyword in node.keywords:
        if keyword.arg == "markup" and not (
            isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        ):
            yield f"{name}:{node.lineno}: markup is never on"
    bare = bool(node.args) and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    if called in ("Words", "put") and bare:
        yield f"{name}:{node.lineno}: a bare string; wrap it in content() or line()"


@pytest.mark.parametrize("file", FACES, ids=lambda file: file.name)
def test_text_goes_through_the_one_way(file: Path) -> None:
    assert list(problems(file.read_text(encoding="utf-8"), file.name)) == []


@pytest.mark.parametrize(
    "bad",
    [
        "from rich.text import Text",
        "from textual.content import Content",
        "from textual.widgets import Label",
        "self.notify(name)",
        "Words('x', markup=True)",
        "widget.border_title = name",
        "self.put(f'{name}')",
    ],
)
def test_the_lint_sees_each_way_round(bad: str) -> None:
    assert list(problems(bad, "somewhere.py"))
