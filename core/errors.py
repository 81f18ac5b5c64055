"""What can go wrong, said so that an operator can fix it: what, where, what to do.

::

    Problem                  a value: one row or file that could not be used
    ShopdayError             "cannot go on"; carries the exit code of the command line
    ├── UsageError      2    the command or key was used in a way that cannot work
    ├── BadInput        3    a file or setting is wrong; nothing was changed
    │   ├── BadSettings      shop.toml or routine.toml
    │   ├── BadExport        an export that cannot be read at all
    │   └── DamagedJournal   a day's file that is not a journal; set aside, never overwritten
    ├── CannotWrite     3    disk full, read-only folder, lock not to be had; the old state holds
    │   └── NotDurable       the new state is there, but the disk did not confirm that it lasts
    ├── CannotPost      3    a robot did not take the message, or nobody can tell whether it did
    └── NotEnoughData   4    nothing to answer from; says what is missing
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple


class Problem(NamedTuple):
    """One thing in an export that was not used or not trusted."""

    what: str
    """One sentence in the operator's language: what is wrong."""
    todo: str = ""
    """One sentence: what to do about it."""
    where: str = ""
    """File name, or file name and sheet."""
    row: int | None = None
    """1-based row in the file."""
    column: str | None = None
    """The header as it stands in the file."""
    level: Literal["refused", "row", "note"] = "row"
    """``refused``: the file cannot be imported; ``row``: a row was left out; ``note``: worth knowing."""

    def sentence(self) -> str:
        """Return where, what and what to do, in one line."""
        spot = ":".join(str(part) for part in (self.where, self.row, self.column) if part not in (None, ""))
        said = f"{spot}: {self.what}" if spot else self.what
        return f"{said} {self.todo}".strip()


class ShopdayError(Exception):
    """Cannot go on; the text is one clear sentence for the operator."""

    exit_code: ClassVar[int] = 3


class UsageError(ShopdayError):
    """The command or key was used in a way that cannot work."""

    exit_code = 2


class BadInput(ShopdayError):
    """A file or a setting is wrong; nothing was changed."""


class BadSettings(BadInput):
    """shop.toml or routine.toml says something that cannot be meant."""


class BadExport(BadInput):
    """An export that cannot be read at all."""


class DamagedJournal(BadInput):
    """A day's file is not a journal; it was set aside and left as it was."""


class CannotWrite(ShopdayError):
    """Nothing was written and the old state holds: disk full, folder read-only, lock not to be had."""


class NotDurable(CannotWrite):
    """What was to be written is in its place, but the disk did not confirm that it outlives a power cut."""


class CannotPost(ShopdayError):
    """A robot did not take the message, or nobody can tell whether it did."""


class NotEnoughData(ShopdayError):
    """There is nothing to answer from; the text says what is missing."""

    exit_code = 4
