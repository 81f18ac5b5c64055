"""Language-independent texts, stored as values and translated only when they are shown.

Analyses create messages and pass them on; :func:`core.language.wording.text` is the only way to turn one into
a string. The functions have the names and parameters of those in ``wording``, so a module can switch by
changing its import. Messages compare by content, are hashable, and refuse ``str()`` and f-strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias, get_args

Form: TypeAlias = Literal[
    "money",
    "short_money",
    "price",
    "count",
    "percent",
    "ratio",
    "rate_of",
    "day",
    "full_day",
    "short_day",
    "days",
    "weekday",
]
"""The formats for numbers and dates; each is the name of a function in this module and in ``wording``."""
DASH: Final = "—"
"""Shown for an unknown value (None) in every language, instead of 0."""
Between: TypeAlias = Literal["names", "clauses", "sentences"]
"""How the parts of a list are joined: ``a, b`` (names), ``a; b`` (clauses) or ``a b`` (sentences)."""


class Message:
    """A text that has not been translated yet; :func:`core.language.wording.text` renders it."""

    __slots__ = ()

    def __str__(self) -> str:
        raise TypeError("a message is rendered by core.language.wording.text(), not by str() or an f-string")

    def __format__(self, _: str) -> str:
        raise TypeError("a message goes into another one as a value of say(), not into an f-string")


Words: TypeAlias = Message | str
"""A message, or a string that is shown as it is: a name, text typed by a person, text of an older version."""
Value: TypeAlias = Message | str | int | float | None
"""A value for a ``{name}`` placeholder; None means unknown and is shown as a dash."""
Given: TypeAlias = str | int | float | None
_LARGEST: Final = 1e18
"""Numbers with a larger absolute value are treated as unknown; no shop has any."""


@dataclass(frozen=True, slots=True)
class Sentence(Message):
    """An English sentence, which is also its message id, and the values of its ``{name}`` placeholders."""

    id: str
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted(Message):
    """A sentence with a singular and a plural form; the number ``n`` selects the form and fills ``{n}``."""

    one: str
    many: str
    n: int
    values: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown(Message):
    """A number or a date to be formatted in the reader's language; ``form`` says how (money, percent …).

    A number is in the unit of its form (money: yuan, percent: a fraction), a date in ISO format.
    """

    form: Form
    given: tuple[Given, ...]
    options: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed(Message):
    """Several texts joined into one; ``between`` selects how they are joined (:data:`Between`)."""

    parts: tuple[Words, ...]
    between: Between = "names"


@dataclass(frozen=True, slots=True)
class Inside(Message):
    """A text to be put between quotation marks: its own double quotation marks become single ones."""

    words: Words


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a message for translation where it is declared; it is passed to ``say`` later."""
    return message


def say(message: str, /, **values: Value) -> Message:
    """Return the sentence with its placeholder values; raise TypeError for a value that is not a Value."""
    return Sentence(message, _values(values))


def meaning(sheet: str) -> Message:
    """Return a message that says what the sheet's figures mean on the shop's platform.

    The text is in ``[means]`` of the platform's profile.
    """
    return Sentence(f"{{means_{sheet}}}")


def plural(one: str, many: str, n: int, /, **values: Value) -> Message:
    """Return a message that shows the singular or the plural sentence, depending on ``n``; fills ``{n}``."""
    return Counted(one, many, int(n), _values(values))


def money(yuan: float | None, *, sign: bool = False) -> Message:
    """Return an amount in yuan, formatted in full: ¥1,234; below 100 with fen if it has any: ¥12.30."""
    return Shown("money", (_number(yuan),), _options(sign=sign))


def short_money(yuan: float | None) -> Message:
    """Return an amount in yuan in at most seven terminal cells: 35.7万 in Chinese, ¥357k in English."""
    return Shown("short_money", (_number(yuan),))


def price(yuan: float | None) -> Message:
    """Return a price per click or per piece, always with fen (hundredths of a yuan): ¥1.69."""
    return Shown("price", (_number(yuan),))


def count(number: float | None, *, sign: bool = False) -> Message:
    """Return a whole number with thousands separators: 2,126."""
    return Shown("count", (_number(number),), _options(sign=sign))


def percent(fraction: float | None, digits: int = 1, *, sign: bool = False) -> Message:
    """Return a fraction as a percentage: 0.0283 becomes 2.8%."""
    return Shown("percent", _digits(fraction, digits, 1), _options(sign=sign))


def ratio(value: float | None, digits: int = 2, *, sign: bool = False) -> Message:
    """Return a ratio such as an ROI, with ``digits`` decimals: 2.86."""
    return Shown("ratio", _digits(value, digits, 2), _options(sign=sign))


