"""Answers, past days and what was found, word for word: on the screen with their looks, and printed."""

# ruff: noqa: E501 - texts as they are shown

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from textwrap import dedent

import pytest

from core.answers.answer import (
    Answer,
    Cell,
    CellKind,
    Finding,
    Impact,
    Mark,
    Need,
    Number,
    Part,
    Proposal,
    Series,
    Split,
    Table,
    TableColumn,
    Verdict,
)
from core.review.correction import Correction
from core.review.digest import DayDigest
from core.review.timeline import FigureThen, Moment, shape
from routines.past.find_results import Result, ResultDay, ResultFigure, ResultLine
from routines.past.promise_history import JudgedPromise, Predicts, PromiseLedger
from routines.past.review import DayCell, DayState, Submitted
from routines.plan.schedule import Agenda, AgendaLine, State
from routines.plan.step import Block, Step
from tests.topics.writing import ZONE
from tui.runtime.base_app import BaseApp
from tui.text import answer_text, find_text, past_days
from tui.text.sanitize import Shown, width
from tui.text.table_cells import cell
from tui.text.text_layout import Prose
from tui.widgets import answer as on_screen
from tui.widgets.agenda import AgendaRows
from tui.widgets.calendar import Month, Year
from tui.widgets.charts import figure, number_lines, series_lines, split_lines
from tui.widgets.evidence_table import show_evidence
from tui.widgets.table import TableView, ViewColumn

ANSWER = Answer(
    Verdict("act", "卖得比平常少。"),
    (
        Finding("a", "act", "短视频断了", (
            Proposal("promotion", "补投", due="2026-11-12"), Proposal("someone", "看看", due="soon"),
        )),
        Finding("b", "good", "点击率更高", (Proposal("design", "留着"),)),
        Finding("c", "info", "只是参考"),
    ),
    (
        Number("Sales", "CNY", 37460.0, 30000.0, 40000.0, 48001.0),
        Number("Conversion", "rate", 0.0283),
        Number("ROI", "ratio", None),
        Number("Cover", "days", 4.25),
        Number("Wait", "seconds", 31.0),
        Number("Weight", "kg", 2.5),
        Number("Bare", "", 2.5),
        Number("Buyers", "count", 1234.0),
        Table(
            "Items",
            (
                TableColumn("Item"), TableColumn("Sales", "money"), TableColumn("Share", "rate"),
                TableColumn("Pieces", "count"), TableColumn("Roi", "ratio"), TableColumn("Cover", "days"),
                TableColumn("Does", "word", words=(("x", "raise"),)), TableColumn("Day", "date"),
            ),
            (
                ("毛衣", -1234.5, 0.25, 12.0, 3.456, 4.26, "x", "2026-11-09"),
                (True, None, None, None, None, None, "y", None),
                (False, 1.0, 0.0, 0.0, 0.0, 0.0, None, ""),
            ),
        ),
        Series("Days", "CNY", ("2026-11-08", "2026-11-09"), (1.0, None)),
        Series("None", "CNY", (), ()),
        Split("Gap", "CNY", -50.0, (Part("visitors", -100.0), Part("转化率", 50.0))),
        Split("Empty", "CNY", 0.0, ()),
    ),
    ("No market data.", "Few orders."),
    (
        Need("shop_day", "complete", "here"),
        Need("stock", "missing", "there", title="Stock list"),
        Need("orders", "partial", "千牛", tuple(f"2026-11-0{n}" for n in range(1, 7))),
        Need("unheard", "stale", "阿里妈妈", ("2026-11-01",)),
        Need("ads", "immature", "then", ("2026-11-09",)),
    ),
)  # fmt: skip


def expected(words: str) -> str:
    """Return what a test wrote down, without its indentation."""
    return dedent(words)[1:].rstrip()


def painted(shown: Prose | Iterable[Shown], room: int = 60) -> str:
    """Return the lines, each followed by what of it has a look."""
    lines = shown.lines(room) if isinstance(shown, Prose) else shown
    return "\n".join(
        " ".join([
            one.plain.rstrip(),
            *(f"<{span.style}: {one.plain[span.start : span.end].strip()}>" for span in one.spans),
        ]).rstrip() for one in lines
    )  # fmt: skip


