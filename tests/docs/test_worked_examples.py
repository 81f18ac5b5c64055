"""CONTRIBUTING's worked examples, carried out as written: what each costs, and that it works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import copy_without_cache
from tests.routines.answers.test_compute_answer import SETTINGS
from tests.routines.days import shop_folder, with_september

ROOT = Path(__file__).parents[2]
NEW_FILE = re.compile(r"^New file `([^`]+)`:\n\n```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEW_LINE = re.compile(
    r"^One line in `([^`]+)`, after the line with `([^`]+)`:\n\n```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Tree:
    """A copy of the product's code."""

    folder: Path

    def follow(self, heading: str) -> set[str]:
        """Do what CONTRIBUTING says under a heading; return the files that changed."""
        section = (
            (ROOT / "CONTRIBUTING.md")
            .read_text(encoding="utf-8")
            .split(f"\n## {heading}\n")[1]
            .split("\n## ")[0]
        )
        changed = set()
        for name, text in NEW_FILE.findall(section):
            assert not (self.folder / name).exists()
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
            changed.add(name)
        for name, place, text in NEW_LINE.findall(section):
            assert text.count("\n") == 1
            lines = (self.folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
            at = next(number for number, line in enumerate(lines) if place in line)
            lines.insert(at + 1, text)
            (self.folder / name).write_text("".join(lines), encoding="utf-8")
            changed.add(name)
        return changed

    def python(self, *words: str, cwd: Path) -> str:
        """Run this tree's code; return what it prints."""
        env = {
            "PYTHONPATH": str(self.folder),
            "PATH": "/usr/bin:/bin",
            "HOME": str(cwd),
            "SHOPDAY_LANG": "en",
        }
        done = subprocess.run(
            [sys.executable, "-P", *words], env=env, cwd=cwd, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    for package in ("core", "routines", "tui"):
        shutil.copytree(
            ROOT / package, tmp_path / "tree" / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return Tree(tmp_path / "tree")


def test_a_new_step_is_one_new_file_and_one_line(tree: Tree, tmp_path: Path) -> None:
    assert tree.follow("A step") == {"core/topics/sales/depth.py", "routines/days/weekday.py"}
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
    told = tree.python("-c", code, cwd=tmp_path)
    verdict, needs, question, steps, state, report = json.loads(told)
    assert verdict == "30 days up to 2026-09-30."
    assert needs == ["shop_day"]
    assert question == "How many days of figures does the shop have?"
    assert steps[:3] == ["target", "depth", "stock"]
    assert state == "done"
    assert "30 days up to 2026-09-30." in report
    assert "plenty" in report


def test_a_new_sheet_is_one_new_file_and_its_lines_in_the_registry(tree: Tree, tmp_path: Path) -> None:
    assert tree.follow("A sheet") == {"core/exports/kinds/coupons.py", "core/exports/kinds/registry.py"}
    shop = shop_folder(tmp_path / "lanting", SETTINGS)
    export = "日期,优惠券名称,领取张数,使用张数\n2026-09-01,满200减20,12,3\n2026-09-01,满400减60,5,1\n"
    (shop / "inbox").mkdir(exist_ok=True)
    (shop / "inbox" / "优惠券效果.csv").write_text(export, encoding="utf-8")
    told = json.loads(tree.python("-m", "tui", "import", str(shop), "--json", cwd=tmp_path))
    assert "coupons" in json.dumps(told)
    code = f"""
from datetime import date
from pathlib import Path
from core.exports.kinds.coupons import Coupons
from core.facts.window import load
day = date(2026, 9, 1)
print(load(Path({str(shop)!r}), Coupons, day, day).frame[["taken", "used"]].sum().tolist())
"""
    assert tree.python("-c", code, cwd=tmp_path).strip() == "[17.0, 4.0]"


def test_a_new_table_is_one_new_file_and_one_line(tree: Tree, sample_shop: Path, tmp_path: Path) -> None:
    assert tree.follow("A table") == {"core/tables/visits.py", "core/tables/registry.py"}
    shop = copy_without_cache(sample_shop, tmp_path / "lanting")
    days = ("--from", "2026-11-14", "--to", "2026-11-15")
    ours = tree.python("-m", "tui", "table", str(shop), "visits", *days, cwd=tmp_path)
    theirs = tree.python("-m", "tui", "table", str(shop), "operations", *days, cwd=tmp_path)
    counts = re.findall(r"^\| 2026-11-1[45] \|[^|]+\| ([\d,]+) \|$", ours, re.MULTILINE)
    assert len(counts) == 2
    assert all(f"| {number} |" in theirs for number in counts)
