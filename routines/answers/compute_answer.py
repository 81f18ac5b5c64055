"""Compute the answer of a step: load the inputs named in its analysis's signature, and run the analysis.

Imports pandas, through the analysis and its sheets. A user interface uses ``routines.analyst.analyst``, which
runs this in another process.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from core.answers.answer import Answer, Need, nodata
from core.answers.answer_codec import rendered
from core.answers.incidents import Incidents
from core.answers.ranking import ranked
from core.errors import CannotWrite, NotEnoughData, ShopdayError, UsageError
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.registry import SHEETS
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet
from core.facts.days_from_orders import gaps, shop_days
from core.facts.goods_on_the_way import OnTheWay, on_the_way, seen_in, with_orders
from core.facts.items_from_orders import item_days, names_items
from core.facts.joined_rows import joined_with, load_joined
from core.facts.ledger import forget_ledgers
from core.facts.window import forget_frames, load
from core.journal.book import Book
from core.journal.multi_day_index import MultiDayIndex
from core.journal.projections import Earlier, decisions, records
from core.language import wording
from core.language.message import N_, Words, listing, meaning, say, sentences, short_day
from core.language.speech import Language, language, speak
from core.measures import baseline
from core.measures.festivals.drafts import drafted
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import measured_refunds
from core.shop.loading import load_shop
from core.shop.settings import Shop
from core.storage.atomic_files import make_folder, open_to_group
from routines.answers.answer_cache import AnswerInputs, cached, keep
from routines.answers.answer_states import as_it_stands, states_on
from routines.answers.doubts import doubts
from routines.answers.needs import GROWING, counted_need, need_of
from routines.answers.signature import Reads, reads
from routines.days.day_plan import days_of, find_step, known_boxes, routine_of
from routines.days.platform_steps import is_unfed, on_platform
from routines.plan import analyses
from routines.plan.step import Step

INCIDENTS: Final = Step(
    "incidents", time(8, 30), 0, N_("Changes found this morning"), (), "incidents.morning"
)
"""The analysis whose findings other analyses take as a parameter; no step of the day, but cached like one."""
COUNTED: Final[dict[type[Sheet], Callable[[Orders], ShopDay | Items]]] = {
    ShopDay: shop_days,
    Items: item_days,
}
"""The exports that can be computed from the order list, each with the function that computes it."""
REFUNDED: Final[tuple[type[Sheet], ...]] = (ShopDay, Refunds, Items)
"""The exports that the shop's refund shares are computed from."""
_last_refunds: dict[Path, tuple[object, ShopRefunds]] = {}
"""The last refund shares of each shop, with what they were computed from: many steps of a morning ask."""
TROUBLE = Path("cache") / "trouble.log"
"""The file in a shop folder that collects tracebacks of failed analyses."""


def ask(
    folder: Path,
    step_id: str,
    *,
    day: date,
    now: datetime,
    lang: Language,
    index: MultiDayIndex | None = None,
) -> Answer:
    """Return the step's answer with its texts in ``lang``, updated with the decisions made in the meantime.

    The parameters and errors are those of :func:`said`.
    """
    found = said(folder, step_id, day=day, now=now, lang=lang, index=index)
    shop = load_shop(folder)
    states = states_on(index or MultiDayIndex(Book(folder)), shop, day, step_id)
    return rendered(as_it_stands(found, states, known_boxes(routine_of(folder), days_of(shop))))


