"""The findings about the month's target: outlook, actions, limitations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, plural, say
from core.measures import baseline
from core.measures.calendar_names import name_of
from core.topics.sales.month.progress import DayInMonth

FAR = 1.05
"""The ratio of needed to planned sales per day from which an unlikely target calls for action.

Below it, the month is only rated watch (a judgement).
"""
ASKED_DAYS = 7
"""Unusual days older than this many days are left out without a question (a judgement).

Nobody remembers what such a day was.
"""
UNBELIEVED = 5.0
"""From this multiple of its usual sales on, a day is asked about instead of being praised.

The file may be wrong (a judgement).
"""
A_GAP = 1 / 3
"""A day with at most this share of its usual sales is asked about; above it, it is just a bad day.

Set by judgement.
"""
SURE = 0.995
"""Probabilities above this, or below one minus this, are not printed as numbers."""


def outlook(month: DayInMonth) -> Words:
    """Return one short sentence on the month's target: the chance of reaching it, and sales needed per day.

    Once the month is over or the target is reached, the sentence states the result.
    """
    chance = month.pace.chance
    if not month.left:
        return (
            say("The target of {month} is reached.", month=f"{month.day:%Y-%m}")
            if month.pace.achieved >= month.plan.total
            else say(
                "The target of {month} was missed by {money}.",
                month=f"{month.day:%Y-%m}",
                money=message.money(month.plan.total - month.pace.achieved),
            )
        )
    if (month.pace.required_ratio or 0.0) <= 0:
        return say("The month's target is already reached.")
    need = message.money(month.needed_a_day)
    if chance is None:
        return say("{need} needed per day from now on.", need=need)
    return _odds(month, chance, need)


def _odds(month: DayInMonth, chance: float, need: Words) -> Words:
    lines, days = month.shop.thresholds, len(month.left)
    if chance >= SURE:
        return say("Reaching the month's target is practically certain.")
    if chance <= 1 - SURE:
        return plural(
            "The month's target is practically out of reach: it needs {need} on the {n} day left.",
            "The month's target is practically out of reach: it needs {need} a day for {n} days.",
            days,
            need=need,
        )
    odds = message.percent(chance, 0)
    if chance >= lines.leans:
        return say("{odds} likely to reach the month's target.", odds=odds)
    return plural(
        "{odds} likely to reach the month's target: it needs {need} on the {n} day left.",
        "{odds} likely to reach the month's target: it needs {need} a day for {n} days.",
        days,
        odds=odds,
        need=need,
    )


def chance_words(chance: float) -> Words:
    """Return a probability in whole percent, never as 0 % or 100 %."""
    if chance >= SURE:
        return say("over 99%")
    return say("under 1%") if chance <= 1 - SURE else message.percent(chance, 0)


def share_words(share: float | None) -> Words:
    """Return a share of the target in whole percent; a share just below 100 % keeps one decimal."""
    if share is None or share >= 1 or round(share * 100) < 100:  # noqa: PLR2004 - in percent
        return message.percent(share, 0)
    return message.percent(min(share, 0.999), 1)


def month_level(month: DayInMonth) -> LevelName:
    """Return the level of the finding on the month's target, by the chance of reaching it.

    After the last day of the month it follows from the result.
    """
    chance, lines = month.pace.chance, month.shop.thresholds
    if not month.left:
        return "good" if month.pace.achieved >= month.plan.total else "watch"
    if chance is None:
        return "info"
    if chance >= lines.leans:
        return "good"
    far = (month.pace.required_ratio or 0.0) >= FAR
    return "act" if chance <= 1 - lines.likely and far else "watch"


def month_finding(month: DayInMonth) -> Finding[Words]:
    """Return the finding on the month's progress and forecast, with actions if it is likely to be missed."""
    pace = month.pace
    values: dict[str, Value] = {
        "month": f"{month.day:%Y-%m}",
        "done": message.money(pace.achieved),
        "total": message.money(month.plan.total),
        "forecast": message.money(pace.forecast),
        "low": message.money(pace.low),
        "high": message.money(pace.high),
        "need": message.money(month.needed_a_day),
    }
    if not month.left:
        text = say("{month}: {done} of {total}; the month is over.", **values)
    elif pace.achieved >= month.plan.total:
        text = plural(
            "{month}: the target is reached with {n} day left. Sales {done}, target {total}, "
            "{over} above it.",
            "{month}: the target is reached with {n} days left. Sales {done}, target {total}, "
            "{over} above it.",
            len(month.left),
            over=message.money(pace.achieved - month.plan.total),
            **values,
        )
    elif pace.low is None:
        text = plural(
            "{month}: {done} of {total} so far, {n} day left; {need} needed per day.",
            "{month}: {done} of {total} so far, {n} days left; {need} needed per day.",
            len(month.left),
            **values,
        )
    else:
        text = plural(
            "{month}: {done} of {total} so far, {n} day left; month-end forecast {forecast} ({low} to "
            "{high}), {need} needed per day.",
            "{month}: {done} of {total} so far, {n} days left; month-end forecast {forecast} ({low} to "
            "{high}), {need} needed per day.",
            len(month.left),
            **values,
        )
    return finding(
        "target", "month", month_level(month), text, *_month_proposals(month), impact=_month_impact(month)
    )


