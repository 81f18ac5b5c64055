"""Search results and promises as plain lines, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from core.language.dates import clock, full_day
from core.language.message import DASH
from core.language.numbers import percent
from core.language.wording import N_, listing, plural, say
from routines.past.find_results import Result, ResultFigure, ResultLine, count_words, figure
from routines.past.promise_history import Predicts, PromiseLedger
from tui.text.columns import table
from tui.text.day_text import KIND_WORDS


def found_lines(result: Result) -> Iterator[str]:
    """Yield the query as understood, the number of matches, then each day's figures and entries."""
    yield result.asked
    yield count_words(result)
    for day in result.days:
        yield ""
        yield "  ".join(filter(None, [full_day(date.fromisoformat(day.date)), figures_words(day.figures)]))
        yield from (f"  {line_words(line)}" for line in day.lines)


def figures_words(figures: tuple[ResultFigure, ...]) -> str:
    """Return the day's figures, each with that of the following day if known."""
    told = []
    for one in figures:
        values = {
            "name": one.name,
            "value": figure(one.metric, one.value),
            "next": figure(one.metric, one.next),
        }
        message = N_("{name} {value}, next day {next}") if one.next is not None else N_("{name} {value}")
        told.append(say(message, **values))
    return listing(told)


def line_words(line: ResultLine) -> str:
    """Return an entry as one line, followed by its outcome, if any, after an arrow."""
    at = clock(datetime.fromisoformat(line.at))
    head = " ".join(filter(None, [at, line.who, line.title, say(KIND_WORDS[line.kind])]))
    words = f"{head}: {' '.join(line.text.split())}"
    return f"{words} -> {line.outcome}" if line.outcome else words


def promise_lines(ledger: PromiseLedger) -> Iterator[str]:
    """Yield each promise with its outcome, then a table of each person's accuracy."""
    if not ledger.promises:
        yield say("No promise has come due since {day}.", day=ledger.first)
        return
    for one in ledger.promises:
        yield f"{one.due or one.created}  {one.sentence}"
    if ledger.people:
        yield ""
        yield say("Who predicts how well")
        names = (say("Who"), say("kept"), say("not kept"), say("cannot tell"), say("share kept"), say("off"))
        yield table([names, *(predicts_row(one) for one in ledger.people)], right=[1, 2, 3])


def predicts_row(one: Predicts) -> tuple[str, ...]:
    """Return a person's row: counts, share kept with its interval, and mean deviation of the figures."""
    judged = one.kept + one.not_kept
    if not judged:
        share = DASH
    elif one.enough:
        share = f"{percent(one.kept / judged, 0)} ({percent(one.low, 0)}–{percent(one.high, 0)})"
    else:
        share = plural("only {n} so far", "only {n} so far", judged)
    off = DASH if one.off is None else percent(one.off, 0, sign=True)
    return one.who, str(one.kept), str(one.not_kept), str(one.cannot_tell), share, off
