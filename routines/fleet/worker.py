"""The worker: looks at the shops of a fleet, and works through those in which something has changed.

Several workers may serve the same shops, on one machine or on several. Each shop is worked through by one of
them at a time; a shop that cannot be worked through is shown on the board and does not stop the others.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from core.errors import ShopdayError
from core.language.locale_folders import language_of_environment
from core.language.message import Words
from core.language.speech import Language, speak
from core.language.wording import listing, plural, say
from core.storage.system_errors import words_of
from routines.analyst.process import uncollected
from routines.answers.compute_answer import forget
from routines.fleet.board_row import BoardRow
from routines.fleet.board_store import BoardStore, board_store
from routines.fleet.fleet import Fleet
from routines.fleet.job_queue import JobQueue, LocalQueue
from routines.fleet.shop_job import JobDone, Stopped, do_job
from routines.fleet.shop_state import keep_state, state_of
from routines.fleet.shop_watch import ShopWatch, check_there

SETTLE_SECONDS: Final = 5.0
"""How long a file in the inbox must not have changed before it is imported."""
LOOK_SECONDS: Final = 3.0
"""Seconds between two looks at all shops."""
REFRESH: Final = timedelta(minutes=10)
"""The time after which a shop without any change is worked through again: as long as an answer that depends
on the time of day is valid."""


class WorkerPace(NamedTuple):
    """How often the worker looks, and how long it waits."""

    settle: float = SETTLE_SECONDS
    look: float = LOOK_SECONDS
    refresh: timedelta = REFRESH


_USUAL: Final = WorkerPace()


class Served(NamedTuple):
    """The shops that a worker serves, with their queue and their board."""

    shops: Mapping[str, Path]
    """Their folders by key."""
    queue: JobQueue
    board: BoardStore | None
    """Where the shops' rows are written; None: nowhere."""


def served_fleet(fleet: Fleet, *, now: Callable[[], datetime]) -> Served:
    """Return the fleet's shops; the queue is in PostgreSQL if the board is.

    Raise BadSettings if PostgreSQL is not set up.
    """
    board = board_store(fleet, now=now)
    if fleet.board.store == "files":
        return Served(fleet.shops, LocalQueue(fleet.shops), board)
    from routines.fleet.postgres_queue import postgres_queue  # no other fleet needs the package

    return Served(fleet.shops, postgres_queue(fleet), board)


def served_shops(folders: Iterable[Path]) -> Served:
    """Return single shops of this machine, each with its folder's name as its key; they have no board."""
    shops: dict[str, Path] = {}
    for folder in folders:
        shops[folder.name if folder.name not in shops else str(folder)] = folder
    return Served(shops, LocalQueue(shops), None)


@dataclass(slots=True)
class JobTally:
    """What a worker has done since it began."""

    jobs: int = 0
    failed: int = 0
    last_failure: str = ""


