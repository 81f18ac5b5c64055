"""A shop whose journal lies in PostgreSQL: what the commands say when the server, or a right, is missing."""

from __future__ import annotations

import json
import os
import secrets
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.journal.book import Book
from core.journal.postgres.address import URL
from core.journal.store_choice import POSTGRES, STORES
from tests.cli.conftest import MONDAY, Run
from tests.journal.postgres.loopback import LoopbackServer

pytestmark = pytest.mark.e2e

TABLES = ("journal_entry", "journal_day", "journal_mark")


@pytest.fixture
def on_server(shop: Path, tmp_path: Path) -> Path:
    """The shop, with its journal in PostgreSQL under a key of its own."""
    settings = shop / "shop.toml"
    chosen = f'\n[journal]\nstore = "postgres"\nshop = "{tmp_path.name}"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + chosen, encoding="utf-8")
    return shop


def fails(run: Run, shop: Path, sentence: str, words: tuple[object, ...] = ("stock", "x")) -> None:
    """See that a note ends with one sentence and code 3, and that nothing is written in the folder."""
    before = sorted(shop.rglob("*"))
    result = run("note", shop, *words)
    assert (result.exit_code, result.stdout) == (3, ""), result.output
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert "secret" not in result.stderr
    assert sorted(shop.rglob("*")) == before


def doctor(run: Run, shop: Path) -> dict[str, str]:
    checks = json.loads(run("doctor", shop, "--json").stdout)["checks"]
    return {one["name"]: one["state"] for one in checks}


@pytest.mark.usefixtures("server")
def test_a_day_on_the_server(on_server: Path, run: Run, tmp_path: Path) -> None:
    assert run("note", on_server, "stock", "补 300 件", user="lan").exit_code == 0
    assert "补 300 件" in run("day", on_server, "--date", MONDAY).stdout
    assert "补 300 件" in run("find", on_server, "300").stdout
    assert list((on_server / "journal").iterdir()) == [], "no day file is made"
    states = doctor(run, on_server)
    assert (states["rights"], states["locks"], states["journal"]) == ("ok", "ok", "ok")

    assert run("doctor", on_server, "--backup", tmp_path / "all.tar.gz").exit_code == 0
    with tarfile.open(tmp_path / "all.tar.gz") as archive:
        assert f"{on_server.name}/journal/2026/2026-11-16.json" in archive.getnames()
    assert not list((on_server / "cache").glob("journal.copy"))


