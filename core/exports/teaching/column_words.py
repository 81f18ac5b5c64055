"""The headers that hand-kept tables and warehouse programs use for the columns of our sheets."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from core.exports.header_keys import key_of


def called(target: str) -> Sequence[str]:
    """Return the headers that people, not the platforms, use for the column named ``target``."""
    return all_words().get(target, ())


@lru_cache(maxsize=4096)
def in_our_words(key: str) -> str:
    """Return the normalized header with its parts replaced by their synonyms in known headers."""
    for part, ours in _same().items():
        key = key.replace(part, ours)
    return key


@cache
def all_words() -> Mapping[str, Sequence[str]]:
    """Return the headers that people use for each column, by column name."""
    return {target: words for target, words in _file().items() if target != "same"}


@cache
def _same() -> Mapping[str, str]:
    """Return the synonyms of parts of headers: what people write → what known headers say, longest first."""
    return {
        key_of(part): key_of(ours)
        for part, ours in sorted(_file()["same"].items(), key=lambda one: -len(one[0]))
    }


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
