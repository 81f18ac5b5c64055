"""The forms of all records, and the texts used to display them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from core.language.wording import N_, say
from core.records.records import RECORDS
from routines.forms.form import Form, Offers, form_of
from routines.forms.settings_forms import FREQUENCY

if TYPE_CHECKING:
    from core.reports.day_report import FormWords

FORMS: Final[dict[str, Form]] = {record.form: form_of(record) for record in RECORDS}
"""All forms by id."""


def form_words(offers: Offers, forms: Mapping[str, Form] = FORMS) -> dict[str, FormWords]:
    """Return the title of each form and its fields' labels and formatters, in the current language."""
    from core.reports.day_report import FormWords

    return {
        form.id: FormWords(
            say(form.title),
            {field.name: say(field.label) for field in form.fields},
            {field.name: partial(field.shown, offers=offers) for field in form.fields},
        )
        for form in forms.values()
    } | {
        FREQUENCY: FormWords(say("How often it is done"), {"comes": say("new frequency")}, {"comes": _comes})
    }


def _comes(value: object) -> str:
    known = {
        "never": N_("no longer planned"),
        "as planned": N_("keep as it is"),
        "every day": N_("every day"),
        "weekly:MO": N_("Mondays only"),
    }
    return say(known.get(str(value), str(value)))
