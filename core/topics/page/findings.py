"""The verdict, findings and evidence of the page check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import (
    Finding,
    LevelName,
    Number,
    Proposal,
    Series,
    Table,
    TableColumn,
    Verdict,
    finding,
    in_order,
)
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline
from core.topics.page.marks import MONTH, WEEK, PageFigure

if TYPE_CHECKING:
    import pandas as pd

LONGEST_WAIT = 8
"""The most further weeks of data that are suggested.

If more were needed, the text says instead that the figure lies on its limit.
"""


def verdict(lines: Sequence[PageFigure], since: date | None) -> Verdict[Words]:
    """Return the verdict: a failed figure first, then unclear ones, then the goals."""
    failed = [line for line in lines if line.passed == "fail"]
    if failed:
        first = max(failed, key=lambda line: line.key == "bounce")
        values: dict[str, Value] = {
            "name": first.name,
            "value": first.show(first.value),
            "line": first.show(first.line),
        }
        if first.key == "bounce" and since is not None:
            text = say(
                "Fix the page before buying traffic: {name} {value} (limit {line}), worse since {since}.",
                since=message.short_day(since),
                **values,
            )
        else:
            text = say("Fix the page before buying traffic: {name} {value} (limit {line}).", **values)
        return Verdict("act", text)
    unclear = [line for line in lines if line.passed == "unclear"]
    if unclear:
        names = message.listing(
            say("{name} {value}", name=line.name, value=line.show(line.value)) for line in unclear
        )
        return Verdict(
            "watch",
            say(
                "No page figure is clearly beyond its limit, but these are too close to tell: {names}.",
                names=names,
            ),
        )
    goals = [line for line in lines if line.reached in ("unclear", "fail")]
    if goals:
        names = message.listing(
            say(
                "{name} {value} / {goal}",
                name=line.name,
                value=line.show(line.value),
                goal=line.show(line.goal),
            )
            for line in goals
        )
        return Verdict("good", say("The page is good enough; not yet at the goal: {names}.", names=names))
    return Verdict("good", say("The page is good enough and reaches its goals: traffic may be bought."))


def findings(lines: Sequence[PageFigure], since: date | None, today: date) -> tuple[Finding[Words], ...]:
    """Return findings on each figure against its pass mark, failures first, with proposals."""
    due = (today + timedelta(days=WEEK)).isoformat()
    found: list[Finding[Words]] = []
    for line in lines:
        values: dict[str, Value] = {
            "name": line.name,
            "value": line.show(line.value),
            "low": line.show(line.low),
            "high": line.show(line.high),
            "line": line.show(line.line),
            "goal": line.show(line.goal),
        }
        level: LevelName = {"pass": "good", "unclear": "watch", "fail": "act"}[line.passed]  # type: ignore[assignment]
        if line.passed == "fail":
            text = say("{name} {value} ({low} to {high}) misses its limit of {line}.", **values)
            if line.key == "bounce" and since is not None:
                asked = say(
                    "This figure suddenly got worse on {since}: what was changed on the page or "
                    "in the ads that day?",
                    since=message.day(since),
                )
                text = message.sentences([text, asked])
        elif line.passed == "unclear":
            inside = say("it is too close to the limit of {line}", line=line.show(line.line))
            why = inside if line.doubt == "" else line.doubt
            unclear = say("{name} {value} ({low} to {high}): cannot tell, because {why}.", why=why, **values)
            text = message.sentences([unclear, _more(line)])
        elif line.reached in ("unclear", "fail"):
            text = say(
                "{name} {value} ({low} to {high}) meets its limit of {line}; the goal is {goal}.", **values
            )
        else:
            text = say("{name} {value} ({low} to {high}) meets its limit of {line}.", **values)
        text = message.sentences([text, line.meaning])
        asks = _proposals(line, due) if level == "act" else ()
        found.append(finding("page", line.key, level, text, *asks))
    return in_order(found)


def _more(line: PageFigure) -> Words:
    """Return a text on how many more weeks are needed for a clear result; empty if unknown."""
    if line.low is None or line.high is None or line.value == line.line:
        return ""
    half, away = (line.high - line.low) / 2, abs(line.value - line.line)
    weeks = (half / away) ** 2
    if weeks > LONGEST_WAIT:
        return say(
            "The figure is exactly at its limit; even several more weeks would hardly show whether "
            "it meets the limit."
        )
    return say(
        "About {n} more weeks like this one would show whether the limit is met.",
        n=max(2, round(weeks + 0.5)),
    )


def _proposals(line: PageFigure, due: str) -> tuple[Proposal[Words], ...]:
    hold = Proposal("promotion", say("Buy no additional traffic until the page meets its limits again"))
    if line.key == "bounce":
        text = say(
            "Rework the first screen of the most visited items: price, main selling point, shipping, reviews"
        )
        return (Proposal("design", text, "bounce_rate", "down", due, expected=line.line), hold)
    if line.key == "depth":
        text = say("On each of the most visited pages, link three matching items and a bundle")
        return (Proposal("design", text, "depth", "up", due, expected=line.line), hold)
    text = say("Offer a bundle or a second-piece discount beside the best seller")
    return (Proposal("operator", text, "aov", "up", due),)


def numbers(lines: Sequence[PageFigure]) -> tuple[Number[Words], ...]:
    """Return the figures with their intervals and pass marks."""
    return tuple(Number(line.name, line.unit, line.value, line.low, line.high, line.line) for line in lines)


def table(lines: Sequence[PageFigure]) -> Table[Words]:
    """Return the check as a table with pass marks and goals."""
    states = (("pass", say("meets limit")), ("fail", say("misses limit")), ("unclear", say("cannot tell")))
    columns = (
        TableColumn(say("Figure"), "text", "figure"),
        TableColumn(say("Last week"), "text", "last_week"),
        TableColumn(say("Limit"), "text", "pass_mark"),
        TableColumn(say("State"), "word", "passed", states),
        TableColumn(say("Goal"), "text", "goal"),
        TableColumn(say("State"), "word", "reached", states),
    )
    rows = tuple(
        (
            line.name,
            line.show(line.value),
            line.show(line.line),
            line.passed,
            line.show(line.goal),
            line.reached,
        )
        for line in lines
    )
    return Table(say("Page check"), columns, rows)


def course(frame: pd.DataFrame, last: date, lines: Sequence[PageFigure]) -> Series[Words]:
    """Return the bounce rate of each of the last four weeks' days, with its limit if it has one."""
    rates = baseline.column(frame, "bounce_rate")
    dates = [last - timedelta(days=back) for back in range(MONTH - 1, -1, -1)]
    return Series(
        say("Bounce rate"),
        "rate",
        tuple(day.isoformat() for day in dates),
        tuple(rates.get(day) for day in dates),
        targets=tuple(line.line for line in lines if line.key == "bounce") * len(dates),
        limit=True,
        lead=bool(rates),
    )
