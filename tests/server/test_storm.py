"""A storm: eight people write at once, one by an hour slow clock, and one of them is killed every second.

With the journal in PostgreSQL the server's connections are cut off too, and it is stopped and started again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from core.errors import BadInput, CannotWrite, NotConfirmed
from core.facts.imports import commit, preview, undo
from core.facts.ledger import Ledger
from core.facts.ledger_check import look
from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.shop.editing import set_target
from core.shop.loading import load_shop
from routines.days.day_plan import routine_of
from routines.days.routine_edit import Frequency, frequency, set_frequency
from tests.facts.shops import days, drop
from tests.journal.postgres.loopback import LoopbackServer
from tests.server.shared import NINE, TEAM, at_work, make_shop

WRITERS = 8
STEPS = ("stock", "rivals", "reviews", "promotion", "design", "content", "service", "optimise")
"""One a writer: who changed what last must be told apart."""
DAY = date(2026, 11, 16)
_KINDS = ("note", "note", "note", "import", "undo", "settings", "routine")
_AWAY: Final = 0.02
"""Seconds until somebody whose note was not saved writes the next one."""


class Writer:
    """One of the eight: works in its own process and writes down what it begins and what is confirmed."""

    def __init__(self, shop: Path, number: int, log: Path) -> None:
        self.shop, self.number, self.log = shop, number, log
        self.clock = NINE - timedelta(hours=1) if number == 0 else NINE
        self.process = 0

    def start(self, seed: int) -> None:
        """Begin, or go on after a kill."""
        self.process = os.fork()
        if not self.process:
            try:
                self._work(random.Random(seed))
            finally:
                os._exit(1)

    def kill(self) -> None:
        """End it wherever it is."""
        os.kill(self.process, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1]) == -signal.SIGKILL, (
            self.log.read_text()
        )

    def _work(self, chance: random.Random) -> None:
        with self.log.open("a", buffering=1) as log:

            def say(**row: Any) -> None:
                log.write(json.dumps(row) + "\n")

            try:
                for turn in range(1_000_000):
                    kind = chance.choice(_KINDS)
                    value = f"{os.getpid()}-{turn}"
                    say(begin=kind, value=value)
                    try:
                        held = self._do(kind, turn, value)
                    except NotConfirmed:
                        say(doubted=kind, value=value)
                        continue
                    except (CannotWrite, BadInput) as error:
                        if "PostgreSQL" not in str(error):
                            raise
                        say(refused=kind, value=value)
                        time.sleep(_AWAY)
                        continue
                    say(done=kind, value=held if held is not None else value)
            except BaseException as error:
                say(trouble=f"{type(error).__name__}: {error}")
                raise

    def _do(self, kind: str, turn: int, value: str) -> Any:
        if kind == "note":
            at_work(self.shop, "daemon", self.clock).note("target", value)
        elif kind == "import":
            file = self.shop / "inbox" / f"w{self.number}.csv"
            commit(self.shop, preview(self.shop, file, today=DAY), who="沈岚", at=self.clock)
        elif kind == "undo":
            for batch in Ledger(self.shop).batches():
                if batch.file == f"w{self.number}.csv" and batch.live:
                    undo(self.shop, batch.id, who="沈岚", at=self.clock)
        elif kind == "settings":
            set_target(self.shop, self.month(), 1000 + turn)
            return 1000 + turn
        else:
            repeat = ("weekly:MO", "weekly:TU", "weekly:WE")[turn % 3]
            set_frequency(self.shop, STEPS[self.number], Frequency(repeat=repeat))
            return repeat
        return None

    def month(self) -> date:
        """Return the month whose target only this writer sets."""
        return date(2027, self.number + 1, 1)

    def told(self) -> list[dict[str, Any]]:
        """Return what it wrote down; the end of the last line may be missing."""
        rows = []
        for line in self.log.read_text(encoding="utf-8").splitlines():
            try:
                rows.append(json.loads(line))
            except ValueError:
                continue
        return rows

    def notes(self, end: str) -> list[Any]:
        """Return the notes that ended so: done, doubted or refused."""
        return [row["value"] for row in self.told() if row.get(end) == "note"]

    def last(self, *kinds: str) -> tuple[dict[str, Any] | None, bool]:
        """Return what of these kinds was confirmed last, and whether one was begun after it and cut off."""
        rows = self.told()
        done = [at for at, row in enumerate(rows) if row.get("done") in kinds]
        begun = [at for at, row in enumerate(rows) if row.get("begin") in kinds]
        after = [at for at in begun if at > (done[-1] if done else -1)]
        return (rows[done[-1]] if done else None), bool(after)


@pytest.fixture(autouse=True)
def loaded() -> None:
    """Import what the writers need before they are forked."""
    import pyarrow.parquet  # noqa: F401
    import tomlkit  # noqa: F401

    import core.facts.batches
    import core.shop.rewriting  # noqa: F401


class Trouble:
    """What happens to the server while people write; each second one of it."""

    def __init__(self, server: LoopbackServer, chance: random.Random) -> None:
        self.server, self.chance = server, chance
        self.happened: dict[str, int] = {}

    def next(self) -> None:
        """Let something happen."""
        what = self.chance.choice(("cut off", "cut off", "fast", "immediate"))
        self.happened[what] = self.happened.get(what, 0) + 1
        if what == "cut off":
            self.server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shops'")
            return
        self.server.stop(what)
        time.sleep(self.chance.uniform(0.0, 0.4))
        self.server.start()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.slow)])
def test_nothing_is_lost_or_damaged_in_a_storm(tmp_path: Path, seconds: int) -> None:
    storm(make_shop(tmp_path), seconds, None)


@pytest.mark.e2e
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seconds", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_nothing_is_lost_or_doubled_while_postgresql_comes_and_goes(
    tmp_path: Path, server: LoopbackServer, seconds: int
) -> None:
    shop = make_shop(tmp_path, f'{TEAM}\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n')
    at_work(shop, "daemon").note("target", "before the storm")
    trouble = Trouble(server, random.Random(23))
    figures = storm(shop, seconds, trouble)
    print(figures, trouble.happened)  # noqa: T201 - shown by pytest -s and when it fails
    assert figures["refused"] + figures["doubted"] > 0, "the server was away while people wrote"


def storm(shop: Path, seconds: int, trouble: Trouble | None) -> dict[str, int]:
    """Let all write for so long, then compare what they were told with what is there."""
    for number in range(WRITERS):
        drop(shop, f"w{number}.csv", days({f"2026-10-{number + 1:02d}": 100 + number}))
    writers = [Writer(shop, number, shop.parent / f"log{number}") for number in range(WRITERS)]
    chance, kills = random.Random(17), 0
    for writer in writers:
        writer.start(chance.randrange(1 << 30))
    book, seen, until = Book(shop), 0, time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            pause = time.monotonic() + 1
            while time.monotonic() < pause:
                try:
                    entries = book.day(DAY)
                except BadInput:
                    assert trouble is not None
                    continue
                assert len(entries) >= seen, "entries went away"
                seen = len(entries)
                load_shop(shop), routine_of(shop), Ledger(shop).batches()
                time.sleep(0.02)
            one = chance.choice(writers)
            one.kill()
            one.start(chance.randrange(1 << 30))
            kills += 1
            if trouble is not None:
                trouble.next()
    finally:
        for writer in writers:
            writer.kill()
    return check(shop, writers, kills + WRITERS)


def check(shop: Path, writers: list[Writer], kills: int) -> dict[str, int]:
    """Compare what everybody was told with what is there; return how many notes ended how."""
    assert [row for writer in writers for row in writer.told() if "trouble" in row] == []
    book = Book(shop)
    entries = book.day(DAY)
    assert ([said for said in book.told() if "again" not in said], FileStore(shop).set_aside()) == ([], [])
    ids = [entry.id for entry in entries]
    assert ids == sorted(set(ids)), "in order, and each once"
    notes = [entry.data["text"] for entry in entries if entry.kind == "note"]
    confirmed, doubted, refused = (
        [value for writer in writers for value in writer.notes(end)] for end in ("done", "doubted", "refused")
    )
    assert len(confirmed) > len(writers)
    assert len(notes) == len(set(notes)), "nothing twice"
    assert set(confirmed) <= set(notes), "nothing lost"
    assert set(refused).isdisjoint(notes), "what was refused was not written"
    left_over = set(notes) - set(confirmed) - set(doubted) - {"before the storm"}
    assert len(left_over) <= kills, "at most what a kill cut off before it was confirmed"
    facts = look(shop)
    assert (facts.gone, facts.damaged, facts.undone) == ((), (), ())
    live = {batch.file for batch in Ledger(shop).batches() if batch.live}
    settings, routine = load_shop(shop), routine_of(shop)
    for writer in writers:
        last, cut_off = writer.last("import", "undo")
        if last is not None and not cut_off:
            assert (f"w{writer.number}.csv" in live) == (last["done"] == "import"), writer.number
        last, cut_off = writer.last("settings")
        if last is not None and not cut_off:
            assert settings.targets[f"{writer.month():%Y-%m}"] == last["value"], writer.number
        last, cut_off = writer.last("routine")
        if last is not None and not cut_off:
            assert frequency(routine, STEPS[writer.number]) == Frequency(repeat=last["value"]), writer.number
    left = [file for file in shop.rglob(".*.tmp") if "cache" not in file.parts]
    assert len(left) <= kills
    return {
        "confirmed": len(confirmed),
        "doubted": len(doubted),
        "refused": len(refused),
        "killed": kills,
        "written": len(notes),
    }
