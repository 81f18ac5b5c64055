"""A machine of its own (a mount namespace), set up with the commands of docs/server.md, word for word."""

from __future__ import annotations

import contextlib
import os
import re
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
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.ptys import ROOT
from tests.terminal.sshd import LOCK, SSHD, Server, opened

PAGE = ROOT / "docs" / "server.md"
GROUP = "with\n`/usr/local/bin/shopday`"
"""The words before the set-up of the group."""
CONFIG = "/etc/ssh/sshd_config.d/shopday.conf"
PEOPLE = ("lan", "liping", "boss", "other")
_OWN = """
set -e
umask 022
mkdir -p {base}/etc {base}/srv {base}/home {base}/mail {base}/bin {base}/bin.real /run/sshd
flock {lock} cp -a /etc/. {base}/etc/
sed -i 's/^UID_MIN.*/UID_MIN 41000/; s/^GID_MIN.*/GID_MIN 41000/' {base}/etc/login.defs
for place in srv home; do mount --bind {base}/$place /$place; done
mount --bind {base}/etc /etc
mount --bind {base}/mail /var/mail
mount --bind /usr/local/bin {base}/bin.real
for file in {base}/bin.real/*; do ln -s "$file" {base}/bin/; done
ln -sf {program} {base}/bin/shopday
cat > {base}/bin/sudo <<'WORDS'
#!/bin/sh
if [ "$1" = -u ]; then user=$2; shift 2; exec runuser -u "$user" -- "$@"; fi
exec "$@"
WORDS
printf '#!/bin/sh\\necho "$@" > {base}/systemctl\\n' > {base}/bin/systemctl
chmod 755 {base}/bin/sudo {base}/bin/systemctl
mount --bind {base}/bin /usr/local/bin
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SHOPDAY_LANG=en
cd /
"""
"""The copies of /etc, /home and /srv are gone with the namespace; sudo and systemctl are played."""
_ACCOUNTS = """
for name in liping boss; do useradd -m -G lanting $name; done
useradd -m other
for name in {people}; do
  usermod -p '*' $name
  install -d -m 700 -o $name -g $name /home/$name/.ssh
  install -m 600 -o $name -g $name {base}/id.pub /home/$name/.ssh/authorized_keys
done
ls /etc/ssh/ssh_host_*_key >/dev/null 2>&1 || ssh-keygen -A >/dev/null
"""


def block(after: str) -> str:
    """Return the page's first code block after the words."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"```\w*\n(.*?)```", text[text.index(after) :], re.DOTALL)
    assert found is not None, after
    return found[1]


def spoken(pattern: str) -> str:
    """Return the one command in the page's running text that fits the pattern."""
    found = re.findall(rf"`({pattern})`", PAGE.read_text(encoding="utf-8"))
    assert len(found) == 1, found
    return str(found[0])


@dataclass
class Machine:
    """What was set up."""

    base: Path
    port: int

    def ssh(self, user: str, *options: str) -> list[str]:
        """Return the client's command line, up to the remote command."""
        return Server(self.base, self.port, {}, "").ssh(user, *options)


@contextmanager
def set_up() -> Iterator[Machine]:
    """Follow the page, start its sshd, and take everything away again."""
    base = Path(tempfile.mkdtemp(prefix="shopday-readme-", dir="/tmp"))
    base.chmod(0o755)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{base}/id"], check=True)
    machine = Machine(base, _port())
    (base / "sshd.conf").write_text(block("**One shop and nothing else.**"), encoding="utf-8")
    script = base / "set-up"
    script.write_text(_script(machine), encoding="utf-8")
    with (base / "log").open("wb") as log:
        process = subprocess.Popen(
            ["unshare", "-m", "bash", str(script)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        _wait(machine, process)
        yield machine
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)
        shutil.rmtree(base, ignore_errors=True)


def _script(machine: Machine) -> str:
    program = Path(sys.prefix) / "bin" / "shopday"
    server = Server(machine.base, machine.port, {}, "", stranger="x")
    listening = f"-p {machine.port} -o ListenAddress=127.0.0.1 -o UsePAM=no -o PidFile=none"
    check = spoken("sudo sshd -t && .*?").replace("sshd", SSHD)
    return "\n".join(
        [
            f"set -e; {opened(server)}true",
            _OWN.format(base=machine.base, lock=LOCK, program=shlex.quote(str(program))),
            f"{{ {block(GROUP)}\n}} < <(yes '')  # Enter to each question of init",
            f"install -D -m 644 {machine.base}/sshd.conf {CONFIG}",
            check,
            _ACCOUNTS.format(base=machine.base, people=" ".join(PEOPLE)),
            f"exec {SSHD} -D -e {listening}",
        ]
    )


def _wait(machine: Machine, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", machine.port), 1):
            return
        time.sleep(0.05)
    raise AssertionError((machine.base / "log").read_text(errors="replace"))


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
