"""Our live streams of the last four weeks: a table, and their sales per hour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.answers.answer import Cell, Finding, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

SHOWN = 12
HOUR = 60.0


def of_days(frame: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return the live streams that began before today, the newest first."""
    past: pd.DataFrame = frame[frame["date"].dt.date < today]
    return past.sort_values("started", ascending=False)


def table(streams: pd.DataFrame) -> Table[Words]:
    """Return the newest streams with sales per hour and per hundred viewers."""
    columns = (
        TableColumn(say("Began"), "text", "began"),
        TableColumn(say("Host"), "text", "host"),
        TableColumn(say("Minutes"), "count", "minutes"),
        TableColumn(say("Viewers"), "count", "viewers"),
        TableColumn(say("Buyers"), "count", "buyers"),
        TableColumn(say("Sales"), "money", "gmv"),
        TableColumn(say("Sales an hour"), "money", "an_hour"),
        TableColumn(say("Sales per 100 viewers"), "money", "per_viewers"),
        TableColumn(say("Refunded"), "money", "refunded"),
        TableColumn(say("Ad spend"), "money", "ad_cost"),
    )
    rows = tuple(_row(row) for row in streams.head(SHOWN).itertuples(index=False))
    return Table(say("Our live streams of four weeks"), columns, rows)


def _row(row: object) -> tuple[Cell | Words, ...]:
    known = {
        name: _known(getattr(row, name))
        for name in ("minutes", "viewers", "buyers", "gmv", "refund_amount", "ad_cost")
    }
    gmv, minutes, viewers = known["gmv"], known["minutes"], known["viewers"]
    return (
        f"{row.started:%m-%d %H:%M}",  # type: ignore[attr-defined]  # of an itertuples row
        str(row.host),  # type: ignore[attr-defined]
        minutes,
        viewers,
        known["buyers"],
        gmv,
        None if gmv is None or not minutes else round(gmv * HOUR / minutes, 2),
        None if gmv is None or not viewers else round(gmv * 100 / viewers, 2),
        known["refund_amount"],
        known["ad_cost"],
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def findings(streams: pd.DataFrame) -> list[Finding[Words]]:
    """Return the finding on the sales per hour of all live streams together.

    Empty if the duration of none is known.
    """
    timed = streams[streams["minutes"] > 0]
    hours = float(timed["minutes"].sum()) / HOUR
    if not hours:
        return []
    sales = float(timed["gmv"].sum())
    text = message.plural(
        "{n} live stream of ours in four weeks: {sales} in {hours} hours, {an_hour} an hour before refunds.",
        "{n} live streams of ours in four weeks: {sales} in {hours} hours, {an_hour} an hour before refunds.",
        len(timed),
        sales=message.money(round(sales)),
        hours=message.ratio(hours, 1),
        an_hour=message.money(round(sales / hours)),
    )
    cost = float(timed["ad_cost"].sum())
    spent = (
        say("{cost} was spent on ads for the live streams.", cost=message.money(round(cost))) if cost else ""
    )
    return [finding("live", "own", "info", message.sentences([text, spent]))]
