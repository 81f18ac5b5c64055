"""A month of small files is read from one file: faster, and never another answer."""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from core.answers.answer_codec import encode
from core.errors import BadInput
from core.exports.kinds.items import Items
from core.exports.kinds.registry import SHEETS
from core.exports.kinds.shop_day import ShopDay
from core.exports.sheet import Sheet
from core.facts import month_rows, window
from core.facts.batches import fetch
from core.facts.frames_in_memory import FramesInMemory
from core.facts.imports import undo
from core.facts.ledger import Ledger
from core.facts.window import load
from routines.answers.compute_answer import said
from routines.days.day_plan import boxes_for
from tests.conftest import copy_without_cache
from tests.facts.random_shop import DAYS, START, take_random
from tests.facts.shops import AT, days, drop, take

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
NEVER = 1 << 30


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count the row files that are opened; nothing is remembered of other tests."""
    seen: list[Path] = []

    def counted(path: Path, *rest: object, **more: object) -> pd.DataFrame:
        seen.append(path)
        return fetch(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(month_rows, "fetch", counted)
    monkeypatch.setattr(month_rows, "_IN_MEMORY", FramesInMemory(64 << 20))
    forget(monkeypatch)
    return seen


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do as a new process does, which has no window in memory."""
    monkeypatch.setattr(window, "_RECENT", FramesInMemory(128 << 20))


def kept(shop: Path, sheet: type[Sheet] = ShopDay) -> list[Path]:
    return sorted((shop / "cache" / "facts" / sheet.id).glob("*"))


def daily(shop: Path, number: int = 8, first: int = 1) -> list[str]:
    """Import one file a day, as a robot does; return their batches."""
    return [
        take(shop, drop(shop, f"{day}.csv", days({f"2026-11-{day:02}": day}))).id
        for day in range(first, first + number)
    ]


