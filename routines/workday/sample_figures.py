"""The invented figures of the sample shop that stand in no file and are typed into forms in the evening."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

FILE: Final = ".sample_figures.json"
"""The file in the sample shop's folder: by form, the texts of its fields, one entry for each record."""


def sample_figures(folder: Path, form: str, recorded: int) -> dict[str, str]:
    """Return the texts that the sample shop has for the next record of the form, by field.

    ``recorded`` is how many records of the day there are already. Empty if there are no further ones, or if
    the shop is not the sample.
    """
    try:
        known = json_in(read_regular(folder / FILE), FILE)
    except (OSError, ValueError):
        return {}
    rows = known.get(form) if isinstance(known, dict) else None
    if not isinstance(rows, list) or recorded >= len(rows) or not isinstance(rows[recorded], dict):
        return {}
    return {str(name): str(text) for name, text in rows[recorded].items()}
