"""Violations of platform rules: appeal periods that end soon, and penalty points in force."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Final

from core.answers.answer import About, Finding, LevelName, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.records.platform_checks import Violation
from core.records.records import Records

SOON: Final = 3
"""The number of days before the end of an appeal from which it is urgent."""


def standing(records: Records[Violation] | None) -> list[Violation]:
    """Return each violation as last recorded, without those withdrawn."""
    newest = {one.value.name: one.value for one in records or ()}
    return [one for one in newest.values() if one.state != "withdrawn"]


def points(found: list[Violation], today: date) -> float:
    """Return the sum of the penalty points that have not expired by ``today``."""
    return math.fsum(one.points or 0.0 for one in found if one.expires is None or one.expires >= today)


def of_violations(found: list[Violation], today: date) -> list[Finding[Words]]:
    """Return findings on appeal periods that end soon, and on the penalty points in force."""
    said: list[Finding[Words]] = []
    for one in found:
        until = one.appeal_until
        if one.state == "open" and until is not None and until >= today:
            said.append(_appeal(one, until, today))
    total = points(found, today)
    if total > 0:
        ends = sorted({one.expires for one in found if one.points and one.expires and one.expires >= today})
        text: Words = say(
            "{points} penalty points of the platform are still valid.", points=message.ratio(total, 1)
        )
        if ends:
            text = message.sentences([text, say("The next ones expire on {day}.", day=message.day(ends[0]))])
        said.append(finding("checks", "points", "info", text))
    return said


def _appeal(one: Violation, until: date, today: date) -> Finding[Words]:
    text = message.plural(
        "{name}: an appeal is possible until {day}, for {n} day more.",
        "{name}: an appeal is possible until {day}, for {n} days more.",
        (until - today).days,
        name=one.name,
        day=message.day(until),
    )
    about = About(other=one.name)
    ask = Proposal(
        "operator",
        say("Appeal against the decision on {name}, or record that it is accepted", name=one.name),
        due=max(today, until - timedelta(days=1)).isoformat(),
        about=about,
    )
    left = (until - today).days
    level: LevelName = "act" if left <= 1 else "watch" if left <= SOON else "info"
    return finding("checks", "appeal", level, text, ask, about=about)
