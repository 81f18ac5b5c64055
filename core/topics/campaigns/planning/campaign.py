"""A campaign in its latest state, the campaigns of a month, and the prices named in an offer."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from core.language.message import N_, Words, listing, say
from core.measures import baseline
from core.records.records import CampaignEntry, Recorded
from core.shop.settings import Shop
from core.topics.campaigns.uplift import Uplift, discount_share, weekday_matched_uplift

CHANNELS: dict[str, tuple[str, ...]] = {
    "chat": ("旺旺", "wangwang", "飞鸽", "客服消息", "平台消息", "拼多多"),
    "微信": ("微信", "wechat"),
    "QQ": ("qq",),
    "邮件": ("邮件", "mail"),
    "短信": ("短信", "sms"),
}
"""The channels over which buyers are informed, each with the words people use for it."""
CHANNEL_NAMES: dict[str, str] = {
    "chat": N_("{chat}"),
    "微信": N_("WeChat"),
    "QQ": N_("QQ"),
    "邮件": N_("mail"),
    "短信": N_("SMS"),
}
CLEAN_WEEKS = 8
_ORIGINAL = re.compile(r"原价")
_STRUCK = re.compile(r"(?:原价|划线价|吊牌价)\D{0,3}(\d+(?:\.\d+)?)")


def channel_names(channels: Iterable[str]) -> Words:
    """Return the channels' names as one text."""
    return listing([say(CHANNEL_NAMES[channel]) for channel in channels])


@dataclass(frozen=True, slots=True)
class Campaign:
    """A recorded campaign in its latest state."""

    entry: CampaignEntry
    seen: date
    """The day of the campaign's newest record."""

    @property
    def name(self) -> str:
        """Return the campaign's name."""
        return self.entry.name

    @property
    def alive(self) -> bool:
        """Return whether the campaign is running or still to come."""
        return self.entry.state not in ("rejected", "over")

    @property
    def to_apply(self) -> bool:
        """Return whether the campaign's sign-up is still to be done."""
        return (
            self.entry.kind == "platform"
            and self.entry.state == "planned"
            and self.entry.deadline is not None
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the assets still missing."""
        return tuple(part.strip() for part in re.split(r"[,，、;；]", self.entry.materials) if part.strip())

    @property
    def told(self) -> tuple[str, ...]:
        """Return the channels over which buyers were informed."""
        said = self.entry.told.lower()
        return tuple(name for name, words in CHANNELS.items() if any(word in said for word in words))

    @property
    def untold(self) -> tuple[str, ...]:
        """Return the channels over which buyers were not informed yet."""
        return tuple(name for name in CHANNELS if name not in self.told)

    @property
    def days(self) -> tuple[date, ...]:
        """Return the campaign's days; empty while they are unknown."""
        if self.entry.start is None:
            return ()
        end = self.entry.end or self.entry.start
        return tuple(self.entry.start + timedelta(days=n) for n in range((end - self.entry.start).days + 1))

    @property
    def says_original_price(self) -> bool:
        """Return whether the offer says 原价, which must be a price that was really paid."""
        return bool(_ORIGINAL.search(self.entry.discount))

    @property
    def struck_price(self) -> float | None:
        """Return the former price that the offer names for comparison; None if there is none."""
        found = _STRUCK.search(self.entry.discount)
        return float(found.group(1)) if found else None


def campaigns(entries: Iterable[Recorded[CampaignEntry]] | None) -> list[Campaign]:
    """Return every recorded campaign in its latest state, in order of the first day."""
    newest = {one.value.name: Campaign(one.value, one.at.date()) for one in entries or ()}
    return sorted(
        newest.values(), key=lambda one: (one.entry.start or date.max, one.entry.deadline or date.max)
    )


@dataclass(frozen=True, slots=True)
class MonthFill:
    """How many campaigns a month has and should have, and how many of its days have an offer."""

    planned: int
    done: int
    aim: int
    share: float
    """The share of the month's days with an offer, including planned ones."""
    close: tuple[tuple[str, str, int], ...]
    """Pairs of consecutive campaigns with too few days between them: both names and the days."""


def month(found: Sequence[Campaign], shop: Shop, today: date, apart: int) -> MonthFill:
    """Return the figures on this month's campaigns.

    ``apart`` is the suggested number of days between two campaigns.
    """
    length = monthrange(today.year, today.month)[1]
    mine = [
        one
        for one in found
        if one.entry.state != "rejected"
        and any((day.year, day.month) == (today.year, today.month) for day in one.days)
    ]
    offered = {
        day
        for one in mine
        if one.entry.discount
        for day in one.days
        if (day.year, day.month) == (today.year, today.month)
    }
    coming = [one for one in found if one.alive and one.days]
    close = []
    for before, after in pairwise(coming):
        gap = (after.days[0] - before.days[-1]).days - 1
        if gap < apart and before.entry.discount and after.entry.discount:
            close.append((before.name, after.name, max(0, gap)))
    done = sum(one.entry.state == "over" or one.days[-1] < today for one in mine)
    return MonthFill(
        len(mine),
        done,
        shop.thresholds.campaigns_per_month,
        discount_share(len(offered), length) or 0.0,
        tuple(close),
    )


def effect(one: Campaign, sales: baseline.Values, shop: Shop) -> Uplift | None:
    """Return the additional sales of the campaign's days over the same weekdays of weeks before it.

    Only weeks without campaigns are used. None while one of the campaign's days is missing, or if there is no
    such week.
    """
    days = one.days
    if not days or any(day not in sales for day in days):
        return None
    weeks: list[list[float | None]] = []
    for back in range(CLEAN_WEEKS, 0, -1):
        same = [day - timedelta(days=7 * ((day - days[0]).days // 7 + back)) for day in days]
        weeks.append([sales.get(day) if baseline.is_plain(shop, day) else None for day in same])
    return weekday_matched_uplift(weeks, [sales[day] for day in days])
