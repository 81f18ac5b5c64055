"""The command ``shopday worker``: imports new files and answers the day's steps before anybody asks."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import BadInput, ShopdayError, UsageError
from core.language.wording import plural, say
from core.shop import restricted_mode
from routines.fleet.fleet import FILE, load_fleet
from routines.fleet.shop_state import file_stamp
from tui.cli.context import Terms
from tui.cli.output import complain, tell
from tui.cli.shops import named

if TYPE_CHECKING:
    from routines.fleet.worker import JobTally, Served


@click.command(
    help=say(
        "Import new files of many shops and calculate their day's steps. It runs until it is stopped. "
        "WHERE is a fleet.toml, or shops."
    )
)
@click.argument("where", nargs=-1, required=True)
@click.option("--once", is_flag=True, help=say("Do what there is to do now, then end."))
@click.option(
    "--settle",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    help=say("Import a file after it has been unchanged for this many seconds."),
)
@click.option(
    "--look",
    type=click.FloatRange(min=0.1),
    default=3.0,
    show_default=True,
    help=say("Look for changes in the shops every so many seconds."),
)
@click.option(
    "--refresh",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help=say("Compute a shop again after this many minutes, even if nothing changed in it."),
)
@click.pass_obj
def worker(
    terms: Terms, where: tuple[str, ...], *, once: bool, settle: float, look: float, refresh: int
) -> None:
    """Work through the shops and print one line per job; SIGTERM ends it after the current step.

    With --once: exit with code 3 if a shop could not be worked through; the others were.
    """
    from routines.fleet.worker import Worker, WorkerPace, served_shops

    if restricted_mode.restricted():
        restricted_mode.refuse(say("No worker can be started here."))
    source = _Fleet(Path(where[0]), terms) if _is_fleet(where) else None
    pace = WorkerPace(settle, look, timedelta(minutes=refresh))
    with _until_ended() as stop:
        while not stop.is_set():
            served = source.served() if source else served_shops(map(named, where))
            one = Worker(served, clock=terms.clock, who=terms.who, log=_log, stop=stop, pace=pace)
            if once:
                one.run_once()
                _complain_of(one.tally, len(served.shops))
                return
            tell(plural("Serving {n} shop.", "Serving {n} shops.", len(served.shops)))
            one.run(source.changed if source else lambda: False)
    tell(say("The worker has ended."))


class _Fleet:
    """The fleet.toml of a worker, which may change while it runs."""

    def __init__(self, file: Path, terms: Terms) -> None:
        self._file = file
        self._terms = terms
        self._fleet = load_fleet(file, all_there=False)
        self._stamp = file_stamp(self._fleet.file)

    def served(self) -> Served:
        """Return the fleet's shops as they are now."""
        from routines.fleet.worker import served_fleet

        return served_fleet(self._fleet, now=self._terms.clock)

    def changed(self) -> bool:
        """Return whether the file names other shops now; an invalid file is reported once and not used."""
        stamp = file_stamp(self._fleet.file)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            fleet = load_fleet(self._file, all_there=False)
        except ShopdayError as error:
            complain(error)
            return False
        self._fleet = fleet
        return True


def _is_fleet(where: Sequence[str]) -> bool:
    """Return whether a fleet.toml was named, or a folder with one."""
    path = Path(where[0]).expanduser()
    fleet = path.suffix == ".toml" or (path / FILE).is_file()
    if fleet and len(where) > 1:
        raise UsageError(say("Name one fleet.toml, or shops; not both."))
    return fleet


@contextmanager
def _until_ended() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and SIGINT set during the block."""
    stop = threading.Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in signals}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _log(words: str) -> None:
    """Print a line at once, even into a pipe."""
    tell(words)
    with suppress(OSError, ValueError):
        sys.stdout.flush()


def _complain_of(tally: JobTally, shops: int) -> None:
    """Raise BadInput if a shop could not be worked through."""
    if tally.failed:
        raise BadInput(
            say(
                "{failed} of {n} shops could not be worked through; the last: {why}",
                failed=tally.failed,
                n=shops,
                why=tally.last_failure,
            )
        )
