"""A large import gives its memory back when it is done, and spends no time on looking for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def lean() -> None:
    """Keep no freed memory for later; without it a process stays as large as its largest import was."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Return to the system what was freed: after a large import most of it would stay with the process."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: a million cells are none, and each look at them takes time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