def _short(month: DayInMonth) -> float:
    """Return the shortfall from the target in yuan: by the forecast or, if the month is over, the result."""
    end = month.pace.forecast if month.left else month.pace.achieved
    return 0.0 if end is None else month.plan.total - end


def _month_impact(month: DayInMonth) -> Impact | None:
    """Return the shortfall of the month as an impact; None if the target will be reached."""
    short, pace = _short(month), month.pace
    if short <= 0:
        return None
    if not month.left or pace.low is None or pace.high is None:
        return Impact(short, "once")
    total = month.plan.total
    return Impact(short, "once", low=max(0.0, total - pace.high), high=max(0.0, total - pace.low))


def _month_proposals(month: DayInMonth) -> tuple[Proposal[Words], ...]:
    if month.pace.chance is None or month.pace.chance >= month.shop.thresholds.leans or not month.left:
        return ()
    short = _short(month)
    if short <= 0:
        return ()
    plan = say(
        "Decide how to make up the missing {money}: campaign, ads or returning customers, each with a date",
        money=message.money(short),
    )
    agree = say(
        "Agree with the shop owner whether to keep the target or lower it, before spending money to chase it"
    )
    need, due = month.needed_a_day, (month.day + timedelta(days=2)).isoformat()
    first = Proposal("operator", plan, "gmv", "up", due, expected=round(need) if need else None)
    hopeless = month.pace.chance <= 1 - month.shop.thresholds.likely
    return (first, Proposal("owner", agree, due=due)) if hopeless else (first,)


def day_finding(month: DayInMonth) -> Finding[Words]:
    """Return the finding on yesterday's sales compared with the target.

    A shortfall within the usual range only gets the level "info".
    """
    gap = month.sold - month.target
    values: dict[str, Value] = {
        "day": message.day(month.day),
        "gmv": message.money(month.sold),
        "target": message.money(month.target),
        "gap": message.money(gap, sign=True),
        "swing": message.percent(month.swing, 0),
    }
    if month.closed:
        return finding("target", "yesterday", "info", _closed(month, values))
    if month.odd.get(month.day, 0.0) >= UNBELIEVED:
        odd = say(
            "{day}: {gmv}, target {target} ({gap}); an unusual day, see the question about it below.",
            **values,
        )
        return finding("target", "yesterday", "info", odd)
    level, text = _day_made(month, values) if gap >= 0 else _day_missed(month, values)
    short = gap < 0 and not month.inside_swing
    return finding("target", "yesterday", level, text, impact=Impact(-gap, "once") if short else None)


def _closed(month: DayInMonth, values: Mapping[str, Value]) -> Words:
    if not month.sold:
        return say("{day}: the shop was closed, so no sales were expected.", **values)
    return say("{day}: sales were {gmv}, although the calendar says the shop was closed.", **values)


def odd_day_findings(month: DayInMonth, asked_about: Collection[date] = ()) -> list[Finding[Words]]:
    """Return a question for each day of the last week with sales far above or far below usual.

    Days in ``asked_about`` are left out, because they are already asked about as a festival.
    """
    since = month.day - timedelta(days=ASKED_DAYS - 1)
    asked = {day: times for day, times in month.odd.items() if times > 1 or times <= A_GAP}
    return [
        _odd_day(month, day, times) for day, times in asked.items() if day >= since and day not in asked_about
    ]


