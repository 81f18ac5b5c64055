"""What one analysis says: plain frozen values that travel between processes, to disk and to any face.

An :class:`Answer` holds a verdict, findings with proposals, evidence of four shapes, the limits of what
can be concluded, and the needs: which exports were there and which were not. It is generic in its text:
an analysis returns ``Answer[Words]``; user interfaces and reports work with ``Answer``, that is
``Answer[str]``, rendered. :mod:`core.answers.answer_codec` turns one into the other, into JSON and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Generic, Literal, TypeAlias

from typing_extensions import TypeVar

Cell: TypeAlias = str | int | float | bool | None
Direction: TypeAlias = Literal["up", "down", "hold"]
LevelName: TypeAlias = Literal["act", "watch", "good", "info", "nodata"]
CellKind: TypeAlias = Literal["money", "count", "rate", "ratio", "text", "date", "days", "word"]
NeedState: TypeAlias = Literal["complete", "partial", "missing", "stale", "immature"]
Deed: TypeAlias = Literal[
    "",
    "order",
    "delete_word",
    "lower_bid",
    "raise_bid",
    "add_word",
    "lower_spend",
    "raise_spend",
    "test_picture",
    "change_title",
    "answer_reviews",
    "ask_supplier",
    "follow_up",
    "complain",
    "top_up",
    "hand_in",
    "renew",
    "stop_plan",
    "raise_target",
    "lower_target",
]
"""What a proposal comes to, for code; empty where nothing looks for it."""
Held: TypeAlias = Literal["", "stock", "price", "reviews", "refunds", "page"]
"""Why nothing more is bought for a row; empty: nothing stands against it."""

LEVELS: tuple[LevelName, ...] = ("act", "watch", "good", "info", "nodata")
"""From the most to the least urgent."""

W_co = TypeVar("W_co", covariant=True, default=str)
"""The type of a text: str where it is rendered, Words where it is not yet."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class About:
    """What a finding, proposal or row is about, by ids; an empty field: not about one."""

    item: str = ""
    word: str = ""
    scene: str = ""
    source: str = ""
    agent: str = ""
    rival: str = ""
    campaign: str = ""
    other: str = ""
    """A second campaign, or whatever else has a name: a check, a group of buyers, an offer."""
    channel: str = ""
    title: str = ""
    aspect: str = ""
    clock: str = ""
    role: str = ""
    metric: str = ""
    day: str = ""
    """ISO date."""
    entry: str = ""
    """The id of a journal entry, an action or a review."""


NOTHING: Final = About()
"""About the shop as a whole."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What is at stake in yuan; never negative (ValueError)."""

    yuan: float
    per: Literal["day", "once"]
    low: float | None = None
    high: float | None = None
    of: Literal["margin", "sales", "capital"] = "sales"
    """``capital``: tied up at cost, neither lost nor won."""
    side: Literal["loss", "gain"] = "loss"
    """Lost while nothing is done, or won by doing it; of capital it says nothing."""

    def __post_init__(self) -> None:
        if not all(bound is None or bound >= 0 for bound in (self.yuan, self.low, self.high)):
            raise ValueError("an impact is never negative")

    def over(self, days: int) -> float:
        """Return the yuan at stake within so many days; what comes once is the same for any."""
        return self.yuan * days if self.per == "day" else self.yuan


@dataclass(frozen=True, slots=True)
class Proposal(Generic[W_co]):
    """Something worth doing, ready to become an action with one key."""

    role: str
    """Who acts: owner, operator, promotion, design, service, content, supply."""
    text: W_co
    metric: str | None = None
    """The number that should move, by its field name (visitors, conversion, gmv, on_hand ...)."""
    direction: Direction | None = None
    due: str | None = None
    """ISO date."""
    expected: float | None = None
    """The value the metric should reach, in its own unit; None when nothing was promised."""
    item: str | None = None
    """The item, keyword, source or agent the metric belongs to; None for the whole shop."""
    deed: Deed = ""
    about: About = NOTHING
    quantity: float | None = None
    """Pieces, with ``order``; reviews, with ``answer_reviews``."""
    price: float | None = None
    """The bid or budget in yuan that is proposed."""
    arrives: str | None = None
    """ISO date on which goods ordered now are expected, with ``order``."""


@dataclass(frozen=True, slots=True)
class Finding(Generic[W_co]):
    """One exception or one good thing."""

    key: str
    """Stable across days: ``step/what[/which]``."""
    level: LevelName
    text: W_co
    proposals: tuple[Proposal[W_co], ...] = ()
    kind: str = ""
    """The ``what`` of the key; empty in answers of before it was kept."""
    about: About = NOTHING
    impact: Impact | None = None
    states: tuple[W_co, ...] = ()
    """What was decided on its proposals, as its text tells it."""
    found: tuple[W_co, ...] = ()
    """Its text as the analysis had it, where something was decided; else empty."""
    settled: tuple[Proposal[W_co], ...] = ()
    """Its proposals that are decided and asked of nobody again."""
    asked: LevelName | None = None
    """Its level as the analysis had it, where it was lowered because everything in it is decided."""


@dataclass(frozen=True, slots=True)
class Verdict(Generic[W_co]):
    """The one sentence, with how urgent it is."""

    level: LevelName
    text: W_co
    asks: bool = False
    """It calls for what the findings propose and tells nothing else: once that is decided, it is spent."""


