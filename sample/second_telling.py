"""STORY.md of the second shop: what is planted in it, and which step says it."""

# Rows of tables are not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from sample.second_measured import LOSES_NET, planted
from sample.typed import COPY_SHOP, NO_EFFECT
from sample.words import BURNING, SPARED, STILL_DEAR
from sample.world import World

_HEAD = """\
# The second sample shop and its story

{name} (folder `{title}`), women's wear on Tmall. `shopday demo` opens it. Everything is invented: people, orders, rivals, figures.
Data run from 2026-09-01 to 2026-11-15 (a Sunday). **Today is Monday 2026-11-16**, the week after 双11, which was one long festival this year:
presale from 15 October, sales from 20 October to 14 November, with a peak on 11 November.
Of what is paid, {refund_rate:.0%} goes back: {before_dispatch:.0%} of the refunds before the parcel leaves, the others after it; a few are exchanges.
So the question of the day is not what was sold but **what was kept**: `target` and the report's first page answer it.
`python -m sample.story` writes `exports/`, `evening/`, `shop.toml`, `entries.json` and this page; the same bytes every time.
Team, agents and rivals are those of the first shop ([its story](../STORY.md)).
"""
_LEAVE = """\
## What must be left alone

| what it looks like | why nobody should act |
|---|---|
| Sales fall by seven tenths after 11-11 | the calendar says so: 双11 is one row with a multiple for each day, then 11-15 to 11-22 × 0.76 |
| The paid target is within reach and the net target is not met yesterday | both are true; the net target judges (`shop.toml`, `[targets_net]`) |
| Of 11-15 only a fifth is refunded so far | the rest is still to come: the day is shown hollow until nine tenths of its refunds are in |
| The words {spared} have no order in 28 days | too few clicks to say anything |
| Hundreds of paid orders were never sent | their buyers took the money back before dispatch: nothing is to be sent |
| {no_effect} (09-25 … 09-27) | over for seven weeks: not told any more |
| The whole-site plans' own ROI of 5 and more | they are credited with sales that would have come anyway |
| One buyer wants a gift box | one voice in two weeks |
"""
_FILES = """\
## How true the layouts are

As in the first shop, and besides: order lists end with 发货时间 and 揽收时间, and hide names and numbers as newer exports do; refund lists are csv files in
a zip; the item and plan reports end with 净成交金额, 净成交笔数, 净实际投产比; the shop by day has 退款金额（支付时间） and no DSR. 支出账单 日汇总 by month has the header
of public documentation. **UNVERIFIED:** that exchanges (换货) stand in the refund list with an amount of 0; the names 延迟发货赔付红包 and 返点积分 in the bill.
Presale deposits are not modelled. The experience score stands in no export: it was typed on four days.
"""


