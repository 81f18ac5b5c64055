"""The sections whose rows are tables of shop.toml: the team, the rivals, the items and the calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, cast

from core.language.dates import short_day
from core.language.numbers import number
from core.language.wording import N_, say, text
from core.measures.calendar_names import name_of
from core.records.month import SpecialDay
from core.shop.permissions import refusal
from core.shop.row_editing import RowTable, put_row
from core.shop.settings import CalendarDay, Item, Person, Rival
from routines.forms.form import Field, WrongField, form_of
from routines.forms.settings_forms import MOST_TIMES
from routines.forms.typed_values import day_meant
from routines.settings import typed_texts as typed
from routines.settings.section import EditedRow, ReadSettings, Section, Values

_RELATIONS: Final = (
    ("better", N_("better than us")),
    ("equal", N_("about equal")),
    ("similar", N_("similar style")),
)
_STATES: Final = {"confirmed": N_("we take part"), "proposed": N_("draft"), "not_for_us": N_("not for us")}


def _removed(table: RowTable) -> Any:  # noqa: ANN401 - a function of Section's type
    def remove(seen: ReadSettings, row: EditedRow) -> bool:
        return put_row(seen.folder, table, row.was, None)

    return remove


# -- the team ----------------------------------------------------------------------------------------


def _team_rows(seen: ReadSettings) -> list[EditedRow]:
    return [
        EditedRow(
            one.name,
            (one.name, typed.roles_words(one.roles), one.user),
            {"name": one.name, "roles": typed.roles_words(one.roles), "user": one.user},
            one,
        )
        for one in seen.shop.team
    ]


def _team_fields(_: ReadSettings, __: EditedRow | None) -> tuple[Field, ...]:
    return (
        Field("name", N_("Name"), required=True),
        Field(
            "roles",
            N_("Roles"),
            hint=N_("operator, promotion, design, service, content, supply, owner, view only"),
            required=True,
            check=typed.roles_meant,
        ),
        Field("user", N_("Account on this machine"), hint=N_("empty: none")),
    )


def _save_person(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    name, user = str(values["name"]), str(values["user"] or "")
    others = [one for one in seen.shop.team if row is None or one != row.was]
    if any(one.name == name for one in others):
        raise WrongField("name", say("“{name}” is in the team already.", name=name))
    person = Person(name, typed.roles_meant(str(values["roles"])), user)
    shall = seen.shop._replace(team=(*others, person))
    if not refusal(seen.shop, seen.user) and refusal(shall, seen.user):
        raise WrongField(
            "user",
            say(
                "After this you could not write in the shop any more. Put yourself ({user}) into the team "
                "first, with a role other than “view only”.",
                user=seen.user,
            ),
        )
    return put_row(seen.folder, "team", None if row is None else row.was, person)


def _remove_person(seen: ReadSettings, row: EditedRow) -> bool:
    shall = seen.shop._replace(team=tuple(one for one in seen.shop.team if one != row.was))
    if not refusal(seen.shop, seen.user) and refusal(shall, seen.user):
        raise WrongField("name", say("You cannot take yourself out of the team: somebody else must do that."))
    return put_row(seen.folder, "team", row.was, None)


TEAM: Final = Section(
    "team",
    N_("People and roles"),
    N_("Who works in the shop, and who does what."),
    (N_("name"), N_("roles"), N_("account")),
    _team_rows,
    _team_fields,
    _save_person,
    _remove_person,
    adds=N_("new person"),
    removes=N_("remove"),
)


# -- rivals ------------------------------------------------------------------------------------------


def _rival_rows(seen: ReadSettings) -> list[EditedRow]:
    return [
        EditedRow(
            one.id,
            (
                one.name,
                say(dict(_RELATIONS)[one.relation]),
                say("yes") if one.followed else say("no"),
                one.link,
            ),
            {
                "name": one.name,
                "relation": one.relation,
                "followed": "yes" if one.followed else "no",
                "link": one.link,
            },
            one,
        )
        for one in seen.shop.rivals
    ]


def _rival_fields(_: ReadSettings, __: EditedRow | None) -> tuple[Field, ...]:
    return (
        Field("name", N_("Name of the shop"), required=True),
        Field("relation", N_("Compared with us"), "choice", _RELATIONS, required=True),
        Field("followed", N_("Look at it every day"), "yesno"),
        Field("link", N_("Link")),
    )


def _save_rival(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    name = str(values["name"])
    others = [one for one in seen.shop.rivals if row is None or one != row.was]
    if any(one.name == name for one in others):
        raise WrongField("name", say("“{name}” is on the list already.", name=name))
    rival = Rival(
        typed.next_id("r", [one.id for one in others]) if row is None else row.key,
        name,
        cast("Any", values["relation"]),
        followed=values["followed"] is not False,
        link=str(values["link"] or ""),
    )
    return put_row(seen.folder, "rivals", None if row is None else row.was, rival)


RIVALS: Final = Section(
    "rivals",
    N_("Rivals"),
    N_("About ten shops to watch; three to five of them every day."),
    (N_("name"), N_("compared with us"), N_("every day"), N_("link")),
    _rival_rows,
    _rival_fields,
    _save_rival,
    _removed("rivals"),
    adds=N_("new rival"),
    removes=N_("remove"),
    begin={"relation": "equal", "followed": "yes"},
)


# -- items -------------------------------------------------------------------------------------------


def _item_rows(seen: ReadSettings) -> list[EditedRow]:
    return [
        EditedRow(
            one.id,
            (
                one.name or one.id,
                say("yes") if one.hero else "",
                "" if one.margin is None else typed.share_words(one.margin),
                "" if one.cost is None else number(one.cost),
                "" if one.lead_days is None else number(one.lead_days),
                one.id,
            ),
            {
                "id": one.id,
                "name": one.name,
                "hero": "yes" if one.hero else "no",
                "margin": "" if one.margin is None else typed.share_words(one.margin),
                "cost": typed.typed_number(one.cost),
                "lead_days": typed.typed_number(one.lead_days),
                "season_end": typed.typed_day(one.season_end),
            },
            one,
        )
        for one in sorted(seen.shop.items, key=lambda one: not one.hero)
    ]


def _item_fields(seen: ReadSettings, _: EditedRow | None) -> tuple[Field, ...]:
    return (
        Field("id", N_("Item number"), hint=N_("商品ID, as in the files"), required=True),
        Field("name", N_("Name")),
        Field("hero", N_("Best seller"), "yesno"),
        Field("margin", N_("Gross margin"), hint=N_("empty: that of the shop"), check=typed.share_meant),
        Field("cost", N_("Cost of a piece, yuan"), "money", check=typed.at_least_zero),
        Field(
            "lead_days",
            N_("Days until ordered goods can be sold"),
            "number",
            hint=N_("empty: that of the shop"),
            check=typed.at_least_zero,
        ),
        Field(
            "season_end",
            N_("Last day of its season"),
            hint=N_("empty: sold all year"),
            check=lambda words: day_meant(words, seen.day),
        ),
    )


def _save_item(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    item_id = str(values["id"])
    others = [one for one in seen.shop.items if row is None or one != row.was]
    if any(one.id == item_id for one in others):
        raise WrongField("id", say("“{name}” is on the list already.", name=item_id))
    before: Item = Item(item_id) if row is None else row.was
    item = before._replace(
        id=item_id,
        name=str(values["name"] or ""),
        hero=values["hero"] is True,
        margin=None if values["margin"] is None else typed.share_meant(values["margin"]),
        cost=cast("float | None", values["cost"]),
        lead_days=cast("float | None", values["lead_days"]),
        season_end=None if values["season_end"] is None else day_meant(str(values["season_end"]), seen.day),
    )
    return put_row(seen.folder, "items", None if row is None else row.was, item)


ITEMS: Final = Section(
    "items",
    N_("Best sellers and items"),
    N_("What the files do not contain about an item: is it a best seller, what it costs, how long it takes."),
    (N_("item"), N_("best seller"), N_("gross margin"), N_("cost"), N_("lead time"), N_("number")),
    _item_rows,
    _item_fields,
    _save_item,
    _removed("items"),
    adds=N_("new item"),
    removes=N_("remove"),
    begin={"hero": "yes"},
)


# -- the calendar ------------------------------------------------------------------------------------


def _calendar_rows(seen: ReadSettings) -> list[EditedRow]:
    coming = sorted((one for one in seen.shop.calendar if one.last >= seen.day), key=lambda one: one.start)
    over = sorted((one for one in seen.shop.calendar if one.last < seen.day), key=lambda one: one.start)
    return [_calendar_row(one) for one in (*coming, *reversed(over))]


def _calendar_row(one: CalendarDay) -> EditedRow:
    span = short_day(one.start) + ("" if one.last == one.start else f"–{short_day(one.last)}")
    times = f"{min(one.profile):g}–{max(one.profile):g}" if one.profile else _times(one.multiplier)
    return EditedRow(
        f"{one.start}/{one.last}",
        (
            str(one.start.year),
            span,
            text(name_of(one)),
            times,
            _kind_words(one.kind),
            say(_STATES[one.state]),
        ),
        {
            "note": one.note,
            "start": typed.typed_day(one.start),
            "end": typed.typed_day(one.end),
            "multiplier": typed.typed_number(one.multiplier),
            "kind": one.kind,
            "state": "not_for_us" if one.state == "not_for_us" else "confirmed",
        },
        one,
        off=one.state == "not_for_us",
    )


def _times(multiplier: float | None) -> str:
    return "" if multiplier is None else f"{multiplier:g}"


def _kind_words(kind: str) -> str:
    field = next(one for one in form_of(SpecialDay).fields if one.name == "kind")
    return field.shown(kind, {})


def _calendar_fields(seen: ReadSettings, _: EditedRow | None) -> tuple[Field, ...]:
    def on_day(field: Field) -> Field:
        if field.kind != "date":
            return field
        return replace(
            field,
            kind="text",
            hint=N_("such as 2026-12-12 or 12-12"),
            check=lambda words: day_meant(words, seen.day),
        )

    return tuple(on_day(field) for field in form_of(SpecialDay).fields)


def _save_calendar(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    start = day_meant(str(values["start"]), seen.day)
    end = None if values["end"] is None else day_meant(str(values["end"]), seen.day)
    times = cast("float | None", values["multiplier"])
    if end is not None and end < start:
        raise WrongField("end", say("The last day is before the first one."))
    if times is not None and not 0 <= times <= MOST_TIMES:
        raise WrongField(
            "multiplier",
            say("“{times}” cannot be a multiple of a usual day. Write 1.8 for 80% more.", times=f"{times:g}"),
        )
    before: CalendarDay = CalendarDay(start) if row is None else row.was
    end = None if end == start else end
    same_days = (before.start, before.last) == (start, end or start)
    day = before._replace(
        start=start,
        end=end,
        multiplier=times,
        kind=cast("Any", values["kind"] or "platform"),
        note=str(values["note"]),
        profile=before.profile if same_days and times is None else (),
        state=cast("Any", values["state"] or "confirmed"),
        source="",
    )
    if any(_same_days(one, day) for one in seen.shop.calendar if row is None or one != row.was):
        raise WrongField("start", say("The calendar has a row for these days already."))
    return put_row(seen.folder, "calendar", None if row is None else row.was, day)


def _same_days(one: CalendarDay, other: CalendarDay) -> bool:
    return (one.start, one.last) == (other.start, other.last)


CALENDAR: Final = Section(
    "calendar",
    N_("Calendar of the shop"),
    N_("Days unlike their weekday: campaigns, holidays, closed days."),
    (N_("year"), N_("days"), N_("what"), N_("times usual"), N_("kind"), N_("do we take part?")),
    _calendar_rows,
    _calendar_fields,
    _save_calendar,
    _removed("calendar"),
    adds=N_("new row"),
    removes=N_("remove"),
    begin={"kind": "own", "state": "confirmed"},
    named=2,
)
