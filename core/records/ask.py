"""How a form asks for a field of a record, declared with the field: ``item: Annotated[str, Ask(...)]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

FieldKind: TypeAlias = Literal[
    "text", "long", "choice", "open", "yesno", "count", "number", "money", "date", "band", "seen", "orders",
    "rival", "shop", "item", "person",
]  # fmt: skip
"""``money`` is an amount in yuan, ``number`` any other that may have decimals (hours, percent, times).

``open`` offers choices and takes any text; ``band``, ``seen``, ``orders`` are figures as pages show them.

``rival`` is one of the shop's rivals; ``shop``, ``item``, ``person`` offer what is known and take any text.
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form shows for one field; a field without a default must be filled in."""

    label: str
    """A message id."""
    kind: FieldKind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    """Of a ``choice`` or ``open``: the value kept, and the message id shown."""
    hint: str = ""
    """A message id shown while the field is empty."""
