"""Past days on screen and command line: the calendars, a day's lines, two days beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from textual.app import ComposeResult

from core.review.digest import DayDigest
from core.review.target_share import share_words
from core.review.timeline import FigureThen, Moment
from routines.past.review import DayCell, DayState, Submitted
from tests.routines.days import CHINA
from tui.runtime.base_app import BaseApp
from tui.screens.past.compare import beside, figure_lines
from tui.text.past_days import (
    day_lines,
    day_shape,
    entry_words,
    figure_list,
    handed_row,
    month_lines,
    month_words,
    people_words,
    report_words,
    sold_words,
)
from tui.text.text_layout import Prose
from tui.widgets.calendar import Calendar, Month, Year
from tui.widgets.past_day import day_blocks, moment_blocks

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 21, 55, tzinfo=CHINA)
DONE = DayDigest(
    entries=12, late=2, people=("沈岚",), steps=27, steps_done=20, report="finished", by="沈岚", at=NINE
)


def day(
    state: DayState = "finished",
    *,
    on: date = MONDAY,
    digest: DayDigest | None = DONE,
    sold: float | None = 40_000.0,
    target: float | None = 48_000.0,
    **figures: float,
) -> DayCell:
    return DayCell(on, state, digest, sold, target, figures)


def plain(blocks: Sequence[Any], room: int = 110) -> list[str]:
    return [one.plain.rstrip() for one in Prose(blocks).lines(room)]


def looks(blocks: Sequence[Any]) -> dict[str, str]:
    """Return the style of each text in the lines."""
    lines = Prose(blocks).lines(200)
    return {one.plain[span.start : span.end].strip(): str(span.style) for one in lines for span in one.spans}


@pytest.mark.parametrize(
    ("share", "words"), [(None, "—"), (0.0, "0%"), (0.996, "99%"), (1.0, "100%"), (1.236, "124%")]
)
def test_a_target_that_was_missed_by_little_is_no_hundred_percent(share: float | None, words: str) -> None:
    assert share_words(share) == words


def test_a_day_says_its_sales_figures_report_and_entries() -> None:
    cell = day(visitors=1234.0, conversion=0.025, gmv=40_000.0)
    assert sold_words(cell) == "sales ¥40,000, 83% of ¥48,000"
    assert figure_list(cell) == "visitors 1,234, conversion 2.50%"
    assert report_words(cell) == "Report finished by 沈岚, 21:55"
    assert entry_words(cell) == "20/27 steps; 12 entries; 2 of them late"
    assert (sold_words(day(target=None)), sold_words(day(sold=None))) == ("sales ¥40,000", "")
    assert handed_row(cell) == ("Mon 16 Nov", "handed in", "沈岚", "21:55", "12", "2", "20/27", "83%")


def test_a_day_nobody_wrote_on_and_one_without_a_report() -> None:
    empty = day("empty", digest=None)
    assert (report_words(empty), entry_words(empty)) == ("Nothing was written on this day.", "")
    assert report_words(day("empty", digest=DayDigest())) == "Nothing was written on this day."
    assert handed_row(empty) == ("Mon 16 Nov", "empty", "", "", "", "", "", "83%")
    opened = day("open", digest=DayDigest(entries=1))
    assert (report_words(opened), entry_words(opened)) == ("no report", "1 entry")
    assert handed_row(opened) == ("Mon 16 Nov", "no report", "", "", "1", "", "", "83%")
    late = day("late", digest=DayDigest(entries=3, by="林夕", at=NINE + timedelta(days=1), report_late=True))
    assert report_words(late) == "Report finished by 林夕, 17 Nov 21:55"


def test_a_month_is_summed_up() -> None:
    days = [
        day(sold=50_000.0),
        day("late", on=MONDAY - timedelta(days=1)),
        day("draft", on=MONDAY - timedelta(days=2), target=None),
        day("open", on=MONDAY - timedelta(days=3), target=None),
        day("future", on=MONDAY + timedelta(days=1), digest=None, sold=None),
    ]
    assert (
        month_words(days) == "target reached 1/2; 2 reports finished; 1 of them late; 2 days without a report"
    )
    assert month_words(days[:1]) == "target reached 1/1; 1 report finished"
    assert month_words(days[4:]) == "nothing to report yet"
    assert (
        people_words([Submitted("沈岚", 3, 0), Submitted("林夕", 2, 1)])
        == "Reports finished by: 沈岚 3, 林夕 2 (1 late)"
    )
    assert people_words([]) == ""
    first, people, *rows = "\n".join(month_lines(days, [Submitted("沈岚", 3, 0)])).splitlines()
    assert first == f"2026-11  {month_words(days)}"
    assert people == "Reports finished by: 沈岚 3"
    assert len(rows) == 5, "a head, and a line for each day but tomorrow"
    assert rows[0].split()[:2] == ["Day", "Report"]


def moment(text: str = "补 300 件", **more: Any) -> Moment:
    given: dict[str, Any] = {"kind": "note", "step": "stock", "title": "Stock", **more}
    return Moment(at=NINE, who="沈岚", text=text, **given)


SHOWN = moment(
    "4 days of cover", kind="answered", level="act", verdict_now="5 days of cover",
    figures=(FigureThen("Cover", "4", "5"), FigureThen("Sales", "¥9")),
)  # fmt: skip


def test_a_days_log_tells_what_was_shown_then_and_what_is_so_now() -> None:
    log = [moment(), moment("", late=True, title=""), SHOWN]
    assert list(day_lines(day(), log)) == [
        "Mon 16 Nov  sales ¥40,000, 83% of ¥48,000",
        "Report finished by 沈岚, 21:55  20/27 steps; 12 entries; 2 of them late",
        "21:55 沈岚 Stock note: 补 300 件",
        "21:55 沈岚 note (late entry)",
        "21:55 沈岚 Stock analysis: 4 days of cover",
        "      Cover 4 → 5  Sales ¥9",
        "      Now: 5 days of cover",
    ]


def test_on_the_screen_what_changed_since_stands_out() -> None:
    assert plain(list(moment_blocks(moment(late=True)))) == [
        " 21:55 Stock  note  补 300 件  沈岚  late entry Mon 16 Nov"
    ]
    assert plain(list(moment_blocks(moment(), titled=False))) == [" 21:55 note  补 300 件  沈岚"]
    assert plain(list(moment_blocks(SHOWN))) == [
        " 21:55 Stock  analysis  4 days of cover",
        "       Cover 4 → 5   Sales ¥9",
        "       Now: 5 days of cover",
    ]
    styles = looks(list(moment_blocks(SHOWN)))
    assert styles["Cover 4 → 5"] == "bold $level-watch"
    assert styles["Sales ¥9"] == "$quiet"
    assert styles["4 days of cover"] == "$level-act"
    assert styles["Now: 5 days of cover"] == "$level-watch"
    assert styles["analysis"] == "$key"


def test_above_the_log_stands_the_day_with_its_looks() -> None:
    missed = day("open", digest=DayDigest(entries=1), visitors=10.0)
    assert plain(day_blocks(missed)) == [
        " Mon 16 Nov  sales ¥40,000, 83% of ¥48,000  visitors 10",
        " no report  1 entry",
    ]
    assert looks(day_blocks(missed))["sales ¥40,000, 83% of ¥48,000"] == "$level-watch"
    assert looks(day_blocks(missed))["no report"] == "$level-act"
    met = day("late", sold=50_000.0)
    assert looks(day_blocks(met))["sales ¥50,000, 104% of ¥48,000"] == "$level-good"
    assert plain(day_blocks(met))[1].startswith(
        " Report finished by 沈岚, 21:55  handed in late  20/27 steps"
    )


def test_two_days_stand_beside_each_other_with_the_change_between_them() -> None:
    left, right = (
        day(visitors=1000.0, sold=44_000.0),
        day(on=MONDAY - timedelta(days=7), digest=None, state="open"),
    )
    rows = [line.split() for line in plain(figure_lines(left, right))]
    assert rows == [
        ["Mon", "16", "Nov", "Mon", "9", "Nov", "Change"],
        ["sales", "¥44,000", "¥40,000", "+10.0%"],
        ["visitors", "1,000", "—", "—"],
        ["conversion", "—", "—", "—"],
        ["order", "value", "—", "—", "—"],
        ["%", "of", "target", "92%", "83%"],
        ["Report", "handed", "in", "no", "report"],
    ]
    logs = plain(list(beside([moment(), SHOWN], [moment("另一天", title="", step="")])), 100)
    assert logs[0] == " Stock"
    assert logs[1] == " 21:55 note  补 300 件  沈岚"
    assert logs[-2:] == [" the whole day", f"{'':51} 21:55 note  另一天  沈岚"]


def test_a_day_as_json_says_nothing_of_what_is_not_known() -> None:
    assert day_shape(day(visitors=1.0))["report"] == {"by": "沈岚", "at": NINE.isoformat(), "late": False}
    nothing = day_shape(day("empty", digest=None, sold=None))
    assert nothing == {
        "date": "2026-11-16", "state": "empty", "sold": None, "target": 48_000.0, "share": None, "met": None,
        "net": False, "final": True, "figures": {}, "report": None, "entries": 0, "late": 0,
        "steps": 0, "steps_done": 0, "corrections": [],
    }  # fmt: skip


class OneCalendar(BaseApp):
    CSS_PATH = "../../tui/base.tcss"

    def __init__(self, calendar: Calendar) -> None:
        super().__init__()
        self.calendar = calendar

    def compose(self) -> ComposeResult:
        yield self.calendar


NOVEMBER = [
    day(on=date(2026, 11, 2), sold=50_000.0),
    day("open", on=date(2026, 11, 3), digest=DayDigest(entries=1)),
    day("empty", on=date(2026, 11, 4), digest=None, sold=None),
    day("today", on=date(2026, 11, 5), digest=DayDigest(entries=1), sold=None),
    day("future", on=date(2026, 11, 10), digest=None, sold=None),
]


async def test_a_month_is_a_calendar_of_sales_and_reports() -> None:
    month = Month()
    async with OneCalendar(month).run_test(size=(98, 20)) as pilot:
        month.load(NOVEMBER, date(2026, 11, 3))
        await pilot.pause()
        lines = [[(words.strip(), look) for words, look in month.parts(number)] for number in range(6)]
        assert [words for words, _ in lines[0]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert lines[1][:8:2] == [("2", "heat-above"), ("3", "cursor"), ("4", "quiet"), ("5 today", "now")]
        assert lines[2][:4:2] == [("¥50k ✓", "heat-above"), ("¥40k ✗", "cursor")]
        assert lines[3][:8:2] == [
            ("104% 21:55", "heat-above"), ("83% no report", "cursor"), ("empty", "quiet"), ("", "now"),
        ]  # fmt: skip
        assert lines[4] == [], "there is room for an empty line between the weeks"
        assert lines[5][2] == ("10", "quiet")
        places = {(x, y): month.day_at(x, y) for x in (0, 14, 27, 28, 97, 98) for y in (0, 1, 2, 3, 5)}
        assert places[0, 0] is None, "the names of the weekdays"
        assert [places[x, 1] for x in (0, 14, 27, 28)] == [
            date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 4),
        ]  # fmt: skip
        assert places[0, 1] == places[0, 2] == places[0, 3]
        assert (places[14, 5], places[97, 1], places[98, 1]) == (date(2026, 11, 10), None, None)


async def test_a_year_has_a_line_a_month_with_its_count() -> None:
    year = Year()
    async with OneCalendar(year).run_test(size=(98, 20)) as pilot:
        year.load(NOVEMBER, date(2026, 11, 3))
        await pilot.pause()
        head = "".join(words for words, _ in year.parts(0))
        assert head.split() == ["1", "5", "10", "15", "20", "25", "30"]
        assert head.index("5") == 9 + 2 * 4
        assert year.parts(10) == []
        label, *days, rest = year.parts(11)
        assert (label[0].strip(), rest[0].strip()) == ("2026-11", "✓1/2")
        assert days == [("✓ ", "good"), ("✗ ", "cursor"), (". ", "quiet"), ("- ", "now"), ("  ", "")]
        assert year.day_at(9 + 2 * 3, 11) == date(2026, 11, 4)
        assert year.day_at(9 + 2 * 3 + 1, 11) == date(2026, 11, 4)
        assert year.day_at(9, 11) is year.day_at(9 + 6, 10) is None


async def test_a_day_whose_refunds_are_to_come_has_a_hollow_mark_and_is_not_counted() -> None:
    young = [replace(NOVEMBER[0], net=True), replace(NOVEMBER[1], net=True, hollow=True)]
    assert month_words(young).startswith("target reached 1/1; 1 day still waits for refunds")
    year, month = Year(), Month()
    async with OneCalendar(year).run_test(size=(98, 20)) as pilot:
        year.load(young, date(2026, 11, 30))
        await pilot.pause()
        _, *days, rest = year.parts(11)
        assert ([words for words, _ in days], rest[0].strip()) == (["✓ ", "◦ "], "✓1/1")
    async with OneCalendar(month).run_test(size=(98, 20)) as pilot:
        month.load(young, date(2026, 11, 30))
        await pilot.pause()
        assert [words.strip() for words, _ in month.parts(2)][:4:2] == ["¥50k ✓", "¥40k ◦"]
