"""A journal taken from one store to another, with nothing but what every store does."""

from __future__ import annotations

from datetime import date

from core.journal.store import Store, unchanged


def move(source: Store, target: Store) -> None:
    """Append every day of the one to the other; doing it again, or after a stop, appends what is missing."""
    for year in sorted(source.years()):
        for day in source.stamps(date(year, 1, 1), date(year, 12, 31)):
            target.append(day, unchanged(source.read(day).entries))
