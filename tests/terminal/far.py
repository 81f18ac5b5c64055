"""A line to a far server: what goes through arrives later, in order and whole."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def far_away(port: int, seconds: float) -> Iterator[int]:
    """Give a port on loopback that leads to ``port``, every byte ``seconds`` late in each direction."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(lambda r, w: _joined(r, w, port, seconds), "127.0.0.1", 0)

    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result(5)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_ended(listening), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _ended(listening: asyncio.Server) -> None:
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def _joined(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, seconds: float
) -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    with suppress(asyncio.CancelledError):  # the test is over
        await asyncio.gather(_carry(reader, back, seconds), _carry(there, writer, seconds))


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Hand on what is read, each piece its time later; pieces under way do not wait for each other."""
    clock = asyncio.get_running_loop()
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def arrive() -> None:
        while True:
            due, piece = await under_way.get()
            await asyncio.sleep(due - clock.time())
            if not piece:
                writer.close()
                return
            writer.write(piece)

    arriving = asyncio.create_task(arrive())
    with suppress(OSError):
        while piece := await reader.read(65536):
            under_way.put_nowait((clock.time() + seconds, piece))
    under_way.put_nowait((clock.time() + seconds, b""))
    await arriving