# ---- an answer, printed


def test_an_answer_in_plain_lines() -> None:
    printed = "\n".join(answer_text.lines(ANSWER)).splitlines()
    assert "\n".join(line.rstrip() for line in printed) == expected("""
        Act: 卖得比平常少。
        - Act: 短视频断了
            > Promotion: 补投 (2026-11-12)
            > someone: 看看 (soon)
        - Good: 点击率更高
            > Design: 留着
        - For information: 只是参考

        Sales: ¥37,460 (¥30,000 - ¥40,000), compared with ¥48,001

        Conversion: 2.8%

        ROI: —

        Cover: 4.2 days

        Wait: 31.0 seconds

        Weight: 2.5 kg

        Bare: 2.5

        Buyers: 1,234

        Items
        Item    Sales  Share  Pieces   Roi  Cover  Does   Day
        毛衣  -¥1,234  25.0%      12  3.46    4.3  raise  2026-11-09
        yes         —      —       —     —      —  y      —
        no         ¥1   0.0%       0  0.00    0.0  —

        Days: from ¥1 to ¥1, latest ¥1 on 8 Nov

        None: no values

        Gap: -¥50
          visitors  -¥100
          转化率      ¥50

        Empty: ¥0


        * No market data.
        * Few orders.
        * Stock list is missing (there)
        * Order list is incomplete 2026-11-01, 2026-11-02, 2026-11-03, 2026-11-04, 2026-11-05 … (千牛)
        * unheard is out of date 2026-11-01 (阿里妈妈)
        * Ads by item and plan is not final yet 2026-11-09 (then)
    """)


# ---- an answer, on the screen


def test_the_sentence_and_what_stands_for_it_until_it_is_there() -> None:
    assert painted(on_screen.verdict_words(ANSWER, asking=False)) == expected("""
        act      卖得比平常少。 <bold $level-act: act> <bold: 卖得比平常少。>
    """)
    assert painted(on_screen.verdict_words(None, asking=True)) == expected("""
        Calculating ... <$quiet: Calculating ...>
    """)
    assert painted(on_screen.verdict_words(None, asking=False)) == expected("""
        No answer yet. <$quiet: No answer yet.>
    """)


def test_findings_with_their_numbered_proposals() -> None:
    assert painted(on_screen.finding_words(ANSWER)) == expected("""
        Findings <bold $heading: Findings>
        act      短视频断了 <bold $level-act: act>
            1 promotion: 补投  by 12 Nov <bold $key: 1> <$quiet: promotion:> <$quiet: by 12 Nov>
            2 someone: 看看  by soon <bold $key: 2> <$quiet: someone:> <$quiet: by soon>
        good     点击率更高 <bold $level-good: good>
            3 design: 留着 <bold $key: 3> <$quiet: design:>
        info     只是参考 <bold $level-info: info>
    """)
    assert painted(on_screen.finding_words(Answer(Verdict("good", "x")))) == expected("""
        Findings <bold $heading: Findings>
        Nothing stands out. <$quiet: Nothing stands out.>
    """)
    assert [(key, one.text) for key, one in on_screen.proposals(ANSWER)] == [
        ("a", "补投"), ("a", "看看"), ("b", "留着"),
    ]  # fmt: skip
    assert on_screen.proposals(None) == []


