"""The gap by visitors, conversion and order value; by source and item."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.answers.answer import Answer, Split, Table
from core.exports.kinds.items import Items
from core.exports.kinds.sources import Sources
from core.topics.sales import drivers
from tests.topics.incidents.morning import of_the_morning
from tests.topics.tables import MONDAY, SUNDAY, WOBBLE, festival, of_rows, shop, told_by, usual_shop

gap = told_by(drivers.gap)


def sources(yesterday: dict[str, float]) -> Sources:
    """Search 500, recommendations 300, video 200, notes 20 visitors a day, 3 % buy for 200.

    Yesterday as given.
    """
    usual = {"手淘搜索": 500, "手淘推荐": 300, "短视频": 200, "购物车": 120, "我的淘宝": 100, "小红书": 20}
    rows: list[dict[str, object]] = []
    for back in range(50):
        day = SUNDAY - timedelta(days=back)
        for name, mean in usual.items():
            visitors = round(mean * (1 + WOBBLE[(day.toordinal() + len(name)) % 11] / 2))
            if back == 0:
                visitors = round(yesterday.get(name, visitors))
            rows.append(
                {
                    "date": day,
                    "level1": "平台流量",
                    "level2": name,
                    "visitors": visitors,
                    "buyers": round(visitors * 0.03),
                    "gmv": round(visitors * 0.03) * 200.0,
                }
            )
    return of_rows(Sources, rows)


def split(answer: Answer) -> Split:
    return next(one for one in answer.evidence if isinstance(one, Split))


def keys(answer: Answer, *levels: str) -> list[str]:
    return [one.key for one in answer.findings if one.level in (levels or ("act", "watch"))]


def test_a_usual_day_gives_no_reason_to_act() -> None:
    answer = gap(usual_shop(), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "info"
    assert "within the usual range, nothing to do" in answer.verdict.text
    assert keys(answer) == []


def test_the_waterfall_leads_from_the_usual_days_to_yesterdays_sales() -> None:
    answer = gap(usual_shop(), shop=shop(), today=MONDAY)
    found = split(answer)
    assert answer.lead is found
    assert found.start is not None
    assert found.end is not None
    assert found.start.value + sum(part.value for part in found.parts) == pytest.approx(found.end.value)
    assert found.end.value == 6000.0


def test_effects_inside_the_band_are_never_the_reason() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 975, "buyers": 28, "gmv": 5700}})
    answer = gap(days, shop=shop(), today=MONDAY)
    words = " ".join(one.text for one in answer.findings) + answer.verdict.text
    assert "cause" not in words
    assert "likely" not in words


def test_the_parts_add_up_to_the_gap_exactly() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 500, "buyers": 21, "gmv": 3900}})
    found = split(gap(days, shop=shop(), today=MONDAY))
    assert sum(part.value for part in found.parts) == pytest.approx(found.total)


def test_no_buyer_at_all_is_a_day_not_an_error() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 990, "buyers": 0, "gmv": 0}})
    answer = gap(days, found=of_the_morning(days), shop=shop(), today=MONDAY)
    assert answer.verdict.text.startswith("Shop: 0 buyers a day")
    assert answer.verdict.level == "act"
    assert "nan" not in str(answer).lower()


def test_the_dip_after_a_campaign_is_said_as_such() -> None:
    calendar = (
        festival(date(2026, 6, 10), multiplier=4.0, note="618"),
        festival(date(2026, 6, 11), date(2026, 6, 20), 0.7, "after"),
    )
    days = usual_shop(changes={SUNDAY: {"visitors": 840, "buyers": 21, "gmv": 4200}})
    answer = gap(days, shop=shop(calendar=calendar), today=MONDAY)
    assert answer.verdict.level == "info"
    assert "below a usual day after 618" in answer.verdict.text
    assert keys(answer) == []
    assert next(part for part in split(answer).parts if part.name == "Calendar effect").value < -1000


def test_buyers_who_wait_for_a_campaign_are_left_alone() -> None:
    presale = (festival(date(2026, 6, 12), date(2026, 6, 16), 0.84, "618 预售"),)
    days = usual_shop(changes={SUNDAY: {"visitors": 1140, "buyers": 26, "gmv": 5100}})
    answer = gap(days, sources({}), shop=shop(calendar=presale), today=MONDAY)
    assert answer.verdict.level == "info"
    assert keys(answer) == []
    assert any("not its visitors and conversion" in limit for limit in answer.limits)


def test_it_says_which_days_it_used_and_left_out() -> None:
    calendar = (festival(date(2026, 6, 7), multiplier=1.4),)
    answer = gap(usual_shop(), shop=shop(calendar=calendar), today=MONDAY)
    assert any("17 May, 24 May, 31 May" in limit for limit in answer.limits)
    assert any("Not comparable" in limit and "7 Jun" in limit for limit in answer.limits)


def test_a_small_source_that_swings_is_left_alone() -> None:
    answer = gap(usual_shop(), sources({"小红书": 13}), shop=shop(), today=MONDAY)
    assert not [key for key in keys(answer, "act", "watch", "good", "info") if "小红书" in key]


def test_what_sources_do_not_explain_stays_unattributed() -> None:
    answer = gap(usual_shop(), sources({}), shop=shop(), today=MONDAY)
    table = next(one for one in answer.evidence if isinstance(one, Table) and "sources" in one.name)
    worth = [row[4] for row in table.rows]
    assert table.rows[-1][0] == "Unattributed"
    assert all(isinstance(value, float) for value in worth)


def items(changed: dict[str, tuple[float, float, float]]) -> Items:
    rows: list[dict[str, object]] = []
    for back in range(40):
        day = SUNDAY - timedelta(days=back)
        for place in range(8):
            visitors, buyers, gmv = 400.0, 12.0, 2400.0
            if back == 0 and str(place) in changed:
                visitors, buyers, gmv = changed[str(place)]
            rows.append(
                {
                    "date": day,
                    "item": str(place),
                    "title": f"款{place}",
                    "visitors": visitors,
                    "buyers": buyers,
                    "gmv": gmv,
                }
            )
    return of_rows(Items, rows)


def test_an_item_within_its_swing_is_not_named() -> None:
    answer = gap(usual_shop(), items=items({"3": (390.0, 10.0, 2000.0)}), shop=shop(), today=MONDAY)
    assert not [key for key in keys(answer) if key.startswith("drivers/item")]


def test_the_rest_of_the_items_is_one_line() -> None:
    answer = gap(usual_shop(), items=items({}), shop=shop(), today=MONDAY)
    table = next(one for one in answer.evidence if isinstance(one, Table) and "Items" in one.name)
    assert len(table.rows) == 6
    assert table.rows[-1][0] == "All other items"


def test_scores_that_fall_together_are_one_finding() -> None:
    changes: dict[date, dict[str, float | None]] = {
        SUNDAY: {"score_item": 4.78, "score_logistics": 4.77, "score_service": 4.78}
    }
    days = usual_shop(changes=changes, score_item=4.80, score_logistics=4.79, score_service=4.80)
    answer = gap(days, shop=shop(), today=MONDAY)
    assert "buyers are dissatisfied in general" in next(
        one.text for one in answer.findings if one.key == "drivers/score"
    )


def test_steady_scores_are_not_mentioned() -> None:
    days = usual_shop(score_item=4.80, score_logistics=4.79, score_service=4.80)
    assert "drivers/score" not in keys(gap(days, shop=shop(), today=MONDAY), "watch")


def test_without_any_usual_day_nothing_is_said() -> None:
    answer = gap(usual_shop(days=1), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"


def test_without_yesterday_nothing_is_said() -> None:
    answer = gap(usual_shop(changes={SUNDAY: {"buyers": None}}), shop=shop(), today=MONDAY)
    assert answer.verdict.level == "nodata"


def test_an_entrance_of_the_platforms_assistant_is_named_where_it_appears() -> None:
    plain = sources({})
    answer = gap(usual_shop(), plain, shop=shop(), today=MONDAY)
    assert not any("assistant" in line for line in answer.limits)
    asked = Sources(plain.frame.replace({"level2": {"小红书": "千问"}}))
    answer = gap(usual_shop(), asked, shop=shop(), today=MONDAY)
    assert any(
        line.startswith("千问: visitors sent by the platform's AI assistant") for line in answer.limits
    )
