"""The commands ``shopday ask``, ``note``, ``day``, ``report``, ``steps`` and ``version``."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import NotEnoughData, UsageError
from core.language.dates import day as day_words
from core.language.wording import say
from core.shop import restricted_mode
from tui.cli.context import Terms
from tui.cli.output import complain, tell, tell_json, versions
from tui.cli.params import DAY
from tui.cli.shops import named
from tui.cli.tables import span_named

if TYPE_CHECKING:
    from routines.workday.workday import Workday

JSON_HELP = say("Print JSON.")
DATE_HELP = say("The day, written as 2026-11-16; today if left out.")


@click.command(help=say("Show the analysis of a step without opening the screen."))
@click.argument("shop")
@click.argument("step")
@click.option("--date", "day", type=DAY, help=DATE_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.pass_obj
def ask(terms: Terms, shop: str, step: str, day: date | None, *, as_json: bool) -> None:
    """Print the answer of the step's analysis; exit with code 4 if there are not enough data for one.

    If no day is given, the answer is for the day after the last day of the imported exports, or for today if
    that is earlier.
    """
    from core.answers.answer import with_words
    from core.answers.answer_codec import encode
    from routines.answers.as_of import as_of
    from tui.text.answer_text import lines

    workday = _workday(terms, shop, day)
    asked = workday.take_in(step)
    if day is None and (told_of := as_of(workday.folder, asked, workday.day)) < workday.day:
        complain(
            say(
                "Calculated for {day}, because the files end on {last}.",
                day=day_words(told_of),
                last=day_words(told_of - timedelta(days=1)),
            )
        )
        workday = workday.on(told_of)
    answer = workday.ask(asked.id)
    if as_json:
        told = encode(with_words(answer))
        for need in told["needs"]:
            del need["title"]  # it is in the reader's language; the JSON format identifies sheets by id
        tell_json({"step": step, "date": workday.day.isoformat(), **told})
    else:
        tell("\n".join(lines(answer)))
    if answer.verdict.level == "nodata":
        raise NotEnoughData(answer.verdict.text)


@click.command(help=say("Write a note in a step (TEXT -: standard input)."))
@click.argument("shop")
@click.argument("step")
@click.argument("text")
@click.option("--date", "day", type=DAY, help=DATE_HELP)
@click.pass_obj
def note(terms: Terms, shop: str, step: str, text: str, day: date | None) -> None:
    """Write the note to the journal, and print it with its time and author."""
    from routines.workday.text_limits import read_text

    workday = _workday(terms, shop, day)
    words = read_text(sys.stdin, workday.shop.limits.text) if text == "-" else text
    asked = workday.take_in(step)
    entry = workday.note(step, words)
    tell(f"{entry.at:%H:%M} {entry.who} {say(asked.title)}: {entry.data['text']}")


@click.command("day", help=say("Show the state of the day and what was written."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=DATE_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.pass_obj
def day_(terms: Terms, shop: str, day: date | None, *, as_json: bool) -> None:
    """Print the day's agenda and its journal entries."""
    from tui.text.day_text import day_lines, day_shape

    workday = _workday(terms, shop, day)
    if as_json:
        tell_json(day_shape(workday))
    else:
        tell("\n".join(day_lines(workday)))


@click.command(help=say("Print the day's report, or that of a week or month."))
@click.argument("shop")
@click.option("--date", "day", type=DAY, help=DATE_HELP)
@click.option("--week", metavar="2026-W46", help=say("Print the report of this week instead of a day's."))
@click.option("--month", metavar="2026-11", help=say("Print the report of this month instead of a day's."))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["md", "html", "txt", "json", "png", "card"]),
    default="md",
    show_default=True,
    help=say("png: the first page as a picture; card: a shorter version of that picture."),
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=say("Save to this file.")
)
@click.pass_obj
def report(
    terms: Terms,
    shop: str,
    day: date | None,
    week: str | None,
    month: str | None,
    kind: str,
    output: Path | None,
) -> None:
    """Print the report or save it to a file, as Markdown unless another format is chosen."""
    from tui.text.day_text import report_picture, report_text

    if output is not None:
        restricted_mode.check_output(output)
    span, picture = span_named(day, week, month), kind in ("png", "card")
    if picture and output is None:
        raise UsageError(say("A picture must be saved to a file: add -o {file}", file="report.png"))
    workday = _workday(terms, shop, day)
    content = report_picture(workday, kind, span) if picture else report_text(workday, kind, span).encode()
    if output is None:
        tell(content.decode().rstrip("\n"))
    else:
        from core.storage.atomic_files import write_atomically

        write_atomically(output, content)
        tell(say("Saved: {file}", file=output))


@click.command(help=say("List the steps of a day (without a shop: a weekday's)."))
@click.argument("shop", required=False)
@click.option("--date", "day", type=DAY, help=DATE_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.pass_obj
def steps(terms: Terms, shop: str | None, day: date | None, *, as_json: bool) -> None:
    """Print the steps of a day as a table or as JSON."""
    from tui.text.day_text import plain_plan, steps_shape, steps_table

    plan = plain_plan(day or terms.clock().date()) if shop is None else _workday(terms, shop, day).plan
    if as_json:
        tell_json(steps_shape(plan))
    else:
        tell(steps_table(plan))


@click.command(help=say("Show the version."))
def version() -> None:
    """Print the versions of the program, of Python and of the main libraries."""
    tell(versions())


def _workday(terms: Terms, shop: str, day: date | None) -> Workday:
    """Return the shop's workday; problems in its journal files are printed on stderr."""
    from routines.workday.workday import Workday

    folder = named(shop)
    workday = Workday.open(folder, clock=terms.clock, who=terms.who(folder), day=day)
    workday.entries()
    for sentence in workday.told():
        complain(sentence)
    return workday
