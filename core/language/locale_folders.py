"""The program's languages: each is a folder in ``core/locale``; there is no list of them in the code.

A folder is named by its language code (``zh``, ``pt_BR``) and contains

* ``*.po``: the sentences, compiled by ``python -m core.language.catalog`` into ``LC_MESSAGES/shopday.mo``;
* ``formats.toml``: how the language writes dates, lists, numbers and money (:class:`Formats`);
* ``shop.toml``: the template of a new shop's settings.

Whatever a folder lacks is shown in the source language; ``shopday doctor`` reports how much is missing.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from core.entry_points import brought

LOCALE: Final = Path(__file__).parents[1] / "locale"
SOURCE: Final = "en"
"""The source language, whose sentences are the message ids in the code."""
_CODE: Final = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_ASKED: Final = ("SHOPDAY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class Unit(NamedTuple):
    """One unit for abbreviated amounts of money, e.g. 万 (10,000 yuan)."""

    least: float
    """Smallest amount in yuan that is written in this unit."""
    unit: float
    """Yuan per unit."""
    decimals: int
    form: str
    """Format string in which ``{number}`` is the amount in units."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How a language writes dates, lists, numbers and money.

    The comments in ``locale/en/formats.toml`` explain each field.
    """

    name: str
    html: str
    complete: bool
    day: str
    full_day: str
    short_day: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    names: str
    sentences: str
    decimal: str
    thousands: str
    money: str
    short_money: tuple[Unit, ...]


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, in alphabetical order."""
    return tuple(sorted(one.name for one in LOCALE.iterdir() if one.is_dir() and _CODE.fullmatch(one.name)))


def language_of_environment(environ: Mapping[str, str] | None = None) -> str:
    """Return the language that :func:`language_asked_for` returns, else the source language."""
    return language_asked_for(environ) or SOURCE


def language_asked_for(environ: Mapping[str, str] | None = None) -> str:
    """Return the language selected by SHOPDAY_LANG, LC_ALL, LC_MESSAGES or LANG; empty if none of them does.

    The first variable that is set (and is not C or POSIX) counts. A regional code without its own folder
    falls back to the language without the region.
    """
    env = os.environ if environ is None else environ
    asked = (env.get(name, "") for name in _ASKED)
    value = next((one for one in asked if one and not one.startswith(("C", "POSIX"))), "")
    wanted = re.split(r"[.@]", value.replace("-", "_").lower())[0]
    known = {code.lower(): code for code in languages()}
    return known.get(wanted) or known.get(wanted.split("_")[0]) or ""


def language_forced(environ: Mapping[str, str] | None = None) -> str:
    """Return the language of SHOPDAY_LANG, which goes before that of the shop; empty if it names none."""
    env = os.environ if environ is None else environ
    return language_asked_for({"SHOPDAY_LANG": env.get("SHOPDAY_LANG", "")})


@cache
def catalog(code: str) -> gettext.NullTranslations:
    """Return the language's translations; a sentence without one is shown as it is in the code."""
    found = gettext.translation("shopday", LOCALE, languages=[code], fallback=True)
    for _, own in _brought_catalogs(code):
        if own is not None:
            found.add_fallback(own)
    return found


def broken_catalogs() -> tuple[str, ...]:
    """Return "PACKAGE, LANGUAGE" for each installed package whose translations cannot be read."""
    found = [(source, code) for code in languages() for source, own in _brought_catalogs(code) if own is None]
    return tuple(f"{source}, {code}" for source, code in found)


def _brought_catalogs(code: str) -> Iterator[tuple[str, gettext.NullTranslations | None]]:
    """Yield (package name, catalog) for the catalogs of a language in other installed packages.

    The catalog is None if it cannot be read. An entry point of the group ``shopday.translations`` names a
    package with ``locale/CODE/LC_MESSAGES/*.mo``. The package is not imported, and shopday's own translations
    take precedence.
    """
    for source, point in brought("shopday.translations"):
        spec = None
        with suppress(ImportError, ValueError, AttributeError):
            spec = find_spec(point.module.partition(".")[0])
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for file in sorted(Path(folder, "locale", code, "LC_MESSAGES").glob("*.mo")):
                try:
                    with file.open("rb") as opened:
                        yield source, gettext.GNUTranslations(opened)
                except (OSError, ValueError, LookupError, struct.error):
                    yield source, None


