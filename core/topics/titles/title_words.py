"""Title words compared with search terms: which are missing, which are unused, and what fits."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.language.message import N_
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.priors import BetaPrior, fit_beta_prior
from core.topics.reviews.review_statistics import TitleWord, choose_words, title_bytes, word_value

if TYPE_CHECKING:
    import pandas as pd

FITS = 0.4
"""The share of a bought keyword's character pairs that its item's title must contain for it to fit.

Set by judgement.
"""
ABOUT = 0.6
"""The same share for a free search term, which also must not fit another title better.

Set by judgement.
"""
ONE_WORD = 4
"""The most characters for a run of unused text to be dropped as one word.

Longer runs are left to a person.
"""
NAMED_BY = 3
"""The number of characters of the product's name that a term and a title must share."""
ANY_ITEM = "女男春夏秋冬季新款"
FEWEST_VISITS = 60
"""The fewest visits for a term's conversion to be judged."""
WORSE = 0.8
"""The ratio of a term's conversion to the item's below which its words are not added to the title.

Set by judgement.
"""
DAYS = 28
LEFT_ALONE_DAYS = 7
"""How many days a title is left unchanged after a change, so that the effect can be seen."""
SUPERLATIVES = (
    "最", "第一", "顶级", "极致", "国家级", "唯一", "独家", "全网", "首选", "绝对",
    "冠军", "销量王", "100%", "百分百", "驰名",
)  # fmt: skip
"""Superlatives that need proof (广告法 art. 9 and the platforms' lists); 新款 and 爆款 are not included."""
_COLOUR = re.compile(r"色$|^[深浅]?[黑白灰红蓝绿黄紫棕粉杏驼咖米卡奶姜雾酒墨]+.?$")
_MATERIAL = re.compile(r"羊毛|羊绒|真丝|桑蚕丝|纯棉|全棉|亚麻|皮|鸭绒|鹅绒")
_OWN_NAME = re.compile(r"官方|旗舰店|专卖店|女装|男装|衣橱|家$")
UNEASY = 1.5
"""The factor by which daily visits scatter more than Poisson (a judgement)."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One search term with its visits and conversion."""

    text: str
    visits: float
    rate: float
    """Its conversion, shrunk towards that of all terms."""


@dataclass(frozen=True, slots=True)
class WordCandidate:
    """A word that could be added to a title."""

    text: str
    value: float
    term: SearchTerm
    refused: str = ""
    """Why it may not be added (a colour not sold, a material to be proved), as a message id; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePlan:
    """One item's title and the changes proposed for it."""

    item: str
    name: str
    title: str
    limit: int
    add: tuple[WordCandidate, ...]
    drop: tuple[str, ...]
    """Unused words to drop to make room."""
    idle: tuple[str, ...]
    """Words of the title that occur in no search term of the export."""
    refused: tuple[WordCandidate, ...]
    banned: tuple[str, ...]
    changed: date | None = None
    """The day of the last change; None if it is not in the export."""
    chance: float | None = None
    """The probability that search visitors rose after the change; None while unknown."""
    ratio: float | None = None

    @property
    def used(self) -> int:
        """Return the length of the title in GBK bytes."""
        return title_bytes(self.title)

    @property
    def after(self) -> str:
        """Return the proposed title with the new words at the end; a person arranges them later."""
        text = self.title
        for word in self.drop:
            text = text.replace(word, "", 1)
        return text + "".join(one.text for one in self.add)


def terms_of(
    search: pd.DataFrame | None, keywords: pd.DataFrame | None, days: Collection[date]
) -> dict[str, list[SearchTerm]]:
    """Return the search terms of the days by item.

    Free search terms are under the item "", ad keywords under the item that they advertise.
    """
    wanted = set(days)
    counts: list[tuple[str, str, float, float]] = []
    if search is not None and len(search):
        rows = search[search["date"].dt.date.isin(wanted)]
        summed = rows.groupby("term")[["visitors", "buyers"]].sum()
        counts += [("", str(t), float(n), float(k)) for t, n, k in summed.itertuples()]
    if keywords is not None and len(keywords):
        rows = keywords[keywords["date"].dt.date.isin(wanted) & (keywords["word"] != "")]
        bought = rows.groupby(["item", "word"])[["clicks", "orders"]].sum()
        counts += [(str(where[0]), str(where[1]), float(n), float(k)) for where, n, k in bought.itertuples()]
    fair = [(k, n) for _, _, n, k in counts if n > 0 and k <= n]
    prior = fit_beta_prior([k for k, _ in fair], [n for _, n in fair])
    found: dict[str, list[SearchTerm]] = {}
    for item, text, n, k in counts:
        if n > 0 and prior is not None:
            found.setdefault(item, []).append(SearchTerm(text, n, _shrunk(prior, k, n)))
    return found


