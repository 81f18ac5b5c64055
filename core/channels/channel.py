"""The protocol that every channel implements.

A channel is a platform that reports are posted to, such as DingTalk groups or e-mail. It is a module in
:mod:`core.channels.platforms` with a ``CHANNEL`` attribute, or an entry point of another package
(:mod:`core.channels.registry`). No other code refers to a particular channel by name.
A channel that takes pictures also has an attribute ``pictures``, the largest picture in bytes; it finds a PNG
in :attr:`ReportMessage.picture`.
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
"""The result of a send attempt.

``busy`` and ``unreachable``: certainly not delivered, so sending may be retried. ``refused``: rejected.
``unknown``: the message may have been delivered.
"""
SettingKind: TypeAlias = Literal["text", "number", "texts"]
Given: TypeAlias = str | int | tuple[str, ...]
"""A setting's value: a string, an integer or a tuple of strings, according to its SettingKind."""
BYTES: Final = say("bytes")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting in a channel's table in ``secrets.toml``."""

    name: str
    example: str
    """An example value in TOML syntax, for the template."""
    about: Words = ""
    """A hint about when the setting is needed or what its value should be."""
    kind: SettingKind = "text"
    needed: bool = True
    offered: bool = True
    """If False, the setting is accepted in existing files but left out of the template."""


@dataclass(frozen=True, slots=True)
class Place:
    """A configured destination, such as one group or mailbox; its repr contains no secrets."""

    channel: Channel
    host: str
    """The host messages are sent to; shown to the user before posting."""
    address: str = field(repr=False)
    """Identifies this place among the channel's places.

    If it changes, a report counts as not yet posted there.
    """
    given: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The settings, as checked and completed by the channel."""
    notes: tuple[Words, ...] = ()
    """Further information shown to the user before posting."""


@dataclass(frozen=True, slots=True)
class Size:
    """The length of a message and the channel's limit."""

    used: int
    most: int
    unit: Words = BYTES

    @property
    def fits(self) -> bool:
        """Return whether the message is within the channel's limit."""
        return self.used <= self.most


@dataclass(frozen=True, slots=True)
class Posted:
    """The result of sending a message: whether it arrived, and the reason if it did not."""

    arrival: Arrival
    why: Words = ""


@runtime_checkable
class Channel(Protocol):
    """A platform that reports are posted to; stateless, so one instance serves every shop."""

    @property
    def id(self) -> str:
        """Return the value of ``kind`` in ``secrets.toml``: lower-case letters, digits and ``-``."""

    @property
    def name(self) -> Words:
        """Return the display name."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return the channel's settings, besides ``kind`` and ``restricted``."""

    def place(self, given: Mapping[str, Given]) -> Place:
        """Return the place described by the settings.

        Raise BadSettings, without quoting secrets, if they are invalid. ``given`` contains only settings that
        the channel declares, with values of the declared kind, and all mandatory ones.
        """

    def size(self, message: ReportMessage) -> Size:
        """Return the length of the message as the channel counts it."""

    def body(self, place: Place, message: ReportMessage) -> Any:  # noqa: ANN401 - its type is the channel's own
        """Return the message in the form that :meth:`send` expects; called once, before the first attempt."""

    def send(self, place: Place, body: Any, now: datetime) -> Posted:  # noqa: ANN401 - the value returned by body()
        """Send the message once, with a signature for the time ``now`` if needed; take only a few seconds.

        Report failures in the return value.
        """


@contextmanager
def own_failures(channel: Channel) -> Iterator[None]:
    """Turn an unexpected error in a channel's code into CannotPost, which says that nothing was sent.

    Use it only for code that runs before anything is sent.
    """
    try:
        yield
    except ShopdayError:
        raise
    except Exception as error:
        said = say(
            "{channel} does not work ({error}). Nothing was sent.",
            channel=channel.name,
            error=one_line(error),
        )
        raise CannotPost(text(said)) from error
