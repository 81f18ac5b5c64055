"""The findings about what other shops do: how many were observed today, patterns, and borrowed ideas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import (
    About,
    Answer,
    Cell,
    Evidence,
    Finding,
    LevelName,
    Proposal,
    Table,
    TableColumn,
    Verdict,
    finding,
)
from core.journal.actions import Action
from core.journal.projections import Past
from core.language import message
from core.language.message import N_, Words, say
from core.topics.scouting.watching.sightings import DAYS, Borrowed, Pattern, Sighting, borrowed, patterns

NAMED = 3
SHOWN = 12
TRY_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of one scouting step, all of them message ids."""

    step: str
    today: str
    """The text on the number of looks today, with ``{n}`` and ``{quota}``."""
    back: str
    """The text on the pattern seen most widely, with ``{what}``, ``{shops}``, ``{times}`` and ``{all}``."""
    none: str
    """The text saying that nothing was seen at two shops yet, with ``{all}``."""
    empty: str
    """The text saying that nothing was recorded in two weeks."""
    table: str
    whose: str
    mechanisms: Mapping[str, str]
    limit: str


def answer(found: list[Sighting], past: Past, texts: Texts, quota: int, today: date) -> Answer[Words]:
    """Return the answer of a step in which a fixed number of sightings (``quota``) is due each day."""
    back, taken = patterns(found), borrowed(found, past, texts.step)
    return Answer(
        verdict=_verdict(found, back, taken, texts, quota, today),
        findings=(*_patterns(back, texts), *_borrowed(taken, past, texts, today)),
        evidence=_evidence(found, taken, texts),
        limits=_limits(found, texts),
    )


def _verdict(
    found: list[Sighting], back: list[Pattern], taken: list[Borrowed], texts: Texts, quota: int, today: date
) -> Verdict[Words]:
    done = sum(look.day == today for look in found)
    parts: list[Words] = [say(texts.today, n=done, quota=quota)]
    if not found:
        parts.append(say(texts.empty))
    elif back:
        parts.append(_back(back[0], found, texts))
    elif texts.none:
        parts.append(say(texts.none, all=len(found)))
    if taken:
        parts.append(_came_of_it(taken))
    return Verdict("good" if done >= quota else "info", message.sentences(parts))


def _back(pattern: Pattern, found: Sequence[Sighting], texts: Texts) -> Words:
    return say(
        texts.back, what=_name(pattern, texts), shops=len(pattern.shops), times=pattern.times, all=len(found)
    )


def _came_of_it(taken: list[Borrowed]) -> Words:
    tasks = sum(one.action is not None for one in taken)
    if not tasks:
        return say("Ideas to borrow: {n}; none has become an action yet.", n=len(taken))
    return say("Ideas to borrow: {n}; {tasks} became actions.", n=len(taken), tasks=tasks)


def _name(pattern: Pattern, texts: Texts) -> Words:
    if pattern.kind == "offer":
        return say("“{name}”", name=pattern.name)
    known = texts.mechanisms.get(pattern.name)
    return say(known) if known else pattern.name


def _patterns(back: list[Pattern], texts: Texts) -> list[Finding[Words]]:
    return [
        finding(
            texts.step,
            "pattern",
            "info",
            say(
                "{what} was seen {times} times at {n} shops in the last two weeks ({shops}).",
                what=_name(one, texts),
                n=len(one.shops),
                shops=message.listing(one.shops[:NAMED]),
                times=one.times,
            ),
            about=About(other=one.name),
        )
        for one in back[:NAMED]
    ]


def _borrowed(taken: list[Borrowed], past: Past, texts: Texts, today: date) -> list[Finding[Words]]:
    """Return findings on ideas that led to no action, each with a proposal, then on those carried out."""
    untaken = [one.look for one in taken if one.action is None][:NAMED]
    done = [(one.look, one.action) for one in taken if one.action is not None and one.action.state == "done"]
    told = past.said("standup")
    outcomes = {
        one.about.entry: one.level
        for one in (told.findings if told is not None else ())
        if one.kind == "promise"
    }
    return [
        *(_untaken(look, texts, today) for look in untaken),
        *(_done(look, action, outcomes.get(action.id), texts) for look, action in done),
    ]


