"""``shopday page``: a folder of pages, written again and again, and never over anything else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.storage.swapped_folder import MARKER
from tests.cli.conftest import Run, bytes_in


def test_the_sample_day_becomes_pages_that_link_to_each_other(
    run: Run, lanting: Path, tmp_path: Path
) -> None:
    site, before = tmp_path / "site", bytes_in(lanting)
    done = run("page", lanting, "-o", site, user="lan")
    assert done.exit_code == 0, done.output
    assert f"open {site / 'index.html'} in a browser" in done.output
    names = {file.name for file in site.iterdir()}
    assert {"index.html", "report.html", "month.html", "step-target.html", MARKER} <= names
    assert "¥37,460" in (site / "index.html").read_text(encoding="utf-8")
    assert bytes_in(lanting) == before, "reading leaves the shop as it was"


def test_running_it_again_updates_the_pages_and_removes_those_of_dropped_steps(
    run: Run, shop: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert run("page", shop, "-o", site).exit_code == 0
    assert (site / "step-live.html").exists()
    (shop / "routine.toml").write_text('drop = ["live"]\n', encoding="utf-8")
    run("note", shop, "target", "the new banner is up")
    assert run("page", shop, "-o", site).exit_code == 0
    assert "the new banner is up" in (site / "step-target.html").read_text(encoding="utf-8")
    assert not (site / "step-live.html").exists()
    assert {one.name for one in tmp_path.iterdir() if "site" in one.name} == {"site", ".site.lock"}


@pytest.mark.parametrize("other", ["notes.txt", ".htaccess", "sub"])
def test_a_folder_with_anything_else_in_it_is_left_as_it_is(
    run: Run, shop: Path, tmp_path: Path, other: str
) -> None:
    site = tmp_path / "site"
    assert run("page", shop, "-o", site).exit_code == 0
    if other == "sub":
        (site / other).mkdir()
    else:
        (site / other).write_text("mine", encoding="utf-8")
    before = bytes_in(site)
    done = run("page", shop, "-o", site)
    assert done.exit_code == 2
    assert done.output.strip() == (
        f"{site} holds other files ({other}), so nothing was written. Name a new or an empty folder."
    )
    assert bytes_in(site) == before


def test_the_shops_own_folder_and_a_file_are_refused(run: Run, shop: Path, tmp_path: Path) -> None:
    before = bytes_in(shop)
    assert "holds other files" in run("page", shop, "-o", shop).output
    assert bytes_in(shop) == before
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("page", shop, "-o", tmp_path / "file")
    assert done.exit_code == 2
    assert "is a file; name a folder for the pages." in done.output


def test_a_restricted_session_writes_no_pages(
    run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith(("TEXTUAL", "PYTHON", "XDG_"))]:
        monkeypatch.setenv(name, os.environ[name])  # put back what a restricted session takes away
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("SHOPDAY_RESTRICTED", "1")
    monkeypatch.setenv("SHOPDAY_SHOP", str(shop))
    done = run("page", shop, "-o", tmp_path / "site")
    assert done.exit_code == 2
    assert "restricted session" in done.output
    assert not (tmp_path / "site").exists()
