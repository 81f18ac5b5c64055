"""Forty people write on one day of one shop whose journal is in PostgreSQL, against a bare transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import psycopg

from core.journal.book import Book
from core.journal.postgres.postgres_store import PostgresStore
from core.journal.postgres.server import Server
from tests.bench.measure import Figure, Result, in_turns
from tests.bench.places import room
from tests.journal.postgres.loopback import LoopbackServer

WRITERS, EACH = 40, 10
DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
WORDS = "毛衣的直通车花费超了，晚上降一点，明天 9 点前再看一遍转化率。"
_TURN = count()


def figures(rounds: int) -> Iterator[Result]:
    """Yield what all notes of forty writers take in PostgreSQL, with every commit synced to disk."""
    server = LoopbackServer()
    try:
        server.sql("ALTER SYSTEM SET fsync = on")
        server.stop()
        server.start()
        with psycopg.connect(server.url(), autocommit=True) as made:
            made.execute("CREATE TABLE bare (shop text, day date, entry text)")
        ours, theirs = in_turns(max(3, rounds // 2), _journal(server.url()), _bare(server.url()))
    finally:
        server.remove()
    name = f"{WRITERS} writers on one day in PostgreSQL, {WRITERS * EACH} notes"
    yield Figure(name, "bare INSERT and NOTIFY in one transaction", 1.5, "ms", ours, theirs)


def _journal(url: str) -> Callable[[], float]:
    store = PostgresStore(Server(url), "bench", room("writers"))
    book = Book(room("writers book"), store)

    def write(number: int) -> None:
        for _ in range(EACH):
            text = f"{WORDS}{next(_TURN)}"
            book.append(DAY, at=NOW, who=f"person {number}", kind="note", step="target", data={"text": text})

    return lambda: _together(write)


def _bare(url: str) -> Callable[[], float]:
    def write(number: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            for _ in range(EACH):
                entry = json.dumps({"text": f"{WORDS}{next(_TURN)}", "who": number}, ensure_ascii=False)
                with connection.pipeline():
                    connection.execute("BEGIN")
                    connection.execute("INSERT INTO bare VALUES (%s, %s, %s)", ("bench", DAY, entry))
                    connection.execute("SELECT pg_notify('bare', %s)", ("bench",))
                    connection.execute("COMMIT")

    return lambda: _together(write)


def _together(write: Callable[[int], None]) -> float:
    start = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as people:
        list(people.map(write, range(WRITERS)))
    return (time.perf_counter() - start) * 1000
