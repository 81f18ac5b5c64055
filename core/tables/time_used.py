"""The time-used table (用时表): planned and used minutes of each step, and which steps were skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.journal.entry import Entry
from core.journal.steps import StepState, steps
from core.language.wording import N_, say
from core.tables.span import Cells, Span, cell, period_columns
from core.tables.table import Chart, Declared, ShopTable, build
from core.tables.totals import with_totals

STATES = {
    "running": N_("running"), "left": N_("begun, not finished"), "done": N_("done"),
    "skipped": N_("skipped"), "dropped": N_("left out for lack of time"), "untouched": N_("not begun"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spent:
    """The planned and used time of one step on one day."""

    step: str
    planned: float | None
    used: float | None
    state: StepState


def minutes(*, journal: Mapping[date, tuple[Entry, ...]], span: Span, titles: Mapping[str, str]) -> ShopTable:
    """Return the table of planned and used minutes, by step and period."""
    spent = {day: _day(entries) for day, entries in journal.items() if span.first <= day <= span.last}
    places = {step: place for place, step in enumerate(titles)}
    rows = []
    for period in span.periods:
        found = [one for day in period.days for one in spent.get(day, ())]
        for step in sorted(
            {one.step for one in found}, key=lambda name: (places.get(name, len(places)), name)
        ):
            own = [one for one in found if one.step == step]
            rows.append(Cells(period, {"step": titles.get(step, step), **_together(own, span)}))
    notes = [say("Minutes are the time a step was open on the screen; a step that nobody opened has none.")]
    table = build("time", say("Time used"), span.words, _columns(span), rows,
                  notes=notes if rows else (), chart=_chart(span))  # fmt: skip
    return with_totals(table, ("planned", "used", "days", "done", "quick", "skipped"))


def _day(entries: tuple[Entry, ...]) -> list[Spent]:
    """Return the planned and used time of each step that is in the day's plan or only in the journal."""
    states = steps(entries)
    opened = [entry for entry in entries if entry.kind == "opened"]
    plan = opened[-1].data.get("plan", ()) if opened else ()
    planned = {
        str(one["id"]): float(one["minutes"])
        for one in plan
        if isinstance(one, dict) and "id" in one and isinstance(one.get("minutes"), int | float)
    }
    return [
        Spent(step, planned.get(step), _minutes(states.get(step)), states.get(step, StepState()))
        for step in dict.fromkeys([*planned, *states])
    ]


def _minutes(state: StepState | None) -> float | None:
    return None if state is None or state.started is None else state.used.total_seconds() / 60


def _together(own: list[Spent], span: Span) -> dict[str, object]:
    planned = [one.planned for one in own if one.planned is not None]
    used = [one.used for one in own if one.used is not None]
    done = [one for one in own if one.state.state == "done"]
    cells: dict[str, object] = {
        "planned": sum(planned) if planned else None,
        "used": sum(used) if used else None,
        "reason": say("; ").join(dict.fromkeys(one.state.reason for one in own if one.state.reason)),
    }
    if span.by == "day":
        state = own[0].state
        return cells | {
            "state": say("nothing to do") if state.quick else say(STATES[state.state]),
            "started": f"{state.started:%H:%M}" if state.started else "",
            "ended": f"{state.ended:%H:%M}" if state.ended else "",
            "who": state.who,
        }
    return cells | {
        "days": float(len(own)),
        "done": float(len(done)),
        "quick": float(sum(one.state.quick for one in done)),
        "skipped": float(sum(one.state.state in ("skipped", "dropped") for one in own)),
        "mean": sum(used) / len(used) if used else None,
    }


def _chart(span: Span) -> Chart | None:
    return None if len(span.periods) > 1 else Chart(say("Time used"), "step", ("planned", "used"))


def _columns(span: Span) -> list[Declared[Cells]]:
    by_day = [
        cell("state", say("State")),
        cell("started", say("Started")),
        cell("ended", say("Ended")),
        cell("who", say("Who")),
    ]
    together = [
        cell("mean", say("Minutes used per day (mean)"), "minutes"),
        cell("days", say("Days planned"), "count"),
        cell("done", say("Done"), "count"),
        cell("quick", say("Checked, nothing to do"), "count"),
        cell("skipped", say("Skipped or left out"), "count"),
    ]
    return [
        *period_columns(span),
        cell("step", say("Step")),
        cell("planned", say("Planned minutes"), "minutes"),
        cell("used", say("Used minutes"), "minutes"),
        *(by_day if span.by == "day" else together),
        cell("reason", say("Reason")),
    ]
