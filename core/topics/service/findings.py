"""The findings about the service team: whom to talk to, who can teach others, who is as usual."""

from __future__ import annotations

from datetime import date, timedelta

from core.answers.answer import About, Finding, LevelName, Proposal, Verdict, finding
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures import baseline
from core.shop.settings import Shop
from core.topics.service.agents import Agent, Desk
from core.topics.service.agreements import Since

BUSY = 1.5
"""The ratio of an agent's inquiries per day to the team's mean from which the load is high.

Set by judgement.
"""


def verdict(desk: Desk, shop: Shop) -> Verdict[Words]:
    """Return the verdict: the team compared with the industry, and whom to talk to."""
    values: dict[str, Value] = {
        "rate": message.rate_of(desk.converted, desk.inquiries),
        "standing": _standing(desk, shop),
    }
    weak = [one for one in desk.agents if one.weak]
    strong = [one for one in desk.agents if one.strong]
    level: LevelName = "act" if any(one.judged.place == "talk" for one in weak) else "watch"
    if weak and strong:
        text = say(
            "Conversion {rate}, {standing}. {weak} is clearly below the team: talk with them "
            "today; {strong} can show how.",
            weak=_named(weak[-1]),
            strong=_named(strong[0]),
            **values,
        )
        return Verdict(level, text)
    if weak:
        return Verdict(
            level,
            say(
                "Conversion {rate}, {standing}. {weak} is clearly below the team: talk with them today.",
                weak=_named(weak[-1]),
                **values,
            ),
        )
    low = not unlike_days(desk, shop) and desk.above is not None and desk.above <= 1 - shop.thresholds.likely
    if strong:
        text = say(
            "Conversion {rate}, {standing}. Nobody is clearly below the team; {strong} can show "
            "the others how.",
            strong=_named(strong[0]),
            **values,
        )
    elif outside := [one for one in desk.agents if one.outside]:
        text = say(
            "Conversion {rate}, {standing}. {name} is outside the usual range, but not for long "
            "enough to tell.",
            name=_named(outside[0]),
            **values,
        )
    else:
        text = say(
            "Conversion {rate}, {standing}. The differences between agents are no more than chance.", **values
        )
    return Verdict("watch" if low else "good", text)


def _named(agent: Agent) -> Words:
    return say("{name} {rate}", name=agent.name, rate=message.percent(agent.judged.raw))


def _standing(desk: Desk, shop: Shop) -> Words:
    if desk.above is None:
        return say("there is no industry figure to compare with")
    if unlike_days(desk, shop):
        return say("campaign days, for which there is no industry figure")
    values = {"line": message.percent(desk.industry)}
    for chance, likely, leaning in (
        (desk.above, N_("probably above the industry's {line}"), N_("possibly above the industry's {line}")),
        (
            1 - desk.above,
            N_("probably below the industry's {line}"),
            N_("possibly below the industry's {line}"),
        ),
    ):
        if chance >= shop.thresholds.likely:
            return say(likely, **values)
        if chance >= shop.thresholds.leans:
            return say(leaning, **values)
    return say("about the same as the industry's {line}", **values)


