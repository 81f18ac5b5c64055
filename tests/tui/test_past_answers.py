"""At the desk: finding, promises, things left over, thinning out, spot checks; by keys."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.answers.answer import Answer, Number, Verdict
from core.answers.answer_codec import encode
from core.journal.book import Book
from core.journal.projections import records
from core.language.wording import say
from core.records.records import SpotCheck
from routines.workday.workday import Workday
from tests.routines.days import CHINA
from tests.routines.days import at as moment
from tests.routines.workday.test_thinning import TODAY as FIRST_OF_DECEMBER
from tests.routines.workday.test_thinning import month
from tests.terminal.keyboard import at_the_desk
from tests.tui.shop import make_shop

MONDAY = date(2026, 11, 16)
FRIDAY = MONDAY - timedelta(days=3)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path)


def working(shop: Path, day: date) -> Workday:
    return Workday.open(shop, clock=lambda: moment("10:00", day), who="lan", lang="en")


async def test_words_are_found_and_lead_to_their_day(shop: Path) -> None:
    friday = working(shop, FRIDAY)
    friday.note("stock", "pearl runs out")
    one = friday.act("standup", text="ask for pearl yarn", role="supply", due=FRIDAY.isoformat())
    friday.update_action(one.id, "done", reason="two weeks")
    async with at_the_desk("process", shop, size=(100, 30)) as lan:
        await lan.press("f")
        await lan.sees("Words, figures and dates can be combined")
        await lan.types("pearl")
        await lan.press("enter")
        await lan.sees(
            "1 day, 2 entries  “pearl”", "Fri 13 Nov 2026", "Note: pearl runs out", "-> Done Fri 13 Nov."
        )
        await lan.press("down", "enter")
        await lan.sees("Fri 13 Nov", "compare")
        await lan.leaves("compare")
        await lan.sees("1 day, 2 entries  “pearl”")
        await lan.press("slash")
        await lan.no_longer_sees("/ look for")
        await lan.types(" bonce<1")
        await lan.press("enter")
        await lan.sees("There is no figure “bonce”")
        await lan.leaves("There is no figure “bonce”")
        await lan.press("f")
        await lan.sees("There is no figure “bonce”")  # what was typed is still there


async def test_the_morning_tells_of_promises_and_k_tells_why(lanting: Path) -> None:
    async with at_the_desk("process", lanting, size=(120, 40)) as lan:
        await lan.sees("promises due: 3 kept, 1 missed, 2 cannot tell.")
        await lan.press("k")
        await lan.sees("林夕: 0 kept, 1 missed, 1 cannot tell", "¥3.28  ¥2.37     ¥2.60")
        await lan.sees("promised ¥2.60, usual ¥3.28", "usually within ±7%")


async def test_what_is_left_over_shows_its_age_and_the_meeting_ends_with_a_choice(shop: Path) -> None:
    friday = working(shop, FRIDAY)
    friday.act("standup", text="换主图", due=FRIDAY.isoformat())
    monday = working(shop, MONDAY)
    for step in monday.plan.steps[:9]:
        monday.finish(step.id)
    async with at_the_desk("process", shop, at="2026-11-16T10:20:00+08:00", size=(120, 40)) as lan:
        await lan.sees("1 thing has been left open for three days or longer", "day 4  换主图")
        await lan.press("enter")
        await lan.sees("work table")
        await lan.press("o")
        await lan.sees("0/", "day 4  沈岚: 换主图")
        await lan.press("d")
        await lan.sees("“换主图” is still open on day 4")
        await lan.press("space")
        await lan.sees("Do it today", "Drop it and give a reason")
        await lan.press("3")
        await lan.sees("Why is the action dropped?")
        await lan.press("enter")
        await lan.sees("Please write a few words.")
        await lan.types("late")
        await lan.press("enter")
        await lan.no_longer_sees("Why is the action dropped?")
    (action,) = working(shop, MONDAY).actions()
    assert (action.state, action.updates[-1].reason) == ("dropped", "late")


async def test_a_step_without_an_exception_is_one_line_and_enter_goes_on(lanting: Path) -> None:
    day = working(lanting, MONDAY - timedelta(days=7))
    for step in ("target", "stock", "drivers"):
        day.finish(step)
    question = say(day.step("page").ask[0])[:20]
    async with at_the_desk("process", lanting, at="2026-11-09T09:11:00+08:00") as lan:
        await lan.press("enter")
        await lan.sees("Page check", "good", "Nothing unusual: press Enter to go on")
        assert question not in await lan.screen()
        await lan.press("m")
        await lan.sees("z enlarge", "Pages per visitor 2.75 (2.70 to 2.80) meets its limit")
        await lan.press("end")
        await lan.sees(question)
        await lan.press("enter")
        await lan.sees("Rivals  ")
    assert working(lanting, MONDAY - timedelta(days=7)).agenda().line("page").state == "done"


async def test_once_a_month_the_day_can_be_made_thinner(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    month(shop)
    at = f"{FIRST_OF_DECEMBER}T08:30:00+08:00"
    async with at_the_desk("process", shop, at=at, size=(120, 40)) as lan:
        await lan.sees("3 steps led to no action in 30 days")
        await lan.press("l")
        await lan.sees("3 steps led to no action in 30 days.", "with one key")
        await lan.press("end", "m")
        await lan.sees("Live streams: Mondays only")
        assert 'repeat = "weekly:MO"' in (shop / "routine.toml").read_text()
        await lan.press("u")
        await lan.sees("Undone.")
        assert "repeat" not in (shop / "routine.toml").read_text()
        await lan.leaves("with one key")
        await lan.sees("Morning: shop analysis")


async def test_a_spot_check_from_memory_is_held_against_the_record(shop: Path) -> None:
    day = working(shop, MONDAY)
    day.record("rivals", "rival", {"rival": "r01", "price": "129-199"})
    figures = Answer(Verdict("info", "…"), evidence=(Number("Sales", "CNY", 37_460.0),))
    Book(shop).append(
        MONDAY, at=datetime(2026, 11, 16, 8, 40, tzinfo=CHINA), who="沈岚", kind="answered", step="target",
        data={"answer": encode(figures), "batches": []},
    )  # fmt: skip
    async with at_the_desk("process", shop, at="2026-11-16T18:00:00+08:00", size=(100, 30)) as boss:
        await boss.press("x")
        await boss.sees(
            "0 of 2 answered", "素年锦时: what price band", "Figures seen this morning: what was Sales?"
        )
        for said in (1, 2):
            await boss.press("enter")
            await boss.sees("Enter save")
            await boss.types("37000")
            await boss.press("enter")
            await boss.sees(f"{said} of 2 answered" if said == 1 else "1 of 2 correct")
            await boss.press("end")
        await boss.press("ctrl+s")
        await boss.sees("Saved in the day's log.")
    (check,) = records(Book(shop).day(MONDAY), SpotCheck)
    assert (check.value.person, check.value.questions, check.value.right) == ("沈岚", 2, 1)
    assert "129-199" in check.value.wrong
