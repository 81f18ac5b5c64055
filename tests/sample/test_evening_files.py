"""The demo's own evening: its files agree with each other and know nothing of later hours."""

from __future__ import annotations

from pathlib import Path

from sample.evening_files import late_desks
from sample.world import build
from tests.sample import plain_files
from tests.sample.plain_files import number, workbook


def hours(lanting: Path, stamp: str) -> list[dict[str, str]]:
    return workbook(next((lanting / "evening" / stamp).glob("分时数据*")), 1)


def orders(lanting: Path, stamp: str) -> list[dict[str, str]]:
    return plain_files.csv_rows(
        next((lanting / "evening" / stamp).glob("ExportOrderList*")).read_bytes(), "gbk"
    )


def paid(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["订单付款时间 "]]


def test_nothing_of_the_day_is_among_the_morning_s_exports(lanting: Path) -> None:
    assert max(plain_files.shop_days(lanting)) == "2026-11-15"
    assert not [row for row in plain_files.orders(lanting) if row["订单创建时间"] >= "2026-11-16"]


def test_no_file_knows_a_later_hour(lanting: Path) -> None:
    for stamp, end in (("2000", "2026-11-16 20:00"), ("2100", "2026-11-16 21:00")):
        rows = orders(lanting, stamp)
        assert max(row["订单创建时间"] for row in rows) < end
        assert max(row["订单付款时间 "] for row in rows) < end
        begun = hours(lanting, stamp)[-1]
        assert begun["时段"].startswith(end[-5:-3])
        assert [number(begun[name]) for name in ("访客数", "支付金额", "花费")] == [0, 0, 0]


def test_hours_add_up_to_the_orders(lanting: Path) -> None:
    for stamp in ("2000", "2100"):
        rows = paid(orders(lanting, stamp))
        sold = sum(number(row["支付金额"]) for row in hours(lanting, stamp))
        assert abs(sold - sum(number(row["总金额"]) for row in rows)) < 0.01
        assert sum(number(row["支付买家数"]) for row in hours(lanting, stamp)) >= len(
            {row["买家会员名"] for row in rows}
        )


def test_the_later_list_goes_on_from_the_earlier_one(lanting: Path) -> None:
    eight, nine = ({row["订单编号"] for row in orders(lanting, stamp)} for stamp in ("2000", "2100"))
    assert eight < nine
    assert {row["订单编号"] for row in paid(orders(lanting, "2000"))} < {
        row["订单编号"] for row in paid(orders(lanting, "2100"))
    }


def test_what_is_to_be_typed_stands_in_the_story(lanting: Path) -> None:
    page = (lanting / "STORY.md").read_text(encoding="utf-8")
    tonight = page[page.index("## The evening of 16 November") :]
    for agent, asked, won in late_desks(build()):
        assert f"{agent} {won} of {asked}" in tonight
