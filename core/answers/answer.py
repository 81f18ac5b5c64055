"""The answer of an analysis, as frozen plain values that can be serialized and passed between processes.

An :class:`Answer` has a verdict, findings with proposals, evidence of five kinds, limits (what cannot be
concluded) and needs (which exports were available or missing). It is generic in the type of its texts: an
analysis returns ``Answer[Words]``; user interfaces and reports use ``Answer``, i.e. ``Answer[str]``, whose
texts are rendered. :mod:`core.answers.answer_codec` converts between the two and to and from JSON.
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
State: TypeAlias = Literal["met", "missed", "plain"]
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
"""The kind of act a proposal amounts to, for use by code; empty if no code needs it."""
Held: TypeAlias = Literal["", "stock", "price", "reviews", "refunds", "page"]
"""Why ad spend for a row is on hold, i.e. not to be increased; empty if it is not on hold."""

LEVELS: tuple[LevelName, ...] = ("act", "watch", "good", "info", "nodata")
"""The levels from the most to the least urgent."""

W_co = TypeVar("W_co", covariant=True, default=str)
"""The type of an answer's texts: str if rendered, Words if not."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class About:
    """What a finding, proposal or row is about, as ids; an empty field does not apply."""

    item: str = ""
    word: str = ""
    scene: str = ""
    source: str = ""
    agent: str = ""
    rival: str = ""
    campaign: str = ""
    other: str = ""
    """A second campaign, or anything else with a name: a check, a group of buyers, an offer."""
    channel: str = ""
    title: str = ""
    aspect: str = ""
    clock: str = ""
    role: str = ""
    metric: str = ""
    day: str = ""
    """The day it is about; ISO date."""
    entry: str = ""
    """The id of a journal entry, action or review."""


NOTHING: Final = About()
"""The subject of a finding about the shop as a whole."""


@dataclass(frozen=True, slots=True)
class Impact:
    """The money at stake in yuan; raise ValueError if negative."""

    yuan: float
    per: Literal["day", "once"]
    low: float | None = None
    high: float | None = None
    of: Literal["margin", "sales", "capital"] = "sales"
    """``capital`` is money tied up at cost, neither lost nor gained."""
    side: Literal["loss", "gain"] = "loss"
    """``loss``: lost if nothing is done; ``gain``: won by acting. Not meaningful for capital."""

    def __post_init__(self) -> None:
        if not all(bound is None or bound >= 0 for bound in (self.yuan, self.low, self.high)):
            raise ValueError("an impact is never negative")

    def over(self, days: int) -> float:
        """Return the yuan at stake within this many days; for a one-time amount, ``days`` does not matter."""
        return self.yuan * days if self.per == "day" else self.yuan


@dataclass(frozen=True, slots=True)
class Proposal(Generic[W_co]):
    """A suggested act, complete enough to be turned into an action with one key press."""

    role: str
    """The role that acts: owner, operator, promotion, design, service, content, supply."""
    text: W_co
    metric: str | None = None
    """The metric that should change, by field name (visitors, conversion, gmv, on_hand, …)."""
    direction: Direction | None = None
    due: str | None = None
    """The due day; ISO date."""
    expected: float | None = None
    """The value the metric should reach, in its unit; None if no value is promised."""
    item: str | None = None
    """The item, keyword, source or agent that the metric refers to; None for the whole shop."""
    deed: Deed = ""
    about: About = NOTHING
    quantity: float | None = None
    """Pieces to order with deed ``order``; reviews to answer with ``answer_reviews``."""
    price: float | None = None
    """The proposed bid or budget in yuan."""
    arrives: str | None = None
    """ISO date on which goods ordered now are expected, with ``order``."""
    form: str = ""
    """The form in which it is written down; empty if none."""
    fills: tuple[tuple[str, W_co], ...] = ()
    """What is filled in there, by field."""


@dataclass(frozen=True, slots=True)
class Finding(Generic[W_co]):
    """One noteworthy result, good or bad."""

    key: str
    """Key that identifies the finding across days: ``step/what[/which]``."""
    level: LevelName
    text: W_co
    proposals: tuple[Proposal[W_co], ...] = ()
    kind: str = ""
    """The ``what`` part of the key; empty in answers stored by older versions."""
    about: About = NOTHING
    impact: Impact | None = None
    states: tuple[W_co, ...] = ()
    """The sentences that say what was decided on its proposals; its text includes them."""
    found: tuple[W_co, ...] = ()
    """Its text as the analysis wrote it, if decisions have changed the text; else empty."""
    settled: tuple[Proposal[W_co], ...] = ()
    """Its proposals that are already decided, so that nobody is asked about them again."""
    asked: LevelName | None = None
    """Its level as the analysis set it, if it was lowered because all its proposals are decided; else
    None."""
    incident: str = ""
    """The id of the incident it reports, the same in every step and on every morning; empty if it reports
    none."""
    since: str = ""
    """The first morning on which the incident was reported; ISO date."""
    sure: float = 1.0
    """The probability that it is real, allowing for the number of tests made; 1 if it needs no test."""


