"""The gap as an operator says it: the sentence, and what cannot be concluded."""

from __future__ import annotations

from datetime import date

from core.answers.answer import LevelName, Verdict
from core.language import message
from core.language.message import Value, Words, say
from core.measures.calendar_names import name_of
from core.topics.sales.variance.effects import FACTORS, URGENT, Gap
from core.topics.sales.variance.items import ItemGap
from core.topics.sales.variance.sources import SourceGap, SourceLine
from core.topics.sales.variance.tables import FACTOR_NAMES


def verdict(gap: Gap, sources: SourceGap | None) -> Verdict[Words]:
    """Return the sentence: how far from usual and what is likely behind it, or that it is the usual swing."""
    values: dict[str, Value] = {
        "gmv": message.money(gap.sold),
        "held": _held(gap),
    }
    if gap.inside:
        hidden = _hidden(gap, sources)
        if hidden:
            text = say(
                "Yesterday {gmv}, {held}; within the usual range, but {hidden}.", hidden=hidden, **values
            )
            return Verdict("watch", text)
        text = say("Yesterday {gmv}, {held}; within the usual range, nothing to do.", **values)
        return Verdict("info", text)
    cause = _main_cause(gap, sources)
    if cause:
        return Verdict(_level(gap), say("Yesterday {gmv}, {held}: {cause}.", cause=cause, **values))
    if not gap.shape_known:
        text = say("Yesterday {gmv}, {held}: a campaign day, judged by its sales only.", **values)
        return Verdict("watch" if gap.total < 0 else "good", text)
    text = say("Yesterday {gmv}, {held}: outside the usual range, but no single factor stands out.", **values)
    return Verdict("watch" if gap.total < 0 else "good", text)


def _held(gap: Gap) -> Words:
    """Say how far the day was above or below what it is held against."""
    values: dict[str, Value] = {"gap": message.money(abs(gap.total)), "usual": _against(gap)}
    return say("{gap} below {usual}", **values) if gap.total < 0 else say("{gap} above {usual}", **values)


def _against(gap: Gap) -> Words:
    if gap.dip is not None:
        return say("a usual day after {campaign}", campaign=name_of(gap.dip))
    if gap.multiplier != 1.0:
        return say("what the calendar expects")
    if not gap.shape_known:
        return say("a usual day, which it was not")
    return say("a usual day")


def _main_cause(gap: Gap, sources: SourceGap | None) -> Words:
    """Return the likely factor that pulls the way of the gap, with the source behind it.

    Empty when none is likely.
    """
    pulling = [f for f in FACTORS if gap.said[f] == "likely" and gap.effect(f) * gap.total > 0]
    if not pulling:
        return ""
    factor = max(pulling, key=lambda name: abs(gap.effect(name)))
    values = {"factor": say(FACTOR_NAMES[factor]), "effect": message.money(gap.effect(factor), sign=True)}
    line = _source_behind(gap, sources) if factor == "visitors" else None
    if line is not None:
        return say("likely {factor} ({effect}), most of it from {source}", source=line.name, **values)
    return say("likely {factor} ({effect})", **values)


def _source_behind(gap: Gap, sources: SourceGap | None) -> SourceLine | None:
    if sources is None:
        return None
    moved = [line for line in sources.lines if line.moved and line.lost * gap.total > 0]
    best = max(moved, key=lambda line: abs(line.lost), default=None)
    return best if best is not None and abs(best.lost) >= 0.5 * abs(gap.effect("visitors")) else None


def _hidden(gap: Gap, sources: SourceGap | None) -> Words:
    """Return what a usual sum hides: a source that stopped, or a large loss that others made up for."""
    stopped = [] if sources is None else [line for line in sources.lines if line.since and line.moved]
    line = max(stopped, key=lambda one: abs(one.lost), default=None)
    if line is not None and sources is not None and abs(line.lost) >= sources.worth:
        return say("{source} stopped on {since}", source=line.name, since=message.short_day(line.since))
    losses = [factor for factor in FACTORS if gap.said[factor] == "likely" and gap.effect(factor) < 0]
    worst = min(losses, key=gap.effect, default="")
    if worst and gap.effect(worst) <= -URGENT * gap.usually:
        return say(
            "{factor} cost {effect}", factor=say(FACTOR_NAMES[worst]), effect=message.money(gap.effect(worst))
        )
    return ""


def _level(gap: Gap) -> LevelName:
    if gap.total >= 0:
        return "good"
    if gap.inside or not gap.shape_known or (gap.dip is not None and gap.multiplier == 1.0):
        return "watch"
    return "act" if gap.total <= -URGENT * gap.usually else "watch"


# ---- what cannot be concluded


def limits(gap: Gap, sources: SourceGap | None, items: ItemGap | None) -> tuple[Words, ...]:
    """Return which days were used and left out, and what the figures cannot carry."""
    said = [say("Held against: {days}.", days=_days(gap.usual.days))]
    if gap.usual.left_out:
        said.append(
            say(
                "Left out as not usual (campaign, festival or the dip after one): {days}.",
                days=_days(gap.usual.left_out),
            )
        )
    if gap.usual.kind != "weekday":
        said.append(say("Too few days of the same weekday; other days of the week stand in."))
    if (gap.day - gap.usual.days[-1]).days > 42:  # noqa: PLR2004 - six weeks: a season can turn
        said.append(
            say(
                "The oldest of these days is {n} days back; the season may have moved on since.",
                n=(gap.day - gap.usual.days[-1]).days,
            )
        )
    if not gap.shape_known:
        said.append(
            say("A campaign or festival day: the calendar sizes its sales, not visitors and conversion.")
        )
    elif gap.multiplier != 1.0:
        said.append(
            say(
                "The calendar's ×{size} is a plan for sales; half was laid on visitors, half on conversion.",
                size=message.ratio(gap.multiplier),
            )
        )
    if not gap.placebo:
        said.append(
            say(
                "Too little history for a band from earlier days: the swing is from counts alone "
                "and is too narrow."
            )
        )
    if sources is not None:
        said.append(
            say(
                "Visitors overlap between sources, so their sum is not the shop's; sources against {days}.",
                days=_days(sources.usual.days),
            )
        )
    if items is not None:
        said.append(
            say("Items against {days}; their swing is from counts alone.", days=_days(items.usual.days))
        )
    said.append(say("The split says through which factor the money was lost, not why."))
    return tuple(said)


def _days(days: tuple[date, ...]) -> Words:
    return message.listing([message.short_day(day) for day in sorted(days)])
