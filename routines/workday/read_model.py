"""A shop's day as it can be looked at: read from settings, journal, facts and clock each time, nothing kept.

Nothing here imports pandas except :meth:`DayView.ask`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TypeAlias

from core.errors import UsageError
from core.journal.actions import Action, actions
from core.journal.book import Book
from core.journal.drafts import Drafts
from core.journal.entry import Entry
from core.journal.multi_day_index import Shelf
from core.journal.open_actions import OpenActions
from core.language.wording import Language, language_of_environment, say, speak
from core.shop.loading import load_shop
from core.shop.permissions import person_of
from core.shop.presence import Presence
from core.shop.settings import Shop, settings_file
from routines.plan.calendar import day_of
from routines.plan.day_plan import ROUTINE_FILE, plan_for, routine_of
from routines.plan.schedule import Agenda, agenda
from routines.plan.step import Plan, Step

if TYPE_CHECKING:
    from core.answers.answer import Answer
    from core.journal.projections import Decision, Note, Past, Reply
    from core.records.records import Records
    from core.reports.day_report import Report
    from routines.forms.form import Form, Offers

Clock: TypeAlias = Callable[[], datetime]
"""Returns the moment, zone-aware."""
Part: TypeAlias = Literal["journal", "facts", "settings", "people"]
Stamp: TypeAlias = tuple[int, int, int] | None

LEDGER: Final = Path("facts") / "ledger.json"


class DayView:
    """One shop's day as one person sees it."""

    folder: Path
    shop: Shop
    day: date
    lang: Language
    who: str
    """The name written into entries: the team's name of the Unix user, else the name as given."""
    plan: Plan

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        who: str,
        day: date | None = None,
        lang: Language | None = None,
        read_only: bool = False,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.user = who
        self._asked_lang = lang
        self._looking = read_only
        self.book = Book(folder)
        self.shelf = Shelf(self.book)
        self._open = OpenActions(self.shelf)
        self._stood: tuple[tuple[Entry, ...], tuple[datetime, int], Agenda] | None = None
        """The last agenda: one screen asks for it many times in a moment."""
        self._agreed: tuple[tuple[Entry, ...], tuple[Action, ...]] | None = None
        """The actions and the entries they were folded from: the same entries are folded once."""
        self.presence = Presence(folder)
        """Who else is here; this session's own sign."""
        self._load(day)
        self._seen = self._stamps()

    def on(self, day: date) -> Self:
        """Return another day of the shop as the same person sees it."""
        return type(self)(
            self.folder,
            clock=self.clock,
            who=self.user,
            day=day,
            lang=self._asked_lang,
            read_only=self._looking,
        )

    def reload(self) -> None:
        """Read shop.toml and routine.toml again; BadSettings leaves everything as it was."""
        self._load(self.day)

    def _load(self, day: date | None) -> None:
        speak(self._asked_lang or language_of_environment())
        shop = load_shop(self.folder)
        routine = routine_of(self.folder)
        day = day or day_of(self.clock().astimezone(shop.zone))
        plan = plan_for(day, shop, routine, self.folder / "cache")
        person = person_of(shop, self.user)
        self.shop, self.day, self.plan = shop, day, plan
        self.who = self.user if person is None else person.name
        self.lang = self._asked_lang or shop.language or language_of_environment()
        speak(self.lang)

    def now(self) -> datetime:
        """Return the moment in the shop's time zone."""
        return self.clock().astimezone(self.shop.zone)

    def turned(self) -> bool:
        """Tell whether the clock has left this day (it turns at 04:00): time to open the next."""
        return day_of(self.now()) > self.day

    def entries(self) -> tuple[Entry, ...]:
        """Return the day's entries, everybody's, oldest first."""
        return self.book.day(self.day)

    def changed(self) -> frozenset[Part]:
        """Return what changed on disk since the last call, by anybody; one stat per file."""
        before, self._seen = self._seen, self._stamps()
        return frozenset(part for part, stamp in self._seen.items() if before[part] != stamp)

    def _stamps(self) -> dict[Part, tuple[Stamp, ...]]:
        return {
            "journal": (_stamp(self.book.path(self.day)),),
            "facts": (_stamp(self.folder / LEDGER),),
            "people": (_stamp(self.presence.folder),),
            "settings": (_stamp(settings_file(self.folder)), _stamp(self.folder / ROUTINE_FILE)),
        }

    def told(self) -> tuple[str, ...]:
        """Return sentences about damaged journal files, each once: show them."""
        return tuple(str(trouble) for trouble in self.book.told())

    def agenda(self) -> Agenda:
        """Return where the day stands now."""
        now, entries = self.now(), self.entries()
        about = (now.replace(microsecond=0), id(self.plan))
        if self._stood is None or self._stood[0] is not entries or self._stood[1] != about:
            self._stood = (entries, about, agenda(self.plan, entries, now))
        return self._stood[2]

    def step(self, step: str) -> Step:
        """Return the step of the plan; UsageError with the closest name when there is none."""
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

    def forms(self, step: str) -> tuple[Form, ...]:
        """Return what can be recorded by hand in the step."""
        return tuple(self.form(form) for form in self.step(step).record)

    def form(self, form: str) -> Form:
        """Return the form; UsageError when there is none."""
        from routines.forms.forms import FORMS

        if form not in FORMS:
            raise UsageError(
                say("There is no form “{form}”. Known: {names}.", form=form, names=", ".join(FORMS))
            )
        return FORMS[form]

    @property
    def offers(self) -> Offers:
        """What fields of rivals, shops, items and people offer: (id kept, name shown)."""
        from routines.forms.form import offers_of

        return offers_of(self.shop)

    def question(self, step: str) -> str:
        """Return the one question the step's analysis answers, translated; empty when it has none."""
        return self.help(step).partition("\n\n")[0] if self.step(step).analyse else ""

    def help(self, step: str) -> str:
        """Return what F1 says of the step: its analysis's docstring, then the step's own help, translated.

        Each paragraph of the docstring, its line ends made spaces, is a message id.
        """
        from routines.analyst import registry

        found = self.step(step)
        paragraphs = registry.question(found.analyse).split("\n\n") if found.analyse else []
        said = [say(" ".join(paragraph.split())) for paragraph in paragraphs if paragraph.strip()]
        return "\n\n".join([*said, *([say(found.help)] if found.help else [])])

    def notes(self, step: str = "") -> tuple[Note, ...]:
        """Return the notes in their last wording, taken-back ones out; of all steps when empty."""
        from core.journal.projections import notes

        return notes(self.entries(), step or None)

    def replies(self, step: str = "") -> tuple[Reply, ...]:
        """Return each person's last reply to each question; of all steps when empty."""
        from core.journal.projections import replies

        return replies(self.entries(), step or None)

    def records(self, form: str, *, days: int = 1) -> Records[Any]:
        """Return the form's records in their last form: this day's, or those of the last ``days`` days."""
        from core.journal.projections import records as recorded
        from core.records.records import Records

        kind = self.form(form).record
        if days == 1:
            return recorded(self.entries(), kind)
        found = recorded(self.shelf.lasting(self.day), kind)
        return Records(tuple(row for row in found if (self.day - row.at.date()).days < days))

    def decisions(self, step: str = "") -> dict[str, Decision]:
        """Return this day's last decision on each key."""
        from core.journal.projections import decisions

        return {decision.key: decision for decision in decisions(self.entries(), step or None)}

    def actions(self, *, open_only: bool = False) -> tuple[Action, ...]:
        """Return the actions agreed up to this day as they stand, oldest first; handed ones count as open."""
        if open_only:
            return self._open.up_to(self.day)
        lasting = self.shelf.lasting(self.day)
        if self._agreed is None or self._agreed[0] is not lasting:
            self._agreed = (lasting, actions(lasting))
        return self._agreed[1]

    def past(self) -> Past:
        """Return the journal as an analysis of this day sees it."""
        return self.shelf.past(self.day)

    def answer(self, step: str) -> Answer | None:
        """Return the cached answer while nothing it stands on has changed, else None: computes nothing."""
        from routines.analyst.answer_cache import Stand, cached

        stand = Stand(self.folder, self.shelf, self.day, self.now(), self.lang)
        return cached(self.folder, self.step(step), stand)

    def ask(self, step: str) -> Answer:
        """Return the step's answer, computed in this process when it is not cached (headless)."""
        from routines.analyst.compute_answer import ask

        return ask(self.folder, step, day=self.day, now=self.now(), lang=self.lang)

    def report(self, *, look_back: bool = False, asked: Mapping[str, Answer] | None = None) -> Report:
        """Return the evening report as it builds itself from the entries so far.

        ``asked`` are answers nobody was shown on the day; with ``look_back`` (headless) they are asked here:
        what a day that is over sold, from exports imported since.
        """
        from core.reports.day_report import PlannedStep
        from core.reports.gather import report
        from routines.forms.forms import form_words
        from routines.past.review import corrected_in, unasked
        from routines.workday.handover import cover_lines

        earlier = [entry for entry in self.shelf.lasting(self.day) if entry.day != self.day]
        plan = [
            PlannedStep(step.id, say(step.title), step.at, step.minutes, step.must)
            for step in self.plan.steps
        ]
        answers = dict(asked or {}) | {step: self.ask(step) for step in unasked(self) if look_back}
        return report(
            self.entries(),
            earlier,
            shop=self.shop,
            day=self.day,
            plan=plan,
            forms=form_words(self.offers),
            now=self.now(),
            asked_now=answers,
            corrected=corrected_in(self, work_out=look_back),
            covered=cover_lines(self.entries()),
        )

    def render(self, report: Report, kind: Literal["md", "html", "txt"] = "md") -> str:
        """Return the report as text of that kind."""
        from core.reports import html, markdown, text

        renderers = {"md": markdown.render, "html": html.render, "txt": text.render}
        return renderers[kind](report)

    @property
    def drafts(self) -> Drafts:
        """What this person is typing: ``save(key, text)``, ``load(key)``, ``drop(key)``, ``all()``."""
        return Drafts(self.folder, self.who)


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
