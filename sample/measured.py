"""The figures in STORY.md, computed from the same simulated days as the exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sample import season
from sample.catalogue import HEROES, NEW_AGENT_DAYS, Item
from sample.outline import Outline
from sample.people_files import ONE_BAD, SEAM_BLAME
from sample.traffic import Ad, days_of
from sample.words import BURNING, CHEAPER_SINCE_13TH
from sample.world import World, buyers, lines_of, money, pace, stock_at_end

LAST_28, LAST_7, LAST_3 = season.DAYS[-28:], season.DAYS[-7:], season.DAYS[-3:]


@dataclass(frozen=True)
class WordFacts:
    """The results of a keyword over some days; money in yuan."""

    clicks: int
    orders: int
    cost: float
    sales: float
    break_even: float
    """Orders per click at which what an order leaves equals the cost per click."""

    @property
    def cpc(self) -> float:
        """Return the cost per click in yuan."""
        return self.cost / self.clicks if self.clicks else 0.0

    @property
    def rate(self) -> float:
        """Return orders per click."""
        return self.orders / self.clicks if self.clicks else 0.0


def source_mean(world: World, key: str, days: Sequence[date]) -> float:
    """Return a source's visitors per day."""
    return sum(world.traffic[day].sources[key] for day in days) / len(days)


def word(world: World, text: str, days: Sequence[date] = LAST_28) -> WordFacts:
    """Return the results of a keyword over the days."""
    ads: list[Ad] = [ad for day in days for ad in world.traffic[day].ads if ad.word == text]
    ours = {id(ad) for ad in ads}
    led = [o for day in days for o in world.paid(day) if o.ad is not None and id(o.ad) in ours]
    clicks, cost = sum(ad.clicks for ad in ads), sum(ad.cost for ad in ads) / 100
    even = cost / clicks / left(world.outline, world.outline.item[ads[0].item]) if clicks else 0.0
    return WordFacts(clicks, len(led), cost, money(led) / 100, even)


def left(outline: Outline, item: Item) -> float:
    """Return the yuan an order of one piece leaves after refunds, goods, fees, parcels and returns."""
    money, habits = outline.typed.money, outline.refunding
    goods = item.price * (1 - item.margin)
    if habits is None:
        return (1 - outline.typed.refund_rate) * (item.price * (1 - money["base_fee"]) - goods)
    before, after = (one * habits.by_item.get(item.key, 1.0) for one in (habits.before, habits.after))
    fees = money["base_fee"] + money["category_fee"] + money["points"]
    kept = (1 - before - after) * (item.price * (1 - fees) - goods)
    sent = (1 - before) * (money["ship"] + money["insurance"])
    return kept - sent - after * (money["return_cost"] + money["resale_loss"] * goods)


def on_hand(world: World, item: Item) -> int:
    """Return the pieces of an item in stock at the end of the last day."""
    return sum(count for (key, _), count in stock_at_end(world).items() if key == item.key)


def sold(world: World, item: Item, days: Sequence[date]) -> int:
    """Return the pieces paid over the days."""
    return sum(line.count for day in days for line in lines_of(world.paid(day), item))


def agent(world: World, name: str, days: Sequence[date] = LAST_7) -> tuple[int, int]:
    """Return an agent's inquiries and paying buyers."""
    desks = [desk for day in days for desk in world.desks[day] if desk.agent == name]
    return sum(desk.asked for desk in desks), sum(desk.paid for desk in desks)


def seconds(world: World, name: str, days: Sequence[date]) -> float:
    """Return an agent's mean answer time in seconds, weighted by inquiries."""
    desks = [desk for day in days for desk in world.desks[day] if desk.agent == name]
    return sum(desk.mean * desk.asked for desk in desks) / sum(desk.asked for desk in desks)


def team(world: World, days: Sequence[date] = LAST_7) -> float:
    """Return the team's conversion: paying buyers divided by inquiries."""
    desks = [desk for day in days for desk in world.desks[day]]
    return sum(desk.paid for desk in desks) / sum(desk.asked for desk in desks)


