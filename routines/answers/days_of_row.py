"""The days behind a row of a table: the daily figures of one item, keyword, traffic source or ad plan.

Imports pandas. A user interface uses ``routines.analyst.analyst``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from core.answers.answer import About, Answer, Cell, CellKind, Series, Table, TableColumn, Verdict
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.sources import Sources
from core.exports.sheet import Sheet
from core.facts.window import load
from core.language.message import Words, say
from core.language.speech import Language, language, speak
from core.measures import baseline
from core.measures.baseline import Values, shape_known
from core.shop.loading import load_shop
from core.shop.settings import Shop
from core.topics.reviews.bad_reviews import bad_reviews

if TYPE_CHECKING:
    import pandas as pd

SHOWN: Final = 30
"""The number of days in the table."""
S = TypeVar("S", bound=Sheet)
_Load = Callable[[type[S]], "pd.DataFrame"]
"""A function that returns the rows of a sheet for the days shown and the ones they are compared with."""


class DayFigure:
    """A column of the table: its name and kind, the values by day, and how its total is made."""

    def __init__(self, id_: str, name: Words, kind: CellKind, values: Values, total: str = "sum") -> None:
        self.column: TableColumn[Words] = TableColumn(name, kind, id_, total=total)
        self.values = values


def days_of(folder: Path, about: About, *, day: date, lang: Language) -> Answer[Words]:
    """Return an answer with the table of the days before ``day``, newest first, and a series of its lead.

    The table has the figures of what ``about`` names (an item, a keyword, a source, or the ads of an item or
    plan), and how far the first one is from its usual value. Each row is about its day. The answer has no
    evidence if no imported file has figures by day.
    """
    if language() != lang:
        speak(lang)
    shop = load_shop(folder)
    speak(lang, shop.platform, shop.currency)
    last = day - timedelta(days=1)
    first = last - timedelta(days=SHOWN - 1)

    def loaded(sheet: type[S]) -> pd.DataFrame:
        return load(folder, sheet, first - timedelta(days=baseline.REACH_DAYS), last).frame

    figures = _figures(about, shop, loaded)
    known = [first + timedelta(days=n) for n in range(SHOWN)]
    days = [one for one in reversed(known) if any(one in figure.values for figure in figures)]
    if not days:
        return Answer(Verdict("nodata", say("No imported file has figures by day for this row.")))
    evidence = (_table(figures, days, shop), _course(figures[0], known))
    return Answer(Verdict("info", say("The last {n} days", n=SHOWN)), evidence=evidence)


def _figures(about: About, shop: Shop, loaded: _Load[Sheet]) -> Sequence[DayFigure]:
    if about.word:
        return _of_word(loaded(Keywords), about)
    if about.source:
        return _of_source(loaded(Sources), about.source, shop)
    if about.scene:
        return _of_ads(_scene_rows(loaded(Ads), about))
    if about.item:
        return _of_item(about.item, loaded) or _of_ads(_plan_rows(loaded(Ads), about.item))
    return ()


def _table(figures: Sequence[DayFigure], days: Sequence[date], shop: Shop) -> Table[Words]:
    """Return the table; after the first figure comes its difference from usual."""
    lead = figures[0]
    usual = _usual(lead.values, days, shop, money=lead.column.kind == "money")
    apart = {day: lead.values[day] - usual[day] for day in days if day in lead.values and day in usual}
    against = DayFigure("against_usual", say("Against usual"), lead.column.kind, apart)
    columns = [one for one in (lead, against, *figures[1:]) if any(day in one.values for day in days)]
    rows = tuple(
        (day.isoformat(), *(_cell(one.values.get(day), one.column.kind) for one in columns)) for day in days
    )
    heads = (TableColumn(say("Day"), "date", "day"), *(one.column for one in columns))
    about = tuple(About(day=day.isoformat()) for day in days)
    return Table(say("Day by day"), heads, rows, about=about)


def _course(lead: DayFigure, days: Sequence[date]) -> Series[Words]:
    unit = {"money": "CNY"}.get(lead.column.kind, "count")
    dates = tuple(day.isoformat() for day in days)
    return Series(lead.column.name, unit, dates, tuple(lead.values.get(day) for day in days))


def _cell(value: float | None, kind: CellKind) -> Cell:
    return None if value is None else round(value, 4 if kind == "rate" else 2)


def _usual(values: Values, days: Sequence[date], shop: Shop, *, money: bool) -> dict[date, float]:
    """Return each day's usual value: the mean of its comparable days, for money times the day's multiplier.

    Days are left out if too few comparable days are known, or if the calendar does not say how large they
    are. It says that of money only: visitors and clicks of campaign days are not compared.
    """
    found: dict[date, float] = {}
    for day in days:
        special = shop.special(day)
        if (special is not None and special.multiplier is None) if money else not shape_known(shop, day):
            continue
        compared = baseline.usual_days(values, day, shop).days
        mean = baseline.mean(values, compared) if len(compared) > 1 else None
        if mean is not None:
            found[day] = mean * (shop.multiplier(day) if money else 1.0)
    return found


def _of_item(item: str, loaded: _Load[Sheet]) -> Sequence[DayFigure]:
    items = loaded(Items)
    own = items[items["item"] == item]
    if own.empty:
        return ()
    sums = _sums(own, ("gmv", "visitors", "buyers", "cart_buyers"))
    ads = loaded(Ads)
    cost = baseline.totals(ads[(ads["report"] == "item") & (ads["item"] == item)], "cost")
    bad: dict[date, float] = {}
    for one in bad_reviews(loaded(Reviews)):
        if one.item == item:
            bad[one.day] = bad.get(one.day, 0.0) + 1
    return (
        DayFigure("gmv", say("Sales"), "money", sums["gmv"]),
        DayFigure("visitors", say("Visitors"), "count", sums["visitors"]),
        DayFigure("buyers", say("Buyers"), "count", sums["buyers"]),
        _over("conversion", say("Conversion"), "rate", sums, "buyers", "visitors"),
        _over("aov", say("Order value"), "money", sums, "gmv", "buyers"),
        DayFigure("cart_buyers", say("Added to cart"), "count", sums["cart_buyers"]),
        DayFigure("cost", say("Ad spend"), "money", cost),
        DayFigure("bad", say("Bad reviews"), "count", bad),
    )


def _of_word(keywords: pd.DataFrame, about: About) -> Sequence[DayFigure]:
    own = keywords[keywords["word"] == about.word]
    if about.item:
        own = own[own["item"] == about.item]
    return _of_ads(own, lead="clicks")


def _of_source(sources: pd.DataFrame, source: str, shop: Shop) -> Sequence[DayFigure]:
    if sources.empty:
        return ()
    days = baseline.source_days(sources, shop)
    sums = _sums(days[days["source"] == source], ("visitors", "buyers", "gmv"))
    return (
        DayFigure("visitors", say("Visitors"), "count", sums["visitors"]),
        DayFigure("buyers", say("Buyers"), "count", sums["buyers"]),
        _over("conversion", say("Conversion"), "rate", sums, "buyers", "visitors"),
        DayFigure("gmv", say("Sales"), "money", sums["gmv"]),
    )


def _scene_rows(ads: pd.DataFrame, about: About) -> pd.DataFrame:
    """Return the rows of an ad type; of one item, or of all plans."""
    own = ads[ads["scene"] == about.scene]
    if about.item:
        return own[(own["report"] == "item") & (own["item"] == about.item)]
    return own[own["report"] == "plan"]


def _plan_rows(ads: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of the item or plan with this id or name."""
    own = ads[(ads["report"] == "item") & (ads["item"] == name)]
    if len(own):
        return own
    return ads[(ads["report"] == "plan") & ((ads["plan_id"] == name) | (ads["plan"] == name))]


