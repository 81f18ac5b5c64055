"""The findings about the coming month: target, campaigns, items, search terms, budget, lessons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.records.month import CampaignResult
from core.records.records import Recorded
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead.budget import MonthBudget
from core.topics.campaigns.month_ahead.demand import SearchTrends
from core.topics.campaigns.month_ahead.forecast import Expected
from core.topics.campaigns.month_ahead.lineup import Launch, LineUp
from core.topics.campaigns.month_ahead.slots import PREPARING, Filling
from core.topics.campaigns.planning import launch
from core.topics.campaigns.planning.findings import ERODES, impact_of
from core.topics.sales.month.calendar_findings import of_drafts
from core.topics.sales.month.findings import FAR, chance_words

HEAVY = 0.60
"""The share of sales from best sellers above which the month depends too much on them (a judgement)."""
NAMED = 3


def target(
    month: date, goal: float | None, found: Expected | None, shop: Shop, today: date
) -> Finding[Words]:
    """Return the finding on whether usual sales reach the month's target and, if not, how much is missing."""
    due = (today + timedelta(days=2)).isoformat()
    values: dict[str, Value] = {"month": f"{month:%Y-%m}", "goal": message.money(goal)}
    if found is not None:
        values |= {
            "usual": message.money(round(found.total, -3)),
            "low": message.money(round(found.low, -3)),
            "high": message.money(round(found.high, -3)),
        }
    if goal is None:
        text = say(
            "{month} has no target yet: without it there are no daily targets and no forecast against it.",
            **values,
        )
        if found is not None:
            text = say(
                "{month} has no target yet. If nothing new is done, the month will bring {usual} "
                "({low} to {high}).",
                **values,
            )
        ask = Proposal(
            "owner", say("Set the target for {month} (form “A month's target”)", **values), due=due
        )
        return finding("month_plan", "target", "act", text, ask)
    if found is None:
        text = say(
            "{month}: target {goal}. There are too few ordinary days to say whether that is too high.",
            **values,
        )
        return finding("month_plan", "target", "info", text)
    chance = found.chance(goal)
    gap = goal - found.total
    values |= {"odds": chance_words(chance), "gap": message.money(round(gap, -3))}
    if chance >= shop.thresholds.leans:
        text = say(
            "{month}: the target of {goal} is within what ordinary days bring ({usual}; 80% "
            "range: {low} to {high}); {odds} likely to reach it.",
            **values,
        )
        return finding("month_plan", "target", "good", text)
    if gap <= 0:
        text = say(
            "{month}: ordinary days bring {usual} (80% range: {low} to {high}), hardly more than "
            "the target of {goal}; {odds} likely to reach it.",
            **values,
        )
        return finding("month_plan", "target", "info", text)
    text = say(
        "{month}: ordinary days bring {usual} (80% range: {low} to {high}). Difference from the "
        "target of {goal}: {gap}. If nothing new is done, {odds} likely to reach it.",
        **values,
    )
    ask = Proposal(
        "operator",
        say(
            "Note what will make up the missing {gap}: a campaign, new items, returning customers or ads",
            **values,
        ),
        "gmv",
        "up",
        due,
    )
    owner = Proposal(
        "owner",
        say("Agree with the shop owner on the target of {goal}, or on what reaching it may cost", **values),
        due=due,
    )
    far = found.pace is None or (found.pace.required_ratio or 0.0) >= FAR
    level: LevelName = "act" if chance <= 1 - shop.thresholds.likely and far else "watch"
    impact = Impact(max(0.0, gap), "once", max(0.0, goal - found.high), max(0.0, goal - found.low))
    return finding("month_plan", "target", level, text, ask, owner, impact=impact)


