"""What a group reads: the first page, short, whole, and nothing in it that acts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.channels.channel import Given
from core.channels.message import ReportMessage
from core.channels.registry import channels
from core.channels.report_message import MOST
from core.channels.report_message import message_of as message_for
from core.reports import gather
from core.reports.day_report import Report
from core.shop.settings import Shop
from tests.channels.test_posting import URLS
from tests.reports.test_report import HOSTILE, journal, report

KINDS = ("dingtalk", "wecom", "feishu")
LIMITS = {"dingtalk": 6000, "wecom": 4096, "feishu": 6000}


def message_of(found: Report, kind: str) -> ReportMessage:
    return message_for(found, channels().known[kind])


def size_of(message: ReportMessage, kind: str) -> int:
    size = channels().known[kind].size(message)
    assert size.most == LIMITS[kind]
    return size.used


def body_of(message: ReportMessage, kind: str) -> Any:
    channel = channels().known[kind]
    robot: dict[str, Given] = {"url": URLS.get(kind, "")}
    mail: dict[str, Given] = {"host": "localhost", "from": "a@b.example", "to": ("c@d.example",)}
    return channel.body(channel.place(mail if kind == "email" else robot), message)


def test_the_verdict_comes_first_and_the_details_stay_at_home() -> None:
    message = message_of(report(), "dingtalk")
    assert message.title.startswith("兰亭女装")
    assert message.lines[0][0] == "strong"
    assert "Yesterday ¥37,460." in message.lines[0][1]
    told = message.plain()
    assert "Yesterday's sales ¥37,460 (Compared with ¥48,001)" in told
    assert "催货" in told
    assert "首屏改回去了" not in told
    assert "Step by step" not in told


def test_a_corrected_report_goes_as_it_was_corrected() -> None:
    day = journal()
    day.write("report", text="# 我的日报\n\n今天很好。\n\n- 一\n- 二\n", state="finished", figures={})
    message = message_of(report(day), "wecom")
    assert (message.title, message.lines) == (
        "我的日报",
        (("", "今天很好。"), ("point", "一"), ("point", "二")),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_report_is_cut_to_what_the_platform_takes(kind: str) -> None:
    day = journal()
    lines = "\n\n".join(
        f"## 第{n}节\n\n" + "\n".join(f"- {'很长的一句话，' * 30}" for _ in range(9)) for n in range(9)
    )
    day.write("report", text=f"# 日报\n\n{lines}", state="finished", figures={})
    message = message_of(report(day), kind)
    assert message.cut
    assert LIMITS[kind] / 2 < size_of(message, kind) <= LIMITS[kind]
    assert "rest is in the report" in message.lines[-1][1]
    assert message.lines[-2][0] == "point"


def test_a_report_that_begins_with_a_section_keeps_its_heading() -> None:
    day = journal()
    day.write("report", text="## 今天\n\n很好。\n", state="finished", figures={})
    assert message_of(report(day), "wecom").lines == (("heading", "今天"), ("", "很好。"))


@pytest.mark.parametrize(("length", "shown"), [(160, "长" * 160), (161, "长" * 159 + "…")])
def test_a_line_is_cut_after_160_characters(length: int, shown: str) -> None:
    day = journal()
    day.write("report", text=f"# 日报\n\n{'长' * length}\n", state="finished", figures={})
    assert message_of(report(day), "wecom").lines == (("", shown),)


def test_wecom_counts_bytes_not_characters() -> None:
    assert LIMITS["wecom"] == 4096
    assert size_of(message_of(report(), "wecom"), "wecom") == len(
        body_of(message_of(report(), "wecom"), "wecom")["markdown"]["content"].encode()
    )


def test_a_section_of_many_lines_is_cut_and_says_so() -> None:
    day = journal()
    day.write(
        "report", text="# 日报\n\n" + "\n".join(f"- 第{n}条" for n in range(9)), state="draft", figures={}
    )
    points = [words for look, words in message_of(report(day), "feishu").lines if look == "point"]
    assert len(points) == MOST + 1
    assert points[-1] == "…"


@pytest.mark.parametrize("kind", [*KINDS, "email"])
@pytest.mark.parametrize("foreign", [*HOSTILE, "@all <@everyone> <font color=red>", "<at id=all></at>"])
def test_foreign_text_neither_formats_nor_links_nor_calls_people(kind: str, foreign: str) -> None:
    day = journal()
    day.promise(foreign, due=day.today.isoformat())
    found = message_of(report(day), kind)
    body = body_of(found, kind)
    told = (
        f"{body['Subject']}\n{body.get_content()}"
        if kind == "email"
        else json.dumps(body, ensure_ascii=False)
    )
    for acting in ("<", "](", "://", "@", "`", "_it_", "!["):
        assert acting not in told
    assert not any(char < " " for _, words in found.lines for char in words)


def test_an_empty_day_is_a_message_too() -> None:
    empty = gather.report([], shop=Shop(name="兰亭女装"), day=journal().today)
    assert message_of(empty, "dingtalk").title.startswith("兰亭女装")
