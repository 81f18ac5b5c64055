"""The keyword board: one row for each ad keyword, and one key for each decision about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.actions.decision_states import DecisionState
from core.actions.state_words import said
from core.answers.answer import NOTHING, About, Answer, Cell, Table, TableColumn, named
from core.journal.projections import Decision
from core.language.dates import clock, short_day
from core.language.wording import N_, plural, say
from core.language.wording import text as say_words
from routines.workday.keyword_changes import KeywordChanges, keyword_changes, write_changes
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.table_keys import open_about
from tui.text.keyword_text import CHOICES, HOLDS, about_keyword, advice_words, decided_words
from tui.text.sanitize import line
from tui.text.table_cells import LEFT, cell
from tui.text.text_layout import Prose
from tui.widgets.answer import verdict_words
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView as TableWidget
from tui.widgets.table import ViewColumn
from tui.widgets.timing import box_words

ON_WORDS = "delete_word"
"""A kind of decision on keywords, used to look up the latest decision of any kind on a keyword."""
_LOOKS = {"keep": "", "raise": "good", "lower": "watch", "delete": "act", "observe": "info", "add": "good"}


_FIRST = ("word", "search_term", "decision", "cpc", "next_cpc", "click_value", "clicks", "orders")
"""The ids of the columns that are shown first; the item stands below the list too."""
_DECIDED = 12
"""The smallest width in cells of the column with the decisions, which are made while it is shown."""
_FIXED = 2
"""Number of columns that stay when the others scroll: the decision and the keyword."""
_ROOMY = 22
"""The screen height in lines from which the price bars are shown below the list."""
_LOW = 18
"""The screen height in lines below which the verdict is hidden, to leave room for the keywords."""


class KeywordBoard(BaseScreen):
    """The screen with the ad keywords to decide on."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.KEYWORD_BOARD, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.KEYWORD_BOARD, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "One key decides on the keyword under the cursor and goes to the next: k keep, r raise, l "
        "lower, x delete, o observe, Space as advised. u undoes the last decision. To change a "
        "decision, decide again."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_LOW, "-high")]  # noqa: RUF012 - typed by Textual

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step_id = step
        self.table: Table | None = None
        self.tables: list[Table] = []
        self.at = 0
        """The index of the table shown."""
        self.decided: dict[str, Decision] = {}
        self.undone: list[tuple[str, Decision | None]] = []
        """The decisions made on this screen, oldest first, as (row key, the previous decision or None)."""

    def title_words(self) -> str:
        """Return the step's title."""
        return say(self.workday.step(self.step_id).title)

    def body(self) -> Iterable[Widget]:
        """Yield the verdict, the table and the finding about the selected keyword."""
        yield Words(id="top")
        yield TableWidget(id="board")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Have the analysis's answer computed, if there is none yet."""
        if self._answer() is None:
            self.run_worker(self._ask(), name=f"ask {self.step_id}", exit_on_error=False)

    async def _ask(self) -> None:
        await self.session.ask(self.step_id)
        if self.is_up:
            self.redraw()
            self.draw_keys()

    def _answer(self) -> Answer | None:
        return self.session.cached_answer(self.step_id) or self.session.shown_answers().get(self.step_id)

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the table with the decisions made."""
        answer = self._answer()
        tables = (
            [piece for piece in answer.evidence if isinstance(piece, Table) and piece.keys] if answer else []
        )
        self.tables = tables
        self.table = tables[self.at % len(tables)] if tables else None
        self.decided = self.workday.decisions(self.step_id)
        if answer is None or self.table is None:
            shown = verdict_words(answer, asking=self.step_id in self.session.asking)
            self.query_one("#top", Words).put(shown)
            return
        self._load(self.table)
        self._draw_top(answer)
        self._draw_bottom()

    def _load(self, table: Table) -> None:
        order = _in_order(table.columns)
        shown = [table.columns[place] for place in order]
        columns = [ViewColumn(say("decided"), least=_DECIDED)]
        columns += [ViewColumn(_title(one), right=one.kind not in LEFT) for one in shown]
        self.query_one(TableWidget).load(
            columns,
            table.rows,
            words=lambda row, column: (
                self._choice_words(row)
                if column == 0
                else self._advice_words(row)
                if shown[column - 1].id == "decision"
                else cell(
                    named(shown[column - 1], table.rows[row][order[column - 1]]), shown[column - 1].kind
                )
            ),
            look=lambda row, column: _LOOKS.get(self._choice(row), "") if column == 0 else "",
            fixed=_FIXED,
        )

    def _draw_top(self, answer: Answer) -> None:
        total = len(self.table.keys) if self.table else 0
        done = sum(1 for row in range(total) if self._choice(row) or self._before(row))
        counts = "  ".join(
            f"{say(words)} {number}"
            for choice, words in CHOICES.items()
            if (number := sum(1 for row in range(total) if self._choice(row) == choice))
        )
        progress = say("decided {n}/{total}", n=done, total=total)
        verdict = verdict_words(answer, asking=False)
        box = self.workday.agenda().line(self.step_id)
        left = () if box.visit is None else box_words(box, self.workday.now(), bar=False)
        above = [] if self.size.height < _LOW else verdict.blocks
        self.query_one("#top", Words).put(
            Prose(
                [*above, line((progress, "bold"), (f"  {counts}" if counts else "", "$quiet"), "   ", *left)]
            )
        )

    def minute(self) -> None:
        """Update the time left; called every minute."""
        super().minute()
        self.on_resize()

    def on_resize(self) -> None:
        """Show or hide the verdict, depending on the screen's height."""
        if self.table is not None and (answer := self._answer()) is not None:
            self._draw_top(answer)

    def _draw_bottom(self) -> None:
        answer, about = self._answer(), self._about()
        findings = answer.findings if answer and about != NOTHING else ()
        found = next((one for one in findings if one.about == about), None)
        decided = self.decided.get(self._key())
        who = f"{decided.who} {clock(decided.at)}" if decided else ""
        words = found.text if found else ""
        state = self._standing()
        if state is not None and not (found and found.states):
            words = f"{say_words(said(state, self.workday.day))} {words}".strip()
        room, bars = self.app.size.width - 2, self.app.size.height >= _ROOMY
        told = about_keyword(
            self._cells(), self._proposal(), self._held(), words, who=who, room=room, bars=bars
        )
        self.query_one("#bottom", Words).put(Prose(told))

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show the finding about the selected keyword."""
        self._draw_bottom()

    # -- the row under the cursor ----------------------------------------------------------------

    def _key(self) -> str:
        at = self.query_one(TableWidget).cursor
        return self.table.keys[at] if self.table and at < len(self.table.keys) else ""

    def _cells(self, row: int = -1) -> dict[str, Cell]:
        """Return the cells of a row, or of the selected one, by their columns' ids."""
        at = self.query_one(TableWidget).cursor if row < 0 else row
        if self.table is None or not 0 <= at < len(self.table.rows):
            return {}
        cells = zip(self.table.columns, self.table.rows[at], strict=True)
        return {column.id: value for column, value in cells}

    def _advice_words(self, row: int) -> str:
        """Return the advice for a row in words, marked if it is on hold; a dash if there is none."""
        if self.table is None:
            return ""
        place = next(number for number, one in enumerate(self.table.columns) if one.id == "decision")
        advice = self.table.rows[row][place]
        held = self.table.holds[row] if row < len(self.table.holds) else ""
        if isinstance(advice, str) and advice in CHOICES:
            return advice_words(advice, held)
        return cell(named(self.table.columns[place], advice), "word")

    def _about(self) -> About:
        """Return the item and the keyword of the selected row."""
        at = self.query_one(TableWidget).cursor
        return self.table.about[at] if self.table and at < len(self.table.about) else NOTHING

    def _choice(self, row: int) -> str:
        decision = self.decided.get(self.table.keys[row]) if self.table else None
        return decision.choice if decision else ""

    def _is_decided(self, key: str) -> bool:
        decision = self.decided.get(key)
        return bool(decision and decision.choice)

    def _choice_words(self, row: int) -> str:
        choice = self._choice(row)
        if choice:
            cells = self._cells(row)
            return self._marked(row, choice, decided_words(choice, str(cells.get("decision", "add")), cells))
        state = self._before(row)
        if state is None:
            return "-"
        words = say(CHOICES[state.choice]) if state.choice in CHOICES else say("agreed")
        if state.stage == "agreed":
            words = self._marked(row, state.choice, words)
        return say("{choice} {day}", choice=words, day=short_day(state.day))

    def _marked(self, row: int, choice: str, words: str) -> str:
        """Return the decision in words, marked as on hold if something speaks against carrying it out."""
        return say("{choice}, on hold", choice=words) if self._waits(row, choice) else words

    def _waits(self, row: int, choice: str) -> bool:
        """Return whether the choice is to spend more, and something speaks against that for this keyword."""
        held = self.table.holds[row] if self.table and row < len(self.table.holds) else ""
        return bool(held) and choice in ("raise", "add")

    def _before(self, row: int) -> DecisionState | None:
        """Return an earlier decision on the keyword whose result is not known yet; None if there is none."""
        about = self.table.about[row] if self.table and row < len(self.table.about) else NOTHING
        state = None if about == NOTHING else self.workday.states().about(ON_WORDS, about)
        return state if _stands(state, self.workday.day) else None

    def _proposed(self) -> str:
        """Return the analysis's advice for the selected keyword, to be accepted with one key; empty if none.

        Empty also while an earlier decision awaits its result, or if the advice is on hold.
        """
        if self.table is None or self._standing() is not None:
            return ""
        proposal = self._proposal()
        return "" if self._held() and proposal in ("raise", "add") else proposal

    def _standing(self) -> DecisionState | None:
        """Return an earlier decision or action about the selected keyword whose result is not known yet.

        None if there is none, or if the keyword was decided on in this step today.
        """
        at = self.query_one(TableWidget).cursor
        return None if self._choice(at) else self._before(at)

    def _proposal(self) -> str:
        """Return the analysis's advice for the selected keyword, even if it is on hold; empty if none."""
        if self.table is None:
            return ""
        if self._adding:
            return "add"
        row = self.table.rows[self.query_one(TableWidget).cursor]
        proposal = next(
            value for column, value in zip(self.table.columns, row, strict=True) if column.id == "decision"
        )
        return proposal if isinstance(proposal, str) and proposal in CHOICES else ""

    @property
    def _adding(self) -> bool:
        """Whether the table lists keywords that are not advertised yet; such a table has no advice column."""
        return self.table is not None and all(column.id != "decision" for column in self.table.columns)

    def _warned(self) -> bool:
        """Return whether no more should be spent on the selected keyword, or there is no advice for it."""
        return bool(self._held()) or not self._proposed()

    def _held(self) -> str:
        """Return the reason not to spend more on the selected keyword, as a key of HOLDS; empty if none."""
        at = self.query_one(TableWidget).cursor
        return self.table.holds[at] if self.table and at < len(self.table.holds) else ""

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "table":
            return None if len(self.tables) > 1 else say("There is only this one table.")
        if does == "undo":
            none = say(
                "No decision has been made here yet, so there is none to undo; to change a decision, "
                "decide again."
            )
            return None if self.undone else none
        if does == "days":
            none = say("There are no figures by day for this row.")
            return none if self._about() == NOTHING else None
        if does == "save_changes":
            none = say("Nothing that changes the ads is decided yet: there is nothing to save.")
            return None if self._changes().table.rows else none
        if does == "finish":
            over = self.workday.agenda().line(self.step_id).state in ("done", "skipped", "dropped")
            return say("This step is already finished.") if over else None
        return self._why_not_decide(does)

    def _why_not_decide(self, does: str) -> str | None:
        """Return why this decision cannot be made on the selected keyword; None if it can."""
        if does not in (*CHOICES, "proposed", "open_next"):
            return None
        if self.table is None:
            return say("There are no keywords to decide on yet.")
        if does in ("keep", "raise", "lower", "delete") and self._adding:
            return say("This keyword is not advertised yet: + adds it, o observes it.")
        if does == "add" and not self._adding:
            return say("This keyword is already advertised.")
        return self._why_not_as_proposed() if does == "proposed" else None

    def _why_not_as_proposed(self) -> str | None:
        """Return why the advice for the selected keyword cannot be accepted; None if it can."""
        state = self._standing()
        if state is not None:
            return say_words(said(state, self.workday.day))
        if self._held() and self._proposal() in ("raise", "add"):
            return say("On hold, because {why}.", why=say(HOLDS[self._held()]))
        if not self._proposed():
            return say("There is no advice for this keyword; decide yourself.")
        return None

    def _decide(self, choice: str) -> None:
        key = self._key()
        if self.table is None or not key:
            return
        at = self.query_one(TableWidget).cursor
        detail = dict(_kept(self.table.columns, self.table.rows[at]))
        if self._waits(at, choice):
            detail["held"] = self._held()
        before = self.decided.get(key)
        self.workday.decide(self.step_id, key, choice, detail, self._about())
        self.undone.append((key, before))
        self._after(at)
        self.query_one(TableWidget).action_move("down")

    def _after(self, row: int) -> None:
        self.decided = self.workday.decisions(self.step_id)
        answer = self._answer()
        if answer is not None:
            self._draw_top(answer)
        self.query_one(TableWidget).repaint_row(row)
        self.draw_keys()

    def do_keep(self) -> None:
        """Keep the word as it is."""
        self._decide("keep")

    def do_raise(self) -> None:
        """Decide to raise the bid; ask for confirmation if that is not advised or no more should be spent."""
        words = say(
            "The analysis advises not to raise the bid on this keyword (no result yet, short "
            "stock, complaints, or a page that misses its limits): press r again to raise it "
            "anyway."
        )
        if self._warned() and not self.confirmed("raise", self._key(), words):
            return
        self._decide("raise")

    def do_lower(self) -> None:
        """Lower the bid."""
        self._decide("lower")

    def do_delete(self) -> None:
        """Decide to delete the selected keyword from the ad plan."""
        self._decide("delete")

    def do_observe(self) -> None:
        """Decide to leave the selected keyword as it is until it has more clicks."""
        self._decide("observe")

    def do_add(self) -> None:
        """Decide to add the selected keyword to the ad plan; confirm first if no more should be spent."""
        words = say(
            "The item of this keyword is on hold (short stock or complaints): press + again to add the "
            "keyword anyway."
        )
        if self._held() and not self.confirmed("add", self._key(), words):
            return
        self._decide("add")

    def do_days(self) -> None:
        """Show the selected keyword's figures by day."""
        open_about(self, self._about(), self.title_words(), self._about().word)

    def _changes(self) -> KeywordChanges:
        return keyword_changes(self.tables, self.decided, self.workday.day)

    def do_save_changes(self) -> None:
        """Save the decided changes as a file in reports/; say how many have no price yet."""
        changes, unpriced = self._changes()
        file = write_changes(self.workday.folder, changes)
        rows = plural("{n} change", "{n} changes", len(changes.rows))
        told = say("Saved: {file} ({rows})", file=str(file), rows=rows)
        if unpriced:
            more = plural(
                "{n} has no new price: set it in the file.",
                "{n} have no new price: set it in the file.",
                unpriced,
            )
            told = f"{told} {more}"
        self.tell(told, "watch" if unpriced else "good")

    def do_table(self) -> None:
        """Show the step's next table: keywords in the ad plan, or keywords to add."""
        self.at += 1
        self.redraw()
        self.query_one(TableWidget).go(0)

    def do_proposed(self) -> None:
        """Decide as advised for the selected keyword."""
        self._decide(self._proposed())

    def do_undo(self) -> None:
        """Undo the last decision made on this screen, and select its keyword."""
        key, before = self.undone.pop()
        if before is None:
            self.workday.decide(self.step_id, key, "")
        else:
            self.workday.decide(self.step_id, key, before.choice, before.detail, before.about)
        row = self.table.keys.index(key) if self.table and key in self.table.keys else 0
        self.query_one(TableWidget).go(row)
        self._after(row)
        self.tell(say("Undone."), "good")

    def do_open_next(self) -> None:
        """Select the next keyword without a decision."""
        total = len(self.table.keys) if self.table else 0
        at = self.query_one(TableWidget).cursor
        order = [*range(at + 1, total), *range(at + 1)]
        row = next((one for one in order if not self._choice(one) and self._before(one) is None), None)
        if row is None:
            self.tell(say("Every keyword is decided; press d to finish the step."), "good")
        else:
            self.query_one(TableWidget).go(row)

    def do_finish(self) -> None:
        """Finish the step and close the screen; ask for confirmation while keywords are undecided."""
        total = sum(len(table.keys) for table in self.tables)
        states = self.workday.states()
        left = sum(
            1
            for table in self.tables
            for key, about in zip_longest(table.keys, table.about, fillvalue=NOTHING)
            if not self._is_decided(str(key)) and not _stands(states.about(ON_WORDS, about), self.workday.day)
        )
        if self._answer() is None:
            if not self.confirmed(
                "finish", "loading", say("The analysis is still running: press d again to finish anyway.")
            ):
                return
        elif left and not self.confirmed(
            "finish",
            f"{left}",
            say(
                "{n} of {total} keywords are undecided: press d again to finish anyway.", n=left, total=total
            ),
        ):
            return
        self.workday.finish(self.step_id)
        self.dismiss("done")


def _stands(state: DecisionState | None, today: date) -> bool:
    """Return whether an earlier decision is in force and its result is not known yet."""
    if state is None or state.stage == "undone":
        return False
    return state.result_on is None or state.result_on > today


def _in_order(columns: Sequence[TableColumn]) -> list[int]:
    """Return the indices of the columns as the board shows them: those to decide by come first."""
    places = {column.id: place for place, column in enumerate(columns)}
    first = [places[name] for name in _FIRST if name in places]
    return [*first, *(place for place in range(len(columns)) if place not in first)]


def _title(column: TableColumn) -> str:
    """Return a column's title, which is "Advice" for the column with the analysis's own decisions."""
    return say("Advice") if column.id == "decision" else column.name


def _kept(columns: Iterable[TableColumn], row: Iterable[Cell]) -> Iterable[tuple[str, Cell]]:
    """Yield the cells of a row that are stored with a decision, as (column id, value).

    These are numbers, choices and the item's name. Other texts are only wording for a reader, and the keyword
    itself is stored in what the decision is about.
    """
    for column, value in zip(columns, row, strict=True):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        choice = column.kind == "word" and value in dict(column.words)
        if column.id and (number or choice or (column.id == "item" and value)):
            yield column.id, value
