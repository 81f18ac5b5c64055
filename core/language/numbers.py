"""Formatting of numbers and rates in the current language."""

from __future__ import annotations

from core.language.message import DASH
from core.language.speech import Speech


def digits_of(number: float, decimals: int, *, sign: bool = False, grouped: bool = True) -> str:
    """Return a number rounded to ``decimals``, with the language's decimal sign and thousands separator."""
    return _marked(f"{number:{'+' if sign else ''}{',' if grouped else ''}.{decimals}f}")


def _marked(plain: str) -> str:
    """Replace "," and "." in formatted digits by the language's thousands separator and decimal sign."""
    own = Speech.formats
    if (own.thousands, own.decimal) == (",", "."):
        return plain
    return plain.translate({ord(","): own.thousands, ord("."): own.decimal})


def number(value: float) -> str:
    """Return a number with up to ten significant digits: 2,126, 2.345."""
    return _marked(f"{value:,.10g}")


def count(number: float | None, *, sign: bool = False) -> str:
    """Return a whole number with thousands separators; a dash if unknown."""
    if number is None or number != number:  # noqa: PLR0124 - NaN means unknown
        return DASH
    return digits_of(number, 0, sign=sign)


def percent(fraction: float | None, digits: int = 1, *, sign: bool = False) -> str:
    """Return a fraction as a percentage: 0.0283 becomes 2.8%; a dash if unknown."""
    if fraction is None or fraction != fraction:  # noqa: PLR0124 - NaN means unknown
        return DASH
    return f"{digits_of(fraction * 100, digits, sign=sign, grouped=False)}%"


def ratio(value: float | None, digits: int = 2, *, sign: bool = False) -> str:
    """Return a ratio such as an ROI, with ``digits`` decimals: 2.86; a dash if unknown."""
    return DASH if value is None or value != value else digits_of(value, digits, sign=sign)  # noqa: PLR0124


def rate_of(k: float | None, n: float | None, low: float | None = None, high: float | None = None) -> str:
    """Return a rate as ``k/n = r% (lo–hi)``, the format of every rate.

    r is a dash if n is 0 or if k or n is unknown.
    """
    if not n or k is None:
        return f"{count(k)}/{count(n)} = {DASH}"
    band = "" if low is None or high is None else f" ({_points(low)}–{_points(high)})"
    return f"{count(k)}/{count(n)} = {percent(k / n)}{band}"


def _points(fraction: float) -> str:
    return digits_of(fraction * 100, 1, grouped=False)
