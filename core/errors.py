"""The errors and problems of shopday, worded so that an operator can act: what is wrong, where, what to do.

::

    Problem                  a value: one row or file that could not be used
    ShopdayError             the command cannot continue; carries the exit code of the command line
    ├── UsageError      2    the command or key was used in a way that cannot work
    ├── BadInput        3    a file or setting is wrong; nothing was changed
    │   ├── BadSettings      shop.toml or routine.toml
    │   └── BadExport        an export that cannot be read at all
    ├── CannotWrite     3    disk full, read-only folder, lock held by others; the old files are unchanged
    │   └── NotConfirmed     the change is made, but the disk did not confirm that it will last
    ├── CannotPost      3    a message was not accepted, or it is unknown whether it was
    └── NotEnoughData   4    there is no data to answer from; says what is missing
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple


class Problem(NamedTuple):
    """Something in an imported file that was not used or is doubtful."""

    what: str
    """One sentence in the operator's language: the problem."""
    todo: str = ""
    """One sentence in the operator's language: what to do about the problem; empty if there is nothing to
    do."""
    where: str = ""
    """File name, or file name and sheet."""
    row: int | None = None
    """1-based row in the file."""
    column: str | None = None
    """The header as written in the file."""
    level: Literal["refused", "row", "doubt", "note"] = "row"
    """``refused``: the file cannot be imported; ``row``: a row was left out; ``note``: worth knowing;
    ``doubt``: figures may be wrong until a person resolves it."""

    def sentence(self) -> str:
        """Return the place, the problem and the remedy in one line."""
        spot = ":".join(str(part) for part in (self.where, self.row, self.column) if part not in (None, ""))
        said = f"{spot}: {self.what}" if spot else self.what
        return f"{said} {self.todo}".strip()


class ShopdayError(Exception):
    """The base class of errors that end a command; the text is one clear sentence for the operator."""

    exit_code: ClassVar[int] = 3


class UsageError(ShopdayError):
    """Raised if a command or key was used in a way that cannot work."""

    exit_code = 2


class BadInput(ShopdayError):
    """Raised if a file or a setting is wrong; nothing was changed."""


class BadSettings(BadInput):
    """Raised if a settings file such as shop.toml or routine.toml is invalid."""


class BadExport(BadInput):
    """Raised if an export file cannot be read at all."""


class CannotWrite(ShopdayError):
    """Raised if writing failed (full disk, read-only folder, lock held); the old files are unchanged."""


class NotConfirmed(CannotWrite):
    """Raised if a change was made, but the disk did not confirm that it will survive a power cut."""


class CannotPost(ShopdayError):
    """Raised if a message was not accepted, or it is unknown whether it was."""


class NotEnoughData(ShopdayError):
    """Raised if there is no data to answer from; the text says what is missing."""

    exit_code = 4
