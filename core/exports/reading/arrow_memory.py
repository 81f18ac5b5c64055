"""Arrow's memory from the system's own store: what a large import took is given back when it is freed."""

from __future__ import annotations


def lean() -> None:
    """Keep no freed memory for later; without it a process stays as large as its largest import was."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Return to the system what was freed: after a large import most of it would stay with the process."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
