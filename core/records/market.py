"""Records of what no export contains: the market, and an item's price after all offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.language.wording import N_
from core.records.ask import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSeen:
    """Yesterday's change of the market in the shop's category, as the platform shows it."""

    form: ClassVar[str] = "market"
    form_title: ClassVar[str] = N_("The market yesterday")
    visitors: Annotated[
        float | None,
        Ask(
            N_("Market visitors, change from the same day last week, %"),
            "number",
            hint=N_("such as -8 or 12.5"),
        ),
    ] = None
    sales: Annotated[
        float | None,
        Ask(
            N_("Market sales, change from the same day last week, %"), "number", hint=N_("such as -8 or 12.5")
        ),
    ] = None
    rising: Annotated[str, Ask(N_("Words searched more than last week"), hint=N_("{rising_page}"))] = ""
    """Search terms that rise in the market, separated by spaces or commas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferStack:
    """An item's price with every offer that applies to it at the same time."""

    form: ClassVar[str] = "offer_stack"
    form_title: ClassVar[str] = N_("Price after all offers")
    item: Annotated[str, Ask(N_("Item"), "item")]
    price: Annotated[float, Ask(N_("Price on the page, with the item's own discount (单品宝)"), "money")]
    shop_off: Annotated[
        float | None,
        Ask(N_("The shop's discount (店铺宝), % off"), "number", hint=N_("for 9折 (10% off) enter 10")),
    ] = None
    coupons: Annotated[
        float | None,
        Ask(
            N_("Other coupons and 满减 that apply, yuan per piece"),
            "money",
            hint=N_("40 off 300 on two pieces: enter 20"),
        ),
    ] = None
    floor: Annotated[
        float | None, Ask(N_("Lowest acceptable price"), "money", hint=N_("empty = the cost in shop.toml"))
    ] = None

    @property
    def final(self) -> float:
        """The price a buyer pays for one piece, in yuan."""
        return self.price * (1 - (self.shop_off or 0.0) / 100) - (self.coupons or 0.0)


MARKET_RECORDS = (MarketSeen, OfferStack)
