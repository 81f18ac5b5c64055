"""The findings about tonight's ads: leave the budget or raise it, and what is unknown."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Finding, Impact, LevelName, Proposal, Verdict, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.evening.budget_gates import matured
from core.topics.evening.day_so_far import clock
from core.topics.evening.raising import LATEST, AdsTonight, Answered, EveningBalance

_SAID: dict[Answered, tuple[LevelName, str]] = {
    "lasts": (
        "good",
        N_(
            "Leave the ads as they are: {spent} spent by {clock}, forecast {projected} of {budget} for "
            "the day. A higher budget would change nothing."
        ),
    ),
    "unknown": (
        "info",
        N_(
            "Leave the ads as they are: it is not known yet how much of a day's ad spend usually "
            "falls in each hour."
        ),
    ),
    "raise": (
        "act",
        N_(
            "Add {amount} to the ad budget tonight: the budget of {budget} runs out {when}. "
            "Additional spend returns {marginal} per yuan; break-even is {even}."
        ),
    ),
    "no pay": (
        "info",
        N_(
            "Do not add ad budget: the budget of {budget} runs out {when}, but additional spend "
            "returns only {marginal} per yuan; break-even is {even}."
        ),
    ),
    "late": ("info", N_("Do not add ad budget: after {latest} it would be spent in the worst hours.")),
    "scarce": (
        "watch",
        N_(
            "Do not add ad budget: the budget of {budget} runs out {when}, but {scarce} of the "
            "ad spend is for items about to sell out."
        ),
    ),
    "busy": (
        "watch",
        N_(
            "Do not add: the budget of {budget} runs out {when}, but {agents} on duty can answer about {can} "
            "buyers an hour, and about {asked} usually ask at the busiest hour."
        ),
    ),
    "no return": (
        "info",
        N_(
            "Do not add ad budget: the budget of {budget} runs out {when}; without a margin in "
            "shop.toml it is not known whether more would pay."
        ),
    ),
}


def verdict(tonight: AdsTonight) -> Verdict[Words]:
    """Return the verdict: by how much to raise the budget, or that it is left as it is and why."""
    values = values_of(tonight)
    if tonight.answer == "not typed":
        return _ask(tonight, values)
    if tonight.answer == "no call":
        return Verdict("info", _no_call(tonight, values))
    if tonight.budget is None:
        text = say(
            "Leave the ads as they are: {spent} spent by {clock}, and no daily budget is set that could "
            "run out.",
            **values,
        )
        return Verdict("info", text)
    level, said = _SAID[tonight.answer]
    return Verdict("watch" if tonight.slow else level, say(said, **values))


def _ask(tonight: AdsTonight, values: dict[str, Value]) -> Verdict[Words]:
    if tonight.tipping is None:
        return Verdict(
            "nodata", say("Enter what the ads have spent and brought so far (form “Today so far”).")
        )
    text = say(
        "Enter the ads' spend and orders so far. The budget of {budget} runs out this evening only "
        "if more than {tipping} was spent by {clock}.",
        **values,
    )
    return Verdict("nodata", text)


def _no_call(tonight: AdsTonight, values: dict[str, Value]) -> Words:
    if tonight.answer == "no return":
        return say(
            "Do not add ad budget: the budget of {budget} runs out {when}; without a margin in "
            "shop.toml it is not known whether more would pay.",
            **values,
        )
    if tonight.now is not None and (tonight.now.ad_orders is None or not tonight.now.clicks):
        return say(
            "Leave the ads as they are for now: the budget of {budget} runs out {when}, but clicks and "
            "ad orders so far are not entered, so it cannot be told whether more would pay.",
            **values,
        )
    return say(
        "Leave the ads as they are for now: the budget of {budget} runs out {when}, but {clicks} "
        "clicks today are too few to tell whether more would pay.",
        **values,
    )


def values_of(tonight: AdsTonight) -> dict[str, Value]:
    """Return all figures of tonight's decision, formatted for use in sentences."""
    now, course, worth = tonight.now, tonight.course, tonight.worth
    runs_out, duty = None if course is None else course.runs_out_hour, tonight.duty
    return {
        "spent": message.money(None if now is None or now.spent is None else round(now.spent)),
        "clock": clock(tonight.hour),
        "budget": message.money(tonight.budget),
        "projected": message.money(None if course is None else round(course.projected)),
        "when": say("tonight") if runs_out is None else say("at about {clock}", clock=clock(runs_out)),
        "amount": message.money(round(tonight.raised.amount)),
        "marginal": message.ratio(tonight.marginal),
        "even": message.ratio(None if worth is None else worth.break_even_roi),
        "chance": message.percent(None if worth is None else worth.chance_pays, 0),
        "tipping": message.money(None if tonight.tipping is None else round(tonight.tipping, -1)),
        "latest": clock(LATEST),
        "scarce": message.percent(tonight.scarce_share, 0),
        "clicks": message.count(None if now is None else now.clicks),
        "agents": message.plural("{n} agent", "{n} agents", 0 if duty is None else duty.people),
        "can": message.count(None if duty is None else duty.per_hour),
        "asked": message.count(None if duty is None else duty.asked),
    }


