"""Where the day stands: on time, late, ahead, interrupted, past midnight."""

from __future__ import annotations

from datetime import timedelta

from routines.plan.schedule import agenda
from tests.routines.days import MONDAY, TUESDAY, at, boxes, entry, happened, plan_of, stands

DONE_MORNING = [
    line
    for step, begin, end in (
        ("target", "08:30", "08:45"), ("stock", "08:45", "08:55"), ("drivers", "08:55", "09:10"),
        ("rivals", "09:10", "09:30"), ("reviews", "09:30", "09:40"), ("paid", "09:40", "10:00"),
        ("campaigns", "10:00", "10:08"), ("checks", "10:08", "10:15"), ("standup", "10:15", "10:30"),
    )
    for line in ((begin, "started", step), (end, "done", step))
]  # fmt: skip


def test_on_time_the_day_is_as_written() -> None:
    found = stands("08:30")
    assert boxes(found)[:3] == ["target 08:30-08:45", "stock 08:45-08:55", "drivers 08:55-09:10"]
    assert boxes(found)[-1] == "summary 21:50-22:00"
    assert found.behind_minutes == 0
    assert found.proposal is None
    assert found.overruns == ()
    assert found.current is not None
    assert found.current.step.id == "target"


def test_before_the_day_begins_nothing_is_due() -> None:
    found = stands("07:50")
    assert {line.state for line in found.lines} == {"later"}
    assert found.current is not None
    assert found.current.step.id == "target"
    assert found.next_deadline is not None
    assert found.next_deadline.minutes_left == 160


def test_the_next_deadline_is_the_end_of_steps_1_to_9_then_noon() -> None:
    morning = stands("09:00").next_deadline
    assert morning is not None
    assert (morning.at, morning.minutes_left, morning.open_steps) == (at("10:30"), 90, 9)
    noon = stands("10:40", *DONE_MORNING).next_deadline
    assert noon is not None
    assert (noon.at, noon.open_steps) == (at("12:00"), 1)
    assert stands("12:10", *DONE_MORNING, ("12:00", "done", "hands_on")).next_deadline is None


def test_in_the_evening_the_time_of_the_morning_s_steps_is_over() -> None:
    found = stands("20:00")
    morning = [line for line in found.lines if line.block.id == "analysis"]
    assert all(line.missed for line in morning)
    assert not any(line.missed for line in found.lines if line.block.id == "evening")
    assert found.proposal is not None
    assert found.proposal.deadline == at("10:30"), "long passed: nothing is won before it"


def test_what_does_not_fit_any_more_is_not_missed_while_its_block_goes_on() -> None:
    found = stands("10:05")
    assert any(line.no_room for line in found.lines)
    assert not any(line.missed for line in found.lines)


def test_a_little_late_the_boxes_of_the_block_shrink_and_end_on_time() -> None:
    found = stands("08:50")
    morning = [line for line in found.lines if line.block.id == "analysis"]
    assert all(line.step.minimum <= line.minutes <= line.step.minutes for line in morning)
    assert morning[-1].end == at("10:30")
    assert sum(line.minutes for line in morning) == 100
    assert found.behind_minutes == 20
    assert found.proposal is None


def test_opening_at_10_05_three_steps_are_done_properly_and_the_rest_is_proposed_for_dropping() -> None:
    found = stands("10:05")
    assert found.behind_minutes == 95
    assert boxes(found, ["target", "stock", "drivers", "rivals", "paid", "checks", "standup"]) == [
        "target 10:05-10:15", "drivers 10:15-10:25", "checks 10:25-10:30",
    ]  # fmt: skip
    assert found.proposal is not None
    assert found.proposal.enough
    assert found.proposal.steps == ("stock", "rivals", "reviews", "paid", "campaigns", "standup")
    assert all(found.line(step).no_room for step in found.proposal.steps)
    assert found.overruns == ()
    assert found.line("hands_on").start == at("10:30")


def test_accepting_the_proposal_ends_it() -> None:
    before = stands("10:05")
    assert before.proposal is not None
    after = stands("10:05", ("10:05", "dropped", "", {"steps": list(before.proposal.steps)}))
    assert after.proposal is None
    assert all(after.line(step).state == "dropped" for step in before.proposal.steps)
    kept = [line.step.id for line in after.lines if not line.no_room and line.state != "dropped"]
    assert boxes(after, kept) == boxes(before, kept)


def test_what_to_leave_out_stays_the_same_while_the_first_of_the_three_is_worked_on() -> None:
    found = stands("10:13", ("10:05", "started", "target"))
    assert found.proposal is not None
    assert found.proposal.steps == ("stock", "rivals", "reviews", "paid", "campaigns", "standup")
    assert found.line("target").visit == (at("10:05"), at("10:15"))


