"""What was parsed once is kept in the shop's cache: the same settings come of it, and nobody else's."""

from __future__ import annotations

import json
import os
import tomllib
from datetime import date
from pathlib import Path

import pytest

from core.errors import BadSettings
from core.shop import loading
from core.shop.loading import load_shop
from core.shop.settings import Shop, settings_file
from tests.conftest import ROOT

SAMPLE = ROOT / "sample" / "shop.toml"


def opened(folder: Path) -> Shop:
    """Load the settings as a new process does."""
    loading._shop.cache_clear()
    return load_shop(folder)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "cache").mkdir()
    settings_file(tmp_path).write_bytes(SAMPLE.read_bytes())
    return tmp_path


def unparsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(tomllib, "loads", refuse)


def held(shop: Path) -> Path:
    (file,) = (shop / "cache").iterdir()
    return file


def test_the_second_opening_parses_nothing_and_knows_the_same(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(shop)
    assert any(isinstance(special.start, date) for special in first.calendar)
    unparsed(monkeypatch)
    assert opened(shop) == first
    assert repr(opened(shop)) == repr(first), "1 and 1.0 are told apart, dates are dates"


def test_a_change_of_one_character_counts_at_once(shop: Path) -> None:
    before = opened(shop)
    file = settings_file(shop)
    text = file.read_text(encoding="utf-8")
    stamp = file.stat()
    file.write_text(
        text.replace(f'name = "{before.name}"', f'name = "{before.name[:-1]}X"', 1), encoding="utf-8"
    )
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert opened(shop).name == f"{before.name[:-1]}X"


def test_what_is_wrong_is_said_each_time_and_never_kept(shop: Path) -> None:
    settings_file(shop).write_text('name = "x"\nmargin = "35%"\n', encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BadSettings, match=r"shop.toml:2: margin"):
            opened(shop)
    assert not list((shop / "cache").iterdir())


@pytest.mark.parametrize(
    "bytes_", [b"", b"{", b"[]", b'{"of": 1}', b"[" * 100_000, b"\xff", b'{"\\u0000day": 5}']
)
def test_a_damaged_one_is_made_anew(shop: Path, bytes_: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(shop)
    good = held(shop).read_bytes()
    held(shop).write_bytes(bytes_)
    assert opened(shop) == first
    assert held(shop).read_bytes() == good
    unparsed(monkeypatch)
    assert opened(shop) == first


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give a file away")
def test_what_a_colleague_wrote_there_is_not_believed(shop: Path) -> None:
    first = opened(shop)
    forged = json.loads(held(shop).read_bytes())
    forged["tables"]["name"] = "forged"
    held(shop).write_text(json.dumps(forged, ensure_ascii=False), encoding="utf-8")
    assert opened(shop).name == "forged", "their own they may write as they like"
    os.chown(held(shop), 12345, -1)
    assert opened(shop) == first


def test_where_nothing_can_be_kept_the_shop_opens_all_the_same(shop: Path) -> None:
    (shop / "cache").rmdir()
    first = opened(shop)
    assert not (shop / "cache").exists()
    (shop / "cache").write_text("a file where the folder should be")
    assert opened(shop) == first
