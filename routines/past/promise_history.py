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
from typing import Any, Final, TypeAlias

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
from routines.past.promise_frames import SHEETS_READ, promise_frames

DAYS: Final = 90
"""The number of days covered: about a season, because people and seasons change after that."""


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """A promise that is due, with its outcome; dates are in ISO format."""

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
    usual: float | None
    """The forecast of the figure without the action."""
    expected: float | None
    value: float | None
    sd: float | None
    """The standard deviation of the figure's forecast, in the figure's unit."""
    measured: str
    sentence: str
    """The promise and its outcome in one sentence, in the reader's language."""
    news: bool = False
    """Whether it is news this morning; the agenda and the meeting report the same promises."""
    deed: str = ""
    """The kind of act that its proposal asked for; empty if a person wrote it, or the proposal had none."""


@dataclass(frozen=True, slots=True)
class Predicts:
    """How closely a person's promises agree with what the figures then were.

    ``low`` and ``high``: the bounds of the share of promises kept (90 % interval).
    """

    who: str
    kept: int
    not_kept: int
    cannot_tell: int
    waiting: int
    low: float
    high: float
    gain: float | None
    """How much better the goals predicted the figures than the usual values did: the mean difference of
    the CRPS (continuous ranked probability score), in standard deviations."""
    gain_error: float | None
    goals: int
    standing: str
    """How the goals predict compared with the usual values: "ahead", "like" or "behind"; empty if there
    are too few promises."""
    moved: tuple[tuple[str, float, float, float], ...] = ()
    """By metric, how far it was beyond its usual values in the promised direction, in total: (metric, sum,
    lower and upper limit of its 80 % interval)."""


@dataclass(frozen=True, slots=True)
class PromiseLedger:
    """The promises of some months, newest first, and how accurate each person was."""

    first: str
    last: str
    promises: tuple[JudgedPromise, ...] = ()
    people: tuple[Predicts, ...] = ()

    def of_morning(self) -> tuple[JudgedPromise, ...]:
        """Return the promises whose outcomes are news this morning."""
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
        tuple(
            Predicts(**{**row, "moved": tuple((str(one[0]), *map(float, one[1:])) for one in row["moved"])})
            for row in data["people"]
        ),
    )


def promise_ledger(folder: Path, *, day: date, lang: Language, days: int = DAYS) -> PromiseLedger:
    """Return the outcomes of the actions that became due or were closed recently.

    Recently means in the ``days`` days before ``day``; ``day`` itself does not count.
    """
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
        code_version(), str(day), str(days), Ledger(folder).digest(SHEETS_READ),
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
    earliest = min((one.created for one in due), default=day)
    items = [one.item for one in due if one.item]
    frames = promise_frames(folder, items, earliest, day) if any(one.metric for one in due) else {}
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
            usual=one.usual,
            expected=one.action.expected,
            value=one.value,
            sd=one.sd,
            measured=one.measured.isoformat() if one.measured else "",
            sentence=wording.text(sentence(one, shop)),
            news=one.action.id in told and is_news(one, last, day),
            deed=one.action.deed,
        )
        for one in promises
    ]
    people = [
        Predicts(
            one.who,
            one.kept,
            one.broken,
            one.unclear,
            one.waiting,
            one.low,
            one.high,
            one.gain,
            one.gain_error,
            one.goals,
            one.standing or "",
            tuple((each.metric, each.total, each.low, each.high) for each in one.moved),
        )
        for one in scores([one for one in promises if one.action.metric], shop)
    ]
    rows.sort(key=lambda one: (one.due or one.created, one.id), reverse=True)
    return PromiseLedger(since.isoformat(), day.isoformat(), tuple(rows), tuple(people))
