"""The indicator table (各项工作指标表): each figure with its responsible person, aim, value and state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from core.answers.answer import Cell, Table, TableColumn
from core.language import message
from core.language.message import N_, Words, say
from core.measures import baseline
from core.shop.settings import Role, Shop

State: TypeAlias = Literal["reached", "close", "missed"]
ROLE_NAMES: dict[str, str] = {
    "owner": N_("Owner"),
    "operator": N_("Operator"),
    "promotion": N_("Promotion"),
    "design": N_("Design"),
    "service": N_("Service"),
    "content": N_("Content"),
    "supply": N_("Supply"),
    "viewer": N_("Viewer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One figure, with its aim, its value and the role responsible for it."""

    name: Words
    role: Role
    aim: float | None
    seen: float | None
    show: str
    """Format of the figure: money, count, rate or ratio."""
    low: float | None = None
    """A value between this and the aim is within the usual range, i.e. close."""
    lower_is_better: bool = False

    @property
    def state(self) -> State | None:
        """Return "reached", "close" (within the usual range) or "missed"; None if aim or value is unknown."""
        if self.aim is None or self.seen is None:
            return None
        if (self.seen <= self.aim) if self.lower_is_better else (self.seen >= self.aim):
            return "reached"
        if self.low is not None and (
            (self.seen <= self.low) if self.lower_is_better else (self.seen >= self.low)
        ):
            return "close"
        return "missed"


def person_for(shop: Shop, role: str) -> Words:
    """Return the name of the person with this role or, if there is none, the name of the role."""
    found = next((person.name for person in shop.team if role in person.roles), "")
    return found or say(ROLE_NAMES.get(role, role))


def table(shop: Shop, indicators: list[Indicator]) -> Table[Words]:
    """Return the indicators as the table that their step shows."""
    rows: list[tuple[Cell | Words, ...]] = []
    for one in indicators:
        show = _SHOW[one.show]
        rows.append((one.name, person_for(shop, one.role), show(one.aim), show(one.seen), one.state))
    states = (
        ("reached", say("reached")),
        ("close", say("within the usual range")),
        ("missed", say("not reached")),
    )
    columns = (
        TableColumn(say("Indicator"), id="indicator"),
        TableColumn(say("Who"), id="who"),
        TableColumn(say("Target value"), id="aim"),
        TableColumn(say("Yesterday"), id="yesterday"),
        TableColumn(say("State"), "word", "state", states),
    )
    return Table(say("Indicators"), columns, tuple(rows))


_SHOW: dict[str, Callable[[float | None], Words]] = {
    "money": message.money,
    "count": message.count,
    "rate": message.percent,
    "ratio": message.ratio,
}


def shop_indicators(
    shop: Shop, day: date, values: Mapping[str, Mapping[date, float]], target: float | None
) -> list[Indicator]:
    """Return the shop's daily figures compared with what the target requires.

    The required visitors are those that reach the target at the usual conversion and average order value.
    """
    buyers, visitors, gmv = values["buyers"], values["visitors"], values["gmv"]
    conversion, aov = baseline.over(buyers, visitors), baseline.over(gmv, buyers)
    usual_rate, usual_aov = _usual_rate_and_aov(shop, day, conversion, aov)
    needed = _visitors_for(target, usual_rate, usual_aov)
    rows = [
        Indicator(name=say("Sales"), role="operator", aim=target, seen=gmv.get(day), show="money"),
        Indicator(name=say("Visitors"), role="promotion", aim=needed, seen=visitors.get(day), show="count"),
        _by_usual(say("Conversion"), "design", usual_rate, conversion.get(day), "rate"),
        _by_usual(say("Order value"), "operator", usual_aov, aov.get(day), "money"),
    ]
    refunds = baseline.standing(values.get("refund_amount", {}), day, shop)
    if refunds is not None:
        rows.append(
            Indicator(
                name=say("Refunds"),
                role="service",
                aim=refunds.usual,
                seen=refunds.value,
                show="money",
                low=refunds.high,
                lower_is_better=True,
            )
        )
    return rows


def visitors_needed(
    shop: Shop, day: date, values: Mapping[str, Mapping[date, float]], target: float | None
) -> float | None:
    """Return the visitors that reach the target at the usual conversion and order value; None if unknown.

    ``values`` are buyers, visitors and gmv by day.
    """
    conversion = baseline.over(values["buyers"], values["visitors"])
    aov = baseline.over(values["gmv"], values["buyers"])
    return _visitors_for(target, *_usual_rate_and_aov(shop, day, conversion, aov))


def _usual_rate_and_aov(
    shop: Shop, day: date, conversion: Mapping[date, float], aov: Mapping[date, float]
) -> tuple[baseline.Standing | None, baseline.Standing | None]:
    if not baseline.shape_known(shop, day):
        return None, None
    half = float(shop.multiplier(day) ** 0.5)
    return baseline.standing(conversion, day, shop, expected=half), baseline.standing(aov, day, shop)


def _visitors_for(
    target: float | None, rate: baseline.Standing | None, aov: baseline.Standing | None
) -> float | None:
    if not target or rate is None or aov is None or rate.usual * aov.usual <= 0:
        return None
    return target / (rate.usual * aov.usual)


def _by_usual(
    name: Words, role: Role, found: baseline.Standing | None, seen: float | None, show: str
) -> Indicator:
    aim, low = (found.usual, found.low) if found is not None else (None, None)
    return Indicator(name=name, role=role, aim=aim, seen=seen, show=show, low=low)
