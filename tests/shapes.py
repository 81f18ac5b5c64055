"""Whether a JSON value has a documented shape: a few lines instead of a dependency.

A field whose name ends in ``?`` may be left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any


class OneOf:
    """One of these values or shapes."""

    def __init__(self, *shapes: Any) -> None:
        self.shapes = shapes


class Maybe(OneOf):
    """One of these or null."""

    def __init__(self, *shapes: Any) -> None:
        super().__init__(*shapes, None)


class A:
    """A text this function can read."""

    def __init__(self, reads: Callable[[str], object]) -> None:
        self.reads = reads


def differences(value: Any, shape: Any) -> list[str]:
    """Return where the value differs from the shape; nothing when it has it exactly."""
    return list(_differences(value, shape, ""))


def _differences(value: Any, shape: Any, where: str) -> Iterator[str]:
    if isinstance(shape, dict):
        yield from _of_object(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{where}: {value!r} is no list"
            return
        for at, one in enumerate(value):
            yield from _differences(one, shape[0], f"{where}[{at}]")
    elif isinstance(shape, OneOf):
        if all(list(_differences(value, one, where)) for one in shape.shapes):
            yield f"{where}: {value!r} is none of {shape.shapes}"
    elif not _is(value, shape):
        yield f"{where}: {value!r} is not {shape}"


def _of_object(value: Any, shape: dict[str, Any], where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is no object"
        return
    known = {name.removesuffix("?"): one for name, one in shape.items()}
    for name in sorted({*known, *value}):
        if name not in known:
            yield f"{where}.{name}: nobody documented it"
        elif name in value:
            yield from _differences(value[name], known[name], f"{where}.{name}")
        elif name in shape:
            yield f"{where}.{name}: is missing"


def _is(value: Any, shape: Any) -> bool:
    if isinstance(shape, A):
        try:
            shape.reads(value)
        except (TypeError, ValueError):
            return False
        return True
    if shape is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return isinstance(value, shape) if isinstance(shape, type) else bool(value == shape)
