"""Load TOML files into frozen dataclasses and named tuples; errors name the file and line."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import BadSettings
from core.language.wording import N_, excerpt, say
from core.shop.settings import Shop, settings_file
from core.storage.decoding import TooDeep, checked_size, settings_bytes, toml_in

T = TypeVar("T")

_KIND_NAMES = {
    str: N_("text in quotes"),
    bool: N_("true or false"),
    int: N_("a whole number"),
    float: N_("a number"),
    date: N_("a date such as 2026-11-22"),
}


def load_shop(folder: Path) -> Shop:
    """Return the shop's settings; raise BadSettings if the file is missing or invalid."""
    path = settings_file(folder)
    try:
        raw = settings_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        raise no_shop(folder) from None
    return _shop(path, raw)


def no_shop(folder: Path) -> BadSettings:
    """Return the error for a folder without a shop.toml."""
    return BadSettings(
        say("{folder} contains no shop.toml. Create a shop with: shopday init {folder}", folder=folder)
    )


def shop_in(name: str, raw: bytes) -> Shop:
    """Parse the shop settings from bytes; BadSettings messages call the file ``name``."""
    shop = read(name, raw, Shop)
    _check_shop(name, shop)
    return shop


@lru_cache(maxsize=4)
def _shop(path: Path, raw: bytes) -> Shop:
    """Cached :func:`shop_in`.

    The settings are immutable, and several callers load them at about the same time.
    """
    return shop_in(path.name, raw)


def read(name: str, raw: bytes, kind: type[T]) -> T:
    """Parse the bytes into an instance of ``kind``; raise BadSettings with file name and line if invalid."""
    checked_size(raw, name)
    return _Loader(name, _text(raw, "replace")).build(kind, _tables(name, raw), "")


def _tables(name: str, raw: bytes) -> dict[str, Any]:
    """Parse the bytes as TOML; raise BadSettings with the line if they are not valid TOML in UTF-8."""
    try:
        return toml_in(_text(raw, "strict"), name)
    except UnicodeDecodeError as error:
        raise BadSettings(say("{file} is not UTF-8 text. Save it as UTF-8.", file=name)) from error
    except TooDeep as error:
        raise BadSettings(str(error)) from error
    except ValueError as error:
        raise BadSettings(
            say("{file}: {error}. Correct that line; nothing was changed.", file=name, error=error)
        ) from error


def _text(raw: bytes, wrong: str) -> str:
    """Decode the bytes and convert all line ends to a single newline character."""
    return raw.decode("utf-8-sig", errors=wrong).replace("\r\n", "\n").replace("\r", "\n")


def _declared(kind: type[Any]) -> dict[str, bool]:
    """Return the names of the fields of a dataclass or named tuple, each with whether it is required."""
    if not is_dataclass(kind):
        return {name: name not in kind._field_defaults for name in kind._fields}
    return {
        field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(kind)
    }


