"""Invented figures of the evening that stand in no file; one key fills them into the sample shop's forms."""

from __future__ import annotations

import json

from sample.evening_files import MOMENTS, RIVALS_TONIGHT, late_desks, orders_until, spent_until
from sample.world import World


def text(world: World) -> str:
    """Return the texts of the forms' fields as JSON, by form: one entry for each record."""
    now = []
    for until in MOMENTS:
        made = orders_until(world, until)
        paid = sum(order.paid is not None for order in made)
        spent = f"{spent_until(world, until):.0f}"
        now.append({"orders": str(paid), "unpaid": str(len(made) - paid), "spent": spent})
    rivals = [
        {
            "rival": f"{name}{'' if name == '慕言' else '女装'}旗舰店",
            "orders": orders,
            "price": price,
            "listings": slots,
        }
        for name, orders, price, slots in RIVALS_TONIGHT
    ]
    shifts = [
        {"agent": agent, "inquiries": str(asked), "converted": str(won)}
        for agent, asked, won in late_desks(world)
    ]
    return _lines(
        {
            "day_now": now,
            "rival_now": rivals,
            "shift": shifts,
            "live": [{"shop": "云裳里旗舰店", "mechanism": "draw", "offer": "福袋", "viewers": "5000+"}],
            "community": [{"shop": "半夏女装专营店", "mechanism": "preview", "offer": "上新先看"}],
        }
    )


def _lines(forms: dict[str, list[dict[str, str]]]) -> str:
    parts = []
    for form, records in forms.items():
        rows = ",\n".join(f"    {json.dumps(one, ensure_ascii=False)}" for one in records)
        parts.append(f"  {json.dumps(form)}: [\n{rows}\n  ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"
