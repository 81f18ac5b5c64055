"""The days behind a row: the same figures as in the files, against what such days usually bring."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.answers.answer import About, Table
from core.answers.answer_codec import rendered
from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.facts.window import load
from core.language.speech import speak
from core.shop.loading import load_shop
from routines.answers.days_of_row import SHOWN, days_of

MONDAY = date(2026, 11, 16)
SUNDAY = MONDAY - timedelta(days=1)


def days(shop: Path, about: About) -> Table:
    found = rendered(days_of(shop, about, day=MONDAY, lang="en"))
    table = found.evidence[0]
    assert isinstance(table, Table)
    return table


def column(table: Table, name: str) -> dict[str, object]:
    place = next(number for number, one in enumerate(table.columns) if one.id == name)
    return {str(row[0]): row[place] for row in table.rows}


def test_an_item_has_its_figures_of_each_day_newest_first(sample_shop: Path) -> None:
    frame = load(sample_shop, Items, SUNDAY, SUNDAY).frame
    best = frame.sort_values("gmv").iloc[-1]
    table = days(sample_shop, About(item=str(best["item"])))
    assert [row[0] for row in table.rows] == [f"{SUNDAY - timedelta(days=n)}" for n in range(SHOWN)]
    assert [one.day for one in table.about] == [row[0] for row in table.rows]
    assert column(table, "gmv")[f"{SUNDAY}"] == pytest.approx(best["gmv"])
    assert column(table, "visitors")[f"{SUNDAY}"] == best["visitors"]
    assert column(table, "conversion")[f"{SUNDAY}"] == pytest.approx(
        best["buyers"] / best["visitors"], abs=1e-4
    )
    assert {"cost", "bad"} <= {one.id for one in table.columns}, (
        "ad spend and bad reviews, where there are any"
    )


def test_the_usual_value_is_that_of_the_same_weekdays(sample_shop: Path) -> None:
    table = days(sample_shop, About(item=str(load(sample_shop, Items, SUNDAY, SUNDAY).frame["item"].iloc[0])))
    apart = [value for value in column(table, "against_usual").values() if isinstance(value, float)]
    assert any(value < 0 for value in apart)
    assert any(value > 0 for value in apart)


def test_visitors_of_a_campaign_day_are_not_compared(sample_shop: Path) -> None:
    table = days(sample_shop, About(source="手淘搜索"))
    assert load_shop(sample_shop).special(date(2026, 11, 11)) is not None
    assert column(table, "against_usual")["2026-11-11"] is None
    assert column(table, "visitors")["2026-11-11"] is not None


def test_a_keyword_of_one_item_and_an_ad_type_have_their_days(sample_shop: Path) -> None:
    frame = load(sample_shop, Keywords, SUNDAY, SUNDAY).frame
    word = frame.sort_values("clicks").iloc[-1]
    table = days(sample_shop, About(item=str(word["item"]), word=str(word["word"])))
    same = frame[(frame["word"] == word["word"]) & (frame["item"] == word["item"])]
    assert column(table, "clicks")[f"{SUNDAY}"] == same["clicks"].sum()
    assert column(table, "cost")[f"{SUNDAY}"] == pytest.approx(same["cost"].sum(), abs=0.01)
    ads = load(sample_shop, Ads, SUNDAY, SUNDAY).frame
    plans = ads[ads["report"] == "plan"]
    scene = str((plans if len(plans) else ads)["scene"].iloc[0])
    spent = days(sample_shop, About(scene=scene))
    assert column(spent, "cost")[f"{SUNDAY}"] == pytest.approx(
        plans[plans["scene"] == scene]["cost"].sum(), abs=0.01
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_no_file_has_by_day_is_said(sample_shop: Path, lang: str) -> None:
    for about in (About(item="999"), About(rival="r01"), About(source="没有的来源"), About(word="没有的词")):
        speak(lang)
        found = rendered(days_of(sample_shop, about, day=MONDAY, lang=lang))
        assert found.verdict.level == "nodata"
        assert not found.evidence
