"""A report as a sequence of blocks (headings, paragraphs, bullets, grids), independent of the output format.

The renderers for markdown, HTML and text add only presentation (escaping, colours, indents), so that all
three have the same content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.language.wording import N_, listing, plural, say
from core.reports.day_report import ActionRow, RecordRow, Replied, Report, ReportLine, StepPart
from core.reports.plain_text import clean


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the report's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``strong`` marks the verdict."""

    text: str
    strong: bool = False
    level: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A bulleted list with one line per item."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are strings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cards: bool = False
    """Whether an output with enough room shows each row as a card, with the first two cells on top."""


DETAILS = N_("Step by step")
DAYS = N_("Day by day")
"""Headings that start the details; the blocks before them form the first page."""
ROWS = 4
"""The maximum number of done and of open actions on the first page; the details list all of them."""
UNFAIR = N_(
    "* One of the two days was in a campaign or holiday, or right after a campaign, so the "
    "change says little."
)
Block: TypeAlias = Heading | Paragraph | Bullets | Grid


def blocks(report: Report) -> tuple[Block, ...]:
    """Return the report's blocks in reading order: the first page, then the details.

    All text is sanitized, and each text is one line.
    """
    found: list[Block] = [*_front(report), *_details(report)]
    return tuple(_cleaned(block) for block in found if not isinstance(block, Bullets) or block.lines)


