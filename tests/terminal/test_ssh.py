"""Two people over a real OpenSSH server in one shop: no word is lost, and nobody gets out of the shop."""

from __future__ import annotations

import os
import pwd
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.journal.book import Book
from tests.journal.test_nothing_lost import MONDAY
from tests.terminal.far import far_away
from tests.terminal.pictures import picture
from tests.terminal.ptys import Terminal
from tests.terminal.sshd import PEOPLE, TEAM, Server, in_terminal, serving, together

pytestmark = pytest.mark.e2e
LAN, ZHOU = PEOPLE
NOTE = ("note", "--date", "2026-11-16")
TYPED = "the buyers ask for a longer skirt"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Make the shop as docs/server.md says, under a umask of 077."""
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
        begun = server.run(
            LAN, "note", "--date", "2026-11-13", str(shop), "target", "not a new shop any more"
        )
        assert begun.returncode == 0, begun.stderr
        yield server


def leaves(*terminals: Terminal) -> None:
    for terminal in terminals:
        terminal.types("\x11")
    for terminal in terminals:
        assert terminal.ends(10.0, reading=True) == 0
        assert b"\x1b[?1049l" in terminal.written[-400:], "the shell's screen is back"


def entries(server: Server) -> list[tuple[str, str]]:
    return [(e.who, e.data["text"]) for e in Book(server.shop).day(MONDAY) if e.kind == "note"]


def test_two_people_work_in_one_shop_and_see_each_other_within_two_seconds(server: Server) -> None:
    lan, zhou = server.desk(LAN), server.desk(ZHOU)
    zhou.sees("Morning")
    lan.begins_a_note("live stream at two")
    zhou.sees(f"{LAN} in Target")
    zhou.types("\r")
    zhou.sees("questions")
    lan.types("\x13")
    lan.sees("Saved.")
    saved = time.monotonic()
    zhou.sees("notes 1")
    waited = time.monotonic() - saved
    number = 1
    while waited > 2.0 and number < 4:  # a busy machine may paint late; three more notes will not all be late
        number += 1
        assert server.run(LAN, *NOTE, str(server.shop), "target", "x").returncode == 0
        saved = time.monotonic()
        zhou.sees(f"notes {number}")
        waited = time.monotonic() - saved
    assert waited < 2.0
    zhou.types("w")
    zhou.sees("keep as draft")
    zhou.types("at two it rains\x13")
    zhou.sees("Saved.")
    lan.sees(f"notes {number + 1}")
    notes = entries(server)
    assert [notes[0], notes[-1]] == [(LAN, "live stream at two"), (ZHOU, "at two it rains")]
    leaves(lan, zhou)


def test_every_file_belongs_to_the_group_and_to_nobody_else(server: Server) -> None:
    shop = str(server.shop)
    one, two, asked = together(
        server.command(LAN, "note", shop, "stock", "one"),
        server.command(ZHOU, "note", shop, "stock", "two"),
        server.command(ZHOU, "ask", shop, "stock"),
    )
    assert (one.returncode, two.returncode, asked.returncode) == (0, 0, 4)
    paths = list(server.shop.rglob("*"))
    modes = {str(path): stat.S_IMODE(path.stat().st_mode) for path in paths}
    assert {path: mode for path, mode in modes.items() if mode not in (0o660, 0o2770)} == {}
    assert {path.group() for path in paths} == {server.group}
    if server.real:
        mine = {path.owner() for path in paths if path.is_file()}
        assert set(server.accounts.values()) <= mine
        opened, denied = together(
            server.command(server.stranger, "day", shop),
            [*server.ssh(server.stranger), f"ls {shop}; cat {shop}/shop.toml"],
        )
        assert opened.returncode == 3
        assert (denied.stdout, denied.stderr.count("Permission denied")) == ("", 2)


def test_a_line_cut_in_mid_note_loses_no_word_and_one_goes_on_where_one_was(server: Server) -> None:
    lan = server.desk(LAN)
    lan.begins_a_note(TYPED)
    until(lambda: any(TYPED in file.read_text() for file in server.shop.glob("drafts/*/*.json")))
    os.kill(lan.process, signal.SIGKILL)
    lan.ends(2.0)
    until(lambda: not desks(server), "the program has stayed behind")

    lan = server.desk(LAN)
    lan.sees("was kept: press Enter to continue")
    lan.types("\r")
    lan.sees("A draft of 33 characters is kept")
    lan.types("w")
    lan.sees("longer skirt")
    lan.types("\x13")
    lan.sees("Saved.")
    assert entries(server)[-1] == (LAN, TYPED)
    leaves(lan)


def until(ready: Callable[[], bool], words: str = "it did not happen", seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, words
        time.sleep(0.05)


def test_three_hundred_milliseconds_away_what_is_typed_ahead_is_not_lost(server: Server) -> None:
    with far_away(server.port, 0.15) as port:
        lan = server.desk(LAN, port=port)
        lan.sees("Morning")
        before = len(entries(server))
        lan.types("\rwtyped long before the screen could show it\x13")
        lan.sees("Saved.")
        assert entries(server)[before:] == [(LAN, "typed long before the screen could show it")]
        shown = picture(lan)
        assert any("Target" in line for line in shown[:2]), shown
        assert any(f"notes {before + 1}" in line for line in shown), shown
        assert "Saved." in shown[-2]
        assert " ".join(shown[-1].split()).startswith("n next d done"), "the field has gone, its keys too"
        assert "keep as draft" not in "".join(shown)
        lan.types("\x11")
        assert lan.ends(10.0, reading=True) == 0


@pytest.mark.slow
def test_every_terminal_that_ssh_brings_along_and_no_language_at_all(server: Server) -> None:
    names = ("linux", "screen", "tmux", "xterm-256color", "vt100")
    desks = [server.desk(ZHOU, env={"TERM": name, "LANG": "C", "LC_ALL": "C"}) for name in names]
    for desk in desks:
        desk.sees("Morning")
        desk.sees("help")
    leaves(*desks)
    dumb = server.desk(ZHOU, env={"TERM": "dumb"})
    dumb.sees("TERM=dumb cannot show a screen")
    assert dumb.ends(10.0, reading=True) == 2
    assert b"\x1b[?1049h" not in dumb.written


@pytest.mark.slow
def test_two_accounts_write_at_once_and_every_entry_is_there(server: Server) -> None:
    before = len(entries(server))
    writes = [server.command(who, *NOTE, str(server.shop), "stock", f"{who} {number}")
              for number in range(10) for who in PEOPLE]  # fmt: skip
    assert {done.returncode for done in together(*writes)} == {0}
    assert sorted(entries(server)[before:]) == sorted(
        (who, f"{who} {number}") for number in range(10) for who in PEOPLE
    )


def test_restricted_the_shop_opens_and_nothing_else(server: Server) -> None:
    guest = in_terminal(server.ssh(server.accounts[LAN], "-tt", restricted=True))
    guest.sees("help")
    guest.types("\x1a")
    guest.sees("This session has no command line")
    leaves(guest)


WORDS = (
    "cat /etc/passwd", "sh -i", "report -o /tmp/x lanting", "--help", "--who 周岩", "; id", "internal-sftp",
    "scp -t /",
)  # fmt: skip


def test_restricted_no_command_and_no_option_of_the_clients_is_taken(server: Server) -> None:
    client = server.ssh(server.accounts[LAN], restricted=True)
    settings = ("SHOPDAY_RESTRICTED=0 SHOPDAY_SHOP=/", "PYTHONSTARTUP=/etc/passwd", "EDITOR=/bin/sh")
    asked = [[*client, "--", words] for words in WORDS]
    asked += [[*client[:-1], "-o", f"SetEnv={setting}", client[-1], "id"] for setting in settings]
    for done in together(*asked):
        assert (done.returncode, done.stdout) == (2, ""), done
        assert "This connection runs no commands" in done.stderr


def test_restricted_no_files_and_no_tunnels(server: Server, tmp_path: Path) -> None:
    client = server.ssh(server.accounts[LAN], restricted=True)
    batch = tmp_path / "batch"
    batch.write_text(f"get /etc/passwd {tmp_path}/passwd\n")
    sftp = ["sftp", *client[1:-1], "-b", str(batch), client[-1]]
    sftp[sftp.index("-p")] = "-P"
    files, through = together(sftp, [*client[:-1], "-W", f"127.0.0.1:{server.port}", client[-1]])
    assert files.returncode != 0
    assert not (tmp_path / "passwd").exists()
    assert "SSH-2.0" not in through.stdout


def test_without_a_terminal_one_sentence_says_what_to_do(server: Server) -> None:
    (done,) = together(server.ssh(server.accounts[LAN], restricted=True))
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