def test_what_is_missing_where_to_get_it_and_what_is_there() -> None:
    assert painted(on_screen.gate_words(ANSWER.needs)) == expected("""
        Missing data <bold $heading: Missing data>
        missing Stock list <bold $level-act: missing>
          download: there <$quiet: download:>
        missing 11-01, 11-02, 11-03, 11-04 +2: orders <bold $level-watch: missing 11-01, 11-02, 11-03, 11-04 +2: orders>
          download: 千牛 <$quiet: download:>
        missing 11-01: unheard <bold $level-watch: missing 11-01: unheard>
          download: 阿里妈妈 <$quiet: download:>
        not final yet ads  11-09 <bold $level-watch: not final yet> <$quiet: 11-09>
        Put the files into inbox/ and press i. <$quiet: Put the files into inbox/ and press i.>
    """)
    assert painted(on_screen.good_words(ANSWER.needs)) == expected("""
        Complete data <bold $heading: Complete data>
        shop_day <$quiet: shop_day>
    """)
    assert not on_screen.gate_words(ANSWER.needs[:1])
    assert not on_screen.good_words(ANSWER.needs[1:])
    immature = painted(on_screen.gate_words(ANSWER.needs[4:]))
    assert "inbox" not in immature, "time mends it, no file does"
    assert painted(on_screen.limit_words(ANSWER)) == expected("""
        What cannot be concluded <bold $heading: What cannot be concluded>
        - No market data. <$quiet: ->
        - Few orders. <$quiet: ->
    """)


def test_every_role_has_its_word() -> None:
    roles = ("owner", "operator", "promotion", "design", "service", "content", "supply", "viewer", "other")
    assert tuple(map(on_screen.role_word, roles)) == roles


def test_figures_under_one_another() -> None:
    numbers = [piece for piece in ANSWER.evidence if isinstance(piece, Number)]
    assert painted(number_lines(numbers)) == expected("""
        Sales        ¥37,460  ¥30,000 to ¥40,000  compared with ¥48,001 <$quiet: Sales> <bold: ¥37,460> <$quiet: ¥30,000 to ¥40,000> <$quiet: compared with ¥48,001>
        Conversion      2.8% <$quiet: Conversion> <bold: 2.8%>
        ROI                - <$quiet: ROI> <bold: ->
        Cover       4.2 days <$quiet: Cover> <bold: 4.2 days>
        Wait            31 s <$quiet: Wait> <bold: 31 s>
        Weight       2.50 kg <$quiet: Weight> <bold: 2.50 kg>
        Bare           2.50 <$quiet: Bare> <bold: 2.50>
        Buyers         1,234 <$quiet: Buyers> <bold: 1,234>
    """)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(None, "CNY", "-"), (float("nan"), "count", "-"), (1234.5, "CNY", "¥1,234"), (1234.0, "count", "1,234"),
     (0.123, "rate", "12.3%"), (1.234, "ratio", "1.23"), (4.25, "days", "4.2 days"),
     (31.4, "seconds", "31 s"), (2.5, "kg", "2.50 kg")],
)  # fmt: skip
def test_a_figure_in_its_unit(value: float | None, unit: str, words: str) -> None:
    assert figure(value, unit) == words
    assert figure(12_345.0, "CNY", short=True) == "¥12k"


def test_a_split_as_bars() -> None:
    parts = (
        Part("visitors", -100.0), Part("转化率", 50.0, 40.0, 60.0), Part("rest", 0.0),
        Part("more", 25.0, 30.0, 40.0),
    )  # fmt: skip
    split = Split("Gap", "CNY", -25.0, parts)
    assert painted(split_lines(split, 71)) == expected("""
        visitors  -¥100  ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿| <bold: -¥100> <$level-act: ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿> <$quiet: |> <$level-act: > <$quiet: >
        转化率      ¥50                          |⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  within its usual range <bold: ¥50> <$quiet: > <$quiet: |> <$quiet: ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿> <$quiet: within its usual range>
        rest         ¥0                          | <bold: ¥0> <$level-good: > <$quiet: |> <$level-good: > <$quiet: >
        more        ¥25                          |⣿⣿⣿⣿⣿⣿ <bold: ¥25> <$level-good: > <$quiet: |> <$level-good: ⣿⣿⣿⣿⣿⣿> <$quiet: >
        total      -¥25 <$quiet: total      -¥25>
    """)
    assert "within its usual range" not in painted(split_lines(split, 70)), "no room for the words"


