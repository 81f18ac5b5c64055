"""On a campaign day every source rises: no step makes news of that, and one speaks of a stop."""

from __future__ import annotations

from core.answers.answer import Answer
from core.exports.kinds.sources import Sources
from core.records.records import Records
from core.records.team import ContentPost, PromotionPlan
from core.topics.ads import promotion
from core.topics.creative import content
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


def test_yesterdays_sources_without_usual_days_are_not_called_missing() -> None:
    few = sources({}).frame
    few = few[few["date"] >= few["date"].max()]
    answer = posts_today(written(), Sources(Sources.shaped(few)), shop=shop(), today=MONDAY)
    assert any(limit.startswith("Too few usual days") for limit in answer.limits)
    assert not any(limit.startswith("Without yesterday's sources") for limit in answer.limits)
