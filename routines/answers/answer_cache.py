"""The cache of answers on disk, from which most screens open without pandas.

An answer is valid while its code, settings, exports and journal entries are unchanged. The inputs are stored
with the answer, so that checking its validity imports no analysis.
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
"""How long the answer of an analysis that uses the clock is valid."""
_PASSING: Final[frozenset[Kind]] = frozenset({"opened", "started", "left", "extended"})
"""Kinds of entries that no analysis reads."""


class AnswerInputs:
    """The inputs of an answer, whose fingerprint is taken before computing and stored with the answer."""

    def __init__(self, folder: Path, index: MultiDayIndex, day: date, now: datetime) -> None:
        self.folder = folder
        self.index = index
        self.day = day
        self.now = now

    def fingerprint(
        self, analyse: str, sheets: Iterable[str], journal: str, *, clock: bool
    ) -> dict[str, Any]:
        """Return the values that must be unchanged for the answer to stay valid, as plain JSON."""
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
        """Return whether the inputs still match the fingerprint ``kept``, which was stored with an answer."""
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
    """Return the cached answer if it is valid; None if there is none or it cannot be read."""
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
    """Cache the answer; a failure to write is ignored."""
    words = json.dumps({"fingerprint": fingerprint, "answer": encode(answer)}, ensure_ascii=False)
    with suppress(CannotWrite, OSError):
        write_atomically(_file(folder, step, inputs), words.encode())


@cache
def code_version() -> str:
    """Return a hash of the program's files (names, sizes, times) and the versions of its extensions.

    Computed once per process.
    """
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
