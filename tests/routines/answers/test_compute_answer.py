"""One question answered: from exports, from the cache, or with what is missing and where to get it."""

from __future__ import annotations

import csv
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from core.answers.answer import Answer, Impact, Verdict, finding
from core.errors import BadSettings, UsageError
from routines.answers.compute_answer import TROUBLE, ask
from routines.answers.signature import Reads
from routines.io.importing import commit_files, preview_files, undo_batch
from routines.plan import analyses
from routines.workday.workday import Workday
from tests.routines.days import CHINA, shop_folder, with_september

DAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 1, 8, 30, tzinfo=CHINA)
SETTINGS = 'name = "Lanting"\nlanguage = "en"\n[targets]\n"2026-09" = 1850000\n"2026-10" = 1680000\n'


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a shop with September's daily figures imported."""
    folder = with_september(shop_folder(tmp_path_factory.mktemp("shop") / "lanting", SETTINGS))
    told = commit_files(folder, today=DAY, who="lan", at=NOW)
    assert [one["state"] for one in told] == ["imported"]
    return folder


@pytest.fixture
def shop(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "lanting")


def asked(shop: Path, step: str = "target", *, day: date = DAY, now: datetime = NOW) -> Answer:
    return ask(shop, step, day=day, now=now, lang="en")


def kept(shop: Path) -> list[Path]:
    return sorted((shop / "cache" / "answers").rglob("*.json"))


def test_without_exports_it_says_what_is_missing_and_where_it_is(tmp_path: Path) -> None:
    answer = asked(shop_folder(tmp_path / "new", SETTINGS))
    assert answer.verdict.level == "nodata"
    assert "Where to get it: " in answer.verdict.text
    assert {(need.sheet, need.state) for need in answer.needs} >= {("shop_day", "missing")}
    assert all("›" in need.how for need in answer.needs)


def test_an_answer_names_its_needs_and_batches(shop: Path) -> None:
    answer = asked(shop)
    states = {need.sheet: need.state for need in answer.needs}
    assert answer.verdict.level != "nodata"
    assert states["shop_day"] == "complete"
    assert states["ads"] == "missing"
    assert len(answer.batches) == 1


