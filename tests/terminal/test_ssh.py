"""Two people over a real OpenSSH server in one shop: no word is lost, and nobody gets out of the shop."""

from __future__ import annotations

import os
import pwd
import re
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.journal.book import Book
from tests.journal.test_nothing_lost import MONDAY
from tests.terminal.ptys import Terminal
from tests.terminal.sshd import PEOPLE, TEAM, Server, in_terminal, serving

pytestmark = pytest.mark.terminal
LAN, ZHOU = PEOPLE
ORDERS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
TYPED = "the buyers ask for a longer skirt"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Make the shop as the README says, under a umask of 077."""
    with serving() as server:
        shop = server.shop
        shop.mkdir(parents=True)
        subprocess.run(["chgrp", server.group, str(shop)], check=True)
        shop.chmod(0o2770)
        made = server.run(LAN, "init", str(shop), "--yes")
        assert made.returncode == 0, made.stderr
        settings = shop / "shop.toml"
        text = settings.read_text(encoding="utf-8").partition("[[team]]")[0]
        settings.write_text(text + TEAM.format(*server.accounts.values()), encoding="utf-8")
        yield server


def leaves(terminal: Terminal) -> None:
    terminal.types("\x11")
    terminal.ends(6.0, reading=True)


def shows(terminal: Terminal, text: str) -> None:
    """Wait for words that are painted one by one."""
    end = time.monotonic() + 5
    while text.encode() not in ORDERS.sub(b"", terminal.written):
        assert time.monotonic() < end, f"{text} never came"
        terminal.read(0.1)


def entries(server: Server) -> list[tuple[str, str]]:
    return [(e.who, e.data["text"]) for e in Book(server.shop).day(MONDAY) if e.kind == "note"]


def begins_a_note(terminal: Terminal, text: str) -> None:
    terminal.sees("Morning")
    terminal.read(0.5)
    terminal.types("\r")
    terminal.sees("questions")
    terminal.read(0.3)
    terminal.types("w")
    terminal.sees("keep as draft")
    terminal.types(text)
    terminal.sees(text.rsplit(maxsplit=1)[-1])


def test_two_people_work_in_one_shop_and_see_each_other(server: Server) -> None:
    lan, zhou = server.desk(LAN), server.desk(ZHOU)
    zhou.sees("Morning")
    begins_a_note(lan, "live stream at two")
    lan.types("\x13")
    lan.sees("Saved.")
    saved = time.monotonic()
    shows(zhou, f"{LAN} in Target")
    zhou.types("\r")
    zhou.sees("notes 1")
    assert time.monotonic() - saved < 4.0
    zhou.read(0.5)
    zhou.types("w")
    zhou.sees("keep as draft")
    zhou.types("at two it rains")
    zhou.types("\x13")
    lan.sees("notes 2", seconds=5)
    assert entries(server)[-2:] == [(LAN, "live stream at two"), (ZHOU, "at two it rains")]
    leaves(lan)
    leaves(zhou)


def test_every_file_belongs_to_the_group_and_to_nobody_else(server: Server) -> None:
    assert server.run(LAN, "note", str(server.shop), "stock", "one").returncode == 0
    assert server.run(ZHOU, "note", str(server.shop), "stock", "two").returncode == 0
    assert server.run(ZHOU, "ask", str(server.shop), "stock").returncode in (0, 4)
    paths = list(server.shop.rglob("*"))
    modes = {str(path): stat.S_IMODE(path.stat().st_mode) for path in paths}
    assert {path: mode for path, mode in modes.items() if mode not in (0o660, 0o2770)} == {}
    assert {path.group() for path in paths} == {server.group}
    if server.real:
        mine = {path.owner() for path in paths if path.is_file()}
        assert set(server.accounts.values()) <= mine
        assert server.run(server.stranger, "day", str(server.shop)).returncode == 3
        looked = [*server.ssh(server.stranger), f"ls {server.shop}; cat {server.shop}/shop.toml"]
        denied = subprocess.run(looked, capture_output=True, text=True, check=False)
        assert (denied.stdout, denied.stderr.count("Permission denied")) == ("", 2)


def test_a_line_cut_in_mid_note_loses_no_word_and_one_goes_on_where_one_was(server: Server) -> None:
    lan = server.desk(LAN)
    begins_a_note(lan, TYPED)
    lan.read(1.0)
    os.kill(lan.process, signal.SIGKILL)
    lan.ends(2.0)
    gone = time.monotonic() + 5
    while desks(server):
        assert time.monotonic() < gone, "the program has stayed behind"
        time.sleep(0.1)

    lan = server.desk(LAN)
    lan.sees("is kept: Enter goes there")
    lan.read(0.3)
    lan.types("\r")
    lan.sees("A draft of 33 characters is kept")
    lan.read(0.3)
    lan.types("w")
    lan.sees("longer skirt")
    lan.types("\x13")
    lan.sees("Saved.")
    assert entries(server)[-1] == (LAN, TYPED)
    leaves(lan)


def test_restricted_the_shop_opens_and_nothing_else(server: Server) -> None:
    guest = in_terminal(server.ssh(server.accounts[LAN], "-tt", restricted=True))
    guest.sees("help")
    guest.read(0.5)
    guest.types("\x1a")
    guest.sees("There is no shell behind this session")
    leaves(guest)


@pytest.mark.parametrize(
    "words",
    [
        "cat /etc/passwd",
        "sh -i",
        "report -o /tmp/x lanting",
        "--help",
        "--who 周岩",
        "; id",
        "internal-sftp",
        "scp -t /",
    ],
)
def test_restricted_no_command_of_the_clients_is_run(server: Server, words: str) -> None:
    done = subprocess.run(
        [*server.ssh(server.accounts[LAN], restricted=True), "--", words],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "No commands are taken over this line" in done.stderr


def test_restricted_no_files_no_tunnels_no_settings_from_outside(server: Server, tmp_path: Path) -> None:
    user = server.accounts[LAN]
    client = server.ssh(user, restricted=True)
    batch = tmp_path / "batch"
    batch.write_text("get /etc/passwd\n")
    sftp = ["sftp", *client[1:-1], "-b", str(batch), client[-1]]
    sftp[sftp.index("-p")] = "-P"
    assert subprocess.run(sftp, cwd=tmp_path, capture_output=True, check=False, timeout=20).returncode != 0
    assert not (tmp_path / "passwd").exists()

    tunnel = [*client[:-1], "-W", f"127.0.0.1:{server.port}", client[-1]]
    through = subprocess.run(tunnel, capture_output=True, check=False, timeout=20, stdin=subprocess.DEVNULL)
    assert b"SSH-2.0" not in through.stdout

    free = [f"SetEnv={name}" for name in ("SHOPDAY_RESTRICTED=0 SHOPDAY_SHOP=/", "PYTHONSTARTUP=/etc/passwd")]
    for setting in free:
        done = subprocess.run(
            [*client[:-1], "-o", setting, client[-1], "id"],
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
        assert (done.returncode, done.stdout) == (2, "")


def test_without_a_terminal_one_sentence_says_what_to_do(server: Server) -> None:
    done = subprocess.run(
        server.ssh(server.accounts[LAN], restricted=True),
        capture_output=True, text=True, check=False, timeout=20, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "ssh -t" in done.stderr


def desks(server: Server) -> list[str]:
    """Return the programs that are open on the shop."""
    found = []
    uids = {pwd.getpwnam(user).pw_uid for user in server.accounts.values()}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            if process.stat().st_uid in uids and b"tui" in words and str(server.shop).encode() in words:
                found.append(process.name)
        except OSError:
            continue
    return found
