"""Tell the shop's channel at once when a fact breaks: an item sells out, orders wait, the ad balance ends.

Only what the shop's settings choose is told, and each fact once, until it is mended and breaks again. The
file ``alerts.json`` in the shop's folder says what was told; it is written before a message is sent, and the
outbox sees to it that a message is not sent twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from core.answers.answer import Answer, Finding
from core.channels.channel import own_failures
from core.channels.message import LONGEST, ReportMessage, harmless, short
from core.channels.secrets_file import place_of
from core.errors import BadInput, UsageError
from core.language.sanitize import json_text
from core.language.wording import say
from core.shop.settings import AlertName
from core.storage.atomic_files import write_atomically
from core.storage.decoding import json_in
from core.storage.regular_files import read_regular
from routines.io.posting import PostPreview, post
from routines.workday.workday import Workday

FILE: Final = "alerts.json"
FORMAT: Final = 1
MOST: Final = 10
"""The maximum number of facts named in one message."""


class AlertKind(NamedTuple):
    """Where the answers say that a fact is broken."""

    step: str
    kind: str
    """The kind of the findings of level ``act`` that say so."""


KINDS: Final[Mapping[AlertName, AlertKind]] = {
    "stock": AlertKind("stock", "order"),
    "dispatch": AlertKind("checks", "dispatch"),
    "ad_balance": AlertKind("checks", "balance"),
}


class _Told(NamedTuple):
    about: str
    """What the message is about, as the outbox knows it: the same for all facts of one message."""
    sent: bool


def send_alerts(workday: Workday, answers: Mapping[str, Answer]) -> int:
    """Send a message about the facts that have broken since the last time, and return their number.

    ``answers``: the day's answers by step. Raise the same errors as ``routines.io.posting.post``; what was
    not sent for certain is sent by a later call.
    """
    kinds = [KINDS[name] for name in workday.shop.worker.alerts]
    known = [kind for kind in kinds if kind.step in answers and answers[kind.step].verdict.level != "nodata"]
    broken = {one.key: one for kind in known for one in _broken(answers[kind.step], kind)}
    before = _read(workday.folder)
    steps = {kind.step for kind in known}
    told = {key: one for key, one in before.items() if key in broken or key.partition("/")[0] not in steps}
    about = f"alert {workday.now().isoformat(timespec='seconds')}"
    told |= {key: _Told(about, sent=False) for key in broken if key not in told}
    if told != before:
        _write(workday.folder, told)
    number = 0
    for message in dict.fromkeys(one.about for one in told.values() if not one.sent):
        keys = [key for key, one in told.items() if one.about == message and key in broken]
        if not keys:
            continue
        number += _sent(workday, message, [broken[key] for key in keys])
        told |= {key: _Told(message, sent=True) for key in keys}
        _write(workday.folder, told)
    return number


def _broken(answer: Answer, kind: AlertKind) -> Iterable[Finding]:
    return (one for one in answer.findings if one.kind == kind.kind and one.level == "act")


def _sent(workday: Workday, about: str, broken: list[Finding]) -> int:
    """Send one message and return how many facts it tells; 0 if it was sent before."""
    if workday.refusal:
        raise UsageError(workday.refusal)
    place = place_of(workday.folder)
    title = say("{shop}: needs action now, {clock}", shop=workday.shop.name, clock=f"{workday.now():%H:%M}")
    lines = [("point", short(one.text)) for one in broken[:MOST]]
    if len(broken) > MOST:
        lines.append(("", say("and {number} more", number=len(broken) - MOST)))
    message = ReportMessage(harmless(title)[:LONGEST], tuple(lines))
    with own_failures(place.channel):
        size = place.channel.size(message)
    try:
        post(workday, PostPreview(place, message, about, finished=True, size=size), refusal="")
    except UsageError:  # sent before, by a worker that was killed
        return 0
    return len(broken)


def _read(folder: Path) -> dict[str, _Told]:
    with suppress(OSError, BadInput, ValueError, KeyError, TypeError):
        held = json_in(read_regular(folder / FILE), FILE)
        if held["format"] == FORMAT:
            return {str(key): _told(row) for key, row in held["told"].items()}
    return {}


def _told(row: Any) -> _Told:  # noqa: ANN401 - whatever the file contains
    return _Told(str(row["about"]), bool(row["sent"]))


def _write(folder: Path, told: Mapping[str, _Told]) -> None:
    words = {"format": FORMAT, "told": {key: one._asdict() for key, one in told.items()}}
    write_atomically(folder / FILE, json_text(words, indent=1).encode())
