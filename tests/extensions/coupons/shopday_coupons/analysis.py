"""How many of the coupons that were taken were used?"""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer, Number, Verdict
from core.language.message import Words, say
from shopday_coupons.sheet import Coupons


def used(coupons: Coupons, *, today: date) -> Answer[Words]:
    """How many of the coupons that were taken were used?"""
    known = coupons.frame[coupons.frame["date"].dt.date < today]
    taken, used = float(known["taken"].sum()), float(known["used"].sum())
    verdict = Verdict("info", say("{used} of {taken} coupons were used.", used=int(used), taken=int(taken)))
    return Answer(verdict, evidence=(Number("used", "count", used),))
