"""What the program says of the sample shop is what was read and approved.

After a change that is meant to change it: ``python -m tests.approved``, then read the diff.
"""

from __future__ import annotations

import gettext
import json
from pathlib import Path
from typing import Any

import pytest

from core.language import speech, wording
from routines.workday.workday import Workday
from tests.approved.declared import declared
from tests.approved.files import FOLDER
from tests.approved.sample_answers import MOMENTS, answer, steps, without_machine
from tests.approved.sample_output import commands, printed
from tests.approved.sample_screens import WALKS, shop_to_walk_in, walked
from tests.conftest import copy_without_cache

OUTPUT = {name: (lang, words) for name, lang, words in commands()}


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))


def same(now: Any, approved: Any) -> bool:
    """Tell whether two JSON values are the same; figures but for the last digits of their arithmetic."""
    if isinstance(now, dict) and isinstance(approved, dict):
        return now.keys() == approved.keys() and all(same(now[key], approved[key]) for key in now)
    if isinstance(now, list) and isinstance(approved, list):
        return len(now) == len(approved) and all(map(same, now, approved))
    if isinstance(now, float) and isinstance(approved, int | float):
        return now == pytest.approx(approved, rel=1e-6, abs=1e-9)
    return bool(now == approved)


@pytest.fixture(scope="module")
def shop(sample_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_without_cache(sample_shop, tmp_path_factory.mktemp("approved") / "lanting")


class Marked(gettext.NullTranslations):
    """A language in which every sentence reads ⟦like this⟧, its values in it."""

    def gettext(self, message: str) -> str:
        """Return the sentence in its marks."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the right one of both in its marks."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is said in marks, whoever asks."""
    monkeypatch.setattr(speech, "speak", lambda *_: None)
    monkeypatch.setattr("routines.answers.compute_answer.speak", lambda *_: None)
    monkeypatch.setattr(speech.Speech, "catalog", Marked())
    assert wording.say("Verdict") == "⟦Verdict⟧"


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(("moment", "step"), [(moment, step) for moment in MOMENTS for step in steps(moment)])
def test_every_answer_is_the_approved_one_whatever_the_language(moment: str, step: str, shop: Path) -> None:
    """Approved in English, worked out in marks: no level, key, order or number hangs on a translation."""
    approved = (FOLDER / moment / f"{step}.json").read_text(encoding="utf-8")
    given = answer(shop, moment, step)
    if not same(json.loads(given), json.loads(approved)):
        assert given == approved


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_step_of_the_sample_is_asked(moment: str, sample_shop: Path) -> None:
    now = MOMENTS[moment]
    day = Workday.open(sample_shop, clock=lambda: now, who="lan", lang="en")
    planned = {step.id for step in day.plan.steps if step.analyse}
    assert planned
    if moment != "monday-night":
        assert planned <= set(steps(moment))
    assert {file.stem for file in (FOLDER / moment).iterdir()} == set(steps(moment))


@pytest.mark.parametrize("name", OUTPUT)
def test_every_printed_page_is_the_approved_one(name: str, sample_shop: Path) -> None:
    lang, words = OUTPUT[name]
    now, approved = printed(sample_shop, lang, words), (FOLDER / "output" / name).read_text(encoding="utf-8")
    if not (name.endswith(".json") and same(json.loads(now), json.loads(approved))):
        assert now == approved


@pytest.mark.timeout(300)
@pytest.mark.parametrize("walk", WALKS)
async def test_every_screen_is_the_approved_one(walk: str, sample_shop: Path, tmp_path: Path) -> None:
    shop = shop_to_walk_in(sample_shop, tmp_path / "lanting")
    assert await walked(shop, walk) == (FOLDER / "screens" / f"{walk}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", declared())
def test_every_declared_table_is_the_approved_one(name: str) -> None:
    assert declared()[name] == (FOLDER / "declared" / name).read_text(encoding="utf-8")


def test_no_approved_page_is_left_over() -> None:
    assert {file.name for file in (FOLDER / "declared").iterdir()} == declared().keys()
    assert {file.name for file in (FOLDER / "output").iterdir()} == OUTPUT.keys()
    assert {file.stem for file in (FOLDER / "screens").iterdir()} == WALKS.keys()


@pytest.mark.parametrize("mark", ["1a4c648b0", "eb1ca4c648b0", "3fffffa4c648b0"])
def test_ids_written_by_any_process_count_as_the_same(mark: str) -> None:
    assert without_machine(f"20261108T011200000-{mark}-38") == "20261108T011200000-machine-38"