def said(
    folder: Path,
    step_id: str,
    *,
    day: date,
    now: datetime,
    lang: Language,
    index: MultiDayIndex | None = None,
) -> Answer[Words]:
    """Return the answer of the step's analysis for that day, from the cache if that is valid.

    Texts are untranslated messages, except those typed by people or stored by earlier versions. ``lang``: the
    language of errors; ``index``: the index of the shop's journal, if the caller has one. Missing data and a
    failing analysis also result in an answer (level nodata) that says what to do.

    Raise UsageError if there is no such step or it has no analysis, and BadSettings if shop.toml or
    routine.toml is invalid.
    """
    if language() != lang:
        speak(lang)
    shop = load_shop(folder)
    speak(lang, shop.platform, shop.currency)
    routine = routine_of(folder)
    usual = find_step(step_id, routine)
    if is_unfed(usual, shop, routine):
        return nodata(
            say(
                "{platform_name} has no file for “{title}”; its questions and notes still work.",
                title=say(usual.title),
            )
        )
    step = on_platform(usual, shop)
    if not step.analyse:
        raise UsageError(
            wording.say(
                "“{title}” has only questions and notes; there is nothing to calculate.",
                title=wording.say(step.title),
            )
        )
    inputs = AnswerInputs(folder, index or MultiDayIndex(Book(folder)), day, now)
    return cached(folder, step, inputs) or _asked(folder, step, shop, inputs)


def _asked(folder: Path, step: Step, shop: Shop, inputs: AnswerInputs) -> Answer[Words]:
    name = step.analyse or ""
    try:
        analysis = analyses.named(name)
        needed = reads(analysis)
        sheets = _sheets(needed)
        fingerprint = inputs.fingerprint(name, sheets, needed.journal, clock="now" in needed.knobs)
        answer = _answered(folder, shop, inputs, needed, analysis)
    except ShopdayError:
        raise
    except Exception:  # noqa: BLE001 - the operator gets a sentence, and the log the traceback
        return _broken(folder, step, inputs.now)
    keep(folder, step, inputs, fingerprint, answer)
    return answer


def _sheets(needed: Reads) -> list[str]:
    """Return the ids of the exports that an answer depends on.

    They include the exports behind the morning's incidents if the analysis reads those, and the order list if
    an export can be computed from it.
    """
    sheets = [sheet.id for sheet, _ in needed.sheets.values()]
    if needed.incidents:
        sheets += [sheet.id for sheet, _ in reads(analyses.named(INCIDENTS.analyse or "")).sheets.values()]
    if needed.refunds:
        sheets += [sheet.id for sheet in REFUNDED]
    if {sheet.id for sheet in COUNTED} & set(sheets):
        sheets.append(Orders.id)  # both can be computed from the order list
    return list(dict.fromkeys([*sheets, *joined_with(sheets)]))


def _incidents(folder: Path, shop: Shop, inputs: AnswerInputs) -> Incidents:
    """Return the morning's incidents, computed once and cached for all steps."""
    return Incidents(cached(folder, INCIDENTS, inputs) or _asked(folder, INCIDENTS, shop, inputs))