def findings(
    tonight: AdsTonight, held: EveningBalance | None, shop: Shop, today: date
) -> list[Finding[Words]]:
    """Return findings on what to do about tonight's ads, and on figures that may mislead."""
    values = values_of(tonight)
    found: list[Finding[Words]] = []
    if tonight.answer == "raise":
        found.append(_raise(tonight, values, shop, today))
    found += _balance(tonight, held, today)
    if tonight.slow and tonight.share is not None and tonight.usually_spent is not None:
        usual = message.money(round(tonight.share * tonight.usually_spent))
        text = say(
            "{spent} spent by {clock} is far less than the usual {usual}: is a plan paused, or has the "
            "money run out?",
            usual=usual,
            **values,
        )
        ask = Proposal(
            "promotion", say("Check now which ad plan has stopped, and why"), due=today.isoformat()
        )
        found.append(finding("evening_ads", "stopped", "act", text, ask))
    found += _young(tonight)
    if tonight.answer == "lasts" and not tonight.slow:
        text = say(
            "To get more visitors tonight, raise the bids of keywords that earn money, not the budget."
        )
        found.append(finding("evening_ads", "bids", "info", text))
    if tonight.scarce and tonight.answer in ("raise", "lasts", "not typed"):
        names = message.listing([item_name(shop, item) for item in tonight.scarce])
        text = say("Add no ad budget for {names}: they will sell out before new stock arrives.", names=names)
        found.append(finding("evening_ads", "scarce", "info", text))
    return found


def _raise(tonight: AdsTonight, values: dict[str, Value], shop: Shop, today: date) -> Finding[Words]:
    text = say(
        "{spent} spent by {clock}, forecast {projected} for the day; the budget of {budget} runs "
        "out {when}. Adding {amount} is {chance} likely to pay off and would earn about {profit} "
        "more.",
        profit=message.money(None if tonight.profit is None else round(tonight.profit), sign=True),
        **values,
    )
    names = [item_name(shop, item) for item in tonight.scarce]
    todo = (
        say(
            "Raise today's budget by {amount}, but not for {names}; set it back to {budget} at midnight",
            names=message.listing(names),
            **values,
        )
        if names
        else say("Raise today's budget by {amount}; set it back to {budget} at midnight", **values)
    )
    even = None if tonight.worth is None else tonight.worth.break_even_roi
    ask = Proposal(
        "promotion",
        todo,
        metric="roi",
        direction="hold",
        due=today.isoformat(),
        expected=None if even is None else round(even, 2),
        deed="raise_spend",
        price=None if tonight.budget is None else tonight.budget + tonight.raised.amount,
    )
    won = None
    if tonight.profit is not None:
        won = Impact(tonight.profit, "once", of="margin", side="gain")
    return finding("evening_ads", "raise", "act", text, ask, impact=won)


def _balance(tonight: AdsTonight, held: EveningBalance | None, today: date) -> list[Finding[Words]]:
    if held is None:
        return []
    course, share = tonight.course, tonight.share
    rest = None
    if course is not None and tonight.now is not None and tonight.now.spent is not None:
        rest = min(course.projected, tonight.budget or course.projected) - tonight.now.spent
    elif tonight.now is None and tonight.usually_spent is not None and share is not None:
        rest = tonight.usually_spent * (1 - share)
    if rest is None or held.left >= rest:
        return []
    text = say(
        "The ad balance was {left} after {day}; the rest of tonight costs about {rest}. Unless it "
        "was topped up, the ads will stop.",
        left=message.money(round(held.left)),
        day=message.short_day(held.seen),
        rest=message.money(round(rest, -1)),
    )
    ask = Proposal(
        "promotion",
        say("Check the ad balance now and top it up"),
        due=today.isoformat(),
        deed="top_up",
    )
    return [finding("evening_ads", "balance", "act", text, ask)]


def _young(tonight: AdsTonight) -> list[Finding[Words]]:
    if tonight.roi is None:
        return []
    later = matured(tonight.roi, tonight.credited)
    text = say(
        "Today's ROI of {roi} is not complete yet: only about {share} of the sales of today's "
        "ads are credited by tonight, so the ROI will end at about {later}. That is no reason to "
        "cut.",
        roi=message.ratio(tonight.roi),
        share=message.percent(tonight.credited, 0),
        later=message.ratio(later),
    )
    even = None if tonight.worth is None else tonight.worth.break_even_roi
    if even is not None and later is not None and later < even:
        text = say(
            "Today's ROI of {roi} will end at about {later} once all sales are credited (about "
            "{share} of them are by tonight), below the break-even of {even}: check it tomorrow, "
            "keyword by keyword.",
            roi=message.ratio(tonight.roi),
            share=message.percent(tonight.credited, 0),
            later=message.ratio(later),
            even=message.ratio(even),
        )
    return [finding("evening_ads", "young", "info", text)]