class Worker:
    """Works through the shops of a fleet until it is told to stop."""

    def __init__(
        self,
        served: Served,
        *,
        clock: Callable[[], datetime],
        who: Callable[[Path], str],
        log: Callable[[str], None],
        stop: threading.Event,
        pace: WorkerPace = _USUAL,
    ) -> None:
        """Prepare the worker.

        ``who``: returns the account's name in a shop. ``log``: receives one line per job. ``stop``: once it
        is set, the job under way is broken off after its current step, and the worker ends.
        """
        self._shops = served.shops
        self._queue = served.queue
        self._board = served.board
        self._clock = clock
        self._who = who
        self._log = log
        self._pace = pace
        self._lang: Language = language_of_environment()
        self._stop = stop
        self._last_said: dict[str, str] = {}
        """The last sentence about each shop's failure, and under "" about the queue."""
        self._watches = {
            key: ShopWatch(folder, settle=pace.settle, refresh=pace.refresh)
            for key, folder in served.shops.items()
        }
        self.tally = JobTally()

    def run(self, ended: Callable[[], bool]) -> None:
        """Work until the worker is stopped, or ``ended()`` is true between two looks."""
        while not self._stop.is_set() and not ended():
            self._patiently(self._look_and_work)
            self._stop.wait(self._pace.look)

    def run_once(self) -> None:
        """Work through what there is to do now, and return.

        Files that may still be written are waited for until they have been unchanged long enough; those that
        go on changing are left for the next time. Raise ShopdayError if the queue cannot be used.
        """
        self._look()
        if any(watch.unsettled for watch in self._watches.values()):
            self._stop.wait(self._pace.settle)
        self._look_and_work()

    def _patiently(self, work: Callable[[], None]) -> None:
        """Do it; if the queue cannot be used, say so once and go on later."""
        try:
            work()
        except ShopdayError as error:
            self._say_once("", str(error))
        else:
            self._last_said.pop("", None)

    def _look_and_work(self) -> None:
        self._look()
        looked = time.monotonic()
        while not self._stop.is_set():
            try:
                with self._queue.taken() as key:
                    if key is None:
                        return
                    self._work(key)
            except Stopped:
                return
            if time.monotonic() - looked > self._pace.look:
                self._look()
                looked = time.monotonic()

    def _look(self) -> None:
        """Look at all shops, and add those with work to the queue."""
        self._queue.want(self._with_work())

    def _with_work(self) -> Iterable[str]:
        now = self._clock()
        for key, watch in self._watches.items():
            tick = time.monotonic()
            try:
                if not watch.resting(tick) and watch.look(now, tick).due:
                    yield key
            except Exception as error:  # noqa: BLE001 - trouble in one shop must not stop the others
                self._fail(key, error)

    def _work(self, key: str) -> None:
        """Do the shop's job if there is still one; whatever goes wrong in it concerns this shop only."""
        folder, watch = self._shops[key], self._watches[key]
        begun = time.monotonic()
        try:
            look = watch.look(self._clock(), begun)
            if not look.due:
                return
            with uncollected():
                done = do_job(
                    folder,
                    look,
                    clock=self._clock,
                    who=self._who(folder),
                    write_row=lambda row: self._write_row(key, row),
                    stopped=self._stop.is_set,
                )
        except Stopped:
            _not_done(folder)
            raise
        except Exception as error:  # noqa: BLE001 - trouble in one shop must not stop the others
            _not_done(folder)
            self._fail(key, error)
        else:
            if done.blocked:
                watch.failed(time.monotonic())
            else:
                watch.worked()
            self.tally.jobs += 1
            self._last_said.pop(key, None)
            self._said(key, _told(done, time.monotonic() - begun))
        finally:
            forget()
            speak(self._lang)

    def _write_row(self, key: str, row: BoardRow[Words]) -> None:
        if self._board is not None:
            self._board.write(key, row)

    def _fail(self, key: str, error: Exception) -> None:
        """Show on the board and in the log that the shop could not be worked through."""
        speak(self._lang)
        words = words_of(error)
        if not isinstance(error, ShopdayError | OSError):  # a mistake of ours
            self._log("".join(traceback.format_exception(error)).rstrip())
            words = say("The worker failed in this shop ({error}); its log says where.", error=repr(error))
        self._watches[key].failed(time.monotonic())
        self.tally.failed += 1
        self.tally.last_failure = f"{key}: {words}"
        if self._board is not None:
            try:
                self._board.failed(key, words)
            except (ShopdayError, OSError) as trouble:
                self._say_once("", words_of(trouble))
        self._say_once(key, words)

    def _say_once(self, key: str, words: str) -> None:
        """Log the sentence unless it is the last one about the same shop."""
        if self._last_said.get(key) != words:
            self._last_said[key] = words
            self._said(key, words)

    def _said(self, key: str, words: str) -> None:
        self._log(f"{key}: {words}" if key else words)


def _not_done(folder: Path) -> None:
    """Note that the shop's job has ended although it was not done, so that there is still work."""
    with suppress(ShopdayError, OSError):
        check_there(folder)
        keep_state(folder, state_of(folder)._replace(begun=0, day=""))


def _told(done: JobDone, seconds: float) -> str:
    """Return a line about a job."""
    words = [
        plural("{n} file imported", "{n} files imported", done.imported) if done.imported else "",
        plural("{n} file refused", "{n} files refused", done.refused) if done.refused else "",
        plural("{n} step calculated", "{n} steps calculated", done.answered),
        say("report sent") if done.posted else "",
        plural("{n} alert sent", "{n} alerts sent", done.alerts) if done.alerts else "",
        say("{seconds:.1f} s", seconds=seconds),
    ]
    return " ".join([say("{done}.", done=listing([word for word in words if word])), *done.troubles])
