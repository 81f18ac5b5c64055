"""``shopday open`` said plainly is understood without the command line library, and just as with it."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui.cli import commands, fast_open
from tui.cli.context import Terms
from tui.cli.fast_open import Asked, plainly

PLAIN = [
    "",
    "open lan",
    "open lan --date 2026-11-16",
    "open lan --at 08:30",
    "open --at 08:30 lan --date 2026-11-16",
    "--who 沈岚 open lan --date 2026-11-16 --at 9:05",
    "--who 沈岚",
    "--who open",
    "open lan --date 2026-11-16 --date 2026-11-15",
]
NOT_PLAIN = [
    "--help",
    "open",
    "open --help",
    "open lan --help",
    "open lan other",
    "open lan --at",
    "open lan --at half-past",
    "open lan --date 16.11.2026",
    "open lan --date=2026-11-16",
    "open lan --who 沈岚",
    "open -- lan",
    "--who",
    "--who -x open lan",
    "demo",
    "steps lan",
    "opne lan",
]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path, date | None, time | None]]:
    """What would have been shown, and to whom."""
    found: list[tuple[str, Path, date | None, time | None]] = []

    def show(terms: Any, folder: Path, day: date | None, when: time | None) -> None:
        found.append((terms.said, folder, day, when))

    monkeypatch.setattr(fast_open, "show", show)
    monkeypatch.setattr(commands, "show", show)
    return found


@pytest.mark.parametrize("line", PLAIN)
def test_what_is_said_plainly_means_what_the_command_line_understands(
    line: str, shop: Path, run: Run, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPDAY_SHOP", str(shop))
    words = [str(shop) if word == "lan" else word for word in line.split()]
    asked = plainly(words)
    assert asked is not None
    fast_open.go(Terms(clock=lambda: datetime(2026, 11, 16), user="lan"), asked)
    assert run(*words).exit_code == 0
    assert len(shown) == 2
    assert shown[0] == shown[1]


def test_who_somebody_is_may_stand_in_the_environment(
    shop: Path, run: Run, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPDAY_WHO", "周岩")
    asked = plainly(["open", str(shop)])
    assert asked == Asked("周岩", str(shop), None, None)
    run("open", shop)
    assert [said for said, *_ in shown] == ["周岩"]


@pytest.mark.parametrize("line", NOT_PLAIN)
def test_everything_else_is_left_to_the_command_line(line: str) -> None:
    assert plainly(line.split()) is None


def test_a_restricted_session_always_goes_through_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    assert plainly([]) is None
    assert plainly(["open", "lan"]) is None
