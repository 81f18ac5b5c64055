"""The child that computes: starts late, ends by itself, is started again, never holds the session up."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.answers.answer import Answer, Table
from core.errors import BadInput, BadSettings, UsageError
from core.storage.atomic_files import locked
from routines.analyst.analyst import LOG, Analyst
from routines.answers.compute_answer import ask
from tests.bench.programs.exports import write_csv
from tests.routines.answers.test_compute_answer import DAY, NOW, SETTINGS
from tests.routines.days import shop_folder, with_september

TODAY, AT = DAY.isoformat(), NOW.isoformat()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return with_september(shop_folder(tmp_path / "lanting", SETTINGS))


@pytest.fixture
async def analyst(shop: Path) -> AsyncIterator[Analyst]:
    made = Analyst(shop, lang="en", idle_seconds=30)
    yield made
    await made.close()
    assert pid_of(made) is None


async def asked(analyst: Analyst, step: str = "target", seconds: float = 60) -> Answer:
    return await analyst.ask(step, day=TODAY, now=AT, seconds=seconds)


def pid_of(analyst: Analyst) -> int | None:
    """Return the child's process id; None while there is none."""
    child = analyst._child
    return None if child is None or child.returncode is not None else child.pid


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and "zombie" not in Path(f"/proc/{pid}/status").read_text(
        encoding="utf-8"
    )


async def gone(pid: int, seconds: float = 5) -> bool:
    for _ in range(int(seconds / 0.05)):
        if not alive(pid):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_it_looks_imports_answers_and_takes_back(analyst: Analyst, shop: Path) -> None:
    assert pid_of(analyst) is None, "nothing starts before it is needed"
    said: list[tuple[int, int, str]] = []
    looked = await analyst.preview(today=TODAY, progress=lambda *step: said.append(step))
    assert [(one["state"], one["sheet"]) for one in looked] == [("new", "shop_day")]
    assert said[-1][:2] == (1, 1)
    done = await analyst.commit(today=TODAY, who="lan", at=AT)
    assert done[0]["state"] == "imported"
    answer = await asked(analyst)
    assert answer.verdict.level != "nodata"
    assert answer == ask(shop, "target", day=DAY, now=NOW, lang="en"), "the same as in one process"
    await analyst.undo(done[0]["batch"], who="lan", at=AT)
    assert (await asked(analyst)).verdict.level == "nodata"


