"""What an operator writes into shop.toml, right and wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import BadSettings
from core.shop.loading import load_shop

GOOD = """
name = "兰亭女装旗舰店"
margin = 0.45

[targets]
"2026-11" = 1800000

[ads]
balance = 860

[[items]]
id = "736500100101"
lead_days = 9

[[calendar]]
start = 2026-11-11
multiplier = 6.0
kind = "platform"
note = "双11"
"""


def shop_with(folder: Path, text: str) -> Path:
    (folder / "shop.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_not_written_has_its_default(tmp_path: Path) -> None:
    shop = load_shop(shop_with(tmp_path, GOOD))
    assert shop.thresholds.bounce_pass == 0.70
    assert shop.item("736500100101").lead_days == 9.0
    assert shop.item("never heard of").lead_days is None
    assert shop.multiplier(date(2026, 11, 11)) == 6.0
    assert shop.target_of(date(2026, 12, 1)) is None


WRITTEN_OUT = """
name = "兰亭"
platform = "tmall"
also = []
shop_ids = []
language = ""
timezone = "Asia/Shanghai"
refund_rate = 0
weekday_weights = []
team = []
rivals = []
items = []
calendar = []
odd_days = []
subscriptions = []

[targets]
[source_names]

[ads]
attribution_days = 15
mature_days = 3
same_day_credit = 0.7

[thresholds]
aov_ratio = 1.3
bounce_pass = 0.7
bounce_goal = 0.6
depth_pass = 2.5
depth_goal = 3.5
service_level = 0.95
hero_service_level = 0.98
slow_cover_days = 90
reorder_cycle_days = 14
keyword_min_clicks = 60
keyword_delete_p = 0.05
keyword_raise_p = 0.8
keyword_step = 0.2
keyword_kappa = 0.7
likely = 0.8
leans = 0.6
same_item_dice = 0.6
rival_stale_days = 3
false_alarms = 1
balance_days = 2
expiry_days = 7
campaigns_per_month = 4
top_items = 5
live_per_day = 2
communities_per_day = 2
contacts_per_day = 1

[design]
shops_a_day = 10
picture_lift = 0.2
bonus_per_piece = 0
bonus_from = 0
bonus_items = []

[content]
posts_a_day = 3
channels = []

[titles]
limit_bytes = 60
words_a_week = 2
forbidden = []

[members]
repeat_days = 90
new_over_old = 6

[limits]
text = 20000
inbox = 10000

[day]
people = 0
idle_minutes = 20
bell = true

[journal]
store = "files"
"""
"""Every setting that has a default, at its default; those left out (margin, costs, balances) are unknown."""
ENTRIES = """
name = "兰亭"

[[team]]
name = "陈晓"

[[rivals]]
id = "r01"
name = "衣品汇"

[[items]]
id = "7365"

[[calendar]]
start = 2026-12-12

[[odd_days]]
day = 2026-11-11
what = "campaign"
"""
ENTRIES_WRITTEN_OUT = """
name = "兰亭"

[[team]]
name = "陈晓"
roles = ["operator"]
user = ""

[[rivals]]
id = "r01"
name = "衣品汇"
relation = "equal"
followed = true
link = ""

[[items]]
id = "7365"
name = ""
hero = false
lead_sd = 0
pack = 1
codes = []

[[calendar]]
start = 2026-12-12
kind = "platform"
note = ""

[[odd_days]]
day = 2026-11-11
what = "campaign"
item = ""
"""


def test_every_default_written_out_says_the_same_as_nothing_written(tmp_path: Path) -> None:
    nothing = load_shop(shop_with(tmp_path, 'name = "兰亭"'))
    assert load_shop(shop_with(tmp_path, WRITTEN_OUT)) == nothing
    unknown = (
        nothing.margin, nothing.lead_days, nothing.ads.balance, nothing.ads.balance_on,
        nothing.ads.daily_budget, nothing.thresholds.industry_conversion, nothing.thresholds.industry_on,
    )  # fmt: skip
    assert set(unknown) == {None}


def test_every_default_of_people_rivals_items_and_days_written_out_says_the_same(tmp_path: Path) -> None:
    short = load_shop(shop_with(tmp_path, ENTRIES))
    assert load_shop(shop_with(tmp_path, ENTRIES_WRITTEN_OUT)) == short
    (item,), (day,) = short.items, short.calendar
    unknown = (item.margin, item.cost, item.lead_days, item.season_end, item.salvage, day.end, day.multiplier)
    assert set(unknown) == {None}


SETTINGS = """
name = "兰亭"
margin = 0.4
lead_days = 12