def sales(shop: Path) -> list[float]:
    return list(load(shop, ShopDay, FIRST, LAST).frame["gmv"])


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with texts as texts: which categories no row has is no difference."""
    return frame.astype({name: "str" for name in frame if frame[name].dtype == "category"})


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.id)
def test_with_it_and_without_it_every_window_holds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: type[Sheet]
) -> None:
    chance = random.Random(1)
    batches: list[str] = []
    for number in range(11):
        batches.append(take_random(tmp_path, sheet, number, chance).id)
        if number % 5 == 4:
            undo(tmp_path, batches.pop(chance.randrange(len(batches))), who="lan", at=AT)
        if number % 4 != 2:
            continue
        first = START + timedelta(days=chance.randrange(DAYS))
        last = first + timedelta(days=chance.choice((10, 70)))
        monkeypatch.setattr(month_rows, "FEWEST", NEVER)
        forget(monkeypatch)
        plainly = load(tmp_path, sheet, first, last)
        for fewest in (2, 4):
            monkeypatch.setattr(month_rows, "FEWEST", fewest)
            for _ in ("put together", "from the file", "from memory"):
                found = load(tmp_path, sheet, first, last)
                assert found.batches == plainly.batches
                pd.testing.assert_frame_equal(plain(found.frame), plain(plainly.frame))
                if _ == "put together":
                    forget(monkeypatch)
    assert kept(tmp_path, sheet), "some month was worth it"


def test_a_month_of_daily_files_is_opened_once_and_then_never_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    daily(tmp_path)
    assert sales(tmp_path) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(opened) == 8
    forget(monkeypatch)
    assert sales(tmp_path) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(opened) == 8
    daily(tmp_path, 1, first=9)
    opened.clear()
    assert sales(tmp_path) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert len(opened) == 1, "only what came since"
    assert len(kept(tmp_path)) == 1, "what was kept before is gone"


@pytest.mark.parametrize(("number", "files"), [(month_rows.FEWEST - 1, 0), (month_rows.FEWEST, 1)])
def test_a_few_files_stay_as_they_are(tmp_path: Path, number: int, files: int) -> None:
    daily(tmp_path, number)
    assert len(sales(tmp_path)) == number
    assert len(kept(tmp_path)) == files


@pytest.mark.parametrize(
    ("limit", "rows", "files"),
    [("SMALL", 0, 0), ("SMALL", 1, 1), ("LARGEST_MONTH", 7, 0), ("LARGEST_MONTH", 8, 1)],
)
def test_large_files_and_months_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, rows: int, files: int
) -> None:
    monkeypatch.setattr(month_rows, limit, rows)
    daily(tmp_path)
    assert len(sales(tmp_path)) == 8
    assert len(kept(tmp_path)) == files


def test_an_import_taken_back_no_longer_counts(tmp_path: Path) -> None:
    batches = daily(tmp_path)
    corrected = take(tmp_path, drop(tmp_path, "corrected.csv", days({"2026-11-03": 30})))
    assert sales(tmp_path) == [1, 2, 30, 4, 5, 6, 7, 8]
    undo(tmp_path, corrected.id, who="lan", at=AT)
    assert sales(tmp_path) == [1, 2, 3, 4, 5, 6, 7, 8], "the older file counts again"
    undo(tmp_path, batches[0], who="lan", at=AT)
    assert sales(tmp_path) == [2, 3, 4, 5, 6, 7, 8]


def test_the_cache_may_be_removed_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    daily(tmp_path)
    for _ in range(2):
        assert len(sales(tmp_path)) == 8
        assert len(kept(tmp_path)) == 1
        shutil.rmtree(tmp_path / "cache")
        forget(monkeypatch)


def test_a_damaged_file_in_the_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    daily(tmp_path)
    before = sales(tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    middle = len(whole) // 3
    for damaged in (
        b"",
        whole[:-100],
        b"\0" * len(whole),
        whole[:50] + b"\0" * middle + whole[50 + middle :],
    ):
        file.write_bytes(damaged)
        forget(monkeypatch)
        assert sales(tmp_path) == before
        assert file.read_bytes() == whole


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_rows_that_are_gone_or_damaged_are_told_whatever_is_kept(tmp_path: Path, harm: str) -> None:
    batches = daily(tmp_path)
    sales(tmp_path)
    file = tmp_path / "facts" / "shop_day" / f"{batches[2]}.parquet"
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(b"PAR1 half")
    with pytest.raises(BadInput, match=harm):
        sales(tmp_path)


def test_where_nothing_can_be_kept_it_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    daily(tmp_path)
    (tmp_path / "cache").write_text("no folder")
    before = sales(tmp_path)
    forget(monkeypatch)
    assert list(load(tmp_path, ShopDay, date(2026, 11, 2), LAST).frame["gmv"]) == before[1:]
    assert len(opened) == 8


def test_what_an_analysis_changes_in_its_rows_nobody_else_sees(tmp_path: Path) -> None:
    daily(tmp_path)
    found = load(tmp_path, ShopDay, FIRST, LAST).frame
    found["gmv"] = 0.0
    found.loc[0, "visitors"] = -1.0
    again = load(tmp_path, ShopDay, FIRST, LAST).frame
    assert list(again["gmv"]) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert again["visitors"].tolist() == [100] * 8


def _import_one_by_one(shop: Path) -> None:
    daily(shop, 16)


def test_while_others_import_each_look_is_a_state_that_was(tmp_path: Path) -> None:
    importer = multiprocessing.get_context("fork").Process(target=_import_one_by_one, args=(tmp_path,))
    importer.start()
    seen: list[list[float]] = []
    while importer.is_alive():
        seen.append(sales(tmp_path))
    seen.append(sales(tmp_path))
    assert importer.exitcode == 0
    assert all(one == [float(n) for n in range(1, len(one) + 1)] for one in seen)
    assert len(seen[-1]) == 16


@pytest.mark.timeout(600)
def test_a_morning_reads_each_file_once_and_says_what_it_says_without_any_of_it(
    sample_shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    now = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    steps = [box.step.id for box in boxes_for("weekday", None) if box.step.analyse][:5]

    def morning(name: str) -> tuple[list[str], list[Path]]:
        shop = copy_without_cache(sample_shop, tmp_path / name)
        opened.clear()
        answers = [json.dumps(encode(said(shop, step, day=now.date(), now=now, lang="en"))) for step in steps]
        return answers, list(opened)

    with_it, few = morning("with it")
    assert len(few) == len(set(few)), "each file once"
    with monkeypatch.context() as patch:
        patch.setattr(month_rows, "FEWEST", NEVER)
        patch.setattr(window, "_RECENT", FramesInMemory(0))
        without, many = morning("without it")
    assert with_it == without
    assert len(many) > 2 * len(few)


def test_of_what_counted_in_the_past_nothing_is_kept(tmp_path: Path) -> None:
    """What counted in the past is asked for rarely: it must not push out what counts now."""
    daily(tmp_path)
    then = Ledger(tmp_path).live(ShopDay.id)[:6]
    assert len(load(tmp_path, ShopDay, FIRST, LAST, among=then).frame) == 6
    assert kept(tmp_path) == []


def test_as_much_is_kept_in_memory_as_fits() -> None:
    frame = Items.empty().reindex(range(10))
    size = int(frame.memory_usage(deep=True).sum())
    memory = FramesInMemory(4 * size)
    for number in range(5):
        memory.put(number, frame)
    assert [number for number in range(5) if memory.get(number) is not None] == [1, 2, 3, 4]
    memory.get(1)
    memory.put(5, frame)
    assert memory.get(1) is not None
    assert memory.get(2) is None, "the one not asked for longest is gone"
    FramesInMemory(4 * size - 1).put(1, frame)
    small = FramesInMemory(4 * size - 1)
    small.put(1, frame)
    assert small.get(1) is None, "one that takes more than a quarter is not kept"
