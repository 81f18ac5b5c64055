"""What the day's steps said is read when somebody looks at it; damaged answers keep nobody from the day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.answers.answer import Answer, Finding, Verdict
from core.answers.answer_codec import encode
from core.journal.book import Book
from core.language.message import say
from core.language.speech import speak
from routines.workday.workday import Workday
from tests.routines.days import CHINA
from tests.routines.days import at as moment
from tests.terminal.keyboard import at_the_desk
from tests.tui.shop import make_shop
from tui.runtime.session import Session

MONDAY = date(2026, 11, 16)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path)


def shown(shop: Path, step: str, answer: dict[str, Any]) -> None:
    Book(shop).append(
        MONDAY, at=datetime(2026, 11, 16, 8, 40, tzinfo=CHINA), who="沈岚", kind="answered", step=step,
        data={"answer": answer, "batches": []},
    )  # fmt: skip


def session(shop: Path) -> Session:
    return Session(Workday.open(shop, clock=lambda: moment("10:00", MONDAY), who="lan", lang="en"))


async def test_the_agenda_shows_verdicts_and_a_damaged_answer_keeps_nobody_out(shop: Path) -> None:
    shown(shop, "stock", encode(Answer(Verdict("act", "Jeans run out on Friday"))))
    shown(shop, "page", encode(Answer(Verdict("watch", "Bounce rate is high"))) | {"findings": "gone"})
    shown(shop, "rivals", {"verdict": "gone"})
    async with at_the_desk("process", shop, size=(120, 40)) as lan:
        await lan.sees("Jeans run out on Friday", "Bounce rate is high", "Rivals")
        assert "gone" not in await lan.screen()


async def test_the_meeting_goes_on_without_a_damaged_answer(shop: Path) -> None:
    shown(shop, "stock", encode(Answer(Verdict("act", "x"), (Finding("stock/7", "act", "Order jeans"),))))
    shown(shop, "rivals", {"verdict": "gone"})
    desk = session(shop)
    for step in desk.workday.plan.steps[:9]:
        desk.workday.finish(step.id)
    async with at_the_desk("process", shop, at="2026-11-16T10:20:00+08:00", size=(120, 40)) as lan:
        await lan.press("enter")
        await lan.sees("work table")
        await lan.press("o")
        await lan.sees("Found this morning", "Order jeans")


def test_a_verdict_is_read_without_the_rest_of_its_answer(shop: Path) -> None:
    shown(shop, "page", encode(Answer(Verdict("watch", "high"))) | {"findings": "gone"})
    seen = session(shop).shown_answers()

    assert seen.verdict("page") == Verdict("watch", "high")
    assert seen.get("page") is None
    assert seen.get("stock") is None
    assert seen.verdict("stock") is None


def test_what_is_known_now_comes_before_what_was_shown(shop: Path) -> None:
    shown(shop, "stock", encode(Answer(Verdict("act", "earlier"))))
    desk = session(shop)
    assert desk.shown_answers().verdict("stock") == Verdict("act", "earlier")

    desk.answers["stock"] = Answer(Verdict("good", "now"))
    assert desk.shown_answers().verdict("stock") == Verdict("good", "now")
    desk.forget()
    answer = desk.shown_answers().get("stock")
    assert answer is not None
    assert desk.shown_answers().get("stock") is answer  # read once

    shown(shop, "stock", encode(Answer(Verdict("watch", "later, by somebody else"))))
    assert desk.shown_answers().verdict("stock") == Verdict("watch", "later, by somebody else")


def test_an_answer_is_shown_in_the_language_now_spoken(shop: Path) -> None:
    shown(shop, "stock", encode(Answer(Verdict("act", say("{n}m", n=3)))))
    desk = session(shop)
    assert desk.shown_answers().verdict("stock") == Verdict("act", "3m")
    speak("zh")
    assert desk.shown_answers().verdict("stock") == Verdict("act", "3分")
