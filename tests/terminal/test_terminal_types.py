"""The desk opens and closes in every terminal that ssh, tmux and screen bring along, whatever the locale."""

from __future__ import annotations

import locale
from pathlib import Path

import pytest

from tests.terminal.ptys import MORNING, PATIENCE, Terminal
from tests.tui.shop import make_shop


@pytest.mark.parametrize(
    ("term", "lang"),
    [
        ("linux", "C"),
        ("screen", "POSIX"),
        pytest.param("tmux-256color", "zh_CN.UTF-8", marks=pytest.mark.e2e),
    ],
)
def test_any_terminal_and_any_locale(term: str, lang: str, tmp_path: Path) -> None:
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, lang)  # fails where this machine does not have it
    locale.setlocale(locale.LC_CTYPE, before)
    env = {"TERM": term, "LANG": lang, "LC_ALL": ""}
    shop = make_shop(tmp_path)
    terminal = Terminal("-m", "tests.terminal.program", str(shop), MORNING, "zh", env=env)
    terminal.sees("兰亭女装")
    terminal.sees("帮助")
    terminal.types("\x11")
    assert terminal.ends(PATIENCE, reading=True) == 0
    assert b"\x1b[?1049l" in terminal.written[-400:]
    assert b"Traceback" not in terminal.written
