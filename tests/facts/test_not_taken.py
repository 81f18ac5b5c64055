"""A file whose import failed is shown with the reason and what to do, beside the files that went in."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.errors import BadInput, CannotWrite, NotConfirmed
from core.facts.imports import not_taken, preview
from core.storage.atomic_files import write_atomically
from tests.facts.shops import TODAY, days, drop

DAYS = days({"2026-11-14": 1, "2026-11-15": 2})


def refused(folder: Path) -> CannotWrite:
    """Return what a write says that the system refused."""
    (folder / "a folder").mkdir()
    with pytest.raises(CannotWrite) as error:
        write_atomically(folder / "a folder", b"x")
    return error.value


def test_what_the_system_refused_is_to_be_put_right_and_done_again(tmp_path: Path) -> None:
    file = drop(tmp_path, "日报.csv", DAYS)
    looked = preview(tmp_path, file, today=TODAY)
    shown = not_taken(file, refused(tmp_path), looked)

    assert (shown.state, shown.rows, shown.dates) == ("refused", 2, looked.dates)
    assert shown.problems[0].sentence() == (
        f"日报.csv: The file was not imported ({os.strerror(errno.EISDIR)}). "
        "Solve this problem and import the file again."
    )
    assert shown.problems[1:] == looked.problems


@pytest.mark.parametrize(
    "error",
    [
        BadInput("The rows of 1 import are missing. Run: shopday doctor SHOP --repair"),
        CannotWrite("Somebody else has been writing for 10 seconds."),
    ],
)
def test_what_is_a_whole_sentence_already_is_shown_as_it_is(
    tmp_path: Path, error: BadInput | CannotWrite
) -> None:
    shown = not_taken(tmp_path / "日报.csv", error)

    assert (shown.state, shown.file, shown.rows, shown.dates) == ("refused", "日报.csv", 0, ())
    assert [problem.sentence() for problem in shown.problems] == [f"日报.csv: {error}"]
    assert shown.problems[0].level == "refused"


def test_what_is_in_but_not_confirmed_is_not_to_be_imported_once_more(tmp_path: Path) -> None:
    cause = OSError(errno.EIO, os.strerror(errno.EIO))
    error = NotConfirmed("The change is made, but the disk did not confirm it.")
    error.__cause__ = cause
    shown = not_taken(tmp_path / "日报.csv", error)

    assert [problem.sentence() for problem in shown.problems] == [f"日报.csv: {error}"]
