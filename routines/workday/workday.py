"""The API for user interfaces: read and write one shop's day as one person.

Nothing here imports pandas except :meth:`Workday.ask`: all other answers come from the cache or from the
analyst's process. Every write goes to the journal in the caller's thread and returns the entry now on disk;
writing the same thing twice returns the first entry.

:class:`Workday` only delegates: reading to ``read_model``, permissions to ``access``, writing to
``day_writer`` and, by subject, to ``step_work``, ``step_record`` and ``action_list``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.actions import overdue_actions
from core.journal.actions import Action, ActionState
from core.journal.book import Book
from core.journal.drafts import Drafts
from core.journal.entry import Entry
from core.journal.multi_day_index import MultiDayIndex
from core.language.speech import Language
from core.shop.presence import Presence
from core.shop.settings import Shop
from routines.plan.schedule import Agenda
from routines.plan.step import Plan, Step
from routines.workday.access import Access
from routines.workday.action_list import ActionList
from routines.workday.day_writer import DayWriter
from routines.workday.file_watch import LEDGER, FileWatch, Part
from routines.workday.read_model import Clock, DayView
from routines.workday.setting_edits import SettingEdits
from routines.workday.setting_proposals import SettingProposals
from routines.workday.step_record import ReportState, StepRecord
from routines.workday.step_work import StepWork

if TYPE_CHECKING:
    from core.actions.decision_states import DecisionStates
    from core.answers.answer import About, Answer, Proposal
    from core.journal.projections import Decision, Note, Past, Reply
    from core.language.message import Words
    from core.records.records import Records
    from routines.forms.form import Form, Offers


class Workday:
    """One shop's day for one person working in it."""

    def __init__(self, view: DayView, *, read_only: bool = False) -> None:
        self._view = view
        self._access = Access(view, looking=read_only)
        self._watch = FileWatch(view)
        self._writer = DayWriter(view, self._access)
        self._steps = StepWork(view, self._writer)
        self.proposals = SettingProposals(view, self._access, self._writer)
        """Proposed changes of the settings that wait for their owner."""
        self.settings = SettingEdits(view, self._access, self.proposals)
        """The settings as sections of rows, which people edit on the screen."""
        self._record = StepRecord(view, self._access, self._writer, self.proposals)
        self._actions = ActionList(view, self._writer)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock,
        who: str,
        day: date | None = None,
        lang: Language | None = None,
        read_only: bool = False,
    ) -> Workday:
        """Open the shop's day (None: today); raise BadSettings if a settings file is invalid.

        ``who``: a Unix user of the team or a plain name. ``read_only``: refuse writing even if this person
        might. ``lang``: None for the shop's language, else the environment's. Opening writes nothing; the
        first write is preceded by an entry with the plan.
        """
        return cls(DayView(folder, clock=clock, who=who, day=day, lang=lang), read_only=read_only)

    def on(self, day: date) -> Workday:
        """Return another day of the shop for the same person."""
        view = self._view
        other = DayView(view.folder, clock=view.clock, who=view.user, day=day, lang=view.chosen_lang)
        return Workday(other, read_only=self._access.looking)

    # -- the shop, the day, the person ------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """The shop's folder."""
        return self._view.folder

    @property
    def shop(self) -> Shop:
        """The shop's settings."""
        return self._view.shop

    @property
    def day(self) -> date:
        """The working day."""
        return self._view.day

    @property
    def plan(self) -> Plan:
        """The day's steps in order."""
        return self._view.plan

    @property
    def lang(self) -> Language:
        """The current language."""
        return self._view.lang

    @property
    def user(self) -> str:
        """The Unix user or name the day was opened with."""
        return self._view.user

    @property
    def who(self) -> str:
        """The name written into entries: the Unix user's name in the team, else the name as given."""
        return self._view.who

    @property
    def book(self) -> Book:
        """The shop's journal."""
        return self._view.book

    @property
    def index(self) -> MultiDayIndex:
        """The index of lasting entries over many days."""
        return self._view.index

    @property
    def drafts(self) -> Drafts:
        """This person's unfinished texts: ``save(key, text)``, ``load(key)``, ``drop(key)``, ``all()``."""
        return self._view.book.store.shared.drafts(self._view.who)

    def now(self) -> datetime:
        """Return the current time in the shop's time zone."""
        return self._view.now()

    def turned(self) -> bool:
        """Return whether this working day is over (at 04:00), so that the next one should be opened."""
        return self._view.turned()

    def is_new(self) -> bool:
        """Return whether nothing was ever imported into the shop or written in it."""
        return not (self.folder / LEDGER).exists() and not self.book.years()

    def reload(self) -> None:
        """Read shop.toml and routine.toml again; on BadSettings everything stays unchanged."""
        self._view.reload()

    def become(self, who: str) -> None:
        """Continue as another person who uses the same Unix account."""
        self._view.become(who)

    # -- who may write, who else is here, what changed --------------------------------------------------

    @property
    def refusal(self) -> str:
        """The reason why this person may not write, as a sentence; empty if this person may write."""
        return self._access.refusal

    @property
    def read_only(self) -> bool:
        """Whether writing raises UsageError, apart from what viewers may write (see ``access``)."""
        return self._access.read_only

    @property
    def presence(self) -> Presence:
        """The people in other sessions, and what this session announces to them."""
        return self._watch.presence

    def be_at(self, step: str) -> None:
        """Announce to the other sessions which step this person is on.

        Does nothing if this day is not today.
        """
        self._watch.be_at(step)

    def changed(self) -> frozenset[Part]:
        """Return what has changed on disk since the last call, whoever changed it; one stat call per file."""
        return self._watch.changed()

    def listen(self, heard: Callable[[], object]) -> Callable[[], None]:
        """Call ``heard`` at once when :meth:`changed` may return something, if the journal's store can tell.

        Return the function that ends this. ``heard`` is called in another thread.
        """
        return self._view.book.store.shared.listen(heard)

    # -- reading ----------------------------------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries of the day, oldest first."""
        return self._view.entries()

    def told(self) -> tuple[str, ...]:
        """Return messages about damaged journal files since the last call."""
        return self._view.told()

    def agenda(self) -> Agenda:
        """Return the current state of the day."""
        return self._view.agenda()

    def step(self, step: str) -> Step:
        """Return the step from this day's plan; raise UsageError with the closest name if there is none."""
        return self._view.step(step)

    def take_in(self, step: str) -> Step:
        """Return the step, adding it to this day's steps if it is not one of them.

        Raise UsageError if there is no such step. Any step can be opened on any day, e.g. Monday's page check
        on a Thursday.
        """
        return self._view.take_in(step)

    def others(self) -> tuple[Step, ...]:
        """Return the known steps that are not in this day's plan."""
        return self._view.others()

    def is_in(self, step: str) -> bool:
        """Return whether this person is working on the step now."""
        return self._view.who in self._view.step_state(step).visitors

    def finishers(self, step: str) -> tuple[str, ...]:
        """Return the people who finished the step, in order; two may have done so at the same time."""
        return self._view.step_state(step).finishers

    def forms(self, step: str) -> tuple[Form, ...]:
        """Return the forms that can be recorded in the step."""
        return self._view.forms(step)

    def form(self, form: str) -> Form:
        """Return the form with this id; raise UsageError if there is none."""
        return self._view.form(form)

    @property
    def every_form(self) -> Mapping[str, Form]:
        """All forms by id, with the shop's own fields."""
        return self._view.every_form

    @property
    def offers(self) -> Offers:
        """The choices for fields of rivals, shops, items and people: (stored id, displayed name)."""
        return self._view.offers

    def question(self, step: str) -> str:
        """Return the question that the step's analysis answers, translated; empty if there is none."""
        return self._view.question(step)

    def help(self, step: str) -> str:
        """Return the step's F1 help, translated: its analysis's docstring, then the step's own help."""
        return self._view.help(step)

    def notes(self, step: str = "") -> tuple[Note, ...]:
        """Return the notes as last edited, without withdrawn ones; all steps' notes if ``step`` is empty."""
        return self._view.notes(step)

    def replies(self, step: str = "") -> tuple[Reply, ...]:
        """Return each person's last reply to each question of ``step`` (empty: of every step)."""
        return self._view.replies(step)

    def earlier_replies(self, step: str) -> dict[str, Reply]:
        """Return the newest reply of an earlier day to each question of the step, by question."""
        return self._view.earlier_replies(step)

    def records(self, form: str, *, days: int = 1) -> Records[Any]:
        """Return the form's records in their latest versions, of the last ``days`` days (1: this day)."""
        return self._view.records(form, days=days)

    def decisions(self, step: str = "") -> dict[str, Decision]:
        """Return this day's last decision on each key; ``step``: only this step's decisions (empty: all)."""
        return self._view.decisions(step)

    def actions(self, *, open_only: bool = False) -> tuple[Action, ...]:
        """Return the actions agreed up to this day in their current state, oldest first.

        ``open_only``: only those that are open or handed over.
        """
        return self._view.actions(open_only=open_only)

    def carried(self) -> tuple[Action, ...]:
        """Return the open or handed-over actions that are overdue on this day, oldest first."""
        return overdue_actions.carried(self._view.actions(open_only=True), self._view.day)

    def undecided(self) -> tuple[Action, ...]:
        """Return the overdue actions on their third day or later that nobody has updated on this day.

        The due day counts as the first day.
        """
        return overdue_actions.undecided(self._view.actions(open_only=True), self._view.day)

    def asked(self, step: str = "", *, open_only: bool = False) -> tuple[Entry, ...]:
        """Return what is addressed to this person on this day: notes and replies with @NAME, own actions.

        ``open_only``: only notes and replies to which this person has not replied.
        """
        return self._view.asked(step, open_only=open_only)

    def past(self) -> Past:
        """Return the part of the journal that an analysis of this day may read."""
        return self._view.past()

    def answer(self, step: str) -> Answer | None:
        """Return the step's cached answer, updated with the decisions made after it was computed.

        Computes nothing: None if there is no valid answer in the cache.
        """
        return self._view.answer(step)

    def said(self, step: str) -> Answer[Words] | None:
        """Return the same answer as :meth:`answer`, but untranslated, as :meth:`shown` needs it."""
        return self._view.said(step)

    def states(self) -> DecisionStates:
        """Return what became of every decision so far: agreed, done, not done, dropped, or left as it was."""
        return self._view.states()

    def as_it_stands(self, step: str, answer: Answer[Words]) -> Answer[Words]:
        """Return the answer of ``step``, updated with the decisions made after the answer was computed."""
        return self._view.as_it_stands(step, answer)

    def ask(self, step: str) -> Answer:
        """Return the step's answer, computed in this process (headless, with pandas) unless it is cached."""
        return self._view.ask(step)

    # -- working through the steps ----------------------------------------------------------------------

    def enter(self) -> Entry | None:
        """Record the start of a session if this person's last visit to a step was never ended.

        That happens when the earlier session broke off; the entry ends that visit. Writes nothing and returns
        None if there is no such visit, if this day is not today, and in read-only mode.
        """
        return self._writer.open_session()

    def begin(self, step: str) -> Entry:
        """Start working on the step, and leave the step this person was working on.

        If this person has already started it, or it is done, return the entry that says so and write nothing.
        """
        return self._steps.begin(step)

    def leave(self, step: str) -> Entry | None:
        """Stop working on the step without finishing it; None if this person is not working on it."""
        return self._steps.leave(step)

    def finish(self, step: str, *, quick: bool = False) -> Entry:
        """Finish the step; ``quick``: there was nothing to do.

        If this person has finished it already, return that entry. If two people finish it, both entries are
        kept, and the step's time ends with the first. Raise UsageError if the step is the meeting and an
        overdue action must be decided on first.
        """
        return self._steps.finish(step, quick=quick)

    def reopen(self, step: str) -> Entry:
        """Start working again on a step that was finished, skipped or dropped."""
        return self._steps.reopen(step)

    def rest(self, last_key: datetime) -> Entry | None:
        """End this person's current visit as of their last key press, because nothing was typed since.

        None if there is no visit. The time until then counts as spent on the step; :meth:`begin` continues
        the step.
        """
        return self._steps.rest(last_key)

    def restore(self, step: str) -> Entry:
        """Reopen a finished, skipped or dropped step without starting it."""
        return self._steps.restore(step)

    def skip(self, step: str, reason: str) -> Entry:
        """Skip the step today; raise UsageError without a reason, or if it is done."""
        return self._steps.skip(step, reason)

    def extend(self, step: str, minutes: int) -> Entry:
        """Add minutes to the step's time box, or remove them if negative."""
        return self._steps.extend(step, minutes)

    def accept_drop(self, steps: Sequence[str]) -> Entry:
        """Drop these steps, as the agenda proposes; optional steps may also be dropped without a proposal.

        Raise UsageError for a must-step that the agenda does not propose to drop.
        """
        return self._steps.accept_drop(steps)

    # -- writing down -----------------------------------------------------------------------------------

    def note(self, step: str, text: str, *, replaces: str = "") -> Entry:
        """Write a note; ``replaces``: the id of a note to edit or, with an empty text, to withdraw."""
        return self._record.note(step, text, replaces=replaces)

    def reply(self, step: str, question: str, text: str, *, to: str = "") -> Entry:
        """Answer a question of the step (given by message id); this person's last answer counts."""
        return self._record.reply(step, question, text, to=to)

    def record(self, step: str, form: str, values: Mapping[str, Any], *, replaces: str = "") -> Entry:
        """Record a filled form (typed text or typed values); UsageError names the first invalid field.

        ``replaces``: the id of the record to correct or update, of this day or an earlier one. If only
        another account may change the settings, settings in the form are stored as a proposal to that
        account.
        """
        return self._record.record(step, form, values, replaces=replaces)

    def decide(
        self,
        step: str,
        key: str,
        choice: str,
        detail: Mapping[str, Any] | str = "",
        about: About | None = None,
    ) -> Entry:
        """Decide on a finding or row, given by its key; a later decision replaces it, ``""`` withdraws it.

        ``detail`` is a reason in words, or the raw values the decision is based on, by column id.
        """
        return self._record.decide(step, key, choice, detail, about)

    def act(
        self,
        step: str,
        proposal: Proposal[Words] | None = None,
        *,
        finding: str = "",
        **fields: str | float | None,
    ) -> Entry:
        """Create an action from a proposal, from fields, or from a proposal with changed fields.

        Fields: text, role, owner, due (ISO date), metric, direction, expected, item. Without an owner, the
        first team member with the role gets the action; without a due date, it is due on this day. If an open
        action of an earlier day is about the same matter, that action is updated and no new one is created.
        """
        return self._actions.add(step, proposal, {**fields, "finding": finding})

    def update_action(
        self,
        action: str,
        state: ActionState,
        *,
        reason: str = "",
        owner: str = "",
        due: str = "",
        **told: str | float,
    ) -> Entry:
        """Set an action open, done, handed (to ``owner``) or dropped (with a reason).

        ``due``: a day as people type it: 11-20, 明天, 周五, +3. ``told``: ``quantity``, ``arrives`` (the day
        they are expected) and ``arrived`` of ordered goods, or the ``price`` paid. Raise UsageError if a
        value is not understood, or if a day is in the past that must not be.
        """
        return self._actions.update(action, state, reason=reason, owner=owner, due=due, told=told)

    def handover(self, cover: str, item: str = "", text: str = "") -> Entry:
        """Record whom this person stands in for, or that they acknowledged an open item of that colleague.

        ``cover``: the absent colleague; empty: this person stops standing in.
        """
        data = {"cover": cover} | ({"item": item, "text": text} if item else {})
        return self._writer.write("handover", "", data)

    def shown(self, step: str, answer: Answer[Words]) -> Entry:
        """Record that the answer was shown to the operator, with its numbers and batches.

        An answer that is the same as the last one recorded is not recorded again.
        """
        return self._record.shown(step, answer)

    def write_report(
        self,
        text: str,
        state: ReportState = "draft",
        asked: Mapping[str, Answer] | None = None,
        *,
        built: int = 0,
    ) -> Entry:
        """Record the report as corrected by a person; if it is finished, also write reports/DATE.md.

        Raise CannotWrite if that fails. ``asked``: answers that the report uses although nobody was shown
        them on the day, by step. ``built``: the length of the automatic report; the text may exceed it by the
        limit for one text.
        """
        return self._record.write_report(text, state, asked, built)