def _answered(
    folder: Path, shop: Shop, inputs: AnswerInputs, needed: Reads, analysis: analyses.Analysis
) -> Answer[Words]:
    today = inputs.day
    needs = {name: need_of(folder, sheet, shop, today=today) for name, (sheet, _) in needed.sheets.items()}
    counted = _counted(folder, needed, needs, shop, today)
    lacking = [
        name for name, (_, required) in needed.sheets.items() if required and needs[name].state == "missing"
    ]
    if lacking:
        return nodata(_what_is_missing(needed, lacking, shop), *_offered(needs))
    given: dict[str, Any] = {}
    batches: list[str] = []
    moving = on_the_way(inputs.index.lasting(today), today) if needed.moves else OnTheWay()
    for name, (sheet, _) in needed.sheets.items():
        given[name] = None
        if needs[name].state != "missing":
            first = today - timedelta(days=sheet.days)
            if name in counted:
                given[name] = COUNTED[sheet](load(folder, Orders, first, today))
                missing = gaps(given[name], today - timedelta(days=1))
                needs[name] = replace(needs[name], missing=missing)
            else:
                given[name] = load_joined(folder, sheet, first, today)
            if isinstance(given[name], Stock):
                given[name], moving = _with_orders(folder, given[name], moving, first)
            batches += given[name].batches
    lasting = inputs.index.lasting(today) if needed.records else []
    given |= {name: records(lasting, kind) for name, kind in needed.records.items()}
    given |= {name: inputs.index.past(today) for name in needed.past}
    if needed.incidents:
        given |= dict.fromkeys(needed.incidents, _incidents(folder, shop, inputs))
    if needed.earlier:
        before = decisions(one for one in inputs.index.lasting(today) if one.day is None or one.day < today)
        given |= dict.fromkeys(needed.earlier, Earlier(before))
    given |= dict.fromkeys(needed.on_the_way, moving)
    if needed.refunds:
        given |= dict.fromkeys(needed.refunds, _refunds(folder, shop, today))
    handed = {"shop": _with_drafts(shop, today, given), "today": today, "now": inputs.now}
    given |= {name: handed[name] for name in needed.knobs if name in handed}
    try:
        answer = analysis(**given)
    except NotEnoughData as error:
        answer = nodata(str(error))
    required = {name: sheet for name, (sheet, must) in needed.sheets.items() if must}
    limits = (
        *doubts(folder, set(batches)),
        *(
            _part_of_a_day(sheet, today)
            for name, (sheet, _) in needed.sheets.items()
            if sheet.id not in GROWING
            and needs[name].state == "immature"
            and (today - timedelta(days=1)).isoformat() in needs[name].missing
        ),
        *(
            _counted_limit(sheet, shop)
            for name, sheet in counted.items()
            if sheet is ShopDay or name in required
        ),
        *(
            meaning(sheet.id)
            for name, sheet in required.items()
            if name not in counted and sheet.id in shop.profile.means
        ),
        *answer.limits,
    )
    return replace(
        answer,
        findings=tuple(ranked(answer.findings, shop.margin)),
        limits=limits,
        needs=_offered(needs),
        batches=tuple(dict.fromkeys(batches)),
    )


def forget() -> None:
    """Free the memory of what was read for earlier answers, because this process turns to another shop."""
    forget_frames()
    forget_ledgers()
    _last_refunds.clear()


def _refunds(folder: Path, shop: Shop, today: date) -> ShopRefunds | None:
    """Return the shop's refund shares; None if its sales are not known."""
    found: dict[type[Sheet], Sheet] = {}
    for sheet in REFUNDED:
        first = today - timedelta(days=sheet.days)
        if need_of(folder, sheet, shop, today=today).state != "missing":
            found[sheet] = load_joined(folder, sheet, first, today)
        elif sheet is ShopDay and counted_need(folder, sheet, shop, today=today) is not None:
            found[sheet] = shop_days(load(folder, Orders, first, today))
    if ShopDay not in found:
        return None
    inputs = (today, shop, [(sheet.id, one.batches) for sheet, one in found.items()])
    if folder not in _last_refunds or _last_refunds[folder][0] != inputs:
        frames = {sheet: one.frame for sheet, one in found.items()}
        days = frames[ShopDay]
        known = drafted(shop, today, baseline.column(days, "gmv"))
        made = measured_refunds(days, frames.get(Refunds), frames.get(Items), known, today)
        _last_refunds[folder] = (inputs, made)
    return _last_refunds[folder][1]


def _offered(needs: Mapping[str, Need[Words]]) -> tuple[Need[Words], ...]:
    """Return the needs, except for missing exports that the platform does not offer or no day asks for."""
    return tuple(
        need
        for need in needs.values()
        if need.state in ("complete", "immature") or (need.how and SHEETS[need.sheet].daily)
    )


def _with_drafts(shop: Shop, today: date, given: Mapping[str, Any]) -> Shop:
    """Return the shop with drafted festivals in its calendar if the analysis reads the shop's daily sales.

    Otherwise return the shop unchanged: only daily sales can show whether the shop takes part in a festival,
    and goods must not be ordered for a festival that nobody has confirmed.
    """
    days = next((one for one in given.values() if isinstance(one, ShopDay)), None)
    return shop if days is None else drafted(shop, today, baseline.column(days.frame, "gmv"))


