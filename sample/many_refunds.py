"""The refunds of a shop whose buyers send half of the money back: most of it before dispatch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sample.dice import Dice
from sample.orders import CARDIGAN_TROUBLE, TODAY_MORNING, Line, Order, Refund
from sample.outline import Outline, Refunding

LAST_PARCEL = time(15)
"""Orders paid before this time are sent on the same day, later ones on the next."""
SLOWER_SINCE = date(2026, 11, 6)
"""Since this day the warehouse takes longer to check returned parcels."""
HASTY = ("多拍/错拍/不想要", "拍错/多拍/不喜欢", "地址/电话信息填写错误", "没用/少用优惠")
FITTING = ("尺码拍错/不喜欢/效果不好", "7天无理由退换货", "大小/尺寸与商品描述不符", "7天无理由退换货")
TOO_SMALL = "大小/尺寸与商品描述不符"
THIN, THIN_WEIGHTS = ("材质/面料与商品描述不符", "7天无理由退换货"), (4, 1)
"""Why the item whose refunds rise comes back: its new batch is thinner than the pictures show."""
QUALITY = ("质量问题", "质量问题", "做工粗糙/有瑕疵")
REFUND_ONLY, RETURN, EXCHANGE = "仅退款", "退货退款", "换货"


def ask_back(outline: Outline, days: Mapping[date, list[Order]]) -> None:
    """Give the paid orders their dispatch time and, if the buyer asks for one, their refund."""
    habits = outline.refunding
    assert habits is not None  # noqa: S101 - the caller asks for shops with habits
    left = outline.overdue[2] if outline.overdue else 0
    for day, orders in days.items():
        for order in orders:
            if order.paid is None:
                continue
            dice = outline.dice(f"refund/{order.number}")
            order.sent = _dispatched(order.paid, dice)
            order.refund = _refund(outline, habits, order, day, dice)
            if left and order.refund is None and _forgotten(outline, order, day):
                order.sent, left = None, left - 1
            if order.sent is not None and (_is_kept_back(order, order.sent) or order.sent >= TODAY_MORNING):
                order.sent = None


def _is_kept_back(order: Order, sent: datetime) -> bool:
    """Return whether nothing was sent, because the whole order was to be refunded before."""
    return order.refund is not None and order.refund.whole and order.refund.asked < sent


def _forgotten(outline: Outline, order: Order, day: date) -> bool:
    assert outline.overdue is not None  # noqa: S101
    item, days, _ = outline.overdue
    return day in days and order.lines[0].item.key == item


def _dispatched(paid: datetime, dice: Dice) -> datetime:
    if paid.time() < LAST_PARCEL:
        return datetime.combine(paid.date(), time(17, dice.whole(0, 59), dice.whole(0, 59)))
    return datetime.combine(paid.date() + timedelta(days=1), time(11, dice.whole(0, 59), dice.whole(0, 59)))


def _factor(outline: Outline, habits: Refunding, line: Line, day: date) -> float:
    factor = habits.by_item.get(line.item.key, 1.0)
    return factor * (habits.campaign if outline.season.is_campaign(day) else 1.0)


def _more(habits: Refunding, line: Line, day: date) -> tuple[float, tuple[str, ...]]:
    """Return the factor of refunds after dispatch because of a bad batch, and their reasons; () if usual."""
    item, since, more = habits.rising
    if line.item.key == item and day >= since:
        return more, THIN
    if line.item.key == "cardigan" and day >= CARDIGAN_TROUBLE:
        return 1.7, QUALITY
    return 1.0, ()


def _refund(outline: Outline, habits: Refunding, order: Order, day: date, dice: Dice) -> Refund | None:
    assert order.paid is not None  # noqa: S101
    assert order.sent is not None  # noqa: S101
    line = dice.pick(order.lines)
    factor, fate = _factor(outline, habits, line, day), dice.unit()
    more, why = _more(habits, line, day)
    before, after = habits.before * factor, habits.after * factor * more
    whole = len(order.lines) == 1 or dice.luck(0.75 if fate < before else 0.3)
    amount = order.money if whole else line.money
    if fate < before:
        wait = min(0.97, -0.28 * _log(dice))
        asked = order.paid + timedelta(seconds=120) + (order.sent - order.paid) * wait
        made = Refund(asked, None, amount, line, whole, dice.pick(HASTY), REFUND_ONLY)
        made.done = asked + timedelta(minutes=dice.whole(8, 900))
        made.answer_by = asked + timedelta(hours=48)
    elif fate < before + after:
        days = 2.2 - 1.65 * sum(_log(dice) for _ in range(4))
        asked = order.paid + timedelta(days=days)
        usual = QUALITY if dice.luck(0.02) else FITTING
        reason = dice.pick(why, THIN_WEIGHTS if why is THIN else None) if why else dice.pick(usual)
        only = dice.luck(0.08)
        made = Refund(asked, None, amount, line, whole, reason, REFUND_ONLY if only else RETURN)
        checked = 1.5 if asked.date() >= SLOWER_SINCE else 1.0
        made.done = asked + timedelta(hours=(30 if only else dice.whole(72, 150)) * checked)
        made.answer_by = asked + timedelta(hours=72)
    elif fate > 1.0 - habits.exchanged:
        asked = order.paid + timedelta(days=4.0 - 1.5 * _log(dice))
        made = Refund(asked, None, 0, line, reason=TOO_SMALL, whole=False, kind=EXCHANGE)
        made.done = asked + timedelta(hours=dice.whole(96, 190))
    else:
        return None
    if made.asked >= TODAY_MORNING.replace(hour=0):
        return None
    if made.kind != EXCHANGE and made.asked >= order.sent and dice.luck(0.04):
        made.done, made.cancelled = None, min(made.asked + timedelta(hours=20), TODAY_MORNING)
    if made.done is not None and made.done >= TODAY_MORNING:
        made.done = None
    return made


def _log(dice: Dice) -> float:
    """Return the logarithm of a random number, for exponential waits."""
    return math.log(1.0 - dice.unit())
