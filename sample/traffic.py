"""Simulated visitors by source and ad spend for each day, before any orders."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

from sample import season
from sample.catalogue import PAID, SOURCES
from sample.dice import Dice
from sample.outline import Outline
from sample.words import BURNING, CHEAPER_SINCE_13TH, CROWD_ITEMS, SITE_ITEMS, SPARED_CLICKS, WORDS

VIDEO_DIES = date(2026, 11, 12)
"""短视频: on this day the platform stopped showing the shop's clips. The traffic was free, and no notice
came."""
BID_CUT = date(2026, 11, 13)
PAGE_CHANGED = date(2026, 11, 9)
"""The home page was rebuilt for 双11 the evening before; since then the bounce rate is too high."""
SMALL_SOURCE_LAST = 14
"""小红书's visitors on the last day: usually about 21 a day after 双11; 14 is chance."""
CLICKS_PER_VISITOR = 1.12


@dataclass
class Ad:
    """One ad on one day: a keyword for an item, or an item in a scene. Money is in fen."""

    scene: str
    item: str
    word: str = ""
    shown: int = 0
    clicks: int = 0
    cost: int = 0
    rank: float = 0.0


@dataclass
class Traffic:
    """The visitors of one day by source, where visitors of several sources count for each."""

    day: date
    sources: dict[str, int] = field(default_factory=dict)
    visitors: int = 0
    ads: list[Ad] = field(default_factory=list)
    bounce: float = 0.0
    depth: float = 0.0
    rate_noise: float = 1.0


def _moods(outline: Outline, name: str, spread: float, memory: float) -> dict[date, float]:
    """Return a random factor around 1 for each day, correlated with the day before (AR(1) on the log)."""
    dice, level, moods = outline.dice(f"mood/{name}"), 0.0, {}
    for day in season.DAYS:
        level = memory * level + dice.bell(0.0, spread * math.sqrt(1 - memory * memory))
        moods[day] = math.exp(level)
    return moods


def _spared_plan(outline: Outline, text: str, total: int) -> dict[date, int]:
    """Return the clicks of a rare word on the last 28 days, summing to ``total``."""
    dice, plan = outline.dice(f"spared/{text}"), dict.fromkeys(season.DAYS[-28:], 0)
    days = list(plan)
    for _ in range(total):
        plan[dice.pick(days)] += 1
    return plan


def _word_ads(outline: Outline, day: date, mood: float, plans: dict[str, dict[date, int]]) -> list[Ad]:
    dice, season_ = outline.dice(f"words/{day}"), outline.season
    crowd = season_.visitors_factor(day) ** 0.6 * mood
    dear = 1.0 + 0.35 * (season_.visitors_factor(day) > 1.6)
    ads = []
    for word in WORDS:
        plan = plans.get(word.text, {})
        clicks = plan[day] if day in plan else dice.poisson(word.clicks * crowd)
        cheaper = word.text == CHEAPER_SINCE_13TH and day >= BID_CUT
        cpc = (
            word.cpc
            * outline.word_costs.get(word.text, 1.0)
            * (0.78 if cheaper else dear)
            * dice.wobble(0.05)
        )
        shown = max(clicks, round(clicks / (word.ctr * dice.wobble(0.10)))) + dice.whole(3, 30)
        rank = max(1.0, dice.bell(4.0 if word.text != BURNING else 7.5, 0.8))
        ads.append(
            Ad("keyword", word.item, word.text, shown, clicks, round(clicks * cpc * 100), round(rank, 1))
        )
    return ads


def _item_ads(
    outline: Outline,
    day: date,
    scene: str,
    shares: dict[str, float],
    clicks: float,
    cpc: float,
    ctr: float,
) -> list[Ad]:
    dice, crowd = outline.dice(f"{scene}/{day}"), outline.season.visitors_factor(day) ** 0.7
    ads = []
    for item, share in shares.items():
        more = outline.more_clicks(scene, item, day)
        count = dice.poisson(clicks * share * crowd * dice.wobble(0.06) * more)
        shown = round(count / (ctr * dice.wobble(0.06)))
        ads.append(Ad(scene, item, "", shown, count, round(count * cpc * dice.wobble(0.05) * 100)))
    return ads


def _free(outline: Outline, day: date, moods: dict[str, dict[date, float]], shop: float) -> dict[str, int]:
    dice, free = outline.dice(f"free/{day}"), {}
    for source in SOURCES:
        if source.key in PAID:
            continue
        mood = moods[source.key].get(day, 1.0)
        base = outline.visitors * source.share * outline.season.visitors_factor(day) * shop * mood
        if source.key == "video" and day >= VIDEO_DIES:
            base *= 0.03
        free[source.key] = dice.poisson(base)
    if day == season.LAST:
        free["red"] = SMALL_SOURCE_LAST
    return free


def _bounce(day: date, dice: Dice) -> float:
    level = 0.662 if day < PAGE_CHANGED else 0.748
    return level + dice.bell(0.0, 0.008)


def build(outline: Outline) -> list[Traffic]:
    """Return the traffic of every day, including the demo's own day, which has no random factor."""
    shop, rate = _moods(outline, "shop", 0.045, 0.45), _moods(outline, "rate", 0.035, 0.30)
    moods = {s.key: _moods(outline, f"source/{s.key}", 0.05, 0.35) for s in SOURCES}
    moods["red"] = _moods(outline, "source/red", 0.01, 0.0)
    plans = {text: _spared_plan(outline, text, total) for text, total in SPARED_CLICKS.items()}
    result = []
    for day in (*season.DAYS, season.TODAY):
        dice = outline.dice(f"day/{day}")
        ads = _word_ads(outline, day, moods["keyword"].get(day, 1.0), plans)
        ads += _item_ads(outline, day, "crowd", CROWD_ITEMS, 1150, 0.86, 0.031)
        ads += _item_ads(outline, day, "site", SITE_ITEMS, 1050, 0.98, 0.042)
        sources = _free(outline, day, moods, shop.get(day, 1.0))
        for scene in PAID:
            clicks = sum(ad.clicks for ad in ads if ad.scene == scene)
            sources[scene] = round(clicks / (CLICKS_PER_VISITOR * dice.wobble(0.01)))
        ordered = {s.key: sources[s.key] for s in SOURCES}
        visitors = round(sum(ordered.values()) / (1.135 * dice.wobble(0.006)))
        depth = 2.74 - (0.13 if day >= PAGE_CHANGED else 0) + dice.bell(0, 0.05)
        noise = rate.get(day, 1.0)
        result.append(Traffic(day, ordered, visitors, ads, _bounce(day, dice), depth, noise))
    return result


def days_of(first: date, last: date) -> list[date]:
    """Return every day from ``first`` to ``last``."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
