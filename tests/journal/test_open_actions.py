"""What is still open, from the kept entries: always what reading every day again would say."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.journal.actions import Action, actions
from core.journal.book import Book
from core.journal.multi_day_index import LOOK_BACK, MultiDayIndex
from core.journal.open_actions import OpenActions
from core.journal.store import StoredDay
from tests.conftest import AnyStore

MONDAY = date(2026, 11, 16)
SHANGHAI = ZoneInfo("Asia/Shanghai")

pytestmark = pytest.mark.usefixtures("any_store")


def agree(shop: Path, day: date, text: str) -> str:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
    return Book(shop).append(day, at=at, who="陈晓", kind="action", data={"text": text}).id


def say(shop: Path, day: date, action: str, state: str) -> None:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
    Book(shop).append(day, at=at, who="陈晓", kind="action-update", data={"action": action, "state": state})


def still_open(shop: Path, day: date) -> list[str]:
    """Return the texts, as a session just begun sees them; and hold them against all days read again."""
    index = MultiDayIndex(Book(shop))
    found = OpenActions(index).up_to(day)
    assert found == read_again(shop, day)
    return [action.text for action in found]


def read_again(shop: Path, day: date) -> tuple[Action, ...]:
    every = actions(MultiDayIndex(Book(shop), cache=shop / "nowhere").lasting(day))
    return tuple(action for action in every if action.state in ("open", "handed"))


def test_what_was_left_open_is_there_the_next_mornings(tmp_path: Path) -> None:
    first = agree(tmp_path, MONDAY, "补货")
    agree(tmp_path, MONDAY, "换主图")
    assert still_open(tmp_path, MONDAY) == ["补货", "换主图"]
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    assert still_open(tmp_path, tuesday) == ["补货", "换主图"]
    say(tmp_path, tuesday, first, "done")
    agree(tmp_path, tuesday, "回访差评")
    assert still_open(tmp_path, tuesday) == ["换主图", "回访差评"]
    assert still_open(tmp_path, wednesday) == ["换主图", "回访差评"]


def test_a_closed_action_taken_up_again_is_open_again(tmp_path: Path) -> None:
    first = agree(tmp_path, MONDAY, "补货")
    say(tmp_path, MONDAY, first, "dropped")
    thursday = MONDAY + timedelta(days=3)
    assert still_open(tmp_path, thursday) == []
    say(tmp_path, thursday, first, "open")
    assert still_open(tmp_path, thursday) == ["补货"]
    assert still_open(tmp_path, thursday + timedelta(days=1)) == ["补货"]


def test_a_late_word_on_an_earlier_day_counts(tmp_path: Path) -> None:
    first = agree(tmp_path, MONDAY, "补货")
    friday = MONDAY + timedelta(days=4)
    agree(tmp_path, friday - timedelta(days=1), "换主图")
    assert still_open(tmp_path, friday) == ["补货", "换主图"]
    say(tmp_path, MONDAY + timedelta(days=1), first, "done")
    assert still_open(tmp_path, friday) == ["换主图"]


def test_looking_at_an_earlier_day_shows_what_was_open_then(tmp_path: Path) -> None:
    first = agree(tmp_path, MONDAY, "补货")
    say(tmp_path, MONDAY + timedelta(days=2), first, "done")
    friday = MONDAY + timedelta(days=4)
    assert still_open(tmp_path, friday) == []
    assert still_open(tmp_path, MONDAY + timedelta(days=1)) == ["补货"]
    assert still_open(tmp_path, friday) == []


def test_what_was_agreed_on_more_than_a_year_ago_is_forgotten(tmp_path: Path) -> None:
    agree(tmp_path, MONDAY, "补货")
    last = MONDAY + timedelta(days=LOOK_BACK)
    assert still_open(tmp_path, last) == ["补货"]
    assert still_open(tmp_path, last + timedelta(days=1)) == []


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"layout": 1}', '{"layout": 1, "days": [["x", 1]]}'])
def test_a_cache_that_is_none_costs_nothing_but_time(tmp_path: Path, kept: str) -> None:
    agree(tmp_path, MONDAY, "补货")
    still_open(tmp_path, MONDAY + timedelta(days=1))
    (tmp_path / "cache/journal/open.json").write_text(kept, encoding="utf-8")
    assert still_open(tmp_path, MONDAY + timedelta(days=1)) == ["补货"]


def test_a_morning_reads_no_day_but_the_last_ones(
    any_store: AnyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for back in range(30):
        agree(tmp_path, MONDAY - timedelta(days=back), f"第 {back} 件")
    still_open(tmp_path, MONDAY)
    days: list[date] = []
    really = any_store.read

    def read(self: Any, day: date) -> StoredDay:
        days.append(day)
        return really(self, day)

    monkeypatch.setattr(any_store, "read", read)
    assert len(OpenActions(MultiDayIndex(Book(tmp_path))).up_to(MONDAY)) == 30
    assert MONDAY in days
    assert set(days) <= {MONDAY, MONDAY - timedelta(days=1)}


@pytest.mark.parametrize("seed", range(4))
def test_any_weeks_of_any_work_say_the_same_as_all_days_read_again(tmp_path: Path, seed: int) -> None:
    chance, agreed = Random(seed), [agree(tmp_path, MONDAY, "0")]
    day, held = MONDAY, OpenActions(MultiDayIndex(Book(tmp_path)))
    for number in range(60):
        day += timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 150)))
        where = day - timedelta(days=chance.choice((0, 0, 0, 0, 1, 5)))
        if chance.random() < 0.4:
            agreed.append(agree(tmp_path, where, str(number)))
        else:
            say(tmp_path, where, chance.choice(agreed), chance.choice(("done", "dropped", "handed", "open")))
        if chance.random() < 0.5:
            held = OpenActions(MultiDayIndex(Book(tmp_path)))
        assert held.up_to(day) == read_again(tmp_path, day)
