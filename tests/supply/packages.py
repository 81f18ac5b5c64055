"""The installed packages that shopday needs, read from their own metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PINS = ("constraints.txt", "constraints-more.txt")
_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)|--hash=sha256:(?P<hash>[0-9a-f]{64})", re.MULTILINE
)
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 60
"""Characters of a licence's name; a longer field holds the licence itself."""


class Package(NamedTuple):
    """One package as it is installed."""

    name: str
    version: str
    licence: str
    """As an SPDX expression or in the package's own words; empty when it does not tell."""
    requires: tuple[str, ...]
    """Names of the packages it needs here."""


def runtime(*extras: str) -> dict[str, Package]:
    """Return what shopday runs on, by name; ``extras``: with these extras of pyproject.toml."""
    return _closure(frozenset(extras))


def development() -> dict[str, Package]:
    """Return what it is built and checked with beside that."""
    running = runtime()
    return {name: one for name, one in _closure(frozenset({"dev"})).items() if name not in running}


def shopday() -> Package:
    """Return the program itself."""
    return _package(distribution("shopday"), frozenset())


def pins() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the version that is pinned of each package, and the hashes of its files."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    name = ""
    for file in PINS:
        for match in _PIN.finditer((ROOT / file).read_text(encoding="utf-8")):
            if match["name"]:
                name = canonicalize_name(match["name"])
                found[name] = (match["version"], ())
            else:
                version, hashes = found[name]
                found[name] = (version, (*hashes, match["hash"]))
    return found


def _closure(extras: frozenset[str]) -> dict[str, Package]:
    found: dict[str, Package] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    waiting = list(_needed(distribution("shopday"), extras))
    while waiting:
        wanted = waiting.pop()
        if wanted in asked:
            continue
        asked.add(wanted)
        name, more = wanted
        found[name] = _package(distribution(name), more | _asked_of(name, asked))
        waiting += _needed(distribution(name), more)
    return dict(sorted(found.items()))


def _asked_of(name: str, asked: set[tuple[str, frozenset[str]]]) -> frozenset[str]:
    return frozenset(extra for one, extras in asked if one == name for extra in extras)


def _package(found: Distribution, extras: frozenset[str]) -> Package:
    name = canonicalize_name(found.metadata["Name"])
    needed = {one for one, _ in _needed(found, extras)}
    return Package(name, found.version, _licence(found), tuple(sorted(needed)))


def _needed(found: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what it needs here, and the extras it needs of that."""
    for line in found.requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            name = canonicalize_name(wanted.name)
            if _installed(name):
                yield name, frozenset(wanted.extras)


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _by_its_text(found: Distribution) -> str:
    """Return the licence whose words the package's licence file has; empty if none that is known."""
    for file in found.files or ():
        if (
            "license" in file.name.lower()
            and "Permission is hereby granted, free of charge" in file.read_text()
        ):
            return "MIT"
    return ""


def _licence(found: Distribution) -> str:
    told = {name: str(value) for name, value in found.metadata.json.items() if not isinstance(value, list)}
    if expression := told.get("license_expression"):
        return expression
    classifiers = [
        one.removeprefix(_CLASSIFIER)
        for one in found.metadata.get_all("Classifier") or ()
        if one.startswith(_CLASSIFIER)
    ]
    text = (told.get("license") or "").strip()
    if text and len(text) <= _LONGEST and "\n" not in text:
        return text
    return " AND ".join(classifiers) or _by_its_text(found)
