"""Our own live streams beside those we watched, where an export has them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd

from core.answers.answer import Answer, Table
from core.exports.kinds.streams import Streams
from core.exports.reading.reader import read
from core.journal.projections import Past
from core.measures.order_value import RefundShares, ShopRefunds
from core.records.evening import LiveSeen
from core.records.records import Records
from core.topics.scouting import live
from tests.exports.layout_files import KNOWN, file_of, layout_named
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, told

NOTHING: Records[LiveSeen] = Records(())


def stream(back: int, **known: object) -> dict[str, object]:
    began = pd.Timestamp(SUNDAY - timedelta(days=back)) + pd.Timedelta(hours=20)
    return {"started": began, "date": began.normalize(), "host": "小禾", "gmv": 6000.0} | known


def said(*rows: dict[str, object]) -> Answer:
    streams = of_rows(Streams, list(rows)) if rows else None
    return told(live.watched(NOTHING, Past(MONDAY), streams, shop=shop(), today=MONDAY))


def test_hours_and_sales_are_summed_before_they_are_divided() -> None:
    """Six thousand in one hour and six thousand in three: 3,000 an hour, not the mean of 6,000 and 2,000."""
    answer = said(
        stream(1, minutes=60.0, viewers=2000.0, buyers=30.0, ad_cost=400.0),
        stream(0, minutes=180.0, viewers=1000.0, buyers=20.0, refund_amount=900.0),
    )
    (own,) = [one for one in answer.findings if one.kind == "own"]
    assert own.text == (
        "2 live streams of ours in four weeks: ¥12,000 in 4.0 hours, ¥3,000 an hour before refunds. "
        "After refunds, that is ¥1,700 an hour. ¥400 was spent on ads for the live streams."
    )
    (table,) = [one for one in answer.evidence if isinstance(one, Table)]
    assert table.rows == (
        ("06-14 20:00", "小禾", 180.0, 1000.0, 20.0, 6000.0, 2000.0, 600.0, 900.0, 1700.0, None),
        ("06-13 20:00", "小禾", 60.0, 2000.0, 30.0, 6000.0, 6000.0, 300.0, None, None, 400.0),
    )


def test_the_stream_whose_sales_stay_comes_first() -> None:
    """10,000 an hour of which 8,500 go back is less than 4,000 of which 1,000 do."""
    answer = said(
        stream(3, minutes=60.0, gmv=10_000.0, refund_amount=8500.0, host="秀"),
        stream(9, minutes=60.0, gmv=4000.0, refund_amount=1000.0, host="稳"),
        stream(1, minutes=60.0, gmv=9000.0, host="不知"),
    )
    (table,) = [one for one in answer.evidence if isinstance(one, Table)]
    assert [row[1] for row in table.rows] == ["稳", "秀", "不知"]
    assert any("after the refunds so far" in limit for limit in answer.limits)


def test_refunds_to_come_count_for_young_streams() -> None:
    """Two alike: of the newer one half of what is left will still go back."""
    day = SUNDAY - timedelta(days=1)
    coming = ShopRefunds(RefundShares(0.2, 0.3), {}, "list", 60, 500, stays={day: 0.5})
    streams = of_rows(
        Streams,
        [
            stream(1, minutes=60.0, refund_amount=1000.0, host="新"),
            stream(20, minutes=60.0, refund_amount=2000.0, host="旧"),
        ],
    )
    answer = told(live.watched(NOTHING, Past(MONDAY), streams, coming, shop=shop(), today=MONDAY))
    (table,) = [one for one in answer.evidence if isinstance(one, Table)]
    assert [row[1] for row in table.rows] == ["旧", "新"]
    assert any("refunds that are still expected are already deducted" in limit for limit in answer.limits)


def test_a_file_without_refunds_ranks_nobody() -> None:
    answer = said(stream(1, minutes=60.0, gmv=1.0), stream(3, minutes=60.0))
    assert "The file has no refunds of the live streams: they are not ranked by sales." in answer.limits


def test_without_the_export_or_a_length_nothing_is_said_of_them() -> None:
    assert [one.kind for one in said().findings] == []
    assert [one.kind for one in said(stream(0)).findings] == []


def test_a_stream_of_today_is_not_over() -> None:
    assert said(stream(-1, minutes=60.0)).evidence == ()


def test_the_export_of_the_platform_is_read(tmp_path: Path) -> None:
    file = file_of(tmp_path, layout_named("douyin-compass-live"), KNOWN["douyin-compass-live"])
    frame = read(file, today=MONDAY.replace(month=11, day=29)).frame
    assert list(frame["started"].dt.strftime("%m-%d %H:%M")) == [f"11-28 09:0{n}" for n in range(1, 5)]
    assert frame["gmv"].sum() > 0
    assert frame["viewers"].sum() > 0
