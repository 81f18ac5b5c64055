"""A backup while others write: everything confirmed before it began is in it, and all of it can be used."""

from __future__ import annotations

import errno
import shutil
import stat
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sample
from core.errors import BadInput, CannotWrite, UsageError
from core.facts.ledger import Ledger
from core.journal.book import Book
from core.journal.day_files.file_store import FileStore
from core.journal.store_choice import store_of
from core.shop import backup
from core.shop.backup import back_up
from core.storage.regular_files import RegularFile
from tests.conftest import FILES_ONLY
from tests.journal.test_nothing_lost import MONDAY, writer
from tests.server.shared import NINE, at_work, make_shop
from tui.cli.commands import shopday
from tui.cli.context import Terms

pytestmark = pytest.mark.usefixtures("any_store")

EXPORTS = Path(sample.__file__).parent / "exports"
IMPORTER = """
import sys
from datetime import datetime
from pathlib import Path
from core.facts.imports import commit, preview, undo
shop, nine = Path(sys.argv[1]), datetime.fromisoformat("2026-11-16T09:00:00+08:00")
for turn in range(1000):
    for file in sys.argv[2:]:
        batch = commit(shop, preview(shop, Path(file), today=nine.date()), who="x", at=nine)
        print(batch.id, flush=True)
        undo(shop, batch.id, who="x", at=nine)
"""


def restored(file: Path, into: Path) -> Path:
    """Restore it as docs/server.md says."""
    into.mkdir()
    subprocess.run(["tar", "-xpzf", str(file), "-C", str(into)], check=True)
    return into / "lanting"


def test_a_backup_while_people_write_and_import(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    exports = [str(next(EXPORTS.glob(pattern))) for pattern in ("stock/*15.xlsx", "reviews/*")]
    writers = [writer(shop, f"w{number}", 100_000) for number in range(3)]
    importer = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(shop), *exports], stdout=subprocess.PIPE, text=True
    )
    assert importer.stdout is not None
    for _ in range(3):
        importer.stdout.readline()
    try:
        for number in range(5):
            before = [entry.id for entry in Book(shop).day(MONDAY)]
            batches = Ledger(shop).batches()
            file = tmp_path / f"{number}.tar.gz"
            back_up(shop, file, store_of(shop).copies())
            copy = restored(file, tmp_path / f"restored{number}")
            book = Book(copy)
            assert [entry.id for entry in book.day(MONDAY)][: len(before)] == before
            assert book.told() == ()
            ledger = Ledger(copy)
            kept = ledger.batches()
            assert [batch.id for batch in kept][: len(batches)] == [batch.id for batch in batches]
            assert all(ledger.file_of(batch).read_bytes()[-4:] == b"PAR1" for batch in kept)
            assert at_work(copy, "daemon").note("target", "goes on").who == "沈岚"
            time.sleep(0.1)
        assert len(Ledger(shop).batches()) > 3
    finally:
        for process in (*writers, importer):
            process.kill()
            process.communicate()


