"""Draw mutants at random: every site of the product has the same chance."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.mutate import sites as sites_module
from tests.mutate.equivalent import Change
from tests.mutate.sites import Mutant, mutate, sites
from tests.mutate.tree import CACHE, PRODUCT, ROOT, tracked

AREAS = {
    "core/topics": ("core/topics/",),
    "core/statistics, measures": ("core/statistics/", "core/measures/"),
    "journal, facts": ("core/journal/", "core/facts/", "core/records/", "core/storage/"),
    "exports": ("core/exports/",),
    "reports, tables, review, find": (
        "core/reports/", "core/tables/", "core/review/", "core/find/", "core/channels/",
    ),
    "rest of core": ("core/",),
    "routines": ("routines/",),
    "tui": ("tui/",),
}  # fmt: skip
"""Area to the beginnings of its paths; the first that fits counts."""


@dataclass(frozen=True)
class Drawn:
    """A mutant and what it changes."""

    mutant: Mutant
    diff: str

    @property
    def id(self) -> str:
        """A name that stays the same as long as the change does."""
        return hashlib.sha256(self.diff.encode()).hexdigest()[:12]

    @property
    def area(self) -> str:
        """The row of the table it counts in."""
        return next(name for name, places in AREAS.items() if self.mutant.file.startswith(places))

    @property
    def change(self) -> Change:
        """The lines taken out and those put in."""
        lines = [line for line in self.diff.splitlines() if not line.startswith(("---", "+++"))]
        old, new = ("\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
        return Change(self.mutant.file, old, new)


def draw(count: int, seed: int, *, under: str = "") -> Iterator[Drawn]:
    """Yield different mutants of files whose path begins with ``under``; a seed draws the same again."""
    files = [name for name in tracked() if name.startswith(PRODUCT) and name.endswith(".py")]
    files = [name for name in files if name.startswith(under)]
    code = {name: (ROOT / name).read_text(encoding="utf-8") for name in files}
    places = [(name, number) for name, many in _counted(code).items() for number in range(many)]
    rng, found = Random(seed), set[str]()
    rng.shuffle(places)
    for name, number in places:
        if len(found) == count:
            return
        mutant = mutate(name, code[name], number, rng)
        if mutant is None:
            continue
        one = Drawn(mutant, _diff(name, code[name], mutant.code))
        if one.id not in found:
            found.add(one.id)
            yield one


def _counted(code: dict[str, str]) -> dict[str, int]:
    """Return how many sites each file has; counting takes long and is kept."""
    operators = Path(sites_module.__file__).read_bytes()
    place = CACHE / f"sites-{hashlib.sha256(operators).hexdigest()[:16]}.json"
    kept: dict[str, int] = json.loads(place.read_bytes()) if place.exists() else {}
    states = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in code.items()}
    new = {states[name]: text for name, text in code.items() if states[name] not in kept}
    with ProcessPoolExecutor() as pool:
        kept |= dict(zip(new, pool.map(_count, new.values(), chunksize=8), strict=True))
    if new:
        CACHE.mkdir(exist_ok=True)
        place.write_text(json.dumps(kept), encoding="utf-8")
    return {name: kept[state] for name, state in states.items()}


def _count(code: str) -> int:
    return len(sites(code)[1])


def _diff(name: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return "\n".join(lines)
