"""Proposals to edit a row of the settings: how they are stored, put into words, and written when accepted.

The form of such a proposal is ``edit:`` and the section's id; its values are the texts of the section's form
and, under ``row``, the row's key (empty: a new row). With ``gone``, the row is to be removed or switched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from core.errors import CannotWrite
from core.language.wording import say

if TYPE_CHECKING:
    from routines.settings.section import EditedRow, ReadSettings, Section

_PREFIX: Final = "edit:"
ROW, GONE = "row", "gone"


def is_edit(form: str) -> bool:
    """Return whether a proposal with this form edits a row of the settings."""
    return form.startswith(_PREFIX)


def form_of_section(section: Section) -> str:
    """Return the form of the section's proposals."""
    return f"{_PREFIX}{section.id}"


def proposed_values(row: EditedRow | None, texts: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what a proposal stores; without ``texts``, the row is to be removed or switched."""
    kept = {ROW: row.key if row is not None else ""}
    return kept | ({GONE: True} if texts is None else dict(texts))


def accept_edit(seen: ReadSettings, form: str, values: Mapping[str, Any]) -> None:
    """Write the proposed edit; raise CannotWrite if its row is gone, and what writing raises."""
    section, row = _section(form), _row(seen, form, values)
    if values[ROW] and row is None:
        raise CannotWrite(say("The row that this proposal would change is no longer in the settings."))
    if values.get(GONE):
        if row is not None and section.remove is not None:
            section.remove(seen, row)
        return
    from routines.settings.sections import values_of

    section.save(seen, row, values_of(section, seen, row, _texts(values)))


def edit_now(seen: ReadSettings, form: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts of the row as it is now; empty if there is no such row."""
    row = _row(seen, form, values)
    return {} if row is None else dict(row.texts)


def edit_words(seen: ReadSettings, form: str, was: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Return the proposed edit in words, with the values that it would replace."""
    from routines.settings.sections import title_of

    section, row = _section(form), _row(seen, form, values)
    title = title_of(section, row)
    if values.get(GONE):
        return say("{label}: {text}", label=title, text=say(section.removes))
    shown = {one.name: one for one in section.fields(seen, row)}
    parts = []
    for name, text in _texts(values).items():
        if name in shown and text != was.get(name, ""):
            now = shown[name].shown(text, {}) or "-"
            before = shown[name].shown(was.get(name), {})
            told = say("{shall} (was: {was})", shall=now, was=before) if before else now
            parts.append(f"{say(shown[name].label)} {told}")
    return say("{label}: {text}", label=title, text=say("; ").join(parts))


def _section(form: str) -> Section:
    from routines.settings.sections import SECTIONS

    return SECTIONS[form.removeprefix(_PREFIX)]


def _row(seen: ReadSettings, form: str, values: Mapping[str, Any]) -> EditedRow | None:
    from routines.settings.sections import row_of

    return row_of(_section(form), seen, str(values[ROW])) if values[ROW] else None


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(text) for name, text in values.items() if name not in (ROW, GONE)}
