"""The platform's experience score as its page shows it, typed or pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSeen:
    """An observation of the experience score (真实体验分): the page's text pasted, or its scores typed."""

    form: ClassVar[str] = "score"
    form_title: ClassVar[str] = N_("Experience score")
    page: Annotated[
        str,
        Ask(
            N_("Page text, pasted"), "score_page", hint=N_("select all on the page, copy, and paste it here")
        ),
    ] = ""
    """The text of the page 千牛 › 店铺 › 店铺管理 › 真实体验分; scores are found by the names before them."""
    total: Annotated[float | None, Ask(N_("Experience score"), "score", hint=N_("0 to 5, such as 4.72"))] = (
        None
    )
    goods: Annotated[float | None, Ask(N_("Goods quality"), "score")] = None
    logistics: Annotated[float | None, Ask(N_("Logistics speed"), "score")] = None
    service: Annotated[float | None, Ask(N_("Service"), "score")] = None
    negative_feedback: Annotated[float | None, Ask(N_("Negative feedback score"), "score")] = None
    good_reviews: Annotated[float | None, Ask(N_("Good review score"), "score")] = None
    pickup: Annotated[float | None, Ask(N_("48-hour pick-up score"), "score")] = None
    delivery: Annotated[float | None, Ask(N_("Delivery time score"), "score")] = None
    response: Annotated[float | None, Ask(N_("3-minute response score"), "score")] = None
    satisfaction: Annotated[float | None, Ask(N_("Chat satisfaction score"), "score")] = None
    refund_hours: Annotated[float | None, Ask(N_("Refund time score"), "score")] = None
    help_rate: Annotated[float | None, Ask(N_("Platform help rate score"), "score")] = None
    weights: Annotated[
        str,
        Ask(
            N_("Weights of the metrics"),
            "score_weights",
            hint=N_("once, such as: 物流速度 25% 服务保障 50% 商品负反馈率 70% …"),
        ),
    ] = ""
    """The weights as the page shows them; they differ by category and time."""
    line: Annotated[float | None, Ask(N_("Next score to reach"), "score", hint=N_("empty = 4.8"))] = None


EXPERIENCE_RECORDS = (ScoreSeen,)
