"""What was posted and what may have been: written down before it goes, so that nothing goes twice.

One file a shop, ``outbox.json``: which report, when, by whom, how it ended. No text, no address, no secret.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from core.durable import locked, write_atomically
from core.problem import CannotPost, UsageError
from core.robots.message import Message, body_of
from core.robots.robot import Robot
from core.robots.sending import Arrival, Reply
from core.wording import say

State: TypeAlias = Literal["sending", "sent", "failed", "unknown"]
FILE: Final = "outbox.json"
LOCK: Final = ".outbox.lock"
KEPT: Final = 400
MINUTE: Final = timedelta(minutes=1)
A_MINUTE: Final = 20
"""Messages a minute a robot takes; DingTalk keeps it silent for ten minutes beyond."""
_WAITS: Final = (1.0, 4.0)
"""Seconds before the second and the third try."""
_ENDS: Final[dict[Arrival, State]] = {"sent": "sent", "unknown": "unknown"}
Sender: TypeAlias = Callable[[Robot, dict[str, Any], datetime], Reply]


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
    """Return what was posted, oldest first; a file nobody can read is an empty one."""
    try:
        rows = json.loads((folder / FILE).read_bytes())["messages"]
        return tuple(Sent(**{**row, "tries": tuple(row["tries"])}) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def key_of(robot: Robot, about: str) -> str:
    """Return the message's id: which robot, which report."""
    return hashlib.blake2b(f"{robot.kind} {robot.url} {about}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Going:
    """What is to be posted, where, by whom."""

    robot: Robot
    message: Message
    about: str
    who: str

    @property
    def key(self) -> str:
        """Return the message's id: which robot, which report."""
        return key_of(self.robot, self.about)


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
    entry = _begin(folder, going, clock(), again=again)
    body, reply = body_of(going.message, going.robot.kind), Reply("unreachable")
    for wait in (*_WAITS, None):
        moment = clock().isoformat(timespec="seconds")
        entry = _note(folder, replace(entry, tries=(*entry.tries, moment)))
        reply = sender(going.robot, body, clock())
        if reply.arrival not in ("busy", "unreachable") or wait is None:
            break
        pause(wait)
    entry = _note(folder, replace(entry, state=_ENDS.get(reply.arrival, "failed")))
    if entry.state == "sent":
        return entry
    raise CannotPost(_told(going.robot, reply, entry.state))


def _told(robot: Robot, reply: Reply, state: State) -> str:
    if state == "unknown":
        return say(
            "{robot} gave no clear answer ({why}): the message may have arrived. Look into the group; "
            "post again only if it is not there.",
            robot=robot.name,
            why=reply.why,
        )
    return say(
        "{robot} did not take the message: {why}. Nothing was posted.", robot=robot.name, why=reply.why
    )


def _begin(folder: Path, going: Going, now: datetime, *, again: bool) -> Sent:
    """Write down that it is about to go."""
    with locked(folder / LOCK):
        held = outbox(folder)
        before = next((one for one in reversed(held) if one.id == going.key), None)
        if before is not None and before.state != "failed" and not again:
            raise UsageError(_already(before))
        tried = [datetime.fromisoformat(moment) for one in held for moment in one.tries]
        recent = sum(timedelta() <= now - moment < MINUTE for moment in tried)
        if recent >= A_MINUTE:
            raise CannotPost(say("{n} messages went in the last minute; wait a minute.", n=recent))
        text = hashlib.blake2b(going.message.plain().encode(), digest_size=8).hexdigest()
        at = now.isoformat(timespec="seconds")
        entry = Sent(going.key, going.about, text, at, going.who, "sending")
        _write(folder, (*held, entry))
        return entry


def _already(before: Sent) -> str:
    at = datetime.fromisoformat(before.at)
    when = f"{at:%Y-%m-%d %H:%M}"
    if before.state == "sent":
        return say(
            "The report of {about} was posted already ({when}, {who}). Posting it once more: --again.",
            about=before.about,
            when=when,
            who=before.who,
        )
    return say(
        "Posting the report of {about} was begun ({when}, {who}) and nobody knows how it ended. Look into "
        "the group; if it is not there: --again.",
        about=before.about,
        when=when,
        who=before.who,
    )


def _note(folder: Path, entry: Sent) -> Sent:
    """Bring the newest line of this message up to date."""
    with locked(folder / LOCK):
        held = list(outbox(folder))
        mine = [n for n, one in enumerate(held) if (one.id, one.at) == (entry.id, entry.at)]
        place = mine[-1] if mine else None
        if place is None:
            held.append(entry)
        else:
            held[place] = entry
        _write(folder, tuple(held))
    return entry


def _write(folder: Path, held: tuple[Sent, ...]) -> None:
    rows = [asdict(one) for one in held[-KEPT:]]
    words = json.dumps({"messages": rows}, ensure_ascii=False, indent=1)
    write_atomically(folder / FILE, words.encode("utf-8", "replace"))
