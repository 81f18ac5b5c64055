"""千牛 order lists and refund lists. All people in them are invented, and recognizably so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sample import season
from sample.layouts import layout
from sample.orders import TODAY_MORNING, Line, Order, Refund
from sample.outline import Outline
from sample.traffic import days_of
from sample.world import World
from sample.writers import Cell, gbk_zip, plain, table, xlsx

WAIT_PAY, WAIT_SEND, SENT = "等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认"
DONE, CLOSED = "交易成功", "交易关闭"
FILES = (
    ("ExportOrderList202610010905", date(2026, 9, 1), date(2026, 9, 30), True),
    ("ExportOrderList202611010911", date(2026, 10, 1), date(2026, 10, 31), True),
    ("ExportOrderList202611120902", date(2026, 11, 1), date(2026, 11, 11), True),
    ("ExportOrderList202611160908", date(2026, 11, 12), date(2026, 11, 15), False),
)
"""For each file: name, first and last day of the orders, and whether the csv is inside a zip."""
SURNAMES = "甲乙丙丁戊己庚辛壬癸"
WHEN_SENT = ["发货时间", "揽收时间"]
"""Columns at the end of newer order lists."""
PICKED_UP_AFTER = timedelta(hours=3)


def stamp(moment: datetime | None) -> str:
    """Return a time such as ``2026-11-11 20:03:11``; empty for None."""
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def status(order: Order, *, sent_known: bool = False) -> str:
    """Return the order's status as of this morning; ``sent_known``: the shop exports dispatch times."""
    age = TODAY_MORNING - order.made
    if not order.paid:
        return WAIT_PAY if age < timedelta(days=1) else CLOSED
    if order.refund and order.refund.done and order.refund.whole:
        return CLOSED
    if sent_known and order.sent is None:
        return WAIT_SEND
    if sent_known:
        return SENT if age < timedelta(days=9) else DONE
    if age < timedelta(hours=20):
        return WAIT_SEND
    return SENT if age < timedelta(days=9) else DONE


def _received(order: Order) -> datetime:
    return order.made + timedelta(days=8, hours=order.buyer % 24)


def confirmed_at(order: Order) -> datetime | None:
    """Return when the buyer confirmed the parcel; None if that did not happen until this morning."""
    if status(order, sent_known=True) != DONE or _received(order) >= TODAY_MORNING:
        return None
    return _received(order)


def _closed_because(outline: Outline, order: Order, state: str) -> str:
    if state != CLOSED:
        return "订单未关闭"
    return (
        "退款"
        if order.paid
        else outline.dice(f"closed/{order.number}").pick(("买家未付款", "买家不想买了", "超时未付款"))
    )


def _person(order: Order, *, masked: bool) -> dict[str, Cell]:
    number = order.buyer
    if masked:
        hidden = {"收货人姓名": "虚构**", "收货地址 ": "示例省 样板市 虚构区 ******(000000)"}
        return {"买家会员名": f"示例买家{number:05d}", "联系手机": "'*******", **hidden}
    name = f"虚构{SURNAMES[number % 10]}{SURNAMES[number // 10 % 10]}"
    return {
        "买家会员名": f"示例买家{number:05d}",
        "买家支付宝账号": f"b{number:05d}@example.com",
        "收货人姓名": name,
        "收货地址 ": f"示例省 样板市 虚构区 演示路{number % 97 + 1}号(000000)",
        "联系手机": f"'100{number:08d}",
        "联系电话 ": "'",
    }


def _row(outline: Outline, order: Order) -> dict[str, Cell]:
    newer = outline.refunding is not None
    state, total = status(order, sent_known=newer), plain(order.money)
    sent = order.sent is not None if newer else state in {SENT, DONE}
    back = order.refund.money if order.refund and order.refund.done else 0
    confirmed = _received(order) if state == DONE else None
    titles = "，".join(line.item.title for line in order.lines)
    row = _person(order, masked=newer)
    row |= {
        "订单编号": f'="{order.number}"',
        "买家应付货款": total,
        "买家应付邮费": "0.00",
        "买家支付积分": "0",
        "总金额": total,
        "返点积分": "0",
        "买家实际支付金额": total if order.paid else "0.00",
        "买家实际支付积分": "0",
        "订单状态": state,
        "运送方式": "快递",
        "订单创建时间": stamp(order.made),
        "订单付款时间 ": stamp(order.paid),
        "宝贝标题 ": titles,
        "宝贝种类 ": len(order.lines),
        "物流单号 ": f"No:SF{order.number[-12:]}" if sent else "",
        "物流公司": "顺丰速运" if sent else "",
        "宝贝总数量": order.units,
        "店铺Id": outline.shop_id,
        "店铺名称": outline.name,
        "订单关闭原因": _closed_because(outline, order, state),
        "卖家服务费": "0元",
        "买家服务费": "0元",
        "是否手机订单": "手机订单",
        "是否代付": "否",
        "是否是O2O交易": "否",
        "退款金额": plain(back),
        "确认收货时间": stamp(confirmed),
        "打款商家金额": f"{plain(order.money - back)}元" if state == DONE else "0元",
    }
    if newer:
        picked = order.sent + PICKED_UP_AFTER if order.sent else None
        row |= dict(zip(WHEN_SENT, (stamp(order.sent), stamp(picked)), strict=True))
    return row


