"""The agenda of the stand-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.answers.answer import Answer, Finding, Impact, Proposal, Table, Verdict
from core.shop.settings import AdSettings, Person
from core.topics.team import standup
from tests.topics.tables import MONDAY, SUNDAY, shop, told_by, usual_shop
from tests.topics.writing import Journal

TUESDAY = MONDAY + timedelta(days=1)
meeting = told_by(standup.agenda)


def agenda(answer: Answer) -> list[tuple[object, ...]]:
    return list(next(one for one in answer.evidence if isinstance(one, Table) and one.name == "Agenda").rows)


def morning(*findings: Finding) -> Answer:
    return Answer(Verdict("act", "…"), findings)


def finding(key: str, level: str, text: str, role: str = "promotion") -> Finding:
    return Finding(key, level, text, (Proposal(role, f"task of {key}"),))  # type: ignore[arg-type]


def test_a_morning_nobody_looked_at_is_not_called_quiet() -> None:
    answer = meeting(Journal(TUESDAY).past, shop=shop(), today=TUESDAY)
    assert answer.verdict.level == "info"
    assert "have not been opened" in answer.verdict.text


def test_a_quiet_morning_ends_early() -> None:
    journal = Journal(TUESDAY)
    journal.shown("drivers", morning())
    answer = meeting(journal.past, shop=shop(), today=TUESDAY)
    assert answer.verdict.level == "good"
    assert "end early" in answer.verdict.text
    assert answer.findings == ()


def test_a_morning_looked_at_in_part_is_not_called_quiet() -> None:
    journal = Journal(TUESDAY)
    journal.opened(dict.fromkeys(("target", "drivers"), 5))
    journal.shown("drivers", morning())
    answer = meeting(journal.past, shop=shop(), today=TUESDAY)
    assert (answer.verdict.level, "1 of 2" in answer.verdict.text) == ("info", True)


def test_only_what_asks_for_something_comes_to_the_meeting() -> None:
    journal = Journal(TUESDAY)
    journal.shown("drivers", morning(Finding("a", "good", "fine"), Finding("b", "info", "so so")))
    answer = meeting(journal.past, shop=shop(), today=TUESDAY)
    assert [one.key for one in answer.findings] == []


def test_urgent_things_come_first_then_the_larger_loss() -> None:
    journal = Journal(TUESDAY)
    journal.shown(
        "drivers",
        morning(
            replace(finding("w", "watch", "…"), impact=Impact(9_000, "day")),
            replace(finding("s", "act", "-¥9,999"), impact=Impact(500, "day")),
            replace(finding("l", "act", "…"), impact=Impact(2_000, "day")),
        ),
    )
    answer = meeting(journal.past, shop=shop(), today=TUESDAY)
    assert [one.key for one in answer.findings] == ["l", "s", "w"]


def test_the_minutes_fill_the_box_exactly() -> None:
    journal = Journal(TUESDAY)
    journal.opened({"standup": 22})
    journal.shown(
        "drivers",
        morning(
            *(
                finding(f"f{n}", "act", f"{n}", role)
                for n, role in enumerate(("design", "service", "promotion", "supply", "content"))
            )
        ),
    )
    rows = agenda(meeting(journal.past, shop=shop(), today=TUESDAY))
    assert sum(row[0] for row in rows if isinstance(row[0], int)) == 22
    assert all(row[0] for row in rows)


def test_what_was_agreed_this_morning_is_not_asked_again() -> None:
    journal = Journal(TUESDAY)
    journal.shown("drivers", morning(*(finding(f"f{n}", "act", f"{n}", "design") for n in range(5))))
    journal.write("action", "drivers", text="x", role="design", finding="f4")
    tasks = [
        str(row[3])
        for row in agenda(meeting(journal.past, shop=shop(), today=TUESDAY))
        if "Tasks" in str(row[1])
    ]
    assert tasks == ["task of f3"]


def test_promises_open_the_meeting() -> None:
    journal = Journal(MONDAY + timedelta(days=1))
    journal.promise(
        "访客拉到 1300", back=2, metric="visitors", direction="up", expected=1300, due=SUNDAY.isoformat()
    )
    days = usual_shop(last=MONDAY, changes={SUNDAY: {"visitors": 400}})
    answer = meeting(journal.past, days, shop=shop(), today=TUESDAY)
    assert answer.verdict.text.startswith("1 promise due: 0 kept, 1 missed; ")
    assert str(agenda(answer)[0][1]).startswith("Promises")
    told = answer.findings[0]
    assert told.text.startswith("Missed: 周岩, “访客拉到 1300”; visitors 400, promised 1,300, usual ")
    assert answer.findings[0].proposals[0].text == "访客拉到 1300"


def test_a_promise_told_last_week_is_not_told_again() -> None:
    journal = Journal(TUESDAY)
    old = journal.promise("上周就兑现的", back=6)
    journal.write("action-update", "standup", day=TUESDAY - timedelta(days=5), action=old, state="done")
    broken = journal.promise("一直没做的", back=6)
    journal.write("note", "target", day=MONDAY, text="昨天开过会")
    said = [one.key for one in meeting(journal.past, shop=shop(), today=TUESDAY).findings]
    assert said == [f"standup/promise/{broken}"]


def test_mondays_open_with_the_weeks_table() -> None:
    answer = meeting(Journal(MONDAY).past, usual_shop(), shop=shop(), today=MONDAY)
    assert agenda(answer)[0][1] == "The past week in figures"
    assert any(isinstance(one, Table) and one.name == "The past week" for one in answer.evidence)
    other = meeting(Journal(TUESDAY).past, usual_shop(last=MONDAY), shop=shop(), today=TUESDAY)
    assert not any(isinstance(one, Table) and one.name == "The past week" for one in other.evidence)


def test_an_empty_ad_account_is_urgent() -> None:
    days = usual_shop(last=MONDAY, ads_keyword=300.0)
    poor = shop(ads=AdSettings(balance=120.0, balance_on=MONDAY, daily_budget=400.0))
    answer = meeting(Journal(TUESDAY).past, days, shop=poor, today=TUESDAY)
    budget = next(one for one in answer.findings if one.key == "standup/budget")
    assert budget.level == "act"
    assert "is enough for about 0.4 days" in budget.text
    assert "¥1,100" in budget.proposals[0].text
    assert answer.verdict.level == "act"
    assert "0.4 days" in answer.verdict.text


def test_tasks_go_to_the_person_who_has_the_role() -> None:
    journal = Journal(TUESDAY)
    journal.shown("drivers", morning(finding("f", "act", "x", "design")))
    team = shop(team=(Person(name="林夕", roles=("design",)),))
    assert "林夕" in str(agenda(meeting(journal.past, shop=team, today=TUESDAY))[0][2])
