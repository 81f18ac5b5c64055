"""What of a day's entries can be found: people's own words, each entry in its last wording, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final, TypeAlias

from core.find.normalize import folded
from core.journal.entry import Entry, Kind, text_of, word_of
from core.journal.projections import TALKED, decisions, notes, replies, report
from core.language.wording import in_every_language, text, text_in_every_language

Names: TypeAlias = Mapping[str, str]
"""What is kept by its id, and what it is called: rivals and items by their id, besides ``step/ID``,
``form/ID``, ``field/FORM/FIELD`` and ``choice/FORM/FIELD/VALUE`` in every language."""
NAMELESS: Final[Names] = {}
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_DRAWN: Final = "#-*|> "
"""What markdown draws at the ends of a line."""


@dataclass(frozen=True, slots=True)
class SearchableText:
    """One thing somebody wrote."""

    id: str
    """Its entry."""
    kind: Kind
    step: str
    who: str
    at: datetime
    day: date | None
    text: str
    """As it was written; of a decision: what was chosen for what, then the words on it."""
    hidden: str = ""
    """What it is found by besides: a choice or message in every language, names of what is kept by its id."""

    @property
    def line(self) -> str:
        """Return what is searched: folded, in one line."""
        return folded(f"{self.text} {self.hidden}")


def said(entries: Sequence[Entry], names: Names = NAMELESS) -> tuple[SearchableText, ...]:
    """Return what can be found in one day's entries, in the order it was written; taken-back words are not.

    Notes, replies, decisions, actions and what was said about them, records, reasons of steps left out, and
    the report as corrected, each of its lines by itself. ``names``: what is kept by its id is found by them.
    """
    by_id = {entry.id: entry for entry in entries}
    found = [*_written(entries, by_id), *_decided(entries, names), *_plainly(entries, names)]
    kept = [
        replace(one, hidden=f"{one.hidden} {names[step]}".strip())
        if (step := f"step/{one.step}") in names and one.kind != "report"
        else one
        for one in found
        if one.text
    ]
    order = {number: place for place, number in enumerate(by_id)}
    return tuple(sorted(kept, key=lambda one: order[one.id]))


def _written(entries: Sequence[Entry], by_id: Mapping[str, Entry]) -> Iterator[SearchableText]:
    for note in notes(entries):
        yield SearchableText(note.id, "note", note.step, note.who, note.at, note.day, note.text)
    for reply in replies(entries):
        yield SearchableText(
            reply.id, "reply", reply.step, reply.who, reply.at, by_id[reply.id].day, reply.text
        )


def _decided(entries: Sequence[Entry], names: Names) -> Iterator[SearchableText]:
    for one in decisions(entries):
        which = names.get(one.which, one.which)
        reason = one.detail if isinstance(one.detail, str) else _reason(one.detail)
        if one.choice == TALKED or (one.step == "hands_on" and not reason):
            continue  # ticks: the thing itself stands elsewhere
        text = f"{one.choice}: {which} {reason}".strip()
        yield SearchableText(
            one.id, "decision", one.step, one.who, one.at, one.day, text, _choice(one.choice)
        )


def _plainly(entries: Sequence[Entry], names: Names) -> Iterator[SearchableText]:
    replaced = {word_of(entry, "replaces") for entry in entries if entry.kind == "record"}
    for entry in entries:
        if entry.kind == "action":
            told, named = text_of(entry), names.get(word_of(entry, "item"), "")
            other = () if isinstance(told, str) else text_in_every_language(told)
            yield _of(entry, _owned(text(told), word_of(entry, "owner")), " ".join([*other, named]))
        elif entry.kind == "action-update":
            yield _of(entry, _owned(word_of(entry, "reason"), word_of(entry, "owner")))
        elif entry.kind == "skipped":
            yield _of(entry, word_of(entry, "reason"))
        elif entry.kind == "record" and entry.id not in replaced:
            told_words = (names.get(word, word) for word in _words_in(entry.data.get("values")))
            yield _of(entry, " ".join(told_words), _called(entry, names))
    last = report(entries)
    if last is not None:
        own = [entry for entry in entries if entry.kind == "report"][-1]
        for line in last.text.splitlines():
            if words := _plain(line):
                yield _of(own, words)


def _plain(line: str) -> str:
    """Return a line of the report without what markdown draws; empty where it only draws."""
    plain = _ESCAPED.sub(r"\1", line).strip(_DRAWN)
    return " ".join(cell.strip() for cell in plain.split(" | ")) if any(map(str.isalnum, plain)) else ""


def _called(entry: Entry, names: Names) -> str:
    """Return what the record's form, filled fields and choices are called, in every language."""
    form, values = word_of(entry, "form"), entry.data.get("values")
    chosen = values.items() if isinstance(values, dict) else ()
    filled = [(field, value) for field, value in chosen if value not in (None, "", False)]
    keys = [f"form/{form}"]
    keys += [f"choice/{form}/{field}/{value}" for field, value in filled]
    keys += [f"field/{form}/{field}" for field, _ in filled]
    return " ".join(names[key] for key in keys if key in names)


def _of(entry: Entry, text: str, hidden: str = "") -> SearchableText:
    return SearchableText(
        entry.id, entry.kind, entry.step, entry.who, entry.at, entry.day, text.strip(), hidden
    )


def _owned(text: str, owner: str) -> str:
    return f"{text} ({owner})".strip() if owner else text


def _words_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        for one in value.values():
            yield from _words_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words_in(one)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _reason(detail: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return the words of a decision's detail; its figures are not words."""
    return str(detail.get("text", "")) if isinstance(detail, dict) else ""


@cache
def _choice(choice: str) -> str:
    return " ".join(in_every_language(choice))
