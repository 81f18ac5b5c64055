"""Move a shop's journal from one kind of store to another; it can be stopped at any moment and repeated.

Everything is copied while people go on writing. Then the old store is marked, so that nobody writes there any
more, the rest is copied, drafts and the log of sent messages too, both are compared day by day, and only then
does shop.toml name the new one. The old store keeps all entries and its mark. Until then the new store is
marked as incomplete.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from core.errors import BadInput, ShopdayError
from core.journal.entry import Entry
from core.journal.entry_codec import row_of
from core.journal.move_marks import MoveMark, mark_of, refusal_of, written
from core.journal.shared_state import StateContents
from core.journal.store import MovableStore, Stamp, unchanged
from core.journal.store_choice import FILES, POSTGRES, movable_store
from core.language.sanitize import json_text
from core.language.wording import say
from core.shop.editing import set_journal
from core.shop.loading import load_shop
from core.shop.settings import settings_file
from core.shop.settings_wall import check_may_change

Progress = Callable[[int, int, str], None]
"""Called with the number of days done, of all days, and the day."""


class JournalMove(NamedTuple):
    """What a move did."""

    days: int
    """The days that are the same in both stores now; 0 if nothing was to be moved."""
    entries: int
    told: tuple[str, ...]
    """Messages about data that the old store could not read; it is still there."""
    undone: bool = False
    """Whether an unfinished move to the other store was given up."""


class _Plan(NamedTuple):
    """The stores of a move."""

    source: MovableStore
    target: MovableStore
    names: tuple[str, str]
    """The kinds of the two stores."""


def move(folder: Path, to: str, *, who: str, at: datetime, progress: Progress) -> JournalMove:
    """Move the shop's journal to the store of the kind ``to``, or finish or undo a move that was stopped.

    Raise BadInput if the stores do not fit together, and CannotWrite if one cannot be written; the journal
    is then used where it was before.
    """
    check_may_change(folder, settings_file(folder).name)
    journal = load_shop(folder).journal
    other = journal.store if journal.store != to else _other(to)
    if journal.store == to == FILES and not journal.shop:
        return JournalMove(0, 0, ())  # it was never anywhere else
    key = journal.shop or _new_key(folder)
    target, source = movable_store(folder, to, key), movable_store(folder, other, key)
    plan = _Plan(source, target, (other, to))
    there, here = mark_of(source.mark()), mark_of(target.mark())
    if journal.store == to and here is None and not (to != FILES and there is None and source.years()):
        return JournalMove(0, 0, ())
    if there is not None and there.state == "arriving":
        if journal.store == to:
            target.set_mark("")
            return JournalMove(0, 0, (), undone=True)
        raise BadInput(refusal_of(source.mark(), folder))
    if there is not None and here is not None and here.state == "moved":
        raise BadInput(refusal_of(source.mark(), folder))
    set_journal(folder, journal.store, key)
    arriving = written(MoveMark("arriving", other), who=who, at=at)
    stays = target.mark() if here is not None and here.state == "moved" else ""
    target.set_mark(arriving)
    try:
        known = _copied(plan, {}, progress)
        source.set_mark(written(MoveMark("moved", to), who=who, at=at))
        _copied(plan, known, progress)
        state = _with_state(plan)
        days, entries = _compared(plan, progress)
        target.set_mark("")
        set_journal(folder, to, key)
        source.shared.moved(state)
    except BaseException:
        for store, mark in ((source, ""), (target, stays if journal.store == to else arriving)):
            with suppress(ShopdayError):  # a mark that stays is said by the next command
                store.set_mark(mark)
        raise
    return JournalMove(days, entries, source.told())


def _copied(plan: _Plan, known: dict[date, Stamp], progress: Progress) -> dict[date, Stamp]:
    """Append to the target what it lacks of the days that changed since ``known``; return the stamps."""
    stamps = plan.source.stamps(date.min, date.max)
    for number, (day, stamp) in enumerate(stamps.items(), 1):
        if known.get(day) != stamp:
            entries, there = _entries(plan.source, day), _entries(plan.target, day)
            if there != entries[: len(there)]:
                raise _differs(plan, day, entries, there)
            plan.target.append_marked(day, unchanged(entries))
        progress(number, len(stamps), day.isoformat())
    return stamps


def _with_state(plan: _Plan) -> StateContents:
    """Make the target's drafts and log the same as the source's; raise BadInput if they then differ."""
    plan.source.shared.settle()
    state = plan.source.shared.contents()
    plan.target.shared.replace(state)
    if plan.target.shared.contents() != state:
        raise BadInput(
            say(
                "The drafts or the log of sent messages arrived in {to} with changes. The journal stays "
                "where it is; run the command again.",
                to=plan.names[1],
            )
        )
    return state


def _compared(plan: _Plan, progress: Progress) -> tuple[int, int]:
    """Return how many days and entries both stores have; raise BadInput at the first day that differs."""
    source, target, _ = plan
    days = sorted({*source.stamps(date.min, date.max), *target.stamps(date.min, date.max)})
    number = 0
    for done, day in enumerate(days, 1):
        entries, copied = _entries(source, day), _entries(target, day)
        if (len(entries), _digest(entries)) != (len(copied), _digest(copied)):
            raise _differs(plan, day, entries, copied)
        number += len(entries)
        progress(done, len(days), day.isoformat())
    return len(days), number


def _entries(store: MovableStore, day: date) -> tuple[Entry, ...]:
    """Return the day's entries; raise BadInput if the day cannot be read as a whole."""
    read = store.read(day)
    if read.stamp is not None and not read.entries:
        said = " ".join(store.told())
        raise BadInput(
            said or say("{day} cannot be read. The journal stays where it is.", day=day.isoformat())
        )
    return read.entries


def _differs(plan: _Plan, day: date, entries: Sequence[Entry], there: Sequence[Entry]) -> BadInput:
    other, to = plan.names
    return BadInput(
        say(
            "{day} has {n} entries in {other} and {there} others in {to}. The journal stays where it is; "
            "have a look at that day.",
            day=day.isoformat(),
            n=len(entries),
            other=other,
            there=len(there),
            to=to,
        )
    )


def _digest(entries: tuple[Entry, ...]) -> str:
    lines = (json_text(row_of(entry)) for entry in entries)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _other(to: str) -> str:
    return POSTGRES if to == FILES else FILES


def _new_key(folder: Path) -> str:
    """Return the folder's name as the shop's key in PostgreSQL, with a number if another shop has it."""
    name = "".join(char for char in folder.resolve().name if char.isprintable())[:80] or "shop"
    number = 1
    while True:
        key = name if number == 1 else f"{name}-{number}"
        store = movable_store(folder, POSTGRES, key)
        if not store.mark() and not store.years():
            return key
        number += 1
