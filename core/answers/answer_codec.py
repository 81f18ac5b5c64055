"""Conversion of answers to and from JSON, for the cache, pipes, the journal and ``ask --json``.

The codec is derived from the dataclasses of :mod:`core.answers.answer`, one function per class, the first
time that it is used. A new field needs no change here; a field with an unsupported annotation raises
TypeError at that time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from core.answers.answer import (
    Answer,
    Finding,
    Need,
    Number,
    Part,
    Proposal,
    Series,
    Table,
    TableColumn,
    Verdict,
)
from core.language import message, wording
from core.language.message import Message, Words

T = TypeVar("T")
_Step: TypeAlias = Callable[[Any], Any]
"""A function that converts one value to or from JSON."""
_ALWAYS: Final[dict[type, frozenset[str]]] = {
    Proposal: frozenset({"metric", "direction", "due", "expected", "item"}),
    Finding: frozenset({"proposals"}),
    Number: frozenset({"low", "high", "reference"}),
    TableColumn: frozenset({"kind"}),
    Table: frozenset({"keys"}),
    Series: frozenset({"marks"}),
    Part: frozenset({"low", "high"}),
    Need: frozenset({"missing", "title"}),
    Answer: frozenset({"findings", "evidence", "limits", "needs", "batches", "figures"}),
}
"""Fields that are written even if they have their default value, as users of ``ask --json`` expect them.

The field ``kind``, which distinguishes the classes of a union, is also always written.
"""


def encode(answer: Answer[Any], words: Callable[[Any], Any] = message.plain) -> dict[str, Any]:
    """Return the answer in the JSON form that ``ask --json`` prints; ``words`` converts its texts.

    Fields with their default value are omitted, except those in :data:`_ALWAYS`.
    """
    return cast("dict[str, Any]", _writer(Answer, words)(answer))


def decode(data: object, words: Callable[[object], T] = message.read) -> Answer[T]:  # type: ignore[assignment]  # T is Words by default
    """Return the answer from JSON written by :func:`encode`; raise ValueError if it is invalid.

    ``words`` converts its texts.
    """
    try:
        return cast("Answer[T]", _reader(Answer, words)(data))
    except (AttributeError, LookupError, TypeError) as error:
        raise ValueError(f"no answer: {error}") from error


def decode_shown(data: object) -> Answer:
    """Return the answer with its texts rendered in the current language.

    Raise ValueError if it is invalid.
    """
    return decode(data, wording.shown)


def decode_verdict(data: object) -> Verdict:
    """Return only the answer's verdict, rendered in the current language.

    Raise ValueError if it is invalid.
    """
    try:
        return cast("Verdict", _reader(Verdict, wording.shown)(cast("Any", data)["verdict"]))
    except (AttributeError, LookupError, TypeError) as error:
        raise ValueError(f"no answer: {error}") from error


def rendered(answer: Answer[Words]) -> Answer:
    """Return the answer with its texts rendered in the current language."""
    return decode(encode(answer, wording.text), wording.shown)


def encode_value(kind: type[Any], value: object, words: Callable[[Any], Any] = message.plain) -> Any:  # noqa: ANN401 - JSON
    """Return a value of a dataclass made of the same kinds of fields as an answer, as JSON."""
    return _writer(cast("Any", kind), words)(value)


def decode_value(kind: type[T], data: object, words: Callable[[object], Any] = message.read) -> T:
    """Return the value of ``kind`` from JSON of :func:`encode_value`; raise ValueError if it is invalid."""
    try:
        return cast("T", _reader(cast("Any", kind), words)(data))
    except (AttributeError, LookupError, TypeError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error


# -- shapes of fields ------------------------------------------------------------------------------

_Kind: TypeAlias = Literal[
    "text", "cell", "plain", "literal", "one", "maybe", "tagged", "row", "named", "figures"
]
_SCALARS: Final = (str, int, float, bool)
_CELLS: Final[frozenset[type]] = frozenset({*_SCALARS, NoneType})


def _shape(hint: Any) -> tuple[_Kind, Any]:  # noqa: ANN401, PLR0911 - an annotation; one return per shape
    """Return the annotation's kind of shape and its parameter; raise TypeError if it is unsupported."""
    origin, parts = get_origin(hint), get_args(hint)
    if isinstance(hint, TypeVar):
        return "text", None
    if hint in _SCALARS:
        return "plain", (hint,)
    if origin is Literal:
        return "literal", frozenset(parts)
    if is_dataclass(origin or hint):
        return "one", origin or hint
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        pair = get_args(parts[0])
        named = get_origin(parts[0]) is tuple and pair[0] is str and isinstance(pair[1], TypeVar)
        return ("named", None) if named else ("row", parts[0])
    if origin is Mapping and parts == (str, Mapping[str, float]):
        return "figures", None
    if origin in (Union, UnionType):
        return _union(hint, [part for part in parts if part is not NoneType])
    raise TypeError(f"no JSON is known for {hint}")


def _union(hint: Any, parts: list[Any]) -> tuple[_Kind, Any]:  # noqa: ANN401 - an annotation
    classes = [get_origin(part) or part for part in parts]
    scalars = [part for part in parts if part in _SCALARS or get_origin(part) is Literal]
    if len(scalars) < len(parts) and all(part in scalars or isinstance(part, TypeVar) for part in parts):
        return "cell", None
    if len(scalars) == len(parts) == 1:
        kind, of = _shape(scalars[0])
        return kind, of | {None} if kind == "literal" else (*of, NoneType)
    if all(is_dataclass(one) for one in classes):
        if len(classes) == 1:
            return "maybe", classes[0]
        return "tagged", {_tag(one): one for one in classes}
    raise TypeError(f"no JSON is known for {hint}")


