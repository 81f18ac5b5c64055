"""Finished campaigns, recorded or from the calendar, with the quiet days before and after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.records.month import CampaignResult
from core.records.records import Recorded
from core.shop.settings import CalendarDay, Shop
from core.topics.campaigns.planning.campaign import Campaign

LIFTS = 1.1
"""The multiplier from which a calendar day belongs to a campaign."""
TOLD = 45
"""The number of days after its end in which a campaign is reviewed."""
BEFORE = 3
"""The number of days before a campaign on which buyers wait, unless the calendar has a longer presale."""
AFTER = 14
"""The number of days after a campaign in which sales are missing because buyers bought ahead."""
SIGNED_WITHIN = 180
"""The number of days after a campaign in which its result is signed; later ones are another year's
campaign's."""
SETTLED = 7
"""The number of days after a campaign from which its result may be signed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished campaign, with the quiet days before and after it."""

    name: str
    days: tuple[date, ...]
    before: tuple[date, ...]
    after: tuple[date, ...]
    """The quiet days after the campaign, up to the next one, past or still to come."""
    told: str = ""
    """The recorded text on the campaign's offer and items; empty for campaigns of the calendar."""
    apart: bool = True
    """False if the calendar has another campaign on the same days, so that the own effect is unknown."""

    @property
    def start(self) -> date:
        """Return the first affected day: the first on which buyers hold back, else the campaign's first."""
        return self.before[0] if self.before else self.days[0]

    @property
    def last(self) -> date:
        """Return the campaign's last day."""
        return self.days[-1]


def finished(found: Sequence[Campaign], shop: Shop, today: date) -> list[Finished]:
    """Return the campaigns that ended in the last 45 days, recorded or in the calendar, the newest first."""
    recorded = [
        (one.name, one.days, one.entry.kind, _told(one))
        for one in found
        if one.days and one.entry.state not in ("rejected", "planned", "applied") and one.days[-1] < today
    ]
    named = [(name, days, kind, told, _alone(name, days, kind, shop)) for name, days, kind, told in recorded]
    covered = {day for name, days, kind, _ in recorded if kind == "platform" for day in days}
    named += [
        (_name(run, shop), run, "platform", "", True) for run in runs(shop) if not covered.intersection(run)
    ]
    over = [
        Finished(name, days, _before(days, shop), _after(days, shop, kind), told, apart)
        for name, days, kind, told, apart in named
        if 0 < (today - days[-1]).days <= TOLD
    ]
    return sorted(over, key=lambda one: one.last, reverse=True)


def signed_result(one: Finished, results: Iterable[Recorded[CampaignResult]]) -> CampaignResult | None:
    """Return the campaign's own signed result: of the same name, signed within 180 days of its last day.

    Signed results of earlier years have the same name and do not count. None if there is none.
    """
    until = one.last + timedelta(days=SIGNED_WITHIN)
    mine = [row.value for row in results if row.value.name == one.name and one.last < row.at.date() <= until]
    return mine[-1] if mine else None


def lifts(special: CalendarDay | None) -> bool:
    """Return whether a calendar day belongs to a campaign; unconfirmed drafts do not count."""
    return (
        special is not None
        and special.state == "confirmed"
        and special.kind in ("platform", "own", "launch")
        and (special.multiplier or 0.0) >= LIFTS
    )


def _alone(name: str, days: Sequence[date], kind: str, shop: Shop) -> bool:
    """Return False for a shop's own campaign on days of a platform campaign of another name, else True."""
    if kind == "platform":
        return True
    return not any(
        lifts(special := shop.special(day)) and special is not None and special.kind == "platform"
        and name not in special.note for day in days
    )  # fmt: skip


def _told(one: Campaign) -> str:
    return f"{one.name} {one.entry.items} {one.entry.materials} {one.entry.discount}"


def runs(shop: Shop) -> list[tuple[date, ...]]:
    """Return the campaign days of the calendar, grouped into runs of consecutive days."""
    days = sorted(
        {
            one.start + timedelta(days=n)
            for one in shop.calendar
            if one.state == "confirmed"
            for n in range(((one.end or one.start) - one.start).days + 1)
        }
    )
    found: list[list[date]] = []
    for day in days:
        if not lifts(shop.special(day)):
            continue
        if found and (day - found[-1][-1]).days == 1:
            found[-1].append(day)
        else:
            found.append([day])
    return [tuple(run) for run in found]


def _name(run: Sequence[date], shop: Shop) -> str:
    peak = max(run, key=shop.multiplier)
    special = shop.special(peak)
    return (special.note or special.kind) if special is not None else peak.isoformat()


def _before(days: Sequence[date], shop: Shop) -> tuple[date, ...]:
    """Return the days before the campaign on which buyers wait: the calendar's presale, else three days."""
    eve = shop.special(days[0] - timedelta(days=1))
    quiet = eve is not None and eve.multiplier is not None and eve.multiplier < 1 and eve.kind == "platform"
    start = min(eve.start, days[0] - timedelta(days=BEFORE)) if quiet and eve is not None else None
    first = start or days[0] - timedelta(days=BEFORE)
    span = [first + timedelta(days=n) for n in range((days[0] - first).days)]
    return tuple(day for day in span if not lifts(shop.special(day)))


def _after(days: Sequence[date], shop: Shop, kind: str) -> tuple[date, ...]:
    """Return the quiet days after the campaign, up to the next campaign.

    After a campaign of the shop's own they also end at the first day of a platform presale.
    """
    found = []
    for n in range(1, AFTER + 1):
        day = days[-1] + timedelta(days=n)
        special = shop.special(day)
        other = special is not None and special.kind == "platform" and special.multiplier != 1.0
        if lifts(special) or (kind != "platform" and other):
            break
        found.append(day)
    return tuple(found)
