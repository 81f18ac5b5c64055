"""A cache of the shop's daily figures, so that searches by figure need not open the imported rows.

The figures are computed from the imported rows for several consecutive months at a time (which imports
pandas) and kept in ``cache/find/figures.json``. A month stays valid while the set of import batches with days
in it is unchanged.
"""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from core.errors import CannotWrite
from core.facts.batch import Batch
from core.facts.ledger import Ledger
from core.find.names import OF_THE_DAY
from core.shop.settings import Shop
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular

Figures: TypeAlias = dict[date, dict[str, float]]
"""Figures by day, then by metric; unknown figures are absent."""
Month: TypeAlias = tuple[int, int]

_SHEETS: Final = ("shop_day", "orders", "ads", "service")
"""The sheets with figures of the whole shop; orders replace the daily export where it is missing."""
_RUN: Final = 12
"""Maximum number of months computed together."""


def figures_by_day(folder: Path, shop: Shop, version: str) -> Figures:
    """Return every known figure of every day; raise BadInput if the ledger is invalid.

    ``version`` changes when the way figures are computed changes; all months are then recomputed.
    """
    stands = _stands(folder, shop, f"{version} {_aims(shop)}")
    kept = _load(folder)
    good = {month: days for month, (stand, days) in kept.items() if stands.get(month) == stand}
    missing = [month for month in stands if month not in good]
    for run in _runs(missing):
        good |= _worked_out(folder, shop, run)
    if missing or set(kept) - set(stands):
        _save(folder, {month: (stands[month], good.get(month, {})) for month in stands})
    return {date.fromisoformat(day): row for month in sorted(good) for day, row in good[month].items()}


def _aims(shop: Shop) -> str:
    """Return the settings that daily targets depend on, as text for the cache key."""
    aims = sorted(shop.targets.items()), sorted(shop.targets_net.items()), shop.target, shop.refund_rate
    return repr((*aims, shop.weekday_weights, shop.calendar))


_Days: TypeAlias = dict[str, dict[str, float]]


def _stands(folder: Path, shop: Shop, version: str) -> dict[Month, str]:
    """Return for each month a hash of everything its figures depend on.

    Net sales of a month depend on refunds that are asked for later, so on the whole refund list.
    """
    touching: dict[Month, list[str]] = {}
    for batch in _batches(folder):
        for month in sorted({(day.year, day.month) for day in batch.dates}):
            touching.setdefault(month, []).append(batch.id)
    refunds = Ledger(folder).digest(("refunds",))
    return {
        month: hashlib.blake2b(
            " ".join([version, *([refunds] if shop.judged_net(date(*month, 1)) else []), *ids]).encode(),
            digest_size=8,
        ).hexdigest()
        for month, ids in sorted(touching.items())
    }


def _batches(folder: Path) -> Iterator[Batch]:
    ledger = Ledger(folder)
    for sheet in _SHEETS:
        yield from ledger.live(sheet)


def _runs(months: Sequence[Month]) -> Iterator[list[Month]]:
    """Yield runs of consecutive months, of limited length."""
    run: list[Month] = []
    for year, month in sorted(months):
        if run and (len(run) == _RUN or (year * 12 + month) - (run[-1][0] * 12 + run[-1][1]) != 1):
            yield run
            run = []
        run.append((year, month))
    if run:
        yield run


def _worked_out(folder: Path, shop: Shop, months: Sequence[Month]) -> dict[Month, _Days]:
    """Return the figures of consecutive months, computed from the imported rows."""
    from core.exports.kinds.ads import Ads
    from core.exports.kinds.orders import Orders
    from core.exports.kinds.service import Service
    from core.exports.kinds.shop_day import ShopDay
    from core.facts.days_from_orders import shop_days
    from core.facts.window import load
    from core.measures.metrics import figures

    first, last = date(*months[0], 1), date(*months[-1], monthrange(*months[-1])[1])
    sheets = (load(folder, ShopDay, first, last), load(folder, Ads, first, last),
              load(folder, Service, first, last))  # fmt: skip
    frames = {sheet.id: sheet.frame for sheet in sheets if not sheet.frame.empty}
    if "shop_day" not in frames:
        frames["shop_day"] = shop_days(load(folder, Orders, first, last)).frame
    found: dict[Month, _Days] = {month: {} for month in months}
    for month in months:
        for day, share in _shares_of_target(folder, shop, date(*month, 1)).items():
            found[month].setdefault(day.isoformat(), {})["target_share"] = share
    for metric in OF_THE_DAY:
        series = figures(metric, None, shop, frames)
        for day, value in ({} if series is None else series.values).items():
            if (day.year, day.month) in found and value == value:  # noqa: PLR0124 - NaN means unknown
                found[day.year, day.month].setdefault(day.isoformat(), {})[metric] = float(value)
    return {month: dict(sorted(days.items())) for month, days in found.items()}


def _shares_of_target(folder: Path, shop: Shop, first: date) -> dict[date, float]:
    """Return each day's sales divided by its target, both net if the month is judged by net sales.

    Empty if there is no target.
    """
    from core.review.current_figures import month_now

    if not shop.target_of(first) and not shop.judged_net(first):
        return {}
    now = month_now(folder, shop, first)
    sold = {day: one.net for day, one in now.net.items()} or {
        day: row["gmv"] for day, row in now.figures.items() if "gmv" in row
    }
    return {day: sold[day] / aim for day, aim in now.targets.items() if day in sold and aim > 0}


def _file(folder: Path) -> Path:
    return folder / "cache" / "find" / "figures.json"


def _load(folder: Path) -> dict[Month, tuple[str, _Days]]:
    try:
        kept = json_in(read_regular(_file(folder)), _file(folder).name)
        return {_month(name): (row["stand"], row["days"]) for name, row in kept["months"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _save(folder: Path, months: Mapping[Month, tuple[str, _Days]]) -> None:
    """Write the cache; write errors are ignored, as the figures can be recomputed."""
    rows: dict[str, Any] = {
        f"{year:04d}-{month:02d}": {"stand": stand, "days": days}
        for (year, month), (stand, days) in sorted(months.items())
    }
    with suppress(CannotWrite, OSError):
        write_atomically(_file(folder), json.dumps({"months": rows}).encode())


def _month(name: str) -> Month:
    year, _, month = name.partition("-")
    return int(year), int(month)
