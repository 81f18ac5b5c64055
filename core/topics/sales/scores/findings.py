"""How out-of-the-ordinary figures are said: single days, runs of days that become today's topic, scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import (
    About,
    Finding,
    Impact,
    LevelName,
    Proposal,
    Table,
    TableColumn,
    finding,
    in_order,
)
from core.exports.kinds.reviews import Reviews
from core.language import message
from core.language.message import Value, Words, say
from core.shop.settings import Shop
from core.statistics.drift import ScoreDrop
from core.topics.reviews.bad_reviews import bad_reviews
from core.topics.sales.scores.scores import explained
from core.topics.sales.scores.unusual_figures import RUN_DAYS, Judged, judged
from core.topics.sales.variance.effects import FACTORS

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 3
"""Of many figures that were tested only the furthest out are told (analysis 12)."""
RATES = ("conversion", "cart_rate", "bounce_rate", "returning", "refund_share")


def diagnosed(
    frame: pd.DataFrame,
    reviews: Reviews | None,
    scores: tuple[ScoreDrop, dict[str, tuple[float, float]]] | None,
    shop: Shop,
    day: date,
) -> tuple[list[Finding[Words]], Table[Words] | None]:
    """Return what is out of the ordinary with how long, what a score's fall is made of, and the figures."""
    found = judged(frame, shop, day)
    runs = sorted((one for one in found if one.run >= RUN_DAYS), key=lambda one: -one.run)[:SHOWN]
    single = [one for one in found if one.figure.metric != "gmv"]  # the gap itself is the step's verdict
    alone = [one for one in single if one.found.level == "alarm" and one not in runs]
    alone.sort(key=lambda one: -abs(one.found.z or float("inf")))
    bad = None if reviews is None else bad_reviews(reviews.frame)
    said = [
        *(_run(one) for one in runs),
        *(_alarm(one) for one in alone[:SHOWN]),
        *explained(scores, bad, day),
    ]
    return said, _table(found)


def told_once(gap: Sequence[Finding[Words]], topics: Sequence[Finding[Words]]) -> tuple[Finding[Words], ...]:
    """Return both, the most urgent first; a run takes the place of its single day, a gap that of an alarm."""
    runs = {one.about.metric for one in topics if one.kind == "run"}
    runs |= {"depth"} if "bounce_rate" in runs else set()
    known = {one.kind for one in gap if one.level != "info"}
    single = [one for one in gap if one.kind not in runs or one.kind in FACTORS]
    rest = [one for one in topics if not (one.kind == "out" and one.about.metric in known)]
    return in_order((*single, *rest))


def _run(one: Judged) -> Finding[Words]:
    values: dict[str, Value] = {
        "name": say(one.figure.name),
        "n": one.run,
        "since": message.short_day(one.since),
        "value": show(one, one.found.value),
        "usual": show(one, one.found.usual),
    }
    text = say(
        "{name} worse than usual for the weekday, {n} days in a row since {since}: {value}, usually {usual}. "
        "Today's topic.",
        **values,
    )
    ask = Proposal(
        one.figure.role,
        say("Bring to the stand-up what changed on {since} for {name}, with one thing to try", **values),
        one.figure.metric,
        one.figure.good,
        (one.day + timedelta(days=2)).isoformat(),
        expected=one.found.usual,
        about=About(metric=one.figure.metric),
    )
    lost = one.found.usual - one.found.value if one.figure.metric == "gmv" else 0.0
    impact = Impact(lost, "day") if lost > 0 else None
    return finding("drivers", "run", "watch", text, ask, about=ask.about, impact=impact)


def _alarm(one: Judged) -> Finding[Words]:
    values: dict[str, Value] = {
        "name": say(one.figure.name),
        "value": show(one, one.found.value),
        "usual": show(one, one.found.usual),
        "low": show(one, one.found.low),
        "high": show(one, one.found.high),
        "n": one.found.days,
    }
    text = say(
        "{name} {value} is out of the ordinary: {usual} is usual, {low} to {high} still is ({n} days, "
        "campaigns allowed for).",
        **values,
    )
    level: LevelName = "watch" if one.bad else "good"
    return finding("drivers", "out", level, text, about=About(metric=one.figure.metric))


def show(one: Judged, value: float) -> Words:
    """Return the figure as it is written, the calendar's part taken out."""
    if one.figure.metric in RATES:
        return message.percent(value, 2 if one.figure.metric == "conversion" else 1)
    if one.figure.metric == "depth":
        return message.ratio(value)
    return message.count(value) if one.figure.metric == "visitors" else message.money(value)


def _table(found: list[Judged]) -> Table[Words] | None:
    if not found:
        return None
    columns = (
        TableColumn(say("Figure"), id="figure"),
        TableColumn(say("As on a usual day"), id="value"),
        TableColumn(say("Usual"), id="usual"),
        TableColumn(say("Lower limit"), id="low"),
        TableColumn(say("Upper limit"), id="high"),
        TableColumn(say("Scatters out"), "ratio", "scatters"),
        TableColumn(say("Days in a row"), "count", "run"),
    )
    rows = tuple(
        (
            say(one.figure.name),
            *(
                show(one, value)
                for value in (one.found.value, one.found.usual, one.found.low, one.found.high)
            ),
            None if one.found.z is None else round(one.found.z, 1),
            one.run,
        )
        for one in found
    )
    return Table(say("Out of the ordinary? (the calendar's part taken out)"), columns, rows)
