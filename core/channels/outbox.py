"""What was posted and what may have been: written down before it goes, so that nothing goes twice.

One file a shop, ``outbox.json``: which report, when, by whom, how it ended. No text, no address, no secret.
Who posts holds the lock until the end is written down, so a message that is *going* while nobody holds it
was cut off: a person looks whether it arrived and says whether it is posted again.
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
"""refused: surely did not arrive, so it may be posted again; unknown: it may have."""
FILE: Final = "outbox.json"
LOCK: Final = ".outbox.lock"
FORMAT: Final = 2
"""Counts up when a file written from now on could be misread by an older shopday; 1 names no format."""
KEPT: Final = 400
"""Lines kept beside the last one of every message."""
MINUTE: Final = timedelta(minutes=1)
A_MINUTE: Final = 20
"""Messages a minute from one shop; beyond, DingTalk keeps a group's robot silent for ten minutes."""
_WAITS: Final = (0.0, 1.0, 4.0)
"""Seconds before each try."""
_ENDS: Final[dict[Arrival, State]] = {"sent": "gone", "unknown": "unknown"}
_IN_FORMAT_1: Final[dict[str, State]] = {"sending": "going", "sent": "gone", "failed": "refused"}
Sender: TypeAlias = Callable[[Place, Any, datetime], Posted]


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that went, or was about to."""

    id: str
    about: str
    """2026-11-16, 2026-W47 or 2026-11."""
    text: str
    """A hash of what was told."""
    at: str
    who: str
    state: State
    tries: tuple[str, ...] = field(default=())
    """When each try was made."""


def outbox(folder: Path) -> tuple[Sent, ...]:
    """Return what was posted, oldest first; CannotPost when the file is there and cannot be trusted."""
    raw = _bytes(folder / FILE)
    if raw is None:
        return ()
    try:
        return tuple(_sent(row) for row in _rows(json_in(raw, FILE)))
    except (ValueError, KeyError, TypeError) as error:
        raise CannotPost(
            say(
                "{file} cannot be understood, so nobody can tell what was posted before. Nothing was "
                "posted. Check where it should have arrived; if the report is not there, rename {path} to "
                "{file}.damaged and post again.",
                file=FILE,
                path=folder / FILE,
            )
        ) from error


def _rows(held: object) -> list[Any]:
    """Return the lines of the file; CannotPost when a newer shopday wrote it."""
    if not isinstance(held, dict):
        raise TypeError(type(held).__name__)
    written = held.get("format", 1)
    if type(written) is int and written > FORMAT:
        raise CannotPost(
            say("{file} was written by a newer shopday. Nothing was posted; update this one.", file=FILE)
        )
    if written not in (1, FORMAT) or not held.keys() <= {"messages", "format"}:
        raise KeyError(*held)
    return _list(held["messages"])


def _bytes(path: Path) -> bytes | None:
    """Read the file; None only when there is none."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotPost(
            say(
                "{file} cannot be read ({reason}), so nobody can tell what was posted before. Nothing was "
                "posted; put that right and post again ({path}).",
                file=FILE,
                reason=error.strerror or type(error).__name__,
                path=path,
            )
        ) from error


def _sent(row: Any) -> Sent:  # noqa: ANN401 - whatever the file holds
    """Return the line; ValueError or TypeError when it is not one."""
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
    """Return the message's id: where to, which report."""
    words = f"{place.channel.id} {place.address} {about}"
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Going:
    """What is to be posted, where, by whom."""

    place: Place
    message: ReportMessage
    about: str
    who: str

    @property
    def key(self) -> str:
        """Return the message's id: where to, which report."""
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
    """Post the message once and return how it ended; CannotPost in one sentence when it is not surely there.

    It is written down before it goes. What surely did not arrive is tried again, three times in all; what may
    have arrived is not. UsageError when it was posted already, or may have been, unless ``again``.
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


def _reply(sender: Sender, place: Place, body: Any, now: datetime) -> Posted:  # noqa: ANN401 - the channel's
    """Return what the channel answers; one that breaks may have sent the message before."""
    try:
        return sender(place, body, now)
    except Exception as error:  # noqa: BLE001 - a channel may be anybody's
        return Posted("unknown", one_line(error))


def _told(channel: Channel, reply: Posted) -> str:
    name, why = text(channel.name), text(reply.why)
    if reply.arrival == "sent":
        return say("{channel} took the message.", channel=name)
    if reply.arrival == "unknown":
        return say(
            "{channel} gave no clear answer ({why}): the message may have arrived. Check whether it did; "
            "post again only if it is not there.",
            channel=name,
            why=why,
        )
    return say("{channel} did not take the message: {why}. Nothing was posted.", channel=name, why=why)


def _unwritten(channel: Channel, reply: Posted, error: CannotWrite) -> str:
    """Say what was answered, and that the outbox does not know it."""
    lost = say(
        "That could not be written into {file} ({reason}), so posting this report once more needs --again.",
        file=FILE,
        reason=getattr(error.__cause__, "strerror", None) or type(error.__cause__).__name__,
    )
    return f"{_told(channel, reply)} {lost}"


def _begun(held: tuple[Sent, ...], going: Going, now: datetime, *, again: bool) -> Sent:
    """Return the line of a message that is about to go, if it may."""
    before = next((one for one in reversed(held) if one.id == going.key), None)
    if before is not None and before.state != "refused" and not again:
        raise UsageError(_already(before))
    tried = [datetime.fromisoformat(moment) for one in held for moment in one.tries]
    recent = sum(timedelta() <= now - moment < MINUTE for moment in tried)
    if recent >= A_MINUTE:
        raise CannotPost(say("{n} messages went in the last minute; wait a minute.", n=recent))
    text = hashlib.blake2b(going.message.plain().encode(), digest_size=8).hexdigest()
    at = now.isoformat(timespec="seconds")
    return Sent(going.key, going.about, text, at, going.who, "going", (at,))


def _already(before: Sent) -> str:
    at = datetime.fromisoformat(before.at)
    when = f"{at:%Y-%m-%d %H:%M}"
    if before.state == "gone":
        return say(
            "The report of {about} was posted already ({when}, {who}). Posting it once more: --again.",
            about=before.about,
            when=when,
            who=before.who,
        )
    return say(
        "Posting the report of {about} was begun ({when}, {who}) and nobody knows how it ended. Check "
        "whether it arrived; if it did not: --again.",
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
