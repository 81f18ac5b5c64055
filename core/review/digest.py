"""What one day came to, in a handful of values: all that a calendar of months and a boss's list need of it.

Made from the day's entries and kept beside the stamp of its file, so that a month is drawn without reading
its journal again.
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
    """One day of the journal."""

    entries: int = 0
    """What was written; coming and going is not counted."""
    late: int = 0
    """Of these, written after the day was over."""
    people: tuple[str, ...] = ()
    steps: int = 0
    """Of the plan, the report aside."""
    steps_done: int = 0
    report: ReportState = ""
    """Finished once is finished, whatever was corrected afterwards."""
    by: str = ""
    """Who finished the report first; where nobody did, who wrote its draft."""
    at: datetime | None = None
    """When."""
    report_late: bool = False
    """The report was finished after the day was over."""
    sold: float | None = None
    """Sales of the day before as this day's target step showed them, yuan."""
    target: float | None = None
    """What the day before should have brought, yuan; None where there was no target."""
    stated: tuple[Stated, ...] = ()
    """The shop's figures its finished report states."""


_NOTHING: Final = DayDigest()


def digest_of(entries: Sequence[Entry]) -> DayDigest:
    """Return what the day's entries, in their order, come to."""
    telling = [entry for entry in entries if entry.kind not in _COMING]
    plan = _planned(entries)
    states = steps(entries)
    sold, target = _sold(entries)
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
        stated=stated_from(finished[-1].data.get("figures")) if finished else (),
    )


def row_of(digest: DayDigest) -> dict[str, Any]:
    """Return the digest as plain JSON, what is empty left out."""
    plain = asdict(replace(digest, stated=())) | {"stated": plain_of(digest.stated) or ()}
    row = {name: value for name, value in plain.items() if value != getattr(_NOTHING, name)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def digest_from(row: dict[str, Any]) -> DayDigest:
    """Return what :func:`row_of` wrote; TypeError or ValueError when it is not that."""
    values = dict(row)
    if "at" in values:
        values["at"] = datetime.fromisoformat(values["at"])
    values["people"] = tuple(values.get("people", ()))
    values["stated"] = stated_from(values.get("stated"))
    return DayDigest(**values)


def missed(digest: DayDigest | None, day: date, today: date) -> bool:
    """Tell whether the day is over, somebody worked in it, and nobody finished its report."""
    return digest is not None and day < today and digest.entries > 0 and digest.report != "finished"


def _is_finished(entry: Entry) -> bool:
    return entry.kind == "report" and entry.data.get("state") == "finished"


def _planned(entries: Sequence[Entry]) -> list[str]:
    """Return the steps of the plan as the day was opened with it last."""
    opened = [entry for entry in entries if entry.kind == "opened"]
    plan = opened[-1].data.get("plan") if opened else None
    found = [str(step.get("id", "")) for step in plan or () if isinstance(step, dict)]
    return [step for step in found if step and step != "summary"]


def _sold(entries: Sequence[Entry]) -> tuple[float | None, float | None]:
    """Return sales and target of the day before as the target step showed them last.

    They are the first figure in yuan of its answer, held against the target where one was set.
    """
    answer = next((e.data.get("answer") for e in reversed(entries) if _answers(e, ("target",))), None)
    if not isinstance(answer, dict):
        return None, None
    pieces = answer.get("evidence", [])
    number = next((one for one in pieces if one.get("kind") == "number" and one.get("unit") == "CNY"), None)
    if number is None:
        return None, None
    without = any(finding.get("key") == "target/none" for finding in answer.get("findings", []))
    return number.get("value"), None if without else number.get("reference")


def _answers(entry: Entry, steps: Sequence[str]) -> bool:
    return entry.kind == "answered" and entry.step in steps
