"""A month's figures according to the current exports, cached in ``cache/review`` while inputs are unchanged.

Reading the cache needs no pandas, so the calendar and the first screen of the morning can use it; the analyst
computes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import BadInput, CannotWrite
from core.facts.ledger import Ledger
from core.journal.book import Book
from core.review.cause import SHEETS, cause_of
from core.review.correction import Correction, correction_from, shape
from core.review.digest import DayDigest
from core.review.months import Months, after, days_of
from core.review.stated_figures import plain_of
from core.shop.loading import load_shop
from core.shop.settings import settings_file
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in, settings_bytes
from core.storage.regular_files import read_regular
from core.topics.sales.net_days import NetDay

if TYPE_CHECKING:
    from core.review.current_figures import DayFigures, MonthNow

_LAYOUT: Final = 3
"""The version of the cached results. Increase it to invalidate them; any import also does."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures, targets and corrections of a month."""

    figures: Mapping[date, DayFigures]
    targets: Mapping[date, float]
    """Each day's target in yuan: net if the month is judged by net sales."""
    net: Mapping[date, NetDay]
    """Net sales by day; empty unless the month is judged by them."""
    corrections: tuple[Correction, ...]
    """Corrections of the reports of the month's days."""


NOTHING: Final = MonthFigures({}, {}, {}, ())


def known(folder: Path, months: Months, first: date) -> MonthFigures | None:
    """Return the month's figures from the cache; None if they must be computed.

    They must be if they are not cached or an input has changed, and also if the ledger cannot be used:
    computing them then reports the reason. For a shop without exports the result is :data:`NOTHING`.
    """
    try:
        if not any(batch.sheet in SHEETS for batch in Ledger(folder).batches()):
            return NOTHING
        kept = json_in(read_regular(_file(folder, first)), _file(folder, first).name)
        if kept["fingerprint"] != _fingerprint(folder, _finished(months, first)):
            return None
        return _from_plain(kept)
    except (BadInput, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def work_out(folder: Path, first: date, months: Months | None = None) -> MonthFigures:
    """Return the month's figures according to the current exports, computing them if necessary (with pandas).

    Raise BadSettings if shop.toml is invalid, and BadInput if imported rows are damaged.
    """
    months = months or Months(Book(folder))
    if (held := known(folder, months, first)) is not None:
        return held
    from core.review.current_figures import corrections, month_now

    reports = _finished(months, first)
    fingerprint = _fingerprint(folder, reports)
    shop = load_shop(folder)
    now = month_now(folder, shop, first)
    found = MonthFigures(now.figures, now.targets, now.net, corrections(folder, reports, now.figures))
    text = json.dumps({"fingerprint": fingerprint, **_plain(now, found.corrections)}, ensure_ascii=False)
    with suppress(CannotWrite, OSError):
        write_atomically(_file(folder, first), text.encode())
    return found


def suspected(folder: Path, months: Months, first: date) -> bool:
    """Return whether a finished report of the month may need a correction.

    This is judged only from the ledger and the journal, without computing figures.
    """
    batches = Ledger(folder).batches()
    stated = [one for digest in _finished(months, first).values() for one in digest.stated]
    return any(cause_of(batches, one) is not None for one in stated)


def corrected_days(folder: Path, first: date, last: date) -> tuple[Correction, ...]:
    """Return the figures of these days that reports stated differently from the current exports.

    May import pandas. A day's figures can be stated in its own report (if that was written late) and in the
    report of the next day, so the reports of both are searched.
    """
    months = Months(Book(folder))
    begin, until = first.replace(day=1), last + timedelta(days=1)
    found: list[Correction] = []
    while begin <= until:
        if suspected(folder, months, begin):
            found += work_out(folder, begin, months).corrections
        begin = after(begin)
    return tuple(one for one in found if first <= one.day <= last)


def _finished(months: Months, first: date) -> dict[date, DayDigest]:
    return {day: digest for day, digest in months.days(days_of(first)).items() if digest.report == "finished"}


def _fingerprint(folder: Path, reports: Mapping[date, DayDigest]) -> dict[str, Any]:
    """Return the values that must be unchanged for the cached figures to be valid."""
    stated = [f"{day} {plain_of(digest.stated)}" for day, digest in sorted(reports.items())]
    return {
        "layout": _LAYOUT,
        "settings": _hash(settings_bytes(settings_file(folder))),
        "facts": Ledger(folder).digest((*SHEETS, "refunds")),
        "reports": _hash("\n".join(stated).encode()),
    }


def _plain(now: MonthNow, found: tuple[Correction, ...]) -> dict[str, Any]:
    return {
        "figures": {day.isoformat(): dict(values) for day, values in now.figures.items()},
        "targets": {day.isoformat(): value for day, value in now.targets.items()},
        "net": {day.isoformat(): asdict(one) for day, one in now.net.items()},
        "corrections": [shape(one) for one in found],
    }


def _from_plain(kept: Mapping[str, Any]) -> MonthFigures:
    return MonthFigures(
        {date.fromisoformat(day): values for day, values in kept["figures"].items()},
        {date.fromisoformat(day): value for day, value in kept["targets"].items()},
        {date.fromisoformat(day): NetDay(**one) for day, one in kept["net"].items()},
        tuple(correction_from(row) for row in kept["corrections"]),
    )


def _file(folder: Path, first: date) -> Path:
    return folder / "cache" / "review" / f"{first:%Y-%m}.now.json"


def _hash(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=8).hexdigest()
