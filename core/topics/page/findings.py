"""The page check as it is said: the sentence, the findings with what to do, the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding, LevelName, Number, Proposal, Series, Table, TableColumn, Verdict
from core.language import wording
from core.language.wording import say
from core.measures import baseline
from core.topics.page.marks import MONTH, WEEK, PageFigure

if TYPE_CHECKING:
    import pandas as pd

LONGEST_WAIT = 8
"""Weeks beyond which a figure simply sits on its line."""


def verdict(lines: Sequence[PageFigure], since: date | None) -> Verdict:
    """Return the sentence: a failed figure first, then what cannot be called, then the goals."""
    failed = [line for line in lines if line.passed == "fail"]
    if failed:
        first = max(failed, key=lambda line: line.key == "bounce")
        values = {"name": first.name, "value": first.show(first.value), "line": first.show(first.line)}
        if first.key == "bounce" and since is not None:
            text = say(
                "Page first, not traffic: {name} {value} misses {line}, worse since {since}.",
                since=wording.short_day(since),
                **values,
            )
        else:
            text = say("Page first, not traffic: {name} {value} misses {line}.", **values)
        return Verdict("act", text)
    unclear = [line for line in lines if line.passed == "unclear"]
    if unclear:
        names = wording.listing([f"{line.name} {line.show(line.value)}" for line in unclear])
        return Verdict("watch", say("Nothing fails, but {names} cannot be called a pass yet.", names=names))
    goals = [line for line in lines if line.reached in ("unclear", "fail")]
    if goals:
        names = wording.listing(
            [f"{line.name} {line.show(line.value)} / {line.show(line.goal)}" for line in goals]
        )
        return Verdict("good", say("The page passes; still to reach its goal: {names}.", names=names))
    return Verdict("good", say("The page passes and reaches its goals: traffic may be bought."))


def findings(lines: Sequence[PageFigure], since: date | None, today: date) -> tuple[Finding, ...]:
    """Return each figure against its line, failures first, with what to do about them."""
    due = (today + timedelta(days=WEEK)).isoformat()
    found = []
    for line in lines:
        values = {
            "name": line.name,
            "value": line.show(line.value),
            "low": line.show(line.low),
            "high": line.show(line.high),
            "line": line.show(line.line),
            "goal": line.show(line.goal),
        }
        level: LevelName = {"pass": "good", "unclear": "watch", "fail": "act"}[line.passed]  # type: ignore[assignment]
        if line.passed == "fail":
            text = say("{name} {value} ({low} to {high}) fails {line}.", **values)
            if line.key == "bounce" and since is not None:
                asked = say(
                    "It stepped up on {since}: what was changed on the page or in the ads that day?",
                    since=wording.day(since),
                )
                text = say("{text} {more}", text=text, more=asked)
        elif line.passed == "unclear":
            why = line.doubt or say("{line} lies inside the interval", line=line.show(line.line))
            text = say("{name} {value} ({low} to {high}): unclear, {why}.", why=why, **values)
            more = _more(line)
            text = say("{text} {more}", text=text, more=more) if more else text
        elif line.reached in ("unclear", "fail"):
            text = say("{name} {value} ({low} to {high}) passes {line}; the goal is {goal}.", **values)
        else:
            text = say("{name} {value} ({low} to {high}) passes {line}.", **values)
        found.append(
            Finding(f"page/{line.key}", level, text, _proposals(line, due) if level == "act" else ())
        )
    return tuple(sorted(found, key=lambda finding: ("act", "watch", "good").index(finding.level)))


def _more(line: PageFigure) -> str:
    """Say how much longer one has to look before the figure can be called."""
    if line.low is None or line.high is None or line.value == line.line:
        return ""
    half, away = (line.high - line.low) / 2, abs(line.value - line.line)
    weeks = (half / away) ** 2
    if weeks > LONGEST_WAIT:
        return say("It sits on the line; more weeks will hardly tell.")
    return say("About {n} weeks like this one would tell.", n=max(2, round(weeks + 0.5)))


def _proposals(line: PageFigure, due: str) -> tuple[Proposal, ...]:
    hold = Proposal("promotion", say("Buy no extra traffic until the page passes again"))
    if line.key == "bounce":
        text = say(
            "Rework the first screen of the items with most visitors: price, main promise, shipping, reviews"
        )
        return (Proposal("design", text, "bounce_rate", "down", due, expected=line.line), hold)
    if line.key == "depth":
        text = say("Link three matching items and a bundle on each of the pages with most visitors")
        return (Proposal("design", text, "depth", "up", due, expected=line.line), hold)
    text = say("Set up a bundle or a second-piece offer beside the hero item")
    return (Proposal("operator", text, "aov", "up", due),)


def numbers(lines: Sequence[PageFigure]) -> tuple[Number, ...]:
    """Return the figures with their intervals against the pass marks."""
    return tuple(Number(line.name, line.unit, line.value, line.low, line.high, line.line) for line in lines)


def table(lines: Sequence[PageFigure]) -> Table:
    """Return the check as a table: pass mark and goal."""
    states = {"pass": say("passes"), "fail": say("fails"), "unclear": say("unclear"), None: wording.DASH}
    rows = tuple(
        (
            line.name,
            line.show(line.value),
            line.show(line.line),
            states[line.passed],
            line.show(line.goal),
            states[line.reached],
        )
        for line in lines
    )
    names = (say("Figure"), say("Last week"), say("Pass mark"), say("State"), say("Goal"), say("State"))
    return Table(say("Page check"), tuple(TableColumn(name) for name in names), rows)


def course(frame: pd.DataFrame, last: date) -> Series:
    """Return the bounce rate of the last four weeks."""
    rates = baseline.column(frame, "bounce_rate")
    dates = [last - timedelta(days=back) for back in range(MONTH - 1, -1, -1)]
    return Series(
        say("Bounce rate"),
        "rate",
        tuple(day.isoformat() for day in dates),
        tuple(rates.get(day) for day in dates),
    )
