"""Builds the report of a day from its journal entries; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice

from core.actions.answers_with_states import with_states
from core.actions.decision_states import TELLING, DecisionStates, decision_states, open_elsewhere
from core.answers.answer import Answer, Evidence, Finding, Number
from core.answers.answer_codec import rendered
from core.answers.ranking import ranked
from core.journal import projections
from core.journal.actions import Action, actions
from core.journal.entry import Entry
from core.journal.steps import StepState, steps
from core.language import dates, money, numbers, wording
from core.language.message import Words
from core.language.wording import plural, say, sentences
from core.measures import indicators, metrics
from core.reports.day_report import ActionRow, Figure, FormWords, OwnWords, PlannedStep, Report, ReportLine
from core.reports.key_figures import key_figures
from core.reports.promises import promises_of
from core.reports.step_sections import step_parts
from core.reports.svg_charts import drawn
from core.shop.settings import Shop
from core.topics.evening.tally import first_things, kept_in

LINES = 3
"""Maximum sentences of each kind on the first page; the steps contain all of them."""
CHECKLIST = "cause"
"""The kind of finding that another step describes in more detail; it is sorted last among equals."""
LEFT_OVER = "kept"
"""The kind of the finding on what the month has left after refunds and costs."""
HEADLINE_STEPS = ("summary", "target")
"""Steps whose figures are shown on the first page."""
PICTURED = ("summary", "target", "drivers", "page", "evening_ads")
"""Steps whose time series and splits are shown as charts; the summary's is on the first page."""
PICTURES = 4
NO_WORDS = OwnWords()
_MOVES = ("done", "skipped", "dropped", "restored", "decision", "action", "action-update")
"""Kinds of entries after which an earlier summary no longer describes the state of the day."""


def report(  # noqa: PLR0913 - the report's inputs
    entries: Sequence[Entry],
    earlier: Iterable[Entry] = (),
    *,
    shop: Shop,
    day: date,
    plan: Sequence[PlannedStep] = (),
    forms: Mapping[str, FormWords] | None = None,
    now: datetime | None = None,
    asked_now: Mapping[str, Answer] | None = None,
    corrected: Sequence[str] = (),
    covered: Sequence[str] = (),
    present: Mapping[str, Answer] | None = None,
    own: OwnWords = NO_WORDS,
    unfed: str = "",
) -> Report:
    """Return the day's report, built from its entries.

    ``earlier``: the entries of previous days about actions. ``plan`` and ``forms`` provide titles in the
    reader's language; without them ids are shown. ``now``: the time until which a step in progress is
    counted. ``asked_now``: answers computed now, used for steps whose answer nobody was shown on that day.
    ``corrected`` (figures changed by later imports) and ``covered`` (who stood in for whom): lines for the
    first page.

    ``present``: answers computed just now, which replace those shown earlier in the day. If the summary is
    not among them and something was done or decided after it was shown, the verdict is computed from the
    entries alone, so that the first page does not contradict the table below it. ``own``: what the operator
    wrote for the first page. ``unfed``: the line about steps for which the platform has no export.
    """
    before = list(earlier)
    states = steps(entries)
    decided = decision_states([*before, *entries], shop, day)
    told = {step: one for step, one in (asked_now or {}).items() if one.verdict.level != "nodata"}
    answers = told | {
        step: rendered(_as_it_stands(said, replace(decided, elsewhere=open_elsewhere(entries, step))))
        for step in _answered(entries)
        if (said := projections.answer_said(entries, step)) is not None
    }
    answers |= dict(present or {})
    if "summary" not in (present or {}) and _went_on(entries, "summary"):
        answers.pop("summary", None)
    todo = actions([*before, *entries])
    today = [one for one in todo if _belongs(one, day)]
    written = projections.report(entries)
    settled = {one.finding for one in todo if one.state == "done"} | {
        one.key for one in projections.decisions(entries) if one.choice != projections.TALKED
    }
    asked = [finding for step in answers if step not in TELLING for finding in answers[step].findings]
    kept = kept_in(*(answers.get(step) for step in ("standup", "wrapup", "summary")))
    waiting = [one for one in today if one.state == "open" and one.id not in kept]
    parts = step_parts(entries, answers, states, plan, forms or {}, now)
    return Report(
        shop=shop.name,
        day=day,
        date=dates.day(day),
        who=tuple(dict.fromkeys(entry.who for entry in entries)),
        state="building" if written is None else written.state,
        verdict=_verdict(answers, states, today, plan),
        figures=_figures(answers),
        key_figures=key_figures(answers.get("summary")),
        good=_lines(asked, ("good",), shop),
        improve=_lines([one for one in asked if one.key not in settled], ("act", "watch"), shop),
        keep=tuple(dict.fromkeys(one.text for one in asked if one.kind == "keep"))[:LINES],
        promises=promises_of(answers.get("standup")),
        done=action_rows([one for one in today if one.state == "done"], shop),
        open=action_rows(waiting, shop, day),
        reached=action_rows([one for one in today if one.state == "open" and one.id in kept], shop),
        handed=action_rows([one for one in today if one.state == "handed"], shop),
        dropped=action_rows([one for one in today if one.state == "dropped"], shop),
        tomorrow=_tomorrow(
            own,
            first_things(
                [one for one in todo if one.id not in kept],
                ranked(asked, shop.margin),
                {one.key for one in projections.decisions(entries)},
                day,
            ),
        ),
        suggested=not own.tomorrow,
        conclusion=own.conclusion,
        decided=sum(len(part.decisions) for part in parts),
        rivals=_said_of("rivals", answers),
        newcomer=own.newcomer,
        planned_minutes=sum(step.minutes for step in plan),
        used_minutes=round(sum(_used(state, now) for state in states.values()) / 60),
        steps=parts,
        late=sum(entry.late for entry in entries),
        written="" if written is None else written.text,
        written_by="" if written is None else written.who,
        pictures=_pictures(answers),
        corrected=tuple(corrected),
        covered=tuple(covered),
        unfed=unfed,
    )


