"""Translation and rendering of text in the current language, for screens and reports alike.

Sentences in the code are message ids; their translations are in the language's folder
(:mod:`core.language.locale_folders`). Analyses return messages (:mod:`core.language.message`); :func:`text`
turns one into a string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from core.language import locale_folders
from core.language.dates import day, days, full_day, short_day, weekday
from core.language.message import (
    DASH,
    MARK,
    Counted,
    Inside,
    Listed,
    Message,
    Sentence,
    Shown,
    Value,
    Words,
    read,
)
from core.language.money import money, price, short_money
from core.language.numbers import count, percent, rate_of, ratio
from core.language.speech import Speech, language, speak


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a message for translation where it is declared; it is translated when it is shown."""
    return message


def say(message: str, /, **values: object) -> str:
    """Return the message translated into the current language, with its ``{name}`` placeholders filled in.

    Values that are messages themselves are rendered too. Placeholders without a value take the platform's
    words (:attr:`core.language.speech.Speech.terms`).
    """
    template = Speech.catalog.gettext(message) if message else ""
    if values:
        return template.format_map(_Values(_rendered(values)))
    return (
        _NAME.sub(lambda found: Speech.terms.get(found[1], found[0]), template)
        if "{" in template
        else template
    )


def excerpt(text: object, most: int = 60) -> str:
    """Return the text shortened to ``most`` characters, ending in "…" if it was longer."""
    words = str(text)
    return words if len(words) <= most else f"{words[: most - 2]} …"


def in_every_language(message: str) -> tuple[str, ...]:
    """Return the message in every language, source language first, to compare typed text with it."""
    others = (locale_folders.catalog(code).gettext(message) for code in locale_folders.languages() if message)
    return tuple(dict.fromkeys([message, *others]))


def plural(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the singular or plural message for ``n``, translated; fills ``{n}``."""
    return Speech.catalog.ngettext(one, many, n).format_map(_Values({"n": n, **_rendered(values)}))


def inside(words: Words) -> str:
    """Return a text to be put between quotation marks: its own double quotation marks become single ones."""
    return text(words).replace("“", "‘").replace("”", "’")


def listing(parts: Iterable[Words]) -> str:
    """Return a list of names: a、b、c / a, b, c."""
    return Speech.formats.names.join(map(text, parts))


def sentences(parts: Iterable[Words]) -> str:
    """Return several sentences in a row, separated by a space in languages that use one."""
    return Speech.formats.sentences.join(map(text, parts))


# -- messages --------------------------------------------------------------------------------------

_NAME: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_DATES: Final[dict[str, Callable[[date | None], str]]] = {
    "day": day,
    "full_day": full_day,
    "short_day": short_day,
    "weekday": weekday,
}
_NUMBERS: Final[dict[str, Callable[..., str]]] = {
    "money": money,
    "short_money": short_money,
    "price": price,
    "count": count,
    "percent": percent,
    "ratio": ratio,
    "rate_of": rate_of,
}


def text(words: Words | None) -> str:
    """Return the message in the current language; a string unchanged; a dash for None or an invalid message.

    Each ``{name}`` in the sentence is replaced by its value or, if it has none, by the platform's term of
    that name. Braces inside values are not interpreted.
    """
    if isinstance(words, str):
        return words
    try:
        return DASH if words is None else _text(words)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return DASH


def text_in_every_language(words: Words) -> tuple[str, ...]:
    """Return the message rendered in every language."""
    before = language()
    try:
        found = []
        for one in locale_folders.languages():
            speak(one)
            found.append(text(words))
        return tuple(found)
    finally:
        speak(before)


def shown(data: object) -> str:
    """Return the text stored as JSON in a journal or cache, rendered; raise ValueError if it is invalid."""
    return data if isinstance(data, str) else text(read(data))


def rendered_json(data: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value with every message in it rendered as a string; everything else is unchanged."""
    if isinstance(data, list):
        return [rendered_json(one) for one in data]
    if not isinstance(data, dict):
        return data
    if any(key.startswith(MARK) for key in data):
        try:
            return shown(data)
        except ValueError:
            return data
    return {key: rendered_json(one) for key, one in data.items()}


class _Values(dict[str, object]):
    """The values of placeholders; a placeholder without a value gets the platform's term of the same name."""

    def __missing__(self, name: str) -> str:
        return Speech.terms[name]


def _rendered(values: Mapping[str, object]) -> dict[str, object]:
    return {name: text(value) if isinstance(value, Message) else value for name, value in values.items()}


def _text(words: Message) -> str:  # noqa: PLR0911 - one line a kind
    match words:
        case Sentence(id=message, values=values):
            return _filled(Speech.catalog.gettext(message) if message else "", values)
        case Counted(one=one, many=many, n=n, values=values):
            return _filled(Speech.catalog.ngettext(one, many, n), (("n", n), *values))
        case Shown():
            return _form(words)
        case Listed(parts=parts, between="names"):
            return listing(parts)
        case Listed(parts=parts, between="clauses"):
            return say("; ").join(map(text, parts))
        case Listed(parts=parts):
            return sentences(parts)
        case Inside():
            return inside(words.words)
    return DASH


def _filled(template: str, values: tuple[tuple[str, Value], ...]) -> str:
    pieces = _pieces(template)
    if len(pieces) == 1:
        return template
    given = dict(values)
    named = [_named(name, given) if place % 2 else name for place, name in enumerate(pieces)]
    return "".join(named)


def _named(name: str, given: Mapping[str, Value]) -> str:
    return _value(given[name]) if name in given else Speech.terms.get(name, DASH)


@lru_cache(maxsize=8192)
def _pieces(template: str) -> tuple[str, ...]:
    """Return the template split at its placeholders: text, name, text, name, …, text."""
    return tuple(_NAME.split(template))


def _value(value: Value) -> str:
    return text(value) if value is None or isinstance(value, Message | str) else str(value)


def _form(words: Shown) -> str:
    given, options = words.given, dict(words.options)
    if words.form in _NUMBERS:
        return _NUMBERS[words.form](*given, **options)
    if words.form == "days":
        return days(date.fromisoformat(str(when)) for when in given)
    (when,) = given
    return _DATES[words.form](None if when is None else date.fromisoformat(str(when)))
