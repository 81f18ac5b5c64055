"""The checklist as findings and as a table, and what it cannot show."""

from __future__ import annotations

from core.answers.answer import About, Finding, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.topics.sales.causes.cause import Cause

SHOWN = 3
"""The most causes of each kind that become findings; the table lists all."""
_ORDER = ("hurt", "helped", "moved", "usual", "nodata")


def findings(causes: tuple[Cause, ...]) -> tuple[Finding[Words], ...]:
    """Return findings on the causes that hurt, farthest from usual first, then on those that helped."""
    ranked = sorted(causes, key=lambda cause: -cause.weight)
    hurt = [cause for cause in ranked if cause.state == "hurt" and not cause.told][:SHOWN]
    helped = [cause for cause in ranked if cause.state == "helped"][:SHOWN]
    return (
        *(
            finding(
                "target",
                "cause",
                "watch",
                say("Check {name}: {seen}", name=one.name, seen=one.seen),
                *one.proposals,
                about=About(aspect=one.key),
            )
            for one in hurt
        ),
        *(finding("target", "cause", "good", one.text, about=About(aspect=one.key)) for one in helped),
    )


def checklist(causes: tuple[Cause, ...]) -> Table[Words]:
    """Return the table of all causes, those that hurt on top."""
    states = (
        ("hurt", say("to check")),
        ("helped", say("good")),
        ("moved", say("outside the usual range")),
        ("usual", say("as usual")),
        ("nodata", say("no data")),
    )
    ordered = sorted(causes, key=lambda cause: _ORDER.index(cause.state))
    rows = tuple((one.name, one.state, one.seen) for one in ordered)
    columns = (
        TableColumn(say("Cause"), id="cause"),
        TableColumn(say("State"), "word", "state", states),
        TableColumn(say("What we see"), id="seen"),
    )
    return Table(say("Checklist of causes"), columns, rows)


def limits(causes: tuple[Cause, ...]) -> tuple[str, ...]:
    """Return the limitations of the checklist: what it could not judge, and that it proves no cause."""
    unknown = [cause.name for cause in causes if cause.state == "nodata"]
    moved = any(cause.state in ("hurt", "helped", "moved") for cause in causes)
    return (
        *(
            (
                say(
                    "No judgement possible, because data or usual days are missing: {causes}.",
                    causes=message.listing(unknown),
                ),
            )
            if unknown
            else ()
        ),
        *((say("A figure that changed on the same day is not necessarily the reason."),) if moved else ()),
    )
