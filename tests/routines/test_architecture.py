"""The logic runs with the screen switched off, and the process that draws never imports pandas."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import core
import routines
from core.exports.sheet import Sheet
from core.language.message import Message

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "numpy", "pyarrow", "scipy", "textual", "rich", "tomlkit")


def loaded_by(code: str) -> list[str]:
    """Return the heavy libraries a fresh process has after running the code."""
    tell = f"import sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tell}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ast.literal_eval(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_importing_the_workday_imports_nothing_heavy() -> None:
    assert loaded_by("import routines.workday.workday, routines.analyst.analyst") == []


def test_a_day_opened_looked_at_and_written_in_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text('name = "x"\nlanguage = "en"\n', encoding="utf-8")
    code = f"""
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from routines.io.day_report import day_report, render
from routines.workday.workday import Workday
now = datetime(2026, 11, 17, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
day = Workday.open(Path({str(tmp_path)!r}), clock=lambda: now, who="lan")
day.begin("target"); day.note("target", "x"); day.agenda(); day.changed(); day.help("stock"); day.actions()
day.answer("stock"); day.finish("target"); render(day_report(day))
"""
    assert loaded_by(code) == []


def test_nobody_looks_at_the_clock_but_the_command() -> None:
    lookers = {"now", "today", "utcnow"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("core", "routines", "tui")
        for path in (ROOT / package).rglob("*.py")
        if path != ROOT / "tui" / "__main__.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in lookers
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date")
    ]
    assert found == []


def test_nothing_in_core_and_routines_inherits_from_our_own_classes() -> None:
    natural = (Exception, Sheet, Message)  # errors, a sheet's declaration of its columns, forms of a text
    heirs = [
        f"{one.__module__}.{one.__qualname__}({base.__name__})"
        for package in (core, routines)
        for found in walk_packages(package.__path__, f"{package.__name__}.")
        for one in vars(import_module(found.name)).values()
        if isinstance(one, type) and one.__module__ == found.name and not issubclass(one, natural)
        for base in one.__bases__
        if base.__module__.startswith(("core.", "routines.")) and not getattr(base, "_is_protocol", False)
    ]
    assert heirs == []
