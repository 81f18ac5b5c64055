"""What an operator sees on the sample's Monday, screen by screen, with the looks of the words.

A walk is one person's morning at the keyboard; every page of it is what stands on the screen when the program
has nothing more to do. Below a line stands which look its cells have; the looks are listed at the end.
"""

from __future__ import annotations

import asyncio
import string
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from unittest.mock import patch

from rich.style import Style
from textual.pilot import Pilot

from core.language.speech import Language, speak
from routines.answers.compute_answer import said
from routines.workday.workday import Workday
from tests.approved.sample_answers import MOMENTS, without_machine
from tests.conftest import copy_without_cache
from tui.app import DayApp
from tui.runtime.session import Session

PATIENCE: Final = 300.0
"""Seconds a page may take on a machine that has much else to do."""
DESKS: Final[dict[str, tuple[Language, tuple[int, int], str]]] = {
    "looking-back": ("zh", (80, 24), "desk-dark"),
    "working": ("en", (120, 40), "desk-light"),
}
"""Language, size of the terminal and theme of each walk."""
ASKED: Final = {
    "looking-back": ("target",),
    "working": ("target", "rivals", "paid", "standup"),
}
"""The steps whose answers a walk comes by."""
WALKS: Final[dict[str, Sequence[tuple[str, Sequence[str]]]]] = {
    "looking-back": (
        ("today", ()),
        ("help of today", ("question_mark",)),
        ("go to", ("escape", "ctrl+p")),
        ("past days", ("escape", "c")),
        ("a year", ("y",)),
        ("who handed in", ("y", "b")),
        ("a day's log", ("escape", "left", "enter")),
        ("two days", ("c",)),
        ("promises", ("escape", "escape", "escape", "k")),
        ("find", ("escape", "f")),
        ("found", (*"conversion<2.5%", "enter")),
        ("tables", ("escape", "escape", "t")),
        ("actions", ("escape", "a")),
        ("import", ("escape", "i")),
        ("report", ("escape", "r")),
        ("spot check", ("escape", "x")),
        ("cover for somebody", ("escape", "h")),
    ),
    "working": (
        ("target", ("enter",)),
        ("its help", ("question_mark",)),
        ("leave it out", ("escape", "s")),
        ("make an action", ("escape", "a")),
        ("reply", ("escape", "r")),
        ("a note", ("escape", "w", *"看周五")),
        ("today again", ("ctrl+s", "escape")),
        ("rivals", ("down", "down", "down", "down", "enter")),
        ("a form", ("f",)),
        ("the first form", ("1",)),
        ("keyword ads", ("escape", "n", "n")),
        ("the keyword board", ("o",)),
        ("a word decided", ("l",)),
        ("the next as proposed", ("space",)),
        ("taken back", ("u",)),
        ("the next open word", ("down", "down", "n")),
        ("words to add", ("t",)),
        ("add the first?", ("plus",)),
        ("finish with words undecided?", ("d",)),
        ("stand-up", ("escape", "n", "n", "n")),
        ("its points", ("o",)),
        ("a point talked about", ("space",)),
    ),
}


_LETTERS: Final = f".{string.ascii_letters}{string.digits}"


def shop_to_walk_in(sample: Path, folder: Path) -> Path:
    """Return a copy of the sample that shares its answers, and nothing else that others looked at."""
    copy_without_cache(sample, folder)
    for name in ("answers", "facts"):
        (sample / "cache" / name).mkdir(parents=True, exist_ok=True)
        (folder / "cache").mkdir(exist_ok=True)
        (folder / "cache" / name).symlink_to(sample / "cache" / name, target_is_directory=True)
    return folder


async def walked(shop: Path, walk: str) -> str:
    """Return the pages of the walk; the shop is a copy to work in."""
    now, (lang, size, theme) = MOMENTS["monday-morning"], DESKS[walk]
    for step in ASKED[walk]:
        said(shop, step, day=now.date(), now=now, lang=lang)
    day = Workday.open(shop, clock=lambda: now, who="lan", lang=lang)
    speak(lang, day.shop.platform)
    pages, looks = list[str](), dict[str, str]()
    with patch("routines.analyst.analyst._ASK_SECONDS", PATIENCE):
        async with DayApp(Session(day), theme=theme).run_test(size=size) as pilot:
            await _at_rest(pilot)  # the answers of the day are there before the first key
            for title, keys in WALKS[walk]:
                for key in keys:
                    await pilot.press(key)
                await _at_rest(pilot)
                pages += [f"== {title}", *_lines(pilot, looks)]
    legend = [f"{letter} {look}" for look, letter in looks.items()]
    return without_machine("\n".join([*pages, "== looks", *legend, ""])).replace(str(shop), "SHOP")


async def _at_rest(pilot: Pilot[None]) -> None:
    """Wait until nobody works any more and the screen stays as it is."""
    app, end = pilot.app, time.monotonic() + PATIENCE
    assert isinstance(app, DayApp)
    before: list[str] = []
    while True:
        await pilot.pause()
        busy = [one.name for one in app.workers if not one.is_finished and one.name != "keys"]
        now = [strip.text for strip in app.screen._compositor.render_strips()]
        if not busy and not app.session.asking and now == before:
            return
        assert time.monotonic() < end, busy
        before = now
        await asyncio.sleep(0.02)


def _lines(pilot: Pilot[None], looks: dict[str, str]) -> Iterator[str]:
    """Yield each line of the screen and, where it has any, its looks below it."""
    for strip in pilot.app.screen._compositor.render_strips():
        yield strip.text.rstrip()
        row = "".join(_letter(one.style, looks) * one.cell_length for one in strip)
        if row.strip("."):
            yield f"  {row}"


def _letter(style: Style | None, looks: dict[str, str]) -> str:
    style = style or Style()
    marks = [name for name in ("bold", "dim", "italic", "underline", "reverse") if getattr(style, name)]
    colours = [one.name if one else "none" for one in (style.color, style.bgcolor)]
    look = " ".join([*marks, " on ".join(colours)])
    return looks.setdefault(look, _LETTERS[len(looks)])
