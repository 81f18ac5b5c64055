"""The meeting's ad budget on both sides of each limit, Monday's table, and how topics share the minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.answers.answer import Answer, Finding, LevelName, Proposal, Table, Verdict
from core.exports.kinds.shop_day import ShopDay
from core.shop.settings import AdSettings, Shop
from core.topics.team import standup
from core.topics.team.meeting.agenda import AgendaItem, timed
from tests.topics.tables import MONDAY, shop, told_by, usual_shop
from tests.topics.writing import Journal

TUESDAY = MONDAY + timedelta(days=1)
meeting = told_by(standup.agenda)


def spent(yesterday: float, before: float = 400.0) -> ShopDay:
    return usual_shop(last=MONDAY, ads_keyword=before, changes={MONDAY: {"ads_keyword": yesterday}})


def asked(days: ShopDay | None, own: Shop) -> Answer:
    return meeting(Journal(TUESDAY).past, days, shop=own, today=TUESDAY)


def budget(days: ShopDay | None, own: Shop) -> Finding:
    return next(one for one in asked(days, own).findings if one.kind == "budget")


def planned(daily: float = 400.0, **account: object) -> Shop:
    return shop(ads=AdSettings(daily_budget=daily, **account))  # type: ignore[arg-type]


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.evidence if isinstance(one, Table) and one.name == name)


def test_without_spend_budget_or_balance_nothing_is_said_of_the_budget() -> None:
    answer = asked(None, shop())
    assert not [one for one in answer.findings if one.kind == "budget"]
    rows = table(answer, "Agenda").rows
    assert [row[1] for row in rows] == ["Ad budget"]


def test_the_budget_says_what_is_known_of_it() -> None:
    assert budget(spent(300), planned()).text == "Ad budget: spent ¥300 yesterday, budget ¥400."
    assert budget(spent(300), shop()).text == "Ad budget: spent ¥300 yesterday; no daily budget is set."
    assert (
        budget(None, planned()).text
        == "Ad budget: daily budget ¥400; yesterday's ad spend is not imported yet."
    )


@pytest.mark.parametrize(
    ("yesterday", "asks"),
    [
        (387, []),
        (388, [
            "The ad budget ran out: note at what hour, and whether the last clicks were worth their cost"
        ]),
        (480, [
            "The ad budget ran out: note at what hour, and whether the last clicks were worth their cost"
        ]),
        (
            481,
            [("Ad spend was far above the budget in shop.toml. If the budget was raised for that "
"day, note the new amount; if not, find out why")],
        ),
    ],
)  # fmt: skip
def test_a_used_up_budget_is_asked_about_and_a_raised_one_otherwise(
    yesterday: float, asks: list[str]
) -> None:
    found = budget(spent(yesterday), planned())
    assert [one.text for one in found.proposals] == asks
    assert found.level == ("watch" if asks else "info")


@pytest.mark.parametrize(
    ("balance", "level", "deeds"),
    [(399, "act", ["top_up"]), (400, "watch", ["top_up"]), (799, "watch", ["top_up"]), (800, "info", [])],
)
def test_a_balance_below_two_days_is_topped_up_and_below_one_is_urgent(
    balance: float, level: LevelName, deeds: list[str]
) -> None:
    found = budget(spent(400), planned(1000, balance=balance, balance_on=MONDAY))
    assert found.level == level
    assert [one.deed for one in found.proposals] == deeds
    assert found.key == "standup/budget"


def test_mondays_table_holds_last_week_against_the_week_before() -> None:
    last = MONDAY - timedelta(days=7)
    changes = {last + timedelta(days=n): {"gmv": 1000.0, "visitors": 500.0, "buyers": 10.0} for n in range(7)}
    changes |= {
        last - timedelta(days=7 - n): {"gmv": 500.0, "visitors": 1000.0, "buyers": 10.0} for n in range(7)
    }
    days = usual_shop(changes=changes)
    week = table(meeting(Journal(MONDAY).past, days, shop=shop(), today=MONDAY), "The past week")
    assert [one.id for one in week.columns] == ["figure", "last_week", "week_before", "change"]
    assert week.rows[:5] == (
        ("Sales", "¥7,000", "¥3,500", "+100%"),
        ("Visitors", "3,500", "7,000", "-50%"),
        ("Buyers", "70", "70", "+0%"),
        ("Conversion", "2.0%", "1.0%", "+100%"),
        ("Order value", "¥100", "¥50", "+100%"),
    )
    assert week.rows[5] == ("Refunds", "—", "—", "—")


def test_a_day_missing_from_the_week_leaves_its_sum_unknown() -> None:
    days = usual_shop(changes={MONDAY - timedelta(days=3): {"visitors": None}})
    week = table(meeting(Journal(MONDAY).past, days, shop=shop(), today=MONDAY), "The past week")
    assert week.rows[1][1] == "—"
    assert week.rows[1][2] != "—"


def test_each_due_promise_is_a_row_with_its_figure_and_outcome() -> None:
    journal = Journal(TUESDAY)
    due = str(MONDAY)
    journal.promise("访客拉到 1300", back=4, metric="visitors", direction="up", expected=1300, due=due)
    journal.promise("催货", back=4, due=due)
    journal.promise("退款压下来", back=4, metric="refund_amount", direction="down", due=due)
    days = usual_shop(last=MONDAY, changes={MONDAY: {"visitors": 1350}})
    answer = meeting(journal.past, days, shop=shop(), today=TUESDAY)
    promises = table(answer, "Promises due")
    assert [one.id for one in promises.columns] == ["promise", "who", "usual", "now", "outcome"]
    outcome = promises.columns[-1]
    assert dict(outcome.words) == {
        "kept": "kept", "not kept": "missed", "cannot tell": "cannot tell"
    }  # fmt: skip
    assert [(row[0], row[1], row[4]) for row in promises.rows] == [
        ("催货", "周岩", "not kept"),
        ("访客拉到 1300", "周岩", "kept"),
        ("退款压下来", "周岩", "cannot tell"),
    ]
    assert promises.rows[0][2:4] == ("—", "—")
    assert promises.rows[1][3] == "1,350"
    assert str(promises.rows[1][2]).startswith(("9", "1,0"))
    told = [one for one in answer.findings if one.kind == "promise"]
    assert [one.level for one in told] == ["watch", "good", "info"]
    assert all(one.about.entry and one.key.endswith(one.about.entry) for one in told)


def morning(number: int, role: str = "design") -> Journal:
    journal = Journal(TUESDAY)
    findings = tuple(
        Finding(f"drivers/f{n}", "act", f"Problem {n}", (Proposal(role, f"Task {n}"),)) for n in range(number)
    )
    journal.shown("drivers", Answer(Verdict("act", "…"), findings))
    return journal


@pytest.mark.parametrize(
    ("number", "tasks"), [(3, []), (4, ["Task 3"]), (5, ["Task 3; Task 4"]), (6, ["Task 3; Task 4"])]
)
def test_three_problems_get_their_own_minutes_and_a_role_two_tasks_of_the_others(
    number: int, tasks: list[str]
) -> None:
    rows = table(meeting(morning(number).past, shop=shop(), today=TUESDAY), "Agenda").rows
    assert [row[1] for row in rows if str(row[1]).startswith("Problem")] == [
        "Problem 0", "Problem 1", "Problem 2"
    ]  # fmt: skip
    assert [row[3] for row in rows if row[1] == "Tasks: Design"] == tasks


def test_a_problem_without_a_proposal_goes_to_the_operator() -> None:
    journal = Journal(TUESDAY)
    journal.shown("drivers", Answer(Verdict("act", "…"), (Finding("drivers/f", "act", "Problem"),)))
    rows = table(meeting(journal.past, shop=shop(), today=TUESDAY), "Agenda").rows
    assert rows[0][1:] == ("Problem", "Operator", "who will look into it, and by when")


@pytest.mark.parametrize(("box", "minutes"), [(2, [1, 1, 0]), (3, [1, 1, 1]), (6, [2, 2, 2])])
def test_a_box_shorter_than_its_topics_leaves_the_last_without_minutes(box: int, minutes: list[int]) -> None:
    points = [AgendaItem(str(n), "", "", 1.0) for n in range(3)]
    assert [one.minutes for one in timed(points, box)] == minutes
