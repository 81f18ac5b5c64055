"""Edit the settings of a shop as one person: read the sections' rows, save and remove rows.

If only another account may change the settings, an edit is stored as a proposal to that account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.errors import UsageError
from routines.workday.proposed_edits import form_of_section, proposed_values

if TYPE_CHECKING:
    from core.journal.entry import Entry
    from routines.settings.section import EditedRow, ReadSettings, Section
    from routines.workday.access import Access
    from routines.workday.read_model import DayView
    from routines.workday.setting_proposals import SettingProposals


class SettingEdits:
    """Edits one shop's settings for one person."""

    def __init__(self, view: DayView, access: Access, proposals: SettingProposals) -> None:
        self._view = view
        self._access = access
        self._proposals = proposals

    def sections(self) -> tuple[Section, ...]:
        """Return the sections in the order of the list."""
        from routines.settings.sections import SECTIONS

        return tuple(SECTIONS.values())

    def seen(self) -> ReadSettings:
        """Return the settings as they are on disk now; raise BadSettings if they are invalid."""
        return self._view.seen()

    def save(
        self, section: Section, seen: ReadSettings, row: EditedRow | None, texts: Mapping[str, str]
    ) -> Entry | bool:
        """Save what was typed for a row, or for a new one; ``seen`` are the settings that the person saw.

        Return whether the settings changed, or the proposal that was stored instead. Raise UsageError if a
        value is wrong or this person may not write, CannotWrite if somebody else has changed the row since or
        writing fails, and BadSettings if the settings would become invalid; then nothing is changed.
        """
        from routines.settings.sections import values_of

        self._check()
        values = values_of(section, seen, row, texts)
        if self._proposals.needed:
            given = {field.name: texts.get(field.name, "") for field in section.fields(seen, row)}
            return self._proposals.propose("", form_of_section(section), proposed_values(row, given))
        changed = section.save(seen, row, values)
        self._view.reload()
        return changed

    def remove(self, section: Section, seen: ReadSettings, row: EditedRow) -> Entry | bool:
        """Remove a row, or switch it off or on again; returns and raises as :meth:`save`."""
        self._check()
        if section.remove is None:
            return False
        if self._proposals.needed:
            return self._proposals.propose("", form_of_section(section), proposed_values(row, None))
        changed = section.remove(seen, row)
        self._view.reload()
        return changed

    def _check(self) -> None:
        if self._access.refusal:
            raise UsageError(self._access.refusal)
