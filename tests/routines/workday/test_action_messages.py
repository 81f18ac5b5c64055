"""An action made of a proposal keeps its message: whoever reads or looks for it does so in their language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.answers.answer import About, Answer, Proposal, Verdict, finding
from core.answers.answer_codec import rendered
from core.find.query import read
from core.find.text_index import TextIndex
from core.journal.actions import actions
from core.journal.book import Book
from core.language.message import Words, count, plain, say
from core.language.speech import Language, speak
from core.review.timeline import timeline
from routines.workday.workday import Workday
from tests.routines.days import CHINA
from tests.tui.shop import make_shop
from tui.text.day_text import day_lines, day_shape

pytestmark = pytest.mark.usefixtures("any_store")

NOW = datetime(2026, 11, 16, 8, 40, tzinfo=CHINA)
MONDAY = NOW.date()
SAID = say("{n}m", n=count(300))
ORDER: Proposal[Words] = Proposal(
    "promotion", SAID, "on_hand", "up", deed="order", about=About(item="7365"), quantity=300, price=12.5
)
ANSWER: Answer[Words] = Answer(
    Verdict("act", SAID), (finding("stock", "order", "act", SAID, ORDER, about=About(item="7365")),)
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a shop in which the stock step was shown."""
    folder = make_shop(tmp_path)
    opened(folder, "en").shown("stock", ANSWER)
    return folder


def opened(folder: Path, lang: Language, *, days: int = 0) -> Workday:
    speak(lang)
    return Workday.open(folder, clock=lambda: NOW + timedelta(days=days), who="沈岚", lang=lang)


def on_the_screen() -> Proposal:
    """Return the proposal as a person has it on the screen."""
    return rendered(ANSWER).findings[0].proposals[0]


def test_what_nobody_changed_is_kept_as_message_with_what_it_is_about(shop: Path) -> None:
    day = opened(shop, "zh")
    entry = day.act("stock", on_the_screen(), finding="stock/order/7365", owner="周岩")

    kept = {name: entry.data[name] for name in ("text", "deed", "about", "quantity", "price")}
    assert kept == {
        "text": plain(SAID), "deed": "order", "about": {"item": "7365"}, "quantity": 300, "price": 12.5,
    }  # fmt: skip
    (action,) = opened(shop, "en").actions()
    assert (action.text, action.words) == ("300m", SAID)
    assert (action.deed, action.about, action.quantity, action.price) == (
        "order",
        About(item="7365"),
        300,
        12.5,
    )
    speak("zh")
    assert action.text == "300分"


def test_it_is_told_in_the_language_of_the_reader(shop: Path) -> None:
    opened(shop, "zh").act("stock", on_the_screen(), owner="周岩")
    for lang, told in (("en", "300m"), ("zh", "300分")):
        reader = opened(shop, lang)
        (moment,) = [one for one in timeline(reader.entries(), titles={}, forms={}, actions={})
                     if one.kind == "action"]  # fmt: skip
        assert moment.text.startswith(f"{told} (周岩")
        assert any(line.count(told) == 1 and "周岩" in line for line in day_lines(reader))
        (shape,) = [one for one in day_shape(reader)["entries"] if one["kind"] == "action"]
        assert shape["data"]["text"] == told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_found_by_its_words_in_both_languages(shop: Path, lang: Language) -> None:
    opened(shop, "zh").act("stock", on_the_screen(), owner="周岩")
    speak(lang)
    text = TextIndex(Book(shop))
    text.renew()

    assert [len(text.lines(read(words))) for words in ("300分", "300m", "301m")] == [1, 1, 0]
    assert [one.text for one in text.said(MONDAY)] == [f"{'300m' if lang == 'en' else '300分'} (周岩)"]


def test_a_changed_text_is_kept_as_it_was_typed_and_no_longer_names_the_deed(shop: Path) -> None:
    entry = opened(shop, "en").act("stock", on_the_screen(), text="Order only 100")

    assert entry.data["text"] == "Order only 100"
    assert entry.data["about"] == {"item": "7365"}
    assert {"deed", "quantity", "price"} & set(entry.data) == set()


def test_another_owner_or_day_changes_nothing_of_the_message(shop: Path) -> None:
    due = date(2026, 11, 20).isoformat()
    entry = opened(shop, "zh").act("stock", on_the_screen(), text="300分", owner="周岩", due=due)

    assert (entry.data["text"], entry.data["deed"], entry.data["due"]) == (plain(SAID), "order", due)


def test_the_same_proposal_in_another_language_is_the_same_action(shop: Path) -> None:
    first = opened(shop, "zh").act("stock", on_the_screen())
    assert opened(shop, "en").act("stock", on_the_screen()) == first

    tomorrow = opened(shop, "en", days=1)
    again = tomorrow.act("stock", on_the_screen())
    assert (again.kind, again.data["action"]) == ("action-update", first.id)
    assert "reason" not in again.data
    assert len(tomorrow.actions()) == 1


def test_a_text_spoilt_by_hand_is_empty_and_breaks_nothing(shop: Path) -> None:
    data = {"text": {"$nothing": 1}, "owner": "周岩", "about": {"item": 1, "colour": "red"}, "quantity": "x"}
    Book(shop).append(MONDAY, at=NOW, who="沈岚", kind="action", step="stock", data=data)
    (action,) = actions(opened(shop, "en").entries())

    assert (action.text, action.about, action.quantity) == ("", About(), None)
    assert "周岩" in " ".join(day_lines(opened(shop, "en")))
