"""The sections of single settings: the shop's own figures, the thresholds, and the targets of the months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from core.language.locale_folders import languages
from core.language.money import exact_money
from core.language.numbers import number
from core.language.wording import N_, say
from core.records.ask import FieldKind
from core.shop.row_editing import Value, put_values, value_of
from core.shop.settings import Shop
from routines.forms.form import Field, Plain, WrongField
from routines.forms.typed_values import day_meant
from routines.settings import typed_texts as typed
from routines.settings.section import EditedRow, ReadSettings, Section, Values

ValueKind: TypeAlias = Literal["text", "share", "number", "count", "money", "yesno", "language", "date"]
VALUE: Final = "value"
"""The name of the only field of a single setting's form."""
_FIELD_KINDS: Final[dict[ValueKind, FieldKind]] = {
    "text": "text", "share": "text", "number": "number", "count": "count", "money": "money",
    "yesno": "yesno", "language": "choice", "date": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Single:
    """One setting: its path in shop.toml, what it is called and what is typed into its field."""

    path: str
    label: str
    kind: ValueKind
    hint: str = ""
    least: float = 0
    most: float = 1e9
    required: bool = False

    def field(self, day: date) -> Field:
        """Return the field of the setting's form; ``day`` is today, for days without a year."""
        checks = {
            "share": typed.share_meant,
            "number": typed.at_least_zero,
            "money": typed.at_least_zero,
            "count": typed.between(self.least, self.most),
            "date": lambda text: day_meant(text, day),
        }
        choices = tuple((one, one) for one in languages()) if self.kind == "language" else ()
        return Field(
            VALUE,
            self.label,
            _FIELD_KINDS[self.kind],
            choices,
            self.hint,
            required=self.required,
            check=checks.get(self.kind),
        )

    def read(self, value: Plain, day: date) -> Value:
        """Return the value of the setting for what its field was read as; None removes it from the file."""
        if value is None:
            return None
        if self.kind == "share":
            return typed.share_meant(value)
        if self.kind in ("number", "money"):
            return float(value)
        return day_meant(str(value), day) if self.kind == "date" else value  # type: ignore[return-value]

    def shown(self, value: Any) -> str:  # noqa: ANN401 - whatever the setting is
        """Return the value as the list shows it; empty if it is not set."""
        if value is None or value == "":
            return ""
        if self.kind == "share":
            return typed.share_words(value)
        if self.kind == "money":
            return exact_money(value)
        if self.kind == "yesno":
            return say("yes") if value else say("no")
        return number(value) if isinstance(value, int | float) else str(value)

    def text(self, value: Any) -> str:  # noqa: ANN401 - whatever the setting is
        """Return the value as the text that its field begins with."""
        if self.kind == "yesno":
            return "yes" if value else "no"
        if self.kind == "share" and value is not None:
            return typed.share_words(value)
        return typed.typed_number(value) if isinstance(value, int | float) else str(value or "")


SHOP_VALUES: Final = (
    Single("name", N_("Name of the shop"), "text", required=True),
    Single("margin", N_("Gross margin"), "share", N_("such as 45%")),
    Single("refund_rate", N_("Share of sales refunded"), "share", N_("such as 12%")),
    Single("lead_days", N_("Days until ordered goods can be sold"), "number"),
    Single(
        "day.people", N_("People in the shop"), "count", N_("1 gives the day plan for one person"), 1, 1000
    ),
    Single("ads.daily_budget", N_("Daily ad budget, yuan"), "money"),
    Single("money.base_fee", N_("Platform fee"), "share", N_("share of confirmed sales, such as 0.6%")),
    Single("money.category_fee", N_("Commission of the item category"), "share"),
    Single("money.points", N_("Fee for reward points"), "share"),
    Single("money.ship", N_("Sending a parcel, with its packing, yuan"), "money"),
    Single("money.insurance", N_("Return insurance for a parcel, yuan"), "money"),
    Single("money.return_cost", N_("Handling a returned parcel, yuan"), "money"),
    Single("money.resale_loss", N_("Goods cost lost on a returned piece"), "share"),
    Single("money.fixed_month", N_("Rent, wages and tools a month, yuan"), "money"),
    Single(
        "day.idle_minutes", N_("Minutes without a key until the clock stops"), "count", N_("0: never"), 0, 240
    ),
    Single("day.bell", N_("Ring when a step's time is over"), "yesno"),
    Single("language", N_("Language"), "language", N_("empty: that of the terminal")),
)
THRESHOLD_VALUES: Final = (
    Single("aov_ratio", N_("Order value of the shop over that of the best seller, at least"), "number"),
    Single("bounce_pass", N_("Bounce rate, at most"), "share"),
    Single("bounce_goal", N_("Bounce rate to aim for"), "share"),
    Single("depth_pass", N_("Pages per visitor, at least"), "number"),
    Single("depth_goal", N_("Pages per visitor to aim for"), "number"),
    Single("old_visitors_many", N_("Returning visitors that count as many"), "share"),
    Single("bounce_old", N_("Bounce rate with many returning visitors, at most"), "share"),
    Single("depth_old", N_("Pages per visitor with many returning visitors, at least"), "number"),
    Single("industry_conversion", N_("Inquiry conversion of the industry"), "share"),
    Single("industry_on", N_("Day of the industry's inquiry conversion"), "date"),
    Single("service_level", N_("Chance of not selling out while goods are on order"), "share"),
    Single("hero_service_level", N_("The same for best sellers"), "share"),
    Single("slow_cover_days", N_("Days of cover from which nothing is reordered"), "number"),
    Single("reorder_cycle_days", N_("Days that an order lasts"), "number"),
    Single("keyword_min_clicks", N_("Clicks from which a keyword is judged"), "count", "", 1),
    Single("keyword_delete_p", N_("Delete a keyword if its chance of a profit is below"), "share"),
    Single("keyword_raise_p", N_("Raise a keyword if its chance of a profit is above"), "share"),
    Single("keyword_step", N_("Largest change of a keyword's price in a day"), "share"),
    Single("keyword_kappa", N_("Share of the break-even click price to aim for"), "share"),
    Single("likely", N_("Chance from which “likely” is said"), "share"),
    Single("leans", N_("Chance below which a forecast is marked Watch"), "share"),
    Single("same_item_dice", N_("Titles as alike as this may be copies"), "share"),
    Single("agent_buyers_a_day", N_("Buyers that one agent can answer in a day"), "count", "", 1),
    Single("rival_stale_days", N_("Days until a rival must be looked at again"), "count", "", 1),
    Single("false_alarms", N_("False alarms: 1 as usual, 0.5 half as many, 2 twice as many"), "number"),
    Single("balance_days", N_("Days that the ad balance should last"), "number"),
    Single("expiry_days", N_("Days of notice before a tool expires"), "count", "", 0),
    Single("campaigns_per_month", N_("Campaigns a month"), "count", "", 0),
    Single("top_items", N_("Items whose copies and reviews are checked"), "count", "", 1),
    Single("live_per_day", N_("Live streams to watch in a day"), "count", "", 0),
    Single("communities_per_day", N_("Other shops' chat groups to visit in a day"), "count", "", 0),
    Single("contacts_per_day", N_("Talks with peers in a day"), "count", "", 0),
)
"""Every threshold, by its name in ``[thresholds]``."""
_BY_PATH: Final = {one.path: one for one in SHOP_VALUES} | {
    f"thresholds.{one.path}": one for one in THRESHOLD_VALUES
}


def _value_rows(paths: Sequence[str], seen: ReadSettings) -> list[EditedRow]:
    usual = Shop(name="")
    rows = []
    for path in paths:
        single, now = _BY_PATH[path], value_of(seen.shop, path)
        default = value_of(usual, path) if "." in path else None
        cells = (say(single.label), single.shown(now), single.shown(default))
        rows.append(EditedRow(path, cells, {VALUE: single.text(now)}, now))
    return rows


def _value_fields(seen: ReadSettings, row: EditedRow | None) -> tuple[Field, ...]:
    assert row is not None  # noqa: S101 - single settings are not added
    return (_BY_PATH[row.key].field(seen.day),)


def _save_value(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    assert row is not None  # noqa: S101 - single settings are not added
    value = _BY_PATH[row.key].read(values[VALUE], seen.day)
    if value is not None and not isinstance(value, bool) and value == row.was:
        return False
    return put_values(seen.folder, {row.key: row.was}, {row.key: value})


SHOP: Final = Section(
    "shop",
    N_("Shop"),
    N_("Name, margin, fees and costs, people, language. Empty: not known."),
    (N_("setting"), N_("now"), N_("if empty")),
    lambda seen: _value_rows([one.path for one in SHOP_VALUES], seen),
    _value_fields,
    _save_value,
)
THRESHOLDS: Final = Section(
    "thresholds",
    N_("Limits of the analyses"),
    N_("From when on something is bad, good or worth a word. Empty the field to get the usual value back."),
    (N_("setting"), N_("now"), N_("usual value")),
    lambda seen: _value_rows([f"thresholds.{one.path}" for one in THRESHOLD_VALUES], seen),
    _value_fields,
    _save_value,
)
_TARGET_FIELDS: Final = (
    Field(
        "target",
        N_("Target of sales, yuan"),
        "money",
        hint=N_("such as 30万; before refunds"),
        check=typed.at_least_zero,
    ),
    Field("net", N_("Target after refunds, yuan"), "money", check=typed.at_least_zero),
)


def _target_rows(seen: ReadSettings) -> list[EditedRow]:
    coming = [_month(seen.day, ahead) for ahead in range(3)]
    known = {*seen.shop.targets, *seen.shop.targets_net} - set(coming)
    later = sorted(one for one in known if one > coming[-1])
    rows = []
    for month in [*coming, *later, *sorted(known - set(later), reverse=True)]:
        paid, net = seen.shop.targets.get(month), seen.shop.targets_net.get(month)
        rows.append(
            EditedRow(
                month,
                (month, *("" if one is None else exact_money(one) for one in (paid, net))),
                {"target": typed.typed_number(paid), "net": typed.typed_number(net)},
                (paid, net),
            )
        )
    return rows


def _month(day: date, ahead: int) -> str:
    months = day.year * 12 + day.month - 1 + ahead
    return f"{months // 12}-{months % 12 + 1:02d}"


def _target_fields(_: ReadSettings, row: EditedRow | None) -> tuple[Field, ...]:
    month = Field("month", N_("Month"), hint=N_("such as 2026-12"), required=True, check=typed.month_meant)
    return _TARGET_FIELDS if row is not None else (month, *_TARGET_FIELDS)


def _save_target(seen: ReadSettings, row: EditedRow | None, values: Values) -> bool:
    month = row.key if row is not None else typed.month_meant(str(values["month"]))
    paths = (f"targets.{month}", f"targets_net.{month}")
    if row is None and any(value_of(seen.shop, path) is not None for path in paths):
        raise WrongField("month", say("{month} has a target already: change it in the list.", month=month))
    paid, net = (None if values[name] is None else float(values[name] or 0) for name in ("target", "net"))
    if paid is not None and net is not None and net > paid:
        raise WrongField("net", say("The target after refunds cannot be higher than the one before refunds."))
    if 0 in (paid, net):
        raise WrongField(
            "target" if paid == 0 else "net", say("A target must be more than 0. Write it in yuan: 500000.")
        )
    was = (None, None) if row is None else row.was
    return put_values(
        seen.folder, dict(zip(paths, was, strict=True)), dict(zip(paths, (paid, net), strict=True))
    )


TARGETS: Final = Section(
    "targets",
    N_("Targets"),
    N_("Sales that each month must reach."),
    (N_("month"), N_("target"), N_("target after refunds")),
    _target_rows,
    _target_fields,
    _save_target,
    adds=N_("other month"),
)
