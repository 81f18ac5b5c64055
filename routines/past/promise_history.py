"""The promises of the last months and their outcomes, for the morning, the promise ledger and search.

Judging imports pandas; the result is cached in ``cache/promises`` while exports, journal and settings are
unchanged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from core.actions.decision_states import decision_states
from core.actions.overdue_actions import age
from core.actions.promised_decisions import with_decisions
from core.errors import CannotWrite
from core.facts.ledger import Ledger
from core.journal.actions import Action, actions
from core.journal.book import Book
from core.journal.multi_day_index import MultiDayIndex
from core.language import wording
from core.language.speech import Language, language, speak
from core.shop.loading import load_shop
from core.shop.settings import Shop, settings_file
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in, settings_bytes
from core.storage.regular_files import read_regular
from routines.answers.answer_cache import code_version

if TYPE_CHECKING:
    import pandas as pd

DAYS: Final = 90
"""The number of days covered: about a season, because people and seasons change after that."""
_SHEETS: Final = (
    "shop_day",
    "sources",
    "items",
    "ads",
    "keywords",
    "service",
    "stock",
    "orders",
    "catalogue",
)


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """A promise whose day has come, with its outcome; dates are in ISO format."""

    id: str
    """The id of the action."""
    text: str
    who: str
    created: str
    due: str
    """The due day; empty if none was agreed."""
    state: str
    """The state of the action: open, done, handed."""
    day: int
    """The age of the action in days, counted from the day it was due."""
    metric: str
    """The metric; empty if the action names none (then only done or open can be judged)."""
    item: str
    outcome: str
    """"kept", "not kept", "cannot tell" or "waiting"."""
    why: str
    before: float | None
    expected: float | None
    value: float | None
    swing: float | None
    """The usual variation of the figure, as a fraction of itself."""
    measured: str
    sentence: str
    """All of it in one sentence, in the reader's language."""
    news: bool = False
    """It is told this morning: on the agenda, in the meeting and here the same ones."""


@dataclass(frozen=True, slots=True)
class Predicts:
    """How well a person predicts; ``low`` and ``high`` are the limits of the share kept (90 %)."""

    who: str
    kept: int
    not_kept: int
    cannot_tell: int
    waiting: int
    low: float
    high: float
    off: float | None
    enough: bool
    """Whether there are enough promises for a rating."""


@dataclass(frozen=True, slots=True)
class PromiseLedger:
    """The promises of some months, newest first, and how well each person predicts."""

    first: str
    last: str
    promises: tuple[JudgedPromise, ...] = ()
    people: tuple[Predicts, ...] = ()

    def of_morning(self) -> tuple[JudgedPromise, ...]:
        """Return what is told this morning."""
        return tuple(one for one in self.promises if one.news)


Shape: TypeAlias = dict[str, Any]


def shape(ledger: PromiseLedger) -> Shape:
    """Return the ledger as JSON: ``{"first", "last", "promises": [{…}], "people": [{…}]}``."""
    return asdict(ledger)


def from_shape(data: Shape) -> PromiseLedger:
    """Return the ledger that :func:`shape` wrote; raise KeyError or TypeError if the data is invalid."""
    return PromiseLedger(
        data["first"],
        data["last"],
        tuple(JudgedPromise(**row) for row in data["promises"]),
        tuple(Predicts(**row) for row in data["people"]),
    )


