"""On a campaign day every source rises: no step makes news of that, and one speaks of a stop."""

from __future__ import annotations

from core.answers.answer import Answer
from core.exports.kinds.sources import Sources
from core.records.records import Records
from core.records.team import ContentPost, PromotionPlan
from core.topics.ads import promotion
from core.topics.creative import content
from core.topics.sales import drivers
from tests.topics.sales.test_drivers import sources
from tests.topics.tables import MONDAY, SUNDAY, festival, shop, told, told_by, usual_shop

posts_today = told_by(content.posts_today)

PRESALE = shop(calendar=(festival(SUNDAY, multiplier=1.2, note="预售"),))
PLANS: Records[PromotionPlan] = Records(())
RISEN = {"手淘搜索": 520.0, "短视频": 420.0, "小红书": 60.0}


def written() -> Records[ContentPost]:
    return Records(())


def about_sources(answer: Answer) -> list[str]:
    return [one.key for one in answer.findings if "/source/" in one.key]


def promoted(yesterday: dict[str, float], where: object = PRESALE) -> Answer:
    days = usual_shop(changes={SUNDAY: {"visitors": 1400, "buyers": 36, "gmv": 7200}})
    return told(promotion.traffic(days, PLANS, sources(yesterday), shop=where, today=MONDAY))  # type: ignore[arg-type]


def test_a_campaign_that_lifts_a_source_is_no_merit_of_a_post() -> None:
    answer = posts_today(written(), sources(RISEN), shop=PRESALE, today=MONDAY)
    assert about_sources(answer) == []
    assert any("campaign day" in limit for limit in answer.limits)


def test_the_same_rise_on_a_usual_day_is_news() -> None:
    assert about_sources(posts_today(written(), sources(RISEN), shop=shop(), today=MONDAY))


def test_promotion_and_drivers_say_the_same_of_a_campaign_day() -> None:
    days = usual_shop(changes={SUNDAY: {"visitors": 1400, "buyers": 36, "gmv": 7200}})
    analysed = told(drivers.gap(days, sources({"手淘搜索": 300}), shop=PRESALE, today=MONDAY))
    assert about_sources(analysed) == about_sources(promoted({"手淘搜索": 300})) == []


def test_a_source_that_stopped_is_seen_on_a_campaign_day_too_and_content_alone_gets_the_task() -> None:
    stopped = promoted({"短视频": 2})
    found = next(one for one in stopped.findings if one.key == "promotion/source/短视频")
    assert found.level == "act"
    assert found.proposals == ()
    answer = posts_today(written(), sources({"短视频": 2}), shop=PRESALE, today=MONDAY)
    assert [one.role for one in answer.findings[0].proposals] == ["content"]


def test_bought_visitors_that_fell_are_looked_for_in_the_account() -> None:
    rows = sources({}).frame.replace({"level2": {"手淘推荐": "关键词推广"}})
    fallen = rows["date"].eq(rows["date"].max()) & rows["level2"].eq("关键词推广")
    rows.loc[fallen, "visitors"] = 90
    answer = told(
        promotion.traffic(
            usual_shop(changes={SUNDAY: {"visitors": 800, "buyers": 24, "gmv": 4800}}),
            PLANS,
            Sources(Sources.shaped(rows)),
            shop=shop(),
            today=MONDAY,
        )
    )
    found = next(one for one in answer.findings if one.key == "promotion/source/关键词推广")
    assert "without buying" not in found.proposals[0].text
    assert "balance, budget" in found.proposals[0].text


def test_yesterdays_sources_without_usual_days_are_not_called_missing() -> None:
    few = sources({}).frame
    few = few[few["date"] >= few["date"].max()]
    answer = posts_today(written(), Sources(Sources.shaped(few)), shop=shop(), today=MONDAY)
    assert any(limit.startswith("Too few usual days") for limit in answer.limits)
    assert not any(limit.startswith("Without yesterday's sources") for limit in answer.limits)
