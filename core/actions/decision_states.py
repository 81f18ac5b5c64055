"""The state of each decision (decided, done, result known), computed from the journal in one place.

A matter (:class:`core.actions.deeds.Matter`) has one state: that of the newest decision on it, whether it was
made on the keyword board (the table in which keywords are decided) or agreed as an action. Steps, meetings,
reports and screens all ask :meth:`DecisionStates.of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from core.actions.deeds import CHOICES, DEEDS, WEEK, Matter, kind_of, matter_of
from core.answers.answer import About, Proposal
from core.journal.actions import Action, actions
from core.journal.entry import Entry
from core.journal.format_1 import about_of, value_of
from core.journal.projections import TALKED, Decision, decisions
from core.language.message import Words
from core.shop.settings import Shop

Stage: TypeAlias = Literal["agreed", "done", "undone", "dropped", "kept"]
"""How far a decision is: agreed and not done yet; done; not done, or dropped, each with a reason; or kept,
i.e. left as it is although a change was proposed."""
OFF: Final = 0.1
"""The relative change of a quantity or price beyond which the facts count as changed."""
TELLING: Final = ("summary", "standup", "hands_on", "breakdown", "wrapup")
"""Steps that repeat findings of other steps: a proposal is open in the step that made it, not in these."""
CARRY_OUT: Final = "hands_on"
"""The step in which decisions are ticked off as done."""
LEAVE: Final = frozenset(
    {"keep", "observe", "leave", "hold", "wait", "ignore", "no call", "none", "noted", "agreed"}
)
"""Choices that ask for no action."""
TICKED_DONE: Final = frozenset({"done", "yes"})
TICKED_UNDONE: Final = frozenset({"not done", "not_done", "no", "dropped"})


class DecisionState(NamedTuple):
    """The last decision on one matter, and how far it has been carried out."""

    matter: Matter
    stage: Stage
    deed: str
    """The deed that was decided; empty if it was decided to change nothing."""
    proposed: str
    """The deed that had been proposed for a decision on the keyword board; empty for an action."""
    day: date
    """The working day of the decision."""
    at: datetime
    who: str
    """Who decided."""
    owner: str = ""
    """Who is to do it, if somebody was named."""
    due: date | None = None
    done: date | None = None
    done_at: datetime | None = None
    result_on: date | None = None
    """The first day on which its result can be judged; None while it is open."""
    quantity: float | None = None
    price: float | None = None
    arrives: date | None = None
    arrived: date | None = None
    reason: str = ""
    action: str = ""
    """The id of the action; empty for a decision on the keyword board."""
    key: str = ""
    """The key by which it is ticked off as done: its key on the keyword board, or the action's id."""
    step: str = ""
    words: Words = ""
    """The text of the action as agreed; empty for a decision on the keyword board."""
    which: str = ""
    """The keyword or other name that the decision is about."""
    choice: str = ""
    """The choice made on the keyword board."""

    def stands(self, proposal: Proposal[Any], today: date) -> bool:
        """Return whether the decision still holds, so that the proposal is not made again.

        A decision holds until its result can be judged, as long as the facts are unchanged; "not done" holds
        only on the day on which it was recorded.
        """
        if self.stage == "undone":
            return self.day == today
        if self.result_on is not None and today >= self.result_on:
            return False
        return not self.changed(proposal)

    def is_overdue(self, today: date) -> bool:
        """Return whether it is an action that is not done and should have been done before today."""
        open_action = bool(self.action) and self.stage == "agreed"
        return open_action and self.due is not None and self.due < today

    def changed(self, proposal: Proposal[Any]) -> bool:
        """Return whether another deed is proposed now, or the same one with a different quantity or price."""
        if proposal.deed in DEEDS and proposal.deed not in (self.deed, self.proposed):
            return True
        return _off(proposal.quantity, self.quantity) or _off(proposal.price, self.price)


