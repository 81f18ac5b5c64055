"""A real OpenSSH server on loopback: own port, throw-away keys and, when root, throw-away Unix accounts.

Root's Python may lie in a folder closed to others (a CI container); then the server runs in a mount namespace
of its own in which just that Python can be reached. Without root, or where no namespace is to be had, the two
people are two sessions of one account that say who they are.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.terminal.ptys import ROOT, Terminal

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
PEOPLE = ("沈岚", "周岩")
LOCK = f"{tempfile.gettempdir()}/shopday-accounts.lock"
"""Held while /etc changes: another test copies it, and must not see half of a change."""
TEAM = "".join(f'\n[[team]]\nname = "{name}"\nuser = "{{}}"\nroles = ["operator"]\n' for name in PEOPLE)


@dataclass
class Server:
    """The server, its accounts and one shop of theirs."""

    base: Path
    port: int
    accounts: dict[str, str]
    """Person to Unix user; with one user for all they say who they are."""
    group: str
    stranger: str = ""
    """An account of another group; empty without real accounts."""
    made: list[str] = field(default_factory=list)

    @property
    def shop(self) -> Path:
        """The shop's folder."""
        return self.base / "shops" / "lanting"

    @property
    def real(self) -> bool:
        """Whether the two people are two Unix accounts."""
        return bool(self.stranger)

    def ssh(self, user: str, *options: str, restricted: bool = False, port: int = 0) -> list[str]:
        """Return the client's command line, up to the remote command; ``port`` leads there another way."""
        settings = {
            "BatchMode": "yes", "StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR", "IdentitiesOnly": "yes", "IdentityAgent": "none", "ControlPath": "none",
        }  # fmt: skip
        words = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
        port = port or (self.port + 1 if restricted else self.port)
        return [
            "ssh",
            "-F",
            "none",
            *words,
            "-i",
            f"{self.base}/id",
            "-p",
            str(port),
            *options,
            f"{user}@127.0.0.1",
        ]

    def shopday(self, person: str, *words: str) -> str:
        """Return the remote command as an operator with a stern umask types it."""
        who = "" if self.real or person not in self.accounts else f"SHOPDAY_WHO={person} "
        program = shlex.join([sys.executable, "-P", "-m", "tui", *words])
        return f"umask 077; cd /; SHOPDAY_LANG=en PYTHONPATH={shlex.quote(str(ROOT))} {who}exec {program}"

    def command(self, person: str, *words: str) -> list[str]:
        """Return the client's command line for a command of shopday as this person, without a terminal."""
        return [*self.ssh(self.accounts.get(person, person)), self.shopday(person, *words)]

    def run(self, person: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of shopday as this person."""
        return together(self.command(person, *words))[0]

    def desk(self, person: str, *, port: int = 0, env: dict[str, str] | None = None) -> Terminal:
        """Open the shop's morning as this person; ``port`` leads there another way."""
        words = self.shopday(person, "open", str(self.shop), "--date", "2026-11-16", "--at", "08:52")
        return in_terminal([*self.ssh(self.accounts[person], "-tt", port=port), words], env)


def together(*commands: list[str]) -> list[subprocess.CompletedProcess[str]]:
    """Run the commands at the same time, without a terminal, and return how each ended."""
    started = [
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for command in commands
    ]
    said = [one.communicate(timeout=60) for one in started]
    return [
        subprocess.CompletedProcess(one.args, one.returncode, *words)
        for one, words in zip(started, said, strict=True)
    ]


def in_terminal(command: list[str], env: dict[str, str] | None = None) -> Terminal:
    """Return the ssh client in a terminal of its own."""
    return Terminal("-c", "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])", *command, env=env)


@contextmanager
def serving() -> Iterator[Server]:
    """Start the server with its accounts and an empty folder for the shop; leave nothing behind."""
    base = Path(tempfile.mkdtemp(prefix="shopday-sshd-", dir="/tmp"))
    base.chmod(0o755)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, base, ignore_errors=True)
        server = _accounts(base, stack) if os.geteuid() == 0 else _one_account(base)
        if server.real and not _reachable(server):
            server = _one_account(base)
        _keys(server)
        stack.callback(_stop, _start(server))
        yield server


def _accounts(base: Path, stack: contextlib.ExitStack) -> Server:
    mark = f"sd{os.getpid() % 100_000}"
    names = [f"{mark}{letter}" for letter in "abx"]
    _do("flock", LOCK, "groupadd", f"{mark}g")
    stack.callback(_do, "flock", LOCK, "groupdel", f"{mark}g", check=False)
    for name in names:
        more = ["-G", f"{mark}g"] if name != names[-1] else []
        _do(
            "flock",
            LOCK,
            "useradd",
            "-p",
            "*",
            "-s",
            "/bin/sh",
            "-m",
            "-d",
            f"{base}/home/{name}",
            "-b",
            str(base),
            *more,
            name,
        )
        stack.callback(_do, "flock", LOCK, "userdel", name, check=False)
        stack.callback(_end_all, name)
    users = dict(zip(PEOPLE, names, strict=False))
    return Server(base, _port(), users, f"{mark}g", stranger=names[-1])