def orders(outline: Outline, made: Iterable[Order], *, quoted: bool = False) -> bytes:
    """Return an ExportOrderList: GBK, 54 columns, newest first, trailing spaces in five headers.

    Order numbers are written as ``="33…"``; ``quoted``: as a csv writer would write that, with all quotes
    doubled.
    """
    header = layout("qn_order_list")
    if outline.refunding is not None:
        header = [*header, *WHEN_SENT]
    rows = [_row(outline, order) for order in made]
    cells = [[row.get(name, "") for name in header] for row in reversed(rows)]
    content = table(header, cells, "gbk")
    return content if quoted else re.sub(rb'"=""(\d+)"""', rb'="\1"', content)


def _state(refund: Refund) -> str:
    if refund.cancelled:
        return "退款关闭"
    if refund.done:
        return "退款成功"
    waited = TODAY_MORNING - refund.asked
    if refund.kind == "仅退款":
        return "买家已经申请退款，等待卖家同意"
    if waited < timedelta(days=1):
        return "买家已经申请退款，等待卖家同意"
    return (
        "卖家已经同意退款，等待买家退货" if waited < timedelta(days=3) else "买家已经退货，等待卖家确认收货"
    )


def _back(order: Order, refund: Refund, line: Line) -> dict[str, Cell]:
    colour, size = line.item.skus[line.sku]
    late = refund.asked - order.made > timedelta(days=3)
    kind = refund.kind or ("退货退款" if late else "仅退款")
    sent = order.sent is not None if refund.kind else late
    return {
        "订单编号": order.number,
        "退款编号": f"9{order.number[1:]}",
        "支付宝交易号": None if refund.kind else f"2026{order.number[-16:]}",
        "订单付款时间": stamp(order.paid),
        "商品sku信息": f"颜色分类:{colour};尺码:{size}",
        "退款完结时间": stamp(refund.done or refund.cancelled) or None,
        "买家实际支付金额": plain(order.money),
        "退款总额": plain(refund.money),
        "宝贝标题": line.item.title,
        "手工退款/系统退款": "手工退款",
        "退款申请时间": stamp(refund.asked),
        "退款状态": _state(refund),
        "货物状态": _goods(refund, late=late, sent=sent),
        "客服介入状态": "无客服介入",
        "买家退款原因": refund.reason,
        "售中或售后": "售中",
        "部分退款/全额退款": "全额退款" if refund.whole else "部分退款",
        "业务类型": "普通退款",
        "售后类型": kind,
        "商品id": line.item.id,
        "超时时间": None if refund.done or refund.cancelled else stamp(refund.answer_by) or None,
        "发货物流单号": f"SF{order.number[-12:]}" if refund.kind and sent else None,
        "退给买家金额": plain(refund.money),
        "退给平台金额": "0.00",
        "商家编码": f"{line.item.code}-{colour}-{size}",
    }


def _goods(refund: Refund, *, late: bool, sent: bool) -> str:
    if refund.kind and not sent:
        return "卖家未发货"
    return "买家已收到货" if late else "买家未收到货"


def refunds(world: World, first: date, last: date) -> list[list[Cell]]:
    """Return the refund list of orders from ``first`` to ``last``, its header first."""
    header = layout("qn_refund")
    chosen = [(o, r) for o, r in world.refunds if first <= o.made.date() <= last]
    told = (_back(order, refund, refund.line) for order, refund in chosen)
    return [[*header], *([one.get(name) for name in header] for one in told)]


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``exports/``."""
    made = {}
    for name, first, last, is_zip in FILES:
        zipped = is_zip or world.outline.compact
        content = orders(
            world.outline, (order for day in days_of(first, last) for order in world.orders[day])
        )
        made[f"orders/{name}.{'zip' if zipped else 'csv'}"] = (
            gbk_zip({f"订单_{name}.csv": content}) if zipped else content
        )
    for first, last in ((season.FIRST, date(2026, 10, 31)), (date(2026, 11, 1), season.LAST)):
        name, rows = f"退款单_{first:%Y%m%d}_{last:%Y%m%d}", refunds(world, first, last)
        if world.outline.compact:
            made[f"refunds/{name}.zip"] = gbk_zip({f"{name}.csv": table(rows[0], rows[1:], "gb18030")})
        else:
            made[f"refunds/{name}.xlsx"] = xlsx({"export": rows})
    return made
