"""The to-do list before noon, and the day's sentence in the evening."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.answers.answer import About, Answer, Finding, Held, Number, Table, TableColumn, Verdict
from core.exports.kinds.hours import Hours
from core.exports.kinds.shop_day import ShopDay
from core.language.message import Words
from core.reports.gather import report
from core.topics.team import hands_on, summary, wrapup
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told, usual_shop
from tests.topics.writing import ZONE, Journal

TEN = datetime(2026, 6, 15, 10, 40, tzinfo=ZONE)
ONE = datetime(2026, 6, 15, 13, 0, tzinfo=ZONE)
NINE = datetime(2026, 6, 15, 21, 50, tzinfo=ZONE)


def todo(journal: Journal, now: datetime = TEN) -> Answer:
    return told(hands_on.decisions(journal.past, shop=shop(), today=MONDAY, now=now))


def states(answer: Answer) -> list[object]:
    table = next(one for one in answer.evidence if isinstance(one, Table))
    return [row[0] for row in table.rows]


def test_a_morning_without_decisions_has_nothing_to_do() -> None:
    answer = todo(Journal(MONDAY))
    assert answer.verdict.level == "info"
    assert answer.findings == ()


def test_deciding_to_wait_is_not_a_task() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/度假裙", choice="observe")
    answer = todo(journal)
    assert answer.verdict.level == "info"
    assert any("1 decision to keep or observe" in limit for limit in answer.limits)


def test_what_was_decided_yesterday_and_not_done_comes_along_with_its_age() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", day=SUNDAY, key="paid/毛衣", choice="delete")
    assert todo(journal).verdict.text == "The one decision has not been carried out yet: day 2: delete: 毛衣."
    journal.write("decision", "hands_on", key="paid/毛衣", choice="done")
    assert states(todo(journal)) == ["done"]


@pytest.mark.parametrize("choice", ["done", "not done"])
def test_what_was_ticked_yesterday_does_not_come_along(choice: str) -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", day=SUNDAY, key="paid/毛衣", choice="delete")
    journal.write("decision", "hands_on", day=SUNDAY, key="paid/毛衣", choice=choice)
    assert todo(journal).verdict.level == "info"


def board(*rows: tuple[str, Held]) -> Answer[Words]:
    """The keyword table as paid shows it: words of the dress, and why each is held."""
    about = tuple(About(item="d1", word=word) for word, _ in rows)
    columns = (TableColumn("Word", "text", "word"),)
    words = Table("Words", columns, tuple((word,) for word, _ in rows), about=about,
                  holds=tuple(hold for _, hold in rows))  # fmt: skip
    return Answer(Verdict("watch", "Words."), evidence=(words,))


@pytest.mark.parametrize(("hold", "state"), [("page", "held"), ("stock", "held"), ("", "open")])
def test_a_raise_waits_while_something_stands_against_it_and_is_freed_by_itself(
    hold: Held, state: str
) -> None:
    journal = Journal(MONDAY)
    journal.shown("paid", board(("开衫", hold), ("毛衣", hold)))
    detail = {"decision": "raise", "cpc": 1.2, "next_cpc": 1.44}
    journal.write(
        "decision", "paid", key="paid/word/d1/开衫", choice="raise", detail=detail,
        about={"item": "d1", "word": "开衫"},
    )  # fmt: skip
    journal.write(
        "decision", "paid", key="paid/word/d1/毛衣", choice="lower", about={"item": "d1", "word": "毛衣"}
    )
    answer = todo(journal)
    (table,) = (one for one in answer.evidence if isinstance(one, Table))
    (raised,) = (row for row in table.rows if "开衫" in str(row[1]))
    assert raised[:2] == (state, "raise: 开衫 (¥1.20 → ¥1.44)")
    assert [row[0] for row in table.rows if "毛衣" in str(row[1])] == ["open"]
    told = [one.text for one in answer.findings if one.kind == "held"]
    assert told == ([] if not hold else [f"On hold: raise: 开衫 (¥1.20 → ¥1.44). Reason: {raised[3]}."])


def test_what_is_ticked_is_done() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/毛衣", choice="delete")
    journal.write("decision", "paid", key="paid/开衫", choice="raise")
    assert todo(journal).verdict.text.startswith("None of the 2 decisions has been carried out yet")
    journal.write("decision", "hands_on", key="paid/毛衣", choice="done")
    assert states(todo(journal)) == ["open", "done"]
    journal.write("decision", "hands_on", key="paid/开衫", choice="not done", detail="等老板")
    answer = todo(journal)
    assert "not done" in answer.verdict.text
    assert any("等老板" in one.text for one in answer.findings)


def test_past_noon_open_things_are_urgent() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/毛衣", choice="delete")
    assert todo(journal).verdict.level == "watch"
    assert todo(journal, ONE).verdict.level == "act"


def test_actions_agreed_for_today_are_on_the_list_and_later_ones_are_not() -> None:
    journal = Journal(MONDAY)
    journal.write("action", "stock", text="补货 200 件", role="supply", owner="许舟", due=MONDAY.isoformat())
    journal.write(
        "action", "page", text="改首页", role="design", due=(MONDAY + timedelta(days=3)).isoformat()
    )
    assert todo(journal).verdict.text == "The one decision has not been carried out yet: 补货 200 件."


def hours(today: dict[int, float], days: int = 28) -> Hours:
    rows: list[dict[str, object]] = []
    for back in range(1, days + 1):
        rows += [
            {"date": MONDAY - timedelta(days=back), "hour": hour, "buyers": 1.25, "gmv": 250.0}
            for hour in range(24)
        ]
    rows += [
        {"date": MONDAY, "hour": hour, "buyers": value / 200, "gmv": value} for hour, value in today.items()
    ]
    if today and max(today) < 23:  # the file was made a few minutes into the next hour
        rows.append({"date": MONDAY, "hour": max(today) + 1, "buyers": 0.1, "gmv": 20.0})
    return of_rows(Hours, rows)


def busy_sunday() -> ShopDay:
    return usual_shop(changes={MONDAY - timedelta(days=1): {"visitors": 1350}})


def evening(journal: Journal, day: Hours | None) -> Answer:
    return told(summary.day(journal.past, busy_sunday(), day, shop=shop(), today=MONDAY, now=NINE))


def test_without_hours_nothing_is_said_of_todays_sales() -> None:
    answer = evening(Journal(MONDAY), None)
    assert "today's sales are known tomorrow" in answer.verdict.text
    assert any("There is no hourly file" in limit for limit in answer.limits)


def test_a_usual_evening_is_not_called_behind() -> None:
    answer = evening(Journal(MONDAY), hours(dict.fromkeys(range(21), 250.0)))
    assert "sold by 21:00, forecast" in answer.verdict.text
    assert not [one for one in answer.findings if one.level == "watch"]


def test_half_a_day_is_likely_missed() -> None:
    answer = evening(Journal(MONDAY), hours(dict.fromkeys(range(21), 100.0)))
    assert answer.verdict.level == "watch"
    assert "probably miss" in answer.findings[0].text


def test_two_earlier_days_are_no_forecast() -> None:
    answer = evening(Journal(MONDAY), hours(dict.fromkeys(range(21), 250.0), days=2))
    assert "heads for" not in answer.verdict.text
    assert any("Too few earlier days" in limit for limit in answer.limits)


def test_open_actions_and_what_nobody_took_on_come_first_tomorrow() -> None:
    journal = Journal(MONDAY)
    journal.promise("催货", due=(MONDAY + timedelta(days=1)).isoformat())
    journal.promise("以后再说", due=date(2026, 7, 1).isoformat())
    journal.shown(
        "drivers",
        Answer(Verdict("act", "…"), (Finding("a", "act", "短视频断了"), Finding("b", "act", "有人管了"))),
    )
    journal.write("action", "drivers", text="管", finding="b", due=date(2026, 6, 30).isoformat())
    said = [one.text for one in evening(journal, None).findings if one.key.startswith("summary/tomorrow")]
    assert said == ["To do tomorrow, no. 1: 催货 (周岩)", "To do tomorrow, no. 2: 短视频断了"]


def test_steps_and_actions_are_counted() -> None:
    journal = Journal(MONDAY)
    journal.opened({"target": 15, "drivers": 15, "summary": 10})
    journal.worked("target", "08:30", "08:41")
    name = journal.promise("做完的", due=MONDAY.isoformat())
    journal.write("action-update", "standup", action=name, state="done")
    answer = evening(journal, None)
    assert "1 of 2 steps and 1 of 1 actions done" in answer.verdict.text


def kept_and_open() -> tuple[Journal, str, str]:
    """Two promises due yesterday: one has its figure, the other is not done; no stand-up was held."""
    journal = Journal(MONDAY)
    due = (MONDAY - timedelta(days=1)).isoformat()
    kept = journal.promise("访客拉到 1300", back=3, metric="visitors", direction="up", expected=1300, due=due)
    left = journal.promise("催货", back=3, due=due)
    return journal, kept, left


def test_a_promise_kept_by_its_figure_is_not_overdue_without_a_standup() -> None:
    journal, kept, left = kept_and_open()
    answer = evening(journal, None)
    keys = [one.key for one in answer.findings]
    assert f"summary/open/{left}" in keys
    assert f"summary/open/{kept}" not in keys
    assert f"summary/reached/{kept}" in keys
    assert not any("访客拉到 1300" in one.text for one in answer.findings if "tomorrow" in one.key)
    assert "; to do first: 催货" in answer.verdict.text


def test_the_wrapup_says_the_same() -> None:
    journal, kept, left = kept_and_open()
    answer = told(wrapup.evening(journal.past, days=busy_sunday(), shop=shop(), today=MONDAY, now=NINE))
    keys = [one.key for one in answer.findings]
    assert f"wrapup/reached/{kept}" in keys
    assert f"wrapup/left/{left}" in keys
    assert f"wrapup/left/{kept}" not in keys


def test_the_report_tells_a_kept_promise_as_reached() -> None:
    journal, kept, _ = kept_and_open()
    journal.shown("summary", evening(journal, None))
    printed = report(
        journal.entries, [one for day in journal.days for one in journal.days[day] if day < MONDAY],
        shop=shop(), day=MONDAY,
    )  # fmt: skip
    assert [row.text for row in printed.reached] == ["访客拉到 1300"]
    assert [row.text for row in printed.open] == ["催货"]
    assert not any("访客拉到 1300" in line for line in printed.tomorrow)
    assert kept


def test_a_day_below_its_target_is_not_called_good() -> None:
    days = usual_shop(last=MONDAY, changes={MONDAY: {"gmv": 3000}})
    answer = told(summary.day(Journal(MONDAY).past, days, shop=shop(), today=MONDAY, now=NINE))
    assert answer.verdict.level == "watch"
    assert "nothing was written on this day" in answer.verdict.text


def test_a_day_with_words_but_without_steps_is_not_called_empty() -> None:
    journal = Journal(MONDAY)
    journal.write("note", "stock", text="只看了库存")
    days = usual_shop(last=MONDAY, changes={MONDAY: {"gmv": 3000}})
    said = told(summary.day(journal.past, days, shop=shop(), today=MONDAY, now=NINE)).verdict.text
    assert "no step was worked on" in said


# ---- the list before noon, row by row


def test_each_thing_to_do_is_a_row_with_its_state_who_has_it_and_the_reason() -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/word/d1/毛衣", choice="delete")
    journal.write("decision", "paid", key="paid/word/d1/开衫", choice="raise")
    journal.write("decision", "hands_on", key="paid/word/d1/开衫", choice="not done", detail="等老板")
    action = journal.write("action", "stock", text="补货 200 件", role="supply", due=MONDAY.isoformat())
    dropped = journal.write("action", "stock", text="退货", owner="许舟", due=MONDAY.isoformat())
    journal.write("action-update", "stock", action=dropped, state="dropped", reason="不退了")
    done = journal.write("action", "stock", text="盘点", owner="许舟", due=MONDAY.isoformat())
    journal.write("action-update", "stock", action=done, state="done")
    answer = todo(journal)
    table = next(one for one in answer.evidence if isinstance(one, Table))
    assert [(one.id, one.kind) for one in table.columns] == [
        ("state", "word"), ("task", "text"), ("who", "text"), ("reason", "text")
    ]  # fmt: skip
    assert dict(table.columns[0].words) == {
        "open": "open", "held": "on hold", "done": "done", "not done": "not done"
    }  # fmt: skip
    assert table.rows == (
        ("open", "delete: 毛衣", "小兰", ""),
        ("open", "补货 200 件", "Supply", ""),
        ("not done", "raise: 开衫", "小兰", "等老板"),
        ("not done", "退货", "许舟", "不退了"),
        ("done", "盘点", "许舟", ""),
    )
    assert table.keys == ("paid/word/d1/毛衣", action, "paid/word/d1/开衫", dropped, done)
    assert table.about[:2] == (About(item="d1", word="毛衣"), About(entry=action))
    tasks = [one for one in answer.findings if one.kind == "task"]
    assert [one.key for one in tasks] == [f"hands_on/{key}" for key in table.keys[:4]]
    assert [one.level for one in tasks] == ["watch", "watch", "info", "info"]
    assert tasks[0].about == About(item="d1", word="毛衣")


def test_what_was_first_due_earlier_is_told_with_its_age() -> None:
    journal = Journal(MONDAY)
    name = journal.promise("催货", back=3)
    journal.write("action-update", "standup", action=name, state="open", due=MONDAY.isoformat())
    assert todo(journal).verdict.text == "The one decision has not been carried out yet: day 3: 催货."


@pytest.mark.parametrize(("minute", "level"), [(59, "watch"), (60, "act")])
def test_from_noon_on_what_is_open_is_urgent(minute: int, level: str) -> None:
    journal = Journal(MONDAY)
    journal.write("decision", "paid", key="paid/word/d1/毛衣", choice="delete")
    assert todo(journal, TEN.replace(hour=11, minute=0) + timedelta(minutes=minute)).verdict.level == level


def test_an_action_that_sends_buyers_to_what_runs_out_is_stopped() -> None:
    journal = Journal(MONDAY)
    runs_out = Finding("stock/order/d1", "act", "连衣裙 lasts 3 days.")
    journal.shown("stock", Answer(Verdict("act", "…"), (runs_out,)))
    for finding in ("optimise/hero/d1", "optimise/hero/d2", "optimise/changed/d1", "rivals/hero/d1"):
        journal.write("action", "optimise", text=finding, owner="周岩", finding=finding)
    against = [one for one in todo(journal).findings if one.kind == "against"]
    assert [one.text for one in against] == [
        "optimise/hero/d1: do not do this now, because 连衣裙 lasts 3 days."
    ]
    assert [one.level for one in against] == ["act"]


def test_only_the_step_that_found_it_holds_an_item_back() -> None:
    journal = Journal(MONDAY)
    other = Finding("notices/order/d1", "act", "Not about stock.", kind="order", about=About(item="d1"))
    journal.shown("notices", Answer(Verdict("act", "…"), (other,)))
    journal.write("decision", "paid", key="paid/word/d1/毛衣", choice="raise")
    assert not [one for one in todo(journal).findings if one.kind == "against"]


# ---- the day's sentence, finding by finding


@pytest.mark.parametrize(
    ("each_hour", "level", "words"),
    [(100.0, "watch", "probably miss"), (250.0, "info", "cannot be told"), (600.0, "good", "probably")],
)
def test_the_summary_says_where_the_day_heads(each_hour: float, level: str, words: str) -> None:
    answer = evening(Journal(MONDAY), hours(dict.fromkeys(range(21), each_hour)))
    course = [one for one in answer.findings if one.kind == "course"]
    assert [one.level for one in course] == [level]
    assert words in course[0].text
    numbers = [one for one in answer.evidence if isinstance(one, Number)]
    assert [(one.name, one.unit) for one in numbers] == [
        ("Sales so far", "CNY"),
        ("Forecast for the day", "CNY"),
    ]
    assert numbers[0].value == each_hour * 21


def test_the_summary_says_how_wide_the_days_end_is() -> None:
    answer = evening(Journal(MONDAY), hours(dict.fromkeys(range(21), 250.0)))
    assert answer.verdict.text.startswith(
        "¥5,250 sold by 21:00, forecast ¥6,002 for the day (target ¥6,014); "
    )
    (course,) = (one for one in answer.findings if one.kind == "course")
    assert (
        course.text
        == "The day's forecast is ¥6,002 (¥5,379 to ¥6,625): whether it reaches ¥6,014 cannot be told yet."
    )
    so_far, end = (one for one in answer.evidence if isinstance(one, Number))
    assert [so_far.value, so_far.reference] == pytest.approx([5250, 6014])
    assert [end.value, end.low, end.high, end.reference] == pytest.approx([6002, 5379, 6625, 6014], abs=1)


def test_without_hours_the_summary_has_no_course_and_no_figure_of_the_day() -> None:
    answer = evening(Journal(MONDAY), None)
    assert not [one for one in answer.findings if one.kind == "course"]
    assert not [one for one in answer.evidence if isinstance(one, Number)]


def test_what_is_open_reached_missed_and_first_tomorrow_is_said_under_its_own_kind() -> None:
    journal, kept, left = kept_and_open()
    journal.opened({"target": 15, "drivers": 15, "summary": 10})
    journal.worked("target", "08:30", "08:41")
    answer = evening(journal, None)
    found = {one.kind: one for one in answer.findings}
    assert found["open"].text == "Overdue or due: 催货 (周岩, 14 Jun)."
    assert found["open"].about == About(entry=left)
    assert found["reached"].about == About(entry=kept)
    assert found["missed"].text == "1 planned step was neither done nor explained."
    assert found["tomorrow"].text == "To do tomorrow, no. 1: 催货 (周岩)"
    assert found["tomorrow"].about == About(other="1")
    table = [one for one in answer.evidence if isinstance(one, Table)][-1]
    assert [one.id for one in table.columns] == ["what", "done", "of"]
    assert table.rows == (
        ("Steps done (without this report)", 1, 2),
        ("Actions done", 0, 2),
        ("Minutes worked", 11, 40),
    )


def test_a_day_without_actions_and_steps_has_none_of_them() -> None:
    assert evening(Journal(MONDAY), None).findings == ()


def test_the_month_is_named_where_the_day_itself_is_not_known() -> None:
    text = evening(Journal(MONDAY), None).verdict.text
    assert text.startswith("99.9% of the month's target up to yesterday is reached, ")
    assert "% likely to reach the whole target; " in text
