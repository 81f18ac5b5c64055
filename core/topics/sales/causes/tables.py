"""The checklist as a screen shows it: what was missing, what was done well, and the whole table."""

from __future__ import annotations

from core.answers.answer import Finding, Table, TableColumn
from core.language import wording
from core.language.wording import say
from core.topics.sales.causes.cause import Cause

SHOWN = 3
"""Causes of each kind that become findings; the table has them all."""
_ORDER = ("hurt", "helped", "usual", "nodata")


def findings(causes: tuple[Cause, ...]) -> tuple[Finding, ...]:
    """Return what was missing, farthest from usual first, then what was done well."""
    ranked = sorted(causes, key=lambda cause: -cause.weight)
    hurt = [cause for cause in ranked if cause.state == "hurt"][:SHOWN]
    helped = [cause for cause in ranked if cause.state == "helped"][:SHOWN]
    return (
        *(
            Finding(
                f"target/cause/{one.key}", "watch", say("To check: {cause}", cause=one.text), one.proposals
            )
            for one in hurt
        ),
        *(Finding(f"target/cause/{one.key}", "good", one.text) for one in helped),
    )


def checklist(causes: tuple[Cause, ...]) -> Table:
    """Return every cause with its judgement, what was missing on top."""
    states = {
        "hurt": say("to check"),
        "helped": say("done well"),
        "usual": say("as usual"),
        "nodata": say("no data"),
    }
    ordered = sorted(causes, key=lambda cause: _ORDER.index(cause.state))
    rows = tuple((one.name, states[one.state], one.seen) for one in ordered)
    columns = (TableColumn(say("Cause")), TableColumn(say("State")), TableColumn(say("Seen")))
    return Table(say("Cause checklist"), columns, rows)


def limits(causes: tuple[Cause, ...]) -> tuple[str, ...]:
    """Return what the checklist leaves open."""
    unknown = [cause.name for cause in causes if cause.state == "nodata"]
    moved = any(cause.state in ("hurt", "helped") for cause in causes)
    return (
        *(
            (say("No judgement without data or a usual day: {causes}.", causes=wording.listing(unknown)),)
            if unknown
            else ()
        ),
        *(
            (say("A cause that moved on the same day has not been proved to be the reason."),)
            if moved
            else ()
        ),
    )
