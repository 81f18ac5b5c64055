"""Our live streams of the last four weeks: a table, and their sales per hour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.answers.answer import Cell, Finding, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.measures.order_value import ShopRefunds

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

SHOWN = 12
HOUR = 60.0


def of_days(frame: pd.DataFrame, today: date, refunds: ShopRefunds | None = None) -> pd.DataFrame:
    """Return the streams that began before today, those with the most sales after refunds per hour first.

    The column ``kept`` holds the sales left after the refunds known and, with ``refunds``, those to come.
    Streams whose refunds or duration are unknown come last, the newest first.
    """
    stays = {} if refunds is None else refunds.stays
    past = frame[frame["date"].dt.date < today]
    share = past["date"].dt.date.map(lambda day: stays.get(day, 1.0)).astype(float)
    kept = (past["gmv"] - past["refund_amount"]) * share
    hours = past["minutes"].where(past["minutes"] > 0) / HOUR
    made: pd.DataFrame = past.assign(kept=kept, kept_an_hour=kept / hours)
    return made.sort_values(["kept_an_hour", "started"], ascending=False, na_position="last")


def limits(streams: pd.DataFrame, refunds: ShopRefunds | None = None) -> tuple[Words, ...]:
    """Return the text on how far refunds can be attributed to the streams."""
    if streams["kept"].isna().all():
        return (say("The file has no refunds of the live streams: they are not ranked by sales."),)
    if refunds is None or not refunds.stays:
        return (
            say(
                "Live streams are ranked by sales an hour after the refunds so far; more refunds will "
                "follow for the newest ones."
            ),
        )
    return (
        say(
            "Live streams are ranked by sales an hour after refunds; refunds that are still expected are "
            "already deducted."
        ),
    )


def table(streams: pd.DataFrame) -> Table[Words]:
    """Return the table of the first few streams, with sales per hour and per hundred viewers."""
    columns = (
        TableColumn(say("Stream began"), "text", "began"),
        TableColumn(say("Host"), "text", "host"),
        TableColumn(say("Minutes"), "count", "minutes"),
        TableColumn(say("Viewers"), "count", "viewers"),
        TableColumn(say("Buyers"), "count", "buyers"),
        TableColumn(say("Sales"), "money", "gmv"),
        TableColumn(say("Sales an hour"), "money", "an_hour"),
        TableColumn(say("Sales per 100 viewers"), "money", "per_viewers"),
        TableColumn(say("Refunded"), "money", "refunded"),
        TableColumn(say("Sales an hour after refunds"), "money", "kept_an_hour"),
        TableColumn(say("Ad spend"), "money", "ad_cost"),
    )
    rows = tuple(_row(row) for row in streams.head(SHOWN).itertuples(index=False))
    return Table(say("Our live streams of the last four weeks"), columns, rows)


def _row(row: object) -> tuple[Cell | Words, ...]:
    known = {
        name: _known(getattr(row, name))
        for name in ("minutes", "viewers", "buyers", "gmv", "refund_amount", "kept_an_hour", "ad_cost")
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
        None if known["kept_an_hour"] is None else round(known["kept_an_hour"], 2),
        known["ad_cost"],
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def findings(streams: pd.DataFrame) -> list[Finding[Words]]:
    """Return the finding on the sales per hour of all live streams together.

    Empty if no stream has a known duration.
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
    told = timed[timed["kept"].notna()]
    kept: Words = ""
    if len(told):
        kept = say(
            "After refunds, that is {money} an hour.",
            money=message.money(round(float(told["kept"].sum()) * HOUR / float(told["minutes"].sum()))),
        )
    cost = float(timed["ad_cost"].sum())
    spent = (
        say("{cost} was spent on ads for the live streams.", cost=message.money(round(cost))) if cost else ""
    )
    return [finding("live", "own", "info", message.sentences([text, kept, spent]))]