def _with_orders(folder: Path, stock: Stock, moving: OnTheWay, first: date) -> tuple[Stock, OnTheWay]:
    """Return the stock with the goods on their way added, and ``moving`` without orders that have arrived.

    An order has arrived if it is marked as such and the newest stock count shows it.
    """
    if not moving.orders:
        return stock, moving
    orders = seen_in(stock, moving.orders, lambda day: load_joined(folder, Stock, first, day))
    return with_orders(stock, orders), replace(moving, orders=orders)


def _counted(
    folder: Path, needed: Reads, needs: dict[str, Need[Words]], shop: Shop, today: date
) -> dict[str, type[Sheet]]:
    """Return the parameters whose exports are computed from the order list, with the class of each export.

    In ``needs``, the entries of these parameters are replaced.
    """
    found = {
        name: sheet
        for name, (sheet, _) in needed.sheets.items()
        if sheet in COUNTED and needs[name].state == "missing"
    }
    if Items in found.values() and not _orders_name_items(folder, today):
        found = {name: sheet for name, sheet in found.items() if sheet is not Items}
    for name, sheet in list(found.items()):
        instead = counted_need(folder, sheet, shop, today=today)
        if instead is None:
            del found[name]
        else:
            needs[name] = instead
    return found


def _orders_name_items(folder: Path, today: date) -> bool:
    return names_items(load(folder, Orders, today - timedelta(days=Items.days), today))


def _counted_limit(sheet: type[Sheet], shop: Shop) -> Words:
    how = sheet.how_on(shop.platform)
    if sheet is Items:
        said = say(
            "The sales of each item are counted from the order list (paid orders, before refunds): its "
            "visitors and carts are not known."
        )
        more = say("Download {sheet}: {how}.", sheet=say(sheet.title), how=how)
        return sentences([said, more]) if how else said
    return say(
        "Daily sales are counted from the order list (paid orders, before refunds), so visitors, "
        "conversion and ads are not known. For these, import {sheet}: {how}.",
        sheet=say(sheet.title),
        how=how,
    )


def _part_of_a_day(sheet: type[Sheet], today: date) -> Words:
    return say(
        "{sheet}: {day} was exported before the day was over; export it again.",
        sheet=say(sheet.title),
        day=short_day(today - timedelta(days=1)),
    )


def _what_is_missing(needed: Reads, lacking: list[str], shop: Shop) -> Words:
    sheets = [needed.sheets[name][0] for name in lacking]
    named = [sheet for sheet in sheets if sheet.how_on(shop.platform)] or [
        Orders if sheet in COUNTED else sheet for sheet in sheets
    ]
    names = listing([say(sheet.title) for sheet in named])
    places = list(dict.fromkeys(filter(None, (sheet.how_on(shop.platform) for sheet in named))))
    if not places:
        return say(
            "{platform_name} has no such file: {names}. Teach shopday a file of your own once: shopday "
            "teach.",
            names=names,
        )
    return say(
        "There are no data for this analysis: {names} not imported yet. Where to get it: {how}.",
        names=names,
        how=listing(places),
    )


def _broken(folder: Path, step: Step, now: datetime) -> Answer[Words]:
    """Append the traceback to the shop's trouble log, and return an answer that says where it is."""
    kept = folder / TROUBLE
    trace = traceback.format_exc()
    said = say(
        "The analysis of “{title}” failed on this data. That is a mistake in shopday, not yours.",
        title=say(step.title),
    )
    try:
        make_folder(kept.parent)
        with open(kept, "a", encoding="utf-8", errors="replace", opener=open_to_group) as log:
            log.write(f"{now.isoformat()} {step.id} {step.analyse}\n{trace}\n")
    except (OSError, CannotWrite) as error:
        where = say("The details could not be saved in {file}: {error}.", file=str(kept), error=str(error))
    else:
        where = say("The details are in {file}; notes and the other steps still work.", file=str(kept))
    return nodata(sentences([said, where]))
