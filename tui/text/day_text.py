"""A day, a plan and a report as plain lines and as JSON, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.journal.entry import Entry, Kind, text_of, word_of
from core.language.dates import clock
from core.language.dates import day as day_words
from core.language.wording import N_, plural, rendered_json, say, text
from core.tables.span import Span
from routines.days.day_plan import boxes_for
from routines.days.platform_steps import unfed_words
from routines.plan.calendar import unknown_year
from routines.plan.schedule import STATE_WORDS, AgendaLine
from routines.plan.step import Box, Plan
from routines.workday.workday import Workday
from tui.text.columns import table

if TYPE_CHECKING:
    from core.reports.day_report import Report

KIND_WORDS: dict[Kind, str] = {
    "note": N_("Note"),
    "reply": N_("Reply"),
    "record": N_("Record"),
    "decision": N_("Decision"),
    "action": N_("Action"),
    "action-update": N_("Action updated"),
    "skipped": N_("Skipped"),
    "restored": N_("Undone"),
    "report": N_("Report"),
}
"""The kinds of entries that are listed; the others only affect the agenda."""
_TELLING = ("text", "question", "key", "choice", "reason", "state", "owner", "due")


def day_lines(workday: Workday) -> Iterator[str]:
    """Yield the day's agenda, then its journal entries, one per line."""
    agenda = workday.agenda()
    yield f"{workday.shop.name}  {day_words(workday.day)}"
    if agenda.behind_minutes:
        yield plural("{n} minute behind schedule.", "{n} minutes behind schedule.", agenda.behind_minutes)
    elif agenda.behind_the_clock:
        yield plural("{n} step is still open although its time is over.",
                     "{n} steps are still open although their time is over.",
                     agenda.behind_the_clock)  # fmt: skip
    if unknown := unknown_year(workday.day.year):
        yield unknown
    yield table([_agenda_row(line) for line in agenda.lines], right=[1])
    if unfed := unfed_words(workday.plan):
        yield unfed
    told = [entry for entry in workday.entries() if entry.kind in KIND_WORDS]
    if told:
        yield ""
        yield from (entry_line(entry, workday) for entry in told)


def entry_line(entry: Entry, workday: Workday) -> str:
    """Return a journal entry as one line: time, person, step, kind and text."""
    titles = {step.id: say(step.title) for step in workday.plan.steps}
    form, values = workday.every_form.get(word_of(entry, "form")), entry.data.get("values")
    named = (text(text_of(entry)) if name == "text" else word_of(entry, name) for name in _TELLING)
    words = [*named, word_of(entry, "form") if form is None else say(form.title)]
    if isinstance(values, dict):
        fields = {} if form is None else {field.name: field for field in form.fields}
        offers = workday.offers
        words += [
            fields[name].shown(value, offers) if name in fields else str(value)
            for name, value in values.items()
        ]
    words = list(filter(None, words))
    if entry.kind == "report":
        words = words[1:]
    where = titles.get(entry.step, entry.step)
    head = " ".join(filter(None, [f"{entry.at:%H:%M}", entry.who, where, say(KIND_WORDS[entry.kind])]))
    return f"{head}: {' · '.join(' '.join(word.split()) for word in words)}"


def day_shape(workday: Workday) -> dict[str, Any]:
    """Return the day as JSON.

    ``{"shop", "date", "now", "behind_minutes", "current": step id or null, "steps": [{"step", "title",
    "state", "start", "end", "minutes", "planned_start", "planned_minutes", "used_minutes", "over_minutes",
    "idle_since", "reason"}], "entries": [{"id", "at", "who", "kind", "step", "late", "data"}]}``; times are
    ISO with time zone, texts are in the current language.
    """
    agenda = workday.agenda()
    return {
        "shop": workday.shop.name,
        "date": workday.day.isoformat(),
        "now": workday.now().isoformat(timespec="seconds"),
        "behind_minutes": agenda.behind_minutes,
        "current": agenda.current.step.id if agenda.current else None,
        "steps": [
            {
                "step": line.step.id,
                "title": say(line.step.title),
                "state": line.state,
                "start": line.start.isoformat(),
                "end": line.end.isoformat(),
                "minutes": line.minutes,
                "planned_start": line.planned_start.isoformat(),
                "planned_minutes": line.planned_minutes,
                "used_minutes": line.used_minutes,
                "over_minutes": line.over_minutes,
                "idle_since": None if line.idle_since is None else line.idle_since.isoformat(),
                "reason": line.reason,
            }
            for line in agenda.lines
        ],
        "entries": [
            {
                "id": entry.id,
                "at": entry.at.isoformat(),
                "who": entry.who,
                "kind": entry.kind,
                "step": entry.step,
                "late": entry.late,
                "data": rendered_json(entry.data),
            }
            for entry in workday.entries()
        ],
    }


