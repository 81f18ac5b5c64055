"""The text of what people wrote in a step: questions with replies, notes, records, actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from core.journal.actions import Action
from core.journal.projections import Note, Reply
from core.language.dates import clock, short_day
from core.language.wording import plural, say
from core.records.records import Recorded
from routines.forms.form import Form, Offers
from routines.forms.own_fields import held
from routines.plan.step import Step
from routines.workday.workday import Workday
from tui.screens.step.shown_step import ShownStep
from tui.text.sanitize import Part, Shown, content, line
from tui.text.text_layout import Block, Hang, Prose, hang, titled
from tui.widgets.answer import role_word
from tui.widgets.presence import finish_words, here_words
from tui.widgets.timing import box_words

_LAST_TIME = 60
"""The number of characters of an earlier day's answer that are shown."""


def count_words(shown: ShownStep, *, bar: bool, room: int) -> Shown:
    """Return the status line: time left, questions answered, notes, actions, and who else is in the step.

    ``bar`` adds a bar of the time used. What does not fit whole into ``room`` cells is left out at the end.
    """
    workday, step, answer = shown.workday, shown.step, shown.answer
    gap = "   " if bar else " "
    words: list[Part] = []
    if shown.asking and answer is not None:  # first, as a sign of life has to fit
        words.append((say("calculating again ..."), "$quiet"))
    if step.ask:
        replied = len(shown.replied & set(step.ask))
        look = "$level-good" if replied == len(step.ask) else ""
        words.append((say("questions answered {n}/{total}", n=replied, total=len(step.ask)), look))
    if notes := len(workday.notes(step.id)):
        words.append(say("notes {n}", n=notes))
    if made := len(shown.made):
        words.append(plural("{n} action", "{n} actions", made))
    if answer and any(need.state in ("missing", "partial", "stale") for need in answer.needs):
        words.append((say("incomplete data"), "$level-watch"))
    if both := finish_words(workday.finishers(step.id)):
        words.append((both, "$quiet"))
    if here := here_words(workday.presence.others(), step.id):
        words.append((here, "$quiet"))
    parts = [*box_words(shown.box, workday.now(), bar=bar)]
    for part in words:
        if line(*parts, gap, part).cell_length > room:
            break
        parts += [gap, part]
    return line(*parts)


def question_words(
    step: Step, replies: Sequence[Reply], earlier: Mapping[str, Reply] = MappingProxyType({})
) -> Prose:
    """Return the questions of the step with their replies; empty if there are none.

    Below a question that is not answered yet stands its newest answer of an earlier day, from ``earlier``.
    """
    if not step.ask:
        return Prose()
    rows: list[Block] = []
    for question in step.ask:
        said = [reply for reply in replies if reply.question == question and not reply.to]
        rows.append(hang(("✓ ", "$level-good") if said else ("? ", "bold $key"), say(question)))
        if not said and (last := earlier.get(question)):
            text = last.text if len(last.text) <= _LAST_TIME else last.text[:_LAST_TIME] + ".."
            told = say("{day}: “{text}” {who}", day=short_day(last.at.date()), text=text, who=last.who)
            rows.append(hang("  ", (told, "$quiet")))
        for reply in said:
            rows.append(hang("  ", (reply.text, "bold")))
            rows.append(content(f"  {reply.who} {clock(reply.at)}", "$quiet"))
    return titled(say("Questions"), rows)


def note_words(notes: Sequence[Note], replies: Sequence[Reply] = ()) -> Prose:
    """Return the notes, oldest first, with the replies to each; empty if there are none."""
    if not notes:
        return Prose()
    rows: list[Block] = []
    for note in notes:
        changed = f" {say('changed')}" if note.first != note.at else ""
        rows.append(hang("", note.text))
        rows.append(content(f"  {note.who} {clock(note.at)}{changed}", "$quiet"))
        for reply in replies:
            if reply.to == note.id:
                rows.append(hang("  ", (reply.text, "bold")))
                rows.append(content(f"  {reply.who} {clock(reply.at)}", "$quiet"))
    return titled(say("Notes"), rows)


def form_words(workday: Workday, step: Step) -> Prose:
    """Return today's records of the step, grouped by form."""
    blocks: list[Block] = []
    for form in workday.forms(step.id):
        rows: list[Block] = [
            record_words(form, record, workday.offers) for record in workday.records(form.id)
        ]
        blocks += [
            content(say(form.title), "bold $heading"),
            *(rows or [content(say("nothing recorded yet: press f"), "$quiet")]),
        ]
    return Prose(blocks)


def record_words(form: Form, record: Recorded[Any], offers: Offers) -> Hang:
    """Return the non-empty fields of a record as one paragraph."""
    parts: list[Part] = []
    for field in form.fields:
        value = held(field, record)
        if value in (None, ""):
            continue
        words = field.shown(value, offers)
        if not parts:
            parts.append((words, "bold"))
        else:
            parts += [(f"  {say(field.label)}: ", "$quiet"), words]
    return hang("- ", *parts)


def made_words(actions: Sequence[Action]) -> Prose:
    """Return the actions made in this step; empty if there are none."""
    if not actions:
        return Prose()
    rows = [
        hang(
            ("✓ " if action.state == "done" else "- ", "$level-good" if action.state == "done" else "$quiet"),
            (f"{action.owner or role_word(action.role)}: ", "$quiet"),
            action.text,
            (f"  {say('by {date}', date=short_day(action.due))}" if action.due else "", "$quiet"),
        )
        for action in actions
    ]
    return titled(say("Actions"), rows)
