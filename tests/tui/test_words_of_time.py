"""What the agenda says of a step and of the day: minutes left, over, ahead and behind, and who is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.shop.presence import Present
from routines.plan.schedule import Agenda, AgendaLine
from tests.routines.days import at, stands
from tui.text.sanitize import Part
from tui.widgets.agenda import minutes_words, state_words
from tui.widgets.presence import finish_words, here_words, presence_words
from tui.widgets.timing import box_bar, box_words, deadline_words, minutes_until, now_line, pace_words, span


def plain(parts: Sequence[Part]) -> str:
    return "".join(part if isinstance(part, str) else part[0] for part in parts)


def box(found: Agenda, step: str, text: str, *, bar: bool = True) -> str:
    return plain(box_words(found.line(step), at(text), bar=bar))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h 00"), (125, "2 h 05"), (-59, "-59 min"), (-61, "1 h 01")],
)
def test_an_hour_and_more_is_told_in_hours(minutes: int, words: str) -> None:
    assert span(minutes) == words


def test_a_minute_that_has_begun_counts_as_left() -> None:
    nine = at("09:00")
    assert minutes_until(nine, nine) == 0
    assert minutes_until(nine, nine - timedelta(seconds=1)) == 1
    assert minutes_until(nine, nine - timedelta(seconds=61)) == 2
    assert minutes_until(nine, nine + timedelta(seconds=59)) == 0
    assert minutes_until(nine, nine + timedelta(seconds=60)) == -1


@pytest.mark.parametrize(
    ("part", "bar"), [(-1, "----------"), (0.04, "----------"), (0.5, "#####-----"), (2, "##########")]
)
def test_the_bar_is_full_when_the_time_is_up(part: float, bar: str) -> None:
    assert box_bar(part) == bar


def test_a_box_tells_its_hours_and_the_minutes_left() -> None:
    begun = ("08:30", "started", "target")
    assert box(stands("08:40", begun), "target", "08:40") == "08:30-08:45  5 min left  #######---"
    assert box(stands("08:40", begun), "target", "08:40", bar=False) == "08:30-08:45  5 min left"
    assert box(stands("08:45", begun), "target", "08:45") == "08:30-08:45  time is up"
    assert box(stands("08:50", begun), "target", "08:50") == "08:30-08:45  5 min over"
    done = stands("08:50", begun, ("08:43", "done", "target"))
    assert box(done, "target", "08:50") == "13 min used"
    assert box(stands("08:30"), "stock", "08:30").endswith("starts in 15 min")


def test_the_length_of_a_step_is_its_box_and_once_it_is_done_the_minutes_used() -> None:
    begun = ("08:30", "started", "target")
    assert minutes_words(stands("08:30").line("target")) == "15m"
    assert (
        minutes_words(stands("08:40", begun, ("08:40", "extended", "target", {"minutes": 5})).line("target"))
        == "20m"
    )
    assert minutes_words(stands("08:50", begun, ("08:43", "done", "target")).line("target")) == "13m"
    assert minutes_words(stands("08:50", begun, ("08:30", "done", "target")).line("target")) == "<1m"
    assert minutes_words(stands("12:30").line("target")) == "3m", "to catch up"
    late = stands("12:30").line("stock")
    assert (late.no_room, minutes_words(late)) == (True, "-")


def test_each_state_has_its_word() -> None:
    found = stands(
        "09:00", ("08:30", "started", "target"), ("08:43", "done", "target"),
        ("08:44", "skipped", "stock", {"reason": "x"}), ("08:45", "dropped", "", {"steps": ["reviews"]}),
        ("08:50", "started", "drivers"),
    )  # fmt: skip
    said = {step: state_words(found.line(step)) for step in ("target", "stock", "reviews", "drivers", "paid")}
    assert said == {
        "target": "done", "stock": "skipped", "reviews": "dropped", "drivers": "running", "paid": "later",
    }  # fmt: skip
    assert state_words(stands("08:31").line("target")) == "due now"
    assert state_words(stands("08:50").line("target")) == "late"


def test_the_day_is_behind_on_time_or_ahead() -> None:
    assert pace_words(stands("08:30"), at("08:30")) == ("on time", "$level-good")
    ahead = stands("08:35", ("08:30", "started", "target"), ("08:35", "done", "target"))
    assert pace_words(ahead, at("08:35")) == ("10 min ahead", "$level-good")
    behind = stands("09:00", ("08:50", "started", "target"))
    words = f"{behind.behind_minutes} min behind"
    assert pace_words(behind, at("09:00")) == (words, "bold $level-watch")
    assert behind.behind_minutes > 0
    opened = stands("08:50")._replace(behind_minutes=0, behind_the_clock=1)
    assert pace_words(opened, at("08:50")) == ("1 step open past its time", "bold $level-watch")


def test_the_next_deadline_is_told_with_what_is_open_before_it() -> None:
    found = stands("10:20")
    assert found.next_deadline is not None
    steps = found.next_deadline.open_steps
    assert plain(deadline_words(found)) == f"deadline 10:30 in 10 min, {steps} steps open"
    passed = found._replace(next_deadline=found.next_deadline._replace(minutes_left=-65, open_steps=1))
    assert plain(deadline_words(passed)) == "deadline 10:30 passed 1 h 05 ago, 1 step open"
    now = found._replace(next_deadline=found.next_deadline._replace(minutes_left=0, open_steps=2))
    assert plain(deadline_words(now)) == "deadline 10:30 in 0 min, 2 steps open"
    assert deadline_words(found._replace(next_deadline=None)) == ()


def test_the_line_of_now_names_the_current_step_and_is_cut_to_the_room() -> None:
    running = stands("08:40", ("08:30", "started", "target"))
    words = " Now  Target  08:30-08:45  5 min left  #######---"
    assert now_line(running, at("08:40"), 80).plain == words
    assert now_line(running, at("08:40"), len(words)).plain == words
    assert now_line(running, at("08:40"), 20).cell_length == 20
    assert now_line(stands("08:20"), at("08:20"), 80).plain.startswith(" Next step  Target  ")
    over: tuple[AgendaLine, ...] = ()
    assert now_line(Agenda(over, None, None, 0), at("22:00"), 80).plain == (
        " All of today's steps are done or left out."
    )


def test_others_are_named_where_they_are_four_at_most() -> None:
    titles = {"stock": "Stock"}.__getitem__
    assert presence_words([], titles) == ""
    two = [Present("林夕", "stock"), Present("周岩", "")]
    assert presence_words(two, titles) == "林夕 in Stock  周岩 at the agenda"
    many = [Present(name, "stock") for name in "甲乙丙丁戊"]
    assert presence_words(many[:4], titles) == "  ".join(f"{name} in Stock" for name in "甲乙丙丁")
    assert presence_words(many, titles).endswith("丁 in Stock  1 more")
    assert here_words(two, "stock") == "also in this step: 林夕"
    assert here_words(two, "target") == ""
    assert here_words(many, "stock").startswith("also in this step: ")


def test_who_finished_a_step_is_told_when_they_were_several() -> None:
    assert finish_words([]) == finish_words(["林夕"]) == ""
    assert finish_words(["林夕", "周岩"]).startswith("finished by 林夕")