def plain_plan(day: date) -> Plan:
    """Return the plan of a normal weekday with all repeating steps, for a shop with default settings."""
    return Plan(day, "weekday", boxes_for("weekday", None))


def steps_table(plan: Plan) -> str:
    """Return the plan's steps as a table."""
    head = [say("Step"), say("From"), say("Minutes"), say("Title"), say("Repeats")]
    rows = [
        [box.step.id, f"{box.step.at:%H:%M}", box.step.minutes, say(box.step.title), box.step.repeat]
        for box in plan.boxes
    ]
    return table([head, *rows], right=[2])


def steps_shape(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON.

    ``{"date", "kind", "steps": [{"step", "title", "block", "at": "HH:MM", "minutes", "least", "must",
    "repeat", "analysis", "questions": [...], "forms": [...]}]}``.
    """
    return {
        "date": plan.day.isoformat(),
        "kind": plan.kind,
        "steps": [_step_shape(box) for box in plan.boxes],
    }


def report_text(workday: Workday, kind: str, span: Span | None = None) -> str:
    """Return the report of the day, or of the week or month ``span``, as md, html, txt or json."""
    from core.language.sanitize import json_text
    from routines.io.day_report import render

    report = _report(workday, span)
    if kind == "json":
        return json_text(plain_values(report), indent=2) + "\n"
    return render(report, kind)  # type: ignore[arg-type]  # click has validated the choice


def report_picture(workday: Workday, kind: str, span: Span | None = None) -> bytes:
    """Return the report's first page as a PNG: a short version if ``kind`` is "card", else the whole page."""
    from core.reports import png

    return png.render(_report(workday, span), "short" if kind == "card" else "long")


def _report(workday: Workday, span: Span | None) -> Report:
    if span is not None:
        from routines.io.period_report import report_over

        return report_over(workday, span)
    from routines.io.day_report import day_report

    return day_report(workday, look_back=True)


def plain_values(value: Any) -> Any:  # noqa: ANN401 - accepts any frozen value
    """Return a value in a form that JSON supports: objects as dictionaries, ISO dates, None for NaN."""
    if is_dataclass(value):
        return {field.name: plain_values(getattr(value, field.name)) for field in fields_of(value)}
    if isinstance(value, dict):
        return {str(key): plain_values(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_values(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN means unknown
        return None
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _agenda_row(line: AgendaLine) -> list[str]:
    return [
        f"{clock(line.start)}",
        _minutes(line),
        line.step.id,
        say(line.step.title),
        say(STATE_WORDS[line.state]),
        line.reason or over_told(line),
    ]


def _minutes(line: AgendaLine) -> str:
    """Return the minutes used, else the minutes planned; a dash if there are neither."""
    if line.used_minutes is not None:
        return f"{line.used_minutes or '<1'}'"
    return f"{line.minutes}'" if line.minutes else "-"


def over_told(line: AgendaLine) -> str:
    """Return by how much the step in progress exceeds its planned time, and since when no key was pressed.

    Empty if nobody is working on the step.
    """
    if line.visit is None:
        return ""
    over = plural("{n} minute over", "{n} minutes over", line.over_minutes) if line.over_minutes else ""
    idle = "" if line.idle_since is None else say("no key pressed since {time}", time=clock(line.idle_since))
    return ", ".join(filter(None, (over, idle)))


def _step_shape(box: Box) -> dict[str, Any]:
    step = box.step
    return {
        "step": step.id,
        "title": say(step.title),
        "block": say(box.block.title),
        "at": f"{step.at:%H:%M}",
        "minutes": step.minutes,
        "least": step.minimum,
        "must": step.must,
        "repeat": step.repeat,
        "analysis": step.analyse,
        "questions": [say(question) for question in step.ask],
        "forms": list(step.record),
    }