[targets]
"2026-11" = 500000
"2026-12" = 0

[[team]]
name = "陈晓"
user = "chen"

[[team]]
name = "林薇"

[[items]]
id = "7365"
margin = 0.0
lead_days = 0

[[calendar]]
start = 2026-11-10
end = 2026-11-12
multiplier = 6.0

[[calendar]]
start = 2026-11-12
multiplier = 3.0
kind = "own"

[[calendar]]
start = 2026-11-13
multiplier = 5.0
kind = "closed"

[[calendar]]
start = 2026-11-11
end = 2026-11-14
kind = "supplier_closed"

[[odd_days]]
day = 2026-11-03
what = "order"

[[odd_days]]
day = 2026-11-03
what = "campaign"

[[odd_days]]
day = 2026-11-04
what = "file"
item = "7365"
"""


def test_days_that_are_not_like_others_are_found_by_date(tmp_path: Path) -> None:
    shop = load_shop(shop_with(tmp_path, SETTINGS))
    days = {day: shop.multiplier(date(2026, 11, day)) for day in range(9, 16)}
    assert days == {9: 1.0, 10: 6.0, 11: 6.0, 12: 3.0, 13: 0.0, 14: 1.0, 15: 1.0}, "the last line counts"
    assert shop.special(date(2026, 11, 14)) is None
    closed = [day for day in range(9, 16) if shop.supplier_closed(date(2026, 11, day))]
    assert closed == [11, 12, 13, 14]
    assert {day.day: odd.what for day, odd in shop.told_days().items()} == {3: "campaign"}
    assert {day.day: odd.what for day, odd in shop.told_days("7365").items()} == {4: "file"}


def test_an_items_own_settings_come_before_the_shops_even_if_they_are_zero(tmp_path: Path) -> None:
    shop = load_shop(shop_with(tmp_path, SETTINGS))
    assert [shop.margin_of(item) for item in ("", "7365", "other")] == [0.4, 0.0, 0.4]
    assert [shop.lead_days_of(item) for item in ("7365", "other")] == [0.0, 12.0]
    assert (shop.target_of(date(2026, 11, 30)), shop.target_of(date(2026, 12, 1))) == (500_000.0, None)


def test_somebody_without_an_account_is_nobodys_user(tmp_path: Path) -> None:
    shop = load_shop(shop_with(tmp_path, SETTINGS))
    person = shop.person("chen")
    assert person is not None
    assert person.name == "陈晓"
    assert shop.person("") is shop.person("other") is None


@pytest.mark.parametrize(
    ("line", "least", "most"),
    [
        ("[limits]\ntext = {}", 100, 1_000_000),
        ("[limits]\ninbox = {}", 100, 1_000_000),
        ("[day]\npeople = {}", 0, 1000),
        ("[day]\nidle_minutes = {}", 5, 240),
    ],
)
def test_whole_numbers_have_a_least_and_a_most(tmp_path: Path, line: str, least: int, most: int) -> None:
    for number in (least, most):
        load_shop(shop_with(tmp_path, f'name = "x"\n{line.format(number)}'))
    name = line.split("\n")[1].removesuffix(" = {}")
    for number in (least - 1, most + 1):
        with pytest.raises(BadSettings, match=rf"^shop\.toml: (limits|day): {name} = {number}: write "):
            load_shop(shop_with(tmp_path, f'name = "x"\n{line.format(number)}'))


def test_what_stops_nothing_may_be_nought(tmp_path: Path) -> None:
    shop = load_shop(
        shop_with(tmp_path, 'name = "x"\nmargin = 0\nrefund_rate = 0.99\n[day]\nidle_minutes = 0')
    )
    assert (shop.margin, shop.refund_rate, shop.day.idle_minutes) == (0.0, 0.99, 0)
    for name in ("margin", "refund_rate"):
        for value in ("1", "-0.01"):
            with pytest.raises(BadSettings, match="write a fraction such as"):
                load_shop(shop_with(tmp_path, f'name = "x"\n{name} = {value}'))
    with pytest.raises(BadSettings, match=r"targets: “2026-11” = -1\.0 is not valid"):
        load_shop(shop_with(tmp_path, 'name = "x"\n[targets]\n"2026-11" = -1'))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('name = "x"\nalso = "y"', "shop.toml:2: also: 'y' was written, but a list is needed here."),
        ('name = "x"\nalso = [1]', "shop.toml:2: also[1]: 1 was written, but text in quotes is needed here."),
        (
            'name = "x"\nads = 3',
            "shop.toml:2: ads: 3 was written, but a table ([name] section) is needed here.",
        ),
        (
            'name = "x"\ntargets = 3',
            "shop.toml:2: targets: 3 was written, but a table ([name] section) is needed here.",
        ),
        ('name = "x"\n[day]\nbell = 1', "shop.toml:3: day.bell: 1 was written, but true or false is needed"),
        ('name = "x"\n[day]\npeople = true', "shop.toml:3: day.people: True was written, but a whole number"),
        ('name = "x"\nmargin = true', "shop.toml:2: margin: True was written, but a number is needed here."),
        (
            'name = "x"\n[[team]]\nname = "a"\n[[team]]\nname = "b"\nroles = ["boss"]',
            "shop.toml:6: team[2].roles[1]: “boss” is not one of: owner, operator, promotion, design, ",
        ),
        ('name = "x"\nlanguage = "fr"', "shop.toml:2: language: “fr” is not one of: en, zh."),
        ('name = "x"\n[day]\nzzz = 1', "there is no “zzz”. Available here: people, idle_minutes, bell."),
    ],
)
def test_the_line_and_what_is_needed_there_are_named(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load_shop(shop_with(tmp_path, wrong))
    assert str(caught.value).startswith(said) or said.startswith("there is no")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('nmae = "x"', "shop.toml:1: nmae: there is no “nmae”. Did you mean “name”?"),
        (
            'name = "x"\nmargin = "35%"',
            "shop.toml:2: margin: '35%' was written, but a number is needed here.",
        ),
        ('name = "x"\nmargin = 35', "shop.toml: margin = 35.0: write a fraction such as 0.35."),
        ('name = "x"\n[thresholds]\nbounce_pas = 0.7', "Did you mean “bounce_pass”?"),
        (
            'name = "x"\nplatform = "ebay"',
            "“ebay” is not one of: douyin, jd, pdd, taobao, tmall, xhs, other.",
        ),
        ('name = "x"\ntimezone = "Shanghai"', "Write it as Asia/Shanghai."),
        ('name = "x"\n[targets]\n"2026-13" = 5', "“2026-13” = 5.0 is not valid."),
        ('name = "x"\n[[rivals]]\nid = "r1"', "“name” is missing. Add it."),
        (
            """
            name = "x"
            [[calendar]]
            start = 2026-12-10
            end = 2026-12-12
            note = "双12"
            profile = [2.0, 1.5]""",
            "calendar: 双12 from 2026-12-10: profile has 2 numbers for 3 days. Write one number per day",
        ),
        (
            'name = "x"\n[[calendar]]\nstart = 2026-12-10\nprofile = [-1.0]\nnote = "双12"',
            "Write one number per day, none below 0.",
        ),
        ('name = "x', "Correct that line; nothing was changed."),
        (f'name = "x"\nmargin = {"9" * 5000}', "shop.toml: a number has too many digits. Correct that line"),
        ("", "“name” is missing. Add it."),
        ('name = "x"\n[[calendar]]\nstart = 2026-11-11T10:00:00', "but a date such as 2026-11-22 is needed"),
        ('name = "x"\nweekday_weights = [1, 1, 1]', "seven numbers are needed"),
    ],
)
def test_what_cannot_be_meant_gets_one_sentence(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load_shop(shop_with(tmp_path, wrong))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_bytes('name = "兰亭"'.encode("gb18030"))
    with pytest.raises(BadSettings, match="not UTF-8"):
        load_shop(tmp_path)


def test_a_folder_without_settings_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="shopday init"):
        load_shop(tmp_path)


@pytest.mark.parametrize(
    ("metric", "aim", "fine"),
    [("cart_rate", 0.09, True), ("cart_rate", 9, False), ("cart_rate", 0, False), ("depth", 3.5, True)],
)
def test_a_row_of_indicators_has_an_aim_that_can_be_reached(
    tmp_path: Path, metric: str, aim: float, *, fine: bool
) -> None:
    shop = shop_with(
        tmp_path, f'name = "x"\n[[indicators]]\nmetric = "{metric}"\naim = {aim}\nrole = "design"\n'
    )
    if fine:
        assert load_shop(shop).indicators[0].aim == aim
        return
    with pytest.raises(BadSettings) as caught:
        load_shop(shop)
    assert str(caught.value) == (
        f"shop.toml: indicators: {metric} aim = {float(aim)}: write a rate as a fraction such as 0.08, "
        "else a number above 0."
    )