def bounce(world: World, days: Sequence[date]) -> float:
    """Return the bounce rate over the days, weighted by visitors."""
    whole = sum(world.traffic[day].visitors for day in days)
    return sum(world.traffic[day].bounce * world.traffic[day].visitors for day in days) / whole


def depth(world: World, days: Sequence[date]) -> float:
    """Return the pages per visitor."""
    whole = sum(world.traffic[day].visitors for day in days)
    return sum(world.traffic[day].depth * world.traffic[day].visitors for day in days) / whole


def aov(world: World, days: Sequence[date]) -> tuple[float, float]:
    """Return the average order value in yuan, of the shop and of its first best seller."""
    paid = [order for day in days for order in world.paid(day)]
    hero = world.outline.item[HEROES[0]]
    bought = [order for order in paid if any(line.item is hero for line in order.lines)]
    return money(paid) / buyers(paid) / 100, sum(line.money for line in lines_of(bought, hero)) / buyers(
        bought
    ) / 100


def month(world: World) -> tuple[float, float]:
    """Return November's sales so far and its target, in yuan."""
    days = days_of(date(2026, 11, 1), season.LAST)
    return sum(money(world.paid(day)) for day in days) / 100, world.outline.typed.targets["2026-11"]


def spent(world: World, day: date) -> float:
    """Return the ad spend of a day in yuan."""
    return sum(ad.cost for ad in world.traffic[day].ads) / 100


def planted(world: World) -> dict[str, float]:
    """Return all planted figures by name; the tests compare them with the files."""
    items = world.outline.item
    burning, jeans, cape = word(world, BURNING), items["jeans"], items["cape"]
    before = days_of(date(2026, 10, 12), date(2026, 10, 31))
    new_asked, new_paid = (sum(pair[at] for pair in NEW_AGENT_DAYS.values()) for at in (0, 1))
    weak, strong, shop = agent(world, "木子"), agent(world, "小禾"), aov(world, LAST_7)
    reached, target = month(world)
    return {
        "video_before": source_mean(world, "video", before),
        "video_after": source_mean(world, "video", season.DAYS[-4:]),
        "red_usual": source_mean(world, "red", season.DAYS[-4:-1]),
        "red_last": world.traffic[season.LAST].sources["red"],
        "jeans_on_hand": on_hand(world, jeans),
        "jeans_pace": pace(world, jeans),
        "jeans_lead": jeans.lead_days,
        "burning_clicks": burning.clicks,
        "burning_orders": burning.orders,
        "burning_cost": burning.cost,
        "burning_sales": burning.sales,
        "burning_rate": burning.rate,
        "burning_break_even": burning.break_even,
        "new_asked": new_asked,
        "new_paid": new_paid,
        "weak_asked": weak[0],
        "weak_paid": weak[1],
        "strong_asked": strong[0],
        "strong_paid": strong[1],
        "team": team(world),
        "bounce_last": bounce(world, LAST_7),
        "bounce_before": bounce(world, days_of(date(2026, 10, 26), date(2026, 11, 1))),
        "depth_last": depth(world, LAST_7),
        "aov_shop": shop[0],
        "aov_hero": shop[1],
        "sunwear_on_hand": on_hand(world, items["sunwear"]),
        "sunwear_sold": sold(world, items["sunwear"], LAST_28),
        "blouse_on_hand": on_hand(world, items["blouse"]),
        "blouse_sold": sold(world, items["blouse"], LAST_28),
        "bad_reviews": len(SEAM_BLAME),
        "ordinary_bad_stars": ONE_BAD[3],
        "reached": reached,
        "target": target,
        "spent_last": spent(world, season.LAST),
        "sunday": money(world.paid(season.LAST)) / 100,
        "coat_cpc": word(world, CHEAPER_SINCE_13TH, LAST_3).cpc,
        "bounce_3": bounce(world, LAST_3),
        "muzi_seconds": seconds(world, "木子", LAST_3),
        "cape_sold_3": sold(world, cape, LAST_3),
        "peak": money(world.paid(date(2026, 11, 11))) / 100,
    }
