"""A log of posted messages, written before each is sent, so that nothing is posted twice.

One file per shop, ``outbox.json``: which report, when, by whom, and the result. It contains no text, address
or secret. The sender holds the lock until the result is written, so a message marked *going* while the lock
is free was interrupted; the user then checks whether it arrived and decides whether to post it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from core.channels.channel import Arrival, Channel, Place, Posted, own_failures
from core.channels.message import ReportMessage
from core.errors import CannotPost, CannotWrite, UsageError
from core.extensions import one_line
from core.language.wording import say, text
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
MINUTE: Final = timedelta(minutes=1)
A_MINUTE: Final = 20
"""Messages a shop may send per minute; DingTalk blocks a group's robot for ten minutes beyond that."""
_WAITS: Final = (0.0, 1.0, 4.0)
"""Seconds to wait before each attempt."""
_ENDS: Final[dict[Arrival, State]] = {"sent": "gone", "unknown": "unknown"}
_IN_FORMAT_1: Final[dict[str, State]] = {"sending": "going", "sent": "gone", "failed": "refused"}
Sender: TypeAlias = Callable[[Place, Any, datetime], Posted]


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


def outbox(folder: Path) -> tuple[Sent, ...]:
    """Return the log, oldest entry first.

    Raise CannotPost if the file exists but is damaged or unreadable.
    """
    raw = _bytes(folder / FILE)
    if raw is None:
        return ()
    try:
        return tuple(_sent(row) for row in _rows(json_in(raw, FILE)))
    except (ValueError, KeyError, TypeError) as error:
        raise CannotPost(
            say(
                "{file} cannot be understood, so it is not known what was sent before. Nothing was sent. "
                "Check where the report should have arrived; if it is not there, rename {path} to "
                "{file}.damaged and send it again.",
                file=FILE,
                path=folder / FILE,
            )
        ) from error


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


def _sent(row: Any) -> Sent:  # noqa: ANN401 - whatever the file contains
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


def key_of(place: Place, about: str) -> str:
    """Return the id of a message, which is a hash of its destination and the report it is about."""
    words = f"{place.channel.id} {place.address} {about}"
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Going:
    """A message to be posted, with its place and the person who posts it."""

    place: Place
    message: ReportMessage
    about: str
    who: str

    @property
    def key(self) -> str:
        """Return the message's id, which is a hash of its destination and the report it is about."""
        return key_of(self.place, self.about)


def deliver(
    folder: Path,
    going: Going,
    *,
    clock: Callable[[], datetime],
    sender: Sender,
    pause: Callable[[float], None],
    again: bool = False,
) -> Sent:
    """Post the message once and return its log entry; raise CannotPost if delivery is not certain.

    The entry is written before sending. If the channel is busy or unreachable, sending is tried up to three
    times; a message that may have been delivered is not sent again. Raise UsageError if the report was
    already posted, or may have been, unless ``again`` is true.
    """
    channel = going.place.channel
    with own_failures(channel):
        body = channel.body(going.place, going.message)
    with locked(folder / LOCK):
        held = outbox(folder)
        entry = _begun(held, going, clock(), again=again)
        _write(folder, (*held, entry))
        reply = Posted("unreachable")
        try:
            for wait in _WAITS:
                if wait:
                    pause(wait)
                    moment = clock().isoformat(timespec="seconds")
                    entry = replace(entry, tries=(*entry.tries, moment))
                    _write(folder, (*held, entry))
                reply = _reply(sender, going.place, body, clock())
                if reply.arrival not in ("busy", "unreachable"):
                    break
            entry = replace(entry, state=_ENDS.get(reply.arrival, "refused"))
            _write(folder, (*held, entry))
        except CannotWrite as error:
            raise CannotPost(_unwritten(channel, reply, error)) from error
    if entry.state == "gone":
        return entry
    raise CannotPost(_told(channel, reply))


def _reply(sender: Sender, place: Place, body: Any, now: datetime) -> Posted:  # noqa: ANN401 - its type is the channel's own
    """Send the message and return the result; if the channel's code raises, the result is ``unknown``."""
    try:
        return sender(place, body, now)
    except Exception as error:  # noqa: BLE001 - third-party channels may raise anything
        return Posted("unknown", one_line(error))


def _told(channel: Channel, reply: Posted) -> str:
    name, why = text(channel.name), text(reply.why)
    if reply.arrival == "sent":
        return say("{channel} accepted the message.", channel=name)
    if reply.arrival == "unknown":
        return say(
            "{channel} gave no clear answer ({why}): the message may have arrived. Check whether it "
            "did, and send it again only if it is not there.",
            channel=name,
            why=why,
        )
    return say("{channel} did not accept the message: {why}. Nothing was sent.", channel=name, why=why)


def _unwritten(channel: Channel, reply: Posted, error: CannotWrite) -> str:
    """Return the error message if the result of sending could not be written to the outbox."""
    lost = say(
        "The result of sending could not be saved in {file} ({reason}), so sending this report "
        "once more needs --again.",
        file=FILE,
        reason=getattr(error.__cause__, "strerror", None) or type(error.__cause__).__name__,
    )
    return f"{_told(channel, reply)} {lost}"


def _begun(held: tuple[Sent, ...], going: Going, now: datetime, *, again: bool) -> Sent:
    """Return the log entry of a message about to be sent.

    Raise UsageError if the report was posted already (unless ``again``), and CannotPost if too many messages
    were sent in the last minute.
    """
    before = next((one for one in reversed(held) if one.id == going.key), None)
    if before is not None and before.state != "refused" and not again:
        raise UsageError(_already(before))
    tried = [datetime.fromisoformat(moment) for one in held for moment in one.tries]
    recent = sum(timedelta() <= now - moment < MINUTE for moment in tried)
    if recent >= A_MINUTE:
        raise CannotPost(say("{n} messages were sent in the last minute; wait a minute.", n=recent))
    text = hashlib.blake2b(going.message.plain().encode(), digest_size=8).hexdigest()
    at = now.isoformat(timespec="seconds")
    return Sent(going.key, going.about, text, at, going.who, "going", (at,))


def _already(before: Sent) -> str:
    at = datetime.fromisoformat(before.at)
    when = f"{at:%Y-%m-%d %H:%M}"
    if before.state == "gone":
        return say(
            "The report of {about} was already sent ({when}, {who}). To send it once more, add --again.",
            about=before.about,
            when=when,
            who=before.who,
        )
    return say(
        "Sending the report of {about} was started ({when}, {who}), but how it ended is not known. "
        "Check whether it arrived; if not, add --again.",
        about=before.about,
        when=when,
        who=before.who,
    )


def _write(folder: Path, held: tuple[Sent, ...]) -> None:
    last = {one.id: number for number, one in enumerate(held)}
    new = len(held) - KEPT
    rows = [asdict(one) for number, one in enumerate(held) if number >= new or last[one.id] == number]
    words = json.dumps({"format": FORMAT, "messages": rows}, ensure_ascii=False, indent=1)
    write_atomically(folder / FILE, words.encode("utf-8", "replace"))
