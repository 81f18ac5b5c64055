"""A session that sshd's ForceCommand lets into one shop and nowhere else: the ways out, tried one by one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sample
from core.errors import UsageError
from core.shop import restricted_mode
from routines.io.importing import commit_files, preview_files
from tests.server.shared import NINE, at_work, make_shop, sees
from tui.app import DayApp
from tui.cli import shops
from tui.cli.commands import shopday
from tui.cli.context import Terms
from tui.runtime.session import Session

STOCK = Path(sample.__file__).parent / "exports" / "stock" / "千牛_发布模板_20261115.xlsx"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_shop(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    names = {"RESTRICTED": "1", "SHOP": str(folder), "LANG": "en"}
    for name, value in names.items():
        monkeypatch.setenv(f"SHOPDAY_{name}", value)
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "SSH_ORIGINAL_COMMAND", "TMPDIR"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    return folder


def outside(shop: Path) -> list[str]:
    """Return every file beside the shop's folder."""
    return sorted(str(file) for file in shop.parent.rglob("*") if not file.is_relative_to(shop))


def run(*words: object, user: str = "daemon") -> Result:
    terms = Terms(clock=lambda: NINE, user=user)
    return CliRunner().invoke(shopday, [str(word) for word in words], obj=terms)


def test_what_belongs_to_the_day_goes_on(shop: Path) -> None:
    shutil.copy(STOCK, shop / "inbox")
    before = outside(shop)
    assert run("note", shop, "target", "x").exit_code == 0
    assert run("import", shop).exit_code == 0
    assert "x" in run("report", "lanting").stdout
    assert run("day", shop, "--json").exit_code == 0
    assert run("doctor", shop).exit_code == 0
    assert outside(shop) == before


@pytest.mark.parametrize(
    "words",
    [
        ("report", "{shop}", "-o", "{out}/report.md"),
        ("report", "{shop}", "-o", "{shop}/journal/2026/2026-11-16.json"),
        ("doctor", "{shop}", "--backup", "{out}/all.tar.gz"),
        ("import", "{shop}", "/etc/passwd"),
        ("import", "{shop}", "{shop}/inbox/../../other/shop.toml"),
        ("import", "{shop}", "{shop}/inbox/link.xlsx"),
        ("import", "{shop}", "{shop}/shop.toml"),
        ("demo", "{out}/demo", "--no-open"),
        ("demo", "--no-open"),
        ("init", "{out}/new", "--yes"),
        ("day", "{out}/other"),
        ("day", "../lanting/../other"),
        ("note", "{out}/other", "target", "x"),
        ("open", "/"),
    ],
    ids=" ".join,
)
def test_no_command_reads_or_writes_outside_the_shop(shop: Path, words: tuple[str, ...]) -> None:
    make_shop(shop.parent / "elsewhere").rename(shop.parent / "other")
    (shop / "inbox" / "link.xlsx").symlink_to(STOCK)
    before = outside(shop)
    filled = [word.format(shop=shop, out=shop.parent) for word in words]
    result = run(*filled)
    assert result.exit_code in (2, 3)
    assert result.stderr.count("\n") == 1, result.stderr
    assert "root:" not in result.stdout
    assert outside(shop) == before
    assert not (shop / "journal").exists()


def test_links_in_the_inbox_lead_nowhere(shop: Path) -> None:
    (shop / "inbox" / "link.xlsx").symlink_to(STOCK)
    (shop / "inbox" / "passwd.csv").symlink_to("/etc/passwd")
    looked = preview_files(shop, today=NINE.date())
    assert [one["state"] for one in looked] == ["refused", "refused"]
    assert "root:" not in json.dumps(looked)
    taken = commit_files(shop, today=NINE.date(), who="沈岚", at=NINE)
    assert [one["batch"] for one in taken] == [None, None]


@pytest.mark.parametrize(
    "name", ["inbox", "reports", "drafts", "journal/2026", "facts/stock", "cache", "routine.toml"]
)
def test_a_folder_with_a_link_out_of_it_is_not_opened_at_all(shop: Path, name: str) -> None:
    away = shop.parent / "away"
    away.mkdir()
    if (shop / name).is_dir():
        (shop / name).rmdir()
    (shop / name).parent.mkdir(exist_ok=True)
    (shop / name).symlink_to(away)
    for words in (("note", shop, "target", "x"), ("import", shop), ("report", shop)):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{name} points outside the shop's folder" in result.stderr
    assert list(away.iterdir()) == []


def test_a_link_within_the_shop_is_fine(shop: Path) -> None:
    (shop / "reports").mkdir()
    (shop / "newest").symlink_to(shop / "reports")
    assert run("note", shop, "target", "x").exit_code == 0


