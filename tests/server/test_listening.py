"""Two people on two servers with one PostgreSQL: each sees at once what the other has saved."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from core.journal.book import Book
from core.journal.postgres.listener import listener_of
from core.journal.postgres.server import server_at
from tests.journal.postgres.loopback import LoopbackServer
from tests.server.shared import NINE, TEAM, at_work, make_shop, sees
from tests.terminal.ptys import Watched, started
from tui.app import DayApp
from tui.runtime.session import Session

pytestmark = pytest.mark.e2e
MONDAY = date(2026, 11, 16)
