"""Months and past days as text, for the screens and the command line: targets, figures, reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.language.dates import clock, short_day
from core.language.dates import day as day_words
from core.language.money import money, short_money
from core.language.wording import N_, listing, plural, say
from core.measures.metrics import NAMES
from core.review.correction import figure_words, notices, shape
from core.review.target_share import share_words
from core.review.timeline import Moment
from routines.past.review import DayCell, DayState, Submitted
from tui.text.columns import table

_STATES: Mapping[DayState, tuple[str, str]] = {
    "before": ("", "quiet"),
    "future": ("", "quiet"),
    "today": (N_("today"), "now"),
    "empty": (N_("empty"), "quiet"),
    "open": (N_("no report"), "act"),
    "draft": (N_("draft"), "act"),
    "finished": (N_("handed in"), ""),
    "late": (N_("in, late"), "watch"),
}


def state_words(cell: DayCell) -> tuple[str, str]:
    """Return the state of the day's report as a word, and its style."""
    words, look = _STATES[cell.state]
    return (say(words), look) if words else ("", look)


def month_words(cells: Sequence[DayCell]) -> str:
    """Return a summary of the month: days that met their target, and the state of the reports."""
    known = [cell for cell in cells if cell.met is not None]
    reports = [cell for cell in cells if cell.state in ("finished", "late")]
    late = sum(cell.state == "late" for cell in cells)
    unfinished = sum(cell.unfinished for cell in cells)
    words = []
    if known:
        met = sum(cell.met is True for cell in known)
        words.append(say("target reached {n}/{all}", n=met, all=len(known)))
    if waiting := sum(cell.hollow for cell in cells):
        words.append(plural("{n} day still waits for refunds", "{n} days still wait for refunds", waiting))
    if reports:
        words.append(plural("{n} report finished", "{n} reports finished", len(reports)))
    if late:
        words.append(say("{n} of them late", n=late))
    if unfinished:
        words.append(plural("{n} day without a report", "{n} days without a report", unfinished))
    return say("; ").join(words) or say("nothing to report yet")


def total_words(cells: Sequence[DayCell]) -> str:
    """Return the month's sales so far and its target; empty if nothing is sold yet."""
    sold = [cell.sold for cell in cells if cell.sold is not None]
    if not sold:
        return ""
    aims = [cell.target for cell in cells]
    total = short_money(sum(sold))
    net = any(cell.net for cell in cells)
    if not aims or any(aim is None for aim in aims):
        return say("{gmv} after refunds", gmv=total) if net else say("sold {gmv}", gmv=total)
    target = short_money(sum(aim or 0.0 for aim in aims))
    if net:
        return say("{sold} of {target} after refunds", sold=total, target=target)
    return say("{sold} of {target}", sold=total, target=target)


def people_words(people: Sequence[Submitted]) -> str:
    """Return the number of reports finished by each person; empty if there are none."""
    said = [
        say("{who} {n} ({late} late)", who=one.who, n=one.reports, late=one.late)
        if one.late
        else say("{who} {n}", who=one.who, n=one.reports)
        for one in people
    ]
    return say("Reports finished by: {people}", people=listing(said)) if said else ""


def sold_words(cell: DayCell) -> str:
    """Return the day's sales, compared with its target if it has one; empty if unknown."""
    if cell.sold is None:
        return ""
    if cell.net:
        return _net_words(cell)
    if cell.share is None:
        return say("sales {gmv}", gmv=money(cell.sold))
    return say(
        "sales {gmv}, {share} of {target}",
        gmv=money(cell.sold),
        share=share_words(cell.share),
        target=money(cell.target),
    )


def _net_words(cell: DayCell) -> str:
    """Return the day's net sales, compared with its net target if it has one."""
    if cell.share is None:
        return say("net sales {net}", net=money(cell.sold))
    words = say(
        "net sales {net}, {share} of {target}",
        net=money(cell.sold),
        share=share_words(cell.share),
        target=money(cell.target),
    )
    return say("{words} (refunds are still to come)", words=words) if cell.hollow else words


def figure_list(cell: DayCell) -> str:
    """Return the day's figures other than those of :func:`sold_words`, by the exports imported so far."""
    others = ((name, value) for name, value in cell.figures.items() if name != "gmv" or cell.net)
    return listing([f"{say(NAMES[name])} {figure_words(name, value)}" for name, value in others])


def report_words(cell: DayCell) -> str:
    """Return who finished the day's report and when; if nobody did, the report's state."""
    digest = cell.digest
    if digest is None or not digest.entries:
        return say("Nothing was written on this day.")
    if cell.state in ("finished", "late"):
        return say("Report finished by {who}, {when}", who=digest.by, when=_when(cell))
    return state_words(cell)[0]


