"""What the system refuses reaches the screen as a sentence, never as Python's own words for it."""

from __future__ import annotations

import ast
import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import BadInput
from core.storage.system_errors import words_of
from tests.conftest import ROOT
from tui.cli.exit_codes import ended


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BadInput("shop.toml:3: no."), "shop.toml:3: no."),
        (ValueError("no number"), "no number"),
        (
            OSError(errno.EIO, "Input/output error", "/shop/x"),
            "/shop/x cannot be used: Input/output error. Check",
        ),
        (OSError(errno.EIO, "Input/output error"), "The system says: Input/output error. Check whether"),
        (PermissionError(), "The system says: PermissionError. Check"),
        (TimeoutError(), "What you asked for took too long and was stopped. Check"),
    ],
)
def test_one_sentence_that_says_what_to_do(error: Exception, words: str) -> None:
    told = words_of(error)
    assert told.startswith(words)
    assert "[Errno" not in told


def raw(file: Path) -> Iterator[str]:
    """Yield where a handler of OSError puts the error itself into words."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ExceptHandler) or node.name is None or node.type is None:
            continue
        if "OSError" not in ast.unparse(node.type):
            continue
        calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
        for call in calls:
            if ast.unparse(call.func) in ("words_of", "getattr", "isinstance"):
                continue
            for argument in [*call.args, *(word.value for word in call.keywords)]:
                if isinstance(argument, ast.Name) and argument.id == node.name:
                    yield f"{file.relative_to(ROOT)}:{argument.lineno}"


def test_no_screen_shows_the_systems_error_itself() -> None:
    assert [place for file in sorted((ROOT / "tui").rglob("*.py")) for place in raw(file)] == []


def test_a_command_ends_with_the_same_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def refused() -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/shop/x")

    assert ended(refused) == 3
    told = capsys.readouterr().err
    assert (
        "/shop/x cannot be used: Permission denied. "
        "Check whether what you asked for was done; if not, do it again."
    ) in told
    assert "othing was changed" not in told
