"""Mutants known to change no behaviour: judged by a person, kept in equivalent.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LISTED = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Change:
    """Lines of a file before and after, without their indentation."""

    file: str
    old: str
    new: str


def equivalents() -> dict[Change, str]:
    """Return the listed changes, each with the reason why it changes no behaviour."""
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8")).get("mutant", [])
    return {Change(one["file"], one["old"].strip(), one["new"].strip()): one["why"] for one in listed}
