"""What was seen in other shops' streams and groups, patterns in it, and what became of borrowed ideas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from core.answers.answer import About, key_of
from core.journal.actions import Action
from core.journal.projections import Past
from core.records.evening import CommunitySeen, ContactMade, LiveSeen
from core.records.records import Recorded
from core.shop.item_names import short
from core.shop.settings import Shop
from core.topics.evening.day_so_far import DAY_TURNS
from core.topics.rivals.displayed_counts import bigram_dice

DAYS = 14
PATTERN_SHOPS = 2
"""The number of shops at which something must be seen to count as a pattern."""
SAME_TASK = 0.5
"""The similarity of texts from which an action counts as made from a recorded idea.

Set by judgement.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One observation of another shop's live stream or group, or one talk with a peer."""

    id: str
    day: date
    at: datetime
    shop: str
    mechanism: str
    offer: str
    borrow: str
    note: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A mechanism or offer seen at several shops, and how often."""

    kind: Literal["mechanism", "offer"]
    name: str
    shops: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Borrowed:
    """An idea to borrow, and the action made from it; None if there is no action."""

    look: Sighting
    action: Action | None


def looks(
    seen: Iterable[Recorded[LiveSeen] | Recorded[CommunitySeen] | Recorded[ContactMade]],
    shop: Shop,
    today: date,
) -> list[Sighting]:
    """Return the observations of the last two weeks, oldest first, with rivals' names instead of ids."""
    names = {one.id: short(one.name) for one in shop.rivals} | {
        one.name: short(one.name) for one in shop.rivals
    }
    found = []
    for row in seen:
        day, one = (row.at - timedelta(hours=DAY_TURNS)).date(), row.value
        if not today - timedelta(days=DAYS) < day <= today:
            continue
        if isinstance(one, ContactMade):
            whose, mechanism, offer, note = one.name, "", one.category, one.learnt
        else:
            whose, mechanism, offer, note = one.shop, one.mechanism, one.offer, one.note
        found.append(
            Sighting(
                id=row.id,
                day=day,
                at=row.at,
                shop=names.get(whose, whose),
                mechanism=mechanism,
                offer=offer,
                borrow=one.borrow,
                note=note,
            )
        )
    return found


def patterns(found: Iterable[Sighting]) -> list[Pattern]:
    """Return the mechanisms and offers seen at two shops or more, the most widespread first."""
    groups: dict[tuple[Literal["mechanism", "offer"], str], list[Sighting]] = {}
    for look in found:
        if look.mechanism and look.mechanism != "other":
            groups.setdefault(("mechanism", look.mechanism), []).append(look)
        if look.offer:
            groups.setdefault(("offer", "".join(look.offer.split()).casefold()), []).append(look)
    made = [
        Pattern(
            kind,
            name if kind == "mechanism" else some[0].offer,
            tuple(dict.fromkeys(one.shop for one in some)),
            len(some),
        )
        for (kind, name), some in groups.items()
    ]
    wide = [one for one in made if len(one.shops) >= PATTERN_SHOPS]
    return sorted(wide, key=lambda one: (-len(one.shops), -one.times, one.kind))


def borrowed(found: Iterable[Sighting], past: Past, step: str) -> list[Borrowed]:
    """Return the observations that noted an idea to borrow, newest first, with the actions made from them."""
    wanted = [look for look in found if look.borrow.strip()][::-1]
    return [Borrowed(look, _task(look, past, step)) for look in wanted]


def _task(look: Sighting, past: Past, step: str) -> Action | None:
    """Return the action made from the finding on the idea, else an action in similar words.

    None if there is neither. Actions created before the observation and dropped actions do not count.
    """
    later = [one for one in past.actions if one.created >= look.day and one.state != "dropped"]
    own = [one for one in later if one.finding == key_of(step, "borrow", About(entry=look.id))]
    alike = [one for one in later if _same(one.text, look.borrow)]
    return next(iter(own or alike), None)


def _same(task: str, borrow: str) -> bool:
    return borrow.strip() in task or bigram_dice(task, borrow) >= SAME_TASK
