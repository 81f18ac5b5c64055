"""What only a journal on a server has to do: restarts, lost answers, rights, and entries changed by hand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core.errors import BadInput, CannotWrite, NotConfirmed
from core.journal.book import Book
from core.journal.entry import Entry
from core.journal.postgres import tables
from core.journal.postgres.server import Connection, server_at
from core.journal.store import Make, StampChange
from tests.journal.postgres.loopback import LoopbackServer, LoopbackStore
from tests.journal.test_store import MONDAY, keep, note, states

pytestmark = pytest.mark.e2e

NINE = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def store(server: LoopbackServer, tmp_path: Path) -> LoopbackStore:
    assert server.running
    return LoopbackStore(tmp_path)


def change(server: LoopbackServer, statement: str, tmp_path: Path) -> None:
    """Change this shop's rows by hand."""
    server.sql(statement.format(shop=f"shop = '{tmp_path.resolve()}'"), "shops")


def cut_off(server: LoopbackServer) -> None:
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shops'")


def texts(store: LoopbackStore) -> list[str]:
    return [entry.id for entry in store.read(MONDAY).entries]


def test_a_restart_between_two_entries_is_not_noticed(store: LoopbackStore, server: LoopbackServer) -> None:
    keep(store, note(1))
    for mode in ("fast", "immediate"):
        server.stop(mode)
        server.start()
        assert note(1) in store.read(MONDAY).entries
        server.stop(mode)
        server.start()
        keep(store, note(2 if mode == "fast" else 3))
    assert texts(store) == [note(1).id, note(2).id, note(3).id]
    assert store.told() == ()


def test_a_connection_cut_off_before_the_commit_writes_once(
    store: LoopbackStore, server: LoopbackServer
) -> None:
    keep(store, note(1))
    asked: list[list[str]] = []

    def make(ids: Iterable[str]) -> tuple[Entry, ...]:
        asked.append(list(ids))
        if len(asked) == 1:
            cut_off(server)
        return (note(1 + len(asked)),)

    store.append(MONDAY, make)
    assert asked == [[note(1).id]] * 2
    assert texts(store) == [note(1).id, note(3).id], "what the last call returned"


