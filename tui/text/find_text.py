"""Search results and the outcomes of promised actions as plain lines, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from core.language.dates import clock, full_day
from core.language.message import DASH
from core.language.numbers import percent
from core.language.wording import N_, listing, plural, say, text
from core.measures.metrics import NAMES, worded
from routines.past.find_results import Result, ResultFigure, ResultLine, count_words, figure
from routines.past.promise_history import Predicts, PromiseLedger
from tui.text.columns import table
from tui.text.day_text import KIND_WORDS


def found_lines(result: Result) -> Iterator[str]:
    """Yield the query as it was understood, the number of matches, then each day's figures and entries."""
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
    """Yield each promised action with its outcome, then a table of how well each person estimates."""
    if not ledger.promises:
        yield say("No promise has been due since {day}.", day=ledger.first)
        return
    for one in ledger.promises:
        yield f"{one.due or one.created}  {one.sentence}"
    if ledger.people:
        yield ""
        yield say("How well each person estimates")
        names = (say("Who"), say("kept"), say("missed"), say("cannot tell"), say("share of promises kept"),
                 say("quality of estimates"), say("improvement over usual"))  # fmt: skip
        yield table([names, *(predicts_row(one) for one in ledger.people)], right=[1, 2, 3])


def predicts_row(one: Predicts) -> tuple[str, ...]:
    """Return a person's row in the table of promises.

    Its cells: the name, the number of promises by outcome, the share kept of those that could be judged, the
    accuracy of the estimates, and the effect on the shop.
    """
    told = one.kept + one.not_kept
    share = DASH
    if told:
        share = say(
            "{share} ({low}–{high}); {told} of all promises could be judged",
            share=percent(one.kept / told, 0),
            low=percent(one.low, 0),
            high=percent(one.high, 0),
            told=percent(told / (told + one.cannot_tell), 0),
        )
    moved = ", ".join(
        say(
            "{metric} {total} ({low} to {high})",
            metric=say(NAMES.get(metric, metric)),
            total=text(worded(metric, total)),
            low=text(worded(metric, low)),
            high=text(worded(metric, high)),
        )
        for metric, total, low, high in one.moved
    )
    return (
        one.who, str(one.kept), str(one.not_kept), str(one.cannot_tell), share, predictions(one),
        moved or DASH,
    )  # fmt: skip


def predictions(one: Predicts) -> str:
    """Return in words whether a person's goals predicted the figures better than the usual values did."""
    if not one.standing:
        return (
            plural("only {n} so far: too few to judge", "only {n} so far: too few to judge", one.goals)
            if one.goals
            else DASH
        )
    words = {
        "ahead": N_("better than assuming “as usual” ({gain} ± {error})"),
        "like": N_("about as good as assuming “as usual” ({gain} ± {error})"),
        "behind": N_("worse than assuming “as usual” ({gain} ± {error})"),
    }
    return say(words[one.standing], gain=f"{one.gain or 0.0:+.2f}", error=f"{one.gain_error or 0.0:.2f}")
