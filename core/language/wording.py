"""Money, percent, dates and sentences in Chinese and English: one way, for screens and reports alike.

English sentences are the message ids; ``core/locale/zh/*.po`` holds the Chinese. A process speaks one
language at a time (:func:`speak`), because a screen, a child process and a command each have one reader.
What analyses say are messages (:mod:`core.language.message`); :func:`text` turns one into a string.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from core.language.message import DASH as UNKNOWN
from core.language.message import MARK, Counted, Inside, Listed, Message, Sentence, Shown, Value, Words, read

Language: TypeAlias = Literal["zh", "en"]
LOCALE = Path(__file__).parents[1] / "locale"
DASH: Final = UNKNOWN
"""What an unknown shows as; never 0."""

_YI = 1e8
_WAN = 1e4


class _Speech:
    """The language now spoken."""

    language: Language = "en"
    catalog: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: Language) -> None:
    """Use this language from now on in this process."""
    _Speech.language = language
    _Speech.catalog = gettext.translation("shopday", LOCALE, languages=[language], fallback=language == "en")


def language() -> Language:
    """Return the language now spoken."""
    return _Speech.language


def language_of_environment(environ: dict[str, str] | None = None) -> Language:
    """Return zh where SHOPDAY_LANG, LC_ALL, LC_MESSAGES or LANG asks for Chinese, else en."""
    env = os.environ if environ is None else environ
    for name in ("SHOPDAY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = env.get(name, "")
        if value and not value.startswith(("C", "POSIX")):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


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


def both(message: str) -> tuple[str, str]:
    """Return the message in English and in Chinese, whichever is spoken: what people may type."""
    chinese = gettext.translation("shopday", LOCALE, languages=["zh"], fallback=True)
    return message, chinese.gettext(message) if message else ""


def plural(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the singular or plural message for n; ``{n}`` is filled in."""
    return _Speech.catalog.ngettext(one, many, n).format(n=n, **_rendered(values))


def money(yuan: float | None, *, sign: bool = False) -> str:
    """Return yuan as people write it: ¥1,234, ¥12.30 below 100, 12.3万/¥123k never: full digits."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN is unknown
        return DASH
    digits = 2 if abs(yuan) < 100 and yuan != int(yuan) else 0  # noqa: PLR2004 - small prices keep their fen
    mark = "-" if yuan < 0 and round(abs(yuan), digits) else ("+" if sign and round(yuan, digits) > 0 else "")
    return f"{mark}¥{abs(yuan):,.{digits}f}"


def short_money(yuan: float | None) -> str:
    """Return yuan in at most seven cells: 35.7万 in Chinese, ¥357k in English."""
    if yuan is None or yuan != yuan:  # noqa: PLR0124 - NaN is unknown
        return DASH
    size = abs(yuan)
    if size < _WAN:
        return money(yuan)
    if language() == "zh":
        return f"{yuan / _YI:.2f}亿" if size >= _YI else f"{yuan / _WAN:.1f}万"
    return f"¥{yuan / 1e6:.2f}m" if size >= 1e6 else f"¥{yuan / 1e3:.0f}k"  # noqa: PLR2004


def price(yuan: float | None) -> str:
    """Return a price per click or piece, always with its fen: ¥1.69."""
    return DASH if yuan is None or yuan != yuan else f"¥{yuan:,.2f}"  # noqa: PLR0124 - NaN is unknown


def count(number: float | None, *, sign: bool = False) -> str:
    """Return a whole number with thousands separators."""
    if number is None or number != number:  # noqa: PLR0124 - NaN is unknown
        return DASH
    return f"{number:+,.0f}" if sign else f"{number:,.0f}"


def percent(fraction: float | None, digits: int = 1, *, sign: bool = False) -> str:
    """Return a fraction as percent; 0.0283 is 2.8%."""
    if fraction is None or fraction != fraction:  # noqa: PLR0124 - NaN is unknown
        return DASH
    return f"{fraction * 100:{'+' if sign else ''}.{digits}f}%"


def inside(words: Words) -> str:
    """Return a text that is going to stand in quotation marks: its own become single ones."""
    return text(words).replace("“", "‘").replace("”", "’")


def ratio(value: float | None, digits: int = 2, *, sign: bool = False) -> str:
    """Return a plain ratio such as an ROI: 2.86."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is unknown
        return DASH
    return f"{value:{'+' if sign else ''},.{digits}f}"


def rate_of(k: float | None, n: float | None, low: float | None = None, high: float | None = None) -> str:
    """Return ``k/n = r% (lo–hi)``, the way every rate is shown; a dash when n is 0 or one is unknown."""
    if not n or k is None:
        return f"{count(k)}/{count(n)} = {DASH}"
    band = "" if low is None or high is None else f" ({low * 100:.1f}–{high * 100:.1f})"
    return f"{count(k)}/{count(n)} = {percent(k / n)}{band}"


def day(when: date | None) -> str:
    """Return a day with its weekday: 11月16日 周一 / Mon 16 Nov."""
    if when is None:
        return DASH
    if language() == "zh":
        return f"{when.month}月{when.day}日 {weekday(when)}"
    return f"{weekday(when)} {when.day} {when:%b}"


def weekday(when: date | None) -> str:
    """Return a day's weekday: 周一 / Mon."""
    if when is None:
        return DASH
    return f"周{'一二三四五六日'[when.weekday()]}" if language() == "zh" else f"{when:%a}"


def full_day(when: date | None) -> str:
    """Return a day with weekday and year: 2026年11月16日 周一 / Mon 16 Nov 2026."""
    if when is None:
        return DASH
    return f"{when.year}年{day(when)}" if language() == "zh" else f"{day(when)} {when.year}"


def short_day(when: date | None) -> str:
    """Return a day without its weekday: 11月16日 / 16 Nov."""
    if when is None:
        return DASH
    return f"{when.month}月{when.day}日" if language() == "zh" else f"{when.day} {when:%b}"


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


def listing(parts: Sequence[Words]) -> str:
    """Return names in a row: a、b、c / a, b, c."""
    return ("、" if language() == "zh" else ", ").join(map(text, parts))


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
        for one in get_args(Language):
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
            return ("" if language() == "zh" else " ").join(map(text, parts))
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
