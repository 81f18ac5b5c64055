"""The only place that appends this person's entries to the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.journal.book import Unwritten
from core.journal.entry import Entry, Kind
from routines.plan.calendar import day_of
from routines.plan.step import Plan
from routines.workday.access import Access
from routines.workday.read_model import DayView
from routines.workday.text_limits import refuse_long_entry


class DayWriter:
    """Appends this person's entries to the day.

    The plan is written before the day's first entry and after each change of the plan.
    """

    def __init__(self, view: DayView, access: Access) -> None:
        self._view = view
        self._access = access
        self._spelled: tuple[Plan, list[dict[str, Any]]] | None = None
        """The plan and its rows for an ``opened`` entry, computed once per plan."""

    def write(self, kind: Kind, step: str, data: Mapping[str, Any] | None = None) -> Entry:
        """Append the entry and return it as stored; raise UsageError if this person may not write it."""
        view, data = self._view, dict(data or {})
        self._access.check(kind, data)
        refuse_long_entry(kind, data, view.shop.limits.text)
        opening = self._opening()
        opened = view.entries_of("opened")
        # A viewer's reply does not write the plan.
        known = self._access.read_only or (opened and opened[-1].data.get("plan") == opening.data["plan"])
        if opened:  # the plan changed during work; this must not end visits
            opening = opening._replace(data={**opening.data, "changed": True})
        now = view.now()
        line = Unwritten(at=now, who=view.who, kind=kind, step=step, data=data, late=day_of(now) > view.day)
        return view.book.append_all(view.day, [line] if known else [opening, line])[-1]

    def open_session(self) -> Entry | None:
        """Record the start of a session if this person's last visit to a step was never ended.

        That happens when the earlier session broke off; the entry ends that visit. Writes nothing and returns
        None if there is no such visit, if the view's day is not today, and in read-only mode.
        """
        view = self._view
        visiting = any(view.who in state.visitors for state in view.step_states().values())
        if self._access.read_only or not visiting or day_of(view.now()) != view.day:
            return None
        return view.book.append_all(view.day, [self._opening()])[0]

    def _opening(self) -> Unwritten:
        view = self._view
        if self._spelled is None or self._spelled[0] is not view.planned:
            rows = [
                {"id": step.id, "at": f"{step.at:%H:%M}", "minutes": step.minutes, "must": step.must}
                for step in view.planned.steps
            ]
            self._spelled = (view.planned, rows)
        now, data = view.now(), {"plan": self._spelled[1]}
        return Unwritten(at=now, who=view.who, kind="opened", data=data, late=day_of(now) > view.day)
