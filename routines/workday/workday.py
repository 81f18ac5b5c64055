"""The API for user interfaces: read and write one shop's day as one person.

Nothing here imports pandas: answers come from the cache, from the analyst's process or, without a screen,
from :meth:`Workday.ask`. Every write goes to the journal in the caller's thread and returns the entry that is
now on disk; writing the same thing twice returns the first entry.

:class:`Workday` only hands on: reading is in ``read_model``, rights in ``access``, writing in ``day_writer``
and, by subject, in ``step_work``, ``step_record`` and ``action_list``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from routines.workday.file_watch import FileWatch, Part
from routines.workday.read_model import Clock, DayView
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
    """One shop's day as one person works in it."""

    def __init__(self, view: DayView, *, read_only: bool = False) -> None:
        self._view = view
        self._access = Access(view, looking=read_only)
        self._watch = FileWatch(view)
        self._writer = DayWriter(view, self._access)
        self._steps = StepWork(view, self._writer)
        self.proposals = SettingProposals(view, self._access, self._writer)
        """Changes of the settings that wait for who owns them."""
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
        """Open the shop's day (the clock's own when None); BadSettings when a settings file is wrong.

        ``who`` is a Unix user of shop.toml's team or a plain name; ``read_only`` is a look by somebody who
        might write. ``lang`` None: the shop's, else the environment's. Opening writes nothing; the first
        write puts the plan as it is before itself.
        """
        return cls(DayView(folder, clock=clock, who=who, day=day, lang=lang), read_only=read_only)

    def on(self, day: date) -> Workday:
        """Return another day of the shop as the same person sees it."""
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
        """Which day it is."""
        return self._view.day

    @property
    def plan(self) -> Plan:
        """The day's steps in order."""
        return self._view.plan

    @property
    def lang(self) -> Language:
        """The language spoken."""
        return self._view.lang

    @property
    def user(self) -> str:
        """The Unix user or name the day was opened with."""
        return self._view.user

    @property
    def who(self) -> str:
        """The name written into entries: the team's name of the Unix user, else the name as given."""
        return self._view.who

    @property
    def book(self) -> Book:
        """The shop's journal."""
        return self._view.book

    @property
    def index(self) -> MultiDayIndex:
        """The entries of many days that matter beyond their day."""
        return self._view.index

    @property
    def drafts(self) -> Drafts:
        """What this person is typing: ``save(key, text)``, ``load(key)``, ``drop(key)``, ``all()``."""
        return Drafts(self._view.folder, self._view.who)

    def now(self) -> datetime:
        """Return the moment in the shop's time zone."""
        return self._view.now()

    def turned(self) -> bool:
        """Tell whether the clock has left this day (it turns at 04:00): time to open the next."""
        return self._view.turned()

    def reload(self) -> None:
        """Read shop.toml and routine.toml again; BadSettings leaves everything as it was."""
        self._view.reload()

    def become(self, who: str) -> None:
        """Go on as somebody else who shares the account."""
        self._view.become(who)

    # -- who may write, who else is here, what changed --------------------------------------------------

    @property
    def refusal(self) -> str:
        """Why this person may not write here, in one sentence; empty when they may."""
        return self._access.refusal

    @property
    def read_only(self) -> bool:
        """Whether writing raises UsageError; only a reply to what is addressed to this person does not."""
        return self._access.read_only

    @property
    def presence(self) -> Presence:
        """Who else is here; this session's own sign."""
        return self._watch.presence

    def be_at(self, step: str) -> None:
        """Show the other sessions which step this person is at; not while looking at another day."""
        self._watch.be_at(step)

    def changed(self) -> frozenset[Part]:
        """Return what changed on disk since the last call, by anybody; one stat per file."""
        return self._watch.changed()

    # -- reading ----------------------------------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """Return the day's entries, everybody's, oldest first."""
        return self._view.entries()

    def told(self) -> tuple[str, ...]:
        """Return sentences about damaged journal files that were not returned before."""
        return self._view.told()

    def agenda(self) -> Agenda:
        """Return where the day stands now."""
        return self._view.agenda()

    def step(self, step: str) -> Step:
        """Return the step of the plan; UsageError with the closest name when there is none."""
        return self._view.step(step)

    def take_in(self, step: str) -> Step:
        """Return the step, taken into the day where it does not come on it; UsageError when there is none.

        Any question can be asked on any day: the page check of Mondays on a Thursday too.
        """
        return self._view.take_in(step)

    def others(self) -> tuple[Step, ...]:
        """Return the steps there are that do not come on this day."""
        return self._view.others()

    def is_in(self, step: str) -> bool:
        """Tell whether this person works on the step now."""
        return self._view.who in self._view.step_state(step).visitors

    def finishers(self, step: str) -> tuple[str, ...]:
        """Return who finished the step, in order; two people may have done so at the same time."""
        return self._view.step_state(step).finishers

    def forms(self, step: str) -> tuple[Form, ...]:
        """Return what can be recorded by hand in the step."""
        return self._view.forms(step)

    def form(self, form: str) -> Form:
        """Return the form; UsageError when there is none."""
        return self._view.form(form)

    @property
    def offers(self) -> Offers:
        """What fields of rivals, shops, items and people offer: (id kept, name shown)."""
        return self._view.offers

    def question(self, step: str) -> str:
        """Return the one question the step's analysis answers, translated; empty when it has none."""
        return self._view.question(step)

    def help(self, step: str) -> str:
        """Return what F1 says of the step: its analysis's docstring, then the step's own help, translated."""
        return self._view.help(step)

    def notes(self, step: str = "") -> tuple[Note, ...]:
        """Return the notes in their last wording, taken-back ones out; of all steps when empty."""
        return self._view.notes(step)

    def replies(self, step: str = "") -> tuple[Reply, ...]:
        """Return each person's last reply to each question; of all steps when empty."""
        return self._view.replies(step)

    def records(self, form: str, *, days: int = 1) -> Records[Any]:
        """Return the form's records in their last form: this day's, or those of the last ``days`` days."""
        return self._view.records(form, days=days)

    def decisions(self, step: str = "") -> dict[str, Decision]:
        """Return this day's last decision on each key."""
        return self._view.decisions(step)

    def actions(self, *, open_only: bool = False) -> tuple[Action, ...]:
        """Return the actions agreed up to this day as they stand, oldest first; handed ones count as open."""
        return self._view.actions(open_only=open_only)

    def carried(self) -> tuple[Action, ...]:
        """Return the open actions whose day is over, the oldest first."""
        return overdue_actions.carried(self._view.actions(open_only=True), self._view.day)

    def undecided(self) -> tuple[Action, ...]:
        """Return the carried actions in their third day or later that nobody has decided on today."""
        return overdue_actions.undecided(self._view.actions(open_only=True), self._view.day)

    def asked(self, step: str = "", *, open_only: bool = False) -> tuple[Entry, ...]:
        """Return what others ask of this person today: @NAME in notes and replies, actions they own.

        ``open_only``: only the words, and of these what this person has not replied to.
        """
        return self._view.asked(step, open_only=open_only)

    def past(self) -> Past:
        """Return the journal as an analysis of this day sees it."""
        return self._view.past()

    def answer(self, step: str) -> Answer | None:
        """Return the cached answer while its inputs are unchanged, else None; computes nothing."""
        return self._view.answer(step)

    def said(self, step: str) -> Answer[Words] | None:
        """Return the same with its texts in no language yet, as :meth:`shown` keeps it."""
        return self._view.said(step)

    def states(self) -> DecisionStates:
        """Return where each decision stands: proposed, decided, done, its result in."""
        return self._view.states()

    def as_it_stands(self, step: str, answer: Answer[Words]) -> Answer[Words]:
        """Return a step's answer with what was decided laid on it."""
        return self._view.as_it_stands(step, answer)

    def ask(self, step: str) -> Answer:
        """Return the step's answer, computed in this process when it is not cached (headless)."""
        return self._view.ask(step)

    # -- working through the steps ----------------------------------------------------------------------

    def enter(self) -> Entry | None:
        """Say that a session begins: ends this person's visit that a broken session left running.

        Writes nothing (None) when there is none, on another day than the clock's, and for a boss's look.
        """
        return self._writer.open_session()

    def begin(self, step: str) -> Entry:
        """Start working on the step; what this person was in is left. Running or done already: that entry."""
        return self._steps.begin(step)

    def leave(self, step: str) -> Entry | None:
        """Stop working on the step without finishing it; None when this person is not in it."""
        return self._steps.leave(step)

    def finish(self, step: str, *, quick: bool = False) -> Entry:
        """Finish the step; ``quick`` says there was nothing to do. Done by this person already: that entry.

        Of two people who finish it both entries stay; the first one counts for the clock. UsageError: the
        meeting cannot end while something old waits for its choice.
        """
        return self._steps.finish(step, quick=quick)

    def reopen(self, step: str) -> Entry:
        """Take up a finished, skipped or dropped step again."""
        return self._steps.reopen(step)

    def rest(self, last_key: datetime) -> Entry | None:
        """End the visit this person is in with the last key they pressed; None when they are in none.

        Their time in the step counts until then; to :meth:`begin` it goes on.
        """
        return self._steps.rest(last_key)

    def restore(self, step: str) -> Entry:
        """Have a finished, skipped or dropped step open again, without beginning it."""
        return self._steps.restore(step)

    def skip(self, step: str, reason: str) -> Entry:
        """Leave the step out today; UsageError without a reason, or when it is done."""
        return self._steps.skip(step, reason)

    def extend(self, step: str, minutes: int) -> Entry:
        """Give the step's box more (or, negative, fewer) minutes."""
        return self._steps.extend(step, minutes)

    def accept_drop(self, steps: Sequence[str]) -> Entry:
        """Drop the steps the agenda proposed; UsageError for a must-step that it does not propose."""
        return self._steps.accept_drop(steps)

    # -- writing down -----------------------------------------------------------------------------------

    def note(self, step: str, text: str, *, replaces: str = "") -> Entry:
        """Write a note; with ``replaces`` (a note's id) it is edited, and with an empty text taken back."""
        return self._record.note(step, text, replaces=replaces)

    def reply(self, step: str, question: str, text: str, *, to: str = "") -> Entry:
        """Answer one of the step's questions (its message id); this person's last answer stands."""
        return self._record.reply(step, question, text, to=to)

    def record(self, step: str, form: str, values: Mapping[str, Any], *, replaces: str = "") -> Entry:
        """Keep a filled form (typed text or typed values); UsageError names the first wrong field.

        ``replaces`` is the id of the record it corrects or brings up to date, of this day or an earlier one.
        Where another account alone changes the settings, a form that changes them gives a proposal to it.
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
        """Decide on a finding or a row (its key); deciding again changes it, ``""`` takes it back.

        ``detail`` is a reason in words, or the raw values it is decided on by the ids of their columns.
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
        """Make an action of a proposal, of fields, or of a proposal with fields changed.

        Fields: text, role, owner, due (ISO date), metric, direction, expected, item. Without an owner the
        first of the team with that role has it; without a due date it is due on this day. What says the same
        as an open action of an earlier day takes that one up again: no copy is made.
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

        ``due`` as people type it: 11-20, 明天, 周五, +3. ``told``: of goods ordered ``quantity``, ``arrives``
        (the day they are expected) and ``arrived``, of money paid in ``price``. UsageError: not understood,
        or a day to come that is over.
        """
        return self._actions.update(action, state, reason=reason, owner=owner, due=due, told=told)

    def handover(self, cover: str, item: str = "", text: str = "") -> Entry:
        """Say whom this person covers for ("" hands back), or which open item of theirs was seen."""
        data = {"cover": cover} | ({"item": item, "text": text} if item else {})
        return self._writer.write("handover", "", data)

    def shown(self, step: str, answer: Answer[Words]) -> Entry:
        """Keep what was shown to the operator, with its numbers and batches; once per answer."""
        return self._record.shown(step, answer)

    def write_report(
        self,
        text: str,
        state: ReportState = "draft",
        asked: Mapping[str, Answer] | None = None,
        *,
        built: int = 0,
    ) -> Entry:
        """Keep the corrected report; finished: reports/DATE.md is written too, or CannotWrite.

        ``asked`` by step: answers it stands on that nobody was shown on the day. ``built`` is how long the
        report is that builds itself: the text may be longer by as much as one text may have.
        """
        return self._record.write_report(text, state, asked, built)
