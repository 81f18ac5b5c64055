"""What the roles record in the afternoon, as typed values.

A thing recorded again under the same name stands in its newest form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionPlan:
    """What promotion proposes to buy, before anybody told it."""

    form: ClassVar[str] = "promotion_plan"
    channel: str
    item: str = ""
    budget: float | None = None
    """Yuan a day more than now; negative = less."""
    visitors: int | None = None
    """Visitors a day it is to bring."""
    reason: str = ""
    state: str = "proposed"
    """proposed, agreed, declined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTest:
    """Two main pictures beside each other; counts as the tool shows them."""

    form: ClassVar[str] = "picture_test"
    item: str
    what: str = ""
    """What the new picture does differently."""
    start: date | None = None
    goal_lift: float | None = None
    """By how many percent the click rate should rise."""
    sample: int | None = None
    """Impressions each picture needs, as told before the start."""
    old_impressions: int | None = None
    old_clicks: int | None = None
    new_impressions: int | None = None
    new_clicks: int | None = None
    state: str = "running"
    """planned, running, over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A new item's way to the shelf."""

    form: ClassVar[str] = "new_item"
    item: str
    pictures: date | None = None
    """Pictures ready by."""
    page: date | None = None
    """Page ready by."""
    listed: date | None = None
    """On the shelf on."""
    state: str = "planned"
    """planned, pictures, page, listed, dropped: the last stage that is finished."""
    conversion: float | None = None
    """The effect agreed on: conversion in percent."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopWatched:
    """One of the shops looked at today for its pictures and pages."""

    form: ClassVar[str] = "shop_watched"
    shop: str
    changed: str = ""
    good: str = ""
    borrow: str = ""
    """What we could do in our own way; pictures are never taken over."""
    item: str = ""
    """Our item it could help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChange:
    """A main picture or page of ours that changed."""

    form: ClassVar[str] = "picture_change"
    item: str
    what: str = ""
    on: date | None = None
    says: str = ""
    """What it promises now: buyers will ask service about it."""
    told: bool | None = None
    """Whether service has it in its scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPost:
    """One post on one channel."""

    form: ClassVar[str] = "post"
    channel: str
    title: str
    item: str = ""
    on: date | None = None
    """The day it is planned for or went out; None = the day it was recorded."""
    state: str = "planned"
    """planned, posted, dropped."""
    reads: int | None = None
    visitors: int | None = None
    orders: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeUp:
    """A group of old customers written to."""

    form: ClassVar[str] = "wake_up"
    group: str
    channel: str = ""
    offer: str = ""
    on: date | None = None
    sent: int | None = None
    held: int | None = None
    """Customers of the same group who were left out on purpose, to see what happens without."""
    back: int | None = None
    """How many of those written to bought."""
    held_back: int | None = None
    """How many of those left out bought."""
    cost: float | None = None
    """Messages and coupons together, yuan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A campaign or rule announced by the platform or a category group."""

    form: ClassVar[str] = "notice"
    campaign: str
    where: str = ""
    """钉钉 group, 千牛, 商家中心."""
    deadline: date | None = None
    how: str = ""
    """How to apply, and what has to be ready."""
    concerns: bool | None = None
    """Whether it is for us; None = not decided."""
    state: str = "new"
    """new, preparing, applied, passed over."""
    prepares: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaokePartner:
    """One promoter (淘宝客): the terms as they stand, and what was brought on a day."""

    form: ClassVar[str] = "taoke"
    name: str
    channel: str = ""
    """WeChat groups, Weibo, a rebate site, 淘宝联盟 ..."""
    contact: str = ""
    item: str = ""
    commission: float | None = None
    """Percent of the sale."""
    state: str = "running"
    """talking, running, paused, ended."""
    on: date | None = None
    """The day the figures belong to; None = the day it was recorded."""
    visitors: int | None = None
    buyers: int | None = None
    gmv: float | None = None
    fee: float | None = None
    """Commission paid, yuan."""
    note: str = ""


TEAM_RECORDS = (
    PromotionPlan, PictureTest, NewItem, ShopWatched, PictureChange, ContentPost, WakeUp, Notice,
    TaokePartner,
)  # fmt: skip