def _untaken(look: Sighting, texts: Texts, today: date) -> Finding[Words]:
    about = About(entry=look.id)
    ask = Proposal(
        "operator",
        say("Try what we saw at {shop}: {what}", shop=look.shop, what=look.borrow),
        due=(today + timedelta(days=TRY_DAYS)).isoformat(),
        about=about,
    )
    text = say(
        "Idea from {shop} of {day}, not taken up by anybody yet: {what}.",
        shop=look.shop,
        day=message.short_day(look.day),
        what=look.borrow,
    )
    level: LevelName = "watch" if look.day < today else "info"
    return finding(texts.step, "borrow", level, text, ask, about=about)


def _done(look: Sighting, action: Action, outcome: LevelName | None, texts: Texts) -> Finding[Words]:
    """Return the finding on an idea that was carried out, which says whether the promised figure changed.

    Merely carrying out the idea does not count as success.
    """
    text = say("Idea from {shop}, carried out: {what}.", shop=look.shop, what=look.borrow)
    if action.metric is None:
        worked = say("It cannot be told whether the idea works: no figure to improve was agreed.")
    else:
        words = {
            "good": N_("The figure agreed for this idea changed as promised."),
            "watch": N_("The figure agreed for this idea did not change as promised."),
        }
        worked = say(
            words.get(
                outcome or "", N_("It cannot be told yet whether the figure agreed for this idea changed.")
            )
        )
    level: LevelName = outcome if outcome in ("good", "watch") else "info"
    return finding(texts.step, "borrow", level, message.sentences([text, worked]), about=About(entry=look.id))


NOT_YET = "not_yet"
_BECAME = {
    NOT_YET: N_("nothing done yet"),
    "open": N_("action open"),
    "done": N_("done"),
    "handed": N_("handed over"),
}


def _evidence(found: list[Sighting], taken: list[Borrowed], texts: Texts) -> tuple[Evidence[Words], ...]:
    if not found:
        return ()
    tasks = {one.look.id: one for one in taken}
    if texts.mechanisms:
        seen = (
            TableColumn(say("Method"), "word", "mechanism", _named(texts.mechanisms)),
            TableColumn(say("Offer"), "text", "offer"),
        )
    else:
        seen = (
            TableColumn(say("Category"), "text", "category"),
            TableColumn(say("What we learnt"), "text", "learnt"),
        )
    columns = (
        TableColumn(say("Day"), "text", "day"),
        TableColumn(say(texts.whose), "text", "shop"),
        *seen,
        TableColumn(say("Idea to borrow"), "text", "borrowed"),
        TableColumn(say("Outcome"), "word", "became", _named(_BECAME)),
    )
    rows = tuple(_row(look, tasks.get(look.id), texts) for look in found[::-1][:SHOWN])
    return (Table(say(texts.table), columns, rows),)


def _named(names: Mapping[str, str]) -> tuple[tuple[str, Words], ...]:
    return tuple((id_, say(name)) for id_, name in names.items())


def _row(look: Sighting, taken: Borrowed | None, texts: Texts) -> tuple[Cell | Words, ...]:
    seen = (look.mechanism, look.offer) if texts.mechanisms else (look.offer, look.note)
    became = ""
    if taken is not None:
        became = NOT_YET if taken.action is None else taken.action.state
    return (message.short_day(look.day), look.shop, *seen, look.borrow, became)


def _limits(found: list[Sighting], texts: Texts) -> tuple[Words, ...]:
    said: list[Words] = [say(texts.limit)]
    if found:
        said.append(
            message.plural(
                "We looked {n} time in {days} days, at shops we chose ourselves, not at the whole category.",
                "We looked {n} times in {days} days, at shops we chose ourselves, not at the whole category.",
                len(found),
                days=DAYS,
            )
        )
    return tuple(said)
