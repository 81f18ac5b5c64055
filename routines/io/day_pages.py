"""The day as static web pages for people without a terminal: today, each step with its answer, report, month.

Imports pandas, because it asks every step's analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

from core.actions.overdue_actions import carried
from core.answers.answer import Answer, Finding, Series
from core.answers.key_figures import COLUMNS, key_table, rows_of
from core.answers.ranking import ASKING, at_stake, priority
from core.answers.stake_words import stake_words
from core.language import dates, numbers
from core.language.money import short_money
from core.language.wording import plural, say, sentences
from core.pages import render
from core.pages.model import (
    AgendaBlock,
    AgendaRow,
    Card,
    DayBox,
    Frame,
    Link,
    MonthPage,
    OpenAction,
    StepPage,
    TodayPage,
    WeekRow,
    Worth,
)
from core.reports.gather import action_rows
from core.review.target_share import heat, share_words
from core.storage.swapped_folder import check_replaceable, replace_folder
from routines.answers.file_checklist import file_checklist
from routines.io.day_report import day_report
from routines.past.review import DayCell, Review
from routines.plan.calendar import day_of
from routines.plan.schedule import STATE_WORDS, AgendaLine
from routines.workday.workday import Workday

INDEX: Final = "index.html"
REPORT: Final = "report.html"
MONTH: Final = "month.html"
WORTH: Final = 5
"""Maximum number of findings listed as having the most money at stake."""
_WEEK: Final = 7

Progress = Callable[[int, int, str], None]
"""A callback that is given the number done, the total, and a word on the current item."""


def write_pages(workday: Workday, folder: Path, progress: Progress | None = None) -> int:
    """Write the day's pages into the folder, replacing those written there before; return their number.

    Raise UsageError if the folder holds anything else, and CannotWrite if writing fails; in both cases the
    folder is unchanged.
    """
    check_replaceable(folder.resolve())
    files = day_pages(workday, progress)
    replace_folder(folder, files)
    return len(files)


def day_pages(workday: Workday, progress: Progress | None = None) -> dict[str, str]:
    """Return the pages of the workday's day by file name, in the current language."""
    lines = workday.agenda().lines
    answers: dict[str, Answer] = {}
    for number, line in enumerate(lines):
        if progress is not None:
            progress(number, len(lines), say(line.step.title))
        if line.step.analyse:
            answers[line.step.id] = workday.ask(line.step.id)
    report = day_report(workday, look_back=True, present=_present(workday, answers))
    links = _links(lines)
    frame = Frame(
        shop=workday.shop.name,
        day=dates.day(workday.day),
        links=(
            Link(INDEX, dates.short_day(workday.day)),
            Link(REPORT, say("Report")),
            Link(MONTH, say("Month's calendar")),
        ),
        made=say(
            "Made by shopday on {date} at {time}. These pages are for reading only.",
            date=dates.day(workday.now().date()),
            time=dates.clock(workday.now()),
        ),
    )
    pages = {
        INDEX: render.today(_today(workday, lines, answers, links), frame),
        REPORT: render.report(report, frame),
        MONTH: render.month(_month(workday), frame),
    }
    parts = {part.id: part for part in report.steps}
    order = [line.step for line in lines]
    for number, step in enumerate(order):
        page = StepPage(
            title=say(step.title),
            question=workday.question(step.id),
            answer=answers.get(step.id),
            part=parts.get(step.id),
            before=links[order[number - 1].id] if number else None,
            after=links[order[number + 1].id] if number + 1 < len(order) else None,
        )
        pages[links[step.id].href] = render.step(page, frame)
    return pages


