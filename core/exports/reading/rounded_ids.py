"""Ids that a spreadsheet program rounded and that were written out in full: 4812345678901200000.

Each id alone may end in zeros by chance; that half of a file's ids do is none.
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
"""Digits from which a number that a spreadsheet holds exactly is rare."""
_CHANCE: Final = 1e-5
"""Below this chance that so many honest ids look rounded, they are."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """The ids of one column that look rounded."""

    ids: frozenset[str]
    chance: float
    """That as many honest ids look so."""
    of: int
    """Ids long enough to be looked at."""

    @property
    def many(self) -> bool:
        """Tell whether at least half of the ids look so."""
        return bool(self.ids) and 2 * len(self.ids) >= self.of

    @property
    def certain(self) -> bool:
        """Tell whether they were rounded, beyond what chance explains."""
        return self.many and self.chance < _CHANCE


def rounded(ids: Collection[str]) -> Rounded:
    """Return which of the ids look rounded, by the sign that more of them show."""
    long = {one for one in ids if len(one) >= LONG_ID and one.isdecimal() and one.isascii()}
    signs = (
        {one: 10.0 ** (15 - len(one)) for one in long if not one[15:].strip("0")},
        {one: _exact_chance(one) for one in long if len(one) >= _EXACT and int(float(one)) == int(one)},
    )
    found = [Rounded(frozenset(sign), _binomial(len(sign), len(long), sign), len(long)) for sign in signs]
    return max(found, key=lambda one: (one.certain, len(one.ids)))


def looks_rounded(one: str) -> bool:
    """Tell whether a single id shows a sign of rounding."""
    return bool(rounded([one]).ids)


def refuse_rounded(n: int, of: int, header: str, cell: str, troubles: ProblemCollector) -> None:
    """Refuse a file whose ids lost their last digits."""
    troubles.refuse(*_words(n, of, header, cell), header)


def check_ids(
    ids: Mapping[str, Collection[str]], headers: Mapping[str, str], troubles: ProblemCollector
) -> None:
    """Refuse a file whose ids were rounded beyond doubt; where it may be chance, say so.

    ``ids``: long ids by our column; ``headers``: how the file calls these columns.
    """
    for name, some in ids.items():
        found = rounded(some)
        if found.many:
            cell = min(found.ids)
            if found.certain:
                refuse_rounded(len(found.ids), found.of, headers[name], cell, troubles)
                return
            what, todo = _words(len(found.ids), found.of, headers[name], cell)
            troubles.note(say("{what} Unless that is chance.", what=what), todo, column=headers[name])


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
    """Return the chance of at least k of n, each with the largest of the chances."""
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