def _shrunk(prior: BetaPrior, hits: float, trials: float) -> float:
    return (prior.hits + hits) / (prior.hits + prior.misses + max(trials, hits))


def plan(
    item: str,
    titles: Mapping[date, str],
    known: Mapping[str, Sequence[SearchTerm]],
    colours: str | None,
    rate: float | None,
    others: Collection[str],
    shop: Shop,
    today: date,
) -> TitlePlan:
    """Return the changes proposed for one title; none within a week of its last change.

    ``known`` are the search terms by item, see :func:`terms_of`; ``colours`` are the SKU texts of the item,
    None without a stock file; ``rate`` is its conversion; ``others`` are the titles of the other items.
    """
    title = titles[max(titles)]
    own = [*known.get(item, ()), *(one for one in known.get("", ()) if _about(one.text, title, others))]
    changed = last_change(titles)
    idle = _idle(title, own, shop, item)
    limit = shop.titles.limit_bytes
    candidates = _candidates(title, own, colours, rate)
    good = [one for one in candidates if not one.refused and not banned(one.text, shop)]
    recent = changed is not None and (today - changed).days <= LEFT_ALONE_DAYS
    chosen, drop = ((), ()) if recent else _fitting(title, good, idle, limit, shop.titles.words_a_week)
    return TitlePlan(
        item=item,
        name=item_name(shop, item, title),
        title=title,
        limit=limit,
        add=chosen,
        drop=drop,
        idle=idle,
        refused=tuple(one for one in candidates if one.refused),
        banned=banned(title, shop),
        changed=changed,
    )


def fit(term: str, title: str) -> float:
    """Return the share of a term's character pairs that occur in the title."""
    pairs = {term[n : n + 2] for n in range(len(term) - 1)}
    return sum(pair in title for pair in pairs) / len(pairs) if pairs else 0.0


def _about(term: str, title: str, others: Collection[str]) -> bool:
    """Return whether a free search term is about the item.

    It is if it fits the item's title, and fits none of the other titles better.
    """
    own = fit(term, title)
    return (own >= ABOUT or len(_thing(term, title)) >= NAMED_BY) and own >= max(
        (fit(term, other) for other in others), default=0.0
    )


def _thing(term: str, title: str) -> str:
    """Return the longest part of a term that occurs in the title, without generic words; empty if none does.

    For example 针织开衫 from the term 小香风针织开衫.
    """
    runs = (term[a:b] for a in range(len(term)) for b in range(a + 2, len(term) + 1) if term[a:b] in title)
    return max((run.strip(ANY_ITEM) for run in runs), key=len, default="")


def missing_part(term: str, title: str) -> str:
    """Return the part of a term that the title lacks, such as 小个子 from the term 小个子牛仔裤.

    Empty if the title lacks no part of it, or several separate parts.
    """
    held = [False] * len(term)
    for n in range(len(term) - 1):
        if term[n : n + 2] in title:
            held[n] = held[n + 1] = True
    runs = re.findall(r"0+", "".join("1" if one else "0" for one in held))
    if len(runs) != 1:
        return ""
    start = held.index(False)
    run = term[start : start + len(runs[0])]
    return run if len(run) > 1 and not set(run) <= set(title) else ""


def _candidates(
    title: str, own: Sequence[SearchTerm], colours: str | None, rate: float | None
) -> list[WordCandidate]:
    best: dict[str, WordCandidate] = {}
    for term in own:
        word = missing_part(term.text, title)
        if not word or term.visits < FEWEST_VISITS:
            continue
        if rate and term.rate < WORSE * rate:
            continue
        value = word_value(term.visits, max(FITS, fit(term.text, title)), term.rate, rate or 0.0)
        if word not in best or value > best[word].value:
            best[word] = WordCandidate(word, value, term, _refusal(word, colours))
    return sorted(best.values(), key=lambda one: -one.value)


