"""A read-only view of one shop's day; journal and clock are read on each call.

Only :meth:`DayView.ask` imports pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from core.errors import BadInput, UsageError
from core.journal.actions import Action, actions
from core.journal.book import Book
from core.journal.entry import Entry, Kind
from core.journal.mentions import addressed_to
from core.journal.multi_day_index import MultiDayIndex
from core.journal.open_actions import OpenActions
from core.journal.steps import StepState, steps
from core.language.locale_folders import language_forced, language_of_environment
from core.language.speech import Language, speak
from core.language.wording import say
from core.shop.loading import load_shop
from core.shop.permissions import person_of
from core.shop.settings import Shop
from routines.days.day_plan import boxes_for, days_of, find_step, known_boxes, plan_for, routine_of
from routines.days.platform_steps import is_unfed, on_platform
from routines.plan.calendar import day_of
from routines.plan.missed_steps import missed, with_steps
from routines.plan.schedule import Agenda, agenda
from routines.plan.step import Box, Plan, Step

if TYPE_CHECKING:
    from core.actions.decision_states import DecisionStates
    from core.answers.answer import Answer
    from core.journal.projections import Decision, Note, Past, Reply
    from core.language.message import Words
    from core.records.records import Records
    from routines.forms.form import Form, Offers
    from routines.settings.section import ReadSettings

Clock: TypeAlias = Callable[[], datetime]
"""Returns the current time with a time zone."""
_WEEK: Final = 7
"""How many days back the last day of the same kind (working day or day off) is searched for."""
_REPLIES_WITHIN: Final = 14
"""How many days back an earlier reply to a question is searched for."""
_REPLIES_FROM: Final = 5
"""How many of these days are read, the newest ones."""


class DayView:
    """The read model of one shop's day, as seen by one person."""

    shop: Shop
    day: date
    lang: Language
    who: str
    """The name written into entries: the Unix user's name in the team, else the name as given."""
    _by_settings: Plan
    """The day's plan according to date and settings alone."""
    _known: tuple[Box, ...]
    """All known steps, of all kinds of day."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        who: str,
        day: date | None = None,
        lang: Language | None = None,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.user = who
        """The Unix user or name as given."""
        self.chosen_lang = lang
        """The language requested; None: the shop's, else the environment's."""
        self.book = Book(folder)
        self.index = MultiDayIndex(self.book)
        self._open_actions = OpenActions(self.index)
        self._agenda: tuple[tuple[Entry, ...], tuple[datetime, int], Agenda] | None = None
        """The last agenda and its inputs: a screen asks for it many times a second."""
        self._actions: tuple[tuple[Entry, ...], tuple[Action, ...]] | None = None
        """The actions and the journal entries they were computed from."""
        self._states: dict[str, tuple[tuple[object, object], DecisionStates]] = {}
        """The states of the decisions by step, each with the entries it was computed from."""
        self._earlier_replies: dict[tuple[date, str], dict[str, Reply]] = {}
        """The replies of earlier days by day and step, read once."""
        self._forms: Mapping[str, Form] | None = None
        self._plans: tuple[Plan, Plan] | None = None
        """The plan shared by all sessions, and this session's plan; None until first used."""
        self._taken_in: tuple[str, ...] = ()
        """Steps that were opened in this session although they are not in the day's plan."""
        self._load(day)

    def reload(self) -> None:
        """Read shop.toml and routine.toml again; on BadSettings everything stays unchanged."""
        self._load(self.day)

    def seen(self) -> ReadSettings:
        """Read the settings as they are on disk now, for the forms that edit them."""
        from routines.settings.section import ReadSettings

        shop, routine = load_shop(self.folder), routine_of(self.folder)
        return ReadSettings(self.folder, shop, routine, self.day, self._by_settings.kind, self.user)

    def become(self, who: str) -> None:
        """Continue as another person who uses the same Unix account."""
        self.user = who
        self.reload()

    def _load(self, day: date | None) -> None:
        speak(self.chosen_lang or language_of_environment())
        shop = load_shop(self.folder)
        routine = routine_of(self.folder)
        day = day or day_of(self.clock().astimezone(shop.zone))
        plan = plan_for(day, shop, routine)
        usual = known_boxes(routine, days_of(shop))
        known = tuple(box._replace(step=on_platform(box.step, shop)) for box in usual)
        person = person_of(shop, self.user)
        self.shop, self.day, self._by_settings, self._known = shop, day, plan, known
        self._routine = routine
        self._forms = None
        self._unfed = {box.step.id for box in usual if is_unfed(box.step, shop, routine)}
        self._plans = None
        self.who = self.user if person is None else person.name
        self.lang = self.chosen_lang or language_forced() or shop.language or language_of_environment()
        speak(self.lang, shop.platform, shop.currency)

    @property
    def plan(self) -> Plan:
        """The day's steps, including steps outside the plan that were started or requested."""
        return self._both_plans()[1]

    @property
    def planned(self) -> Plan:
        """The plan without steps that were started or requested in addition; the same in all sessions."""
        return self._both_plans()[0]

    def _both_plans(self) -> tuple[Plan, Plan]:
        """Return :attr:`planned` and :attr:`plan`.

        The journal is read on first use only, not when a shop is opened.
        """
        if self._plans is None:
            planned = self._with_owed(self._by_settings)
            own = {entry.step for entry in self.book.day(self.day)} | set(self._taken_in)
            plan = with_steps(planned, [box for box in self._known if box.step.id in own])
            self._plans = (planned, plan)
        return self._plans

    def _with_owed(self, plan: Plan) -> Plan:
        """Return the plan with the weekly and monthly steps still owed from earlier days.

        A day off takes over only steps that belong to days off: Monday's page check waits for the next
        working day, not for Saturday.
        """
        routine = self._routine
        worked: list[date] = []
        for day in self.book.before(plan.day):
            worked.append(day)
            off = plan_for(day, self.shop, routine).kind == "weekend"
            if off == (plan.kind == "weekend") or (plan.day - day).days > _WEEK:
                break
        if not worked:
            return plan
        own = {box.step.id for box in boxes_for(plan.kind, routine, days_of(self.shop))}
        known = [box.step for box in self._known if box.step.id in own and box.step.id not in self._unfed]
        entries = [entry for day in reversed(worked) for entry in self.book.day(day)]
        owed = {step.id for step in missed(known, worked[-1], entries, plan.day)}
        return with_steps(plan, [box for box in self._known if box.step.id in owed])

    def take_in(self, step: str) -> Step:
        """Return the step, adding it to this day's steps if it is not one of them.

        Raise UsageError if there is no such step.
        """
        if all(one.id != step for one in self.plan.steps):
            find_step(step, self._routine)
            self._taken_in += (step,)
            self._plans = None
        return self.step(step)

    def others(self) -> tuple[Step, ...]:
        """Return the known steps that are not in this day's plan."""
        here = {step.id for step in self.plan.steps}
        return tuple(box.step for box in self._known if box.step.id not in here)

    def now(self) -> datetime:
        """Return the current time in the shop's time zone."""
        return self.clock().astimezone(self.shop.zone)

    def turned(self) -> bool:
        """Return whether this working day is over (at 04:00), so that the next one should be opened."""
        return day_of(self.now()) > self.day

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries of the day, oldest first."""
        return self.book.day(self.day)

    def entries_of(self, kind: Kind, step: str = "") -> list[Entry]:
        """Return the day's entries of one kind: of one step, or of all steps if ``step`` is empty."""
        return [entry for entry in self.entries() if entry.kind == kind and step in ("", entry.step)]

    def told(self) -> tuple[str, ...]:
        """Return messages about damaged journal files since the last call."""
        return tuple(str(trouble) for trouble in self.book.told())

    def agenda(self) -> Agenda:
        """Return the current state of the day."""
        now, entries = self.now(), self.entries()
        about = (now.replace(microsecond=0), id(self.plan))
        if self._agenda is None or self._agenda[0] is not entries or self._agenda[1] != about:
            self._agenda = (entries, about, agenda(self.plan, entries, now))
        return self._agenda[2]

    def step(self, step: str) -> Step:
        """Return the step from this day's plan; raise UsageError with the closest name if there is none."""
        found = next((one for one in self.plan.steps if one.id == step), None)
        if found is not None:
            return found
        names = [one.id for one in self.plan.steps]
        close = get_close_matches(step, names, 1)
        if close:
            raise UsageError(
                say("This day has no step “{step}”. Did you mean “{close}”?", step=step, close=close[0])
            )
        raise UsageError(
            say("This day has no step “{step}”. It has: {names}.", step=step, names=", ".join(names))
        )

    def step_states(self) -> dict[str, StepState]:
        """Return the state of each step that has entries."""
        return steps(self.entries())

    def step_state(self, step: str) -> StepState:
        """Return the state of the step; raise UsageError if the plan has no such step."""
        return self.step_states().get(self.step(step).id, StepState())

    def forms(self, step: str) -> tuple[Form, ...]:
        """Return the forms that can be recorded in the step."""
        return tuple(self.form(form) for form in self.step(step).record)

    def form(self, form: str) -> Form:
        """Return the form with this id; raise UsageError if there is none."""
        known = self.every_form
        if form not in known:
            raise UsageError(
                say("There is no form “{form}”. Known: {names}.", form=form, names=", ".join(known))
            )
        return known[form]

    @property
    def every_form(self) -> Mapping[str, Form]:
        """All forms by id, with the shop's own fields."""
        if self._forms is None:
            from routines.forms.forms import FORMS
            from routines.forms.own_fields import with_own

            self._forms = with_own(FORMS, () if self._routine is None else self._routine.fields)
        return self._forms

    @property
    def offers(self) -> Offers:
        """The choices for fields of rivals, shops, items and people: (stored id, displayed name)."""
        from routines.forms.form import offers_of

        return offers_of(self.shop)

    def question(self, step: str) -> str:
        """Return the question that the step's analysis answers, translated; empty if there is none."""
        return self.help(step).partition("\n\n")[0] if self.step(step).analyse else ""

    def help(self, step: str) -> str:
        """Return the step's F1 help, translated: its analysis's docstring, then the step's own help.

        Each paragraph of the docstring, with line ends replaced by spaces, is a message id.
        """
        from routines.plan import analyses

        found = self.step(step)
        paragraphs = analyses.question(found.analyse).split("\n\n") if found.analyse else []
        said = [say(" ".join(paragraph.split())) for paragraph in paragraphs if paragraph.strip()]
        return "\n\n".join([*said, *([say(found.help)] if found.help else [])])

    def notes(self, step: str = "") -> tuple[Note, ...]:
        """Return the notes as last edited, without withdrawn ones; all steps' notes if ``step`` is empty."""
        from core.journal.projections import notes

        return notes(self.entries(), step or None)

    def replies(self, step: str = "") -> tuple[Reply, ...]:
        """Return each person's last reply to each question of ``step`` (empty: of every step)."""
        from core.journal.projections import replies

        return replies(self.entries(), step or None)

    def earlier_replies(self, step: str) -> dict[str, Reply]:
        """Return the newest reply of an earlier day to each question of the step, by question.

        Only the last few days with entries are read, once for each step and day. Empty while that is not
        possible.
        """
        from core.journal.projections import replies

        kept = (self.day, step)
        if kept not in self._earlier_replies:
            last = self.day - timedelta(days=1)
            found: dict[str, Reply] = {}
            try:
                days = self.book.stamps(self.day - timedelta(days=_REPLIES_WITHIN), last)
                for day in list(days)[-_REPLIES_FROM:]:
                    found |= {one.question: one for one in replies(self.book.day(day), step) if not one.to}
            except BadInput:
                return {}
            self._earlier_replies[kept] = found
        return self._earlier_replies[kept]

    def records(self, form: str, *, days: int = 1) -> Records[Any]:
        """Return the form's records in their latest versions, of the last ``days`` days (1: this day)."""
        from core.journal.projections import records as recorded
        from core.records.records import Records

        kind = self.form(form).record
        if days == 1:
            return recorded(self.entries(), kind)
        found = recorded(self.index.lasting(self.day), kind)
        return Records(tuple(row for row in found if (self.day - row.at.date()).days < days))

    def decisions(self, step: str = "") -> dict[str, Decision]:
        """Return the day's last decision on each key; ``step``: only this step's decisions (empty: all)."""
        from core.journal.projections import decisions

        return {decision.key: decision for decision in decisions(self.entries(), step or None)}

    def actions(self, *, open_only: bool = False) -> tuple[Action, ...]:
        """Return the actions agreed up to this day in their current state, oldest first.

        ``open_only``: only those that are open or handed over.
        """
        if open_only:
            return self._open_actions.up_to(self.day)
        lasting = self.index.lasting(self.day)
        if self._actions is None or self._actions[0] is not lasting:
            self._actions = (lasting, actions(lasting))
        return self._actions[1]

    def asked(self, step: str = "", *, open_only: bool = False) -> tuple[Entry, ...]:
        """Return what is addressed to this person on this day: notes and replies with @NAME, own actions.

        ``open_only``: only notes and replies to which this person has not replied.
        """
        found = [one for one in addressed_to(self.entries(), self.who) if step in ("", one.step)]
        if open_only and found:
            replied = {reply.to for reply in self.replies() if reply.who == self.who}
            found = [one for one in found if one.kind != "action" and one.id not in replied]
        return tuple(found)

    def past(self) -> Past:
        """Return the part of the journal that an analysis of this day may read."""
        return self.index.past(self.day)

    def answer(self, step: str) -> Answer | None:
        """Return the step's cached answer, updated with the decisions made after it was computed.

        Computes nothing: None if there is no valid answer in the cache.
        """
        from core.answers.answer_codec import rendered

        said = self.said(step)
        return None if said is None else rendered(said)

    def said(self, step: str) -> Answer[Words] | None:
        """Return the same answer as :meth:`answer`, with its messages untranslated."""
        from routines.answers.answer_cache import AnswerInputs, cached

        inputs = AnswerInputs(self.folder, self.index, self.day, self.now())
        found = cached(self.folder, self.step(step), inputs)
        return None if found is None else self.as_it_stands(step, found)

    def states(self, step: str = "") -> DecisionStates:
        """Return the states of all decisions, as needed to show the answer of ``step``.

        The result knows which proposals an earlier step already shows as open, so that ``step`` does not show
        them as open again. If ``step`` is empty, what other steps show is ignored.
        """
        from routines.answers.answer_states import states_on

        made_of = (self.index.lasting(self.day), self.entries() if step else ())
        kept = self._states.get(step)
        if kept is None or any(one is not two for one, two in zip(kept[0], made_of, strict=True)):
            kept = (made_of, states_on(self.index, self.shop, self.day, step))
            self._states[step] = kept
        return kept[1]

    def as_it_stands(self, step: str, answer: Answer[Words]) -> Answer[Words]:
        """Return the answer of ``step``, updated with the decisions made after the answer was computed."""
        from routines.answers.answer_states import as_it_stands

        return as_it_stands(answer, self.states(step), self._known)

    def ask(self, step: str) -> Answer:
        """Return the step's answer, computed in this process (headless, with pandas) unless it is cached."""
        from routines.answers.compute_answer import ask

        return ask(self.folder, step, day=self.day, now=self.now(), lang=self.lang, index=self.index)
