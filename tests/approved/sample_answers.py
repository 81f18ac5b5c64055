"""The sample's answers at a few moments, language-free, as text that diffs well."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.answers.answer_codec import encode
from core.answers.ranking import at_stake
from routines.answers.compute_answer import said
from routines.days.day_plan import boxes_for

CHINA = ZoneInfo("Asia/Shanghai")
MOMENTS = {
    "monday-morning": datetime(2026, 11, 16, 8, 30, tzinfo=CHINA),
    "monday-night": datetime(2026, 11, 16, 22, 0, tzinfo=CHINA),
    "saturday": datetime(2026, 11, 7, 8, 30, tzinfo=CHINA),
    "double-11": datetime(2026, 11, 11, 8, 30, tzinfo=CHINA),
    "month-end": datetime(2026, 10, 31, 8, 30, tzinfo=CHINA),
}
"""The day of the story, its evening, a quiet weekend, the campaign's day, and the last day of a month."""
AT_NIGHT = ("evening_ads", "order_gap")
"""Steps whose answer depends on the hour; the others say at night what they said in the morning."""
_MACHINE = re.compile(r"(\d{8}T\d{9})-[0-9a-f]+-")
"""An entry's id: its time, then the machine's mark, which differs from machine to machine."""
DIGITS = 9
"""Significant digits kept of a figure: what differs later is arithmetic of the machine."""


def steps(moment: str) -> list[str]:
    """Return the steps that are asked at this moment."""
    if moment == "monday-night":
        return list(AT_NIGHT)
    boxes = [*boxes_for("weekday", None), *(boxes_for("rush", None) if moment == "double-11" else ())]
    return list(dict.fromkeys(box.step.id for box in boxes if box.step.analyse))


def answer(shop: Path, moment: str, step: str) -> str:
    """Return the step's answer as text; the shop must have no cache that holds it."""
    now = MOMENTS[moment]
    found = said(shop, step, day=now.date(), now=now, lang="en")
    told = encode(found)
    told.pop("batches", None)  # ids that depend on when the sample was imported
    told["at_stake"] = [at_stake(finding) for finding in found.findings]
    return text_of(told)


def text_of(told: Mapping[str, Any]) -> str:
    """Return JSON with a line for each value that has a row's size."""
    return without_machine(_json(_plain(told), "")) + "\n"


def without_machine(text: str) -> str:
    """Return the text with the same mark in every entry's id."""
    return _MACHINE.sub(r"\1-machine-", text)


def _plain(value: Any) -> Any:
    match value:
        case float():
            return float(f"{value:.{DIGITS}g}")
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _json(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= 140 or not isinstance(value, dict | list):
        return flat
    inner = indent + " "
    if isinstance(value, dict):
        rows = [f"{inner}{json.dumps(key)}: {_json(one, inner)}" for key, one in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _json(one, inner) for one in value) + f"\n{indent}]"
