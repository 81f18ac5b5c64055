"""A section of the settings that people edit on the screen: its rows, and the form for one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from core.shop.settings import Shop
from routines.forms.form import Field, Plain
from routines.plan.step import DayKind

if TYPE_CHECKING:
    from routines.plan.routine_overrides import Routine


class ReadSettings(NamedTuple):
    """The settings as read from the files, with the person who looks at them and the current day."""

    folder: Path
    shop: Shop
    routine: Routine | None
    """The shop's routine.toml; None if it has none."""
    day: date
    kind: DayKind
    """The kind of day whose timetable is edited."""
    user: str = ""
    """The Unix user, to warn somebody who would take away their own right to write."""


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One row of a section, as the list and the form show it."""

    key: str
    """Identifies the row in its section, also in a proposal that is decided on days later."""
    cells: tuple[str, ...]
    texts: Mapping[str, str]
    """The texts that the form begins with, by field."""
    was: Any = None
    """The row as it was read; if it differs when the form is saved, somebody else has changed it."""
    off: bool = False
    """Whether the row is not in use now, such as a step that is not planned."""


Texts = Mapping[str, str]
Values = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its list and what its forms ask, save and remove."""

    id: str
    title: str
    """A message id, as are ``about``, ``heads``, ``adds`` and ``removes``."""
    about: str
    heads: tuple[str, ...]
    rows: Callable[[ReadSettings], list[EditedRow]]
    fields: Callable[[ReadSettings, EditedRow | None], tuple[Field, ...]]
    """The form's fields for a row, or for a new one."""
    save: Callable[[ReadSettings, EditedRow | None, Values], bool]
    """Write the values that the form's fields were read as; returns whether the file changed."""
    remove: Callable[[ReadSettings, EditedRow], bool] | None = None
    """Remove the row, or switch it off or on again; None if rows cannot be removed."""
    adds: str = ""
    """What the key for a new row does; empty if none can be added."""
    removes: str = ""
    begin: Texts = field(default_factory=dict)
    """What the form of a new row is filled in with."""
    named: int = 0
    """The number of the cell that names a row."""
    twice: bool = True
    """Whether the key that removes a row must be pressed twice."""
