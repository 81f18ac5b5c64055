"""Review of past days: the month's calendar, finished reports, and a day's log with its figures then and now.

Only methods marked headless import pandas: a user interface has the analyst compute a month's figures and
current answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from core.answers.answer import Answer
from core.errors import BadInput, ShopdayError
from core.facts.batch import Batch
from core.facts.ledger import Ledger
from core.journal.entry import Entry, text_of, word_of
from core.journal.entry_codec import moment_of
from core.language.wording import say, text
from core.measures.calendar_names import festival_name
from core.review.correction import Correction, notices
from core.review.digest import DayDigest
from core.review.months import Months, days_of
from core.review.timeline import Moment, timeline
from routines.days.day_plan import DAYS, boxes_for, routine_of
from routines.forms.forms import form_words
from routines.past.month_figures import NOTHING, MonthFigures, known, suspected, work_out
from routines.plan.calendar import day_of

if TYPE_CHECKING:
    from core.shop.settings import Shop
    from routines.workday.workday import Workday

DayState: TypeAlias = Literal["before", "future", "today", "empty", "open", "draft", "finished", "late"]
"""before: before the shop's first entry; open: entries but no report; late: the report was finished late."""

LOOKED_BACK: Final = ("target", "drivers", "summary")
"""Steps whose answers are part of a report written after its day."""
_LATELY: Final = 14
"""The number of days searched for the last day with entries."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the calendar."""

    day: date
    state: DayState
    digest: DayDigest | None
    sold: float | None
    """Sales in yuan: according to the current exports, else as shown on the day after.

    Net sales if the month is judged by these.
    """
    target: float | None
    """Target in yuan: as used on the day after, else according to the current month plan."""
    figures: Mapping[str, float]
    """Figures of the current exports (gmv, visitors, conversion, aov); unknown ones are missing."""
    corrections: tuple[Correction, ...] = ()
    """Corrections of figures stated in the day's report."""
    campaign: str = ""
    """The name of the calendar entry that begins on the day; empty if none does."""
    net: bool = False
    """Whether sales and target are after refunds."""
    hollow: bool = False
    """Whether the result is not final, because refunds are still to come."""

    @property
    def share(self) -> float | None:
        """The share of the target reached; None if sales or target are unknown."""
        return self.sold / self.target if self.sold is not None and self.target else None

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None if unknown or not final."""
        return None if self.share is None or self.hollow else self.share >= 1

    @property
    def unfinished(self) -> bool:
        """Whether the day is over and its report was never finished."""
        return self.state in ("open", "draft")


@dataclass(frozen=True, slots=True)
class Submitted:
    """The number of reports a person finished in a month."""

    who: str
    reports: int
    late: int


class Review:
    """The past days of one shop, seen from one workday."""

    def __init__(self, workday: Workday) -> None:
        self.workday = workday
        self.months = Months(workday.book)
        self._began: date | None = None

    @property
    def today(self) -> date:
        """The current working day; it changes at 04:00."""
        return day_of(self.workday.now())

    def began(self) -> date | None:
        """Return the first day with journal entries; None if there is none."""
        if self._began is None:
            self._began = self.workday.book.first()
        return self._began

    def known(self, first: date) -> MonthFigures | None:
        """Return the month's cached figures and corrections; None if they must be computed first."""
        return known(self.workday.folder, self.months, first)

    def calendar(self, first: date) -> tuple[DayCell, ...]:
        """Return the calendar's cells for the month of ``first``, with what is known without computing."""
        digests = self.months.month(first)
        held = self.known(first) or NOTHING
        return tuple(self._cell(day, digests, held) for day in days_of(first))

    def cell(self, day: date) -> DayCell:
        """Return the calendar's cell of one day."""
        next_day = day + timedelta(days=1)
        return self._cell(day, self.months.days((day, next_day)), self.known(day) or NOTHING)

    def submitted(self, cells: tuple[DayCell, ...]) -> tuple[Submitted, ...]:
        """Return who finished how many of these days' reports, and how many of them late.

        The person with the most reports comes first.
        """
        done = [cell.digest for cell in cells if cell.digest and cell.digest.report == "finished"]
        number, late = Counter(one.by for one in done), Counter(one.by for one in done if one.report_late)
        return tuple(Submitted(who, reports, late[who]) for who, reports in number.most_common())

    def notices(self) -> tuple[str, ...]:
        """Return one line for each import since the last day with entries that corrected a finished report.

        Uses only cached figures: :meth:`suspected` returns the months that must be computed first.
        """
        since = self._last_worked()
        found = [one for first in self.recent() for one in (self.known(first) or NOTHING).corrections]
        zone = self.workday.shop.zone
        return notices([one for one in found if day_of(one.at.astimezone(zone)) >= since])

    def recent(self) -> tuple[date, date]:
        """Return the first day of last month and the first day of this month."""
        this = self.workday.day.replace(day=1)
        return (this - timedelta(days=1)).replace(day=1), this

    def suspected(self) -> list[date]:
        """Return the recent months that must be computed for :meth:`notices` to be complete.

        If the ledger cannot be used, all recent months are returned, because computing them reports the
        reason.
        """
        return [first for first in self.recent() if self.known(first) is None and self._suspected(first)]

    def _suspected(self, first: date) -> bool:
        try:
            return suspected(self.workday.folder, self.months, first)
        except BadInput:
            return True

    # -- one day's log ---------------------------------------------------------------------------

    def log(self, day: date, now: Mapping[str, Answer] | None = None) -> tuple[Moment, ...]:
        """Return the day's timeline; ``now``: the answers according to the current exports, by step."""
        entries = self.workday.book.day(day)
        return timeline(
            entries,
            titles=self._titles(),
            forms=form_words(self.workday.offers, self.workday.every_form),
            actions=self._actions(entries),
            now=now,
        )

    def outdated(self, day: date) -> dict[str, str]:
        """Return, by step, the ISO time of the last answer if a later import may have changed that answer.

        Uses only the ledger; steps whose answer cannot be computed again are left out.
        """
        batches = {batch.id: batch for batch in Ledger(self.workday.folder).batches()}
        last = {e.step: e for e in self.workday.book.day(day) if e.kind == "answered"}
        return {
            step: entry.at.isoformat()
            for step, entry in last.items()
            if step in self._titles() and _has_figures(entry) and _moved_on(entry, day, batches)
        }

    def log_now(self, day: date) -> tuple[Moment, ...]:
        """Return the day's log with the answers according to the current exports (headless, with pandas)."""
        from routines.answers.compute_answer import ask

        now = {}
        folder, lang, index = self.workday.folder, self.workday.lang, self.workday.index
        for step, at in self.outdated(day).items():
            now[step] = ask(folder, step, day=day, now=datetime.fromisoformat(at), lang=lang, index=index)
        return self.log(day, now)

    def work_out(self, first: date) -> MonthFigures:
        """Compute the month's figures in this process, with pandas (headless)."""
        return work_out(self.workday.folder, first, self.months)

    # -- helpers -------------------------------------------------------------------------------------

    def _cell(self, day: date, digests: Mapping[date, DayDigest], held: MonthFigures) -> DayCell:
        digest, morning = digests.get(day), digests.get(day + timedelta(days=1))
        figures = held.figures.get(day, {})
        sold, target, net, hollow = _standing(day, morning, held)
        return DayCell(
            day,
            self._state(day, digest),
            digest,
            sold,
            target,
            figures,
            tuple(one for one in held.corrections if one.report == day),
            begins(self.workday.shop, day),
            net,
            hollow,
        )

    def _state(self, day: date, digest: DayDigest | None) -> DayState:
        if digest is not None and digest.report == "finished":
            return "late" if digest.report_late else "finished"
        if day >= self.today:
            return "today" if day == self.today else "future"
        if digest is not None and digest.entries:
            return "draft" if digest.report == "draft" else "open"
        began = self.began()
        return "before" if began is None or day < began else "empty"

    def _last_worked(self) -> date:
        """Return the last day with entries before this workday's day, at most two weeks before it."""
        today = self.workday.day
        days = (today - timedelta(days=back) for back in range(1, _LATELY + 1))
        return next((day for day in days if self.workday.book.stamp(day)), today - timedelta(days=_LATELY))

    def _titles(self) -> dict[str, str]:
        routine = routine_of(self.workday.folder)
        return {
            box.step.id: say(box.step.title)
            for kind in reversed(list(DAYS))
            for box in boxes_for(kind, routine)
        }

    def _actions(self, entries: tuple[Entry, ...]) -> dict[str, str]:
        """Return the texts of the actions that these entries update, by action id.

        Each action is found on the day that its id contains.
        """
        found = {}
        for number in {word_of(one, "action") for one in entries if one.kind == "action-update"}:
            agreed = moment_of(number)
            if agreed is None:
                continue
            day = day_of(agreed.astimezone(self.workday.shop.zone))
            home = next((one for one in self.workday.book.day(day) if one.id == number), None)
            if home is not None:
                found[number] = text(text_of(home))
        return found