@dataclass(frozen=True, slots=True)
class DecisionStates:
    """The state of every matter (what a decision can be about) as of one day."""

    today: date
    by_matter: Mapping[Matter, DecisionState] = field(default_factory=dict)
    elsewhere: Mapping[Matter, str] = field(default_factory=dict)
    """The step that shows the open proposal on each matter today; other steps only refer to it."""

    def of(self, proposal: Proposal[Any], finding: str = "") -> DecisionState | None:
        """Return the last decision on what the proposal is about (its matter); None if there is none.

        ``finding``: the key of the finding that makes the proposal.
        """
        known = [state for one in _all(proposal, finding) if (state := self.by_matter.get(one)) is not None]
        return max(known, key=lambda one: one.at, default=None)

    def about(self, deed: str, about: About) -> DecisionState | None:
        """Return the last decision on what the deed is about; None if there is none.

        If nothing was decided on exactly that, the next wider matter counts, e.g. the item instead of one
        keyword.
        """
        matter = matter_of(deed, about)
        wider = () if matter is None else matter.wider()
        return next((state for one in wider if (state := self.by_matter.get(one)) is not None), None)

    def place(self, proposal: Proposal[Any], finding: str = "") -> str:
        """Return the id of the step that already shows this proposal as open today; empty if no step does."""
        return next((self.elsewhere[one] for one in _all(proposal, finding) if one in self.elsewhere), "")

    def news(self) -> tuple[DecisionState, ...]:
        """Return the decisions whose results are not known yet, newest first."""
        alive = [one for one in self.by_matter.values() if self._alive(one)]
        return tuple(sorted(alive, key=lambda one: one.at, reverse=True))

    def _alive(self, state: DecisionState) -> bool:
        if state.stage == "agreed":
            return True
        if state.stage != "done":
            return False
        return state.result_on is not None and state.result_on >= self.today


def decision_states(
    entries: Sequence[Entry], shop: Shop, today: date, *, elsewhere: Mapping[Matter, str] | None = None
) -> DecisionStates:
    """Return the state of every matter from the journal's lasting entries up to and including ``today``.

    If two people decide the same matter at once, both entries are kept and the later one counts.
    ``elsewhere``: the step that shows each matter's open proposal today.
    """
    upto = [one for one in entries if one.day is None or one.day <= today]
    found = [
        *_of_actions(actions(upto), shop),
        *_of_decisions(decisions(upto), shop, today),
    ]
    newest: dict[Matter, DecisionState] = {}
    for state in sorted(found, key=lambda one: one.at):
        newest[state.matter] = state
    return DecisionStates(today, newest, elsewhere or {})


def open_elsewhere(entries: Iterable[Entry], step: str) -> dict[Matter, str]:
    """Return, for each matter with an open proposal today, the step that shows it.

    Only steps first shown before ``step`` count, as recorded in the journal; if several show the same matter,
    the first counts. Steps that only repeat other steps' findings (:data:`TELLING`) are left out; if ``step``
    is one of these, the result is empty.
    """
    if step in TELLING:
        return {}
    shown: dict[str, Any] = {}
    for entry in entries:
        if entry.kind == "answered" and entry.step not in TELLING:
            shown[entry.step] = entry.data.get("answer")
    found: dict[Matter, str] = {}
    for name, answer in shown.items():
        if name == step:
            break  # steps shown later refer to this one
        for matter in _kept_matters(answer):
            found.setdefault(matter, name)
    return found


def _kept_matters(answer: object) -> Iterable[Matter]:
    findings = answer.get("findings") if isinstance(answer, dict) else None
    for one in findings if isinstance(findings, list) else ():
        asked = [one.get(name) for name in ("proposals", "settled")] if isinstance(one, dict) else []
        for proposal in chain.from_iterable(some for some in asked if isinstance(some, list)):
            if isinstance(proposal, dict):
                about = proposal.get("about")
                named = about if isinstance(about, dict) else {}
                fields = {name: named[name] for name in About.__slots__ if isinstance(named.get(name), str)}
                matter = matter_of(str(proposal.get("deed", "")), About(**fields))
                if matter is not None:
                    yield matter


def _all(proposal: Proposal[Any], finding: str) -> Iterable[Matter]:
    """Yield the matters on which a decision also settles the proposal.

    These are the proposal's own matter, the wider ones that cover it, and the finding that makes the
    proposal.
    """
    own = matter_of(proposal.deed, proposal.about)
    yield from () if own is None else own.wider()
    for role in (proposal.role, ""):
        found = matter_of("", proposal.about, finding, role)
        if found is not None:
            yield found


