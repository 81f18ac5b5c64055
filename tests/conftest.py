"""One sample shop for all tests: made once by the real command, copied for each test that works in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from core.language.wording import speak

ROOT = Path(__file__).parents[1]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin each test in English, its shared fixtures too, whatever language was spoken before."""
    speak("en")


Shared = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    """Return a folder of this name that one of the workers makes for all of them."""
    root = tmp_path_factory.getbasetemp()

    def made_once(name: str, make: Callable[[Path], None]) -> Path:
        folder = (root if worker_id == "master" else root.parent) / name
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                making = folder.with_name(f"{name}.making")
                shutil.rmtree(making, ignore_errors=True)
                make(making)
                making.rename(folder)
        return folder

    return made_once


@pytest.fixture(scope="session")
def sample_shop(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop of ``shopday demo``, shared by all workers: look, never write (but for its cache)."""
    home = str(tmp_path_factory.getbasetemp())

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "tui", "demo", str(folder), "--no-open"]
        env = {**os.environ, "SHOPDAY_LANG": "en", "HOME": home, "XDG_CONFIG_HOME": home}
        subprocess.run(command, check=True, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        (folder / "cache").mkdir(exist_ok=True)

    return shared("sample-shop", make)


def copy_of(sample: Path, folder: Path) -> Path:
    """Return a shop of one's own; what was worked out for the other copies need not be worked out again."""
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("cache"))
    (folder / "cache").symlink_to(sample / "cache", target_is_directory=True)
    return folder


@pytest.fixture
def lanting(sample_shop: Path, tmp_path: Path) -> Path:
    """A copy of the sample shop to work in."""
    return copy_of(sample_shop, tmp_path / "lanting")
