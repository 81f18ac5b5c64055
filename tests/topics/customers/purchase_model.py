"""BG/NBD, the textbook model of repeat purchases: a reference for shops that want one (section 11)."""

from typing import NamedTuple

from core.statistics import distributions


class PurchaseModel(NamedTuple):
    """BG/NBD parameters of a shop, fitted elsewhere."""

    r: float
    alpha: float
    a: float
    b: float


def expected_purchases(
    model: PurchaseModel, *, repeats: float, last_repeat: float, age: float, ahead: float
) -> float:
    """Return the orders expected ``ahead`` of a customer of this age with so many repeats.

    BG/NBD, closed form; all times in the unit of the parameters (weeks for CDNOW). Fader, Hardie and Lee
    2005.
    """
    r, alpha, a, b = model
    x = repeats
    shrink = ((alpha + age) / (alpha + age + ahead)) ** (r + x)
    series = distributions.hypergeometric(r + x, b + x, a + b + x - 1.0, ahead / (alpha + age + ahead))
    alive = a / (b + x - 1.0) * ((alpha + age) / (alpha + last_repeat)) ** (r + x) if x > 0 else 0.0
    return float((a + b + x - 1.0) / (a - 1.0) * (1.0 - shrink * series) / (1.0 + alive))
