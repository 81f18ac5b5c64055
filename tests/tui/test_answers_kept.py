"""What the screen shows is kept in the journal as messages: each reader has it in their own language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.answers.answer import Answer
from core.journal import projections
from core.language.message import Words, count, say
from core.language.speech import speak
from routines.answers.signature import Reads
from routines.plan import analyses
from routines.workday.workday import Workday
from tests.routines.days import CHINA
from tests.tui.shop import make_shop
from tui.runtime.session import Session
from tui.text.day_text import day_shape

NOW = datetime(2026, 11, 16, 8, 40, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


def analysis(*, today: date) -> Answer[Words]:
    """Return an answer whose texts are messages, as those of converted topics are."""
    from core.answers.answer import About, Proposal, Table, TableColumn, Verdict, finding

    text = say("{n}m", n=count(1234))
    table: Table[Words] = Table(text, (TableColumn(text, "text", "text"),), ((text,), ("as typed",)))
    ask: Proposal[Words] = Proposal("promotion", text)
    about = About(day=today.isoformat())
    return Answer(
        Verdict("act", text), (finding("target", "x", "act", text, ask, about=about),), (table,), (text,)
    )


def session_of(folder: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(analyses, "named", lambda _: analysis)
    monkeypatch.setattr(
        "routines.answers.compute_answer.reads",
        lambda _: Reads(sheets={}, records={}, past=(), earlier=(), knobs=("today",)),
    )
    speak(lang)
    return Session(Workday.open(folder, clock=lambda: NOW, who="沈岚", lang=lang))


def test_a_morning_shown_in_chinese_is_read_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make_shop(tmp_path)
    lan = session_of(shop, "zh", monkeypatch)
    lan.workday.ask("target")  # fills the cache, as the analyst does
    shown = lan.fresh_answer("target")
    assert shown is not None
    assert shown.verdict.text == "1,234分"
    entry = lan.workday.shown("target", lan.said["target"])

    assert "分" not in json.dumps(entry.data["answer"] | {"needs": []}, ensure_ascii=False)
    assert entry.data["answer"]["verdict"]["text"] == {"$": "{n}m", "v": {"n": {"$count": 1234}}}
    speak("en")
    read = projections.answer(lan.workday.entries(), "target")
    passed_on = projections.answer_said(lan.workday.entries(), "target")
    assert read is not None
    assert passed_on is not None
    assert (read.verdict.text, read.limits) == ("1,234m", ("1,234m",))
    assert read.findings[0].proposals[0].text == "1,234m"
    assert passed_on.verdict.text == say("{n}m", n=count(1234))
    reader = session_of(shop, "en", monkeypatch)
    assert reader.shown_answers().get("target") == read
    (told,) = [one for one in day_shape(reader.workday)["entries"] if one["kind"] == "answered"]
    assert told["data"]["answer"]["verdict"] == {"level": "act", "text": "1,234m"}


def test_the_same_answer_in_another_language_is_not_kept_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = make_shop(tmp_path)
    for lang in ("zh", "en"):
        one = session_of(shop, lang, monkeypatch)
        one.workday.ask("target")
        assert one.fresh_answer("target") is not None
        one.workday.shown("target", one.said["target"])

    entries = session_of(shop, "en", monkeypatch).workday.entries()
    assert [entry.step for entry in entries if entry.kind == "answered"] == ["target"]


def test_what_is_forgotten_is_not_kept_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lan = session_of(make_shop(tmp_path), "en", monkeypatch)
    lan.workday.ask("target")
    lan.fresh_answer("target")
    assert set(lan.said) == set(lan.answers) == {"target"}
    lan.forget("target")
    assert (lan.said, lan.answers) == ({}, {})
