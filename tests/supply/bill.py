"""A software bill of materials in CycloneDX 1.6: the same packages make the same bytes."""

from __future__ import annotations

import json
import uuid
from typing import Any

from tests.supply.packages import Package, pins, runtime, shopday

SPDX = {
    "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "ISC", "0BSD", "Zlib", "CC0-1.0",
}  # fmt: skip
"""Licences that are told by their SPDX id; others by name."""


def bill() -> str:
    """Return the document as JSON."""
    own, parts = shopday(), runtime()
    hashes = pins()
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", **_named(own)}},
        "components": [
            {"type": "library", **_named(one), **_files(one, hashes[name][1])} for name, one in parts.items()
        ],
        "dependencies": [
            {"ref": _ref(one), "dependsOn": [_ref(parts[name]) for name in one.requires if name in parts]}
            for one in (own, *parts.values())
        ],
    }
    content = json.dumps(document, sort_keys=True)
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"https://cyclonedx.org/{content}")
    return json.dumps({"serialNumber": f"urn:uuid:{number}", **document}, indent=1, ensure_ascii=False)


def _ref(one: Package) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _named(one: Package) -> dict[str, Any]:
    named: dict[str, Any] = {
        "bom-ref": _ref(one),
        "name": one.name,
        "version": one.version,
        "purl": _ref(one),
    }
    if one.licence:
        named["licenses"] = _licences(one.licence)
    return named


def _licences(words: str) -> list[dict[str, Any]]:
    if words in SPDX:
        return [{"license": {"id": words}}]
    parts = words.replace("(", " ").replace(")", " ").split()
    if len(parts) > 1 and all(part in SPDX | {"AND", "OR"} for part in parts):
        return [{"expression": words}]
    return [{"license": {"name": words}}]


def _files(one: Package, hashes: tuple[str, ...]) -> dict[str, Any]:
    """Return where its files come from, and the hashes that any of them may have."""
    page = f"https://pypi.org/project/{one.name}/{one.version}/"
    told = [{"alg": "SHA-256", "content": content} for content in hashes]
    return {"externalReferences": [{"type": "distribution", "url": page, "hashes": told}]}