def campaigns(found: Filling, month: date, today: date) -> list[Finding[Words]]:
    """Return findings on campaign days missing from the calendar, and on dates for a campaign of our own."""
    said: list[Finding[Words]] = of_drafts("month_plan", found.drafts, today)
    drafted = {day for one in found.drafts for day, _ in found.unknown if one.covers(day)}
    for day, name in found.unknown:
        if day in drafted:
            continue
        text = say(
            "{name} ({day}) is not in the calendar, so its target is that of an ordinary {same}.",
            name=name,
            day=message.day(day),
            same=message.weekday(day),
        )
        ask = Proposal(
            "operator",
            say("Enter {name} with its days and multiplier (form “A special day or period”)", name=name),
            due=(today + timedelta(days=2)).isoformat(),
        )
        said.append(finding("month_plan", "calendar", "watch", text, ask, about=About(day=day.isoformat())))
    values: dict[str, Value] = {
        "month": f"{month:%Y-%m}",
        "n": found.planned,
        "aim": found.recorded.aim,
        "days": message.listing([launch.span(day) for day in found.free]),
    }
    if found.planned >= found.recorded.aim:
        text = say("{month} has {n} of {aim} campaigns: enough, no more needed.", **values)
        said.append(finding("month_plan", "campaigns", "good", text))
    elif found.free:
        text = say(
            "{month} has {n} of {aim} campaigns. Days at least a week away from any other: {days}.", **values
        )
        planned = replace(
            launch.proposal(
                found.free[0],
                today,
                say("Plan a campaign of our own on {days}", days=launch.span(found.free[0])),
            ),
            due=(today + timedelta(days=PREPARING)).isoformat(),
        )
        said.append(finding("month_plan", "campaigns", "watch", text, planned))
    else:
        text = say(
            "{month} has {n} of {aim} campaigns; one more would be within a week of another.", **values
        )
        said.append(finding("month_plan", "campaigns", "info", text))
    if found.recorded.share > ERODES:
        text = say(
            "There is an offer on {share} of the month's days. Above {line}, buyers wait for the "
            "next offer: remove one campaign.",
            share=message.percent(found.recorded.share, 0),
            line=message.percent(ERODES, 0),
        )
        said.append(finding("month_plan", "share", "watch", text))
    return said


def line_up(found: LineUp | None, coming: Sequence[Launch], month: date, today: date) -> list[Finding[Words]]:
    """Return findings on best sellers, items whose season ends, and new items."""
    said: list[Finding[Words]] = []
    due = (today + timedelta(days=7)).isoformat()
    if found is not None and found.heroes is None:
        ask = Proposal("operator", say("Mark the best sellers in shop.toml (items, hero = true)"), due=due)
        text = say("No best seller is marked in shop.toml, so the plan has no main item.")
        said.append(finding("month_plan", "heroes", "watch", text, ask))
    elif found is not None and found.heroes is not None:
        said.append(_heroes(found, due))
    for name, ends in found.ending if found is not None else ():
        text = say(
            "{name}: its season ends on {day}, within this month; after that another item can "
            "take its place.",
            name=name,
            day=message.short_day(ends),
        )
        said.append(finding("month_plan", "season", "watch", text, about=About(other=name)))
    if coming:
        names: list[Words] = [
            say("{name} ({day})", name=one.name, day=message.short_day(one.listed))
            if one.listed
            else one.name
            for one in coming
        ]
        text = say("New items in {month}: {names}.", month=f"{month:%Y-%m}", names=message.listing(names))
    else:
        text = say("No new item is recorded for {month}.", month=f"{month:%Y-%m}")
    said.append(finding("month_plan", "arrivals", "info", text))
    return said


def _heroes(found: LineUp, due: str) -> Finding[Words]:
    values: dict[str, Value] = {
        "names": message.listing(list(found.names)),
        "share": message.percent(found.heroes, 0),
        "next": found.next_best[0] if found.next_best else message.DASH,
        "part": message.percent(found.next_best[1] if found.next_best else None, 0),
    }
    if found.heroes is None or found.heroes < HEAVY:
        text = say(
            "Best sellers ({names}) bring {share} of sales; the next one is {next} with {part}.", **values
        )
        return finding("month_plan", "heroes", "info", text)
    text = say(
        "{names} bring {share} of sales: if one sells out, the month is at risk. The next best "
        "seller is {next} with {part}.",
        **values,
    )
    ask = Proposal("operator", say("Build up {next} as the next best seller", **values), "gmv", "up", due)
    return finding("month_plan", "heroes", "watch", text, ask)


