"""The meeting: twelve points at most, its own clock, proposals handed out with one key, the ad budget."""

from __future__ import annotations

from pathlib import Path

from core.answers.answer import Answer, Finding, Proposal, Table, TableColumn, Verdict
from core.shop.loading import load_shop
from tests.tui.test_box_time import Desk, desk

WEEK = Table(
    "The past week",
    (
        TableColumn("Figure", id="figure"),
        TableColumn("Last week", id="last_week"),
        TableColumn("Week before", id="week_before"),
        TableColumn("Change", id="change"),
    ),
    (("Sales", "¥71,000", "¥64,000", "+11%"), ("Refunds", "¥900", "¥900", "")),
)


def found(many: int) -> tuple[Finding, ...]:
    return tuple(
        Finding(f"stock/late/{n}", "act", f"Item {n} runs out", (Proposal("promotion", f"Stop ads of {n}"),))
        for n in range(many)
    )


async def at_the_meeting(lan: Desk, many: int = 20, *, week: bool = False) -> None:
    workday = lan.app.session.workday
    workday.shown("stock", Answer(Verdict("act", "Items run out."), found(many)))
    if week:
        workday.shown("standup", Answer(Verdict("info", "The week."), evidence=(WEEK,)))
    lan.app.open_step("standup")
    await lan.sees("Stand-up  ")
    await lan.press("b")
    await lan.sees("Started at")
    await lan.press("o")
    await lan.sees("discussed")


async def test_it_holds_twelve_points_and_folds_the_rest(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:15", size=(120, 40)) as lan:
        await at_the_meeting(lan)
        await lan.no_longer_sees("0/0")
        shown = await lan.screen()
        assert "0/12 discussed" in shown
        assert "11 more: press m" in shown
        assert "What is today's ad budget" in shown, "the questions always have room"
        await lan.press("m")
        await lan.sees("0/23 discussed")


async def test_its_clock_counts_its_own_minutes_and_those_of_a_point(tmp_path: Path) -> None:
    async with desk(tmp_path, "09:00") as lan:
        await at_the_meeting(lan, 9)
        shown = await lan.screen()
        assert "14 min left  ends 09:14" in shown, "not to the end of the morning"
        assert "this point 0:00 of 1:10" in shown
        assert "given   used" in shown
        await lan.until("09:03")
        await lan.sees("11 min left", "this point 1 min over")
        await lan.press("space")
        await lan.sees("1/12 discussed", "this point 0:00 of 1:00", "11 min left")
        await lan.press("plus")
        await lan.sees("this point 0:00 of 2:00")


async def test_a_proposal_is_handed_out_with_one_key_and_listed_as_agreed(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:15", size=(120, 40)) as lan:
        await at_the_meeting(lan, 3)
        await lan.press("p")
        await lan.sees("Assigned to 周岩.", "Stop ads of 0", "1 action agreed")
        (action,) = lan.app.session.workday.actions()
        assert (action.owner, action.finding) == ("周岩", "stock/late/0")
        await lan.press("end", "p")
        await lan.sees("> [ ] Item 1 runs out", "This point has a proposal: press p again to assign it.")


async def test_the_ad_budget_is_a_number_that_reaches_the_settings(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:15") as lan:
        await at_the_meeting(lan, 3)
        await lan.press("f")
        await lan.sees("The day's ad budget")
        await lan.types("much?")
        await lan.press("ctrl+s")
        await lan.sees("1 field is not correct yet", "cannot read", "“much?”. Write an amount")
        assert "much?" in await lan.screen(), "a question mark in a field is a question mark"
        for _ in "much?":
            await lan.send("backspace")
        await lan.types("4500")
        await lan.press("ctrl+s")
        await lan.sees("discussed")
        assert load_shop(tmp_path / "lanting").ads.daily_budget == 4500
        (kept,) = lan.app.session.workday.records("ad_budget")
        assert kept.value.amount == 4500


async def test_the_weekly_meeting_opens_with_the_week_s_table(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:15", size=(120, 40)) as lan:
        await at_the_meeting(lan, 2, week=True)
        shown = await lan.screen()
        first = next(line for line in shown.splitlines() if "[ ]" in line)
        assert "The past week: Sales ¥71,000 (+11%)" in first
