"""Read what an analysis depends on from the parameters in its signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from core.answers.answer import Answer
from core.answers.incidents import Incidents
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet
from core.facts.goods_on_the_way import OnTheWay
from core.journal.projections import Earlier, Past
from core.language.message import Words
from core.measures.order_value import ShopRefunds
from core.records.records import Records


@dataclass(frozen=True, slots=True)
class Reads:
    """The dependencies of an analysis by parameter name."""

    sheets: dict[str, tuple[type[Sheet], bool]] = field(default_factory=dict)
    """For each parameter, the sheet and whether it is required."""
    records: dict[str, type[Any]] = field(default_factory=dict)
    incidents: tuple[str, ...] = ()
    """Parameters that take the morning's incidents; the exports these depend on count as read too."""
    past: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    on_the_way: tuple[str, ...] = ()
    refunds: tuple[str, ...] = ()
    """Parameters that take the shop's refund shares; the sheets those are computed from are read too."""
    knobs: tuple[str, ...] = ()
    """Keyword-only parameters: shop, today and now are passed by name, others keep their defaults."""

    @property
    def moves(self) -> bool:
        """Whether the analysis depends on goods or money on their way, as every analysis of stock does."""
        return bool(self.on_the_way) or any(issubclass(sheet, Stock) for sheet, _ in self.sheets.values())

    @property
    def journal(self) -> str:
        """The part of the journal that the analysis reads, in words that identify it.

        "past": all of it. "": nothing. Otherwise a list of these: "record:" followed by a form's id (the
        records of that form), "orders" (what is recorded about orders of goods and top-ups), "decisions"
        (decisions of earlier days).
        """
        if self.past:
            return "past"
        return " ".join(
            [
                *(["decisions"] if self.earlier else []),
                *(["orders"] if self.moves else []),
                *sorted({f"record:{kind.form}" for kind in self.records.values()}),
            ]
        )


def reads(analysis: Callable[..., Answer[Words]]) -> Reads:
    """Return the dependencies of the analysis; raise TypeError for a parameter of unknown type."""
    hints = get_type_hints(analysis)
    found = Reads()
    incidents: list[str] = []
    past: list[str] = []
    earlier: list[str] = []
    on_the_way: list[str] = []
    refunds: list[str] = []
    knobs: list[str] = []
    for name, parameter in inspect.signature(analysis).parameters.items():
        hint, optional = _bare(hints.get(name))
        if parameter.kind is parameter.KEYWORD_ONLY:
            knobs.append(name)
        elif isinstance(hint, type) and issubclass(hint, Sheet):
            found.sheets[name] = (hint, not optional)
        elif get_origin(hint) is Records:
            found.records[name] = get_args(hint)[0]
        elif hint is Incidents:
            incidents.append(name)
        elif hint is Past:
            past.append(name)
        elif hint is Earlier:
            earlier.append(name)
        elif hint is OnTheWay:
            on_the_way.append(name)
        elif hint is ShopRefunds:
            refunds.append(name)
        else:
            raise TypeError(f"{analysis.__module__}.{analysis.__name__}: nobody can fill “{name}”")
    return Reads(
        found.sheets,
        found.records,
        tuple(incidents),
        tuple(past),
        tuple(earlier),
        tuple(on_the_way),
        tuple(refunds),
        tuple(knobs),
    )


def _bare(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - any annotation
    """Return the annotation without ``| None``, and whether it was optional."""
    if get_origin(hint) in (Union, UnionType):
        inner = [argument for argument in get_args(hint) if argument is not NoneType]
        return inner[0], NoneType in get_args(hint)
    return hint, False
