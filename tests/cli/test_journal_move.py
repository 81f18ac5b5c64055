"""A journal moves to PostgreSQL and back: checked, repeatable, and never in two places at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadInput, CannotWrite
from core.journal import store_move
from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.journal.entry import Entry
from core.journal.postgres.address import URL
from core.journal.postgres.chosen import postgres_store
from core.journal.postgres.postgres_state import PostgresState
from core.journal.postgres.postgres_store import PostgresStore
from core.journal.store_choice import store_of
from core.shop.sent_log import Sent
from tests.cli.conftest import MONDAY, NINE, Run, bytes_in
from tests.journal.postgres.loopback import LoopbackServer

pytestmark = pytest.mark.e2e


@pytest.fixture(autouse=True)
def server(postgres_server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackServer]:
    postgres_server.start()
    name = f"move_{os.urandom(4).hex()}"  # shops of other tests have the same names
    postgres_server.sql(f"CREATE DATABASE {name} OWNER shopday")
    monkeypatch.setenv(URL, postgres_server.url(database=name))
    yield postgres_server
    postgres_server.start()


def write(shop: Path, text: str, day: date = MONDAY) -> str:
    return Book(shop).append(day, at=NINE, who="沈岚", kind="note", data={"text": text}).id


@pytest.fixture
def full(shop: Path) -> Path:
    """A shop with a journal of some days."""
    for back in (400, 31, 1, 0):
        for number in range(5):
            write(shop, f"{number} 补 300 件 \0 ¥", MONDAY - timedelta(days=back))
    return shop


def journal_of(shop: Path) -> dict[date, tuple[Entry, ...]]:
    book = Book(shop)
    return {day: book.day(day) for day in book.days()}


def chosen(shop: Path) -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((shop / "shop.toml").read_text(encoding="utf-8")).get("journal", {})
    return found


def moves(run: Run, shop: Path, to: str, words: str) -> None:
    result = run("journal", "move", shop, "--to", to)
    assert (result.exit_code, result.stderr) == (0, "")
    assert words in result.stdout


def refused(run: Run, shop: Path, to: str, words: str) -> None:
    result = run("journal", "move", shop, "--to", to)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert words in result.stderr


def test_there_and_back_again_nothing_is_lost_and_nothing_deleted(full: Path, run: Run) -> None:
    before, files = journal_of(full), bytes_in(full / "journal")
    settings = (full / "shop.toml").read_text(encoding="utf-8")

    moves(run, full, "postgres", "20 entries of 4 days are now in postgres and were checked.")
    assert chosen(full) == {"store": "postgres", "shop": "兰亭"}
    assert (full / "shop.toml").read_text(encoding="utf-8").startswith(settings.rstrip())
    assert isinstance(store_of(full), PostgresStore)
    assert journal_of(full) == before
    kept = bytes_in(full / "journal")
    assert json.loads((full / "journal" / ".moved").read_text())["by"] == "沈岚"
    assert {name: kept[name] for name in files} == files, "the files are only marked"

    write(full, "on the server")
    longer = journal_of(full)
    moves(run, full, "files", "21 entries of 4 days are now in files and were checked.")
    assert chosen(full) == {"store": "files", "shop": "兰亭"}
    assert isinstance(store_of(full), FileStore)
    assert journal_of(full) == longer

    write(full, "in files again")
    moves(run, full, "postgres", "22 entries of 4 days")
    assert [entry.data["text"] for entry in Book(full).day(MONDAY)][-2:] == [
        "on the server",
        "in files again",
    ]


def state_of(shop: Path) -> tuple[dict[str, str], list[str]]:
    shared = store_of(shop).shared
    return dict(shared.drafts("沈岚").all()), [f"{one.id} {one.state}" for one in shared.sent_log().sent()]


def test_drafts_and_what_was_sent_move_along(full: Path, run: Run) -> None:
    drafts = store_of(full).shared.drafts("沈岚")
    drafts.save("note:stock:2026-11-16", "half a thought \0")
    drafts.save("note:paid:2026-11-16", "dropped on the server")
    entry = Sent("a" * 16, "2026-11-16", "b" * 16, NINE.isoformat(), "沈岚", "gone", (NINE.isoformat(),))
    with store_of(full).shared.sent_log().sending() as log:
        log.add(entry)
    before = state_of(full)

    moves(run, full, "postgres", "20 entries")
    assert state_of(full) == before
    store_of(full).shared.drafts("沈岚").drop("note:paid:2026-11-16")
    with store_of(full).shared.sent_log().sending() as log:
        log.add(replace(entry, state="unknown"))
    after = state_of(full)
    assert (len(after[0]), len(after[1])) == (1, 2)

    moves(run, full, "files", "20 entries")
    assert state_of(full) == after
    moves(run, full, "postgres", "20 entries")
    assert state_of(full) == after, "what was dropped does not come back"


def test_who_types_on_while_it_moves_keeps_every_word(full: Path, run: Run) -> None:
    """An open session writes its drafts where they were; they follow when it is opened again."""
    session = store_of(full).shared.drafts("沈岚")
    session.save("note:stock:2026-11-16", "half")
    moves(run, full, "postgres", "20 entries")
    session.save("note:stock:2026-11-16", "half a thought")
    session.save("note:paid:2026-11-16", "another one")
    assert state_of(full)[0] == {
        "note:stock:2026-11-16": "half a thought", "note:paid:2026-11-16": "another one",
    }  # fmt: skip


def test_drafts_that_arrive_changed_leave_the_journal_where_it_is(
    full: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_of(full).shared.drafts("沈岚").save("note:stock:2026-11-16", "half a thought")
    with monkeypatch.context() as patch:
        patch.setattr(PostgresState, "replace", lambda *_: None)
        refused(run, full, "postgres", "The drafts or the log of sent messages arrived in postgres with chan")
    assert state_of(full)[0] == {"note:stock:2026-11-16": "half a thought"}
    moves(run, full, "postgres", "20 entries")


def test_who_moves_it_once_more_is_told_it_is_there(full: Path, run: Run) -> None:
    moves(run, full, "files", "The journal is in files; nothing had to be moved.")
    moves(run, full, "postgres", "20 entries")
    moves(run, full, "postgres", "The journal is in postgres; nothing had to be moved.")
    told = json.loads(run("journal", "move", full, "--to", "postgres", "--json").stdout)
    assert told == {"to": "postgres", "days": 0, "entries": 0, "told": [], "undone": False}


def test_an_empty_journal_moves_too(shop: Path, run: Run) -> None:
    moves(run, shop, "postgres", "nothing had to be moved")
    assert chosen(shop)["store"] == "postgres"
    write(shop, "first")
    assert list((shop / "journal").glob("2*")) == []


def test_two_shops_of_one_name_stay_apart(full: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / full.name
    other.mkdir(parents=True)
    (other / "shop.toml").write_bytes((full / "shop.toml").read_bytes())
    write(other, "of the other")
    moves(run, full, "postgres", "20 entries")
    moves(run, other, "postgres", "1 entry")
    assert (chosen(full)["shop"], chosen(other)["shop"]) == ("兰亭", "兰亭-2")
    assert len(Book(other).day(MONDAY)) == 1


@pytest.mark.parametrize(("first", "then"), [("files", "postgres"), ("postgres", "files")])
def test_a_session_that_is_still_open_cannot_write_into_the_old_place(
    full: Path, run: Run, first: str, then: str
) -> None:
    if first == "postgres":
        moves(run, full, "postgres", "20 entries")
    session = Book(full)
    assert session.day(MONDAY)
    moves(run, full, then, "20 entries")
    before = journal_of(full)
    with pytest.raises(CannotWrite, match=f"The journal has moved to {then}. .* close shopday and open it"):
        session.append(MONDAY, at=NINE, who="沈岚", kind="note", data={"text": "lost?"})
    assert journal_of(full) == before
    write(full, "by who opened it again")


def stop_at(monkeypatch: pytest.MonkeyPatch, where: str, call: int) -> Callable[[], None]:
    """Let the process be killed at the n-th call of a step of the move; return how to let it live."""
    calls = {"left": call}
    really = getattr(store_move, where, None) or getattr(PostgresStore, where)
    owner: Any = store_move if hasattr(store_move, where) else PostgresStore

    def perhaps(*words: Any, **more: Any) -> Any:
        calls["left"] -= 1
        if calls["left"] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*words, **more)

    monkeypatch.setattr(owner, where, perhaps)
    return lambda: monkeypatch.setattr(owner, where, really)


STEPS = [
    ("set_journal", 1, False), ("set_mark", 1, False), ("append_marked", 2, False), ("_copied", 2, True),
    ("_with_state", 1, True), ("_compared", 1, True), ("set_mark", 2, True), ("set_journal", 2, True),
]  # fmt: skip
"""What a move does, the how many-th time, and whether nobody can write meanwhile."""


@pytest.mark.parametrize("goes_on", [True, False], ids=["goes on", "gives up"])
@pytest.mark.parametrize(("step", "call", "marked"), STEPS, ids=[f"{step} {call}" for step, call, _ in STEPS])
def test_killed_at_any_step_it_goes_on_or_gives_up(
    full: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    call: int,
    *,
    marked: bool,
    goes_on: bool,
) -> None:
    before = journal_of(full)
    live = stop_at(monkeypatch, step, call)
    child = os.fork()
    if child == 0:
        run("journal", "move", full, "--to", "postgres")
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "killed there"
    live()

    assert chosen(full).get("store", "files") == "files", "not moved yet"
    assert (full / "journal" / ".moved").exists() == marked
    shown = run("day", full)
    if marked:
        assert (shown.exit_code, shown.stderr.count("\n")) == (3, 1)
        assert f"shopday journal move {full} --to postgres" in shown.stderr
    else:
        assert shown.exit_code == 0
        write(full, "meanwhile")
        before = journal_of(full)

    if goes_on:
        moves(run, full, "postgres", "are now in postgres and were checked.")
        assert isinstance(store_of(full), PostgresStore)
    else:
        result = run("journal", "move", full, "--to", "files")
        assert result.exit_code == 0, result.output
        assert isinstance(store_of(full), FileStore)
    assert journal_of(full) == before
    write(full, "later")


def test_ctrl_c_leaves_the_journal_where_it_was(
    full: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store_move, "_compared", stopped)
        assert run("journal", "move", full, "--to", "postgres").exit_code != 0
    write(full, "work goes on")
    assert chosen(full)["store"] == "files"


def test_a_store_written_into_shop_toml_by_hand_does_not_show_half_a_journal(full: Path, run: Run) -> None:
    key = store_move._new_key(full)
    store = postgres_store(full, key, marked=True)
    store.set_mark('{"state": "arriving", "other": "files"}')
    settings = (full / "shop.toml").read_text(encoding="utf-8")
    (full / "shop.toml").write_text(f'{settings}\n[journal]\nstore = "postgres"\nshop = "{key}"\n')
    for command in (("day", full), ("note", full, "stock", "x")):
        result = run(*command)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
        assert (
            f"still in files. Nothing was changed; run: shopday journal move {full} --to postgres"
            in result.stderr
        )
    FileStore(full).set_mark("x")
    result = run("day", full)
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "Moving the journal from files has not been finished" in result.stderr
    FileStore(full).set_mark("")
    moves(run, full, "postgres", "20 entries of 4 days")
    assert len(journal_of(full)) == 4


def test_another_journal_under_the_same_key_is_not_mixed_in(full: Path, run: Run) -> None:
    moves(run, full, "postgres", "20 entries")
    moves(run, full, "files", "20 entries")
    store = postgres_store(full, "兰亭", marked=True)
    stranger = Entry("20261116T010000000-x-1", NINE, "?", "note", "", {"text": "?"}, MONDAY)
    store.append_marked(MONDAY, lambda _: [stranger])
    before = journal_of(full)
    write(full, "mine")
    refused(
        run, full, "postgres", "2026-11-16 has 6 entries in files and 6 others in postgres. The journal stays"
    )
    assert chosen(full)["store"] == "files"
    assert len(store.read(MONDAY).entries) == 6, "nothing was copied into that day"
    write(full, "work goes on")
    assert len(journal_of(full)[MONDAY]) == len(before[MONDAY]) + 2


def test_a_day_only_the_server_has_is_not_overlooked(full: Path, run: Run) -> None:
    moves(run, full, "postgres", "20 entries")
    moves(run, full, "files", "20 entries")
    day = date(2026, 1, 1)
    stranger = Entry("20260101T010000000-x-1", NINE, "?", "note", "", {"text": "?"}, day)
    postgres_store(full, "兰亭", marked=True).append_marked(day, lambda _: [stranger])
    refused(run, full, "postgres", "2026-01-01 has 0 entries in files and 1 others in postgres.")
    write(full, "work goes on")


def test_a_backup_comes_back_onto_a_new_server(
    full: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    moves(run, full, "postgres", "20 entries")
    store_of(full).shared.drafts("沈岚").save("note:stock:2026-11-16", "half a thought")
    with store_of(full).shared.sent_log().sending() as log:
        log.add(Sent("a" * 16, "2026-11-16", "b" * 16, NINE.isoformat(), "沈岚", "gone", (NINE.isoformat(),)))
    before, state = journal_of(full), state_of(full)
    assert run("doctor", full, "--backup", tmp_path / "all.tar.gz").exit_code == 0
    with tarfile.open(tmp_path / "all.tar.gz") as archive:
        archive.extractall(tmp_path / "again", filter="data")
    again = tmp_path / "again" / full.name

    refused_day = run("day", again)
    assert (refused_day.exit_code, refused_day.stderr.count("\n")) == (3, 1)
    assert "is still in files" in refused_day.stderr
    server.sql("CREATE DATABASE anew OWNER shopday")
    monkeypatch.setenv(URL, server.url(database="anew"))
    moves(run, again, "postgres", "20 entries of 4 days")
    assert journal_of(again) == before
    assert state_of(again) == state


def test_an_older_backup_does_not_stop_the_journal_that_went_on(full: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(full / "journal", tmp_path / "old")
    moves(run, full, "postgres", "20 entries")
    write(full, "went on")
    shutil.rmtree(full / "journal")
    shutil.copytree(tmp_path / "old", full / "journal")
    refused(run, full, "postgres", "has 5 entries in files and 6 others in postgres")
    (full / "journal").rename(tmp_path / "put away")
    assert len(journal_of(full)[MONDAY]) == 6


def test_a_server_that_stops_half_way_leaves_the_files_in_use(
    full: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = store_move._compared

    def stopped(*words: Any) -> Any:
        server.stop()
        return really(*words)

    with monkeypatch.context() as patch:
        patch.setattr(store_move, "_compared", stopped)
        refused(run, full, "postgres", "does not answer")
    write(full, "work goes on")
    server.start()
    moves(run, full, "postgres", "21 entries of 4 days are now in postgres and were checked.")


def test_no_server_no_move(full: Path, run: Run, server: LoopbackServer) -> None:
    server.stop()
    before = bytes_in(full)
    refused(run, full, "postgres", "does not answer. Nothing was changed")
    assert bytes_in(full) == before
    write(full, "work goes on")


def test_a_damaged_day_is_told_and_a_newer_one_refused(full: Path, run: Run) -> None:
    day = MONDAY - timedelta(days=1)
    path = FileStore(full).path(day)
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 2', '"format": 3'), encoding="utf-8")
    refused(run, full, "postgres", f"{day}.json was written by a newer version of shopday")
    write(full, "work goes on")
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 3', '"format": 2')
                    .replace('"2": {"at"', '"2": {"when"'), encoding="utf-8")  # fmt: skip
    result = run("journal", "move", full, "--to", "postgres")
    assert "20 entries of 4 days are now in postgres" in result.stdout
    assert f"{day}.json: 1 entry could not be read and is left out; it stays in the file." in result.stdout


def test_who_may_not_write_does_not_move(full: Path, run: Run) -> None:
    with (full / "shop.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[team]]\nname = "陆正"\nuser = "boss"\nroles = ["viewer"]\n')
    result = run("journal", "move", full, "--to", "postgres", user="boss")
    assert result.exit_code == 2
    assert "journal" not in chosen(full)


def test_compared_means_entry_by_entry(full: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that arrives changed is found although the counts agree."""
    really = PostgresStore.append_marked

    def changed(store: PostgresStore, day: date, make: Any) -> Any:
        return really(store, day, lambda ids: [one._replace(who="?") for one in make(ids)])

    monkeypatch.setattr(PostgresStore, "append_marked", changed)
    refused(run, full, "postgres", "has 5 entries in files and 5 others in postgres")


def test_a_mark_nobody_can_read_closes_the_journal(full: Path) -> None:
    (full / "journal" / ".moved").write_text("torn", encoding="utf-8")
    with pytest.raises(BadInput, match="The journal has moved"):
        store_of(full)