class _Loader:
    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.splitlines()
        self.known: dict[type[Any], tuple[dict[str, Any], dict[str, bool]]] = {}
        """For each class, its fields' types and which fields are required; cached because many entries share
        a class."""

    def build(self, kind: type[T], table: dict[str, Any], path: str) -> T:
        if kind not in self.known:
            self.known[kind] = get_type_hints(kind, include_extras=True), _declared(kind)
        hints, needed = self.known[kind]
        for key in table:
            if key not in needed:
                raise self.error(key, path, self.unknown(key, list(needed)))
        values = {
            key: value if type(value) is hints[key] else self.value(hints[key], value, f"{path}{key}", key)
            for key, value in table.items()
        }
        for name, must in needed.items():
            if must and name not in values:
                where = path.rstrip(".") or self.name
                raise self.error(where, "", say("“{name}” is missing. Add it.", name=name))
        return kind(**values)

    def value(self, hint: Any, value: Any, path: str, key: str) -> Any:  # noqa: ANN401 - one per kind
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            inner = [argument for argument in arguments if argument is not type(None)]
            return self.value(inner[0], value, path, key)
        if origin in (Literal, Annotated):  # Annotated: empty, or one of the choices its function returns
            allowed = arguments if origin is Literal else ("", *arguments[1]())
            return self.chosen(allowed, value, path, key)
        if origin is tuple:
            if isinstance(value, list):
                return tuple(
                    self.value(arguments[0], one, f"{path}[{i}]", key) for i, one in enumerate(value, 1)
                )
            raise self.error(key, path, self.wrong(value, say("a list")))
        if origin in (dict, Mapping):
            if isinstance(value, dict):
                return {
                    name: self.value(arguments[1], one, f"{path}.{name}", name) for name, one in value.items()
                }
            raise self.error(key, path, self.wrong(value, say("a table ([name] section)")))
        if is_dataclass(hint) or hasattr(hint, "_field_defaults"):
            if hasattr(hint, "in_full"):
                value = hint.in_full(value)
            if isinstance(value, dict):
                return self.build(hint, value, f"{path.rstrip('.')}.")
            raise self.error(key, path, self.wrong(value, say("a table ([name] section)")))
        return self.plain(hint, value, path, key)

    def chosen(self, allowed: tuple[object, ...], value: object, path: str, key: str) -> object:
        if value in allowed:
            return value
        names = ", ".join(str(one) for one in allowed if one != "")
        raise self.error(
            key, path, say("“{value}” is not one of: {allowed}.", value=excerpt(value), allowed=names)
        )

    def plain(self, hint: type, value: Any, path: str, key: str) -> Any:  # noqa: ANN401 - plain TOML values
        if hint is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        wrong_bool = isinstance(value, bool) and hint is not bool
        wrong_date = hint is date and isinstance(value, datetime)
        if isinstance(value, hint) and not wrong_bool and not wrong_date:
            return value
        raise self.error(key, path, self.wrong(value, say(_KIND_NAMES.get(hint, hint.__name__))))

    @staticmethod
    def wrong(value: Any, wanted: str) -> str:  # noqa: ANN401 - whatever was written
        return say(
            "{value} was written, but {wanted} is needed here.", value=excerpt(repr(value)), wanted=wanted
        )

    @staticmethod
    def unknown(key: str, names: list[str]) -> str:
        close = difflib.get_close_matches(key, names, 1)
        if close:
            return say("there is no “{name}”. Did you mean “{close}”?", name=key, close=close[0])
        return say("there is no “{name}”. Available here: {names}.", name=key, names=", ".join(names))

    def error(self, key: str, path: str, said: str) -> BadSettings:
        from core.shop.toml_lines import line_of

        full = path if path.endswith((key, "]")) else f"{path}{key}"
        line = line_of(self.lines, full) or self.line(key)
        spot = f"{self.name}:{line}" if line else self.name
        return BadSettings(f"{spot}: {full}: {said}")

    def line(self, key: str) -> int | None:
        pattern = re.compile(rf"^\s*(?:\[+.*\b)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\]|\.)")
        return next((number for number, line in enumerate(self.lines, 1) if pattern.search(line)), None)


