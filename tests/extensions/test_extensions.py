"""A package brings a sheet, a step with its analysis, a table and translations; a broken one harms nobody."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.errors import UsageError
from core.exports.kinds.registry import SHEETS
from core.extensions import Extensible
from core.language.wording import text
from core.tables.registry import TABLES
from routines.days.day_plan import DAYS, STEPS, boxes_for
from routines.plan import analyses
from routines.plan.step import Step
from tests.conftest import ROOT, Shared

PACKAGE = Path(__file__).with_name("coupons")
EXPORT = "日期,优惠券名称,领取张数,使用张数\n2026-11-14,满100减10,40,11\n2026-11-15,满100减10,60,14\n"
REGISTRIES: tuple[Extensible[Any], ...] = (SHEETS, STEPS, TABLES)
pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def site(shared: Shared) -> Path:
    """Build the package and install it, as anybody would."""

    def make(folder: Path) -> None:
        source = folder / "source"
        shutil.copytree(PACKAGE, source)
        compiled = source / "shopday_coupons" / "locale" / "zh" / "LC_MESSAGES" / "shopday_coupons.mo"
        compiled.parent.mkdir(parents=True)
        with (source / "zh.po").open("rb") as words, compiled.open("wb") as to:
            write_mo(to, read_po(words))
        pip = (
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
        )
        subprocess.run([*pip, "--target", str(folder / "site"), str(source)], check=True)

    return shared("coupons-package", make) / "site"


@pytest.fixture(scope="module")
def shop(shared: Shared, site: Path) -> Path:
    """Make a shop with coupons in it."""

    def make(folder: Path) -> None:
        folder.mkdir(parents=True)
        said(site, "init", folder / "lanting", "--yes")
        (folder / "lanting" / "inbox" / "优惠券_20261116.csv").write_text(EXPORT, encoding="utf-8")
        done = said(site, "import", folder / "lanting")
        assert "Coupons" in done, done

    return shared("coupons-shop", make) / "lanting"


def said(site: Path, *words: object, lang: str = "en") -> str:
    """Return what a shopday says for which the package is installed."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{site}", "SHOPDAY_LANG": lang}
    env |= {"HOME": str(site), "XDG_CONFIG_HOME": str(site)}
    command = [sys.executable, "-m", "tui", *map(str, words)]
    done = subprocess.run(command, check=True, cwd=site, env=env, capture_output=True, text=True)
    return done.stdout


def test_its_sheet_is_recognised_imported_and_asked_for(shop: Path, site: Path) -> None:
    files = json.loads(said(site, "files", shop, "--date", "2026-11-16", "--json"))
    assert "coupons" in json.dumps(files)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "25 of 100 coupons were used."), ("zh", "领了 100 张，用了 25 张。")]
)
def test_its_step_answers_in_the_readers_language(shop: Path, site: Path, lang: str, words: str) -> None:
    answer = json.loads(said(site, "ask", shop, "coupons", "--date", "2026-11-16", "--json", lang=lang))
    assert answer["verdict"]["text"] == words


def test_its_step_stands_in_the_day_at_its_time(shop: Path, site: Path) -> None:
    steps = json.loads(said(site, "steps", shop, "--date", "2026-11-16", "--json"))
    times = [one["at"] for one in steps["steps"]] if isinstance(steps, dict) else [one["at"] for one in steps]
    assert "09:05" in times
    assert times == sorted(times)


def test_its_table_is_made(shop: Path, site: Path) -> None:
    table = said(site, "table", shop, "coupons", "--from", "2026-11-14", "--to", "2026-11-15")
    assert "11" in table
    assert "14" in table
    assert "coupons" in said(site, "table", shop)


def test_nothing_is_left_out_and_without_it_the_shop_still_works(shop: Path, site: Path) -> None:
    checks = json.loads(said(site, "doctor", shop, "--json"))["checks"]
    assert "extensions" not in {one["name"] for one in checks}
    assert json.loads(said(site.parent, "files", shop, "--date", "2026-11-16", "--json"))


# ---- broken ones, as pip leaves them


Brings = Callable[..., None]


@pytest.fixture
def brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Brings]:
    """Install a module for a group."""
    made = []
    monkeypatch.syspath_prepend(tmp_path)

    def install(group: str, source: str, name: str = "odd") -> None:
        about = tmp_path / f"shopday_{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: shopday-{name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[{group}]\n{name} = brought_{name}:IT\n")
        (tmp_path / f"brought_{name}.py").write_text(source, encoding="utf-8")
        made.append(f"brought_{name}")
        for registry in REGISTRIES:
            registry.forget()

    yield install
    monkeypatch.undo()
    for name in made:
        sys.modules.pop(name, None)
    for registry in REGISTRIES:
        registry.forget()


