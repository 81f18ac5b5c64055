"""The current language of the process, and the platform and currency its sentences speak of; one of each."""

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
    """The current language, its translations and its formats; the platform and its words."""

    language: Language = SOURCE
    catalog: gettext.NullTranslations = gettext.NullTranslations()
    formats: Formats = locale_folders.formats(SOURCE)
    platform: str = DEFAULT
    currency: str = YUAN
    """The sign amounts of money are printed with."""
    terms: Mapping[str, str] = profile(DEFAULT).terms(SOURCE)
    """What stands for the ``{name}`` in sentences that nobody fills in: the platform's places and tools."""


def speak(language: Language, platform: str | None = None, currency: str | None = None) -> None:
    """Make ``language`` the current language of this process, and ``platform`` the platform spoken of.

    Whatever the language lacks is shown in the source language. Without ``platform`` or ``currency`` (the
    sign of amounts) they stay the same.
    """
    Speech.language = language
    Speech.platform = Speech.platform if platform is None else platform
    Speech.currency = Speech.currency if currency is None else currency
    Speech.terms = profile(Speech.platform).terms(language, SOURCE)
    Speech.catalog = locale_folders.catalog(language)
    Speech.formats = locale_folders.formats(language)


def platform() -> str:
    """Return the id of the platform spoken of."""
    return Speech.platform


def language() -> Language:
    """Return the code of the current language."""
    return Speech.language


def html_language() -> str:
    """Return the current language's code for HTML's ``lang`` attribute: zh-CN, en."""
    return Speech.formats.html
