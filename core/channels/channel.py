"""What every channel offers: a kind of place that reports are posted to, such as DingTalk groups or e-mail.

A channel is one module in :mod:`core.channels.platforms`, which names it ``CHANNEL``, or an entry point of
another package (:mod:`core.channels.registry`). Nothing else in the product knows a channel by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Protocol, TypeAlias, runtime_checkable

from core.channels.message import ReportMessage
from core.errors import CannotPost, ShopdayError
from core.extensions import one_line
from core.language.message import Words, say
from core.language.wording import text

Arrival: TypeAlias = Literal["sent", "busy", "unreachable", "refused", "unknown"]
"""busy and unreachable: surely not there, so it may be tried again; unknown: it may be there."""
SettingKind: TypeAlias = Literal["text", "number", "texts"]
Given: TypeAlias = str | int | tuple[str, ...]
"""A setting's value, of its kind: text, a whole number, several texts."""
BYTES: Final = say("bytes")


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of a channel's table in ``secrets.toml``."""

    name: str
    example: str
    """Its value as it is written in TOML, for the template."""
    about: Words = ""
    """When it is needed, or what to put there."""
    kind: SettingKind = "text"
    needed: bool = True
    offered: bool = True
    """False: taken from files that have it, and left out of the template."""


@dataclass(frozen=True, slots=True)
class Place:
    """One group or mailbox of a shop; nothing secret of it is in its repr."""

    channel: Channel
    host: str
    """Where messages go; shown before one is posted."""
    address: str = field(repr=False)
    """Tells this place from the channel's others; a change lets a report be posted again."""
    given: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The settings as the channel checked and completed them."""
    notes: tuple[Words, ...] = ()
    """What else is worth knowing before posting."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long a message is, and how long it may be."""

    used: int
    most: int
    unit: Words = BYTES

    @property
    def fits(self) -> bool:
        """Tell whether the channel takes it whole."""
        return self.used <= self.most


@dataclass(frozen=True, slots=True)
class Posted:
    """Whether the message arrived, and why not."""

    arrival: Arrival
    why: Words = ""


@runtime_checkable
class Channel(Protocol):
    """A kind of place that reports are posted to; stateless, so one value serves every shop."""

    @property
    def id(self) -> str:
        """Return what ``kind`` says in ``secrets.toml``: lower-case letters, digits and ``-``."""

    @property
    def name(self) -> Words:
        """Return what people call it."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return the settings it takes beside ``kind`` and ``restricted``."""

    def place(self, given: Mapping[str, Given]) -> Place:
        """Return the place these settings mean; BadSettings says what is wrong without what is secret.

        ``given`` holds only declared settings, each of its kind, and every needed one.
        """

    def size(self, message: ReportMessage) -> Size:
        """Return how long the message is as this channel counts."""

    def body(self, place: Place, message: ReportMessage) -> Any:  # noqa: ANN401 - the channel's own affair
        """Return the message as :meth:`send` takes it; made once, before anything is sent."""

    def send(self, place: Place, body: Any, now: datetime) -> Posted:  # noqa: ANN401 - what body() returned
        """Send it once, signed for this moment, within seconds; what goes wrong is the reply's to say."""


@contextmanager
def own_failures(channel: Channel) -> Iterator[None]:
    """Turn an error of the channel's own code into CannotPost; only where nothing has been sent yet."""
    try:
        yield
    except ShopdayError:
        raise
    except Exception as error:
        said = say(
            "{channel} does not work ({error}). Nothing was posted.",
            channel=channel.name,
            error=one_line(error),
        )
        raise CannotPost(text(said)) from error
