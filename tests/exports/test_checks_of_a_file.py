"""What is said of a file as a whole: days it lacks, what its name says, sums, odd figures."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from core.errors import Problem
from core.exports import cells
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.exports.reading import checks, lines_above
from core.exports.reading.filenames import NameDates
from core.exports.reading.headings import FEN, MappedColumn
from core.exports.reading.problem_collector import (
    ProblemCollector,
    cell_problem,
    days_text,
    figure,
    long_row,
    short,
)

NOV = [date(2026, 11, day) for day in range(1, 31)]
GMV, VISITORS = ShopDay.column("gmv"), ShopDay.column("visitors")


def told(troubles: ProblemCollector) -> list[tuple[str, str]]:
    return [(problem.level, problem.what) for problem in troubles.all()]


def test_of_a_thousand_bad_rows_twenty_are_told_and_the_rest_counted() -> None:
    troubles = ProblemCollector("a.csv")
    for number in range(22):
        assert troubles.told_enough is (number >= 20)
        troubles.row(number, f"bad {number}", "Correct it.", "金额")
    troubles.note("worth knowing", row=7)
    troubles.doubt("to be settled", "Settle it.", column="金额")
    problems = troubles.all()
    assert problems[0] == Problem("bad 0", "The row was left out. Correct it.", "a.csv", 0, "金额")
    assert [one.what for one in problems[19:]] == [
        "bad 19", "2 more rows were left out.", "worth knowing", "to be settled",
    ]  # fmt: skip
    assert problems[-2:] == (
        Problem("worth knowing", "", "a.csv", 7, None, "note"),
        Problem("to be settled", "Settle it.", "a.csv", None, "金额", "doubt"),
    )
    assert (troubles.bad_rows, troubles.first, troubles.refused) == (
        22,
        Problem("bad 0", "Correct it.", "a.csv", 0, "金额"),
        False,
    )


def test_of_a_refused_file_only_the_first_reason_is_told() -> None:
    troubles, other = ProblemCollector("a.csv"), ProblemCollector("a.csv")
    troubles.note("worth knowing")
    other.note("also")
    other.refuse("no date", "Add it.", "日期")
    other.refuse("no shop")
    troubles.take(other)
    assert troubles.refused
    assert troubles.all() == (Problem("no date", "Add it.", "a.csv", None, "日期", "refused"),)


def test_one_row_more_is_one_row() -> None:
    troubles = ProblemCollector("a.csv")
    for number in range(21):
        troubles.row(number, "bad", "")
    assert troubles.all()[-1].what == "1 more row was left out."


def test_days_and_texts_in_a_sentence_are_short() -> None:
    assert days_text(NOV[:2]) == "1 Nov, 2 Nov"
    assert days_text(NOV[:6]).endswith("6 Nov")
    assert days_text(NOV[:7]).endswith("6 Nov, 1 more")
    assert (figure(1600.0), figure(12.5)) == ("1,600", "12.50")
    assert (short("x" * 20), short("x" * 21)) == ("x" * 20, "x" * 19 + "…")
    assert long_row()[0].startswith("The row has more cells than the header")


@pytest.mark.parametrize(
    ("text", "why", "column", "said"),
    [
        ("1.93E+18", cells.LostDigits, Orders.column("order"), "“1.93E+18” was an id, but a spreadsheet"),
        ("6月", cells.ManyDays, ShopDay.column("date"), "“6月” is a total over several days, not one day."),
        (
            "5％",
            cells.Unreadable,
            GMV,
            "“5％” does not belong in this column: the row is shifted by one column.",
        ),
        ("5%", cells.Unreadable, VISITORS, "“5%” does not belong in this column: the row is shifted"),
        ("x", cells.Unreadable, GMV, "“x” is not a number."),
        ("x", cells.Unreadable, ShopDay.column("date"), "“x” is not a date."),
        ("x y", cells.Unreadable, Orders.column("order"), "“x y” is not an id."),
        ("-5", None, GMV, "“-5” is not a possible value here."),
        ("x" * 41, cells.Unreadable, GMV, f"“{'x' * 40}…” is not a number."),
        ("x" * 40, cells.Unreadable, GMV, f"“{'x' * 40}” is not a number."),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_the_reason(
    text: str, why: type[cells.Unreadable] | None, column: object, said: str
) -> None:
    assert cell_problem(text, why, MappedColumn(column, 0, "x"))[0].startswith(said)  # type: ignore[arg-type]


def test_days_between_the_first_and_the_last_that_are_missing() -> None:
    assert checks.gaps_in([]) == checks.gaps_in(NOV[:1]) == checks.gaps_in(NOV) == []
    assert checks.gaps_in([NOV[0], NOV[1], NOV[4]]) == NOV[2:4]
    far = [NOV[0], NOV[0] + timedelta(days=402)]
    assert len(checks.gaps_in(far)) == 401
    assert checks.gaps_in([NOV[0], NOV[0] + timedelta(days=403)]) == [], "two files in one, not a gap"


def test_what_is_not_in_the_file_and_money_in_fen_are_noted() -> None:
    troubles = ProblemCollector("a.csv")
    columns = {
        "gmv": MappedColumn(GMV, 0, "支付金额(分)", FEN),
        "visitors": MappedColumn(VISITORS, 1, "访客数"),
    }
    checks.note_columns({"gmv": "支付金额", "buyers": "支付买家数"}, columns, troubles)
    assert told(troubles) == [
        ("note", "支付买家数 is missing, so analyses that need it cannot conclude anything."),
        ("note", "Amounts in this file are in fen (分, 1/100 yuan); they were converted to yuan."),
    ]
    fine = ProblemCollector("a.csv")
    checks.note_columns(
        {}, {"gmv": MappedColumn(GMV, 0, "支付金额"), "n": MappedColumn(VISITORS, 1, "n", FEN)}, fine
    )
    assert told(fine) == []


@pytest.mark.parametrize(
    ("days", "first", "last", "said"),
    [
        (NOV[:3], NOV[2], NOV[5], ""),
        (
            NOV[:3],
            NOV[3],
            NOV[5],
            "The file name says 2026-11-04 – 2026-11-06, the rows say 2026-11-01 – 2026-11-03;",
        ),
        (NOV[9:10], NOV[0], NOV[8], "The file name says 2026-11-01 – 2026-11-09, the rows say 2026-11-10;"),
        (NOV[9:10], NOV[0], NOV[9], ""),
        (NOV[1:3], NOV[0], NOV[0], "The file name says 2026-11-01, the rows say 2026-11-02 – 2026-11-03;"),
    ],
)
def test_a_name_that_says_other_days_is_not_believed(
    days: list[date], first: date, last: date, said: str
) -> None:
    troubles = ProblemCollector("a.csv")
    checks.note_name(days, NameDates(first, last, spanned=True), troubles)
    assert "".join(what for _, what in told(troubles)).startswith(said)
    assert bool(troubles.all()) is bool(said)
    checks.note_name(days, NameDates(first, last), quiet := ProblemCollector("a.csv"))
    assert quiet.all() == (), "a single date in a name may mean anything"


@pytest.mark.parametrize(
    ("days", "first", "last", "refused"),
    [
        (NOV[:1], NOV[0], NOV[6], True), (NOV[6:7], NOV[0], NOV[6], True), (NOV[3:4], NOV[0], NOV[6], False),
        (NOV[:2], NOV[0], NOV[6], False), (NOV[:1], NOV[0], NOV[0], False),
    ],
)  # fmt: skip
def test_one_day_at_the_end_of_a_span_is_a_sum(
    days: list[date], first: date, last: date, *, refused: bool
) -> None:
    troubles = ProblemCollector("a.csv")
    checks.check_span(days, NameDates(first, last, spanned=True), troubles)
    assert troubles.refused is refused
    if refused:
        assert "it is probably a total over 7 days." in troubles.all()[0].what


MONDAYS = [date(2026, 11, 2) + timedelta(days=7 * n) for n in range(4)]
FIRSTS = [date(2026, month, 1) for month in (7, 8, 9)]


@pytest.mark.parametrize(
    ("days", "name", "refused"),
    [
        (MONDAYS, "店铺周报", True), (MONDAYS[:3], "店铺周报", True), (MONDAYS[:2], "店铺周报", False),
        (MONDAYS, "店铺日报", False), ([*MONDAYS, NOV[2]], "店铺周报", False), (FIRSTS, "店铺月报", True),
        (FIRSTS, "店铺周报", False), ([*FIRSTS, NOV[2]], "店铺月报", False),
    ],
)  # fmt: skip
def test_weeks_and_months_are_no_days(days: list[date], name: str, *, refused: bool) -> None:
    troubles = ProblemCollector("a.csv")
    checks.check_period(days, name, troubles)
    assert troubles.refused is refused


@pytest.mark.parametrize(("rows", "cut"), [(4_999, False), (5_000, True), (5_001, False)])
def test_exactly_five_thousand_rows_are_a_cut_file(rows: int, *, cut: bool) -> None:
    troubles = ProblemCollector("a.csv")
    checks.note_cut(rows, troubles)
    assert [level for level, _ in told(troubles)] == ["doubt"] * cut


@pytest.mark.parametrize(("rows", "far", "noted"), [(100, 10_000.0, 1), (100, 9_800.0, 0), (99, 10_000.0, 0)])
def test_a_figure_far_beyond_the_rest_is_told_and_kept(rows: int, far: float, noted: int) -> None:
    class Amounts(ShopDay):
        outliers = ("gmv",)

    frame = pd.DataFrame({"gmv": [100.0] * (rows - 1) + [far]})
    troubles = ProblemCollector("a.csv")
    checks.note_outliers(frame, Amounts, {"gmv": MappedColumn(GMV, 0, "支付金额")}, troubles)
    assert [(one.row, one.column) for one in troubles.all()] == [(rows - 1, "支付金额")] * noted
    for one in troubles.all():
        assert one.what.startswith(
            "¥10,000 is far above the other orders (half are below ¥100, 99 of 100 below ¥199)."
        )
    checks.note_outliers(frame, Amounts, {}, none := ProblemCollector("a.csv"))
    assert none.all() == ()


def test_a_column_that_is_needed_and_empty_is_a_doubt() -> None:
    columns = {name: MappedColumn(ShopDay.column(name), 0, name) for name in ("gmv", "visitors", "pageviews")}
    troubles = ProblemCollector("a.csv")
    checks.note_empty(ShopDay, columns, {"visitors"}, troubles)
    assert told(troubles) == [("doubt", "gmv is empty in every row.")]


@pytest.mark.parametrize(
    ("lines", "shop"),
    [
        (["报表", "店铺名称：兰亭女装，2026"], "兰亭女装"),
        (["店铺:兰亭"], "兰亭"),
        (["店铺 名"], ""),
        ([], ""),
    ],
)
def test_the_shop_above_the_header(lines: list[str], shop: str) -> None:
    assert lines_above.shop_in(lines) == shop
