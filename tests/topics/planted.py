"""How planted troubles of the sample shops are looked for: each step is asked once, by the command line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from click.testing import CliRunner

from tui.cli.commands import shopday
from tui.cli.context import Terms

MONDAY: Final = "2026-11-16 08:30"
Json = dict[str, Any]
Asked = Callable[..., Json]


@dataclass(frozen=True)
class Trouble:
    """What one line of a shop's story says must be found."""

    step: str
    key: str
    """The finding's key, ``*`` for what changes."""
    level: str
    words: tuple[str, ...] = ()
    near: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Planted figure: (times what, how far the finding's own figure may be from it)."""
    does: str = ""
    """Words of a proposal."""
    at: str = MONDAY


def asking(shop: Path) -> Asked:
    """Return what ``shopday ask SHOP STEP --date D --json`` prints; each question is asked once."""

    @cache
    def ask(step: str, at: str = MONDAY) -> Json:
        now = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        words = ["ask", str(shop), step, "--date", at[:10], "--json"]
        os.environ["SHOPDAY_LANG"] = "en"
        done = CliRunner().invoke(shopday, words, obj=Terms(clock=lambda: now, user="lan"))
        assert done.exit_code in (0, 4), done.output
        answer: Json = json.loads(done.stdout)
        assert (done.exit_code == 4) == (answer["verdict"]["level"] == "nodata")
        return answer

    return ask


def numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def assert_found(trouble: Trouble, answer: Json, figures: Mapping[str, float]) -> None:
    """Check that the answer has the finding, with its level, words, figures and proposal."""
    found = [one for one in answer["findings"] if fnmatchcase(one["key"], trouble.key)]
    said = [one for one in found if all(words in one["text"] for words in trouble.words)]
    assert said, f"{trouble.words} in none of {[one['text'] for one in found]}"
    assert {one["level"] for one in said} == {trouble.level}
    assert trouble.does in " ".join(do["text"] for one in said for do in one["proposals"])
    for figure, (times, off) in trouble.near.items():
        meant = figures[figure] * times
        near = [one for one in numbers(said[0]["text"]) if abs(one - meant) <= off + 1e-6 * meant]
        assert near, f"{figure} {meant:g} is not in: {said[0]['text']}"
