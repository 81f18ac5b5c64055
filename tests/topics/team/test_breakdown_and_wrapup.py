"""Problems become tasks of one role; what is in hand is left alone; the evening gets its watch."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.answers.answer import About, Answer, Finding, Number, Proposal, Table, Verdict
from core.journal.projections import Past
from core.shop.settings import Person, Shop
from core.topics.team import breakdown, wrapup
from tests.topics.tables import MONDAY, shop, told, usual_shop
from tests.topics.team.test_hands_on_and_summary import hours
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
    assert owners(journal.past).verdict.level == "nodata"
    journal.shown("stock", found("stock/slow", "good"))
    assert owners(journal.past).verdict.level == "good"


def test_what_was_not_looked_at_is_not_called_quiet() -> None:
    journal = Journal(MONDAY)
    journal.opened(dict.fromkeys(("target", "stock", "page"), 5))
    journal.shown("stock", found("stock/slow", "good"))
    journal.shown("target", Answer(Verdict("nodata", "…")))
    verdict = owners(journal.past).verdict
    assert (verdict.level, "1 of 3" in verdict.text) == ("info", True)
    assert "1 of 3" in evening(journal.past).verdict.text
    journal.shown("target", Answer(Verdict("good", "…")))
    journal.shown("page", Answer(Verdict("good", "…")))
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
    assert leave.text.startswith("Leave for another day (2)")


def test_alone_in_the_shop_money_comes_before_pictures() -> None:
    journal = Journal(MONDAY)
    journal.shown("drivers", found("drivers/bounce", "act", BOUNCE))
    journal.shown("paid", found("paid/delete/毛衣女", "act", BURNS))
    answer = owners(journal.past, shop(team=TEAM[:1]))
    assert "start with the Promotion tasks" in answer.verdict.text
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


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.evidence if isinstance(one, Table) and one.name == name)


def test_each_problem_is_a_row_with_role_number_day_and_state() -> None:
    journal = Journal(MONDAY)
    visitors = Proposal("promotion", "Bring buyers", metric="visitors", direction="up", expected=1000.0)
    rate = Proposal("design", "New page", metric="conversion", expected=0.031, due="2026-06-18")
    pay = Proposal("operator", "Cut the cost", metric="cost", expected=300.0)
    pages = Proposal("content", "More pages", metric="depth", expected=3.5)
    asks = (visitors, rate, pay, pages, Proposal("service", "Call them"), Proposal("supply", "Ask"))
    journal.shown("drivers", found("drivers/out/visitors", "act", *asks))
    journal.promise("换首图", back=3, role="design", owner="林夕", metric="conversion", due="2026-06-20")
    journal.write(
        "action", "drivers", text="打电话", role="service", owner="小兰", finding="drivers/out/visitors"
    )
    done = journal.write(
        "action", "drivers", text="问过了", role="supply", owner="许舟", finding="drivers/out/visitors"
    )
    journal.write("action-update", "drivers", action=done, state="done")
    rows = table(owners(journal.past), "Problems and their owners")
    assert [(column.id, column.kind) for column in rows.columns] == [
        ("role", "word"), ("task", "text"), ("number", "text"), ("due", "date"), ("state", "text")
    ]  # fmt: skip
    assert set(rows.rows) == {
        ("promotion", "Bring buyers", "visitors → 1,000", "2026-06-15", "no owner yet"),
        ("design", "换首图", "conversion → 3.1%", "2026-06-20", "林夕, since 12 Jun"),
        ("operator", "Cut the cost", "ad spend → ¥300", "2026-06-15", "no owner yet"),
        ("content", "More pages", "pages per visitor → 3.50", "2026-06-15", "no owner yet"),
        ("service", "打电话", "—", "2026-06-15", "Assigned to 小兰."),
        ("supply", "问过了", "—", "2026-06-15", "Done today 09:00."),
    }
    assert dict(rows.columns[0].words)["promotion"] == "Promotion"
    place = [row[0] for row in rows.rows].index("promotion")
    assert rows.keys[place] == "breakdown/promotion/drivers/out/visitors"
    assert rows.about[place] == About(metric="visitors", role="promotion")


@pytest.mark.parametrize(("number", "left"), [(3, 0), (4, 1)])
def test_a_role_has_room_for_three_tasks(number: int, left: int) -> None:
    journal = Journal(MONDAY)
    asks = [Proposal("promotion", f"Lower {n}", metric="cpc", item=str(n)) for n in range(number)]
    journal.shown("paid", found("paid/lower", "watch", *asks))
    answer = owners(journal.past)
    states = [row[4] for row in table(answer, "Problems and their owners").rows]
    assert states.count("left for another day") == left
    assert [one.level for one in answer.findings if one.kind == "leave"] == ["info"] * left


def test_an_urgent_task_is_never_left_on_purpose() -> None:
    journal = Journal(MONDAY)
    asks = [Proposal("promotion", f"Lower {n}", metric="cpc", item=str(n)) for n in range(5)]
    journal.shown("paid", found("paid/lower", "act", *asks))
    assert not [one for one in owners(journal.past).findings if one.kind == "leave"]


def test_who_has_something_in_hand_is_counted_by_name() -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", found("paid/delete/d1/毛衣女", "act", BURNS))
    assert not [one for one in owners(journal.past).findings if one.kind == "taken"]
    journal.write("action", "standup", text="删词", role="promotion", finding="paid/delete/d1/毛衣女")
    taken = [one for one in owners(journal.past).findings if one.kind == "taken"]
    assert [(one.level, one.text) for one in taken] == [("good", "Already assigned: 周岩 1.")]


@pytest.mark.parametrize(("back", "late"), [(2, True), (1, False)])
def test_a_promise_is_overdue_the_day_after_it_was_due(back: int, late: bool) -> None:  # noqa: FBT001
    journal = Journal(MONDAY)
    name = journal.promise("首屏换回", back=back, role="design", owner="林夕", metric="bounce_rate")
    journal.shown("drivers", found("drivers/bounce", "watch", BOUNCE))
    overdue = [one for one in owners(journal.past).findings if one.kind == "overdue"]
    assert [one.about for one in overdue] == ([About(entry=name)] if late else [])


def test_a_role_somebody_plays_is_not_missed() -> None:
    journal = Journal(MONDAY)
    journal.shown("stock", found("stock/slow/1", "watch", BOUNCE))
    assert not [one for one in owners(journal.past).findings if one.kind == "unplayed"]
    journal.shown("stock", found("stock/slow/1", "watch", Proposal("supply", "Ask")))
    missing = [one for one in owners(journal.past).findings if one.kind == "unplayed"]
    assert [one.about for one in missing] == [About(role="supply")]


def test_the_verdict_counts_what_has_an_owner() -> None:
    journal = Journal(MONDAY)
    journal.shown("drivers", found("drivers/bounce", "watch", BOUNCE))
    assert owners(journal.past).verdict.text.startswith("1 problem has no owner yet.")
    journal.shown("paid", found("paid/delete/毛衣女", "act", BURNS))
    assert owners(journal.past).verdict.text.startswith(
        "0 of 2 problems have an owner; 1 urgent problem still"
    )


# ---- the evening


def sold(each_hour: float, days: int = 28) -> Answer:
    """The evening of a day that sold so much every hour until 17:00, after usual days of 6,000."""
    return told(
        wrapup.evening(
            Journal(MONDAY).past, hours(dict.fromkeys(range(17), each_hour), days), usual_shop(),
            shop=shop(team=TEAM), today=MONDAY, now=datetime(2026, 6, 15, 17, 30, tzinfo=ZONE),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("each_hour", "level", "words"),
    [(100.0, "watch", "probably below"), (250.0, "info", "cannot be told yet"), (600.0, "good", "probably")],
)
def test_the_evening_says_where_sales_head(each_hour: float, level: str, words: str) -> None:
    answer = sold(each_hour)
    sales = [one for one in answer.findings if one.kind == "sales"]
    assert [one.level for one in sales] == [level]
    assert words in sales[0].text
    numbers = [one for one in answer.evidence if isinstance(one, Number)]
    assert [(one.name, one.unit) for one in numbers] == [
        ("Sold so far today", "CNY"),
        ("Forecast for the day", "CNY"),
    ]
    assert numbers[0].value == each_hour * 17


def test_two_hundred_and_fifty_an_hour_head_for_six_thousand() -> None:
    answer = sold(250.0)
    assert answer.verdict.text.startswith(
        "¥4,250 sold by 17:00, forecast ¥6,000 for the day (target ¥6,014). "
    )
    (sales,) = (one for one in answer.findings if one.kind == "sales")
    assert sales.text.startswith("¥4,250 sold by 17:00; forecast ¥5,049 to ¥6,959: whether it reaches")
    so_far, end = (one for one in answer.evidence if isinstance(one, Number))
    assert [so_far.value, so_far.reference] == pytest.approx([4250, 6014])
    assert [end.value, end.low, end.high, end.reference] == pytest.approx([6004, 5049, 6959, 6014], abs=1)
    assert sold(250.0, days=2).verdict.text.startswith("¥4,250 sold by 17:00. ")


def test_without_earlier_days_the_evening_says_only_what_was_sold() -> None:
    sales = [one for one in sold(250.0, days=2).findings if one.kind == "sales"]
    assert [(one.level, one.text) for one in sales] == [("info", "¥4,250 sold by 17:00.")]


def test_without_hours_nothing_is_said_of_sales() -> None:
    answer = evening(Journal(MONDAY).past)
    assert not [one for one in answer.findings if one.kind == "sales"]
    assert not [one for one in answer.evidence if isinstance(one, Number)]


def test_what_is_left_done_and_handed_over_is_named_with_who_has_it() -> None:
    journal = Journal(MONDAY)
    left = journal.promise("催货", owner="许舟", due="2026-06-15")
    done = journal.promise("换主图", owner="林夕", due="2026-06-15")
    handed = journal.promise("回差评", owner="小兰", due="2026-06-15")
    journal.write("action-update", "hands_on", action=done, state="done")
    journal.write("action-update", "hands_on", action=handed, state="handed", owner="周岩")
    answer = evening(journal.past)
    texts = {one.kind: one.text for one in answer.findings}
    assert texts["left"] == "Not done: 催货 (许舟). Do it tonight or set another day?"
    assert texts["done"] == "Done today: 换主图 (林夕)."
    assert texts["handed"] == "Handed over: 回差评 (周岩)."
    rest = table(answer, "Not done today")
    assert [one.id for one in rest.columns] == ["task", "who", "due"]
    assert rest.rows == (("催货", "许舟", "2026-06-15"),)
    assert rest.keys == (left,)
    assert rest.about == (About(entry=left),)


def test_an_evening_with_nothing_done_or_handed_names_neither() -> None:
    kinds = {one.kind for one in evening(Journal(MONDAY).past).findings}
    assert kinds == {"tonight"}


def test_tonight_each_watch_has_its_hour_its_person_and_its_alarm() -> None:
    answer = evening(Journal(MONDAY).past)
    watch = table(answer, "Tonight")
    assert [one.id for one in watch.columns] == ["at", "who", "task", "alarm"]
    assert watch.rows[1] == (
        "21:00", "小兰", "Our order count compared with that of the rivals we follow",
        "our order count is below even the lowest estimate of a rival's",
    )  # fmt: skip
    tonight = [one for one in answer.findings if one.kind == "tonight"]
    assert [one.about for one in tonight] == [
        About(clock="20:00", role="promotion"),
        About(clock="21:00", role="operator"),
        About(clock="21:10", role="service"),
    ]
    assert tonight[1].proposals[0].text == "21:00 Our order count compared with that of the rivals we follow"
    assert tonight[1].key == "wrapup/tonight/21:00/operator"


def test_a_watch_agreed_yesterday_is_proposed_again() -> None:
    journal = Journal(MONDAY)
    first = next(one for one in evening(journal.past).findings if one.about.clock == "21:10")
    journal.promise("看接待", back=1, finding=first.key)
    assert first.key in keys(evening(journal.past))


def test_an_empty_ad_account_of_the_morning_is_looked_at_again() -> None:
    journal = Journal(MONDAY)
    values = {"name": "ads_balance", "passed": True, "value": 320.0}
    journal.write("record", "checks", form="check", values=values)
    assert not any("topped up?" in str(row[2]) for row in table(evening(journal.past), "Tonight").rows)
    journal.write("record", "checks", form="check", values={**values, "passed": False})
    rows = table(evening(journal.past), "Tonight").rows
    assert rows[0][2] == "Has the ad balance (¥320 this morning) been topped up? Then check spend and orders"