def test_who_began_in_time_and_is_slow_keeps_all_must_steps() -> None:
    found = stands("10:05", *DONE_MORNING[:6])
    assert found.proposal is None or set(found.proposal.steps) <= {"reviews", "campaigns"}
    assert not any(found.line(step).no_room for step in ("rivals", "paid", "checks", "standup"))
    assert found.line("standup").end == at("10:30")


def test_when_even_the_must_steps_do_not_fit_it_says_by_how_much() -> None:
    found = stands("10:20", *DONE_MORNING[:4])
    assert found.proposal is not None
    assert not found.proposal.enough
    assert [(one.block.id, one.minutes) for one in found.overruns] == [("analysis", 8)]
    assert found.line("hands_on").start == at("10:38")
    assert found.line("hands_on").end == at("12:00")


def test_the_morning_begun_after_its_end_is_its_three_steps_and_hands_on_begins_later() -> None:
    found = stands("10:40")
    assert boxes(found)[:4] == [
        "target 10:40-10:50", "drivers 10:50-11:00", "checks 11:00-11:05", "hands_on 11:05-12:00",
    ]  # fmt: skip


def test_coming_after_noon_it_offers_a_short_catch_up_and_no_row_is_empty() -> None:
    found = stands("13:10")
    assert found.catch_up == ("target", "drivers", "checks")
    assert boxes(found)[:4] == [
        "target 13:10-13:13", "drivers 13:13-13:16", "checks 13:16-13:18", "hands_on 13:18-13:30",
    ] or boxes(found)[:3] == ["target 13:10-13:13", "drivers 13:13-13:16", "checks 13:16-13:18"]  # fmt: skip
    assert found.current is not None
    assert found.current.step.id == "target"
    assert sum(found.line(step).minutes for step in found.catch_up) <= 10
    assert found.proposal is not None
    assert "standup" in found.proposal.steps


def test_a_catch_up_that_is_begun_keeps_its_few_minutes() -> None:
    found = stands("13:11", ("13:10", "started", "target"))
    assert found.line("target").visit == (at("13:10"), at("13:13"))
    assert found.line("drivers").start == at("13:13")


def test_in_the_evening_nothing_is_caught_up_any_more() -> None:
    assert stands("19:50").catch_up == ("target", "drivers", "checks")
    assert stands("20:00").catch_up == ()


def test_after_the_deadline_must_steps_take_from_hands_on_optional_ones_do_not() -> None:
    found = stands("10:31", *DONE_MORNING[:10])
    assert boxes(found, ["paid", "standup", "hands_on"]) == [
        "paid 10:31-10:35",
        "standup 10:38-10:43",
        "hands_on 10:43-12:00",
    ]
    assert found.proposal is not None
    assert found.proposal.steps == ("campaigns",)


def test_the_afternoon_does_not_drag_the_whole_morning_along() -> None:
    found = stands("13:35", *DONE_MORNING[:6], ("10:20", "done", "checks"))
    assert found.current is not None
    assert found.current.step.id == "breakdown"
    assert found.line("paid").state == "late"
    assert found.line("paid").no_room
    assert found.behind_minutes == 5
    assert found.behind_the_clock == 6


def test_being_ahead_moves_nothing_forward() -> None:
    found = stands("08:40", ("08:30", "started", "target"), ("08:38", "done", "target"))
    assert found.behind_minutes == 0
    assert boxes(found, ["stock", "drivers"]) == ["stock 08:45-08:55", "drivers 08:55-09:10"]
    assert found.current is not None
    assert found.current.step.id == "stock"


def test_done_steps_keep_their_times() -> None:
    lines = (("08:31", "started", "target"), ("08:52", "done", "target"))
    for now in ("08:52", "09:40", "11:00", "21:00"):
        line = stands(now, *lines).line("target")
        assert (line.start, line.end, line.state, line.used_minutes) == (at("08:31"), at("08:52"), "done", 21)


def test_a_box_keeps_its_end_when_it_takes_longer_and_the_next_one_moves() -> None:
    found = stands("08:53", ("08:30", "started", "target"))
    line = found.line("target")
    assert (line.visit, line.end, line.over_minutes) == ((at("08:30"), at("08:45")), at("08:45"), 8)
    assert found.behind_minutes == 8
    assert found.line("stock").start == at("08:53")
    assert found.current is not None
    assert found.current.state == "running"


def test_a_box_is_not_over_at_its_end_and_is_a_minute_later() -> None:
    assert stands("08:45", ("08:30", "started", "target")).line("target").over_minutes == 0
    assert stands("08:46", ("08:30", "started", "target")).line("target").over_minutes == 1


def test_begun_at_10_22_and_open_until_two_it_is_over_by_what_its_own_box_says() -> None:
    found = stands("14:00", ("10:22", "started", "target"))
    line = found.line("target")
    assert line.visit == (at("10:22"), at("10:27"))
    assert (line.over_minutes, line.used_minutes) == (213, 218)
    assert found.behind_minutes == 315
    assert found.catch_up == ("drivers", "checks")


