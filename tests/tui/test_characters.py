"""Pictures on any terminal: without Braille, without colour, with no sign of doubtful width."""

from __future__ import annotations

import ast
import unicodedata
from datetime import date, timedelta

import pytest
from rich.segment import Segment
from textual.app import ComposeResult
from textual.color import Color

from core.answers.answer import Bar, Bars, Part, Series, Split
from core.language.text_width import cells_of
from tests.conftest import ROOT
from tui.runtime.base_app import BaseApp
from tui.text import characters
from tui.text.characters import CharactersFilter
from tui.widgets.bars import bar_lines
from tui.widgets.charts import plot
from tui.widgets.labels import Words
from tui.widgets.lead_picture import lead_words
from tui.widgets.trend import trend_lines
from tui.widgets.waterfall import waterfall_lines

VALUES = (60_000.0, 40_000.0, None, 49_000.0, 30_000.0, 80_000.0)
SALES = Series(
    "Sales", "CNY", tuple((date(2026, 11, 10) + timedelta(days=n)).isoformat() for n in range(6)), VALUES,
    targets=(50_000.0,) * 6, low=(45_000.0,) * 6, high=(55_000.0,) * 6,
)  # fmt: skip
GAP = Split("Gap", "CNY", -5.0, (Part("a", -8.0), Part("b", 3.0)), start=Part("x", 10.0), end=Part("y", 5.0))
COVER = Bars("Cover", "days", (Bar("a", 3.0, 9.0, state="missed"), Bar("b", 60.0, 9.0, 1.0, 80.0, "met")))


def drawn() -> list[str]:
    """Every picture, line by line."""
    shown = [*trend_lines(SALES, 76), *(waterfall_lines(GAP, 76) or []), *bar_lines(COVER, 76)]
    return [*(line.plain for line in shown), *plot([1.0, 5.0, 2.0], 20, 4)]


@pytest.mark.parametrize("chars", ["ascii", "blocks"])
def test_other_characters_are_as_wide_as_those_they_replace(
    chars: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPDAY_CHARS", chars)
    painted = CharactersFilter(characters.chosen())
    for line in drawn():
        (segment,) = painted.apply([Segment(line)], Color.parse("black"))
        assert cells_of(segment.text) == cells_of(line)
        if chars == "ascii":
            assert segment.text.replace("¥", "").isascii(), segment.text


def test_ascii_tells_a_full_bar_from_a_stroke() -> None:
    table = characters._TABLES["ascii"]
    assert "⣿⣶⣤⣀ ⠒⠉⠤ ▸✓✗⇡".translate(table) == "##=_ --- >vx^"


def test_without_a_choice_nothing_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOPDAY_CHARS", raising=False)
    assert characters.chosen() == {}
    monkeypatch.setenv("SHOPDAY_CHARS", "nonsense")
    assert characters.chosen() == {}


class Shown(BaseApp):
    """One picture and nothing else."""

    CSS_PATH = ROOT / "tui" / "base.tcss"

    def compose(self) -> ComposeResult:
        """The picture."""
        yield Words(lead_words(SALES, 24, wide=False))


@pytest.mark.parametrize(("chars", "bar"), [("", "⣿"), ("ascii", "#"), ("blocks", "█")])
async def test_what_is_painted_is_what_was_chosen(
    chars: str, bar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPDAY_CHARS", chars)
    app = Shown()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = [line for strips in app.screen._compositor.render_strips() for line in [strips.text]]
    assert any(bar in line for line in lines)
    if chars == "ascii":
        assert not any("\u2800" < char <= "\u28ff" for line in lines for char in line)


def test_without_colour_a_sign_tells_each_day_that_its_colour_would(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = [SALES.state(place) for place in range(6)]
    plain = [line.plain for line in trend_lines(SALES, 76)]
    assert not any("✓" in line for line in plain)
    monkeypatch.setenv("NO_COLOR", "1")
    (signs,) = [line.plain for line in trend_lines(SALES, 76) if "✓" in line.plain]
    told = list(signs[6:])
    per = (76 - 6) // 6
    found = ["".join(told[n * per : (n + 1) * per]).strip() for n in range(6)]
    assert found == [{"met": "✓", "missed": "✗", "plain": ""}[state] for state in coloured]
    monkeypatch.setenv("NO_COLOR", "")
    assert not any("✓" in line.plain for line in trend_lines(SALES, 76)), "set but empty asks for nothing"


def test_no_picture_has_a_character_that_some_terminals_draw_two_cells_wide() -> None:
    doubtful = {char for line in drawn() for char in line if unicodedata.east_asian_width(char) == "A"}
    assert doubtful == set()


PUNCTUATION = set("…–‘’“”·×±≥≤①")
"""In sentences, in typed values, and in the test of the terminal itself; nothing is aligned by them."""


def test_no_widget_or_screen_draws_with_such_a_character() -> None:
    found = {}
    for folder in ("widgets", "screens", "runtime", "text"):
        for file in sorted((ROOT / "tui" / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and id(node) not in documented
                ):
                    odd = {char for char in node.value if unicodedata.east_asian_width(char) == "A"}
                    if odd - PUNCTUATION:
                        found[f"{file.name}:{node.lineno}"] = odd
    found = {place: odd for place, odd in found.items() if not place.startswith("characters.py")}
    assert found == {}, "SHOPDAY_CHARS=blocks is asked for by name"
