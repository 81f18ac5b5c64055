"""The price of a new step: one new file and one line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.routines.answers.test_compute_answer import SETTINGS
from tests.routines.days import shop_folder, with_september

ROOT = Path(__file__).parents[2]
ANALYSIS = '''"""How many days of figures does the shop have?"""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer, Number, Verdict
from core.exports.kinds.shop_day import ShopDay
from core.language.wording import say


def counted(days: ShopDay, *, today: date) -> Answer:
    """How many days of figures does the shop have?"""
    known = float(days.frame["date"].nunique())
    evidence = (Number("days", "count", known),)
    return Answer(Verdict("info", say("{n} days up to {day}.", n=int(known), day=today)), evidence=evidence)
'''
LINE = '    Step("depth", time(8, 40), 5, N_("Depth"), (N_("Enough?"), N_("For what?")), "depth.counted"),\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the product's code."""
    for package in ("core", "routines", "tui"):
        shutil.copytree(
            ROOT / package, tmp_path / "tree" / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path / "tree"


def digest(tree: Path) -> dict[str, bytes]:
    return {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*.py")}


def test_a_new_step_is_one_new_file_and_one_line(tree: Path, tmp_path: Path) -> None:
    before = digest(tree)
    (tree / "core" / "topics" / "sales" / "depth.py").write_text(ANALYSIS, encoding="utf-8")
    day = tree / "routines" / "days" / "weekday.py"
    target = next(
        line for line in day.read_text(encoding="utf-8").splitlines(keepends=True) if 'Step("target"' in line
    )
    day.write_text(day.read_text(encoding="utf-8").replace(target, target + LINE), encoding="utf-8")
    after = digest(tree)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"core/topics/sales/depth.py", "routines/days/weekday.py"}

    shop = with_september(shop_folder(tmp_path / "lanting", SETTINGS))
    code = f"""
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from routines.io.importing import commit_files
from routines.io.day_report import day_report, render
from routines.workday.workday import Workday
now = datetime(2026, 9, 30, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
shop = Path({str(shop)!r})
commit_files(shop, today=now.date(), who="lan", at=now)
day = Workday.open(shop, clock=lambda: now, who="lan")
answer = day.ask("depth")
day.shown("depth", answer)
day.begin("depth")
day.reply("depth", day.step("depth").ask[0], "plenty")
day.finish("depth")
needs = [need.sheet for need in answer.needs]
steps = [step.id for step in day.plan.steps]
state = day.agenda().line("depth").state
told = [answer.verdict.text, needs, day.help("depth"), steps, state, render(day_report(day))]
print(json.dumps(told))
"""
    environment = {"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    verdict, needs, question, steps, state, report = json.loads(done.stdout)
    assert verdict == "30 days up to 2026-09-30."
    assert needs == ["shop_day"]
    assert question == "How many days of figures does the shop have?"
    assert steps[:3] == ["target", "depth", "stock"]
    assert state == "done"
    assert "30 days up to 2026-09-30." in report
    assert "plenty" in report
