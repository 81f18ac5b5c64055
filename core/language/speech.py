"""The current language of the process; there is only one at a time."""

from __future__ import annotations

import gettext
from typing import TypeAlias

from core.language import locale_folders
from core.language.locale_folders import SOURCE, Formats

Language: TypeAlias = str
"""A language code, which is also the name of the language's folder."""


class Speech:
    """The current language, its translations and its formats."""

    language: Language = SOURCE
    catalog: gettext.NullTranslations = gettext.NullTranslations()
    formats: Formats = locale_folders.formats(SOURCE)


def speak(language: Language) -> None:
    """Make ``language`` the current language of this process.

    Whatever it lacks is shown in the source language.
    """
    Speech.language = language
    Speech.catalog = locale_folders.catalog(language)
    Speech.formats = locale_folders.formats(language)


def language() -> Language:
    """Return the code of the current language."""
    return Speech.language


def html_language() -> str:
    """Return the current language's code for HTML's ``lang`` attribute: zh-CN, en."""
    return Speech.formats.html
