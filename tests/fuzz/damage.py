"""What is done to an export: to its bytes, its cells, rows and headers, and the parts of a package."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.fuzz.hostile import ALL, PATHS
from tests.fuzz.seeds import CONTAINERS, Grid, Seed, files, grids, unzipped, zipped

_TWISTS = (b"", b"\0", b"\xff", b"\r", b"\n", b'"', b",", b"<", b">", b"\x1b[2J", b"\xff\xfe", b"PK\x05\x06")
_XML = (
    b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b"&a;",
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<row r="1048576">',
    b'<c r="A1" t="s"><v>4294967295</v></c>',
    b'<c t="d"><v>99999-99-99</v></c>',
    b'<c r="B2" t="e"><v>#REF!</v></c>',
    b' uniqueCount="4294967295"',
    b"<![CDATA[",
    b"<!--",
)


def case(number: int | str) -> Seed:
    """Return the damaged export of that number: the same one each time."""
    chance = random.Random(f"shopday {number}")
    way = chance.random()
    if way < 0.35:
        seed = chance.choice(files())
        return Seed(_name(chance, seed.name), turned(chance, seed.data))
    if way < 0.5:
        seed = chance.choice([seed for seed in files() if seed.data.startswith(b"PK")])
        return Seed(_name(chance, seed.name), _repacked(chance, seed.data))
    name, grid = chance.choice(grids())
    table = [list(row) for row in grid]
    for _ in range(1 + chance.randrange(4)):
        chance.choice(_ON_TABLES)(chance, table)
    data = CONTAINERS[chance.choice(list(CONTAINERS))](name, table)
    return Seed(_name(chance, name), turned(chance, data) if chance.random() < 0.15 else data)


def turned(chance: random.Random, data: bytes) -> bytes:
    """Return the bytes with some of them flipped, cut, doubled, moved or put in."""
    held = bytearray(data)
    for _ in range(1 + chance.randrange(5)):
        if not held:
            break
        at, length = chance.randrange(len(held)), 1 + int(chance.expovariate(1 / 40))
        match chance.randrange(8):
            case 0 | 1:
                held[at] ^= 1 << chance.randrange(8)
            case 2:
                held[at] = chance.randrange(256)
            case 3:
                held[at : at + 4] = chance.choice(
                    (b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\xfe\xff\xff\xff")
                )
            case 4:
                del held[at : at + length]
            case 5:
                held[at:at] = held[chance.randrange(len(held)) :][:length] * chance.choice((1, 2, 50))
            case 6:
                held[at:at] = chance.choice(_TWISTS) * chance.choice((1, 3, 200))
            case _ if chance.random() < 0.3:
                del held[at:]
    return bytes(held)


def _repacked(chance: random.Random, data: bytes) -> bytes:
    members = unzipped(data)
    if not members:
        return turned(chance, data)
    name = chance.choice(list(members))
    inside = members[name]
    match chance.randrange(6):
        case 0 | 1:
            members[name] = turned(chance, inside)
        case 2 | 3:
            at = chance.randrange(len(inside) + 1)
            at = inside.find(b">", at) + 1 or at
            members[name] = inside[:at] + chance.choice(_XML) + inside[at:]
        case 4:
            members[f"{chance.choice(PATHS)}.csv"] = members.pop(name)
        case _:
            inner = zipped({"商品报表.csv": zipped(members)})
            members = {"商品报表.zip": inner} if chance.random() < 0.5 else {"商品报表.csv": inner}
    return zipped(members)


def _name(chance: random.Random, name: str) -> str:
    """Return the name, sometimes one that a person would not give."""
    if chance.random() < 0.9:
        return name
    odd = chance.choice(ALL).replace("/", "_").replace("\0", "")
    odd = odd.encode("utf-8", "replace")[:120].decode("utf-8", "ignore")
    return f"{odd}{name[-60:]}"


def _cells(chance: random.Random, table: Grid) -> None:
    for _ in range(1 + chance.randrange(6)):
        row = chance.choice(table)
        if row:
            row[chance.randrange(len(row))] = _hostile(chance)


def _hostile(chance: random.Random) -> str:
    text = chance.choice(ALL)
    if chance.random() < 0.002:
        return text + "长" * 3_000_000
    return text if chance.random() < 0.8 else text + chance.choice(ALL)


def _column(chance: random.Random, table: Grid) -> None:
    at = chance.randrange(max(1, *map(len, table)))
    for row in table[1:]:
        if at < len(row):
            row[at] = _hostile(chance)


def _headers(chance: random.Random, table: Grid) -> None:
    row = chance.choice(table[:3])
    if len(row) > 1:
        one, other = chance.sample(range(len(row)), 2)
        row[one], row[other] = row[other], row[one]
        if chance.random() < 0.3:
            row[one] = _hostile(chance)


def _rows(chance: random.Random, table: Grid) -> None:
    row = list(chance.choice(table))
    times = min(chance.choice((1, 2, 30, 400)), 1 + 500_000 // (1 + len(row) + sum(map(len, row))))
    table[chance.randrange(len(table)) : 0] = [list(row) for _ in range(times)]


def _ragged(chance: random.Random, table: Grid) -> None:
    row = chance.choice(table)
    if chance.random() < 0.5:
        del row[chance.randrange(len(row) + 1) :]
    else:
        cell = _hostile(chance)
        row.extend([cell] * min(chance.choice((1, 5, 300)), 1 + 10_000_000 // len(cell or " ")))


def _dropped(chance: random.Random, table: Grid) -> None:
    at = chance.randrange(max(1, *map(len, table)))
    for row in table:
        del row[at : at + 1]


def _wide(chance: random.Random, table: Grid) -> None:
    if chance.random() < 0.02:
        chance.choice(table).extend(["x"] * chance.choice((20_000, 1_000_000)))


def _shuffled(chance: random.Random, table: Grid) -> None:
    chance.shuffle(table)


_ON_TABLES: tuple[Callable[[random.Random, Grid], None], ...] = (
    _cells, _cells, _cells, _column, _column, _headers, _rows, _ragged, _dropped, _wide, _shuffled,
)  # fmt: skip
