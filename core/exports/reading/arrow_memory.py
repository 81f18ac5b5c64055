"""Make pyarrow use the system's memory allocator, so that memory freed after a large import is released."""

from __future__ import annotations


def lean() -> None:
    """Use the system allocator; otherwise the process would stay as large as its largest import."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Return freed memory to the operating system.

    Otherwise the process keeps most of it after a large import.
    """
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
