"""The day's key figures for the first page of the report: value, value a week before, target, meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from core.answers.answer import About, Cell, Evidence, Series, Table, TableColumn
from core.answers.incidents import Incidents
from core.answers.key_figures import COLUMNS
from core.language import message
from core.language.message import N_, Words, say
from core.measures import baseline, metrics
from core.measures.indicators import visitors_needed
from core.measures.net_sales import NetSales, net_sales
from core.shop.settings import Shop
from core.topics.sales.month.progress import DayInMonth, month_of
from core.topics.sales.month.trend import sales_trend
from core.topics.sales.net_target import NetMonth, net_month
from core.topics.sales.net_trend import net_trend

if TYPE_CHECKING:
    import pandas as pd

State: TypeAlias = Literal["reached", "missed", "usual", "high", "low", "over", "within", "open"]
WEEK = timedelta(days=7)
NAMES: Final[Mapping[str, str]] = {
    "gmv": N_("Sales"),
    "visitors": N_("Visitors"),
    "conversion": N_("Conversion"),
    "aov": N_("Order value"),
    "cost": N_("Ad spend"),
    "roi": N_("Ad ROI"),
    "refund_amount": N_("Refunds"),
    "service_conversion": N_("Inquiry conversion"),
}
"""The figures of the first page in reading order, by metric id."""
NET: Final = "net_sales"
"""Sales left after refunds: the first figure of a shop that has a net target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One of the day's key figures."""

    metric: str
    seen: float
    week_before: float | None
    """The value seven days earlier; None if unknown."""
    fair: bool
    """False if one of the two days was a campaign, a holiday or a day after a campaign."""
    aim: float | None
    """The target or, for ad cost, the budget; None if there is none."""
    state: State | None
    """What the value means; None if its usual range is unknown and it has no target."""

    @property
    def change(self) -> float | None:
        """Return the relative change within a week; None if unknown."""
        return self.seen / self.week_before - 1 if self.week_before else None

    @property
    def share(self) -> float | None:
        """Return the value as a share of its target; None if it has no target."""
        return self.seen / self.aim if self.aim else None


def key_figures(
    frames: Mapping[str, pd.DataFrame],
    shop: Shop,
    today: date,
    found: Incidents | None,
    refunds: pd.DataFrame | None = None,
) -> tuple[Evidence[Words], ...]:
    """Return the table of the newest finished day, today or yesterday, and the sales of thirty days.

    Empty if neither day is imported.

    A figure is marked high or low only if a change of it was found this morning. Otherwise a figure within
    its usual range is called usual, even below its target, because a single such day proves nothing.
    Net sales, with a net target, are called by the chance that the day reaches its share of it.
    """
    days = frames.get("shop_day")
    if days is None:
        return ()
    sales = baseline.column(days, "gmv")
    day = next((one for one in (today, today - timedelta(days=1)) if one in sales), None)
    if day is None:
        return ()
    month = month_of(sales, shop, day)
    aims = _aims(days, shop, day, month)
    called = _called(found)
    rows = [
        one
        for metric in NAMES
        if (one := _figure(metric, frames, shop, day, aims.get(metric), month, called)) is not None
    ]
    swing = None if month is None else month.swing
    net = None if not shop.net_target_of(day) else net_sales(days, refunds, shop, day + timedelta(days=1))
    after = None if net is None else net_month(sales, net, shop, day)
    if net is None or after is None:
        return _with_trend(_table(rows, day), sales_trend(sales, shop, day, swing))
    trend = net_trend(net, shop, day, swing) if shop.judged_net(day) else sales_trend(sales, shop, day, swing)
    return _with_trend(_table([*_net(after, net, shop, day), *rows], day), trend)


def _with_trend(table: Table[Words], trend: Series[Words] | None) -> tuple[Evidence[Words], ...]:
    return (table,) if trend is None else (table, trend)


def _net(month: NetMonth, net: NetSales, shop: Shop, day: date) -> list[KeyFigure]:
    """Return the day's net sales with their target."""
    before = net.day(day - WEEK)
    calls: dict[str | None, State] = {"met": "reached", "missed": "missed"}
    return [
        KeyFigure(
            metric=NET,
            seen=month.yesterday.net,
            week_before=None if before is None else before.net,
            fair=baseline.is_plain(shop, day) and baseline.is_plain(shop, day - WEEK),
            aim=float(month.target),
            state=calls.get(month.called, "open"),
        )
    ]


