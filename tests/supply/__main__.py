"""``make sbom`` and ``make licences``, and what a container installs."""

from __future__ import annotations

import sys

from tests.supply.bill import bill
from tests.supply.packages import Package, development, pins, runtime


def main(words: list[str]) -> int:
    """Print what is asked for; 1 when a package does not tell its licence."""
    if words[:1] == ["requirements"]:
        sys.stdout.write(requirements(*words[1:]))
        return 0
    if words == ["sbom"]:
        sys.stdout.write(f"{bill()}\n")
        return 0
    if words != ["licences"]:
        sys.stderr.write("python -m tests.supply sbom | licences | requirements [EXTRA ...]\n")
        return 2
    parts, tools = runtime(), development()
    sys.stdout.write(table({"runs on": parts, "built and checked with": tools}))
    return int(not all(one.licence for one in (*parts.values(), *tools.values())))


def requirements(*extras: str) -> str:
    """Return a file for ``pip install --require-hashes`` with what shopday runs on, and nothing else."""
    pinned = pins()
    lines = [
        " \\\n    ".join([f"{name}=={pinned[name][0]}", *(f"--hash=sha256:{one}" for one in pinned[name][1])])
        for name in runtime(*extras)
    ]
    return "".join(f"{line}\n" for line in lines)


def table(groups: dict[str, dict[str, Package]]) -> str:
    """Return a line a package."""
    rows = [
        (one.name, one.version, one.licence or "not told", use)
        for use, parts in groups.items()
        for one in parts.values()
    ]
    lines = [("package", "version", "licence", "shopday"), ("---",) * 4, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
