"""A campaign after refunds: worked examples, and what is said before and after its refunds are in."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.answers.answer import Finding, Table
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.language.message import Words
from core.measures.net_sales import NetSales
from core.measures.refund_shares import measured_refunds
from core.shop.settings import CalendarDay, Shop
from core.statistics.refund_development import default_curve
from core.topics.campaigns import campaigns
from core.topics.campaigns.past_campaigns.after_refunds import kept_uplift, may_judge, uplift_kept
from core.topics.campaigns.past_campaigns.finished import Finished
from core.topics.campaigns.uplift import Uplift
from tests.measures.test_net_sales import refund
from tests.topics.tables import MONDAY, of_rows, told_by
from tests.topics.tables import shop as usual_shop

EXAMPLES = {
    one["name"]: (one["input"], one["expected"])
    for one in json.loads(
        (Path(__file__).parents[2] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
}
progress = told_by(campaigns.progress)


def test_a_campaign_is_refunded_at_its_own_rate_also_what_would_have_come_anyway() -> None:
    """541,000 more paid, 60,000 less afterwards: 125,220 stay, not half of 481,000."""
    given, expected = EXAMPLES["campaign.net"]
    found = uplift_kept(
        given["paid_uplift"], given["baseline_paid"], given["later_paid"],
        usual=given["baseline_rate"], own=given["campaign_rate"],
    )  # fmt: skip
    assert found == pytest.approx(expected["net_uplift"])
    same = uplift_kept(
        given["paid_uplift"], given["baseline_paid"], given["later_paid"],
        usual=given["baseline_rate"], own=given["baseline_rate"],
    )  # fmt: skip
    assert same == pytest.approx(expected["gross_uplift_times_constant"])


def test_it_is_judged_once_nine_tenths_of_its_refunds_are_in() -> None:
    given, expected = EXAMPLES["campaign.when_to_judge"]
    assert [may_judge(share) for share in given["developed"]] == expected["judge"]
    assert not may_judge(given["line"] - 1e-6)


def test_refunds_to_come_widen_the_range() -> None:
    day = MONDAY - timedelta(days=10)
    draws = np.array([[300.0], [500.0], [700.0]])
    net = NetSales(
        "list", {day: 2000.0}, {day: 100.0}, {day: 500.0}, {day: 0.5}, 0.2, 0.3, 0.0, day, day,
        frozenset(), draws, {day: 0},
    )  # fmt: skip
    window = Uplift(2000.0, 1000.0, 1000.0, 1.0, 900.0, 1100.0, "up", trend=False)
    found = kept_uplift(Finished("x", (day,), (), ()), window, window, net)
    assert found is not None
    assert found.uplift == pytest.approx(2000 * 0.7 - 1000 * 0.8)
    assert found.low is not None
    assert found.uplift - found.low > 0.8 * 100 + 1
    assert not found.final


# ---- the analysis, on exports


def of_shop(today: date, own: float) -> tuple[ShopDay, Refunds]:
    """Return eleven weeks of 100 orders a day, 300 on two campaign days of which ``own`` go back."""
    chance = np.random.default_rng(3)
    steps = np.diff(default_curve().together, prepend=0.0)
    days: list[dict[str, object]] = []
    back: list[dict[str, object]] = []
    for n in range(77, 0, -1):
        day = today - timedelta(days=n)
        festive = day in (MONDAY - timedelta(days=20), MONDAY - timedelta(days=19))
        orders, rate = (300, own) if festive else (100, 0.3)
        orders += int(chance.integers(-4, 5))
        days.append({"date": day, "gmv": 100.0 * orders, "buyers": float(orders), "visitors": 3000.0})
        for age, count in enumerate(chance.multinomial(round(orders * rate), steps / steps.sum())):
            if day + timedelta(days=age) < today:
                back += [
                    refund(len(back) + i, day, day + timedelta(days=age), 100.0) for i in range(int(count))
                ]
    return of_rows(ShopDay, days), of_rows(Refunds, back)


def shop(**more: object) -> Shop:
    festival = CalendarDay(
        MONDAY - timedelta(days=20), MONDAY - timedelta(days=19), multiplier=3.0, kind="platform", note="618"
    )
    return usual_shop(calendar=(festival,), margin=0.5, refund_rate=0.1, **more)


def reviewed(today: date, own: float) -> tuple[Finding, Table[str] | None, tuple[Words, ...]]:
    days, back = of_shop(today, own)
    measured = measured_refunds(days.frame, back.frame, None, shop(), today)
    answer = progress(days, refunds=back, measured=measured, shop=shop(), today=today)
    (found,) = [one for one in answer.findings if one.kind == "review"]
    table = next((one for one in answer.evidence if isinstance(one, Table) and "finished" in one.name), None)
    return found, table, answer.limits


def test_what_stays_after_refunds_is_said_with_both_rates() -> None:
    found, table, limits = reviewed(MONDAY, 0.5)
    assert "After refunds, +¥" in found.text
    assert ": 50% of the campaign's sales are refunded, usually 30%" in found.text
    assert "may still change" not in found.text
    assert table is not None
    cells = dict(zip((column.id for column in table.columns), table.rows[0], strict=True))
    sold, usual = float(str(cells["sold"])), float(str(cells["usual"]))
    around = float(str(cells["net"])) - float(str(cells["uplift"]))
    assert float(str(cells["kept"])) == pytest.approx(
        sold * 0.5 - usual * 0.7 + around * 0.7, abs=0.03 * sold
    )
    assert float(str(cells["refunds"])) == pytest.approx(0.5, abs=0.02)
    assert any("your own refunds of 77 days" in str(one) for one in limits)


def test_before_its_refunds_are_in_it_says_so_far() -> None:
    found, _, _ = reviewed(MONDAY - timedelta(days=12), 0.5)
    assert "The figures after refunds may still change: only " in found.text
    assert "of the campaign's refunds have come in so far" in found.text


def test_a_campaign_that_is_sent_back_like_any_day_keeps_its_share() -> None:
    _, table, _ = reviewed(MONDAY, 0.3)
    assert table is not None
    cells = dict(zip((column.id for column in table.columns), table.rows[0], strict=True))
    assert float(str(cells["kept"])) == pytest.approx(0.7 * float(str(cells["net"])), rel=0.08)


def test_without_a_refund_list_nothing_is_said_of_what_stays() -> None:
    days, _ = of_shop(MONDAY, 0.5)
    answer = progress(days, shop=shop(), today=MONDAY)
    (found,) = [one for one in answer.findings if one.kind == "review"]
    assert "After refunds" not in found.text
