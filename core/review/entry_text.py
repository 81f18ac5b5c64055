"""The text of a journal entry for display, with one function per kind of entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from core.journal import projections
from core.journal.entry import Entry, Kind, text_of, word_of
from core.language import dates, wording
from core.language.wording import N_, say
from core.measures.indicators import ROLE_NAMES
from core.reports.day_report import FormWords
from core.reports.step_sections import change_words, decision_words, record_rows

KIND_WORDS: Mapping[Kind, str] = {
    "opened": N_("opened"),
    "done": N_("done"),
    "skipped": N_("skipped"),
    "restored": N_("reopened"),
    "extended": N_("more time"),
    "dropped": N_("left out for lack of time"),
    "answered": N_("analysis"),
    "note": N_("note"),
    "reply": N_("answer"),
    "record": N_("recorded"),
    "decision": N_("decided"),
    "action": N_("action agreed"),
    "action-update": N_("action updated"),
    "handover": N_("handover"),
    "report": N_("report"),
    "setting": N_("setting proposed"),
    "setting-update": N_("decision on a setting"),
}
"""The name of each kind of entry; entries for entering and leaving steps are not displayed."""
Titles: TypeAlias = Mapping[str, str]
"""Step titles in the reader's language, by step id."""


@dataclass(frozen=True, slots=True)
class EntryNames:
    """Names, in the reader's language, of the things that entries refer to by id."""

    titles: Titles
    forms: Mapping[str, FormWords]
    actions: Mapping[str, str]


def tell(entry: Entry, known: EntryNames) -> str:
    """Return the entry's text, without time, person and step; empty if the kind's name says everything."""
    return _TELL[entry.kind](entry, known)


def _opened(entry: Entry, _: EntryNames) -> str:
    plan = entry.data.get("plan")
    return wording.plural("plan of {n} step", "plan of {n} steps", len(plan) if isinstance(plan, list) else 0)


def _done(entry: Entry, _: EntryNames) -> str:
    return say("nothing to do") if entry.data.get("quick") else ""


def _extended(entry: Entry, _: EntryNames) -> str:
    minutes = entry.data.get("minutes")
    return say("{n} min", n=f"{minutes:+d}") if isinstance(minutes, int) else ""


def _dropped(entry: Entry, words: EntryNames) -> str:
    steps = entry.data.get("steps")
    names = [words.titles.get(str(step), str(step)) for step in steps] if isinstance(steps, list) else []
    return wording.listing(names)


def _reply(entry: Entry, _: EntryNames) -> str:
    question = word_of(entry, "question")
    said = word_of(entry, "text")
    return say("{question} {answer}", question=say(question), answer=said) if question else said


def _record(entry: Entry, words: EntryNames) -> str:
    rows = record_rows([entry], words.forms, set())
    if not rows:
        return ""
    fields = say("; ").join(f"{label} {value}" for label, value in rows[0].fields)
    return say("{label}: {text}", label=rows[0].title, text=fields)


def _decision(entry: Entry, _: EntryNames) -> str:
    found = projections.decisions([entry])
    return decision_words(found[0]) if found else say("undone: {key}", key=word_of(entry, "key"))


def _action(entry: Entry, _: EntryNames) -> str:
    role = word_of(entry, "role")
    owner = word_of(entry, "owner") or (say(ROLE_NAMES[role]) if role in ROLE_NAMES else role)
    return f"{wording.text(text_of(entry))} ({_joined(owner, _due(entry))})"


def _update(entry: Entry, words: EntryNames) -> str:
    what = words.actions.get(word_of(entry, "action"), say("an earlier action"))
    states = {
        "open": N_("reopened"), "done": N_("done"), "handed": N_("handed over"), "dropped": N_("dropped"),
    }  # fmt: skip
    state = say(states.get(word_of(entry, "state"), ""))
    rest = _joined(word_of(entry, "owner"), _due(entry), word_of(entry, "reason"))
    told = say("{label}: {text}", label=state, text=what)
    return f"{told} ({rest})" if rest else told


def _handover(entry: Entry, _: EntryNames) -> str:
    cover, what = word_of(entry, "cover"), word_of(entry, "text")
    if what:
        return say("checked on behalf of {name}: {what}", name=cover, what=what)
    return say("stands in for {name}", name=cover) if cover else say("stand-in ended")


def _report(entry: Entry, _: EntryNames) -> str:
    return say("finalised") if entry.data.get("state") == "finished" else say("draft")


def _setting(entry: Entry, words: EntryNames) -> str:
    was, values = entry.data.get("was"), entry.data.get("values")
    if not isinstance(was, dict) or not isinstance(values, dict):
        return ""
    return change_words(words.forms, word_of(entry, "form"), was, values)


def _setting_update(entry: Entry, _: EntryNames) -> str:
    states = {
        "accepted": N_("change accepted"),
        "refused": N_("change of the settings refused"),
        "withdrawn": N_("change withdrawn"),
    }
    return _joined(say(states.get(word_of(entry, "state"), "")), word_of(entry, "reason"))


def _due(entry: Entry) -> str:
    try:
        return dates.short_day(date.fromisoformat(word_of(entry, "due")))
    except ValueError:
        return ""


def _joined(*words: str) -> str:
    return wording.listing([word for word in words if word])


_TELL: Mapping[Kind, Callable[[Entry, EntryNames], str]] = {
    "opened": _opened,
    "done": _done,
    "skipped": lambda entry, _: word_of(entry, "reason"),
    "restored": lambda _entry, _: "",
    "extended": _extended,
    "dropped": _dropped,
    "note": lambda entry, _: word_of(entry, "text"),
    "reply": _reply,
    "record": _record,
    "decision": _decision,
    "action": _action,
    "action-update": _update,
    "handover": _handover,
    "report": _report,
    "setting": _setting,
    "setting-update": _setting_update,
}
