"""The default day for an analysis: the day after the newest imported day of the exports it needs.

Imports pandas, through the analysis and its sheets.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from core.facts.ledger import Ledger
from routines.answers.signature import reads
from routines.plan import analyses
from routines.plan.step import Step


def as_of(folder: Path, step: Step, today: date) -> date:
    """Return the default day of a step: the day after the newest imported day of the exports it needs.

    At most today. Only required exports count, or all if none is required. It is today if nothing is
    imported, and for a step that reads no exports or uses the clock.
    """
    if not step.analyse:
        return today
    needed = reads(analyses.named(step.analyse))
    must = [sheet for sheet, required in needed.sheets.values() if required]
    sheets = must or [sheet for sheet, _ in needed.sheets.values()]
    ledger = Ledger(folder)
    last = max((batch.last for sheet in sheets for batch in ledger.live(sheet.id)), default=None)
    if last is None or "now" in needed.knobs:
        return today
    return min(today, last + timedelta(days=1))
