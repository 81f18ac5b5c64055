"""The form screen: each field is validated as it is typed, and what is typed is kept as a draft."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from core.actions.deeds import kind_of
from core.errors import ShopdayError
from core.journal.actions import Action
from core.journal.entry import Entry
from core.language.wording import N_, plural, say
from core.records.records import Recorded
from core.storage.decoding import json_in
from routines.forms.form import Field, Form, Offers, WrongField
from routines.forms.own_fields import held
from routines.forms.typed_values import day_to_come, figure_meant, pieces_meant, yuan_meant
from routines.workday.sample_figures import sample_figures
from tui.keymap import keys
from tui.runtime.draft_autosave import draft_key
from tui.runtime.session import Session
from tui.screens.base_screen import BaseScreen
from tui.text.sanitize import content
from tui.widgets.fields import FieldRow
from tui.widgets.labels import Words
from tui.widgets.text_input import OneLine

PAUSE = 0.4
"""Seconds without a key press before the hint on what is typed is updated."""
_PEOPLE_ROLES: dict[str, str] = {
    "operator": N_("operator"), "promotion": N_("promotion"), "design": N_("design"),
    "service": N_("service"), "content": N_("content"), "supply": N_("supply"), "owner": N_("owner"),
}  # fmt: skip
_METRICS = (
    ("visitors", N_("visitors")), ("conversion", N_("conversion")), ("aov", N_("order value")),
    ("gmv", N_("sales")), ("ctr", N_("Click rate")), ("roi", N_("ROI")), ("on_hand", N_("stock")),
)  # fmt: skip
ACTION_FIELDS = (
    Field("text", N_("What is to be done"), "long", required=True),
    Field("role", N_("Role"), "choice", tuple(_PEOPLE_ROLES.items()), required=True),
    Field("owner", N_("Who"), "person"),
    Field("due", N_("By when"), hint=N_("such as 11-20, tomorrow, Friday, +3")),
    Field("metric", N_("Figure that should change"), "choice", _METRICS),
    Field(
        "direction",
        N_("Up or down"),
        "choice",
        (("up", N_("up")), ("down", N_("down")), ("hold", N_("stay the same"))),
    ),
    Field("expected", N_("Promised figure"), hint=N_("such as 2.5%, 1200")),
)


TOLD_FIELDS = {
    "quantity": Field("quantity", N_("Pieces ordered"), required=True),
    "arrives": Field(
        "arrives", N_("Expected on"), hint=N_("such as 11-20, tomorrow, Friday, +3"), required=True
    ),
    "price": Field("price", N_("Amount topped up, yuan"), required=True),
}
"""The fields asked for when an action is marked as done, by name."""


class FormScreen(BaseScreen):
    """A list of fields; Ctrl+S saves, Esc leaves and keeps the draft."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.FORM, *(k for k in keys.EVERYWHERE if k.does != "palette"))
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.FORM)
    HELP: ClassVar[str] = N_("Tab goes to the next field. What is wrong with a field is shown beside it.")
    AUTO_FOCUS: ClassVar[str | None] = "OneLine, Page, Choice"

    def __init__(  # noqa: PLR0913 - what one form needs
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[Mapping[str, str]], object],
        *,
        draft: str,
        offers: Offers,
        begin: Mapping[str, str] | None = None,
        hint: Callable[[Mapping[str, str]], Awaitable[str]] | None = None,
        told: str = "",
        sample: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.form_title = title
        self.form_fields = fields
        self.save = save
        self.draft = draft
        self.offers = offers
        self.begin = dict(begin or {})
        """The initial values, used if there is no draft."""
        self.hint = hint
        """Returns a hint on the values typed so far, shown below the fields; None for no hint."""
        self.told = told
        """What is said on opening, unless a draft is restored."""
        self.sample = dict(sample or {})
        """What the key for the sample shop's figures fills in, by field; empty in any other shop."""
        self._kept: dict[str, str] = {}

    def title_words(self) -> str:
        """Return the form's title."""
        return self.form_title

    def body(self) -> Iterable[Widget]:
        """Yield the fields, filled from the draft if there is one."""
        self._kept = _loaded(self.session.autosave.load(self.draft))
        with VerticalScroll(id="form", can_focus=False):
            for field in self.form_fields:
                yield FieldRow(field, (self._kept or self.begin).get(field.name, ""), self.offers)
            yield Words(id="hint")

    def on_mount(self) -> None:
        """Tell the user if a draft was restored."""
        if self._kept:
            self.tell(say("Your earlier draft is shown again."))
        elif self.told:
            self.tell(self.told)

    @property
    def values(self) -> dict[str, str]:
        """The non-empty field values by field name."""
        return {row.field.name: row.text for row in self.query(FieldRow) if row.text.strip()}

    @on(FieldRow.Edited)
    def _edited(self) -> None:
        values = self.values
        same = values == self.begin
        text = "" if same or not values else json.dumps(values, ensure_ascii=False)
        self.session.autosave.typed(self.draft, text)
        if self.hint is not None:
            self._say_hint(self.hint, values)

    @work(name="hint", exclusive=True, exit_on_error=False)
    async def _say_hint(
        self, hint: Callable[[Mapping[str, str]], Awaitable[str]], values: Mapping[str, str]
    ) -> None:
        await asyncio.sleep(PAUSE)
        words = await hint(values)
        if self.is_up:
            self.query_one("#hint", Words).put(content(words, "$quiet"))

    @on(OneLine.Submitted)
    def _to_next(self) -> None:
        self.focus_next("OneLine, Page, Choice")

    @on(OneLine.Joined)
    def _joined(self, event: OneLine.Joined) -> None:
        self.tell(say("{n} pasted lines were joined into one.", n=event.lines))

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does == "sample" and not self.sample:
            return say("There are no invented figures for this form.")
        return None

    def do_sample(self) -> None:
        """Fill in the figures that the sample shop has for this form."""
        for row in self.query(FieldRow):
            if (text := self.sample.get(row.field.name)) is not None:
                row.put(text)
        self.tell(say("Filled in with invented figures: Ctrl+S saves them."))

    def do_save(self) -> None:
        """Save and close if all fields are valid; otherwise go to the first invalid one."""
        wrong = [row for row in self.query(FieldRow) if not row.check(final=True)]
        if wrong:
            wrong[0].place.focus()
            self.tell(
                plural("{n} field is not correct yet.", "{n} fields are not correct yet.", len(wrong)), "act"
            )
            return
        try:
            kept = self.save(self.values)
        except WrongField as error:
            self._say_wrong(error)
            return
        self.session.autosave.drop(self.draft)
        self.dismiss("proposed" if isinstance(kept, Entry) and kept.kind == "setting" else "saved")

    def _say_wrong(self, error: WrongField) -> None:
        """Show beside its field what is wrong with a value, and go to the field."""
        for row in self.query(FieldRow):
            if row.field.name == error.field:
                row.place.focus()
                row.wrong(str(error))
        self.tell(str(error), "act")

    def do_back(self) -> None:
        """Leave the screen; the draft is kept."""
        self.session.autosave.flush()
        self.dismiss("" if self.values in ({}, self.begin) else None)