@dataclass(frozen=True, slots=True)
class Number(Generic[W_co]):
    """One figure with its interval and what it is held against."""

    name: W_co
    unit: str
    """CNY, count, rate (a fraction), ratio, days, seconds or another word shown as it is."""
    value: float | None
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[W_co]):
    """A column of a table; its kind decides alignment and wording."""

    name: W_co
    kind: CellKind = "text"
    id: str = ""
    """Lower-case ASCII, never changed or reused; decisions keep their figures under it."""
    words: tuple[tuple[str, W_co], ...] = ()
    """With kind ``word``: the cells are ids of a closed set; each with what it is called."""


@dataclass(frozen=True, slots=True)
class Table(Generic[W_co]):
    """Rows of plain cells; None is unknown and shows as a dash."""

    name: W_co
    columns: tuple[TableColumn[W_co], ...]
    rows: tuple[tuple[Cell | W_co, ...], ...]
    keys: tuple[str, ...] = ()
    """One stable key per row where rows can be decided on (keywords, copies); else empty."""
    kind: Literal["table"] = "table"
    about: tuple[About, ...] = ()
    """What each row is about, where rows can be decided on; else empty."""
    holds: tuple[Held, ...] = ()
    """Why nothing more is bought for each row; else empty."""


@dataclass(frozen=True, slots=True)
class Mark(Generic[W_co]):
    """A word pinned to a date of a series."""

    date: str
    text: W_co


@dataclass(frozen=True, slots=True)
class Series(Generic[W_co]):
    """Values by day; None where the day is unknown."""

    name: W_co
    unit: str
    dates: tuple[str, ...]
    values: tuple[float | None, ...]
    marks: tuple[Mark[W_co], ...] = ()
    kind: Literal["series"] = "series"


@dataclass(frozen=True, slots=True)
class Part(Generic[W_co]):
    """One share of a split, with the band it usually swings in."""

    name: W_co
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Split(Generic[W_co]):
    """A total and the parts that add up to it exactly."""

    name: W_co
    unit: str
    total: float
    parts: tuple[Part[W_co], ...]
    kind: Literal["split"] = "split"


Evidence: TypeAlias = Number[W_co] | Table[W_co] | Series[W_co] | Split[W_co]
"""A new kind is its class and its name in this union.

The codec follows. Whatever shows evidence has a table ``EVIDENCE`` from class to function, and
``tests/answers/test_every_evidence_kind_is_rendered.py`` names those in which the new kind is missing.
"""


@dataclass(frozen=True, slots=True)
class Need(Generic[W_co]):
    """One export the analysis reads: is it there, and where does the operator get it?"""

    sheet: str
    state: NeedState
    how: W_co
    missing: tuple[str, ...] = ()
    """ISO dates that are not there."""
    title: W_co | str = ""
    """What people call the export; empty in answers of before it was kept."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[W_co]):
    """What an analysis says about one day."""

    verdict: Verdict[W_co]
    findings: tuple[Finding[W_co], ...] = ()
    evidence: tuple[Evidence[W_co], ...] = ()
    limits: tuple[W_co, ...] = ()
    needs: tuple[Need[W_co], ...] = ()
    batches: tuple[str, ...] = ()
    """The batch ids the numbers came from."""
    figures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """The shop's figures it states, by ISO day and metric: gmv (yuan), visitors, conversion, aov."""


def nodata(text: T, *needs: Need[T]) -> Answer[T]:
    """Return the answer of an analysis that has nothing to work on."""
    return Answer(verdict=Verdict("nodata", text), needs=needs)


def worst(levels: list[LevelName]) -> LevelName:
    """Return the most urgent of the levels; ``info`` when there are none."""
    return min(levels, key=LEVELS.index, default="info")


def in_order(findings: Iterable[Finding[T]]) -> tuple[Finding[T], ...]:
    """Return the findings, the most urgent first, otherwise as they came."""
    return tuple(sorted(findings, key=lambda one: LEVELS.index(one.level)))


def key_of(step: str, kind: str, about: About = NOTHING) -> str:
    """Return a finding's key: step, kind and what it is about, ``paid/delete/7365/毛衣女``."""
    return "/".join([step, kind, *filter(None, (getattr(about, name) for name in About.__slots__))])


def finding(
    step: str,
    kind: str,
    level: LevelName,
    text: T,
    *proposals: Proposal[T],
    about: About = NOTHING,
    impact: Impact | None = None,
    key: str = "",
) -> Finding[T]:
    """Return the finding under its own key; ``key`` only where no fixed kind makes one."""
    return Finding(key or key_of(step, kind, about), level, text, proposals, kind, about, impact)


def with_words(answer: Answer[T]) -> Answer[T]:
    """Return the answer with each id of a closed set replaced by what it is called: for ``ask --json``."""
    return replace(answer, evidence=tuple(map(_with_words, answer.evidence)))


def _with_words(piece: Evidence[T]) -> Evidence[T]:
    if not isinstance(piece, Table) or all(column.kind != "word" for column in piece.columns):
        return piece
    rows = tuple(
        tuple(named(column, cell) for column, cell in zip(piece.columns, row, strict=True))
        for row in piece.rows
    )
    columns = tuple(
        replace(column, kind="text", words=()) if column.kind == "word" else column
        for column in piece.columns
    )
    return replace(piece, columns=columns, rows=rows)


def named(column: TableColumn[T], cell: Cell | T) -> Cell | T:
    """Return what a cell shows: of a column of kind ``word`` what its id is called, else the cell itself."""
    return dict[Cell | T, Cell | T](column.words).get(cell, cell) if column.kind == "word" else cell