def test_what_the_client_asked_for_is_not_run(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("cat /etc/passwd", "--who 陆正", "report -o /tmp/x", "/usr/lib/openssh/sftp-server"):
        monkeypatch.setenv("SSH_ORIGINAL_COMMAND", words)
        result = run("day", shop)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "This connection runs no commands" in result.stderr


@pytest.mark.parametrize("named", ["", "lanting", "."])
def test_the_shop_must_be_named_by_its_whole_path(
    shop: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPDAY_SHOP", named)
    result = run("day", shop)
    assert (result.exit_code, result.stdout) == (2, "")


def test_nothing_is_remembered_and_temporary_files_stay_in_the_shop(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_LOG", str(shop.parent / "log"))
    restricted_mode.enter()
    shops.remember(shop)
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        assert Path(file.name).is_relative_to(shop / "cache")
    assert "TEXTUAL_LOG" not in os.environ
    assert shops.remembered() == []
    assert shops.todays() == shop
    assert list((shop.parent / "home").rglob("*")) == []


def test_a_mistake_of_ours_leaves_its_trace_in_the_shop_too(shop: Path) -> None:
    code = (
        "from tui.cli.commands import shopday, Terms; import routines.workday.workday\n"
        "def broken(*_, **__): raise RuntimeError('x')\n"
        "routines.workday.workday.Workday.open = broken\n"
        "from datetime import datetime, UTC\n"
        f"shopday.main(['day', {str(shop)!r}], obj=Terms(clock=lambda: datetime.now(UTC), user='daemon'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert str(shop / "cache") in done.stderr


async def test_the_screen_has_no_way_out(shop: Path) -> None:
    restricted_mode.enter()
    session = Session(at_work(shop, "daemon"))
    before = outside(shop)
    async with DayApp(session).run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.3)
        await pilot.press("ctrl+z")
        await pilot.pause(0.2)
        await sees(pilot, "This session has no command line")
        await pilot.app.run_action("screenshot")
        await pilot.app.run_action("screenshot('x.svg', '/tmp')")
        pilot.app.open_url("file:///etc/passwd")
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        assert type(pilot.app.screen).__name__ == "Palette"
        assert {kind for (kind, _), *_ in pilot.app.screen.all} == {"step", "key"}  # type: ignore[attr-defined]
    assert outside(shop) == before


def test_without_restricted_mode_nothing_is_fenced(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "0")
    assert not restricted_mode.out_of_bounds(shop, Path("/etc/passwd"))
    restricted_mode.check_output(shop.parent / "x")
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    assert restricted_mode.out_of_bounds(shop, Path("/etc/passwd"))
    with pytest.raises(UsageError):
        restricted_mode.check_output(shop.parent / "x")


@pytest.mark.parametrize("restricted", ["1", "0"])
def test_no_module_of_the_accounts_own_is_loaded(tmp_path: Path, restricted: str) -> None:
    """A module that lies where Python looks first, with the name of one that the program needs."""
    shop = make_shop(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    (home / "click.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'w')\nraise SystemExit(9)\n")
    env = {
        "SHOPDAY_RESTRICTED": restricted, "SHOPDAY_SHOP": str(shop), "HOME": str(home), "SHOPDAY_LANG": "en",
        "PYTHONPATH": str(home), "PATH": os.environ["PATH"],
    }  # fmt: skip
    program = Path(sys.executable).with_name("shopday")
    done = subprocess.run(
        [program, "day", str(shop)], env=env, cwd=home, capture_output=True, text=True, check=False
    )
    assert (tmp_path / "loaded").exists() == (restricted == "0"), done.stderr
    assert done.returncode == (0 if restricted == "1" else 9), done.stderr


def test_the_line_for_sshd_hands_on_only_what_it_names(tmp_path: Path) -> None:
    """The documented ForceCommand, run by a shell as sshd does, with a hostile environment around it."""
    shop = make_shop(tmp_path)
    line = next(
        one for one in (ROOT / "docs" / "server.md").read_text().splitlines() if "ForceCommand" in one
    )
    command = line.split("ForceCommand ")[1]
    assert "/usr/local/bin/shopday" in command
    seen = tmp_path / "seen"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n/usr/bin/env > {seen}\n")
    program.chmod(0o755)
    command = command.replace("/usr/local/bin/shopday", str(program)).replace("/srv/shops/lanting", str(shop))
    hostile = {
        "HOME": str(tmp_path), "TERM": "xterm; touch x", "LANG": "zh_CN.UTF-8", "LD_PRELOAD": "",
        "SSH_ORIGINAL_COMMAND": '"; id', "PYTHONPATH": "/x", "EDITOR": "/bin/sh", "SHOPDAY_RESTRICTED": "0",
        "SHOPDAY_ROBOT_TRIAL": "http://127.0.0.1:1", "TEXTUAL_LOG": "/x", "XDG_DATA_HOME": "/x",
    }  # fmt: skip
    subprocess.run(["/bin/sh", "-c", command], env=hostile, check=True, cwd=tmp_path)
    told = dict(word.split("=", 1) for word in seen.read_text().splitlines())
    assert told.keys() - {"PWD", "SHLVL", "_"} == {
        "PATH", "HOME", "TERM", "COLORTERM", "LANG", "SSH_ORIGINAL_COMMAND", "SHOPDAY_RESTRICTED",
        "SHOPDAY_SHOP",
    }  # fmt: skip
    assert told["SHOPDAY_RESTRICTED"] == "1"
    assert told["SSH_ORIGINAL_COMMAND"] == '"; id'
    assert not (tmp_path / "x").exists()
