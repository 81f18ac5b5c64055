"""Daily results of service agents, and buyers' reviews."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sample import season
from sample.catalogue import Item
from sample.dice import Dice
from sample.layouts import REVIEWS, SERVICE_TAIL, layout
from sample.outline import Outline
from sample.world import Desk, World, buyers, money
from sample.writers import Cell, count, gbk_zip, percent, table, xlsx, yuan

SERVICE_FIRST = date(2026, 10, 12)
REVIEWS_FIRST = date(2026, 9, 16)
PRAISE = (
    "面料很舒服，版型好看",
    "显瘦，颜色和图片一样",
    "质量不错，会回购",
    "上身效果很好，同事都问链接",
    "物流快，包装用心",
    "厚度刚好，秋天穿合适",
    "尺码标准，客服耐心",
    "第二次买了，一如既往地好",
    "做工精细，没有线头",
    "很有气质，喜欢",
)
USUAL_BLAME = ("有点偏小，建议拍大一码", "和图片有一点色差", "物流慢，等了五天", "面料比想象的薄", "有点起球")
SEAM_BLAME = (
    ("穿了一次袖口就开线，很失望", 1),
    ("洗了一次就掉色，把别的衣服都染了", 1),
    ("扣子旁边开线了，做工差", 2),
    ("收到就发现腋下开线", 1),
    ("掉色严重，雾蓝洗完发白", 2),
    ("第二天就开线，质量不如以前", 2),
    ("颜色好看但是掉色，手都染蓝了", 3),
    ("下摆开线，联系客服让我自己缝", 1),
    ("好看是好看，穿三天开线了", 3),
)
"""Nine of the cardigan's reviews from 11-09 to 11-15, with their stars."""
ONE_BAD = ("trench", date(2026, 11, 14), "袖子有点长，个子小的慎拍", 3)


def _agent_row(name: str, desks: list[Desk], back: int) -> list[Cell]:
    asked, paid = sum(d.asked for d in desks), sum(d.paid for d in desks)
    weigh = [max(d.asked, 1) for d in desks]

    def mean(values: list[float]) -> float:
        return sum(v * w for v, w in zip(values, weigh, strict=True)) / sum(weigh)

    return [
        name,
        count(asked),
        count(paid),
        percent(paid, asked),
        yuan(sum(d.money for d in desks)),
        f"{mean([d.first for d in desks]):.2f}",
        f"{mean([d.mean for d in desks]):.2f}",
        f"{mean([d.happy for d in desks]) * 100:.2f}%",
        "99.20%",
        yuan(back),
    ]


def _tail(world: World, day: date) -> list[list[Cell]]:
    desks, back = world.desks[day], world.refunded(day)
    whole = _agent_row("", desks, back)
    people = max(len(desks), 1)
    asked, paid = sum(d.asked for d in desks), sum(d.paid for d in desks)
    shared = [
        count(asked / people),
        count(paid / people),
        percent(paid, asked),
        yuan(sum(d.money for d in desks) / people),
        *whole[5:9],
        yuan(back / people),
    ]
    good: list[Cell] = ["-", "-", "55.00%", "-", "12.00", "22.00", "97.00%", "99.90%", "-"]
    usual: list[Cell] = ["-", "-", "42.00%", "-", "18.00", "36.00", "92.00%", "98.50%", "-"]
    values = (whole[1:], shared, whole[1:], shared, good, usual)
    return [[name, *row] for name, row in zip(SERVICE_TAIL, values, strict=True)]


def service(world: World, day: date) -> bytes:
    """Return the 客服绩效 of one day: the agents, then six summary rows."""
    backs: dict[str, int] = {}
    for order, refund in world.refunds:
        if order.agent and refund.done and refund.done.date() == day:
            backs[order.agent] = backs.get(order.agent, 0) + refund.money
    rows = [
        _agent_row(f"{world.outline.name}:{d.agent}", [d], backs.get(d.agent, 0)) for d in world.desks[day]
    ]
    return xlsx({"客服绩效": [layout("sycm_service_custom"), *rows, *_tail(world, day)]})


def _review(
    dice: Dice, day: date, item: Item, text: str, stars: int, more: str = ""
) -> tuple[datetime, list[Cell]]:
    at = datetime.combine(day, time(dice.whole(8, 22), dice.whole(0, 59), dice.whole(0, 59)))
    colour, size = dice.pick(item.skus)
    nick = f"{dice.pick('tbmxyzqw')}**{dice.whole(0, 9)}"
    reply = "" if stars < 4 or dice.luck(0.6) else "感谢您的喜欢，期待再次光临"
    return at, [
        text,
        more,
        stars,
        at.strftime("%Y-%m-%d %H:%M:%S"),
        f"颜色分类:{colour};尺码:{size}",
        nick,
        reply,
        "天猫",
        item.id,
        item.title,
    ]


def _ordinary(outline: Outline, day: date) -> list[tuple[datetime, list[Cell]]]:
    dice, rows = outline.dice(f"reviews/{day}"), []
    items = [item for item in outline.items if item.weight]
    for _ in range(dice.poisson(13)):
        item = dice.pick(items, [item.weight for item in items])
        quiet = day > season.LAST - timedelta(days=7)
        if not quiet and dice.luck(0.035):
            rows.append(_review(dice, day, item, dice.pick(USUAL_BLAME), dice.pick((2, 3, 3))))
        else:
            more = "洗过以后也没变形" if dice.luck(0.04) else ""
            rows.append(_review(dice, day, item, dice.pick(PRAISE), dice.pick((5, 5, 5, 4)), more))
    return rows


def reviews(outline: Outline) -> bytes:
    """Return two months of reviews as saved by a plug-in, newest first."""
    rows, day = [], REVIEWS_FIRST
    while day <= season.LAST:
        rows += _ordinary(outline, day)
        day += timedelta(days=1)
    dice, items = outline.dice("reviews/trouble"), outline.item
    for number, (text, stars) in enumerate(SEAM_BLAME):
        rows.append(
            _review(dice, season.LAST - timedelta(days=6 - number * 7 // 9), items["cardigan"], text, stars)
        )
    key, on, text, stars = ONE_BAD
    rows.append(_review(dice, on, items[key], text, stars))
    late = _review(dice, date(2026, 11, 5), items["cardigan"], "颜色好看，很满意", 5, "穿了十天，袖口开线了")
    rows.append(late)
    rows.sort(key=lambda row: (row[0], str(row[1][0])), reverse=True)
    return table(REVIEWS, [row for _, row in rows], "utf-8-sig")


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``exports/``."""
    days = [day for day in season.DAYS if day >= SERVICE_FIRST]
    made = {
        f"service/自制报表-报表查看-客服绩效_{d:%Y%m%d}_{d:%Y%m%d}_全部.xlsx": service(world, d) for d in days
    }
    name, content = f"评价_{world.outline.name}_20261116", reviews(world.outline)
    if world.outline.compact:
        made[f"reviews/{name}.zip"] = gbk_zip({f"{name}.csv": content})
    else:
        made[f"reviews/{name}.csv"] = content
    return made


def paid_by_service(world: World, day: date) -> tuple[int, int]:
    """Return the buyers and the amount in fen of a day's orders closed by service."""
    helped = [order for order in world.paid(day) if order.agent]
    return buyers(helped), money(helped)
