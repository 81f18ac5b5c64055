"""Operations under faults and kills, and what came of each: damage, loss, or a sentence that is not true."""

from __future__ import annotations

import errno
import os
import pickle
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from core.language.speech import speak
from tests.channels.gateway import Gateway, gateway
from tests.faults.operations import CLAIMS, OPERATIONS, Operation, State, make, state
from tests.faults.supervised import Call, Decide, Decision, Ended, run

T = TypeVar("T")
Mode: TypeAlias = Literal["once", "from then on", "kill"]
Trouble: TypeAlias = Literal["damaged", "lost", "untrue"]
READING: Final = (errno.EIO, errno.EACCES, errno.EMFILE)
WRITING: Final = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE, errno.EROFS)
_IN_MEMORY: Final = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own in it
"""Where nothing waits for a disk: calls fail because they are told to."""
_OPENS: Final = ("open", "openat")


class Fault(NamedTuple):
    """Which of an operation's calls fails, and how."""

    number: int
    """Counted from 0."""
    mode: Mode
    code: int = 0

    def words(self, calls: list[Call], base: Path) -> str:
        """Return it in words, with the call where that was reached."""
        at = calls[self.number] if self.number < len(calls) else None
        what = "never reached" if at is None else f"{at.name} {at.file.replace(str(base), '…')}"
        name = "killed" if self.mode == "kill" else errno.errorcode[self.code]
        return f"call {self.number} ({what}) {name}{' and all later writes' * (self.mode == 'from then on')}"


@dataclass
class Result:
    """What became of an operation under its faults; each trouble is one line."""

    operation: str
    injections: int = 0
    kills: int = 0
    damaged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)


class Surroundings(Protocol):
    """What fails around an operation."""

    settings: str
    """What shop.toml has below its team."""

    def empty(self) -> None:
        """Begin anew."""

    def keep(self) -> None:
        """Keep what is there as what every trial begins with."""

    def fresh(self) -> None:
        """Bring back what was kept."""

    def run(self, work: Callable[[], int], decide: Decide, folders: list[Path]) -> Ended:
        """Do the work in a child; ``decide`` is asked about each call."""


class FilesOnly:
    """Calls on files fail; all there is lies in the folder."""

    settings = ""

    def empty(self) -> None:
        """Do nothing."""

    keep = fresh = empty

    def run(self, work: Callable[[], int], decide: Decide, folders: list[Path]) -> Ended:
        """Do the work in a child."""
        return run(work, decide, folders)


class Trials:
    """One operation, its calls counted, ready to be run with any of them failing."""

    def __init__(
        self,
        operation: Operation,
        base: Path,
        group: Gateway,
        tell: Callable[[str], object],
        around: Surroundings,
    ) -> None:
        self._tell = tell
        self._around = around
        self.operation = operation
        self.group = group
        self._ready, self._base = base / "ready", base / "now"
        around.empty()
        clean_child(self._make_ready)
        around.keep()
        self.before = self._state(self._fresh())
        self.calls = self._run(None).calls
        self.done = self._state(self._base)
        self.result = Result(operation.name)

    def _make_ready(self) -> None:
        make(self._ready, self._around.settings)
        self.operation.prepare(self._ready)

    def try_(self, fault: Fault) -> None:
        """Run the operation with the fault in a fresh shop and note what is wrong then."""
        self._fresh()
        ended = self._run(fault)
        told = fault.words(ended.calls, self._base)
        if fault.mode == "kill":
            self.result.kills += 1
        else:
            self.result.injections += 1
        now = self._state(self._base)
        self._look_at_state(told, ended, now)
        if fault.mode != "kill":
            self._look_at_words(told, ended, now)
        self._go_on(told, ended)

    def _note(self, kind: Trouble, line: str) -> None:
        getattr(self.result, kind).append(line)
        self._tell(f"{self.operation.name}: {kind}: {line}")

    def _look_at_state(self, told: str, ended: Ended, now: State) -> None:
        if ended.hung:
            self._note("damaged", f"{told}: hung")
        if now.get("damage"):
            self._note("damaged", f"{told}: {now['damage']}")
            return
        for part, value in now.items():
            if value not in (self.before[part], self.done[part]) and not self.operation.between(part, value):
                self._note("damaged", f"{told}: {part} is neither: {str(value)[:200]}")
        if ended.code == 0 and now != self.done:
            parts = [part for part in now if now[part] != self.done[part]]
            self._note("lost", f"{told}: confirmed, but {parts} are not there")

    def _look_at_words(self, told: str, ended: Ended, now: State) -> None:
        words = ended.complaint.strip()
        if ended.code == 0:
            if words:
                self._note("untrue", f"{told}: done, and complains: {words[:200]}")
            return
        shape = ended.code in (2, 3, 4) and words.count("\n") == 0 and bool(words)
        if not shape or "Errno" in words or "Traceback" in words:
            self._note("untrue", f"{told}: exit {ended.code}: {words[-300:]}")
        for claim, holds in CLAIMS:
            if claim in ended.output + words and not holds(self.before, self.done, now):
                parts = [part for part in now if now[part] != self.before[part]]
                self._note("untrue", f"{told}: {words[:300]} -- but changed: {parts}")

    def _go_on(self, told: str, first: Ended) -> None:
        """Do it once more with a whole disk: then everything has to be there, and once."""
        again = self.operation.again or self.operation.do
        ended = run(lambda: again(self._base), lambda _: None, [])
        now = self._state(self._base)
        if not self.operation.twice and first.code == 0:
            return
        for part, value in now.items():
            if part == "quarantine" and self.operation.name == "import":
                continue  # rows whose ledger could not be written are put there, never removed
            if value != self.done[part] and not (part == "group" and value <= self.done[part] + 1):
                words = ended.complaint.strip()[:200]
                self._note(
                    "damaged", f"{told}: done again, {part} is not as it should be: {value!r:.200} {words}"
                )

    def _fresh(self) -> Path:
        shutil.rmtree(self._base, ignore_errors=True)
        shutil.copytree(self._ready, self._base, symlinks=True)
        self.group.arrived.clear()
        self._around.fresh()
        return self._base

    def _run(self, fault: Fault | None) -> Ended:
        return self._around.run(lambda: self.operation.do(self._base), decide(fault), [self._base])

    def _state(self, base: Path) -> State:
        return {**clean_child(lambda: state(base)), "group": len(self.group.arrived)}


