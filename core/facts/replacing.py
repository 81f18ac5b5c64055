"""Decide which rows of older files a newer file replaces.

The newer file replaces rows with the same keys and, for days that it covers completely, also older rows that
it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import Problem
from core.exports.reading.checks import CUT_AT
from core.exports.reading.problem_collector import days_text
from core.exports.reading.result import Reading
from core.exports.reading.row_store import Gathered
from core.exports.sheet import Sheet
from core.facts.batch import Batch
from core.facts.download_order import Download, is_newer, is_unsure
from core.facts.ledger import Ledger
from core.facts.window import load
from core.language.dates import short_day
from core.language.numbers import percent
from core.language.wording import plural, say

if TYPE_CHECKING:
    import pandas as pd

SMALL: Final = 0.02
"""The share of a day's sales (or clicks, or visitors) up to which rows missing from a newer file count as
deleted."""


SHORTER: Final = 0.2
"""The share of the previous stock list's pieces that a new list may lack without a warning."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an import replaces in older files."""

    whole: tuple[tuple[str, ...], ...] = ()
    """Groups (a day plus the sheet's other ``whole_for`` columns) that the new file replaces completely: none
    of their older rows counts any more."""
    problems: tuple[Problem, ...] = ()
    days: tuple[date, ...] = ()
    """Days for which the new file's rows count instead of older ones."""


def replaced(folder: Path, reading: Reading, made: Download, *, everything: bool = False) -> Replaced:
    """Return what importing the file replaces.

    ``everything``: replace the file's days completely, even if it lacks rows that older files have.
    """
    if reading.sheet is None or reading.gathered is None:
        return Replaced()
    held = Ledger(folder).live(reading.sheet.id)
    days = set(reading.dates)
    overlapping = [batch for batch in held if days & set(batch.dates)]
    newer = [batch for batch in overlapping if is_newer(batch, made)]
    older = [batch for batch in overlapping if batch not in newer]
    problems = [*_old_file(reading, made, newer), *_unsure(reading, made, overlapping)]
    whole: tuple[tuple[str, ...], ...] = ()
    if older and reading.sheet.whole_for:
        groups = _groups(folder, reading.sheet, reading.gathered, older)
        whole, said = _judged(groups, reading, older[-1].file, everything=everything)
        problems += said
    if reading.sheet.snapshot:
        problems += _shorter_list(folder, reading.sheet, reading.gathered, held)
    told = {day for batch in older for day in batch.dates}
    return Replaced(whole, tuple(problems), tuple(day for day in reading.dates if day in told))


def _old_file(reading: Reading, made: Download, newer: Sequence[Batch]) -> Iterator[Problem]:
    days = sorted({day for batch in newer for day in batch.dates} & set(reading.dates))
    if days and made.told is not None:
        yield Problem(
            say(
                "This file is older ({at}) than the figures already imported for {days}; it only fills gaps.",
                at=f"{made.told:%Y-%m-%d %H:%M}",
                days=days_text(days),
            ),
            where=reading.file,
            level="note",
        )


def _unsure(reading: Reading, made: Download, held: Sequence[Batch]) -> Iterator[Problem]:
    for batch in held:
        if is_unsure(batch, made) and batch.told is not None and made.told is not None:
            later, other = (
                (batch.file, reading.file) if batch.told > made.told else (reading.file, batch.file)
            )
            yield Problem(
                say(
                    "{a} and {b} are copies of one download. The times of the files say that {a} "
                    "is newer, the numbers in their names say {b}. {a} is used.",
                    a=later,
                    b=other,
                ),
                where=reading.file,
                level="doubt",
            )
            return


