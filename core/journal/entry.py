"""A journal entry: an immutable record of one event, never changed or removed once appended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from core.language.message import Words, read

Kind: TypeAlias = Literal[
    "opened",
    "started",
    "left",
    "done",
    "skipped",
    "restored",
    "extended",
    "dropped",
    "answered",
    "note",
    "reply",
    "record",
    "decision",
    "action",
    "action-update",
    "handover",
    "report",
    "setting",
    "setting-update",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
LASTING: Final[frozenset[Kind]] = frozenset(
    {"action", "action-update", "decision", "record", "setting", "setting-update"}
)
"""Kinds of entries that still matter after their day is over."""


class Entry(NamedTuple):
    """An event of the day: what happened, when, in which step, by whom.

    ``data`` depends on ``kind`` (all values are plain JSON):

    - opened: ``plan``, a list of {id, at "HH:MM", minutes, must}; ``changed: true`` if the day was already
      open and only its plan is new
    - started: ``{}``, or ``again: true`` if a finished step was started again
    - left: ``{}``, or ``until`` (ISO time of the last key press) if the visit ended for inactivity
    - done: ``{}``, or ``quick: true`` if there was nothing to do and Enter alone finished the step
    - restored: ``{}``; a finished, skipped or dropped step is open again but not started
    - skipped: ``reason``; extended: ``minutes``; dropped: ``steps`` (left out by an accepted proposal because
      the day was behind its plan)
    - answered: ``answer`` (as shown, with its texts as messages, :func:`core.answers.answer_codec.encode`),
      ``batches``
    - note: ``text``; ``replaces`` (id of the earlier version) if edited; text "" if withdrawn
    - reply: ``question`` (its message id), ``text``; ``to`` (entry id) if it replies to a person
    - record: ``form`` (form id), ``values``; ``replaces`` if corrected
    - decision: ``key`` (of a finding or row), ``choice``, ``about`` (the ids it is about), ``detail``
      (a reason, or the raw values it is based on by column id; in format 1 texts by column title)
    - action: ``text`` (typed, or the message of the proposal if unchanged), ``role, owner, due, metric,
      direction, expected, item, finding``; from a proposal also ``deed``, ``about`` (its non-empty fields),
      ``quantity``, ``price``. The action's id is the entry's id
    - action-update: ``action`` (id), ``state`` open|done|handed|dropped, ``reason``, ``owner``, ``due``
    - handover: ``cover`` (the absent person whom the writer stands in for; "" ends that); if the writer
      acknowledged an open item of that person, also ``item`` and ``text``
    - report: ``state`` draft|finished, ``text`` (the corrected markdown), ``figures`` (the figures of the
      shop's days that the report states, :mod:`core.review.stated_figures`)
    - setting: a proposed change of the settings: ``form`` (or ``frequency``), ``values``, ``was`` (the
      settings at that time, in the same form)
    - setting-update: ``proposal`` (id), ``state`` accepted|refused|withdrawn, ``reason``
    """

    id: str
    """Unique and sortable, made of time, writer and counter; assigned by the book."""
    at: datetime
    """The time of the entry, with the shop's time zone."""
    who: str
    kind: Kind
    step: str
    """The step's id; empty for the day as a whole."""
    data: dict[str, Any]
    day: date | None = None
    """The working day of the entry (for a late entry, ``at`` is after this day)."""
    late: bool = False
    """Whether it was written after its day was over."""


def word_of(entry: Entry, name: str) -> str:
    """Return the text stored under ``name`` in the entry's data; empty if it is missing or not a text."""
    value = entry.data.get(name)
    return value if isinstance(value, str) else ""


def text_of(entry: Entry) -> Words:
    """Return the entry's text (for an action possibly a message); empty if it is missing or not a text."""
    try:
        return read(entry.data.get("text"))
    except ValueError:
        return ""
