"""Everything the team typed before the demo's day: forms from this module, and the other modules' entries."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sample import promises, rivals_seen, second_typed, typed_afternoon, typed_evening
from sample.outline import Outline
from sample.typing_in import OPERATOR, Entry, record
from sample.world import World

COPY_TITLE = "碎花法式连衣裙女长袖收腰秋季中长裙气质款"
COPY_SHOP = "衣品汇小铺"
NO_EFFECT = "老客包邮周末"
"""Three days in October with free shipping for two items, which did not increase sales."""


def _copies(outline: Outline) -> list[Entry]:
    dress, cardigan = outline.item["dress"], outline.item["cardigan"].id
    return [
        record(
            "11-07 09:34",
            "reviews",
            "copy",
            item=cardigan,
            shop="小陌家衣橱",
            title="针织开衫女法式短款毛衣外套秋",
            price=99.0,
            stolen_pictures=True,
            state="complained",
        ),
        record(
            "11-13 09:33",
            "reviews",
            "copy",
            item=cardigan,
            shop="小陌家衣橱",
            title="针织开衫女法式短款毛衣外套秋",
            price=99.0,
            stolen_pictures=True,
            state="removed",
        ),
        record(
            "11-14 09:36",
            "reviews",
            "copy",
            item=dress.id,
            shop=COPY_SHOP,
            title=COPY_TITLE,
            price=float(dress.price - 100),
            stolen_pictures=True,
            state="found",
        ),
    ]


def _reviews(outline: Outline) -> list[Entry]:
    return [
        record(
            "11-06 09:37",
            "reviews",
            "review_case",
            item=outline.item["sweater"].id,
            theme="起球",
            text="有点起球",
            state="solved",
            remedy="补偿 15 元券，详情页加洗护说明",
        ),
        record(
            "11-13 09:38",
            "reviews",
            "review_case",
            item=outline.item["cardigan"].id,
            theme="开线",
            text="穿了一次袖口就开线，很失望",
            state="open",
            remedy="",
        ),
    ]


def _last_year(outline: Outline) -> Entry:
    """Return the recorded result of 双11 2025, which no export covers."""
    values = {
        "name": outline.festival[0],
        "uplift": outline.last_year,
        "profit": 171_000.0,
        "discount_cost": 52_000.0,
        "fees": 6_000.0,
        "again": True,
        "lesson": "第一波首日断货两款；预售期就把爆款备足",
    }
    data = {"form": "campaign_result", "values": values}
    at = "2025-11-27T17:40:00+08:00"
    return {"at": at, "who": OPERATOR, "kind": "record", "step": "campaigns", "data": data}


def _campaigns(outline: Outline) -> list[Entry]:
    first, last = (f"2026-{day}" for day in outline.weekend)
    after = date.fromisoformat(last) + timedelta(days=1)
    before = date.fromisoformat(first) - timedelta(days=2)
    own = {"name": NO_EFFECT, "kind": "own", "start": first, "end": last, "told": "微信",
           "discount": "两款包邮", "items": "真丝感衬衫、高腰半身裙"}  # fmt: skip
    name, start, end, closed = outline.festival
    festival = {"name": name, "kind": "platform", "deadline": "2026-10-18", "start": start, "end": end,
                "told": "旺旺 微信 短信", "discount": "满 300 减 30"}  # fmt: skip
    return [
        _last_year(outline),
        record(f"{before:%m-%d} 10:04", "campaigns", "campaign", **_in_state("accepted", own)),
        record(f"{after:%m-%d} 10:03", "campaigns", "campaign", **_in_state("over", own)),
        record("10-16 10:02", "campaigns", "campaign", **_in_state("accepted", festival)),
        record(f"{closed} 10:01", "campaigns", "campaign", **_in_state("over", festival)),
        record(
            "11-13 10:03",
            "campaigns",
            "campaign",
            name="双12 预热",
            kind="platform",
            state="planned",
            deadline="2026-11-18",
            start="2026-12-10",
            end="2026-12-12",
            materials="主图 3 张，锁定价，库存承诺",
            told="",
        ),
        record(
            "11-13 10:05",
            "campaigns",
            "campaign",
            name="冬季上新",
            kind="own",
            state="planned",
            start="2026-11-20",
            end="2026-11-22",
            materials="羽绒服、羊羔毛主图",
            told="微信",
            discount="首发三天 9 折，之后恢复日常价",
        ),
        record(
            "11-14 10:02",
            "campaigns",
            "campaign",
            name="老客户回访券",
            kind="own",
            state="running",
            start="2026-11-14",
            end="2026-11-17",
            told="微信 短信",
            discount="满 200 减 20",
        ),
    ]


def _in_state(state: str, values: dict[str, str]) -> dict[str, str]:
    """Return the values with the state behind the kind, where the form has it."""
    return {"name": values["name"], "kind": values["kind"], "state": state, **values}


def _checks(outline: Outline) -> list[Entry]:
    made = []
    for day, balance, cases in (
        ("11-13", 8760.0, 11),
        ("11-14", 4760.0, 9),
        ("11-15", outline.typed.balance, 7),
    ):
        made += [
            record(
                f"{day} 10:09", "checks", "check", name="ads_balance", passed=balance > 4500, value=balance
            ),
            record(
                f"{day} 10:10",
                "checks",
                "check",
                name="tools",
                passed=True,
                expires="2026-11-20",
                note="市场洞察专业版",
            ),
            record(
                f"{day} 10:11", "checks", "check", name="after_sales", passed=cases < 10, value=float(cases)
            ),
            record(f"{day} 10:12", "checks", "check", name="inbox", passed=True),
        ]
    return made


def leave() -> tuple[tuple[str, str], ...]:
    """Return the campaign whose effect cannot be judged, and why."""
    return ((f"{NO_EFFECT} (10-16 … 10-18) sold about as usual", "such days scatter as much: no call"),)


def entries(world: World) -> list[Entry]:
    """Return all entries, oldest first."""
    outline = world.outline
    parts = (
        rivals_seen.entries(),
        _copies(outline),
        _reviews(outline),
        _campaigns(outline),
        _checks(outline),
        promises.promises(outline),
        promises.words(world),
        typed_afternoon.entries(outline),
        typed_evening.entries(world),
        second_typed.entries(world) if outline.overspend else [],
    )
    return sorted((one for part in parts for one in part), key=lambda one: str(one["at"]))


def text(world: World) -> str:
    """Return the entries as JSON, one per line."""
    lines = (json.dumps(one, ensure_ascii=False) for one in entries(world))
    return "[\n" + ",\n".join(lines) + "\n]\n"
