"""What is far too large: a word of a million characters in an old journal, 100,000 files in the inbox."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Literal

from core.errors import BadInput
from core.exports.reading.recognise import waiting
from core.find.query import read
from core.find.text_index import TextIndex
from core.journal.book import Book
from core.review.months import Months
from core.shop.settings import Limits
from routines.io.day_report import day_report, render
from routines.workday.workday import Workday
from tests.bench.measure import Figure, Result, in_turns, timed
from tests.bench.places import DAY, room
from tui.text.day_text import day_lines
from tui.text.text_layout import Prose, hang

WORD = "长" * 1_000_000
FILES = 100_000


def figures(rounds: int) -> Iterator[Result]:
    """Yield each way of a long word to the reader against reading its file, and looking into a full inbox."""
    shop, finished = _shop("long"), _shop("finished")
    day = _workday(finished)
    built = render(day_report(day))
    day.write_report(built, "finished", built=len(built))
    for of, ways in ((shop, _ways(shop)), (finished, _corrected(finished))):
        for name, work in ways.items():
            ours, theirs = in_turns(rounds, timed(work), timed(partial(_notes, of)))
            said = f"a word of 1,000,000 characters: {name}"
            yield Figure(said, "reading its file", 3.0, "ms", ours, theirs)
    inbox = room("inbox")
    for number in range(FILES):
        (inbox / f"{number}.csv").touch()
    listed, plain = in_turns(rounds, timed(lambda: _looked(inbox)), timed(lambda: _listing(inbox)))
    yield Figure(f"looking into an inbox of {FILES:,} files", "os.scandir", 3.0, "ms", listed, plain)


def _shop(name: str) -> Path:
    shop = room(name)
    (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
    Book(shop).append(
        date.fromisoformat(DAY), at=_now(), who="bench", kind="note", step="target", data={"text": WORD}
    )
    return shop


def _ways(shop: Path) -> dict[str, Callable[[], object]]:
    """Return what is done with the day, its file read anew each time."""

    def find() -> None:
        text = TextIndex(Book(shop), cache=shop / "none")
        text.renew()
        text.lines(read("短"))
        rmtree(shop / "none", ignore_errors=True)

    def month() -> None:
        day = date.fromisoformat(DAY)
        rmtree(shop / "cache", ignore_errors=True)
        Months(Book(shop)).days([day])

    return {
        "shopday day": lambda: "\n".join(day_lines(_workday(shop))),
        "report as md": lambda: _report(shop, "md"),
        "report as html": lambda: _report(shop, "html"),
        "report as txt": lambda: _report(shop, "txt"),
        "find, without an index": find,
        "review of its month": month,
        "on the screen": lambda: Prose(hang("- ", one) for one in _notes(shop)).lines(80),
    }


def _corrected(shop: Path) -> dict[str, Callable[[], object]]:
    """Return what is done with the day whose report is in the journal too."""
    return {f"finished report as {kind}": partial(_report, shop, kind) for kind in ("md", "html", "txt")}


def _report(shop: Path, kind: Literal["md", "html", "txt"]) -> str:
    workday = _workday(shop)
    return render(day_report(workday), kind)


def _now() -> datetime:
    return datetime.fromisoformat(f"{DAY}T09:00:00+08:00")


def _workday(shop: Path) -> Workday:
    return Workday.open(shop, clock=_now, who="bench", lang="en")


def _notes(shop: Path) -> list[str]:
    """Read the file."""
    entries = Book(shop).day(date.fromisoformat(DAY))
    notes = [str(one.data["text"]) for one in entries if one.kind == "note"]
    if notes != [WORD]:
        raise ValueError("another note")
    return notes


def _looked(inbox: Path) -> None:
    with suppress(BadInput):
        waiting(inbox, Limits().inbox)


def _listing(inbox: Path) -> list[str]:
    with os.scandir(inbox) as entries:
        return [entry.name for entry in entries]
