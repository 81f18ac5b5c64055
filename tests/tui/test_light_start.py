"""The process that draws stays light: no numbers library in it, whichever screen is open."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys, pkgutil, importlib
import tui.app, tui.screens, tui.widgets, routines.workday
for package in (tui.screens, tui.widgets):
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
heavy = {"pandas", "numpy", "pyarrow", "scipy", "plotext"} & set(sys.modules)
print(",".join(sorted(heavy)))
"""


def test_no_screen_loads_pandas() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
