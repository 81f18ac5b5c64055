"""The result of checking one possible cause of a day's sales against its usual value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.answers.answer import Proposal
from core.answers.incidents import Incidents
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline
from core.measures.order_value import ShopRefunds
from core.records.market import MarketSeen
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

State: TypeAlias = Literal["helped", "hurt", "moved", "usual", "nodata"]
SURE = 3.9
"""From this many robust standard deviations above usual, a figure counts as having helped.

Bad figures are reported from the same distance on.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One possible cause, as a line of the checklist."""

    key: str
    name: Words
    state: State
    seen: Words
    """The figure and its usual value in words; if there is no data, where to look."""
    proposals: tuple[Proposal[Words], ...] = ()
    weight: float = 0.0
    """The distance from usual in robust standard deviations; used for sorting only."""
    told: bool = False
    """Whether a finding on this morning's changes reports it already, so that it gets none of its own."""

    @property
    def text(self) -> Words:
        """Return the cause's name and its figure as one sentence."""
        return say("{name}: {seen}", name=self.name, seen=self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The input of the checklist: the day to explain, the shop and the imported data frames."""

    day: date
    shop: Shop
    days: pd.DataFrame
    sources: pd.DataFrame | None = None
    ads: pd.DataFrame | None = None
    service: pd.DataFrame | None = None
    reviews: pd.DataFrame | None = None
    stock: pd.DataFrame | None = None
    items: pd.DataFrame | None = None
    incidents: Incidents | None = None
    market: MarketSeen | None = None
    """The market figures entered for that day, if any."""
    refunds: ShopRefunds | None = None

    @property
    def tomorrow(self) -> str:
        """Return the day on which an action started today shows in the data: two days after the data day."""
        return (self.day + timedelta(days=2)).isoformat()

    @property
    def shape_known(self) -> bool:
        """Return whether the usual values of figures other than sales are known for the day.

        They are not known for campaign days.
        """
        return baseline.shape_known(self.shop, self.day)

    def standing(self, values: Mapping[date, float], *, half: bool = False) -> baseline.Standing | None:
        """Return the day's figure compared with its usual value.

        With ``half`` the expected figure is scaled by the square root of the calendar's multiplier.
        """
        return baseline.standing(values, self.day, self.shop, expected=self.half_multiplier if half else 1.0)

    @property
    def half_multiplier(self) -> float:
        """Return the square root of the calendar's multiplier, the part of its effect assigned to visitors.

        This division was set by judgement.
        """
        return float(self.shop.multiplier(self.day) ** 0.5)


def nothing(key: str, name: Words, todo: Words) -> Cause:
    """Return a cause that has no data; ``todo`` says where to look instead."""
    return Cause(key=key, name=name, state="nodata", seen=todo)


def by_standing(
    looked: Looked,
    key: str,
    name: Words,
    standing: baseline.Standing | None,
    show: Callable[[float], Words],
    *,
    kinds: Collection[str] = (),
    rate: bool = False,
    bought: bool = False,
) -> Cause:
    """Judge a figure by its usual range and the changes found this morning.

    Its state is "hurt" if this morning's changes include one of ``kinds``, and "helped" if it is far above
    its usual range. Any other figure outside its range is "moved", which is shown in the table only, not as a
    finding. A ``bought`` figure (one that costs money, such as ad spend) is never "helped", because more of
    it costs more. If ``rate``, the change is given in percentage points.
    """
    told = bool(looked.incidents and looked.incidents.of(kinds))
    if not looked.shape_known:
        return nothing(
            key, name, say("the day was a campaign day, and there is no usual value for such a day.")
        )
    if standing is None:
        return nothing(key, name, say("too few usual days to compare with."))
    moved = standing.moved
    values: dict[str, Value] = {
        "value": show(standing.value),
        "usual": show(standing.usual),
        "change": (
            say("{points} pts", points=message.ratio((standing.value - standing.usual) * 100, 1, sign=True))
            if rate
            else message.percent(standing.change, 0, sign=True)
        ),
        "low": show(standing.low),
        "high": show(standing.high),
    }
    if told:
        seen = say("{value}, usually {usual}: see the changes found this morning.", **values)
        return Cause(key=key, name=name, state="hurt", seen=seen, weight=abs(standing.score), told=True)
    if not moved:
        seen = say("{value}, usually {usual}; within the usual range.", **values)
        return Cause(key=key, name=name, state="usual", seen=seen, weight=abs(standing.score))
    seen = say(
        "{value}, {change} compared with the usual {usual}; outside the usual range ({low} to {high}).",
        **values,
    )
    helped = moved == "up" and standing.score >= SURE and not bought
    state: State = "helped" if helped else "moved"
    return Cause(key=key, name=name, state=state, seen=seen, weight=abs(standing.score))