def test_a_total_is_never_cut_however_short_its_parts_are() -> None:
    split = Split("Gap", "CNY", 1200.0, (Part("a", 600.0), Part("b", 600.0)))
    assert [one.plain.split("|")[0].rstrip() for one in split_lines(split, 60)] == [
        "a        ¥600", "b        ¥600", "total  ¥1,200",
    ]  # fmt: skip
    (total,) = split_lines(Split("None", "CNY", 0.0, ()), 60)
    assert total.plain == "total  ¥0"


def test_a_series_as_a_line() -> None:
    series = Series(
        "Sales", "CNY", (*(f"2026-11-{day:02d}" for day in range(1, 10)), "someday"),
        (1000.0, 1200.0, None, 1500.0, 900.0, 1000.0, 1300.0, 1250.0, 1600.0, None),
        (Mark("2026-11-03", "上新"), Mark("soon", "双11")),
    )  # fmt: skip
    assert painted(series_lines(series, 40)) == expected("""
        ¥1,600 |⠀⠀⠀⠀⠀⠀⠀⠀⡄⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⡰⠁⠀⠀ <$quiet: ¥1,600 |> <$key: ⠀⠀⠀⠀⠀⠀⠀⠀⡄⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⡰⠁⠀⠀>
               |⠀⠀⠀⠀⠀⠀⠀⠀⠘⡄⠀⠀⠀⠀⠀⡠⠤⢄⣀⠎⠀⠀⠀⠀ <$quiet: |> <$key: ⠀⠀⠀⠀⠀⠀⠀⠀⠘⡄⠀⠀⠀⠀⠀⡠⠤⢄⣀⠎⠀⠀⠀⠀>
               |⠀⣀⠔⠀⠀⠀⠀⠀⠀⢱⠀⠀⠀⢀⠔⠁⠀⠀⠀⠀⠀⠀⠀⠀ <$quiet: |> <$key: ⠀⣀⠔⠀⠀⠀⠀⠀⠀⢱⠀⠀⠀⢀⠔⠁⠀⠀⠀⠀⠀⠀⠀⠀>
          ¥900 |⠊⠀⠀⠀⠀⠀⠀⠀⠀⠀⢣⡠⠔⠊⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ <$quiet: ¥900 |> <$key: ⠊⠀⠀⠀⠀⠀⠀⠀⠀⠀⢣⡠⠔⠊⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀>
                1 Nov            someday <$quiet: 1 Nov            someday>
                latest ¥1,600  2 days without figures <$quiet: latest> <bold: ¥1,600> <$level-watch: 2 days without figures>
                3 Nov 上新 <$quiet: 3 Nov>
                soon 双11 <$quiet: soon>
    """)
    assert painted(series_lines(Series("x", "CNY", ("2026-11-01",), (None,)), 40)) == expected("""
        No values. <$quiet: No values.>
    """)


KINDS: tuple[CellKind, ...] = ("money", "count", "rate", "ratio", "days", "text", "date")


def test_a_cell_by_the_kind_of_its_column() -> None:
    assert " ".join(cell(1234.25, kind) for kind in KINDS) == expected("""
        ¥1,234 1,234 123425.0% 1,234.25 1,234.2 1,234.25 1,234.25
    """)
    others: list[Cell] = [True, False, "甲\x1b[31m", None]
    assert [cell(one, "text") for one in others] == ["yes", "no", "甲[31m", "-"]


class Screen(BaseApp):
    CSS_PATH = "../../tui/base.tcss"


async def test_a_table_lines_up_and_a_loss_stands_out() -> None:
    async with Screen().run_test(size=(90, 20)) as pilot:
        view = TableView()
        await pilot.app.mount(view)
        table = next(piece for piece in ANSWER.evidence if isinstance(piece, Table))
        show_evidence(view, table)
        told = [view.head(0), *(view.parts(row) for row in range(view.count()))]
        shown = [" | ".join(f"{words.strip()}<{look}>" for words, look in line) for line in told]
        assert "\n".join(shown) == expected("""
        <head> | Item<head> | Sales<head> | Share<head> | Pieces<head> | Roi<head> | Cover<head> | Does<head> | Day<head>
        <> | 毛衣<> | -¥1,234<watch> | 25.0%<> | 12<> | 3.46<> | 4.3<> | raise<> | 2026-11-09<>
        <> | yes<> | -<> | -<> | -<> | -<> | -<> | y<> | -<>
        <> | no<> | ¥1<> | 0.0%<> | 0<> | 0.00<> | 0.0<> | -<> | <>
    """)
        assert {sum(width(words) for words, _ in line) for line in told} == {2 + sum(view.widths) + 8 * 2}
        view.load([ViewColumn("x" * 60), ViewColumn("y" * 200, look="quiet")], [["a", "b" * 300]])
        assert view.widths == (36, 160)
        view.load([ViewColumn("")], [])
        assert [*view.widths] == [1]