def first_page(found: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Return the blocks of the first page and those of the details."""
    begins = {say(DETAILS), say(DAYS)}
    at = next(
        (place for place, one in enumerate(found) if isinstance(one, Heading) and one.text in begins),
        len(found),
    )
    return found[:at], found[at:]


_TITLES = {
    "day": N_("{shop}: the day of {date}"),
    "week": N_("{shop}: the week of {date}"),
    "month": N_("{shop}: the month of {date}"),
}


def _front(report: Report) -> list[Block]:
    found: list[Block] = [Heading(1, say(_TITLES[report.by], shop=report.shop, date=report.date))]
    found.append(Paragraph(report.verdict.text, strong=True, level=report.verdict.level))
    found += [Paragraph(line) for line in report.conclusion]
    if report.who:
        found.append(
            Paragraph(say("Written from the day's journal entries of {who}.", who=listing(list(report.who))))
        )
    found += [Paragraph(line) for line in report.covered]
    found += [Paragraph(line, level="watch") for line in report.corrected]
    found += [*_figures(report), *_key_figures(report)]
    if report.by == "day":
        found += _list(say("Decided and done"), done_lines(report))
        found += _list(say("Still open"), open_lines(report))
    for title, lines in (
        (say("What went well"), report.good),
        (say("To improve"), report.improve),
        (say("Keep doing"), report.keep),
        (say("Promises"), promise_lines(report)),
    ):
        found += _list(title, lines)
    if report.by != "day" and (rows := _action_rows(report)):
        found += [Heading(2, say("Actions")), Grid(_action_columns(), tuple(rows))]
    found += _list(say("Rivals"), (report.rivals,) if report.rivals else ())
    first = say("First things tomorrow") if report.by == "day" else say("What to do first")
    if report.suggested:
        first = say("{title} (suggested by shopday)", title=first)
    return [*found, *_list(first, report.tomorrow), *_list(say("Points to show newcomers"), report.newcomer)]


def foot_words(report: Report) -> str:
    """Return the line at the end of the first page: what made the report, and who finished it."""
    if report.state == "finished" and report.written_by:
        return say("Made by shopday from the day's journal, checked by {who}.", who=report.written_by)
    return say("Made by shopday from the day's journal.")


def promise_lines(report: Report) -> tuple[str, ...]:
    """Return the outcomes of promises.

    In a daily report these are only the first few, because its section on the stand-up lists all of them.
    """
    lines = tuple(one.text for one in report.promises)
    return _first(lines) if report.by == "day" else lines


def _list(title: str, lines: Sequence[str]) -> list[Block]:
    return [Heading(2, title), Bullets(tuple(lines))] if lines else []


def _figures(report: Report) -> list[Block]:
    if not report.figures:
        return []
    last = say("Range") if report.by == "day" else say("Change")
    columns = (say("Figure"), say("Value"), say("Compared with"), last)
    rows = tuple((one.name, one.value, one.against, one.band) for one in report.figures)
    return [Heading(2, say("Figures")), Grid(columns, rows, cards=True)]


def _key_figures(report: Report) -> list[Block]:
    table = report.key_figures
    if table is None:
        return []
    note = (Paragraph(say(UNFAIR)),) if table.unfair else ()
    return [Heading(2, say("Key figures")), Grid(table.columns, table.rows), *note]


def done_lines(report: Report) -> tuple[str, ...]:
    """Return one line for each of the first few completed actions, and one with the number of decisions."""
    done = [_done(one) for one in report.done]
    if report.decided:
        done.append(
            plural("{n} decision made, see the steps.", "{n} decisions made, see the steps.", report.decided)
        )
    return _first(done)


def open_lines(report: Report) -> tuple[str, ...]:
    """Return one line for each of the first few open actions that need attention.

    These are the actions that are due, and those whose figure is reached though they are not marked as done.
    """
    left = [*(one for one in report.open if not one.later), *report.reached]
    return _first([_open(one) for one in left])


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the first :data:`ROWS` lines, followed by a line that says how many more there are."""
    if len(lines) <= ROWS:
        return tuple(lines)
    more = len(lines) - ROWS
    return (*lines[:ROWS], plural("and {n} more, below", "and {n} more, below", more))


def _done(one: ActionRow) -> str:
    return say("{text} ({who})", text=one.text, who=one.owner) if one.owner else one.text


def _open(one: ActionRow) -> str:
    parts = [part for part in (one.owner, one.due, one.reason) if part]
    return say("{text} ({who})", text=one.text, who=listing(parts)) if parts else one.text


def _action_rows(report: Report) -> list[tuple[str, ...]]:
    """Return a table row for each action, grouped by state.

    "not done yet" comes first, "under way" (not due yet) last.
    """
    return [
        (state, one.text, one.owner, one.due, one.metric, one.reason)
        for state, group in (
            (say("not done yet"), [one for one in report.open if not one.later]),
            (say("target figure reached"), report.reached),
            (say("handed over"), report.handed),
            (say("done"), report.done),
            (say("dropped"), report.dropped),
            (say("under way"), [one for one in report.open if one.later]),
        )
        for one in group
    ]


def _action_columns() -> tuple[str, ...]:
    return (say("State"), say("Action"), say("Who"), say("Due"), say("Figure to improve"), say("Reason"))


def _days(report: Report) -> list[Block]:
    """Return the table of the days of a week or month; empty for the report of one day."""
    if not report.days:
        return []
    columns = (say("Day"), say("Sales"), say("Net sales"), say("Report"), say("Verdict"))
    rows = [(one.date, one.sold, one.net, one.state, one.verdict) for one in report.days]
    held = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    shown = tuple(tuple(row[place] for place in held) for row in rows)
    return [Heading(2, say(DAYS)), Grid(tuple(columns[place] for place in held), shown)]


def _details(report: Report) -> list[Block]:
    time = say(
        "{used} of the {planned} planned minutes were used.",
        used=report.used_minutes,
        planned=report.planned_minutes,
    )
    if report.late:
        time = f"{time} " + plural(
            "{n} entry was written after the day.", "{n} entries were written after the day.", report.late
        )
    found: list[Block] = [*_days(report), Heading(2, say(DETAILS))]
    if report.by == "day" or report.planned_minutes or report.used_minutes:
        found.append(Paragraph(time))
    if report.by == "day" and (rows := _action_rows(report)):
        found += [Heading(3, say("All actions")), Grid(_action_columns(), tuple(rows))]
    if report.steps:
        found += _steps(report)
    if report.unfed:
        found.append(Paragraph(report.unfed))
    for step in report.steps:
        if step.touched:
            found += _step(step)
    limits = tuple(
        say("{step}: {what}", step=step.title, what=limit) for step in report.steps for limit in step.limits
    )
    if limits:
        found += [Heading(3, say("What cannot be concluded")), Bullets(limits)]
    return found


def _steps(report: Report) -> list[Block]:
    """Return the table of steps; if none was begun, return one sentence instead.

    A weekly or monthly report has no planned times, because each day has its own plan.
    """
    if not any(one.begun for one in report.steps):
        words = plural(
            "The planned step was not begun.",
            "None of the {n} planned steps was begun.",
            sum(bool(one.planned) for one in report.steps),
        )
        return [Paragraph(words)]
    rows = [
        (
            one.title,
            one.planned,
            str(one.minutes or ""),
            "" if one.used is None else str(one.used),
            _with_reason(one),
        )
        for one in report.steps
    ]
    columns = (say("Step"), say("Time planned"), say("Minutes"), say("Time used"), say("State"))
    if report.by == "day":
        return [Grid(columns, tuple(rows))]
    return [Grid((columns[0], *columns[3:]), tuple((row[0], *row[3:]) for row in rows))]


def _with_reason(step: StepPart) -> str:
    return say("{state}: {reason}", state=step.state, reason=step.reason) if step.reason else step.state


def _step(step: StepPart) -> list[Block]:
    found: list[Block] = [Heading(3, step.title)]
    if step.verdict is not None:
        found.append(Paragraph(step.verdict.text, level=step.verdict.level))
    found.append(Bullets(tuple(one.text for one in step.findings)))
    return [*found, *written_in(step)]


def written_in(step: StepPart) -> list[Block]:
    """Return what people wrote and decided in the step; the texts are not sanitized yet."""
    found = [block for one in step.replies for block in _replied(one)]
    if step.decisions:
        found += [Paragraph(say("Decided:")), Bullets(tuple(_signed(one) for one in step.decisions))]
    found += _records(step.records)
    if step.notes:
        found += [Paragraph(say("Notes:")), Bullets(tuple(_signed(one) for one in step.notes))]
    return found


def _replied(one: Replied) -> list[Block]:
    """Return the blocks of a question and its answer; an answer of several lines becomes a bulleted list."""
    who, lines = _who(one.who, late=one.late), [line for line in one.text.splitlines() if line.strip()]
    if len(lines) > 1:
        asked = say("{question} ({who})", question=one.question, who=who)
        return [Paragraph(asked), Bullets(tuple(lines))]
    return [Paragraph(say("{question} {text} ({who})", question=one.question, text=one.text, who=who))]


def _records(records: Sequence[RecordRow]) -> list[Block]:
    return [
        Bullets(
            tuple(
                say(
                    "{form}: {fields} ({who})",
                    form=one.title,
                    who=_who(one.who, late=one.late),
                    fields=say("; ").join(f"{label} {value}" for label, value in one.fields),
                )
                for one in records
            )
        )
    ]


def _signed(one: ReportLine) -> str:
    return say("{text} ({who}, {at})", text=one.text, who=_who(one.who, late=one.late), at=one.at)


def _who(who: str, *, late: bool) -> str:
    return say("{who}, written late", who=who) if late else who


def _cleaned(block: Block) -> Block:
    match block:
        case Heading():
            return Heading(block.level, clean(block.text))
        case Paragraph():
            return Paragraph(clean(block.text), block.strong, block.level)
        case Bullets():
            return Bullets(tuple(clean(line) for line in block.lines))
        case Grid():
            rows = tuple(tuple(clean(cell) for cell in row) for row in block.rows)
            return Grid(tuple(clean(name) for name in block.columns), rows, block.cards)
