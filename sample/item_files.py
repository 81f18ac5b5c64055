"""商品排行 for each day, the 千牛 stock template for some Sundays, and daily search terms."""

from __future__ import annotations

from datetime import date

from sample import season
from sample.catalogue import Item
from sample.layouts import layout
from sample.orders import taste
from sample.outline import Outline
from sample.shop_files import BOOKMARK, LIMIT, NOTE
from sample.traffic import days_of
from sample.words import JUMPED, JUMPED_BY, JUMPED_ON, RISING, RISING_RATE, TERMS
from sample.world import World, buyers, lines_of, stock_on
from sample.writers import Cell, Rows, book, count, percent, xlsx, yuan

FIRST = date(2026, 10, 5)
SNAPSHOTS = (date(2026, 10, 18), date(2026, 10, 25), date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15))


def visitors(world: World, day: date, item: Item) -> int:
    """Return the item's visitors, at least nine times its buyers."""
    share = item.views * taste(item, day) * world.outline.dice(f"views/{day}/{item.key}").wobble(0.06)
    sold = buyers(o for o in world.orders[day] if any(line.item is item for line in o.lines))
    return max(round(world.traffic[day].visitors * share), sold * 9)


def _month(world: World, day: date, item: Item) -> tuple[int, int]:
    lines = [line for one in days_of(day.replace(day=1), day) for line in world.sold(one, item)]
    return sum(line.money for line in lines), sum(line.count for line in lines)


def row(world: World, day: date, item: Item) -> dict[str, Cell]:
    """Return one item's daily figures by the platform's column names."""
    made = [o for o in world.orders[day] if any(line.item is item for line in o.lines)]
    paid, dice, seen = (
        [o for o in made if o.paid],
        world.outline.dice(f"item/{day}/{item.key}"),
        visitors(world, day, item),
    )
    lines, ordered, old = lines_of(paid, item), lines_of(made, item), [o for o in paid if o.old]
    sales, month, searched = sum(line.money for line in lines), _month(world, day, item), round(seen * 0.31)
    carts, led = round(seen * dice.between(0.06, 0.10)), buyers(o for o in paid if o.source == "search")
    return {
        "统计日期": day.isoformat(),
        "商品ID": item.id,
        "商品名称": item.title,
        "主商品ID": item.id,
        "商品类型": "主商品",
        "货号": item.code,
        "商品状态": "当前在线" if item.listed else "仓库中",
        "商品标签": "-",
        "商品访客数": count(seen),
        "商品浏览量": count(seen * dice.between(1.45, 1.75)),
        "平均停留时长": f"{dice.between(9, 19):.2f}",
        "商品详情页跳出率": f"{dice.between(70, 84):.2f}%",
        "商品收藏人数": count(seen * 0.026),
        "商品加购件数": count(carts * 1.2),
        "商品加购人数": count(carts),
        "下单买家数": count(buyers(made)),
        "下单件数": count(sum(x.count for x in ordered)),
        "下单金额": yuan(sum(x.money for x in ordered)),
        "下单转化率": percent(buyers(made), seen),
        "支付买家数": count(buyers(paid)),
        "支付件数": count(sum(x.count for x in lines)),
        "支付金额": yuan(sales),
        "商品支付转化率": percent(buyers(paid), seen),
        "支付新买家数": count(buyers(paid) - buyers(old)),
        "支付老买家数": count(buyers(old)),
        "老买家支付金额": yuan(sum(x.money for x in lines_of(old, item))),
        "聚划算支付金额": "0.00",
        "访客平均价值": yuan(sales / seen) if seen else "-",
        "成功退款金额": yuan(world.refunded(day, item.key)),
        "竞争力评分": "-",
        "年累计支付金额": yuan(month[0] + item.price * 100 * round(item.weight * 40_000)),
        "月累计支付金额": yuan(month[0]),
        "月累计支付件数": count(month[1]),
        "搜索引导支付转化率": percent(led, searched),
        "搜索引导访客数": count(searched),
        "搜索引导支付买家数": count(led),
        "结构化详情引导转化率": "-",
        "结构化详情引导成交占比": "-",
    }


def rank(world: World, day: date) -> bytes:
    """Return the 商品排行 of one day: four lines before the header, best seller first."""
    return book(ranked(world, day), modern=world.outline.compact)[0]


