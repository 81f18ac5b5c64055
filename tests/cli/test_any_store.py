"""A shop whose journal lies in a database: every command says and does what it does with day files."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.journal.store_choice import FILES, STORES
from tests.cli.conftest import MONDAY, NINE, Run
from tests.conftest import AnyStore
from tests.journal.moving import move
from tests.journal.sqlite_store import SqliteStore

EVENING = NINE.replace(hour=22)
COMMANDS = (
    ("day", "--json"),
    ("day",),
    ("review", "--month", "2026-11", "--json"),
    ("review", "--date", "2026-11-13", "--json"),
    ("find", "毛衣", "--json"),
    ("find", "补货", "2026-11", "--json"),
    ("report",),
    ("promises", "--date", "2026-11-16"),
    ("ask", "standup", "--json"),
    ("ask", "wrapup", "--json"),
    ("ask", "paid", "--json"),
    ("table", "actions", "--from", "2026-11-01", "--to", "2026-11-16"),
)


@contextmanager
def kept_in(store: AnyStore) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(STORES, FILES, store)
        yield


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STORES, "sqlite", SqliteStore)


def said(run: Run, shop: Path) -> dict[tuple[str, ...], tuple[int, str, str]]:
    found = {}
    for name, *words in COMMANDS:
        result = run(name, shop, *words, clock=EVENING)
        found[(name, *words)] = (result.exit_code, result.stdout, result.stderr)
    return found


def test_every_command_says_the_same_of_the_sample_shop(lanting: Path, run: Run) -> None:
    files = said(run, lanting)
    assert {command: err for command, (code, _, err) in files.items() if code} == {}
    assert all(len(out) > 100 for _, out, _ in files.values())
    move(FileStore(lanting), SqliteStore(lanting))
    for file in FileStore(lanting).folder.glob("*/*.json"):
        file.unlink()

    with kept_in(SqliteStore):
        database = said(run, lanting)
    for command in COMMANDS:
        assert database[command] == files[command]
    assert list(FileStore(lanting).folder.glob("*/*")) == [], "no day file was made again"


@pytest.mark.usefixtures("database")
def test_a_shop_chooses_its_store_in_its_settings(shop: Path, run: Run, tmp_path: Path) -> None:
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text() + '\n[journal]\nstore = "sqlite"\n')
    assert run("note", shop, "stock", "补 300 件", user="lan").exit_code == 0

    assert "补 300 件" in run("day", shop, "--date", MONDAY).stdout
    assert "补 300 件" in run("find", shop, "300").stdout
    assert {path.name for path in (shop / "journal").iterdir()} == {".lock", "journal.sqlite"}
    states = {one["name"]: one["state"] for one in json.loads(run("doctor", shop, "--json").stdout)["checks"]}
    assert (states["rights"], states["locks"], states["journal"]) == ("ok", "ok", "ok")

    assert run("doctor", shop, "--backup", tmp_path / "all.tar.gz").exit_code == 0
    with tarfile.open(tmp_path / "all.tar.gz") as archive:
        archive.extractall(tmp_path / "again", filter="data")
    again = tmp_path / "again" / shop.name
    assert [entry.id for entry in Book(again).day(MONDAY)] == [entry.id for entry in Book(shop).day(MONDAY)]
    assert not list((shop / "cache").glob("journal.sqlite*")), "the copy for the backup is gone"


def test_a_shop_that_says_nothing_or_files_has_day_files(shop: Path, run: Run) -> None:
    assert run("note", shop, "stock", "1").exit_code == 0
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text() + '\n[journal]\nstore = "files"\n')
    assert run("note", shop, "stock", "2").exit_code == 0

    entries = FileStore(shop).read(MONDAY).entries
    assert [entry.data["text"] for entry in entries if entry.kind == "note"] == ["1", "2"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('store = "mongo"', "shop.toml: journal.store: “mongo” is not one of: files, postgres."),
        ("store = 1", "journal.store: 1 was written, but text in quotes is needed here."),
        ('stor = "files"', "there is no “stor”. Did you mean “store”?"),
    ],
)
def test_a_store_nobody_knows_is_one_sentence_and_nothing_is_written(
    shop: Path, run: Run, line: str, sentence: str
) -> None:
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text() + f"\n[journal]\n{line}\n")
    for words in (("note", shop, "stock", "x"), ("day", shop), ("find", shop, "x")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.splitlines() == [result.stderr.strip()]
        assert sentence in result.stderr
    assert list((shop / "journal").iterdir()) == []
    checks = json.loads(run("doctor", shop, "--json").stdout)["checks"]
    (check,) = [one for one in checks if one["name"] == "journal"]
    assert check["state"] == "bad"
    assert sentence in check["text"]


def test_wrong_settings_that_say_nothing_of_the_journal_do_not_hide_it(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    assert run("note", shop, "stock", "1").exit_code == 0
    (shop / "shop.toml").write_text('name = "x"\nmargn = 1\n')

    states = {one["name"]: one["state"] for one in json.loads(run("doctor", shop, "--json").stdout)["checks"]}
    assert (states["settings"], states["locks"], states["journal"]) == ("bad", "ok", "ok")
    assert run("doctor", shop, "--backup", tmp_path / "all.tar.gz").exit_code == 0
    with tarfile.open(tmp_path / "all.tar.gz") as archive:
        assert f"{shop.name}/journal/2026/2026-11-16.json" in archive.getnames()
