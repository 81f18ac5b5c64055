"""The money at stake in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.money import money
from core.language.wording import say

if TYPE_CHECKING:
    from core.answers.answer import Impact


def stake_words(stake: Impact | None) -> str:
    """Return the money at stake, once or per day, labelled "sales" unless it is margin; empty if unknown.

    Empty also for capital tied up, which does not count as money at stake.
    """
    if stake is None or stake.of == "capital":
        return ""
    yuan = money(stake.yuan) if stake.of == "margin" else say("{yuan} sales", yuan=money(stake.yuan))
    return say("{yuan}/day", yuan=yuan) if stake.per == "day" else yuan
