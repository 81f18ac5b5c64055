"""What a worker sends by itself because a shop asks for it, by a real mail server; each thing once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.errors import BadSettings
from core.shop.loading import shop_in
from routines.fleet.alerts import send_alerts
from routines.workday.workday import Workday
from tests.channels.mail_server import MailServer, mail_server
from tests.channels.test_posting import states
from tests.channels.test_registry import a_shop
from tests.routines.fleet.small_shops import NINE, drop_items, drop_orders, drop_sales, drop_stock, sales
from tests.routines.fleet.test_worker import Agency

TUESDAY = date(2026, 11, 17)
THURSDAY = datetime(2026, 11, 12, 10, 0)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as held:
        yield held


def mailing(shop: Path, server: MailServer, worker: str) -> Path:
    """Let the shop send by e-mail, with these lines in its [worker] settings."""
    lines = (
        f'host = "localhost"\nport = {server.port}\nfrom = "r@lanting.example"\nto = ["b@lanting.example"]'
    )
    a_shop(shop, "email", lines)
    settings = shop / "shop.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n[worker]\n{worker}\n", encoding="utf-8")
    return shop


def mails(server: MailServer) -> list[tuple[str, str]]:
    """Return subject and text of what has arrived; a report may have a picture attached."""
    bodies = [(mail, mail.get_body(("plain",))) for _, mail in server.arrived]
    return [(str(mail["Subject"]), "" if body is None else body.get_content()) for mail, body in bodies]


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    return Agency(tmp_path, "lanting")


@pytest.fixture
def shop(agency: Agency) -> Path:
    return agency.folder / "lanting"


# ---- the report


def test_the_finished_report_is_sent_at_its_time_and_once(
    agency: Agency, shop: Path, server: MailServer
) -> None:
    mailing(shop, server, 'post_at = "20:30"')
    drop_sales(shop, sales(1))
    agency.now = datetime.fromisoformat("2026-11-16T19:00:00+08:00")
    agency.once()
    agency.later(hours=1, minutes=31)
    agency.once()
    assert mails(server) == [], "nobody has finished it yet"
    agency.later(minutes=2)
    Workday.open(shop, clock=lambda: agency.now, who="lan").write_report("Sold well today.", "finished")
    assert "report sent" in agency.once()[0]
    assert agency.row("lanting").report == "posted"
    agency.later(minutes=15)
    assert "report sent" not in agency.once()[0]
    ((_, words),) = mails(server)
    assert "Sold well today." in words
    assert states(shop) == ["gone"]


def test_a_report_finished_early_waits_for_its_time(agency: Agency, shop: Path, server: MailServer) -> None:
    mailing(shop, server, 'post_at = "20:30"')
    agency.now = datetime.fromisoformat("2026-11-16T20:25:00+08:00")
    Workday.open(shop, clock=lambda: agency.now, who="lan").write_report("Done.", "finished")
    agency.once()
    assert (mails(server), agency.row("lanting").report) == ([], "finished")
    agency.later(minutes=6)
    assert "report sent" in agency.once()[0], "its time has come, though nothing else has changed"


def test_without_the_setting_nothing_is_sent(agency: Agency, shop: Path, server: MailServer) -> None:
    mailing(shop, server, "")
    agency.now = datetime.fromisoformat("2026-11-16T23:00:00+08:00")
    Workday.open(shop, clock=lambda: agency.now, who="lan").write_report("Done.", "finished")
    drop_stock(shop, 0)
    drop_items(shop)
    agency.once()
    assert mails(server) == []


def test_a_refused_report_is_told_and_sent_by_a_later_job(
    agency: Agency, shop: Path, server: MailServer
) -> None:
    mailing(shop, server, 'post_at = "20:30"')
    agency.now = datetime.fromisoformat("2026-11-16T20:31:00+08:00")
    Workday.open(shop, clock=lambda: agency.now, who="lan").write_report("Done.", "finished")
    server.mood = ["RCPT 550 no such user"]
    assert "was rejected (code 550). Nothing was sent." in agency.once()[0]
    agency.later(minutes=11)
    assert "report sent" in agency.once()[0]
    assert len(mails(server)) == 1


def test_who_asks_for_it_without_a_channel_is_told_how(agency: Agency, shop: Path) -> None:
    settings = shop / "shop.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '[worker]\npost_at = "20:30"\n', encoding="utf-8"
    )
    agency.now = datetime.fromisoformat("2026-11-16T20:31:00+08:00")
    assert "No channel is set up for this shop." in agency.once()[0]
    assert agency.row("lanting").trouble == "", "the rest of the job was done"


@pytest.mark.parametrize("word", ["25:00", "8:30", "evening", "20:60"])
def test_a_time_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(BadSettings, match=f"shop.toml: worker: post_at = “{word}” is not a time"):
        shop_in("shop.toml", f'name = "x"\n[worker]\npost_at = "{word}"\n'.encode())


def test_an_alert_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadSettings, match="“sold_out” is not one of: stock, dispatch, ad_balance"):
        shop_in("shop.toml", b'name = "x"\n[worker]\nalerts = ["sold_out"]\n')


# ---- alerts


def test_an_item_that_sells_out_is_told_at_once_and_once_until_it_is_back(
    agency: Agency, shop: Path, server: MailServer
) -> None:
    mailing(shop, server, 'alerts = ["stock"]')
    drop_items(shop)
    drop_stock(shop, 5_000)
    agency.once()
    assert mails(server) == []
    drop_stock(shop, 0)
    assert "1 alert sent" in agency.once()[0]
    ((subject, words),) = mails(server)
    assert subject == "lanting: needs action now, 09:00"
    assert "风衣 is sold out" in words
    agency.later(minutes=11)
    agency.once()
    assert len(mails(server)) == 1, "it is sold out still"
    drop_stock(shop, 4_000)
    agency.once()
    agency.later(days=1)
    drop_stock(shop, 0, day=TUESDAY)
    agency.once()
    assert len(mails(server)) == 2, "and again"


def test_orders_that_wait_too_long_are_told(agency: Agency, shop: Path, server: MailServer) -> None:
    mailing(shop, server, 'alerts = ["dispatch", "stock"]')
    drop_sales(shop, sales(1))
    drop_orders(shop, THURSDAY, sent=True)
    agency.once()
    assert mails(server) == []
    drop_orders(shop, THURSDAY, sent=False)
    agency.once()
    ((_, words),) = mails(server)
    assert "1 paid order has not been sent for more than 24 hours" in words


def test_what_could_not_be_sent_is_sent_later_and_not_twice(
    agency: Agency, shop: Path, server: MailServer
) -> None:
    mailing(shop, server, 'alerts = ["stock"]')
    drop_items(shop)
    drop_stock(shop, 0)
    server.mood = ["RCPT 550 no such user"]
    assert "Nothing was sent." in agency.once()[0]
    agency.later(minutes=11)
    assert "1 alert sent" in agency.once()[0]
    agency.later(minutes=11)
    agency.once()
    assert len(mails(server)) == 1


def test_a_worker_killed_after_sending_sends_nothing_again(
    agency: Agency, shop: Path, server: MailServer
) -> None:
    mailing(shop, server, 'alerts = ["stock"]')
    drop_items(shop)
    drop_stock(shop, 0)
    agency.once()
    told = shop / "alerts.json"
    told.write_text(
        told.read_text(encoding="utf-8").replace('"sent": true', '"sent": false'), encoding="utf-8"
    )
    agency.later(minutes=11)
    assert "alert" not in agency.once()[0]
    assert len(mails(server)) == 1
    assert '"sent": true' in told.read_text(encoding="utf-8")


def test_stock_and_balance_of_the_sample_go_into_one_message(lanting: Path, server: MailServer) -> None:
    mailing(lanting, server, 'alerts = ["stock", "ad_balance"]')
    workday = Workday.open(lanting, clock=lambda: NINE, who="lan", lang="en")
    answers = {step: workday.ask(step) for step in ("stock", "checks")}
    assert send_alerts(workday, answers) == 2
    assert send_alerts(workday, answers) == 0
    ((subject, words),) = mails(server)
    assert subject == "兰亭女装旗舰店: needs action now, 09:00"
    assert "高腰直筒牛仔裤 has 4.7 days of cover" in words
    assert "The ad balance is" in words
