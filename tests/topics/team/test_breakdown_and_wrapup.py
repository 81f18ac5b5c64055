"""Problems become tasks of one role; what is in hand is left alone; the evening gets its watch."""

from __future__ import annotations

from datetime import datetime

from core.answers.answer import Answer, Finding, Proposal, Verdict
from core.journal.projections import Past
from core.shop.settings import Person, Shop
from core.topics.team import breakdown, wrapup
from tests.topics.tables import MONDAY, shop, told
from tests.topics.writing import ZONE, Journal

TEAM = (
    Person(name="小兰", roles=("operator", "owner")),
    Person(name="周岩", roles=("promotion",)),
    Person(name="林夕", roles=("design", "content")),
)
BURNS = Proposal("promotion", "Delete the word", metric="cost", direction="down", item="毛衣女")
BOUNCE = Proposal("design", "Bring bounce back", metric="bounce_rate", direction="down")


def found(key: str, level: str, *asks: Proposal) -> Answer:
    finding = Finding(key, level, f"Something about {key}.", asks)  # type: ignore[arg-type]
    return Answer(Verdict(level, "So it is."), (finding,))  # type: ignore[arg-type]


def owners(past: Past, own: Shop | None = None) -> Answer:
    return told(breakdown.owners(past, shop=own or shop(team=TEAM), today=MONDAY))


def keys(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings]


def test_a_morning_nobody_looked_at_says_so() -> None:
    assert owners(Journal(MONDAY).past).verdict.level == "nodata"


def test_a_quiet_morning_needs_no_owner() -> None:
    journal = Journal(MONDAY)
    journal.shown("stock", found("stock/slow", "good"))
    assert owners(journal.past).verdict.level == "good"


def test_what_was_agreed_this_morning_is_not_asked_again() -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", found("paid/delete/毛衣女", "act", BURNS))
    journal.write(
        "action", "standup", text="删词", role="promotion", owner="周岩", finding="paid/delete/毛衣女"
    )
    answer = owners(journal.past)
    assert answer.verdict.level == "good"
    assert keys(answer) == ["breakdown/taken"]


def test_an_older_open_promise_on_the_same_figure_counts_as_in_hand() -> None:
    journal = Journal(MONDAY)
    journal.promise("首屏换回", back=2, role="design", owner="林夕", metric="bounce_rate", due="2026-06-20")
    journal.shown("drivers", found("drivers/bounce_rate", "watch", BOUNCE))
    assert owners(journal.past).verdict.level == "good"


def test_three_screens_that_saw_one_figure_make_one_task() -> None:
    journal = Journal(MONDAY)
    for step in ("target", "drivers", "page"):
        journal.shown(step, found(f"{step}/bounce", "watch", BOUNCE))
    table = owners(journal.past).evidence[0]
    assert table.kind == "table"
    assert len(table.rows) == 1


def test_afternoon_screens_are_no_problems_of_the_morning() -> None:
    journal = Journal(MONDAY)
    journal.shown("design", found("design/untold/x", "act", BOUNCE))
    assert owners(journal.past).verdict.level == "good"


def test_an_urgent_problem_without_an_owner_comes_first() -> None:
    journal = Journal(MONDAY)
    journal.shown("drivers", found("drivers/bounce", "watch", BOUNCE))
    journal.shown("paid", found("paid/delete/毛衣女", "act", BURNS))
    answer = owners(journal.past)
    assert answer.verdict.level == "act"
    assert keys(answer)[0] == "paid/delete/毛衣女"


def test_a_promise_that_is_overdue_is_named_with_its_owner() -> None:
    journal = Journal(MONDAY)
    journal.promise("首屏换回", back=3, role="design", owner="林夕", metric="bounce_rate")
    journal.shown("drivers", found("drivers/bounce", "watch", BOUNCE))
    overdue = [one for one in owners(journal.past).findings if one.key.startswith("breakdown/overdue")]
    assert overdue
    assert "林夕" in overdue[0].text


def test_beyond_three_tasks_the_least_urgent_are_left_on_purpose() -> None:
    journal = Journal(MONDAY)
    asks = [Proposal("promotion", f"Lower {n}", metric="cpc", item=str(n)) for n in range(5)]
    journal.shown("paid", found("paid/lower", "watch", *asks))
    leave = next(one for one in owners(journal.past).findings if one.key == "breakdown/leave")
    assert leave.text.startswith("Leave 2 on purpose")


def test_alone_in_the_shop_money_comes_before_pictures() -> None:
    journal = Journal(MONDAY)
    journal.shown("drivers", found("drivers/bounce", "act", BOUNCE))
    journal.shown("paid", found("paid/delete/毛衣女", "act", BURNS))
    answer = owners(journal.past, shop(team=TEAM[:1]))
    assert "begin as Promotion" in answer.verdict.text
    table = answer.evidence[0]
    assert table.kind == "table"
    assert [row[0] for row in table.rows] == ["promotion", "design"]


def test_a_role_nobody_plays_is_said() -> None:
    journal = Journal(MONDAY)
    journal.shown("stock", found("x/y", "watch", Proposal("supply", "Order", metric="on_hand", item="1")))
    assert "breakdown/unplayed/supply" in keys(owners(journal.past))


def evening(past: Past) -> Answer:
    now = datetime(2026, 6, 15, 17, 30, tzinfo=ZONE)
    return told(wrapup.evening(past, shop=shop(team=TEAM), today=MONDAY, now=now))


def test_a_day_without_promises_ends_quietly_with_its_watch() -> None:
    answer = evening(Journal(MONDAY).past)
    assert answer.verdict.level == "info"
    assert all(one.level == "info" for one in answer.findings)
    assert [row[1] for row in answer.evidence[-1].rows] == ["周岩", "小兰", "Service"]  # type: ignore[union-attr]


def test_what_is_done_is_said_and_not_left() -> None:
    journal = Journal(MONDAY)
    action = journal.promise("换主图", owner="林夕", due="2026-06-15")
    journal.write("action-update", "hands_on", action=action, state="done")
    answer = evening(journal.past)
    assert answer.verdict.level == "good"
    assert "wrapup/done" in keys(answer)
    assert not any(key.startswith("wrapup/left") for key in keys(answer))


def test_an_overdue_task_asks_for_a_new_day() -> None:
    journal = Journal(MONDAY)
    journal.promise("换主图", back=3, owner="林夕")
    answer = evening(journal.past)
    assert answer.verdict.level == "watch"
    assert any(one.text.startswith("Overdue since") for one in answer.findings)


def test_an_urgent_problem_nobody_took_is_said_once_more_unless_it_was_decided() -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", found("paid/delete/毛衣女", "act", BURNS))
    assert evening(journal.past).verdict.level == "act"
    journal.write("decision", "paid", key="paid/delete/毛衣女", choice="observe", detail="")
    assert evening(journal.past).verdict.level != "act"


def test_a_watch_agreed_on_today_is_not_proposed_again() -> None:
    journal = Journal(MONDAY)
    first = next(one for one in evening(journal.past).findings if "21:10" in one.key)
    journal.write(
        "action", "wrapup", text="Somebody's own words", role="service", due="2026-06-15", finding=first.key
    )
    assert first.key not in keys(evening(journal.past))
