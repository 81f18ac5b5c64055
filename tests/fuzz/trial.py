"""What must be true of any file: it is read or refused, said where, quickly, and nothing else happens."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from core.errors import Problem
from core.exports.reading.result import Reading
from core.exports.sheet import NUMBERS
from core.facts import imports
from core.facts.ledger import Ledger

TODAY = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MOST_SECONDS = 5.0
"""Of this process alone: others on the machine may be busy."""
_WRITES = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)
_NEVER = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "socket.connect",
    "socket.getaddrinfo",
)
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND."""


class Watch:
    """Everything the process writes, starts or calls outside one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.seen: list[str] = []
        sys.addaudithook(self._look)

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _NEVER:
            self.seen.append(f"{event} {arguments}")
        elif event in _WRITES or (event == "open" and _is_writing(arguments)):
            path = arguments[0]
            text = path.decode(errors="replace") if isinstance(path, bytes) else str(path)
            if not isinstance(path, int) and not text.startswith((self._folder, "/dev/null")):
                self.seen.append(f"{event} {text}")


def _is_writing(arguments: tuple[Any, ...]) -> bool:
    return bool(isinstance(arguments[2], int) and arguments[2] & _WRITING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file fared."""

    rows: int
    problems: int
    refused: bool
    seconds: float
    wrong: str = ""
    """What should not have been; empty for a file that was treated well."""


def tried(shop: Path, path: Path) -> Outcome:
    """Import the file twice into the shop and return how it fared."""
    began = time.process_time()
    looked = imports.preview(shop, path, today=TODAY)
    wrong = _said_well(looked.problems)
    reading = looked.reading
    if reading is not None and not wrong:
        wrong = _typed_well(reading)
    seconds = time.process_time() - began
    if looked.state == "new" and not wrong:
        wrong = _twice(shop, path, looked)
    if seconds > MOST_SECONDS:
        wrong = wrong or f"took {seconds:.1f} s"
    return Outcome(looked.rows, len(looked.problems), looked.state == "refused", seconds, wrong)


def _said_well(problems: tuple[Problem, ...]) -> str:
    refused = [problem for problem in problems if problem.level == "refused"]
    if refused and len(problems) > 1:
        return "a refusal and more"
    for number, problem in enumerate(problems):
        said = problem.sentence()
        if "cannot be read (" in said or "无法读取（" in said:
            return f"an error shines through: {said}"
        if not problem.what:
            return "nothing said"
        rest = [later for later in problems[number + 1 :] if later.level == "row"]
        if problem.level == "row" and (problem.row is None or problem.row < 1) and (rest or number < 1):
            return f"no row: {said}"
        said.encode("utf-8", "surrogatepass")
    return ""


def _typed_well(reading: Reading) -> str:
    if reading.refused or reading.sheet is None:
        return "" if reading.refused and reading.frame.empty else "neither read nor refused"
    frame, sheet = reading.frame, reading.sheet
    if not frame.dtypes.equals(sheet.empty().dtypes) or not len(frame) == reading.rows > 0:
        return "other columns than declared"
    days = frame["date"].dropna()
    if days.max() > pd.Timestamp(TODAY) or days.min() < pd.Timestamp(2003, 1, 1):
        return "a date nobody can mean"
    for column in sheet.columns:
        for name in column.fields:
            if column.kind in NUMBERS and frame[name].abs().max() == float("inf"):
                return f"{name} is infinite"
    return "a key twice" if sheet.key and frame.duplicated(list(sheet.key)).any() else ""


def _twice(shop: Path, path: Path, looked: imports.Preview) -> str:
    first = imports.commit(shop, looked, who="小禾", at=AT)
    again = imports.preview(shop, path, today=TODAY)
    second = imports.commit(shop, again, who="小禾", at=AT)
    if again.state != "same" or first != second or len(Ledger(shop).batches()) != 1:
        return "imported twice"
    return ""
