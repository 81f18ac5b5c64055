"""The month's calendar shows each day's sales, coloured by the share of its target, in any room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.language.speech import speak
from core.language.text_width import cells_of
from core.review.digest import DayDigest
from core.review.target_share import HEAT, heat
from core.shop.settings import CalendarDay, Shop
from routines.past.review import DayCell, DayState, begins
from tests.terminal.keyboard import at_the_desk
from tests.tui.test_past_days_in_words import DONE, OneCalendar
from tui.widgets.calendar import Month

MONDAY = date(2026, 11, 16)


def month(today: date = MONDAY) -> list[DayCell]:
    """Return November 2026: sold up to the day before today, a campaign on the 11th."""
    days = [date(2026, 11, number) for number in range(1, 31)]

    def cell(day: date) -> DayCell:
        state: DayState = "finished" if day < today else "today" if day == today else "future"
        sold = 40_000.0 + 1_000.0 * day.day if day < today else None
        digest = DONE if day < today else None
        name = "Double 11" if day.day == 11 else ""
        return DayCell(day, state, digest, sold, 50_000.0, {}, campaign=name)

    return [cell(day) for day in days]


@pytest.mark.parametrize(
    ("share", "look"),
    [
        (0.0, "heat-worst"), (0.8499, "heat-worst"), (0.85, "heat-below"), (0.9799, "heat-below"),
        (0.98, "heat-even"), (1.0, "heat-even"), (1.02, "heat-even"), (1.0201, "heat-above"),
        (1.15, "heat-above"), (1.1501, "heat-best"), (9.0, "heat-best"),
    ],
)  # fmt: skip
def test_a_day_has_the_class_of_its_share(share: float, look: str) -> None:
    assert heat(share) == look
    assert look in HEAT


def cells_at(calendar: Month, number: int) -> list[tuple[str, str]]:
    """Return the days of a line as (text, style), without the gaps after them."""
    return [(words.strip(), look) for words, look in calendar.parts(number)[::2]]


async def test_each_day_has_its_sales_and_mark_and_days_to_come_their_target() -> None:
    calendar = Month()
    async with OneCalendar(calendar).run_test(size=(80, 17)) as pilot:
        calendar.load(month(), date(2026, 11, 13))
        await pilot.pause()
        assert cells_at(calendar, 1)[6] == ("1", "heat-worst")
        assert cells_at(calendar, 2)[6] == ("¥41k ✗", "heat-worst")
        assert cells_at(calendar, 5) == [
            ("9", "heat-even"), ("10", "heat-even"), ("11 Doub..", "heat-even"), ("12", "heat-above"),
            ("13", "cursor"), ("14", "heat-above"), ("15", "heat-above"),
        ]  # fmt: skip
        assert [words for words, _ in cells_at(calendar, 6)] == [
            "¥49k ✗", "¥50k ✓", "¥51k ✓", "¥52k ✓", "¥53k ✓", "¥54k ✓", "¥55k ✓",
        ]  # fmt: skip
        assert cells_at(calendar, 7)[:2] == [("16 today", "now"), ("17", "quiet")]
        assert cells_at(calendar, 8)[:2] == [("aim ¥50k", "now"), ("aim ¥50k", "quiet")]
        speak("zh")
        assert cells_at(calendar, 8)[1] == ("目标5.0万", "quiet")


async def test_a_wide_screen_adds_the_share_the_report_and_the_weeks_totals() -> None:
    calendar = Month()
    open_day = replace(month()[8], state="open", digest=DayDigest(entries=3))
    async with OneCalendar(calendar).run_test(size=(120, 33)) as pilot:
        calendar.load([*month()[:8], open_day, *month()[9:]], MONDAY)
        await pilot.pause()
        assert calendar.parts(0)[-1][0].strip() == "Week's total"
        days = [words.strip() for words, _ in calendar.parts(9 + 2)[:-1:2]]
        assert days[:3] == ["98% no report", "100% 21:55", "102% 21:55"]
        assert [calendar.parts(number)[-1][0].strip() for number in (9, 10, 11)] == ["¥364k", "104%", ""]
        assert calendar.parts(13)[-1][0].strip() == "aim ¥350k"
        assert calendar.parts(12) == [], "an empty line between two weeks"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "size", [(40, 10), (60, 15), (69, 17), (70, 17), (80, 17), (110, 33), (120, 33), (200, 43)]
)
async def test_nothing_is_wider_than_the_screen_and_each_day_is_where_it_is_clicked(
    size: tuple[int, int], lang: str
) -> None:
    speak(lang)
    calendar = Month()
    async with OneCalendar(calendar).run_test(size=size) as pilot:
        calendar.load(month(), MONDAY)
        await pilot.pause()
        lines = ["".join(words for words, _ in calendar.parts(number)) for number in range(size[1])]
        assert all(cells_of(line) <= size[0] for line in lines)
        seen = {calendar.day_at(x, y) for x in range(size[0]) for y in range(size[1])} - {None}
        assert {date(2026, 11, 1), date(2026, 11, 16), date(2026, 11, 28)} <= seen
        rows = [y for y in range(size[1]) for x in range(size[0]) if calendar.day_at(x, y) == MONDAY]
        assert "16" in lines[rows[0]]


@pytest.mark.parametrize("wide", [40, 60, 69])
async def test_on_a_narrow_screen_a_day_is_its_number_and_mark(wide: int) -> None:
    calendar = Month()
    async with OneCalendar(calendar).run_test(size=(wide, 15)) as pilot:
        calendar.load(month(), MONDAY)
        await pilot.pause()
        week = [words for words, _ in cells_at(calendar, 5)]
        assert week == ["9 ✗", "10 ✓", "11 ✓", "12 ✓", "13 ✓", "14 ✓", "15 ✓"]


def test_a_campaign_is_named_on_the_day_it_begins_and_never_the_quiet_days_after_it() -> None:
    eleven = date(2026, 11, 11)
    wave = CalendarDay(eleven - timedelta(days=10), eleven - timedelta(days=8), 2.0, "platform", "首波")
    peak = CalendarDay(eleven, None, 8.0, "platform", "双11")
    quiet = CalendarDay(eleven + timedelta(days=1), eleven + timedelta(days=5), 0.7, "after", "双11")
    shop = Shop(name="x", calendar=(wave, peak, quiet))
    named = {n: begins(shop, date(2026, 11, n)) for n in range(1, 30)}
    assert {day: name for day, name in named.items() if name} == {1: "首波", 11: "Double 11"}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_calendar_of_the_sample_shows_money_at_a_glance(
    lanting: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk("process", lanting, size=size) as lan:
        await lan.press("c")
        await lan.sees("¥406k ✓", "¥37k ✗", "aim ¥", "¥1.59m of ¥2.47m", "16 today")
        assert ("85-98%" in await lan.screen()) == (size == (120, 40)), "colours are explained with room"
        assert all(cells_of(row) <= size[0] for row in (await lan.screen()).splitlines())
