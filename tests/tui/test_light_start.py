"""The process that draws stays light: no numbers library in it, whatever is open, and nothing to compile."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import rich
import textual

from tests.tui.shop import make_shop

ROOT = Path(__file__).parents[2]
SCREENS = """
import sys, pkgutil, importlib
import tui.app, tui.screens, tui.widgets, routines.workday.workday
for package in (tui.screens, tui.widgets):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
print(*sys.modules)
"""
FIRST_FRAME = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from routines.workday.workday import Workday
from tui.cli import commands
from tui.app import DayApp
from tui.runtime.session import Session

def leave(app):
    rows = [strip.text for strip in app.screen._compositor.render_strips()]
    app.exit((rows, list(sys.modules)))

DayApp.after_first_frame = leave
now = datetime(2026, 11, 16, 0, 40, tzinfo=UTC)
day = Workday.open(Path(sys.argv[1]), clock=lambda: now, who="lan", lang="en")
rows, modules = DayApp(Session(day)).run(headless=True, size=(80, 24))
assert any("? help" in row for row in rows), rows
assert any("Target" in row for row in rows), rows
print(*modules)
"""
HEAVY = {"pandas", "numpy", "pyarrow", "scipy"}
NOT_YET = {
    "tinydb",
    "core.answers.answer",
    "core.records.records",
    "routines.forms.forms",
    "core.tables.table",
    "tui.screens.step.step",
}
"""What a morning's first frame does without: it comes when it is used."""


def loaded(code: str, *words: str) -> set[str]:
    """Return the modules a process of its own has loaded at the end."""
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_no_screen_loads_pandas() -> None:
    assert not loaded(SCREENS) & HEAVY


def test_the_first_frame_is_there_without_any_numbers_library(tmp_path: Path) -> None:
    assert not loaded(FIRST_FRAME, str(make_shop(tmp_path))) & (HEAVY | NOT_YET)


def test_whatever_make_venv_installs_it_compiles_too() -> None:
    told = subprocess.run(
        ["make", "-n", "-B", "venv"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    *_, installs = (number for number, line in enumerate(told) if "pip install" in line)
    (compiles,) = (number for number, line in enumerate(told) if "compileall" in line)
    assert installs < compiles
    assert {".venv/lib", "core", "routines", "tui"} <= set(told[compiles].split())


@pytest.mark.parametrize("package", [textual, rich], ids=lambda package: package.__name__)
def test_nothing_installed_is_compiled_at_the_first_start(package: ModuleType) -> None:
    files = Path(package.__path__[0]).rglob("*.py")
    bare = [str(file) for file in files if not Path(importlib.util.cache_from_source(file)).is_file()]
    assert not bare, "make venv has not compiled them"
