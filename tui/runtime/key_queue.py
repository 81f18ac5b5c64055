"""A queue of key presses, so that keys typed ahead reach the screen that the preceding keys open.

Textual passes a key to the widget that has the focus when the key arrives. With a latency of 300 ms a person
may have typed ``Enter w`` and half a sentence before the step is open, and the sentence would be taken as
keys of the agenda. Here a key waits until the preceding one has been handled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste

_PATIENCE = 0.5
"""Maximum seconds to wait until a widget is idle, because one that is being removed does not respond."""


class KeyQueue:
    """Delivers key presses and pastes to the app one at a time."""

    def __init__(self, app: App[Any], deliver: Callable[[Event], Awaitable[None]]) -> None:
        """Initialize the queue; ``deliver`` is the app's own method for handling an event."""
        self._app = app
        self._deliver = deliver
        self._waiting: asyncio.Queue[Event] = asyncio.Queue()

    def put(self, event: Event) -> bool:
        """Queue a key press or paste; return False, without queueing, for other events."""
        queued = isinstance(event, Key | Paste) and not event.is_forwarded
        if queued:
            self._waiting.put_nowait(event)
        return queued

    async def run(self) -> None:
        """Deliver queued events while the app runs; to be started once, as a worker."""
        while True:
            event = await self._waiting.get()
            await self._settled()
            await self._deliver(event)

    async def _settled(self) -> None:
        """Wait until the previous key has been handled and the resulting screen is active.

        A key is passed from the focused widget through each of its parents to the app, by their message
        queues, and its binding is run there.
        """
        for place in (self._app.focused or self._app.screen).ancestors_with_self:
            await _is_idle(place)
        await _is_idle(self._app.screen)


async def _is_idle(place: Any) -> None:  # noqa: ANN401 - any node with a message queue
    """Wait until the widget, screen or app ``place`` has handled all messages received so far."""
    idle = asyncio.Event()
    if place.call_later(idle.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(idle.wait(), _PATIENCE)