# ---- a month and a past day


def day_cell(
    day: int,
    state: DayState,
    share: float | None = None,
    digest: DayDigest | None = None,
    corrections: tuple[Correction, ...] = (),
) -> DayCell:
    sold, target = (None, None) if share is None else (share * 1000.0, 1000.0)
    figures = {} if sold is None else {"gmv": sold, "visitors": 1234.0, "conversion": 0.0283}
    return DayCell(date(2026, 11, day), state, digest, sold, target, figures, corrections)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 30, tzinfo=ZONE)


CHANGED = Correction(date(2026, 11, 4), date(2026, 11, 3), "gmv", 990.0, 1000.0, at(6, 9), "六号.xlsx")
FINISHED = DayDigest(entries=12, steps=20, steps_done=18, report="finished", by="小兰", at=at(3, 21))
LATE = DayDigest(entries=1, late=1, report="finished", by="小禾", at=at(5, 9), report_late=True)
MONTH = (
    day_cell(1, "before"),
    day_cell(2, "empty", 0.5),
    day_cell(3, "finished", 1.0, FINISHED),
    day_cell(4, "late", 0.999, LATE, (CHANGED,)),
    day_cell(5, "open", 1.2, DayDigest(entries=3, late=2, steps=20)),
    day_cell(6, "draft", None, DayDigest(entries=2, report="draft", by="小兰", at=at(6, 20))),
    day_cell(7, "finished", 0.4, replace(FINISHED, steps=0, at=at(7, 20)), (CHANGED,)),
    day_cell(8, "today"),
    day_cell(9, "future"),
)


def test_a_month_day_by_day() -> None:
    people = (Submitted("小兰", 2, 0), Submitted("小禾", 1, 1))
    assert "\n".join("\n".join(past_days.month_lines(MONTH, people)).splitlines()) == expected("""
        2026-11  target reached 2/5; 3 reports finished; 1 of them late; 2 days without a report
        Reports finished by: 小兰 2, 小禾 1 (1 late)
        Day        Report     Handed in by  When         Entries  Late entries  Steps  % of target
        Mon 2 Nov  empty                                                                       50%
        Tue 3 Nov  handed in  小兰          21:30             12                18/20         100%
        Wed 4 Nov  in, late   小禾          5 Nov 09:30        1             1                 99%
        Thu 5 Nov  no report                                   3             2   0/20         120%
        Fri 6 Nov  draft      小兰          20:30              2                                 —
        Sat 7 Nov  handed in  小兰          20:30             12                               40%
        Sun 8 Nov  today                                                                         —
        Corrected: sales of 3 Nov ¥990 → ¥1,000, sales of 3 Nov ¥990 → ¥1,000 (import of 6 Nov 09:30).
    """)
    assert "\n".join(past_days.month_lines([day_cell(9, "future")], ())) == "2026-11  nothing to report yet"


