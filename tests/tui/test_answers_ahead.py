"""While the operator looks at the agenda, the answers of the day are worked out one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from core.answers.answer import About, Answer, Finding, Impact, Verdict
from routines.workday.workday import Workday
from tests.routines.days import CHINA
from tests.tui.shop import make_shop
from tui.runtime.answers_ahead import SUMMARY, AnswersAhead
from tui.runtime.session import Session

NOW = datetime(2026, 11, 16, 8, 30, tzinfo=CHINA)


class Desk:
    """A session whose answers are computed in this process, and which steps were asked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = Session(Workday.open(folder, clock=lambda: NOW, who="沈岚", lang="en"))
        self.ahead = AnswersAhead(self.session)
        self.asked: list[str] = []
        monkeypatch.setattr(self.session.analyst, "said", self._said)

    async def _said(self, step: str, **_: object) -> Answer:
        await asyncio.sleep(0)
        self.asked.append(step)
        return Answer(Verdict("info", step))

    def work(self, news: Callable[[], None] = lambda: None) -> list[str]:
        """Compute ahead, and return the steps that were asked for."""
        self.asked.clear()
        asyncio.run(self.ahead.run(news))
        return list(self.asked)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(make_shop(tmp_path), monkeypatch)


def test_the_current_step_comes_first_then_the_key_figures_then_the_day_by_the_clock(desk: Desk) -> None:
    told: list[str] = []
    asked = desk.work(lambda: told.append(desk.ahead.words()))
    assert asked[:4] == ["target", SUMMARY, "stock", "drivers"]
    assert len(asked) == len(set(asked))
    assert told[0] == f"Calculating today's steps: 1 of {len(asked)}"
    assert told[-1] == ""
    assert desk.ahead.waiting == ()


def test_the_evening_waits_for_the_data_of_its_hour(desk: Desk) -> None:
    asked = desk.work()
    starts = {line.step.id: line.start for line in desk.session.workday.agenda().lines}
    late = {step for step, start in starts.items() if start >= NOW.replace(hour=16, minute=30)}
    assert "evening_ads" in late
    assert not (late - {SUMMARY}) & set(asked)


def test_what_sums_up_the_day_waits_for_the_day(desk: Desk) -> None:
    asked = desk.work()
    assert "reviews" in asked
    assert not {"standup", "hands_on", "breakdown", "wrapup"} & set(asked)


def test_what_was_done_or_skipped_is_not_worked_out(desk: Desk) -> None:
    desk.session.workday.skip("stock", "counted by hand")
    desk.session.workday.finish("target")
    asked = desk.work()
    assert "stock" not in asked
    assert "target" not in asked
    assert asked[0] == "drivers"


def test_a_known_answer_is_not_computed_again(desk: Desk) -> None:
    assert "stock" in desk.work()
    assert desk.work() == []
    desk.session.forget("stock")
    assert desk.work() == ["stock"]


def test_another_day_ends_it(desk: Desk) -> None:
    assert desk.work(lambda: desk.session.take_up(date(2026, 11, 15))) == ["target"]
    assert desk.ahead.waiting == ()


def finding(key: str, yuan: float, *, of: str = "margin", level: str = "act", incident: str = "") -> Finding:
    impact = Impact(yuan, "once", of=of)  # type: ignore[arg-type]
    return Finding(key, level, key, about=About(), impact=impact, incident=incident)  # type: ignore[arg-type]


def test_worth_most_is_ordered_by_margin_and_names_an_incident_once(desk: Desk) -> None:
    desk.session.answers["target"] = Answer(Verdict("act", ""), (
        finding("refunds", 700.0, incident="i1"), finding("stock-out", 900.0),
        finding("cash", 9e6, of="capital"),
    ))  # fmt: skip
    desk.session.answers["stock"] = Answer(Verdict("act", ""), (
        finding("refunds again", 700.0, incident="i1"), finding("sold well", 5e6, level="good"),
        finding("campaign", 1000.0, of="sales"), finding("word", 100.0),
    ))  # fmt: skip
    assert desk.session.workday.shop.margin == 0.55
    assert [one.key for one in desk.ahead.worth_most()] == ["stock-out", "refunds", "campaign"]
