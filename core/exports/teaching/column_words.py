"""What people call our columns in tables of their own and in warehouse programs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path


def called(target: str) -> Sequence[str]:
    """Return what people call one of our columns, beside the headers of the platforms."""
    return all_words().get(target, ())


@cache
def all_words() -> Mapping[str, Sequence[str]]:
    """Return what people call each of our columns."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
