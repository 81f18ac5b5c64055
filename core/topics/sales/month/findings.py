"""How the month is said: the outlook, the findings, what to do, what cannot be said."""

from __future__ import annotations

from datetime import timedelta

from core.answers.answer import Finding, LevelName, Proposal
from core.language import wording
from core.language.wording import plural, say
from core.measures import baseline
from core.topics.sales.month.progress import DayInMonth

FAR = 1.05
"""Behind by less than this a day, the month is watched; nobody has to drop everything [judgement]."""
SURE = 0.995
"""A chance nearer to 0 or 1 than this is not printed as a number."""


def outlook(month: DayInMonth) -> str:
    """Return the chance of making the month in one short sentence.

    With what is needed a day where it is open.
    """
    chance, lines = month.pace.chance, month.shop.thresholds
    if not month.left:
        return (
            say("The month is made.")
            if month.pace.achieved >= month.plan.total
            else say(
                "The month was missed by {money}.",
                money=wording.money(month.plan.total - month.pace.achieved),
            )
        )
    if (month.pace.required_ratio or 0.0) <= 0:
        return say("The month is already made.")
    need = wording.money(month.needed_a_day)
    if chance is None:
        return say("{need} a day needed.", need=need)
    values = {"odds": chance_words(chance), "need": need, "days": len(month.left)}
    steps = (
        (chance >= lines.likely, say("Likely made ({odds}).", **values)),
        (chance >= lines.leans, say("Leans to being made ({odds}).", **values)),
        (chance > 1 - lines.leans, say("Open ({odds}): {need} a day needed.", **values)),
        (
            chance > 1 - lines.likely,
            say("Leans to a miss: {days} × {need} needed, chance {odds}.", **values),
        ),
    )
    missed = say("Likely missed: {days} × {need} needed, chance {odds}.", **values)
    return next((text for reached, text in steps if reached), missed)


def chance_words(chance: float) -> str:
    """Return a chance as whole percent; never 0 % or 100 %."""
    if chance >= SURE:
        return say("over 99%")
    return say("under 1%") if chance <= 1 - SURE else wording.percent(chance, 0)


def share_words(share: float | None) -> str:
    """Return a share of a plan in whole percent; a small miss keeps a decimal and never reads 100 %."""
    if share is None or share >= 1 or round(share, 2) < 1:
        return wording.percent(share, 0)
    return wording.percent(min(share, 0.999), 1)


def month_level(month: DayInMonth) -> LevelName:
    """Return how urgent the month is."""
    chance, lines = month.pace.chance, month.shop.thresholds
    if not month.left:
        return "good" if month.pace.achieved >= month.plan.total else "act"
    if chance is None:
        return "info"
    if chance >= lines.leans:
        return "good"
    far = (month.pace.required_ratio or 0.0) >= FAR
    return "act" if chance <= 1 - lines.likely and far else "watch"


def month_finding(month: DayInMonth) -> Finding:
    """Return where the month stands and heads, with what to do when it leans to a miss."""
    pace = month.pace
    values = {
        "month": f"{month.day:%Y-%m}",
        "done": wording.money(pace.achieved),
        "total": wording.money(month.plan.total),
        "days": len(month.left),
        "forecast": wording.money(pace.forecast),
        "low": wording.money(pace.low),
        "high": wording.money(pace.high),
        "need": wording.money(month.needed_a_day),
    }
    if not month.left:
        text = say("{month}: {done} of {total}; the month is over.", **values)
    elif pace.low is None:
        text = say("{month}: {done} of {total}, {days} days left; {need} a day needed.", **values)
    else:
        text = say(
            "{month}: {done} of {total}, {days} days left; heads for {forecast} ({low} to {high}), "
            "{need} a day needed.",
            **values,
        )
    return Finding("target/month", month_level(month), text, _month_proposals(month))