def _used(state: StepState, now: datetime | None) -> float:
    """Return the seconds spent on the step; a visit still in progress counts until ``now``."""
    used = state.used_by(now)
    return 0.0 if used is None else used.total_seconds()


def _went_on(entries: Sequence[Entry], step: str) -> bool:
    """Return whether something was done, decided or agreed after the step's answer was last shown."""
    kinds = [(entry.kind, entry.step) for entry in entries]
    shown = [place for place, one in enumerate(kinds) if one == ("answered", step)]
    after = kinds[shown[-1] + 1 :] if shown else []
    return any(kind in _MOVES and not (kind == "done" and on == step) for kind, on in after)


def _tomorrow(own: OwnWords, computed: Sequence[Words]) -> tuple[str, ...]:
    """Return the first few things to do tomorrow: the operator's own, else those computed from the day."""
    return own.tomorrow or tuple(dict.fromkeys(map(wording.text, computed)))[:LINES]


def _as_it_stands(said: Answer[Words], states: DecisionStates) -> Answer[Words]:
    """Return the answer, updated with the decisions made after it was shown; its verdict stays unchanged."""
    return replace(with_states(said, states), verdict=said.verdict)


def _answered(entries: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.step for entry in entries if entry.kind == "answered"))


def _belongs(action: Action, day: date) -> bool:
    """Return whether the action belongs in the day's report.

    It does if it was agreed or updated on the day, or if it is due by the day and still open or handed over.
    """
    if action.created > day:
        return False
    if action.created == day or any(update.day == day for update in action.updates):
        return True
    return action.state in ("open", "handed") and action.due is not None and action.due <= day


