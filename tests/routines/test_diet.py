"""Which steps led to nothing in 30 days, and how the day gets thinner without getting wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.journal.book import Book, Unwritten
from core.problem import UsageError
from routines import diet
from routines.diet import idle_steps
from routines.workday import Workday
from tests.routines.days import CHINA, at, shop_folder

TODAY = date(2026, 12, 1)
STEPS = ("target", "stock", "rivals", "live", "paid", "standup")
More = Callable[[int, str], list[Unwritten]]


def moment(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=CHINA) + timedelta(minutes=minute)


def month(shop: Path, *, days: int = 30, more: More = lambda _back, _step: []) -> Workday:
    """Let every step be done each day, eight minutes long, with whatever else ``more`` writes."""
    book = Book(shop)
    for back in range(days, 0, -1):
        day = TODAY - timedelta(days=back)
        lines = []
        for number, step in enumerate(STEPS):
            start, end = moment(day, 10 * number), moment(day, 10 * number + 8)
            lines.append(Unwritten(at=start, who="Wang", kind="started", step=step))
            lines += more(back, step)
            lines.append(Unwritten(at=end, who="Wang", kind="done", step=step, data={"quick": True}))
        book.append_all(day, lines)
    return Workday.open(shop, clock=lambda: at("08:30", TODAY), who="Wang", lang="en")


def idle(workday: Workday) -> list[str]:
    return [one.id for one in idle_steps(workday.book, diet.all_steps(workday), workday.day)]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_folder(tmp_path / "shop")


def test_with_too_few_days_nobody_is_told_to_drop_anything(shop: Path) -> None:
    assert idle(month(shop, days=diet.LEAST_DAYS - 1)) == []


def test_meetings_boards_and_the_days_measure_are_left_alone(shop: Path) -> None:
    assert set(idle(month(shop))) == {"stock", "rivals", "live"}


def test_a_step_that_led_to_something_once_is_left_alone(shop: Path) -> None:
    def more(back: int, step: str) -> list[Unwritten]:
        when = moment(TODAY - timedelta(days=back), 3)
        if (back, step) == (20, "stock"):
            return [
                Unwritten(
                    at=when,
                    who="Wang",
                    kind="action",
                    step="standup",
                    data={"text": "补", "finding": "stock/1"},
                )
            ]
        if (back, step) == (3, "rivals"):
            return [
                Unwritten(
                    at=when, who="Wang", kind="record", step="rivals", data={"form": "rival", "values": {}}
                )
            ]
        if (back, step) == (3, "live"):
            data = {"key": "live/1", "choice": "keep", "detail": ""}
            return [Unwritten(at=when, who="Wang", kind="decision", step="live", data=data)]
        return []

    assert idle(month(shop, more=more)) == ["live"]


def test_what_it_cost_is_told(shop: Path) -> None:
    workday = month(shop)
    (stock, *_) = idle_steps(workday.book, diet.all_steps(workday), workday.day)
    assert (stock.done, stock.quick, stock.minutes) == (30, 30, 240)


def test_on_mondays_only_and_taken_back(shop: Path) -> None:
    workday = month(shop)
    diet.choose(workday, "live", "Mondays only")
    assert TODAY.weekday() == 1
    assert "live" not in [step.id for step in workday.plan.steps]
    assert diet.choices(workday) == {"live": "Mondays only"}
    assert diet.asked(workday.past().decisions, TODAY)

    diet.choose(workday, "live", "leave out")
    diet.take_back(workday, "live")
    assert "live" in [step.id for step in workday.plan.steps]
    assert diet.choices(workday) == {}
    with pytest.raises(UsageError, match="Nothing was chosen"):
        diet.take_back(workday, "live")


def test_keeping_it_is_a_choice_too_and_changes_no_file(shop: Path) -> None:
    workday = month(shop)
    diet.choose(workday, "stock", "keep")
    assert not (shop / "routine.toml").exists()
    assert diet.asked(workday.past().decisions, TODAY)


def test_it_is_offered_once_a_month(shop: Path) -> None:
    workday = month(shop)
    assert not diet.asked(workday.past().decisions, TODAY)
    diet.choose(workday, "stock", "keep")
    decisions = workday.past().decisions
    assert diet.asked(decisions, TODAY.replace(day=31))
    assert not diet.asked(decisions, date(2027, 1, 1))


def test_who_only_looks_changes_nothing(shop: Path) -> None:
    month(shop)
    looking = Workday.open(shop, clock=lambda: at("08:30", TODAY), who="Wang", lang="en", read_only=True)
    with pytest.raises(UsageError, match="look at the day"):
        diet.choose(looking, "live", "leave out")
    assert not (shop / "routine.toml").exists()


def test_thinning_out_is_nothing_to_do_before_noon(shop: Path) -> None:
    workday = month(shop)
    diet.choose(workday, "live", "leave out")
    assert workday.ask("hands_on").verdict.text.startswith("Nothing was decided this morning")
