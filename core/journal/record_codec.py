"""Convert a record's values in the journal into its dataclass."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def typed(kind: type[T], values: object) -> T | None:
    """Return the values as an instance of ``kind``; None if a required value is missing or invalid.

    Values of the wrong type count as missing; unknown names are ignored.
    """
    if not isinstance(values, dict):
        return None
    given: dict[str, Any] = {}
    for name, (hint, optional) in _fields(kind).items():  # type: ignore[arg-type]  # a class is hashable
        value = _value(hint, values.get(name))
        if value is not None:
            given[name] = value
        elif not optional:
            return None
    return kind(**given)


def unknown(kind: type[object], values: object) -> tuple[tuple[str, str | int | float | bool], ...]:
    """Return the plain values under names that ``kind`` does not have, such as fields of a shop's own."""
    if not isinstance(values, dict):
        return ()
    known = _fields(kind)  # type: ignore[arg-type]  # a class is hashable
    return tuple(
        (str(name), value)
        for name, value in values.items()
        if name not in known and isinstance(value, str | int | float | bool) and value != ""
    )


@cache
def _fields(kind: type[object]) -> dict[str, tuple[type, bool]]:
    """Return the plain type of each field, and whether the field is optional."""
    hints = get_type_hints(kind)
    declared = fields(kind)  # type: ignore[arg-type]  # every record is a dataclass
    return {
        field.name: (
            _bare(hints[field.name]),
            field.default is not MISSING or field.default_factory is not MISSING,
        )
        for field in declared
    }


def _bare(hint: Any) -> type:  # noqa: ANN401 - any annotation
    if get_origin(hint) in (Union, UnionType):
        hint = next(argument for argument in get_args(hint) if argument is not NoneType)
    return hint if isinstance(hint, type) else str


def _value(hint: type, value: object) -> object:
    """Return the value converted to the field's type; None if that is not possible."""
    if value is None or isinstance(value, hint):
        return None if isinstance(value, bool) and hint is int else value
    try:
        if hint is date and isinstance(value, str):
            return date.fromisoformat(value)
        if hint is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
    except ValueError:
        return None
    if hint is int and isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if hint is str and isinstance(value, int | float) else None
