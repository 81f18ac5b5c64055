"""The row of one shop on the board: how its month, its day and its work stand, as plain values.

A row is computed from the answers of the day's steps in the cache, and read by others without computing
anything. Its texts are messages, which each reader sees in the own language.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Generic, Literal, NamedTuple, TypeAlias, cast

from core.answers.answer import (
    NOTHING,
    Answer,
    Finding,
    LevelName,
    MonthStanding,
    Series,
    W_co,
    worst,
)
from core.answers.answer_codec import decode_value, encode_value
from core.answers.ranking import ASKING, at_stake, priority, rank
from core.errors import CannotPost
from core.language import wording
from core.language.message import Listed, Words
from core.language.speech import Speech, language, platform, speak
from core.shop.loading import load_shop
from core.shop.settings import Person, settings_file
from routines.fleet.shop_state import file_stamp
from routines.workday.workday import Workday

FORMAT: Final = 1
"""Format version of a stored row, increased if an older shopday could misread it."""
RECENT: Final = 14
"""The number of days whose sales are drawn as dots."""
PROMISES_OVER: Final = timedelta(days=30)
"""Promises due in this time are counted."""
ReportStage: TypeAlias = Literal["none", "draft", "finished", "posted"]
_FAILED_POST: Final = ("refused",)


class StepLevel(NamedTuple):
    """One step of the day: the level of its answer and how far it is."""

    step: str
    title: str
    """Message id of its title."""
    at: str
    """When it begins by the plan: 08:30."""
    level: LevelName | None
    """The level of its answer; None if the step has no answer yet."""
    state: str
    """done, skipped, dropped, running, due, late or later."""


@dataclass(frozen=True, slots=True)
class StepTable:
    """The steps of a day by column, which is read much faster than one object per step."""

    steps: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    """Empty for a step without an answer."""
    states: tuple[str, ...] = ()

    @classmethod
    def of(cls, steps: Iterable[StepLevel]) -> StepTable:
        """Return the table of these steps."""
        rows = list(steps)
        return cls(
            tuple(one.step for one in rows),
            tuple(one.title for one in rows),
            tuple(one.at for one in rows),
            tuple(one.level or "" for one in rows),
            tuple(one.state for one in rows),
        )

    def __iter__(self) -> Iterator[StepLevel]:
        """Return the steps in order."""
        columns = zip(self.steps, self.titles, self.starts, self.levels, self.states, strict=True)
        for step, title, at, level, state in columns:
            yield StepLevel(step, title, at, cast("LevelName | None", level or None), state)

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class MissingExport:
    """An export that the day needs and the shop has not imported."""

    sheet: str
    title: str
    """Message id of its name."""
    state: str
    """expected (no data at all), partial (days are missing) or stale (it ends too early)."""


@dataclass(frozen=True, slots=True)
class Team:
    """The people of the shop's team, as far as it decides who may see the shop."""

    names: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    """The Unix user of each person; empty for a person without an account."""

    @property
    def people(self) -> tuple[Person, ...]:
        """The people as the settings have them, without their roles."""
        pairs = zip(self.names, self.users, strict=True)
        return tuple(Person(name=name, user=user) for name, user in pairs)


@dataclass(frozen=True, slots=True)
class BoardRow(Generic[W_co]):
    """One shop on one day; an unknown value is None."""

    key: str = ""
    """The shop's name in fleet.toml; filled in by the store."""
    name: str = ""
    """The shop's name in its settings."""
    day: str = ""
    """The working day; ISO date."""
    computed: str = ""
    """When the row was computed; ISO time with time zone. Empty if it never was."""
    platform: str = ""
    currency: str = ""
    """The sign of the shop's amounts of money."""
    month: MonthStanding | None = None
    yesterday: float | None = None
    """Yesterday's sales; in a month without a target, too."""
    recent: tuple[float | None, ...] = ()
    """The sales of the last days, oldest first."""
    stake: float | None = None
    """The money at stake over seven days: of all findings that ask for something, each counted once."""
    level: LevelName = "nodata"
    """The most urgent level of the steps' answers."""
    steps: StepTable = StepTable()
    missing: tuple[MissingExport, ...] = ()
    done: int = 0
    """Steps that are done, skipped or dropped."""
    due: int = 0
    """Steps whose time has come, and those being worked on."""
    late: int = 0
    """Steps whose planned time is over although nobody has done them."""
    behind: int = 0
    """Minutes by which the current step is late."""
    at: str = ""
    """The id of the current step; empty if all are done."""
    who: tuple[str, ...] = ()
    """The people who are working on a step now."""
    seen: tuple[str, ...] = ()
    """The people who have written something on this day."""
    kept: int = 0
    """Promises of the last 30 days that were kept."""
    not_kept: int = 0
    report: ReportStage = "none"
    headline: W_co | str = ""
    """The most urgent finding in one sentence; empty if nothing asks for something."""
    headline_step: str = ""
    headline_stake: float | None = None
    team: Team = Team()
    settings: str = ""
    """The stamp of shop.toml when the team was read."""
    trouble: W_co | str = ""
    """Why the last attempt to compute the row failed; empty if it did not."""
    trouble_at: str = ""
    """When it failed; ISO time with time zone."""