def search(found: SearchTrends | None, today: date) -> list[Finding[Words]]:
    """Return findings on rising and falling search terms, and on rising ones that no title contains."""
    if found is None:
        return []
    up, down = found.moved("up"), found.moved("down")
    if not up and not down:
        text = say("No search term changed beyond chance in {n} ordinary days.", n=2 * found.half)
        return [finding("month_plan", "search", "info", text)]
    said: list[Finding[Words]] = []
    if up:
        text = say(
            "Searched for more than in the {n} ordinary days before: {terms}. Seasonal demand is "
            "moving to these terms.",
            n=found.half,
            terms=message.listing([_term(one.text, one.times) for one in up[:NAMED]]),
        )
        bare = [one for one in up[:NAMED] if one.item is None]
        asks = [
            Proposal(
                "operator",
                say(
                    "“{term}”: which item fits it? Put the term in its title, or list a new item",
                    term=one.text,
                ),
                "visitors",
                "up",
                (today + timedelta(days=7)).isoformat(),
                about=About(word=one.text),
            )
            for one in bare[:2]
        ]
        said.append(finding("month_plan", "rising", "watch" if bare else "good", text, *asks))
    if down:
        text = say(
            "Searched for less: {terms}. Do not reorder these at last month's pace.",
            terms=message.listing([_term(one.text, one.times) for one in down[:NAMED]]),
        )
        said.append(finding("month_plan", "falling", "info", text))
    return said


def _term(text: str, times: float) -> Words:
    return say("{term} (×{times})", term=text, times=message.ratio(times, 1))


def money(found: MonthBudget | None, shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on the month's ad cost, and on days for which the daily ad budget is too small."""
    if found is None:
        return []
    text = say(
        "At the usual {share} of sales, the month's ads cost {total}; {scene} takes {part} of that.",
        share=message.percent(found.share),
        total=message.money(round(found.total, -2)),
        scene=found.scenes[0][0] or message.DASH if found.scenes else message.DASH,
        part=message.percent(found.scenes[0][1] if found.scenes else None, 0),
    )
    said: list[Finding[Words]] = [finding("month_plan", "budget", "info", text)]
    if found.short:
        peak = max(found.short, key=lambda day: found.by_day[day])
        text = say(
            "On {n}, the daily ad limit of {most} is too low for the usual share of sales that "
            "goes into ads; {day} needs about {need}.",
            most=message.money(shop.ads.daily_budget),
            n=message.plural("{n} day", "{n} days", len(found.short)),
            day=message.day(peak),
            need=message.money(round(found.by_day[peak], -2)),
        )
        ask = Proposal(
            "promotion",
            say(
                "Set the ad budget for each day of the month; check the return of the last hour before each "
                "raise"
            ),
            due=(max(today, found.short[0])).isoformat(),
        )
        said.append(finding("month_plan", "budget_days", "watch", text, ask))
    return said


def lessons(results: Sequence[Recorded[CampaignResult]]) -> list[Finding[Words]]:
    """Return findings on the last campaigns, by the results that somebody signed, with the day of signing."""
    said: list[Finding[Words]] = []
    for row in results[-NAMED:]:
        one = row.value
        brought = say(
            "Last time, {name} (signed off on {day}): sold {uplift} more than usual, profit {profit}.",
            name=one.name,
            day=message.full_day(row.at.date()),
            uplift=message.money(one.uplift, sign=True),
            profit=message.money(one.profit, sign=True),
        )
        lesson: Words = one.lesson
        if not lesson and one.again is False:
            lesson = say("Decision: do not repeat.")
        bad = one.again is False or (one.profit is not None and one.profit < 0)
        said.append(
            finding(
                "month_plan",
                "lesson",
                "watch" if bad else "info",
                message.sentences([brought, lesson]),
                about=About(campaign=one.name),
                impact=_signed_impact(one),
            )
        )
    return said


def _signed_impact(one: CampaignResult) -> Impact | None:
    """Return the signed profit as an impact, else the signed additional sales; None if neither was signed."""
    if one.profit is not None:
        return impact_of(one.profit, None, None, "margin")
    return None if one.uplift is None else impact_of(one.uplift, None, None)
