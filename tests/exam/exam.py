"""One morning of a made shop through the program: exports imported, a step asked, its answer compared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tests.exam.made_shop import TODAY, Made, quiet, write
from tests.exam.planted_troubles import PLANTS, Planted

STEP: Final = "drivers"
SETTINGS: Final = 'name = "考场"\nmargin = 0.5\n'
ASKING: Final = ("act", "watch")


@dataclass(frozen=True, slots=True)
class Morning:
    """What the program said of the changes of a morning."""

    verdict: str
    asked: tuple[Mapping[str, Any], ...]
    """Incidents that ask for a look, the first first."""
    possible: tuple[Mapping[str, Any], ...]

    @property
    def new(self) -> tuple[Mapping[str, Any], ...]:
        """Return those told for the first time this morning."""
        return tuple(one for one in self.asked if one.get("since") in (None, "", TODAY.isoformat()))


def morning(folder: Path, made: Made) -> Morning:
    """Import the shop's exports and ask what changed, each as a command of its own."""
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    write(made, folder / "inbox")
    home = {"HOME": str(folder.parent), "SHOPDAY_LANG": "en", "PATH": os.environ["PATH"]}
    run = [sys.executable, "-m", "tui"]
    done = subprocess.run(
        [*run, "import", str(folder)], env=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ask = [*run, "ask", str(folder), STEP, "--date", TODAY.isoformat(), "--json"]
    told = subprocess.run(ask, env=home, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    answer = json.loads(told.stdout)
    found = answer["findings"]
    return Morning(
        answer["verdict"]["text"],
        tuple(one for one in found if one["level"] in ASKING),
        tuple(one for one in found if one["level"] == "info" and one.get("incident")),
    )


def names(one: Mapping[str, Any], planted: Planted) -> bool:
    """Tell whether a finding names the planted trouble: its object and its figure."""
    about = set(one.get("about", {}).values())
    return one["kind"] in planted.kinds and (not planted.about or planted.about in about)


def named_cause(one: Mapping[str, Any], planted: Planted) -> bool:
    """Tell whether the cause named, or one of the two that cannot be told apart, is right."""
    return not planted.causes or any(
        words in one["text"].split("Follows from it")[0] for words in planted.causes
    )


def only_roots(found: Morning, planted: Sequence[Planted]) -> bool:
    """Tell whether every trouble is named and nothing else asks for a look."""
    named = all(any(names(one, root) for one in found.asked) for root in planted)
    return named and all(any(names(one, root) for root in planted) for one in found.asked)


def troubled(seed: int, kind: str) -> tuple[Made, Planted]:
    """Draw a shop and put a trouble of the kind into it."""
    made = quiet(seed, visitors=_size(seed), items=_count(seed))
    return made, PLANTS[kind](made, np.random.default_rng(seed + 7))


def _size(seed: int) -> float:
    return float(np.exp(np.random.default_rng(seed + 3).uniform(np.log(1500), np.log(12_000))))


def _count(seed: int) -> int:
    return int(np.random.default_rng(seed + 5).integers(12, 31))
