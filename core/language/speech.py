"""The language this process speaks now: one at a time, since a screen or a command has one reader."""

from __future__ import annotations

import gettext
from typing import TypeAlias

from core.language import locale_folders
from core.language.locale_folders import SOURCE, Formats

Language: TypeAlias = str
"""The code of a language: the name of its folder."""


class Speech:
    """The language now spoken."""

    language: Language = SOURCE
    catalog: gettext.NullTranslations = gettext.NullTranslations()
    formats: Formats = locale_folders.formats(SOURCE)


def speak(language: Language) -> None:
    """Use this language from now on in this process; what it lacks is in the source language."""
    Speech.language = language
    Speech.catalog = locale_folders.catalog(language)
    Speech.formats = locale_folders.formats(language)


def language() -> Language:
    """Return the language now spoken."""
    return Speech.language


def html_language() -> str:
    """Return the language now spoken as a web page names it: zh-CN, en."""
    return Speech.formats.html
