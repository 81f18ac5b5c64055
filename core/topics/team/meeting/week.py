"""The weekly table that opens Monday's meeting: last week compared with the week before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Cell, Table, TableColumn
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.shop.settings import Shop
from core.topics.team.meeting.agenda import AgendaItem

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7


def is_weekly(today: date) -> bool:
    """Return whether it is the weekly meeting (Monday)."""
    return today.weekday() == 0


def points(frames: Mapping[str, pd.DataFrame], today: date) -> list[AgendaItem]:
    """Return Monday's first topic; empty on other days."""
    if not is_weekly(today) or "shop_day" not in frames:
        return []
    return [
        AgendaItem(
            say("The past week in figures"),
            say("everybody"),
            say("everyone shares one thing they learnt"),
            2.0,
        )
    ]


def table(frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> tuple[Table[Words], ...]:
    """Return the table of last week compared with the week before, with the number of campaign days.

    Empty except on Mondays.
    """
    days = frames.get("shop_day")
    if not is_weekly(today) or days is None:
        return ()
    last = [today - timedelta(days=back) for back in range(WEEK, 0, -1)]
    before = [day - timedelta(days=WEEK) for day in last]
    column = {name: baseline.column(days, name) for name in ("gmv", "visitors", "buyers", "refund_amount")}

    def total(name: str, when: list[date]) -> float | None:
        known = [column[name][day] for day in when if day in column[name]]
        return sum(known) if len(known) == WEEK else None

    def row(label: Words, name: str, over: str = "") -> tuple[Cell | Words, ...]:
        values = []
        for when in (last, before):
            part, whole = total(name, when), total(over, when) if over else 1.0
            values.append(part / whole if part is not None and whole else None)
        now, then = values
        show = (
            message.percent
            if over == "visitors"
            else (message.count if name in ("visitors", "buyers") else message.money)
        )
        change = now / then - 1 if now is not None and then else None
        return (label, show(now), show(then), message.percent(change, 0, sign=True))

    odd = [sum(not baseline.is_plain(shop, day) for day in when) for when in (last, before)]
    rows = (
        row(say("Sales"), "gmv"),
        row(say("Visitors"), "visitors"),
        row(say("Buyers"), "buyers"),
        row(say("Conversion"), "buyers", "visitors"),
        row(say("Order value"), "gmv", "buyers"),
        row(say("Refunds"), "refund_amount"),
        (say("Days not comparable"), str(odd[0]), str(odd[1]), ""),
    )
    columns = (
        TableColumn(say("Figure"), id="figure"),
        TableColumn(say("Last week"), id="last_week"),
        TableColumn(say("Week before"), id="week_before"),
        TableColumn(say("Change"), id="change"),
    )
    return (Table(say("The past week"), columns, rows),)