def row_data(row: BoardRow[Words]) -> dict[str, Any]:
    """Return the row as JSON."""
    return {"format": FORMAT, "row": encode_value(BoardRow, row)}


def row_from(data: object, key: str = "") -> BoardRow[Words]:
    """Return the row from JSON of :func:`row_data`, with this key; raise ValueError if it is invalid.

    Raise NewerRow if a newer shopday wrote it.
    """
    if not isinstance(data, dict) or type(data.get("format")) is not int:
        raise ValueError("no row of the board")
    if data["format"] > FORMAT:
        raise NewerRow
    row = data.get("row")
    found = decode_value(BoardRow, {**row, "key": key} if key and isinstance(row, dict) else row)
    if not _is_usable(found):
        raise ValueError("a row of the board with impossible values")
    return found


def _is_usable(row: BoardRow[Words]) -> bool:
    """Return whether times have a zone, amounts are finite, and the columns of the steps fit together."""
    for moment in filter(None, (row.computed, row.trouble_at)):
        if datetime.fromisoformat(moment).tzinfo is None:
            return False
    steps, month = row.steps, row.month
    amounts = [row.stake, row.yesterday, row.headline_stake, *row.recent]
    if month is not None:
        amounts += [
            month.sold,
            month.day_target,
            month.to_date,
            month.target_to_date,
            month.target,
            month.chance,
        ]
    sizes = {len(one) for one in (steps.steps, steps.titles, steps.starts, steps.levels, steps.states)}
    pairs = len(row.team.names) == len(row.team.users)
    return len(sizes) == 1 and pairs and all(one is None or math.isfinite(one) for one in amounts)


def with_texts(row: BoardRow[Words]) -> BoardRow[str]:
    """Return the row with its texts in the current language."""
    speak_for(row)
    return cast("BoardRow[str]", decode_value(BoardRow, encode_value(BoardRow, row, wording.text), _same))


def speak_for(row: BoardRow[Any]) -> None:
    """Use the names of the row's platform and its currency sign for what is rendered next."""
    if row.name and (platform(), Speech.currency) != (row.platform, row.currency):
        speak(language(), row.platform, row.currency)


def _same(text: object) -> str:
    return str(text)


class NewerRow(ValueError):
    """Raised if a row was written by a newer version of shopday."""


def board_row(workday: Workday) -> BoardRow[Words]:
    """Return the shop's row as of now, from the answers in the cache; no analysis of a step is run.

    Steps without a valid answer in the cache have no level. What is missing and the promises' outcomes are
    looked up in the exports, which imports pandas. Raise BadInput if settings or ledger are invalid.
    """
    stamp = file_stamp(settings_file(workday.folder))
    shop = load_shop(workday.folder)
    answers = {
        step.id: answer
        for step in workday.plan.steps
        if step.analyse and (answer := workday.said(step.id)) is not None
    }
    agenda = workday.agenda()
    month = next((answer.month for answer in answers.values() if answer.month is not None), None)
    top = _top(answers, shop.margin)
    kept, not_kept = _promises(workday)
    current = agenda.current
    states = [line.state for line in agenda.lines]
    return BoardRow(
        name=shop.name,
        day=workday.day.isoformat(),
        computed=workday.now().isoformat(timespec="seconds"),
        platform=shop.platform,
        currency=shop.currency,
        month=month,
        yesterday=_yesterday(answers.values(), month, workday.day),
        recent=_recent(answers.values(), month),
        stake=_stake(answers.values(), shop.margin) if answers else None,
        level=worst([one.verdict.level for one in answers.values()]) if answers else "nodata",
        steps=StepTable.of(
            StepLevel(
                step=line.step.id,
                title=line.step.title,
                at=f"{line.planned_start:%H:%M}",
                level=answers[line.step.id].verdict.level if line.step.id in answers else None,
                state=line.state,
            )
            for line in agenda.lines
        ),
        missing=_missing(workday),
        done=sum(state in ("done", "skipped", "dropped") for state in states),
        due=sum(state in ("due", "running") for state in states),
        late=states.count("late"),
        behind=agenda.behind_minutes,
        at=current.step.id if current is not None else "",
        who=_present(workday),
        seen=tuple(sorted({entry.who for entry in workday.entries() if entry.who})),
        kept=kept,
        not_kept=not_kept,
        report=_report(workday),
        headline=_first_sentence(top[1].text) if top else "",
        headline_step=top[0] if top else "",
        headline_stake=priority(top[1], shop.margin) or None if top else None,
        team=Team(tuple(one.name for one in shop.team), tuple(one.user for one in shop.team)),
        settings=stamp,
    )


