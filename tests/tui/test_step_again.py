"""One screen serves all steps: nothing of the step before is left, and nothing is kept that was not seen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll

from core.answers.answer import Answer
from tests.terminal.keyboard import InProcess, at_the_desk
from tests.tui.shop import make_shop
from tui.runtime.session import Session
from tui.screens.step.step import StepScreen


async def test_what_was_typed_in_a_step_waits_there_and_is_not_in_the_next(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        await lan.press("w")
        await lan.types("pockets sold out by ten")
        await lan.sees("pockets sold out by ten")
        await lan.leaves("pockets sold out by ten")
        await lan.leaves("questions answered 0/3")
        await lan.press("down", "enter")
        await lan.sees("You are looking ahead")
        assert "draft" not in await lan.screen()
        await lan.press("w")
        await lan.sees("keep as draft")
        assert "pockets" not in await lan.screen()
        await lan.leaves("keep as draft")
        await lan.leaves("questions answered 0/3")
        await lan.press("up", "enter")
        await lan.sees("A draft of 23 characters is kept")
        await lan.press("w")
        await lan.sees("pockets sold out by ten")


async def test_the_next_step_begins_at_its_top_with_nothing_chosen(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        screen = lan.pilot.app.screen
        assert isinstance(screen, StepScreen)
        await lan.pilot.resize_terminal(80, 12)
        await lan.no_longer_sees("A special day or period")
        await lan.press("end")
        await lan.sees("A special day or period")
        assert screen.query_one("#page", VerticalScroll).scroll_y > 0
        await lan.press("n")
        await lan.sees("9 min left")
        assert lan.pilot.app.screen is screen
        assert [place.scroll_y for place in screen.query(VerticalScroll)] == [0, 0, 0]
        assert screen.focused is None


def kept_of(screen: StepScreen) -> list[str]:
    return [entry.step for entry in screen.workday.entries() if entry.kind == "answered"]


async def test_an_answer_that_comes_after_the_step_was_left_is_not_written_down_as_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_come, has_come, real = asyncio.Event(), asyncio.Event(), Session.ask

    async def slow(session: Session, step: str) -> Answer:
        await let_come.wait()
        try:
            return await real(session, step)
        finally:
            has_come.set()

    monkeypatch.setattr(Session, "ask", slow)
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        screen = lan.pilot.app.screen
        assert isinstance(screen, StepScreen)
        await lan.leaves("questions answered 0/3")
        let_come.set()
        await has_come.wait()
        await lan.pilot.pause()
        assert kept_of(screen) == []
        assert screen.shown.answer is None
        await lan.press("enter")
        await lan.sees("questions answered 0/3", "no data")
        # What was known stands there at once; it is kept when it has been asked for again.
        await lan._waits(lambda _: bool(kept_of(screen)), ("the answer kept",))
        assert kept_of(screen) == ["target"]


async def test_what_was_worked_out_ahead_and_seen_is_kept_when_the_step_is_finished_before_it_comes_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_come, real = asyncio.Event(), Session.ask

    async def slow(session: Session, step: str) -> Answer:
        session.asking.add(step)
        await let_come.wait()
        return await real(session, step)

    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.sees("no data")  # the answers of the day are there
        monkeypatch.setattr(Session, "ask", slow)
        monkeypatch.setattr(Session, "fresh_answer", lambda _session, _step: None)
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        screen = lan.pilot.app.screen
        assert isinstance(screen, StepScreen)
        assert kept_of(screen) == []
        await lan.press("d")
        await lan.sees("What do we reorder today")
        assert kept_of(screen) == ["target"]
        let_come.set()


async def test_a_note_just_saved_stays_in_sight_when_the_answer_comes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_come, real = asyncio.Event(), Session.ask

    async def slow(session: Session, step: str) -> Answer:
        await let_come.wait()
        return await real(session, step)

    monkeypatch.setattr(Session, "ask", slow)
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        await lan.press("w")
        await lan.sees("keep as draft")
        await lan.types("buyers ask for pockets")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "notes 1")
        let_come.set()
        await lan.sees("no data", "There are no data for this analysis")
        page = lan.pilot.app.screen.query_one("#page", VerticalScroll)
        await lan._waits(lambda _: page.max_scroll_y > 0, ("a page longer than the screen",))
        await lan._waits(lambda shown: "buyers ask for pockets" in shown, ("the note",))
        await lan.pilot.pause()
        assert "buyers ask for pockets" in await lan.screen()
        await lan.press("home")
        await lan.no_longer_sees("buyers ask for pockets")


async def test_a_step_that_waits_for_its_answer_says_that_it_is_calculated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    put = StepScreen._put

    def noted(screen: StepScreen, name: str, words: Any) -> None:
        if name == "verdict":
            shown.append(str(words.plain if hasattr(words, "plain") else [one.plain for one in words.blocks]))
        put(screen, name, words)

    monkeypatch.setattr(StepScreen, "_put", noted)
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        await lan.press("n")
        await lan.sees("9 min left")
    assert any("Calculating" in words for words in shown)
    assert not [words for words in shown if "No answer yet" in words]


@pytest.mark.parametrize("wide", [60, 80, 100])
async def test_the_status_line_ends_with_a_whole_word_at_any_width(tmp_path: Path, wide: int) -> None:
    async with at_the_desk("process", make_shop(tmp_path), size=(wide, 24), lang="zh") as lan:
        await lan.press("enter")
        await lan.sees("问题")
        await lan.press("w")
        await lan.types("供应商来过电话")
        await lan.press("ctrl+s")
        await lan.sees("备注 1")
        line = next(one for one in (await lan.screen()).splitlines() if "问题" in one and "/" in one)
        assert not line.rstrip().endswith(("数", "数据", "数据不"))


async def test_a_message_longer_than_the_screen_is_read_to_its_end(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        await lan.press("down", "enter")
        await lan.sees("You are looking ahead", "start this one.")
