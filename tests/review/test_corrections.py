"""A figure a finished report stated is corrected by a later import: both values stand wherever one looks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.review.correction import notices
from core.review.current_figures import MonthNow
from routines.io.day_report import day_report, render
from routines.io.importing import undo_batch
from routines.past.month_figures import MonthFigures
from routines.past.review import Review
from tests.review.days_gone import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    at,
    correct,
    export,
    make_shop,
    on,
    take_in,
)

NOTICE = "Corrected: sales of 12 Nov ¥12,300 → ¥12,180 (import of 16 Nov 09:12)."


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "lanting")


def looked(shop: Path, clock: str = "09:20") -> Review:
    return Review(on(shop, MONDAY, clock))


def test_as_long_as_nothing_came_nothing_is_corrected(shop: Path) -> None:
    review = looked(shop)
    assert review.suspected() == []
    assert review.work_out(FRIDAY).corrections == ()
    assert review.notices() == ()
    assert review.outdated(FRIDAY) == {}
    assert "Corrected after" not in render(day_report(on(shop, MONDAY, "09:20", of=FRIDAY)))


def test_the_same_figures_again_are_no_correction(shop: Path) -> None:
    take_in(shop, export(shop, "店铺_再导", {THURSDAY: 12300.2}), MONDAY, "09:12")
    review = looked(shop)
    assert review.suspected(), "something came that could have"
    assert review.work_out(FRIDAY).corrections == (), "¥12,300 reads the same"


def test_the_morning_the_calendar_and_the_report_say_it(shop: Path) -> None:
    correct(shop)
    review = looked(shop)
    assert [first.month for first in review.suspected()] == [11]
    assert review.notices() == (), "nothing is worked out where a screen is drawn"
    review.work_out(FRIDAY)
    assert review.notices() == (NOTICE,)

    cell = review.cell(FRIDAY)
    assert [(one.metric, one.was, one.now) for one in cell.corrections] == [("gmv", 12300.0, 12180.0)], (
        "of the AOV the report says nothing"
    )
    assert review.cell(THURSDAY).sold == 12180.0, "the calendar has the figures of now"

    friday = on(shop, MONDAY, "09:20", of=FRIDAY)
    for kind in ("md", "html", "txt"):
        text = render(day_report(friday), kind)
        assert "¥12,300" in text, "what was stated stays as it was written"
        assert "12,180" in " ".join(text.split()), kind
    assert render(day_report(friday)).count("Corrected: ") == 1


def test_the_notice_is_old_news_after_the_next_worked_day(shop: Path) -> None:
    correct(shop)
    looked(shop).work_out(FRIDAY)
    on(shop, MONDAY, "10:00").note("target", "看过更正")
    tuesday, wednesday = MONDAY.replace(day=17), MONDAY.replace(day=18)
    assert Review(on(shop, tuesday, "08:30")).notices() == (NOTICE,), "imported after Monday's start"
    on(shop, tuesday, "10:00").note("target", "照常")
    assert Review(on(shop, wednesday, "08:30")).notices() == ()
    assert Review(on(shop, wednesday, "08:30")).cell(FRIDAY).corrections, "the review keeps it"


def test_the_log_has_the_figure_as_it_was_and_as_it_is(shop: Path) -> None:
    correct(shop)
    review = looked(shop)
    assert list(review.outdated(FRIDAY)) == ["target"]
    then = next(moment for moment in review.log(FRIDAY) if moment.kind == "answered")
    assert not then.changed
    now = next(moment for moment in review.log_now(FRIDAY) if moment.kind == "answered")
    assert now.figures[0].words == "Yesterday's sales ¥12,300 → ¥12,180"
    assert now.text == then.text, "the sentence of that morning stays"
    assert "¥12,180" in now.verdict_now


def test_an_import_taken_back_is_a_correction_too(shop: Path) -> None:
    batch = correct(shop)
    monday = on(shop, MONDAY, "09:15", of=None)
    monday.shown("target", monday.ask("target"))
    undo_batch(shop, batch, who="沈岚", at=at(MONDAY, "09:30"))
    assert looked(shop, "09:40").work_out(FRIDAY).corrections == (), "back to what Friday's report says"


def test_a_report_built_and_finished_again_states_the_new_figure(shop: Path) -> None:
    correct(shop)
    friday = on(shop, MONDAY, "09:30", of=FRIDAY)
    friday.shown("target", friday.ask("target"))
    friday.write_report(render(replace(day_report(friday), written="")), "finished")
    assert looked(shop, "09:40").work_out(FRIDAY).corrections == ()


def test_a_slip_of_the_pen_put_right_still_states_the_old_figure(shop: Path) -> None:
    correct(shop)
    friday = on(shop, MONDAY, "09:30", of=FRIDAY)
    friday.shown("target", friday.ask("target"))
    text = day_report(friday).written.replace("Friday", "Fri.") + "\nThanks, all.\n"
    friday.write_report(text, "finished")
    (found,) = looked(shop, "09:40").work_out(FRIDAY).corrections
    assert (found.was, found.now) == (12300.0, 12180.0), "its text still says ¥12,300"
    assert "import of 16 Nov 09:12" in notices([found])[0]


def test_a_figure_put_right_by_hand_is_corrected(shop: Path) -> None:
    correct(shop)
    friday = on(shop, MONDAY, "09:30", of=FRIDAY)
    friday.write_report(day_report(friday).written.replace("12,300", "12,180"), "finished")
    assert looked(shop, "09:40").work_out(FRIDAY).corrections == ()


def test_a_report_written_late_states_what_was_asked_for_it(shop: Path) -> None:
    tomorrow = MONDAY.replace(day=17)
    saturday = FRIDAY.replace(day=14)
    take_in(shop, export(shop, "店铺_周五周六", {FRIDAY: 11000.0, saturday: 9000.0}), MONDAY, "08:40")
    late = on(shop, MONDAY, "09:00", of=saturday)
    asked = {step: late.ask(step) for step in ("target", "summary")}
    late.write_report(render(day_report(late, asked=asked)), "finished", asked)
    take_in(shop, export(shop, "店铺_周六更正", {saturday: 9100.0}), MONDAY, "11:00")
    found = Review(on(shop, tomorrow, "08:40")).work_out(saturday).corrections
    assert [(one.day, one.metric, one.was, one.now) for one in found if one.report == saturday] == [
        (saturday, "gmv", 9000.0, 9100.0),
        (saturday, "aov", 90.0, 91.0),
    ]


def test_what_is_kept_can_be_deleted_and_spoilt(shop: Path) -> None:
    correct(shop)
    before = looked(shop).work_out(FRIDAY)
    (kept,) = (shop / "cache" / "review").glob("2026-11.now.json")
    for spoilt in (b"", b"{}", b"[1]", json.dumps({"fingerprint": 1}).encode()):
        kept.write_bytes(spoilt)
        assert looked(shop).known(FRIDAY) is None
        assert looked(shop).work_out(FRIDAY) == before
    kept.unlink()
    assert looked(shop).work_out(FRIDAY) == before


def test_a_shop_without_exports_has_nothing_to_work_out(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "shop.toml").write_text('name = "x"\nlanguage = "en"\n', encoding="utf-8")
    on(folder, FRIDAY, "10:00").note("target", "还没有数据")
    review = looked(folder)
    assert review.known(FRIDAY) == MonthFigures({}, {}, {}, ())
    assert review.cell(FRIDAY).state == "open"
    assert MonthNow({}, {}, {}).figures == {}


def test_many_figures_of_one_import_are_one_line(shop: Path) -> None:
    correct(shop)
    found = looked(shop).work_out(FRIDAY).corrections
    (line,) = notices([*found] * 4)
    assert "1 more" in line
    assert len(line) < 160
