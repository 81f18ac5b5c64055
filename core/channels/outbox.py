"""A log of posted messages, written before each is sent, so that nothing is posted twice.

The log (:mod:`core.shop.sent_log`) is kept where the journal is. The sender holds its lock until the result
is written, so a message marked *going* while the lock is free was interrupted; the user then checks whether
it arrived and decides whether to post it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

from core.channels.channel import Arrival, Channel, Place, Posted, own_failures
from core.channels.message import ReportMessage
from core.errors import CannotPost, CannotWrite, UsageError
from core.extensions import one_line
from core.journal.store_choice import store_of
from core.language.wording import say, text
from core.shop.sent_log import Sent, State

MINUTE: Final = timedelta(minutes=1)
A_MINUTE: Final = 20
"""Messages a shop may send per minute; DingTalk blocks a group's robot for ten minutes beyond that."""
_WAITS: Final = (0.0, 1.0, 4.0)
"""Seconds to wait before each attempt."""
_ENDS: Final[dict[Arrival, State]] = {"sent": "gone", "unknown": "unknown"}
Sender: TypeAlias = Callable[[Place, Any, datetime], Posted]


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
    log = store_of(folder).shared.sent_log()
    with log.sending() as held:
        entry = _begun(held.sent, going, clock(), again=again)
        held.add(entry)
        reply = Posted("unreachable")
        try:
            for wait in _WAITS:
                if wait:
                    pause(wait)
                    moment = clock().isoformat(timespec="seconds")
                    entry = replace(entry, tries=(*entry.tries, moment))
                    held.update(entry)
                reply = _reply(sender, going.place, body, clock())
                if reply.arrival not in ("busy", "unreachable"):
                    break
            entry = replace(entry, state=_ENDS.get(reply.arrival, "refused"))
            held.update(entry)
        except CannotWrite as error:
            raise CannotPost(_unwritten(channel, reply, error, log.place)) from error
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


def _unwritten(channel: Channel, reply: Posted, error: CannotWrite, place: str) -> str:
    """Return the error message if the result of sending could not be written to the outbox."""
    cause = error.__cause__
    lost = say(
        "The result of sending could not be saved in {file} ({reason}), so sending this report "
        "once more needs --again.",
        file=place,
        reason=getattr(cause, "strerror", None)
        or getattr(getattr(cause, "diag", None), "message_primary", None)  # of a database
        or say("no connection"),
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
