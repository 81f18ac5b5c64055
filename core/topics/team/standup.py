"""The analysis for the stand-up: what the team has to hear, decide and take on."""

from __future__ import annotations

from datetime import date

from core.answers.answer import Answer, Finding, LevelName, Table, TableColumn, Verdict, worst
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import frames_of
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, plural, say
from core.shop.settings import Shop
from core.topics.evening.tally import looked_at
from core.topics.team.meeting import budget, decided_before, opening, problems, week
from core.topics.team.meeting.agenda import AgendaItem, pooled, timed
from core.topics.team.tasks.morning_seen import MorningSeen, looked_at_morning

MINUTES = 15
"""The minutes of the stand-up if the day's plan has none."""


def agenda(  # noqa: PLR0913 - the parameters are what it reads
    past: Past,
    days: ShopDay | None = None,
    sources: Sources | None = None,
    items: Items | None = None,
    ads: Ads | None = None,
    keywords: Keywords | None = None,
    service: Service | None = None,
    stock: Stock | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which promises were kept, what is urgent, what is spent on ads today, and who takes which task?

    Reads the journal (the morning's answers and actions agreed earlier) and, to check promises, the
    figures they name.

    Promises come first: each action that is due is compared with the figure it named. It is kept if the
    figure reached the promised value or improved beyond its usual range; otherwise it is missed, or it
    cannot be told. Then come the morning's findings: urgent ones first, and among equally urgent ones
    those with more money at stake; what was already agreed this morning is not asked again. Then the ad
    budget, then the tasks by role. The minutes add up to the length of the meeting. On Mondays the
    meeting starts with the figures of the past week.

    The program does not know whether a figure changed because of what was done.
    """
    frames = frames_of(days, sources, items, ads, keywords, service, stock)
    promises = opening.promises(past, frames, shop, today)
    morning = problems.of_the_morning(past, shop)
    money = budget.budget(past, frames, shop, today)
    points = [
        *week.points(frames, today),
        *opening.points(promises),
        *problems.points(morning, shop),
        *budget.points(money, shop),
        *problems.tasks(morning, past, shop),
    ]
    minutes = _box(past)
    points = pooled(points)
    findings = (*opening.findings(promises), *morning, *(() if money is None else (money.finding,)))
    tables = (_agenda(timed(points, minutes)), *week.table(frames, shop, today), *opening.table(promises))
    tables = (*tables, *decided_before.table(past, shop))
    return Answer(
        _verdict(promises, morning, minutes, points, money, looked_at_morning(past)),
        findings,
        tables,
        _limits(past, promises),
    )


def _box(past: Past) -> int:
    """Return the minutes that the day's plan gives the stand-up."""
    opened = [entry for entry in past.entries() if entry.kind == "opened"]
    plan = opened[-1].data.get("plan", ()) if opened else ()
    given = [step.get("minutes") for step in plan if isinstance(step, dict) and step.get("id") == "standup"]
    return given[0] if given and isinstance(given[0], int) and given[0] > 0 else MINUTES


def _verdict(
    promises: opening.Promises,
    morning: tuple[Finding[Words], ...],
    minutes: int,
    points: list[AgendaItem],
    money: budget.Budget | None,
    looked: MorningSeen,
) -> Verdict[Words]:
    urgent = sum(finding.level == "act" for finding in morning)
    counted = opening.counted(promises)
    spending = money.finding if money is not None and money.finding.level == "act" else None
    if not looked.seen:
        said = (
            say("{promises}the morning's steps have not been opened yet.", promises=counted)
            if counted
            else say("The morning's steps have not been opened yet.")
        )
    elif not promises.due and not morning and not looked.whole:
        said = say(
            "No promise is due. The steps opened this morning ({seen} of {all}) found nothing urgent; "
            "the others have not been checked.",
            seen=looked.seen,
            all=looked.seen + looked.unknown,
        )
    elif not promises.due and not morning:
        said = say("No promise is due and nothing is urgent: decide the ad budget and end early.")
    else:
        said = message.sentences([_length(points, minutes), _urgent(urgent), opening.first_missed(promises)])
    if spending is not None:
        said = message.sentences([said, spending.text])
    levels: list[LevelName] = [finding.level for finding in morning]
    levels += ["watch"] if promises.broken else []
    levels += ["act"] if spending is not None else []
    calm = looked.whole and not promises.due and not morning and spending is None
    return Verdict("good" if calm else worst([*levels, "info"]), said)


def _length(points: list[AgendaItem], minutes: int) -> Words:
    return plural(
        "{n} topic for {minutes} minutes.", "{n} topics for {minutes} minutes.", len(points), minutes=minutes
    )


def _urgent(number: int) -> Words:
    if not number:
        return ""
    return plural(
        "{n} problem found this morning is urgent.", "{n} problems found this morning are urgent.", number
    )


def _agenda(points: list[AgendaItem]) -> Table[Words]:
    columns = (
        TableColumn(say("Minutes"), "count", "minutes"),
        TableColumn(say("Topic"), id="topic"),
        TableColumn(say("Who"), id="who"),
        TableColumn(say("To decide"), id="aim"),
    )
    rows = tuple((point.minutes, point.topic, point.who, point.aim) for point in points)
    return Table(say("Agenda"), columns, rows)


def _limits(past: Past, promises: opening.Promises) -> tuple[Words, ...]:
    said: list[Words] = []
    if not looked_at(past):
        said.append(
            say("No step has been opened this morning yet, so no problems from the steps are on the agenda.")
        )
    if promises.waiting:
        said.append(
            message.plural(
                "{n} promise cannot be checked yet: its figures are not imported.",
                "{n} promises cannot be checked yet: their figures are not imported.",
                len(promises.waiting),
            )
        )
    if promises.due:
        said.append(
            say("“Kept” only means that the promised figure changed, not that the action changed it.")
        )
    return tuple(said)