def _tag(kind: type) -> str:
    """Return the only possible value of the class's field ``kind``."""
    (tag,) = get_args(get_type_hints(kind)["kind"])
    return str(tag)


def _fields(kind: type) -> list[tuple[Field[Any], Any]]:
    """Return the class's fields with their annotations; the ``kind`` field comes first."""
    hints = get_type_hints(kind)
    every = [(field, hints[field.name]) for field in fields(kind)]
    return sorted(every, key=lambda one: not _is_tag(*one))


def _is_tag(field: Field[Any], hint: Any) -> bool:  # noqa: ANN401 - an annotation
    """Return whether the field is a ``kind`` with only one possible value."""
    return field.name == "kind" and len(get_args(hint)) == 1


# -- writing ---------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _writer(hint: Any, words: _Step) -> _Step:  # noqa: ANN401, PLR0911 - an annotation; one return per shape
    kind, of = _shape(hint)
    match kind:
        case "text":
            return words
        case "cell":
            return lambda value: words(value) if isinstance(value, Message) else value
        case "one":
            return _class_writer(of, words)
        case "maybe":
            whole = _class_writer(of, words)
            return lambda value: None if value is None else whole(value)
        case "tagged":
            each = {one: _class_writer(one, words) for one in of.values()}
            return lambda value: each[type(value)](value)
        case "row":
            inner = _writer(of, words)
            return list if inner is _same else lambda row: [inner(value) for value in row]
        case "named":
            return lambda pairs: {name: words(text) for name, text in pairs}
        case "figures":
            return lambda days: {day: dict(values) for day, values in days.items()}
    return _same


def _class_writer(kind: type, words: _Step) -> _Step:
    always = _ALWAYS.get(kind, frozenset())
    steps = [
        (
            field.name,
            _writer(hint, words),
            MISSING if field.name in always or _is_tag(field, hint) else field.default,
        )
        for field, hint in _fields(kind)
    ]

    def write(value: object) -> dict[str, Any]:
        written = {}
        for name, step, default in steps:
            held = getattr(value, name)
            if default is MISSING or held != default:
                written[name] = held if step is _same else step(held)
        return written

    return write


def _same(value: object) -> object:
    return value


# -- reading ---------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _reader(hint: Any, words: _Step) -> _Step:  # noqa: ANN401, C901, PLR0911 - an annotation; one return per shape
    kind, of = _shape(hint)
    match kind:
        case "text":
            return words
        case "cell":
            return _either(words)
        case "plain":
            return _checked(of)
        case "literal":
            return lambda value: _one_of(of, value)
        case "one":
            return _class_reader(of, words)
        case "maybe":
            whole = _class_reader(of, words)
            return lambda data: None if data is None else whole(data)
        case "tagged":
            each = {tag: _class_reader(one, words) for tag, one in of.items()}
            return lambda data: each[data["kind"]](data)
        case "row":
            return _row_reader(of, words)
        case "named":
            return lambda data: tuple([(name, words(text)) for name, text in data.items()])
        case "figures":
            return lambda data: {day: dict(values) for day, values in data.items()}


def _row_reader(hint: Any, words: _Step) -> _Step:  # noqa: ANN401 - an annotation
    """Return a reader for a row; plain values are checked inline, which saves a call for most cells."""
    inner, (kind, of) = _reader(hint, words), _shape(hint)
    plain = _allowed(of) if kind == "plain" else _CELLS if kind == "cell" else None
    if plain is None:
        return lambda data: tuple([inner(value) for value in _list(data)])
    return lambda data: tuple([value if type(value) in plain else inner(value) for value in _list(data)])


def _class_reader(kind: type, words: _Step) -> _Step:
    hints = get_type_hints(kind)
    steps = [
        (field.name, _reader(hints[field.name], words), field.default, field.default_factory)
        for field in fields(kind)
    ]

    def read(data: dict[str, Any]) -> object:
        if not isinstance(data, dict):
            raise TypeError(f"{data!r:.40} is no {kind.__name__}")
        given = []
        for name, step, default, make in steps:
            if name in data:
                given.append(step(data[name]))
            elif default is not MISSING:
                given.append(default)
            elif make is not MISSING:
                given.append(make())
            else:
                raise KeyError(name)
        return kind(*given)

    return read


def _checked(kinds: tuple[type, ...]) -> _Step:
    """Return a reader that accepts plain values of these types and raises TypeError for others."""
    allowed = _allowed(kinds)

    def check(value: object) -> object:
        if type(value) not in allowed and not isinstance(value, kinds):
            raise TypeError(f"{value!r:.40} is out of place")
        return value

    return check


def _allowed(kinds: tuple[type, ...]) -> frozenset[type]:
    """Return the types that values of ``kinds`` may have in JSON.

    A float may also be an int or, in old journals, None.
    """
    return frozenset({*kinds, *((int, NoneType) if float in kinds else ())})


def _either(words: _Step) -> _Step:
    """Return a reader for a cell, which is a plain value or a text."""
    return lambda value: value if type(value) in _CELLS or isinstance(value, _SCALARS) else words(value)


def _one_of(known: frozenset[object], value: object) -> object:
    if value not in known:
        raise TypeError(f"{value!r:.40} is out of place")
    return value


def _list(data: object) -> list[Any]:
    if not isinstance(data, list):
        raise TypeError(f"{data!r:.40} is no list")
    return data
