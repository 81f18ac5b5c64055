"""Steps provided by other installed packages, and their place in the day.

A package provides a step with an entry point of the group ``shopday.steps`` that names a
:class:`~routines.plan.step.Step` for weekdays, or a mapping of the kinds of day to steps. The module that
contains it is loaded with the plan, so it must not import pandas; the step's analysis is named
``package.module:function``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import time
from typing import Final, TypeAlias, get_args

from core.extensions import Extensible, Unusable
from core.language.message import say
from routines.plan.step import Day, DayKind, Step

GROUP: Final = "shopday.steps"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")
_KINDS: Final[tuple[DayKind, ...]] = get_args(DayKind)

StepByKind: TypeAlias = Mapping[DayKind, Step]
"""One step, by the kinds of day it appears on."""


def steps_with_extensions(*plans: Mapping[DayKind, Day]) -> Extensible[StepByKind]:
    """Return the steps of these days by id, together with those of other packages."""
    own: dict[str, StepByKind] = {}
    for plan in plans:
        for kind, day in plan.items():
            for part in day:
                if isinstance(part, Step):
                    own[part.id] = {**own.get(part.id, {}), kind: part}
    return Extensible(GROUP, own, _named)


class ExtensibleDays(Mapping[DayKind, Day]):
    """The timetable of each kind of day, with the steps of other packages inserted by their time."""

    def __init__(self, own: Mapping[DayKind, Day], steps: Extensible[StepByKind]) -> None:
        self._own = own
        self._steps = steps

    def __getitem__(self, kind: DayKind) -> Day:
        day = self._own[kind]
        for step in self._steps.extensions.values():
            if kind in step:
                day = _with(day, step[kind])
        return day

    def __iter__(self) -> Iterator[DayKind]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def _with(day: Day, step: Step) -> Day:
    """Return the day with the step inserted after the last step that begins no later than it.

    If all others begin later, the step comes before them.
    """
    steps = [(place, part) for place, part in enumerate(day) if isinstance(part, Step)]
    before = [place for place, part in steps if part.at <= step.at]
    at = before[-1] + 1 if before else next((place for place, _ in steps), len(day))
    return (*day[:at], step, *day[at:])


def _named(found: object) -> tuple[str, StepByKind]:
    by_kind = {"weekday": found} if isinstance(found, Step) else found
    if not isinstance(by_kind, Mapping) or not by_kind or not set(by_kind) <= set(_KINDS):
        raise Unusable(say("the object it names is not a step"))
    steps = [step for step in by_kind.values() if isinstance(step, Step)]
    names = {step.id for step in steps}
    if len(steps) < len(by_kind) or len(names) != 1 or not all(map(_is_whole, steps)):
        raise Unusable(say("the object it names is not a step"))
    from routines.forms.forms import FORMS

    if unknown := [form for step in steps for form in step.record if form not in FORMS]:
        raise Unusable(say("there is no form “{form}”", form=unknown[0]))
    return names.pop(), by_kind


def _is_whole(step: Step) -> bool:
    """Return whether the step has everything that is needed to plan and display it."""
    values: tuple[object, ...] = (
        step.id,
        step.at,
        step.minutes,
        step.title,
        step.analyse or "a:b",
        step.screen,
    )
    name, at, minutes, title, analysis, screen = values
    return (
        isinstance(name, str)
        and bool(_ID.fullmatch(name))
        and isinstance(at, time)
        and isinstance(minutes, int)
        and minutes > 0
        and isinstance(title, str)
        and bool(title)
        and isinstance(analysis, str)
        and ":" in analysis
        and screen == ""
    )
