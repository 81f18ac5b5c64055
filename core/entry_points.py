"""Find what other installed packages provide: the entry points of a group, with the package of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


def brought(group: str) -> Iterator[tuple[str, EntryPoint]]:
    """Yield each entry point of the group and its source, ``package (name)``, by name; nothing is imported.

    If no package mentions the group, Python's own search is skipped, because it is slow.
    """
    if not any(_mentions(folder, f"[{group}]".encode()) for folder in sys.path):
        return
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        yield (f"{point.dist.name} ({point.name})" if point.dist else point.name), point


def versions(*groups: str) -> Iterator[str]:
    """Yield a text for each entry point of the groups that changes with the package's version and files."""
    from importlib.util import find_spec

    for group in groups:
        for source, point in brought(group):
            version = point.dist.version if point.dist else ""
            files: list[Path] = []
            with suppress(ImportError, ValueError, AttributeError, OSError):
                spec = find_spec(point.module.partition(".")[0])
                for folder in (spec.submodule_search_locations or ()) if spec else ():
                    files += Path(folder).rglob("*.py")
                if spec and spec.origin and not files:
                    files = [Path(spec.origin)]
            stamps = [f"{file.stat().st_size} {file.stat().st_mtime_ns}" for file in sorted(files)]
            yield " ".join([source, point.value, version, *stamps])


def _mentions(folder: str, words: bytes) -> bool:
    with suppress(OSError), os.scandir(folder or ".") as found:
        for entry in found:
            if entry.name.endswith((".dist-info", ".egg-info")):
                with suppress(OSError):
                    if words in Path(entry.path, "entry_points.txt").read_bytes():
                        return True
    return False
