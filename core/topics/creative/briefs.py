"""Briefs for the designer: what a picture must show, by when, and other work to do while one is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core.answers.answer import About, Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.records import Records
from core.records.team import BRIEF_PIECES, BRIEF_STATES, DesignBrief

OVER = ("accepted", "dropped")


def open_briefs(briefs: Records[DesignBrief] | None) -> list[DesignBrief]:
    """Return the briefs that were neither accepted nor dropped, as last recorded, the earliest due first."""
    newest = {(one.value.item, one.value.piece): one.value for one in briefs or ()}
    return sorted((one for one in newest.values() if one.state not in OVER), key=lambda one: one.due)


def meanwhile(item: str, name: Words, today: date) -> Proposal[Words]:
    """Return the proposal of work the operator can do while a picture is late: work that needs no picture."""
    return Proposal(
        "operator",
        say(
            "While {item} waits for its pictures, prepare title, price, size chart, questions and "
            "answers, and quick replies",
            item=name,
        ),
        due=today.isoformat(),
        item=item,
        about=About(item=item, aspect="meanwhile"),
    )


def findings(found: Sequence[DesignBrief], names: Mapping[str, str], today: date) -> list[Finding[Words]]:
    """Return a finding on each brief that is delivered, late or due within a day."""
    said: list[Finding[Words]] = []
    for one in found:
        days = (one.due - today).days
        if one.state == "delivered":
            text = say(
                "{piece} of {item} is delivered: check whether it shows “{shows}”.", **_values(one, names)
            )
            said.append(finding("design", "brief", "info", text, about=_about(one)))
        elif days < 0:
            text = say("{piece} of {item} was due on {day} and is missing.", **_values(one, names))
            ask = Proposal(
                "design",
                say(
                    "{piece} of {item}: deliver it today, or say on which day and what is holding it up",
                    **_values(one, names),
                ),
                due=today.isoformat(),
                item=one.item,
                about=_about(one),
            )
            wait = meanwhile(one.item, names.get(one.item, one.item), today)
            said.append(finding("design", "brief", "watch", text, ask, wait, about=_about(one)))
        elif days <= 1:
            text = say("{piece} of {item} is due on {day}.", **_values(one, names))
            said.append(finding("design", "brief", "info", text, about=_about(one)))
    return said


def table(found: Sequence[DesignBrief], names: Mapping[str, str]) -> tuple[Table[Words], ...]:
    """Return the open briefs as a table; empty if there are none."""
    if not found:
        return ()
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(
            say("Which picture"),
            "word",
            "piece",
            tuple((key, say(name)) for key, name in BRIEF_PIECES.items()),
        ),
        TableColumn(say("Due"), "date", "due"),
        TableColumn(
            say("State"), "word", "state", tuple((key, say(name)) for key, name in BRIEF_STATES.items())
        ),
        TableColumn(say("Picture must show"), id="shows"),
        TableColumn(say("Text on the picture"), id="words"),
        TableColumn(say("Picture must not show"), id="never"),
    )
    rows = tuple(
        (
            names.get(one.item, one.item),
            one.piece,
            one.due.isoformat(),
            one.state,
            one.shows,
            one.words or message.DASH,
            one.never or message.DASH,
        )
        for one in found
    )
    return (Table(say("Design briefs"), columns, rows),)


def _about(one: DesignBrief) -> About:
    return About(item=one.item, aspect=one.piece)


def _values(one: DesignBrief, names: Mapping[str, str]) -> dict[str, Value]:
    return {
        "piece": say(BRIEF_PIECES[one.piece]),
        "item": names.get(one.item, one.item),
        "day": message.short_day(one.due),
        "shows": one.shows,
    }
