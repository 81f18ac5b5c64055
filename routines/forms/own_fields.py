"""Fields that a shop adds to a form in routine.toml, because another category looks at other things.

A field is stored under its name, so what was recorded in it reads the same after the field is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from core.language.wording import in_every_language, say
from core.records.records import Recorded
from routines.forms.form import Field, Form

OwnKind: TypeAlias = Literal["text", "long", "choice", "yesno", "count", "number", "money", "date"]
LONGEST: Final = 30
"""Maximum characters of a field's name or of a choice."""
MOST: Final = 20
"""Maximum own fields of one form, and choices of one field."""
_MARKUP: Final = frozenset("{}\n\r\t")
"""Characters that a name cannot have: it is shown in sentences and heads of tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """A field added by the shop."""

    form: str
    """The id of the form."""
    name: str
    """Its label, under which its values are stored too."""
    kind: OwnKind = "text"
    choices: tuple[str, ...] = ()
    hint: str = ""


def with_own(forms: Mapping[str, Form], own: Sequence[OwnField]) -> dict[str, Form]:
    """Return the forms with the shop's fields at their ends."""
    found = dict(forms)
    for one in own:
        choices = tuple((choice, choice) for choice in one.choices)
        added = Field(one.name, one.name, one.kind, choices, one.hint, own=True)
        found[one.form] = replace(found[one.form], fields=(*found[one.form].fields, added))
    return found


def held(field: Field, row: Recorded[object]) -> object:
    """Return what a record holds in the field; None if it was not filled in."""
    return dict(row.own).get(field.name) if field.own else getattr(row.value, field.name, None)


def complaint(one: OwnField, form: Form, before: Sequence[OwnField]) -> tuple[str, str] | None:
    """Return the setting that is wrong and why, in one sentence; None if the field is fine.

    ``before``: the fields added earlier to the same form.
    """
    name = one.name.strip()
    if not name or name != one.name or len(name) > LONGEST or _MARKUP & set(name):
        return "name", say(
            "“{name}” cannot be a field's name: 1 to {longest} characters in one line, without braces or "
            "blanks at its ends.",
            name=one.name,
            longest=LONGEST,
        )
    taken = {other.name.casefold() for other in before}
    for field in form.fields:
        taken |= {field.name.casefold(), *(label.casefold() for label in in_every_language(field.label))}
    if name.casefold() in taken:
        return "name", say(
            "the form “{form}” already has a field “{name}”. Give it another name.",
            form=say(form.title),
            name=name,
        )
    if len(before) >= MOST:
        return "form", say(
            "the form “{form}” already has {most} fields of your own. Remove one.",
            form=say(form.title),
            most=MOST,
        )
    return _of_choices(one)


def _of_choices(one: OwnField) -> tuple[str, str] | None:
    if one.kind != "choice":
        if one.choices:
            return "choices", say('only a field of kind “choice” has choices. Write kind = "choice".')
        return None
    clean = [choice.strip() for choice in one.choices]
    fine = all(choice and len(choice) <= LONGEST and not _MARKUP & set(choice) for choice in clean)
    if not 2 <= len(one.choices) <= MOST or len(set(clean)) < len(clean) or not fine:  # noqa: PLR2004 - one is no choice
        return "choices", say(
            "a choice needs 2 to {most} different answers of 1 to {longest} characters.",
            most=MOST,
            longest=LONGEST,
        )
    return None
