"""The line to PostgreSQL cut at any packet: nothing lost, nothing doubled, every sentence true.

Four packets of each operation here, drawn anew by ``SHOPDAY_FAULTS_SEED``; all of them with the slow tests.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.faults.__main__ import table
from tests.faults.postgres_line import PostgresLine, postgres_line
from tests.faults.supervised import available
from tests.faults.trials import Trials, cuts, kills, prepared
from tests.journal.postgres.loopback import LoopbackServer

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not available(), reason="the kernel cannot watch a child's system calls"),
]

OPERATIONS = ["note", "draft", "draft dropped", "settings", "thin out", "taken back", "report", "post"]
"""Those that write into the database."""


@pytest.fixture
def line() -> Iterator[PostgresLine]:
    """A line to a server of its own, because the database is emptied again and again."""
    before = dict(os.environ)
    server = LoopbackServer()
    try:
        with postgres_line(server) as made:
            yield made
    finally:
        server.remove()
        os.environ.clear()
        os.environ.update(before)


@pytest.mark.parametrize("most", [4, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_line_that_is_cut_at_any_packet(line: PostgresLine, most: int) -> None:
    chance = random.Random(int(os.environ.get("SHOPDAY_FAULTS_SEED", "1")))
    tried: list[Trials] = []
    with prepared(OPERATIONS, print, line) as trials:
        for one in trials:
            assert one.before != one.done, one.operation.name
            assert len(one.calls) > 8, "it asks the server"
            for fault in islice(cuts(one.calls, chance), most):
                one.try_(fault)
            for fault in islice(kills(one.calls, chance), max(1, most // 4)):
                one.try_(fault)
            tried.append(one)
    print(table([(one.result, len(one.calls)) for one in tried]))  # noqa: T201 - with pytest -s
    assert [one.operation.name for one in tried] == OPERATIONS
    assert [
        line for one in tried for line in (*one.result.damaged, *one.result.lost, *one.result.untrue)
    ] == []
