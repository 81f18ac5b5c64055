"""One sentence for each picture, for screen readers, low screens and the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any, Final, TypeAlias

from core.answers.answer import Bar, Bars, Number, Series, Split, Table
from core.answers.waterfall import waterfall
from core.language.dates import short_day_of
from core.language.money import money
from core.language.numbers import count, percent, ratio
from core.language.wording import listing, plural, say

Picture: TypeAlias = Series | Split | Bars
_NAMED = 3
"""The number of bars that the sentence names."""
_FIGURES: dict[str, Callable[[float], str]] = {"CNY": money, "rate": percent, "ratio": ratio, "count": count}


def said(picture: Picture) -> str:
    """Return what the picture shows, in one sentence without a full stop."""
    tell = EVIDENCE[type(picture)]
    return "" if tell is None else tell(picture)


def counted(series: Series, places: Sequence[int]) -> str:
    """Return how many of these days reached their target, or stayed within their limit.

    Days whose values are not final are counted apart.
    """
    judged = [
        (place, value, target)
        for place in places
        if (value := series.values[place]) is not None and (target := series.targets[place]) is not None
    ]
    final = [series.met(value, target) for place, value, target in judged if not series.hollow(place)]
    if series.limit:
        return say("within the limit on {met} of {days} days", met=sum(final), days=len(final))
    words = say("target reached on {met} of {days} days", met=sum(final), days=len(final))
    if not (waiting := len(judged) - len(final)):
        return words
    more = plural("{n} more day still waits for refunds", "{n} more days still wait for refunds", waiting)
    return more if not final else say("{words}; {more}", words=words, more=more)


def _series(series: Series) -> str:
    known = [place for place, value in enumerate(series.values) if value is not None and isfinite(value)]
    if not known:
        return say("{name}: no values", name=series.name)
    values = [series.values[place] or 0.0 for place in known]
    show = _shower(series.unit)
    last = say("{value} on {day}", value=show(values[-1]), day=short_day_of(series.dates[known[-1]]))
    if not series.targets:
        return say("{name}: from {low} to {high}, latest {last}", name=series.name, low=show(min(values)),
                   high=show(max(values)), last=last)  # fmt: skip
    return say(
        "{name}: latest {last}; {counted}", name=series.name, last=last, counted=counted(series, known)
    )


def _split(split: Split) -> str:
    found = waterfall(split)
    show = _shower(split.unit)
    if found is None:
        parts = listing(f"{part.name} {show(part.value)}" for part in split.parts)
        return say("{name}: {parts}; total {total}", name=split.name, parts=parts, total=show(split.total))
    first, *between, last = (f"{row.name} {show(row.value)}" for row in found.rows)
    return say("{first}; {parts}; {last}", first=first, parts=listing(between), last=last)


def _bars(bars: Bars) -> str:
    missed = [bar for bar in bars.bars if bar.state == "missed"]
    named = listing(_bar(bars, bar) for bar in (missed or bars.bars)[:_NAMED])
    return say("{name}: {named}", name=bars.name, named=named)


def _bar(bars: Bars, bar: Bar) -> str:
    show = _shower(bars.unit)
    words = f"{bar.name} {bar_figure(bar, show)}"
    return words if bar.limit is None else f"{words} ({bars.limit} {show(bar.limit)})"


def bar_figure(bar: Bar, show: Callable[[float], str]) -> str:
    """Return a bar's value, or its range if only that is known."""
    if bar.value is not None:
        return show(bar.value)
    if bar.low is None or bar.high is None:
        return "-"
    return f"{show(bar.low)}-{show(bar.high)}"


def _shower(unit: str) -> Callable[[float], str]:
    if unit == "days":
        return lambda value: say("{n} days", n=ratio(value, 1))
    return _FIGURES.get(unit, count)


EVIDENCE: Final[dict[type, Callable[[Any], str] | None]] = {
    Series: _series,
    Split: _split,
    Bars: _bars,
    Number: None,  # no pictures
    Table: None,
}
"""The function that tells each kind of evidence in a sentence; None if it is no picture."""
