"""The bench's results as the table in docs/measurements.md: one line a figure, each ending in ok or over."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from tests.bench.measure import Figure, Growth, Left, Result

HEADS = ("figure", "ours (min–max)", "against", "theirs (min–max)", "ratio", "limit", "")


def markdown(results: Sequence[Result]) -> str:
    """Return the figures as a Markdown table, then how cost grows, then what could not be measured."""
    lines = [f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}"]
    lines += [row(one) for one in results if isinstance(one, Figure)]
    grown = [one for one in results if isinstance(one, Growth)]
    if grown:
        lines += ["", "How cost grows:", "", "```", *growth(grown), "```"]
    lines += [f"\nNot measured here: {one.name} ({one.why})." for one in results if isinstance(one, Left)]
    return "\n".join(lines) + "\n"


def row(figure: Figure) -> str:
    """Return one line of the table."""
    cells = (
        figure.name,
        spread(figure.ours, figure.unit),
        figure.against,
        spread(figure.theirs, figure.unit) if figure.theirs else "",
        f"{figure.ratio:.2f} ×" if figure.theirs else "",
        f"≤ {figure.limit:g}{' ×' if figure.theirs else ' ' + figure.unit}",
        figure.verdict,
    )
    return f"| {' | '.join(cells)} |"


def spread(values: Sequence[float], unit: str) -> str:
    """Return the median and, of several values, the least and the most."""
    middle = f"{number(median(values))} {unit}"
    return middle if len(values) == 1 else f"{middle} ({number(min(values))}–{number(max(values))})"


def number(value: float) -> str:
    """Return three digits that tell something."""
    return (
        f"{value:.2f}" if 0 < value < 10 else f"{value:.1f}" if value < 100 and value % 1 else f"{value:,.0f}"
    )


def growth(grown: Sequence[Growth], width: int = 30) -> list[str]:
    """Return a bar for each of 1, 10 and 100 times the work, on the figure's own scale."""
    lines = []
    for one in grown:
        most = max(one.costs)
        lines.append(one.name)
        for work, cost in zip(one.work, one.costs, strict=True):
            bar = "█" * max(1, round(width * cost / most)) if cost else ""
            lines.append(f"  {work:>16}  {bar:<{width}}  {number(cost)} {one.unit}")
    return lines
