"""The report's section for each step: the analysis's findings, replies, notes, records and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.actions import decisions
from core.answers.answer import Answer, Finding
from core.journal import projections
from core.journal.entry import Entry
from core.journal.steps import StepState
from core.language import numbers, wording
from core.language.message import Message
from core.language.wording import say
from core.reports.day_report import FormWords, PlannedStep, RecordRow, Replied, ReportLine, StepPart

_TOLD = 6
"""Maximum number of figures shown for a decision; the journal contains all of them."""


def step_parts(
    entries: Sequence[Entry],
    answers: Mapping[str, Answer],
    states: Mapping[str, StepState],
    plan: Sequence[PlannedStep],
    forms: Mapping[str, FormWords],
    now: datetime | None,
) -> tuple[StepPart, ...]:
    """Return the report's part for each step: in the plan's order, then steps that only the journal contains.

    A finding is reported once, under the first step that found it. The summary's own answer is left out, as
    the first page already shows it.
    """
    planned = {step.id: step for step in plan}
    strangers = [entry.step for entry in entries if entry.step and entry.step not in planned]
    late = {entry.id for entry in entries if entry.late}
    told: set[str] = set()
    parts = []
    for step in dict.fromkeys([*planned, *strangers]):
        own = [entry for entry in entries if entry.step == step]
        answer = None if step == "summary" else answers.get(step)
        shown = () if answer is None else tuple(one for one in answer.findings if one.key not in told)
        told.update(one.key for one in shown)
        parts.append(
            _part(
                step,
                own,
                answer,
                shown,
                states.get(step, StepState()),
                planned.get(step),
                forms,
                late,
                now,
            )
        )
    return tuple(parts)


def _part(  # noqa: PLR0913, PLR0917 - the parts of a step's section
    step: str,
    own: Sequence[Entry],
    answer: Answer | None,
    shown: Sequence[Finding],
    state: StepState,
    planned: PlannedStep | None,
    forms: Mapping[str, FormWords],
    late: set[str],
    now: datetime | None,
) -> StepPart:
    return StepPart(
        id=step,
        title=planned.title if planned else step,
        planned=f"{planned.at:%H:%M}" if planned else "",
        minutes=planned.minutes if planned else 0,
        used=_minutes(state.used_by(now)),
        state=_state(state),
        reason=state.reason,
        verdict=None if answer is None else ReportLine(answer.verdict.text, answer.verdict.level),
        findings=tuple(ReportLine(one.text, one.level) for one in shown),
        replies=tuple(
            Replied(say(one.question) if one.question else "", one.text, one.who, one.id in late)
            for one in projections.replies(own)
        ),
        notes=tuple(
            ReportLine(one.text, "", one.who, f"{one.at:%H:%M}", one.id in late)
            for one in projections.notes(own)
        ),
        records=record_rows(own, forms, late),
        decisions=tuple(
            ReportLine(decision_words(one), "", one.who, f"{one.at:%H:%M}", one.id in late)
            for one in projections.decisions(own)
            if one.choice != projections.TALKED
        ),
        limits=() if answer is None else answer.limits,
        begun=state.state != "untouched",
    )


def _minutes(spent: timedelta | None) -> int | None:
    return None if spent is None else int(spent.total_seconds() // 60)


def _state(state: StepState) -> str:
    words = {
        "untouched": say("not begun"),
        "running": say("running"),
        "left": say("begun, not finished"),
        "done": say("nothing to do") if state.quick else say("done"),
        "skipped": say("skipped"),
        "dropped": say("left out for lack of time"),
    }
    if not state.rests:
        return words[state.state]
    times = wording.listing([f"{at:%H:%M}" for at in state.rests])
    return say(
        "{state}; no key was pressed after {times}, so that time is not counted",
        state=words[state.state],
        times=times,
    )


def decision_words(one: projections.Decision) -> str:
    """Return the text of a decision: the choice, its subject and the figures it was based on."""
    detail = one.detail if isinstance(one.detail, str) else ""
    which = one.which
    if isinstance(one.detail, dict):
        if text := str(one.detail.get("text", "")):
            return say("{choice}: {which}", choice=say(one.choice), which=text)
        told = [(name, value) for name, value in decisions.figures(one) if _filled(value) and value != which]
        parts = [f"{wording.text(name)} {_value(value)}" for name, value in told[:_TOLD]]
        if instead := decisions.proposed(one):
            parts.insert(0, say("proposed: {choice}", choice=say(instead)))
        detail = wording.listing(parts)
    if detail:
        return say("{choice}: {which} ({detail})", choice=say(one.choice), which=which, detail=detail)
    return say("{choice}: {which}", choice=say(one.choice), which=which)


def record_rows(
    own: Sequence[Entry], forms: Mapping[str, FormWords], late: set[str]
) -> tuple[RecordRow, ...]:
    """Return the latest version of each record, with its filled-in fields in the form's order."""
    last: dict[str, Entry] = {}
    home: dict[str, str] = {}
    for entry in own:
        if entry.kind == "record":
            first = home.get(str(entry.data.get("replaces", "")), entry.id)
            home[entry.id] = first
            last[first] = entry
    rows = []
    for entry in last.values():
        form, values = str(entry.data.get("form", "")), entry.data.get("values")
        if not isinstance(values, dict):
            continue
        words = forms.get(form, FormWords(form))
        rows.append(RecordRow(form, words.title, _fields(values, words), entry.who, entry.id in late))
    return tuple(rows)


def change_words(
    forms: Mapping[str, FormWords], form: str, was: Mapping[str, Any], values: Mapping[str, Any]
) -> str:
    """Return a change of the settings in words: the form's title, the new values and the old ones."""
    words = forms.get(form, FormWords(form))
    before = {name: was[name] for name in values if name in was and was[name] != values[name]}
    shall, told = _named(_fields(values, words)), _named(_fields(before, words))
    text = say("{shall} (was: {was})", shall=shall, was=told) if told else shall
    return say("{label}: {text}", label=words.title, text=text)


def _named(fields: Sequence[tuple[str, str]]) -> str:
    """Return the fields in one line; a single field is shown without its label."""
    return fields[0][1] if len(fields) == 1 else say("; ").join(f"{label} {value}" for label, value in fields)


def _fields(values: Mapping[str, Any], words: FormWords) -> tuple[tuple[str, str], ...]:
    """Return (label, value) pairs of the fields that were filled in, in the form's order."""
    names = [
        *(name for name in words.fields if name in values),
        *(name for name in values if name not in words.fields),
    ]
    return tuple(
        (words.fields.get(name, name), words.shows.get(name, _value)(values[name]))
        for name in names
        if _filled(values[name])
    )


def _filled(value: object) -> bool:
    return value is not None and value != ""


def _value(value: object) -> str:
    if isinstance(value, Message):
        return wording.text(value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float):
        return numbers.number(value)
    return str(value)
