"""The worker as a service, as docs/server.md writes it: its account, its unit, its container."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.exports.files import csv
from tests.server.as_written import _OWN, PAGE, block
from tests.server.test_set_up_as_written import _may_mount
from tests.terminal.sshd import LOCK, Server, opened

ROOT = PAGE.parents[1]
SERVICE = "**As a service.**"
UNIT = "/etc/systemd/system/shopday-worker@.service"

_AS_THE_UNIT_SAYS = """
{own}
groupadd lanting; useradd -m -G lanting lan
mkdir -p /srv/shops; install -d -m 2770 -g lanting /srv/shops/lanting
runuser -u lan -- shopday init /srv/shops/lanting --yes >/dev/null
install -m 660 -o lan -g lanting {export} /srv/shops/lanting/inbox/
cat > /srv/shops/fleet.toml < {base}/fleet.toml
sed -i 's/^\\[\\[team\\]\\]/[[team]]\\nname = "worker"\\nuser = "shopday"\\nroles = ["operator"]\\n\\n&/' \\
  /srv/shops/lanting/shop.toml
{account}
install -D -m 644 {base}/unit '{unit}'
systemd-analyze verify '{unit}' >&2
mount -o remount,bind,ro /
cd /; umask {umask}
run() {{ env -i PATH=/usr/bin:/bin SHOPDAY_LANG=en "$@"; }}
echo "== service"
run setpriv --reuid shopday --regid shopday --init-groups --no-new-privs --bounding-set=-all \\
  --inh-caps=-all {start} --once
echo "== container"
rm -r /srv/shops/lanting/cache /srv/shops/board/lanting.json
run setpriv --reuid 10001 --regid $(stat -c %g /srv/shops/lanting) --clear-groups --no-new-privs \\
  --bounding-set=-all --inh-caps=-all sh -c 'touch /x 2>/dev/null && echo writable; {start} --once'
echo "== files"
stat -c '%a %U %G' /srv/shops/board/lanting.json /srv/shops/lanting/facts /srv/shops/lanting/facts/ledger.json
"""


@pytest.mark.e2e
@pytest.mark.skipif(not _may_mount(), reason="only root can set up a machine of its own")
def test_the_service_works_as_written_and_so_does_a_container_without_rights() -> None:
    base = Path(tempfile.mkdtemp(prefix="shopday-worker-", dir="/tmp"))
    base.chmod(0o755)
    export = csv(
        base / "shop_day.csv", "统计日期 | 访客数 | 支付金额 | 支付买家数\n2026-11-15 | 100 | 4000 | 3"
    )
    export.chmod(0o644)
    unit = unit_of(PAGE)
    (base / "unit").write_text(unit, encoding="utf-8")
    fleet = block("## The morning is ready").replace('qinghe = "/srv/shops/qinghe"\n', "")
    (base / "fleet.toml").write_text(fleet, encoding="utf-8")
    program = shlex.quote(str(Path(sys.prefix) / "bin" / "shopday"))
    server = Server(base, 0, {}, "", stranger="x")
    script = f"set -e; {opened(server)}true\n" + _AS_THE_UNIT_SAYS.format(
        own=_OWN.format(base=base, lock=LOCK, program=program), base=base, export=export,
        account=block(SERVICE), unit=UNIT, umask=value(unit, "UMask"), start=value(unit, "ExecStart"),
    )  # fmt: skip
    try:
        done = subprocess.run(
            ["unshare", "-m", "bash", "-c", script], capture_output=True, text=True, check=False, timeout=120
        )
    finally:
        shutil.rmtree(base, ignore_errors=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == ""
    service, container, files = (part.strip() for part in done.stdout.split("== ")[1:])
    assert service.startswith("service\nlanting: 1 file imported, "), "the service's account imports"
    assert "writable" not in container
    assert re.search(r"lanting: \d+ steps calculated", container), container
    assert files.splitlines()[1:] == ["660 UNKNOWN lanting", "2770 lan lanting", "660 shopday lanting"]


def test_both_pages_have_the_same_unit() -> None:
    assert unit_of(PAGE.with_name("server.zh.md")) == unit_of(PAGE)


def test_the_container_runs_what_the_page_says() -> None:
    words = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (.*)$", words, re.MULTILINE) == ["10001:10001"]
    entry, command = (re.findall(rf"^{name} (.*)$", words, re.MULTILINE)[0] for name in ("ENTRYPOINT", "CMD"))
    assert [*json.loads(entry), *json.loads(command)] == [
        "/opt/shopday/bin/shopday",
        *value(unit_of(PAGE), "ExecStart").split()[1:],
    ]
    assert "--read-only" in block("**In a container**")


def unit_of(page: Path) -> str:
    """Return the unit in the page."""
    (found,) = re.findall(r"^```ini\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return str(found)


def value(unit: str, name: str) -> str:
    """Return the unit's one setting of this name."""
    (found,) = re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)
    return str(found)