def _of_actions(found: Iterable[Action], shop: Shop) -> Iterable[DecisionState]:
    for one in found:
        matter = matter_of(one.deed, one.about, one.finding, one.role)
        if matter is None:
            continue
        stage: Stage = {"open": "agreed", "handed": "agreed", "done": "done"}.get(one.state, "dropped")  # type: ignore[assignment]
        at = one.updates[-1].at if one.updates else one.at
        yield DecisionState(
            matter, stage, one.deed, "", one.created, at, one.who, one.owner, one.due,
            one.closed if stage == "done" else None,
            one.closed_at if stage == "done" else None,
            _result_on(one.deed, shop, one.closed, one.told_on, WEEK if stage == "dropped" else 1),
            one.quantity, one.price, one.arrives, one.arrived,
            one.updates[-1].reason if one.updates else "",
            one.id, one.id, one.step, one.words, _named(one.about),
        )  # fmt: skip


def _of_decisions(found: Sequence[Decision], shop: Shop, today: date) -> Iterable[DecisionState]:
    ticks = [one for one in found if one.step == CARRY_OUT]
    for one in found:
        kind = about_of(one.key)[0]
        if one.step == CARRY_OUT or one.choice == TALKED or kind == "diet" or one.day is None:
            continue
        deed = _proposed_deed(one, kind)
        choice = CHOICES.get(one.choice, "")
        on_board = bool(one.about.word and (choice or deed))
        matter = matter_of(choice or deed, one.about) if on_board else matter_of("", one.about, one.key)
        if matter is None:
            continue
        later = (tick for tick in reversed(ticks) if tick.key == one.key and (tick.day or today) >= one.day)
        tick = next(later, None)
        stage = "kept" if one.choice in LEAVE or (on_board and not choice) else _stage(tick)
        done = tick.day if tick is not None and stage == "done" else None
        ended = one.day if stage == "kept" else done
        yield DecisionState(
            matter,
            stage,
            choice,
            deed,
            one.day,
            one.at,
            one.who,
            due=one.day,
            done=done,
            done_at=tick.at if tick is not None and stage == "done" else None,
            result_on=_result_on(choice or deed, shop, ended, None, WEEK),
            price=_number(value_of(one.detail, "next_cpc"), value_of(one.detail, "first_cpc")),
            reason=tick.detail if tick is not None and isinstance(tick.detail, str) else "",
            key=one.key,
            step=one.step,
            which=one.which,
            choice=one.choice,
        )


def _proposed_deed(decision: Decision, kind: str) -> str:
    """Return the deed that was proposed for the table row; always ``add_word`` for a row of words to add."""
    if kind == "add":
        return "add_word"
    return CHOICES.get(str(value_of(decision.detail, "decision") or ""), "")


def _stage(tick: Decision | None) -> Stage:
    if tick is None:
        return "agreed"
    choice = tick.choice.strip().lower()
    return "done" if choice in TICKED_DONE else "undone" if choice in TICKED_UNDONE else "agreed"


def _result_on(deed: str, shop: Shop, ended: date | None, told_on: date | None, least: int) -> date | None:
    """Return the first day on which the result of a deed can be judged; None while the deed has not ended.

    That is ``least`` days after the deed ended, or later if this kind of deed needs longer; never before the
    day after ``told_on``.
    """
    if ended is None:
        return None
    settled = ended + timedelta(days=max(least, kind_of(deed).settles(shop)))
    return settled if told_on is None else max(settled, told_on + timedelta(days=1))


def _off(now: float | None, then: float | None) -> bool:
    return now is not None and then is not None and abs(now - then) > OFF * abs(then)


def _named(about: About) -> str:
    names = [name for name in (getattr(about, field) for field in About.__slots__) if name]
    return str(names[-1]) if names else ""


def _number(*kept: object) -> float | None:
    """Return the first argument that is a number; None if none is."""
    numbers = (one for one in kept if isinstance(one, int | float) and not isinstance(one, bool))
    return next((float(one) for one in numbers), None)
