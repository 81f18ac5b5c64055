"""Answers cached on disk; most screens open from here, without pandas.

An answer is valid while its code, settings, exports and journal are what they were. What an
analysis reads is written beside its answer, so that checking it imports nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import core
import routines
from core.answers.answer import Answer
from core.answers.answer_codec import decode, encode
from core.entry_points import versions
from core.errors import BadInput, CannotWrite
from core.facts.goods_on_the_way import told_by
from core.facts.ledger import Ledger
from core.journal.entry import Kind
from core.journal.multi_day_index import MultiDayIndex
from core.language.message import Words
from core.shop.settings import settings_file
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in, settings_bytes
from core.storage.regular_files import read_regular
from routines.plan.step import Step

FRESH: Final = timedelta(minutes=10)
"""How long an answer that reads the clock is valid."""
_PASSING: Final[frozenset[Kind]] = frozenset({"opened", "started", "left", "extended"})
"""Entries no analysis reads: coming and going."""


class AnswerInputs:
    """What an answer is computed from; its fingerprint is taken before computing and kept with the answer."""

    def __init__(self, folder: Path, index: MultiDayIndex, day: date, now: datetime) -> None:
        self.folder = folder
        self.index = index
        self.day = day
        self.now = now

    def fingerprint(
        self, analyse: str, sheets: Iterable[str], journal: str, *, clock: bool
    ) -> dict[str, Any]:
        """Return the values that must be unchanged for the answer to be valid; plain JSON."""
        ledger = Ledger(self.folder)
        return {
            "analyse": analyse,
            "code": code_version(),
            "settings": _hash(settings_bytes(settings_file(self.folder))),
            "sheets": {sheet: _hash(" ".join(batch.id for batch in ledger.live(sheet))) for sheet in sheets},
            "reads": journal,
            "journal": self._journal(journal),
            "now": self.now.isoformat() if clock else "",
        }

    def unchanged_since(self, kept: dict[str, Any]) -> bool:
        """Tell whether the inputs are as they were for this fingerprint."""
        clock = bool(kept["now"])
        now = self.fingerprint(kept["analyse"], kept["sheets"], kept["reads"], clock=clock)
        fresh = not clock or abs(datetime.fromisoformat(kept["now"]) - self.now) < FRESH
        return fresh and all(now[name] == kept[name] for name in now if name != "now")

    def _journal(self, reads: str) -> str:
        if not reads:
            return ""
        if reads == "past":
            past = self.index.past(self.day)
            return _hash(
                " ".join(one.id for day in past.days.values() for one in day if one.kind not in _PASSING)
            )
        lasting = self.index.lasting(self.day)
        known: list[str] = []
        for word in reads.split():
            what, _, form = word.partition(":")
            if what == "record":
                mine = (one for one in lasting if one.kind == "record" and one.data.get("form") == form)
            elif what == "orders":
                mine = (one for one in told_by(lasting))
            else:
                mine = (one for one in lasting if one.kind == "decision" and one.day != self.day)
            known += [word, *(f"{one.day} {one.id}" for one in mine)]
        return _hash(" ".join(known))


def cached(folder: Path, step: Step, inputs: AnswerInputs) -> Answer[Words] | None:
    """Return the cached answer while it is valid; None when there is none or it cannot be read."""
    try:
        kept = json_in(read_regular(_file(folder, step, inputs)), step.id)
        if kept["fingerprint"]["analyse"] != step.analyse or not inputs.unchanged_since(kept["fingerprint"]):
            return None
        return decode(kept["answer"])
    except (BadInput, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(
    folder: Path, step: Step, inputs: AnswerInputs, fingerprint: dict[str, Any], answer: Answer[Words]
) -> None:
    """Cache the answer; a cache that cannot be written costs only time."""
    words = json.dumps({"fingerprint": fingerprint, "answer": encode(answer)}, ensure_ascii=False)
    with suppress(CannotWrite, OSError):
        write_atomically(_file(folder, step, inputs), words.encode())


@cache
def code_version() -> str:
    """Return a hash that changes with any of our own files and of extensions; computed once per process."""
    words = []
    for package in (core, routines):
        root = Path(package.__path__[0])
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.mo")]):
            status = path.stat()
            words.append(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}")
    return _hash("\n".join([*words, *versions("shopday.sheets", "shopday.steps", "shopday.translations")]))


def _file(folder: Path, step: Step, inputs: AnswerInputs) -> Path:
    return folder / "cache" / "answers" / inputs.day.isoformat() / f"{step.id}.json"


def _hash(words: str | bytes) -> str:
    raw = words.encode() if isinstance(words, str) else words
    return hashlib.blake2b(raw, digest_size=8).hexdigest()