@FILES_ONLY
def test_what_is_in_it_and_what_is_not(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    lan = at_work(shop, "daemon")
    lan.note("target", "hello")
    lan.drafts.save("note:stock:2026-11-16", "half a thought")
    (shop / "cache").mkdir(exist_ok=True)
    (shop / "cache" / "x").write_text("x")
    (shop / "journal" / "2026" / ".half.json.1-a.tmp").write_text("{")
    (shop / "inbox" / "link").symlink_to("/etc/passwd")
    made = back_up(shop, tmp_path / "out" / "lanting.tar.gz", store_of(shop).copies())
    with tarfile.open(made.file) as archive:
        names = archive.getnames()
        modes = {member.name: stat.S_IMODE(member.mode) for member in archive}
    draft = next(name for name in names if name.startswith("lanting/drafts/") and name.endswith(".json"))
    assert {name for name in names if modes[name] & 0o111 == 0} == {
        "lanting/shop.toml", "lanting/journal/2026/2026-11-16.json", draft,
    }  # fmt: skip
    assert made.files == 3
    assert modes["lanting/journal/2026/2026-11-16.json"] == 0o660
    assert modes["lanting/journal"] == 0o2770


def test_an_older_backup_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    file = tmp_path / "all.tar.gz"
    back_up(shop, file, store_of(shop).copies())
    before = file.read_bytes()
    (shop / "facts").mkdir()
    (shop / "facts" / "ledger.json").mkdir()
    with pytest.raises(UsageError, match="outside"):
        back_up(shop, shop / "reports" / "all.tar.gz", ())
    with pytest.raises(UsageError, match="is a folder"):
        back_up(shop, tmp_path, ())
    (tmp_path / "file").write_text("x")
    with pytest.raises((CannotWrite, BadInput)):
        back_up(shop, tmp_path / "file" / "all.tar.gz", ())
    assert file.read_bytes() == before


def test_the_command_says_how_to_restore(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    file = tmp_path / "all.tar.gz"

    def run(*words: object) -> Result:
        terms = Terms(clock=lambda: NINE, user="daemon")
        env = {"SHOPDAY_LANG": "en"}
        return CliRunner(env=env).invoke(shopday, [str(word) for word in words], obj=terms)

    done = run("doctor", shop, "--backup", file)
    assert (done.exit_code, f"tar -xpzf {file} -C FOLDER" in done.stdout) == (0, True)
    assert '"files": 1' in run("doctor", shop, "--backup", file, "--json").stdout
    assert run("doctor", "--backup", file).exit_code == 2
    shutil.rmtree(shop)
    assert (restored(file, tmp_path / "again") / "shop.toml").is_file()


@pytest.mark.parametrize(
    "name",
    [
        "secrets.toml", "secrets.toml~", "secrets.toml.bak", "secrets.toml.orig", ".secrets.toml.swp",
        ".secrets.toml.un~", "#secrets.toml#", ".#secrets.toml", "secrets.toml.save", "SECRETS.TOML",
        "secrets.bak", "secrets-old.toml", "secrets (1).toml", "copy of secrets.toml", "secrets 副本.toml",
    ],
)  # fmt: skip
def test_the_robots_key_and_what_looks_like_a_copy_of_it_stay_out(tmp_path: Path, name: str) -> None:
    shop = make_shop(tmp_path)
    for place in (shop, shop / "inbox"):
        (place / name).write_text('secret = "SEC"')
    (shop / "inbox" / "secretsanta.csv").write_text("x")
    made = back_up(shop, tmp_path / "all.tar.gz", FileStore(shop).copies())
    with tarfile.open(made.file) as archive:
        files = {member.name for member in archive if member.isfile()}
    assert files == {"lanting/shop.toml", "lanting/inbox/secretsanta.csv"}


SWAPPER = """
import os, sys
from pathlib import Path
shop, secret = Path(sys.argv[1]), Path(sys.argv[2])
(shop / "inbox" / "beside").symlink_to(secret / "key")
(shop / "inbox" / "folder-beside").symlink_to(secret)
(shop / "facts-beside").symlink_to(secret)
(shop / "facts").mkdir()
(shop / "facts" / "ledger.json").write_text("{}")
(shop / "inbox" / "file").write_text("plain")
(shop / "inbox" / "folder").mkdir()
(shop / "inbox" / "folder" / "key").write_text("plain")
import ctypes
exchange = ctypes.CDLL(None).renameat2
def swap(one, other):
    exchange(-100, os.fsencode(one), -100, os.fsencode(other), 2)
print("go", flush=True)
while True:
    swap(shop / "inbox" / "file", shop / "inbox" / "beside")
    swap(shop / "inbox" / "folder", shop / "inbox" / "folder-beside")
    swap(shop / "facts", shop / "facts-beside")
"""


def test_a_link_put_in_between_check_and_reading_wins_no_round(tmp_path: Path) -> None:
    """A colleague swaps files and folders for links to what only root may read, 300 backups long."""
    shop, secret = make_shop(tmp_path), tmp_path / "root-only"
    secret.mkdir()
    for name in ("key", "ledger.json"):
        (secret / name).write_text("PRIVATE KEY")
    swapper = subprocess.Popen(
        [sys.executable, "-c", SWAPPER, str(shop), str(secret)], stdout=subprocess.PIPE
    )
    assert swapper.stdout is not None
    assert swapper.stdout.readline() == b"go\n"
    won, seen = 0, set()
    try:
        for _ in range(300):
            made = back_up(shop, tmp_path / "all.tar.gz", FileStore(shop).copies())
            with tarfile.open(made.file) as archive:
                members = archive.getmembers()
                texts = [
                    file.read() for one in members if one.isfile() and (file := archive.extractfile(one))
                ]
            won += b"PRIVATE KEY" in texts or any(one.issym() or one.islnk() for one in members)
            seen |= {one.name for one in members}
    finally:
        swapper.kill()
        swapper.communicate()
    assert won == 0
    assert {"lanting/inbox/file", "lanting/inbox/folder/key", "lanting/facts/ledger.json"} <= seen


@FILES_ONLY
@pytest.mark.parametrize(
    ("failing", "said"),
    [
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("the disk is odd"), "the disk is odd"),
    ],
)
def test_a_disk_that_does_not_give_a_file_back_makes_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: OSError, said: str
) -> None:
    shop, file = make_shop(tmp_path), tmp_path / "backup.tar.gz"

    def opened(path: Path, **more: Any) -> RegularFile:
        if path.name == "shop.toml":
            raise failing
        return RegularFile(path, **more)

    monkeypatch.setattr(backup, "RegularFile", opened)
    with pytest.raises(BadInput) as told:
        back_up(shop, file, ())
    assert str(told.value) == f"lanting/shop.toml cannot be read: {said}. No backup was made."
    assert not file.exists()


@FILES_ONLY
def test_a_file_that_goes_while_it_is_backed_up_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, file = make_shop(tmp_path), tmp_path / "backup.tar.gz"
    (shop / "gone.txt").touch()

    def opened(path: Path, **more: Any) -> RegularFile:
        (shop / "gone.txt").unlink(missing_ok=True)
        return RegularFile(path, **more)

    monkeypatch.setattr(backup, "RegularFile", opened)
    assert back_up(shop, file, ()).files == 1
    assert sorted(path.name for path in restored(file, tmp_path / "back").iterdir()) == ["inbox", "shop.toml"]
