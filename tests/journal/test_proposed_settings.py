"""Changes of the settings that wait for their owner: what the journal tells of each, and in which words."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

import pytest

from core.journal.entry import Entry, Kind
from core.journal.proposed_settings import proposed_settings
from core.language.speech import speak
from core.review.entry_text import KIND_WORDS, EntryNames, tell
from routines.forms.forms import form_words

NINE = datetime.fromisoformat("2026-11-16T09:00:00+08:00")
TARGET = {"month": "2026-12-01", "target": 500_000.0}
_numbers = count(1)


def entry(kind: Kind, who: str = "沈岚", **data: object) -> Entry:
    return Entry(f"e{next(_numbers)}", NINE, who, kind, "target", data, date(2026, 11, 16))


def setting(**data: Any) -> Entry:
    return entry("setting", **({"form": "month_target", "values": TARGET, "was": {}} | data))


def test_it_waits_until_somebody_ends_it_and_the_first_end_counts() -> None:
    asked = setting()
    (one,) = proposed_settings([asked])
    assert (one.state, one.who, one.by, one.decided, one.reason) == ("open", "沈岚", "", None, "")
    ends = [
        entry("setting-update", "林夕", proposal=asked.id, state="refused", reason="too early"),
        entry("setting-update", "林夕", proposal=asked.id, state="accepted"),
    ]
    (one,) = proposed_settings([asked, *ends])
    assert (one.state, one.by, one.decided, one.reason) == ("refused", "林夕", NINE, "too early")


@pytest.mark.parametrize(
    "data", [{"values": None}, {"values": []}, {"was": "x"}], ids=["nothing", "a list", "a word"]
)
def test_what_somebody_spoiled_by_hand_is_no_proposal(data: dict[str, Any]) -> None:
    assert proposed_settings([setting(**data)]) == ()


@pytest.mark.parametrize("update", [{"state": "open"}, {"state": "later"}, {"proposal": "nobody's"}])
def test_what_ends_nothing_leaves_it_waiting(update: dict[str, str]) -> None:
    asked = setting()
    told = entry("setting-update", **({"proposal": asked.id, "state": "accepted"} | update))
    assert [one.state for one in proposed_settings([asked, told])] == ["open"]


@pytest.mark.parametrize(
    ("lang", "change", "end"),
    [
        (
            "en",
            "A month's target: Month (any day of it) 2026-12-01; Target, yuan ¥500,000 (was: ¥480,000)",
            "change of the settings refused, too early",
        ),
        (
            "zh",
            "月度目标：月份（填当月任意一天） 2026-12-01；目标（元） ¥500,000（原来：¥480,000）",
            "拒绝了设置的修改、too early",
        ),
    ],
)
def test_the_log_tells_it_in_the_readers_language(lang: str, change: str, end: str) -> None:
    speak(lang)
    known = EntryNames({}, form_words({}), {})
    assert tell(setting(was={"target": 480_000.0}), known) == change
    assert tell(entry("setting-update", state="refused", reason="too early"), known) == end
    assert {"setting", "setting-update"} <= set(KIND_WORDS)


def test_a_step_thinned_out_is_told_with_what_it_was() -> None:
    told = setting(form="frequency", values={"comes": "weekly:MO"}, was={"comes": "as planned"})
    known = EntryNames({}, form_words({}), {})
    assert tell(told, known) == "How often it is done: Mondays only (was: keep as it is)"
