"""What the team of the second shop typed besides: the score, whole-site plans, offers."""

from __future__ import annotations

from sample.outline import Outline
from sample.typing_in import OPERATOR, PROMOTION, SERVICE, Entry, entry, record
from sample.world import World

SCORES: tuple[tuple[str, dict[str, float]], ...] = (
    ("10-12", {"response": 4.60, "satisfaction": 4.80, "refund_hours": 4.80, "help_rate": 4.70}),
    ("10-26", {"response": 4.60, "satisfaction": 4.80, "refund_hours": 4.76, "help_rate": 4.70}),
    ("11-09", {"response": 4.62, "satisfaction": 4.80, "refund_hours": 4.48, "help_rate": 4.66}),
    ("11-14", {"response": 4.64, "satisfaction": 4.80, "refund_hours": 4.05, "help_rate": 4.60}),
)
"""The service metrics as on the page 真实体验分 on four days; the other metrics did not move."""
STEADY = {"negative_feedback": 4.72, "good_reviews": 4.85, "pickup": 4.90, "delivery": 4.75}
WEIGHTS = (
    "商品质量 25% 物流速度 25% 服务保障 50% 商品负反馈率 70% 商品好评率 30% 48小时揽收及时率 70% "
    "物流到货时长 30% 3分钟人工响应率 30% 旺旺满意度 20% 退款处理时长 30% 平台求助率 20%"
)
PARTS: dict[str, float] = {
    "negative_feedback": 0.175, "good_reviews": 0.075, "pickup": 0.175, "delivery": 0.075,
    "response": 0.15, "satisfaction": 0.10, "refund_hours": 0.15, "help_rate": 0.10,
}  # fmt: skip
"""The same weights as parts of the whole score."""
RECOMMENDED = (4.58, 5.20)
"""The net target that the plan's page recommends, and the one before refunds it calls the same."""
CHEAP = ("vest", 20.0, 70.0)
"""An item whose offers add up: per cent off in the shop, and the coupons taken from it besides, in yuan."""


def total(service: dict[str, float]) -> float:
    """Return the experience score that the page shows for these service metrics."""
    return round(sum(PARTS[name] * score for name, score in (STEADY | service).items()), 2)


def _scores() -> list[Entry]:
    made = []
    for number, (day, service) in enumerate(SCORES):
        weights = {"weights": WEIGHTS} if number == len(SCORES) - 1 else {}
        values = {"total": total(service), **STEADY, **service, **weights}
        made.append(record(f"{day} 10:14", "checks", "score", **values))
    return made


def _plans(outline: Outline) -> list[Entry]:
    over = outline.overspend
    assert over is not None  # noqa: S101 - the caller asks for shops with one
    item, jeans, cardigan = (outline.item[key].id for key in (over.item, "jeans", "cardigan"))
    before, after = over.targets
    return [
        record("10-12 09:58", "paid", "site_plan", PROMOTION, item=item, target=before, budget=600.0),
        record(
            "11-01 09:57", "paid", "site_plan", PROMOTION, item=item, target=after, budget=900.0,
            recommended_net=RECOMMENDED[0], recommended_total=RECOMMENDED[1],
            note="平台建议降目标拿量，试一周",
        ),
        record("10-12 09:59", "paid", "site_plan", PROMOTION, item=jeans, target=4.6, budget=700.0),
        record("10-12 10:00", "paid", "site_plan", PROMOTION, item=cardigan, target=4.8, budget=500.0),
    ]  # fmt: skip


def _offers(outline: Outline) -> list[Entry]:
    key, shop_off, coupons = CHEAP
    item = outline.item[key]
    values = {"item": item.id, "price": float(item.price), "shop_off": shop_off, "coupons": coupons}
    return [record("11-13 10:20", "checks", "offer_stack", **values)]


def _said() -> list[Entry]:
    return [
        entry("11-09 10:15", "note", "checks", SERVICE, text="退货堆着没拆，验货慢了两天，先调两个人过去。"),
        entry("11-12 21:50", "note", "summary", OPERATOR, text="双11 支付漂亮，等退款退完再说赚没赚。"),
        entry("11-15 21:58", "note", "summary", OPERATOR, text="老板问到底留下多少：明早看退款后和净利润。"),
    ]  # fmt: skip


def entries(world: World) -> list[Entry]:
    """Return these entries."""
    outline = world.outline
    return [*_scores(), *_plans(outline), *_offers(outline), *_said()]
