"""Build the day's report from its entries, and render it as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.journal.handover import cover_lines
from core.language.wording import say
from core.reports.day_report import PlannedStep
from core.reports.gather import report
from routines.forms.forms import form_words
from routines.past.review import corrected_in, unasked

if TYPE_CHECKING:
    from core.answers.answer import Answer
    from core.reports.day_report import Report
    from routines.workday.workday import Workday

TextKind: TypeAlias = Literal["md", "html", "txt"]


def day_report(
    workday: Workday, *, look_back: bool = False, asked: Mapping[str, Answer] | None = None
) -> Report:
    """Return the evening report of the workday's day.

    ``asked``: answers nobody was shown on the day, by step. ``look_back`` (headless, imports pandas): compute
    these here, e.g. what a past day sold according to exports imported since.
    """
    entries = workday.entries()
    earlier = [entry for entry in workday.index.lasting(workday.day) if entry.day != workday.day]
    plan = [
        PlannedStep(step.id, say(step.title), step.at, step.minutes, step.must) for step in workday.plan.steps
    ]
    answers = dict(asked or {}) | {step: workday.ask(step) for step in unasked(workday) if look_back}
    return report(
        entries,
        earlier,
        shop=workday.shop,
        day=workday.day,
        plan=plan,
        forms=form_words(workday.offers),
        now=workday.now(),
        asked_now=answers,
        corrected=corrected_in(workday, work_out=look_back),
        covered=cover_lines(entries),
    )


def render(report: Report, kind: TextKind = "md") -> str:
    """Return the report as text in this format."""
    from core.reports import html, markdown, text

    renderers = {"md": markdown.render, "html": html.render, "txt": text.render}
    return renderers[kind](report)
