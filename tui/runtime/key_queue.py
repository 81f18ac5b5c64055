"""A queue for keys typed ahead of the screen, so that each goes where the keys before it lead.

Textual hands every key to the widget that has the focus when the key arrives. On a line of 300 ms a person
has typed ``Enter w`` and half a sentence before the step is open: the sentence went to the agenda as keys.
Here a key waits until the one before it has been handled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste

_PATIENCE = 0.5
"""Seconds a key waits at most for each widget: one that is being removed never answers."""


class KeyQueue:
    """Delivers an app's keys and pastes one after the other."""

    def __init__(self, app: App[Any], deliver: Callable[[Event], Awaitable[None]]) -> None:
        """``deliver`` is how the app handles an event without a queue."""
        self._app = app
        self._deliver = deliver
        self._waiting: asyncio.Queue[Event] = asyncio.Queue()

    def put(self, event: Event) -> bool:
        """Queue a key or a paste; False for any other event, which is not queued."""
        queued = isinstance(event, Key | Paste) and not event.is_forwarded
        if queued:
            self._waiting.put_nowait(event)
        return queued

    async def run(self) -> None:
        """Deliver what is queued as long as the app runs; start it once as a worker."""
        while True:
            event = await self._waiting.get()
            await self._settled()
            await self._deliver(event)

    async def _settled(self) -> None:
        """Wait until the last key has been handled and the screen it led to is there.

        A key goes from the focused widget through each of its parents to the app, by their message queues;
        what it is bound to happens there.
        """
        for place in (self._app.focused or self._app.screen).ancestors_with_self:
            await _is_idle(place)
        await _is_idle(self._app.screen)


async def _is_idle(place: Any) -> None:  # noqa: ANN401 - any node with a message queue
    """Wait until the node has handled everything that has reached it so far."""
    idle = asyncio.Event()
    if place.call_later(idle.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(idle.wait(), _PATIENCE)
