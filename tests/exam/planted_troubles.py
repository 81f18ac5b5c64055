"""Troubles by kind: what goes wrong, of which object, by how much, since when, and what names it rightly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from tests.exam.made_shop import AGENTS, DAYS, NEW_SOURCE, REASONS, SOURCES, Made


@dataclass(frozen=True, slots=True)
class Planted:
    """A trouble that was planted: what has to be named."""

    kind: str
    about: str
    """The object's id; empty for the shop."""
    kinds: tuple[str, ...]
    """Kinds of findings that name the right metric."""
    days: int
    causes: tuple[str, ...] = ()
    """Words of a cause that is right; empty: any, none needs to be named."""


Plant: TypeAlias = Callable[[Made, np.random.Generator], Planted]


def _when(chance: np.random.Generator) -> int:
    return int(chance.integers(1, 11))


def _item(made: Made, chance: np.random.Generator) -> int:
    return int(chance.integers(0, max(1, made.items // 3)))


def item_conversion(made: Made, chance: np.random.Generator) -> Planted:
    """Visitors as usual, hardly a buyer or none."""
    place, days = _item(made, chance), _when(chance)
    made.conversion[place, -days:] *= 1 - chance.choice([0.6, 0.8, 1.0])
    return Planted("item conversion", made.item(place), ("item_conversion", "item_paid_share"), days,
                   ("sizes or colours", "a coupon that ended", "checkout"))  # fmt: skip


def item_page(made: Made, chance: np.random.Generator) -> Planted:
    """A page that sells less: carts and buyers fall alike."""
    place, days, left = _item(made, chance), _when(chance), 1 - chance.choice([0.5, 0.7, 0.9])
    made.conversion[place, -days:] *= left
    made.carts[place, -days:] *= left
    return Planted("item page", made.item(place), ("item_conversion", "item_cart_rate"), days,
                   ("the page or pictures",))  # fmt: skip


def item_traffic(made: Made, chance: np.random.Generator) -> Planted:
    """An item that is shown less."""
    place, days = _item(made, chance), _when(chance)
    made.visitors[place, -days:] *= 1 - chance.choice([0.5, 0.7, 0.95])
    return Planted("item traffic", made.item(place), ("item_visitors", "item_search_visitors"), days,
                   ("platform's pages", "the season"))  # fmt: skip


def search_loss(made: Made, chance: np.random.Generator) -> Planted:
    """An item that fell in the search."""
    place, days, lost = _item(made, chance), _when(chance), chance.choice([0.4, 0.6, 0.8])
    share = made.search[place, -days:]
    made.visitors[place, -days:] *= 1 - share * lost
    made.search[place, -days:] = share * (1 - lost) / (1 - share * lost)
    return Planted("search loss", made.item(place), ("item_search_visitors", "item_visitors"), days,
                   ("search rank", "changed title"))  # fmt: skip


def price_typo(made: Made, chance: np.random.Generator) -> Planted:
    """A price that was typed wrong, and more buyers because of it."""
    place, days = _item(made, chance), _when(chance)
    made.price[place, -days:] *= chance.choice([0.1, 0.5, 0.7])
    made.conversion[place, -days:] *= 1.5
    return Planted("price", made.item(place), ("item_price",), days, ("item discount",))


def source_stopped(made: Made, chance: np.random.Generator) -> Planted:
    """A source that brings next to nothing."""
    place, days = int(chance.integers(0, 6)), _when(chance)
    made.sources[place, -days:] *= 0.05
    return Planted(
        "source stopped", SOURCES[place], ("source_visitors",), days, ("place on the platform", "balance")
    )


def new_poor_source(made: Made, chance: np.random.Generator) -> Planted:
    """A new source whose visitors do not buy."""
    days = _when(chance)
    made.new_visitors[-days:] = made.visitors.sum(axis=0).mean() * chance.uniform(0.2, 0.5)
    return Planted("new poor source", NEW_SOURCE, ("source_new_source",), days)


def word_clicks(made: Made, chance: np.random.Generator) -> Planted:
    """Clicks on a word that bring no orders."""
    large = np.argsort(-made.clicks.mean(axis=1))[: max(1, len(made.clicks) // 3)]
    place, days = int(chance.choice(large)), int(chance.integers(1, 8))
    made.clicks[place, -days:] *= chance.choice([3.0, 4.0])
    return Planted("clicks without orders", made.word(place), ("word_clicks", "word_conversion"), days,
                   ("no buyers",))  # fmt: skip


def agent_slow(made: Made, chance: np.random.Generator) -> Planted:
    """One of the team answers slower."""
    place, days = int(chance.integers(0, len(made.seconds))), _when(chance)
    made.seconds[place, -days:] *= chance.choice([1.6, 2.0])
    return Planted("agent slower", AGENTS[place], ("agent_answer_time", "agent_first_answer"), days,
                   ("own pace",))  # fmt: skip


def item_refunds(made: Made, chance: np.random.Generator) -> Planted:
    """A batch that comes back."""
    place, days = _item(made, chance), _when(chance)
    made.refunds[place, -days:] *= chance.choice([4.0, 8.0])
    return Planted("refunds by item", made.item(place), ("item_refunds", "reason_refunds"), days,
                   ("faulty batch",))  # fmt: skip


def reason_refunds(made: Made, chance: np.random.Generator) -> Planted:
    """One reason of refunds for all items."""
    place, days = int(chance.integers(0, len(REASONS))), _when(chance)
    made.reasons[place, -days:] += chance.choice([0.4, 0.8])
    return Planted("refunds by reason", REASONS[place], ("reason_refunds", "shop_refunds"), days,
                   ("warehouse",))  # fmt: skip


def shop_conversion(made: Made, chance: np.random.Generator) -> Planted:
    """Everything sells less: checkout, coupons, demand."""
    days = _when(chance)
    left = 1 - chance.choice([0.3, 0.4, 0.5])
    made.conversion[:, -days:] *= left
    return Planted("shop conversion", "", ("shop_conversion",), days, ("demand", "checkout"))


def shop_discount(made: Made, chance: np.random.Generator) -> Planted:
    """A coupon that lowers all prices."""
    days = _when(chance)
    made.price[:, -days:] *= 1 - chance.choice([0.1, 0.2])
    return Planted("shop discount", "", ("shop_price",), days, ("shop coupon",))


def taken_down(made: Made, chance: np.random.Generator) -> Planted:
    """An item that is not on the shelf any more."""
    place, days = _item(made, chance), int(chance.integers(1, 6))
    made.missing[place] = DAYS - days
    return Planted("taken down", made.item(place), ("item_missing_row",), days)


PLANTS: Final[dict[str, Plant]] = {
    one.__name__: one
    for one in (
        item_conversion,
        item_page,
        item_traffic,
        search_loss,
        price_typo,
        source_stopped,
        new_poor_source,
        word_clicks,
        agent_slow,
        item_refunds,
        reason_refunds,
        shop_conversion,
        shop_discount,
        taken_down,
    )
}


# ---- troubles so large that they are named by the third day, for mornings with more than one


def _large(made: Made, chance: np.random.Generator, taken: set[str]) -> int:
    """Draw one of the five largest items that nothing else happens to."""
    free = [place for place in range(5) if made.item(place) not in taken]
    return int(chance.choice(free))


def nobody_buys(made: Made, chance: np.random.Generator, taken: set[str]) -> Planted:
    """A hero that sells nothing: payment, carts and buyers fall with it."""
    place = _large(made, chance, taken)
    made.conversion[place, -4:] = 0.0
    made.carts[place, -4:] *= 0.1
    return Planted("nobody buys", made.item(place), ("item_conversion", "item_cart_rate"), 4)


def not_shown(made: Made, chance: np.random.Generator, taken: set[str]) -> Planted:
    """A hero that is hardly shown: search, other visitors, carts and buyers fall with it."""
    place = _large(made, chance, taken)
    made.visitors[place, -4:] *= 0.05
    return Planted("not shown", made.item(place), ("item_visitors", "item_search_visitors"), 4)


def half_price(made: Made, chance: np.random.Generator, taken: set[str]) -> Planted:
    """A price typed wrong: more buyers, a cheaper shop."""
    place = _large(made, chance, taken)
    made.price[place, -4:] *= 0.5
    made.conversion[place, -4:] *= 1.5
    return Planted("half price", made.item(place), ("item_price",), 4)


def source_dry(made: Made, chance: np.random.Generator, taken: set[str]) -> Planted:
    """A large source that brings nobody."""
    shares = made.sources.mean(axis=1) * np.array([name not in taken for name in SOURCES])
    place = int(chance.choice(np.argsort(-shares)[:3]))
    made.sources[place, -4:] *= 0.03
    return Planted("source dry", SOURCES[place], ("source_visitors",), 4)


def poor_visitors(made: Made, chance: np.random.Generator, taken: set[str]) -> Planted:
    """A new source that dilutes the shop's conversion, carts and returning share."""
    del taken
    made.new_visitors[-4:] = made.visitors.sum(axis=0).mean() * chance.uniform(0.35, 0.5)
    return Planted("poor visitors", NEW_SOURCE, ("source_new_source",), 4)


def slow_agent(made: Made, chance: np.random.Generator, taken: set[str]) -> Planted:
    """An agent twice as slow."""
    del taken
    place = int(chance.integers(0, len(made.seconds)))
    made.seconds[place, -4:] *= 2.2
    return Planted("slow agent", AGENTS[place], ("agent_answer_time", "agent_first_answer"), 4)


LARGE: Final = (nobody_buys, not_shown, half_price, source_dry, poor_visitors, slow_agent)
FAMILIES: Final = (nobody_buys, not_shown, poor_visitors)
"""Parents with three children and more."""


def several(made: Made, chance: np.random.Generator, number: int) -> list[Planted]:
    """Plant one parent with its children, or two troubles at once, in turn."""
    kinds = [FAMILIES[int(chance.integers(0, len(FAMILIES)))]]
    if number % 2 == 0:
        kinds = [LARGE[int(place)] for place in chance.choice(len(LARGE), 2, replace=False)]
    found: list[Planted] = []
    for kind in kinds:
        found.append(kind(made, chance, {one.about for one in found}))
    return found
