"""What a report states of the shop's days: what was shown, as long as its text says so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.answers.answer import Answer, Verdict
from core.answers.answer_codec import encode
from core.journal.entry import Entry
from core.language.speech import speak
from core.review.stated_figures import Stated, plain_of, stated_from, stated_in
from tests.routines.days import TUESDAY, at, happened

MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def english() -> None:
    speak("en")


def answer(sold: float, batch: str = "b1", **more: float) -> Answer:
    """Return an answer that states what Monday sold."""
    figures = {MONDAY.isoformat(): {"gmv": sold, **more}}
    return Answer(Verdict("info", f"Yesterday ¥{sold:,.0f}."), batches=(batch,), figures=figures)


def shown(clock: str, sold: float, batch: str = "b1", step: str = "target", **more: float) -> tuple[Any, ...]:
    """Return the line of an answer that was shown."""
    return (clock, "answered", step, {"answer": encode(answer(sold, batch, **more)), "batches": [batch]})


def stating(text: str, *lines: tuple[Any, ...], asked: Answer | None = None) -> dict[str, float]:
    """Return Monday's figures a report with that text states after those lines."""
    found = stated_in(text, entries(*lines), {} if asked is None else {"target": asked}, at("22:00"))
    assert {one.day for one in found} <= {MONDAY}
    return {one.metric: one.value for one in found}


def entries(*lines: tuple[Any, ...]) -> tuple[Entry, ...]:
    return happened(*lines, day=TUESDAY)


def kept(clock: str, sold: float, batch: str = "b1") -> tuple[Any, ...]:
    """Return the line of a report that stated it."""
    one = Stated(MONDAY, "gmv", sold, at("08:31"), (batch,))
    return (clock, "report", "summary", {"state": "finished", "text": "", "figures": plain_of([one])})


def test_what_was_shown_last_and_stands_in_the_text_is_stated() -> None:
    lines = (shown("08:31", 12300), shown("09:10", 12180, "b2"))
    assert stating("Yesterday ¥12,180.", *lines) == {"gmv": 12180}
    assert stating("Yesterday ¥12,300.", *lines) == {}, "no answer says that any more"


def test_a_figure_the_text_does_not_have_is_not_stated() -> None:
    line = shown("08:31", 12300, visitors=4000, conversion=0.0250, aov=123)
    assert stating("Sold ¥12,300 to 4,000 visitors.", line) == {"gmv": 12300, "visitors": 4000}
    assert stating("Conversion 2.50%, AOV ¥123.", line) == {"conversion": 0.0250, "aov": 123}


@pytest.mark.parametrize("text", ["¥112,300", "¥12,3001", "¥12,300,000", "¥12,300.50", "x¥12,30"])
def test_a_part_of_a_longer_figure_is_another_figure(text: str) -> None:
    assert stating(text, shown("08:31", 12300)) == {}


@pytest.mark.parametrize("text", ["¥12,300", "昨日成交¥12,300，达成 95%", "| ¥12,300 | x |", "¥12,300."])
def test_it_stands_in_any_sentence_and_cell(text: str) -> None:
    assert stating(text, shown("08:31", 12300)) == {"gmv": 12300}


def test_a_text_kept_from_before_still_states_what_it_did() -> None:
    lines = (shown("08:31", 12300), kept("21:55", 12300), shown("22:30", 12180, "b2"))
    assert stating("Yesterday ¥12,300, thanks.", *lines) == {"gmv": 12300}
    (found,) = stated_in("¥12,300", entries(*lines), {}, at("23:00"))
    assert (found.shown, found.batches) == (at("08:31"), ("b1",)), "it was shown then, from that import"
    assert stating("Yesterday ¥12,180, thanks.", *lines) == {"gmv": 12180}
    assert stating("Yesterday ¥12,300, rather ¥12,180.", *lines) == {"gmv": 12180}, "put right by hand"


def test_the_same_figure_shown_again_keeps_its_first_source() -> None:
    lines = (kept("21:55", 12300), shown("22:30", 12300.2, "b2"))
    (found,) = stated_in("¥12,300", entries(*lines), {}, at("23:00"))
    assert (found.value, found.batches) == (12300, ("b1",))


def test_what_is_asked_later_counts_where_nobody_was_shown_it() -> None:
    assert stating("¥12,180", asked=answer(12180)) == {"gmv": 12180}
    assert stating("¥12,180", shown("08:31", 12300), asked=answer(12180)) == {}


def test_it_comes_back_from_the_entry_as_it_was() -> None:
    two = (
        Stated(MONDAY, "gmv", 12300, at("08:31"), ("b1", "b2")),
        Stated(MONDAY, "conversion", 0.025, at("09:00")),
    )
    assert stated_from(plain_of(two)) == two


@pytest.mark.parametrize(
    "spoilt",
    [None, {}, [], "x", {"2026-11-16": None}, {"2026-11-16": {"gmv": 3}}, {"16.11.": {"gmv": {}}},
     {"2026-11-16": {"gmv": {"value": "x", "shown": "", "batches": []}}},
     {"2026-11-16": {"colour": {"value": 1, "shown": "2026-11-16T08:00:00+08:00", "batches": []}}}],
)  # fmt: skip
def test_what_nobody_can_read_states_nothing(spoilt: object) -> None:
    assert stated_from(spoilt) == ()
