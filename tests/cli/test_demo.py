"""The sample shop: made once, made again after a stop, never over somebody's files."""

import json
import shutil
from datetime import time
from pathlib import Path

import pytest

from core.errors import BadInput
from core.facts.ledger import Ledger
from core.journal.actions import actions
from core.journal.book import Book
from core.journal.multi_day_index import MultiDayIndex
from routines.workday.sample_figures import sample_figures
from tests.cli.conftest import NINE, STOCK, Run, bytes_in
from tui.cli.demo import (
    BEGIN,
    LAST_DAY,
    MARK,
    download,
    made_from,
    make_demo,
    replay,
    sample_folder,
    set_aside,
)
from tui.cli.samples import FIRST, SAMPLES, SHOWN
from tui.cli.shop import _take_in, _usual_place


def progress(_done: int, _total: int, _words: str) -> None:
    """Nobody looks."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A sample of one export; its own settings and journal."""
    folder = tmp_path / "sample"
    (folder / "exports" / "stock").mkdir(parents=True)
    for name in ("shop.toml", "entries.json", "typed.json"):
        shutil.copy(sample_folder() / name, folder)
    shutil.copy(STOCK, folder / "exports" / "stock")
    return folder


def test_it_is_made_with_its_settings_exports_and_journal(tmp_path: Path, small: Path) -> None:
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)

    assert (shop / "shop.toml").read_bytes() == (small / "shop.toml").read_bytes()
    assert [batch.file for batch in Ledger(shop).batches()] == [STOCK.name]
    written = [entry for day in Book(shop).days() for entry in Book(shop).day(day)]
    told = json.loads((small / "entries.json").read_bytes())
    assert len(written) == len(told)
    assert {entry.who for entry in written} == {row["who"] for row in told}
    assert sorted(entry.at.isoformat() for entry in written) == sorted(row["at"] for row in told)
    assert (shop / MARK).read_text() == "made\n"
    assert sample_figures(shop, "shift", 1)["agent"] == "阿珂"
    assert sample_figures(shop, "shift", 4) == {}


def test_what_was_said_about_an_action_finds_it(tmp_path: Path, small: Path) -> None:
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)
    told = json.loads((small / "entries.json").read_bytes())

    found = actions(MultiDayIndex(Book(shop)).lasting(LAST_DAY))
    assert sum(len(action.updates) for action in found) == sum(row["kind"] == "action-update" for row in told)
    assert "done" in {action.state for action in found}


def test_an_action_closed_on_the_day_it_was_made(tmp_path: Path) -> None:
    file = tmp_path / "entries.json"
    rows = [
        {
            "at": f"2026-11-15T09:0{minute}:00+08:00",
            "who": "沈岚",
            "kind": kind,
            "step": "standup",
            "data": data,
        }
        for minute, (kind, data) in enumerate(
            [("action", {"id": "a1", "text": "补货"}), ("action-update", {"action": "a1", "state": "done"})]
        )
    ]
    file.write_text(json.dumps(rows), encoding="utf-8")
    replay(tmp_path, file)

    assert [action.state for action in MultiDayIndex(Book(tmp_path)).past(LAST_DAY).actions] == ["done"]


def test_making_it_again_changes_nothing(tmp_path: Path, small: Path) -> None:
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)
    Book(shop).append(LAST_DAY, at=NINE, who="me", kind="note", data={"text": "mine"})
    before = bytes_in(shop)
    make_demo(shop, _take_in, progress, small)

    assert bytes_in(shop) == before


def test_begun_anew_the_shop_of_before_is_kept_with_every_word_in_it(tmp_path: Path, small: Path) -> None:
    shop = tmp_path / "demo"
    assert set_aside(shop) is None
    make_demo(shop, _take_in, progress, small)
    (shop / "journal" / "mine.txt").write_text("a thought")

    assert set_aside(shop) == tmp_path / "demo-1"
    make_demo(shop, _take_in, progress, small)
    assert not (shop / "journal" / "mine.txt").exists()
    assert (tmp_path / "demo-1" / "journal" / "mine.txt").read_text() == "a thought"
    assert set_aside(shop) == tmp_path / "demo-2"


def test_begun_anew_nothing_but_a_sample_shop_is_renamed(tmp_path: Path) -> None:
    shop = tmp_path / "lanting"
    shop.mkdir()
    (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
    assert set_aside(shop) is None
    assert (shop / "shop.toml").exists()


def test_after_a_stop_half_way_it_is_made_whole(tmp_path: Path, small: Path) -> None:
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)
    whole = {name for name in bytes_in(shop) if name.startswith("journal")}
    (shop / MARK).write_text("making\n")
    shutil.rmtree(shop / "facts")
    make_demo(shop, _take_in, progress, small)

    assert len(Ledger(shop).batches()) == 1
    assert {name for name in bytes_in(shop) if name.startswith("journal")} == whole
    assert sum(len(Book(shop).day(day)) for day in Book(shop).days()) == len(
        json.loads((small / "entries.json").read_bytes())
    )


