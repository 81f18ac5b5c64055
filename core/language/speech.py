"""The current language, platform and currency of the process, which apply to all texts it shows."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from typing import Final, TypeAlias

from core.language import locale_folders
from core.language.locale_folders import SOURCE, Formats
from core.platforms.profile import DEFAULT, profile

Language: TypeAlias = str
"""A language code, which is also the name of the language's folder."""


YUAN: Final = "¥"


class Speech:
    """The current language with its translations and formats, and the current platform with its terms."""

    language: Language = SOURCE
    catalog: gettext.NullTranslations = gettext.NullTranslations()
    formats: Formats = locale_folders.formats(SOURCE)
    platform: str = DEFAULT
    currency: str = YUAN
    """The currency sign of amounts of money."""
    terms: Mapping[str, str] = profile(DEFAULT).terms(SOURCE)
    """The values of ``{name}`` placeholders that the code does not fill: the platform's names of its
    tools."""


def speak(language: Language, platform: str | None = None, currency: str | None = None) -> None:
    """Set the current language of this process and, if given, the platform and the currency sign.

    Whatever the language lacks is shown in the source language.
    """
    Speech.language = language
    Speech.platform = Speech.platform if platform is None else platform
    Speech.currency = Speech.currency if currency is None else currency
    Speech.terms = profile(Speech.platform).terms(language, SOURCE)
    Speech.catalog = locale_folders.catalog(language)
    Speech.formats = locale_folders.formats(language)


def platform() -> str:
    """Return the id of the current platform."""
    return Speech.platform


def language() -> Language:
    """Return the code of the current language."""
    return Speech.language


def html_language() -> str:
    """Return the current language's code for HTML's ``lang`` attribute: zh-CN, en."""
    return Speech.formats.html
