"""Handlers of the keys of an answer's table that open other screens: days, choice of columns, saving."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Final

from core.answers.answer import NOTHING, About, Table
from core.errors import ShopdayError
from core.journal.drafts import Drafts
from core.language.dates import short_day
from core.language.wording import plural, say
from core.storage.system_errors import words_of
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import Pick, Ticks
from tui.text.sanitize import content
from tui.widgets.evidence_table import EvidenceTable

KINDS: Final = ("xlsx", "csv", "md")
"""The kinds of files in which a table can be saved."""


class TableKeys:
    """Does for a screen what its tables ask for."""

    def __init__(self, screen: BaseScreen, path: str) -> None:
        """``path`` names the screen, for the head line of the screens opened from it."""
        self._screen = screen
        self._path = path

    def answer(self, asked: EvidenceTable.Asked) -> None:
        """Do what the table asks for; say why if it cannot be done."""
        table = asked.table
        if not self._screen.may(asked.does):
            self._screen.tell(self._screen.workday.refusal, "watch")
            return
        {"open_row": self._open_row, "columns": self._choose_columns, "export": self._export}[asked.does](
            table
        )

    def _open_row(self, table: EvidenceTable) -> None:
        name, about = table.row
        open_about(self._screen, about, self._path, name)

    def _choose_columns(self, table: EvidenceTable) -> None:
        drafts = self._screen.workday.drafts
        evidence = table.evidence
        choices = list(evidence.columns[1:])
        ticked = [place - 1 for place in table.columns[1:]]

        def chosen(places: tuple[int, ...] | None) -> None:
            if places is not None:
                hidden = [one.id for place, one in enumerate(choices) if place not in places]
                self._screen.attempt(keep_hidden, drafts, evidence, hidden)
                table.hide(hidden)

        title = say("Which columns of “{table}”?", table=evidence.name)
        names = [content(one.name) for one in choices]
        self._screen.app.push_screen(Ticks(title, names, ticked=ticked), chosen)

    def _export(self, table: EvidenceTable) -> None:
        def picked(number: int | None) -> None:
            if number is not None:
                self._screen.run_worker(self._saved(table, KINDS[number]), exit_on_error=False)

        options = [say("Excel (.xlsx)"), say("csv, for other programs"), say("Markdown, for a chat")]
        title = say("Save the {n} shown rows as a file?", n=len(table.shown_rows))
        self._screen.app.push_screen(Pick(title, [content(one) for one in options]), picked)

    async def _saved(self, table: EvidenceTable, kind: str) -> None:
        screen = self._screen
        shown: dict[str, Any] = {**table.shown_table(), "day": screen.workday.day.isoformat()}
        try:
            made = await screen.session.save_rows(shown, kind)
        except (ShopdayError, OSError, TimeoutError) as error:
            screen.tell_failed(words_of(error))
            return
        rows = plural("{n} row", "{n} rows", made["rows"])
        screen.tell(say("Saved: {file} ({rows})", file=made["file"], rows=rows), "good")


def table_in_focus(screen: BaseScreen) -> EvidenceTable | None:
    """Return the table that has the focus, if any."""
    view = screen.focused
    return view.parent if view is not None and isinstance(view.parent, EvidenceTable) else None


def open_about(screen: BaseScreen, about: About, path: str, name: str) -> None:
    """Open what a row is about: the log of its day, or its figures by day; say it if there is neither."""
    if about == NOTHING:
        screen.tell(say("There are no figures by day for this row."), "watch")
    elif about.day:
        _open_day(screen, date.fromisoformat(about.day), path)
    else:
        screen.navigator.open_days(about, say("{path} › {name}", path=path, name=name))


def _open_day(screen: BaseScreen, day: date, path: str) -> None:
    from routines.past.review import Review
    from tui.screens.past.day import PastDay
    from tui.screens.past.navigation import why_not_open

    review = Review(screen.workday)
    if reason := why_not_open(review, day, "open"):
        screen.tell(reason, "watch")
        return
    screen.app.push_screen(PastDay(review, day, path=say("{path} › {name}", path=path, name=short_day(day))))


# -- the columns that a person has hidden -----------------------------------------------------------


def hidden_columns(drafts: Drafts, table: Table) -> frozenset[str]:
    """Return the ids of the columns of this table that the person has hidden."""
    return frozenset(filter(None, drafts.load(_kept_as(table)).split(" ")))


def keep_hidden(drafts: Drafts, table: Table, hidden: list[str]) -> None:
    """Keep which columns of the table the person has hidden; raise CannotWrite if that fails."""
    drafts.save(_kept_as(table), " ".join(hidden))


def _kept_as(table: Table) -> str:
    """Return the name under which the choice is kept, the same for all tables with the same columns."""
    ids = " ".join(column.id for column in table.columns)
    return f"columns:{hashlib.sha256(ids.encode()).hexdigest()[:16]}"