def _shorter_list(
    folder: Path, sheet: type[Sheet], rows: Gathered, held: Sequence[Batch]
) -> Iterator[Problem]:
    """Yield a warning if a stock list lacks goods that are a large part of the pieces in the previous list.

    Analyses use only the newest list, so they no longer include these goods, which may be sold out or in
    another list.
    """
    before = max((day for batch in held for day in batch.dates if day < max(rows.days)), default=None)
    if before is None or not sheet.weight:
        return
    keys = [name for name in sheet.key if name != "date"]
    old = load(folder, sheet, before, before).frame
    new = rows.frame()
    new = _plain(new[new["date"] == new["date"].max()][keys].drop_duplicates())
    seen = _plain(old[[*keys, *sheet.weight]]).merge(new, on=keys, how="left", indicator=True)
    gone = seen[seen["_merge"] == "left_only"]
    pieces = float(seen[sheet.weight[0]].sum())
    share = float(gone[sheet.weight[0]].sum()) / pieces if pieces > 0 else 0.0
    if share > SHORTER and len(gone) < len(seen):  # no rows in common: the lists name them differently
        yield Problem(
            say(
                "The new stock list lacks {n} of the {all} lines of the list of {day} ({share} of the "
                "pieces). The goods in these lines are no longer counted as stock.",
                n=len(gone),
                all=len(seen),
                day=short_day(before),
                share=percent(share, 0),
            ),
            say(
                "If these goods are in another list, or are not sold out, import one list that "
                "contains everything."
            ),
            level="doubt",
        )


def _groups(folder: Path, sheet: type[Sheet], rows: Gathered, older: Sequence[Batch]) -> pd.DataFrame:
    """Return the groups (by ``whole_for``) of which the new file lacks some older rows.

    ``n`` of the group's ``size`` rows are missing; ``share`` is their share of the group's weight. The group
    with the largest share comes first.
    """
    import pandas as pd

    names = list(sheet.whole_for)
    only = [*sheet.weight, *names]
    old = load(folder, sheet, min(rows.days), max(rows.days), among=older, only=only).frame
    new = rows.columns([*sheet.key]).drop_duplicates()
    held = _plain(old).merge(_plain(new[names].drop_duplicates()), on=names)
    seen = held.merge(_plain(new), on=list(sheet.key), how="left", indicator=True)
    missing = seen["_merge"] == "left_only"
    known = [name for name in sheet.weight if seen[name].sum() > 0]
    weight = seen[known[0]].fillna(0.0) if known else pd.Series(1.0, index=seen.index)
    counted = seen[names].assign(n=missing.astype(int), size=1, lost=weight.where(missing, 0.0), all=weight)
    made = counted.groupby(names, as_index=False).sum()
    made["share"] = (made["lost"] / made["all"].where(made["all"] > 0)).fillna(made["n"] / made["size"])
    return made[made["n"] > 0].sort_values("share", ascending=False, ignore_index=True)


def _judged(
    groups: pd.DataFrame, reading: Reading, before: str, *, everything: bool
) -> tuple[tuple[tuple[str, ...], ...], list[Problem]]:
    """Return the groups that are replaced completely, and the problems to report about missing rows.

    ``before``: the name of the newest of the older files, from which rows that are not replaced are kept.
    """
    if groups.empty or reading.sheet is None:
        return (), []
    small = (groups["share"] <= SMALL) & (reading.rows != CUT_AT)
    gone, lacks = groups[small | everything], groups[~(small | everything)]
    texts = [name for name in reading.sheet.whole_for if name != "date"]
    whole = tuple(
        (day.date().isoformat(), *map(str, rest))
        for day, *rest in gone[["date", *texts]].itertuples(index=False, name=None)
    )
    said = []
    if len(gone):
        days = sorted({moment.date() for moment in gone["date"]})
        what = plural(
            "{n} row of the older file is missing in the newer one and no longer counts for {days}.",
            "{n} rows of the older file are missing in the newer one and no longer count for {days}.",
            int(gone["n"].sum()),
            days=days_text(days),
        )
        said.append(Problem(what, where=reading.file, level="note"))
    if len(lacks):
        said.append(_lacking(lacks, reading.sheet, reading.file, before))
    return whole, said


def _lacking(lacks: pd.DataFrame, sheet: type[Sheet], file: str, before: str) -> Problem:
    """Return the note about the group of which the largest share is missing; older rows are kept for it."""
    worst = lacks.iloc[0]
    what = say(
        "The newer file lacks {n} of {all} rows of {day} ({share} of {weight}). The rows it has "
        "are used; the missing ones are kept from {file}.",
        n=int(worst["n"]),
        all=int(worst["size"]),
        day=short_day(worst["date"].date()),
        share=percent(float(worst["share"]), 0),
        weight=sheet.column(sheet.weight[0]).headers[0],
        file=before,
    )
    return Problem(
        what,
        say("To replace the whole day: press r on the Import screen, or run shopday import --replace."),
        file,
        level="note",
    )


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with categoricals as plain strings, so that two files can be merged on them."""
    return frame.astype({name: "str" for name in frame if frame[name].dtype == "category"})
