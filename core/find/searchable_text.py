"""The searchable text of a day's entries: what people wrote, each entry in its latest version."""

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
"""Names of what journal entries refer to by id.

The keys are the ids of rivals and items, and ``step/ID``, ``form/ID``, ``field/FORM/FIELD`` and
``choice/FORM/FIELD/VALUE``, whose names are in every language.
"""
NAMELESS: Final[Names] = {}
_FORMER_NAMES: Final = (("关键词推广", "直通车"), ("人群推广", "引力魔方"))
"""Tools of the platform, each with the former name by which people still look for it."""
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_DRAWN: Final = "#-*|> "
"""Markdown markup characters at the ends of a line."""


@dataclass(frozen=True, slots=True)
class SearchableText:
    """One searchable text written by a person."""

    id: str
    """The id of its entry."""
    kind: Kind
    step: str
    who: str
    at: datetime
    day: date | None
    text: str
    """The text as written; for a decision: the choice, its subject and the reason."""
    hidden: str = ""
    """Additional text to search: messages in every language, and the names of what the entry refers to by
    id."""

    @property
    def line(self) -> str:
        """Return the normalized text to search, on one line, with former names of the platform's tools."""
        line = folded(f"{self.text} {self.hidden}")
        former = [name for tool, name in _FORMER_NAMES if tool in line and name not in line]
        return " ".join([line, *former])


def said(entries: Sequence[Entry], names: Names = NAMELESS) -> tuple[SearchableText, ...]:
    """Return the searchable texts of a day's entries in the order written, without retracted ones.

    These are notes, replies, decisions, actions and their updates, records, reasons for skipping a step, and
    each line of the edited report. ``names`` adds the names of things that entries refer to by id.
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
            continue  # only ticks; what was ticked off has an entry of its own
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
    """Return a line of the report without markdown markup; empty if it contains nothing else."""
    plain = _ESCAPED.sub(r"\1", line).strip(_DRAWN)
    return " ".join(cell.strip() for cell in plain.split(" | ")) if any(map(str.isalnum, plain)) else ""


def _called(entry: Entry, names: Names) -> str:
    """Return the names of the record's form, filled fields and choices, in every language."""
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
    """Return the text in the detail stored with a decision, which may also contain figures."""
    return str(detail.get("text", "")) if isinstance(detail, dict) else ""


@cache
def _choice(choice: str) -> str:
    return " ".join(in_every_language(choice))
