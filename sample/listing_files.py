"""Three rivals' listings over eight days, as saved by a monitoring tool; 12 November is missing."""

from __future__ import annotations

from datetime import date, timedelta

from sample.outline import Outline
from sample.world import World
from sample.writers import Cell, table

FIRST, LAST = date(2026, 11, 8), date(2026, 11, 15)
SKIPPED = date(2026, 11, 12)
HEADER = ("采集日期", "商品ID", "标题", "价格", "销量", "评论数", "店名")
NAME = "竞店列表_20261108_20261115.csv"
SHOPS = ("素年锦时女装旗舰店", "慕言旗舰店", "禾田女装旗舰店")
KINDS = (
    ("毛呢大衣女冬季中长款", 899), ("高领羊毛打底衫女", 239), ("加绒卫衣女宽松", 169),
    ("半身裙女冬加厚", 199), ("羽绒服女短款白鸭绒", 599), ("针织连衣裙女修身", 269),
    ("灯芯绒衬衫女复古", 159), ("阔腿裤女高腰垂感", 179), ("毛衣马甲女叠穿", 149),
    ("羊羔毛外套女", 329), ("牛仔外套女短款", 219), ("打底裤女加绒外穿", 99),
)  # fmt: skip
NEW = ("三合一冲锋衣女冬", "泡泡袖羽绒棉服女", "羊绒围巾女冬季")
"""Items newly listed by 素年锦时 on the 15th, the first day they are seen."""
CUT = (0, 1, 4, 9)
"""The listings of 禾田 (four of twelve) that are 18 % cheaper on the 15th."""


def files(world: World) -> dict[str, bytes]:
    """Return the listing export by its path below ``exports/``."""
    outline = world.outline
    rows = [row for n in range((LAST - FIRST).days + 1) if (day := FIRST + timedelta(days=n)) != SKIPPED
            for row in _day(outline, day)]  # fmt: skip
    return {f"listings/{NAME}": table(HEADER, rows, "gb18030")}


def _day(outline: Outline, day: date) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, shop in enumerate(SHOPS):
        for place, (kind, price) in enumerate(KINDS):
            if not _shown(number, place, day):
                continue
            asked = round(price * (0.95 + 0.06 * number)) + (1 if (place + day.day) % 5 == 0 else 0) * (
                price > 300
            )
            if number == 2 and place in CUT and day == LAST:
                asked = round(asked * 0.82)
            title = f"{shop[:2]}{kind}" + ("2026新款" if (number, place, day) == (1, 3, LAST) else "")
            rows.append(_row(outline, day, number, place, title, asked))
        if number == 0 and day == LAST:
            rows += [
                _row(outline, day, 0, 20 + n, f"素年{title}", 199 + 60 * n) for n, title in enumerate(NEW)
            ]
    return rows


def _shown(number: int, place: int, day: date) -> bool:
    """Return whether a listing is shown: 慕言 removes two from the 14th; one is missing on the 15th."""
    if number != 1:
        return True
    return not ((place in (6, 10) and day >= date(2026, 11, 14)) or (place == 8 and day == LAST))


def _row(outline: Outline, day: date, number: int, place: int, title: str, price: int) -> list[Cell]:
    dice, real = outline.dice(f"listing/{number}/{place}"), outline.refunding is not None
    sold, pace = dice.whole(120, 2600), dice.whole(2, 40)
    if real:
        sold, pace, price = sold * dice.whole(1, 9), pace * 3, price // 10 * 10 + 9
    now = sold + pace * (day - FIRST).days
    if (number, place) == (2, 7) and day == LAST:
        now -= 300
    shown = f"{now // 1000}000+" if now >= 1000 else (f"{now // 100}00+" if now >= 100 else str(now))
    if real:
        shown = rounded(now)
    if (number, place) == (2, 7):
        shown = str(now)
    item = f"69{number + 1}1002003{place:02d}"
    return [
        day.isoformat(),
        item,
        title,
        str(price),
        shown,
        str(sold // 6 + 2 * (day - FIRST).days),
        SHOPS[number],
    ]


def rounded(sold: int) -> str:
    """Return a counter as the platform's pages show it: ``86``, ``900+``, ``6000+``, ``2万+``."""
    if sold >= 10_000:
        return f"{sold // 10_000}万+"
    step = 1000 if sold >= 1000 else 100
    return f"{sold // step * step}+" if sold >= 100 else str(sold)


def finds() -> tuple[tuple[str, str, str, str], ...]:
    """Return the planted changes in the listings: step, what, figures, conclusion."""
    return (
        (
            "rivals",
            "禾田 cuts prices",
            "4 of 12 listings 18 % cheaper on 11-15",
            "compare the same items, do not follow",
        ),
        ("rivals", "素年锦时 lists winter items", "3 new on 11-15", "look at price and picture"),
        ("rivals", "慕言 takes two listings off", "not shown on 11-14 and 11-15", "gone"),
    )


def leave() -> tuple[tuple[str, str], ...]:
    """Return what needs no action in the listings, and why."""
    return (
        ("a listing of 慕言 not shown on 11-15 alone", "one look without it is not gone"),
        ("a counter of 禾田 that fell by 300", "rolled or cleaned: unknown, never negative sales"),
        ("nobody looked at listings on 11-12", "a day without a look is no miss"),
    )
