"""The evening shift: own usual against own usual, the same people on both shifts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.service import Service
from core.language.speech import speak
from core.records.evening import ShiftSeen
from core.records.records import Records
from core.topics.service import evening_service
from tests.topics.evenings import at
from tests.topics.tables import MONDAY, of_rows, shop, told_by

tonight = told_by(evening_service.tonight)


def whole_days(**agents: tuple[int, int]) -> Service:
    rows: list[dict[str, object]] = [
        {"date": MONDAY - timedelta(days=back), "agent": name, "inquiries": asked, "converted": paid}
        for back in range(14, 0, -1)
        for name, (paid, asked) in agents.items()
    ]
    return of_rows(Service, rows)


def evening(day: date, **agents: tuple[int, int]) -> Records[ShiftSeen]:
    return at(
        "21:15",
        *(ShiftSeen(agent=name, converted=paid, inquiries=asked) for name, (paid, asked) in agents.items()),
        day=day,
    )


def evenings(days: int, **agents: tuple[int, int]) -> Records[ShiftSeen]:
    rows = [row for back in range(days, 0, -1) for row in evening(MONDAY - timedelta(days=back), **agents)]
    return Records(tuple(rows))


def asked(seen: Records[ShiftSeen], exported: Service | None = None) -> Answer:
    return tonight(seen, exported, shop=shop(), today=MONDAY)


def test_nothing_typed_is_asked_for() -> None:
    verdict = asked(Records()).verdict
    assert verdict.level == "nodata"
    assert verdict.text.endswith("(form “An agent's shift”): two numbers each.")


def test_a_usual_evening_ends_with_a_word_of_thanks() -> None:
    answer = asked(evening(MONDAY, 小禾=(18, 41), 阿珂=(14, 30)), whole_days(小禾=(45, 100), 阿珂=(45, 100)))
    assert answer.verdict.level == "good"
    assert "Thank 小禾 for 41 buyers tonight." in answer.verdict.text


def test_a_dozen_inquiries_are_not_judged() -> None:
    answer = asked(evening(MONDAY, 小禾=(0, 12)), whole_days(小禾=(45, 100)))
    assert not any(finding.key.startswith("evening_service/below") for finding in answer.findings)


def test_far_below_ones_own_usual_is_said_without_blame() -> None:
    answer = asked(evening(MONDAY, 小禾=(4, 40), 阿珂=(18, 40)), whole_days(小禾=(45, 100), 阿珂=(45, 100)))
    assert answer.verdict.level == "watch"
    assert [finding.key for finding in answer.findings if finding.level == "watch"] == [
        "evening_service/below/小禾"
    ]


def test_a_weaker_team_at_night_is_not_taken_for_a_weaker_hour() -> None:
    seen = evenings(10, 新人=(8, 40), 老手=(10, 20))
    answer = asked(seen, whole_days(新人=(12, 60), 老手=(60, 120)))
    assert not any(
        finding.key == "evening_service/shift" and finding.level == "watch" for finding in answer.findings
    )


def test_a_gap_that_late_payments_may_make_is_told_and_nothing_is_done_about_it() -> None:
    answer = asked(evenings(10, 小禾=(8, 30), 阿珂=(9, 30)), whole_days(小禾=(48, 100), 阿珂=(49, 100)))
    shift = next(finding for finding in answer.findings if finding.key == "evening_service/shift")
    assert (shift.level, shift.proposals) == ("info", ())
    assert "the true difference is smaller: do not act on it" in shift.text


def test_a_count_with_more_payers_than_askers_is_left_out() -> None:
    assert asked(evening(MONDAY, 小禾=(30, 3))).verdict.level == "nodata"


# ---- every kind of finding, on both sides of its line


def by_kind(answer: Answer, kind: str) -> Finding:
    (only,) = [finding for finding in answer.findings if finding.kind == kind]
    return only


def kinds(answer: Answer) -> set[str]:
    return {finding.kind for finding in answer.findings}


@pytest.mark.parametrize(("inquiries", "few"), [(19, True), (20, False)])
def test_from_twenty_inquiries_on_an_evening_is_judged(inquiries: int, *, few: bool) -> None:
    answer = asked(evening(MONDAY, 小禾=(9, inquiries), 新人=(20, 40)), whole_days(小禾=(45, 100)))
    names = "新人, 小禾" if few else "新人"
    assert by_kind(answer, "few").text == f"Too few inquiries, or no earlier figures, to judge: {names}."
    assert "few" not in kinds(asked(evening(MONDAY, 小禾=(9, 20)), whole_days(小禾=(45, 100))))


def test_only_strangers_are_not_judged_at_all() -> None:
    answer = asked(evening(MONDAY, 新人=(20, 40)))
    assert answer.verdict.level == "info"
    assert answer.verdict.text == (
        "Conversion tonight 20/40 = 50.0%: too few inquiries to judge anybody. Thank 新人 "
        "for 40 buyers tonight."
    )


@pytest.mark.parametrize(("converted", "below"), [(10, True), (11, False)])
def test_so_few_in_one_evening_of_a_hundred_are_below_ones_own_days(converted: int, *, below: bool) -> None:
    """Of 40 at 45 % ten and fewer come by chance in 0.7 %, eleven and fewer in 1.8 %."""
    answer = asked(evening(MONDAY, 小禾=(converted, 40)), whole_days(小禾=(45, 100)))
    assert ("below" in kinds(answer)) is below
    if below:
        found = by_kind(answer, "below")
        assert found.about == found.proposals[0].about == About(agent="小禾")
        (ask,) = found.proposals
        assert (ask.role, ask.metric, ask.direction) == ("service", "service_conversion", "up")
        assert (ask.due, ask.expected, ask.item) == ("2026-06-16", 0.45, "小禾")
        assert found.text.startswith(
            "小禾: conversion 10/40 = 25.0%, usually 45.0%. So low a figure would happen by chance on only 1%"
        )


def test_so_few_in_one_evening_of_twenty_are_below_ones_own_evenings() -> None:
    """Their own evenings count from a hundred inquiries on, and their line is one of twenty."""
    today = evening(MONDAY, 小禾=(12, 40))
    own = Records((*evenings(10, 小禾=(9, 20)), *today))
    assert "below" in kinds(asked(own))
    assert "below" not in kinds(asked(today, whole_days(小禾=(45, 100))))
    usual = Records((*evenings(10, 小禾=(9, 20)), *evening(MONDAY, 小禾=(13, 40))))
    assert "below" not in kinds(asked(usual))


@pytest.mark.parametrize(("converted", "above"), [(24, True), (23, False)])
def test_the_best_evening_in_weeks_is_told_to_who_made_it(converted: int, *, above: bool) -> None:
    answer = asked(evening(MONDAY, 小禾=(converted, 40)), whole_days(小禾=(45, 100)))
    assert ("above" in kinds(answer)) is above
    assert ("Tell 小禾 that this was their best evening in weeks." in answer.verdict.text) is above
    if above:
        found = by_kind(answer, "above")
        assert (found.about, found.level, found.proposals) == (About(agent="小禾"), "good", ())


def test_evenings_are_compared_with_days_from_a_hundred_inquiries_on_both_sides() -> None:
    days = whole_days(小禾=(45, 100))
    few = by_kind(asked(evenings(3, 小禾=(15, 33)), days), "shift")
    assert (few.key, few.level) == ("evening_service/shift", "info")
    assert "Conversion of the same agents: evenings" in few.text
    assert (
        "Conversion of the same agents: evenings"
        not in by_kind(asked(evenings(4, 小禾=(15, 25)), days), "shift").text
    )
    assert "shift" not in kinds(asked(Records(), days))


def test_evenings_as_good_as_days_are_good_and_those_between_are_no_call() -> None:
    better = by_kind(asked(evenings(10, 小禾=(15, 30)), whole_days(小禾=(45, 100))), "shift")
    assert (better.level, better.proposals) == ("good", ())
    assert (
        "The same agents (1) convert no worse in the evening: 150/300 = 50.0%, by day 300/700 = 42.9%."
    ) in better.text
    between = by_kind(asked(evenings(10, 小禾=(14, 30)), whole_days(小禾=(47, 100))), "shift")
    assert between.level == "info"
    assert (
        "in the evening and 330/700 = 47.1% by day, a difference of -0.5 points (-7 to +6): "
        "whether evenings are really worse cannot be told."
    ) in between.text


def test_worse_evenings_are_said_where_tonight_is_not_typed() -> None:
    answer = asked(evenings(10, 小禾=(8, 30), 阿珂=(9, 30)), whole_days(小禾=(48, 100), 阿珂=(49, 100)))
    shift = by_kind(answer, "shift")
    assert "conversion is 170/600 = 28.3% in the evening and" in shift.text
    assert shift.proposals == ()
    assert answer.verdict.level == "nodata"
    assert answer.verdict.text.endswith(
        "two numbers each. So far, conversion in the evening looks 29 points lower than by day; the real "
        "gap is smaller."
    )


def test_tonight_as_a_table() -> None:
    seen = at(
        "21:15",
        ShiftSeen(agent="小禾", converted=4, inquiries=40, hours=2.5),
        ShiftSeen(agent="阿珂", converted=18, inquiries=39),
        ShiftSeen(agent="小满", converted=30, inquiries=38),
        ShiftSeen(agent="新人", converted=5, inquiries=10),
    )
    answer = asked(seen, whole_days(小禾=(45, 100), 阿珂=(45, 100), 小满=(45, 100)))
    (table,) = answer.evidence
    assert isinstance(table, Table)
    assert [column.id for column in table.columns] == [
        "agent", "paid_of_asked", "own", "inquiries_an_hour", "call",
    ]  # fmt: skip
    assert table.rows == (
        ("小禾", "4/40 = 10.0% (4.0–23.1)", 0.45, 16.0, "below"),
        ("阿珂", "18/39 = 46.2% (31.6–61.4)", 0.45, None, "usual"),
        ("小满", "30/38 = 78.9% (63.7–88.9)", 0.45, None, "above"),
        ("新人", "5/10 = 50.0% (23.7–76.3)", None, None, "few"),
    )
    assert [named(table.columns[-1], row[-1]) for row in table.rows] == [
        "below own usual rate", "as usual", "above own usual rate", "too few to judge",
    ]  # fmt: skip
    assert "Enter the hours on duty to see the load per hour." in answer.limits
    assert any(
        limit.startswith("If too few evenings were entered, “Own usual rate” is calculated from whole days.")
        for limit in answer.limits
    )


def test_hours_at_the_desk_are_asked_for_only_where_they_are_missing() -> None:
    limit = "Enter the hours on duty to see the load per hour."
    whole = at("21:15", ShiftSeen(agent="小禾", converted=18, inquiries=40, hours=2.5))
    assert limit not in asked(whole, whole_days(小禾=(45, 100))).limits
    assert limit in asked(evening(MONDAY, 小禾=(18, 40)), whole_days(小禾=(45, 100))).limits


def test_evenings_a_little_worse_are_no_call() -> None:
    """140/300 against 340/700: -1.9 points with 3.4 of standard error are worse with a chance of 0.71."""
    found = by_kind(asked(evenings(10, 小禾=(14, 30)), whole_days(小禾=(48, 100))), "shift")
    assert found.level == "info"
    assert "the true difference is smaller" not in found.text
    worse = by_kind(asked(evenings(10, 小禾=(14, 30)), whole_days(小禾=(49, 100))), "shift")
    assert worse.level == "info", "0.83"
    assert "46.7% in the evening and 350/700 = 50.0% by day, a difference of -3.3 points" in worse.text
    assert "the true difference is smaller" in worse.text


def test_who_was_not_there_tonight_is_passed_over() -> None:
    seen = Records((*evenings(3, 阿珂=(9, 20)), *evening(MONDAY, 小禾=(18, 40))))
    assert asked(seen, whole_days(小禾=(45, 100))).verdict.text.startswith("Conversion tonight 18/40 = 45.0%")


def test_who_worked_one_shift_only_says_nothing_about_it() -> None:
    answer = asked(evenings(10, 小禾=(12, 30), 夜班=(9, 30)), whole_days(小禾=(45, 100)))
    assert (
        "These agents work only one shift, so their evenings and days cannot be compared: 夜班."
        in answer.limits
    )
    assert any(
        limit.startswith("Payments made after the evening's figures were entered") for limit in answer.limits
    )


def test_the_answer_is_the_same_in_both_languages() -> None:
    seen = Records(
        (
            *evenings(10, 小禾=(8, 30), 阿珂=(9, 30)),
            *evening(MONDAY, 小禾=(2, 40), 阿珂=(30, 40), 新人=(5, 9)),
        )
    )
    days = whole_days(小禾=(48, 100), 阿珂=(49, 100))

    def encoded() -> dict[str, object]:
        return encode(evening_service.tonight(seen, days, shop=shop(), today=MONDAY))

    english = encoded()
    speak("zh")
    assert encoded() == english
    assert kinds(asked(seen, days)) == {"above", "below", "few", "shift"}


@pytest.mark.parametrize(("days_ago", "known"), [(28, True), (29, False)])
def test_ones_own_usual_is_of_four_weeks(days_ago: int, *, known: bool) -> None:
    past = {"date": MONDAY - timedelta(days=days_ago), "agent": "小禾", "inquiries": 100, "converted": 45}
    answer = asked(evening(MONDAY, 小禾=(18, 40)), of_rows(Service, [past]))
    assert ("few" not in kinds(answer)) is known
