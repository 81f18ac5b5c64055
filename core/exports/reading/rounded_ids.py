"""Detect ids that were rounded by a spreadsheet program, e.g. 4812345678901200000.

A single id may end in zeros by chance, but not half of a file's ids.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from core.exports.reading.problem_collector import ProblemCollector
from core.exports.reading.rows import LONG_ID
from core.language.wording import say

_EXACT: Final = 18
"""The number of digits from which only few numbers can be stored exactly by a spreadsheet program."""
_CHANCE: Final = 1e-5
"""Ids that look rounded are taken to be rounded if the probability of chance is below this."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """The ids of one column that look rounded."""

    ids: frozenset[str]
    chance: float
    """The probability that this many ids look rounded by chance."""
    of: int
    """The number of ids long enough to be checked."""

    @property
    def many(self) -> bool:
        """Return whether at least half of the checked ids look rounded."""
        return bool(self.ids) and 2 * len(self.ids) >= self.of

    @property
    def certain(self) -> bool:
        """Return whether the ids were certainly rounded (chance cannot explain it)."""
        return self.many and self.chance < _CHANCE


def rounded(ids: Collection[str]) -> Rounded:
    """Return the ids that look rounded: with zeros after the 15th digit, or exactly storable as a float.

    Only ids with one of these two signs are returned: the sign that cannot be chance, else the more frequent
    one.
    """
    long = {one for one in ids if len(one) >= LONG_ID and one.isdecimal() and one.isascii()}
    signs = (
        {one: 10.0 ** (15 - len(one)) for one in long if not one[15:].strip("0")},
        {one: _exact_chance(one) for one in long if len(one) >= _EXACT and int(float(one)) == int(one)},
    )
    found = [Rounded(frozenset(sign), _binomial(len(sign), len(long), sign), len(long)) for sign in signs]
    return max(found, key=lambda one: (one.certain, len(one.ids)))


def looks_rounded(one: str) -> bool:
    """Return whether a single id looks as if a spreadsheet program had rounded it."""
    return bool(rounded([one]).ids)


def refuse_rounded(n: int, of: int, header: str, cell: str, troubles: ProblemCollector) -> None:
    """Refuse a file because ``n`` of its ``of`` ids in the column ``header`` lost their last digits.

    ``cell``: one of them, as an example.
    """
    troubles.refuse(*_words(n, of, header, cell), header)


def check_ids(
    ids: Mapping[str, Collection[str]], headers: Mapping[str, str], troubles: ProblemCollector
) -> None:
    """Refuse a file whose ids were certainly rounded; add a note if it may be chance.

    ``ids``: long ids by column; ``headers``: the file's headers of these columns.
    """
    for name, some in ids.items():
        found = rounded(some)
        if found.many:
            cell = min(found.ids)
            if found.certain:
                refuse_rounded(len(found.ids), found.of, headers[name], cell, troubles)
                return
            what, todo = _words(len(found.ids), found.of, headers[name], cell)
            troubles.note(say("{what} It may also be a coincidence.", what=what), todo, column=headers[name])


def _words(n: int, of: int, header: str, cell: str) -> tuple[str, str]:
    return (
        say(
            "{n} of {all} ids in {header} were rounded by a spreadsheet program (“{cell}”).",
            n=n,
            all=of,
            header=header,
            cell=cell,
        ),
        say("Download the file again and import it without opening it."),
    )


def _exact_chance(one: str) -> float:
    return 2.0 ** -max(0, math.floor(math.log2(int(one))) - 52) if int(one) else 1.0


def _binomial(k: int, n: int, chances: dict[str, float]) -> float:
    """Return the probability of at least ``k`` successes in ``n`` trials.

    The probability of each success is taken to be the largest of ``chances``.
    """
    if not k:
        return 1.0
    p = max(chances.values())
    if p >= 1:
        return 1.0
    logs = (
        math.lgamma(n + 1)
        - math.lgamma(i + 1)
        - math.lgamma(n - i + 1)
        + i * math.log(p)
        + (n - i) * math.log1p(-p)
        for i in range(k, n + 1)
    )
    return min(1.0, sum(math.exp(one) for one in logs))
