"""Every command and link in the papers works as it stands there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import sample
from tests.conftest import copy_of

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TERMINAL = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
EXPORT = Path(sample.__file__).parent / "exports" / "stock" / "千牛_发布模板_20261115.xlsx"
ORDERS = EXPORT.parents[1] / "orders" / "ExportOrderList202611160908.csv"


def blocks(page: Path, language: str) -> list[str]:
    """Return the page's code blocks of a language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def run_script(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script in the folder, with this checkout as the program."""
    env = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "SHOPDAY_LANG": "en", "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder, env=env | TERMINAL, capture_output=True, text=True, check=False,
    )  # fmt: skip


def scripts(page: Path) -> list[str]:
    """Return the page's scripts; of a translation the lines that the original does not have."""
    original = page.with_name(page.name.replace(".zh.md", ".md"))
    known = (
        {without_comment(line) for block in blocks(original, "sh") for line in block.splitlines()}
        if original != page
        else set()
    )
    own = [
        "".join(f"{line}\n" for line in block.splitlines() if without_comment(line) not in known)
        for block in blocks(page, "sh")
    ]
    return [script for script in own if script]


def without_comment(line: str) -> str:
    """Return the command of a line."""
    return re.sub(r"\s+#.*", "", line)


SCRIPTS = [(page, script) for page in PAPERS for script in scripts(page)]


def test_there_are_scripts_to_run() -> None:
    assert {page.name for page, _ in SCRIPTS} >= {"command-line.md", "command-line.zh.md", "exports.md"}


@pytest.mark.parametrize(
    ("page", "script"), SCRIPTS, ids=[f"{page.name}-{number}" for number, (page, _) in enumerate(SCRIPTS)]
)
def test_every_example_runs_as_written(page: Path, script: str, sample_shop: Path, tmp_path: Path) -> None:
    copy_of(sample_shop, tmp_path / "lanting")
    (tmp_path / "20261116.xlsx").write_bytes(EXPORT.read_bytes())
    program = f'shopday() {{ {shlex.quote(sys.executable)} -m tui "$@"; }}\n'
    ran = run_script(program + script, tmp_path)
    assert ran.returncode == 0, f"{page.name}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}"
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("page", PAPERS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    missing = [one for one in links if "://" not in one and not (page.parent / one).exists()]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_first_page_is_read_to_its_end(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 150
    assert sum("docs/pictures/" in line for line in lines) == 2


def test_each_page_for_operators_is_there_in_both_languages() -> None:
    pages = {page.name for page in (ROOT / "docs" / "operators").glob("*.md")} | {"server.md", "server.zh.md"}
    english = {name for name in pages if not name.endswith(".zh.md")}
    assert {name.replace(".md", ".zh.md") for name in english} == pages - english


def test_the_five_lines_of_an_own_shop_work(tmp_path: Path) -> None:
    (script,) = [block for block in blocks(ROOT / "README.md", "") if ".venv/bin/shopday init" in block]
    lines = [line.split("#")[0].strip() for line in script.splitlines()]
    assert len(lines) == 5
    assert lines[0].startswith("git clone ")
    assert lines[0].endswith("make venv")
    (tmp_path / "Downloads").mkdir()
    (tmp_path / "Downloads" / EXPORT.name).write_bytes(EXPORT.read_bytes())
    orders = ORDERS.read_bytes().decode("gb18030").replace("兰亭女装旗舰店", "lanting")
    (tmp_path / "Downloads" / ORDERS.name).write_bytes(orders.encode("gb18030"))
    command = f"{shlex.quote(sys.executable)} -m tui"
    script = "\n".join(line.replace(".venv/bin/shopday", command) for line in lines[1:4])
    script = script.replace(" init lanting", " init lanting --yes")
    ran = run_script(script, tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert list((tmp_path / "lanting" / "facts").rglob("*.parquet"))
