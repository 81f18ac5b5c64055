"""Full-text search over past days, with the figures of each matching day.

A :class:`Finder` keeps the text of all days in memory, so it is used in the analyst's process or in a
command, never in the UI process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.errors import UsageError
from core.facts.ledger import Ledger
from core.find.figures import Figures, figures_by_day
from core.find.hits import FoundDay, Matches, search
from core.find.query import read
from core.find.searchable_text import SearchableText
from core.find.text_index import TextIndex
from core.journal.actions import actions
from core.journal.book import Book
from core.journal.entry import word_of
from core.journal.multi_day_index import MultiDayIndex
from core.language.speech import Language, language, speak
from core.language.wording import in_every_language, say
from core.measures.metrics import NAMES
from core.shop.loading import load_shop
from core.shop.settings import Shop
from routines.answers.answer_cache import code_version
from routines.days.day_plan import find_step, known_boxes, routine_of
from routines.forms.form import Form, offers_of
from routines.forms.forms import FORMS
from routines.forms.own_fields import with_own
from routines.past.find_results import Result, ResultDay, ResultFigure, ResultLine, asked_words, state_words
from routines.past.promise_history import DAYS, promise_ledger
from routines.plan.routine_overrides import Routine


class Finder:
    """Searches the past days of one shop."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = Book(folder)
        self._shop = load_shop(folder)
        self._routine = routine_of(folder)
        self._text = TextIndex(self.book, _names(self._shop, self._routine))
        self._figures: tuple[str, Figures] = ("", {})

    def find(
        self,
        words: str,
        *,
        today: date,
        lang: Language,
        first: date | None = None,
        last: date | None = None,
    ) -> Result:
        """Return the days up to ``today`` that match the words, newest first.

        Raise UsageError if there is nothing to search for, if the words name an unknown figure, or if
        ``first`` is after ``last``.
        """
        if language() != lang:
            speak(lang)
        query = read(words, first=first, last=last)
        if query.first is not None and query.last is not None and query.first > query.last:
            raise UsageError(say("The last day is before the first one."))
        self._renew()
        found = search(self._text, self._figures[1], replace(query, last=min(query.last or today, today)))
        return self._told(replace(found, query=query), today, lang)

    def told(self) -> tuple[str, ...]:
        """Return messages about damaged journal files, each once."""
        return self.book.told()

    def _renew(self) -> None:
        """Update texts and figures from disk.

        Figures are recomputed only for months whose exports changed.
        """
        shop, routine = load_shop(self.folder), routine_of(self.folder)
        if (shop, routine) != (self._shop, self._routine):
            self._shop, self._routine = shop, routine
            self._text = TextIndex(self.book, _names(shop, routine))
        self._text.renew()
        digest = Ledger(self.folder).digest()
        if self._figures[0] != digest:
            self._figures = (digest, figures_by_day(self.folder, shop, code_version()))

    def _told(self, found: Matches, today: date, lang: Language) -> Result:
        outcomes = self._outcomes(found.days, today, lang)
        words = _Words(self.folder, self._shop, self.book, outcomes)
        days = tuple(
            ResultDay(
                one.day.isoformat(),
                tuple(words.line(said, one.day) for said in one.said),
                tuple(ResultFigure(moved.metric, say(NAMES[moved.metric]), moved.value, moved.after)
                      for moved in one.figures),
            )
            for one in found.days
        )  # fmt: skip
        return Result(
            asked_words(found.query), found.query.words, days, found.all_days, found.all_lines, found.unknown
        )

    def _outcomes(self, days: Sequence[FoundDay], today: date, lang: Language) -> dict[str, str]:
        """Return the outcomes of those matches that are actions, by entry id."""
        asked = {said.id for one in days for said in one.said if said.kind == "action"}
        if not asked:
            return {}
        known = [one for one in actions(MultiDayIndex(self.book).lasting(today)) if one.id in asked]
        judged: dict[str, str] = {}
        if any(one.metric and (today - one.created).days <= DAYS for one in known):
            told = promise_ledger(self.folder, day=today, lang=lang).promises
            judged = {one.id: one.sentence for one in told if one.metric and one.outcome != "waiting"}
        return {one.id: judged.get(one.id) or state_words(one) for one in known}


class _Words:
    """Formats matching texts for display, with the names of choices, forms and steps instead of their ids."""

    def __init__(self, folder: Path, shop: Shop, book: Book, outcomes: Mapping[str, str]) -> None:
        self._routine = routine_of(folder)
        self._forms = _forms(self._routine)
        self._book = book
        self._outcomes = outcomes
        self._offers = offers_of(shop)
        self._titles: dict[str, str] = {"": ""}

    def line(self, said: SearchableText, day: date) -> ResultLine:
        text, outcome = said.text, self._outcomes.get(said.id, "")
        if said.kind == "decision":
            choice, _, rest = text.partition(": ")
            text = f"{say(choice)}: {rest}"
        elif said.kind == "record":
            text = self._record(said, day) or text
        return ResultLine(
            said.id,
            said.at.isoformat(),
            said.who,
            said.step,
            self._title(said.step),
            said.kind,
            text,
            outcome,
        )

    def _record(self, said: SearchableText, day: date) -> str:
        entry = next((one for one in self._book.day(day) if one.id == said.id), None)
        form = self._forms.get(word_of(entry, "form")) if entry is not None else None
        values = entry.data.get("values") if entry is not None else None
        if form is None or not isinstance(values, dict):
            return ""
        told = [
            (say(field.label), field.shown(values.get(field.name), self._offers)) for field in form.fields
        ]
        return ", ".join(f"{label} {value}" for label, value in told if value)

    def _title(self, step: str) -> str:
        """Return the step's title, or its id if the step no longer exists."""
        if step not in self._titles:
            try:
                self._titles[step] = say(find_step(step, self._routine).title)
            except UsageError:
                self._titles[step] = step
        return self._titles[step]


def _names(shop: Shop, routine: Routine | None) -> dict[str, str]:
    """Return the names that can be searched for: rivals, items, steps, forms and their choices."""
    found = {rival.id: rival.name for rival in shop.rivals if rival.name}
    found |= {item.id: f"{item.name} {item.id}" for item in shop.items if item.name}
    for box in known_boxes(routine):
        found[f"step/{box.step.id}"] = _everywhere(box.step.title)
    for form in _forms(routine).values():
        found[f"form/{form.id}"] = _everywhere(form.title)
        for field in form.fields:
            found[f"field/{form.id}/{field.name}"] = _everywhere(field.label)
            found |= {
                f"choice/{form.id}/{field.name}/{value}": _everywhere(label) for value, label in field.choices
            }
    return found


def _forms(routine: Routine | None) -> Mapping[str, Form]:
    return with_own(FORMS, () if routine is None else routine.fields)


def _everywhere(message: str) -> str:
    return " ".join(dict.fromkeys(in_every_language(message)))
