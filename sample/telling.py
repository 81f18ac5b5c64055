"""STORY.md: the planted findings with their figures, and what needs no action."""

# Rows of tables are not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from sample import (
    evening_files,
    item_files,
    listing_files,
    promises,
    rivals_seen,
    typed,
    typed_afternoon,
    typed_evening,
)
from sample.measured import planted, word
from sample.outline import Typed
from sample.typed import COPY_SHOP, COPY_TITLE
from sample.words import BURNING, MISSING_FROM_PLAN, SPARED
from sample.world import World

_HEAD = """\
# The sample shop and its story

兰亭女装旗舰店 (folder `lanting`), women's wear on Tmall. Everything is invented: people, orders, rivals, figures.
Data run from 2026-09-01 to 2026-11-15 (a Sunday). **Today is Monday 2026-11-16**, the week after 双11: stand-up is the weekly meeting.
`python -m sample.story` writes `exports/`, `evening/`, `broken/`, `shop.toml`, `entries.json` and this page; the same bytes every time.
All files are views of the same simulated orders, so their figures agree.
"""
_LEAVE = """\
## What must be left alone

| what it looks like | why nobody should act |
|---|---|
| Sales fall by nine tenths after 11-11 | the calendar says so: 双11 × 6, then 11-13 to 11-20 × 0.76 (`shop.toml`) |
| Yesterday ({sunday:,.0f}) is below Saturday | Sunday is the weakest weekday here, and the week after 双11 is quiet |
| Visitors up 14 %, conversion down a quarter, 10-20 … 10-31 | 双11 presale: buyers wait |
| 小红书 {red_last:.0f} visitors, usually {red_usual:.0f} | a source of {red_usual:.0f} a day swings by ±10 for no reason |
| The words {spared} have no order in 28 days | {spared_clicks} clicks say nothing at 3 %: observe, never delete |
| “牛仔裤女”, “毛衣女秋冬” sell a little too little for their price | lower the bid a step; nothing to delete |
| 小满 has the lowest conversion of all: {new_paid:.0f} of {new_asked:.0f} | five days at the desk; inside the funnel. 木子 is the one to talk to |
| One bad review of {trench} ({ordinary_bad_stars:.0f} stars, sleeve length) | usual: answer it, no alarm |
| The 雪纺衬衫 has {blouse_on_hand:.0f} pieces left | summer is over, {blouse_sold:.0f} sold in 28 days: let it run out |
| ROI of the last days looks low | credited over 15 days: too young to judge |
"""
_LAYOUTS = """\
## How true the layouts are

Header lists, preambles, header rows, encodings and containers follow what was seen in public code and documents (no genuine export could be had).
**UNVERIFIED, invented here:** `hours/分时数据…xlsx` as a whole; the columns 商品ID and 商品标题 of the review csv; the source names 平台流量, 自主访问,
私域流量, 站外流量 as first levels; 汇总 rows per level in the 2023 source layout; the order of columns marked "not proven"; order lists inside a zip;
presale deposits are not modelled (分阶段订单信息 is empty; every payment falls on the day of its order). Ad figures are final, but for
`关键词报表_20261105.zip`: the keyword report as it stood on 5 November, before the orders of slow buyers were credited.
The two shop_day files overlap from 09-24 to 09-30 and agree there; columns the 2018 layout lacks here are `-`.
Stock in transit stands in no export: none is on its way.
"""


