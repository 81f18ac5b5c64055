"""Builds the report of a week or a month from its days, in the same shape as the daily report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from core.answers.answer import Answer, Evidence, Finding
from core.journal import projections
from core.journal.actions import Action, actions
from core.journal.entry import Entry
from core.journal.steps import StepState, steps
from core.language import dates, money
from core.language.wording import plural, say
from core.reports.day_report import DayLine, Figure, PlannedStep, Report, ReportLine, StepPart
from core.reports.gather import action_rows
from core.reports.promises import PROMISE, promises_of
from core.reports.step_sections import decision_words
from core.shop.settings import Shop
from core.topics.sales.net_days import MARKS, NetDay

MEETING = "standup"
"""The stand-up step, whose answer begins with the promises; its findings repeat those of other steps."""
LINES = 6
"""Maximum sentences of each kind."""
Days = Mapping[date, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Over:
    """The week or month that a report covers, and its title."""

    by: Literal["week", "month"]
    first: date
    last: date
    title: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the exports say about the period: verdict, figures, sales by day, charts."""

    verdict: ReportLine
    figures: tuple[Figure, ...] = ()
    sold: Mapping[date, float] | None = None
    net: Mapping[date, NetDay] | None = None
    """Net sales by day, of months that are judged by these."""
    pictures: tuple[Evidence, ...] = ()


def report(
    days: Days,
    earlier: Iterable[Entry] = (),
    *,
    shop: Shop,
    over: Over,
    told: Told,
    plan: Sequence[PlannedStep] = (),
) -> Report:
    """Return the report of the period ``over``.

    ``days`` contains the journal entries by day, ``earlier`` the entries about actions agreed before the
    period, ``told`` what the exports say, and ``plan`` the steps' titles in the reader's language.
    """
    everything = [entry for day in sorted(days) for entry in days[day]]
    answers = {day: _answers(entries) for day, entries in days.items()}
    todo = actions([*earlier, *everything])
    own = [one for one in todo if _belongs(one, over)]
    states = {day: steps(entries) for day, entries in days.items()}
    return Report(
        shop=shop.name,
        day=over.last,
        date=over.title,
        who=tuple(dict.fromkeys(entry.who for entry in everything)),
        state="building",
        verdict=told.verdict,
        figures=told.figures,
        good=_lines(answers, ("good",)),
        improve=_lines(answers, ("act", "watch")),
        keep=(),
        promises=_promises(answers),
        done=action_rows([one for one in own if one.state == "done"], shop),
        open=action_rows([one for one in own if one.state == "open"], shop),
        handed=action_rows([one for one in own if one.state == "handed"], shop),
        dropped=action_rows([one for one in own if one.state == "dropped"], shop),
        tomorrow=_next(todo, shop),
        planned_minutes=sum(_planned(entries) for entries in days.values()),
        used_minutes=round(
            sum(state.used.total_seconds() for found in states.values() for state in found.values()) / 60
        ),
        steps=_steps(days, states, plan),
        late=sum(entry.late for entry in everything),
        by=over.by,
        days=_days(days, answers, over, told),
        pictures=told.pictures,
    )


def _answers(entries: Sequence[Entry]) -> dict[str, Answer]:
    asked = dict.fromkeys(entry.step for entry in entries if entry.kind == "answered")
    return {step: found for step in asked if (found := projections.answer(entries, step)) is not None}


def _belongs(action: Action, over: Over) -> bool:
    """Return whether the action belongs in the report.

    It does if it was agreed or updated in the period, or is due by its end and still open or handed over.
    """
    if over.first <= action.created <= over.last:
        return True
    if any(over.first <= update.day <= over.last for update in action.updates):
        return True
    waits = action.state in ("open", "handed") and action.created <= over.last
    return waits and action.due is not None and action.due <= over.last


