"""The error gallery: one small file for each kind of error, with the message a reader should give."""

# The expected messages are not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date

from sample import ad_files, order_files, people_files
from sample.broken_containers import ITEM_FILE, LAST, SERVICE_FILE, Broken, containers, some_orders
from sample.catalogue import ITEM, SHOP
from sample.item_files import row as item_row
from sample.layouts import SERVICE_TAIL, layout
from sample.shop_files import BOOKMARK, LIMIT, NOTE
from sample.world import World
from sample.writers import Cell, table, xls, xlsx


def _rank(rows: list[list[Cell]], header: list[str] | None = None) -> bytes:
    top: list[list[Cell]] = [[LIMIT], [BOOKMARK], [None], [None]]
    return xls({"【生意参谋平台】1": [*top, header or layout("sycm_item_rank"), *rows]})


def _items(world: World, *keys: str) -> list[list[Cell]]:
    header = layout("sycm_item_rank")
    return [[item_row(world, LAST, ITEM[key])[name] for name in header] for key in keys]


def _contents(world: World) -> list[Broken]:
    header, rows = layout("sycm_item_rank"), _items(world, "cardigan", "jeans")
    short = [name for name in header if name != "支付金额"]
    cut = [[cell for name, cell in zip(header, row, strict=True) if name != "支付金额"] for row in rows]
    shifted = _items(world, "cardigan", "jeans", "dress")
    shifted[1] = [*shifted[1][:10], "92.96%", *shifted[1][10:-1]]
    twice = [*rows, [*rows[0][:8], "1", *rows[0][9:]]]
    unknown = table(
        ["日期", "主播昵称", "场次", "弹幕数"], [["2026-11-15", "示例主播", "3", "88"]], "utf-8-sig"
    )
    tail: list[list[Cell]] = [
        [name, "10", "4", "40.00%", "900.00", "12.00", "30.00", "92.00%", "99.00%", "0.00"]
        for name in SERVICE_TAIL
    ]
    service = people_files.service(world, LAST)
    terms: list[list[Cell]] = [
        ["2026-11-15", f"示例词{n}", "1", "0", "0", "0", "0.00%", "-", "-", "-"] for n in range(5000)
    ]
    top: list[list[Cell]] = [[LIMIT], [BOOKMARK], [None], [None], [None], [*layout("sycm_keyword_assistant")]]
    return [
        Broken(
            "unknown",
            "弹幕统计_20261115.csv",
            unknown,
            "no known export has these columns: say which were found and what comes closest",
        ),
        Broken(
            "no-rows",
            ITEM_FILE.format("2026-11-12"),
            _rank([]),
            "the header is there, but no row: nothing sold, or the wrong day was chosen",
        ),
        Broken(
            "header-only",
            "ExportOrderList202611160904.csv",
            table(layout("qn_order_list"), [], "gbk"),
            "only the header line: no orders in the range chosen",
        ),
        Broken(
            "missing-column",
            ITEM_FILE.format("2026-11-11"),
            _rank(cut, short),
            "the column 支付金额 is missing: choose all columns when exporting",
        ),
        Broken(
            "shifted-row",
            ITEM_FILE.format(LAST),
            _rank(shifted),
            "row 7 is shifted by one column from 平均停留时长 on: it is left out, the others are read",
        ),
        Broken(
            "same-item-twice",
            ITEM_FILE.format(LAST),
            _rank(twice),
            "商品ID 736500100101 stands there twice with different figures",
        ),
        Broken(
            "totals-only",
            SERVICE_FILE.format(LAST),
            xlsx({"客服绩效": [layout("sycm_service_custom"), *tail]}),
            "only totals and benchmarks, no agent",
        ),
        Broken(
            "no-date",
            "自制报表-报表查看-客服绩效.xlsx",
            service,
            "no date in the file or its name: keep the name the platform gives",
        ),
        Broken(
            "same-again",
            f"自制报表-报表查看-客服绩效_{LAST:%Y%m%d}_{LAST:%Y%m%d}_全部 (1).xlsx",
            service,
            "already imported: the same bytes as the file without “(1)”",
        ),
        Broken(
            "cut-at-5000",
            "【生意参谋】选词助手-引流搜索词-店外-无线-20261115_全部.xlsx",
            xlsx({"店外搜索词": [*top, *terms]}),
            "exactly 5000 rows: the platform cut the rest off; export it in parts",
        ),
    ]


