"""Lines drop, servers stop programs: what was typed is kept, the terminal given back, nobody stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.terminal.ptys import MORNING, PATIENCE, ROOT, Terminal, desk
from tests.tui.shop import make_shop
from tui.app import SAVE_EVERY

NO_ORPHAN = 5.0
"""Seconds after which nobody is left behind; the guard itself gives up after two."""
TYPED = "the buyers ask for a longer skirt"


@pytest.fixture
def typing(tmp_path: Path) -> Terminal:
    """Return a desk where a note is being typed."""
    terminal = desk(make_shop(tmp_path))
    terminal.sees("Morning")
    terminal.types("\r")
    terminal.sees("questions")
    terminal.types("w")
    terminal.sees("keep as draft")
    terminal.types(TYPED)
    terminal.sees("skirt")
    return terminal


def drafts(tmp_path: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in tmp_path.rglob("drafts/**/*.json"))


def stall(terminal: Terminal) -> None:
    """The other end takes nothing any more while the screen has much to say."""
    for _ in range(400):
        try:
            terminal.types("\x1b[6~x")
        except BlockingIOError:
            break
        time.sleep(0.002)


def test_a_stopped_program_keeps_the_draft_and_gives_the_terminal_back(
    typing: Terminal, tmp_path: Path
) -> None:
    typing.send(signal.SIGTERM)
    assert typing.ends(PATIENCE, reading=True) == 128 + signal.SIGTERM
    assert TYPED in drafts(tmp_path)
    assert b"\x1b[?1049l" in typing.written[-400:]
    typed_in_lines = termios.ICANON | termios.ECHO | termios.ISIG
    assert termios.tcgetattr(typing.line)[3] & typed_in_lines == typed_in_lines, "the shell can be typed into"


def test_a_cut_line_keeps_the_draft_and_leaves_no_orphan(typing: Terminal, tmp_path: Path) -> None:
    typing.hang_up()
    typing.ends(NO_ORPHAN)
    assert TYPED in drafts(tmp_path)


@pytest.mark.parametrize("end", ["hangup", "term"])
def test_a_stalled_line_keeps_the_draft_and_leaves_no_orphan(
    end: str, typing: Terminal, tmp_path: Path
) -> None:
    os.set_blocking(typing.line, False)
    stall(typing)
    if end == "hangup":
        typing.hang_up()
    else:
        typing.send(signal.SIGTERM)
    typing.ends(NO_ORPHAN)
    assert TYPED in drafts(tmp_path)


def test_a_draft_is_on_disk_soon_without_another_key(typing: Terminal, tmp_path: Path) -> None:
    assert SAVE_EVERY < 1.0
    end = time.monotonic() + PATIENCE
    while TYPED not in drafts(tmp_path):
        assert time.monotonic() < end, "typed and not on the disk"
        typing.read(0.05)
    typing.send(signal.SIGKILL)
    typing.ends(PATIENCE)


def test_a_thread_left_behind_does_not_hold_the_process(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    code = (
        "import threading, time, sys\nthreading.Thread(target=time.sleep, args=(60,)).start()\n"
        f"from tests.terminal.program import main\nmain({str(shop)!r}, {MORNING!r}, 'en')"
    )
    terminal = Terminal("-c", code)
    terminal.sees("deadline")
    terminal.types("\x11")
    assert terminal.ends(30.0, reading=True) == 0


def test_a_program_that_broke_says_so_with_its_exit_code(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    code = (
        "from tui.screens.today.today import Today\nToday.do_help = lambda self: 1 / 0\n"
        f"from tests.terminal.program import main\nmain({str(shop)!r}, {MORNING!r}, 'en')"
    )
    terminal = Terminal("-c", code)
    terminal.sees("deadline")
    terminal.types("?")
    assert terminal.ends(PATIENCE, reading=True) == 1
    assert b"\x1b[?1049l" in terminal.written, "the shell's screen is back"


@pytest.mark.parametrize(("term", "words"), [("xterm", "There is no terminal here"), ("dumb", "TERM=dumb")])
def test_what_cannot_show_a_screen_is_refused_in_one_sentence(term: str, words: str) -> None:
    code = "from tui.runtime.signals import refuse_bad_terminal as go\n"
    code += "from core.errors import UsageError\nimport sys\n"
    code += "try: go()\nexcept UsageError as error: print(error); sys.exit(error.exit_code)"
    if term == "dumb":
        terminal = Terminal("-c", code, env={"TERM": "dumb"})
        terminal.sees(words)
        assert terminal.ends(PATIENCE, reading=True) == 2
        return
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.count("\n")) == (2, 1)
    assert words in done.stdout