def findings(desk: Desk, since: dict[str, Since], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on the agents, on their load and on the comparison with the industry.

    The agents are the weak and strong ones, those with too few inquiries, and the one with the lowest rate if
    that may be chance.
    """
    strong = [one for one in desk.agents if one.strong]
    teacher = strong[0].name if strong else ""
    found = [_weak(one, since.get(one.name), teacher, shop, today) for one in desk.agents[::-1] if one.weak]
    found += [_strong(one, today) for one in strong]
    found += _few([one for one in desk.agents if one.judged.few])
    found += _young([one for one in desk.agents if _looks_bad(one, desk)])
    found += _load(desk)
    found += _industry(desk, shop, today)
    return found


def _looks_bad(one: Agent, desk: Desk) -> bool:
    """Return whether the agent's raw rate is the lowest of the team but may be so by chance."""
    lowest = min(desk.agents, key=lambda other: other.judged.raw if other.judged.raw is not None else 1.0)
    return one is lowest and not one.weak and not one.judged.few and len(desk.agents) > 1


def _weak(one: Agent, since: Since | None, teacher: str, shop: Shop, today: date) -> Finding[Words]:
    judged, about = one.judged, About(agent=one.name)
    text: Words = say(
        "{name}: {rate}; team average on the same days: {line} (chance alone would give {low}–{high}).",
        name=one.name,
        rate=message.rate_of(judged.converted, judged.inquiries),
        line=message.percent(one.line),
        low=message.percent(one.limits.low, 0),
        high=message.percent(one.limits.high, 0),
    )
    below = (
        say("Conversion is clearly below the team's, {n} weeks in a row.", n=one.weeks_below)
        if one.weeks_below > 1
        else say("Conversion is clearly below the team's.")
    )
    text = message.sentences([text, below])
    if since is not None:
        text = message.sentences([text, _since(since, shop)])
    practise = (
        say(
            "Read five lost chats of {name} together; {teacher} shows what to say instead",
            name=one.name,
            teacher=teacher,
        )
        if teacher
        else say("Read five lost chats of {name} together and agree on what to say instead", name=one.name)
    )
    ask = Proposal(
        "service",
        practise,
        metric="service_conversion",
        direction="up",
        due=(today + timedelta(days=7)).isoformat(),
        expected=round(one.limits.low, 3),
        item=one.name,
        about=about,
    )
    level: LevelName = "act" if judged.place == "talk" else "watch"
    return finding("service", "below", level, text, ask, about=about)


def _since(since: Since, shop: Shop) -> Words:
    values: dict[str, Value] = {
        "day": message.short_day(since.action.created),
        "now": message.rate_of(since.converted, since.inquiries),
        "line": message.percent(since.line),
        "fast": message.count(since.seconds),
        "slow": message.count(since.seconds_before),
    }
    if since.few:
        return say(
            "Since the agreement of {day}: conversion {now}, too few inquiries to tell whether it changed.",
            **values,
        )
    speed = (
        say("Since {day} the answer time is {fast} s instead of {slow} s", **values)
        if since.faster
        else say("Since the agreement of {day}", **values)
    )
    values["speed"] = speed
    if since.chance_under >= shop.thresholds.likely:
        if since.faster:
            return say(
                "{speed}, but conversion ({now}) is probably still below the team's {line}: the problem is "
                "what is said, not the speed.",
                **values,
            )
        return say("{speed}: conversion {now} is probably still below the team's {line}.", **values)
    if since.chance_under <= 1 - shop.thresholds.leans:
        return say("{speed}; conversion {now} has reached the team's {line}: go on like this.", **values)
    return say("{speed}; conversion {now}, team {line}: cannot tell yet.", **values)


def _strong(one: Agent, today: date) -> Finding[Words]:
    about = About(agent=one.name)
    text = say(
        "{name}: conversion {rate}, while the team has {line} on the same days: more than "
        "chance. What {name} does is worth sharing.",
        name=one.name,
        rate=message.rate_of(one.judged.converted, one.judged.inquiries),
        line=message.percent(one.line),
    )
    ask = Proposal(
        "service",
        say(
            "{name} shows three won chats to the others; add the best phrases to the quick replies",
            name=one.name,
        ),
        metric="service_conversion",
        direction="up",
        due=(today + timedelta(days=2)).isoformat(),
        about=about,
    )
    return finding("service", "above", "good", text, ask, about=about)


def _few(agents: list[Agent]) -> list[Finding[Words]]:
    return [
        finding(
            "service",
            "few",
            "info",
            say(
                "{name}: conversion {rate}, too few inquiries to judge; sit beside them and help.",
                name=one.name,
                rate=message.rate_of(one.judged.converted, one.judged.inquiries),
            ),
            about=About(agent=one.name),
        )
        for one in agents
    ]


def _young(agents: list[Agent]) -> list[Finding[Words]]:
    return [
        finding(
            "service",
            "chance",
            "info",
            _lowest(one),
            about=About(agent=one.name),
        )
        for one in agents
    ]


def _lowest(one: Agent) -> Words:
    values: dict[str, Value] = {
        "name": one.name,
        "rate": message.rate_of(one.judged.converted, one.judged.inquiries),
        "low": message.percent(one.limits.low, 0),
        "high": message.percent(one.limits.high, 0),
    }
    if one.outside:
        return say(
            "{name} has the lowest conversion, {rate}. Chance alone would give {low}–{high} in "
            "19 weeks of 20; one week outside that is not enough to tell.",
            **values,
        )
    return say(
        "{name} has the lowest conversion, {rate}, but chance alone would give {low}–{high}: cannot tell.",
        **values,
    )


def _load(desk: Desk) -> list[Finding[Words]]:
    """Return the finding on agents with many inquiries who answer more slowly than the team."""
    usual = sum(one.judged.inquiries for one in desk.agents) / sum(one.days for one in desk.agents)
    known = [one for one in desk.agents if one.seconds is not None]
    whole = sum(one.judged.inquiries for one in known)
    mean = sum((one.seconds or 0.0) * one.judged.inquiries for one in known) / whole if whole else 0.0
    busy = [one for one in known if one.a_day >= BUSY * usual and (one.seconds or 0.0) > mean]
    return [
        finding(
            "service",
            "load",
            "watch",
            say(
                "{name} takes {n} inquiries a day (team: {usual} each) and answers in {fast} s (team: "
                "{mean} s): share the load before judging.",
                name=one.name,
                n=message.count(one.a_day),
                usual=message.count(usual),
                fast=message.count(one.seconds),
                mean=message.count(mean),
            ),
            about=About(agent=one.name),
        )
        for one in busy
    ]


def _industry(desk: Desk, shop: Shop, today: date) -> list[Finding[Words]]:
    if desk.above is None or desk.industry is None or desk.above > 1 - shop.thresholds.likely:
        return []
    if unlike_days(desk, shop):
        return []
    worth = (desk.industry - desk.rate) * desk.inquiries
    text = message.plural(
        "The team as a whole is probably below the industry: about {n} buyer less from {first} to {last}.",
        "The team as a whole is probably below the industry: about {n} buyers fewer from {first} to {last}.",
        round(worth),
        first=message.short_day(desk.first),
        last=message.short_day(desk.last),
    )
    ask = Proposal(
        "service",
        say("Collect the ten most frequent questions and write one answer for each"),
        metric="service_conversion",
        direction="up",
        due=(today + timedelta(days=7)).isoformat(),
        expected=round(desk.industry, 3),
    )
    return [finding("service", "industry", "watch", text, ask)]


def unlike_days(desk: Desk, shop: Shop) -> bool:
    """Return whether most days of the week are campaign days, for which usual rates do not apply."""
    days = [desk.first + timedelta(days=n) for n in range((desk.last - desk.first).days + 1)]
    return 2 * sum(not baseline.shape_known(shop, day) for day in days) > len(days)
