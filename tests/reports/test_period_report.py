"""A week from its days: the same shape as the day's report, told by those who were there."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import Answer, Finding, Verdict
from core.journal.entry import Entry
from core.reports import html, markdown, period_report, text
from core.reports.day_report import Figure, Report, ReportLine
from core.shop.settings import Person, Shop
from tests.topics.writing import Journal

MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
SHOP = Shop(name="兰亭女装", team=(Person(name="周岩", roles=("promotion",)),))
OVER = period_report.Over("week", MONDAY, MONDAY + timedelta(days=6), "2026 W46")
TOLD = period_report.Told(
    ReportLine("2 days: sales ¥300.", "info"),
    (Figure("Sales", "¥300", "¥200", "+50%"),),
    {MONDAY: 100.0, TUESDAY: 200.0},
)


def journal() -> Journal:
    days = Journal(TUESDAY)
    for day, words in ((MONDAY, "跳失率 74%"), (TUESDAY, "跳失率 75%")):
        days.today = day
        found = (Finding("page/bounce", "act", words), Finding("paid/ctr", "good", "点击率更高"))
        days.shown("page", Answer(Verdict("act", words), found))
        days.worked("page", "09:00", "09:12")
        days.write("note", "page", text=f"{day.day} 号的话")
    days.shown("stock", Answer(Verdict("watch", "x"), (Finding("stock/jeans", "watch", "牛仔裤只够四天"),)))
    days.shown("target", Answer(Verdict("good", "昨天达标")))
    days.shown(
        "standup", Answer(Verdict("good", "x"), (Finding("standup/promise/a1", "good", "兑现：周岩“改词”"),))
    )
    days.write("record", "rivals", form="rival", values={"rival": "r01"})
    days.write("report", text="# 日报", state="finished", figures={})
    return days


def report(days: Journal | None = None, earlier: tuple[Entry, ...] = ()) -> Report:
    days = days or journal()
    inside = {day: entries for day, entries in days.days.items() if OVER.first <= day <= OVER.last}
    before = [entry for day, entries in days.days.items() if day < OVER.first for entry in entries]
    return period_report.report(inside, [*before, *earlier], shop=SHOP, over=OVER, told=TOLD)


# ---- what must be left alone


def test_a_week_nobody_wrote_in_is_its_figures() -> None:
    empty = period_report.report({}, shop=SHOP, over=OVER, told=TOLD)
    shown = markdown.render(empty)
    assert "# 兰亭女装: the week of 2026 W46" in shown
    assert "¥300" in shown
    assert "Actions" not in shown
    assert [line.state for line in empty.days] == ["nothing written"] * 2


def test_an_action_of_another_week_that_is_closed_is_not_told() -> None:
    days = journal()
    old = days.promise("老的", back=20)
    days.write("action-update", "standup", day=MONDAY - timedelta(days=10), action=old, state="done")
    assert "老的" not in markdown.render(report(days))


# ---- what is in it


def test_a_finding_is_told_once_as_it_was_last_with_its_days() -> None:
    found = report()
    assert found.improve == ("跳失率 75% (on 2 days, last on 10 Nov)", "牛仔裤只够四天 (10 Nov)")
    assert found.good == ("点击率更高 (on 2 days, last on 10 Nov)",)


def test_the_days_stand_with_sales_report_and_verdict() -> None:
    first, second = report().days
    assert (first.date, first.sold, first.state) == ("Mon 9 Nov", "¥100", "no report yet")
    assert (second.sold, second.state, second.verdict) == ("¥200", "finished by 小兰", "昨天达标")


def test_actions_of_the_week_and_those_left_over_are_told() -> None:
    days = journal()
    days.promise("催货", back=9, due="2026-11-08")
    days.promise("改图", back=0, due="2026-11-12", role="promotion", owner="")
    done = days.promise("充值", back=1, due="2026-11-10")
    days.write("action-update", "standup", action=done, state="done")
    found = report(days)
    assert {one.text for one in found.open} == {"催货", "改图"}
    assert [one.text for one in found.done] == ["充值"]
    assert found.tomorrow == ("催货 (周岩, 8 Nov)", "改图 (周岩, 12 Nov)")


def test_promises_are_told_as_the_meetings_last_told_them() -> None:
    assert [one.text for one in report().promises] == ["兑现：周岩“改词”"]


def test_steps_say_on_how_many_days_and_keep_their_notes() -> None:
    found = {part.id: part for part in report().steps}
    assert (found["page"].state, found["page"].used) == ("done on 2 days", 24)
    assert [(one.text, one.at) for one in found["page"].notes] == [
        ("9 号的话", "9 Nov"),
        ("10 号的话", "10 Nov"),
    ]
    assert found["rivals"].state == "recorded on 1 day"


def test_it_has_the_shape_of_the_daily_report() -> None:
    shown = markdown.render(report())
    order = [
        "# 兰亭",
        "## Figures",
        "## What went well",
        "## To improve",
        "## Promises",
        "## Day by day",
        "## Step by step",
    ]
    places = [shown.index(heading) for heading in order]
    assert places == sorted(places)
    assert "| Figure | Value | Compared with | Change |" in shown
    assert "First things tomorrow" not in shown
    for render in (html.render, text.render):
        assert "跳失率 75%" in render(report())
