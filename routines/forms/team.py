"""The forms of the afternoon: what promotion, design, content and the operator record with their roles."""

from __future__ import annotations

from typing import Final

from core.language.wording import N_
from core.records.team import (
    ContentPost,
    NewItem,
    Notice,
    PictureChange,
    PictureTest,
    PromotionPlan,
    ShopWatched,
    TaokePartner,
    WakeUp,
)
from routines.forms.form import Field, Form

_CHANNELS_SEEN = N_("微淘, WeChat, Weibo, Xiaohongshu, Douyin, 逛逛 …")

PROMOTION_PLAN = Form(
    "promotion_plan",
    N_("What promotion proposes"),
    PromotionPlan,
    (
        Field("channel", N_("Channel"), required=True, hint=N_("keyword ads, crowd ads, off-site …")),
        Field("item", N_("Item"), "item"),
        Field("budget", N_("Yuan a day more (minus = less)"), "money"),
        Field("visitors", N_("Visitors a day it should bring"), "count"),
        Field("reason", N_("Why"), "long"),
        Field(
            "state",
            N_("State"),
            "choice",
            (("proposed", N_("proposed")), ("agreed", N_("agreed")), ("declined", N_("declined"))),
        ),
    ),
)

PICTURE_TEST = Form(
    "picture_test",
    N_("A picture test"),
    PictureTest,
    (
        Field("item", N_("Item"), "item", required=True),
        Field("what", N_("What the new picture does differently")),
        Field("start", N_("Started on"), "date"),
        Field("goal_lift", N_("Wanted rise of the click rate, percent"), "money", hint="20"),
        Field("sample", N_("Impressions each picture needs"), "count", hint=N_("as told before the start")),
        Field("old_impressions", N_("Old picture: impressions"), "count"),
        Field("old_clicks", N_("Old picture: clicks"), "count"),
        Field("new_impressions", N_("New picture: impressions"), "count"),
        Field("new_clicks", N_("New picture: clicks"), "count"),
        Field(
            "state",
            N_("State"),
            "choice",
            (("planned", N_("planned")), ("running", N_("running")), ("over", N_("over"))),
        ),
    ),
)

NEW_ITEM = Form(
    "new_item",
    N_("A new item"),
    NewItem,
    (
        Field("item", N_("Item"), "item", required=True),
        Field("pictures", N_("Pictures ready by"), "date"),
        Field("page", N_("Page ready by"), "date"),
        Field("listed", N_("On the shelf on"), "date"),
        Field(
            "state",
            N_("Last finished stage"),
            "choice",
            (
                ("planned", N_("planned")),
                ("pictures", N_("pictures ready")),
                ("page", N_("page ready")),
                ("listed", N_("listed")),
                ("dropped", N_("dropped")),
            ),
        ),
        Field("conversion", N_("Conversion agreed on, percent"), "money", hint="2.5"),
        Field("note", N_("Note")),
    ),
)

SHOP_WATCHED = Form(
    "shop_watched",
    N_("A shop watched"),
    ShopWatched,
    (
        Field("shop", N_("Shop"), "shop", required=True),
        Field("changed", N_("What changed there"), "long"),
        Field("good", N_("What is good"), "long"),
        Field("borrow", N_("What we do in our own way"), "long"),
        Field("item", N_("For which of our items"), "item"),
    ),
)

PICTURE_CHANGE = Form(
    "picture_change",
    N_("A changed main picture"),
    PictureChange,
    (
        Field("item", N_("Item"), "item", required=True),
        Field("what", N_("What changed")),
        Field("on", N_("Changed on"), "date"),
        Field("says", N_("What it promises now"), hint=N_("buyers will ask service about it")),
        Field("told", N_("Does service have it in its scripts?"), "yesno"),
    ),
)

POST = Form(
    "post",
    N_("A post"),
    ContentPost,
    (
        Field("channel", N_("Channel"), required=True, hint=_CHANNELS_SEEN),
        Field("title", N_("Title"), required=True),
        Field("item", N_("Item"), "item"),
        Field("on", N_("Day"), "date"),
        Field(
            "state",
            N_("State"),
            "choice",
            (("planned", N_("planned")), ("posted", N_("posted")), ("dropped", N_("dropped"))),
        ),
        Field("reads", N_("Reads"), "count"),
        Field("visitors", N_("Visitors it brought"), "count"),
        Field("orders", N_("Orders it brought"), "count"),
    ),
)

WAKE_UP = Form(
    "wake_up",
    N_("A group written to"),
    WakeUp,
    (
        Field("group", N_("Group"), required=True),
        Field("channel", N_("Channel"), hint=N_("旺旺, WeChat, SMS, member page")),
        Field("offer", N_("Offer")),
        Field("on", N_("Sent on"), "date"),
        Field("sent", N_("Written to"), "count"),
        Field("held", N_("Left out on purpose"), "count", hint=N_("a tenth of the group, to compare with")),
        Field("back", N_("Bought, of those written to"), "count"),
        Field("held_back", N_("Bought, of those left out"), "count"),
        Field("cost", N_("Messages and coupons together"), "money"),
    ),
)

NOTICE = Form(
    "notice",
    N_("A campaign notice"),
    Notice,
    (
        Field("campaign", N_("Campaign or rule"), required=True),
        Field("where", N_("Seen where"), hint=N_("钉钉 group, 千牛, 商家中心")),
        Field("deadline", N_("Apply or hand in by"), "date"),
        Field("how", N_("How to apply, what has to be ready"), "long"),
        Field("concerns", N_("Does it concern us?"), "yesno"),
        Field(
            "state",
            N_("State"),
            "choice",
            (
                ("new", N_("new notice")),
                ("preparing", N_("being prepared")),
                ("applied", N_("applied for")),
                ("passed over", N_("passed over")),
            ),
        ),
        Field("prepares", N_("Who prepares it")),
    ),
)

TAOKE = Form(
    "taoke",
    N_("A taoke promoter"),
    TaokePartner,
    (
        Field("name", N_("Promoter"), required=True),
        Field("channel", N_("Channel"), hint=N_("WeChat groups, Weibo, rebate site, 淘宝联盟 …")),
        Field("contact", N_("Contact")),
        Field("item", N_("Item"), "item"),
        Field("commission", N_("Commission, percent"), "money"),
        Field(
            "state",
            N_("State"),
            "choice",
            (
                ("running", N_("running")),
                ("talking", N_("talking")),
                ("paused", N_("paused")),
                ("ended", N_("ended")),
            ),
        ),
        Field("on", N_("Day of the figures"), "date", hint=N_("empty = today")),
        Field("visitors", N_("Visitors brought"), "count"),
        Field("buyers", N_("Buyers brought"), "count"),
        Field("gmv", N_("Sales brought, yuan"), "money"),
        Field("fee", N_("Commission paid, yuan"), "money"),
        Field("note", N_("Note"), "long"),
    ),
)

TEAM_FORMS: Final = (
    PROMOTION_PLAN, PICTURE_TEST, NEW_ITEM, SHOP_WATCHED, PICTURE_CHANGE, POST, WAKE_UP, NOTICE, TAOKE,
)  # fmt: skip
"""The afternoon's forms."""
