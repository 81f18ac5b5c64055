"""Helpers to build journal entries as plain dicts, and the names of the people who type them."""

from __future__ import annotations

from typing import Any

OPERATOR, PROMOTION, DESIGN, SERVICE, CONTENT = "沈岚", "周岩", "林夕", "何萍", "许舟"
Entry = dict[str, Any]


def entry(at: str, kind: str, step: str, who: str = OPERATOR, **data: object) -> Entry:
    """Return one entry; ``at`` is ``MM-DD HH:MM`` in the shop's time zone."""
    day, clock = at.split()
    return {"at": f"2026-{day}T{clock}:00+08:00", "who": who, "kind": kind, "step": step, "data": data}


def record(at: str, step: str, form: str, who: str = OPERATOR, **values: object) -> Entry:
    """Return the entry of one filled form."""
    return entry(at, "record", step, who, form=form, values=values)