def _finds(p: dict[str, float]) -> list[tuple[str, str, str, str]]:
    return [
        ("target", "what November kept", f"{p['paid']:,.0f} paid by 11-15, about half of it left", "look at net sales and profit, not at what was paid"),
        ("target", "the net target is narrowly reachable", "1,140,000 after refunds; the paid target of 2,250,000 about as likely", "say both, and what is missing after refunds"),
        ("target", "yesterday was missed after refunds", f"{p['paid_last']:,.0f} paid; half of its refunds are still to come", "a range, not a figure"),
        ("drivers", "针织开衫 …101: 质量问题", "its refunds for quality rise since orders of 11-02", "stop the batch, talk to the maker"),
        ("drivers", "打底衫 …109 comes back", "the batch since 10-30 is thinner than the pictures: three times as many returns", "look at the newest refunds, correct the page"),
        ("drivers", "短视频 died", f"from 11-12: {p['video_after']:.0f} visitors a day since", "ask the platform; money does not bring it back"),
        ("stock", "直筒牛仔裤 …102 runs out", f"{p['jeans_on_hand']:.0f} pieces, {p['jeans_pace']:.1f} a day paid, half of them come back or are never sent; lead 9 days", "reorder today, slow its ads"),
        ("stock", "防晒开衫 …120 does not sell", f"{p['sunwear_on_hand']:.0f} pieces", "never reorder; clear"),
        ("paid", f"“{BURNING}” burns money", f"{p['burning_clicks']:.0f} clicks, {p['burning_orders']:.0f} orders in 28 days", "delete"),
        ("paid", f"“{LOSES_NET}” earns gross and loses net", "its orders' gross profit pays the clicks; after fees, parcels and returns they do not", "lower the bid"),
        ("paid", "the whole-site plan of the 套头毛衣 …105 overspends", f"target 5.2 → 4.4 on 11-01: {p['spent_more']:,.0f} yuan a day more, {p['orders_more']:.1f} orders more", "undo the change"),
        ("paid", "its page recommends too low a target", "4.58 net is called the same as 5.20 before refunds: 12 % refunds", "set the target by our own refunds"),
        ("paid", f"“{STILL_DEAR}” was to become cheaper on 11-05", f"{p['word_then']:.0f} orders of {p['word_clicks']:,.0f} clicks then, {p['word_in_full']:.0f} credited in full", "decide anew"),
        ("checks", "orders not sent", f"{p['unsent']:.0f} 风衣 …104 of 11-12 and 11-13 not dispatched after 48 hours", "send them first"),
        ("checks", "experience score falls", f"{p['score_before']:.2f} → {p['score']:.2f} since 11-09: refunds take longer since 11-06", "process the returned parcels"),
        ("checks", "a line of October's bill does not fit", f"返点积分 1.1 % instead of 0.5 %: {p['points_more']:,.0f} yuan", "ask the platform, or correct shop.toml"),
        ("checks", "compensation for late parcels", f"{p['compensation']:.0f} yuan in October", "know it"),
        ("checks", "offers add up below cost", "马甲 …113: 20 % off and 70 yuan of coupons", "take one offer away"),
        ("checks", "ad balance", "910 yuan", "top up before noon"),
        ("checks", "returned parcels wait", "most of the refunds that wait for us", "check them, the oldest first"),
        ("checks", "市场洞察专业版 ends 2026-11-20", "in four days", "renew or let go, decide"),
        ("page", "bounce too high", f"{p['bounce_last']:.1%} last week (line 70 %)", "change the page back"),
        ("reviews", "针织开衫 …101: 开线, 掉色", "9 bad reviews 11-09 … 11-15", "stop the batch, answer each"),
        ("reviews", "the dress …103 is copied", f"at {COPY_SHOP}, 100 yuan cheaper, our pictures", "complain today"),
        ("campaigns", "双11 as one festival", "10-20 … 11-14", "sold more than usual; what is left of it comes with the refunds"),
        ("campaigns", "双12 预热 sign-up ends 2026-11-18", "pictures, locked price, stock promise missing", "hand in by Wednesday"),
        ("rivals", "禾田 cuts prices", "4 of 12 listings 18 % cheaper on 11-15", "compare, do not follow"),
        ("rivals", "慕言 (r02) fell back; 青黛衣橱 (r05) not looked at since 11-10", "as in the first shop", "take the place; look today"),
        ("service", "木子 is really below", "and 小禾 converts more than chance gives", "talk; share"),
        ("design", "英伦风衣 changed its first picture on 11-12, service was not told", "promises 拍下送同色腰带", "into the scripts today"),
        ("optimise", "“美拉德针织开衫” rises in search", "6 visitors a day on 10-19, about 60 now", "into the title"),
        ("notices", "潮流女装日 ends 11-17, nobody decided", "", "decide today"),
    ]  # fmt: skip


def story(world: World) -> str:
    """Return the text of STORY.md."""
    p, outline = planted(world), world.outline
    head = _HEAD.format(name=outline.name, title=outline.title, **p)
    rows = [f"| `{step}` | {what} | {figures} | {end} |" for step, what, figures, end in _finds(p)]
    table = [
        "## What a good eye finds",
        "",
        "| step | what | figures | conclusion |",
        "|---|---|---|---|",
        *rows,
        "",
    ]
    leave = _LEAVE.format(spared="、".join(SPARED), no_effect=NO_EFFECT)
    return "\n".join([head, *table, leave, _FILES])