def record_form(
    session: Session,
    step: str,
    form: Form,
    *,
    replaces: str = "",
    record: Recorded[Any] | None = None,
    fills: Mapping[str, str] | None = None,
) -> FormScreen:
    """Return the screen for filling in a form of a step, or for correcting a record made with it.

    ``replaces`` is the id of the record to correct, ``record`` its current values; ``fills`` what a proposal
    fills in, by field.
    """
    offers = session.workday.offers
    begin = {
        field.name: _typed(field, None if record is None else held(field, record), offers)
        for field in form.fields
    }

    def save(values: Mapping[str, str]) -> object:
        return session.workday.record(step, form.id, values, replaces=replaces)

    draft = draft_key("form", step, session.workday.day, f"{form.id}-{replaces}" if replaces else form.id)
    begin = {name: text for name, text in (begin | dict(fills or {})).items() if text}
    told = say("Filled in from the proposal: change what is different, then save.") if fills else ""
    recorded = len(list(session.workday.records(form.id)))
    sample = {} if replaces else sample_figures(session.workday.folder, form.id, recorded)
    return FormScreen(
        say(form.title), form.fields, save, draft=draft, offers=offers, begin=begin, told=told, sample=sample
    )


def _typed(field: Field, value: object, offers: Offers) -> str:
    """Return a stored value as the text that its field's input holds."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.kind == "choice":
        return str(value or "")
    return f"{value:.10g}" if isinstance(value, int | float) else field.shown(value, offers)


def action_form(session: Session, step: str, *, finding: str = "") -> FormScreen:
    """Return the screen for writing a new action in a step; ``finding`` is the key of its finding."""
    offers = session.workday.offers
    asked = [_on_day(field, session.workday.day) for field in ACTION_FIELDS]

    def save(values: Mapping[str, str]) -> object:
        read: dict[str, Any] = {field.name: field.read(values.get(field.name), offers) for field in asked}
        fields = {name: value for name, value in read.items() if value is not None}
        if "expected" in fields:
            fields["expected"] = figure_meant(fields["expected"], fields.get("metric", ""))
        return session.workday.act(step, finding=finding, **fields)

    async def hint(values: Mapping[str, str]) -> str:
        return await _outlook(session, values)

    draft = draft_key("action", step, session.workday.day)
    return FormScreen(say("A new action"), asked, save, draft=draft, offers=offers, hint=hint)


async def _outlook(session: Session, values: Mapping[str, str]) -> str:
    """Return a sentence on whether figures will be able to show if the promise being typed was kept.

    Empty while metric, direction or goal are missing, and if the analyst process fails.
    """
    metric, way = values.get("metric", ""), {"up": 1, "down": -1}.get(values.get("direction", ""))
    day = session.workday.day
    if not metric or way is None or not values.get("expected"):
        return ""
    try:
        goal = figure_meant(values["expected"], metric)
        due = day_to_come(values["due"], day) if values.get("due") else day
        return await session.analyst.outlook(
            metric=metric, goal=goal, way=way, due=due.isoformat(), day=day.isoformat()
        )
    except (ShopdayError, OSError):
        return ""


def done_form(session: Session, action: Action) -> FormScreen | None:
    """Return the screen that asks for the details of an action done, such as the quantity ordered.

    None if nothing is asked for this kind of action.
    """
    workday = session.workday
    names = kind_of(action.deed).asks
    if not names:
        return None
    lead = workday.shop.lead_days_of(action.item or "") or 0.0
    usual = workday.day + timedelta(days=math.ceil(lead))
    begin = {
        "quantity": "" if action.quantity is None else f"{action.quantity:g}",
        "price": "" if action.price is None else f"{action.price:g}",
        "arrives": max(action.arrives or usual, usual).isoformat(),
    }
    asked = [_on_day(TOLD_FIELDS[name], workday.day) for name in names]

    def save(values: Mapping[str, str]) -> object:
        return workday.update_action(action.id, "done", **values)

    draft = draft_key("done", action.step, workday.day, action.id)
    kept = {name: begin[name] for name in names if begin[name]}
    return FormScreen(action.text, asked, save, draft=draft, offers={}, begin=kept)


def _on_day(field: Field, today: date) -> Field:
    """Return the field with a parser added, if it holds a day, a figure, a quantity or an amount.

    ``today`` is needed for days such as "tomorrow".
    """
    readers: dict[str, Callable[[str], object]] = {
        "due": lambda typed: day_to_come(typed, today),
        "arrives": lambda typed: day_to_come(typed, today),
        "expected": figure_meant,
        "quantity": pieces_meant,
        "price": yuan_meant,
    }
    check = readers.get(field.name)
    return field if check is None else replace(field, check=check)


def _loaded(draft: str) -> dict[str, str]:
    try:
        kept = json_in(draft, "draft") if draft else {}
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}
