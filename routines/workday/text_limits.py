"""Limit the length of a text (note, reply, field) to ``[limits] text`` of shop.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from core.errors import UsageError
from core.journal.entry import Kind
from core.language.wording import say

_TYPED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "note": ("text",),
    "reply": ("text",),
    "record": ("values",),
    "decision": ("choice", "detail"),
    "action": ("text", "owner", "item"),
    "action-update": ("reason", "owner"),
    "skipped": ("reason",),
    "setting": ("values",),
    "setting-update": ("reason",),
}
"""The typed texts of each kind of entry; all other texts come from the program or quote earlier entries."""
_WHITE_SPACE: Final = 1_000
"""The number of surrounding whitespace characters allowed in addition, because they are stripped."""


def refuse_long_entry(kind: Kind, data: Mapping[str, Any], most: int) -> None:
    """Raise UsageError if a typed text of the entry is longer than ``most`` characters."""
    refuse_long([data.get(name) for name in _TYPED.get(kind, ())], most)


def refuse_long(typed: Any, most: int) -> None:  # noqa: ANN401 - plain values
    """Raise UsageError if a text in ``typed`` is longer than ``most`` characters."""
    length = max(map(len, _texts(typed)), default=0)
    if length > most:
        raise UsageError(
            say(
                "This is {length} characters long, and one text may have {most}. "
                "Shorten or split it; nothing was written.",
                length=f"{length:,}",
                most=f"{most:,}",
            )
        )


def read_text(stream: TextIO, most: int) -> str:
    """Return the text in the stream; raise UsageError, without reading the rest, if it is far too long."""
    text = stream.read(most + _WHITE_SPACE + 1)
    if len(text) > most + _WHITE_SPACE:
        raise UsageError(
            say(
                "This is more than {most} characters long, and one text may have no more. "
                "Shorten or split it; nothing was written.",
                most=f"{most:,}",
            )
        )
    return text


def _texts(data: Any) -> Iterator[str]:  # noqa: ANN401 - plain values
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
