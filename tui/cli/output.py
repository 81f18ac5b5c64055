"""Output of commands to the terminal: sanitized text, JSON, and a progress line."""

from __future__ import annotations

import shutil
import sys

import click

from core.language.sanitize import json_text, safe


def tell(text: object = "") -> None:
    """Print sanitized text; characters that the terminal's encoding lacks become question marks."""
    click.echo(_encodable(safe(text, lines=True), sys.stdout.encoding))


def program() -> str:
    """Return how to start shopday from here: its name if it is on the PATH, else the path it began from."""
    return "shopday" if shutil.which("shopday") else sys.argv[0]


def tell_json(value: object) -> None:
    """Print the value as JSON; in ASCII only if the output is not UTF-8."""
    text = json_text(value, indent=2)
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    click.echo(text if encoding == "utf8" else text.encode("ascii", "backslashreplace").decode())


def complain(text: object) -> None:
    """Print the text, sanitized, as one line on stderr."""
    click.echo(_encodable(safe(text), sys.stderr.encoding), err=True)


class ProgressLine:
    """A progress line on stderr; silent if stderr is not a terminal."""

    def __init__(self) -> None:
        self._shown = 0
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, words: str) -> None:
        """Show how many items of the total are done, and the text ``words`` on the current item."""
        if self._live:
            from core.language.text_width import cells_of, padded  # not needed for the first frame

            text = safe(f"{done}/{total} {words}")
            sys.stderr.write(f"\r{padded(text, self._shown)}")
            sys.stderr.flush()
            self._shown = cells_of(text)

    def end(self) -> None:
        """Clear the progress line."""
        if self._live and self._shown:
            sys.stderr.write(f"\r{' ' * self._shown}\r")
            sys.stderr.flush()


def _encodable(text: str, encoding: str | None) -> str:
    name = encoding or "utf-8"
    return text.encode(name, "replace").decode(name)


def versions() -> str:
    """Return the versions of the program, of Python and of the main libraries."""
    import platform
    from importlib.metadata import version

    parts = [f"{name} {version(name)}" for name in ("textual", "pandas", "tinydb", "python-dateutil")]
    return f"shopday {version('shopday')} (Python {platform.python_version()}, {', '.join(parts)})"
