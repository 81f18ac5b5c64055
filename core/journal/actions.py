"""Build the team's actions, with all later updates applied, from journal entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from core.journal.entry import Entry, text_of, word_of
from core.language.message import Words

if TYPE_CHECKING:
    from core.answers.answer import About, Direction

ActionState: TypeAlias = Literal["open", "done", "handed", "dropped"]


class ActionUpdate(NamedTuple):
    """An update of an action: a change of its state, owner or due day."""

    id: str
    at: datetime
    day: date
    """The working day on which the update was made."""
    who: str
    state: ActionState
    reason: str = ""
    owner: str = ""
    due: str = ""
    arrives: str = ""
    """When goods that were ordered are expected; ISO date."""
    arrived: str = ""
    """When the ordered goods arrived; ISO date."""
    quantity: float | None = None
    """The number of pieces ordered, or the yuan paid in, if it differs from the proposal; otherwise None."""


class Action(NamedTuple):
    """An action in its current state: who does what by when, and which figure should change."""

    id: str
    words: Words
    """What is to be done: a proposal's message, or the text as typed."""
    role: str
    owner: str
    due: date | None
    metric: str | None
    direction: Direction | None
    expected: float | None
    item: str | None
    state: ActionState
    created: date
    """The working day on which the action was agreed."""
    at: datetime
    who: str
    step: str
    finding: str
    updates: tuple[ActionUpdate, ...] = ()
    first_due: date | None = None
    """The original due day, before any updates."""
    deed: str = ""
    """What kind of act its proposal asked for, such as ``order`` (:data:`core.answers.answer.Deed`)."""
    subject: tuple[tuple[str, str], ...] = ()
    """The non-empty fields of :attr:`about`, as (name, value)."""
    quantity: float | None = None
    """The number of pieces if the deed is ``order``."""
    price: float | None = None
    """The bid or budget in yuan that was proposed."""
    arrives: date | None = None
    """When goods that were ordered are expected."""
    arrived: date | None = None
    """When the ordered goods arrived, as somebody confirmed."""

    @property
    def told_on(self) -> date | None:
        """The day from which the action's figure can be judged.

        For ordered goods this is the day they are expected to arrive, otherwise the due day.
        """
        return self.arrives or self.due

    @property
    def text(self) -> str:
        """What is to be done, in the current language."""
        from core.language.wording import text

        return text(self.words)

    @property
    def about(self) -> About:
        """The subject of the proposal behind the action (item, keyword, person …)."""
        from core.answers.answer import About

        return About(**{name: value for name, value in self.subject if name in About.__slots__})

    @property
    def closed(self) -> date | None:
        """The day the action was done or dropped; None while it is open or handed over."""
        update = self._closing
        return None if update is None else update.day

    @property
    def closed_at(self) -> datetime | None:
        """The moment the action was done or dropped; None while it is open or handed over."""
        update = self._closing
        return None if update is None else update.at

    @property
    def _closing(self) -> ActionUpdate | None:
        """The update that closed the action; None while it is not closed.

        Updates after that which leave the state unchanged, e.g. to note that goods arrived, do not count.
        """
        if self.state not in ("done", "dropped"):
            return None
        last = list(takewhile(lambda update: update.state == self.state, reversed(self.updates)))
        return last[-1] if last else None


def actions(entries: Iterable[Entry]) -> tuple[Action, ...]:
    """Return the actions in the entries with their updates applied, oldest first."""
    found: dict[str, Action] = {}
    for entry in entries:
        if entry.kind == "action":
            found[entry.id] = _action(entry)
        elif entry.kind == "action-update" and (held := found.get(word_of(entry, "action"))):
            found[held.id] = _updated(held, entry)
    return tuple(found.values())


def _action(entry: Entry) -> Action:
    data = entry.data
    about = data.get("about")
    subject = about.items() if isinstance(about, dict) else ()
    return Action(
        id=entry.id,
        words=text_of(entry),
        role=word_of(entry, "role"),
        owner=word_of(entry, "owner"),
        due=_date(data.get("due")),
        metric=data.get("metric"),
        direction=data.get("direction"),
        expected=_number(data.get("expected")),
        item=data.get("item"),
        state="open",
        created=entry.day or entry.at.date(),
        at=entry.at,
        who=entry.who,
        step=entry.step,
        finding=word_of(entry, "finding"),
        first_due=_date(data.get("due")),
        deed=word_of(entry, "deed"),
        subject=tuple((name, value) for name, value in subject if isinstance(value, str)),
        quantity=_number(data.get("quantity")),
        price=_number(data.get("price")),
        arrives=_date(data.get("arrives")),
    )


def _updated(action: Action, entry: Entry) -> Action:
    words = {name: word_of(entry, name) for name in ("reason", "owner", "due", "arrives", "arrived")}
    state = cast("ActionState", word_of(entry, "state") or action.state)
    quantity = _number(entry.data.get("quantity"))
    update = ActionUpdate(
        entry.id, entry.at, entry.day or entry.at.date(), entry.who, state, **words, quantity=quantity
    )
    return action._replace(
        state=state,
        owner=update.owner or action.owner,
        due=_date(update.due) or action.due,
        updates=(*action.updates, update),
        quantity=action.quantity if quantity is None else quantity,
        price=_number(entry.data.get("price")) or action.price,
        arrives=_date(update.arrives) or action.arrives,
        arrived=_date(update.arrived) if state == "done" else None,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None
