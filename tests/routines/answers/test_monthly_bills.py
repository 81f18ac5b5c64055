"""A fee bill comes once a month: it is used where it is there, and no day asks for it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.exports.kinds.fees import Fees
from core.shop.loading import load_shop
from routines.answers.compute_answer import ask
from routines.answers.needs import need_of

TODAY = date(2026, 11, 30)
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_shop_without_a_bill_is_not_asked_for_one(sample_shop: Path) -> None:
    answer = ask(sample_shop, "checks", day=date(2026, 11, 16), now=NOON, lang="en")
    assert "fees" not in {need.sheet for need in answer.needs}
    assert "refunds" in {need.sheet for need in answer.needs}


def test_a_bill_of_two_weeks_ago_is_not_called_old(second_shop: Path) -> None:
    need = need_of(second_shop, Fees, load_shop(second_shop), today=TODAY)
    assert (need.state, need.missing) == ("complete", ())
