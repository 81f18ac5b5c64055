"""What the screens say on the sample's Monday in each language; and what its operator writes there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What the screens say in one language; and what this operator writes."""

    target: str
    stock: str
    drivers: str
    page: str
    rivals: str
    reviews: str
    paid: str
    campaigns: str
    checks: str
    standup: str
    hands_on: str
    verdicts: dict[str, str]
    which: str
    answered: str
    make: str
    made: str
    draft: str
    saved: str
    rival_form: str
    names: str
    decided: str
    taken_back: str
    held: str
    talked: str
    new_action: str
    agreed: str
    carried_out: str
    not_done: str
    again: str
    day: str
    correct: str
    is_saved: str
    finished: str
    reply: str
    note: str
    duty: str
    line: str
    report: tuple[str, ...]


ENGLISH = Said(
    target="Target",
    stock="Stock",
    drivers="Shop analysis",
    page="Page check",
    rivals="Rivals",
    reviews="Copies and bad reviews",
    paid="Paid promotion",
    campaigns="Campaigns",
    checks="Checks",
    standup="Stand-up",
    hands_on="Hands-on",
    verdicts={
        "target": "Yesterday ¥37,460, 78% of target",
        "stock": "高腰直筒牛仔裤 has 4.7 days of cover",
        "drivers": "6.6 refunds a day for “质量问题”",
        "page": "Bounce rate 75.1%",
        "rivals": "already sell this season's styles",
        "reviews": "9 of 20 reviews this week are bad",
        "paid": "loses about ¥111 a day: delete it",
        "campaigns": "sign-up ends Wed 18 Nov",
        "checks": "The ad balance is ¥860",
        "standup": "Start with the missed promise",
        "hands_on": "None of the 10 decisions",
    },
    which="Which question?",
    answered="questions answered 1/3",
    make="Create an action",
    made="Action created",
    draft="keep as draft",
    saved="Saved.",
    rival_form="A look at a rival",
    names="Press Down:",
    decided="decided",
    taken_back="Undone.",
    held="complaints): press + again",
    talked="discussed",
    new_action="A new action",
    agreed="1 action agreed",
    carried_out="0/10 done",
    not_done="not done: ",
    again=": press d again",
    day=": the day of Mon 16 Nov",
    correct="Correct the text",
    is_saved="not finished",
    finished="Finished: reports/2026-11-16.md",
    reply="clips are not shown any more",
    note="supplier called at nine",
    duty="zhou tops the ads up",
    line="read by the boss",
    report=("- delete: 毛衣女", "- lower: 牛仔裤女", "- keep: 双面呢大衣", "- add: 法式针织开衫外搭"),
)
CHINESE = Said(
    target="目标达成",
    stock="库存",
    drivers="店铺分析",
    page="页面检查",
    rivals="竞店",
    reviews="同款与差评",
    paid="付费推广",
    campaigns="活动",
    checks="检查",
    standup="日常短会",
    hands_on="实操",
    verdicts={
        "target": "昨天 ¥37,460，达成目标的 78%",
        "stock": "只够卖 4.7 天",
        "drivers": "从11月4日起每天 6.6 笔“质量问题”退款",
        "page": "跳失率 75.1%",
        "rivals": "当季款已经开卖",
        "reviews": "20 条评价里 9 条差评",
        "paid": "每天约亏 ¥111，“毛衣女”",
        "campaigns": "报名 11月18日",
        "checks": "推广余额 ¥860",
        "standup": "先说没兑现的那条",
        "hands_on": "件事都还没做",
    },
    which="回答哪个问题？",
    answered="已答问题 1/3",
    make="建待办",
    made="已建待办",
    draft="存为草稿",
    saved="已保存。",
    rival_form="竞店观察",
    names="按↓选",
    decided="已定",
    taken_back="已撤销。",
    held="再按一次 + 才加这个词",
    talked="已讲",
    new_action="新建待办",
    agreed="已定 1 条待办",
    carried_out="已做 0/",
    not_done="没做：",
    again="再按一次 d",
    day="日报　11月16日 周一",
    correct="修改正文",
    is_saved="还没定稿",
    finished="已定稿：reports/2026-11-16.md",
    reply="短视频断流要问平台",
    note="供应商九点来过电话",
    duty="周岩中午前充值",
    line="老板已阅",
    report=("- 删词：毛衣女", "- 降价：牛仔裤女", "- 留：双面呢大衣", "- 加词：法式针织开衫外搭"),
)
LANGUAGES = {"en": ENGLISH, "zh": CHINESE}
