"""What is declared as tables: days' steps, kinds of export, metrics, tables, decisions, settings, commands.

Such a table has no behaviour of its own that a test could look for; a change of one must be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import click

from core.actions.decisions import FIGURES
from core.actions.deeds import DEEDS
from core.answers.answer import Series
from core.exports.kinds.registry import SHEETS
from core.exports.sheet import Column, Sheet
from core.measures import metrics
from core.platforms.profile import platforms, profile
from core.reports import card
from core.reports.day_report import Report
from core.shop.settings import CalendarDay, Item, OddDay, Person, Rival, Shop, Subscription
from core.tables.registry import TABLES
from routines.days.day_plan import ALONE, DAYS
from routines.plan.step import Block, Step
from tests.approved.hours import hours
from tests.approved.sample_answers import text_of
from tests.reports.test_front_page import reported
from tests.reports.test_one_page import crowded
from tui.cli.commands import shopday


def _drawn() -> Report:
    """Return a report with the month's days as a chart."""
    days = tuple(f"2026-11-{day:02}" for day in range(1, 16))
    sales = tuple(None if day == 7 else 30_000.0 + 2_500.0 * (day * 7 % 11) for day in range(15))
    chart = Series("Sales", "CNY", days, sales, targets=(40_000.0,) * 15)
    return replace(crowded(), pictures=(chart,))


CARDS: Final = {"crowded": crowded, "reported": reported, "drawn": _drawn}
SIZES: Final[tuple[card.Size, ...]] = ("short", "long")


def declared() -> dict[str, str]:
    """Return the name and text of each file."""
    return {
        **{f"card-{name}-{size}.svg": _card(made(), size) for name, made in CARDS.items() for size in SIZES},
        "days.txt": "\n".join(_days()) + "\n",
        "hours.txt": "\n".join(hours()) + "\n",
        "sheets.json": text_of({one.id: _sheet(one) for one in SHEETS.values()}),
        "decisions.json": text_of(_decisions()),
        "figures.json": text_of(_figures()),
        "settings.json": text_of(_settings()),
        "commands.txt": "\n".join(_commands(click.Context(shopday, info_name="shopday"))) + "\n",
    }


def _card(report: Report, size: card.Size) -> str:
    """Return the picture for a chat group, an element a line."""
    return str(card.draw(report, size)).replace("><", ">\n<") + "\n"


def _days() -> Iterator[str]:
    for people, days in (("the team", DAYS), ("one person", ALONE)):
        for kind, day in days.items():
            yield f"{kind} of {people}"
            yield from (_block(part) if isinstance(part, Block) else _step(part) for part in day)


def _block(block: Block) -> str:
    ends = f", ends {block.ends:%H:%M}" if block.ends else ""
    return f"  {block.id}: {block.title}{ends}{', hard' if block.hard else ''}"


def _step(step: Step) -> str:
    words = [
        f"{len(step.ask)} questions",
        step.analyse or "no analysis",
        f"records {', '.join(step.record)}" if step.record else "",
        f"at least {step.least}" if step.least else "",
        f"catch-up {step.catch_up}" if step.catch_up else "",
        "" if step.must else "may be dropped",
        step.repeat,
        f"screen {step.screen}" if step.screen else "",
        "help" if step.help else "",
    ]
    return f"    {step.at:%H:%M} {step.minutes:3} {step.id}: {step.title}; {'; '.join(filter(None, words))}"


def _sheet(sheet: type[Sheet]) -> dict[str, Any]:
    values = {name: _plain(getattr(sheet, name)) for name in Sheet.__annotations__ if name != "columns"}
    return values | {"columns": {one.name: _column(one) for one in sheet.columns}}


def _column(column: Column) -> list[object]:
    marks = [name for name in ("private", "inner") if getattr(column, name)]
    kept = [f"keep {column.keep.__name__}"] if column.keep else []
    fen = [f"fen {header}" for header in column.fen_headers]
    return [column.kind, *column.headers, [*marks, *kept, *fen]]


def _decisions() -> dict[str, Any]:
    return {
        "deeds": {deed: _plain(kind._asdict()) for deed, kind in DEEDS.items()},
        "figures": {name: _plain(figure) for name, figure in FIGURES.items()},
        "menus": {platform: dict(profile(platform).menus) for platform in platforms()},
    }


def _figures() -> dict[str, Any]:
    kinds = {"rate": metrics.RATES, "money": metrics.MONEY, "ratio": metrics.RATIOS}
    kind = {
        name: next((one for one, names in kinds.items() if name in names), "count") for name in metrics.NAMES
    }
    return {
        "metrics": {name: [title, kind[name]] for name, title in metrics.NAMES.items()},
        "tables": {one.id: [one.title, one.about, one.make, one.reach] for one in TABLES.values()},
    }


def _settings() -> dict[str, Any]:
    """Return what counts where a shop.toml names only what it must."""
    day = date(2026, 11, 11)
    must = (
        Shop(""), Person(""), Rival("", ""), Item(""), CalendarDay(day), OddDay(day, "order"),
        Subscription("", day),
    )  # fmt: skip
    return {type(one).__name__: _plain(one) for one in must}


def _commands(context: click.Context) -> Iterator[str]:
    """Yield each command with its arguments and options: how it is written, what is taken, what if not."""
    command = context.command
    yield f"{context.command_path}{' (hidden)' if command.hidden else ''}"
    yield from (_parameter(one, context) for one in command.params)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if found := command.get_command(context, name):
                yield from _commands(click.Context(found, info_name=name, parent=context))


def _parameter(one: click.Parameter, context: click.Context) -> str:
    names = [*one.opts, *(f"or {name}" for name in one.secondary_opts)]
    told = {
        "needed": one.required, "many": one.multiple, "hidden": getattr(one, "hidden", False),
        "shows its default": getattr(one, "show_default", False), "flag": getattr(one, "is_flag", False),
    }  # fmt: skip
    marks = [mark for mark, is_so in told.items() if is_so]
    default = one.get_default(context)
    if isinstance(default, str | int) and default is not False:
        marks.append(f"{default!r} if not said")
    metavar = one.make_metavar(context)
    return f"    {one.name}: {' '.join(names)} {metavar} x{one.nargs} {'; '.join(marks)}".rstrip()


def _plain(value: object) -> Any:
    match value:
        case tuple() if hasattr(value, "_asdict"):
            return _plain(value._asdict())
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
        case frozenset() | set():
            return sorted(map(str, value))
        case _:
            return value
