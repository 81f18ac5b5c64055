"""Arrow's memory from the system's own store: what a large import took is given back when it is freed."""

from __future__ import annotations


def lean() -> None:
    """Keep no freed memory for later; without it a process stays as large as its largest import was."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())
