"""One sample shop for all tests: made once by the real command, copied for each test that works in it."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock

from core.journal.day_files.file_store import FileStore
from core.journal.postgres.address import URL
from core.journal.store_choice import FILES, STORES
from core.language.speech import YUAN, speak
from core.platforms.profile import DEFAULT
from tests.journal.postgres.loopback import LoopbackServer, LoopbackStore
from tests.journal.sqlite_store import SqliteStore

ROOT = Path(__file__).parents[1]
PATH = os.environ.get("PATH", os.defpath)
"""Where this machine keeps its programs; the tests marked e2e see all of them."""
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium"
)
PROGRAMS = (  # noqa: SIM905 - one a line would be a page
    "bash cat chmod cp cut date env false find grep gzip head ln ls make mkdir mv rm sed sh sleep sort stat "
    "tail tar touch tr true wc"
).split()
"""What other tests may start beside Python: every Debian has them, make by the README's line."""


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that is the whole PATH of the tests that are not marked e2e."""
    folder = Path(tempfile.mkdtemp(prefix="shopday-path-"))
    config.add_cleanup(lambda: shutil.rmtree(folder))
    for name in PROGRAMS:
        if found := shutil.which(name, path=PATH):
            (folder / name).symlink_to(found)
    config.stash[_BARE] = str(folder)


_BARE = pytest.StashKey[str]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import all test files when all are run, each worker beginning at another one.

    pytest compiles them first: what one worker has compiled, the others read.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or [Path(one).resolve() for one in session.config.args] != [ROOT / "tests"]:
        return
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in files[first:] + files[:first]:
        with suppress(Exception, pytest.skip.Exception):  # told where it is collected
            importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that may take long, or one of them would be left for one worker at the end."""
    usual = float(config.getini("timeout"))
    marked = [(item.path, item.get_closest_marker("timeout")) for item in items]
    long = {path for path, mark in marked if mark is not None and mark.args[0] > usual}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Set what was imported aside: no garbage collection looks at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin each test in English, its shared fixtures too, and with only the programs it may use."""
    speak("en", DEFAULT, YUAN)
    os.environ["PATH"] = PATH if item.get_closest_marker("e2e") else item.config.stash[_BARE]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail an e2e test that skips as root: root's machine was set up to run all of them."""
    report = yield
    if report.skipped and os.geteuid() == 0 and item.get_closest_marker("e2e"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must not be skipped: {report.longrepr}"
    return report


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
    """The first sample shop, shared by all workers: look, never write (but for its cache).

    SHOPDAY_SAMPLE_SHOP names one that is there already: for mutants of code that importing does not run.
    """
    if ready := os.environ.get("SHOPDAY_SAMPLE_SHOP"):
        return Path(ready)
    return shared("sample-shop", _demo("lanting", tmp_path_factory))


@pytest.fixture(scope="session")
def second_shop(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second sample shop, of which half is refunded; shared by all workers: look, never write."""
    return shared("second-shop", _demo("tangli", tmp_path_factory))


def _demo(sample: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    home = str(tmp_path_factory.getbasetemp())

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "tui", "demo", str(folder), "--no-open", "--sample", sample]
        env = {**os.environ, "SHOPDAY_LANG": "en", "HOME": home, "XDG_CONFIG_HOME": home}
        subprocess.run(command, check=True, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        (folder / "cache").mkdir(exist_ok=True)

    return make


def copy_of(sample: Path, folder: Path) -> Path:
    """Return a shop of one's own; what was worked out for the other copies need not be worked out again."""
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("cache"))
    (folder / "cache").symlink_to(sample / "cache", target_is_directory=True)
    return folder


def copy_without_cache(sample: Path, folder: Path) -> Path:
    """Return a shop of one's own in which everything has to be worked out anew."""
    shutil.copytree(sample, folder, ignore=shutil.ignore_patterns("cache"))
    return folder


@pytest.fixture
def lanting(sample_shop: Path, tmp_path: Path) -> Path:
    """A copy of the sample shop to work in."""
    return copy_of(sample_shop, tmp_path / "lanting")


AnyStore = type[FileStore] | type[SqliteStore] | type[LoopbackStore]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[LoopbackServer]:
    """A PostgreSQL server of this process, started for the first test that asks for it."""
    started = LoopbackServer()
    yield started
    started.remove()


@pytest.fixture
def server(postgres_server: LoopbackServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackServer]:
    """The server that shops with a journal in PostgreSQL use; a test may stop it."""
    postgres_server.start()
    monkeypatch.setenv(URL, postgres_server.url())
    yield postgres_server
    postgres_server.start()


@pytest.fixture(params=[FileStore, SqliteStore, pytest.param(LoopbackStore, marks=pytest.mark.e2e)])
def any_store(request: pytest.FixtureRequest) -> Iterator[AnyStore]:
    """Keep every journal of this process in day files, then in a database: for what all must do alike."""
    made: AnyStore = request.param
    with pytest.MonkeyPatch.context() as patch:
        if made is LoopbackStore:
            patch.setenv(URL, request.getfixturevalue("postgres_server").url())
        patch.setitem(STORES, FILES, made)
        yield made


FILES_OR_POSTGRES = pytest.mark.parametrize(
    "any_store", [FileStore, pytest.param(LoopbackStore, marks=pytest.mark.e2e)], indirect=True
)
"""For a test about what lies beside the journal: a shop's drafts, the people present, what was sent."""
FILES_ONLY = pytest.mark.parametrize("any_store", [FileStore], indirect=True)
"""For a test about day files among tests of any store."""
