"""A sample shop's ``shop.toml``: settings no export contains, as its operator would have typed them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sample.catalogue import HEROES, Item
from sample.outline import Outline
from sample.season import Span

INDUSTRY_LINE = 0.42
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
_HEAD = """\
# The sample shop: invented. Written by `python -m sample.story`.
name = "{name}"
platform = "tmall"
language = ""                # empty: what your terminal asks for
timezone = "Asia/Shanghai"
margin = {margin:g}                # items below say their own
refund_rate = {refund_rate:g}           # {refund_note}
lead_days = 12

[targets]                    # yuan a month
{targets}
{net}
[ads]
balance = {balance:.2f}             # {balance_note}
balance_on = 2026-11-15
daily_budget = {budget:.0f}

[money]                      # fees of confirmed money; yuan a month
{money}

[thresholds]                 # the lines themselves have their sources in core/shop/settings.py
aov_ratio = 1.3
bounce_pass = 0.70
bounce_goal = 0.60
depth_pass = 2.5
depth_goal = 3.5
industry_conversion = {industry}   # 同行同层均值 in the service export
industry_on = 2026-11-15

[source_names]               # what a source was called before: what it is called now
"关键词推广(原直通车)" = "关键词推广"
"精准人群推广(原引力魔方)" = "精准人群推广"
"""
_NET = """
[targets_net]                # after refunds, yuan a month
{months}
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


def _calendar(outline: Outline) -> Iterator[str]:
    """Yield the rows of the calendar; a long festival is one row, with a multiple for each of its days."""
    long, spans = outline.typed.long_festival, outline.season.spans
    if long is None:
        yield from map(_special, spans)
        return
    first, last = long
    yield from (_special(span) for span in spans if span.end < first)
    inside = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    yield _table(
        "calendar",
        start=f"@{first}",
        end=f"@{last}",
        kind="platform",
        note="双11",
        profile=f"@[{', '.join(f'{_sales(outline, day):g}' for day in inside)}]",
    )
    yield from (_special(span) for span in spans if span.start > last)


def _sales(outline: Outline, day: date) -> float:
    special = outline.season.span(day)
    return special.sales if special else 1.0


def _months(months: Iterator[tuple[str, int]]) -> str:
    return "\n".join(f'"{month}" = {yuan}' for month, yuan in months)


def text(outline: Outline) -> str:
    """Return the whole file."""
    typed = outline.typed
    head = _HEAD.format(
        name=outline.name,
        margin=typed.margin,
        refund_rate=typed.refund_rate,
        refund_note=typed.refund_note,
        targets=_months(iter(typed.targets.items())),
        net=_NET.format(months=_months(iter(typed.targets_net.items()))) if typed.targets_net else "",
        balance=typed.balance,
        balance_note=typed.balance_note,
        budget=typed.budget,
        money="\n".join(f"{name} = {value}" for name, value in typed.money.items()),
        industry=INDUSTRY_LINE,
    )
    parts = [head]
    parts += [_table("team", name=name, roles=roles, user=user) for name, roles, user in TEAM]
    parts += [
        _table("rivals", id=i, name=name, relation=relation, followed=followed)
        for i, name, relation, followed in RIVALS
    ]
    parts += [_table("subscriptions", name=name, expires=f"@{day}") for name, day in SUBSCRIPTIONS]
    parts += _calendar(outline)
    parts += [_item(item) for item in outline.items]
    return "\n".join(parts)