def promise_ledger(folder: Path, *, day: date, lang: Language, days: int = DAYS) -> PromiseLedger:
    """Return the outcomes of the actions that were due in the ``days`` days before ``day``."""
    if language() != lang:
        speak(lang)
    shop, index = load_shop(folder), MultiDayIndex(Book(folder))
    lasting = index.lasting(day)
    agreed = with_decisions(actions(lasting), decision_states(lasting, shop, day))
    last = next(index.book.before(day), day - timedelta(days=1))
    fingerprint = f"{last} {_fingerprint(folder, agreed, day, days)}"
    file = folder / "cache" / "promises" / f"{day.isoformat()}.{days}.{lang}.json"
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json_in(read_regular(file), file.name)
        if kept["fingerprint"] == fingerprint:
            return from_shape(kept["ledger"])
    found = _judged(folder, shop, agreed, day, days, last)
    with suppress(CannotWrite, OSError):
        words = json.dumps({"fingerprint": fingerprint, "ledger": shape(found)}, ensure_ascii=False)
        write_atomically(file, words.encode())
    return found


def _fingerprint(folder: Path, agreed: Sequence[Action], day: date, days: int) -> str:
    updates = [update.id for one in agreed for update in one.updates]
    words = [
        code_version(), str(day), str(days), Ledger(folder).digest(_SHEETS),
        settings_bytes(settings_file(folder)).decode("utf-8", "replace"),
        *(one.id for one in agreed), *updates,
    ]  # fmt: skip
    return hashlib.blake2b("\n".join(words).encode(), digest_size=12).hexdigest()


def _judged(
    folder: Path, shop: Shop, agreed: Sequence[Action], day: date, days: int, last: date
) -> PromiseLedger:
    from core.actions.predictors import owner_of, scores
    from core.actions.promises import due_promises, judge
    from core.measures import metrics
    from core.topics.team.meeting.opening import is_news, sentence

    since = day - timedelta(days=days)
    due = due_promises(agreed, day, since)
    told = {one.id for one in due_promises(agreed, day)}
    frames = _frames(folder, due, day) if any(one.metric for one in due) else {}
    promises = [
        judge(one, metrics.figures(one.metric, one.item, shop, frames) if one.metric else None, shop, day)
        for one in due
    ]
    rows = [
        JudgedPromise(
            id=one.action.id,
            text=one.action.text,
            who=owner_of(one, shop),
            created=one.action.created.isoformat(),
            due=one.action.due.isoformat() if one.action.due else "",
            state=one.action.state,
            day=age(one.action, day),
            metric=one.action.metric or "",
            item=one.action.item or "",
            outcome=one.outcome,
            why=one.why,
            before=one.before,
            expected=one.action.expected,
            value=one.value,
            swing=one.swing,
            measured=one.measured.isoformat() if one.measured else "",
            sentence=wording.text(sentence(one, shop)),
            news=one.action.id in told and is_news(one, last, day),
        )
        for one in promises
    ]
    people = [
        Predicts(
            one.who, one.kept, one.broken, one.unclear, one.waiting, one.low, one.high, one.off, one.told
        )
        for one in scores([one for one in promises if one.action.metric], shop)
    ]
    rows.sort(key=lambda one: (one.due or one.created, one.id), reverse=True)
    return PromiseLedger(since.isoformat(), day.isoformat(), tuple(rows), tuple(people))


def _frames(folder: Path, due: Sequence[Action], day: date) -> dict[str, pd.DataFrame]:
    """Return the frames with the promised figures, starting well before the first promise."""
    from core.exports.kinds.orders import Orders
    from core.exports.kinds.registry import SHEETS
    from core.facts.days_from_orders import shop_days
    from core.facts.stock_items import load_joined
    from core.facts.window import load

    earliest = min((one.created for one in due), default=day)
    wanted = [name for name in _SHEETS if name != Orders.id]
    if not any(one.item for one in due):
        wanted = ["shop_day", "ads", "service"]
    sheets = {
        name: load_joined(folder, SHEETS[name], earliest - timedelta(days=SHEETS[name].days), day)
        for name in wanted
    }
    frames = {name: sheet.frame for name, sheet in sheets.items() if not sheet.frame.empty}
    if "shop_day" not in frames:
        orders = load(folder, Orders, earliest - timedelta(days=Orders.days), day)
        if not orders.frame.empty:
            frames["shop_day"] = shop_days(orders).frame
    return frames
