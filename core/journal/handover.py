"""Stand-ins: who works for an absent colleague on a day, and which of the colleague's open items they saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.journal.entry import Entry, word_of
from core.language.dates import clock
from core.language.wording import plural, say


@dataclass(frozen=True, slots=True)
class StandIn:
    """One person standing in for another."""

    who: str
    name: str
    """The name of the absent person."""
    since: datetime
    seen: Mapping[str, datetime] = field(default_factory=dict)
    """When each open item was acknowledged, by the item's id."""
    until: datetime | None = None
    """When the work was handed back; None while it continues."""


def covers(entries: Iterable[Entry]) -> tuple[StandIn, ...]:
    """Return who stood in for whom on the day of these entries, in the order in which they began."""
    found: dict[tuple[str, str], StandIn] = {}
    now: dict[str, tuple[str, str]] = {}
    for entry in entries:
        if entry.kind != "handover":
            continue
        name, item = word_of(entry, "cover"), word_of(entry, "item")
        held = now.get(entry.who)
        if item:
            if held and held[1] == name:
                seen = {**found[held].seen}
                seen.setdefault(item, entry.at)
                found[held] = StandIn(entry.who, name, found[held].since, seen)
        else:
            if held:
                kept = found[held]
                found[held] = StandIn(kept.who, kept.name, kept.since, kept.seen, entry.at)
                del now[entry.who]
            if name:
                before = found.get((entry.who, name))
                found[entry.who, name] = StandIn(entry.who, name, entry.at, before.seen if before else {})
                now[entry.who] = (entry.who, name)
    return tuple(found.values())


def covering(entries: Iterable[Entry], who: str) -> StandIn | None:
    """Return whom ``who`` is standing in for at present, as a StandIn; None if for nobody."""
    return next((one for one in reversed(covers(entries)) if one.who == who and one.until is None), None)


def cover_lines(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return one line per stand-in of the day, for the daily report."""
    found = []
    for one in covers(entries):
        seen = plural("{n} open item checked", "{n} open items checked", len(one.seen))
        times = {"who": one.who, "name": one.name, "since": clock(one.since), "seen": seen}
        if one.until is None:
            found.append(say("{who} has stood in for {name} since {since}: {seen}.", **times))
        else:
            until = clock(one.until)
            found.append(
                say("{who} stood in for {name} from {since} to {until}: {seen}.", until=until, **times)
            )
    return tuple(found)
