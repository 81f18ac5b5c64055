"""A shop whose list of imports is gone, as somebody meets it: told, checked, repaired, pruned."""

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from core.facts.ledger import Ledger
from tests.cli.conftest import EXPORTS, NINE, REVIEWS, STOCK, Run, bytes_in
from tests.cli.test_bad_input import one_clean_line
from tests.cli.test_doctor import states


@pytest.fixture
def lost(shop: Path, run: Run) -> Path:
    """A shop with an import and without its ledger."""
    assert run("import", shop, STOCK).exit_code == 0
    Ledger(shop).path.unlink()
    return shop


COMMANDS: dict[str, Callable[[Path], list[object]]] = {
    "ask": lambda shop: ["ask", shop, "stock"],
    "import": lambda shop: ["import", shop, REVIEWS],
    "look at an import": lambda shop: ["import", shop, REVIEWS, "--dry-run"],
    "undo": lambda shop: ["undo", shop, "20261116T090000-00000000"],
    "list": lambda shop: ["undo", shop],
    "promises": lambda shop: ["promises", shop],
    "review": lambda shop: ["review", shop],
    "find": lambda shop: ["find", shop, "销售额>1"],
    "table": lambda shop: ["table", shop, "operations"],
}


@pytest.mark.parametrize("case", COMMANDS)
def test_every_command_says_what_to_do_and_changes_nothing(lost: Path, run: Run, case: str) -> None:
    before = bytes_in(lost)
    result = run(*COMMANDS[case](lost))
    assert (result.exit_code, result.stdout) == (3, ""), result.output
    one_clean_line(result.stderr)
    assert f"run: shopday doctor {lost} --repair" in result.stderr
    assert bytes_in(lost) == before


def test_the_doctor_finds_it_and_repairs_it(lost: Path, run: Run) -> None:
    result = run("doctor", lost)
    assert (result.exit_code, "--repair" in result.stderr) == (3, True)

    done = run("doctor", lost, "--repair")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("1 import was put back into the list, as recorded in its rows:\n")
    assert STOCK.name in done.stdout
    assert run("doctor", lost, "--repair").stdout == "There is nothing to repair.\n"
    assert states(run("doctor", lost, "--json").stdout)["facts"] == "ok"
    assert "already imported" in run("import", lost, STOCK).stdout
    assert run("ask", lost, "stock").exit_code == 4, "what else it needs has not been imported"


def test_the_repair_as_json(lost: Path, run: Run) -> None:
    (batch,) = [path.stem for path in (lost / "facts").glob("*/*.parquet")]
    assert json.loads(run("doctor", lost, "--repair", "--json").stdout) == {
        "ledger_kept": None, "named": [batch], "guessed": [], "undone": [], "gone": [],
        "brought_back": [], "quarantined": [],
    }  # fmt: skip


def test_a_newer_ledger_is_left_as_it_is(shop: Path, run: Run) -> None:
    run("import", shop, STOCK)
    Ledger(shop).path.write_text('{"version": 2, "batches": []}')
    before = bytes_in(shop)
    for words in (["ask", shop, "stock"], ["import", shop, REVIEWS], ["doctor", shop, "--repair"]):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (3, "")
        assert "written by a newer version of shopday" in result.stderr
    assert bytes_in(shop) == before


def test_rows_that_are_gone(shop: Path, run: Run) -> None:
    items = max((EXPORTS / "items").iterdir())
    run("import", shop, REVIEWS, items)
    assert run("ask", shop, "reviews").exit_code == 0
    batch = next(one for one in Ledger(shop).batches() if one.sheet == "reviews")
    Ledger(shop).file_of(batch).unlink()
    shutil.rmtree(shop / "cache")
    for words in (
        ["ask", shop, "reviews"],
        ["import", shop, STOCK],
        ["import", shop, STOCK, "--dry-run"],
        ["doctor", shop],
    ):
        result = run(*words)
        assert result.exit_code == 3
        one_clean_line(result.stderr)
        assert f"shopday doctor {shop} --repair" in result.stderr
    assert "it no longer counts; import its file again" in run("doctor", shop, "--repair").stdout
    assert "imported," in run("import", shop, REVIEWS).stdout
    assert run("ask", shop, "reviews").exit_code == 0


def test_an_older_ledger_then_an_import_then_the_doctor(shop: Path, run: Run) -> None:
    run("import", shop, STOCK)
    old = Ledger(shop).path.read_bytes()
    run("import", shop, REVIEWS)
    text = Ledger(shop).path.read_bytes()
    Ledger(shop).path.write_bytes(old)
    checked = run("doctor", shop)
    assert (checked.exit_code, "1 data file belongs to no import" in checked.stdout) == (0, True)

    hours = next((EXPORTS / "hours").iterdir())
    imported = run("import", shop, hours)
    assert imported.exit_code == 0
    assert "1 data file that belongs to no import was moved to quarantine" in imported.stdout
    assert "1 data file is in quarantine." in run("doctor", shop).stdout

    assert REVIEWS.name in run("doctor", shop, "--repair").stdout
    assert [batch.id for batch in Ledger(shop).batches()][:2] == [
        row["id"] for row in json.loads(text)["batches"]
    ]
    assert states(run("doctor", shop, "--json").stdout)["facts"] == "ok"


def test_pruning_removes_only_what_is_14_days_old(shop: Path, run: Run) -> None:
    run("import", shop, STOCK)
    (shop / "facts" / "reviews").mkdir()
    (shop / "facts" / "reviews" / "x.parquet").write_text("x")
    run("import", shop, REVIEWS)
    kept = run("doctor", shop, "--prune", clock=NINE + timedelta(days=13))
    assert kept.stdout.startswith("0 data files were deleted. 1 data file stays in quarantine")
    removed = run("doctor", shop, "--prune", clock=NINE + timedelta(days=14))
    assert removed.stdout == "1 data file was deleted.\n"
    assert len(Ledger(shop).batches()) == len(list((shop / "facts").rglob("*.parquet"))) == 2


@pytest.mark.parametrize("option", ["--repair", "--prune"])
def test_how_they_are_used(shop: Path, run: Run, option: str) -> None:
    assert run("doctor", option).exit_code == 2
    assert run("doctor", shop, option, "--backup", "x.tar.gz").exit_code == 2
    assert run("doctor", shop, "--repair", "--prune").exit_code == 2
    assert run("doctor", shop, option).exit_code == 0, "a shop without imports"
    assert option in run("doctor", "--help").stdout


@pytest.mark.parametrize("option", ["--repair", "--prune"])
def test_who_only_looks_repairs_nothing(lost: Path, run: Run, option: str) -> None:
    text = (lost / "shop.toml").read_text()
    (lost / "shop.toml").write_text(text + '\n[[team]]\nname = "陆正"\nuser = "sys"\nroles = ["viewer"]\n')
    before = bytes_in(lost)
    result = run("doctor", lost, option, user="sys")
    assert (result.exit_code, bytes_in(lost)) == (2, before), result.output


def test_it_is_said_in_chinese(lost: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPDAY_LANG", "zh")
    (lost / "shop.toml").write_text((lost / "shop.toml").read_text().replace('"en"', '"zh"'))
    assert "导入台账不见了" in run("ask", lost, "stock").stderr
    assert "收回台账" in run("doctor", lost, "--repair").stdout