def test_one_past_day() -> None:
    log = (
        Moment(at(4, 9), "小兰", "answered", "target", "Target", "卖得少", figures=(
            FigureThen("Sales", "¥990", "¥1,000"), FigureThen("Visitors", "1,234"),
        ), verdict_now="够了"),
        Moment(at(5, 10), "小禾", "note", "", "", "两行\n的话", late=True),
        Moment(at(5, 11), "小禾", "started", "ads", "Ads", ""),
    )  # fmt: skip
    assert "\n".join(past_days.day_lines(MONTH[3], log)) == expected("""
        Wed 4 Nov  sales ¥999, 99% of ¥1,000  visitors 1,234, conversion 2.83%
        Report finished by 小禾, 5 Nov 09:30  1 entry; 1 of them late
        Corrected: sales of 3 Nov ¥990 → ¥1,000 (import of 6 Nov 09:30).
        09:30 小兰 Target analysis: 卖得少
              Sales ¥990 → ¥1,000  Visitors 1,234
              Now: 够了
        10:30 小禾 note (late entry): 两行 的话
        11:30 小禾 Ads started
    """)
    assert "\n".join(past_days.day_lines(MONTH[5], ())) == expected("""
        Fri 6 Nov
        draft  2 entries
    """)
    assert "\n".join(past_days.day_lines(MONTH[1], ())) == expected("""
        Mon 2 Nov  sales ¥500, 50% of ¥1,000  visitors 1,234, conversion 2.83%
        Nothing was written on this day.
    """)


def test_what_was_shown_as_json() -> None:
    figures = (FigureThen("Sales", "¥990", "¥1,000"), FigureThen("Visitors", "1,234"))
    moment = Moment(
        at(4, 9),
        "小兰",
        "answered",
        "target",
        "Target",
        "卖得少",
        late=True,
        level="watch",
        figures=figures,
        verdict_now="够了",
    )
    assert shape(moment) == {
        "at": "2026-11-04T09:30:00+08:00", "who": "小兰", "kind": "answered", "step": "target", "late": True,
        "text": "卖得少", "level": "watch", "verdict_now": "够了",
        "figures": [
            {"name": "Sales", "was": "¥990", "now": "¥1,000"},
            {"name": "Visitors", "was": "1,234", "now": ""},
        ],
    }  # fmt: skip


def test_a_past_day_as_json() -> None:
    assert past_days.day_shape(MONTH[3]) == {
        "date": "2026-11-04", "state": "late", "sold": 999.0, "target": 1000.0, "share": 0.999, "met": False,
        "net": False, "final": True,
        "figures": {"gmv": 999.0, "visitors": 1234.0, "conversion": 0.0283},
        "report": {"by": "小禾", "at": "2026-11-05T09:30:00+08:00", "late": True},
        "entries": 1, "late": 1, "steps": 0, "steps_done": 0,
        "corrections": [{
            "report": "2026-11-04", "day": "2026-11-03", "metric": "gmv", "was": 990.0, "now": 1000.0,
            "at": "2026-11-06T09:30:00+08:00", "file": "六号.xlsx", "undone": False,
        }],
    }  # fmt: skip
    bare = past_days.day_shape(MONTH[0])
    assert bare["report"] is None
    assert [bare[name] for name in ("entries", "late", "steps", "steps_done")] == [0, 0, 0, 0]


