"""The line to PostgreSQL cut at any packet: nothing lost, nothing doubled, every sentence true.

Four packets of each operation here, drawn anew by ``SHOPDAY_FAULTS_SEED``; all of them with the slow tests.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from core.journal.postgres.address import URL
from core.journal.postgres.server import server_at
from core.journal.postgres.shop_rows import make_tables
from tests.faults.__main__ import table
from tests.faults.operations import State, command, make, state
from tests.faults.postgres_line import PostgresLine, postgres_line
from tests.faults.supervised import available
from tests.faults.trials import Trials, clean_child, cuts, decide, kills, prepared
from tests.journal.postgres.loopback import LoopbackServer

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not available(), reason="the kernel cannot watch a child's system calls"),
]

OPERATIONS = ["note", "draft", "draft dropped", "settings", "thin out", "taken back", "report", "post"]
"""Those that write into the database."""
OTHER = {"postgres": "files", "files": "postgres"}


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


@pytest.mark.parametrize("to", ["postgres", "files"])
@pytest.mark.parametrize("goes_on", [True, False], ids=["goes on", "gives up"])
@pytest.mark.parametrize("most", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_a_move_that_is_cut_at_any_packet_goes_on_or_is_given_up(
    line: PostgresLine, tmp_path: Path, to: str, most: int, *, goes_on: bool
) -> None:
    os.environ |= {"SHOPDAY_LANG": "en", "XDG_CONFIG_HOME": str(tmp_path)}
    ready, base = tmp_path / "ready", tmp_path / "now"
    line.empty()
    server_at(os.environ[URL]).repeated(make_tables)
    clean_child(lambda: make(ready, line.settings if to == "files" else ""))
    line.keep()
    move = command("journal", "move", "{shop}", "--to", to)
    then = move if goes_on else command("journal", "move", "{shop}", "--to", OTHER[to])

    def fresh() -> None:
        shutil.rmtree(base, ignore_errors=True)
        shutil.copytree(ready, base)
        line.fresh()

    def there() -> State:
        return {**clean_child(lambda: state(base)), "settings": None}

    fresh()
    before = there()
    whole = line.run(lambda: move(base), lambda _: None, [])
    assert whole.code == 0, whole.complaint
    assert there() == before
    chance, troubles = random.Random(5), []
    faults = [*cuts(whole.calls, chance), *kills(whole.calls, chance)]
    for fault in chance.sample(faults, min(most, len(faults))):
        fresh()
        ended = line.run(lambda: move(base), decide(fault), [])
        told = fault.words(ended.calls, base)
        if fault.mode != "kill" and (ended.code, ended.complaint.count("\n")) not in ((0, 0), (3, 1)):
            troubles.append(f"{told}: exit {ended.code}: {ended.complaint[-300:]}")
        after = line.run(lambda: then(base), lambda _: None, [])
        if after.code != 0:
            troubles.append(f"{told}: exit {after.code} afterwards: {after.complaint[-300:]}")
        elif (now := there()) != before:
            troubles.append(f"{told}: {[part for part in now if now[part] != before[part]]} changed")
    assert troubles == []
