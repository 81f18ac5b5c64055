"""Forms: fields asked in order, and the conversion of typed text into plain values.

Screens and commands both use :meth:`Form.read`, so they reject the same input with the same messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, Final, TypeAlias, get_type_hints

from core.errors import UsageError
from core.language.money import exact_money
from core.language.numbers import number
from core.language.wording import N_, excerpt, say
from core.records.ask import Ask, FieldKind
from core.records.score_page import HIGHEST, read_page, read_weights
from core.shop.settings import Shop

Plain: TypeAlias = str | int | float | bool | None
Offer: TypeAlias = tuple[str, str]
"""(stored value, displayed text)."""
Offers: TypeAlias = Mapping[str, Sequence[Offer]]
"""The choices offered in this shop, by kind of field."""


def offers_of(shop: Shop) -> Offers:
    """Return the choices for fields of rivals, shops, items and people as (stored id, displayed name)."""
    rivals = [(rival.id, rival.name or rival.id) for rival in shop.rivals]
    return {
        "rival": rivals,
        "shop": rivals,
        "item": [(item.id, item.name or item.id) for item in shop.items],
        "person": [(one.name, one.name) for one in shop.team if set(one.roles) != {"viewer"}],
    }


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form."""

    name: str
    """The name of the record's field."""
    label: str
    """A message id; displayed with ``say``."""
    kind: FieldKind = "text"
    """The kind of field, which decides how it is asked and parsed."""
    choices: tuple[tuple[str, str], ...] = ()
    """For a ``choice`` or ``open`` field: (stored value, message id displayed)."""
    hint: str = ""
    """A message id displayed while the field is empty."""
    required: bool = False
    check: Callable[[str], object] | None = None
    """A function that raises UsageError for a text that cannot be right; other text is stored as typed."""
    own: bool = False
    """Whether the shop added it in routine.toml."""

    def offered(self, offers: Offers) -> Sequence[Offer]:
        """Return suggestions for the field: its own choices if it accepts any text, else the shop's."""
        if self.kind == "open":
            return [(value, say(words)) for value, words in self.choices]
        return offers.get(self.kind, ())

    def shown(self, value: object, offers: Offers) -> str:
        """Return the text displayed for a stored value."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if self.kind == "choice":
            return say(dict(self.choices).get(str(value), str(value)))
        if self.kind == "money" and isinstance(value, int | float):
            return exact_money(value)
        if isinstance(value, float):
            return number(value)
        return dict(self.offered(offers)).get(str(value), str(value))

    def read(self, typed: Any, offers: Offers | None = None) -> Plain:  # noqa: ANN401 - text or a command's value
        """Parse the typed text into a plain value; None if empty. Raise UsageError if it is invalid.

        If ``offers`` contains a matching name, or exactly one name containing the text, its id is returned.
        """
        if isinstance(typed, str):
            typed = typed.strip()
        if typed is None or typed == "":
            if self.required:
                raise UsageError(say("“{field}” is required. Fill it in.", field=say(self.label)))
            return None
        if self.check is not None:
            self.check(str(typed))
        try:
            value = _READERS[self.kind](typed)
        except ValueError:
            raise UsageError(self._refusal(typed)) from None
        if self.kind == "choice" and value not in dict(self.choices):
            raise UsageError(self._refusal(typed))
        offered = self.offered(offers or {})
        return self._meant(str(value), offered) if offered else value

    def _meant(self, word: str, offered: Sequence[Offer]) -> str:
        """Return the id of the offer with this name, or of the only offer whose name contains the word.

        If there is no such offer, return the word unchanged; raise UsageError instead in a field for a rival.
        """
        found = matches(word, offered)
        if len(found) == 1:
            return found[0]
        names = ", ".join(shown for kept, shown in offered if not found or kept in found)
        if found and self.kind == "rival":
            raise UsageError(
                say("“{typed}” matches several rivals: {names}.", typed=excerpt(word), names=names)
            )
        if self.kind == "rival":
            raise UsageError(
                say(
                    "“{typed}” is not a rival in shop.toml. Known rivals: {names}.",
                    typed=excerpt(word),
                    names=names,
                )
            )
        return word

    def _refusal(self, typed: object) -> str:
        if self.kind == "choice":
            allowed = ", ".join(say(shown) for _, shown in self.choices)
            return say(
                "“{field}”: “{typed}” is not one of: {allowed}.",
                field=say(self.label),
                typed=excerpt(typed),
                allowed=allowed,
            )
        return say(
            "“{field}”: cannot read “{typed}”. {wanted}",
            field=say(self.label),
            typed=excerpt(typed),
            wanted=say(_WANTED.get(self.kind, "")),
        )


class WrongField(UsageError):
    """Raised for a value that cannot be right, with the name of the form's field that has it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one kind of record."""

    id: str
    title: str
    record: type[Any]
    fields: tuple[Field, ...]

    def read(self, values: Mapping[str, Any], offers: Offers | None = None) -> dict[str, Plain]:
        """Parse the values into the record's fields, as plain JSON; UsageError names the first invalid field.

        Empty fields are omitted, so that the record's defaults apply.
        """
        names = {field.name for field in self.fields}
        unknown = next((name for name in values if name not in names), None)
        if unknown is not None:
            raise UsageError(
                say(
                    "“{form}” has no field “{name}”. Its fields: {names}.",
                    form=say(self.title),
                    name=unknown,
                    names=", ".join(field.name for field in self.fields),
                )
            )
        read = {field.name: field.read(values.get(field.name), offers) for field in self.fields}
        return {name: value for name, value in read.items() if value is not None}