async def test_a_month_and_a_year_as_pictures() -> None:
    async with Screen().run_test(size=(98, 20)) as pilot:
        month, year = Month(), Year()
        await pilot.app.mount(month)
        month.load(MONTH, date(2026, 11, 5))
        year.load(MONTH, date(2026, 11, 5))

        def told(calendar: Month | Year, lines: Iterable[int]) -> str:
            return "\n".join(
                "|".join(f"{words.rstrip()}<{look}>" for words, look in calendar.parts(line))
                for line in lines
            )

        def days(line: int) -> str:
            return "|".join(f"{words.rstrip()}<{look}>" for words, look in month.parts(line)[::2])

        await pilot.pause()
        assert "\n".join(map(days, (1, 2, 3, 5, 6, 7))) == expected("""
        <>|<>|<>|<>|<>|<>|  1<quiet>
        <>|<>|<>|<>|<>|<>|<quiet>
        <>|<>|<>|<>|<>|<>|<quiet>
          2<heat-worst>|  3<heat-even>|  4<heat-even>|  5<cursor>|  6<quiet>|  7<heat-worst>|  8 today<now>
         ¥500 ✗<heat-worst>| ¥1,000 ✓<heat-even>| ¥999 ✗*<heat-even>| ¥1,200 ✓<cursor>|<quiet>| ¥400 ✗*<heat-worst>|<now>
         50% empty<heat-worst>| 100% 21:30<heat-even>|99% in, late*<heat-even>| no report<cursor>| draft<quiet>| 40% 20:30*<heat-worst>|<now>
    """)
        month.styles.width = 63
        await pilot.pause()
        assert "\n".join(map(days, (1, 3))) == expected("""
        <>|<>|<>|<>|<>|<>|  1<quiet>
          2 ✗<heat-worst>|  3 ✓<heat-even>|  4 ✗*<heat-even>|  5 ✓<cursor>|  6<quiet>|  7 ✗*<heat-worst>|  8<now>
    """)
        assert told(year, (0, 11)) == expected("""
        <>|1<head>|<head>|<head>|<head>|5<head>|<head>|<head>|<head>|<head>|10<head>|<head>|<head>|<head>|<head>|15<head>|<head>|<head>|<head>|<head>|20<head>|<head>|<head>|<head>|<head>|25<head>|<head>|<head>|<head>|<head>|30<head>|<head>
         2026-11<head>|<>|✗<quiet>|✓<good>|✗<watch>|✓<cursor>|-<act>|✗<>|.<now>|<>|                                              ✓2/5<quiet>
    """)
        assert year.parts(12) == [], "nothing is known of December"
        assert [month.day_at(x, y) for x, y in ((8, 0), (0, 1), (62, 1), (63, 3), (9, 4), (0, 3))] == [
            None, None, date(2026, 11, 1), None, date(2026, 11, 3), date(2026, 11, 2),
        ]  # fmt: skip
        assert [year.day_at(x, y) for x, y in ((9, 11), (12, 11), (9, 10), (60, 11))] == [
            date(2026, 11, 1), date(2026, 11, 2), None, None,
        ]  # fmt: skip


# ---- what was found, what was promised


def test_what_was_found() -> None:
    lines = (
        ResultLine("1", "2026-11-09T09:30:00+08:00", "小兰", "target", "Target", "note", "针织 卖得\n好"),
        ResultLine("2", "2026-11-09T10:30:00+08:00", "", "", "", "action", "改词", "kept"),
    )
    figures = (
        ResultFigure("gmv", "sales", 1234.0, 2000.0), ResultFigure("conversion", "conversion", 0.0283, None),
        ResultFigure("roi", "ad ROI", None, 2.5),
    )  # fmt: skip
    days = (ResultDay("2026-11-09", lines, figures), ResultDay("2026-11-08", lines[:1], ()))
    found = Result("“针织”", ("针织",), days, 3, 7, 2)
    assert "\n".join(find_text.found_lines(found)) == expected("""
        “针织”
        3 days, 7 entries (only the newest 2 days are shown)  2 days are left out because the figure is missing.

        Mon 9 Nov 2026  sales ¥1,234, next day ¥2,000, conversion 2.83%, ad ROI —, next day 2.50
          09:30 小兰 Target Note: 针织 卖得 好
          10:30 Action: 改词 -> kept

        Sun 8 Nov 2026
          09:30 小兰 Target Note: 针织 卖得 好
    """)
    assert "\n".join(find_text.found_lines(Result("“x”", ("x",), (), 0, 0, 0))) == expected("""
        “x”
        Nothing was found.
    """)


