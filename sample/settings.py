"""The sample shop's ``shop.toml``: settings no export contains, as its operator would have typed them."""

from __future__ import annotations

from sample.catalogue import HEROES, ITEMS, SHOP, Item
from sample.season import SPANS, Span

TARGETS = {"2026-09": 1_850_000, "2026-10": 1_680_000, "2026-11": 2_470_000, "2026-12": 2_100_000}
REFUND_RATE = 0.12
MONEY = {"base_fee": 0.006, "fixed_month": 168_000.0}
"""What an order and a month cost; parcels and returns are not written down in this shop."""
INDUSTRY_LINE = 0.42
ADS_BALANCE = 860.0
DAILY_BUDGET = 4500.0
TEAM = (
    ("沈岚", ("operator",), "lan"),
    ("周岩", ("promotion",), "zhou"),
    ("林夕", ("design",), "lin"),
    ("何萍", ("service",), "he"),
    ("许舟", ("content", "supply"), "xu"),
    ("陆正", ("owner",), "boss"),
)
RIVALS = (
    ("r01", "素年锦时女装旗舰店", "better", True),
    ("r02", "慕言旗舰店", "better", True),
    ("r03", "禾田女装旗舰店", "equal", True),
    ("r04", "浅茉旗舰店", "equal", True),
    ("r05", "青黛衣橱旗舰店", "similar", True),
    ("r06", "云裳里旗舰店", "better", False),
    ("r07", "半夏女装专营店", "equal", False),
    ("r08", "知夏旗舰店", "similar", False),
    ("r09", "木槿家女装", "similar", False),
    ("r10", "白鹭洲旗舰店", "better", False),
)
SUBSCRIPTIONS = (
    ("生意参谋 市场洞察专业版", "2026-11-20"),
    ("赤兔名品", "2027-02-28"),
    ("店透视", "2026-12-20"),
)
_HEAD = f"""\
# The sample shop: invented. Written by `python -m sample.story`.
name = "{SHOP}"
platform = "tmall"
language = ""                # empty: what your terminal asks for
timezone = "Asia/Shanghai"
margin = 0.55                # items below say their own
refund_rate = {REFUND_RATE}           # of paid money, orders of September and October
lead_days = 12

[targets]                    # yuan a month
{{targets}}

[ads]
balance = {ADS_BALANCE:.2f}             # looked at on the evening of the 15th; a day costs about 3,900
balance_on = 2026-11-15
daily_budget = {DAILY_BUDGET:.0f}

[money]                      # fees of confirmed money; yuan a month
{{money}}

[thresholds]                 # the lines themselves have their sources in core/shop/settings.py
aov_ratio = 1.3
bounce_pass = 0.70
bounce_goal = 0.60
depth_pass = 2.5
depth_goal = 3.5
industry_conversion = {INDUSTRY_LINE}   # 同行同层均值 in the service export
industry_on = 2026-11-15

[source_names]               # what a source was called before: what it is called now
"关键词推广(原直通车)" = "关键词推广"
"精准人群推广(原引力魔方)" = "精准人群推广"
"""


def _table(table: str, /, **values: object) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items() if value is not None]
    return "\n".join([f"[[{table}]]", *lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, str) and value.startswith("@"):
        return value[1:]
    return f'"{value}"' if isinstance(value, str) else str(value)


def _item(item: Item) -> str:
    ends = {"夏": "@2026-09-15", "冬": "@2027-02-28"}.get(item.season)
    return _table(
        "items",
        id=item.id,
        name=item.title,
        hero=True if item.key in HEROES else None,
        margin=item.margin,
        cost=float(item.cost),
        lead_days=item.lead_days,
        lead_sd=1.5,
        pack=5,
        season_end=ends,
        salvage=round(item.cost * 0.5, 1) if ends else None,
    )


def _special(span: Span) -> str:
    kind = "festival" if span.kind == "festival" else "platform"
    return _table(
        "calendar",
        start=f"@{span.start}",
        end=f"@{span.end}",
        multiplier=round(span.sales, 2),
        kind=kind,
        note=span.note,
    )


def text() -> str:
    """Return the whole file."""
    targets = "\n".join(f'"{month}" = {yuan}' for month, yuan in TARGETS.items())
    money = "\n".join(f"{name} = {value}" for name, value in MONEY.items())
    parts = [_HEAD.format(targets=targets, money=money)]
    parts += [_table("team", name=name, roles=roles, user=user) for name, roles, user in TEAM]
    parts += [
        _table("rivals", id=i, name=name, relation=relation, followed=followed)
        for i, name, relation, followed in RIVALS
    ]
    parts += [_table("subscriptions", name=name, expires=f"@{day}") for name, day in SUBSCRIPTIONS]
    parts += [_special(span) for span in SPANS]
    parts += [_item(item) for item in ITEMS]
    return "\n".join(parts)
