"""The digest of a day: the few values that a calendar of months and a manager's overview need.

It is computed from the day's entries and cached with the stamp of its journal file, so that a month can be
shown without reading the journal of each of its days again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal, TypeAlias

from core.journal.entry import Entry, Kind
from core.journal.steps import steps
from core.review.stated_figures import Stated, plain_of, stated_from

ReportState: TypeAlias = Literal["", "draft", "finished"]

_COMING: Final[frozenset[Kind]] = frozenset({"opened", "started", "left"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDigest:
    """The digest of one day of the journal."""

    entries: int = 0
    """Number of entries, without those for opening the day and entering or leaving steps."""
    late: int = 0
    """Number of these entries written after the day was over."""
    people: tuple[str, ...] = ()
    steps: int = 0
    """Number of steps in the plan, without the summary (the report)."""
    steps_done: int = 0
    report: ReportState = ""
    """The state of the day's report; it remains "finished" even if the report is corrected afterwards."""
    by: str = ""
    """The person who first finished the report; if nobody did, the author of its draft."""
    at: datetime | None = None
    """When ``by`` finished the report or, if nobody finished it, saved the last draft."""
    report_late: bool = False
    """True if the report was finished after the day was over."""
    sold: float | None = None
    """The previous day's sales in yuan, as shown by this day's target step."""
    target: float | None = None
    """The previous day's target in yuan; None if there was no target."""
    net: bool = False
    """Whether these sales and this target are after refunds."""
    stated: tuple[Stated, ...] = ()
    """The shop's figures stated by the finished report."""


_NOTHING: Final = DayDigest()


def digest_of(entries: Sequence[Entry]) -> DayDigest:
    """Return the digest of the day's entries, which must be in the order they were written."""
    telling = [entry for entry in entries if entry.kind not in _COMING]
    plan = _planned(entries)
    states = steps(entries)
    sold, target, net = _sold(entries)
    finished = [entry for entry in entries if _is_finished(entry)]
    drafts = [entry for entry in entries if entry.kind == "report"]
    told = finished[0] if finished else drafts[-1] if drafts else None
    return DayDigest(
        entries=len(telling),
        late=sum(entry.late for entry in telling),
        people=tuple(dict.fromkeys(entry.who for entry in telling)),
        steps=len(plan),
        steps_done=sum(step in states and states[step].state == "done" for step in plan),
        report="finished" if finished else "draft" if drafts else "",
        by=told.who if told else "",
        at=told.at if told else None,
        report_late=bool(finished) and finished[0].late,
        sold=sold,
        target=target,
        net=net,
        stated=stated_from(finished[-1].data.get("figures")) if finished else (),
    )


def row_of(digest: DayDigest) -> dict[str, Any]:
    """Return the digest as a JSON-serializable dictionary, without empty values."""
    plain = asdict(replace(digest, stated=())) | {"stated": plain_of(digest.stated) or ()}
    row = {name: value for name, value in plain.items() if value != getattr(_NOTHING, name)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def digest_from(row: dict[str, Any]) -> DayDigest:
    """Return the digest from a dictionary written by :func:`row_of`.

    Raise TypeError or ValueError if invalid.
    """
    values = dict(row)
    if "at" in values:
        values["at"] = datetime.fromisoformat(values["at"])
    values["people"] = tuple(values.get("people", ()))
    values["stated"] = stated_from(values.get("stated"))
    return DayDigest(**values)


def missed(digest: DayDigest | None, day: date, today: date) -> bool:
    """Return whether the day is over and has entries, but no finished report."""
    return digest is not None and day < today and digest.entries > 0 and digest.report != "finished"


def _is_finished(entry: Entry) -> bool:
    return entry.kind == "report" and entry.data.get("state") == "finished"


def _planned(entries: Sequence[Entry]) -> list[str]:
    """Return the ids of the planned steps, except the summary, from the last plan written on the day."""
    opened = [entry for entry in entries if entry.kind == "opened"]
    plan = opened[-1].data.get("plan") if opened else None
    found = [str(step.get("id", "")) for step in plan or () if isinstance(step, dict)]
    return [step for step in found if step and step != "summary"]


def _sold(entries: Sequence[Entry]) -> tuple[float | None, float | None, bool]:
    """Return the previous day's sales and target, as last shown by the target step, and whether they are net.

    If it was judged by net sales, they are those of the month's standing; otherwise the value and the
    reference of the first figure in yuan in the step's answer. The target is None if no target was set.
    """
    answer = next((e.data.get("answer") for e in reversed(entries) if _answers(e, ("target",))), None)
    if not isinstance(answer, dict):
        return None, None, False
    month = answer.get("month")
    if isinstance(month, dict) and month.get("net"):
        return month.get("sold"), month.get("day_target"), True
    pieces = answer.get("evidence", [])
    number = next((one for one in pieces if one.get("kind") == "number" and one.get("unit") == "CNY"), None)
    if number is None:
        return None, None, False
    without = any(finding.get("key") == "target/none" for finding in answer.get("findings", []))
    return number.get("value"), None if without else number.get("reference"), False


def _answers(entry: Entry, steps: Sequence[str]) -> bool:
    return entry.kind == "answered" and entry.step in steps
