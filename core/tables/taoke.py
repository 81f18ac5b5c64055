"""The affiliates' table (淘宝客资源表): each promoter's commission, and the sales each brought.

Taoke (淘宝客) is Taobao's affiliate programme, after which the table is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.language.wording import N_, say
from core.measures import baseline
from core.records.records import Records
from core.records.team import TaokePartner
from core.shop.settings import Shop
from core.tables.span import Cells, Period, Span, cell, period_columns, rated, summed
from core.tables.table import Declared, ShopTable, build
from core.tables.totals import ratio, with_totals

SOURCE = "淘宝客"
STATES = {
    "talking": N_("in talks"), "running": N_("running"), "paused": N_("paused"), "ended": N_("ended"),
}  # fmt: skip
Told = tuple[date, TaokePartner]
Daily = dict[str, dict[date, float]]


def resources(
    partners: Records[TaokePartner],
    days: ShopDay | None = None,
    sources: Sources | None = None,
    *,
    shop: Shop,
    span: Span,
) -> ShopTable:
    """Return the table of promoters, with their terms and the visitors, buyers and sales they brought."""
    told = [(one.value.on or one.at.date(), one.value) for one in partners]
    whole = _whole(days, sources, shop)
    rows = []
    for period in span.periods:
        if (all_of_them := _all(whole, period)) is not None:
            rows.append(Cells(period, {"name": say("All promoters (from the file)"), **all_of_them}))
        own = []
        for name in dict.fromkeys(one.name for _, one in told):
            mine = [one for one in told if one[1].name == name]
            if any(period.first <= day <= period.last for day, _ in mine):
                own.append(Cells(period, {"name": name, **_partner(mine, period)}))
        rows += sorted(own, key=_by_kept)
    notes = [
        say("The shop's own files show all promoters together; single promoters are as entered by hand.")
    ]
    if any("kept" in row.cells for row in rows):
        notes.append(
            say(
                "Promoters are ranked by sales after refunds; those whose refunds are not entered come last, "
                "because what is refunded of their sales is not known."
            )
        )
    elif any(one.gmv is not None for _, one in told):
        notes.append(
            say("Refunds of single promoters are not entered, so their sales are those before refunds.")
        )
    columns = _columns(span)
    table = build(
        "taoke", say("{affiliates} promoters"), span.words, columns, rows, notes=notes if rows else ()
    )
    together = _all(whole, Period(span.first, span.last, ""))
    if together is None:  # only single promoters, as entered by hand
        rates = {
            "conversion": ratio(table, "buyers", "visitors"),
            "commission": ratio(table, "fee", "gmv"),
        }
        return with_totals(table, ("visitors", "buyers", "gmv", "refunded", "kept", "fee"), rates)
    return with_totals(table, (), {"name": say("All promoters (from the file)"), **together})


def _whole(days: ShopDay | None, sources: Sources | None, shop: Shop) -> Daily:
    """Return the exports' figures of all promoters together, by day: fee, visitors, buyers and sales."""
    found: Daily = {"fee": {} if days is None else baseline.column(days.frame, "taoke_fee")}
    rows = None
    if sources is not None and not sources.frame.empty:
        by_source = baseline.source_days(sources.frame, shop)
        rows = by_source[by_source["source"] == SOURCE]
    for name in ("visitors", "buyers", "gmv"):
        found[name] = {} if rows is None else baseline.totals(rows, name)
    return found


def _all(whole: Daily, period: Period) -> dict[str, object] | None:
    known = sorted({day for values in whole.values() for day in values} & set(period.days))
    if not known:
        return None
    return {
        **{name: summed(values, known) for name, values in whole.items()},
        "conversion": rated(whole["buyers"], whole["visitors"], known),
        "commission": rated(whole["fee"], whole["gmv"], known),
    }


def _partner(mine: Sequence[Told], period: Period) -> dict[str, object]:
    """Return a promoter's latest terms at the end of the period, and the sums of the period's figures."""
    until = [one for day, one in mine if day <= period.last]
    inside = [one for day, one in mine if period.first <= day <= period.last]
    last = until[-1]
    cells: dict[str, object] = {
        "channel": last.channel,
        "contact": last.contact,
        "item": last.item,
        "state": say(STATES.get(last.state, last.state)),
        "commission": None if last.commission is None else last.commission / 100,
        "note": last.note,
    }
    for name in ("visitors", "buyers", "gmv", "refunded", "fee"):
        told = [value for one in inside if (value := getattr(one, name)) is not None]
        cells[name] = float(sum(told)) if told else None
    net = [one for one in inside if one.gmv is not None and one.refunded is not None]
    if net and all(one.refunded is not None for one in inside if one.gmv is not None):
        cells["kept"] = sum((one.gmv or 0.0) - (one.refunded or 0.0) for one in net)
    both = [one for one in inside if one.buyers is not None and one.visitors]
    if both:
        cells["conversion"] = sum(one.buyers or 0 for one in both) / sum(one.visitors or 0 for one in both)
    return cells


def _by_kept(row: Cells) -> tuple[bool, float]:
    """Return the sort key of a promoter's row: the most sales after refunds first, unknown ones last."""
    kept = row.cells.get("kept")
    return (not isinstance(kept, float | int), -float(kept) if isinstance(kept, float | int) else 0.0)


def _columns(span: Span) -> list[Declared[Cells]]:
    return [
        *period_columns(span),
        cell("name", say("Promoter")),
        cell("channel", say("Channel")),
        cell("contact", say("Contact")),
        cell("item", say("Item")),
        cell("state", say("State")),
        cell("commission", say("Commission rate"), "rate"),
        cell("visitors", say("Visitors"), "count"),
        cell("buyers", say("Buyers"), "count"),
        cell("conversion", say("Conversion"), "rate"),
        cell("gmv", say("Sales"), "money"),
        cell("refunded", say("Refunded"), "money"),
        cell("kept", say("After refunds"), "money"),
        cell("fee", say("Commission paid"), "money"),
        cell("note", say("Note")),
    ]
