"""The sample's whole day, with the journal in files and in PostgreSQL, with compacted months and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.answers.answer_codec import encode
from core.facts import month_rows
from core.journal.book import Book
from core.journal.postgres.postgres_store import PostgresStore
from core.journal.store_move import move
from routines.answers.compute_answer import said
from tests.approved.sample_answers import MOMENTS, steps
from tests.conftest import copy_without_cache
from tests.facts.test_month_rows import NEVER, forget
from tests.journal.postgres.loopback import LoopbackServer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]
DAY = ("monday-morning", "monday-night")


def answers(shop: Path) -> dict[str, bytes]:
    """Return what each step of the day answers, to the byte."""
    return {
        f"{moment} {step}": json.dumps(
            encode(said(shop, step, day=MOMENTS[moment].date(), now=MOMENTS[moment], lang="en")),
            ensure_ascii=False,
        ).encode()
        for moment in DAY
        for step in steps(moment)
    }


def test_the_day_answers_the_same_wherever_journal_and_rows_are_read_from(
    sample_shop: Path, tmp_path: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.running
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found: dict[str, dict[str, bytes]] = {}
    for store in ("files", "postgres"):
        for fewest in (NEVER, 2):
            shop = copy_without_cache(sample_shop, tmp_path / f"{store} {fewest}" / tmp_path.name)
            if store == "postgres":
                moved = move(
                    shop, "postgres", who="沈岚", at=MOMENTS["monday-morning"], progress=lambda *_: None
                )
                assert moved.entries > 100
                assert isinstance(Book(shop).store, PostgresStore)
                for file in (shop / "journal").glob("2*/*.json"):
                    file.unlink()
            monkeypatch.setattr(month_rows, "FEWEST", fewest)
            forget(monkeypatch)
            found[f"{store} {fewest}"] = answers(shop)
            compacted = list((shop / "cache" / "facts").rglob("*.parquet"))
            assert bool(compacted) == (fewest != NEVER)
    (plain, *others) = found.values()
    assert len(plain) > 25
    assert sum(map(len, plain.values())) > 50_000
    for name, other in zip(list(found)[1:], others, strict=True):
        assert [step for step in plain if other[step] != plain[step]] == [], name
