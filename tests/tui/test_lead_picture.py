"""A step leads with the picture that proves its verdict, as large as the screen allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.answers.answer import Part, Series, Split
from core.language.text_width import cells_of
from tests.terminal.keyboard import InProcess, at_the_desk
from tui.widgets.lead_picture import enlarged, lead_words

DAYS = tuple(f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in range(1, 31))
SALES = Series("Sales by day", "CNY", DAYS, (40_000.0, 60_000.0) * 45, targets=(50_000.0,) * 90, lead=True)
BRAILLE = set(map(chr, range(0x2801, 0x2900)))


def bars(shown: list[str]) -> list[str]:
    """Return the rows in which something is drawn."""
    return [row for row in shown if set(row) & BRAILLE and "reached" not in row]


def lines(rows: int, *, wide: bool = False, room: int = 76) -> list[str]:
    return [line.plain for line in lead_words(SALES, rows, wide=wide).lines(room)]


@pytest.mark.parametrize(
    ("rows", "wide", "high"),
    [
        (20, False, 4),
        (24, False, 4),
        (25, False, 5),
        (30, False, 6),
        (40, True, 10),
        (56, True, 14),
        (80, True, 14),
    ],
)
def test_the_picture_takes_its_share_of_the_screen(rows: int, *, wide: bool, high: int) -> None:
    labels = [row.split()[0] for row in lines(rows, wide=wide)]
    top, bottom = labels.index("¥60k"), labels.index("¥0")
    assert bottom - top == high


def test_below_twenty_rows_its_sentence_takes_its_place() -> None:
    assert lines(19) == ["Sales by day: latest ¥60,000 on 30 Nov; target reached on 15 of 30 days"]
    assert len(bars(lines(20))) > 0


def test_the_legend_comes_with_thirty_rows_and_its_sentence_stands_beside_the_name_before() -> None:
    assert "target reached on 15 of 30 days" in lines(29)[0]
    assert "target reached on" not in lines(29)[-1]
    assert "target reached on" not in lines(30)[0]
    assert "target reached on 15 of 30 days  ⣿ reached" in lines(30)[-1]


def test_enlarged_it_goes_back_sixty_days_and_fills_the_screen() -> None:
    small, large = (enlarged(SALES, rows).lines(130) for rows in (21, 37))
    assert any("30 of 60 days" in line.plain for line in large)
    assert len(large) <= 37
    assert len(small) <= 21
    assert len(large) - len(small) == 37 - 21
    assert all(cells_of(line.plain) <= 130 for line in large)


def test_any_picture_can_be_enlarged() -> None:
    gap = Split("Gap", "CNY", -5.0, (Part("a", -5.0),), start=Part("before", 10.0), end=Part("after", 5.0))
    assert [line.plain.split()[0] for line in enlarged(gap, 20).lines(76)[:3]] == ["before", "a", "after"]


@pytest.mark.parametrize(("size", "high"), [((80, 24), 4), ((120, 40), 10)])
async def test_the_target_leads_with_its_trend_between_the_verdict_and_the_findings(
    lanting: Path, size: tuple[int, int], high: int
) -> None:
    async with at_the_desk("process", lanting, size=size) as lan:
        await lan.press("enter")
        await lan.sees("Sales by day")
        shown = (await lan.screen()).splitlines()
        verdict, picture, findings = (
            next(number for number, row in enumerate(shown) if words in row)
            for words in ("78% of target", "Sales by day", "Findings")
        )
        assert verdict < picture < findings
        assert high - 1 <= len(bars(shown[picture:findings])) <= high
        assert (await lan.screen()).count("Sales by day") == 1, "not once more among the evidence"
        assert all(cells_of(row) <= size[0] for row in shown)


async def test_on_a_low_screen_the_sentence_stays_and_the_picture_comes_back_with_room(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(80, 24)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("z enlarge")
        await lan.pilot.resize_terminal(80, 16)
        await lan.sees("Sales by day: latest ¥37,460 on 15 Nov")
        assert "their target  z enlarge" not in await lan.screen()
        await lan.pilot.resize_terminal(80, 24)
        await lan.sees("z enlarge")


async def test_z_shows_the_picture_on_the_whole_screen_and_esc_goes_back_to_the_step(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(130, 40)) as lan:
        await lan.press("enter")
        await lan.sees("z enlarge")
        small = bars((await lan.screen()).splitlines())
        await lan.press("z")
        await lan.sees("of 60 days")
        large = bars((await lan.screen()).splitlines())
        assert len(large) > 2 * len(small)
        assert "Findings" not in await lan.screen()
        await lan.leaves("of 60 days")
        await lan.sees("Findings")


async def test_a_step_without_a_picture_says_so(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(80, 24)) as lan:
        await lan.press("end", "enter")
        await lan.sees("questions answered 0/")
        await lan.press("z")
        await lan.sees("No picture stands below the verdict.")