def _odd_day(month: DayInMonth, day: date, times: float) -> Finding[Words]:
    values: dict[str, Value] = {
        "day": message.day(day),
        "gmv": message.money(month.sales.get(day)),
        "usual": message.money(month.sales.get(day, 0.0) / times if times else None),
        "forecast": message.money(month.if_raised),
    }
    if times > 1:
        text = say(
            "{day} sold {gmv}; a day like this usually sells {usual}. Was it a campaign or presale day, "
            "one large order, a lasting new level, or a wrong file? The day is left out of the forecast "
            "until you note the reason.",
            **values,
        )
    else:
        text = say(
            "{day} sold only {gmv}; a day like this usually sells {usual}. Was the shop closed, or is "
            "the file incomplete? The day is left out of the forecast until you note the reason.",
            **values,
        )
    plan: Words = ""
    if month.if_raised is not None and day == max(month.odd):
        plan = say("If sales stay at this new level, the month will end at {forecast}.", **values)
    about = About(day=day.isoformat())
    ask = Proposal(
        "operator", say("Note what happened on {day} (form “What an unusual day was”)", **values), about=about
    )
    return finding("target", "odd_day", "info", message.sentences([text, plan]), ask, about=about)


def _day_made(month: DayInMonth, values: Mapping[str, Value]) -> tuple[LevelName, Words]:
    found = baseline.standing(month.sales, month.day, month.shop, expected=month.shop.multiplier(month.day))
    if month.swing is None or month.inside_swing or (found and month.sold <= found.high):
        return "good", say("{day}: {gmv}, target {target} ({gap}): reached.", **values)
    text = say(
        "{day}: {gmv}, target {target} ({gap}): above the usual range. Find out what was done well.", **values
    )
    return "good", text


def _day_missed(month: DayInMonth, values: Mapping[str, Value]) -> tuple[LevelName, Words]:
    """Return level and text for a day that missed its target.

    The text says whether the shortfall is within the usual range, is due to a target too high for such days,
    or is neither.
    """
    if month.swing is not None and month.swing >= 1:
        text = say(
            "{day}: {gmv}, target {target} ({gap}). Single days vary too much here to judge one.", **values
        )
        return "info", text
    if month.inside_swing:
        return "info", say(
            "{day}: {gmv}, target {target} ({gap}): within the usual range of ±{swing}.", **values
        )
    found = baseline.standing(month.sales, month.day, month.shop, expected=month.shop.multiplier(month.day))
    if found is not None and not found.moved and _plan_asks_more(month, found.usual):
        such = say("A usual day like this")
        if (dip := baseline.dip_after(month.shop, month.day)) is not None:
            such = say("A usual day after {campaign}", campaign=name_of(dip))
        text = say(
            "{day}: {gmv}, target {target} ({gap}). {such} is {usual}; the day's target was set too high.",
            such=such,
            usual=message.money(found.usual),
            **values,
        )
        return "info", text
    if month.swing is not None and found is not None and found.low <= month.sold <= found.high:
        text = say(
            "{day}: {gmv}, target {target} ({gap}). Such days usually bring {low} to {high}: within the "
            "usual range.",
            low=message.money(found.low),
            high=message.money(found.high),
            **values,
        )
        return "info", text
    if month.swing is None:
        text = say(
            "{day}: {gmv}, target {target} ({gap}). There is too little history to say what is usual.",
            **values,
        )
        return "info", text
    return "watch", say(
        "{day}: {gmv}, target {target} ({gap}): outside the usual range of ±{swing}.", **values
    )


def _plan_asks_more(month: DayInMonth, usual: float) -> bool:
    """Return whether the day sold what such days usually sell, so that its target was set too high."""
    if usual >= month.target:
        return False
    return month.swing is None or usual - month.sold <= month.swing * usual


def limits(month: DayInMonth) -> tuple[Words, ...]:
    """Return texts on the assumptions and limitations of the month's figures."""
    absent = [day for day in month.plan.by_day if day <= month.day and day not in month.sales]
    said = []
    if month.few:
        said.append(
            plural(
                "Only {n} day of sales so far: too little to say how likely the month's target is.",
                "Only {n} days of sales so far: too little to say how likely the month's target is.",
                month.known,
            )
        )
    if month.pace.chance is not None:
        said.append(
            say(
                "The forecast continues the level and trend of the last six weeks, with campaigns as set in "
                "the calendar."
            )
        )
    if absent:
        said.append(
            message.plural(
                "{n} day of the month is missing. It was not counted as 0 but at the pace of the other "
                "days: {days}.",
                "{n} days of the month are missing. They were not counted as 0 but at the pace of the other "
                "days: {days}.",
                len(absent),
                days=message.days(absent),
            )
        )
    if not month.plan.learnt:
        said.append(
            say("Less than two usual weeks of history: the target is spread evenly over the weekdays.")
        )
    if month.plan.unsized:
        days = message.listing([message.short_day(day) for day in month.plan.unsized])
        said.append(
            say(
                "These days are in the calendar without a multiplier, so their target is that of a usual "
                "weekday: {days}.",
                days=days,
            )
        )
    return tuple(said)
