"""The evidence for a day's gap to usual sales: its split, and tables by factor, source and item."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from core.answers.answer import NOTHING, About, Cell, Part, Split, Table, TableColumn
from core.language import message
from core.language.message import N_, Words, say
from core.topics.sales.variance.effects import FACTORS, Gap
from core.topics.sales.variance.items import ItemGap
from core.topics.sales.variance.sources import SourceGap, SourceLine

FACTOR_NAMES = {"visitors": N_("Visitors"), "conversion": N_("Conversion"), "aov": N_("Order value")}


def factors(gap: Gap) -> Split[Words]:
    """Return the exact split of the gap between the day and its usual days, by factor.

    The calendar's part has a line of its own.
    """
    parts = [Part(say("Calendar effect"), gap.calendar)] if abs(gap.calendar) >= 1 else []
    for name in FACTORS:
        band = gap.bands[name]
        low, high = (None, None) if band is None else band
        parts.append(Part(say(FACTOR_NAMES[name]), gap.effect(name), low, high))
    if abs(gap.effects.rest) >= 1:
        parts.append(Part(say("Attributed to none of these"), gap.effects.rest))
    return split_of(gap, parts)


def split_of(gap: Gap, parts: Sequence[Part[Words]]) -> Split[Words]:
    """Return the split that leads from the mean of the usual days to the day's sales."""
    return Split(
        say("Difference from usual"),
        "CNY",
        gap.calendar + gap.total,
        tuple(parts),
        start=Part(say("A usual day"), gap.base.gmv or 0.0),
        end=Part(say("Sales yesterday"), gap.sold),
        lead=True,
    )


def figures(gap: Gap) -> Table[Words]:
    """Return the table of the three factors: actual, expected and effect."""
    shows: dict[str, Callable[[float | None], Words]] = {
        "visitors": message.count,
        "conversion": lambda rate: message.percent(rate, 2),
        "aov": message.money,
    }
    now, usual = _three(gap.now), _three(gap.expected)
    rows: list[tuple[Cell | Words, ...]] = [
        (
            say(FACTOR_NAMES[name]),
            shows[name](now[name]),
            shows[name](usual[name]),
            gap.effect(name),
        )
        for name in FACTORS
    ]
    rows.append(
        (
            say("Sales"),
            message.money(gap.sold),
            message.money(gap.usually),
            gap.total,
        )
    )
    columns = (
        TableColumn(say("Figure"), id="figure"),
        TableColumn(say("Yesterday"), id="yesterday"),
        TableColumn(say("Usual"), id="usual"),
        TableColumn(say("Effect on sales"), "money", "worth"),
    )
    return Table(say("Yesterday compared with usual"), columns, tuple(rows))


def _three(trade: tuple[float | None, float | None, float | None]) -> dict[str, float | None]:
    visitors, buyers, gmv = trade
    return {
        "visitors": visitors,
        "conversion": buyers / visitors if visitors and buyers is not None else None,
        "aov": gmv / buyers if buyers and gmv is not None else None,
    }


def sources(gap: SourceGap, changed: Collection[str]) -> Table[Words]:
    """Return the table of all sources by effect, and the unattributed line that completes the sum.

    ``changed`` are the sources for which a change was found this morning.
    """
    rows: list[tuple[Cell | Words, ...]] = [
        (
            line.name,
            line.visitors,
            line.usual,
            line.lost,
            line.yuan,
            _spent(line),
            line.cost.value,
            "changed" if line.name in changed else "new" if line.usual is None else "usual",
        )
        for line in gap.lines
    ]
    rows.append((say("Unattributed"), None, None, None, gap.split.unattributed, None, None, "overlap"))
    judged = (
        ("changed", say("outside usual range")),
        ("new", say("newly appeared")),
        ("usual", say("within usual range")),
        ("overlap", say("visitors overlap between sources")),
    )
    columns = (
        TableColumn(say("Source"), id="source"),
        TableColumn(say("Visitors"), "count", "visitors"),
        TableColumn(say("Usual"), "count", "usual"),
        TableColumn(say("due to visitors"), "money", "by_visitors", total="sum"),
        TableColumn(say("Effect on sales"), "money", "worth", total="sum"),
        TableColumn(say("Spent"), "money", "spent", total="sum"),
        TableColumn(say("Cost per visitor"), "money", "per_visitor"),
        TableColumn(say("Result"), "word", "judged", judged),
    )
    about = (*(About(source=line.name) for line in gap.lines), NOTHING)
    return Table(say("Traffic sources, largest effect first"), columns, tuple(rows), about=about)


def _spent(line: SourceLine) -> float | None:
    return line.spent or None


def items(gap: ItemGap, changed: Collection[str]) -> Table[Words]:
    """Return the table of the items with the largest gaps, with all other items in one line.

    ``changed`` are the items for which a change was found this morning.
    """
    rows = tuple(
        (
            line.title or say("All other items"),
            line.now.gmv,
            line.expected.gmv,
            line.effects.total,
            line.effects.visitors,
            line.effects.conversion,
            line.effects.aov,
            "changed" if line.item in changed and line.state == "usual" else line.state,
        )
        for line in gap.lines
    )
    judged = (
        ("new", say("newly appeared")),
        ("gone", say("no longer there")),
        ("changed", say("outside usual range")),
        ("usual", say("within usual range")),
    )
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Sold"), "money", "sold", total="sum"),
        TableColumn(say("Usual"), "money", "usual", total="sum"),
        TableColumn(say("Effect on sales"), "money", "worth", total="sum"),
        TableColumn(say("due to visitors"), "money", "by_visitors", total="sum"),
        TableColumn(say("due to conversion"), "money", "by_conversion", total="sum"),
        TableColumn(say("due to order value"), "money", "by_aov", total="sum"),
        TableColumn(say("Result"), "word", "judged", judged),
    )
    about = tuple(About(item=line.item) for line in gap.lines)
    return Table(say("Items, largest difference first"), columns, rows, about=about)
