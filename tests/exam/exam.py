"""One morning of a made shop through the program: exports imported, a step asked, its answer compared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from click.testing import CliRunner

from tests.exam.made_shop import TODAY, Made, quiet, write
from tests.exam.planted_troubles import PLANTS, Planted
from tui.cli.commands import shopday
from tui.cli.context import Terms

STEP: Final = "drivers"
SETTINGS: Final = 'name = "考场"\nmargin = 0.5\n'
ASKING: Final = ("act", "watch")
EVENING: Final = datetime.combine(TODAY, time(20, 0), ZoneInfo("Asia/Shanghai"))


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


def as_a_process(home: Path, *words: str) -> str:
    """Run the command in a process of its own; return what it prints."""
    env = {"HOME": str(home), "SHOPDAY_LANG": "en", "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "tui", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def in_this_process(home: Path, *words: str) -> str:
    """Run the command in this process; return what it prints."""
    env = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "SHOPDAY_LANG": "en"}
    done = CliRunner().invoke(shopday, words, env=env, obj=Terms(clock=lambda: EVENING, user="lan"))
    assert done.exit_code == 0, done.output
    return done.stdout


def morning(folder: Path, made: Made, run: Callable[..., str] = as_a_process) -> Morning:
    """Import the shop's exports and ask what changed, each by a command."""
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    write(made, folder / "inbox")
    run(folder.parent, "import", str(folder))
    answer = json.loads(run(folder.parent, "ask", str(folder), STEP, "--date", TODAY.isoformat(), "--json"))
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
    return not planted.causes or any(words in one["text"].split("Consequence")[0] for words in planted.causes)


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
