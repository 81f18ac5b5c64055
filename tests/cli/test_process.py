"""The real program in a process of its own: quick, quiet, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui.cli.commands import shopday

PROGRAM = [sys.executable, "-m", "tui"]
ROOT = Path(__file__).resolve().parents[2]


def shopday_(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        [*PROGRAM, *words], check=False, capture_output=True, env=env, stdin=subprocess.DEVNULL
    )


def test_help_waits_for_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tui", "--help"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}

    assert "click" in loaded
    assert not loaded & {
        "textual",
        "rich",
        "pandas",
        "numpy",
        "scipy",
        "tinydb",
        "babel",
        "chinese_calendar",
        "tomlkit",
    }


def test_a_note_waits_for_no_screen_and_no_pandas(shop: Path) -> None:
    words = ["note", str(shop), "stock", "x"]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tui", *words],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}

    assert "tinydb" in loaded
    assert not loaded & {"textual", "rich", "pandas", "numpy", "scipy"}


def test_without_a_terminal_it_says_what_to_do(shop: Path) -> None:
    done = shopday_("open", str(shop))

    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1


def test_what_ssh_was_asked_to_run_is_never_read(shop: Path) -> None:
    done = shopday_("version", SSH_ORIGINAL_COMMAND=f"shopday note {shop} stock x; touch /tmp/x")

    assert done.returncode == 0
    assert not list((shop / "journal").iterdir())


def test_chinese_for_a_chinese_reader(shop: Path) -> None:
    done = shopday_("--help", SHOPDAY_LANG="zh")

    assert "用法" in done.stdout.decode()
    wrong = shopday_("day", str(shop), "--date", "x", SHOPDAY_LANG="zh")
    assert "2026-11-16" in wrong.stderr.decode()
    assert "Invalid" not in wrong.stderr.decode()


def test_a_terminal_that_speaks_gbk_or_latin_gets_what_it_can_show(shop: Path) -> None:
    gbk = shopday_("note", str(shop), "stock", "补货 ®", PYTHONIOENCODING="gbk")
    latin = shopday_("day", str(shop), "--json", PYTHONIOENCODING="latin-1")

    assert gbk.returncode == latin.returncode == 0
    assert "补货" in gbk.stdout.decode("gbk")
    assert "\\u8865\\u8d27" in latin.stdout.decode("ascii")


def test_a_reader_who_leaves_early_is_no_trouble(shop: Path) -> None:
    command = f"{sys.executable} -m tui steps {shop} --json | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], check=False, capture_output=True, cwd=ROOT
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"{\n", b"")


def test_a_mistake_of_its_own_is_one_sentence_too(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("routines.workday.workday.Workday.open", lambda *_args, **_options: 1 / 0)
    result = run("day", shop)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "An error happened in shopday itself (ZeroDivisionError)" in result.stderr
    (kept,) = tmp_path.glob("shopday-*.txt")
    assert "Traceback" in kept.read_text()


def test_ctrl_c_is_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.text.day_text.plain_plan", stop)
    result = run("steps")

    assert (result.exit_code, result.stderr.strip()) == (2, "Stopped before it was finished.")


def test_every_command_has_help(run: Run) -> None:
    for name, command in shopday.commands.items():
        result = run(name, "--help")
        assert result.exit_code == 0
        assert command.help


@pytest.mark.slow
def test_the_whole_sample_shop_is_made(tmp_path: Path) -> None:
    done = shopday_("demo", str(tmp_path / "demo"), "--no-open")

    assert (done.returncode, done.stderr) == (0, b"")
    assert shopday_("day", str(tmp_path / "demo"), "--date", "2026-11-15").returncode == 0