@pytest.mark.usefixtures("server")
def test_a_server_that_is_not_there(
    on_server: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop()
    fails(run, on_server, f"PostgreSQL at 127.0.0.1:{server.port} does not answer. Nothing was changed")
    assert doctor(run, on_server)["journal"] == "bad"
    for command in ("day", "find", "review"):
        assert run(command, on_server, *(["x"] if command == "find" else [])).exit_code == 3
    monkeypatch.setenv(URL, "postgresql://shopday@nowhere.invalid/shops")
    fails(run, on_server, "PostgreSQL at nowhere.invalid:5432 does not answer")


@pytest.mark.usefixtures("server")
def test_a_wrong_password(
    on_server: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, server.url(password="not-it"))  # noqa: S106 - of the tests
    fails(
        run, on_server, 'refused the account shopday: password authentication failed for user "shopday". Noth'
    )
    monkeypatch.setenv(URL, server.url().replace(":secret", ""))
    fails(run, on_server, "refused the account shopday: no password supplied. Nothing was changed; check")
    monkeypatch.setenv(URL, server.url(database="elsewhere"))
    fails(
        run,
        on_server,
        'refused the account shopday: database "elsewhere" does not exist. Nothing was changed',
    )


@pytest.mark.parametrize(("oldest", "code"), [(15, 0), (99, 3)])
def test_an_older_server(
    on_server: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, oldest: int, code: int
) -> None:
    monkeypatch.setattr("core.journal.postgres.server.OLDEST", oldest)
    monkeypatch.setenv(URL, server.url() + f"?application_name=oldest{oldest}")  # a connection of its own
    if code:
        fails(run, on_server, "shopday needs 99 or newer. Nothing was changed.")
    else:
        assert run("note", on_server, "stock", "x").exit_code == 0


def test_a_database_that_cannot_hold_chinese(
    on_server: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.sql("CREATE DATABASE western OWNER shopday ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    monkeypatch.setenv(URL, server.url(database="western"))
    fails(run, on_server, "has the encoding LATIN1; create one with UTF8.")


def test_no_rights(
    on_server: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("note", on_server, "stock", "first").exit_code == 0
    server.sql("CREATE ROLE guest LOGIN PASSWORD 'secret'")
    monkeypatch.setenv(URL, server.url(user="guest"))
    fails(run, on_server, "does not give the account guest the rights to the journal")
    assert doctor(run, on_server)["rights"] == "bad"
    server.sql("GRANT USAGE ON SCHEMA shopday TO guest", "shops")
    server.sql("GRANT SELECT ON ALL TABLES IN SCHEMA shopday TO guest", "shops")
    assert "first" in run("day", on_server).stdout
    fails(run, on_server, "does not give the account guest the rights to the journal")
    server.sql("CREATE DATABASE closed")
    server.sql("REVOKE CREATE ON DATABASE closed FROM public")
    monkeypatch.setenv(URL, server.url(user="guest", database="closed"))
    fails(run, on_server, "does not give the account guest the rights to the journal")
    assert doctor(run, on_server)["rights"] == "bad"


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackServer]:
    """A server of one test, whose settings may be changed."""
    server = LoopbackServer()
    monkeypatch.setenv(URL, server.url())
    yield server
    server.remove()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_server(on_server: Path, run: Run, own_server: LoopbackServer) -> None:
    """The entries lie on a disk of two megabytes, filled up with something else."""
    server = own_server
    assert run("note", on_server, "stock", "first").exit_code == 0
    server.stop()
    small = server.start_with_small_disk(2048)
    server.sql(f"CREATE TABLESPACE small LOCATION '{small}'")
    server.sql("ALTER TABLE shopday.journal_entry SET TABLESPACE small", "shops")
    server.sql("CREATE TABLE filler (page text) TABLESPACE small", "shops")
    fill = "BEGIN LOOP INSERT INTO filler VALUES (repeat(md5(random()::text), 60)); COMMIT; END LOOP; END"
    with pytest.raises(AssertionError, match="No space left on device"):
        server.sql(f"DO $$ {fill} $$", "shops")

    sentence = f"The disk of PostgreSQL at 127.0.0.1:{server.port} is full. Nothing was changed"
    kept = [f"{number:02d} {secrets.token_hex(1500)}" for number in range(20)]
    saved = []
    for text in kept:  # what is left of the last page may still take some
        result = run("note", on_server, "stock", text)
        if result.exit_code == 0:
            saved.append(text)
            continue
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1), result.output
        assert sentence in result.stderr
        break
    assert len(saved) < len(kept), "it is really full"
    assert "first" in run("day", on_server).stdout, "reading goes on"

    server.sql("DROP TABLE filler", "shops")
    assert run("note", on_server, "stock", "second").exit_code == 0
    notes = [entry.data["text"] for entry in Book(on_server).day(MONDAY) if entry.kind == "note"]
    assert notes == ["first", *saved, "second"]


def test_a_certificate_that_does_not_fit(
    on_server: Path, run: Run, own_server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server = own_server
    monkeypatch.setenv("HOME", str(tmp_path))
    insecure = f"The connection to PostgreSQL at 127.0.0.1:{server.port} is not secure: "
    monkeypatch.setenv(URL, f"{server.url()}?sslmode=require")
    fails(run, on_server, f"{insecure}server does not support SSL, but SSL was required. Nothing was sent")
    root = server.certify("db.example")
    server.stop()
    server.start()
    assert run("note", on_server, "stock", "encrypted").exit_code == 0

    monkeypatch.setenv(URL, f"{server.url()}?sslmode=verify-full&sslrootcert={root}")
    fails(run, on_server, f'{insecure}server certificate for "db.example" ')
    stranger = LoopbackServer()
    try:
        other = stranger.certify("db.example")
        monkeypatch.setenv(URL, f"{server.url()}?sslmode=verify-ca&sslrootcert={other}")
        fails(run, on_server, f"{insecure}certificate verify failed. Nothing was sent")
    finally:
        stranger.remove()
    monkeypatch.setenv(URL, f"{server.url()}?sslmode=verify-full&sslrootcert={tmp_path / 'none.crt'}")
    fails(run, on_server, "none.crt")
    monkeypatch.setenv(URL, f"{server.url()}?sslmode=verify-ca&sslrootcert={root}")
    assert run("note", on_server, "stock", "checked").exit_code == 0
    notes = [entry.data["text"] for entry in Book(on_server).day(MONDAY) if entry.kind == "note"]
    assert notes == ["encrypted", "checked"]


def test_a_server_that_only_reads(on_server: Path, run: Run, server: LoopbackServer) -> None:
    assert run("note", on_server, "stock", "first").exit_code == 0
    server.sql("ALTER DATABASE shops SET default_transaction_read_only = on")
    server.stop()
    server.start()
    try:
        fails(run, on_server, "only allows reading at the moment. Nothing was changed")
        assert "first" in run("day", on_server).stdout
    finally:
        server.sql("ALTER DATABASE shops RESET default_transaction_read_only")
        server.stop()
        server.start()


def test_the_address_may_lie_in_secrets_and_is_no_channel(
    on_server: Path, run: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(URL)
    file = on_server / "secrets.toml"
    file.write_text(f'[journal]\nurl = "{server.url()}"\n', encoding="utf-8")
    file.chmod(0o600)
    assert run("note", on_server, "stock", "x").exit_code == 0
    states = doctor(run, on_server)
    assert (states["journal"], states["channels"]) == ("ok", "ok")


def test_the_choice_is_named_among_the_others() -> None:
    assert POSTGRES in STORES
