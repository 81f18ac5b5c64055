"""The colour themes (dark, light, and the terminal's own 16 colours), and the choice between them.

Blue means good and orange or red means bad, so that people who cannot tell red from green see the difference;
no meaning is shown by colour alone.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import App

_NAMES = ("heading", "quiet", "key", "now", "cursor", "cursor-text", "bar", "sheet",
          "level-act", "level-watch", "level-good", "level-info", "level-nodata",
          "met", "missed", "plain", "target", "band",
          "heat-worst", "heat-below", "heat-even", "heat-above", "heat-best",
          "on-heat-worst", "on-heat-below", "on-heat-even", "on-heat-above", "on-heat-best")  # fmt: skip


def _own(*colours: str) -> dict[str, str]:
    return dict(zip(_NAMES, colours, strict=True))


DARK: Final = Theme(
    name="desk-dark", dark=True,
    primary="#87afd7", secondary="#87afd7", accent="#d7af5f", warning="#d7af5f",
    error="#ff8787", success="#5fafd7",
    foreground="#e4e4e4", background="#121212", surface="#121212", panel="#262626",
    variables=_own("#87afd7", "#a8a8a8", "#87afd7", "#ffd75f", "#005f87", "#ffffff", "#262626", "#303030",
                   "#ff8787", "#d7af5f", "#5fafd7", "#87afd7", "#a8a8a8",
                   "#5fafd7", "#ffaf5f", "#a8a8a8", "#e4e4e4", "#303030",
                   "#d75f00", "#875f00", "#303030", "#005f87", "#5fafd7",
                   "#000000", "#ffffff", "#ffffff", "#ffffff", "#000000"),
)  # fmt: skip
"""All colours are in the 256-colour palette, so that they look the same on terminals without true colour."""
LIGHT: Final = Theme(
    name="desk-light", dark=False,
    primary="#005f87", secondary="#005f87", accent="#875f00", warning="#875f00",
    error="#af0000", success="#005f87",
    foreground="#1c1c1c", background="#ffffff", surface="#ffffff", panel="#eeeeee",
    variables=_own("#005f87", "#585858", "#005f87", "#875f00", "#afd7ff", "#000000", "#eeeeee", "#e4e4e4",
                   "#af0000", "#875f00", "#005f87", "#005f87", "#585858",
                   "#005f87", "#af5f00", "#585858", "#000000", "#eeeeee",
                   "#ffaf5f", "#ffd7af", "#e4e4e4", "#afd7ff", "#005faf",
                   "#000000", "#000000", "#000000", "#000000", "#ffffff"),
)  # fmt: skip
TERMINAL: Final = Theme(
    name="desk-terminal", ansi=True,
    primary="ansi_blue", secondary="ansi_cyan", accent="ansi_yellow", warning="ansi_yellow", error="ansi_red",
    success="ansi_cyan", foreground="ansi_default", background="ansi_default", surface="ansi_default",
    panel="ansi_default", boost="ansi_default",
    variables=BUILTIN_THEMES["ansi-dark"].variables
    | _own("ansi_cyan", "ansi_default", "ansi_cyan", "ansi_yellow", "ansi_blue", "ansi_bright_white",
                   "ansi_default", "ansi_default",
                   "ansi_red", "ansi_yellow", "ansi_cyan", "ansi_cyan", "ansi_default",
                   "ansi_cyan", "ansi_yellow", "ansi_default", "ansi_default", "ansi_default",
                   "ansi_yellow", "ansi_yellow", "ansi_default", "ansi_cyan", "ansi_blue",
                   "ansi_black", "ansi_black", "ansi_default", "ansi_black", "ansi_bright_white"),
)  # fmt: skip
THEMES: Final = (DARK, LIGHT, TERMINAL)
_PAINTED: Final = {
    "head": "bold $heading",
    "quiet": "$quiet",
    "strong": "$foreground",
    "now": "bold $now",
    "act": "bold $level-act",
    "watch": "$level-watch",
    "good": "$level-good",
    "info": "$level-info",
    "nodata": "$level-nodata",
    "cursor": "bold $cursor-text on $cursor",
    "heat-worst": "bold $on-heat-worst on $heat-worst",
    "heat-below": "$on-heat-below on $heat-below",
    "heat-even": "$on-heat-even on $heat-even",
    "heat-above": "$on-heat-above on $heat-above",
    "heat-best": "bold $on-heat-best on $heat-best",
}


def painted(app: App[Any], look: str) -> Style:
    """Return the style named ``look`` in the app's theme, for widgets that paint their own lines.

    Textual's component classes are not used: each costs as much style computation as a child widget.
    """
    return app.stylesheet.parse_style(_PAINTED[look]).rich_style


def chosen() -> str:
    """Return the name of the theme to use in this terminal."""
    return theme_for(Console(force_terminal=True).color_system)


def theme_for(colour_system: str | None) -> str:
    """Return the name of the theme for a terminal with this colour system (a name of Rich's, or None).

    The environment variable SHOPDAY_THEME (dark, light or terminal) takes precedence.
    """
    wanted = f"desk-{os.environ.get('SHOPDAY_THEME', '')}"
    if wanted in {theme.name for theme in THEMES}:
        return wanted
    return DARK.name if colour_system in ("256", "truecolor") else TERMINAL.name