_SIGN: Final = re.compile(r"[^\W\d_]{0,3}[^\w\s{}%+.,-]?(?<=.)")
"""A currency's sign or letters: ¥, $, HK$, Rp."""
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def _check_shop(file: str, shop: Shop) -> None:
    """Raise BadSettings for values of the right type that make no sense, such as an unknown time zone."""
    try:
        ZoneInfo(shop.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSettings(
            say(
                "{file}: timezone: there is no time zone “{name}”. Write it as Asia/Shanghai.",
                file=file,
                name=shop.timezone,
            )
        ) from error
    if not _SIGN.fullmatch(shop.currency):
        raise BadSettings(
            say(
                "{file}: currency = “{sign}”: write the sign before amounts, such as $ or HK$.",
                file=file,
                sign=shop.currency[:20],
            )
        )
    for month, target in shop.targets.items():
        if not _is_month(month) or target < 0:
            raise BadSettings(
                say(
                    '{file}: targets: “{month}” = {target} is not valid. Write it as "2026-11" = 500000.',
                    file=file,
                    month=month,
                    target=target,
                )
            )
    _check_net_targets(file, shop)
    for name, limit in shop.limits._asdict().items():
        if not 100 <= limit <= 1_000_000:  # noqa: PLR2004 - the range in which the program stays fast
            raise BadSettings(
                say(
                    "{file}: limits: {name} = {value}: write a whole number from 100 to 1000000.",
                    file=file,
                    name=name,
                    value=limit,
                )
            )
    _check_day(file, shop)
    _check_worker(file, shop)
    _check_indicators(file, shop)
    _check_money(file, shop)
    _check_calendar(file, shop)
    for name, value in (("margin", shop.margin), ("refund_rate", shop.refund_rate)):
        if value is not None and not 0 <= value < 1:
            raise BadSettings(
                say(
                    "{file}: {name} = {value}: write a fraction such as 0.35.",
                    file=file,
                    name=name,
                    value=value,
                )
            )
    if shop.weekday_weights and len(shop.weekday_weights) != 7:  # noqa: PLR2004 - days of a week
        raise BadSettings(
            say("{file}: weekday_weights: seven numbers are needed, Monday to Sunday.", file=file)
        )


def _check_indicators(file: str, shop: Shop) -> None:
    for row in shop.indicators:
        if not 0 < row.aim < (1 if row.metric in ("cart_rate", "bounce_rate", "returning") else math.inf):
            raise BadSettings(
                say(
                    "{file}: indicators: {metric} aim = {value}: write a rate as a fraction such as 0.08, "
                    "else a number above 0.",
                    file=file,
                    metric=row.metric,
                    value=row.aim,
                )
            )


def _check_day(file: str, shop: Shop) -> None:
    """Raise BadSettings for values of the [day] table that make no sense."""
    if not 0 <= shop.day.people <= 1000:  # noqa: PLR2004 - more is a typing error
        raise BadSettings(
            say("{file}: day: people = {value}: write how many people work in the shop, 1 to 1000.",
                file=file, value=shop.day.people)
        )  # fmt: skip
    if shop.day.idle_minutes and not 5 <= shop.day.idle_minutes <= 240:  # noqa: PLR2004 - minutes
        raise BadSettings(
            say("{file}: day: idle_minutes = {value}: write 5 to 240, or 0 for never.",
                file=file, value=shop.day.idle_minutes)
        )  # fmt: skip


def _check_worker(file: str, shop: Shop) -> None:
    """Raise BadSettings if the time in the [worker] table is not a time of day."""
    if shop.worker.post_at and not _TIME.fullmatch(shop.worker.post_at):
        raise BadSettings(
            say('{file}: worker: post_at = “{value}” is not a time; write it as "20:30".',
                file=file, value=excerpt(shop.worker.post_at))
        )  # fmt: skip


def _check_net_targets(file: str, shop: Shop) -> None:
    """Raise BadSettings for an invalid net target, or one above the month's target before refunds."""
    for month, net in shop.targets_net.items():
        if not _is_month(month) or net < 0:
            raise BadSettings(
                say('{file}: targets_net: “{month}” = {target} is not valid. Write it as "2026-11" = 400000.',
                    file=file, month=month, target=net)
            )  # fmt: skip
        paid = shop.targets.get(month)
        if paid is not None and net > paid:
            raise BadSettings(
                say("{file}: targets_net: {month}: the net target {net} is higher than the target {paid} "
                "before "
        "refunds. Correct one of the two.", file=file, month=month, net=net, paid=paid)
            )  # fmt: skip


def _check_money(file: str, shop: Shop) -> None:
    """Raise BadSettings for values of the [money] table that make no sense."""
    for name, value in shop.money._asdict().items():
        if not isinstance(value, float):
            continue
        if name in ("base_fee", "category_fee", "points", "resale_loss") and not 0 <= value < 1:
            raise BadSettings(
                say("{file}: money: {name} = {value}: write a fraction, such as 0.05 for 5%.",
                    file=file, name=name, value=value)
            )  # fmt: skip
        if value < 0:
            raise BadSettings(
                say("{file}: money: {name} = {value}: a cost cannot be negative. Write it in yuan: 7.5.",
                    file=file, name=name, value=value)
            )  # fmt: skip
    if shop.fees >= 1:
        raise BadSettings(
            say("{file}: money: the platform fees add up to {fees} of sales, which is not possible. Write "
                "fractions: 0.05 for 5%.",
                file=file, fees=round(shop.fees, 4))
        )  # fmt: skip


def _check_calendar(file: str, shop: Shop) -> None:
    """Raise BadSettings if the profile of a range of days is not one number of 0 or more for each day."""
    for one in shop.calendar:
        days = (one.last - one.start).days + 1
        if one.profile and (len(one.profile) != days or min(one.profile) < 0):
            raise BadSettings(
                say(
                    "{file}: calendar: {name} from {start}: profile has {n} numbers for {days} days. "
                    "Write one "
                    "number per day, none below 0.",
                    file=file,
                    name=one.note or one.kind,
                    start=one.start.isoformat(),
                    n=len(one.profile),
                    days=days,
                )
            )


def _is_month(word: str) -> bool:
    try:
        return word.startswith("20") and f"{date.fromisoformat(f'{word}-01'):%Y-%m}" == word
    except ValueError:
        return False
