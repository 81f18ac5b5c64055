"""A whole day with keys only, half past eight to ten at night: every step is met, answered and done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from core.language.wording import say
from routines.plan.step import Step
from routines.workday.workday import Workday
from tests.terminal.keyboard import Operator, at_the_desk
from tests.terminal.ptys import PATIENCE

SHOP = "兰亭女装旗舰店"
LEVELS = (" act ", " watch ", " good ", " info ", " no data ")
DRAFT = "keep as draft"

# The steps of design/domain.md, block by block: a change here is a change of what was promised.
MORNING = [
    "target", "stock", "drivers", "page", "rivals", "reviews", "paid", "campaigns", "checks", "standup",
]  # fmt: skip
HANDS_ON = ["hands_on"]
AFTERNOON = [
    "breakdown", "promotion", "design", "content", "service", "members", "optimise", "notices", "wrapup",
]  # fmt: skip
EVENING = ["evening_ads", "order_gap", "evening_service", "live", "communities", "network", "summary"]
MONDAY = [*MORNING, *HANDS_ON, *AFTERNOON, *EVENING]

Doing = Callable[[Operator], Awaitable[None]]


async def fills(hands: Operator, form: str, values: Sequence[str]) -> None:
    """Fill the fields of a form one after the other; an empty one is passed over."""
    await hands.opens_form(form)
    for at, value in enumerate(values):
        if at:
            await hands.press("tab")
        if value:
            await hands.types(value)
    await hands.press("ctrl+s")
    await hands.sees("Saved.")


async def types_the_spend(hands: Operator) -> None:
    """Without an hourly export the evening can say nothing; five typed figures are enough."""
    await hands.sees("no data", "Enter the ads")
    await fills(hands, "Today so far", ["", "106", "28900", "18", "2598"])
    await hands.press("g")
    await hands.sees("¥2,598", "forecast ¥3,846 of")


async def types_a_rival(hands: Operator) -> None:
    """The day's own figures are there from the step before."""
    await hands.sees("106 orders")
    await hands.opens_form("A rival tonight")
    await hands.press("down")
    await hands.press("tab")
    await hands.types("200")
    await hands.press("ctrl+s")
    await hands.sees("Saved.")


async def types_a_shift(hands: Operator) -> None:
    await fills(hands, "An agent's shift", ["木子", "30", "9"])


async def types_a_stream(hands: Operator) -> None:
    await fills(hands, "A live stream watched", ["木槿家女装"])


EVENING_FORMS: dict[str, Doing] = {
    "evening_ads": types_the_spend,
    "order_gap": types_a_rival,
    "evening_service": types_a_shift,
    "live": types_a_stream,
}


def words_of(step: str) -> str:
    """Return a short reply that no other step gets."""
    return f"w{MONDAY.index(step)}w"


async def works_through(hands: Operator, plan: dict[str, Step], steps: Sequence[str]) -> None:
    """Open the current step; at each: the verdict, a form where there is one, a reply, done, the next."""
    await hands.press("enter")
    for step in steps:
        await hands.sees(f"{say(plan[step].title)}  {SHOP}")
        await sees_a_verdict(hands)
        if step in EVENING_FORMS:
            await EVENING_FORMS[step](hands)
        await replies(hands, words_of(step))
        await is_done(hands, say(plan[step].title))


async def sees_a_verdict(hands: Operator) -> None:
    """Wait for the answer: its level stands in front of the verdict, under the head line."""
    end = time.monotonic() + PATIENCE
    while not (shown := await hands.screen()).splitlines()[1].startswith(LEVELS):
        assert time.monotonic() < end, f"no verdict on the screen:\n{shown}"
        await asyncio.sleep(0.05)


async def replies(hands: Operator, words: str) -> None:
    """Answer the last of the step's questions, so that no further one opens."""
    await hands.press("r")
    await hands.sees("Which question?")
    await hands.press("1")
    await hands.sees(DRAFT)
    await hands.types(words)
    await hands.press("ctrl+s")
    await hands.sees("Saved.")
    await hands.leaves(DRAFT)


async def is_done(hands: Operator, title: str) -> None:
    """Press d; the step gives way to the next one, or to today when it was the last."""
    await hands.press("d")
    await hands.no_longer_sees(f" {title}  {SHOP}")


def day_at(shop: Path, at: str) -> Workday:
    return Workday.open(shop, clock=lambda: datetime.fromisoformat(at), who="lan", lang="en")


@pytest.mark.e2e  # a minute and more of a processor
@pytest.mark.timeout(600)
async def test_a_monday_from_half_past_eight_to_ten_at_night(lanting: Path) -> None:
    plan = {step.id: step for step in day_at(lanting, "2026-11-16T08:30:02+08:00").plan.steps}
    assert list(plan) == MONDAY
    for at, steps in (
        ("2026-11-16T08:30:02+08:00", MORNING),
        ("2026-11-16T10:30:02+08:00", HANDS_ON),
        ("2026-11-16T13:30:02+08:00", AFTERNOON),
        ("2026-11-16T20:05:02+08:00", EVENING),
    ):
        async with at_the_desk("process", lanting, at=at) as hands:
            await hands.sees(SHOP, say(plan[steps[0]].title))
            await works_through(hands, plan, steps)
            if steps is EVENING:
                await finishes_the_report(hands)

    day = day_at(lanting, "2026-11-16T22:00:00+08:00")
    assert [line.step.id for line in day.agenda().lines if line.state == "done"] == MONDAY
    assert [reply.text for reply in day.replies()] == [words_of(step) for step in MONDAY]
    shown = {entry.step for entry in day.entries() if entry.kind == "answered"}
    assert shown == {step.id for step in plan.values() if step.analyse}
    assert [seen.value.spent for seen in day.records("day_now")][-1] == 2598
    assert [seen.value.rival for seen in day.records("rival_now")][-1] == "r01"
    report = (lanting / "reports" / "2026-11-16.md").read_text(encoding="utf-8")
    for step in plan.values():
        assert f"| {say(step.title)} |" in report
        assert words_of(step.id) in report


async def finishes_the_report(hands: Operator) -> None:
    await hands.sees("All of today's steps are done")
    await hands.press("r")
    await hands.sees(f"{SHOP}: the day of")
    await hands.press("d")
    await hands.sees("Finished: reports/2026-11-16.md")


async def test_the_first_of_the_month_asks_for_its_plan(lanting: Path) -> None:
    at = "2026-12-01T16:55:02+08:00"
    plan = {step.id: step for step in day_at(lanting, at).plan.steps}
    assert set(plan) == {*MONDAY, "month_plan"}, "the page check of Monday was missed: it is still open"
    async with at_the_desk("process", lanting, at=at) as hands:
        await hands.press("colon")
        await hands.sees("Go to")
        await hands.types("marketing")
        await hands.press("enter")
        await hands.sees(f"Marketing plan of the month  {SHOP}", "2026-12", "campaigns")
        await hands.press("b")
        await hands.sees("Started at 16:55")
        await replies(hands, "heroes first")
        await hands.opens_form("A month's target")
        await hands.types("2026-12-01")
        await hands.press("tab")
        await hands.types("2050000")
        await hands.press("ctrl+s")
        await hands.sees("Saved.")
        await hands.press("d")
        await hands.no_longer_sees("Marketing plan of the month  ")

    day = day_at(lanting, at)
    assert day.agenda().line("month_plan").state == "done"
    assert [reply.text for reply in day.replies("month_plan")] == ["heroes first"]
    assert day.shop.target_of(date(2026, 12, 1)) == 2_050_000
