"""What a command prints: cleaned text, JSON, a progress line."""

from __future__ import annotations

import sys

import click

from core.language.sanitize import json_text, safe


def tell(text: object = "") -> None:
    """Print text, cleaned; characters the terminal's encoding lacks become question marks."""
    click.echo(_encodable(safe(text, lines=True), sys.stdout.encoding))


def tell_json(value: object) -> None:
    """Print the value as JSON; plain ASCII where the output is not UTF-8."""
    text = json_text(value, indent=2)
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    click.echo(text if encoding == "utf8" else text.encode("ascii", "backslashreplace").decode())


def complain(text: object) -> None:
    """Print one line on stderr."""
    click.echo(_encodable(safe(text), sys.stderr.encoding), err=True)


class ProgressLine:
    """One line on stderr that says how far it is; silent where nobody looks."""

    def __init__(self) -> None:
        self._shown = 0
        self._live = sys.stderr.isatty()

    def __call__(self, done: int, total: int, words: str) -> None:
        """Show the state in place of the last one."""
        if self._live:
            from core.language.text_width import cells_of, padded  # the first frame does without wcwidth

            text = safe(f"{done}/{total} {words}")
            sys.stderr.write(f"\r{padded(text, self._shown)}")
            sys.stderr.flush()
            self._shown = cells_of(text)

    def end(self) -> None:
        """Leave the line empty."""
        if self._live and self._shown:
            sys.stderr.write(f"\r{' ' * self._shown}\r")
            sys.stderr.flush()


def _encodable(text: str, encoding: str | None) -> str:
    name = encoding or "utf-8"
    return text.encode(name, "replace").decode(name)


def versions() -> str:
    """Return the program's version and those of Python and the libraries it uses."""
    import platform
    from importlib.metadata import version

    parts = [f"{name} {version(name)}" for name in ("textual", "pandas", "tinydb", "python-dateutil")]
    return f"shopday {version('shopday')} (Python {platform.python_version()}, {', '.join(parts)})"
