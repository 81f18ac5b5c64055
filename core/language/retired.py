"""Translations of sentences that the code no longer uses but that old journals contain.

``core/locale/released.txt`` contains a hash of every sentence ever released, one per line, sorted.
``retired.po`` in a language's folder contains the translations of released sentences that the code no longer
uses. Both files are for developers; the program reads only the compiled catalog.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

RETIRED: Final = "retired.po"
HEAD: Final = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
NOTE: Final = "# Said by released versions and by no code now: journals still hold them.\n"
_PLURALS: Final = re.compile(r'^"Plural-Forms:.*\n', re.MULTILINE)
_ENTRY: Final = re.compile(r'^msgid .*\n(?:(?:".*|msgid_plural .*|msgstr.*)(?:\n|\Z))+', re.MULTILINE)
_TEXT: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')


def hash_of(sentence: str) -> str:
    """Return a hash of the sentence (of a plural: its singular form), as eight hexadecimal digits."""
    return hashlib.blake2b(sentence.encode(), digest_size=4).hexdigest()


def released_file(locale: Path) -> Path:
    """Return the path of the file with the hashes, next to the language folders."""
    return locale / "released.txt"


def released(locale: Path) -> frozenset[str]:
    """Return the hashes of all released sentences; empty if nothing has been released."""
    file = released_file(locale)
    return frozenset(file.read_text(encoding="ascii").split()) if file.exists() else frozenset()


def release(locale: Path, sentences: Iterable[str]) -> None:
    """Add the sentences' hashes to the released ones."""
    hashes = released(locale) | set(map(hash_of, sentences))
    released_file(locale).write_text("".join(f"{one}\n" for one in sorted(hashes)), encoding="ascii")


def lost(folder: Path, translated: Iterable[str]) -> list[str]:
    """Return one line for each released sentence that is no longer translated."""
    missing = released(folder.parent) - set(map(hash_of, translated))
    return [
        f"released.txt: {one}: a released sentence has no translation any more" for one in sorted(missing)
    ]


def retire(folder: Path, files: Iterable[Path], said: Collection[str]) -> list[str]:
    """Move released sentences that are no longer in ``said`` into ``retired.po``; return those sentences."""
    known, moved, names, plurals = released(folder.parent), [], [], ""
    for file in files:
        if file.name == RETIRED:
            continue
        text = file.read_text(encoding="utf-8")
        plurals = plurals or next(iter(_PLURALS.findall(text)), "")
        for entry in _ENTRY.finditer(text):
            sentence = _sentence(entry[0])
            if sentence not in said and hash_of(sentence) in known:
                moved.append(entry[0].rstrip("\n"))
                names.append(sentence)
        kept = _ENTRY.sub(lambda entry: "" if entry[0].rstrip("\n") in moved else entry[0], text)
        if kept != text:
            file.write_text(re.sub(r"\n{3,}", "\n\n", kept), encoding="utf-8")
    if moved:
        retired = folder / RETIRED
        before = retired.read_text(encoding="utf-8") if retired.exists() else f"{HEAD}{plurals}\n{NOTE}"
        retired.write_text(before.rstrip("\n") + "\n\n" + "\n\n".join(moved) + "\n", encoding="utf-8")
    return names


def _sentence(entry: str) -> str:
    """Return the unescaped msgid of a ``.po`` entry."""
    head = re.split(r"^(?:msgid_plural|msgstr)", entry, maxsplit=1, flags=re.MULTILINE)[0]
    pieces: list[str] = _TEXT.findall(head)
    return re.sub(r"\\(.)", lambda one: {"n": "\n", "t": "\t"}.get(one[1], one[1]), "".join(pieces))
