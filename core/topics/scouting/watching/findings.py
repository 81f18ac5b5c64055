"""What others do in sentences: how many were looked at today, what keeps coming back, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from core.answers.answer import Answer, Cell, Evidence, Finding, Proposal, Table, TableColumn, Verdict
from core.journal.projections import Past
from core.language import wording
from core.language.wording import N_, say
from core.topics.scouting.watching.sightings import DAYS, Borrowed, Look, Pattern, borrowed, key, patterns

NAMED = 3
SHOWN = 12
TRY_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How one of the steps speaks; every text a message id."""

    step: str
    today: str
    """``{n} of {quota} … today``."""
    back: str
    """What came back, with ``{what} {shops} {times} {all}``."""
    none: str
    """Nothing at two shops yet, with ``{all}``."""
    empty: str
    """Nothing in two weeks."""
    table: str
    whose: str
    mechanisms: Mapping[str, str]
    limit: str


def answer(found: list[Look], past: Past, words: Words, quota: int, today: date) -> Answer:
    """Return the answer of a step of which a fixed number is looked at each day."""
    back, taken = patterns(found), borrowed(found, past, words.step)
    return Answer(
        verdict=_verdict(found, back, taken, words, quota, today),
        findings=(*_patterns(back, words), *_borrowed(taken, words, today)),
        evidence=_evidence(found, taken, words),
        limits=_limits(found, words),
    )


def _verdict(
    found: list[Look], back: list[Pattern], taken: list[Borrowed], words: Words, quota: int, today: date
) -> Verdict:
    done = sum(look.day == today for look in found)
    parts = [say(words.today, n=done, quota=quota)]
    if not found:
        parts.append(say(words.empty))
    elif back:
        parts.append(_back(back[0], found, words))
    elif words.none:
        parts.append(say(words.none, all=len(found)))
    if taken:
        parts.append(_came_of_it(taken))
    text = reduce(lambda first, second: say("{first} {second}", first=first, second=second), parts)
    return Verdict("good" if done >= quota else "info", text)


def _back(pattern: Pattern, found: Sequence[Look], words: Words) -> str:
    return say(
        words.back, what=_name(pattern, words), shops=len(pattern.shops), times=pattern.times, all=len(found)
    )


def _came_of_it(taken: list[Borrowed]) -> str:
    tasks = sum(one.action is not None for one in taken)
    if not tasks:
        return say("Borrowed: {n}, none became a task yet.", n=len(taken))
    return say("Borrowed: {n}, of which {tasks} became a task.", n=len(taken), tasks=tasks)


def _name(pattern: Pattern, words: Words) -> str:
    return (
        say(words.mechanisms.get(pattern.name, pattern.name))
        if pattern.kind == "mechanism"
        else f"“{pattern.name}”"
    )


def _patterns(back: list[Pattern], words: Words) -> list[Finding]:
    return [
        Finding(
            f"{words.step}/pattern/{one.name}",
            "info",
            say(
                "{what} came back at {n} shops in two weeks ({shops}), {times} times.",
                what=_name(one, words),
                n=len(one.shops),
                shops=wording.listing(list(one.shops[:NAMED])),
                times=one.times,
            ),
        )
        for one in back[:NAMED]
    ]


def _borrowed(taken: list[Borrowed], words: Words, today: date) -> list[Finding]:
    """What nobody took on, with the task; and what was done."""
    made = []
    for one in [one for one in taken if one.action is None][:NAMED]:
        look = one.look
        ask = Proposal(
            "operator",
            say("Try what we saw at {shop}: {what}", shop=look.shop, what=look.borrow),
            due=(today + timedelta(days=TRY_DAYS)).isoformat(),
        )
        text = say(
            "Borrowed from {shop} on {day} and not taken on by anybody: {what}.",
            shop=look.shop,
            day=wording.short_day(look.day),
            what=look.borrow,
        )
        level = "watch" if look.day < today else "info"
        made.append(Finding(key(words.step, look), "watch" if level == "watch" else "info", text, (ask,)))
    for one in taken:
        if one.action is not None and one.action.state == "done":
            text = say("Borrowed from {shop} and done: {what}.", shop=one.look.shop, what=one.look.borrow)
            made.append(Finding(key(words.step, one.look), "good", text))
    return made


_STATES = {"open": N_("task open"), "done": N_("done"), "handed": N_("handed on")}


def _evidence(found: list[Look], taken: list[Borrowed], words: Words) -> tuple[Evidence, ...]:
    if not found:
        return ()
    tasks = {one.look.id: one for one in taken}
    columns = tuple(
        TableColumn(name)
        for name in (
            say("Day"),
            say(words.whose),
            *((say("Mechanism"), say("Offer")) if words.mechanisms else (say("Category"), say("Learnt"))),
            say("Borrowed"),
            say("Became"),
        )
    )
    rows = tuple(_row(look, tasks.get(look.id), words) for look in found[::-1][:SHOWN])
    return (Table(say(words.table), columns, rows),)


def _row(look: Look, taken: Borrowed | None, words: Words) -> tuple[Cell, ...]:
    mechanism = (
        say(words.mechanisms[look.mechanism]) if look.mechanism in words.mechanisms else look.mechanism
    )
    middle = (mechanism, look.offer) if words.mechanisms else (look.offer, look.note)
    became = ""
    if taken is not None:
        became = (
            say("nothing yet")
            if taken.action is None
            else say(_STATES.get(taken.action.state, taken.action.state))
        )
    return (wording.short_day(look.day), look.shop, *middle, look.borrow, became)


def _limits(found: list[Look], words: Words) -> tuple[str, ...]:
    said = [say(words.limit)]
    if found:
        said.append(
            say(
                "{n} looks in {days} days: what we chose to look at, not the whole category.",
                n=len(found),
                days=DAYS,
            )
        )
    return tuple(said)
