"""A header as it is compared: half width, no blanks, lower case, with or without its unit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from core.exports.cells import fold

_LONGEST: Final = 200
"""Characters of a header that are looked at."""
_UNIT: Final = re.compile(r"\((分|元|万元|秒|分钟|%|人|件|次|个|笔|单位:元|单位:分)\)$")


def key_of(header: str) -> str:
    """Return the header as it is compared: half width, no spaces, lower case."""
    return _key(header[:_LONGEST])


@lru_cache(maxsize=8192)
def _key(header: str) -> str:
    return re.sub(r"\s+", "", fold(header)).casefold()


def without_unit(key: str) -> tuple[str, str]:
    """Return the header's key without its unit, and the unit; ``花费(分)`` is ``花费`` in ``分``."""
    found = _UNIT.search(key)
    return (key[: found.start()], found[1]) if found else (key, "")


def signature_of(headers: Iterable[str]) -> str:
    """Return twelve hex digits that are the same for the same headers in any order, units aside."""
    keys = {without_unit(key_of(header))[0] for header in headers} - {""}
    return hashlib.blake2b("\n".join(sorted(keys)).encode(), digest_size=6).hexdigest()
