"""One thing that happened in the day: frozen, appended, never changed or removed."""

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
"""What is still asked for when its day is long over."""


class Entry(NamedTuple):
    """What happened, when, to which step, by whom.

    ``data`` by kind (all values plain JSON):

    - opened: ``plan`` list of {id, at "HH:MM", minutes, must}; ``changed: true`` where only the plan is new
    - started, left, done: ``{}``; done may hold ``quick: true`` (nothing to do, Enter); left may hold
      ``until`` (ISO moment of the last key before nobody touched the keyboard: the visit ended then)
    - restored: ``{}``: a finished, skipped or dropped step is open again; nobody has begun it
    - skipped: ``reason``; extended: ``minutes``; dropped: ``steps`` (accepted proposal when behind)
    - answered: ``answer`` (what was shown, its texts as messages, :func:`core.answers.answer_codec.encode`),
      ``batches``
    - note: ``text``; ``replaces`` (id of an earlier note) when it was edited, text "" when taken back
    - reply: ``question`` (its message id), ``text``; ``to`` (entry id) when it answers a person
    - record: ``form`` (form id), ``values``; ``replaces`` when corrected
    - decision: ``key`` (finding or row key), ``choice``, ``about`` (the ids it is about), ``detail``
      (a reason, or the raw values it was taken on by column id; in format 1 texts by column title)
    - action: ``text`` (typed, or the message of the proposal where nobody changed it), ``role, owner, due,
      metric, direction, expected, item, finding``, of a proposal also ``deed``, ``about`` (its fields that
      are not empty), ``quantity``, ``price``, ``arrives``; its id is the entry's id
    - action-update: ``action`` (id), ``state`` open|done|handed|dropped, ``reason``, ``owner``, ``due``; of
      goods ordered ``quantity``, ``arrives``, ``arrived`` (ISO dates), of money paid in ``price``
    - handover: ``cover`` (who is covered for; "" hands back); ``item`` and ``text`` when an open item of
      theirs was acknowledged
    - report: ``state`` draft|finished, ``text`` (the corrected markdown), ``figures`` it states of the shop's
      days (:mod:`core.review.stated_figures`)
    - setting: a change of the settings that waits for their owner: ``form`` (or ``frequency``), ``values``,
      ``was`` (what the settings said then, the same way)
    - setting-update: ``proposal`` (id), ``state`` accepted|refused|withdrawn, ``reason``
    """

    id: str
    """Sortable and unique: time, writer, counter; given by the book."""
    at: datetime
    """Zone-aware, in the shop's time zone."""
    who: str
    kind: Kind
    step: str
    """Step id; empty for the day as a whole."""
    data: dict[str, Any]
    day: date | None = None
    """The working day it belongs to (a late entry's ``at`` is after it)."""
    late: bool = False
    """Written after its day was over."""


def word_of(entry: Entry, name: str) -> str:
    """Return one of the entry's texts; empty when it is not there or no text."""
    value = entry.data.get(name)
    return value if isinstance(value, str) else ""


def text_of(entry: Entry) -> Words:
    """Return the entry's text, of an action perhaps a message; empty when it is not there or no text."""
    try:
        return read(entry.data.get("text"))
    except ValueError:
        return ""