def _finds(typed: Typed, p: dict[str, float]) -> list[tuple[str, str, str, str]]:
    video = f"{p['video_before']:.0f} visitors a day before, {p['video_after']:.0f} since"
    weak = f"{p['weak_paid']:.0f}/{p['weak_asked']:.0f} = {p['weak_paid'] / p['weak_asked']:.1%} in 7 days; team {p['team']:.1%}"
    ratio = p["aov_shop"] / p["aov_hero"]
    burn = (
        f"{p['burning_clicks']:.0f} clicks, {p['burning_orders']:.0f} orders, {p['burning_cost']:,.0f} yuan in 28 days, "
        f"{p['burning_sales']:,.0f} yuan sold; {p['burning_rate']:.2%} against break-even {p['burning_break_even']:.2%}"
    )
    return [
        (
            "drivers",
            "短视频 died",
            f"from 11-12: {video}; free",
            "ask the platform why the clips are no longer shown; money does not bring it back",
        ),
        (
            "stock",
            "直筒牛仔裤 …102 runs out",
            f"{p['jeans_on_hand']:.0f} pieces, {p['jeans_pace']:.1f} a day = {p['jeans_on_hand'] / p['jeans_pace']:.1f} days; lead {p['jeans_lead']:.0f} days",
            "reorder today, slow its ads until it is back",
        ),
        (
            "stock",
            "防晒衫 …120 does not sell",
            f"{p['sunwear_on_hand']:.0f} pieces, {p['sunwear_sold']:.0f} sold in 28 days",
            "never reorder; clear",
        ),
        (
            "paid",
            f"“{BURNING}” on …101 burns money",
            burn,
            "delete or lower hard: the data are enough and old enough",
        ),
        (
            "paid",
            "精准人群推广 of 针织开衫 …101 no longer pays",
            "ROI 1.99 against break-even 2.22: 15 % of its orders come back, of the others 12 %",
            "a fifth less, until the batch is good again",
        ),
        ("paid", "words missing from the plan", "、".join(MISSING_FROM_PLAN) + " sell in search", "add"),
        (
            "target",
            "November is narrowly reachable",
            f"{p['reached']:,.0f} of {p['target']:,.0f}; slightly behind the day plan",
            "say the chance, not only the gap",
        ),
        (
            "page",
            "bounce too high",
            f"{p['bounce_last']:.1%} last week (line 70 %), {p['bounce_before']:.1%} before the page of 11-09; depth {p['depth_last']:.2f} passes",
            "change the page back; no more promotion",
        ),
        (
            "page",
            "AOV against hero",
            f"{p['aov_shop']:.0f} / {p['aov_hero']:.0f} = {ratio:.2f} (line 1.3)",
            "passes: leave it",
        ),
        (
            "reviews",
            "针织开衫 …101: 开线, 掉色",
            f"{p['bad_reviews']:.0f} bad reviews 11-09 … 11-15 (one more hidden in an 追评 of a good one, 11-05); its 质量 refunds rise since 11-02",
            "stop the batch, talk to the maker, answer each",
        ),
        (
            "reviews",
            "the dress …103 is copied",
            f"“{COPY_TITLE}” at {COPY_SHOP}, 159 against 259 yuan, our pictures",
            "complain today (typed on 11-14, nothing filed yet)",
        ),
        ("service", "木子 is really below", weak, "talk; answers faster since 11-13 (58 → 34 s) as promised"),
        (
            "checks",
            "ad balance",
            f"{typed.balance:.0f} yuan, {p['spent_last']:,.0f} a day, budget {typed.budget:,.0f}",
            "top up before noon",
        ),
        ("checks", "市场洞察专业版 ends 2026-11-20", "in four days", "renew or let go, decide"),
        (
            "campaigns",
            "双12 预热 sign-up ends 2026-11-18",
            "pictures, locked price, stock promise missing; nobody told",
            "hand in by Wednesday",
        ),
        (
            "rivals",
            "慕言 (r02) fell back",
            "first for 针织开衫女 11-06 … 11-10, then 6, –, 5, –, –",
            "weak: take the place at a fair price",
        ),
        (
            "rivals",
            "winter line",
            "r01 and r03 listed and selling, r04 listed and not moving",
            "list 羽绒服 …124 and 羊羔毛 …125 now (180 and 150 pieces wait)",
        ),
        ("rivals", "青黛衣橱 (r05) not looked at since 11-10", "stale", "look today"),
    ]


def _promises(cape: str, p: dict[str, float]) -> list[str]:
    lines = [
        "## Promises due by 11-15",
        "",
        "| promise | result |",
        "|---|---|",
        "| a1 木子 answers within 40 s | kept: {muzi_seconds:.0f} s since 11-13 |",
        "| a2 bounce below 70 % | not kept: {bounce_3:.1%} on the last three days |",
        f"| a3 斗篷 {cape} converts 2.5 % | cannot tell: {{cape_sold_3:.0f}} sold in three days |",
        "| a4 “羊毛大衣女” costs at most 2.60 a click | kept: {coat_cpc:.2f} since 11-13 |",
        "| a5 jeans supply (due 11-17), a6 小满 (due 11-18) | not due yet |",
        "| a7 双11 sells 380,000 | done; cannot tell: {peak:,.0f} on a campaign day |",
        "",
    ]
    return [line.format(**p) for line in lines]


def story(world: World) -> str:
    """Return the text of STORY.md."""
    p = planted(world)
    rows = [
        f"| `{step}` | {name} | {figures} | {conclusion} |"
        for step, name, figures, conclusion in (
            *_finds(world.outline.typed, p),
            *typed_afternoon.finds(),
            *typed_evening.finds(),
            *listing_files.finds(),
            *rivals_seen.finds(),
            *promises.finds(world),
            *item_files.finds(),
        )
    ]
    alone = "".join(f"| {seen} | {why} |\n" for seen, why in _more_to_leave(world))
    spared = [word(world, text) for text in SPARED]
    leave = (
        _LEAVE.format(
            **p,
            spared="、".join(SPARED),
            trench=world.outline.item["trench"].title,
            spared_clicks=", ".join(str(one.clicks) for one in spared),
        )
        + alone
    )
    find = [
        "## What a good eye finds",
        "",
        "| step | what | figures | conclusion |",
        "|---|---|---|---|",
        *rows,
        "",
    ]
    return "\n".join(
        [
            _HEAD,
            *find,
            *_promises(world.outline.item["cape"].id, p),
            leave,
            *evening_files.section(world),
            _LAYOUTS,
        ]
    )


def _more_to_leave(world: World) -> Iterator[tuple[str, str]]:
    yield from typed_evening.leave()
    yield from listing_files.leave()
    yield from rivals_seen.leave()
    yield from promises.leave(world)
    yield from item_files.leave()
    yield from typed.leave()
