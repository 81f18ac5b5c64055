"""The rivals table (竞店观察表): what the operator observed at each rival, by day, week or month.

Counts that the platform displays as "2000+" are kept as ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from core.language.numbers import number
from core.language.wording import say
from core.records.evening import RivalNow
from core.records.records import Recorded, Records, RivalSeen
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.tables.span import Period, Span, period_columns
from core.tables.table import Declared, ShopTable, build, yes_no
from core.topics.rivals.displayed_counts import displayed_count
from core.topics.rivals.followed.sightings import price_band

Look = tuple[date, Recorded[RivalSeen]]


class _Row(NamedTuple):
    """The observations (``looks``) of one rival in one period.

    The table shows the sum of the numbers of new listings, and the last observation of most other fields.
    """

    period: Period
    rival: str
    looks: Sequence[Recorded[RivalSeen]]
    evenings: Sequence[RivalNow]

    def values(self, name: str) -> list[Any]:
        """Return the observed values of a field, oldest first; observations without a value are left out."""
        return [value for look in self.looks if (value := getattr(look.value, name)) is not None]

    def own(self, name: str) -> str:
        """Return the last value of a field of the shop's own as text; empty if it was never filled in."""
        held = [value for look in self.looks for key, value in look.own if key == name]
        return "" if not held else yes_no(held[-1]) if isinstance(held[-1], bool) else _plain(held[-1])

    def ranges(self, name: str, read: Callable[[str], Interval | None]) -> list[Interval]:
        """Return the observed texts of a field, parsed with ``read`` into ranges."""
        return _ranges(self.values(name), read)

    @property
    def orders(self) -> list[Interval]:
        """The range of orders observed on each evening of the period; evenings not observed are left out."""
        return _ranges([one.orders for one in self.evenings], price_band)


def looks(
    seen: Records[RivalSeen],
    now: Records[RivalNow],
    *,
    shop: Shop,
    span: Span,
) -> ShopTable:
    """Return the table of observed listings, prices, sales and changes, one row per rival and period."""
    names = {one.id: one.name or one.id for one in shop.rivals}
    places = {name: place for place, name in enumerate(names.values())}
    by_name: dict[str, list[Look]] = {}
    for one in seen:
        by_name.setdefault(names.get(one.value.rival, one.value.rival), []).append((one.at.date(), one))
    orders = {(names.get(one.value.rival, one.value.rival), one.at.date()): one.value for one in now}
    rows = []
    for period in span.periods:
        for name in sorted(
            {*by_name, *(key[0] for key in orders)}, key=lambda n: (places.get(n, len(places)), n)
        ):
            mine = [look for day, look in by_name.get(name, ()) if period.first <= day <= period.last]
            evenings = [orders[name, day] for day in period.days if (name, day) in orders]
            if mine or evenings:
                rows.append(_Row(period, name, mine, evenings))
    notes = [
        say(
            "Displayed sales are ranges: 2000+ means 2,000 to 2,999. An empty cell means not looked at, "
            "never zero."
        )
    ]
    own = dict.fromkeys(name for row in rows for look in row.looks for name, _ in look.own)
    columns = [*_columns(span), *(_own_column(name) for name in own)]
    return build("rivals", say("Rivals"), span.words, columns, rows, notes=notes if rows else ())


def _ranges(texts: Iterable[str], read: Callable[[str], Interval | None]) -> list[Interval]:
    return [found for text in texts if text and (found := read(text)) is not None]


def _sum(values: Sequence[float]) -> float | None:
    return sum(values) if values else None


def _last(values: Sequence[Any]) -> Any:  # noqa: ANN401 - one of the values
    return values[-1] if values else None


def _words(texts: Sequence[str]) -> str:
    return say("; ").join(dict.fromkeys(text for text in texts if text))


def _plain(value: str | float) -> str:
    return number(value) if isinstance(value, float) else str(value)


def _own_column(name: str) -> Declared[_Row]:
    """Return the column of a field that the shop added in routine.toml."""
    return (name, name, "text", lambda row: row.own(name))


def _columns(span: Span) -> list[Declared[_Row]]:
    looks: list[Declared[_Row]] = [
        ("looks", say("Times looked at"), "count", lambda row: len(row.looks) or None)
    ]
    ranked: list[Declared[_Row]] = [
        ("ranked", say("Times an ad rank was seen"), "count",
         lambda row: len(row.values("rank")) if any(row.values("keyword")) else None),
    ]  # fmt: skip
    return [
        *period_columns(span),
        ("rival", say("Rival"), "text", lambda row: row.rival),
        *(looks if span.by != "day" else ()),
        ("new_listings", say("New listings"), "count", lambda row: _sum(row.values("new_listings"))),
        ("season_items", say("Season items"), "count", lambda row: _last(row.values("season_items"))),
        ("season_sells", say(
            "Do season items sell?"), "text", lambda row: yes_no(_last(row.values("season_sells")))),
        ("price_low", say("Lowest price"), "money",
         lambda row: min((one.low for one in row.ranges("price", price_band)), default=None)),
        ("price_high", say("Highest price"), "money",
         lambda row: max((one.high for one in row.ranges("price", price_band)), default=None)),
        ("sold_low", say("Displayed sales, at least"), "count",
         lambda row: _last([one.low for one in row.ranges("sold", displayed_count)])),
        ("sold_high", say("Displayed sales, at most"), "count",
         lambda row: _last([one.high for one in row.ranges("sold", displayed_count)])),
        ("orders_low", say("Orders in the evening, at least"), "count",
         lambda row: _sum([one.low for one in row.orders])),
        ("orders_high", say("Orders in the evening, at most"), "count",
         lambda row: _sum([one.high for one in row.orders])),
        ("reviews", say("Reviews"), "count", lambda row: _last(row.values("reviews"))),
        ("keyword", say("Keyword searched"), "text",
         lambda row: _last(list(filter(None, row.values("keyword"))))),
        ("rank", say("Best ad rank"), "count", lambda row: min(row.values("rank"), default=None)),
        *(ranked if span.by != "day" else ()),
        ("changes", say("Changes seen"), "text", lambda row: _words(row.values("changes"))),
        ("bad_reviews", say("Complaints in bad reviews"), "text",
         lambda row: _words(row.values("bad_reviews"))),
        ("off_site", say("Outside the platform"), "text", lambda row: _words(row.values("off_site"))),
        ("note", say("Note"), "text", lambda row: _words(row.values("note"))),
    ]  # fmt: skip
