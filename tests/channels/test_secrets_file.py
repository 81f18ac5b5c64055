"""Which robot: a file only its owner reads, hosts that are known, and nothing secret ever told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.channels.secrets_file import FILE, place_of
from core.errors import BadSettings, UsageError

GOOD = """
[robot]
kind = "dingtalk"
url = "https://oapi.dingtalk.com/robot/send?access_token=TOPSECRET"
secret = "SECTOPSECRET"
"""


def shop(folder: Path, text: str = GOOD, mode: int = 0o600) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    (folder / FILE).chmod(mode)
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(BadSettings) as told:
        place_of(folder)
    assert "TOPSECRET" not in str(told.value)
    return str(told.value)


def test_a_robot_is_read_and_shows_nothing_secret_of_itself(tmp_path: Path) -> None:
    robot = place_of(shop(tmp_path))
    assert (robot.channel.id, robot.host) == ("dingtalk", "oapi.dingtalk.com")
    assert robot.given["secret"] == "SECTOPSECRET"  # noqa: S105 - nobody's
    assert "TOPSECRET" not in repr(robot)


def test_without_a_file_it_is_said_how_to_set_one_up(tmp_path: Path) -> None:
    assert "chmod 600" in refused(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_file_that_others_may_touch_is_not_used(tmp_path: Path, mode: int) -> None:
    assert f"chmod 600 {tmp_path / FILE}" in refused(shop(tmp_path, mode=mode))


def test_a_link_and_a_pipe_are_not_followed(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    shop(real)
    (tmp_path / FILE).symlink_to(real / FILE)
    assert "cannot be read" in refused(tmp_path)
    (tmp_path / FILE).unlink()
    os.mkfifo(tmp_path / FILE, 0o600)
    assert "not used" in refused(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "http://oapi.dingtalk.com/robot/send?access_token=TOPSECRET",
        "https://evil.example/robot/send?access_token=TOPSECRET",
        "https://oapi.dingtalk.com.evil.example/robot/send?access_token=TOPSECRET",
        "https://oapi.dingtalk.com@evil.example/robot/send?access_token=TOPSECRET",
        "https://oapi.dingtalk.com:8443/robot/send?access_token=TOPSECRET",
        "https://oapi.dingtalk.com/other?access_token=TOPSECRET",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=TOPSECRET",
        "https://oapi.dingtalk.com/robot/send?access_token=TOPSECRET\\r\\nX: 1",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_elsewhere_is_refused(tmp_path: Path, url: str) -> None:
    text = f'[robot]\nkind = "dingtalk"\nurl = "{url}"\n'
    assert "https://oapi.dingtalk.com/robot/send" in refused(shop(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "kind = TOPSECRET",
        '[robot]\nkind = "slack"\nurl = "https://x/TOPSECRET"',
        '[robot]\nkind = "dingtalk"\nurl = 12\nsecret = "TOPSECRET"',
        '[robot]\nkind = "dingtalk"\npassword = "TOPSECRET"',
        'robot = "TOPSECRET"',
        "",
    ],
)
def test_a_file_that_cannot_be_meant_is_said_without_what_is_in_it(tmp_path: Path, text: str) -> None:
    assert FILE in refused(shop(tmp_path, text))


def test_restricted_sessions_post_only_where_the_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    with pytest.raises(UsageError, match="restricted"):
        place_of(shop(tmp_path))
    assert place_of(shop(tmp_path, f"{GOOD}restricted = true\n")).channel.id == "dingtalk"


def test_a_backup_leaves_it_at_home(tmp_path: Path) -> None:
    import tarfile

    from core.shop.backup import back_up

    folder = tmp_path / "lanting"
    folder.mkdir()
    (shop(folder) / "shop.toml").write_text('name = "x"', encoding="utf-8")
    made = back_up(folder, tmp_path / "b.tar.gz", ())
    with tarfile.open(made.file) as archive:
        assert "lanting/shop.toml" in archive.getnames()
        assert f"lanting/{FILE}" not in archive.getnames()