def _lines(answers: Mapping[date, Mapping[str, Answer]], levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return each finding once, in its latest wording, with the number of days it occurred.

    Most frequent first.
    """
    seen: Counter[str] = Counter()
    last: dict[str, tuple[date, Finding]] = {}
    for day in sorted(answers):
        found = {
            one.key: one
            for step, answer in answers[day].items()
            if step not in ("summary", MEETING)
            for one in answer.findings
            if one.level in levels
        }
        seen.update(found.keys())
        last |= {key: (day, one) for key, one in found.items()}
    order = sorted(last, key=lambda key: (-seen[key], levels.index(last[key][1].level)))
    texts = [_with_days(last[key][1].text, last[key][0], seen[key]) for key in order]
    return _first(list(dict.fromkeys(texts)))


def _first(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the first few texts, followed by a line that says how many more there are."""
    more = len(texts) - LINES
    return (*texts[:LINES], plural("and {n} more", "and {n} more", more)) if more > 0 else tuple(texts)


def _with_days(text: str, last: date, n: int) -> str:
    if n == 1:
        return say("{text} ({day})", text=text, day=dates.short_day(last))
    return plural("{text} (on {n} day, last on {day})", "{text} (on {n} days, last on {day})", n, text=text,
                  day=dates.short_day(last))  # fmt: skip


def _promises(answers: Mapping[date, Mapping[str, Answer]]) -> tuple[ReportLine, ...]:
    """Return the latest outcome of each promise."""
    last: dict[str, ReportLine] = {}
    for day in sorted(answers):
        standup = answers[day].get(MEETING)
        keys = [] if standup is None else [one.key for one in standup.findings if one.kind == PROMISE]
        last |= dict(zip(keys, promises_of(standup), strict=False))
    return tuple(last.values())


def _next(todo: Sequence[Action], shop: Shop) -> tuple[str, ...]:
    waiting = [one for one in todo if one.state in ("open", "handed")]
    waiting.sort(key=lambda one: (one.due or date.max, one.created))
    rows = action_rows(waiting, shop)
    texts = [
        say("{text} ({who}, {at})", text=row.text, who=row.owner, at=row.due)
        if row.due
        else say("{text} ({day})", text=row.text, day=row.owner)
        for row in rows
    ]
    return _first(texts)


def _planned(entries: Sequence[Entry]) -> int:
    opened = [entry for entry in entries if entry.kind == "opened"]
    plan = opened[-1].data.get("plan", ()) if opened else ()
    minutes = [one.get("minutes") for one in plan if isinstance(one, dict)]
    return sum(value for value in minutes if isinstance(value, int))


def _days(
    days: Days, answers: Mapping[date, Mapping[str, Answer]], over: Over, told: Told
) -> tuple[DayLine, ...]:
    lines = []
    for n in range((over.last - over.first).days + 1):
        day = over.first + timedelta(days=n)
        sold = (told.sold or {}).get(day)
        entries = days.get(day, ())
        if sold is None and not entries:
            continue
        lines.append(
            DayLine(
                dates.day(day),
                "" if sold is None else money.money(sold),
                _report_state(entries),
                _verdict_of(answers.get(day, {})),
                _net_words((told.net or {}).get(day)),
            )
        )
    return tuple(lines)


def _net_words(one: NetDay | None) -> str:
    """Return the day's net sales with the mark of their result; empty if they are unknown."""
    return "" if one is None else f"{money.money(one.net)} {MARKS[one.state]}"


def _report_state(entries: Sequence[Entry]) -> str:
    if not entries:
        return say("nothing written")
    written = projections.report(entries)
    if written is None:
        return say("no report yet")
    return say("finished by {who}", who=written.who) if written.state == "finished" else say("draft")


def _verdict_of(found: Mapping[str, Answer]) -> str:
    """Return the day's verdict: the summary's, else the target step's; empty if neither was computed."""
    for step in ("summary", "target"):
        if step in found:
            return found[step].verdict.text
    return ""


def _steps(
    days: Days, states: Mapping[date, Mapping[str, StepState]], plan: Sequence[PlannedStep]
) -> tuple[StepPart, ...]:
    """Return a part for each step with entries: on how many days it was done, its notes and its decisions."""
    titles = {step.id: step.title for step in plan}
    written = (entry.step for day in sorted(days) for entry in days[day] if entry.step)
    names = dict.fromkeys([*titles, *written])
    parts = []
    for name in names:
        met = [found[name] for found in states.values() if name in found]
        own = [(day, [entry for entry in days[day] if entry.step == name]) for day in sorted(days)]
        if not any(entries for _, entries in own):
            continue
        parts.append(_step(name, titles.get(name, name), met, own))
    return tuple(parts)


def _state(met: Sequence[StepState], recorded: int) -> str:
    """Return in words on how many days the step was done.

    If on none, return on how many days something was recorded in it; if on none, on how many days it was
    skipped; if on none, on how many days it was left out.
    """
    found = Counter(state.state for state in met)
    if done := found["done"]:
        return plural("done on {n} day", "done on {n} days", done)
    if recorded:
        return plural("recorded on {n} day", "recorded on {n} days", recorded)
    if skipped := found["skipped"]:
        return plural("skipped on {n} day", "skipped on {n} days", skipped)
    if dropped := found["dropped"]:
        return plural("left out on {n} day", "left out on {n} days", dropped)
    return say("not done")


def _step(
    name: str, title: str, met: Sequence[StepState], own: Sequence[tuple[date, Sequence[Entry]]]
) -> StepPart:
    used = [state.used for state in met if state.started is not None]
    return StepPart(
        id=name,
        title=title,
        planned="",
        minutes=0,
        used=round(sum(one.total_seconds() for one in used) / 60) if used else None,
        state=_state(met, sum(any(entry.kind == "record" for entry in mine) for _, mine in own)),
        reason="",
        verdict=None,
        findings=(),
        replies=(),
        notes=tuple(
            ReportLine(one.text, "", one.who, dates.short_day(day))
            for day, mine in own
            for one in projections.notes(mine)
        ),
        records=(),
        decisions=tuple(
            ReportLine(decision_words(one), "", one.who, dates.short_day(day))
            for day, mine in own
            for one in projections.decisions(mine)
            if one.choice != projections.TALKED
        ),
        limits=(),
    )