def _month_proposals(month: DayInMonth) -> tuple[Proposal, ...]:
    if month.pace.chance is None or month.pace.chance >= month.shop.thresholds.leans or not month.left:
        return ()
    short = month.plan.total - (month.pace.forecast or 0.0)
    if short <= 0:
        return ()
    plan = say(
        "Plan where the missing {money} comes from: campaign, ads or old customers, with a date on each",
        money=wording.money(short),
    )
    agree = say("Agree with the owner: hold the target or correct it, before money is spent chasing it")
    need, due = month.needed_a_day, (month.day + timedelta(days=2)).isoformat()
    first = Proposal("operator", plan, "gmv", "up", due, expected=round(need) if need else None)
    hopeless = month.pace.chance <= 1 - month.shop.thresholds.likely
    return (first, Proposal("owner", agree, due=due)) if hopeless else (first,)


def day_finding(month: DayInMonth) -> Finding:
    """Return yesterday against its own part of the month; inside its usual swing it is no event."""
    gap = month.sold - month.target
    values = {
        "day": wording.day(month.day),
        "gmv": wording.money(month.sold),
        "target": wording.money(month.target),
        "gap": wording.money(gap, sign=True),
        "swing": wording.percent(month.swing, 0),
    }
    level, text = _day_made(month, values) if gap >= 0 else _day_missed(month, values)
    return Finding("target/yesterday", level, text)


def _day_made(month: DayInMonth, values: dict[str, str]) -> tuple[LevelName, str]:
    if month.swing is None or month.inside_swing:
        return "good", say("{day}: {gmv} against {target} ({gap}), made.", **values)
    text = say(
        "{day}: {gmv} against {target} ({gap}), beyond the usual swing: find out what was done.", **values
    )
    return "good", text


def _day_missed(month: DayInMonth, values: dict[str, str]) -> tuple[LevelName, str]:
    """Short of its part: by chance, because the plan asks for more than such days bring.

    Or by more than that.
    """
    if month.inside_swing:
        return "info", say(
            "{day}: {gmv} against {target} ({gap}), inside the usual swing of ±{swing}.", **values
        )
    found = baseline.standing(month.sales, month.day, month.shop, expected=month.shop.multiplier(month.day))
    if found is not None and not found.moved:
        such = say("Such days")
        if (dip := baseline.dip_after(month.shop, month.day)) is not None:
            such = say("Days after {campaign}", campaign=dip.note or dip.kind)
        text = say(
            "{day}: {gmv} against {target} ({gap}). {such} bring about {usual}: the plan asks more.",
            such=such,
            usual=wording.money(found.usual),
            **values,
        )
        return "info", text
    if month.swing is None:
        text = say(
            "{day}: {gmv} against {target} ({gap}); too little history to say what is usual.", **values
        )
        return "info", text
    return "watch", say(
        "{day}: {gmv} against {target} ({gap}), more than the usual swing of ±{swing}.", **values
    )


def limits(month: DayInMonth) -> tuple[str, ...]:
    """Return what the figures of the month rest on and leave out."""
    absent = [day for day in month.plan.by_day if day <= month.day and day not in month.sales]
    said = []
    if month.few:
        said.append(
            plural(
                "{n} day of sales so far: no chance of the month is worked out from it.",
                "{n} days of sales so far: no chance of the month is worked out from them.",
                month.known,
            )
        )
    if month.pace.chance is not None:
        said.append(
            say(
                "The chance assumes that the days left scatter like the last eight weeks and that campaigns "
                "come out as the calendar says."
            )
        )
    if absent:
        said.append(
            say(
                "{n} days of the month are missing and were not counted as 0 but at the pace of the days "
                "that are in: {days}.",
                n=len(absent),
                days=wording.days(absent),
            )
        )
    if not month.plan.learnt:
        said.append(say("Less than two usual weeks of history: every weekday was planned alike."))
    if month.plan.unsized:
        days = wording.listing([wording.short_day(day) for day in month.plan.unsized])
        said.append(
            say("In the calendar without a multiplier, so planned like any weekday: {days}.", days=days)
        )
    return tuple(said)