def test_the_second_time_it_comes_from_the_cache(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = asked(shop)
    monkeypatch.setattr(analyses, "named", None)  # whoever computes now, fails
    assert asked(shop) == first
    day = Workday.open(shop, clock=lambda: NOW, who="lan", lang="en")
    assert day.answer("target") == first
    assert day.answer("stock") is None


def test_changed_settings_make_it_anew(shop: Path) -> None:
    first = asked(shop)
    (shop / "shop.toml").write_text(SETTINGS.replace("1850000", "9850000"), encoding="utf-8")
    assert asked(shop) != first


def test_an_import_taken_back_takes_its_answer_with_it(shop: Path) -> None:
    batch = asked(shop).batches[0]
    undo_batch(shop, batch, who="lan", at=NOW)
    assert asked(shop).verdict.level == "nodata"


def test_a_broken_cache_is_made_again(shop: Path) -> None:
    first = asked(shop)
    for path in kept(shop):
        path.write_text('{"fingerprint": {}, "answer": 3}', encoding="utf-8")
    assert asked(shop) == first


def test_an_answer_that_reads_the_journal_changes_with_it(shop: Path) -> None:
    day = Workday.open(shop, clock=lambda: NOW, who="lan", lang="en")
    day.shown("target", asked(shop))
    before = asked(shop, "hands_on")
    assert day.answer("hands_on") == before
    day.begin("target")
    assert day.answer("hands_on") == before, "coming and going changes no answer"
    day.act("target", text="call the supplier", role="supply")
    assert day.answer("hands_on") is None
    assert day.answer("target") is not None, "the target's answer does not read the journal"


def test_what_was_recorded_makes_only_the_answers_anew_that_read_that_form(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rivals, checks = asked(shop, "rivals"), asked(shop, "checks")
    day = Workday.open(shop, clock=lambda: NOW, who="lan", lang="en")
    day.record("rivals", "rival", {"rival": "素年锦时", "season_items": "4", "season_sells": "yes"})
    assert asked(shop, "rivals") != rivals
    monkeypatch.setattr(analyses, "named", None)  # whoever computes now, fails
    assert asked(shop, "checks") == checks


def test_an_answer_that_looks_at_the_clock_grows_old(shop: Path) -> None:
    asked(shop, "summary")
    soon, later = NOW + timedelta(minutes=5), NOW + timedelta(minutes=15)
    assert Workday.open(shop, clock=lambda: soon, who="lan").answer("summary") is not None
    assert Workday.open(shop, clock=lambda: later, who="lan").answer("summary") is None


def test_an_analysis_that_breaks_is_told_and_its_trace_kept(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> Answer:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr(analyses, "named", lambda _: broken)
    monkeypatch.setattr("routines.answers.compute_answer.reads", lambda _: Reads())
    answer = asked(shop)
    assert answer.verdict.level == "nodata"
    assert "trouble.log" in answer.verdict.text
    assert "ZeroDivisionError: by design" in (shop / TROUBLE).read_text(encoding="utf-8")
    assert kept(shop) == [], "a broken answer is not kept"


def test_findings_are_told_by_level_and_then_by_what_they_cost(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsorted(**_: object) -> Answer:
        told = [("info", 0.0), ("watch", 10.0), ("act", 5.0), ("watch", 900.0), ("good", 0.0), ("act", 70.0)]
        said = [
            finding("target", f"f{n}", level, level, impact=Impact(yuan, "day") if yuan else None)  # type: ignore[arg-type]
            for n, (level, yuan) in enumerate(told)
        ]
        return Answer(Verdict("act", "…"), tuple(said))

    monkeypatch.setattr(analyses, "named", lambda _: unsorted)
    monkeypatch.setattr("routines.answers.compute_answer.reads", lambda _: Reads())
    assert [one.kind for one in asked(shop).findings] == ["f5", "f2", "f3", "f1", "f4", "f0"]


def test_a_step_that_only_asks_has_nothing_to_work_out(shop: Path) -> None:
    (shop / "routine.toml").write_text(
        '[[add]]\nid = "parcels"\nat = "17:00"\nminutes = 5\ntitle = "Parcels"\n', encoding="utf-8"
    )
    with pytest.raises(UsageError, match="only questions and notes"):
        asked(shop, "parcels")


def test_wrong_names_and_wrong_settings_are_refused(shop: Path) -> None:
    with pytest.raises(UsageError, match="“target”"):
        asked(shop, "targt")
    (shop / "shop.toml").write_text("name = 3\n", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"shop\.toml:1"):
        asked(shop)


def test_mondays_question_can_be_asked_on_a_thursday(shop: Path) -> None:
    assert DAY.weekday() == 3
    assert asked(shop, "page").verdict.text


def test_looking_before_importing_changes_nothing(shop: Path) -> None:
    said: list[tuple[int, int, str]] = []
    told = preview_files(shop, today=DAY, progress=lambda *step: said.append(step))
    assert [(one["state"], one["sheet"], one["rows"]) for one in told] == [("same", "shop_day", 30)]
    assert said[0][:2] == (0, 1)
    assert said[-1][:2] == (1, 1)
    before = (shop / "facts" / "ledger.json").read_bytes()
    commit_files(shop, today=DAY, who="lan", at=NOW)
    assert (shop / "facts" / "ledger.json").read_bytes() == before


def test_what_a_file_leaves_in_doubt_is_a_limit_until_it_is_settled(shop: Path) -> None:
    inbox = shop / "inbox"
    (whole,) = [path for path in inbox.iterdir() if path.is_file()]
    rows = list(csv.reader(whole.read_text(encoding="utf-8-sig").splitlines()))
    gmv = rows[0].index("支付金额")
    spoilt = inbox / "formulas.csv"
    with spoilt.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *([*row[:gmv], "", *row[gmv + 1 :]] for row in rows[1:])])
    told = commit_files(shop, [spoilt], today=DAY, who="lan", at=NOW)
    assert told[0]["problems"][0]["level"] == "doubt"
    limit = "Shop by day may be wrong. formulas.csv: 支付金额 is empty in every row."
    assert limit in asked(shop).limits
    undo_batch(shop, told[0]["batch"], who="lan", at=NOW)
    assert limit not in asked(shop).limits
