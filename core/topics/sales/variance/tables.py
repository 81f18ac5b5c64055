"""The gap as evidence: the split, the three figures, the sources, the items, the three bins."""

from __future__ import annotations

from core.answers.answer import Cell, Part, Split, Table, TableColumn
from core.language import wording
from core.language.wording import N_, say
from core.statistics.swing import Likelihood
from core.topics.sales.traffic import SourceChange
from core.topics.sales.variance.effects import FACTORS, Gap
from core.topics.sales.variance.indicator_bins import Binned, bin_name
from core.topics.sales.variance.items import ItemGap
from core.topics.sales.variance.sources import SourceGap, SourceLine

FACTOR_NAMES = {"visitors": N_("Visitors"), "conversion": N_("Conversion"), "aov": N_("AOV")}


def factors(gap: Gap) -> Split:
    """Return the exact split of the gap against the usual days.

    What the calendar explains is its own line.
    """
    parts = [Part(say("Calendar"), gap.calendar)] if abs(gap.calendar) >= 1 else []
    for name in FACTORS:
        band = gap.bands[name]
        low, high = (None, None) if band is None else band
        parts.append(Part(say(FACTOR_NAMES[name]), gap.effect(name), low, high))
    if abs(gap.effects.rest) >= 1:
        parts.append(Part(say("Not split"), gap.effects.rest))
    return Split(say("Gap to usual days"), "CNY", gap.calendar + gap.total, tuple(parts))


def figures(gap: Gap) -> Table:
    """Return the three factors as they were, should have been, and what each is worth."""
    judged: dict[Likelihood, str] = {
        "likely": say("likely"),
        "possible": say("possible"),
        "usual": say("usual swing"),
    }
    shows = {
        "visitors": wording.count,
        "conversion": lambda rate: wording.percent(rate, 2),
        "aov": wording.money,
    }
    now, usual = _three(gap.now), _three(gap.expected)
    rows: list[tuple[Cell, ...]] = [
        (
            say(FACTOR_NAMES[name]),
            shows[name](now[name]),
            shows[name](usual[name]),
            gap.effect(name),
            judged[gap.said[name]] if gap.shape_known else wording.DASH,
        )
        for name in FACTORS
    ]
    rows.append(
        (
            say("GMV"),
            wording.money(gap.sold),
            wording.money(gap.usually),
            gap.total,
            say("usual swing") if gap.inside else say("beyond the swing"),
        )
    )
    columns = (
        TableColumn(say("Figure")),
        TableColumn(say("Yesterday")),
        TableColumn(say("Usual")),
        TableColumn(say("Worth"), "money"),
        TableColumn(say("Judged")),
    )
    return Table(say("Yesterday against usual"), columns, tuple(rows))


def _three(trade: tuple[float | None, float | None, float | None]) -> dict[str, float | None]:
    visitors, buyers, gmv = trade
    return {
        "visitors": visitors,
        "conversion": buyers / visitors if visitors and buyers is not None else None,
        "aov": gmv / buyers if buyers and gmv is not None else None,
    }


def sources(gap: SourceGap) -> Table:
    """Return every source by its yuan, and the line that makes the sum right."""
    rows: list[tuple[Cell, ...]] = [
        (
            line.name,
            line.visitors,
            line.usual,
            line.lost,
            line.yuan,
            _spent(line),
            line.cost.value,
            source_state(line),
        )
        for line in gap.lines
    ]
    rows.append(
        (say("Unattributed"), None, None, None, gap.split.unattributed, None, None, say("sources overlap"))
    )
    columns = (
        TableColumn(say("Source")),
        TableColumn(say("Visitors"), "count"),
        TableColumn(say("Usual"), "count"),
        TableColumn(say("by visitors"), "money"),
        TableColumn(say("Worth"), "money"),
        TableColumn(say("Spent"), "money"),
        TableColumn(say("Per visitor"), "money"),
        TableColumn(say("Judged")),
    )
    return Table(say("Sources, largest effect first"), columns, tuple(rows))


def _spent(line: SourceLine) -> float | None:
    return line.spent or None


def source_state(line: SourceLine) -> str:
    """Return what can be said of a source's visitors."""
    states: dict[str, str] = {
        "new": say("new here"),
        "few days": say("too few days"),
        "small": say("too small to judge"),
    }
    change: SourceChange = line.change
    if change.state in states:
        return states[change.state]
    if not line.moved:
        return say("usual swing")
    return say("rose") if (change.z or 0.0) > 0 else say("fell")


def items(gap: ItemGap) -> Table:
    """Return the items with the largest gaps, the rest as one line."""
    rows = tuple(
        (
            line.title or say("All other items"),
            line.now.gmv,
            line.expected.gmv,
            line.effects.total,
            line.effects.visitors,
            line.effects.conversion,
            line.effects.aov,
            _item_state(line.state, moved=line.moved),
        )
        for line in gap.lines
    )
    columns = (
        TableColumn(say("Item")),
        TableColumn(say("Sold"), "money"),
        TableColumn(say("Usual"), "money"),
        TableColumn(say("Worth"), "money"),
        TableColumn(say("by visitors"), "money"),
        TableColumn(say("by conversion"), "money"),
        TableColumn(say("by AOV"), "money"),
        TableColumn(say("Judged")),
    )
    return Table(say("Items, largest gap first"), columns, rows)


def _item_state(state: str, *, moved: bool) -> str:
    if state == "new":
        return say("new here")
    if state == "gone":
        return say("gone")
    return say("beyond the swing") if moved else say("usual swing")


def bins(found: tuple[Binned, ...]) -> Table:
    """Return the indicators by bin: to improve first, then achieved, then to keep up."""
    order = ("improve", "achieved", "keep")
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(found, key=lambda binned: order.index(binned.bin)):
        show, standing = one.indicator.show, one.standing
        band = say("{low} to {high}", low=show(standing.low), high=show(standing.high))
        rows.append(
            (bin_name(one.bin), say(one.indicator.name), show(standing.value), show(standing.usual), band)
        )
    columns = (say("Bin"), say("Figure"), say("Yesterday"), say("Usual"), say("Usual swing"))
    return Table(
        say("Achieved, to improve, to keep up"), tuple(TableColumn(name) for name in columns), tuple(rows)
    )
