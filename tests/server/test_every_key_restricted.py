"""Every key of every screen is pressed in a restricted session: what the process touched, by audit hook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.shared import make_shop

ROOT = Path(__file__).parents[2]
SESSION = '''
import asyncio, collections, json, os, string, sys

started, opened, pressed = [], [], collections.Counter()

def watch(event, given):
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "pty.spawn"):
        started.append([event, [str(word) for word in (given[1] if len(given) > 1 else given)]])
    elif event == "open" and isinstance(given[0], (str, bytes)):
        opened.append([os.path.realpath(os.fsdecode(given[0])), bool(given[2] & (os.O_WRONLY | os.O_RDWR))])
    elif event in ("os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename") and given[0]:
        if isinstance(given[0], str):
            opened.append([os.path.realpath(given[0]), event not in ("os.listdir", "os.scandir")])
    elif event in ("socket.connect", "socket.bind", "webbrowser.open"):
        started.append([event, [str(given[-1])]])

from core.shop import restricted_mode
restricted_mode.enter()
sys.addaudithook(watch)
from pathlib import Path
from tests.server.shared import at_work
from tui.app import DayApp
from tui.screens.actions import Actions
from tui.screens.imports import Imports
from tui.screens.work.report import ReportScreen
from tui.screens.step.step import StepScreen
from tui.screens.today.today import Today
from tui.runtime.session import Session
import textual.app, textual.pilot

KEYS = [*string.ascii_lowercase, *string.punctuation, "f1",
        *(f"ctrl+{letter}" for letter in string.ascii_lowercase if letter not in "qm")]
SCREENS = {"Today": lambda _: Today(), "StepScreen": lambda session: StepScreen(session, "target"),
           "ReportScreen": lambda _: ReportScreen(), "Imports": lambda _: Imports(),
           "Actions": lambda _: Actions()}

async def soon(*_):
    await asyncio.sleep(0.003)

textual.app.wait_for_idle = textual.pilot.wait_for_idle = soon  # each of hundreds of keys waits a moment only

async def shown(app, pilot, name):
    """Go to the screen from wherever the last key led."""
    if type(app.screen).__name__ == name:
        return
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    if name != "Today":
        await app.push_screen(SCREENS[name](app.session))
    await pilot.pause()

async def main():
    app = DayApp(Session(at_work(restricted_mode.the_shop(), "daemon")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.3)
        for screen in SCREENS:
            keys = KEYS if screen not in ("Imports", "Actions") else string.ascii_lowercase
            for key in [key for key in keys if (screen, key) != ("Today", "q")]:  # q there leaves
                await shown(app, pilot, screen)
                pressed[type(app.screen).__name__] += 1
                await pilot.press(key)
    print(json.dumps({"started": started, "opened": opened, "pressed": pressed}))

asyncio.run(main())
'''


@pytest.fixture(scope="module")
def touched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    """Return what the session started and opened."""
    folder = tmp_path_factory.mktemp("restricted")
    shop = make_shop(folder)
    (folder / "home").mkdir()
    lure = folder / "lure"
    lure.write_text(f"#!/bin/sh\ntouch {folder}/caught\n")
    lure.chmod(0o755)
    names = ("EDITOR", "VISUAL", "PAGER", "SHELL", "BROWSER", "LESSOPEN", "MANPAGER")
    lures = dict.fromkeys(names, str(lure))
    env = os.environ | lures | {
        "SHOPDAY_RESTRICTED": "1", "SHOPDAY_SHOP": str(shop), "HOME": f"{folder}/home", "SHOPDAY_LANG": "en",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-B", "-c", SESSION], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (folder / "caught").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["home", "lanting", "lure"]
    assert list((folder / "home").iterdir()) == []
    found: dict[str, list[list[object]]] = json.loads(done.stdout)
    return found | {"shop": [[str(shop)]]}


def test_no_program_is_started_but_the_analyst(touched: dict[str, list[list[object]]]) -> None:
    words = [command for _, command in touched["started"] if isinstance(command, list)]
    assert words
    assert {command[3] for command in words} == {"routines.analyst.process"}


def test_nothing_outside_the_shop_is_opened_but_the_program_itself(
    touched: dict[str, list[list[object]]],
) -> None:
    shop = str(touched["shop"][0][0])
    outside = [(str(path), writes) for path, writes in touched["opened"] if not str(path).startswith(shop)]
    assert {path for path, writes in outside if writes} <= {"/dev/null"}
    of_the_program = (str(ROOT), sys.prefix, sys.base_prefix, "/usr/share/zoneinfo", "/proc/", "/dev/")
    assert {path for path, _ in outside if not path.startswith(of_the_program)} == set()
