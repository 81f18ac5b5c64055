"""What two people share besides entries, on one machine with files and on two machines with PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
import pytest

from core.errors import CannotPost
from core.journal.drafts import person_key
from core.journal.postgres import tables
from core.journal.postgres.postgres_state import PostgresState
from core.journal.postgres.server import server_at
from core.journal.shared_state import FileState, MovableState, StateContents
from core.shop.presence import Present
from core.shop.sent_log import Sent
from tests.journal.postgres.loopback import LoopbackServer

KEY = "note:stock:2026-11-16"
Machines: TypeAlias = Callable[[str], MovableState]


def sent(number: int = 1) -> Sent:
    at = f"2026-11-16T21:{number:02d}:00+08:00"
    return Sent(f"{number:016x}", "2026-11-16", "fedcba9876543210", at, "沈岚", "going", (at,))


@pytest.fixture(params=["files", pytest.param("postgres", marks=pytest.mark.e2e)])
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> Machines:
    """Give the state as one machine has it: with files there is only one, which both work on."""
    if request.param == "files":
        return lambda _: FileState(tmp_path / "lanting")
    started: LoopbackServer = request.getfixturevalue("server")
    return lambda name: PostgresState(server_at(started.url()), str(tmp_path), tmp_path / name / "lanting")


def test_a_draft_goes_on_at_another_desk(machines: Machines) -> None:
    office, home = machines("office").drafts("陈晓"), machines("home").drafts("陈晓")
    office.save(KEY, "补 300\n件 \x1b[2J \0 🧥")
    assert home.load(KEY) == "补 300\n件 \x1b[2J \0 🧥"
    home.save(KEY, "补 300 件，周四到")
    home.save("reply:stock:0", "x")
    assert office.all() == {KEY: "补 300 件，周四到", "reply:stock:0": "x"}
    assert machines("office").drafts("林薇").all() == {}
    office.drop(KEY)
    office.save("reply:stock:0", "")
    assert (home.all(), home.load(KEY)) == ({}, "")


@pytest.mark.parametrize("word", ["..", "a/b", "", "長" * 200, "\udce5", "x\x00y", "o'Neil %s"])
def test_any_name_and_key_is_kept_apart(machines: Machines, word: str) -> None:
    drafts = machines("office").drafts(word)
    drafts.save(word, "补")
    drafts.save("other", "x")
    assert drafts.load(word) == "补"
    assert len(drafts.all()) == 2


def test_who_is_where_is_seen_by_the_others(machines: Machines) -> None:
    lan, he = machines("office").presence(), machines("home").presence()
    lan.show("沈岚", "stock")
    if isinstance(machines("home"), FileState):
        return  # one process is one session there; see tests/server/test_presence.py
    he.show("何萍", "")
    assert machines("third").presence().others() == (Present("何萍", ""), Present("沈岚", "stock"))
    he.show("何萍", "paid")
    again = machines("third").presence()
    again.show("沈岚", "paid")
    assert again.others() == (Present("何萍", "paid"),)
    assert again.twice()
    assert not he.twice()
    he.leave()
    lan.leave()
    assert machines("fourth").presence().others() == (Present("沈岚", "paid"),)


def test_what_is_being_sent_is_known_at_once_and_kept_in_order(machines: Machines) -> None:
    with machines("office").sent_log().sending() as log:
        assert log.sent == ()
        log.add(sent())
        assert machines("home").sent_log().sent() == (sent(),)
        log.update(replace(sent(), state="gone", tries=("2026-11-16T21:01:00+08:00",) * 2))
    with machines("home").sent_log().sending() as log:
        assert [one.state for one in log.sent] == ["gone"]
        log.add(sent(2))
    assert [one.state for one in machines("office").sent_log().sent()] == ["gone", "going"]


def test_of_many_who_send_at_once_one_sends(machines: Machines) -> None:
    began: list[str] = []

    def post(name: str) -> None:
        with machines(name).sent_log().sending() as log:
            if not any(one.id == sent().id for one in log.sent):
                log.add(sent())
                began.append(name)

    threads = [threading.Thread(target=post, args=(f"m{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(began) == 1
    assert machines("m1").sent_log().sent() == (sent(),)


def test_what_moves_replaces_what_was_there(machines: Machines) -> None:
    state = machines("office")
    chen, lin = person_key("陈晓"), person_key("林薇")
    old = StateContents({chen: {KEY: "old", "gone": "x"}, lin: {KEY: "y"}}, (sent(1), sent(1), sent(2)))
    state.replace(old)
    assert state.contents() == old
    new = StateContents({chen: {KEY: "new \0"}}, (sent(3),))
    state.replace(new)
    assert state.contents() == new
    assert state.drafts("陈晓").load(KEY) == "new \0"
    state.replace(StateContents({}, ()))
    assert state.contents() == ({}, ())


# ---- only a server can be away


@pytest.fixture
def desks(server: LoopbackServer, tmp_path: Path) -> Machines:
    return lambda name: PostgresState(server_at(server.url()), str(tmp_path), tmp_path / name / "lanting")


@pytest.mark.e2e
def test_what_is_typed_while_the_server_is_away_is_kept_and_follows(
    desks: Machines, server: LoopbackServer
) -> None:
    office, home = desks("office").drafts("陈晓"), desks("home").drafts("陈晓")
    office.save(KEY, "pock")
    server.stop()
    assert office.load(KEY) == "pock"
    office.save(KEY, "pockets")
    office.save("reply:stock:0", "yes")
    assert office.all() == {KEY: "pockets", "reply:stock:0": "yes"}
    office.drop("reply:stock:0")
    assert office.all() == {KEY: "pockets"}
    server.start()
    server_at(server.url()).connected().close()
    assert home.load(KEY) == "pock", "not sent yet"
    assert office.all() == {KEY: "pockets"}
    assert home.all() == {KEY: "pockets"}


@pytest.mark.e2e
def test_a_draft_changed_at_both_desks_loses_no_word(desks: Machines, server: LoopbackServer) -> None:
    office, home = desks("office").drafts("陈晓"), desks("home").drafts("陈晓")
    office.save(KEY, "pockets")
    server.stop()
    office.save(KEY, "pockets and zips")
    office.drop("never there")
    server.start()
    server_at(server.url()).connected().close()
    home.save(KEY, "buttons")
    assert office.load(KEY) == "pockets\nbuttons\npockets and zips"
    assert home.load(KEY) == "pockets\nbuttons\npockets and zips"


@pytest.mark.e2e
def test_a_draft_dropped_while_the_server_is_away_does_not_come_back(
    desks: Machines, server: LoopbackServer
) -> None:
    office = desks("office").drafts("陈晓")
    office.save(KEY, "pockets")
    server.stop()
    office.drop(KEY)
    assert (office.load(KEY), office.all()) == ("", {})
    server.start()
    server_at(server.url()).connected().close()
    assert (office.load(KEY), office.all()) == ("", {})
    assert desks("home").drafts("陈晓").all() == {}


@pytest.mark.e2e
def test_nobody_is_shown_while_the_server_is_away(desks: Machines, server: LoopbackServer) -> None:
    lan, he = desks("office").presence(), desks("home").presence()
    he.show("何萍", "stock")
    server.stop()
    lan.show("沈岚", "stock")
    lan.touch()
    assert lan.others() == ()
    server.start()
    server_at(server.url()).connected().close()
    lan.show("沈岚", "stock")
    assert desks("third").presence().others() == (Present("何萍", "stock"), Present("沈岚", "stock"))


@pytest.mark.e2e
def test_nothing_is_sent_while_it_is_not_known_what_was_sent(desks: Machines, server: LoopbackServer) -> None:
    with desks("office").sent_log().sending() as log:
        log.add(sent())
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shops'")
        with desks("home").sent_log().sending() as other:  # the lock went with the connection
            assert other.sent == (sent(),)
            other.sent = ()  # type: ignore[misc]  # as if both had read the log before either wrote
            with pytest.raises(CannotPost, match="has just begun to send"):
                other.add(sent())
        log.update(replace(sent(), state="gone"))
    assert [one.state for one in desks("home").sent_log().sent()] == ["gone"]
    server.stop()
    with pytest.raises(CannotPost, match="not known what was sent before, so nothing was sent"):
        desks("home").sent_log().sent()
    with pytest.raises(Exception, match="does not answer"), desks("home").sent_log().sending():
        pass


@pytest.mark.e2e
def test_a_lost_answer_is_not_taken_for_somebody_else(
    desks: Machines, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row was written, its confirmation was lost: the second attempt finds its own row."""
    really, lost = psycopg.Connection.execute, [1]

    def execute(connection: Any, statement: Any, *words: Any, **more: Any) -> Any:
        done = really(connection, statement, *words, **more)
        if statement == tables.ADD_SENT and lost:
            lost.clear()
            connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return done

    with desks("office").sent_log().sending() as log:
        monkeypatch.setattr(psycopg.Connection, "execute", execute)
        log.add(sent())
        monkeypatch.undo()
    assert desks("home").sent_log().sent() == (sent(),)
    with desks("office").sent_log().sending() as log:
        server.stop()
        with pytest.raises(CannotPost, match=r"Nothing was sent.*if that is refused, add --again"):
            log.add(sent(2))
