"""What one analysis says: plain frozen values that travel between processes, to disk and to any face.

An :class:`Answer` holds a verdict, findings with proposals, evidence of four shapes, the limits of what
can be concluded, and the needs: which exports were there and which were not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Cell: TypeAlias = str | int | float | bool | None
Direction: TypeAlias = Literal["up", "down", "hold"]
LevelName: TypeAlias = Literal["act", "watch", "good", "info", "nodata"]
CellKind: TypeAlias = Literal["money", "count", "rate", "ratio", "text", "date", "days"]
NeedState: TypeAlias = Literal["complete", "partial", "missing", "stale", "immature"]

LEVELS: tuple[LevelName, ...] = ("act", "watch", "good", "info", "nodata")
"""From the most to the least urgent."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something worth doing, ready to become an action with one key."""

    role: str
    """Who acts: owner, operator, promotion, design, service, content, supply."""
    text: str
    metric: str | None = None
    """The number that should move, by its field name (visitors, conversion, gmv, on_hand ...)."""
    direction: Direction | None = None
    due: str | None = None
    """ISO date."""
    expected: float | None = None
    """The value the metric should reach, in its own unit; None when nothing was promised."""
    item: str | None = None
    """The item, keyword, source or agent the metric belongs to; None for the whole shop."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception or one good thing."""

    key: str
    """Stable across days: ``step/what[/which]``."""
    level: LevelName
    text: str
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one sentence, with how urgent it is."""

    level: LevelName
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """One figure with its interval and what it is held against."""

    name: str
    unit: str
    """CNY, count, rate (a fraction), ratio, days, seconds or another word shown as it is."""
    value: float | None
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; its kind decides alignment and wording."""

    name: str
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain cells; None is unknown and shows as a dash."""

    name: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()
    """One stable key per row where rows can be decided on (keywords, copies); else empty."""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word pinned to a date of a series."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """Values by day; None where the day is unknown."""

    name: str
    unit: str
    dates: tuple[str, ...]
    values: tuple[float | None, ...]
    marks: tuple[Mark, ...] = ()
    kind: Literal["series"] = "series"


@dataclass(frozen=True, slots=True)
class Part:
    """One share of a split, with the band it usually swings in."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A total and the parts that add up to it exactly."""

    name: str
    unit: str
    total: float
    parts: tuple[Part, ...]
    kind: Literal["split"] = "split"


Evidence: TypeAlias = Number | Table | Series | Split


@dataclass(frozen=True, slots=True)
class Need:
    """One export the analysis reads: is it there, and where does the operator get it?"""

    sheet: str
    state: NeedState
    how: str
    missing: tuple[str, ...] = ()
    """ISO dates that are not there."""
    title: str = ""
    """What people call the export; empty in answers of before it was kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an analysis says about one day."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    limits: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    batches: tuple[str, ...] = ()
    """The batch ids the numbers came from."""
    figures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """The shop's figures it states, by ISO day and metric: gmv (yuan), visitors, conversion, aov."""


def to_dict(answer: Answer) -> dict[str, Any]:
    """Return the answer in the documented JSON shape (architecture, section 7)."""
    return {
        "verdict": _plain(answer.verdict),
        "findings": [_plain(finding) for finding in answer.findings],
        "evidence": [_evidence(piece) for piece in answer.evidence],
        "limits": list(answer.limits),
        "needs": [_plain(need) for need in answer.needs],
        "batches": list(answer.batches),
        "figures": {day: dict(values) for day, values in answer.figures.items()},
    }


def from_dict(data: dict[str, Any]) -> Answer:
    """Return the answer that :func:`to_dict` wrote; KeyError or TypeError when it is not one."""
    return Answer(
        verdict=Verdict(**data["verdict"]),
        findings=tuple(
            Finding(f["key"], f["level"], f["text"], tuple(Proposal(**p) for p in f["proposals"]))
            for f in data["findings"]
        ),
        evidence=tuple(_evidence_from(piece) for piece in data["evidence"]),
        limits=tuple(data["limits"]),
        needs=tuple(
            Need(n["sheet"], n["state"], n["how"], tuple(n["missing"]), n.get("title", ""))
            for n in data["needs"]
        ),
        batches=tuple(data.get("batches", ())),
        figures=data.get("figures", {}),
    )


def nodata(text: str, *needs: Need) -> Answer:
    """Return the answer of an analysis that has nothing to work on."""
    return Answer(verdict=Verdict("nodata", text), needs=needs)


def worst(levels: list[LevelName]) -> LevelName:
    """Return the most urgent of the levels; ``info`` when there are none."""
    return min(levels, key=LEVELS.index, default="info")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, the most urgent first, otherwise as they came."""
    return tuple(sorted(findings, key=lambda finding: LEVELS.index(finding.level)))


def _evidence(piece: Evidence) -> dict[str, Any]:
    """Put the kind first, as the documented shape has it; a table's cells are plain already."""
    if isinstance(piece, Table):
        columns, rows, keys = _plain(piece.columns), [list(row) for row in piece.rows], list(piece.keys)
        return {"kind": piece.kind, "name": piece.name, "columns": columns, "rows": rows, "keys": keys}
    fields = _plain(piece)
    return {"kind": fields.pop("kind"), **fields}


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any of the shapes above
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _evidence_from(data: dict[str, Any]) -> Evidence:
    match data["kind"]:
        case "number":
            return Number(**data)
        case "table":
            columns = tuple(TableColumn(**column) for column in data["columns"])
            rows = tuple(tuple(row) for row in data["rows"])
            return Table(data["name"], columns, rows, tuple(data.get("keys", ())))
        case "series":
            marks = tuple(Mark(**mark) for mark in data["marks"])
            return Series(data["name"], data["unit"], tuple(data["dates"]), tuple(data["values"]), marks)
        case "split":
            return Split(data["name"], data["unit"], data["total"], tuple(Part(**p) for p in data["parts"]))
        case other:
            message = f"unknown evidence: {other}"
            raise TypeError(message)
