"""Read journal days written in format 1; only this module knows the names used in that format.

Format 1 stored rendered sentences, a decision's figures under column titles in the language then in use, and
findings with only their key. The names here are fixed and do not follow the message catalog.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from core.answers.answer import NOTHING, About, Answer, Finding, Held, Table, W_co

COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "word": ("Word", "关键词"),
    "item": ("Item", "商品"),
    "decision": ("Decision", "决定"),
    "cpc": ("CPC", "点击单价"),
    "next_cpc": ("Next CPC", "调到"),
    "click_value": ("Worth a click", "一次点击值"),
    "earns": ("Earns", "赚钱把握"),
    "clicks": ("Clicks", "点击量"),
    "orders": ("Orders", "成交笔数"),
    "click_conversion": ("Orders a click", "点击转化率"),
    "interval": ("9 in 10", "九成区间"),
    "ctr": ("CTR", "点击率"),
    "impressions": ("Shown", "展现量"),
    "cost": ("Cost", "花费"),
    "roi": ("ROI", "投产比"),
    "rank": ("Rank", "排名"),
    "still_needs": ("Still needs", "还差"),
    "search_term": ("Search term", "搜索词"),
    "visitors": ("Visitors", "访客数"),
    "buyers": ("Buyers", "支付买家数"),
    "conversion": ("Conversion", "支付转化率"),
    "first_cpc": ("First CPC", "首次点击单价"),
}
"""The columns of the keyword decision tables: the id and the (English, Chinese) titles that format 1 used."""
CHOICES: Final[dict[str, str]] = {
    "keep": "keep",
    "保持": "keep",
    "raise": "raise",
    "加价": "raise",
    "lower": "lower",
    "降价": "lower",
    "delete": "delete",
    "删词": "delete",
    "observe": "observe",
    "观察": "observe",
    "add": "add",
    "加词": "add",
}
"""The choice that each title of a keyword proposal stands for."""
_HOLDS: Final[dict[str, Held]] = {
    "stock running out": "stock",
    "快断货": "stock",
    "bad reviews rise": "reviews",
    "差评变多": "reviews",
    "refunds for faults rise": "refunds",
    "质量退款变多": "refunds",
}
"""Why a keyword decision is on hold, by the text that format 1 stored under "still needs"."""
_IDS: Final = {title: column for column, titles in COLUMNS.items() for title in titles}
_SUBJECTS: Final[dict[str, tuple[str, ...]]] = {
    "breakdown/overdue": ("entry",),
    "breakdown/unplayed": ("role",),
    "campaigns/close": ("campaign", "other"),
    "campaigns/deadline": ("campaign",),
    "campaigns/effect": ("campaign",),
    "campaigns/end": ("campaign",),
    "campaigns/review": ("campaign",),
    "campaigns/start": ("campaign",),
    "campaigns/struck": ("campaign",),
    "campaigns/wording": ("campaign",),
    "checks/expires": ("other",),
    "checks/failed": ("other",),
    "communities/borrow": ("entry",),
    "communities/pattern": ("other",),
    "content/best": ("channel",),
    "content/late": ("channel", "title"),
    "content/source": ("source",),
    "design/changed": ("item",),
    "design/new": ("item",),
    "design/picture": ("item",),
    "design/strong": ("item",),
    "design/test": ("item",),
    "design/untold": ("item",),
    "drivers/item": ("item",),
    "drivers/out": ("metric",),
    "drivers/run": ("metric",),
    "drivers/score": ("metric",),
    "drivers/source": ("source",),
    "drivers/wasted": ("source",),
    "evening_service/above": ("agent",),
    "evening_service/below": ("agent",),
    "live/borrow": ("entry",),
    "live/pattern": ("other",),
    "members/group": ("other",),
    "members/woken": ("other",),
    "month_plan/calendar": ("day",),
    "month_plan/lesson": ("campaign",),
    "month_plan/season": ("other",),
    "network/borrow": ("entry",),
    "network/pattern": ("other",),
    "optimise/banned": ("item",),
    "optimise/changed": ("item",),
    "optimise/claim": ("item", "aspect"),
    "optimise/hero": ("item",),
    "optimise/long": ("item",),
    "optimise/rising": ("word",),
    "optimise/title": ("item",),
    "order_gap/rival": ("rival",),
    "page/mix": ("other",),
    "paid/add": ("item", "word"),
    "paid/delete": ("item", "word"),
    "paid/earns": ("item",),
    "paid/lower": ("item", "word"),
    "paid/moved": ("item", "word"),
    "paid/picture": ("item",),
    "paid/raise": ("item", "word"),
    "paid/reopened": ("item", "word"),
    "paid/scarce": ("item",),
    "paid/scene": ("item", "scene"),
    "paid/word": ("item", "word"),
    "paid/worse": ("item",),
    "promotion/less": ("item", "scene"),
    "promotion/more": ("item", "scene"),
    "promotion/plan": ("entry",),
    "promotion/scarce": ("item",),
    "promotion/source": ("source",),
    "promotion/strength": ("item",),
    "promotion/worse": ("item",),
    "reviews/addition": ("entry",),
    "reviews/answer": ("entry",),
    "reviews/copy": ("item", "rival"),
    "reviews/rise": ("item",),
    "reviews/usual": ("item",),
    "rivals/fell_back": ("rival",),
    "rivals/hero": ("rival",),
    "rivals/hero_stale": ("rival",),
    "rivals/listings": ("rival",),
    "rivals/news": ("rival",),
    "rivals/point": ("rival",),
    "rivals/same": ("item",),
    "rivals/stale": ("rival",),
    "service/above": ("agent",),
    "service/below": ("agent",),
    "service/chance": ("agent",),
    "service/few": ("agent",),
    "service/ideas": ("item", "aspect"),
    "service/load": ("agent",),
    "standup/promise": ("entry",),
    "stock/negative": ("item",),
    "stock/order": ("item",),
    "stock/season": ("item",),
    "stock/sizes": ("item",),
    "stock/slow": ("item",),
    "summary/open": ("entry",),
    "summary/reached": ("entry",),
    "summary/tomorrow": ("other",),
    "target/cause": ("aspect",),
    "wrapup/left": ("entry",),
    "wrapup/reached": ("entry",),
    "wrapup/tonight": ("clock", "role"),
}
"""The fields of :class:`About` whose values follow "step/kind/" in a key, by "step/kind".
The values are separated by slashes; only the last value may itself contain slashes."""
_CAMPAIGNS: Final = {"campaigns": ("idea", "share"), "notices": ("silent",)}
"""Steps whose keys are "step/campaign", without a kind; the values are kinds that these steps also use."""
_WHOLE_SHOP: Final = "shop"
"""What keys of the kind ``service/ideas`` contain instead of an item's id if the whole shop is meant."""