def _asking(answers: Iterable[Answer[Words]]) -> list[Finding[Words]]:
    """Return the findings that ask for something; of several about the same incident only the first."""
    found: dict[str, Finding[Words]] = {}
    for answer in answers:
        for one in answer.findings:
            if one.level in ASKING:
                found.setdefault(one.incident or one.key, one)
    return list(found.values())


def _stake(answers: Iterable[Answer[Words]], margin: float | None) -> float | None:
    """Return the sum of the money at stake over seven days; None if no amount is known.

    Findings about the shop as a whole, such as a month that falls short, are left out: they contain the
    others.
    """
    parts = [one for one in _asking(answers) if one.about != NOTHING or one.incident]
    known = [priority(one, margin) for one in parts if at_stake(one, margin) > 0]
    return sum(known) if known else None


def _top(answers: dict[str, Answer[Words]], margin: float | None) -> tuple[str, Finding[Words]] | None:
    """Return the finding to act on first, and its step; None if no finding asks for something."""
    found = [
        (step, one) for step, answer in answers.items() for one in answer.findings if one.level in ASKING
    ]
    return min(found, key=lambda pair: rank(pair[1], margin), default=None)


def _first_sentence(words: Words) -> Words:
    return words.parts[0] if isinstance(words, Listed) and words.between == "sentences" else words


def _yesterday(answers: Iterable[Answer[Words]], month: MonthStanding | None, day: date) -> float | None:
    if month is not None:
        return month.sold
    before = (day - timedelta(days=1)).isoformat()
    stated = (answer.figures.get(before, {}).get("gmv") for answer in answers)
    return next((value for value in stated if value is not None), None)


def _recent(answers: Iterable[Answer[Words]], month: MonthStanding | None) -> tuple[float | None, ...]:
    """Return the sales of the last days, from the picture below the verdict on the month's target."""
    leads = (answer.lead for answer in answers if answer.month is not None and answer.month == month)
    found = next((one for one in leads if isinstance(one, Series)), None)
    return () if found is None else found.newest(RECENT).values


def _missing(workday: Workday) -> tuple[MissingExport, ...]:
    from core.exports.kinds.registry import SHEETS
    from routines.answers.file_checklist import file_checklist

    files = file_checklist(workday.folder, workday.day, workday.now())
    return tuple(MissingExport(one.sheet, SHEETS[one.sheet].title, one.state) for one in files if one.missed)


def _present(workday: Workday) -> tuple[str, ...]:
    """Return who is working on a step, and who else has the shop open."""
    visitors = {name for state in _states(workday) for name in state}
    return tuple(sorted(visitors | {one.who for one in workday.presence.others()}))


def _states(workday: Workday) -> Sequence[Iterable[str]]:
    from core.journal.steps import steps

    return [state.visitors for state in steps(workday.entries()).values()]


def _promises(workday: Workday) -> tuple[int, int]:
    from routines.past.promise_history import promise_ledger

    ledger = promise_ledger(workday.folder, day=workday.day, lang=workday.lang, days=PROMISES_OVER.days)
    outcomes = [one.outcome for one in ledger.promises]
    return outcomes.count("kept"), outcomes.count("not kept")


def _report(workday: Workday) -> ReportStage:
    """Return how far the day's report is; ``posted`` if it was sent, even if its arrival is uncertain."""
    from core.journal.projections import report

    try:
        sent = [
            one for one in workday.book.store.shared.sent_log().sent() if one.about == workday.day.isoformat()
        ]
    except CannotPost:
        sent = []
    if any(one.state not in _FAILED_POST for one in sent):
        return "posted"
    written = report(workday.entries())
    if written is None:
        return "none"
    return "finished" if written.state == "finished" else "draft"
