"""The log of sent messages, so that nothing is sent twice; the file or database it is in.

In files it is ``outbox.json`` in the shop's folder: which report, when, by whom, and the result. It contains
no text, address or secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, Protocol, TypeAlias, get_args

from core.errors import CannotPost
from core.language.wording import say
from core.storage.atomic_files import locked, write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

State: TypeAlias = Literal["going", "gone", "refused", "unknown"]
"""The state of a message.

``refused``: certainly not delivered, so it may be posted again. ``unknown``: it may have been delivered.
"""
FILE: Final = "outbox.json"
LOCK: Final = ".outbox.lock"
FORMAT: Final = 2
"""Format version of the file, increased if an older shopday could misread it; files of version 1 lack it."""
KEPT: Final = 400
"""Entries kept in the file, in addition to the latest entry of every message."""
_IN_FORMAT_1: Final[dict[str, State]] = {"sending": "going", "sent": "gone", "failed": "refused"}


@dataclass(frozen=True, slots=True)
class Sent:
    """The log entry of one message."""

    id: str
    about: str
    """The day, week or month of the report: 2026-11-16, 2026-W47 or 2026-11."""
    text: str
    """A hash of the message's text."""
    at: str
    who: str
    state: State
    tries: tuple[str, ...] = field(default=())
    """The time of each attempt."""


class OpenLog(Protocol):
    """The log while nobody else sends."""

    @property
    def sent(self) -> tuple[Sent, ...]:
        """The log, oldest entry first."""

    def add(self, entry: Sent) -> None:
        """Append an entry before its message is sent.

        Raise CannotPost if somebody else is sending the same message, and CannotWrite if writing fails.
        """

    def update(self, entry: Sent) -> None:
        """Replace the entry that was appended last; raise CannotWrite if that fails."""


class SentLog(Protocol):
    """The log of one shop."""

    @property
    def place(self) -> str:
        """Where the log is, as sentences name it."""

    def sent(self) -> tuple[Sent, ...]:
        """Return the log, oldest entry first; raise CannotPost if it is damaged or unreadable."""

    def sending(self) -> AbstractContextManager[OpenLog]:
        """Keep everybody else from sending; raise CannotPost or CannotWrite if that is not possible."""


class FileSentLog:
    """The log in ``outbox.json``; the sender holds the lock until the result is written."""

    place = FILE

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sent(self) -> tuple[Sent, ...]:
        """Return the log, oldest entry first.

        Raise CannotPost if the file exists but is damaged or unreadable.
        """
        raw = _bytes(self.folder / FILE)
        if raw is None:
            return ()
        try:
            return tuple(sent_of(row) for row in _rows(json_in(raw, FILE)))
        except (ValueError, KeyError, TypeError) as error:
            raise CannotPost(
                say(
                    "{file} cannot be understood, so it is not known what was sent before. Nothing was sent. "
                    "Check where the report should have arrived; if it is not there, rename {path} to "
                    "{file}.damaged and send it again.",
                    file=FILE,
                    path=self.folder / FILE,
                )
            ) from error

    @contextmanager
    def sending(self) -> Iterator[OpenLog]:
        """Hold the log's lock."""
        with locked(self.folder / LOCK):
            yield _OpenFile(self.folder, self.sent())

    def replace(self, entries: Iterable[Sent]) -> None:
        """Replace the whole log, because it was moved here."""
        with locked(self.folder / LOCK):
            _write(self.folder, tuple(entries))


class _OpenFile:
    """The file while its lock is held."""

    def __init__(self, folder: Path, sent: tuple[Sent, ...]) -> None:
        self._folder = folder
        self.sent = sent

    def add(self, entry: Sent) -> None:
        """Append an entry."""
        _write(self._folder, (*self.sent, entry))
        self.sent = (*self.sent, entry)

    def update(self, entry: Sent) -> None:
        """Replace the last entry."""
        _write(self._folder, (*self.sent[:-1], entry))
        self.sent = (*self.sent[:-1], entry)


def _rows(held: object) -> list[Any]:
    """Return the entries of the file; raise CannotPost if a newer shopday wrote it."""
    if not isinstance(held, dict):
        raise TypeError(type(held).__name__)
    written = held.get("format", 1)
    if type(written) is int and written > FORMAT:
        raise CannotPost(
            say(
                "{file} was written by a newer version of shopday. Nothing was sent; update shopday first.",
                file=FILE,
            )
        )
    if written not in (1, FORMAT) or not held.keys() <= {"messages", "format"}:
        raise KeyError(*held)
    return _list(held["messages"])


def _bytes(path: Path) -> bytes | None:
    """Return the file's content; None only if the file does not exist."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotPost(
            say(
                "{file} cannot be read ({reason}), so it is not known what was sent before. Nothing was "
                "sent; solve this problem and send again ({path}).",
                file=FILE,
                reason=error.strerror or type(error).__name__,
                path=path,
            )
        ) from error


def sent_of(row: Any) -> Sent:  # noqa: ANN401 - whatever the file contains
    """Return the parsed entry; raise ValueError or TypeError if it is invalid."""
    if not isinstance(row, dict) or row.keys() != {one.name for one in fields(Sent)}:
        raise TypeError(type(row).__name__)
    words = {name: value for name, value in row.items() if name != "tries"}
    tries = _list(row["tries"])
    if not all(isinstance(value, str) for value in (*words.values(), *tries)):
        raise TypeError
    if any(datetime.fromisoformat(moment).tzinfo is None for moment in (row["at"], *tries)):
        raise ValueError(row["at"])
    words["state"] = _IN_FORMAT_1.get(row["state"], row["state"])
    if words["state"] not in get_args(State):
        raise ValueError(row["state"])
    return Sent(**words, tries=tuple(tries))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return value


def _write(folder: Path, held: tuple[Sent, ...]) -> None:
    last = {one.id: number for number, one in enumerate(held)}
    new = len(held) - KEPT
    rows = [asdict(one) for number, one in enumerate(held) if number >= new or last[one.id] == number]
    words = json.dumps({"format": FORMAT, "messages": rows}, ensure_ascii=False, indent=1)
    write_atomically(folder / FILE, words.encode("utf-8", "replace"))
