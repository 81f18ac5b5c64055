"""What was not done on its day comes along as one line with its age; from the third day on it is decided."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.actions.overdue_actions import age, age_words, carried, undecided
from core.journal.actions import Action, actions
from core.journal.entry import Entry
from core.language.speech import speak
from tests.routines.days import CHINA

MONDAY = date(2026, 11, 16)


class Log:
    """Actions as the journal holds them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def agreed(self, text: str, *, back: int, due: int | None = None) -> str:
        """Agree so many days before Monday, due so many days before it."""
        when = None if due is None else (MONDAY - timedelta(days=due)).isoformat()
        return self._add("action", back, {"text": text, "owner": "周岩", "due": when})

    def said(self, action: str, state: str, *, back: int = 0, **words: str) -> None:
        self._add("action-update", back, {"action": action, "state": state, **words})

    def _add(self, kind: str, back: int, data: dict[str, object]) -> str:
        day = MONDAY - timedelta(days=back)
        at = datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)
        number = f"e{len(self.entries)}"
        self.entries.append(Entry(number, at, "沈岚", kind, "standup", data, day))  # type: ignore[arg-type]
        return number

    @property
    def actions(self) -> tuple[Action, ...]:
        return actions(self.entries)


def texts(found: tuple[Action, ...]) -> list[str]:
    return [one.text for one in found]


def test_what_is_due_today_or_later_or_done_is_not_left_over() -> None:
    log = Log()
    log.agreed("today", back=3, due=0)
    log.agreed("later", back=3, due=-2)
    log.said(log.agreed("done", back=5, due=2), "done", back=1)
    log.said(log.agreed("dropped", back=5, due=2), "dropped", back=1, reason="no")
    assert texts(carried(log.actions, MONDAY)) == []
    assert texts(undecided(log.actions, MONDAY)) == []


def test_the_day_it_is_in_counts_from_the_day_it_was_due() -> None:
    log = Log()
    log.agreed("one", back=9, due=3)
    (one,) = carried(log.actions, MONDAY)
    assert age(one, MONDAY) == 4
    assert age_words(one, MONDAY) == "day 4"
    speak("zh")
    assert age_words(one, MONDAY) == "第4天"


def test_a_new_day_agreed_on_does_not_make_it_younger() -> None:
    log = Log()
    log.said(log.agreed("one", back=9, due=5), "open", back=2, due=(MONDAY - timedelta(days=1)).isoformat())
    (one,) = carried(log.actions, MONDAY)
    assert (one.text, age(one, MONDAY)) == ("one", 6)


def test_one_put_off_to_a_later_day_rests_until_then() -> None:
    log = Log()
    log.said(log.agreed("one", back=9, due=5), "open", due=(MONDAY + timedelta(days=2)).isoformat())
    assert texts(carried(log.actions, MONDAY)) == []
    assert texts(carried(log.actions, MONDAY + timedelta(days=2))) == ["one"]


def test_on_the_second_day_nobody_is_asked_and_on_the_third_somebody_is() -> None:
    log = Log()
    log.agreed("second day", back=2, due=1)
    log.agreed("third day", back=3, due=2)
    assert texts(carried(log.actions, MONDAY)) == ["third day", "second day"]
    assert texts(undecided(log.actions, MONDAY)) == ["third day"]


def test_a_choice_counts_for_its_day_only() -> None:
    log = Log()
    log.said(log.agreed("one", back=9, due=3), "open", due=MONDAY.isoformat())
    assert texts(undecided(log.actions, MONDAY)) == []
    assert texts(undecided(log.actions, MONDAY + timedelta(days=1))) == ["one"]


def test_handed_over_it_is_still_one_line() -> None:
    log = Log()
    log.said(log.agreed("one", back=9, due=3), "handed", owner="何萍")
    (one,) = carried(log.actions, MONDAY)
    assert (one.owner, age(one, MONDAY)) == ("何萍", 4)