def test_somebodys_folder_is_left_alone(tmp_path: Path, small: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")

    with pytest.raises(BadInput, match="is not empty"):
        make_demo(tmp_path / "mine", _take_in, progress, small)
    assert bytes_in(tmp_path / "mine").keys() == {"notes.txt"}


def test_without_the_sample_one_clear_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tui.cli.demo.find_spec", lambda _name: None)
    result = run("demo", tmp_path / "demo", "--no-open")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "sample shop is not included" in result.stderr
    assert not (tmp_path / "demo").exists()


def waiting(shop: Path) -> set[str]:
    return {file.name for file in (shop / "inbox").iterdir()}


def test_nothing_of_the_evening_waits_in_the_morning(tmp_path: Path, small: Path) -> None:
    shutil.copytree(sample_folder() / "evening", small / "evening")
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)

    assert download(shop, BEGIN, small) == ()
    assert not waiting(shop)


def test_in_the_evening_todays_exports_wait_once(tmp_path: Path, small: Path) -> None:
    shutil.copytree(sample_folder() / "evening", small / "evening")
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)

    at_eight = download(shop, time(20, 5), small)
    assert set(at_eight) == waiting(shop)
    assert len(at_eight) == 2
    assert download(shop, time(20, 10), small) == ()
    _take_in(shop, sorted((shop / "inbox").iterdir()), NINE, progress)
    for file in (shop / "inbox").iterdir():
        file.unlink()
    at_nine = download(shop, time(21, 0), small)
    assert len(at_nine) == 2
    assert not set(at_nine) & set(at_eight), "what was imported does not come back"


def test_it_opens_its_last_day_at_half_past_eight(
    tmp_path: Path, small: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "demo"
    make_demo(shop, _take_in, progress, small)
    opened = []
    monkeypatch.setattr(
        "tui.app.run", lambda folder, *, clock, who, day: opened.append((folder, clock(), who, day))
    )
    run("demo", shop)
    run("demo", shop, "--at", "21:15", user="zhou")
    run("demo", shop, user="somebody")

    assert [(folder, f"{now:%F %H:%M}", who, day) for folder, now, who, day in opened] == [
        (shop, "2026-11-16 08:30", "lan", LAST_DAY),
        (shop, "2026-11-16 21:15", "zhou", LAST_DAY),
        (shop, "2026-11-16 08:30", "lan", LAST_DAY),
    ]


def test_each_sample_has_its_data_and_a_place_of_its_own() -> None:
    folders = [sample_folder(name) for name in SAMPLES]
    assert all((folder / name).exists() for folder in folders for name in ("shop.toml", "exports", "evening"))
    assert len(set(folders)) == len({_usual_place(name) for name in SAMPLES}) == 2
    assert _usual_place(FIRST).name == "shopday-demo", "where it lay before there was a second one"


def test_a_sample_shop_stays_the_one_it_was_made_as(
    tmp_path: Path, small: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made as the first one by an earlier version; opened without its name it is not made anew."""
    earlier, second = tmp_path / "earlier", tmp_path / "second"
    make_demo(earlier, _take_in, progress, small)
    make_demo(second, _take_in, progress, small, SHOWN)
    assert (made_from(earlier), made_from(second)) == (FIRST, SHOWN)
    assert (earlier / MARK).read_text() == "made\n"
    before = bytes_in(earlier)
    opened = []
    monkeypatch.setattr("tui.app.run", lambda folder, **_rest: opened.append(folder))
    assert run("demo", earlier).exit_code == 0
    assert opened == [earlier]
    assert bytes_in(earlier) == before


def test_the_evening_of_a_sample_shop_is_that_of_its_own_sample(tmp_path: Path, small: Path) -> None:
    shop = tmp_path / "second"
    make_demo(shop, _take_in, progress, small, SHOWN)
    names = download(shop, time(20, 5))
    made = sample_folder(SHOWN) / "evening" / "2000"
    assert {name: (shop / "inbox" / name).read_bytes() for name in names} == {
        file.name: file.read_bytes() for file in made.iterdir()
    }


def test_an_unknown_sample_is_one_sentence(run: Run, tmp_path: Path) -> None:
    result = run("demo", tmp_path / "demo", "--sample", "nobody")
    assert result.exit_code == 2
    assert "tangli" in result.stderr
    assert not (tmp_path / "demo").exists()
