"""Edges of the team's steps: what is held back, taken up again, still running, told or left out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from core.answers.answer import Answer, Finding, Proposal, Table, Verdict
from core.topics.team import breakdown, hands_on, standup, summary, wrapup
from core.topics.team.meeting.agenda import AgendaItem, pooled
from core.topics.team.traffic_conflicts import grows, held_items, scaled_item
from tests.topics.tables import MONDAY, SUNDAY, shop, told_by, usual_shop
from tests.topics.team.test_breakdown_and_wrapup import BOUNCE, TEAM, found
from tests.topics.team.test_hands_on_and_summary import hours
from tests.topics.writing import ZONE, Journal

TUESDAY = MONDAY + timedelta(days=1)
NOON = datetime(2026, 6, 15, 12, 30, tzinfo=ZONE)
meeting, todo, owners = told_by(standup.agenda), told_by(hands_on.decisions), told_by(breakdown.owners)
evening, day = told_by(wrapup.evening), told_by(summary.day)


def rows(answer: Answer, name: str) -> tuple[tuple[object, ...], ...]:
    return next(one for one in answer.evidence if isinstance(one, Table) and one.name == name).rows


# ---- what is held back


@pytest.mark.parametrize(
    ("key", "level", "held"),
    [
        ("paid/scarce/d1", "watch", True),
        ("paid/worse/d1", "watch", True),
        ("promotion/scarce/d1", "watch", True),
        ("promotion/worse/d1", "watch", True),
        ("reviews/rise/d1", "watch", True),
        ("stock/order/d1", "act", True),
        ("stock/order/d1", "watch", False),
        ("stock/slow/d1", "act", False),
        ("paid/picture/d1", "act", False),
    ],
)
def test_what_holds_an_item_back(key: str, level: str, held: bool) -> None:  # noqa: FBT001
    journal = Journal(MONDAY)
    finding = Finding(key, level, "why")  # type: ignore[arg-type]
    journal.shown(key.split("/", maxsplit=1)[0], Answer(Verdict("act", "…"), (finding,)))
    assert held_items(journal.past) == ({"d1": "why"} if held else {})


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("paid/raise/d1/连衣裙", "d1"),
        ("paid/add/d1/连衣裙", "d1"),
        ("promotion/more/d1/keyword", "d1"),
        ("optimise/hero/d1", "d1"),
        ("optimise/title/d1", "d1"),
    ],
)
def test_findings_that_send_buyers_to_an_item(key: str, item: str) -> None:
    assert grows(key)
    assert scaled_item(key) == item


@pytest.mark.parametrize("key", ["paid/lower/d1/连衣裙", "rivals/hero/d1", "stock/order/d1", "0001", ""])
def test_findings_that_send_nobody(key: str) -> None:
    assert not grows(key)


@pytest.mark.parametrize(("held", "texts"), [(False, ["推连衣裙"]), (True, [])])
def test_a_broken_promise_is_taken_up_again_unless_something_speaks_against_it(
    held: bool,  # noqa: FBT001
    texts: list[str],
) -> None:
    journal = Journal(TUESDAY)
    journal.promise("推连衣裙", back=3, finding="optimise/hero/d1")
    if held:
        runs_out = Finding("stock/order/d1", "act", "连衣裙 lasts 3 days.")
        journal.shown("stock", Answer(Verdict("act", "…"), (runs_out,)))
    answer = meeting(journal.past, shop=shop(), today=TUESDAY)
    broken = [one for one in answer.findings if one.kind == "promise"]
    assert [one.text for one in broken] == ["Missed: 周岩, “推连衣裙”. It is not done yet."]
    assert [one.text for one in broken[0].proposals] == texts


# ---- the meeting


def test_on_mondays_the_promises_of_the_whole_week_are_told() -> None:
    for today, told in ((TUESDAY, []), (MONDAY, ["上周做完的"])):
        journal = Journal(today)
        old = journal.promise("上周做完的", back=5)
        journal.write("action-update", "standup", day=today - timedelta(days=4), action=old, state="done")
        journal.write("note", "target", day=today - timedelta(days=1), text="昨天开过会")
        answer = meeting(journal.past, shop=shop(), today=today)
        assert [row[0] for piece in answer.evidence if isinstance(piece, Table) and piece.name ==
                "Promises due" for row in piece.rows] == told  # fmt: skip


def test_a_broken_promise_alone_makes_the_meeting_one_to_watch() -> None:
    journal = Journal(TUESDAY)
    journal.shown("drivers", Answer(Verdict("good", "…")))
    kept = journal.promise("做完的", back=2)
    journal.write("action-update", "standup", action=kept, state="done")
    assert meeting(journal.past, shop=shop(), today=TUESDAY).verdict.level == "info"
    journal.promise("没做的", back=2)
    assert meeting(journal.past, shop=shop(), today=TUESDAY).verdict.level == "watch"


def test_a_promise_whose_figure_is_not_in_yet_is_counted_as_waiting() -> None:
    journal = Journal(TUESDAY)
    due = str(MONDAY)
    journal.promise("访客拉到 900", back=2, metric="visitors", direction="up", expected=900, due=due)
    answer = meeting(journal.past, usual_shop(), shop=shop(), today=TUESDAY)
    assert "1 promise cannot be checked yet: its figures are not imported." in answer.limits
    answer = meeting(journal.past, usual_shop(last=MONDAY), shop=shop(), today=TUESDAY)
    assert not [one for one in answer.limits if "cannot be checked yet" in one]


@pytest.mark.parametrize(("box", "minutes"), [(22, 22), (0, standup.MINUTES), (-5, standup.MINUTES)])
def test_a_plan_without_minutes_for_the_meeting_gives_it_the_usual_box(box: int, minutes: int) -> None:
    journal = Journal(TUESDAY)
    journal.opened({"standup": box})
    answer = meeting(journal.past, shop=shop(), today=TUESDAY)
    assert sum(row[0] for row in rows(answer, "Agenda") if isinstance(row[0], int)) == minutes


def test_an_urgent_problem_gets_more_of_the_minutes() -> None:
    journal = Journal(TUESDAY)
    problems = (Finding("a/b", "act", "Urgent"), Finding("a/c", "watch", "Not so"))
    journal.shown("drivers", Answer(Verdict("act", "…"), problems))
    given = {row[1]: row[0] for row in rows(meeting(journal.past, shop=shop(), today=TUESDAY), "Agenda")}
    assert given["Urgent"] > given["Not so"]  # type: ignore[operator]


def test_four_promises_get_more_minutes_than_one() -> None:
    def minutes(number: int) -> object:
        journal = Journal(TUESDAY)
        for n in range(number):
            journal.promise(f"第 {n} 件", back=2)
        journal.shown("drivers", Answer(Verdict("act", "…"), (Finding("a/b", "act", "Urgent"),)))
        return rows(meeting(journal.past, shop=shop(), today=TUESDAY), "Agenda")[0][0]

    assert minutes(4) > minutes(1)  # type: ignore[operator]


# ---- tasks


@pytest.mark.parametrize(
    ("item", "state", "held"),
    [("d1", "open", True), ("d1", "handed", True), ("d2", "open", False), ("d1", "dropped", False)],
)
def test_an_older_promise_takes_a_problem_in_hand_only_on_the_same_item_and_while_it_runs(
    item: str,
    state: str,
    held: bool,  # noqa: FBT001
) -> None:
    journal = Journal(MONDAY)
    ask = Proposal("promotion", "Lower", metric="cpc", item="d1")
    journal.shown("paid", found("paid/lower/d1/x", "watch", ask))
    name = journal.promise("降价", back=2, metric="cpc", item=item, due="2026-06-20")
    journal.write("action-update", "standup", day=SUNDAY, action=name, state=state)
    answer = owners(journal.past, shop=shop(team=TEAM), today=MONDAY)
    assert (answer.verdict.level == "good") is held


def test_what_was_agreed_and_dropped_is_decided_until_its_week_is_over() -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", found("paid/lower/d1/x", "act", Proposal("promotion", "Lower")))
    assert owners(journal.past, shop=shop(team=TEAM), today=MONDAY).verdict.level == "act"
    name = journal.write("action", "paid", text="降价", role="promotion", finding="paid/lower/d1/x")
    assert owners(journal.past, shop=shop(team=TEAM), today=MONDAY).verdict.level == "good"
    journal.write("action-update", "paid", action=name, state="dropped", reason="算了")
    dropped = owners(journal.past, shop=shop(team=TEAM), today=MONDAY)
    assert dropped.verdict.level == "good"
    assert "Dropped today 09:00 (小兰): 算了." in str(dropped.evidence)


@pytest.mark.parametrize(("back", "level"), [(6, "good"), (7, "act")])
def test_what_was_dropped_is_asked_again_a_week_later(back: int, level: str) -> None:
    journal = Journal(MONDAY)
    day = MONDAY - timedelta(days=back)
    name = journal.write("action", "paid", day=day, text="降价", role="promotion", finding="paid/lower/d1/x")
    journal.write("action-update", "paid", day=day, action=name, state="dropped", reason="算了")
    journal.shown("paid", found("paid/lower/d1/x", "act", Proposal("promotion", "Lower")))
    assert owners(journal.past, shop=shop(team=TEAM), today=MONDAY).verdict.level == level


@pytest.mark.parametrize(("level", "due"), [("act", "2026-06-15"), ("watch", "2026-06-16")])
def test_what_is_urgent_is_for_today_and_the_rest_for_tomorrow(level: str, due: str) -> None:
    journal = Journal(MONDAY)
    journal.shown("drivers", found("drivers/bounce", level, BOUNCE))
    answer = owners(journal.past, shop=shop(team=TEAM), today=MONDAY)
    assert [row[3] for row in rows(answer, "Problems and their owners")] == [due]


@pytest.mark.parametrize(("expected", "words"), [(19.5, "19.50"), (20.0, "20")])
def test_a_small_figure_is_told_with_its_digits(expected: float, words: str) -> None:
    journal = Journal(MONDAY)
    ask = Proposal("promotion", "More", metric="visitors", expected=expected)
    journal.shown("drivers", found("drivers/x", "watch", ask))
    answer = owners(journal.past, shop=shop(team=TEAM), today=MONDAY)
    assert [row[2] for row in rows(answer, "Problems and their owners")] == [f"visitors → {words}"]


def test_alone_in_the_shop_no_role_is_missed() -> None:
    journal = Journal(MONDAY)
    journal.shown("drivers", found("drivers/bounce", "watch", BOUNCE))
    answer = owners(journal.past, shop=shop(team=TEAM[:1]), today=MONDAY)
    assert not [one for one in answer.findings if one.kind == "unplayed"]


# ---- before noon


def test_a_point_talked_over_and_a_diet_choice_are_no_tasks() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "standup", key="stock/order/d1", choice="ticked")
    journal.write("decision", "content", key="diet/short", choice="raise")
    assert todo(journal.past, shop=shop(), today=MONDAY, now=NOON).evidence == ()
    journal.write("decision", "content", key="content/late/short", choice="raise")
    assert todo(journal.past, shop=shop(), today=MONDAY, now=NOON).evidence != ()


def test_an_older_action_closed_before_its_day_is_not_on_todays_list() -> None:
    journal = Journal(MONDAY)
    name = journal.promise("催货", back=3, due=MONDAY.isoformat())
    assert todo(journal.past, shop=shop(), today=MONDAY, now=NOON).evidence != ()
    journal.write("action-update", "standup", day=SUNDAY, action=name, state="done")
    assert todo(journal.past, shop=shop(), today=MONDAY, now=NOON).evidence == ()


def test_a_day_still_to_come_is_not_past_its_noon() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/word/d1/毛衣", choice="delete")
    before = NOON - timedelta(days=1)
    assert todo(journal.past, shop=shop(), today=MONDAY, now=before).verdict.level == "watch"


# ---- the evening


def test_hours_that_end_earlier_than_the_clock_are_said() -> None:
    def limits(last: int) -> tuple[str, ...]:
        given = hours(dict.fromkeys(range(last), 250.0))
        now = datetime(2026, 6, 15, 17, 30, tzinfo=ZONE)
        return evening(Journal(MONDAY).past, given, shop=shop(), today=MONDAY, now=now).limits

    assert "Today's hourly figures end at 15:00." in limits(15)
    assert not [one for one in limits(17) if "hourly figures end at" in one]


@pytest.mark.parametrize(("back", "settled"), [(1, True), (6, True), (7, False)])
def test_a_decision_of_the_last_days_settles_the_problem_that_did_not_change(
    back: int, *, settled: bool
) -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", found("paid/delete/d1/x", "act", Proposal("promotion", "Delete")))
    day = MONDAY - timedelta(days=back)
    journal.write("decision", "paid", day=day, key="paid/delete/d1/x", choice="observe")
    now = datetime(2026, 6, 15, 17, 30, tzinfo=ZONE)
    answer = evening(journal.past, shop=shop(team=TEAM), today=MONDAY, now=now)
    assert (answer.verdict.level != "act") is settled


def test_a_step_left_without_a_word_makes_the_summary_one_to_watch() -> None:
    journal = Journal(MONDAY)
    journal.opened({"target": 15, "summary": 10})
    night = datetime(2026, 6, 15, 21, 50, tzinfo=ZONE)
    assert day(journal.past, shop=shop(), today=MONDAY, now=night).verdict.level == "watch"
    journal.worked("target", "08:30", "08:40")
    assert day(journal.past, shop=shop(), today=MONDAY, now=night).verdict.level == "good"


# ---- what each number is


def test_what_a_meeting_cannot_hold_is_one_line_at_its_end() -> None:
    points = [AgendaItem(str(n), "周岩", "", 2.0) for n in range(14)]
    assert pooled(points[:12]) == points[:12]
    *kept, last = pooled(points)
    assert kept == points[:11]
    assert (last.who, last.aim, last.weight) == ("", "", 0.5)
    assert (
        told_by(lambda: Answer(Verdict("info", last.topic)))().verdict.text
        == "3 more topics; see their steps"
    )


def test_minutes_follow_urgency() -> None:
    """Of 15 minutes each topic has one; the other twelve go 2.5 : 1.5 : 1.5, the fixed budget being last."""
    journal = Journal(TUESDAY)
    problems = (Finding("a/b", "act", "Urgent"), Finding("a/c", "watch", "Not so"))
    journal.shown("drivers", Answer(Verdict("act", "…"), problems))
    given = rows(meeting(journal.past, shop=shop(), today=TUESDAY), "Agenda")
    assert [row[:2] for row in given] == [(7, "Urgent"), (4, "Not so"), (4, "Ad budget")]


@pytest.mark.parametrize(("number", "minutes"), [(3, 9), (4, 10), (6, 10)])
def test_promises_get_minutes_by_their_number_up_to_four(number: int, minutes: int) -> None:
    """Twelve minutes beyond one each are split 1 + n / 2 against 1.5 for the budget, n at most four."""
    journal = Journal(TUESDAY)
    for n in range(number):
        journal.promise(f"第 {n} 件", back=2)
    (promises, _) = rows(meeting(journal.past, shop=shop(), today=TUESDAY), "Agenda")
    assert promises[:2] == (minutes, f"Promises: 0 kept, {number} missed")


def test_a_promise_whose_figure_moved_no_more_than_on_other_days_says_what_is_usual() -> None:
    journal = Journal(TUESDAY)
    journal.promise("访客拉上去", back=4, metric="visitors", direction="up", due=str(MONDAY))
    days = usual_shop(last=MONDAY)
    (told,) = [one for one in meeting(journal.past, days, shop=shop(), today=TUESDAY).findings
               if one.kind == "promise"]  # fmt: skip
    assert re.search(r"visitors [\d,]+, usual [\d,]+: that may be chance\.$", told.text)


def test_what_was_handed_on_is_counted_in_the_days_sentence() -> None:
    journal = Journal(MONDAY)
    name = journal.promise("催货", back=1, due=MONDAY.isoformat())
    journal.write("action-update", "hands_on", action=name, state="handed", owner="许舟")
    night = datetime(2026, 6, 15, 21, 50, tzinfo=ZONE)
    text = day(journal.past, shop=shop(), today=MONDAY, now=night).verdict.text
    assert ", 1 action handed over; today's sales are known tomorrow." in text


def test_a_decision_shows_the_reason_written_with_it() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/word/d1/毛衣", choice="delete", detail={"text": "太贵"})
    journal.write("decision", "paid", key="paid/word/d1/开衫", choice="raise", detail="再看一周")
    answer = todo(journal.past, shop=shop(), today=MONDAY, now=NOON)
    (table,) = (one for one in answer.evidence if isinstance(one, Table))
    assert {row[1] for row in table.rows} == {"delete: 毛衣 (太贵)", "raise: 开衫 (再看一周)"}


@pytest.mark.parametrize(
    "step",
    ["breakdown", "promotion", "design", "content", "service", "members", "optimise", "notices", "month_plan",
     "wrapup", "evening_ads", "order_gap", "evening_service", "live", "communities", "network", "summary",
     "standup", "hands_on"],
)  # fmt: skip
def test_what_the_afternoon_finds_is_no_problem_of_the_morning(step: str) -> None:
    journal = Journal(MONDAY)
    journal.shown(step, found(f"{step}/x", "act", BOUNCE))
    journal.shown("target", found("target/x", "good"))
    assert owners(journal.past, shop=shop(team=TEAM), today=MONDAY).verdict.level == "good"