@pytest.fixture
def lost_answers(store: LoopbackStore, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Lose the answer to a commit, as often as the list has things to do before."""
    really = store._append
    to_do: list[Any] = []

    def lost(connection: Connection, day: date, make: Make, *, marked: bool) -> StampChange | None:
        done = really(connection, day, make, marked=marked)
        if to_do:
            to_do.pop()()
            connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return done

    monkeypatch.setattr(store, "_append", lost)
    return to_do


def test_a_lost_answer_to_a_commit_doubles_nothing(store: LoopbackStore, lost_answers: list[Any]) -> None:
    lost_answers.append(lambda: None)
    called: list[int] = []

    def make(_: Iterable[str]) -> tuple[Entry, ...]:
        called.append(1)
        return (note(len(called)), note(10 + len(called)))

    assert store.append(MONDAY, make) is None, "the stamps before and after are not known"
    assert len(called) == 1
    assert texts(store) == [note(1).id, note(11).id]


def test_a_server_gone_right_after_the_commit_is_said_as_doubt(
    store: LoopbackStore, server: LoopbackServer, lost_answers: list[Any]
) -> None:
    lost_answers.append(server.stop)
    with pytest.raises(NotConfirmed, match="see whether the entry is there before you save it again"):
        keep(store, note(1))
    server.start()
    keep(store, note(2))
    assert texts(store) == [note(1).id, note(2).id]


def test_without_the_server_the_day_stays_in_sight_and_nothing_is_written(
    store: LoopbackStore, server: LoopbackServer, tmp_path: Path
) -> None:
    keep(store, note(1))
    book = Book(tmp_path, store)
    before = (book.day(MONDAY), book.years(), book.days())
    server.stop()

    assert (book.day(MONDAY), book.years(), book.days()) == before
    (said,) = book.told()
    assert "does not answer" in said
    assert (book.day(MONDAY), book.told()) == (before[0], ()), "said once"
    with pytest.raises(CannotWrite, match=r"does not answer\. Nothing was changed"):
        keep(store, note(2))
    with pytest.raises(BadInput, match="does not answer"):
        store.read(date(2026, 11, 1))

    server.start()
    keep(store, note(2))
    assert [entry.id for entry in book.day(MONDAY)] == [note(1).id, note(2).id]
    assert [*book.told()] == [f"PostgreSQL at 127.0.0.1:{server.port} answers again; you can save."]


def test_reading_does_not_try_again_and_again(
    store: LoopbackStore, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, note(1))
    server.stop()
    tried: list[int] = []
    really = psycopg.connect

    def connect(*words: Any, **more: Any) -> Any:
        tried.append(1)
        time.sleep(0.2)  # a host that does not answer
        return really(*words, **more)

    monkeypatch.setattr(psycopg, "connect", connect)
    for _ in range(10):
        with pytest.raises(BadInput):
            store.read(date(2026, 11, 2))
    assert len(tried) == 1


def test_whoever_listens_hears_of_each_append(
    store: LoopbackStore, server: LoopbackServer, tmp_path: Path
) -> None:
    with psycopg.connect(server.url(), autocommit=True) as ear:
        ear.execute(f"LISTEN {tables.CHANNEL}")
        keep(store, note(1))
        (heard,) = ear.notifies(timeout=5, stop_after=1)
    assert json.loads(heard.payload) == {"shop": str(tmp_path), "day": "2026-11-16"}


def test_two_servers_one_journal(store: LoopbackStore, tmp_path: Path) -> None:
    """Two processes at once, as on two machines: ids rise, nobody's entry is lost."""
    books = [Book(tmp_path, store), Book(tmp_path, LoopbackStore(tmp_path))]

    def write(book: Book) -> None:
        for number in range(25):
            book.append(MONDAY, at=NINE, who="陈晓", kind="note", data={"text": str(number)})

    threads = [threading.Thread(target=write, args=(book,)) for book in books]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [entry.id for entry in books[0].day(MONDAY)]
    assert len(ids) == 50
    assert ids == sorted(set(ids))
    assert books[0].day(MONDAY) == books[1].day(MONDAY)


def test_a_shop_sees_nothing_of_another(store: LoopbackStore, tmp_path: Path) -> None:
    keep(store, note(1))
    other = LoopbackStore(tmp_path / "other")
    assert (other.years(), other.read(MONDAY).entries) == ({}, ())
    keep(other, note(1))
    assert len(store.read(MONDAY).entries) == len(other.read(MONDAY).entries) == 1


def test_an_entry_changed_by_hand_is_left_out_and_told(
    store: LoopbackStore, server: LoopbackServer, tmp_path: Path
) -> None:
    keep(store, note(1), note(2), note(3))
    change(server, "UPDATE shopday.journal_entry SET entry = '{{torn' WHERE {shop} AND place = 2", tmp_path)
    for _ in range(2):
        assert texts(store) == [note(1).id, note(3).id]
    assert store.told() == ("2026-11-16: 1 entry in PostgreSQL could not be read and is left out.",)
    keep(store, note(4))
    assert texts(store) == [note(1).id, note(3).id, note(4).id]


def test_entries_deleted_by_hand_are_seen_by_the_doctor(
    store: LoopbackStore, server: LoopbackServer, tmp_path: Path
) -> None:
    keep(store, note(1), note(2))
    assert states(store) == {"locks": "ok", "journal": "ok"}
    change(server, "DELETE FROM shopday.journal_entry WHERE {shop} AND place = 1", tmp_path)
    assert texts(store) == [note(2).id]
    assert states(store) == {"locks": "ok", "journal": "bad"}


def test_a_day_of_a_newer_version_is_not_touched(
    store: LoopbackStore, server: LoopbackServer, tmp_path: Path
) -> None:
    sentence = "2026-11-16 was written by a newer version of shopday"
    keep(store, note(1))
    change(server, "UPDATE shopday.journal_day SET format = 3 WHERE {shop}", tmp_path)
    assert store.read(MONDAY).entries == ()
    assert [said for said in store.told() if sentence in said]
    with pytest.raises(BadInput, match=sentence):
        keep(store, note(2))
    assert states(store)["journal"] == "bad"
    with pytest.raises(BadInput, match=sentence):
        list(store.copies())
    change(server, "UPDATE shopday.journal_day SET format = 2 WHERE {shop}", tmp_path)
    assert texts(store) == [note(1).id]


def test_texts_that_databases_dislike(store: LoopbackStore, tmp_path: Path) -> None:
    odd = "nul \0, emoji 🧥, quotes '\"\\, %s {} \u2028, tab\t"
    Book(tmp_path, store).append(MONDAY, at=NINE, who="o'Neil", kind="note", data={"text": odd})
    (entry,) = LoopbackStore(tmp_path).read(MONDAY).entries
    assert (entry.who, entry.data["text"]) == ("o'Neil", odd)


def test_the_connection_is_kept_for_the_next_call(
    store: LoopbackStore, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, note(1))
    monkeypatch.setattr(psycopg, "connect", None)
    keep(store, note(2))
    assert texts(store) == [note(1).id, note(2).id]
    assert len(server_at(server.url())._idle) <= 3
