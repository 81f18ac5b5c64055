"""What find finds, looked for the plain way: every file opened, every entry read."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.find.query import Query


def looked_through(shop: Path, query: Query) -> dict[date, int]:
    """Go through the files the plain way: JSON, each entry's own words, one after the other."""
    found: dict[date, int] = {}
    for file in sorted(shop.glob("journal/*/*.json")):
        day = date.fromisoformat(file.stem)
        if (query.first and day < query.first) or (query.last and day > query.last):
            continue
        fitting = [
            line
            for line in lines_in(file)
            if line.strip()
            and all(word in line for word in query.words)
            and not any(word in line for word in query.without)
        ]
        if fitting:
            found[day] = len(fitting)
    return found


@cache
def lines_in(file: Path) -> list[str]:
    rows = json.loads(file.read_text(encoding="utf-8"))["entries"].values()
    return [plain(text) for row in rows for text in words_of(row)]


def words_of(row: dict[str, Any]) -> list[str]:
    data = row["data"]
    match row["kind"]:
        case "note" | "reply" | "report":
            lines = data["text"].splitlines() if row["kind"] == "report" else [data["text"]]
            return [line.strip("#-*|> ") for line in lines]
        case "action":
            return [f"{data['text']} ({data['owner']})"]
        case "action-update":
            return [data["reason"]]
        case "decision":
            return [f"{data['choice']}: {data['key'].split('/')[-1]} {data['detail']} lower 降价"]
        case "record":
            return [" ".join(str(value) for value in data["values"].values())]
    return []


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