def _aims(days: pd.DataFrame, shop: Shop, day: date, month: DayInMonth | None) -> dict[str, float | None]:
    """Return the targets by metric: the day's sales, the visitors these need, ad budget, inquiry conversion.

    The target of the inquiry conversion is the industry's mean. There is no ad budget on campaign days.
    """
    target = None if month is None else float(month.target)
    values = {name: baseline.column(days, name) for name in ("buyers", "visitors", "gmv")}
    return {
        "gmv": target,
        "visitors": visitors_needed(shop, day, values, target),
        "cost": shop.ads.daily_budget if shop.multiplier(day) <= 1 else None,  # a campaign has its own
        "service_conversion": shop.thresholds.industry_conversion,
    }


def _called(found: Incidents | None) -> frozenset[str]:
    """Return the metrics of the whole shop for which a change was found this morning."""
    if found is None:
        return frozenset()
    about = (one.about for one in found.findings() if one.level in ("act", "watch", "good"))
    return frozenset(one.metric for one in about if one.metric and one == About(metric=one.metric))


def _figure(
    metric: str,
    frames: Mapping[str, pd.DataFrame],
    shop: Shop,
    day: date,
    aim: float | None,
    month: DayInMonth | None,
    called: frozenset[str],
) -> KeyFigure | None:
    known = metrics.figures(metric, None, shop, frames)
    if known is None or day not in known.values:
        return None
    seen, before = known.values[day], day - WEEK
    standing = baseline.standing(known.values, day, shop, expected=_expected(metric, shop, day))
    usual = baseline.shape_known(shop, day) or metric == "gmv"
    return KeyFigure(
        metric=metric,
        seen=seen,
        week_before=known.values.get(before),
        fair=baseline.is_plain(shop, day) and baseline.is_plain(shop, before),
        aim=aim,
        state=_state(metric, seen, aim, standing if usual else None, month, called),
    )


def _expected(metric: str, shop: Shop, day: date) -> float:
    return shop.multiplier(day) if metric in ("gmv", "refund_amount") else 1.0


def _state(
    metric: str,
    seen: float,
    aim: float | None,
    standing: baseline.Standing | None,
    month: DayInMonth | None,
    called: frozenset[str],
) -> State | None:
    if metric == "cost" and aim:
        return "over" if seen > aim else "within"
    if metric in called and standing is not None:
        return "high" if seen > standing.usual else "low"
    if aim and seen >= aim:
        return "reached"
    swings = (
        month.inside_swing
        if metric == "gmv" and month is not None and month.swing is not None
        else standing is not None and standing.low <= seen <= standing.high
    )
    if aim:
        return "usual" if swings else "missed"
    return None if standing is None else "usual"


def _table(rows: list[KeyFigure], day: date) -> Table[Words]:
    states = (
        ("reached", say("reached")),
        ("missed", say("not reached")),
        ("usual", say("within usual range")),
        ("high", say("higher than usual")),
        ("low", say("lower than usual")),
        ("over", say("over budget")),
        ("within", say("within budget")),
        *((("open", say("cannot tell yet")),) if any(one.metric == NET for one in rows) else ()),
    )
    fair = (("yes", say("yes")), ("no", say("no: special day")))
    columns = (
        TableColumn(say("Figure"), id=COLUMNS[0]),
        TableColumn(message.short_day(day), id=COLUMNS[1]),
        TableColumn(message.short_day(day - WEEK), id=COLUMNS[2]),
        TableColumn(say("Change"), id=COLUMNS[3]),
        TableColumn(say("Target value"), id=COLUMNS[4]),
        TableColumn(say("% of target"), "rate", COLUMNS[5]),
        TableColumn(say("Meaning"), "word", COLUMNS[6], states),
        TableColumn(say("Comparable"), "word", COLUMNS[7], fair),
    )
    return Table(say("Key figures"), columns, tuple(_row(one) for one in rows))


def _row(one: KeyFigure) -> tuple[Cell | Words, ...]:
    def shown(value: float | None) -> Words:
        return metrics.worded("gmv" if one.metric == NET else one.metric, value)

    return (
        say("Net sales") if one.metric == NET else say(NAMES[one.metric]),
        shown(one.seen),
        shown(one.week_before),
        message.percent(one.change, 0, sign=True),
        shown(one.aim),
        one.share,
        one.state,
        None if one.change is None else "yes" if one.fair else "no",
    )
