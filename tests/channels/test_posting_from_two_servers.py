"""Two servers, each with a folder of the shop, and one PostgreSQL: a report goes to the group once."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from core.channels.channel import Posted
from core.channels.http_post import TRIAL
from core.errors import CannotPost, ShopdayError, UsageError
from tests.channels.gateway import Gateway, gateway, soon
from tests.channels.sent import outbox
from tests.channels.test_outbox import start
from tests.channels.test_posting import NOW, SECRET, post
from tests.journal.postgres.loopback import LoopbackServer

pytestmark = pytest.mark.e2e


class Servers(NamedTuple):
    """The shop's folder on each of the two."""

    here: Path
    there: Path


@pytest.fixture
def servers(tmp_path: Path, server: LoopbackServer) -> Servers:
    assert server.running
    here = tmp_path / "here" / "lanting"
    here.mkdir(parents=True)
    (here / "shop.toml").write_text(
        f'name = "兰亭"\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n', encoding="utf-8"
    )
    return Servers(here, shutil.copytree(here, tmp_path / "there" / "lanting"))


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with gateway(secret=SECRET, now=NOW.timestamp()) as held:
        monkeypatch.setenv(TRIAL, held.address)
        yield held


def test_what_one_server_sent_the_other_does_not_send_again(group: Gateway, servers: Servers) -> None:
    post(servers.here)
    with pytest.raises(UsageError, match="already sent"):
        post(servers.there)
    assert len(group.arrived) == 1
    assert post(servers.there, again=True)[0].state == "gone"
    assert outbox(servers.here) == outbox(servers.there)
    assert not list(servers.here.parent.parent.rglob("outbox.json")), "nothing lies in a folder"


def test_eight_at_once_on_two_servers_send_one_message(group: Gateway, servers: Servers) -> None:
    ends = [start(servers[number % 2]) for number in range(8)]
    for one in ends:
        one.communicate()
    assert sorted(one.returncode for one in ends) == [0] + [1] * 7
    assert len(group.arrived) == 1
    assert [one.state for one in outbox(servers.there)] == ["gone"]


def test_after_a_kill_on_one_server_a_person_at_the_other_decides(group: Gateway, servers: Servers) -> None:
    group.mood = ["hang"]
    sender = start(servers.here)
    soon(lambda: group.asked == 1)
    sender.send_signal(signal.SIGKILL)
    sender.communicate()
    assert [one.state for one in outbox(servers.there)] == ["going"]
    with pytest.raises(UsageError, match="how it ended is not known"):
        post(servers.there)
    assert group.asked == 1
    assert post(servers.there, again=True)[0].state == "gone"


def test_a_connection_cut_off_in_mid_sending_lets_nobody_send_it_again(
    group: Gateway, servers: Servers, server: LoopbackServer
) -> None:
    refused: list[str] = []

    def sends(_: Any, __: Any, ___: Any) -> Posted:
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shops'")
        with pytest.raises(UsageError, match="how it ended is not known") as error:
            post(servers.there)
        refused.append(str(error.value))
        return Posted("sent")

    assert post(servers.here, sender=sends)[0].state == "gone", "the result is written by a new connection"
    assert len(refused) == 1
    assert [one.state for one in outbox(servers.there)] == ["gone"]
    assert group.asked == 0


def test_a_server_that_stops_before_the_result_is_written_is_said(
    servers: Servers, server: LoopbackServer
) -> None:
    def sends(_: Any, __: Any, ___: Any) -> Posted:
        server.stop("immediate")
        return Posted("sent")

    with pytest.raises(CannotPost, match=r"accepted the message.*could not be saved in PostgreSQL .*--again"):
        post(servers.here, sender=sends)
    server.start()
    assert [one.state for one in outbox(servers.there)] == ["going"]


def test_while_the_server_is_away_nothing_is_sent(
    group: Gateway, servers: Servers, server: LoopbackServer
) -> None:
    post(servers.here, about="2026-11-15")
    server.stop()
    for again in (False, True):
        with pytest.raises(ShopdayError, match="does not answer"):
            post(servers.there, again=again)
    assert group.asked == 1
    server.start()
    assert post(servers.there)[0].state == "gone"
