"""An agency writes its shops into one fleet.toml; what cannot be right there is said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadSettings
from routines.fleet.fleet import load_fleet


def shop(folder: Path) -> Path:
    """Make a shop that has a name and nothing else."""
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(f'name = "{folder.name}"\n', encoding="utf-8")
    return folder


def fleet_file(folder: Path, text: str) -> Path:
    """Write a fleet.toml."""
    file = folder / "fleet.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shops_are_named_in_order_and_paths_start_from_the_file(tmp_path: Path) -> None:
    near, far = shop(tmp_path / "agency" / "lanting"), shop(tmp_path / "elsewhere" / "qinghe")
    file = fleet_file(tmp_path / "agency", f'[shops]\n"青禾童装" = "{far}"\nlanting = "lanting"\n')
    fleet = load_fleet(file)
    assert list(fleet.shops.items()) == [("青禾童装", far), ("lanting", near)]
    assert fleet.board.store == "files"
    assert load_fleet(tmp_path / "agency") == fleet


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[shop]\nlanting = "lanting"\n', "fleet.toml:1: shop: there is no “shop”. Did you mean “shops”?"),
        ("[shops]\nlanting = 3\n", "fleet.toml:2: shops.lanting: 3 was written, but text in quotes"),
        ("[board]\n", "“shops” is missing. Add it."),
        ("[shops]\n", "fleet.toml: [shops] names no shop yet."),
        ('[shops]\n"../x" = "lanting"\n', "fleet.toml:2: “../x” cannot be a shop's name"),
        ('[shops]\nlanting = "lanting"\nagain = "./lanting"\n', "fleet.toml:3: “again” and “lanting” are"),
        ('[shops]\ngone = "gone"\n', "fleet.toml:2: the folder of “gone” has no shop.toml"),
        (
            '[shops]\nlanting = "lanting"\n[board]\nstore = "mysql"\n',
            "“mysql” is not one of: files, postgres",
        ),
        (
            '[shops]\nlanting = "lanting"\n[board]\nurl = "x"\n',
            "there is no “url”. Available here: store, name",
        ),
        ("[shops\n", "fleet.toml"),
    ],
)
def test_what_cannot_be_right_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    shop(tmp_path / "lanting")
    with pytest.raises(BadSettings, match=r".") as error:
        load_fleet(fleet_file(tmp_path, text))
    assert said in str(error.value)
    assert error.value.exit_code == 3


def test_a_missing_file_is_said_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"There is no .*fleet\.toml"):
        load_fleet(tmp_path)


def test_a_shop_that_vanished_can_be_listed_instead(tmp_path: Path) -> None:
    shop(tmp_path / "lanting")
    file = fleet_file(tmp_path, '[shops]\nlanting = "lanting"\ngone = "gone"\n')
    fleet = load_fleet(file, all_there=False)
    assert fleet.missing == ("gone",)
    assert list(fleet.shops) == ["lanting", "gone"]