def rate_of(k: float | None, n: float | None, low: float | None = None, high: float | None = None) -> Message:
    """Return a rate as ``k/n = r% (lo–hi)``, the format of every rate; r is a dash if n is 0."""
    known = (_number(k), _number(n))
    if low is None or high is None:
        return Shown("rate_of", known)
    return Shown("rate_of", (*known, _number(low), _number(high)))


def day(when: date | None) -> Message:
    """Return a date with its weekday: 11月16日 周一 / Mon 16 Nov."""
    return Shown("day", (_iso(when),))


def full_day(when: date | None) -> Message:
    """Return a date with weekday and year: 2026年11月16日 周一 / Mon 16 Nov 2026."""
    return Shown("full_day", (_iso(when),))


def short_day(when: date | None) -> Message:
    """Return a date without its weekday: 11月16日 / 16 Nov."""
    return Shown("short_day", (_iso(when),))


def weekday(when: date | None) -> Message:
    """Return the weekday of a date: 周一 / Mon."""
    return Shown("weekday", (_iso(when),))


def days(found: Iterable[date]) -> Message:
    """Return dates in order, with runs of three or more days as a range: 1 Nov–12 Nov, 14 Nov."""
    return Shown("days", tuple(sorted(_iso(when) or "" for when in found)))


def listing(parts: Iterable[Words]) -> Message:
    """Return a list of names: a、b、c / a, b, c."""
    return Listed(tuple(parts), "names")


def clauses(parts: Iterable[Words]) -> Message:
    """Return the clauses of one sentence, joined: a；b / a; b. Empty strings are left out."""
    return _together(parts, "clauses")


def sentences(parts: Iterable[Words]) -> Message:
    """Return several sentences in a row, separated by a space in languages that use one.

    Empty strings are left out.
    """
    return _together(parts, "sentences")


def inside(words: Words) -> Message:
    """Return a text to be put between quotation marks: its own double quotation marks become single ones."""
    return Inside(words)


def _values(values: dict[str, Any]) -> tuple[tuple[str, Value], ...]:
    return tuple((name, _value(value)) for name, value in values.items())


def _value(value: Any) -> Value:  # noqa: ANN401 - _number turns numpy's scalars into Python's
    return value if isinstance(value, Message | str) else _number(value)


def _number(value: Any) -> int | float | None:  # noqa: ANN401 - may be a numpy scalar
    """Return the number as a Python int or float; None if it is unknown, infinite or too large."""
    if type(value) not in (int, float):
        if value is None:
            return None
        value = value.item() if hasattr(value, "item") else value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{type(value).__name__} is neither a text nor a number")
    return value if abs(value) <= _LARGEST else None  # a comparison with NaN is false


def _digits(value: float | None, digits: int, usual: int) -> tuple[Given, ...]:
    return (_number(value),) if digits == usual else (_number(value), digits)


def _options(*, sign: bool) -> tuple[tuple[str, bool], ...]:
    return (("sign", True),) if sign else ()


def _iso(when: date | None) -> str | None:
    return None if when is None or when != when else date(when.year, when.month, when.day).isoformat()  # noqa: PLR0124 - pandas' NaT


def _together(parts: Iterable[Words], between: Between) -> Message:
    """Return the parts joined; empty strings are left out and nested lists of the same kind are flattened."""
    row: list[Words] = []
    for part in parts:
        if isinstance(part, Listed) and part.between == between:
            row.extend(part.parts)
        elif part != "":
            row.append(part)
    return Listed(tuple(row), between)


# -- serialization as JSON -------------------------------------------------------------------------

MARK: Final = "$"
"""Starts the key that marks a JSON object as a message; no other key in our files starts with it."""
DEEPEST: Final = 16
"""Maximum nesting depth of messages; the deepest message of an analysis has six levels."""
_MOST_DIGITS: Final = 8
_SIGNED: Final = ("money", "count", "percent", "ratio")
_NUMBERS: Final[dict[str, tuple[Callable[..., Message], tuple[int, ...]]]] = {
    "money": (money, (1,)),
    "short_money": (short_money, (1,)),
    "price": (price, (1,)),
    "count": (count, (1,)),
    "percent": (percent, (1, 2)),
    "ratio": (ratio, (1, 2)),
    "rate_of": (rate_of, (2, 4)),
}
"""For each number format, its function and the numbers of arguments it may have."""
_DATES: Final[dict[str, Callable[[date | None], Message]]] = {
    "day": day,
    "full_day": full_day,
    "short_day": short_day,
    "weekday": weekday,
}


def plain(words: Words) -> str | dict[str, Any]:
    """Return the text as JSON: a string unchanged, a message as an object.

    The objects are ``{"$": id, "v": {...}}``, ``{"$": one, "p": many, "n": 9, "v": {...}}``,
    ``{"$money": 110}``, ``{"$money": [-660, {"sign": true}]}``, ``{"$list": [...], "b": "clauses"}`` and
    ``{"$inside": text}``. Raise ValueError if messages are nested deeper than :func:`read` allows.
    """
    return words if isinstance(words, str) else _plain(words, 1)


