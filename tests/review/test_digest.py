"""What a day came to: who handed the report in, when, how late, what it sold."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.answers.answer import Answer, Finding, Number, Verdict
from core.answers.answer_codec import encode
from core.journal.entry import Entry
from core.review.digest import DayDigest, digest_from, digest_of, missed, row_of
from core.review.stated_figures import Stated, plain_of
from tests.routines.days import TUESDAY, at


def day(*lines: tuple[Any, ...]) -> tuple[Entry, ...]:
    """Return entries of lines such as ("21:50", "何萍", "report", "summary", {"state": "finished"})."""
    return tuple(
        Entry(
            f"e{number}",
            at(clock),
            who,
            kind,
            step,
            data[0] if data else {},
            TUESDAY,
            at(clock) > at("28:00"),
        )
        for number, (clock, who, kind, step, *data) in enumerate(lines)
    )


def shown(sold: float, target: float | None, *, without: bool = False) -> dict[str, Any]:
    findings = (Finding("target/none", "watch", "no target"),) if without else ()
    answer = Answer(
        Verdict("info", "x"), findings, (Number("Yesterday's sales", "CNY", sold, reference=target),)
    )
    return {"answer": encode(answer), "batches": ["b1"]}


PLAN = {"plan": [{"id": "target"}, {"id": "stock"}, {"id": "summary"}]}


def test_nobody_came() -> None:
    assert digest_of(()) == DayDigest()
    assert not missed(DayDigest(), TUESDAY, TUESDAY + timedelta(days=3)), "a day off is no day left open"


def test_who_handed_in_first_and_when_stays_whatever_is_corrected_later() -> None:
    found = digest_of(
        day(
            ("08:30", "沈岚", "opened", "", PLAN),
            ("08:31", "沈岚", "started", "target"),
            ("08:40", "沈岚", "done", "target"),
            ("21:40", "何萍", "report", "summary", {"state": "draft", "text": "a"}),
            ("21:55", "何萍", "report", "summary", {"state": "finished", "text": "a"}),
            ("22:10", "沈岚", "report", "summary", {"state": "draft", "text": "b"}),
        )
    )
    assert (found.report, found.by, found.at, found.report_late) == ("finished", "何萍", at("21:55"), False)
    assert (found.steps, found.steps_done, found.entries) == (2, 1, 4)
    assert found.people == ("沈岚", "何萍")


@pytest.mark.parametrize(
    ("clock", "late"), [("23:59", False), ("27:59", False), ("28:20", True), ("57:00", True)]
)
def test_a_report_is_late_when_the_day_has_turned(clock: str, late: bool) -> None:  # noqa: FBT001 - the table reads best so
    found = digest_of(day((clock, "沈岚", "report", "summary", {"state": "finished"})))
    assert (found.report_late, found.late) == (late, int(late))


def test_a_draft_or_a_note_alone_leaves_the_day_open() -> None:
    draft = digest_of(day(("21:00", "沈岚", "report", "summary", {"state": "draft"})))
    note = digest_of(day(("09:00", "沈岚", "note", "stock", {"text": "补货"})))
    tomorrow = TUESDAY + timedelta(days=1)
    assert (draft.report, note.report) == ("draft", "")
    assert missed(draft, TUESDAY, tomorrow)
    assert missed(note, TUESDAY, tomorrow)
    assert not missed(note, TUESDAY, TUESDAY), "today is not over"


def test_sales_and_target_of_yesterday_are_those_last_shown() -> None:
    found = digest_of(
        day(
            ("08:31", "沈岚", "answered", "target", shown(100, 90)),
            ("09:31", "沈岚", "answered", "target", shown(120, 90)),
        )
    )
    assert (found.sold, found.target) == (120, 90)


def test_the_usual_day_is_no_target() -> None:
    found = digest_of(day(("08:31", "沈岚", "answered", "target", shown(100, 90, without=True))))
    assert (found.sold, found.target) == (100, None)


def test_a_report_states_what_it_stated_when_it_was_finished_last() -> None:
    first, last = (Stated(date(2026, 11, 16), "gmv", sold, at("08:31"), ("b1",)) for sold in (100.0, 80.0))
    finished = {"state": "finished"}
    found = digest_of(
        day(
            ("21:55", "沈岚", "report", "summary", finished | {"figures": plain_of([first])}),
            ("22:00", "沈岚", "report", "summary", finished | {"figures": plain_of([last])}),
            ("22:10", "沈岚", "report", "summary", {"state": "draft", "figures": {}}),
            ("33:00", "沈岚", "answered", "target", shown(70, 90)),
        )
    )
    assert found.stated == (last,)


@pytest.mark.parametrize("data", [{}, {"answer": None}, {"answer": {"evidence": []}}, {"answer": [1]}])
def test_answers_nobody_can_read_are_no_figures(data: dict[str, Any]) -> None:
    found = digest_of(day(("08:31", "沈岚", "answered", "target", data)))
    assert (found.sold, found.target) == (None, None)


def test_it_comes_back_from_the_cache_as_it_was() -> None:
    full = DayDigest(
        entries=3, late=1, people=("沈岚",), steps=2, steps_done=1, report="finished", by="沈岚",
        at=datetime(2026, 11, 17, 21, 55, tzinfo=at("08:00").tzinfo), report_late=True, sold=1.5, target=2.0,
        stated=(Stated(date(2026, 11, 16), "gmv", 1.5, at("08:31"), ("b1", "b2")),),
    )  # fmt: skip
    for one in (full, DayDigest(), DayDigest(entries=1, sold=0.0)):
        assert digest_from(json.loads(json.dumps(row_of(one)))) == one