def ranked(world: World, day: date) -> dict[str, Rows]:
    """Return the sheet of the 商品排行 of one day."""
    header = layout("sycm_item_rank")
    rows = [row(world, day, item) for item in world.outline.items if item.listed]
    rows.sort(key=lambda one: -float(str(one["支付金额"]).replace(",", "")))
    cells = [[one[name] for name in header] for one in rows]
    return {"【生意参谋平台】1": [[LIMIT], [BOOKMARK], [None], [None], header, *cells]}


def sku_id(item: Item, number: int) -> str:
    """Return the platform's id of a SKU."""
    return f"58{item.id[-6:]}{number:04d}"


def stock(world: World, day: date) -> bytes:
    """Return the 发布模板: header in row 3, two duplicate column names, and a wrong sheet dimension."""
    rows: list[list[Cell]] = []
    held = stock_on(world, day)
    for item in world.outline.items:
        for number, (colour, size) in enumerate(item.skus):
            rows.append(
                [
                    item.id,
                    "162116",
                    "女装/女士精品",
                    item.title,
                    f"{item.price}.00",
                    item.title[:10],
                    item.code,
                    "48小时内发货",
                    "",
                    "颜色分类;尺码",
                    f"颜色分类:{colour};尺码:{size}",
                    "",
                    sku_id(item, number),
                    f"{item.price}.00",
                    held[item.key, number],
                    f"{item.code}-{colour}-{size}",
                ]
            )
    return xlsx({"发布模板": [["发布模板"], [None], layout("qn_item_template"), *rows]}, dimension="A1:A1")


def _moving(day: date) -> tuple[tuple[str, float, float], ...]:
    """Return the rising term and the one that jumped for a day: visitors per day and orders per visitor."""
    gone = (day - season.DAYS[-28]).days / 27
    return (
        (RISING, 6.0 + 66.0 * gone * gone, RISING_RATE),
        (JUMPED, JUMPED_BY if day == JUMPED_ON else 5.0, 0.0),
    )


def terms(outline: Outline, day: date) -> bytes:
    """Return the 引流搜索词 of one day: header in row 6; 0 is a real zero, ``-`` cannot be computed."""
    still, moving, rows = outline.dice(f"terms/{day}"), outline.dice(f"moving/{day}"), []
    wanted = [(still, *one) for one in TERMS] + [(moving, *one) for one in _moving(day)]
    for dice, text, usual, rate in wanted:
        seen = dice.poisson(usual * outline.season.visitors_factor(day))
        people = dice.hits(seen, min(0.6, rate * outline.season.rate_factor(day)))
        sales = sum(dice.pick((79, 129, 159, 169, 199, 259)) * 100 for _ in range(people))
        rows.append(
            (
                sales,
                [
                    day.isoformat(),
                    text,
                    count(seen),
                    count(seen * 0.07),
                    count(seen * 0.03),
                    str(people),
                    percent(people, seen),
                    yuan(sales) if people else "-",
                    yuan(sales / people) if people else "-",
                    yuan(sales / seen) if people else "-",
                ],
            )
        )
    rows.sort(key=lambda row: -row[0])
    blank: list[list[Cell]] = [[None]] * 3
    header = layout("sycm_keyword_assistant")
    sheet = [[NOTE], [BOOKMARK], *blank, header, *(row for _, row in rows)]
    return book({"店外搜索词": sheet}, modern=outline.compact)[0]


def finds() -> tuple[tuple[str, str, str, str], ...]:
    """Return the planted changes among the search terms: step, what, figures, conclusion."""
    what = f"“{RISING}” rises in search"
    figures = "6 visitors a day on 10-19, about 62 now; buyers at 4 %"
    return (("optimise", what, figures, "美拉德 into the cardigan's title first; style words must be true"),)


def leave() -> tuple[tuple[str, str], ...]:
    """Return the search term that needs no action, and why."""
    return (
        (
            f"“{JUMPED}”: {JUMPED_BY} visitors on {JUMPED_ON:%m-%d}",
            "five a day before and after, nobody bought",
        ),
    )


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``exports/``."""
    end = "xlsx" if world.outline.compact else "xls"
    made = {
        f"items/【生意参谋平台】商品_全部_{d}_{d}.{end}": rank(world, d) for d in season.DAYS if d >= FIRST
    }
    made |= {f"stock/千牛_发布模板_{d:%Y%m%d}.xlsx": stock(world, d) for d in SNAPSHOTS}
    made |= {
        f"search_terms/【生意参谋】选词助手-引流搜索词-店外-无线-{d:%Y%m%d}.{end}": terms(world.outline, d)
        for d in season.DAYS[-28:]
    }
    return made