def _standing(
    day: date, morning: DayDigest | None, held: MonthFigures
) -> tuple[float | None, float | None, bool, bool]:
    """Return the day's sales and target, whether both are net, and whether the result is not final.

    ``morning`` is the digest of the next day, which judged this one; ``held`` are the current figures.
    """
    if (after := held.net.get(day)) is not None:
        return after.net, held.targets.get(day), True, after.state not in ("met", "missed")
    if held.net:  # a month judged by net sales, and a day without any yet
        return None, held.targets.get(day), True, False
    if morning is not None and morning.net:
        return morning.sold, morning.target, True, True
    sold = held.figures.get(day, {}).get("gmv", morning.sold if morning else None)
    target = morning.target if morning and morning.target is not None else held.targets.get(day)
    return sold, target, False, False


def begins(shop: Shop, day: date) -> str:
    """Return the name of the calendar entry that begins on the day; empty if none does.

    The quiet days after a campaign are left out.
    """
    special, before = shop.special(day), shop.special(day - timedelta(days=1))
    if special is None or not special.note or special.kind == "after":
        return ""
    goes_on = before is not None and before.kind != "after" and before.note == special.note
    return "" if goes_on else text(festival_name(special.note))


def unasked(view: Workday) -> list[str]:
    """Return the ids of the steps whose answers the report of a past day needs and nobody was shown."""
    if view.day >= day_of(view.now()):
        return []
    shown = {entry.step for entry in view.entries() if entry.kind == "answered"}
    return [step.id for step in view.plan.steps if step.id in LOOKED_BACK and step.id not in shown]


def corrected_in(view: Workday, *, work_out: bool = False) -> tuple[str, ...]:
    """Return one line for each import that changed figures stated in the day's finished report.

    The figures come from the cache; with ``work_out`` (headless, with pandas) they are computed if necessary.
    """
    review = Review(view)
    held = review.known(view.day)
    if held is None and work_out and suspected(view.folder, review.months, view.day):
        try:
            held = review.work_out(view.day)
        except ShopdayError:
            held = None
    return notices([one for one in (held or NOTHING).corrections if one.report == view.day])


def _has_figures(entry: Entry) -> bool:
    answer = entry.data.get("answer")
    pieces = answer.get("evidence") if isinstance(answer, dict) else None
    return isinstance(pieces, list) and any(one.get("kind") == "number" for one in pieces)


def _moved_on(entry: Entry, day: date, batches: Mapping[str, Batch]) -> bool:
    """Return whether an import that the answer used was undone, or one of its exports was imported again."""
    held = [batches[one] for one in entry.data.get("batches", []) if one in batches]
    sheets = {one.sheet for one in held}
    return any(not one.live for one in held) or any(
        one.live and one.sheet in sheets and one.at > entry.at and one.first <= day
        for one in batches.values()
    )
