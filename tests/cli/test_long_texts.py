"""A note, a reply, a field has 20,000 characters at most, whichever way it comes in."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from textual.events import Paste

from core.errors import ShopdayError, UsageError
from routines.io.day_report import day_report, render
from routines.workday.text_limits import read_text
from routines.workday.workday import Workday
from tests.cli.conftest import NINE, Run, bytes_in
from tests.terminal.keyboard import InProcess, at_the_desk
from tests.tui.shop import make_shop as small_shop
from tui.widgets.text_input import Page

LONG = "长" * 20_001
FITS = "长" * 20_000
REFUSAL = "one text may have 20,000. Shorten or split it; nothing was written."


def workday_in(shop: Path, at: datetime = NINE) -> Workday:
    return Workday.open(shop, clock=lambda: at, who="lan", lang="en")


@pytest.mark.parametrize("words", [["LONG"], ["-"]], ids=["argument", "stdin"])
def test_a_long_note_is_refused_in_one_sentence_and_one_that_fits_is_kept(
    words: list[str], shop: Path, run: Run
) -> None:
    by_pipe = words == ["-"]
    before = bytes_in(shop)
    refused = run("note", shop, "target", "-" if by_pipe else LONG, stdin=f"{LONG}\n" if by_pipe else None)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert f"This is 20,001 characters long, and {REFUSAL}" in refused.stderr
    assert bytes_in(shop) == before

    kept = run("note", shop, "target", "-" if by_pipe else FITS, stdin=f"\n{FITS}\n\n" if by_pipe else None)
    assert kept.exit_code == 0, kept.output
    assert [note.text for note in workday_in(shop).notes()] == [FITS]


def test_a_hundred_megabytes_from_a_pipe_are_not_even_read() -> None:
    class Pipe(io.StringIO):
        taken = 0

        def read(self, size: int | None = -1) -> str:
            text = super().read(size)
            self.taken += len(text)
            return text

    pipe = Pipe("x" * 100_000_000)
    with pytest.raises(UsageError, match="more than 20,000 characters"):
        read_text(pipe, 20_000)
    assert pipe.taken < 30_000


def test_a_note_of_a_hundred_megabytes_is_refused(shop: Path, run: Run) -> None:
    before = bytes_in(shop)

    done = run("note", shop, "target", "-", stdin="x" * 100_000_000)

    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "This is more than 20,000 characters long" in done.stderr
    assert bytes_in(shop) == before


def test_every_text_people_type_has_the_same_limit(shop: Path) -> None:
    day = workday_in(shop)
    action = day.act("target", text="Change the picture").id
    note = day.note("target", "short").id
    question = day.step("target").ask[0]
    before = bytes_in(shop)
    built = render(day_report(day))
    ways: dict[str, Callable[[], object]] = {
        "note": lambda: day.note("target", LONG),
        "edited note": lambda: day.note("target", LONG, replaces=note),
        "reply": lambda: day.reply("target", question, LONG),
        "field": lambda: day.record("live", "live", {"shop": "x", "note": LONG}),
        "field that is written into shop.toml": lambda: day.record(
            "target", "special_day", {"start": "2026-12-12", "note": LONG}
        ),
        "choice": lambda: day.decide("stock", "row", "keep", LONG),
        "details of a choice": lambda: day.decide("stock", "row", "keep", {"why": LONG}),
        "action": lambda: day.act("target", text=LONG),
        "owner": lambda: day.act("target", text="x", owner=LONG),
        "for dropping the action": lambda: day.update_action(action, "dropped", reason=LONG),
        "to whom it goes": lambda: day.update_action(action, "handed", owner=LONG),
        "why the step is skipped": lambda: day.skip("stock", LONG),
        "report": lambda: day.write_report(built + LONG, built=len(built)),
        "finished report": lambda: day.write_report(built + LONG, "finished", built=len(built)),
    }
    for name, way in ways.items():
        with pytest.raises(ShopdayError) as refused:
            way()
        assert "Shorten or split it; nothing was written." in str(refused.value), name
        assert bytes_in(shop) == before, name


def test_a_report_is_not_too_long_for_what_people_wrote_during_the_day(shop: Path) -> None:
    day = workday_in(shop)
    for number in range(4):
        day.note("target", f"{number}{FITS[1:]}")
    report = render(day_report(day))
    assert len(report) > 80_000

    day.write_report(report + "and one word more", "finished", built=len(report))

    assert (shop / "reports" / "2026-11-16.md").read_text(encoding="utf-8").endswith("one word more")


def test_an_old_note_that_is_too_long_can_still_be_replied_to_shortened_and_taken_back(shop: Path) -> None:
    day = workday_in(shop)
    old = day.book.append(day.day, at=NINE, who="lan", kind="note", step="target", data={"text": LONG})
    day.reply("target", LONG, "read it", to=old.id)
    day.note("target", "shorter", replaces=old.id)
    assert [note.text for note in day.notes()] == ["shorter"]
    day.note("target", "", replaces=day.notes()[0].id)
    assert day.notes() == ()


def test_the_limit_is_a_setting(shop: Path, run: Run) -> None:
    settings = shop / "shop.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("# text = 20000", "text = 30000"), encoding="utf-8")
    assert run("note", shop, "target", LONG).exit_code == 0

    settings.write_text(text.replace("# text = 20000", "text = 5"), encoding="utf-8")
    refused = run("note", shop, "target", "x")
    assert refused.exit_code == 3
    assert "limits: text = 5: write a whole number from 100 to 1000000." in refused.stderr


async def test_a_long_note_at_the_desk_is_refused_and_stays_as_a_draft(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    async with at_the_desk("process", shop, size=(120, 40)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("questions")
        await lan.press("w")
        await lan.sees("keep as draft")
        lan.pilot.app.screen.query_one(Page).post_message(Paste("word " * 5_000))
        await lan.pilot.pause()
        await lan.press("ctrl+s")
        await lan.sees("This is 24,999 characters long, and one text may have 20,000.")
        await lan.leaves("keep as draft")
    day = workday_in(shop)
    assert day.notes() == ()
    (draft,) = day.drafts.all().values()
    assert draft.split() == ["word"] * 5_000