def test_the_time_of_a_visit_without_keys_stops_with_the_last_one() -> None:
    left = {"until": at("10:24").isoformat()}
    found = stands("14:00", ("10:22", "started", "target"), ("10:44", "left", "target", left))
    line = found.line("target")
    assert (line.used_minutes, line.idle_since) == (2, at("10:24"))
    assert (line.visit, line.over_minutes) == ((at("10:22"), at("10:27")), 213)
    assert found.current is not None
    assert found.current.step.id == "target", "it was not finished, and its person is back"
    again = stands(
        "14:10",
        ("10:22", "started", "target"),
        ("10:44", "left", "target", left),
        ("14:00", "started", "target"),
    ).line("target")
    assert (again.used_minutes, again.idle_since, again.state) == (12, None, "running")
    assert (again.visit, again.over_minutes) == ((at("10:22"), at("10:27")), 223)


def test_what_was_left_open_waits_until_nothing_else_is_due() -> None:
    left = (("08:30", "started", "target"), ("08:46", "started", "stock"), ("08:54", "done", "stock"))
    found = stands("08:56", *left)
    assert found.current is not None
    assert found.current.step.id == "drivers"
    found = stands("08:54", *left)
    assert found.current is not None
    assert found.current.step.id == "target", "nothing else is due yet"


def test_taking_a_skip_or_a_drop_back_opens_the_step_and_begins_nothing() -> None:
    for gone in (
        ("08:31", "skipped", "stock", {"reason": "later"}),
        ("08:31", "dropped", "", {"steps": ["stock"]}),
    ):
        line = stands("08:40", gone, ("08:32", "restored", "stock")).line("stock")
        assert (line.state, line.reason, line.used_minutes) == ("later", "", None)
    done = (("08:30", "started", "target"), ("08:40", "done", "target"), ("08:41", "restored", "target"))
    line = stands("08:42", *done).line("target")
    assert (line.state, line.used_minutes) == ("due", 10)


def test_a_break_does_not_count_as_work() -> None:
    found = stands(
        "09:30", ("08:30", "started", "target"), ("08:40", "left", "target"), ("09:25", "started", "target")
    )
    line = found.line("target")
    assert line.used_minutes == 15
    assert (line.start, line.state) == (at("09:25"), "running")


def test_extending_gives_minutes_and_takes_them_from_the_rest() -> None:
    found = stands("08:40", ("08:30", "started", "target"), ("08:40", "extended", "target", {"minutes": 10}))
    assert found.line("target").end == at("08:55")
    assert found.line("standup").end == at("10:30")
    assert found.line("stock").shrunk


def test_skipping_says_why_and_gives_its_time_back() -> None:
    found = stands("08:46", ("08:46", "skipped", "target", {"reason": "no export yet"}))
    assert (found.line("target").state, found.line("target").reason) == ("skipped", "no export yet")
    assert boxes(found, ["stock"]) == ["stock 08:46-08:56"]
    assert found.line("drivers").end == at("09:11")


def test_a_step_taken_out_of_its_turn_lies_before_what_waits() -> None:
    found = stands("08:35", ("08:35", "started", "summary"))
    assert found.line("summary").start == at("08:35")
    assert found.line("target").start == at("08:45")


def test_two_people_at_work_are_both_running() -> None:
    first, second = entry("09:10", "started", "rivals"), entry("09:12", "started", "paid", number=1)
    li = second._replace(who="Li")
    found = agenda(plan_of(), (first, li), at("09:15"))
    assert found.line("rivals").state == found.line("paid").state == "running"
    assert found.line("paid").start == at("09:12")
    assert found.line("rivals").start >= found.line("paid").end


def test_on_mondays_the_page_check_makes_the_others_shorter() -> None:
    found = stands("08:30", day=MONDAY)
    assert found.line("page").state == "later"
    assert found.line("standup").end == at("10:30", MONDAY)
    assert found.behind_minutes == 0


def test_after_midnight_the_evening_is_still_todays() -> None:
    found = agenda(plan_of(), (), at("24:30"))
    assert found.current is not None
    assert found.current.step.id == "evening_ads"
    assert found.line("summary").end == at("24:43")


def test_when_the_day_is_over_nothing_more_is_laid_out() -> None:
    found = agenda(
        plan_of(), happened(("08:30", "started", "target"), ("08:45", "done", "target")), at("33:00")
    )
    assert found.line("target").state == "done"
    assert {line.state for line in found.lines} == {"done", "late"}
    assert found.next_deadline is None
    assert found.proposal is None
    assert found.behind_minutes == 0


def test_tomorrow_lies_as_planned() -> None:
    found = agenda(plan_of(TUESDAY + timedelta(days=1)), (), at("10:00"))
    assert {line.state for line in found.lines} == {"later"}
    assert found.behind_minutes == 0


def test_a_day_without_steps_has_no_current() -> None:
    empty = plan_of()
    empty = type(empty)(empty.day, empty.kind, ())
    assert agenda(empty, (), at("09:00")).current is None
