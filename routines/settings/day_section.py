"""The section of the day's plan: each step's time, minutes and questions, and the steps the shop adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.language.wording import N_, say
from routines.days.day_plan import boxes_for, days_of
from routines.days.step_edit import add_step, change_own_step, change_step, plan_step
from routines.forms.form import Field
from routines.plan.routine_overrides import AddedStep, Routine, StepChange
from routines.plan.step import DayKind, Step, boxes_of
from routines.settings import typed_texts as typed
from routines.settings.section import EditedRow, ReadSettings, Section, Values

_ON: Final[Mapping[str, tuple[DayKind, ...]]] = {
    "weekday": ("weekday", "rush"),
    "every": ("weekday", "weekend", "rush"),
}
"""The kinds of day that a step of the shop's own can be put on."""


def _rows(seen: ReadSettings) -> list[EditedRow]:
    routine = seen.routine or Routine()
    whole = replace(routine, drop=())
    steps = [box.step for box in boxes_for(seen.kind, whole, days_of(seen.shop))]
    return [_row(step, routine) for step in sorted(steps, key=lambda one: one.at)]


def _row(step: Step, routine: Routine) -> EditedRow:
    own = next((one for one in routine.add if one.id == step.id), None)
    off = step.id in routine.drop
    asked = [say(question) for question in step.ask]
    state = say("not planned") if off else say("our own step") if own is not None else ""
    texts = {"at": f"{step.at:%H:%M}", "minutes": str(step.minutes), "ask": "\n".join(asked)}
    if own is not None:
        texts |= {"title": own.title}
    return EditedRow(
        step.id,
        (f"{step.at:%H:%M}", say(step.title), str(step.minutes), str(len(asked)), state),
        texts,
        own if own is not None else routine.steps.get(step.id, StepChange()),
        off=off,
    )


def _fields(_: ReadSettings, row: EditedRow | None) -> tuple[Field, ...]:
    at = Field("at", N_("Time"), hint=N_("such as 14:00"), required=True, check=typed.time_meant)
    minutes = Field("minutes", N_("Minutes"), required=True, check=typed.minutes_meant)
    ask = Field("ask", N_("Questions, one a line"), "long")
    title = Field("title", N_("What is done"), required=True)
    if row is None:
        days = Field(
            "days", N_("On which days"), "choice", (("weekday", N_("workdays")), ("every", N_("every day")))
        )
        return title, at, minutes, ask, days
    return (title, at, minutes, ask) if isinstance(row.was, AddedStep) else (at, minutes, ask)


def _save(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    at = f"{typed.time_meant(str(values['at'])):%H:%M}"
    minutes = typed.minutes_meant(str(values["minutes"]))
    ask = typed.lines_of(str(values["ask"] or ""))
    if row is None:
        used = [one.id for one in (seen.routine or Routine()).add]
        days = _ON[str(values["days"] or "weekday")]
        step = AddedStep(
            id=typed.next_id("own", used),
            at=at,
            minutes=minutes,
            title=str(values["title"]),
            ask=ask or None,
            days=days,
        )
        return add_step(seen.folder, step)
    if isinstance(row.was, AddedStep):
        least = row.was.least if row.was.least is None or row.was.least <= minutes else None
        shall = replace(
            row.was, at=at, minutes=minutes, title=str(values["title"]), ask=ask or None, least=least
        )
        return change_own_step(seen.folder, row.was, shall)
    return change_step(seen.folder, row.key, row.was, _changed(seen, row, at, minutes, ask))


def _changed(seen: ReadSettings, row: EditedRow, at: str, minutes: int, ask: tuple[str, ...]) -> StepChange:
    """Return the step's changes with these values; a value as in the timetable is no change."""
    was: StepChange = row.was
    usual = next(box.step for box in boxes_of(days_of(seen.shop)[seen.kind]) if box.step.id == row.key)
    if at != row.texts["at"]:
        was = replace(was, at=None if at == f"{usual.at:%H:%M}" else at)
    if str(minutes) != row.texts["minutes"]:
        was = replace(was, minutes=None if minutes == usual.minutes else minutes)
        least = usual.least if was.least is None else was.least
        was = replace(was, least=minutes if least > minutes else was.least)
    if ask != typed.lines_of(row.texts["ask"]):
        was = replace(was, ask=None if ask == tuple(map(say, usual.ask)) else ask)
    return was


def _toggle(seen: ReadSettings, row: EditedRow) -> bool:
    plan_step(seen.folder, row.key, planned=row.off)
    return True


DAY: Final = Section(
    "day",
    N_("Plan of the day"),
    N_("When each step is, how long it takes and what it asks. A step that is not needed can be left out."),
    (N_("time"), N_("step"), N_("minutes"), N_("questions"), N_("state")),
    _rows,
    _fields,
    _save,
    _toggle,
    adds=N_("new step"),
    removes=N_("leave out / plan again"),
    begin={"days": "weekday", "minutes": "15"},
    named=1,
    twice=False,
)