@dataclass(frozen=True, slots=True)
class Verdict(Generic[W_co]):
    """The answer in one sentence, with its level of urgency."""

    level: LevelName
    text: W_co
    asks: bool = False
    """Whether it only asks for what the findings propose; once that is decided, another verdict takes its
    place."""


@dataclass(frozen=True, slots=True)
class Number(Generic[W_co]):
    """A figure with its interval and its reference value."""

    name: W_co
    unit: str
    """CNY, count, rate (a fraction), ratio, days, seconds, or another unit that is displayed as it is."""
    value: float | None
    low: float | None = None
    high: float | None = None
    reference: float | None = None
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[W_co]):
    """A column of a table; its kind determines alignment and formatting."""

    name: W_co
    kind: CellKind = "text"
    id: str = ""
    """Column id in lower-case ASCII; never changed or reused, as stored decisions refer to it."""
    words: tuple[tuple[str, W_co], ...] = ()
    """For kind ``word``, whose cells are ids: the display name of each id."""
    total: str = ""
    """What the totals row shows: ``sum``, or ``ratio:A/B`` for the sum of column A divided by that of B (ids
    of columns); empty if a total makes no sense."""


@dataclass(frozen=True, slots=True)
class Table(Generic[W_co]):
    """A table of plain cells; None is unknown and shown as a dash."""

    name: W_co
    columns: tuple[TableColumn[W_co], ...]
    rows: tuple[tuple[Cell | W_co, ...], ...]
    keys: tuple[str, ...] = ()
    """One stable key per row, if decisions can be made on rows (keywords, copies); else empty."""
    kind: Literal["table"] = "table"
    about: tuple[About, ...] = ()
    """What each row is about, if decisions can be made on rows or figures by day exist for them; else empty.

    A row with only a ``day`` is about that day of the shop."""
    holds: tuple[Held, ...] = ()
    """For each row, why its ad spend is on hold; else empty."""


@dataclass(frozen=True, slots=True)
class Mark(Generic[W_co]):
    """A label attached to a date of a series."""

    date: str
    text: W_co


@dataclass(frozen=True, slots=True)
class Series(Generic[W_co]):
    """A time series by day; a value is None if unknown."""

    name: W_co
    unit: str
    dates: tuple[str, ...]
    values: tuple[float | None, ...]
    marks: tuple[Mark[W_co], ...] = ()
    kind: Literal["series"] = "series"
    targets: tuple[float | None, ...] = ()
    """The target of each date; empty if the figure has none."""
    low: tuple[float | None, ...] = ()
    """The lower end of each date's usual range; empty if unknown."""
    high: tuple[float | None, ...] = ()
    limit: bool = False
    """The targets are limits that the values should not exceed, as of a bounce rate."""
    lead: bool = False
    """It proves the answer's verdict and is shown directly below it."""
    likely: tuple[State | None, ...] = ()
    """Of each date whose value is not final, as with refunds to come: what it will probably be; None for
    final values. Empty if all are final."""

    def hollow(self, place: int) -> bool:
        """Return whether the value at index ``place`` is not final, so that it is drawn hollow."""
        return bool(self.likely) and self.likely[place] is not None

    def state(self, place: int) -> State:
        """Return whether the value at index ``place`` met its target or missed it by more than usual.

        "plain" if it did neither or has no target. Of a value that is not final, return what it will probably
        be.
        """
        if self.likely and (probably := self.likely[place]) is not None:
            return probably
        value = self.values[place]
        target = self.targets[place] if self.targets else None
        if value is None or target is None:
            return "plain"
        if self.met(value, target):
            return "met"
        ends = self.high if self.limit else self.low
        end = ends[place] if ends else None
        return "plain" if end is not None and self.met(value, end) else "missed"

    def newest(self, days: int) -> Series[W_co]:
        """Return the series of only the last ``days`` days."""
        names = ("dates", "values", "targets", "low", "high", "likely")
        return replace(self, **{name: getattr(self, name)[-days:] for name in names})

    def met(self, value: float, target: float) -> bool:
        """Return whether the value reaches the target, or keeps to it if it is a limit."""
        return value <= target if self.limit else value >= target


@dataclass(frozen=True, slots=True)
class Part(Generic[W_co]):
    """One part of a split, with the range in which it usually varies."""

    name: W_co
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Split(Generic[W_co]):
    """A total, and parts that add up to it exactly."""

    name: W_co
    unit: str
    total: float
    parts: tuple[Part[W_co], ...]
    kind: Literal["split"] = "split"
    start: Part[W_co] | None = None
    """What the parts are added to, such as the sales of a usual day; None if they are added to nothing."""
    end: Part[W_co] | None = None
    """What they lead to: ``start`` plus ``total``."""
    lead: bool = False
    """It proves the answer's verdict and is shown directly below it."""