def _present(workday: Workday, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers that replace those shown earlier today; those of a past day stay as they were."""
    return dict(answers) if workday.day == day_of(workday.now()) else {}


def _links(lines: Sequence[AgendaLine]) -> dict[str, Link]:
    """Return a link for each step, by step; the ids of steps are safe file names."""
    return {line.step.id: Link(f"step-{line.step.id}.html", say(line.step.title)) for line in lines}


# ---- today


def _today(
    workday: Workday, lines: Sequence[AgendaLine], answers: Mapping[str, Answer], links: Mapping[str, Link]
) -> TodayPage:
    summary, target = answers.get("summary"), answers.get("target")
    verdict = next((one.verdict for one in (target, summary) if one is not None), None)
    return TodayPage(
        verdict=None if verdict is None else (verdict.level, verdict.text),
        cards=_cards(summary),
        trend=_trend(summary) or _trend(target),
        worth=_worth(workday, answers, links),
        blocks=[
            AgendaBlock(
                say(block.title),
                say("until {time}", time=f"{block.ends:%H:%M}") if block.ends else "",
                [_row(line, answers.get(line.step.id), links[line.step.id]) for line in of_block],
            )
            for block, of_block in groupby(lines, key=lambda line: line.block)
        ],
        missing=_missing(workday),
        actions=_actions(workday),
    )


def _cards(summary: Answer | None) -> list[Card]:
    table = key_table(summary)
    if table is None:
        return []
    words = {word: name for column in table.columns if column.id == COLUMNS[6] for word, name in column.words}
    return [
        Card(
            name=str(row["key_figure"]),
            value=str(row["seen"]),
            share=""
            if row["share"] is None
            else say("{share} of target", share=numbers.percent(float(row["share"]), 0)),
            meaning=words.get(str(row["state"]), ""),
            state=str(row["state"] or ""),
        )
        for row in rows_of(table)
    ]


def _trend(answer: Answer | None) -> Series | None:
    pieces = () if answer is None else answer.evidence
    return next((one for one in pieces if isinstance(one, Series) and one.targets), None)


def _worth(workday: Workday, answers: Mapping[str, Answer], links: Mapping[str, Link]) -> list[Worth]:
    """Return the findings to act on with the most money at stake, one for each incident."""
    margin = workday.shop.margin
    found: dict[str, tuple[Finding, str]] = {}
    for step, answer in answers.items():
        for one in answer.findings:
            if one.level in ASKING and at_stake(one, margin) > 0:
                found.setdefault(one.incident or one.key, (one, step))
    chosen = sorted(found.values(), key=lambda one: -priority(one[0], margin))[:WORTH]
    return [Worth(stake_words(one.impact), one.text, links[step]) for one, step in chosen]


def _row(line: AgendaLine, answer: Answer | None, link: Link) -> AgendaRow:
    start = line.visit.start if line.visit is not None else line.start
    impacts = () if answer is None else (one.impact for one in answer.findings)
    state = say(STATE_WORDS[line.state]) if STATE_WORDS[line.state] else ""
    return AgendaRow(
        time=dates.clock(start),
        minutes=say("{n} min", n=line.minutes or line.step.minutes),
        step=link,
        state=say("{state}: {reason}", state=state, reason=line.reason) if line.reason else state,
        level=None if answer is None else answer.verdict.level,
        text="" if answer is None else answer.verdict.text,
        stake=stake_words(next((one for one in impacts if one is not None), None)),
    )


def _missing(workday: Workday) -> list[str]:
    files = file_checklist(workday.folder, workday.day, workday.now())
    return [
        say("{sheet}: {days} missing ({how})", sheet=one.title, days=dates.days(one.days), how=one.how)
        for one in files
        if one.missed
    ]


def _actions(workday: Workday) -> list[OpenAction]:
    todo = workday.actions(open_only=True)
    late = carried(todo, workday.day)
    due = [one for one in todo if one.due == workday.day and one not in late]
    rows = action_rows([*late, *due], workday.shop)
    return [
        OpenAction(row.text, row.owner, row.due, late=number < len(late)) for number, row in enumerate(rows)
    ]


# ---- the month


def _month(workday: Workday) -> MonthPage:
    review, first = Review(workday), workday.day.replace(day=1)
    review.work_out(first)
    cells = review.calendar(first)
    by_day = {cell.day: cell for cell in cells}
    begin = first - timedelta(days=first.weekday())
    weeks = []
    while begin <= cells[-1].day:
        found = [by_day.get(begin + timedelta(days=n)) for n in range(_WEEK)]
        money, share = _totals([one for one in found if one is not None])
        weeks.append(
            WeekRow([None if one is None else _box(one, workday.day) for one in found], money, share)
        )
        begin += timedelta(days=_WEEK)
    return MonthPage(f"{first:%Y-%m}", _summary(cells), weeks)


def _box(cell: DayCell, today: date) -> DayBox:
    money = ""
    if cell.sold is not None:
        money = short_money(cell.sold)
    elif cell.state in ("today", "future") and cell.target is not None:
        money = say("aim {money}", money=short_money(cell.target))
    mark = "◦" if cell.hollow else {True: "✓", False: "✗", None: ""}[cell.met]
    return DayBox(
        number=cell.day.day,
        look="" if cell.share is None else heat(cell.share),
        money=money,
        share="" if cell.share is None else mark + share_words(cell.share),
        note=cell.campaign,
        today=cell.day == today,
    )


def _totals(cells: Sequence[DayCell]) -> tuple[str, str]:
    """Return the sales of these days in words, and their share of the targets of the same days."""
    sold = [cell for cell in cells if cell.sold is not None]
    judged = [cell for cell in sold if cell.target]
    aims = sum(cell.target or 0.0 for cell in judged)
    share = share_words(sum(cell.sold or 0.0 for cell in judged) / aims) if aims else ""
    return short_money(sum(cell.sold or 0.0 for cell in sold)) if sold else "", share


def _summary(cells: Sequence[DayCell]) -> str:
    sold, share = _totals(cells)
    if not sold:
        return say("No sales of this month are known yet.")
    if any(cell.net for cell in cells):
        return _net_summary(cells, sold, share)
    judged = [cell for cell in cells if cell.met is not None]
    if not judged:
        return say("Sales so far this month: {sold}.", sold=sold)
    return say(
        "Sales so far this month: {sold}, {share} of these days' targets; {n} of {all} days reached theirs.",
        sold=sold,
        share=share,
        n=sum(cell.met is True for cell in judged),
        all=len(judged),
    )


def _net_summary(cells: Sequence[DayCell], sold: str, share: str) -> str:
    judged = [cell for cell in cells if cell.met is not None]
    words = [
        say(
            "Net sales so far this month: {sold}, {share} of these days' net targets.", sold=sold, share=share
        )
        if share
        else say("Net sales so far this month: {sold}.", sold=sold)
    ]
    if judged:
        met = sum(cell.met is True for cell in judged)
        words.append(
            plural(
                "{met} of {n} day with nearly all refunds in reached its target.",
                "{met} of {n} days with nearly all refunds in reached theirs.",
                len(judged),
                met=met,
            )
        )
    if waiting := sum(cell.hollow for cell in cells):
        words.append(
            plural("{n} day (◦) still waits for refunds.", "{n} days (◦) still wait for refunds.", waiting)
        )
    return sentences(words)