STEP = """
from datetime import time
from routines.plan.step import Step
IT = Step({}, time(9), 5, 'Odd', (), {})
"""
TABLE = "from core.tables.registry import TableSpec\nIT = TableSpec({!r}, 'Odd', 'Odd.', {!r})\n"
SHEET = """
from core.exports.sheet import Column, Sheet
class IT(Sheet):
    id = {!r}
    title = "Odd"
    key = {!r}
    needs = (("n",),)
    columns = (Column("date", "date", "日期"), Column("n", "count", "张数"))
"""


@pytest.mark.parametrize(
    ("registry", "source", "why"),
    [
        *((one, "raise RuntimeError('no\\nlicence')", "RuntimeError: no licence") for one in REGISTRIES),
        *((one, "raise SystemExit", "SystemExit") for one in REGISTRIES),
        *((one, "", "has no attribute 'IT'") for one in REGISTRIES),
        (SHEETS, "IT = 1", "the object it names is not a sheet"),
        (TABLES, "IT = 1", "the object it names is not a table"),
        (STEPS, "IT = 1", "the object it names is not a step"),
        (STEPS, "IT = {}", "the object it names is not a step"),
        (STEPS, "IT = {'sunday': 1}", "the object it names is not a step"),
        (STEPS, STEP.format("'odd step'", "'a:b'"), "the object it names is not a step"),
        (STEPS, STEP.format("'odd'", "'stock.cover'"), "the object it names is not a step"),
        (STEPS, STEP.format("'odd'", "'a:b', ('none',)"), "there is no form “none”"),
        (SHEETS, SHEET.format("stock", ("date",)), "the name “stock” is already taken"),
        (
            SHEETS,
            SHEET.format("odd", ("date", "x")),
            "the sheet's key or needs refer to columns that it does not have",
        ),
        (
            SHEETS, SHEET.format("odd", ("date",)).replace('(("n",),)', '(("n",), ("pieces",))'),
            "the sheet's key or needs refer to columns that it does not have",
        ),
        (SHEETS, SHEET.format("../odd", ("date",)), "the sheet has no id, no title or no date"),
        (STEPS, STEP.format("'stock'", "'a:b'"), "the name “stock” is already taken"),
        (TABLES, TABLE.format("rivals", "a:b"), "the name “rivals” is already taken"),
        (TABLES, TABLE.format("odd", "rivals.looks"), "the table's id, title or function is missing"),
    ],
)  # fmt: skip
def test_one_that_cannot_be_used_is_one_sentence_and_everything_else_works(
    brings: Brings, registry: Extensible[Any], source: str, why: str
) -> None:
    before = dict(registry)
    brings(registry.group, source)
    (problem,) = registry.problems
    sentence = text(problem)
    assert sentence.startswith(f"What shopday-odd (odd) provides for {registry.group} is disabled: ")
    assert why in sentence
    assert sentence.endswith("Everything else works.")
    assert "\n" not in sentence
    assert dict(registry) == before
    assert len(boxes_for("weekday", None)) > 20


def test_a_good_one_beside_a_broken_one_is_there(brings: Brings) -> None:
    brings(STEPS.group, "raise RuntimeError", "bad")
    brings(STEPS.group, STEP.format("'good'", "'a:b'"), "good")
    assert [box.step.id for box in boxes_for("weekday", None)].count("good") == 1
    assert "good" not in [box.step.id for box in boxes_for("weekend", None)]
    assert len(STEPS.problems) == 1
    assert list(STEPS.extensions) == ["good"]


@pytest.mark.parametrize(("at", "place"), [("0", "first"), ("9", "at its time"), ("23, 59", "last")])
def test_a_step_stands_by_its_time(brings: Brings, at: str, place: str) -> None:
    brings(STEPS.group, STEP.format("'odd'", "'a:b'").replace("time(9)", f"time({at})"))
    steps = [part for part in DAYS["weekday"] if isinstance(part, Step)]
    number = [step.id for step in steps].index("odd")
    assert all(step.at <= steps[number].at for step in steps[:number])
    assert all(step.at > steps[number].at for step in steps[number + 1 :])
    assert (number == 0, number == len(steps) - 1) == (place == "first", place == "last")


def test_only_a_package_names_code_outside_the_program() -> None:
    """The routine of a shop, which many may write, cannot have anything imported."""
    assert not analyses.known("os:getcwd")
    assert analyses.question("json:loads") == ""
    with pytest.raises(UsageError):
        analyses.named("nothing.of_ours")
