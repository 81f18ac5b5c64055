"""The two sample shops: 兰亭, which the tests look at, and 棠里, which ``shopday demo`` opens."""

from __future__ import annotations

from datetime import date

from sample.catalogue import ITEMS, SHOP, SHOP_ID, STOCK_FIXED
from sample.dice import SEED
from sample.outline import Outline, Overspend, Refunding, Typed
from sample.season import LONG_SPANS, SPANS, Season
from sample.second_catalogue import SECOND_ITEMS

LANTING = Outline(
    folder="",
    title="lanting",
    name=SHOP,
    shop_id=SHOP_ID,
    seed=SEED,
    items=ITEMS,
    stock_fixed=STOCK_FIXED,
    season=Season(SPANS),
    visitors=10_500,
    peak_target=380_000.0,
    last_year=541_000.0,
    weekend=("10-16", "10-18"),
    festival=("双11 大促", "2026-11-01", "2026-11-11", "11-12"),
    typed=Typed(
        targets={"2026-09": 1_850_000, "2026-10": 1_680_000, "2026-11": 2_470_000, "2026-12": 2_100_000},
        refund_rate=0.12,
        refund_note="of paid money, orders of September and October",
        margin=0.55,
        money={"base_fee": 0.006, "fixed_month": 168_000.0},
        balance=860.0,
        balance_note="looked at on the evening of the 15th; a day costs about 3,900",
        budget=4500.0,
    ),
)
"""Parcels and returns are not written down in this shop."""
TANGLI = Outline(
    folder="tangli",
    title="tangli",
    name="棠里女装旗舰店",
    shop_id="100200400",
    seed="tangli-2026",
    items=SECOND_ITEMS,
    stock_fixed={"blouse": 6, "sunwear": 388, "down": 160, "sherpa": 140},
    season=Season(LONG_SPANS),
    visitors=8_600,
    peak_target=420_000.0,
    last_year=610_000.0,
    weekend=("09-25", "09-27"),
    festival=("双11", "2026-10-20", "2026-11-14", "11-15"),
    typed=Typed(
        targets={"2026-09": 2_050_000, "2026-10": 2_200_000, "2026-11": 2_250_000, "2026-12": 2_300_000},
        targets_net={"2026-09": 1_050_000, "2026-10": 1_100_000, "2026-11": 1_140_000, "2026-12": 1_150_000},
        refund_rate=0.5,
        refund_note="of paid money; counted from the refund list where it is there",
        margin=0.66,
        money={
            "base_fee": 0.006,
            "category_fee": 0.05,
            "points": 0.005,
            "ship": 4.2,
            "insurance": 2.3,
            "return_cost": 3.5,
            "resale_loss": 0.03,
            "fixed_month": 240_000.0,
        },
        balance=910.0,
        balance_note="looked at on the evening of the 15th",
        budget=4500.0,
        long_festival=(date(2026, 10, 15), date(2026, 11, 14)),
    ),
    lift=1.12,
    word_rates={"毛衣女": 0.0035, "法式连衣裙": 0.0160},
    word_costs={"法式连衣裙": 0.88},
    refunding=Refunding(
        before=0.31,
        after=0.21,
        campaign=1.06,
        by_item={
            "dress": 1.12,
            "coat": 1.10,
            "trench": 1.08,
            "base": 0.72,
            "legging": 0.70,
            "scarf": 0.55,
            "cami": 0.65,
            "knitdress": 1.1,
        },
        rising=("base", date(2026, 10, 30), 3.3),
        exchanged=0.015,
    ),
    overspend=Overspend("sweater", date(2026, 11, 2), 3.6, (5.2, 4.4)),
    overdue=("trench", (date(2026, 11, 12), date(2026, 11, 13)), 7),
    compact=True,
)
SHOPS = (LANTING, TANGLI)
