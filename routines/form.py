"""What a form is: fields asked in order, and typed text read into plain values in one place.

Screens and commands both go through :meth:`Form.read`, so they refuse the same things in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from core.problem import UsageError
from core.wording import N_, say

FieldKind: TypeAlias = Literal["text", "long", "choice", "yesno", "count", "money", "date", "rival", "item"]
Plain: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks."""

    name: str
    """The record's field."""
    label: str
    """A message id; shown with ``say``."""
    kind: FieldKind = "text"
    """How it is asked; ``rival`` and ``item`` offer the shop's own."""
    choices: tuple[tuple[str, str], ...] = ()
    """(value kept, message id shown) of a ``choice``."""
    hint: str = ""
    """A message id shown while the field is empty."""
    required: bool = False

    def read(self, typed: Any) -> Plain:  # noqa: ANN401 - text from a screen or a value from a command
        """Return what was typed as a plain value, None when empty; UsageError when it cannot be meant."""
        if isinstance(typed, str):
            typed = typed.strip()
        if typed is None or typed == "":
            if self.required:
                raise UsageError(say("“{field}” is needed. Fill it in.", field=say(self.label)))
            return None
        try:
            value = _READERS[self.kind](typed)
        except ValueError:
            raise UsageError(self._refusal(typed)) from None
        if self.choices and value not in dict(self.choices):
            raise UsageError(self._refusal(typed))
        return value

    def _refusal(self, typed: object) -> str:
        if self.choices:
            allowed = ", ".join(say(shown) for _, shown in self.choices)
            return say(
                "“{field}”: “{typed}” is not one of: {allowed}.",
                field=say(self.label),
                typed=typed,
                allowed=allowed,
            )
        return say(
            "“{field}”: “{typed}” cannot be read. {wanted}",
            field=say(self.label),
            typed=typed,
            wanted=say(_WANTED.get(self.kind, "")),
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of record, asked field by field."""

    id: str
    title: str
    record: type[Any]
    fields: tuple[Field, ...]

    def read(self, values: Mapping[str, Any]) -> dict[str, Plain]:
        """Return the values as the record takes them, plain JSON; UsageError names the first wrong field.

        Empty fields are left out, so that the record's own defaults stand for them.
        """
        names = {field.name for field in self.fields}
        unknown = next((name for name in values if name not in names), None)
        if unknown is not None:
            raise UsageError(
                say(
                    "“{form}” has no field “{name}”. Known: {names}.",
                    form=say(self.title),
                    name=unknown,
                    names=", ".join(field.name for field in self.fields),
                )
            )
        read = {field.name: field.read(values.get(field.name)) for field in self.fields}
        return {name: value for name, value in read.items() if value is not None}


_WANTED: Final[dict[FieldKind, str]] = {
    "yesno": N_("Write yes or no."),
    "count": N_("Write a whole number."),
    "money": N_("Write an amount such as 129.90."),
    "date": N_("Write a date such as 2026-11-22."),
}
_UNITS: Final = dict.fromkeys(map(ord, ",，¥￥元 "))
"""What people write around a number, to be left out."""
_TRUE: Final = frozenset({"yes", "y", "true", "1", "是", "有", "对"})
_FALSE: Final = frozenset({"no", "n", "false", "0", "否", "无", "没有", "不是"})


def _text(typed: object) -> str:
    return str(typed)


def _yesno(typed: object) -> bool:
    word = str(typed).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(word)


def _count(typed: object) -> int:
    number = _money(typed)
    if number != int(number):
        raise ValueError(typed)
    return int(number)


def _money(typed: object) -> float:
    word = str(typed).translate(_UNITS)
    scale = 10_000 if word.endswith(("万", "w", "W")) else 1
    word = word.rstrip("万wW")
    if not re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", word):
        raise ValueError(typed)
    return float(word) * scale


def _date(typed: object) -> str:
    if isinstance(typed, date):
        return typed.isoformat()[:10]
    found = re.fullmatch(r"(20\d\d)(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", str(typed))
    if not found:
        raise ValueError(typed)
    return date(int(found[1]), int(found[2]), int(found[3])).isoformat()


_READERS: Final[dict[FieldKind, Callable[[object], Plain]]] = {
    "text": _text,
    "long": _text,
    "choice": _text,
    "yesno": _yesno,
    "count": _count,
    "money": _money,
    "date": _date,
    "rival": _text,
    "item": _text,
}
