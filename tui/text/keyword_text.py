"""What the keyword board says of the keyword under the cursor: the advice with its prices, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.actions.state_words import PRICED
from core.answers.answer import Cell, number_in
from core.language.money import money
from core.language.numbers import count, percent
from core.language.wording import N_, say
from tui.text.sanitize import Part, line, width
from tui.text.text_layout import Block, hang

CHOICES: Final = {
    "keep": N_("keep"),
    "raise": N_("raise"),
    "lower": N_("lower"),
    "delete": N_("delete"),
    "observe": N_("observe"),
    "add": N_("add"),
}
"""The decisions that can be made on a keyword, as words by id."""
HOLDS: Final = {
    "stock": N_("stock running out"),
    "price": N_("sells below cost"),
    "page": N_("the bounce rate is above its limit"),
    "reviews": N_("bad reviews are increasing"),
    "refunds": N_("refunds for faults are increasing"),
}
"""The reasons why no more should be spent on a keyword, as words by id."""
SPENDS_MORE: Final = ("raise", "add")
"""The decisions that are on hold while something speaks against spending more on a keyword."""
_SPENDS_LESS: Final = ("delete", "lower")
_CELLS: Final = 24
"""The length of the longest bar in cells."""


def advice_words(advice: str, held: str) -> str:
    """Return the advice in words, marked as on hold if something speaks against carrying it out."""
    words = say(CHOICES[advice])
    return say("{choice}, on hold", choice=words) if held and advice in SPENDS_MORE else words


def decided_words(choice: str, advice: str, cells: Mapping[str, Cell]) -> str:
    """Return a decision in words, with the new price if it is the advised one."""
    words = say(CHOICES[choice]) if choice in CHOICES else choice
    price = _price(cells, "next_cpc", "first_cpc") if choice == advice and choice in PRICED else ""
    return f"{words} {price}" if price else words


def advice_parts(cells: Mapping[str, Cell], advice: str, held: str) -> list[Part]:
    """Return the line with keyword, item, and the advice with its prices; ``cells`` are the row's, by id."""
    word = cells.get("word") or cells.get("search_term")
    parts: list[Part] = [(str(word or ""), "bold"), (f"  {cells.get('item') or ''}", "$quiet")]
    if not advice:
        return parts
    words = advice_words(advice, held)
    now, then = _price(cells, "cpc"), _price(cells, "next_cpc", "first_cpc")
    if advice not in PRICED or not then:
        told = say("Advice: {choice}", choice=words)
    elif now:
        told = say("Advice: {choice}, from {now} to {then}", choice=words, now=now, then=then)
    else:
        told = say("Advice: {choice}, starting at {price}", choice=words, price=then)
    return [*parts, (f"  {told}", "bold $now")]


def reason_words(cells: Mapping[str, Cell], advice: str, held: str, found: str) -> str:
    """Return why: what was found about the keyword, or else its figures, and why no more is spent on it."""
    clicks, orders, rate = (_number(cells, name) for name in ("clicks", "orders", "click_conversion"))
    told = [found] if found else []
    if not found and clicks is not None and orders is not None:
        told.append(
            say(
                "{clicks} clicks brought {orders} orders ({rate}; 90% range {range}).",
                clicks=count(clicks),
                orders=count(orders),
                rate=percent(rate),
                range=cells.get("interval") or "-",
            )
        )
    if not found and (needs := cells.get("still_needs")):
        told.append(say("Note: {words}.", words=str(needs)))
    if held and advice not in _SPENDS_LESS:
        told.append(say("No more is spent on it for now: {why}.", why=say(HOLDS[held])))
    return " ".join(told)


def price_bars(cells: Mapping[str, Cell], advice: str, room: int) -> list[Block]:
    """Return the price now and after the advice as bars of one scale; the full length is a click's worth.

    Empty if the worth is unknown or there is no room.
    """
    worth, now = _number(cells, "click_value"), _number(cells, "cpc")
    then = _number(cells, "next_cpc") if advice in ("raise", "lower") else None
    if worth is None or now is None or worth <= 0:
        return []
    scale = max(worth, now, then or 0.0)
    rows = [
        (
            say("now"),
            now,
            say("a click is worth {worth}", worth=money(worth)),
            "$missed" if now > worth else "$plain",
        )
    ]
    if then is not None:
        kept = now - then
        words = (
            say("{money} less a click", money=money(kept))
            if kept >= 0
            else say("{money} more a click", money=money(-kept))
        )
        rows.append((say("then"), then, words, "$met"))
    wide = max(width(name) for name, *_ in rows)
    made: list[Block] = []
    for name, price, words, look in rows:
        label = f"{name}{' ' * (wide - width(name))} {money(price)} "
        cells_ = round(price / scale * min(_CELLS, max(4, room - width(label) - width(words) - 4)))
        made.append(line((label, "$quiet"), ("⣿" * cells_, look), (f"  {words}", "$quiet")))
    return made


def about_keyword(
    cells: Mapping[str, Cell], advice: str, held: str, found: str, *, who: str, room: int, bars: bool
) -> list[Block]:
    """Return all that is said below the list about one keyword; ``who`` decided on it, if anybody did."""
    words = reason_words(cells, advice, held, found)
    blocks: list[Block] = [hang("", *advice_parts(cells, advice, held), (f"  {who}", "$quiet"))]
    if words:
        blocks.append(hang("", words))
    return [*blocks, *(price_bars(cells, advice, room) if bars else [])]


def _price(cells: Mapping[str, Cell], *names: str) -> str:
    found = next((value for name in names if (value := _number(cells, name)) is not None), None)
    return "" if found is None else money(found)


def _number(cells: Mapping[str, Cell], name: str) -> float | None:
    return number_in(cells.get(name))
