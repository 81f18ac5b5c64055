"""Keys that are typed ahead of the screen (a far server, a busy one) go where the keys before them lead.

Textual hands every key to the widget that has the focus when the key arrives. On a line of 300 ms a person
has typed ``Enter w`` and half a sentence before the step is open: the sentence went to the agenda as keys.
Here a key waits until the one before it has done what it does.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste

_PATIENCE = 0.5
"""Seconds a key waits at most at each place; who is taken off the screen in that moment never answers."""


class TypedAhead(App[None]):
    """An app that takes one key after the other."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Textual's own
        super().__init__(**settings)
        self._waiting: asyncio.Queue[Event] = asyncio.Queue()

    async def on_event(self, event: Event) -> None:
        """Keep keys and pastes in line; everything else goes its way."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._waiting.put_nowait(event)
        else:
            await super().on_event(event)

    async def hand_on(self) -> None:
        """Hand on what is typed, as long as the app runs; start it once as a worker."""
        while True:
            event = await self._waiting.get()
            await self._settled()
            await super().on_event(event)

    async def _settled(self) -> None:
        """Wait until the last key has gone all its way up, and the screen it led to stands.

        A key goes from the focused widget through each of its parents to the app, by their queues; what it is
        bound to happens there.
        """
        for place in (self.focused or self.screen).ancestors_with_self:
            await _is_through(place)
        await _is_through(self.screen)


async def _is_through(place: Any) -> None:  # noqa: ANN401 - any node with a queue
    """Wait until the place has dealt with everything that has reached it so far."""
    through = asyncio.Event()
    if place.call_later(through.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(through.wait(), _PATIENCE)
