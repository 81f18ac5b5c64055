"""Who is on duty tonight: how many buyers they can answer, against those who usually ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.service import Service
from core.language.message import Words
from core.language.wording import text
from core.records.evening import OnDuty
from core.records.records import Records
from core.shop.settings import AdSettings, Thresholds
from core.topics.evening.capacity import people_in
from core.topics.evening.evening_ads import tonight
from tests.topics.evening.test_evening_ads import now, reported
from tests.topics.evenings import at, days_by_hour, moment
from tests.topics.tables import MONDAY, of_rows, shop

EVENING_PEAK = [10.0] * 3 + [0.0] + [10.0] * 17 + [20.0] + [10.0] * 2
"""A twelfth of the day's visitors come between 21 and 22."""


def asked_before(each_day: float) -> Service:
    """Return four weeks in which so many buyers asked each day, as evenly as they came."""
    rows: list[dict[str, object]] = [
        {
            "date": MONDAY - timedelta(days=back),
            "agent": "阿珂",
            "inquiries": each_day,
            "converted": each_day / 2,
        }
        for back in range(28, 0, -1)
    ]
    return of_rows(Service, rows)


def with_duty(duty: Records[OnDuty] | None, each_day: float = 1200.0, buyers: int = 500) -> Answer[Words]:
    return tonight(
        now(2300.0, orders=300),
        Records(),
        days_by_hour(orders=EVENING_PEAK),
        reported(),
        duty=duty,
        service=asked_before(each_day),
        shop=shop(
            margin=0.4, ads=AdSettings(daily_budget=2400.0), thresholds=Thresholds(agent_buyers_a_day=buyers)
        ),
        today=MONDAY,
        now=moment("20:05"),
    )


def gate(answer: Answer[Words]) -> tuple[str, str]:
    (table,) = [one for one in answer.evidence if isinstance(one, Table)]
    row = next(row for row in table.rows if text(row[0]).startswith("4"))  # type: ignore[arg-type]
    return text(row[1]), text(row[2])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("2", 2),
        ("3 人", 3),
        ("阿珂、晚晴", 2),
        ("阿珂 晚晴，木子", 3),
        ("2 agents", 2),
        ("木子", 1),
        ("0", 0),
    ],
)
def test_names_or_a_number_say_how_many_are_on_duty(typed: str, people: int) -> None:
    assert people_in(typed) == people


def test_two_agents_answer_125_buyers_an_hour_and_a_hundred_usually_ask() -> None:
    answer = with_duty(at("19:30", OnDuty(agents="阿珂、晚晴")))
    figure, said = gate(answer)
    assert figure == "2 agents on duty answer about 125 buyers an hour; about 100 usually ask at 21:00"
    assert said == "yes"
    assert text(answer.verdict.text).startswith("Add ¥")


def test_one_agent_cannot_answer_them_so_no_more_buyers_are_brought() -> None:
    answer = with_duty(at("19:30", OnDuty(agents="阿珂")))
    assert answer.verdict.level == "watch"
    assert "1 agent on duty can answer about 62 buyers an hour, and about 100 usually ask" in text(
        answer.verdict.text
    )
    assert gate(answer)[1] == "no"
    assert not [one for one in answer.findings if one.kind == "raise"]


@pytest.mark.parametrize(("buyers", "raised"), [(790, False), (810, True)])
def test_what_one_agent_can_answer_is_a_setting(buyers: int, *, raised: bool) -> None:
    answer = with_duty(at("19:30", OnDuty(agents="1")), buyers=buyers)
    assert bool([one for one in answer.findings if one.kind == "raise"]) is raised


def test_who_was_on_duty_yesterday_says_nothing_about_tonight() -> None:
    yesterday = at("19:30", OnDuty(agents="阿珂"), day=MONDAY - timedelta(days=1))
    answer = with_duty(yesterday)
    assert gate(answer) == ("not entered: form “Who is on duty tonight”", "—")
    assert text(answer.verdict.text).startswith("Add ¥"), (
        "not knowing is no reason against it, but it is said"
    )
    assert any("enter it (form “Who is on duty" in text(one) for one in answer.limits)
