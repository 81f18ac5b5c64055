"""What ``shopday server`` draws before anybody comes: it leaves nothing behind but a quicker first frame."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

CODE = """
import json, os, sys, tempfile, threading
from pathlib import Path
from tui.runtime import themes
from tui.app import DayApp
from tui.cli.warm_up import warm_up

tempfile.tempdir = sys.argv[1]
warm_up()
warmed = DayApp.parsed_styles[themes.DARK.name]
print(json.dumps({
    "threads": [thread.name for thread in threading.enumerate()],
    "children": Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split(),
    "left": os.listdir(sys.argv[1]),
    "rules": len(warmed.rules),
    "heavy": sorted({"pandas", "numpy", "pyarrow", "scipy"} & set(sys.modules)),
}))
"""


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what is left of a process that has warmed up."""
    folder = tmp_path_factory.mktemp("warm_up")
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(folder)], capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_no_thread_no_analyst_and_no_file_is_left(after: dict[str, Any]) -> None:
    """A thread would be torn by the fork; an analyst or a file would be one too many for ever."""
    assert after["threads"] == ["MainThread"]
    assert after["children"] == []
    assert after["left"] == []
    assert after["heavy"] == []


def test_the_style_sheet_is_parsed_for_those_who_come(after: dict[str, Any]) -> None:
    assert after["rules"] > 50
