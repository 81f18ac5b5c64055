"""Records of what only the platform's pages show: violations, and income reported to the tax office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A violation the platform recorded; record it again under the same name when its state changes."""

    form: ClassVar[str] = "violation"
    form_title: ClassVar[str] = N_("A violation of a platform rule")
    name: Annotated[
        str, Ask(N_("Which rule was broken"), hint=N_("false description of …, late dispatch of …"))
    ]
    on: Annotated[date, Ask(N_("Recorded on"), "date")]
    points: Annotated[float | None, Ask(N_("Points deducted"), "number")] = None
    appeal_until: Annotated[date | None, Ask(N_("Appeal possible until"), "date")] = None
    expires: Annotated[date | None, Ask(N_("Points expire on"), "date")] = None
    state: Annotated[str, Ask(N_("State"), "choice", {
        "open": N_("open"), "appealed": N_("appealed"), "upheld": N_("appeal rejected"),
        "withdrawn": N_("withdrawn"),
    })] = "open"  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxQuarter:
    """The income the platform reported to the tax office for a quarter (涉税信息)."""

    form: ClassVar[str] = "tax_quarter"
    form_title: ClassVar[str] = N_("Income that the platform reported to the tax office")
    quarter: Annotated[date, Ask(N_("Quarter (any day in it)"), "date")]
    reported: Annotated[float, Ask(N_("Reported income"), "money")]


PLATFORM_RECORDS = (Violation, TaxQuarter)
