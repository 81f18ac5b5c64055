"""What was done of what was planned, what is kept by its figure, and what comes first tomorrow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import About, Answer, Finding, LevelName, Proposal, Verdict, finding
from core.language.wording import text
from core.topics.evening.tally import FIRST_THINGS, first_things, first_tomorrow, kept_in, looked_at, tally
from tests.topics.tables import MONDAY, shop
from tests.topics.writing import Journal


def answered(*findings: Finding) -> Answer:
    return Answer(Verdict("info", "So."), findings)


def reached(level: LevelName, step: str = "wrapup", kind: str = "reached") -> Finding:
    return finding(step, kind, level, "Reached.", about=About(entry="0007"))


def urgent(word: str, level: LevelName = "act") -> Finding:
    ask = Proposal("promotion", f"Delete {word}")
    return finding("paid", "delete", level, f"{word} loses money.", ask, about=About(item="9", word=word))


@pytest.mark.parametrize(
    ("kind", "step"), [("promise", "standup"), ("reached", "wrapup"), ("reached", "summary")]
)
def test_an_action_is_kept_when_its_figure_is_reached(kind: str, step: str) -> None:
    assert kept_in(None, answered(reached("good", step, kind))) == {"0007"}


def test_what_is_not_good_or_about_no_action_is_not_kept() -> None:
    about_nothing = finding("summary", "reached", "good", "Everything.")
    assert kept_in(answered(reached("watch"), reached("good", kind="open"), about_nothing)) == frozenset()


def test_the_day_is_counted_from_its_plan_and_its_actions() -> None:
    journal = Journal(MONDAY)
    assert not looked_at(journal.past)
    assert not tally(journal.past).written
    journal.opened({"paid": 20, "stock": 15, "summary": 10})
    journal.worked("paid", "09:00", "09:12")
    journal.shown("paid", answered())
    late = journal.promise("Order coats")
    journal.promise("Ask the mill", due=(MONDAY + timedelta(days=1)).isoformat())
    found = tally(journal.past)
    assert (found.steps, found.steps_done, found.missed) == (2, 1, ("stock",))
    assert (found.planned, found.used, found.written) == (45, 12, True)
    assert [one.id for one in found.overdue] == [late]
    assert found.actions == 1
    assert tally(journal.past, kept=(late,)).overdue == ()
    assert looked_at(journal.past)


def test_what_is_done_handed_on_or_dropped_today_is_counted_apart() -> None:
    journal = Journal(MONDAY)
    names = {state: journal.promise(state) for state in ("done", "handed", "dropped", "open")}
    for state in ("done", "handed", "dropped"):
        journal.write("action-update", "standup", action=names[state], state=state)
    found = tally(journal.past)
    assert [one.id for one in found.acted] == [names["done"]]
    assert [one.id for one in found.handed] == [names["handed"]]
    assert [one.id for one in found.open] == [names["open"]]


@pytest.mark.parametrize(("days", "first"), [(0, True), (1, True), (2, False)])
def test_what_is_due_by_tomorrow_comes_first(days: int, *, first: bool) -> None:
    journal = Journal(MONDAY)
    journal.promise("Order coats", due=(MONDAY + timedelta(days=days)).isoformat())
    assert tuple(map(text, first_tomorrow(journal.past, shop()))) == (
        ("Order coats (周岩)",) if first else ()
    )


def test_what_was_urgent_and_nobody_took_on_comes_next() -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", answered(urgent("毛衣女"), urgent("外套"), urgent("裤子"), urgent("帽子", "watch")))
    journal.shown("standup", answered(urgent("会上")))
    journal.write("action", "paid", text="Delete 外套", finding=urgent("外套").key)
    journal.write("decision", "paid", key=urgent("裤子").key, choice="keep")
    journal.promise("Order coats")
    assert tuple(map(text, first_tomorrow(journal.past, shop()))) == (
        "Order coats (周岩)",
        "毛衣女 loses money.",
    )


def test_the_same_sentence_comes_once_and_five_are_enough() -> None:
    asked = [urgent("毛衣女"), urgent("毛衣女"), *(urgent(str(n)) for n in range(9))]
    first = first_things([], asked, (), MONDAY)
    assert first == ("毛衣女 loses money.", *(f"{n} loses money." for n in range(4)))
    assert len(first) == FIRST_THINGS == 5
