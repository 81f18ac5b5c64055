"""Colours are told apart by everybody: enough contrast, and never green against red."""

from __future__ import annotations

import colorsys

import pytest
from textual.color import Color
from textual.theme import Theme

from core.review.target_share import HEAT
from tui.runtime.themes import DARK, LIGHT, TERMINAL

TEXTS = (
    "heading",
    "quiet",
    "key",
    "now",
    "level-act",
    "level-watch",
    "level-good",
    "level-info",
    "level-nodata",
)
SHAPES = ("met", "missed", "plain", "target")
RED, GREEN = (0.92, 0.08), (0.22, 0.45)
"""Hues as parts of a circle: red around 0, green around a third."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_text_and_shapes_stand_out_from_the_ground(theme: Theme) -> None:
    ground, band = str(theme.background), theme.variables["band"]
    weak = {name: contrast(theme.variables[name], ground) for name in TEXTS}
    assert {name for name, found in weak.items() if found < 4.5} == set()
    shapes = {name: min(contrast(theme.variables[name], one) for one in (ground, band)) for name in SHAPES}
    assert {name for name, found in shapes.items() if found < 3} == set()
    grounds = {name: contrast(theme.variables[f"on-{name}"], theme.variables[name]) for name in HEAT}
    assert {name for name, found in grounds.items() if found < 4.5} == set()
    assert contrast(theme.variables["cursor-text"], theme.variables["cursor"]) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["bar", "sheet", "band"])
def test_text_can_be_read_on_every_ground_it_stands_on(ground: str, theme: Theme) -> None:
    """The head and key bars, dialogs, and the usual range of a picture."""
    texts = ("quiet", "now") if ground == "band" else TEXTS
    weak = {name: contrast(theme.variables[name], theme.variables[ground]) for name in texts}
    weak["foreground"] = contrast(str(theme.foreground), theme.variables[ground])
    assert {name: round(found, 2) for name, found in weak.items() if found < 4.5} == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_good_is_not_green_and_missed_is_not_red(theme: Theme) -> None:
    def hue(name: str) -> float:
        return colorsys.rgb_to_hls(*(part / 255 for part in Color.parse(theme.variables[name]).rgb))[0]

    for name in ("level-good", "met", "heat-above", "heat-best"):
        assert not GREEN[0] < hue(name) < GREEN[1]
    for name in ("missed", "heat-worst", "heat-below"):
        assert RED[1] * 0.8 < hue(name) < GREEN[0]
    assert "green" not in TERMINAL.variables["level-good"]
