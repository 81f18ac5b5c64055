"""All forms as they were first agreed: journals and scripts name their ids, operators know their order.

After a form was changed on purpose: ``python -m tests.routines.forms.test_all_forms`` writes them anew.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_type_hints

from routines.forms.form import Form
from routines.forms.forms import FORMS

KEPT = Path(__file__).with_name("all_forms.json")


def as_kept(form: Form) -> dict[str, Any]:
    """Return everything a form asks, and what its record keeps, as plain JSON."""
    hints = get_type_hints(form.record)
    defaults = {one.name: one.default for one in fields(form.record)}
    return {
        "id": form.id,
        "title": form.title,
        "record": form.record.__name__,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "kind": field.kind,
                "choices": [list(choice) for choice in field.choices],
                "hint": field.hint,
                "required": field.required,
                "type": str(hints[field.name]),
                "default": None if defaults[field.name] is MISSING else defaults[field.name],
            }
            for field in form.fields
        ],
    }


def kept_text() -> str:
    """Return all forms as the kept file has them: one a line."""
    lines = ",\n".join(json.dumps(as_kept(form), ensure_ascii=False) for form in FORMS.values())
    return f"[\n{lines}\n]\n"


def test_no_form_has_changed() -> None:
    assert json.loads(kept_text()) == json.loads(KEPT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    KEPT.write_text(kept_text(), encoding="utf-8")