def test_who_predicts_how_well() -> None:
    def one(due: str, sentence: str) -> JudgedPromise:
        return JudgedPromise(
            id="1", text="t", who="小兰", created="2026-11-01", due=due, state="done", day=1, metric="",
            item="", outcome="kept", why="", usual=None, expected=None, value=None, sd=None, measured="",
            sentence=sentence,
        )  # fmt: skip

    people = (
        Predicts(
            "小兰", 8, 2, 1, 0, 0.55, 0.93, 0.42, 0.1, 11, "ahead", (("visitors", 320.0, 170.0, 470.0),)
        ),
        Predicts("小禾", 1, 0, 0, 0, 0.1, 0.9, 0.3, None, 1, ""),
        Predicts("周岩", 0, 0, 5, 0, 0.0, 1.0, -0.05, 0.2, 5, "like"),
    )
    told = (one("2026-11-03", "兑现。"), one("", "没期限。"))
    ledger = PromiseLedger("2026-08-10", "2026-11-08", told, people)
    assert "\n".join("\n".join(find_text.promise_lines(ledger)).splitlines()) == expected("""
        2026-11-03  兑现。
        2026-11-01  没期限。

        How well each person estimates
        Who   kept  missed  cannot tell  share of promises kept                                quality of estimates                                 improvement over usual
        小兰     8       2            1  80% (55%–93%); 91% of all promises could be judged    better than assuming “as usual” (+0.42 ± 0.10)       visitors 320 (170 to 470)
        小禾     1       0            0  100% (10%–90%); 100% of all promises could be judged  only 1 so far: too few to judge                      —
        周岩     0       0            5  —                                                     about as good as assuming “as usual” (-0.05 ± 0.20)  —
    """)
    assert list(find_text.promise_lines(PromiseLedger("2026-08-10", "2026-11-08"))) == [
        "No promise has been due since 2026-08-10."
    ]


# ---- the agenda


async def test_the_day_top_to_bottom() -> None:
    block, later = Block("morning", "Morning", time(12), hard=True), Block("late", "Late")

    def line(name: str, state: State, of: Block = block, **given: object) -> AgendaLine:
        start = datetime(2026, 11, 9, 9, tzinfo=ZONE)
        step = Step(name, time(9), 15, name.title())
        return AgendaLine(step, of, start, start + timedelta(minutes=15), 15, state, start, 15, **given)  # type: ignore[arg-type]

    lines = (
        line("done", "done"), line("running", "running"), line("due", "due"), line("late", "late"),
        line("skipped", "skipped", reason="没空"), line("dropped", "dropped"), line("later", "later", later),
        line("squeezed", "later", later, no_room=True),
        line("missed", "late", later, no_room=True, missed=True),
        line("coming", "later", later),
    )  # fmt: skip
    told = {"done": Verdict("good", "昨天达标"), "due": Verdict("watch", "看一下 " * 20)}
    async with Screen().run_test(size=(80, 20)) as pilot:
        rows = AgendaRows()
        await pilot.app.mount(rows)
        await pilot.pause()
        stakes = {"due": Impact(9.0, "day", of="margin"), "done": Impact(5.0, "once")}
        rows.load(Agenda(lines, lines[1], None, 0), told.get, stake=stakes.get, coming=("coming", "done"))
        shown = "\n".join(
            "|".join(f"{words.rstrip()}<{look}>" for words, look in rows.parts(row))
            for row in range(rows.count())
        )
        assert shown == expected("""
         Morning<head>|until 12:00<quiet>
        <>|✓<quiet>|09:00<quiet>|  15m<quiet>|Done<quiet>|good<good>|昨天达标<quiet>
        <>|▸<now>|09:00<now>|  15m<quiet>|Running<now>
        <>|▸<now>|09:00<now>|  15m<quiet>|Due<now>|watch<watch>|看一下 看一下 看一下 看一下 看一下..<>|  ¥9/day<watch>
        <>|!<watch>|09:00<watch>|  15m<quiet>|Late<watch>
        <>|-<quiet>|09:00<quiet>|  15m<quiet>|Skipped<quiet>|没空<quiet>
        <>|-<quiet>|09:00<quiet>|  15m<quiet>|Dropped<quiet>|dropped<quiet>
         Late<head>|<quiet>
        <>|<quiet>|09:00<quiet>|  15m<quiet>|Later<strong>
        <>|<quiet>|09:00<quiet>|    -<quiet>|Squeezed<strong>|no room before the deadline<watch>
        <>|!<watch>|09:00<watch>|    -<quiet>|Missed<watch>|time is over<watch>
        <>|<quiet>|09:00<quiet>|  15m<quiet>|Coming<strong>|..<quiet>
    """)
        assert rows.selected == lines[1], "whoever is quick with Enter begins where the day stands"
        assert [row for row in range(rows.count()) if not rows.stops(row)] == [0, 7]
