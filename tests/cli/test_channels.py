"""``shopday post`` to places that are no chat group: by e-mail, and by a channel of another package."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.channels.secrets_file import FILE
from core.reports import png
from tests.channels.mail_server import MailServer, mail_server
from tests.channels.test_posting import states
from tests.channels.test_registry import BREAKS, ONE_FILE, a_shop
from tests.cli.conftest import Run

EVENING = datetime(2026, 11, 16, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as held:
        yield held


@pytest.fixture
def mailing(shop: Path, server: MailServer) -> Path:
    lines = f"""
host = "localhost"
port = {server.port}
from = "report@lanting.example"
to = ["boss@lanting.example"]
"""
    return a_shop(shop, "email", lines)


def test_the_report_goes_by_e_mail_once(run: Run, mailing: Path, server: MailServer) -> None:
    looked = run("post", mailing, "--dry-run", clock=EVENING)
    assert looked.exit_code == 0, looked.output
    assert "To E-mail (localhost): " in looked.output
    pictured = "with the first page as a picture; " if png.can_draw() else ""
    assert f"of 100000 bytes; {pictured}to boss@lanting.example; not encrypted." in looked.output
    assert server.asked == 0
    done = run("post", mailing, clock=EVENING)
    assert done.exit_code == 0, done.output
    assert "Sent at 22:00." in done.output
    twice = run("post", mailing, clock=EVENING)
    assert (twice.exit_code, "--again" in twice.output) == (2, True)
    ((people, mail),) = server.arrived
    assert people == ["boss@lanting.example"]
    assert "兰亭女装旗舰店" in mail["Subject"]
    assert mail["Subject"] in looked.output
    words = mail.get_body(("plain",))
    assert words is not None
    assert [line for line in words.get_content().splitlines() if line] == looked.output.splitlines()[1:-3]
    pictures = [one.get_content_type() for one in mail.iter_attachments()]
    assert pictures == (["image/png"] if png.can_draw() else [])
    assert states(mailing) == ["gone"]


def test_a_refused_mail_says_so_and_may_be_posted_later(run: Run, mailing: Path, server: MailServer) -> None:
    server.mood = ["RCPT 550 no such user"]
    done = run("post", mailing, clock=EVENING)
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 1
    assert "the recipient boss@lanting.example was rejected (code 550). Nothing was sent." in done.stderr
    assert states(mailing) == ["refused"]
    assert run("post", mailing, clock=EVENING).exit_code == 0
    assert states(mailing) == ["refused", "gone"]


def test_the_channels_are_listed_each_with_its_lines(run: Run) -> None:
    told = run("post", "--channels")
    assert told.exit_code == 0
    names = [block.splitlines()[0] for block in told.output.split("\n\n")]
    assert names[:4] == ["DingTalk", "E-mail", "Feishu", "WeCom"]
    assert 'kind = "email"\nhost = "smtp.exmail.qq.com"' in told.output
    assert f"chmod 600 {FILE}" in told.output


def test_doctor_says_where_reports_go(run: Run, shop: Path, mailing: Path) -> None:
    def channel() -> tuple[str, str]:
        done = run("doctor", shop, "--json")
        (found,) = [one for one in json.loads(done.stdout)["checks"] if one["name"] == "channels"]
        return found["state"], found["text"]

    file = mailing / FILE
    assert channel() == ("ok", "Reports can be sent to E-mail (localhost).")
    file.chmod(0o644)
    state, said = channel()
    assert (state, f"chmod 600 {file}" in said) == ("warn", True)
    file.unlink()
    assert channel() == ("ok", "Sending reports is not set up; shopday post --channels shows how.")


def wheel(folder: Path, name: str, source: str) -> Path:
    """Return a package of one file that brings a channel, as pip takes it."""
    made = folder / f"shopday_{name}-1.0-py3-none-any.whl"
    about = f"shopday_{name}-1.0.dist-info"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"shopday_{name}.py", source)
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: shopday-{name}\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(
            f"{about}/entry_points.txt", f"[shopday.channels]\n{name} = shopday_{name}:CHANNEL\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return made


def test_a_package_is_installed_and_the_report_is_posted(tmp_path: Path, shop: Path) -> None:
    """Two packages of one file each, one of them broken, installed by pip; then the command in a process."""
    site, team = tmp_path / "site", tmp_path / "team"
    team.mkdir()
    good = wheel(tmp_path, "folder", ONE_FILE.read_text(encoding="utf-8"))
    bad = wheel(tmp_path, "bad", BREAKS)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", str(site)]
    subprocess.run([*pip, good, bad], check=True)
    a_shop(shop, "shared-folder", f'path = "{team}"')
    problem = "The channel from shopday-bad (bad) is disabled: RuntimeError: no licence. The others work.\n"

    def shopday(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui", "--who", "沈岚", *map(str, words)],
            check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env={"PYTHONPATH": str(site), "SHOPDAY_LANG": "en", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        )  # fmt: skip

    listed = shopday("post", "--channels")
    assert '[channel]\nkind = "shared-folder"\npath = "/srv/reports"  # where the team looks' in listed.stdout
    assert (listed.returncode, listed.stderr) == (0, problem)
    checked = shopday("doctor", shop)
    assert f"?   {problem}" in checked.stdout
    assert "ok  Reports can be sent to Shared folder (this machine).\n" in checked.stdout
    looked = shopday("post", shop, "--dry-run")
    assert (looked.returncode, looked.stderr) == (0, problem)
    assert "To Shared folder (this machine): " in looked.stdout
    assert " of 5000 characters. This report has not been finished yet." in looked.stdout
    assert list(team.iterdir()) == []
    done = shopday("post", shop)
    assert (done.returncode, done.stderr) == (0, problem)
    assert "Sent at " in done.stdout
    (file,) = team.iterdir()
    assert file.read_text(encoding="utf-8").startswith("兰亭女装旗舰店")
    twice = shopday("post", shop)
    assert twice.returncode == 2
    assert "--again" in twice.stderr
    assert states(shop) == ["gone"]
