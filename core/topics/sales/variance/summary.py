"""The wording of a day's gap: the verdict and the limitations."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Verdict
from core.language import message
from core.language.message import Value, Words, say
from core.measures.calendar_names import name_of
from core.topics.sales.variance.effects import Gap
from core.topics.sales.variance.items import ItemGap
from core.topics.sales.variance.sources import SourceGap


def verdict(gap: Gap, first: Verdict[Words] | None) -> Verdict[Words]:
    """Return the verdict: the first change found this morning, if any, and the distance from usual sales."""
    values: dict[str, Value] = {
        "gmv": message.money(gap.sold),
        "held": _held(gap),
    }
    if first is not None:
        usual = say("Yesterday {gmv}, {held}; within the usual range.", **values)
        day = usual if gap.inside else say("Yesterday {gmv}, {held}.", **values)
        return Verdict(first.level, message.sentences([first.text, day]))
    if gap.inside and gap.sold > 0:
        text = say("Yesterday {gmv}, {held}; within the usual range, nothing to do.", **values)
        return Verdict("info", text)
    if not gap.sold and gap.usually > 0:
        text = say(
            "Nothing was sold yesterday; a usual day brings {usual}. Is the shop closed, can buyers pay, is "
            "the file complete?",
            usual=message.money(gap.usually),
        )
        return Verdict("watch", text)
    if not gap.placebo:
        text = say("Yesterday {gmv}, {held}; too little history to say whether that is unusual.", **values)
        return Verdict("info", text)
    if not gap.shape_known:
        text = say("Yesterday {gmv}, {held}. It was a campaign day, so only sales are judged.", **values)
        return Verdict("info", text)
    text = say("Yesterday {gmv}, {held}; outside the usual range, but no single change stands out.", **values)
    return Verdict("info", text)


def _held(gap: Gap) -> Words:
    """Return the text on how far the day was above or below usual."""
    values: dict[str, Value] = {"gap": message.money(abs(gap.total)), "usual": _against(gap)}
    return say("{gap} below {usual}", **values) if gap.total < 0 else say("{gap} above {usual}", **values)


def _against(gap: Gap) -> Words:
    if gap.dip is not None:
        return say("a usual day after {campaign}", campaign=name_of(gap.dip))
    if gap.multiplier != 1.0:
        return say("the sales the campaign calendar expects")
    if not gap.shape_known:
        return say("a usual day (yesterday was not one)")
    return say("a usual day")


# ---- limits


def limits(gap: Gap, sources: SourceGap | None, items: ItemGap | None) -> tuple[Words, ...]:
    """Return the days used and left out, and what the figures cannot show."""
    said = [say("Days used for comparison: {days}.", days=_days(gap.usual.days))]
    if gap.usual.left_out:
        said.append(
            say(
                "Not comparable (campaign, festival or the quiet days after one): {days}.",
                days=_days(gap.usual.left_out),
            )
        )
    if gap.usual.kind != "weekday":
        said.append(say("Too few usual days of the same weekday; other weekdays were used."))
    if (gap.day - gap.usual.days[-1]).days > 42:  # noqa: PLR2004 - six weeks: a season can turn
        said.append(
            say(
                "The oldest day used for comparison is {n} days ago; the season may have changed since.",
                n=(gap.day - gap.usual.days[-1]).days,
            )
        )
    if not gap.shape_known:
        said.append(
            say(
                "A campaign or festival day: the calendar sets its expected sales, but not its visitors and "
                "conversion."
            )
        )
    elif gap.multiplier != 1.0:
        said.append(
            say(
                "The calendar expects {size} times the usual sales; half of this effect was "
                "assigned to visitors, half to conversion.",
                size=message.ratio(gap.multiplier),
            )
        )
    if not gap.placebo:
        said.append(
            say(
                "Too little history: the usual range is estimated from the numbers of visitors "
                "and buyers alone and is too narrow."
            )
        )
    if sources is not None:
        said.append(
            say(
                "Visitors overlap between sources, so they do not add up to the shop's total. Sources are "
                "compared with {days}.",
                days=_days(sources.usual.days),
            )
        )
    if items is not None:
        said.append(say("The days that items are compared with: {days}.", days=_days(items.usual.days)))
    said.append(
        say(
            "The split shows whether the money was lost through visitors, conversion or order value, but "
            "not why."
        )
    )
    return tuple(said)


def _days(days: tuple[date, ...]) -> Words:
    return message.listing([message.short_day(day) for day in sorted(days)])
