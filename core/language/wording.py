"""Money, percent, dates and sentences in the reader's language: one way, for screens and reports alike.

Sentences in the code are message ids; their translations, and how a language writes dates and numbers, are
in its folder (:mod:`core.language.languages`). A process speaks one language at a time (:func:`speak`),
because a screen, a child process and a command each have one reader.
What analyses say are messages (:mod:`core.language.message`); :func:`text` turns one into a string.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, TypeAlias

from core.language import languages
from core.language.languages import SOURCE, Formats
from core.language.message import DASH as UNKNOWN
from core.language.message import MARK, Counted, Inside, Listed, Message, Sentence, Shown, Value, Words, read

Language: TypeAlias = str
"""The code of a language: the name of its folder."""
DASH: Final = UNKNOWN
"""What an unknown shows as; never 0."""


class _Speech:
    """The language now spoken."""

    language: Language = SOURCE
    catalog: gettext.NullTranslations = gettext.NullTranslations()
    formats: Formats = languages.formats(SOURCE)


def speak(language: Language) -> None:
    """Use this language from now on in this process; what it lacks is in the source language."""
    _Speech.language = language
    _Speech.catalog = languages.catalog(language)
    _Speech.formats = languages.formats(language)


def language() -> Language:
    """Return the language now spoken."""
    return _Speech.language


def html_language() -> str:
    """Return the language now spoken as a web page names it: zh-CN, en."""
    return _Speech.formats.html


def N_(message: str) -> str:  # noqa: N802 - the mark that gettext tools know
    """Mark a message for translation where it is declared; it is translated where it is shown."""
    return message


def say(message: str, /, **values: object) -> str:
    """Return the message in the language now spoken with its ``{named}`` values filled in, messages too."""
    template = _Speech.catalog.gettext(message) if message else ""
    return template.format(**_rendered(values)) if values else template


def excerpt(text: object, most: int = 60) -> str:
    """Return the text for a sentence about it: its beginning when it is longer than ``most`` characters."""
    words = str(text)
    return words if len(words) <= most else f"{words[: most - 2]} …"


def in_every_language(message: str) -> tuple[str, ...]:
    """Return the message in every language, the source language first: what people may type."""
    others = (languages.catalog(code).gettext(message) for code in languages.languages() if message)
    return tuple(dict.fromkeys([message, *others]))


def plural(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the singular or plural message for n; ``{n}`` is filled in."""
    return _Speech.catalog.ngettext(one, many, n).format(n=n, **_rendered(values))


def money(yuan: float | None, *, sign: bool = False) -> str:
    """Return yuan as people write it, in full: ¥1,234, ¥12.30 below 100."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN is unknown
        return DASH
    small = abs(yuan) < 100 and yuan != int(yuan)  # noqa: PLR2004 - small prices keep their fen
    return _amount(yuan, 2 if small else 0, _Speech.formats.money, sign=sign)


def exact_money(yuan: float | None) -> str:
    """Return yuan in full, with its fen where it has any: ¥3,000, ¥3,000.50."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN is unknown
        return DASH
    return _amount(yuan, 0 if yuan == int(yuan) else 2, _Speech.formats.money)


def short_money(yuan: float | None) -> str:
    """Return yuan in at most seven cells: 35.7万 in Chinese, ¥357k in English."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN is unknown
        return DASH
    for least, unit, decimals, form in _Speech.formats.short_money:
        if abs(yuan) >= least:
            return _amount(yuan / unit, decimals, form)
    return money(yuan)


def price(yuan: float | None) -> str:
    """Return a price per click or piece, always with its fen: ¥1.69."""
    return DASH if yuan is None or yuan != yuan else _amount(yuan, 2, _Speech.formats.money)  # noqa: PLR0124 - NaN


def _amount(number: float, decimals: int, form: str, *, sign: bool = False) -> str:
    """Return an amount of money as text: the one place through which each goes, on screens and in reports."""
    rounded = round(number, decimals)
    mark = "-" if rounded < 0 else ("+" if sign and rounded > 0 else "")
    return mark + form.format(number=_digits(abs(number), decimals))


def _digits(number: float, decimals: int, *, sign: bool = False, grouped: bool = True) -> str:
    return _marked(f"{number:{'+' if sign else ''}{',' if grouped else ''}.{decimals}f}")


def _marked(plain: str) -> str:
    """Return the digits with the language's own decimal sign and thousands separator."""
    own = _Speech.formats
    if (own.thousands, own.decimal) == (",", "."):
        return plain
    return plain.translate({ord(","): own.thousands, ord("."): own.decimal})


def number(value: float) -> str:
    """Return a number as it was given, up to ten digits: 2,126, 2.345."""
    return _marked(f"{value:,.10g}")


def count(number: float | None, *, sign: bool = False) -> str:
    """Return a whole number with thousands separators."""
    if number is None or number != number:  # noqa: PLR0124 - NaN is unknown
        return DASH
    return _digits(number, 0, sign=sign)


