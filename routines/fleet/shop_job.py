"""One job of the worker: import a shop's new files, answer the day's steps, write its row, send what is due.

A job may be stopped or killed anywhere and done again: a file is imported once because its content is
recognized, answers are cached, and a message is sent once because the outbox knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from core.answers.answer import Answer
from core.errors import BadExport, ShopdayError
from core.facts.download_order import oldest_first
from core.facts.imports import commit, preview
from core.language.message import Words
from core.language.wording import plural
from routines.fleet.alerts import send_alerts
from routines.fleet.board_row import BoardRow, board_row
from routines.fleet.report_post import post_report
from routines.fleet.shop_state import FileStamp, ShopState, file_stamp, keep_state, state_of
from routines.fleet.shop_watch import INBOX, ShopLook, check_there, settings_stamp
from routines.workday.workday import Workday

MOST_TRIES: Final = 5
"""After so many jobs of a shop that never ended, the next one is not begun but reported as failed."""


class Stopped(Exception):
    """Raised if the worker is to end before the job is done."""


@dataclass(slots=True)
class JobDone:
    """What a job has done."""

    imported: int = 0
    refused: int = 0
    answered: int = 0
    posted: bool = False
    alerts: int = 0
    blocked: bool = False
    """Whether files were left in the inbox because this account may not import."""
    troubles: tuple[str, ...] = ()
    """Sentences about what could not be done; the rest was."""


def do_job(
    folder: Path,
    look: ShopLook,
    *,
    clock: Callable[[], datetime],
    who: str,
    write_row: Callable[[BoardRow[Words]], None],
    stopped: Callable[[], bool],
) -> JobDone:
    """Work through the shop as it was seen by ``look`` and return what was done.

    Raise ShopdayError or OSError if the shop cannot be worked through, and Stopped if ``stopped()`` becomes
    true in between.
    """
    done, begun = JobDone(), clock()

    def go_on() -> None:
        """End here if the worker is to end or the shop's folder is gone."""
        if stopped():
            raise Stopped
        check_there(folder)

    go_on()
    before = state_of(folder)
    _begin(folder, before)
    workday = Workday.open(folder, clock=clock, who=who)
    files = {**before.files, **_import(workday, look.files, done, go_on)}
    if done.imported:
        workday.reload()
    facts, settings = file_stamp(folder / "facts" / "ledger.json"), settings_stamp(folder)
    answers: dict[str, Answer] = {}
    for step in workday.plan.steps:
        go_on()
        if step.analyse:
            answers[step.id] = workday.ask(step.id)
    done.answered = len(answers)
    _send(workday, answers, done)
    go_on()
    write_row(board_row(workday))
    go_on()
    there = {name: stamp for name, stamp in files.items() if (folder / INBOX / name).exists()}
    day, at = workday.day.isoformat(), begun.isoformat()
    keep_state(folder, ShopState(day, at, facts, settings, look.journal, there))
    return done


def _begin(folder: Path, before: ShopState) -> None:
    """Count the job before it begins; raise ShopdayError if too many jobs in a row never ended."""
    if before.begun >= MOST_TRIES:
        keep_state(folder, before._replace(begun=0))
        raise ShopdayError(
            plural(
                "The worker was ended {n} time in the middle of this shop, so it is left alone for ten "
                "minutes. See the worker's log for the reason.",
                "The worker was ended {n} times in the middle of this shop, so it is left alone for ten "
                "minutes. See the worker's log for the reason.",
                before.begun,
            )
        )
    keep_state(folder, before._replace(begun=before.begun + 1))


def _import(
    workday: Workday, files: Mapping[str, FileStamp], done: JobDone, go_on: Callable[[], None]
) -> dict[str, FileStamp]:
    """Import the files of the inbox, oldest first, and return those that need not be looked at again.

    A refused file changes nothing and is not tried again until it changes. Raise BadInput or CannotWrite if
    no file can be imported, because the list of imports is damaged or the disk is full.
    """
    if files and workday.refusal:
        done.troubles += (workday.refusal,)
        done.blocked = True
        return {}
    folder, seen = workday.folder / INBOX, dict[str, FileStamp]()
    for path in oldest_first([folder / name for name in files]):
        go_on()
        name = str(path.relative_to(folder))
        looked = preview(workday.folder, path, today=workday.now().date())
        if looked.state == "new":
            try:
                commit(workday.folder, looked, who=workday.who, at=workday.now())
            except BadExport as error:  # it changed in between, so the next look finds it again
                done.troubles += (str(error),)
                continue
            done.imported += 1
        elif looked.state == "refused":
            done.refused += 1
            done.troubles += (looked.problems[0].sentence(),)
        seen[name] = files[name]
    return seen


def _send(workday: Workday, answers: Mapping[str, Answer], done: JobDone) -> None:
    """Send the report and the alerts that are due; what cannot be sent becomes a trouble of the job."""
    try:
        done.posted = post_report(workday)
    except ShopdayError as error:
        done.troubles += (str(error),)
    try:
        done.alerts = send_alerts(workday, answers) if workday.shop.worker.alerts else 0
    except ShopdayError as error:
        done.troubles += (str(error),)
