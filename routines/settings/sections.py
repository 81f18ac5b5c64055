"""All sections of the settings that people can edit on the screen, in the order in which they are listed."""

from __future__ import annotations

from typing import Final

from core.language.wording import say
from routines.forms.form import Offers, Plain
from routines.settings.day_section import DAY
from routines.settings.row_sections import CALENDAR, ITEMS, RIVALS, TEAM
from routines.settings.section import EditedRow, ReadSettings, Section, Texts
from routines.settings.single_values import SHOP, TARGETS, THRESHOLDS

SECTIONS: Final = {one.id: one for one in (TARGETS, TEAM, SHOP, DAY, RIVALS, ITEMS, CALENDAR, THRESHOLDS)}


def row_of(section: Section, seen: ReadSettings, key: str) -> EditedRow | None:
    """Return the section's row with this key; None if there is none (any more)."""
    return next((row for row in section.rows(seen) if row.key == key), None)


def values_of(section: Section, seen: ReadSettings, row: EditedRow | None, texts: Texts) -> dict[str, Plain]:
    """Return the values of the form's fields, read from their texts; UsageError names the first wrong one."""
    offers: Offers = {}
    return {field.name: field.read(texts.get(field.name), offers) for field in section.fields(seen, row)}


def title_of(section: Section, row: EditedRow | None) -> str:
    """Return the title of the form: the section, and the row that is edited."""
    if row is None:
        return say("{label}: {text}", label=say(section.title), text=say(section.adds))
    return say("{label}: {text}", label=say(section.title), text=row.cells[section.named])
