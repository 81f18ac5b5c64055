"""The words of days in format 1, written down: those days never change, nor may what is known of them."""

from __future__ import annotations

from core.answers.answer import About, Answer, Table, TableColumn, Verdict
from core.journal import format_1
from core.journal.format_1 import about_of, completed, value_of

TITLES = """
    word: Word | 关键词
    item: Item | 商品
    decision: Decision | 决定
    cpc: CPC | 点击单价
    next_cpc: Next CPC | 调到
    click_value: Worth a click | 一次点击值
    earns: Earns | 赚钱把握
    clicks: Clicks | 点击量
    orders: Orders | 成交笔数
    click_conversion: Orders a click | 点击转化率
    interval: 9 in 10 | 九成区间
    ctr: CTR | 点击率
    impressions: Shown | 展现量
    cost: Cost | 花费
    roi: ROI | 投产比
    rank: Rank | 排名
    still_needs: Still needs | 还差
    search_term: Search term | 搜索词
    visitors: Visitors | 访客数
    buyers: Buyers | 支付买家数
    conversion: Conversion | 支付转化率
    first_cpc: First CPC | 首次点击单价
"""
"""Columns of the tables words are decided on in: id, then what it was called in English and in Chinese."""
CHOICES = """
    keep: keep | 保持
    raise: raise | 加价
    lower: lower | 降价
    delete: delete | 删词
    observe: observe | 观察
    add: add | 加词
"""
HOLDS = """
    stock: stock running out | 快断货
    reviews: bad reviews rise | 差评变多
    refunds: refunds for faults rise | 质量退款变多
"""
SUBJECTS = """
    breakdown/overdue: entry
    breakdown/unplayed: role
    campaigns/close: campaign other
    campaigns/deadline: campaign
    campaigns/effect: campaign
    campaigns/end: campaign
    campaigns/review: campaign
    campaigns/start: campaign
    campaigns/struck: campaign
    campaigns/wording: campaign
    checks/expires: other
    checks/failed: other
    communities/borrow: entry
    communities/pattern: other
    content/best: channel
    content/late: channel title
    content/source: source
    design/changed: item
    design/new: item
    design/picture: item
    design/strong: item
    design/test: item
    design/untold: item
    drivers/item: item
    drivers/out: metric
    drivers/run: metric
    drivers/score: metric
    drivers/source: source
    drivers/wasted: source
    evening_service/above: agent
    evening_service/below: agent
    live/borrow: entry
    live/pattern: other
    members/group: other
    members/woken: other
    month_plan/calendar: day
    month_plan/lesson: campaign
    month_plan/season: other
    network/borrow: entry
    network/pattern: other
    optimise/banned: item
    optimise/changed: item
    optimise/claim: item aspect
    optimise/hero: item
    optimise/long: item
    optimise/rising: word
    optimise/title: item
    order_gap/rival: rival
    page/mix: other
    paid/add: item word
    paid/delete: item word
    paid/earns: item
    paid/lower: item word
    paid/moved: item word
    paid/picture: item
    paid/raise: item word
    paid/reopened: item word
    paid/scarce: item
    paid/scene: item scene
    paid/word: item word
    paid/worse: item
    promotion/less: item scene
    promotion/more: item scene
    promotion/plan: entry
    promotion/scarce: item
    promotion/source: source
    promotion/strength: item
    promotion/worse: item
    reviews/addition: entry
    reviews/answer: entry
    reviews/copy: item rival
    reviews/rise: item
    reviews/usual: item
    rivals/fell_back: rival
    rivals/hero: rival
    rivals/hero_stale: rival
    rivals/listings: rival
    rivals/news: rival
    rivals/point: rival
    rivals/same: item
    rivals/stale: rival
    service/above: agent
    service/below: agent
    service/chance: agent
    service/few: agent
    service/ideas: item aspect
    service/load: agent
    standup/promise: entry
    stock/negative: item
    stock/order: item
    stock/season: item
    stock/sizes: item
    stock/slow: item
    summary/open: entry
    summary/reached: entry
    summary/tomorrow: other
    target/cause: aspect
    wrapup/left: entry
    wrapup/reached: entry
    wrapup/tonight: clock role
"""
"""Step and kind of a key, then what the rest of it names."""


def lines(text: str) -> list[tuple[str, list[str]]]:
    """Return what stands before and behind the colon of each line."""
    pairs = [line.strip().split(": ", 1) for line in text.strip().splitlines()]
    return [(first, rest.split(" | ")) for first, rest in pairs]


def test_a_figure_is_found_under_every_title_it_ever_had() -> None:
    for column, titles in lines(TITLES):
        for title in titles:
            assert value_of({title: 1.5, "x": 0}, column) == 1.5, title
    assert [column for column, _ in lines(TITLES)] == list(format_1.COLUMNS)


def test_every_word_of_a_choice_and_every_reason_to_hold_is_read() -> None:
    choices = [(word, choice) for choice, words in lines(CHOICES) for word in words]
    holds = [(word, held) for held, words in lines(HOLDS) for word in words]
    columns = (TableColumn("关键词"), TableColumn("决定"), TableColumn("还差"))
    rows = [*(("毛衣", word, "") for word, _ in choices), *(("毛衣", "", word) for word, _ in holds)]
    keys = tuple(f"paid/word/1/{place}" for place in range(len(rows)))
    table = Table("Words", columns, tuple(rows), keys)
    (read,) = completed(Answer(Verdict("info", "x"), evidence=(table,))).evidence
    assert isinstance(read, Table)
    assert [column.id for column in read.columns] == ["word", "decision", "still_needs"]
    assert [row[1] for row in read.rows] == [*(choice for _, choice in choices), *("" for _ in holds)]
    assert read.holds == (*("" for _ in choices), *(held for _, held in holds))


def test_every_key_tells_what_it_was_about() -> None:
    assert [place for place, _ in lines(SUBJECTS)] == list(format_1._SUBJECTS)
    for place, (fields,) in lines(SUBJECTS):
        names = fields.split(" ")
        key = "/".join([place, *(f"the {name}" for name in names)])
        kind, about = about_of(key)
        assert (kind, about) == (place.split("/")[1], About(**{name: f"the {name}" for name in names})), key