@cache
def formats(code: str) -> Formats:
    """Return the language's formats; missing and invalid fields are taken from the source language."""
    own, _ = _read(LOCALE / code / "formats.toml")
    source, _ = _read(LOCALE / SOURCE / "formats.toml")
    return Formats(**{**source, "name": code, "html": code.replace("_", "-"), "complete": False, **own})


def wrong_formats(code: str) -> tuple[str, ...]:
    """Return the names of the invalid fields in ``formats.toml``, or the error if the file cannot be read."""
    return _read(LOCALE / code / "formats.toml")[1]


def starting_settings(code: str) -> str:
    """Return the template of a new shop's settings in the language, or else in the source language."""
    file = LOCALE / code / "shop.toml"
    return (file if file.is_file() else LOCALE / SOURCE / "shop.toml").read_text(encoding="utf-8")


def untranslated(code: str) -> tuple[int, int]:
    """Return the number of sentences the language lacks, and the number of sentences in all languages."""
    every = frozenset[bytes]().union(*map(_sentences, languages()))
    return 0 if code == SOURCE else len(every - _sentences(code)), len(every)


@lru_cache(maxsize=8)
def _sentences(code: str) -> frozenset[bytes]:
    """Return the message ids in the language's compiled catalog; of a plural, the singular form."""
    file = LOCALE / code / "LC_MESSAGES" / "shopday.mo"
    if not file.is_file():
        return frozenset()
    held = file.read_bytes()
    order = "<" if held[:4] == b"\xde\x12\x04\x95" else ">"
    number, start = struct.unpack_from(f"{order}2I", held, 8)
    places = struct.iter_unpack(f"{order}2I", held[start : start + 8 * number])
    return frozenset(held[at : at + size].split(b"\0")[0] for size, at in places if size)


# -- formats.toml ----------------------------------------------------------------------------------


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _pattern(*names: str) -> Callable[[object], str]:
    """Return a validator for a format string that may contain only the given ``{names}``."""

    def check(value: object) -> str:
        _text(value).format(**dict.fromkeys(names, ""))
        return _text(value)

    return check


def _row(length: int) -> Callable[[Any], tuple[str, ...]]:
    def check(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever is in the file
        if not isinstance(value, list) or len(value) != length:
            raise ValueError
        return tuple(map(_text, value))

    return check


def _units(value: Any) -> tuple[Unit, ...]:  # noqa: ANN401 - whatever is in the file
    found = (
        Unit(
            float(one["from"]),
            float(one.get("unit", one["from"])),
            int(one["decimals"]),
            _amount(one["form"]),
        )
        for one in value
    )
    return tuple(sorted(found, reverse=True))


_amount = _pattern("number")
_date = _pattern("year", "month", "day", "month_name", "weekday")
_FIELDS: Final[dict[str, Callable[[Any], Any]]] = {field.name: _text for field in fields(Formats)} | {
    "complete": _flag,
    "day": _date,
    "full_day": _date,
    "short_day": _date,
    "weekdays": _row(7),
    "months": _row(12),
    "money": _amount,
    "short_money": _units,
}
"""The function that validates and converts each field of ``formats.toml``."""


@cache
def _read(file: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the valid fields of the file and the names of the invalid ones.

    If the file cannot be read, the error's text takes the place of the names.
    """
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except (OSError, ValueError) as error:
        return {}, (str(error),)
    found, wrong = {}, []
    for name, value in given.items():
        try:
            found[name] = _FIELDS[name](value)
        except (AttributeError, LookupError, TypeError, ValueError):
            wrong.append(name)
    return found, tuple(wrong)
