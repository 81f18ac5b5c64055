"""Normalize headers for comparison: half width, without whitespace, lower case, with or without unit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from core.exports.cells import fold

_LONGEST: Final = 200
"""The number of characters of a header that are compared; the rest is ignored."""
_UNIT: Final = re.compile(r"\((分|元|万元|秒|分钟|%|人|件|次|个|笔|单位:元|单位:分)\)$")


def key_of(header: str) -> str:
    """Return the header normalized for comparison: half width, no whitespace, lower case."""
    return _key(header[:_LONGEST])


@lru_cache(maxsize=8192)
def _key(header: str) -> str:
    return re.sub(r"\s+", "", fold(header)).casefold()


def without_unit(key: str) -> tuple[str, str]:
    """Split a normalized header into the part without unit and the unit.

    ``花费(分)`` gives ``花费`` and ``分``; the unit is "" if there is none.
    """
    found = _UNIT.search(key)
    return (key[: found.start()], found[1]) if found else (key, "")


def signature_of(headers: Iterable[str]) -> str:
    """Return a hash (12 hex digits) of the headers, independent of their order and units."""
    keys = {without_unit(key_of(header))[0] for header in headers} - {""}
    return hashlib.blake2b("\n".join(sorted(keys)).encode(), digest_size=6).hexdigest()