def value_of(detail: object, column: str) -> object:
    """Return the value of the column from a decision's detail, by id or by an old title; None if missing."""
    if not isinstance(detail, dict):
        return None
    return next((detail[name] for name in (column, *COLUMNS.get(column, ())) if name in detail), None)


def about_of(key: str) -> tuple[str, About]:
    """Return the kind and the subject that are encoded in the key of a finding, table row or meeting point.

    The kind is empty and the subject is NOTHING if the key has no known form.
    """
    step, _, rest = key.partition("/")
    if not rest:  # an action is listed in the table of things to do under its own id
        return ("action", About(entry=step)) if step else ("", NOTHING)
    if step in ("action", "ask", "diet"):
        return step, About(entry=rest) if step == "action" else About(other=rest)
    if step == "hands_on":
        against = rest.removeprefix("against/")
        return "task" if against == rest else "against", about_of(against)[1]
    return _of_step(step, rest)


def _of_step(step: str, rest: str) -> tuple[str, About]:
    kind, _, named = rest.partition("/")
    fields = _SUBJECTS.get(f"{step}/{kind}", ())
    if step in _CAMPAIGNS and not fields and rest not in _CAMPAIGNS[step]:
        return "campaign", About(campaign=rest)
    if not named:
        return kind, NOTHING
    if step == "breakdown" and not fields:  # the row of a task: its role, then the finding's own key
        return "task", replace(about_of(named)[1], role=kind)
    if not fields:
        return "", NOTHING
    about = About(**dict(zip(fields, named.split("/", len(fields) - 1), strict=False)))
    return kind, replace(about, item="") if about.item == _WHOLE_SHOP else about


def completed(answer: Answer[W_co]) -> Answer[W_co]:
    """Return the answer with the subjects of its findings and rows filled in from their keys, if missing."""
    if all(one.kind for one in answer.findings) and not any(map(_bare, answer.evidence)):
        return answer
    evidence = [
        _completed_table(piece) if isinstance(piece, Table) and _bare(piece) else piece
        for piece in answer.evidence
    ]
    findings = tuple(one if one.kind else _told(one) for one in answer.findings)
    return replace(answer, findings=findings, evidence=tuple(evidence))


def _bare(piece: object) -> bool:
    return isinstance(piece, Table) and bool(piece.keys) and not piece.about


def _completed_table(table: Table[W_co]) -> Table[W_co]:
    """Return the table with its rows' subjects filled in from their keys.

    A keyword table also gets its column ids, its choices, and for each row on hold the reason for that.
    """
    table = replace(table, about=tuple(about_of(key)[1] for key in table.keys))
    ids = [column.id or _IDS.get(str(column.name), "") for column in table.columns]
    if not {"word", "search_term"} & set(ids):
        return table
    columns = [replace(column, id=name) for column, name in zip(table.columns, ids, strict=True)]
    rows = [list(row) for row in table.rows]
    if "decision" in ids:
        at = ids.index("decision")
        words = {CHOICES[str(row[at])]: row[at] for row in rows if str(row[at]) in CHOICES}
        columns[at] = replace(columns[at], kind="word", words=tuple(words.items()))  # type: ignore[arg-type]  # texts
        for row in rows:
            row[at] = CHOICES.get(str(row[at]), row[at])
    needs = ids.index("still_needs") if "still_needs" in ids else None
    holds = tuple("" if needs is None else _HOLDS.get(str(row[needs]), "") for row in rows)
    return replace(table, columns=tuple(columns), rows=tuple(map(tuple, rows)), holds=holds)


def _told(finding: Finding[W_co]) -> Finding[W_co]:
    kind, about = about_of(finding.key)
    return replace(finding, kind=kind, about=about)