def read(data: object) -> Words:
    """Return the text from JSON written by :func:`plain`; raise ValueError for anything else."""
    return data if isinstance(data, str) else _read(data, 1)


def _plain(words: Value, depth: int) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(words, Message):
        return words
    if depth > DEEPEST:
        raise ValueError("messages are nested too deep")
    match words:
        case Sentence(id=message, values=values):
            return {MARK: message} | _plain_values(values, depth)
        case Counted(one=one, many=many, n=n, values=values):
            return {MARK: one, "p": many, "n": n} | _plain_values(values, depth)
        case Shown():
            given = [*words.given, *([dict(words.options)] if words.options else [])]
            return {f"{MARK}{words.form}": given[0] if len(given) == 1 else given}
        case Listed(parts=parts, between=between):
            listed = {f"{MARK}list": [_plain(part, depth + 1) for part in parts]}
            return listed if between == "names" else {**listed, "b": between}
        case Inside():
            return {f"{MARK}inside": _plain(words.words, depth + 1)}
    raise TypeError(f"{type(words).__name__} is no message")


def _plain_values(values: tuple[tuple[str, Value], ...], depth: int) -> dict[str, Any]:
    return {"v": {name: _plain(value, depth + 1) for name, value in values}} if values else {}


def _read(data: object, depth: int) -> Words:
    if isinstance(data, str):
        return data
    if not isinstance(data, dict) or depth > DEEPEST:
        raise ValueError("no text")
    name, given = next(iter(data.items()), ("", None))
    if not isinstance(name, str) or not name.startswith(MARK):
        raise ValueError("no text")
    match name.removeprefix(MARK):
        case "":
            return _read_sentence(data, depth)
        case "list":
            _only(data, name, "b")
            between = data.get("b", "names")
            if not isinstance(given, list) or between not in get_args(Between):
                raise ValueError("no list of texts")
            return Listed(tuple(_read(part, depth + 1) for part in given), between)
        case "inside":
            _only(data, name)
            return Inside(_read(given, depth + 1))
        case form:
            _only(data, name)
            return _read_shown(form, given if isinstance(given, list) else [given])


def _read_sentence(data: dict[str, Any], depth: int) -> Message:
    _only(data, MARK, "p", "n", "v")
    values = data.get("v", {})
    if not isinstance(values, dict):
        raise ValueError("no values")  # noqa: TRY004 - every error in journal data is a ValueError
    message = _text(data[MARK])
    filled = tuple((_text(name), _read_value(value, depth + 1)) for name, value in values.items())
    if not {"p", "n"} & set(data):
        return Sentence(message, filled)
    n = _checked_number(data.get("n"))
    if not isinstance(n, int):
        raise ValueError("no whole number")  # noqa: TRY004 - every error in journal data is a ValueError
    return Counted(message, _text(data.get("p")), n, filled)


def _read_value(value: object, depth: int) -> Value:
    return _read(value, depth) if isinstance(value, str | dict) else _checked_number(value)


def _read_shown(form: str, row: list[Any]) -> Message:
    if form == "days":
        return days(_read_date(one) for one in row)
    signed = bool(row) and row[-1] == {"sign": True} and form in _SIGNED
    given = row[:-1] if signed else row
    if form in _NUMBERS:
        make, sizes = _NUMBERS[form]
        numbers = [_checked_number(one) for one in given]
        digits = numbers[1:] if form in ("percent", "ratio") else []
        if len(numbers) not in sizes or not all(one in range(_MOST_DIGITS + 1) for one in digits):
            raise ValueError(f"{form} is not given so")
        return make(*numbers[:1], *(digits or numbers[1:]), **({"sign": True} if signed else {}))
    if len(given) != 1:
        raise ValueError("one date is wanted")
    when = given[0]
    if form in _DATES:
        return _DATES[form](None if when is None else _read_date(when))
    raise ValueError("unknown form")


def _read_date(given: object) -> date:
    when = date.fromisoformat(_text(given))
    if when.isoformat() != given:
        raise ValueError("no ISO date")
    return when


def _only(data: dict[str, Any], *names: str) -> None:
    if not set(data) <= set(names):
        raise ValueError("unknown field")


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("no text")  # noqa: TRY004 - every error in journal data is a ValueError
    return given


def _checked_number(given: object) -> int | float | None:
    if given is None:
        return None
    if type(given) not in (int, float) or not abs(given) <= _LARGEST:  # type: ignore[arg-type]  # a number
        raise ValueError("no number")
    return given  # type: ignore[return-value]  # a number