async def test_a_table_of_thousands_of_rows_comes_whole_and_in_order(tmp_path: Path) -> None:
    """It comes in pieces: one line of it would keep the screen from its keys (make bench measures that)."""
    shop = tmp_path / "large"
    (shop / "inbox").mkdir(parents=True)
    (shop / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
    write_csv(shop / "inbox" / "关键词报表.csv", 90_000)
    analyst = Analyst(shop, lang="en")
    day, now = "2026-11-16", "2026-11-16T08:40:00+08:00"
    await analyst.commit(today=day, who="lan", at=now)
    answer = await analyst.ask("paid", day=day, now=now)
    await analyst.close()
    words = next(piece for piece in answer.evidence if isinstance(piece, Table) and piece.name == "Keywords")
    assert len(words.rows) == 1_500
    assert answer == ask(shop, "paid", day=date(2026, 11, 16), now=datetime.fromisoformat(now), lang="en")


async def test_errors_arrive_as_what_they_are(analyst: Analyst, shop: Path) -> None:
    with pytest.raises(UsageError, match="“target”"):
        await asked(analyst, "targt")
    with pytest.raises(BadInput):
        await analyst.undo("nobody", who="lan", at=AT)
    (shop / "shop.toml").write_text("name = 3\n", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"shop\.toml:1"):
        await asked(analyst)


async def test_it_speaks_the_sessions_language(shop: Path) -> None:
    analyst = Analyst(shop, lang="zh")
    text = (await asked(analyst)).verdict.text
    await analyst.close()
    assert any("一" <= sign <= "鿿" for sign in text.partition("：")[0])


async def test_killed_over_a_question_it_is_started_again(analyst: Analyst) -> None:
    await asked(analyst)
    first = pid_of(analyst)
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    question = asyncio.create_task(asked(analyst, "stock"))
    await asyncio.sleep(0.1)
    os.kill(first, signal.SIGKILL)
    assert (await question).verdict.level == "nodata"
    assert pid_of(analyst) not in (None, first)


async def test_one_that_takes_too_long_is_given_up(analyst: Analyst) -> None:
    await asked(analyst)
    first = pid_of(analyst)
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    answer = await asked(analyst, "stock", seconds=0.2)
    assert answer.verdict.level == "nodata"
    assert "0 seconds" in answer.verdict.text
    assert await gone(first)
    assert "Where to get it" in (await asked(analyst, "stock")).verdict.text


async def test_a_question_nobody_waits_for_any_more_disturbs_nobody(analyst: Analyst) -> None:
    await asked(analyst)
    question = asyncio.create_task(asked(analyst, "stock"))
    await asyncio.sleep(0.01)
    question.cancel()
    with pytest.raises(asyncio.CancelledError):
        await question
    assert "target" not in (await asked(analyst, "hands_on")).verdict.text
    assert pid_of(analyst) is not None


async def test_many_questions_at_once_each_get_their_own_answer(analyst: Analyst, shop: Path) -> None:
    steps = ["target", "stock", "drivers", "hands_on", "summary"]
    answers = await asyncio.gather(*(asked(analyst, step) for step in steps))
    assert list(answers) == [ask(shop, step, day=DAY, now=NOW, lang="en") for step in steps]


async def test_when_nobody_asks_it_ends_and_comes_back_when_asked(shop: Path) -> None:
    analyst = Analyst(shop, lang="en", idle_seconds=0.3)
    first = await asked(analyst)
    pid = pid_of(analyst)
    assert pid is not None
    assert await gone(pid)
    assert await asked(analyst) == first
    await analyst.close()


async def test_it_ends_when_the_session_is_gone_without_a_word(shop: Path) -> None:
    code = f"""
import asyncio, os
from pathlib import Path
from routines.analyst.analyst import Analyst
async def main():
    analyst = Analyst(Path({str(shop)!r}), lang="en")
    await analyst.ask("target", day={TODAY!r}, now={AT!r})
    print(analyst._child.pid, flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: ASYNC221
    assert await gone(int(done.stdout))


async def test_a_session_that_holds_signals_back_can_still_end_it(shop: Path) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGHUP, signal.SIGTERM))
    try:
        analyst = Analyst(shop, lang="en")
        await asked(analyst)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    pid = pid_of(analyst)
    assert pid is not None
    os.kill(pid, signal.SIGTERM)
    assert await gone(pid)
    await analyst.close()


async def test_work_that_nobody_waits_for_any_more_is_no_orphan(shop: Path) -> None:
    command = [sys.executable, "-m", "routines.analyst.process", str(shop)]
    with locked(shop / "facts" / ".lock"):  # an import waits for it much longer than five seconds
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: ASYNC220
        assert child.stdin is not None
        assert child.stdout is not None
        request = {"id": 1, "do": "commit", "paths": [], "today": TODAY, "who": "lan", "at": AT}
        request["replace"] = False
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()
        assert b"progress" in child.stdout.readline()
        child.stdin.close()
        assert await gone(child.pid)
    child.wait()
    child.stdout.close()


async def test_what_a_library_prints_breaks_no_answer_and_errors_go_to_the_log(shop: Path) -> None:
    (shop / "facts").mkdir()
    (shop / "facts" / "ledger.json").write_text('{"batches": [{}]}', encoding="utf-8")
    analyst = Analyst(shop, lang="en")
    with pytest.raises(BadInput, match="ledger"):
        await asked(analyst)
    await analyst.close()
    assert (shop / LOG).is_file()


async def test_closing_twice_or_before_starting_is_fine(analyst: Analyst) -> None:
    await analyst.close()
    await asked(analyst)
    await analyst.close()
    await analyst.close()
