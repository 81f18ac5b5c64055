"""The registry of tables; a new table is one module and one entry here.

``make`` is ``module.function`` under core.tables. The module is imported only when the table is made; the
parameters of the function determine which exports and records are passed to it. Another installed package
adds a table by an entry point of the group ``shopday.tables`` that names a TableSpec; its ``make`` is
``package.module:function``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Final

from core.errors import UsageError
from core.extensions import Extensible, Unusable
from core.language import message
from core.language.wording import N_, listing, say

if TYPE_CHECKING:
    from core.tables.table import ShopTable

_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,30}")


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
    """How many days of exports before the span the table needs to compute usual values."""


_OWN: Final = {
    one.id: one
    for one in (
        TableSpec(
            "operations",
            N_("Shop operations"),
            N_("Sales, visitors, conversion, order value, ads, refunds, service, scores."),
            "operations.operations",
            reach=120,
        ),
        TableSpec(
            "profit",
            N_("Profit"),
            N_(
                "What was paid, refunded and earned: goods cost, fees, parcels, ads, profit; by day, week "
                "or month."
            ),
            "profit.by_period",
            reach=120,
        ),
        TableSpec(
            "profit-items",
            N_("Profit by item"),
            N_("The profit of each item, with its share of the shop's ads and fixed costs."),
            "profit.by_item",
            reach=120,
        ),
        TableSpec(
            "campaigns",
            N_("Campaign results"),
            N_("How much more each campaign sold than usual, and what profit it left."),
            "campaigns.results",
            reach=120,
        ),
        TableSpec(
            "taoke",
            N_("{affiliates} promoters"),
            N_("Who promotes our items, for what commission, and what each of them brought."),
            "taoke.resources",
        ),
        TableSpec(
            "actions",
            N_("Actions"),
            N_("Who does what by when, whether it was done, and whether the figure changed."),
            "actions.agreed",
            reach=120,
        ),
        TableSpec(
            "rivals",
            N_("Rivals"),
            N_("What was seen at each rival; displayed sales are ranges."),
            "rivals.looks",
        ),
        TableSpec(
            "time", N_("Time used"), N_("Minutes planned and used for each step."), "time_used.minutes"
        ),
        TableSpec(
            "service",
            N_("Service"),
            N_("Inquiries, conversion and answer time of each agent."),
            "service.agents",
        ),
        TableSpec(
            "scores",
            N_("Shop scores"),
            N_("The shop's scores, bad reviews, refunds."),
            "scores.scores",
            reach=1,
        ),
    )
}


def _named(found: object) -> tuple[str, TableSpec]:
    if not isinstance(found, TableSpec):
        raise Unusable(message.say("the object it names is not a table"))
    if not _ID.fullmatch(found.id) or not found.title or ":" not in found.make:
        raise Unusable(message.say("the table's id, title or function is missing"))
    return found.id, found


TABLES: Final[Extensible[TableSpec]] = Extensible("shopday.tables", _OWN, _named)
"""Tables by id."""


def maker(table: TableSpec) -> Callable[..., ShopTable]:
    """Import and return the function that makes the table."""
    module, colon, function = table.make.partition(":")
    if not colon:
        name, _, function = table.make.partition(".")
        module = f"core.tables.{name}"
    make: Callable[..., ShopTable] = getattr(import_module(module), function)
    return make


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
