"""The check: fine is said in a line each, trouble with what to do."""

import contextlib
import json
import os
import pty
import shlex
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.storage.atomic_files import locked
from tests.cli.conftest import MONDAY, NINE, Run
from tests.conftest import ROOT
from tui.cli import doctor_checks


def states(text: str) -> dict[str, str]:
    return {check["name"]: check["state"] for check in json.loads(text)["checks"]}


def test_a_healthy_shop(shop: Path, run: Run) -> None:
    Book(shop).append(MONDAY, at=NINE, who="", kind="note", data={"text": "x"})
    result = run("doctor", shop, "--json")

    assert result.exit_code == 0
    assert set(states(result.stdout).values()) == {"ok"}
    assert list(states(result.stdout)) == [
        "version", "size", "locale", "language", "colours", "width", "clipboard",
        "settings", "person", "rights", "privacy", "locks", "disk", "journal", "facts", "calendar",
        "channels",
    ]  # fmt: skip


def test_the_version_shows_where_one_looks_for_it(run: Run) -> None:
    ours = version("shopday")
    asked = run("--version")

    assert (asked.exit_code, asked.stdout.split("(")[0]) == (0, f"shopday {ours} ")
    assert asked.stdout == run("version").stdout
    assert f"shopday {ours}" in run("doctor").stdout
    assert f'version = "{ours}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_a_year_without_a_published_calendar(shop: Path, run: Run) -> None:
    result = run("doctor", shop, "--json", clock=NINE.replace(year=2099))

    assert (result.exit_code, states(result.stdout)["calendar"]) == (0, "warn")


def test_the_terminal_alone(run: Run) -> None:
    result = run("doctor")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 7


def test_a_terminal_that_takes_no_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "60")
    result = run("doctor", "--json")

    assert result.exit_code == 3
    assert states(result.stdout)["size"] == "warn"
    assert states(result.stdout)["colours"] == "bad"
    assert len(result.stderr.splitlines()) == 1


def test_settings_that_are_wrong(shop: Path, run: Run) -> None:
    (shop / "shop.toml").write_text('name = "x"\nmargn = 1')
    result = run("doctor", shop)

    assert result.exit_code == 3
    assert "margn" in result.stdout
    assert "margn" in result.stderr


def test_somebody_who_hangs_on_the_lock(shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "LOCK_SECONDS", 0.05)
    with locked(shop / "journal" / ".lock"):
        result = run("doctor", shop, "--json")

    assert (result.exit_code, states(result.stdout)["locks"]) == (3, "bad")


def test_a_day_that_was_set_aside(shop: Path, run: Run) -> None:
    files = FileStore(shop)
    files.path(MONDAY).parent.mkdir()
    files.path(MONDAY).write_text("torn")
    files.read(MONDAY)
    result = run("doctor", shop, "--json")

    assert (result.exit_code, states(result.stdout)["journal"]) == (0, "warn")


def test_folders_that_leave_the_group_out(shop: Path, run: Run) -> None:
    (shop / "journal").chmod(0o755)

    assert states(run("doctor", shop, "--json").stdout)["rights"] == "warn"


def test_a_folder_everybody_can_look_into(shop: Path, run: Run) -> None:
    shop.chmod(0o2775)

    assert states(run("doctor", shop, "--json").stdout)["privacy"] == "warn"


def test_copies_that_go_nowhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STY", "1.pts")

    assert states(run("doctor", "--json").stdout)["clipboard"] == "warn"


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("set_up", "state"),
    [
        ("set -g set-clipboard external", "warn"),
        ("set -g set-clipboard on", "ok"),
        ("set -g allow-passthrough on", "ok"),
    ],
)
def test_a_tmux_that_hands_copies_on_or_not(set_up: str, state: str, tmp_path: Path) -> None:
    (tmp_path / "conf").write_text(f"{set_up}\n")
    program = [sys.executable, "-m", "tui", "doctor", "--json"]
    words = (
        f"cd {ROOT} && {shlex.join(program)} > {tmp_path}/said.new; mv {tmp_path}/said.new {tmp_path}/said"
    )
    subprocess.run(
        ["tmux", "-S", f"{tmp_path}/socket", "-f", f"{tmp_path}/conf", "new-session", "-d", words], check=True
    )
    until = time.monotonic() + 30
    while not (tmp_path / "said").exists():
        assert time.monotonic() < until
        time.sleep(0.05)

    assert states((tmp_path / "said").read_text())["clipboard"] == state


def test_little_room_on_the_disk(shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(shop)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    result = run("doctor", shop, "--json")

    assert (result.exit_code, states(result.stdout)["disk"]) == (3, "bad")


@pytest.mark.parametrize(("column", "state"), [(3, "ok"), (2, "bad")])
def test_the_width_of_chinese_characters_is_asked_of_the_terminal(column: int, state: str) -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "tui", "doctor", "--json"])  # noqa: S606 - this program
    shown = b""
    with contextlib.suppress(OSError):  # the terminal is gone when the program has ended
        while piece := os.read(terminal, 4096):
            shown += piece
            for _ in range(piece.count(b"\x1b[6n")):
                asked = "中" if shown.count(b"\x1b[6n") == 1 else "①"
                os.write(terminal, f"\x1b[1;{column if asked == '中' else 2}R".encode())
    os.waitpid(child, 0)
    report = shown.decode()[shown.decode().index("{") : shown.decode().rindex("}") + 1]

    assert states(report)["width"] == state


def test_a_wall_around_the_settings_is_looked_at(shop: Path, run: Run) -> None:
    (shop / "shop.toml").chmod(0o640)
    shop.chmod(0o2770)
    open_folder = run("doctor", shop, "--json")
    assert states(open_folder.stdout)["wall"] == "warn"
    assert f"run: chmod g-w {shop}" in open_folder.stdout
    shop.chmod(0o2750)
    assert states(run("doctor", shop, "--json").stdout)["wall"] == "ok"
    (shop / "shop.toml").chmod(0o660)
    assert "wall" not in states(run("doctor", shop, "--json").stdout)
