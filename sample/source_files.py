"""店铺流量来源, one file per day: the format of 2023 until 10-11, then that of 2026.

The date is only in the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sample import season
from sample.catalogue import SOURCES, Source
from sample.layouts import layout
from sample.orders import Order
from sample.outline import Outline
from sample.shop_files import BOOKMARK, NOTE
from sample.world import World, buyers, money
from sample.writers import Cell, Rows, book, change, count, percent, xls, yuan

NEW_SINCE = date(2026, 10, 12)
FIRST = date(2026, 9, 28)
TOTAL = "汇总"
Facts = dict[str, float]


def _facts(outline: Outline, visitors: int, made: Sequence[Order], name: str) -> Facts:
    dice, paid = outline.dice(f"source/{name}"), [o for o in made if o.paid]
    return {
        "访客数": visitors,
        "新访客": round(visitors * dice.between(0.68, 0.80)),
        "平均停留时长": dice.between(9, 17),
        "商品点击人数": round(visitors * 0.61),
        "加购人数": round(visitors * dice.between(0.06, 0.09)),
        "商品收藏人数": round(visitors * 0.03),
        "加购件数": round(visitors * dice.between(0.09, 0.11)),
        "关注店铺人数": round(visitors * 0.006),
        "支付买家数": buyers(paid),
        "支付金额": money(paid),
        "下单买家数": buyers(made),
        "下单金额": money(made),
    }


def _of(world: World, day: date, source: Source) -> Facts:
    came = [o for o in world.orders[day] if source.key in (o.source, o.also)]
    return _facts(world.outline, world.traffic[day].sources[source.key], came, f"{day}/{source.key}")


def _whole(world: World, day: date, first: Sequence[Source]) -> Facts:
    keys = {source.key for source in first}
    came = [o for o in world.orders[day] if o.source in keys or o.also in keys]
    added = sum(world.traffic[day].sources[key] for key in keys)
    return _facts(
        world.outline, round(added * (0.93 if len(first) > 1 else 1)), came, f"{day}/{first[0].first}"
    )


def _part(facts: Facts, share: float) -> Facts:
    return {name: value if name == "平均停留时长" else round(value * share) for name, value in facts.items()}


def tree(world: World, day: date, *, old: bool) -> list[tuple[tuple[str, str, str], Facts]]:
    """Return ((first, second, third level), figures) pairs; subtotals have 汇总 below their level."""
    rows: list[tuple[tuple[str, str, str], Facts]] = []
    firsts = {source.key: source.old_first if old else source.first for source in SOURCES}
    for first in dict.fromkeys(firsts.values()):
        inside = [source for source in SOURCES if firsts[source.key] == first]
        rows.append(((first, TOTAL, TOTAL), _whole(world, day, inside)))
        for source in inside:
            facts = _of(world, day, source)
            second = source.old_second if old else source.second
            rows.append(((first, second, TOTAL), facts))
            rows.extend(((first, second, third), _part(facts, share)) for third, share in source.thirds)
    return rows


def _shown(facts: Facts, name: str) -> str:
    visitors, people = facts["访客数"], facts["支付买家数"]
    shown = {
        "支付转化率": percent(people, visitors),
        "下单转化率": percent(facts["下单买家数"], visitors),
        "客单价": yuan(facts["支付金额"] / people) if people else "-",
        "UV价值": yuan(facts["支付金额"] / visitors) if visitors else "-",
        "支付金额": yuan(facts["支付金额"]),
        "下单金额": yuan(facts["下单金额"]),
        "平均停留时长": f"{facts['平均停留时长']:.2f}",
    }
    return shown[name] if name in shown else count(facts[name]) if name in facts else "0"


def _value(facts: Facts, name: str) -> float:
    ratios = {
        "支付转化率": ("支付买家数", "访客数"),
        "下单转化率": ("下单买家数", "访客数"),
        "客单价": ("支付金额", "支付买家数"),
        "UV价值": ("支付金额", "访客数"),
    }
    if name in ratios:
        top, bottom = ratios[name]
        return facts[top] / facts[bottom] if facts[bottom] else 0.0
    return facts.get(name, 0.0)


def _fields(header: Sequence[str], now: Facts, before: Facts) -> list[Cell]:
    cells: list[Cell] = []
    for name in header:
        plain = name.removesuffix("变化").removesuffix("环比").replace("uv价值", "UV价值")
        moved = name.endswith(("变化", "环比"))
        cells.append(change(_value(now, plain), _value(before, plain)) if moved else _shown(now, plain))
    return cells


def newer(world: World, day: date) -> bytes:
    """Return the 2026 format: two sheets, five levels, 汇总 in each."""
    header = layout("sycm_shop_source_2026")
    before = dict(tree(world, day - timedelta(days=1), old=False))
    now = list(tree(world, day, old=False))
    rows: list[list[Cell]] = []
    for levels, facts in now:
        rows.append(["全店流量", *levels, TOTAL, *_fields(header[5:], facts, before[levels])])
    carriers: list[list[Cell]] = []
    for carrier, share in (("商品详情页", 0.78), ("店铺页", 0.15), ("短视频页", 0.07)):
        for levels, facts in now:
            if levels[1] == TOTAL:
                past = _part(before[levels], share)
                carriers.append([carrier, *levels, TOTAL, *_fields(header[5:], _part(facts, share), past)])
    sheets: dict[str, Rows] = {
        "全店流量来源": [[NOTE], [BOOKMARK], [None], [None], [None], header, *rows],
        "分载体流量来源": [[NOTE], [BOOKMARK], [None], [None], [None], header, *carriers],
    }
    return book(sheets, modern=world.outline.compact)[0]


def older(world: World, day: date) -> bytes:
    """Return the 2023 format: three levels, the first in a merged cell (blank below its first row)."""
    header = layout("sycm_shop_source_wireless_2023")[:29]
    before = dict(tree(world, day - timedelta(days=1), old=True))
    rows: list[list[Cell]] = []
    for levels, facts in tree(world, day, old=True):
        first = levels[0] if levels[1] == TOTAL else None
        rows.append([first, *levels[1:], *_fields(header[3:], facts, before[levels])])
    return xls({"无线流量来源": [[NOTE], [BOOKMARK], [None], [None], [None], header, *rows]})


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``exports/``."""
    made = {}
    compact = world.outline.compact
    end = "xlsx" if compact else "xls"
    for day in (day for day in season.DAYS if day >= (NEW_SINCE if compact else FIRST)):
        new = day >= NEW_SINCE
        name = "店铺流量来源" if new else "无线店铺流量来源"
        made[f"sources/【生意参谋平台】{name}-{day}_{day}.{end}"] = (newer if new else older)(world, day)
    return made