def _of_ads(own: pd.DataFrame, lead: str = "cost") -> Sequence[DayFigure]:
    if own.empty:
        return ()
    sums = _sums(own, ("impressions", "clicks", "cost", "orders", "gmv"))
    figures = {
        "cost": DayFigure("cost", say("Ad spend"), "money", sums["cost"]),
        "clicks": DayFigure("clicks", say("Clicks"), "count", sums["clicks"]),
    }
    return (
        figures.pop(lead),
        *figures.values(),
        DayFigure("impressions", say("Impressions"), "count", sums["impressions"]),
        _over("ctr", say("Click rate"), "rate", sums, "clicks", "impressions"),
        _over("cpc", say("CPC"), "money", sums, "cost", "clicks"),
        DayFigure("orders", say("Orders"), "count", sums["orders"]),
        DayFigure("gmv", say("Sales"), "money", sums["gmv"]),
        _over("roi", say("ROI"), "ratio", sums, "gmv", "cost"),
    )


def _sums(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, dict[date, float]]:
    return {name: baseline.totals(frame, name) for name in names}


def _over(
    id_: str, name: Words, kind: CellKind, sums: Mapping[str, Values], part: str, whole: str
) -> DayFigure:
    """Return the figure ``part`` / ``whole``, whose total is the ratio of their sums."""
    return DayFigure(id_, name, kind, baseline.over(sums[part], sums[whole]), f"ratio:{part}/{whole}")
