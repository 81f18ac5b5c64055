"""A hint shown while a promise is typed: the usual value, and how many days it takes to judge the promise."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from core.language import wording
from core.language.dates import short_day
from core.language.speech import Language, language, speak
from core.language.wording import plural, say
from core.shop.loading import load_shop


def promise_outlook(
    folder: Path, *, metric: str, goal: float, way: int, due: date, day: date, lang: Language
) -> str:
    """Return a hint on a promise about a figure of the shop, agreed on ``day``; empty without a forecast.

    ``way``: +1 if the figure should rise to ``goal``, −1 if it should fall to it.
    """
    from core.actions.promise_forecast import outlook
    from core.actions.promises import SCALE_FREE
    from core.measures import metrics
    from routines.past.promise_frames import promise_frames

    if language() != lang:
        speak(lang)
    shop = load_shop(folder)
    figures = metrics.figures(metric, None, shop, promise_frames(folder, [], day, day))
    found = (
        None
        if figures is None or metric in SCALE_FREE
        else outlook(figures, metric, goal, way, due, day, shop)
    )
    if found is None:
        return ""
    usual, promised = (wording.text(metrics.worded(metric, value)) for value in (found.usual, goal))
    if not found.better or found.needed is None:
        return say(
            "{usual} is already usual, so it cannot be told whether {promised} was kept.",
            usual=usual,
            promised=promised,
        )
    there = max(1, (due - day).days)
    if found.needed > there:
        return plural(
            "Usual is {usual}. The result cannot be judged by {due}: that takes {n} day of "
            "figures after the action is done, until about {then}.",
            "Usual is {usual}. The result cannot be judged by {due}: that takes {n} days of "
            "figures after the action is done, until about {then}.",
            found.needed,
            usual=usual,
            due=short_day(due),
            then=short_day(day + timedelta(days=found.needed)),
        )
    return plural(
        "Usual is {usual}. {n} day after the action is done, the figures show whether {promised} "
        "was reached.",
        "Usual is {usual}. {n} days after the action is done, the figures show whether "
        "{promised} was reached.",
        found.needed,
        usual=usual,
        promised=promised,
    )
