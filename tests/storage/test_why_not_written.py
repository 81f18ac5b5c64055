"""What is said when something cannot be written: one sentence, with what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.storage.atomic_files import cannot_write

FILE = Path("shop/journal/a.json")
FULL = "The disk is full. Nothing was changed; free some space and try again (shop/journal/a.json)."
DENIED = (
    "You have no write permission in shop/journal. Nothing was changed; ask for "
    "write permission (shop/journal/a.json)."
)
OTHER = "Writing failed (Input/output error). Nothing was changed (shop/journal/a.json)."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, FULL),
        (errno.EACCES, DENIED),
        (errno.EPERM, DENIED),
        (errno.EROFS, DENIED),
        (errno.EIO, OTHER),
    ],
)
def test_each_cause_has_its_sentence(number: int, said: str) -> None:
    assert str(cannot_write(FILE, OSError(number, os.strerror(number)))) == said


def test_an_error_without_a_number_says_its_own_words() -> None:
    assert "Writing failed (odd)." in str(cannot_write(FILE, OSError("odd")))