def _refusal(word: str, colours: str | None) -> str:
    if _MATERIAL.search(word):
        return N_("the word names a material: use it only if the item's label proves it")
    if _COLOUR.search(word):
        if colours is None:
            return N_("the word names a colour: there is no stock file to check it against")
        if word.removesuffix("色").strip("深浅") not in colours:
            return N_("the word names a colour in which this item is not sold")
    return ""


def _idle(title: str, own: Sequence[SearchTerm], shop: Shop, item: str) -> tuple[str, ...]:
    """Return the unused parts of a title: no search term contains two adjacent characters of them.

    Empty if no search term of the item is known.
    """
    pairs = {one.text[n : n + 2] for one in own for n in range(len(one.text) - 1)}
    held = [False] * len(title)
    for n in range(len(title) - 1):
        if title[n : n + 2] in pairs:
            held[n] = held[n + 1] = True
    runs, start = [], None
    for n, one in enumerate([*held, True]):
        if not one and start is None:
            start = n
        if one and start is not None:
            if n - start > 1:
                runs.append(title[start:n])
            start = None
    name = shop.item(item).name
    return tuple(run for run in runs if run not in name[:4]) if own else ()


def _fitting(
    title: str, good: Sequence[WordCandidate], idle: Sequence[str], limit: int, most: int
) -> tuple[tuple[WordCandidate, ...], tuple[str, ...]]:
    """Return the most valuable words that fit, at most ``most``, and the unused words to drop for them."""
    drop: list[str] = []
    words = [run for run in reversed(idle) if len(run) <= ONE_WORD]
    for gone in (*words[:most], None):
        room = limit - title_bytes(title) + sum(title_bytes(word) for word in drop)
        fitting = choose_words([TitleWord(one.text, one.value) for one in good], room) if room > 0 else None
        chosen = [one for one in good if fitting is not None and one.text in fitting.words][:most]
        if len(chosen) == min(most, len(good)) or gone is None:
            return tuple(chosen), tuple(drop) if chosen else ()
        drop.append(gone)
    return (), ()


def banned(text: str, shop: Shop) -> tuple[str, ...]:
    """Return the words not permitted in a title: superlatives, the shop's own list, names of other shops."""
    names = [_OWN_NAME.sub("", rival.name) for rival in shop.rivals]
    own = _OWN_NAME.sub("", shop.name)
    words = (
        *SUPERLATIVES,
        *shop.titles.forbidden,
        *(name for name in names if len(name) > 1 and name != own),
    )
    return tuple(dict.fromkeys(word for word in words if word in text))


def last_change(titles: Mapping[date, str]) -> date | None:
    """Return the first day of the present title; None if it never changed within the export."""
    days = sorted(titles)
    for before, day in zip(reversed(days[:-1]), reversed(days[1:]), strict=True):
        if titles[before] != titles[day]:
            return day
    return None


def effect(
    visits: Mapping[date, float], shop_visits: Mapping[date, float], changed: date
) -> tuple[float, float] | None:
    """Return the ratio of search visitors in the week after a title change to the week before.

    It is divided by the shop's ratio and comes with the probability that visitors rose. None until seven days
    are known both before and after the change.
    """
    before = [changed - timedelta(days=back) for back in range(1, LEFT_ALONE_DAYS + 1)]
    after = [changed + timedelta(days=ahead) for ahead in range(LEFT_ALONE_DAYS)]
    if not all(day in visits and day in shop_visits for day in (*before, *after)):
        return None
    a, b = sum(visits[day] for day in after), sum(visits[day] for day in before)
    tide = sum(shop_visits[day] for day in after) / (sum(shop_visits[day] for day in before) or 1.0)
    if not a or not b or not tide:
        return None
    ratio = a / b / tide
    return ratio, distributions.normal_cdf(math.log(ratio) / (UNEASY * math.sqrt(1 / a + 1 / b)))
