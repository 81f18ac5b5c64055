"""抽查 (spot check): random questions on rivals, campaigns and figures, compared with the day's records.

Questions are made only from what was recorded that day, so each answer is in the journal. Numbers may deviate
slightly, and words need to agree only in part. The person asking has the last word.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

from core.answers.answer import Number
from core.journal.entry import Entry
from core.journal.projections import TALKED, answer, decisions, records
from core.language.money import money
from core.language.numbers import count, percent, ratio
from core.language.wording import say
from core.records.records import CampaignEntry, RivalSeen

Kind: TypeAlias = Literal["words", "number", "date"]
MANY: Final = 5
"""The number of questions in one check."""
LEARNT: Final = 3
"""At least this many of them, if available, are about rivals, campaigns and decisions: figures that everybody
can read off a screen are no check."""
CLOSE: Final = 0.05
"""The tolerated deviation of a remembered figure, as a fraction of it (a judgement)."""
_ALIKE: Final = 0.5
"""The required share of the shorter text's character pairs that both texts contain."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its recorded answer."""

    text: str
    recorded: str
    """The recorded answer as displayed."""
    kind: Kind
    value: float | None = None
    slack: float = 0.0
    """The tolerated deviation of a number, as a fraction; 0: it must be equal."""
    day: date | None = None
    who: str = ""
    """Who recorded the answer."""
    learnt: bool = False
    """Whether the question is about a rival, a campaign or a decision, not about a figure on a screen."""

    def right(self, said: str, today: date) -> bool:
        """Return whether the answer ``said`` agrees with the record.

        A date without a year is taken to be in the year of ``today``.
        """
        if self.kind == "number":
            number = number_in(said)
            if number is None or self.value is None:
                return False
            percent_meant = "%" not in said and abs(self.value) < 1 and abs(number) > 1
            number = number / 100 if percent_meant else number
            return abs(number - self.value) <= max(self.slack * abs(self.value), 1e-9)
        if self.kind == "date":
            return self.day is not None and _day_in(said, today) == self.day
        return _alike(said, self.recorded)


def questions(
    entries: Sequence[Entry], names: Mapping[str, str], steps: Sequence[str]
) -> tuple[Question, ...]:
    """Return every question whose answer is in the day's entries.

    ``names``: the rivals' names by id. ``steps``: the steps whose figures, as last shown, are asked about.
    """
    found: list[Question] = []
    for row in records(entries, RivalSeen):
        found += _of_rival(row.value, names.get(row.value.rival, row.value.rival), row.who)
    for held in records(entries, CampaignEntry):
        found += _of_campaign(held.value, held.who)
    found += _of_decisions(entries)
    found = [replace(one, learnt=True) for one in found]
    for step in steps:
        found += _of_figures(entries, step)
    return tuple({one.text: one for one in found}.values())


def drawn(among: Sequence[Question], seed: str, many: int = MANY) -> tuple[Question, ...]:
    """Return up to ``many`` random questions, the same ones for the same ``seed``."""
    dice = random.Random(seed)  # noqa: S311 - a draw, no secret
    learnt = [one for one in among if one.learnt]
    first = dice.sample(learnt, min(LEARNT, many, len(learnt)))
    rest = [one for one in among if one not in first]
    chosen = [*first, *dice.sample(rest, min(many - len(first), len(rest)))]
    dice.shuffle(chosen)
    return tuple(chosen)


def number_in(text: str) -> float | None:
    """Return the first number in the text, allowing for 万, % etc. after it; None if there is none."""
    flat = unicodedata.normalize("NFKC", text).replace(",", "")
    found = re.search(r"-?\d+(?:\.\d+)?|-?\.\d+", flat)
    if found is None:
        return None
    after = flat[found.end() :].lstrip()[:1]
    return float(found[0]) * {"万": 1e4, "w": 1e4, "千": 1e3, "k": 1e3, "%": 0.01, "亿": 1e8}.get(
        after.lower(), 1.0
    )


def _of_rival(seen: RivalSeen, name: str, who: str) -> list[Question]:
    words = (
        (say("{rival}: what price band do they show?", rival=name), seen.price),
        (say("{rival}: what displayed sales do they show?", rival=name), seen.sold),
        (say("{rival}: what do their bad reviews complain about?", rival=name), seen.bad_reviews),
        (say("{rival}: what did they change?", rival=name), seen.changes),
        (say("{rival}: what did they do outside the platform?", rival=name), seen.off_site),
    )
    found = [Question(text, kept, "words", who=who) for text, kept in words if kept.strip()]
    if seen.rank is not None and seen.keyword:
        text = say("{rival}: which ad rank did they have for “{word}”?", rival=name, word=seen.keyword)
        found.append(Question(text, count(seen.rank), "number", float(seen.rank), who=who))
    if seen.new_listings is not None:
        text = say("{rival}: how many new listings?", rival=name)
        found.append(Question(text, count(seen.new_listings), "number", float(seen.new_listings), who=who))
    return found


def _of_campaign(held: CampaignEntry, who: str) -> list[Question]:
    days = (
        (
            say("Campaign “{name}”: when does its sign-up close?", name=held.name),
            held.deadline,
        ),
        (say("Campaign “{name}”: on which day does it begin?", name=held.name), held.start),
    )
    found = [
        Question(text, day.isoformat(), "date", day=day, who=who) for text, day in days if day is not None
    ]
    if held.discount:
        text = say("Campaign “{name}”: what discount or offer do buyers get?", name=held.name)
        found.append(Question(text, held.discount, "words", who=who))
    return found


def _of_decisions(entries: Sequence[Entry]) -> list[Question]:
    """Return questions about what was decided on a keyword, an item or a meeting point.

    Points that were merely ticked off in a meeting are left out.
    """
    return [
        Question(
            say("What was decided for “{which}”?", which=one.which),
            say(one.choice),
            "words",
            who=one.who,
        )
        for one in decisions(entries)
        if one.choice != TALKED and one.which and one.step != "hands_on" and not one.is_about_day
    ]


def _of_figures(entries: Sequence[Entry], step: str) -> list[Question]:
    shown = answer(entries, step)
    who = next((one.who for one in reversed(entries) if one.kind == "answered" and one.step == step), "")
    found = []
    for piece in shown.evidence if shown is not None else ():
        if isinstance(piece, Number) and piece.value is not None:
            text = say("Figures seen this morning: what was {name}?", name=piece.name)
            found.append(Question(text, _worded(piece), "number", float(piece.value), CLOSE, who=who))
    return found


def _worded(number: Number) -> str:
    words: dict[str, Callable[[float | None], str]] = {
        "CNY": money,
        "count": count,
        "rate": percent,
        "ratio": ratio,
    }
    show = words.get(number.unit)
    return show(number.value) if show is not None else f"{ratio(number.value)} {number.unit}"


def _day_in(text: str, today: date) -> date | None:
    flat = unicodedata.normalize("NFKC", text)
    found = re.search(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})", flat)
    if found is None:
        return None
    try:
        return date(int(found[1] or today.year), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _alike(said: str, recorded: str) -> bool:
    """Return whether one text contains the other, or they share half of the shorter one's character pairs."""
    mine, theirs = (
        re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower()) for text in (said, recorded)
    )
    if not mine or not theirs:
        return False
    if mine in theirs or theirs in mine:
        return True
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (mine, theirs)]
    least = min(map(len, pairs))
    return least > 0 and len(pairs[0] & pairs[1]) / least >= _ALIKE