def _one_account(base: Path) -> Server:
    me = pwd.getpwuid(os.geteuid())
    return Server(base, _port(), dict.fromkeys(PEOPLE, me.pw_name), grp.getgrgid(me.pw_gid).gr_name)


def _keys(server: Server) -> None:
    for name in ("id", "host"):
        _do("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{server.base}/{name}")
    (server.base / "keys").mkdir()
    for user in {*server.accounts.values(), server.stranger} - {""}:
        shutil.copy(server.base / "id.pub", server.base / "keys" / user)
    inside = {"SHOPDAY_RESTRICTED": "1", "SHOPDAY_SHOP": str(server.shop), "SHOPDAY_LANG": "en"}
    inside |= {} if server.real else {"SHOPDAY_WHO": PEOPLE[0]}
    settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in inside.items())
    (server.base / "config").write_text(
        f"""
ListenAddress 127.0.0.1:{server.port}
ListenAddress 127.0.0.1:{server.port + 1}
HostKey {server.base}/host
AuthorizedKeysFile {server.base}/keys/%u
StrictModes no
UsePAM no
PidFile none
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowUsers {" ".join({*server.accounts.values(), server.stranger} - {""})}
ClientAliveInterval 15
ClientAliveCountMax 3
MaxStartups 100
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
Match LocalPort {server.port + 1}
    DisableForwarding yes
    PermitUserRC no
    ForceCommand cd {ROOT} && exec env {settings} {shlex.quote(sys.executable)} -m tui
""",
        encoding="utf-8",
    )


def _start(server: Server) -> subprocess.Popen[bytes]:
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    command = [SSHD, "-D", "-e", "-f", f"{server.base}/config"]
    if server.real and (script := opened(server)):
        command = ["unshare", "-m", "sh", "-c", f'{script}exec "$@"', "sh", *command]
    with (server.base / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, stdin=subprocess.DEVNULL)
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port + 1), 1):
            return process
        time.sleep(0.05)
    raise AssertionError((server.base / "log").read_text())


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)


def _reachable(server: Server) -> bool:
    """Tell whether the accounts can run this Python and this program."""
    script = f"{opened(server)}exec setpriv --reuid={server.stranger} --regid={server.group} --clear-groups "
    script += shlex.join(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import tui.app"]
    )
    return (
        subprocess.run(["unshare", "-m", "sh", "-ec", script], capture_output=True, check=False).returncode
        == 0
    )


def opened(server: Server) -> str:
    """Return shell words that make this Python and checkout reachable in the server's own namespace."""
    needed = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT.resolve()}
    closed = {one for path in needed for one in [_closed_above(path)] if one}
    lines: list[str] = []
    for gate in closed:
        inner = [path for path in needed if path.is_relative_to(gate)]
        inner = [path for path in inner if not any(path != o and path.is_relative_to(o) for o in inner)]
        for number, path in enumerate(inner):
            held = shlex.quote(f"{server.base}/mount/{gate.name}{number}")
            lines += [f"mkdir -p {held}", f"mount --rbind {shlex.quote(str(path))} {held}"]
        lines.append(f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(str(gate))}")
        for number, path in enumerate(inner):
            held, place = shlex.quote(f"{server.base}/mount/{gate.name}{number}"), shlex.quote(str(path))
            lines += [f"mkdir -p {place}", f"mount --rbind {held} {place}"]
    return "".join(f"{line} && " for line in lines)


def _closed_above(path: Path) -> Path | None:
    return next((one for one in reversed(path.parents) if not one.stat().st_mode & 0o001), None)


def _end_all(user: str) -> None:
    """End what an account of ours still runs, and wait until it has ended: else the account cannot go."""
    uid, until = pwd.getpwnam(user).pw_uid, time.monotonic() + 5
    while running := [process for process in Path("/proc").glob("[0-9]*") if _owned(process, uid)]:
        for process in running:
            with contextlib.suppress(OSError):
                os.kill(int(process.name), signal.SIGKILL)
        if time.monotonic() > until:
            return
        time.sleep(0.05)


def _owned(process: Path, uid: int) -> bool:
    try:
        return process.stat().st_uid == uid
    except OSError:
        return False


def _port() -> int:
    """Return a port that is free, and the next one too."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                two.bind(("127.0.0.1", port + 1))
                return port


def _do(*command: str, check: bool = True) -> None:
    subprocess.run(command, check=check, capture_output=True)
