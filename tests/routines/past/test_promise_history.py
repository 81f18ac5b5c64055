"""What came of the sample's promises, each explained, and who predicts how well."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.actions.predictors import scores
from core.actions.promises import judge
from core.answers.answer import Table
from core.measures.metrics import Figures
from core.shop.settings import Shop
from routines.past.promise_history import JudgedPromise, PromiseLedger, from_shape, promise_ledger, shape
from routines.workday.workday import Workday
from tests.actions.test_overdue_actions import Log
from tests.routines.days import MONDAY, at, shop_folder

TODAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def ledger(sample_shop: Path) -> PromiseLedger:
    return promise_ledger(sample_shop, day=TODAY, lang="en")


def told(ledger: PromiseLedger, words: str) -> JudgedPromise:
    return next(one for one in ledger.promises if words in one.text)


def test_a_promise_kept_on_the_sample_is_explained(ledger: PromiseLedger) -> None:
    cpc = told(ledger, "羊毛大衣女")
    assert (cpc.outcome, cpc.why, cpc.measured) == ("kept", "reached", "2026-11-15")
    assert cpc.sentence.startswith("Kept: 周岩, “")
    assert ", promised ¥2.60, usual ¥" in cpc.sentence


def test_a_promise_not_kept_on_the_sample_is_explained(ledger: PromiseLedger) -> None:
    bounce = told(ledger, "跳失率")
    assert (bounce.outcome, bounce.why) == ("not kept", "short")
    assert "promised 70.0%" in bounce.sentence
    assert bounce.value is not None
    assert bounce.usual is not None
    assert bounce.value > 0.70 > bounce.usual


def test_a_promise_that_cannot_be_told_on_the_sample_is_explained(ledger: PromiseLedger) -> None:
    cape = told(ledger, "斗篷")
    assert (cape.outcome, cape.why) == ("cannot tell", "unclear")
    assert "would not show even in two months" in cape.sentence


def test_what_is_not_due_yet_is_not_judged(ledger: PromiseLedger) -> None:
    assert not [one for one in ledger.promises if "牛仔厂" in one.text]


def test_the_morning_tells_what_is_new_and_what_is_still_open(ledger: PromiseLedger) -> None:
    news = {one.outcome for one in ledger.of_morning()}
    assert news == {"kept", "not kept", "cannot tell"}


@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=1)])
def test_the_agenda_the_meeting_and_the_list_count_the_same_promises(sample_shop: Path, day: date) -> None:
    now = at("09:00", day)
    told = Workday.open(sample_shop, clock=lambda: now, who="lan", day=day, lang="en").ask("standup")
    tables = [one for one in told.evidence if isinstance(one, Table) and one.name == "Promises due"]
    meeting = sorted(str(row[0]) for table in tables for row in table.rows)
    listed = promise_ledger(sample_shop, day=day, lang="en").of_morning()
    assert sorted(one.text for one in listed) == meeting
    assert meeting


def test_nobody_is_judged_on_a_promise_or_two(ledger: PromiseLedger) -> None:
    zhou = next(one for one in ledger.people if one.who == "周岩")
    assert (zhou.kept, zhou.not_kept, zhou.cannot_tell, zhou.standing) == (1, 0, 1, "")
    assert zhou.low < 0.5 < zhou.high


def test_the_second_look_costs_no_pandas_and_a_new_word_makes_it_anew(lanting: Path) -> None:
    promise_ledger(lanting, day=TODAY, lang="en")
    workday = Workday.open(lanting, clock=lambda: at("09:00", MONDAY), who="lan", lang="en")
    bounce = next(one for one in workday.actions() if "跳失率" in one.text)
    workday.update_action(bounce.id, "dropped", reason="改版推迟")
    again = promise_ledger(lanting, day=TODAY, lang="en")
    assert not [one for one in again.promises if "跳失率" in one.text]


def test_it_travels_as_json(ledger: PromiseLedger) -> None:
    assert from_shape(json.loads(json.dumps(shape(ledger)))) == ledger


def test_a_shop_without_promises_has_none(tmp_path: Path) -> None:
    found = promise_ledger(shop_folder(tmp_path / "shop"), day=TODAY, lang="en")
    assert (found.promises, found.people) == ((), ())


def test_who_keeps_nine_of_ten_predicts_well_and_by_how_much_it_was_off() -> None:
    log = Log()
    for back in range(3, 13):
        log._add("action", back, {"text": "x", "owner": "周岩", "due": str(TODAY - timedelta(days=back - 1)),
                                  "metric": "visitors", "direction": "up", "expected": 1500.0})  # fmt: skip
    usual = {TODAY - timedelta(days=back): 1000.0 for back in range(1, 80)}
    due = [TODAY - timedelta(days=back) for back in range(2, 12)]
    judged = [
        judge(one, Figures(usual | {day: 300.0 if day == due[0] else 1500.0}), Shop(name="x"), TODAY)
        for one, day in zip(log.actions, due, strict=True)
    ]
    (score,) = scores(judged, Shop(name="x"))
    assert (score.who, score.kept, score.broken, score.told) == ("周岩", 9, 1, True)
    assert score.gain is not None
    assert score.standing == "ahead"
    assert score.ranked
    assert 0.6 < score.low < 0.9 < score.high <= 1
