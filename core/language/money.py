"""Formatting of amounts of money, for screens, reports and messages."""

from __future__ import annotations

from core.language.message import DASH
from core.language.numbers import digits_of
from core.language.speech import YUAN, Speech


def money(yuan: float | None, *, sign: bool = False) -> str:
    """Return an amount in yuan in full: ¥1,234; below 100 with fen if it has any: ¥12.30.

    A dash if unknown.
    """
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN means unknown
        return DASH
    small = abs(yuan) < 100 and yuan != int(yuan)  # noqa: PLR2004 - prices below 100 keep their fen
    return _amount(yuan, 2 if small else 0, Speech.formats.money, sign=sign)


def exact_money(yuan: float | None) -> str:
    """Return an amount in yuan in full, with fen if it has any: ¥3,000, ¥3,000.50; a dash if unknown."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN means unknown
        return DASH
    return _amount(yuan, 0 if yuan == int(yuan) else 2, Speech.formats.money)


def short_money(yuan: float | None) -> str:
    """Return an amount in yuan in at most seven terminal cells: 35.7万 in Chinese, ¥357k in English."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN means unknown
        return DASH
    for least, unit, decimals, form in Speech.formats.short_money:
        if abs(yuan) >= least:
            return _amount(yuan / unit, decimals, form)
    return money(yuan)


def price(yuan: float | None) -> str:
    """Return a price per click or per piece, always with fen (hundredths of a yuan): ¥1.69."""
    return DASH if yuan is None or yuan != yuan else _amount(yuan, 2, Speech.formats.money)  # noqa: PLR0124 - NaN


def _amount(number: float, decimals: int, form: str, *, sign: bool = False) -> str:
    """Return an amount of money as text; every amount on screens and in reports is formatted here."""
    rounded = round(number, decimals)
    mark = "-" if rounded < 0 else ("+" if sign and rounded > 0 else "")
    return mark + form.replace(YUAN, Speech.currency).format(number=digits_of(abs(number), decimals))
