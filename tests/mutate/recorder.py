"""A pytest plugin: which test runs which lines, how long each takes, which fail.

Lines are recorded where coverage.py runs (``COVERAGE_PROCESS_START`` is set), in child processes too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

_seconds: dict[str, float] = {}
_failed: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Attribute to this test what this process and its children run."""
    os.environ["MUTATE_TEST"] = item.nodeid
    if running := coverage.Coverage.current():
        running.switch_context(item.nodeid)
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the test's time; one that was skipped counts as failed: it tells nothing."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration
    if not report.passed:
        _failed.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Save what was recorded: the lines in each process, the tests in the controlling one."""
    if running := coverage.Coverage.current():
        running.stop()
        running.save()
    if not hasattr(session.config, "workerinput"):
        told = {"seconds": _seconds, "failed": _failed}
        place = Path(os.environ["MUTATE_DATA"]) / "tests.json"
        place.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
