"""Build the data of a new action from a proposal and changed fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core.errors import UsageError
from core.journal.entry_codec import plain
from core.language import message
from core.language.message import Words
from core.language.wording import say, text
from core.shop.settings import Shop
from routines.forms.typed_values import day_meant, day_to_come

if TYPE_CHECKING:
    from core.answers.answer import Proposal

_PROPOSED: Final = ("text", "role", "due", "metric", "direction", "expected", "item")


def action_data(
    shop: Shop, day: date, proposal: Proposal[Words] | None, fields: Mapping[str, str | float | None]
) -> dict[str, Any]:
    """Return the data of an ``action`` entry; ``fields`` override the proposal's fields.

    The proposal's message, deed, quantity and price are stored unless ``fields`` change the text. Without an
    owner, the first team member with the role gets the action; without a due date, it is due on ``day``.
    Raise UsageError for an unknown field, a missing text or an invalid due date.
    """
    data = {name: getattr(proposal, name, None) for name in _PROPOSED} | {"owner": "", "finding": ""}
    unknown = sorted(set(fields) - set(data))
    if unknown:
        raise UsageError(say("An action has no “{name}”.", name=unknown[0]))
    data |= fields
    if proposal is not None:
        kept = "text" not in fields or fields["text"] == text(proposal.text)
        data |= _proposed(proposal, whole=kept)
    if not isinstance(data["text"], dict) and not str(data["text"] or "").strip():
        raise UsageError(say("Say what is to be done."))
    role = data["role"] or "operator"
    owners = [person.name for person in shop.team if role in person.roles]
    owner = data["owner"] or next(iter(owners), "")
    due = iso_day(str(data["due"] or ""), day, typed="due" in fields) or day.isoformat()
    given: dict[str, Any] = plain(data | {"role": role, "owner": owner, "due": due})
    return given


def _proposed(proposal: Proposal[Words], *, whole: bool) -> dict[str, Any]:
    """Return the machine-readable parts of the proposal, to be stored with the action.

    ``whole``: all parts, because the action has the proposal's text unchanged; otherwise only what the
    proposal is about.
    """
    named = {name: getattr(proposal.about, name) for name in type(proposal.about).__slots__}
    about = {name: value for name, value in named.items() if value}
    known: dict[str, Any] = {"about": about} if about else {}
    if whole:
        rest = {name: getattr(proposal, name) for name in ("deed", "quantity", "price", "arrives")}
        known |= {name: value for name, value in rest.items() if value not in ("", None)}
        known["text"] = message.plain(proposal.text)
    return known


def iso_day(text: str, today: date, *, typed: bool = True) -> str:
    """Return the day as an ISO date; empty for an empty text. Raise UsageError if it is not understood.

    ``typed``: somebody typed the text just now, so a day in the past is an error too.
    """
    if not text.strip():
        return ""
    return (day_to_come(text, today) if typed else day_meant(text, today)).isoformat()
