"""The commands ``shopday init`` and ``shopday demo``: create a shop, or open the sample shop."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, NoReturn

import click

from core.errors import BadInput
from core.language import wording
from core.language.locale_folders import language_asked_for
from core.language.speech import language, speak
from core.language.wording import say
from core.shop.settings import Shop
from tui.cli.context import Progress, Terms, at
from tui.cli.first_questions import ask_fraction, ask_language, ask_number, ask_people, ask_platform
from tui.cli.output import ProgressLine, program, tell
from tui.cli.params import MOMENT
from tui.cli.samples import FIRST, SAMPLES, SHOWN

_BACK: Final = "SHOPDAY_BACK"
"""The environment variable with the arguments to start again with when the sample shop is left."""


@click.command(help=say("Create a shop folder: answer a few questions, or use --yes."))
@click.argument("shop", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help=say("Ask nothing; everything can be set later in shop.toml."))
@click.pass_obj
def init(terms: Terms, shop: Path, *, yes: bool) -> None:
    """Create a shop's folder; nothing is created before the last question is answered."""
    from tui.cli.new_shop import Beginnings, make_shop, refuse_shop
    from tui.cli.shops import remember

    folder = shop.expanduser().resolve()
    refuse_shop(folder)
    known = Beginnings(name=folder.name, language=language_asked_for())
    if not yes:
        speak(ask_language())
        known = Beginnings(
            language=language(),
            name=click.prompt(say("Name of the shop"), default=folder.name),
            platform=ask_platform(),
            target=ask_number(say("This month's sales target in yuan (Enter: later)")),
            margin=ask_fraction(say("Gross margin in percent (Enter: later)")),
            lead_days=ask_number(say("Days from ordering goods until they can be sold (Enter: later)")),
            people=ask_people(say("How many people work in the shop? (Enter: later)")),
            person=click.prompt(say("Your name"), default=terms.user),
            user=terms.user,
        )
    make_shop(folder, known, terms.clock().date())
    remember(folder)
    tell(
        say(
            "{folder} was created. Put downloaded files into {inbox} and open the day with: {program} "
            "open {folder}",
            program=program(),
            folder=folder,
            inbox=folder / "inbox",
        )
    )


@click.command(help=say("Open the sample shop; it is created if needed."))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--at", "when", type=MOMENT, help=say("Start at this time of its last day; 08:30 if left out."))
@click.option("--no-open", is_flag=True, help=say("Only create it, do not open it."))
@click.option(
    "--fresh", is_flag=True, help=say("Start anew; the earlier sample shop is kept under another name.")
)
@click.option(
    "--sample",
    type=click.Choice(SAMPLES),
    default=SHOWN,
    help=say("tangli: half of what is paid is refunded; lanting: few refunds."),
)
@click.pass_obj
def demo(
    terms: Terms, folder: Path | None, when: time | None, sample: str, *, no_open: bool, fresh: bool
) -> None:
    """Create a sample shop if needed, and open its last day, Monday 2026-11-16."""
    from core.shop.loading import load_shop
    from tui.cli.demo import BEGIN, LAST_DAY, download, make_demo, set_aside

    shop = (folder or _usual_place(sample)).expanduser().resolve()
    if fresh and (before := set_aside(shop)) is not None:
        tell(say("The earlier sample shop is kept in {folder}.", folder=before))
    progress = ProgressLine()
    try:
        make_demo(shop, _take_in, progress, name=sample)
    finally:
        progress.end()
    waiting = download(shop, when or BEGIN)
    if waiting:
        tell(
            wording.plural(
                "{n} file of today is waiting in {inbox}: import it with i, or with shopday import {folder}",
                "{n} files of today are waiting in {inbox}: import them with i, or with shopday "
                "import {folder}",
                len(waiting),
                inbox=shop / "inbox",
                folder=shop,
            )
        )
    if no_open:
        tell(say("The sample shop is in {folder}. Open it with: shopday demo {folder}", folder=shop))
        return
    from tui.app import run

    tell(say("The sample shop is in {folder}; --fresh starts it anew.", folder=shop))
    settings = load_shop(shop)
    clock = at(terms.clock, LAST_DAY, when or BEGIN, settings.zone)
    run(shop, clock=clock, who=_visitor(settings, terms.user), day=LAST_DAY)
    if back := os.environ.pop(_BACK, ""):
        _start_again(shlex.split(back))


def to_the_sample(terms: Terms, shop: Path, day: date | None, when: time | None) -> NoReturn:
    """Show the sample shop instead of this one, and this one again when the user leaves it.

    Both in a new process, because a program that has shown its screen ends its process.
    """
    words = ["open", str(shop)]
    words += ["--date", day.isoformat()] if day is not None else []
    words += ["--at", f"{when:%H:%M}"] if when is not None else []
    os.environ[_BACK] = shlex.join(["--who", terms.said, *words] if terms.said else words)
    _start_again(["demo"])


def _start_again(words: Sequence[str]) -> NoReturn:
    """Replace this process by shopday with these arguments."""
    os.execv(sys.executable, [sys.executable, "-m", "tui", *words])  # noqa: S606 - itself


def _visitor(shop: Shop, user: str) -> str:
    """Return the user to open the sample shop as: this user if in its team, else the shop's operator."""
    operator = next((person.user for person in shop.team if "operator" in person.roles), user)
    return user if shop.person(user) else operator


def _usual_place(sample: str) -> Path:
    """Return the folder in which a sample shop is kept if none is given, one for each sample."""
    import platformdirs

    name = "shopday-demo" if sample == FIRST else f"shopday-demo-{sample}"
    return Path(platformdirs.user_data_dir(name, appauthor=False))


def _take_in(folder: Path, files: Sequence[Path], at: datetime, progress: Progress) -> None:
    """Import the sample's exports; raise BadInput if one is refused, which would be a bug in the sample."""
    from tui.cli.import_files import take_in

    for outcome in take_in(folder, files, who="shopday", at=at, progress=progress):
        if outcome.refused:
            raise BadInput(outcome.refusal())
