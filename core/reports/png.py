"""The first page as a PNG picture, drawn by resvg, an optional package."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from core.errors import ShopdayError
from core.language.wording import say
from core.reports import card
from core.reports.day_report import Report

_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" font-family="{fonts}">'
    '<text y="30">{char}</text></svg>'
)
"""In the fonts of the picture: where none is named, resvg looks for one that many machines lack."""
_UNKNOWN = "\U0010fffd"
"""A character that no font contains."""


def render(report: Report, size: card.Size = "long") -> bytes:
    """Return the picture; raise ShopdayError if resvg or a Chinese font is missing."""
    picture = str(card.draw(report, size))
    if not has_chinese_font():
        raise ShopdayError(
            say("This machine has no Chinese font; on Debian or Ubuntu run: sudo apt install fonts-noto-cjk")
        )
    return _drawn(picture)


def can_draw() -> bool:
    """Return whether resvg and a Chinese font are installed."""
    return find_spec("resvg_py") is not None and has_chinese_font()


@cache
def has_chinese_font() -> bool:
    """Return whether a Chinese character is drawn differently from a character that no font contains."""
    known, unknown = (_drawn(_PROBE.format(fonts=card.FONTS, char=char)) for char in ("店", _UNKNOWN))
    return known != unknown


def _drawn(picture: str) -> bytes:
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise ShopdayError(say("Pictures need the package resvg-py: pip install shopday[picture]")) from None
    return bytes(svg_to_bytes(svg_string=picture))
