"""Possible causes in paid promotion: clicks by kind of ads, overall click rate, display ads."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from core.answers.answer import Proposal
from core.exports.kinds.ads import Ads
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.measures.ad_report import ad_rows
from core.topics.sales.causes.cause import Cause, Looked, by_standing, nothing

if TYPE_CHECKING:
    import pandas as pd

KEYWORD = re.compile(r"关键词|直通车")
CROWD = re.compile(r"人群|引力魔方|超级推荐|超推")
WHOLE = re.compile(r"全站|智能|万相台")
DISPLAY = re.compile(r"钻|展示|品牌")
EVERY = re.compile("")


def keyword(looked: Looked) -> Cause:
    """Judge keyword ads (formerly 直通车) as a cause of the day's sales."""
    return _scene(looked, "keyword_ads", say("{keyword_ads}"), KEYWORD, "ads_keyword")


def crowd(looked: Looked) -> Cause:
    """Judge audience ads (formerly 超级推荐, 引力魔方) as a cause of the day's sales."""
    return _scene(looked, "crowd_ads", say("{crowd_ads}"), CROWD, "ads_crowd")


def whole(looked: Looked) -> Cause:
    """Judge whole-site ads as a cause of the day's sales."""
    return _scene(looked, "whole_ads", say("Whole-site ads"), WHOLE, "ads_whole")


def display(looked: Looked) -> Cause:
    """Judge display ads (钻展) as a cause of the day's sales."""
    return _scene(looked, "display_ads", say("Display ads"), DISPLAY, "")


def every_scene(looked: Looked) -> Cause:
    """Judge the clicks of all ads together, for platforms whose report does not distinguish kinds of ads."""
    name = say("Ads")
    rows = ad_rows(looked.ads)
    if rows is None:
        return nothing(
            "ads",
            name,
            say("no ad report is imported; get it from {how}.", how=Ads.how_on(looked.shop.platform)),
        )
    ask = Proposal(
        "promotion",
        say("{name}: find out why it brought fewer clicks and how to get them back", name=name),
        "ad_clicks",
        "up",
        looked.tomorrow,
    )
    return _by_clicks(looked, "ads", name, rows, EVERY, ask)


def click_rate(looked: Looked) -> Cause:
    """Judge the clicks per impression over all ads."""
    name = say("Ad click rate")
    rows = ad_rows(looked.ads)
    if rows is None:
        return nothing(
            "ctr",
            name,
            say("no ad report is imported; get it from {how}.", how=Ads.how_on(looked.shop.platform)),
        )
    rates = baseline.over(baseline.totals(rows, "clicks"), baseline.totals(rows, "impressions"))
    if looked.day not in rates:
        return nothing("ctr", name, say("the ad report does not contain that day."))
    found = looked.standing(rates)
    return by_standing(looked, "ctr", name, found, lambda value: message.percent(value, 2), rate=True)


def _scene(looked: Looked, key: str, name: Words, scene: re.Pattern[str], cost_column: str) -> Cause:
    """Judge one kind of ads by its clicks, because its orders are not all credited yet.

    If there are no clicks by kind of ads, it is judged by its ad spend.
    """
    rows = ad_rows(looked.ads)
    ask = Proposal(
        "promotion",
        say("{name}: find out why it brought fewer clicks and how to get them back", name=name),
        "ad_clicks",
        "up",
        looked.tomorrow,
    )
    if rows is not None and (rows["scene"] != "").any():
        return _by_clicks(looked, key, name, rows, scene, ask)
    costs = baseline.column(looked.days, cost_column) if cost_column else {}
    if looked.day not in costs:
        return nothing(
            key,
            name,
            say("no ad report is imported; get it from {how}.", how=Ads.how_on(looked.shop.platform)),
        )
    found = looked.standing(costs, half=True)
    return by_standing(looked, key, say("{name}, ad spend", name=name), found, message.money, bought=True)


def _by_clicks(
    looked: Looked, key: str, name: Words, rows: pd.DataFrame, scene: re.Pattern[str], ask: Proposal[Words]
) -> Cause:
    own = rows[rows["scene"].str.contains(scene)]
    reported = {when for when in rows["date"].dt.date if isinstance(when, date)}
    if own.empty:
        return Cause(key=key, name=name, state="nodata", seen=say("no ads ran in these days."))
    if looked.day not in reported:
        return nothing(key, name, say("the ad report does not contain that day."))
    clicks = dict.fromkeys(sorted(reported), 0.0) | baseline.totals(own, "clicks")
    if not clicks[looked.day]:
        usual = baseline.mean(clicks, baseline.usual_days(clicks, looked.day, looked.shop).days) or 0.0
        if usual < 1:
            return Cause(key=key, name=name, state="nodata", seen=say("no ads ran in these days."))
        seen = say(
            "no clicks at all; usually {usual} a day. Was the ad plan stopped, or did its money run out?",
            usual=message.count(usual),
        )
        return Cause(key=key, name=name, state="hurt", seen=seen, proposals=(ask,), weight=9.0)
    found = looked.standing(clicks, half=True)
    return by_standing(looked, key, say("{name}, clicks", name=name), found, message.count, bought=True)
