"""Copying: through a terminal, through tmux, never too much, never claimed without a way to check."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest

from tests.server.shared import at_work, make_shop, picture, sees
from tests.terminal.ptys import Terminal
from tui.app import DayApp
from tui.runtime import clipboard
from tui.runtime.session import Session

WORDS = "日报 16 Nov: 41,300"
SPELLED = base64.b64encode(WORDS.encode()).decode()


def test_plain_terminals_are_sent_one_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    assert clipboard.sequence(WORDS) == f"\x1b]52;c;{SPELLED}\a"


def test_what_steers_a_terminal_does_not_reach_the_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    letters = clipboard.sequence("a\x1b[31m\x07\u202eb\r\nc\nrm -rf /\x03")
    assert base64.b64decode(letters[7:-1]).decode() == "a[31mb\nc\nrm -rf /"


def test_too_much_is_not_sent_at_all() -> None:
    fits = "字" * (clipboard.LIMIT // 4)
    assert clipboard.fits(fits)
    assert not clipboard.fits(fits + "字")
    assert clipboard.sequence(fits + "字") == ""


@pytest.mark.e2e
@pytest.mark.parametrize(
    "way",
    [
        "set -g set-clipboard off; set -g allow-passthrough on",
        "set -g set-clipboard on; set -g allow-passthrough off",
    ],
)
def test_it_leaves_tmux_by_either_way(way: str, tmp_path: Path) -> None:
    (tmp_path / "conf").write_text(way.replace("; ", "\n") + "\n")
    copies = f"""
import time
from tui.runtime.clipboard import sequence
print(sequence({WORDS!r}) + "sent", flush=True)
time.sleep(60)
"""
    (tmp_path / "copy.py").write_text(copies)
    tmux = f"""
import os, sys
os.environ.pop("TMUX", None)
os.environ["PYTHONPATH"] = os.getcwd()
command = sys.executable + " {tmp_path}/copy.py"
os.execvp("tmux", ["tmux", "-S", "{tmp_path}/socket", "-f", "{tmp_path}/conf", "new-session", command])
"""
    outside = Terminal("-c", tmux)
    outside.sees("sent")
    outside.gets("\x1b]52;")
    outside.gets(SPELLED)
    outside.hang_up()
    outside.ends(5.0)
    subprocess.run(["tmux", "-S", f"{tmp_path}/socket", "kill-server"], check=True)


async def test_the_report_says_how_to_check_what_was_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    async with DayApp(Session(at_work(make_shop(tmp_path), "daemon"))).run_test(size=(80, 24)) as pilot:
        await sees(pilot, "deadline")
        await pilot.press("r")
        await sees(pilot, "nobody has corrected it")
        await pilot.press("c")
        await sees(pilot, "characters: paste to check. Nothing there? x saves a file instead.")
        monkeypatch.setenv("TMUX", f"{tmp_path}/socket,1,0")
        await pilot.press("c")
        await sees(pilot, "characters to tmux: paste to check. Nothing there? Turn on")
        monkeypatch.setattr(clipboard, "LIMIT", 10)
        await pilot.press("c")
        await sees(pilot, "Too long for the terminal's clipboard")
        assert "paste to check" not in picture(pilot.app)
        await pilot.press("x")
        await sees(pilot, "Saved: reports/2026-11-16.html, reports/2026-11-16.txt")
    assert (tmp_path / "lanting" / "reports" / "2026-11-16.txt").read_text(encoding="utf-8")
