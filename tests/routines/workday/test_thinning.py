"""Which steps led to nothing in 30 days, and how the day gets thinner without getting wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadSettings, CannotWrite, UsageError
from core.journal.book import Book, Unwritten
from core.shop.rewriting import TRIES
from routines.days.day_plan import routine_of
from routines.days.routine_edit import Frequency, frequency
from routines.workday import thinning
from routines.workday.thinning import idle_steps
from routines.workday.workday import Workday
from tests.conftest import FILES_ONLY
from tests.routines.days import CHINA, at, shop_folder
from tests.shop.test_write_backs import before_each_rename, save

pytestmark = pytest.mark.usefixtures("any_store")

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
    return [one.id for one in idle_steps(workday.book, thinning.all_steps(workday), workday.day)]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_folder(tmp_path / "shop")


def test_with_too_few_days_nobody_is_told_to_drop_anything(shop: Path) -> None:
    assert idle(month(shop, days=thinning.LEAST_DAYS - 1)) == []


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
    (stock, *_) = idle_steps(workday.book, thinning.all_steps(workday), workday.day)
    assert (stock.done, stock.quick, stock.minutes) == (30, 30, 240)


def test_on_mondays_only_and_taken_back(shop: Path) -> None:
    workday = month(shop)
    thinning.choose(workday, "live", "Mondays only")
    assert TODAY.weekday() == 1
    assert "live" not in [step.id for step in workday.plan.steps]
    assert thinning.choices(workday) == {"live": "Mondays only"}
    assert thinning.asked(workday.past().decisions, TODAY)

    thinning.choose(workday, "live", "leave out")
    thinning.take_back(workday, "live")
    assert "live" in [step.id for step in workday.plan.steps]
    assert thinning.choices(workday) == {}
    with pytest.raises(UsageError, match="No change to this step was chosen today"):
        thinning.take_back(workday, "live")


def test_keeping_it_is_a_choice_too_and_changes_no_file(shop: Path) -> None:
    workday = month(shop)
    thinning.choose(workday, "stock", "keep")
    assert not (shop / "routine.toml").exists()
    assert thinning.asked(workday.past().decisions, TODAY)


def test_it_is_offered_once_a_month(shop: Path) -> None:
    workday = month(shop)
    assert not thinning.asked(workday.past().decisions, TODAY)
    thinning.choose(workday, "stock", "keep")
    decisions = workday.past().decisions
    assert thinning.asked(decisions, TODAY.replace(day=31))
    assert not thinning.asked(decisions, date(2027, 1, 1))


def test_who_only_looks_changes_nothing(shop: Path) -> None:
    month(shop)
    looking = Workday.open(shop, clock=lambda: at("08:30", TODAY), who="Wang", lang="en", read_only=True)
    with pytest.raises(UsageError, match="only view this day"):
        thinning.choose(looking, "live", "leave out")
    assert not (shop / "routine.toml").exists()


# ---- it is interrupted

_left: dict[int, int] = {}
"""By process: how many more times something may be put on disk before the process is killed."""


def _count(event: str, given: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
    if (writes or event in ("os.rename", "os.link", "os.remove")) and os.getpid() in _left:
        _left[os.getpid()] -= 1
        if _left[os.getpid()] < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def killed_after(writes: int, shop: Path, does: Callable[[Workday], None]) -> bool:
    """Do it in a process that is killed after so many writes; False when it came to its end before."""
    if not getattr(_count, "added", False):
        sys.addaudithook(_count)
        _count.added = True  # type: ignore[attr-defined]  # an audit hook cannot be removed
    child = os.fork()
    if child == 0:
        end = 1
        try:
            _left[os.getpid()] = writes
            does(opened(shop))
            end = 0
        finally:
            os._exit(end)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@contextmanager
def journal_shut(shop: Path) -> Iterator[None]:
    """Let nobody write in the journal: its lock is a folder."""
    lock = shop / "journal" / ".lock"
    aside = lock.with_name(".lock.aside")
    lock.parent.mkdir(exist_ok=True)
    if lock.exists():
        lock.rename(aside)
    lock.mkdir()
    yield
    lock.rmdir()
    if aside.exists():
        aside.rename(lock)


def opened(shop: Path) -> Workday:
    return Workday.open(shop, clock=lambda: at("08:30", TODAY), who="Wang", lang="en")


def in_routine(shop: Path) -> Frequency:
    return frequency(routine_of(shop), "live")


def _first(workday: Workday) -> None:
    thinning.choose(workday, "live", "leave out")


def _second(workday: Workday) -> None:
    thinning.choose(workday, "live", "Mondays only")


def _keep(workday: Workday) -> None:
    thinning.choose(workday, "live", "keep")


def _back(workday: Workday) -> None:
    thinning.take_back(workday, "live")


@pytest.mark.parametrize("mine", ["", '[steps.live]\nrepeat = "weekly:FR"\nminutes = 20  # ours\n'])
@pytest.mark.parametrize(
    ("before", "does"), [(None, _first), (_first, _second), (_first, _keep), (_first, _back)]
)
def test_thinning_out_is_taken_back_wherever_it_was_cut_off(
    tmp_path: Path, mine: str, before: Callable[[Workday], None] | None, does: Callable[[Workday], None]
) -> None:
    for writes in range(200):
        shop = shop_folder(tmp_path / f"shop{writes}", routine=mine)
        start = in_routine(shop)
        if before is not None:
            before(opened(shop))
        if not killed_after(writes, shop, does):
            break
        again = opened(shop)
        if "live" in thinning.choices(again):
            thinning.take_back(again, "live")
        assert in_routine(shop) == start, f"killed after {writes} writes"
        assert thinning.choices(again) == {}
        assert (shop / "routine.toml").exists() or not mine
    assert 3 < writes < 199


def test_a_choice_cut_off_is_made_again_as_if_nothing_had_been(tmp_path: Path) -> None:
    for writes in range(200):
        shop = shop_folder(tmp_path / f"shop{writes}")
        if not killed_after(writes, shop, _first):
            break
        workday = opened(shop)
        _second(workday)
        assert in_routine(shop) == Frequency(repeat=thinning.WEEKLY)
        assert thinning.choices(workday) == {"live": "Mondays only"}
        _back(workday)
        assert in_routine(shop) == Frequency()


def test_a_routine_that_cannot_be_changed_leaves_no_choice_behind(shop: Path) -> None:
    text = "drop = 7\n"
    workday = opened(shop)
    (shop / "routine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings):
        _first(workday)
    assert thinning.choices(workday) == {}
    assert (shop / "routine.toml").read_text(encoding="utf-8") == text


def test_a_routine_saved_again_and_again_leaves_the_choice_as_it_was(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workday = opened(shop)
    _second(workday)
    file = shop / "routine.toml"
    text = file.read_text(encoding="utf-8")
    before_each_rename(monkeypatch, lambda n: save(file, f"{text}# save {n}\n"), most=TRIES)
    with pytest.raises(CannotWrite, match="Nothing was changed"):
        _first(workday)
    assert thinning.choices(workday) == {"live": "Mondays only"}
    assert in_routine(shop) == Frequency(repeat=thinning.WEEKLY)
    _back(workday)
    assert in_routine(shop) == Frequency()


@FILES_ONLY
def test_without_a_journal_to_write_in_nothing_is_thinned_out(
    shop: Path,
) -> None:
    workday = opened(shop)
    with journal_shut(shop), pytest.raises(CannotWrite):
        _first(workday)
    assert not (shop / "routine.toml").exists()
    assert thinning.choices(workday) == {}


@FILES_ONLY
def test_a_step_put_back_without_a_word_in_the_journal_is_put_back_again(shop: Path) -> None:
    workday = opened(shop)
    _first(workday)
    with journal_shut(shop), pytest.raises(CannotWrite, match="as before again"):
        _back(workday)
    assert in_routine(shop) == Frequency()
    assert thinning.choices(workday) == {"live": "leave out"}
    _back(workday)
    assert thinning.choices(workday) == {}


def test_of_two_who_choose_the_first_ones_before_is_kept(shop: Path) -> None:
    """Both looked when nothing was chosen; what there was before the first choice can still be had back."""
    one, other = opened(shop), opened(shop)
    assert thinning.choices(other) == {}
    _first(one)
    _second(other)
    _back(opened(shop))
    assert in_routine(shop) == Frequency()


def test_thinning_out_is_nothing_to_do_before_noon(shop: Path) -> None:
    workday = month(shop)
    thinning.choose(workday, "live", "leave out")
    assert workday.ask("hands_on").verdict.text.startswith("Nothing was decided this morning")
