"""A colleague puts a FIFO or a link where any file of the shop belongs: nobody waits, nothing leads away."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from click.testing import CliRunner, Result

import sample
from core.errors import ShopdayError
from core.shop.editing import set_target
from core.shop.presence import FilePresence
from routines.days.routine_edit import Frequency, set_frequency
from tests.server.shared import NINE, at_work, make_shop
from tui.cli.commands import shopday
from tui.cli.context import Terms

EXPORTS = Path(sample.__file__).parent / "exports"
STOCK = next(EXPORTS.glob("stock/*15.xlsx"))
REVIEWS = next(EXPORTS.glob("reviews/*"))
ROBOT = '[robot]\nkind = "dingtalk"\nurl = "https://oapi.dingtalk.com/robot/send?access_token=x"\n'
LONGEST = 20
"""Seconds any of the commands may take; a FIFO would hold it up for ever."""


def run(*words: object) -> Result:
    terms = Terms(clock=lambda: NINE, user="daemon")
    return CliRunner(env={"SHOPDAY_LANG": "en"}).invoke(shopday, [str(word) for word in words], obj=terms)


@contextmanager
def nobody_waits(what: str) -> Iterator[None]:
    def late(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"{what} holds the program up")  # no Exception: nothing in the program catches it

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop in which everything was done once, so that each kind of file is there."""
    shop = make_shop(tmp_path_factory.mktemp("worked"))
    shutil.copy(STOCK, shop / "inbox")
    (shop / "routine.toml").write_text("[steps.stock]\nminutes = 20\n", encoding="utf-8")
    (shop / "secrets.toml").write_text(ROBOT, encoding="utf-8")
    (shop / "secrets.toml").chmod(0o600)
    for words in work(shop):
        result = run(*words)
        assert result.exit_code in (0, 4), (words, result.stderr)
    day = at_work(shop, "daemon")
    day.drafts.save("note:stock:2026-11-16", "half a thought")
    day.write_report("# 日报\n", "finished")
    set_target(shop, date(2026, 12, 1), 500_000)
    set_frequency(shop, "stock", Frequency(repeat="weekly:MO"))
    FilePresence(shop).show("何萍", "stock")
    return shop


def work(shop: Path) -> list[tuple[object, ...]]:
    return [
        ("import", shop),
        ("import", shop, REVIEWS),
        ("undo", shop),
        ("note", shop, "target", "a word"),
        ("ask", shop, "stock"),
        ("day", shop),
        ("report", shop),
        ("review", shop, "--month", "2026-11"),
        ("find", shop, "word"),
        ("promises", shop),
        ("table", shop),
        ("post", shop, "--dry-run"),
        ("doctor", shop),
    ]


def files_of(shop: Path) -> list[str]:
    return sorted(str(file.relative_to(shop)) for file in shop.rglob("*") if file.is_file())


def test_a_fifo_in_the_place_of_any_file_holds_nobody_up(worked_in: Path, tmp_path: Path) -> None:
    names = files_of(worked_in)
    kinds = {name.split("/")[0] for name in names}
    assert {"shop.toml", "routine.toml", "journal", "facts", "inbox", "cache", "drafts", "reports"} <= kinds
    for number, name in enumerate(names):
        shop = shutil.copytree(worked_in, tmp_path / str(number))
        (shop / name).unlink()
        os.mkfifo(shop / name)
        with nobody_waits(name):
            for words in work(shop):
                result = run(*words)
                told = (name, words, result.stderr, result.exc_info)
                assert result.exit_code in (0, 2, 3, 4), told
                assert result.stderr.count("\n") <= 1, told
            day_at_the_desk(shop)
        shutil.rmtree(shop)


def test_a_link_in_the_place_of_any_file_leads_nowhere(worked_in: Path, tmp_path: Path) -> None:
    """What the link leads to is exactly what belongs there; it must not be read all the same."""
    away = tmp_path / "away"
    for number, name in enumerate(files_of(worked_in)):
        shop = shutil.copytree(worked_in, tmp_path / str(number))
        (shop / name).rename(away)
        (shop / name).symlink_to(away)
        before = away.read_bytes()
        os.utime(away, (0, away.stat().st_mtime))  # a file that is read gets a later time of access
        for words in work(shop):
            result = run(*words)
            told = (name, words, result.stderr, result.exc_info)
            assert result.exit_code in (0, 2, 3, 4), told
        day_at_the_desk(shop)
        assert away.stat().st_atime == 0, f"{name} was followed"
        assert away.read_bytes() == before, f"{name} was followed"
        shutil.rmtree(shop)


def day_at_the_desk(shop: Path) -> None:
    """Do what a session does beside the commands; what it is refused, it says itself."""
    presence = FilePresence(shop)
    presence.show("沈岚", "stock")
    presence.others()
    presence.leave()
    with suppress(ShopdayError):
        drafts = at_work(shop, "daemon").drafts
        drafts.save("note:stock:2026-11-16", "on")
        drafts.all()
    with suppress(ShopdayError):
        set_target(shop, date(2026, 12, 1), 600_000)
    with suppress(ShopdayError):
        set_frequency(shop, "stock", Frequency())


@pytest.fixture(autouse=True)
def access_times(tmp_path: Path) -> None:
    """Reading must be seen in a file's time of access, else the tests above show nothing."""
    probe = tmp_path / "probe"
    probe.write_bytes(b"x")
    os.utime(probe, (0, probe.stat().st_mtime))
    probe.read_bytes()
    if not probe.stat().st_atime:
        pytest.skip("this file system keeps no times of access")


def test_a_link_in_the_inbox_is_refused_and_one_that_is_named_elsewhere_is_taken(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    (shop / "inbox" / "stock.xlsx").symlink_to(STOCK)
    refused = run("import", shop)
    assert (refused.exit_code, refused.stderr.count("\n")) == (3, 1)
    assert "stock.xlsx: The file cannot be opened: a link instead of a file." in refused.stderr
    assert run("import", shop, shop / "inbox" / "stock.xlsx").exit_code == 3
    (tmp_path / "shortcut").symlink_to(shop / "inbox")
    assert run("import", shop, tmp_path / "shortcut" / "stock.xlsx").exit_code == 3
    (tmp_path / STOCK.name).symlink_to(STOCK)
    assert run("import", shop, tmp_path / STOCK.name).exit_code == 0
    os.mkfifo(shop / "inbox" / "fifo.csv")
    with nobody_waits("a FIFO in the inbox"):
        assert (
            "fifo.csv: The file cannot be opened: not an ordinary file."
            in run("import", shop, shop / "inbox" / "fifo.csv").stderr
        )
        assert "fifo" not in run("import", shop).stderr


def test_a_file_that_is_still_being_written_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is hashed is what is read: a download that goes on in between is refused."""
    from core.facts import imports

    shop = make_shop(tmp_path)
    file = Path(shutil.copy(REVIEWS, shop / "inbox"))
    read = imports._read

    def slowly(*words: object) -> object:
        with file.open("ab") as more:
            more.write(b"more\n")
        return read(*words)  # type: ignore[arg-type]  # the same words

    monkeypatch.setattr(imports, "_read", slowly)
    refused = run("import", shop)
    assert (refused.exit_code, refused.stderr.count("\n")) == (3, 1)
    assert "Another program is still writing the file" in refused.stderr
