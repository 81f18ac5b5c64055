"""The commands ``shopday table`` and ``shopday post``: write a table to a file, post a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from core.errors import NotEnoughData, UsageError
from core.language.wording import plural, say
from core.shop import restricted_mode
from tui.cli.context import Terms
from tui.cli.output import complain, tell
from tui.cli.params import DAY
from tui.cli.shops import named
from tui.text.columns import table as columns_of

if TYPE_CHECKING:
    from core.tables.span import Span

_DAYS_BACK = 29
SHOPS_ZONE = ZoneInfo("Asia/Shanghai")
"""The time zone in which "yesterday" is meant for many shops."""


@click.command(
    "table",
    help=say("Save one of the shop's tables as .xlsx, .csv or .md. Without NAME, list them."),
)
@click.argument("shop", required=False)
@click.argument("name", required=False)
@click.option(
    "--all",
    "fleet",
    type=click.Path(path_type=Path),
    help=say("One table over all shops of this fleet.toml; then only NAME is given."),
)
@click.option("--from", "first", type=DAY, help=say("The first day; without it, the table covers 30 days."))
@click.option("--to", "last", type=DAY, help=say("The last day; yesterday if left out."))
@click.option("--by", type=click.Choice(["day", "week", "month"]), default="day", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("The file to save to; its ending sets the format. Without it, the table is printed."),
)
@click.pass_obj
def table_(
    terms: Terms,
    shop: str | None,
    name: str | None,
    fleet: Path | None,
    first: date | None,
    last: date | None,
    by: str,
    output: Path | None,
) -> None:
    """Save a table of the shop to a file, or print it; exit with code 4 if it has no rows for these days.

    With --all, exit with code 3 if a shop is left out because it cannot be read.
    """
    shop, name = _asked_for(shop, name, fleet)
    folder = named(shop) if shop is not None else None
    if name is None:
        tell(_listed())
        return
    kind = "md" if output is None else output.suffix.lower().lstrip(".")
    from routines.io.table_export import FORMATS

    if kind not in FORMATS:
        raise UsageError(say("Tables can be saved as .xlsx, .csv or .md, not as “{kind}”.", kind=kind))
    if output is not None:
        restricted_mode.check_output(output)
    failed: Mapping[str, str] = {}
    if folder is not None:
        made, written = _made(terms, folder, name, first, last, by, kind)
    else:
        made, written, failed = _over_all(terms, fleet or Path(), name, first, last, by, kind)
    if output is None:
        tell(written.decode().rstrip("\n"))
    else:
        from core.storage.atomic_files import write_atomically

        write_atomically(output, written)
        tell(plural("Saved: {file} ({n} row)", "Saved: {file} ({n} rows)", made, file=output))
    for key, why in failed.items():
        complain(say("Not in this table: {shop}. {why}", shop=key, why=why))
    if failed:
        click.get_current_context().exit(3)


def _asked_for(shop: str | None, name: str | None, fleet: Path | None) -> tuple[str | None, str | None]:
    """Return the shop (None with --all) and the table's name; raise UsageError for neither or both."""
    if fleet is None:
        if shop is None:
            raise UsageError(
                say("Which shop? Give its folder, or --all {file} for many shops.", file="fleet.toml")
            )
        return shop, name
    if name is not None:
        raise UsageError(say("Give either a shop or --all {file}, not both.", file="fleet.toml"))
    return None, shop


def span_named(day: date | None, week: str | None, month: str | None) -> Span | None:
    """Return the week or month requested on the command line; None if a day, or nothing, was requested.

    Raise UsageError if more than one of day, week and month is given.
    """
    if sum(word is not None for word in (day, week, month)) > 1:
        raise UsageError(say("Use only one of --date, --week and --month."))
    from core.tables.span import month as month_of
    from core.tables.span import week as week_of

    if week is not None:
        return week_of(week)
    return None if month is None else month_of(month)


def _listed() -> str:
    from core.tables.registry import TABLES

    return columns_of([[one.id, say(one.title), say(one.about)] for one in TABLES.values()])