def entry_words(cell: DayCell) -> str:
    """Return the numbers of finished steps, entries and late entries; empty if there are no entries."""
    digest = cell.digest
    if digest is None or not digest.entries:
        return ""
    steps = say("{done}/{all} steps", done=digest.steps_done, all=digest.steps) if digest.steps else ""
    entries = plural("{n} entry", "{n} entries", digest.entries)
    late = say("{n} of them late", n=digest.late) if digest.late else ""
    return say("; ").join(word for word in (steps, entries, late) if word)


def handed_titles() -> tuple[str, ...]:
    """Return the column titles for :func:`handed_row`."""
    return (
        say("Day"), say("Report"), say("Handed in by"), say("When"), say("Entries"), say("Late entries"),
        say("Steps"), say("% of target"),
    )  # fmt: skip


def handed_row(cell: DayCell) -> tuple[str, ...]:
    """Return one day's row in the table of reports."""
    digest, state = cell.digest, state_words(cell)[0]
    if digest is None or not digest.entries:
        return day_words(cell.day), state, "", "", "", "", "", share_words(cell.share)
    steps = f"{digest.steps_done}/{digest.steps}" if digest.steps else ""
    late, share = str(digest.late or ""), share_words(cell.share)
    return day_words(cell.day), state, digest.by, _when(cell), str(digest.entries), late, steps, share


def month_lines(cells: Sequence[DayCell], people: Sequence[Submitted]) -> Iterator[str]:
    """Yield a month's lines for the command line: summary, one line per day, corrections."""
    yield f"{cells[0].day:%Y-%m}  {month_words(cells)}"
    if words := people_words(people):
        yield words
    rows = [handed_row(cell) for cell in cells if cell.state not in ("before", "future")]
    if rows:
        yield table([handed_titles(), *rows], right=[4, 5, 6, 7])
    yield from notices([one for cell in cells for one in cell.corrections])


def day_lines(cell: DayCell, log: Sequence[Moment]) -> Iterator[str]:
    """Yield a past day's lines for the command line: figures, report, log."""
    yield "  ".join(word for word in (day_words(cell.day), sold_words(cell), figure_list(cell)) if word)
    yield "  ".join(word for word in (report_words(cell), entry_words(cell)) if word)
    yield from notices(cell.corrections)
    for moment in log:
        where = " ".join(word for word in (moment.title, moment.kind_word) if word)
        late = f" ({say('late entry')})" if moment.late else ""
        text = " ".join(moment.text.split())
        yield f"{clock(moment.at)} {moment.who} {where}{late}: {text}" if text else \
            f"{clock(moment.at)} {moment.who} {where}{late}"  # fmt: skip
        if moment.figures:
            yield "      " + "  ".join(figure.words for figure in moment.figures)
        if moment.verdict_now:
            yield "      " + say("Now: {verdict}", verdict=moment.verdict_now)


def day_shape(cell: DayCell) -> dict[str, Any]:
    """Return one day as JSON.

    ``{"date", "state", "sold", "target", "share", "met", "net", "final", "figures": {name: value},
    "report": {"by", "at", "late"} or null, "entries", "late", "steps", "steps_done",
    "corrections": [{"report", "day", "metric", "was", "now", "at", "file", "undone"}]}``.

    ``state`` is as in :data:`routines.past.review.DayState`; ``net`` says whether sales and target are after
    refunds, and ``final`` that no refunds are to come that could change the result.
    """
    digest = cell.digest
    report = None
    if digest is not None and digest.at is not None:
        report = {"by": digest.by, "at": digest.at.isoformat(), "late": digest.report_late}
    return {
        "date": cell.day.isoformat(),
        "state": cell.state,
        "sold": cell.sold,
        "target": cell.target,
        "share": cell.share,
        "met": cell.met,
        "net": cell.net,
        "final": not cell.hollow,
        "figures": dict(cell.figures),
        "report": report,
        "entries": digest.entries if digest else 0,
        "late": digest.late if digest else 0,
        "steps": digest.steps if digest else 0,
        "steps_done": digest.steps_done if digest else 0,
        "corrections": [shape(one) for one in cell.corrections],
    }


def _when(cell: DayCell) -> str:
    """Return when the report was finished: the time, with the date if it was on a later day."""
    at = cell.digest.at if cell.digest else None
    if at is None:
        return ""
    return clock(at) if at.date() == cell.day else f"{short_day(at.date())} {clock(at)}"