def decide(fault: Fault | None) -> Decide:
    """Return what decides about each call so that the fault happens."""
    seen = 0

    def decided(call: Call) -> Decision:
        nonlocal seen
        seen += 1
        if fault is None or seen <= fault.number:
            return None
        if fault.mode == "from then on":
            return fault.code if call.writes else None
        if seen > fault.number + 1:
            return None
        return "kill" if fault.mode == "kill" else fault.code

    return decided


def faults(calls: list[Call], chance: random.Random) -> Iterator[Fault]:
    """Yield each call with each error it can meet, in random order."""
    every = [
        Fault(number, "once", code)
        for number, call in enumerate(calls)
        for code in (WRITING if call.writes else READING)
        if code != errno.EMFILE or call.name in _OPENS
    ]
    every += [
        Fault(number, "from then on", code)
        for number, call in enumerate(calls)
        if call.writes
        for code in (errno.ENOSPC, errno.EROFS)
    ]
    chance.shuffle(every)
    yield from every


def cuts(calls: list[Call], chance: random.Random) -> Iterator[Fault]:
    """Yield a cut at each packet, once and for good, in random order."""
    every = [Fault(number, "once", errno.EPIPE) for number in range(len(calls))]
    every += [Fault(number, "from then on", errno.EPIPE) for number in range(len(calls))]
    chance.shuffle(every)
    yield from every


def kills(calls: list[Call], chance: random.Random) -> Iterator[Fault]:
    """Yield a kill at each call, in random order."""
    yield from (Fault(number, "kill") for number in chance.sample(range(len(calls)), len(calls)))


@contextmanager
def prepared(
    names: list[str] | None = None,
    tell: Callable[[str], object] = lambda _: None,
    around: Surroundings | None = None,
) -> Iterator[Iterator[Trials]]:
    """Give the operations, each in a folder of its own that is gone afterwards.

    ``tell`` hears of each trouble at once. ``around``: what fails; None: calls on files. An operation is made
    ready when it is asked for.
    """
    speak("en")
    os.environ["SHOPDAY_LANG"] = "en"
    _preload()
    before = os.environ.get("SHOPDAY_ROBOT_TRIAL")
    wanted = [one for one in OPERATIONS if not names or one.name in names]
    with (
        tempfile.TemporaryDirectory(prefix="shopday-faults-", dir=_IN_MEMORY) as folder,
        gateway(secret="") as group,
    ):
        os.environ["SHOPDAY_ROBOT_TRIAL"] = group.address
        os.environ["XDG_CONFIG_HOME"] = folder
        try:
            yield (
                Trials(one, Path(folder) / one.name.replace(" ", "-"), group, tell, around or FilesOnly())
                for one in wanted
            )
        finally:
            if before is None:
                del os.environ["SHOPDAY_ROBOT_TRIAL"]


def _preload() -> None:
    """Import what the operations need once, so that each trial is a fork away."""
    import jinja2  # noqa: F401

    import tui.cli.data
    import tui.cli.day
    import tui.cli.doctor
    import tui.cli.doctor_checks
    import tui.cli.import_files
    import tui.cli.shop
    import tui.cli.tables  # noqa: F401


def clean_child(look: Callable[[], T]) -> T:
    """Return what a child of its own finds, so that nothing stays in this process."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(read)
            with os.fdopen(write, "wb") as out:
                try:
                    found: Any = (True, look())
                except Exception as error:  # noqa: BLE001 - told to the parent
                    found = (False, f"{type(error).__name__}: {error}")
                pickle.dump(found, out)
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as sent:
        raw = sent.read()
    os.waitpid(child, 0)
    good, found = pickle.loads(raw)  # noqa: S301 - from our own child
    if not good:
        raise AssertionError(found)
    held: T = found
    return held
