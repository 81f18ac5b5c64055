"""Rivals' listings in the answer: quiet where nothing changed, exact where something did."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.answers.answer import About, Answer, Finding, Table, named
from core.answers.answer_codec import encode
from core.exports.kinds.items import Items
from core.exports.kinds.listings import Listings
from core.exports.reading.reader import read
from core.language.speech import Language, speak
from core.records.records import Records, RivalSeen
from core.shop.settings import Rival
from core.topics.rivals import rivals
from sample import listing_files
from sample.shops import LANTING
from sample.world import World
from tests.conftest import ROOT
from tests.topics.tables import MONDAY, SUNDAY, of_rows, sheet, shop, told

FILE = ROOT.parent / "shared" / "data" / "rival_listings_double11_gb18030.csv"
HETIAN = Rival(id="r03", name="禾田女装旗舰店")
QUIET = "date shop item title price sold"


def day(back: int) -> str:
    return (SUNDAY - timedelta(days=back)).isoformat()


def moved(listings: Listings, **reads: object) -> Answer:
    seen: Records[RivalSeen] = Records()
    watched = shop(rivals=(HETIAN,))
    return told(rivals.moves(seen, listings=listings, **reads, shop=watched, today=MONDAY))  # type: ignore[arg-type]


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def of_kind(answer: Answer, kind: str) -> list[Finding]:
    return [one for one in answer.findings if one.kind == kind]


def rows(answer: Answer, name: str) -> list[dict[str, object]]:
    """Return the rows of the table so called by column id, the words of a closed set in full."""
    table = next(one for one in answer.evidence if isinstance(one, Table) and one.name.startswith(name))
    return [
        {column.id: named(column, cell) for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]


def repriced(cheaper: int, of: int, *, to: int = 150) -> Listings:
    """Return a shelf of 200 yuan each at one look, so many of them at another price at the next."""
    first = [f"{day(1)} 禾田旗舰店 {n} 针织开衫{n}款 200 9" for n in range(of)]
    return shelf(*first, *(f"{day(0)} 禾田旗舰店 {n} 针织开衫{n}款 {to if n < cheaper else 200} 9"
                           for n in range(of)))  # fmt: skip


def shelf(*rows: str) -> Listings:
    return sheet(Listings, "\n".join([QUIET, *rows]))


def test_the_same_shelf_twice_is_no_finding() -> None:
    answer = moved(
        shelf(f"{day(1)} 禾田旗舰店 1 针织开衫女 199 200+", f"{day(0)} 禾田旗舰店 1 针织开衫女 199 200+")
    )
    assert not found(answer, "rivals/listings/r03")
    assert not found(answer, "rivals/stale/r03"), "its shelf was seen yesterday"
    assert answer.verdict.level == "info"
    old = moved(shelf(f"{day(4)} 禾田旗舰店 1 针织开衫女 199 200+"))
    assert found(old, "rivals/stale/r03"), "its shelf was seen five days ago"


def test_a_shop_nobody_follows_is_in_the_table_only() -> None:
    answer = moved(shelf(f"{day(1)} 路人店 1 针织开衫女 199 200+", f"{day(0)} 路人店 1 针织开衫女 99 200+"))
    assert not any(one.key.startswith("rivals/listings") for one in answer.findings)
    assert any(isinstance(one, Table) and one.rows[0][0] == "路人店" for one in answer.evidence[1:])


def test_one_cheaper_price_is_news_not_a_sale() -> None:
    answer = moved(
        shelf(f"{day(1)} 禾田旗舰店 1 针织开衫女 199 200+", f"{day(0)} 禾田旗舰店 1 针织开衫女 159 200+")
    )
    assert found(answer, "rivals/listings/r03").startswith("info")
    assert "¥199 → ¥159" in found(answer, "rivals/listings/r03")
    (news,) = of_kind(answer, "listings")
    assert (news.about, news.proposals) == (About(rival="r03"), ())
    assert (answer.verdict.level, answer.verdict.text) == ("info", news.text)
    assert news.text == "禾田, 14 Jun compared with 13 Jun: 1 of 1 items cheaper (针织开衫女 ¥199 → ¥159)."
    assert rows(answer, "Items that changed") == [
        {"shop": "禾田", "listing": "针织开衫女", "what": "price", "before": "¥199", "now": "¥159"}
    ]
    assert rows(answer, "Rivals' items") == [
        {
            "shop": "禾田",
            "last_look": "2026-06-14",
            "against": "2026-06-13",
            "listings": 1,
            "new": 0,
            "gone": 0,
            "cheaper": 1,
            "dearer": 0,
            "renamed": 0,
            "sold": "— (1 of 1 listings)",
            "fell": 0,
        }
    ]


def test_a_fifth_of_the_shelf_cheaper_is_a_sale_to_look_at() -> None:
    def level(cheaper: int, of: int) -> list[str]:
        return [one.level for one in of_kind(moved(repriced(cheaper, of)), "listings")]

    assert level(3, of=15) == ["watch"]
    assert level(3, of=16) == ["info"], "under a fifth"
    assert level(2, of=4) == ["info"], "two are single prices"
    (sale,) = of_kind(moved(repriced(3, of=15)), "listings")
    assert sale.text.count("¥200 → ¥150") == 2, "two of them are named"
    (ask,) = sale.proposals
    assert (ask.role, ask.due, ask.about) == ("operator", "2026-06-15", About(rival="r03"))


def test_dearer_listings_are_counted_and_are_no_sale() -> None:
    answer = moved(repriced(4, of=15, to=250))
    (news,) = of_kind(answer, "listings")
    assert (news.level, news.text) == (
        "info",
        "禾田, 14 Jun compared with 13 Jun: 4 items with a higher price.",
    )
    assert rows(answer, "Rivals' items")[0]["dearer"] == 4


def test_much_of_a_shelf_gone_may_be_a_list_that_was_cut() -> None:
    def gone(n: int, of: int) -> str:
        everything = [f"{day(2)} 禾田旗舰店 {item} 针织开衫{item}款 200 9" for item in range(of)]
        rest = [f"{day(back)} 禾田旗舰店 {item} 针织开衫{item}款 200 9"
                for back in (1, 0) for item in range(n, of)]  # fmt: skip
        (news,) = of_kind(moved(shelf(*everything, *rest)), "listings")
        return news.text

    assert gone(3, of=10).endswith("taken down.")
    assert gone(4, of=10).endswith(
        ": 4 items not shown twice in a row (taken down, or the list was incomplete)."
    )


def test_a_renamed_and_a_new_listing_are_told() -> None:
    answer = moved(
        shelf(
            f"{day(1)} 禾田旗舰店 1 针织开衫女 199 9",
            f"{day(0)} 禾田旗舰店 1 羊毛大衣冬季 199 9",
            f"{day(0)} 禾田旗舰店 2 真丝围巾 99 9",
        )
    )
    (news,) = of_kind(answer, "listings")
    assert news.text.endswith(": 1 newly listed (真丝围巾), 1 with a new title.")
    assert rows(answer, "Items that changed") == [
        {"shop": "禾田", "listing": "1", "what": "title", "before": "针织开衫女", "now": "羊毛大衣冬季"}
    ]


def test_one_look_at_a_shelf_is_in_the_table_and_no_news() -> None:
    answer = moved(shelf(f"{day(0)} 禾田旗舰店 1 针织开衫女 199 9"))
    assert of_kind(answer, "listings") == []
    (row,) = rows(answer, "Rivals' items")
    assert (row["listings"], row["against"], row["new"], row["sold"]) == (1, None, None, "—")
    assert not any(one.name == "Items that changed" for one in answer.evidence)


def test_twelve_changes_are_shown_the_largest_first() -> None:
    first = [f"{day(1)} 禾田旗舰店 {n} 针织开衫{n}款 200 9" for n in range(13)]
    then = [f"{day(0)} 禾田旗舰店 {n} 针织开衫{n}款 {190 - n} 9" for n in range(13)]
    changes = rows(moved(shelf(*first, *then)), "Items that changed")
    assert len(changes) == 12
    assert (changes[0]["now"], changes[-1]["now"]) == ("¥178", "¥189")


def test_an_export_of_a_fortnight_ago_is_told_of_and_an_older_one_is_not() -> None:
    def news(back: int) -> list[Finding]:
        both = (f"{day(back + 1)} 禾田旗舰店 1 针织开衫女 199 9", f"{day(back)} 禾田旗舰店 1 针织开衫女 99 9")
        return of_kind(moved(shelf(*both)), "listings")

    assert len(news(13)) == 1, "SUNDAY is a day before today"
    assert news(14) == []


def test_an_old_export_is_not_todays_news() -> None:
    answer = moved(
        shelf(f"{day(29)} 禾田旗舰店 1 针织开衫女 199 9", f"{day(28)} 禾田旗舰店 1 针织开衫女 99 9")
    )
    assert not found(answer, "rivals/listings/r03")


def test_a_cheaper_listing_like_ours_is_to_be_looked_at_by_eye() -> None:
    ours = of_rows(
        Items,
        [{"date": SUNDAY, "item": "9", "title": "法式针织开衫女秋季新款外搭", "gmv": 1.0, "units": 1.0}],
    )
    both = (
        f"{day(1)} 禾田旗舰店 1 法式针织开衫女秋季外搭 199 9",
        f"{day(0)} 禾田旗舰店 1 法式针织开衫女秋季外搭 159 9",
    )
    (same,) = of_kind(moved(shelf(*both), items=ours), "same")
    about = About(item="1")
    assert (same.key, same.level, same.about) == ("rivals/same/1", "watch", about)
    assert "禾田 shows “法式针织开衫女秋季外搭” at ¥159" in same.text
    assert [(one.due, one.about) for one in same.proposals] == [("2026-06-15", about)]
    other = [row.replace("法式针织开衫女秋季外搭", "真丝围巾男士商务") for row in both]
    assert not found(moved(shelf(*other), items=ours), "rivals/same/1")


def test_two_listings_like_ours_are_named() -> None:
    ours = of_rows(Items, [{"date": SUNDAY, "item": "9", "title": "针织开衫1款", "gmv": 1.0, "units": 1.0}])
    assert len(of_kind(moved(repriced(3, of=15), items=ours), "same")) == 2


def test_the_sample_by_name(tmp_path: Path) -> None:
    content = next(iter(listing_files.files(World(LANTING, {}, {})).values()))
    path = tmp_path / listing_files.NAME
    path.write_bytes(content)
    today = date(2026, 11, 16)
    reading = read(path, today=today)
    assert reading.sheet is Listings
    assert not reading.problems
    lanting = shop(
        rivals=(
            HETIAN,
            Rival(id="r01", name="素年锦时女装旗舰店"),
            Rival(id="r02", name="慕言旗舰店"),
        )
    )
    answer = told(rivals.moves(Records(), listings=Listings(reading.frame), shop=lanting, today=today))
    assert found(answer, "rivals/listings/r03").startswith(
        "watch: 禾田, 15 Nov compared with 14 Nov: 4 of 12 items"
    )
    assert "2 taken down, 1 with a new title" in found(answer, "rivals/listings/r02")
    assert "3 new" in found(answer, "rivals/listings/r01")
    assert any("fell since the last check, so how many were sold is unknown." in one for one in answer.limits)
    assert any(
        "item was missing for the first time: one check is not enough to conclude anything." in one
        for one in answer.limits
    )


def test_the_same_is_meant_in_every_language() -> None:
    ours = of_rows(Items, [{"date": SUNDAY, "item": "9", "title": "针织开衫1款", "gmv": 1.0, "units": 1.0}])
    listings = repriced(3, of=15)

    def asked_in(spoken: Language) -> tuple[dict[str, object], str]:
        speak(spoken)
        watched = shop(rivals=(HETIAN,))
        answer = rivals.moves(Records(), items=ours, listings=listings, shop=watched, today=MONDAY)
        assert {one.kind for one in answer.findings} == {"listings", "same"}
        return encode(answer), told(answer).findings[0].text

    (english, said), (chinese, spoken) = asked_in("en"), asked_in("zh")
    assert english == chinese
    assert said != spoken


@pytest.mark.skipif(not FILE.is_file(), reason="the real listings are not on this machine")
def test_27512_real_listings_of_22_shops() -> None:
    reading = read(FILE, today=date(2016, 11, 15))
    assert reading.sheet is Listings
    assert reading.rows == 27_598 - 86, "86 rows of the file stand in it twice"
    assert not [problem for problem in reading.problems if problem.level == "row"]
    listings = Listings(reading.frame)
    answer = told(rivals.moves(Records(), listings=listings, shop=shop(), today=date(2016, 11, 15)))
    table = next(
        one
        for one in answer.evidence
        if one.name.startswith("Rivals' items as last seen, compared with the time before")
    )
    assert isinstance(table, Table)
    assert len(table.rows) == 22
    assert not any("-" in str(row[9]) for row in table.rows), "no negative sales"