def form_of(record: type[Any]) -> Form:
    """Build the form declared by a record class; a field without a default is required."""
    hints = get_type_hints(record, include_extras=True)
    asked = []
    for field in fields(record):
        ask: Ask = hints[field.name].__metadata__[0]
        choices = tuple(ask.choices.items())
        asked.append(
            Field(field.name, ask.label, ask.kind, choices, ask.hint, required=field.default is MISSING)
        )
    return Form(record.form, record.form_title, record, tuple(asked))


_WANTED: Final[dict[FieldKind, str]] = {
    "yesno": N_("Write yes or no."),
    "count": N_("Write a whole number, 0 or more."),
    "band": N_("Write the lower price first: 129-199."),
    "seen": N_("Write it as the page shows it: 300, 2000+, 2.5万."),
    "orders": N_("Write it as shown: 150-180, 100+, 87."),
    "number": N_("Write a number such as 2.5."),
    "money": N_("Write an amount such as 129.90."),
    "date": N_("Write the date with its year: 2026-11-22 or 2026年11月22日."),
    "score": N_("A score is between 0 and 5, such as 4.72."),
    "score_page": N_("No score from 0 to 5 was found next to a metric's name. Copy the whole page."),
    "score_weights": N_("Write each name with its percentage: 物流速度 25% 服务保障 50%."),
}
_UNITS: Final = dict.fromkeys(map(ord, ",，¥￥元 "))
"""Characters around a number that are ignored."""
_SHORTEST: Final = 2
"""A part of a name must have at least this many characters to find the name."""
_BETWEEN: Final = r"(?:-|–|—|~|～|到|至)"
_PRICE: Final = r"\d{1,7}(?:\.\d{1,2})?"
_BAND: Final = re.compile(rf"({_PRICE})(?:{_BETWEEN}({_PRICE}))?")
_SHOWN_COUNT: Final = r"\d{1,9}(?:\.\d{1,3})?[万千百wWkK]?\+?"
_SEEN: Final = re.compile(_SHOWN_COUNT)
_ORDERS: Final = re.compile(rf"({_SHOWN_COUNT})(?:{_BETWEEN}({_SHOWN_COUNT}))?")
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
    number = _number(typed)
    if number != int(number) or number < 0:
        raise ValueError(typed)
    return int(number)


def _number(typed: object) -> float:
    word = str(typed).translate(_UNITS)
    scale = 10_000 if word.endswith(("万", "w", "W")) else 1
    word = word.rstrip("万wW")
    if not re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", word):
        raise ValueError(typed)
    return float(word) * scale


def _score(typed: object) -> float:
    number = _number(typed)
    if not 0 <= number <= HIGHEST:
        raise ValueError(typed)
    return number


def _score_page(typed: object) -> str:
    page = read_page(str(typed))
    if page.wrong is not None or all(one.score is None for one in page.shown.values()):
        raise ValueError(typed)
    return str(typed)


def _score_weights(typed: object) -> str:
    if not read_weights(str(typed)):
        raise ValueError(typed)
    return str(typed)


def _band(typed: object) -> str:
    found = _BAND.fullmatch(str(typed).translate(_UNITS))
    if not found or (found[2] and float(found[1]) > float(found[2])):
        raise ValueError(typed)
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def _seen(typed: object) -> str:
    word = str(typed).translate(_UNITS).replace("＋", "+")
    if not _SEEN.fullmatch(word):
        raise ValueError(typed)
    return word


def _orders(typed: object) -> str:
    word = str(typed).translate(_UNITS).replace("＋", "+")
    found = _ORDERS.fullmatch(word)
    if not found or (found[2] and _size(found[1]) > _size(found[2])):
        raise ValueError(typed)
    return f"{found[1]}-{found[2]}" if found[2] else word


def _size(word: str) -> float:
    scale = {"万": 1e4, "w": 1e4, "千": 1e3, "k": 1e3, "百": 1e2}.get(word.rstrip("+")[-1].lower(), 1.0)
    return float(word.rstrip("+万千百wWkK")) * scale


def matches(word: str, offered: Sequence[Offer]) -> list[str]:
    """Return the ids that a typed word can mean.

    These are the ids of offers with exactly this id or name, else of offers whose names contain the word. A
    number or a very short word must match exactly.
    """
    sought = word.strip().casefold()
    exact = [kept for kept, shown in offered if sought in (kept.casefold(), shown.casefold())]
    if exact or len(sought) < _SHORTEST or sought.isdecimal():
        return exact
    return [kept for kept, shown in offered if sought in shown.casefold()]


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
    "number": _number,
    "money": _number,
    "date": _date,
    "band": _band,
    "seen": _seen,
    "orders": _orders,
    "open": _text,
    "rival": _text,
    "shop": _text,
    "item": _text,
    "person": _text,
    "score": _score,
    "score_page": _score_page,
    "score_weights": _score_weights,
}