def _verdict(
    answers: Mapping[str, Answer],
    states: Mapping[str, StepState],
    today: Sequence[Action],
    plan: Sequence[PlannedStep],
) -> ReportLine:
    """Return the summary's verdict; if it was not computed, a count of finished steps and actions.

    In a shop with a net target it ends with what the month has left so far.
    """
    kept = _left_over(answers)
    if "summary" in answers:
        verdict = answers["summary"].verdict
        return ReportLine(sentences([verdict.text, *kept]), verdict.level)
    own = [step.id for step in plan if step.id != "summary"] or list(states)
    done = sum(states[step].state == "done" for step in own if step in states)
    acted = sum(one.state == "done" for one in today)
    work = say(
        "{done} of {all} steps and {acted} of {agreed} actions done.",
        done=done,
        all=len(own),
        acted=acted,
        agreed=len(today),
    )
    if "target" in answers:
        said = f"{answers['target'].verdict.text} {work}"
        return ReportLine(sentences([said, *kept]), answers["target"].verdict.level)
    return ReportLine(work, "info")


def _left_over(answers: Mapping[str, Answer]) -> list[str]:
    """Return the text on what the month has left so far; empty if the shop has no net target."""
    answer = answers.get("target")
    found = () if answer is None else answer.findings
    return [one.text for one in found if one.kind == LEFT_OVER]


def _said_of(step: str, answers: Mapping[str, Answer]) -> str:
    """Return the step's verdict; empty if it was not computed or had no data."""
    answer = answers.get(step)
    return "" if answer is None or answer.verdict.level == "nodata" else answer.verdict.text


def _figures(answers: Mapping[str, Answer]) -> tuple[Figure, ...]:
    """Return the figures for the first page: of the day so far, and of the month (:data:`HEADLINE_STEPS`)."""
    return tuple(
        _figure(one) for step in HEADLINE_STEPS if step in answers for one in _numbers(answers[step])
    )


def _numbers(answer: Answer) -> list[Number]:
    return [piece for piece in answer.evidence if isinstance(piece, Number)]


def _pictures(answers: Mapping[str, Answer]) -> tuple[Evidence, ...]:
    """Return the first few time series and splits of the morning's answers, to be shown as charts."""
    found = (
        piece for step in PICTURED if step in answers for piece in answers[step].evidence if drawn(piece)
    )
    return tuple(islice(found, PICTURES))


def _figure(number: Number) -> Figure:
    show = _shower(number.unit)
    band = ""
    if number.low is not None and number.high is not None:
        band = say("{low} to {high}", low=show(number.low), high=show(number.high))
    return Figure(
        number.name, show(number.value), show(number.reference) if number.reference is not None else "", band
    )


def _shower(unit: str) -> Callable[[float | None], str]:
    shows: dict[str, Callable[[float | None], str]] = {
        "CNY": money.money,
        "rate": numbers.percent,
        "ratio": numbers.ratio,
    }
    return shows.get(unit, numbers.count)


def _lines(
    findings: Sequence[Finding], levels: tuple[str, ...], shop: Shop, most: int = LINES
) -> tuple[str, ...]:
    """Return the texts of the findings with these levels, in the order of :mod:`core.answers.ranking`.

    At most ``most`` texts, followed by a line that says how many more there are. If the first of the levels
    alone has at least that many texts, the other levels are left out.
    """
    asked = [one for one in findings if one.level in levels]
    chosen = ranked(sorted(asked, key=lambda one: one.kind == CHECKLIST), shop.margin)
    urgent = list(dict.fromkeys(one.text for one in chosen if one.level == levels[0]))
    texts = urgent if len(urgent) >= most else list(dict.fromkeys(one.text for one in chosen))
    more = len(texts) - most
    if more > 0:
        texts[most:] = [plural("and {n} more, below", "and {n} more, below", more)]
    return tuple(texts)


def action_rows(found: Sequence[Action], shop: Shop, day: date | None = None) -> tuple[ActionRow, ...]:
    """Return the actions formatted for the report.

    If ``day`` is given, those due after that day are marked as ``later``.
    """
    rows = []
    for one in found:
        owner = one.owner or (wording.text(indicators.person_for(shop, one.role)) if one.role else one.who)
        metric = say(metrics.NAMES.get(one.metric, one.metric)) if one.metric else ""
        reason = one.updates[-1].reason if one.updates else ""
        rows.append(
            ActionRow(
                one.text,
                owner,
                dates.short_day(one.due) if one.due else "",
                one.state,
                metric,
                reason,
                later=day is not None and one.due is not None and one.due > day,
            )
        )
    return tuple(rows)
