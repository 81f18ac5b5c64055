"""What was posted is known or nothing is posted: an outbox that cannot be read is never an empty one."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.channels.channel import Place, Posted
from core.channels.http_post import TRIAL
from core.errors import CannotPost, UsageError
from core.shop.sent_log import FILE
from tests.channels.gateway import Gateway, gateway, soon
from tests.channels.sent import outbox
from tests.channels.test_posting import NOW, SECRET, post, robot

OLD = {
    "id": "0123456789abcdef",
    "about": "2026-11-15",
    "text": "fedcba9876543210",
    "at": "2026-11-15T22:00:00+08:00",
    "who": "沈岚",
    "state": "sent",
    "tries": ["2026-11-15T22:00:00+08:00"],
}


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with gateway(secret=SECRET, now=NOW.timestamp()) as held:
        monkeypatch.setenv(TRIAL, held.address)
        yield held


_fault: dict[str, int] = {}
"""The error that opening a file of this name ends with."""


def _audit(event: str, given: tuple[Any, ...]) -> None:
    if _fault and event == "open" and isinstance(given[0], (str, bytes, os.PathLike)):
        number = _fault.get(os.path.basename(os.fsdecode(given[0])))  # noqa: PTH119
        if number is not None:
            raise OSError(number, os.strerror(number), given[0])


@contextmanager
def opening_fails(name: str, number: int) -> Iterator[None]:
    """Let every open of a file of that name fail, whichever function opens it."""
    if not getattr(_audit, "added", False):
        sys.addaudithook(_audit)
        _audit.added = True  # type: ignore[attr-defined]  # an audit hook cannot be removed
    _fault[name] = number
    try:
        yield
    finally:
        _fault.clear()


# ---- it cannot be read


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES, errno.ENFILE, errno.ESTALE])
def test_no_second_post_when_the_outbox_cannot_be_opened(number: int, group: Gateway, tmp_path: Path) -> None:
    post(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    for again in (False, True):
        with opening_fails(FILE, number), pytest.raises(CannotPost) as refused:
            post(tmp_path, again=again)
        assert os.strerror(number) in str(refused.value)
        assert "Nothing was sent" in str(refused.value)
    assert group.asked == 1
    assert (tmp_path / FILE).read_bytes() == before


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _a_link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


def _a_link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("gone.json")


def _a_link_to_another_file(file: Path) -> None:
    file.rename(file.with_name("other.json"))
    file.symlink_to("other.json")


def _a_fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _nested(file: Path) -> None:
    file.write_bytes(b'{"messages": ' + b"[" * 200_000)


def _not_text(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\xff\xfe")


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        held = json.loads(file.read_bytes())
        change(held)
        file.write_text(json.dumps(held), encoding="utf-8")

    return spoil


SPOILT = {
    "a folder": _a_folder,
    "a link to itself": _a_link_to_itself,
    "a link to nothing": _a_link_to_nothing,
    "a link to another file": _a_link_to_another_file,
    "a fifo": _a_fifo,
    "torn": _torn,
    "empty": _empty,
    "nested": _nested,
    "not text": _not_text,
    "newer": edited(lambda held: held.update(format=99)),
    "an unknown table": edited(lambda held: held.update(robots=[])),
    "an unknown field": edited(lambda held: held["messages"][0].update(group="g1")),
    "a missing field": edited(lambda held: held["messages"][0].pop("state")),
    "an unknown state": edited(lambda held: held["messages"][0].update(state="queued")),
    "a state of another type": edited(lambda held: held["messages"][0].update(state=["gone"])),
    "no time": edited(lambda held: held["messages"][0].update(at="yesterday")),
    "a time without a zone": edited(lambda held: held["messages"][0].update(tries=["2026-11-16T21:58:00"])),
    "a line that is no table": edited(lambda held: held["messages"].append("sent")),
    "no table at all": lambda file: file.write_bytes(b"[]"),
    "no list": edited(lambda held: held.update(messages={})),
    "no messages": edited(lambda held: held.pop("messages")),
}


@pytest.mark.parametrize("how", SPOILT)
def test_no_second_post_on_an_outbox_nobody_can_trust(how: str, group: Gateway, tmp_path: Path) -> None:
    post(tmp_path)
    SPOILT[how](tmp_path / FILE)
    for again in (False, True):
        with pytest.raises(CannotPost, match="Nothing was sent") as refused:
            post(tmp_path, again=again)
        assert FILE in str(refused.value)
    assert group.asked == 1


def test_a_newer_outbox_is_called_newer(group: Gateway, tmp_path: Path) -> None:
    post(tmp_path)
    SPOILT["newer"](tmp_path / FILE)
    with pytest.raises(CannotPost, match="newer version of shopday"):
        post(tmp_path)
    assert group.asked == 1


def test_a_damaged_outbox_moved_away_as_told_is_an_empty_one(group: Gateway, tmp_path: Path) -> None:
    post(tmp_path)
    _torn(tmp_path / FILE)
    with pytest.raises(CannotPost) as refused:
        post(tmp_path)
    aside = f"{FILE}.damaged"
    assert aside in str(refused.value)
    (tmp_path / FILE).rename(tmp_path / aside)
    assert post(tmp_path)[0].state == "gone"
    assert group.asked == 2


def test_an_outbox_of_before_stays_readable(group: Gateway, tmp_path: Path) -> None:
    sent, _ = post(tmp_path)
    rows = [
        {**OLD, "state": state, "id": f"{n:016x}"}
        for n, state in enumerate(("sending", "sent", "failed", "unknown"))
    ]
    rows.append({**OLD, "id": sent.id, "about": sent.about})
    (tmp_path / FILE).write_text(json.dumps({"messages": rows}, indent=1), encoding="utf-8")
    assert [one.state for one in outbox(tmp_path)] == ["going", "gone", "refused", "unknown", "gone"]
    with pytest.raises(UsageError, match="already sent"):
        post(tmp_path)
    post(tmp_path, about="2026-11-17")
    assert [one.about for one in outbox(tmp_path)] == [*["2026-11-15"] * 4, "2026-11-16", "2026-11-17"]
    assert group.asked == 2


@pytest.mark.parametrize(
    ("kind", "about", "id_"),
    [
        ("dingtalk", "2026-11-16", "51b5a99acd881013"),
        ("wecom", "2026-W47", "3c4c7fd989dfd1f5"),
        ("feishu", "2026-11", "5a4d5ec36c3cfb13"),
    ],
)
def test_what_was_posted_before_there_were_channels_is_not_posted_again(
    kind: str, about: str, id_: str, group: Gateway, tmp_path: Path
) -> None:
    """The ids are those that the first version wrote for these addresses."""
    rows = {"format": 2, "messages": [{**OLD, "id": id_, "about": about, "state": "gone"}]}
    (tmp_path / FILE).write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(UsageError, match="already sent"):
        post(tmp_path, robot(kind), about=about)
    assert group.asked == 0


def test_what_was_posted_long_ago_is_not_forgotten(group: Gateway, tmp_path: Path) -> None:
    """Two years of daily reports, and one that took many tries."""
    post(tmp_path)
    held = json.loads((tmp_path / FILE).read_bytes())
    first = held["messages"][0]
    others = [{**OLD, "id": f"{n:016x}", "about": f"report {n}"} for n in range(800)]
    held["messages"] = [first, *others, *({**OLD, "state": "failed"} for _ in range(900))]
    (tmp_path / FILE).write_text(json.dumps({"messages": held["messages"]}), encoding="utf-8")
    post(tmp_path, about="2026-11-17")
    with pytest.raises(UsageError, match="already sent"):
        post(tmp_path)
    assert group.asked == 2
    assert len(outbox(tmp_path)) < 1300


# ---- it is killed, or its end cannot be written down


SENDER = """
import sys
from pathlib import Path
from tests.channels.test_posting import post
post(Path(sys.argv[1]))
"""


def start(shop: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SENDER, str(shop)], stderr=subprocess.PIPE)


def test_after_a_kill_in_mid_sending_a_person_decides(group: Gateway, tmp_path: Path) -> None:
    group.mood = ["hang"]
    sender = start(tmp_path)
    soon(lambda: group.asked == 1)
    sender.send_signal(signal.SIGKILL)
    sender.communicate()
    assert [one.state for one in outbox(tmp_path)] == ["going"]
    with pytest.raises(UsageError, match="how it ended is not known"):
        post(tmp_path)
    assert group.asked == 1
    assert post(tmp_path, again=True)[0].state == "gone"
    assert len(group.arrived) == 1


def test_of_two_who_post_at_once_one_posts(group: Gateway, tmp_path: Path) -> None:
    group.mood = ["slow"]
    first = start(tmp_path)
    soon(lambda: group.asked == 1)
    others = [start(tmp_path) for _ in range(2)]
    said = [one.communicate()[1].decode() for one in others]
    assert all("already sent" in words for words in said)
    assert first.wait() == 0
    assert len(group.arrived) == group.asked == 1


def test_who_presses_again_while_it_is_on_its_way_waits_for_its_end(group: Gateway, tmp_path: Path) -> None:
    """A second person is not told that nobody knows the end while a living process waits for it."""
    group.mood = ["slow"]
    first = start(tmp_path)
    soon(lambda: group.asked == 1)
    with pytest.raises(UsageError, match="already sent"):
        post(tmp_path)
    assert first.wait() == 0


def test_eight_at_once_post_one_message(group: Gateway, tmp_path: Path) -> None:
    ends = [start(tmp_path) for _ in range(8)]
    for one in ends:
        one.communicate()
    assert sorted(one.returncode for one in ends) == [0] + [1] * 7
    assert len(group.arrived) == 1


def _fail_to_write_from_now_on(shop: Path) -> None:
    """Take the way to a new file: the name beside the outbox cannot be made in a folder that is gone."""
    shop.rename(shop.with_name("moved"))
    shop.with_name("shop").write_bytes(b"")


@pytest.mark.parametrize(
    ("arrival", "says"),
    [("sent", "accepted the message"), ("refused", "did not accept"), ("unknown", "may have arrived")],
)
def test_an_end_that_cannot_be_written_down_is_said_and_not_posted_again(
    tmp_path: Path, arrival: Any, says: str
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()

    def sender(_: Place, __: dict[str, Any], ___: datetime) -> Posted:
        _fail_to_write_from_now_on(shop)
        return Posted(arrival, "why")

    with pytest.raises(CannotPost, match=says) as refused:
        post(shop, sender=sender)
    assert "--again" in str(refused.value)
    shop.unlink()
    shop.with_name("moved").rename(shop)
    assert [one.state for one in outbox(shop)] == ["going"]
    with pytest.raises(UsageError, match="how it ended is not known"):
        post(shop, sender=lambda *_: pytest.fail("posted twice"))


def test_nothing_goes_that_could_not_be_written_down_first(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.write_bytes(b"")
    with pytest.raises(Exception, match="Nothing was"):
        post(shop, sender=lambda *_: pytest.fail("posted"))


def test_a_second_try_that_cannot_be_written_down_is_not_made(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    asked: list[int] = []

    def sender(_: Place, __: dict[str, Any], ___: datetime) -> Posted:
        asked.append(1)
        _fail_to_write_from_now_on(shop)
        return Posted("busy", "HTTP 503")

    with pytest.raises(CannotPost, match="did not accept"):
        post(shop, sender=sender)
    assert len(asked) == 1


def test_a_second_person_in_the_same_second_keeps_both_lines(group: Gateway, tmp_path: Path) -> None:
    post(tmp_path)
    post(tmp_path, again=True)
    post(tmp_path, again=True, clock=lambda: NOW + timedelta(seconds=1))
    assert [one.state for one in outbox(tmp_path)] == ["gone"] * 3
    assert len(group.arrived) == 3
