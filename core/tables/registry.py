"""The registry of tables; a new table is one module and one entry here.

``make`` is ``module.function`` under core.tables and is imported only when the table is made. The function's
parameters name the sheets and records it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from core.errors import UsageError
from core.language.wording import N_, listing, say


@dataclass(frozen=True, slots=True)
class TableSpec:
    """The declaration of one table."""

    id: str
    title: str
    """The table's title (a message id)."""
    about: str
    """The table's purpose (a message id)."""
    make: str
    reach: int = 0
    """Days of exports before the span that the table needs to compute usual values."""


TABLES: Final = {
    one.id: one
    for one in (
        TableSpec(
            "operations",
            N_("Shop operations"),
            N_("Sales, visitors, conversion, order value, ads, refunds, service, scores."),
            "operations.operations",
        ),
        TableSpec(
            "campaigns",
            N_("Campaign results"),
            N_("What each campaign sold beyond usual days, and what it left."),
            "campaigns.results",
            reach=120,
        ),
        TableSpec(
            "taoke",
            N_("Taoke promoters"),
            N_("Who promotes us, for what commission, and what each brought."),
            "taoke.resources",
        ),
        TableSpec(
            "actions",
            N_("Actions"),
            N_("Who does what by when, what became of it, whether the number moved."),
            "actions.agreed",
            reach=120,
        ),
        TableSpec(
            "rivals", N_("Rivals"), N_("What was seen at each rival; counts as ranges."), "rivals.looks"
        ),
        TableSpec("time", N_("Time used"), N_("Minutes planned and used by step."), "time_used.minutes"),
        TableSpec(
            "service", N_("Service"), N_("Inquiries, conversion and speed by agent."), "service.agents"
        ),
        TableSpec(
            "scores",
            N_("Shop scores"),
            N_("The three scores, bad reviews, refunds."),
            "scores.scores",
            reach=1,
        ),
    )
}
"""All tables by id."""


def table_named(name: str) -> TableSpec:
    """Return the table with this id; raise UsageError, naming the closest id, if there is none."""
    if name in TABLES:
        return TABLES[name]
    close = get_close_matches(name, TABLES, 1)
    if close:
        raise UsageError(
            say("There is no table “{name}”. Did you mean “{close}”?", name=name, close=close[0])
        )
    raise UsageError(
        say("There is no table “{name}”. There are: {names}.", name=name, names=listing(list(TABLES)))
    )
