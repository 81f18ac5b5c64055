"""The documented set-up of a shared server, tried as it is written: its own commands are what is run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.server.as_written import Machine, block, set_up, spoken
from tests.terminal.sshd import in_terminal, together

SHOP = "/srv/shops/lanting"
MODES = "stat -c '%a %G' . shop.toml journal journal/*/*.json"


def _may_mount() -> bool:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not _may_mount(), reason="only root can set up a machine of its own"),
]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with set_up() as machine:
        yield machine


def test_the_group_and_the_folder_are_made_and_the_doctor_is_content(machine: Machine) -> None:
    log = (machine.base / "log").read_text(encoding="utf-8")
    assert "Users outside the shop's group cannot read the shop's folder." in log
    assert "!!" not in log
    assert (machine.base / "systemctl").read_text() == "reload ssh\n"
    looks, denied = together(
        [*machine.ssh("lan"), f"umask 077; shopday note {SHOP} stock x; cd {SHOP}; {MODES}"],
        [*machine.ssh("other"), f"shopday day {SHOP}; ls {SHOP}"],
    )  # fmt: skip
    assert looks.stdout.splitlines()[-4:] == [
        "2770 lanting", "660 lanting", "2770 lanting", "660 lanting"
    ], looks  # fmt: skip
    assert denied.stdout == ""
    assert denied.returncode != 0


def test_the_team_as_written_says_who_may_write(machine: Machine) -> None:
    put = f"sed -i '/^\\[\\[team\\]\\]/,$d' {SHOP}/shop.toml && cat >> {SHOP}/shop.toml"
    team = block("**Who may do what**")
    subprocess.run([*machine.ssh("lan"), put], input=team, text=True, check=True, capture_output=True)
    note = f"SHOPDAY_LANG=en shopday note {SHOP} stock x"
    lan, boss, liping = together(*([*machine.ssh(user), note] for user in ("lan", "boss", "other")))
    assert "沈岚" in lan.stdout
    assert (boss.returncode, "can only view this shop" in boss.stderr) == (2, True)
    assert liping.returncode != 0


def test_who_has_one_shop_and_nothing_else(machine: Machine) -> None:
    asked, through, copied = together(
        [*machine.ssh("liping"), "id"],
        [*machine.ssh("liping", "-W", f"127.0.0.1:{machine.port}")],
        ["scp", *machine.ssh("liping")[1:-3], "-P", str(machine.port), "liping@127.0.0.1:/etc/passwd",
         f"{machine.base}/passwd"],
    )  # fmt: skip
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "SSH-2.0" not in through.stdout
    assert copied.returncode != 0
    assert not (machine.base / "passwd").exists()
    liping = in_terminal(machine.ssh("liping", "-tt"))
    liping.sees("lanting")
    liping.types("\x1a\x11")
    assert liping.ends(10.0, reading=True) == 0


def test_the_backup_as_written_comes_back_as_written(machine: Machine) -> None:
    back_up = spoken("shopday doctor lanting --backup .*?").replace("/backup/", "~/")
    restore = spoken("tar -xpzf .*?").replace("/backup/", "~/").replace("/srv/shops", "~/again")
    words = ["cd /srv/shops", back_up, "mkdir ~/again", restore, "cat ~/again/lanting/shop.toml"]
    (done,) = together([*machine.ssh("lan"), " && ".join(words)])
    assert done.returncode == 0, done.stderr
    assert "name =" in done.stdout