def _made(
    terms: Terms, folder: Path, name: str, first: date | None, last: date | None, by: str, kind: str
) -> tuple[int, bytes]:
    from datetime import timedelta
    from typing import cast

    from core.language.speech import language
    from core.shop.loading import load_shop
    from core.tables.span import By, span
    from routines.io.table_export import rendered, table
    from routines.plan.calendar import day_of

    shop = load_shop(folder)
    now = terms.clock().astimezone(shop.zone)
    today = day_of(now)
    until = last or today - timedelta(days=1)
    wanted = span(first or until - timedelta(days=_DAYS_BACK), until, cast("By", by))
    found = table(folder, name, wanted, today=today, lang=shop.language or language())
    if not found.rows:
        raise NotEnoughData(say("There are no figures for {span} in this table.", span=wanted.words))
    return len(found.rows), rendered(found, kind, now)


def _over_all(
    terms: Terms, file: Path, name: str, first: date | None, last: date | None, by: str, kind: str
) -> tuple[int, bytes, Mapping[str, str]]:
    """Return the table over all shops of the fleet: its number of rows, its bytes, and what failed."""
    from datetime import timedelta
    from typing import cast

    from core.language.speech import language
    from core.tables.span import By, span
    from routines.fleet.across import across
    from routines.fleet.fleet import load_fleet
    from routines.io.table_export import rendered
    from routines.plan.calendar import day_of
    from tui.cli.output import ProgressLine

    if restricted_mode.restricted():
        restricted_mode.refuse(say("There is no other shop here."))
    fleet = load_fleet(file, all_there=False)
    now = terms.clock().astimezone(SHOPS_ZONE)
    until = last or day_of(now) - timedelta(days=1)
    wanted = span(first or until - timedelta(days=_DAYS_BACK), until, cast("By", by))
    progress = ProgressLine()
    try:
        found = across(
            fleet, name, wanted, now=now, lang=language(), user=terms.user, said=terms.said, progress=progress
        )
    finally:
        progress.end()
    if not found.table.rows:
        for note in found.table.notes:
            complain(note)
        raise NotEnoughData(say("There are no figures for {span} in this table.", span=wanted.words))
    return len(found.table.rows), rendered(found.table, kind, now), found.failed


def _show_channels(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's interface
    """Print a template of secrets.toml for each channel that reports can be posted to, and exit.

    Channels that cannot be used are reported on stderr.
    """
    if wanted:
        from routines.io.posting import problems, templates

        tell("\n\n".join(templates()))
        tell()
        tell(
            say("Write one of these into secrets.toml in the shop's folder, then run: chmod 600 secrets.toml")
        )
        for problem in problems():
            complain(problem)
        context.exit()


@click.command(
    "post",
    help=say("Send a report's first page to a chat group or by e-mail."),
)
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=say("The day, written as 2026-11-16; today if left out."))
@click.option("--week", metavar="2026-W46", help=say("Print the report of this week instead of a day's."))
@click.option("--month", metavar="2026-11", help=say("Print the report of this month instead of a day's."))
@click.option("--dry-run", is_flag=True, help=say("Only show what would be sent."))
@click.option("--again", is_flag=True, help=say("Send it again although it was already sent."))
@click.option(
    "--channels",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_channels,
    help=say("Only show where reports can be sent, and the lines of secrets.toml for each."),
)
@click.pass_obj
def post_(
    terms: Terms,
    shop: str,
    day: date | None,
    week: str | None,
    month: str | None,
    *,
    dry_run: bool,
    again: bool,
) -> None:
    """Post a report to the shop's channel; exit with code 3 if it was refused or its arrival is uncertain."""
    from routines.io.posting import post, preview, problems
    from routines.workday.workday import Workday

    span = span_named(day, week, month)
    folder = named(shop)
    workday = Workday.open(folder, clock=terms.clock, who=terms.who(folder), day=day)
    shown = preview(workday, span)
    tell(shown.message.plain())
    tell()
    tell(shown.words)
    for problem in problems():
        complain(problem)
    if dry_run:
        tell(say("Nothing was sent."))
        return
    sent, missing = post(workday, shown, refusal=workday.refusal, again=again)
    tell(say("Sent at {at}.", at=sent.tries[-1][11:16]))
    if missing:
        complain(missing)