def _dates_and_ids(world: World) -> list[Broken]:
    rows, future = _items(world, "cardigan", "jeans"), date(2026, 12, 24).isoformat()
    span = [["2026-11-01 ~ 2026-11-15", *row[1:]] for row in rows]
    other = (
        some_orders(world)
        .replace(SHOP.encode("gbk"), "别家女装旗舰店".encode("gbk"))
        .replace(b"100200300", b"999888777")
    )
    number = world.orders[LAST][0].number
    science = some_orders(world, 1).replace(f'="{number}"'.encode(), f"{float(number):.5E}".encode())
    source: list[list[Cell]] = [["全店流量", "平台流量", "手淘搜索", "汇总", "汇总", "48,210", "-"]]
    sources = xls(
        {
            "全店流量来源": [
                [NOTE],
                [BOOKMARK],
                [None],
                [None],
                [None],
                layout("sycm_shop_source_2026")[:7],
                *source,
            ]
        }
    )
    return [
        Broken(
            "future",
            ITEM_FILE.format(future),
            _rank([[future, *row[1:]] for row in rows]),
            "the day 2026-12-24 has not happened yet",
        ),
        Broken(
            "other-shop",
            "ExportOrderList202611160905.csv",
            other,
            f"the orders belong to 别家女装旗舰店, not to {SHOP}: nothing was imported",
        ),
        Broken(
            "rounded-ids",
            "ExportOrderList202611160906.csv",
            science,
            "order numbers like 3.30000E+18 were rounded by Excel: export again, do not re-save",
        ),
        Broken(
            "many-days",
            "【生意参谋平台】商品_全部_2026-11-01_2026-11-15.xls",
            _rank(span),
            "a sum over 15 days cannot be filed as a day: export day by day",
        ),
        Broken(
            "many-days-no-date",
            "【生意参谋平台】店铺流量来源-2026-11-01_2026-11-15.xls",
            sources,
            "no date column and a name of 15 days: a sum, not days",
        ),
        Broken(
            "name-against-inside",
            ITEM_FILE.format("2026-11-14"),
            _rank(rows),
            "the name says 2026-11-14, the rows 2026-11-15: the rows are believed",
        ),
        Broken(
            "quoted-ids",
            "ExportOrderList202611160907.csv",
            order_files.orders(world.outline, world.orders[LAST][:3], quoted=True),
            'not broken: order numbers written as "=""33…""" are read like ="33…"',
        ),
        Broken(
            "fen",
            "直通车宝贝报表_20260818_20260819.csv",
            ad_files.fen(ITEM, date(2026, 8, 18), date(2026, 8, 19)),
            "not broken: money is in fen (花费(分)) and is read as yuan, said once",
        ),
    ]


def gallery(world: World) -> list[Broken]:
    """Return all files of the gallery."""
    return [*containers(world), *_contents(world), *_dates_and_ids(world)]


def readme(files: list[Broken]) -> str:
    """Return the gallery's README."""
    lines = [f"| `{one.name}/` | `{one.file}` | {one.says} |" for one in files]
    return "\n".join(
        [
            "# What goes wrong with exports",
            "",
            "One small file for each message. Written by `python -m sample.story`; today is 2026-11-16, the shop is 兰亭女装旗舰店.",
            "",
            "| folder | file | what the reader should say |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``broken/``."""
    made = gallery(world)
    return {"README.md": readme(made).encode(), **{f"{one.name}/{one.file}": one.content for one in made}}
