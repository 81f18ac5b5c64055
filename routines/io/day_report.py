"""Build the day's report from its entries, and render it as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.journal.handover import cover_lines
from core.journal.projections import report as report_of
from core.language.wording import say
from core.reports.day_report import OwnWords, PlannedStep
from core.reports.gather import report
from routines.days.platform_steps import unfed_words
from routines.forms.forms import form_words
from routines.past.review import corrected_in, unasked
from routines.plan.questions import SUMMARY

if TYPE_CHECKING:
    from core.answers.answer import Answer
    from core.reports.day_report import Report
    from routines.workday.workday import Workday

TextKind: TypeAlias = Literal["md", "html", "txt"]


def day_report(
    workday: Workday,
    *,
    look_back: bool = False,
    asked: Mapping[str, Answer] | None = None,
    present: Mapping[str, Answer] | None = None,
) -> Report:
    """Return the report of the workday's day.

    ``asked``: answers that nobody was shown on the day, by step. ``present``: answers computed just now, by
    step, which replace the answers shown earlier. ``look_back`` (headless, imports pandas): compute these
    answers here, e.g. what a past day sold according to exports imported since.
    """
    entries = workday.entries()
    earlier = [entry for entry in workday.index.lasting(workday.day) if entry.day != workday.day]
    plan = [
        PlannedStep(step.id, say(step.title), step.at, step.minutes, step.must) for step in workday.plan.steps
    ]
    now_asked = dict(present or {})
    if look_back and not now_asked and outdated(workday):
        now_asked = {"summary": workday.ask("summary")}
    answers = dict(asked or {}) | {step: workday.ask(step) for step in unasked(workday) if look_back}
    return report(
        entries,
        earlier,
        shop=workday.shop,
        day=workday.day,
        plan=plan,
        forms=form_words(workday.offers, workday.every_form),
        now=workday.now(),
        asked_now=answers,
        corrected=corrected_in(workday, work_out=look_back),
        covered=cover_lines(entries),
        present=now_asked,
        own=own_words(workday),
        unfed=unfed_words(workday.plan),
    )


def outdated(workday: Workday) -> bool:
    """Return whether the day's summary must be computed again for the report.

    It must be while the day is not over, has entries, and has no finished report.
    """
    written = report_of(workday.entries())
    finished = written is not None and written.state == "finished"
    planned = any(step.id == "summary" for step in workday.plan.steps)
    return planned and not finished and not workday.turned() and bool(workday.entries())


def entries_since(workday: Workday) -> int:
    """Return how many entries were written after the report was finished; 0 if it is not finished.

    Opening the day, entering or leaving steps, answers shown and finishing the report's own step do not
    count.
    """
    entries = workday.entries()
    places = [n for n, entry in enumerate(entries) if entry.kind == "report"]
    if not places or entries[places[-1]].data.get("state") != "finished":
        return 0
    silent = ("opened", "started", "left", "answered")
    after = [entry for entry in entries[places[-1] + 1 :] if entry.kind not in silent]
    return sum(not (entry.kind == "done" and entry.step == "summary") for entry in after)


def own_words(workday: Workday) -> OwnWords:
    """Return what the operator answered to the report's questions: conclusion, tomorrow, for a newcomer."""
    said = {
        question: tuple(
            line.strip()
            for reply in workday.replies("summary")
            if reply.question == question
            for line in reply.text.splitlines()
            if line.strip()
        )
        for question in SUMMARY
    }
    return OwnWords(*(said[question] for question in SUMMARY))


def render(report: Report, kind: TextKind = "md") -> str:
    """Return the report as text in the format ``kind``."""
    from core.reports import html, markdown, text

    renderers = {"md": markdown.render, "html": html.render, "txt": text.render}
    return renderers[kind](report)