def percent(fraction: float | None, digits: int = 1, *, sign: bool = False) -> str:
    """Return a fraction as percent; 0.0283 is 2.8%."""
    if fraction is None or fraction != fraction:  # noqa: PLR0124 - NaN is unknown
        return DASH
    return f"{_digits(fraction * 100, digits, sign=sign, grouped=False)}%"


def inside(words: Words) -> str:
    """Return a text that is going to stand in quotation marks: its own become single ones."""
    return text(words).replace("“", "‘").replace("”", "’")


def ratio(value: float | None, digits: int = 2, *, sign: bool = False) -> str:
    """Return a plain ratio such as an ROI: 2.86."""
    return DASH if value is None or value != value else _digits(value, digits, sign=sign)  # noqa: PLR0124


def rate_of(k: float | None, n: float | None, low: float | None = None, high: float | None = None) -> str:
    """Return ``k/n = r% (lo–hi)``, the way every rate is shown; a dash when n is 0 or one is unknown."""
    if not n or k is None:
        return f"{count(k)}/{count(n)} = {DASH}"
    band = "" if low is None or high is None else f" ({_points(low)}–{_points(high)})"
    return f"{count(k)}/{count(n)} = {percent(k / n)}{band}"


def _points(fraction: float) -> str:
    return _digits(fraction * 100, 1, grouped=False)


def day(when: date | None) -> str:
    """Return a day with its weekday: 11月16日 周一 / Mon 16 Nov."""
    return _dated(_Speech.formats.day, when)


def weekday(when: date | None) -> str:
    """Return a day's weekday: 周一 / Mon."""
    return DASH if when is None else _Speech.formats.weekdays[when.weekday()]


def full_day(when: date | None) -> str:
    """Return a day with weekday and year: 2026年11月16日 周一 / Mon 16 Nov 2026."""
    return _dated(_Speech.formats.full_day, when)


def short_day(when: date | None) -> str:
    """Return a day without its weekday: 11月16日 / 16 Nov."""
    return _dated(_Speech.formats.short_day, when)


def _dated(form: str, when: date | None) -> str:
    if when is None:
        return DASH
    month_name = _Speech.formats.months[when.month - 1]
    return form.format(
        year=when.year, month=when.month, month_name=month_name, day=when.day, weekday=weekday(when)
    )


def days(found: Iterable[date]) -> str:
    """Return days, three and more in a row as one piece: 11月1日–11月12日 / 1 Nov–12 Nov, 14 Nov."""
    runs: list[list[date]] = []
    for when in sorted(found):
        if runs and when - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(when)
        else:
            runs.append([when])
    said = [[f"{short_day(run[0])}–{short_day(run[-1])}"] if run[2:] else map(short_day, run) for run in runs]
    return listing([piece for pieces in said for piece in pieces])


def clock(when: datetime | None) -> str:
    """Return hours and minutes: 08:30."""
    return DASH if when is None else f"{when:%H:%M}"


def listing(parts: Iterable[Words]) -> str:
    """Return names in a row: a、b、c / a, b, c."""
    return _Speech.formats.names.join(map(text, parts))


def sentences(parts: Iterable[Words]) -> str:
    """Return one sentence after the other, with a blank between them where the language has one."""
    return _Speech.formats.sentences.join(map(text, parts))


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
    """Return the message in the language now spoken, a string as it is; what cannot be shown is a dash.

    ``{name}`` in a sentence becomes that value and nothing else is replaced: values are never looked at.
    """
    if isinstance(words, str):
        return words
    try:
        return DASH if words is None else _text(words)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return DASH


def text_in_every_language(words: Words) -> tuple[str, ...]:
    """Return the message as every language has it."""
    before = language()
    try:
        found = []
        for one in languages.languages():
            speak(one)
            found.append(text(words))
        return tuple(found)
    finally:
        speak(before)


def shown(data: object) -> str:
    """Return the text that stands as JSON in a journal or cache; ValueError when it is none."""
    return data if isinstance(data, str) else text(read(data))


def rendered_json(data: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the JSON value with each message in it as text; everything else as it is."""
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


def _rendered(values: Mapping[str, object]) -> dict[str, object]:
    return {name: text(value) if isinstance(value, Message) else value for name, value in values.items()}


def _text(words: Message) -> str:  # noqa: PLR0911 - one line a kind
    match words:
        case Sentence(id=message, values=values):
            return _filled(_Speech.catalog.gettext(message) if message else "", values)
        case Counted(one=one, many=many, n=n, values=values):
            return _filled(_Speech.catalog.ngettext(one, many, n), (("n", n), *values))
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
    named = [_value(given.get(name)) if place % 2 else name for place, name in enumerate(pieces)]
    return "".join(named)


@lru_cache(maxsize=8192)
def _pieces(template: str) -> tuple[str, ...]:
    """Return the template taken apart: what stands as it is, a name, what stands as it is ..."""
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
