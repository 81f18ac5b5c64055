"""Exports in, looked at first if you like, and out again."""

import json
import os
import shutil
from pathlib import Path

from core.exports.reading.recognise import waiting
from core.facts.ledger import Ledger
from tests.cli.conftest import EXPORTS, REVIEWS, STOCK, Run, bytes_in


def test_everything_in_the_inbox_is_imported_once(shop: Path, inbox: Path, run: Run) -> None:
    first = run("import", shop)
    assert first.exit_code == 0, first.output
    assert STOCK.name in first.stdout
    assert "2 files imported." in first.stdout
    assert [batch.who for batch in Ledger(shop).batches()] == ["沈岚", "沈岚"]

    before = bytes_in(shop)
    again = run("import", shop)
    assert (again.exit_code, again.stdout) == (0, "0 files imported. 2 files were already imported.\n")
    assert bytes_in(shop) == before
    assert len(list(inbox.iterdir())) == 2, "what the operator dropped stays where it is"


def test_an_empty_inbox_is_no_trouble(shop: Path, run: Run) -> None:
    result = run("import", shop)

    assert result.exit_code == 0
    assert "There are no files in" in result.stdout


def test_an_export_of_five_gigabytes_is_refused_and_the_others_go_in(
    shop: Path, inbox: Path, run: Run
) -> None:
    with (inbox / "店铺整体日报_2026-11-15.csv").open("w", encoding="utf-8") as file:
        file.write("统计日期,访客数,支付金额\n2026-11-15,1,2\n")
        file.truncate(5 << 30)
    result = run("import", shop)
    assert result.exit_code == 3
    assert "The file has 5,120 MB. Download fewer days at a time (at most 512 MB)." in result.output
    assert len(Ledger(shop).batches()) == 2


def test_a_dry_run_says_it_and_changes_nothing(shop: Path, inbox: Path, run: Run) -> None:
    before = bytes_in(shop)
    result = run("import", shop, inbox / STOCK.name, "--dry-run")

    assert result.exit_code == 0
    assert f"{STOCK.name}: can be imported" in result.stdout
    assert bytes_in(shop) == before
    assert "2 files can be imported." in run("import", shop, "--dry-run").stdout


def test_the_import_as_json(shop: Path, run: Run) -> None:
    (outcome,) = json.loads(run("import", shop, STOCK, "--json").stdout)

    assert list(outcome) == [
        "file",
        "sheet",
        "title",
        "state",
        "rows",
        "dates",
        "replaces",
        "problems",
        "batch",
    ]
    assert (outcome["sheet"], outcome["state"], outcome["dates"]) == ("stock", "new", ["2026-11-15"])
    assert outcome["batch"] == Ledger(shop).batches()[0].id
    (again,) = json.loads(run("import", shop, STOCK, "--json").stdout)
    assert (again["state"], again["batch"]) == ("same", outcome["batch"])


def test_one_bad_file_does_not_keep_the_good_ones_out(shop: Path, inbox: Path, run: Run) -> None:
    (inbox / "弹幕.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    result = run("import", shop)

    assert result.exit_code == 3
    assert "弹幕.csv" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "2 files imported." in result.stdout


def test_two_bad_files_are_counted_in_one_sentence(shop: Path, run: Run, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    result = run("import", shop, tmp_path / "a.csv", tmp_path / "b.csv")

    assert result.exit_code == 3
    assert result.stderr.startswith("2 of 2 files could not be imported; the first: a.csv")
    assert len(result.stderr.splitlines()) == 1


def test_an_import_is_taken_back_by_its_batch(shop: Path, run: Run) -> None:
    assert run("undo", shop).stdout == "Nothing has been imported yet.\n"
    run("import", shop, STOCK)
    batch = Ledger(shop).batches()[0].id
    assert run("undo", shop).stdout.startswith(batch)

    result = run("undo", shop, batch)
    assert (result.exit_code, "Undone: " in result.stdout) == (0, True)
    assert Ledger(shop).live("stock") == ()
    assert Ledger(shop).batches()[0].undone_by == "沈岚"


def test_the_later_download_of_the_same_day_counts(shop: Path, inbox: Path, run: Run) -> None:
    for file in inbox.iterdir():
        file.unlink()
    newer = shutil.copy(REVIEWS, inbox / "a.csv")
    older = shutil.copy(next((EXPORTS / "hours").iterdir()), inbox / "z.xlsx")
    os.utime(older, (1, 1))
    os.utime(newer, (2, 2))
    run("import", shop)

    assert [batch.file for batch in Ledger(shop).batches()] == ["z.xlsx", "a.csv"]


def test_every_sheet_of_the_sample_can_be_imported_by_name(shop: Path, run: Run) -> None:
    files = [
        next(file for file in sorted(folder.iterdir()))
        for folder in sorted(EXPORTS.iterdir())
        if folder.is_dir()
    ]
    result = run("import", shop, *files)

    assert result.exit_code == 0, result.stderr


def test_an_inbox_of_too_many_files_is_refused_before_any_is_opened(
    shop: Path, inbox: Path, run: Run
) -> None:
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("# inbox = 10000", "inbox = 100"))
    archive = inbox / "2025"
    archive.mkdir()
    for number in range(97):
        (archive / f"{number}.part").write_text("")
    assert "2 files imported." in run("import", shop).stdout

    (archive / "98.part").write_text("")
    refused = run("import", shop)

    assert (refused.exit_code, refused.stderr.count("\n")) == (3, 1)
    assert f"{inbox} contains more than 100 files." in refused.stderr
    by_name = run("import", shop, STOCK)
    assert by_name.exit_code == 0, by_name.stderr
    assert "already imported" in by_name.stdout


def test_what_lies_in_folders_of_the_inbox_is_found_but_for_hidden_and_unfinished_files(
    inbox: Path,
) -> None:
    for name in ("a/b/c.csv", "a.csv", "a/.hidden.csv", ".git/x.csv", "__MACOSX/y.csv", "a/z.csv.CRDOWNLOAD"):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text("")
    (inbox / "round").symlink_to(inbox, target_is_directory=True)
    (inbox / "broken").symlink_to(inbox / "gone")

    found = [str(file.relative_to(inbox)) for file in waiting(inbox, 100)]

    assert found == ["a/b/c.csv", "a.csv", *sorted([STOCK.name, REVIEWS.name])]
    assert waiting(inbox / "nowhere", 100) == []
