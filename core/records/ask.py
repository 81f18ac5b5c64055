"""The declaration of a form field, attached to a record's field: ``item: Annotated[str, Ask(...)]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

FieldKind: TypeAlias = Literal[
    "text", "long", "choice", "open", "yesno", "count", "number", "money", "date", "band", "seen", "orders",
    "rival", "shop", "item", "person", "score", "score_page", "score_weights",
]  # fmt: skip
"""The kinds of form fields.
``money`` is an amount in yuan; ``number`` is any other number that may have decimals (hours, percent, times).
``open`` offers choices but accepts any text; ``band``, ``seen`` and ``orders`` are figures as displayed on
web pages (price bands, counts such as 2000+). ``rival`` is one of the shop's rivals; ``shop``, ``item`` and
``person`` offer known names but accept any text. ``score`` is one of the scores of the platform's experience
score page, 0 to 5; ``score_page`` and ``score_weights`` are texts copied from that page, stored unchanged if
they can be parsed."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How a form shows one field; a field without a default is mandatory."""

    label: str
    """The field's label (a message id)."""
    kind: FieldKind = "text"
    choices: Mapping[str, str] = field(default_factory=dict)
    """For kinds ``choice`` and ``open``: the stored values and their message ids."""
    hint: str = ""
    """A message id shown while the field is empty."""
