"""Where a net target judges, past days are judged by net sales, hollow until their refunds are in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer, Series
from core.answers.picture_sentences import said as picture_said
from core.language.wording import text
from core.measures.net_sales import Net, NetSales, net_sales
from core.shop.settings import TargetSettings
from core.topics.ads.traffic.missing import missing
from core.topics.evening.finished_day import day_over, sold_words
from core.topics.sales.net_days import NetDay, NetState, net_day
from core.topics.sales.net_trend import net_trend
from core.topics.sales.target import reached
from core.topics.team.key_figures import key_figures
from tests.measures.test_net_sales import SHOP, TODAY, morning
from tests.topics.sales.test_net_target import NET, asked, sheets

YESTERDAY = TODAY - timedelta(days=1)


def trends(answer: Answer) -> list[Series]:
    return [one for one in answer.evidence if isinstance(one, Series)]


def net_of(**made: object) -> NetSales:
    days, back = sheets(**made)
    return net_sales(days.frame, back.frame, NET, TODAY)


def one_day(net: float, *, developed: float, sd: float = 1_000.0, basis: str = "list") -> Net:
    return Net((YESTERDAY,), 20_000.0, 0.0, 20_000.0 - net, net - sd, net + sd, sd, developed, basis)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (one_day(10_000.0, developed=0.90), "met"),
        (one_day(9_999.0, developed=0.90), "missed"),
        (one_day(10_254.0, developed=0.89), "met?"),  # a chance of 0.6003
        (one_day(10_253.0, developed=0.89), "open"),
        (one_day(9_747.0, developed=0.89), "open"),
        (one_day(9_746.0, developed=0.89), "missed?"),
        (one_day(19_000.0, developed=0.0, basis="rough"), "open"),
        (one_day(10_000.0, developed=0.5, sd=0.0), "met?"),
    ],
)
def test_a_day_is_final_from_nine_tenths_of_its_refunds_and_likely_before(one: Net, state: NetState) -> None:
    assert net_day(one, 10_000.0) == NetDay(one.net, state)


def test_the_trend_is_of_net_sales_and_its_young_days_are_hollow() -> None:
    (trend,) = trends(asked(NET, *sheets()))
    assert trend.name == "Net sales by day"
    assert trend.lead
    net = net_of()
    for place, day in enumerate(map(date.fromisoformat, trend.dates)):
        one = net.day(day)
        assert trend.values[place] == pytest.approx(None if one is None else one.net, abs=0.01)
        aim = trend.targets[place]
        assert trend.hollow(place) == (one is not None and aim is not None and not one.settled)
    hollow = [place for place in range(len(trend.dates)) if trend.hollow(place)]
    assert hollow
    assert hollow[-1] == len(trend.dates) - 1, "yesterday's refunds are still to come"
    assert not trend.hollow(trend.dates.index("2026-11-01"))


def test_the_sentence_counts_only_final_days() -> None:
    (trend,) = trends(asked(NET, *sheets()))
    hollow = sum(trend.hollow(place) for place in range(len(trend.dates)))
    judged = sum(
        aim is not None and value is not None for aim, value in zip(trend.targets, trend.values, strict=True)
    )
    assert f"of {judged - hollow} days; {hollow} more days still wait for refunds" in picture_said(trend)
    young = trend.newest(1)
    assert picture_said(young).endswith("1 more day still waits for refunds")
    assert "target reached" not in picture_said(young), "nothing is known of a single young day"


def test_with_both_targets_both_are_shown_and_the_paid_one_leads() -> None:
    both = NET._replace(targets={"2026-11": 600_000.0}, target=TargetSettings(judge="both"))
    first, second = trends(asked(both, *sheets()))
    assert (first.name, first.lead) == ("Sales by day", True)
    assert second.name.startswith("Net sales of the last 30 days")
    assert not second.lead


@pytest.mark.parametrize(
    "shop", [NET._replace(targets={"2026-11": 600_000.0}, target=TargetSettings(judge="paid")), SHOP]
)
def test_without_a_net_target_nothing_is_hollow(shop: object) -> None:
    (trend,) = trends(asked(shop, *sheets()))  # type: ignore[arg-type]
    assert trend.name == "Sales by day"
    assert not any(trend.hollow(place) for place in range(len(trend.dates)))


def test_without_a_refund_list_every_day_stays_open() -> None:
    days, _ = sheets()
    shop = NET._replace(refund_rate=0.5)
    net = net_sales(days.frame, None, shop, TODAY)
    trend = net_trend(net, shop, YESTERDAY, None)
    assert trend is not None
    aimed = [place for place, aim in enumerate(trend.targets) if aim is not None]
    assert aimed
    assert {trend.state(place) for place in aimed} == {"plain"}
    assert all(trend.hollow(place) for place in aimed)


def test_the_report_s_first_page_shows_the_same_trend() -> None:
    days, back = sheets()
    pieces = key_figures({"shop_day": days.frame}, NET, TODAY, None, back.frame)
    (trend,) = [one for one in pieces if isinstance(one, Series)]
    told = reached(days, refunds=back, shop=NET, today=TODAY)
    (led,) = [one for one in told.evidence if isinstance(one, Series)]
    assert trend.values == led.values[-30:]
    assert trend.likely == led.likely[-30:]


def test_a_day_looked_back_on_is_compared_with_its_net_target() -> None:
    days, back = morning()
    both = NET._replace(targets={"2026-11": 1.0})
    over = day_over(days, None, both, YESTERDAY, back)
    assert over is not None
    assert over.after is not None
    share = over.after.yesterday.net / over.after.target
    words = f"{min(share, 0.99):.0%}" if share < 1 else f"{share:.0%}"
    assert text(sold_words(over)) == (
        f"Sold ¥{over.gmv:,.0f}, about ¥{over.after.yesterday.net:,.0f} after refunds, {words} of the day's "
        f"net target of ¥{over.after.target:,}"
    )
    assert over.target, "the paid target is known and does not judge"


@pytest.mark.parametrize(
    ("total", "reached"), [(1_000.0, True), (9_000_000.0, False)], ids=["far below", "far above"]
)
def test_a_day_looked_back_on_reached_its_net_target_if_that_is_likely(total: float, reached: bool) -> None:  # noqa: FBT001
    days, back = morning()
    shop = NET._replace(targets_net={"2026-11": total}, targets={"2026-11": 1.0})
    over = day_over(days, None, shop, YESTERDAY, back)
    assert over is not None
    assert over.reached is reached
    paid = day_over(days, None, shop._replace(target=TargetSettings(judge="paid")), YESTERDAY, back)
    assert paid is not None
    assert (paid.after, paid.reached) == (None, True)


def test_the_missing_visitors_make_up_the_missing_net_sales() -> None:
    """A tenth more of a net target needs a tenth more visitors, whatever share of sales comes back."""
    days, back = morning()
    net = net_sales(days, back, NET, TODAY)
    short = missing(days, [], NET._replace(targets_net={"2026-11": 400_000.0}), TODAY, back)
    same = missing(days, [], NET._replace(targets_net={"2026-11": 300_000.0}), TODAY, back)
    assert short is not None
    assert same is not None
    left = 30 - YESTERDAY.day
    assert short.gap - same.gap == pytest.approx(100_000 / left)
    paid = missing(days, [], SHOP._replace(targets={"2026-11": 400_000.0}), TODAY, back)
    assert paid is not None
    assert paid.value is not None
    assert short.value == pytest.approx(paid.value * (1 - net.rate))


def test_net_visitors_cost_more_than_paid_ones_unless_the_ads_are_net() -> None:
    from dataclasses import replace

    from tests.topics.ads.test_traffic_figures import purchase

    days, back = morning()
    aim = NET._replace(targets_net={"2026-11": 400_000.0})
    gross = missing(days, [purchase()], aim, TODAY, back)
    bought = purchase()
    after = missing(days, [replace(bought, spent=replace(bought.spent, in_net=True))], aim, TODAY, back)
    assert gross is not None
    assert after is not None
    assert gross.cost is not None
    assert after.cost is not None
    rate = net_sales(days, back, aim, TODAY).rate
    assert after.cost[0] / gross.cost[0] == pytest.approx(1 - rate)
