"""``shopday board``: many shops as JSON or as a page, for whoever may see them; errors of fleet.toml."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import NINE, Run, bytes_in
from tests.conftest import ROOT
from tests.tui.test_fleet_board import THREE, make_fleet, row

TEAM = '[[team]]\nname = "沈岚"\nuser = "root"\n'


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Three shops with rows."""
    folder = tmp_path / "agency"
    folder.mkdir()
    make_fleet(folder, THREE)
    return folder


def test_the_board_as_json_has_what_the_screen_shows(run: Run, fleet: Path) -> None:
    done = run("board", fleet / "fleet.toml", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["at"] == NINE.isoformat()
    lanting, qinghe, mubai = told["shops"]
    assert (lanting["shop"], lanting["at_stake"], lanting["level"]) == ("lanting", 42_300.0, "act")
    assert lanting["month"]["target"] == 2_470_000
    assert lanting["yesterday"] == {"sold": 37460, "target": 48001}
    assert lanting["headline"]["text"].startswith("No row fits.")
    assert lanting["steps"][0] == {
        "step": "target",
        "title": "Target",
        "at": "08:30",
        "level": "act",
        "state": "late",
    }
    assert qinghe["missing"] == [{"sheet": "stock", "title": "Stock", "state": "expected"}]
    assert qinghe["at_stake"] is None
    assert (mubai["report"], mubai["agenda"]["who"]) == ("draft", ["周末"])


def test_reading_the_board_changes_nothing(run: Run, fleet: Path) -> None:
    before = bytes_in(fleet)
    run("board", fleet, "--json")
    assert bytes_in(fleet) == before


def test_each_person_gets_the_shops_of_their_teams(run: Run, fleet: Path) -> None:
    (fleet / "mubai" / "shop.toml").write_text(f'name = "mubai"\n{TEAM}', encoding="utf-8")
    others = json.loads(run("board", fleet, "--json", user="lan").stdout)
    assert [one["shop"] for one in others["shops"]] == ["lanting", "qinghe"]
    assert others["hidden"] == 1
    own = json.loads(run("board", fleet, "--json", user="root").stdout)
    assert len(own["shops"]) == 3
    named = json.loads(run("--who", "沈岚", "board", fleet, "--json", user="lan").stdout)
    assert [one["shop"] for one in named["shops"]] == ["lanting", "qinghe"], "an account cannot take a name"


def test_the_page_is_one_file_with_everything(run: Run, fleet: Path, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    done = run("board", fleet, "--html", file)
    assert done.output == f"Saved: {file}\n"
    page = file.read_text(encoding="utf-8")
    assert "¥51,000" in page
    assert "Missing: Stock" in page
    assert page.index("mubai") < page.index("lanting") < page.index("qinghe")
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[shop]\n", "fleet.toml:1: shop: there is no “shop”. Did you mean “shops”?"),
        ("[shops]\n[bord]\n", "fleet.toml:2: bord: there is no “bord”. Did you mean “board”?"),
        ("[shops]\n", "fleet.toml: [shops] names no shop yet."),
        ("[shops\n", "fleet.toml"),
        ('[shops]\na = "a"\n[board]\nstore = "postgres"\n', "fleet.toml: board.name must be a name"),
    ],
)
def test_a_wrong_fleet_file_is_said_in_one_sentence(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "fleet.toml").write_text(text, encoding="utf-8")
    done = run("board", tmp_path, "--json")
    assert done.exit_code == 3
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_without_a_file_it_is_said_what_to_write(run: Run, tmp_path: Path) -> None:
    done = run("board", tmp_path / "nothing", "--json")
    assert done.exit_code == 3
    assert "Write one with a table [shops]" in done.stderr


def test_one_shop_that_vanished_does_not_hide_the_others(run: Run, fleet: Path) -> None:
    (fleet / "lanting" / "shop.toml").unlink()
    shops = json.loads(run("board", fleet, "--json").stdout)["shops"]
    assert shops[0]["trouble"].startswith("The folder of this shop is not there")
    assert shops[0]["at_stake"] == 42_300.0
    assert shops[1]["trouble"] is None


def test_hostile_names_stay_text(run: Run, tmp_path: Path) -> None:
    make_fleet(tmp_path, [row("evil", headline="\x1b]0;x\x07<img src=http://127.0.0.1:9/x>", name="<b>")])
    assert "\x1b" not in run("board", tmp_path, "--json").stdout
    run("board", tmp_path, "--html", tmp_path / "b.html")
    page = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "\x1b" not in page


def test_a_restricted_session_has_no_board(fleet: Path) -> None:
    restricted = {"SHOPDAY_RESTRICTED": "1", "SHOPDAY_SHOP": str(fleet / "lanting")}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "board", str(fleet), "--json"],
        env={**os.environ, **restricted}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "There is no other shop here." in done.stderr


def test_one_shops_row_is_computed_again(run: Run, lanting: Path, tmp_path: Path) -> None:
    (tmp_path / "fleet.toml").write_text('[shops]\nlanting = "lanting"\n', encoding="utf-8")
    run("ask", lanting, "stock", "--date", "2026-11-16")
    done = run("board", tmp_path, "--renew", "lanting")
    assert (done.exit_code, done.output) == (0, "Computed: lanting\n")
    (shop,) = json.loads(run("board", tmp_path, "--json").stdout)["shops"]
    assert (shop["name"], shop["age_minutes"], shop["old"]) == ("兰亭女装旗舰店", 0, False)
    assert shop["headline"]["step"] == "stock"
    nobody = run("board", tmp_path, "--renew", "qinghe")
    assert (nobody.exit_code, nobody.stderr) == (2, "There is no shop “qinghe” on this board.\n")
