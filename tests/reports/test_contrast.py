"""The colours of the report and the web pages, computed from their style sheets: light, dark, printed."""

from __future__ import annotations

import re

import pytest

from core.pages import render
from core.reports import card, html
from tests.tui.test_themes import contrast

MODES = ("light", "dark", "print")
TEXTS = ("ink", "soft", "accent", "good", "watch")
SHAPES = ("draw", "missed", "none")
HEAT = ("worst", "below", "even", "above", "best")


def colours(*sheets: str) -> dict[str, dict[str, str]]:
    """The variables of each mode; a sheet names them for light, for dark and, the last time, for print."""
    found: dict[str, dict[str, str]] = {mode: {} for mode in MODES}
    for sheet in sheets:
        blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
        for mode, block in zip(MODES, blocks, strict=False):
            found[mode] |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", block))
    return found


def report_colours() -> dict[str, dict[str, str]]:
    look = (html.FOLDER / "look.css").read_text(encoding="utf-8")
    page = (html.FOLDER / "evening.html.j2").read_text(encoding="utf-8")
    return colours(look + page)


def page_colours() -> dict[str, dict[str, str]]:
    look = (html.FOLDER / "look.css").read_text(encoding="utf-8")
    light, dark, printed = re.findall(
        r":root \{.*?\}", (render.FOLDER / "pages.css").read_text(encoding="utf-8"), re.DOTALL
    )
    return colours(look + printed, light + dark + printed)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("of", [report_colours, page_colours])
def test_text_and_bars_stand_out_in_light_dark_and_print(of: object, mode: str) -> None:
    found = of()[mode]  # type: ignore[operator]
    grounds = (found["paper"], found["shade"])
    texts = {name: min(contrast(found[name], ground) for ground in grounds) for name in TEXTS}
    assert {name for name, value in texts.items() if value < 4.5} == set()
    shapes = {
        name: min(contrast(found[name], found[ground]) for ground in ("paper", "band")) for name in SHAPES
    }
    assert {name for name, value in shapes.items() if value < 3} == set()


@pytest.mark.parametrize("mode", MODES)
def test_figures_can_be_read_on_every_colour_of_the_calendar(mode: str) -> None:
    found = page_colours()[mode]
    days = {name: contrast(found[f"on-heat-{name}"], found[f"heat-{name}"]) for name in HEAT}
    assert {name for name, value in days.items() if value < 4.5} == set()


def test_the_chat_pictures_colours_stand_out_from_white() -> None:
    found = dict(re.findall(r"\.?([a-z]+) \{ fill: (#[0-9a-f]+) \}", card._STYLE))
    assert {
        name for name in ("text", "bad", "good", "key") if contrast(found[name], "#ffffff") < 4.5
    } == set()
    grounds = ("#ffffff", found["band"])
    bars = {name: min(contrast(found[name], one) for one in grounds) for name in ("met", "missed", "plain")}
    assert {name: round(value, 2) for name, value in bars.items() if value < 3} == {}