@dataclass(frozen=True, slots=True)
class Bar(Generic[W_co]):
    """A named amount, what it is measured against, and the range in which it lies."""

    name: W_co
    value: float | None
    limit: float | None = None
    low: float | None = None
    high: float | None = None
    state: State = "plain"
    """As the analysis judges it; a comparison with ``limit`` alone may mislead."""


@dataclass(frozen=True, slots=True)
class Bars(Generic[W_co]):
    """Amounts of the same unit beside each other, the most important one first."""

    name: W_co
    unit: str
    bars: tuple[Bar[W_co], ...]
    limit: W_co | str = ""
    """What the bars' limits are, such as the lead time; empty if they have none."""
    kind: Literal["bars"] = "bars"
    lead: bool = False
    """It proves the answer's verdict and is shown directly below it."""


Evidence: TypeAlias = Number[W_co] | Table[W_co] | Series[W_co] | Split[W_co] | Bars[W_co]
"""The union of all kinds of evidence; a new kind is a class added here.

The codec is derived from it. Every renderer of evidence has a table ``EVIDENCE`` from class to function;
``tests/answers/test_every_evidence_kind_is_rendered.py`` fails for renderers that lack a kind.
"""
PICTURES: Final = (Series, Split, Bars)
"""The kinds of evidence that are drawn as pictures and may lead an answer."""


@dataclass(frozen=True, slots=True)
class Need(Generic[W_co]):
    """An export that the analysis reads: whether it is there, and how the operator gets it."""

    sheet: str
    state: NeedState
    how: W_co
    missing: tuple[str, ...] = ()
    """The missing days as ISO dates."""
    title: W_co | str = ""
    """The export's display name; empty in answers stored by older versions."""


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """How the month stands against its target on its newest day; amounts in yuan, None if unknown."""

    day: str
    """The newest day with figures; ISO date."""
    sold: float
    """The day's sales."""
    day_target: float
    to_date: float
    """The sales from the first of the month to the day."""
    target_to_date: float
    """The sum of the targets of the same days."""
    target: float
    """The target of the whole month."""
    chance: float | None
    """The probability that the month reaches its target, 0 to 1."""
    level: LevelName
    net: bool = False
    """Whether sales and targets are after refunds."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[W_co]):
    """The result of an analysis for one day."""

    verdict: Verdict[W_co]
    findings: tuple[Finding[W_co], ...] = ()
    evidence: tuple[Evidence[W_co], ...] = ()
    limits: tuple[W_co, ...] = ()
    needs: tuple[Need[W_co], ...] = ()
    batches: tuple[str, ...] = ()
    """The ids of the import batches the figures came from."""
    figures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """The shop's figures that the answer states, by ISO day and metric: gmv (yuan), visitors, conversion,
    aov."""
    month: MonthStanding | None = None
    """How the month stands, if the answer is about its target."""

    @property
    def lead(self) -> Series[W_co] | Split[W_co] | Bars[W_co] | None:
        """The picture that proves the verdict; None if the answer has none."""
        return next((one for one in self.evidence if isinstance(one, PICTURES) and one.lead), None)


def nodata(text: T, *needs: Need[T]) -> Answer[T]:
    """Return the answer of an analysis that lacks the data it needs."""
    return Answer(verdict=Verdict("nodata", text), needs=needs)


def worst(levels: list[LevelName]) -> LevelName:
    """Return the most urgent of the levels; ``info`` if the list is empty."""
    return min(levels, key=LEVELS.index, default="info")


def in_order(findings: Iterable[Finding[T]]) -> tuple[Finding[T], ...]:
    """Return the findings sorted by urgency, most urgent first; equally urgent ones keep their order."""
    return tuple(sorted(findings, key=lambda one: LEVELS.index(one.level)))


def key_of(step: str, kind: str, about: About = NOTHING) -> str:
    """Return a finding's key, made of step, kind and subject: ``paid/delete/7365/毛衣女``."""
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
    """Return a finding with its key.

    Pass ``key`` only if it cannot be derived from step, kind and subject.
    """
    return Finding(key or key_of(step, kind, about), level, text, proposals, kind, about, impact)


def number_in(cell: Cell) -> float | None:
    """Return the cell's number; None if it is text, a yes or no, or unknown."""
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def with_words(answer: Answer[T]) -> Answer[T]:
    """Return the answer with display names in place of the ids in ``word`` columns, for ``ask --json``."""
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
    """Return what to display for a cell: the id's display name in a ``word`` column, else the cell itself."""
    return dict[Cell | T, Cell | T](column.words).get(cell, cell) if column.kind == "word" else cell
