"""Translations: each language has one ``.po`` file (a fragment) per area, merged into the catalog in use.

::

    python -m core.language.catalog            merge core/locale/*/*.po into LC_MESSAGES/shopday.mo of each
    python -m core.language.catalog --check    is every sentence translated, and each .mo up to date?
    python -m core.language.catalog --release  before a release: from now on all sentences stay translatable

A language that declares itself complete (in ``formats.toml``) must translate every sentence. In other
languages, sentences that are missing, empty or fuzzy are left out, and the program shows them in the source
language. Merging moves released sentences that are no longer in the code into ``retired.po``
(:mod:`core.language.retired`). Needs Babel, which only developers have.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Final

from babel.localedata import exists
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from core.language.locale_folders import LOCALE, SOURCE, formats, languages, wrong_formats
from core.language.retired import lost, release, retire

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("core", "routines", "tui")
KEYWORDS: Final = {"say": (1,), "N_": (1,), "plural": (1, 2)}
TEMPLATES: Final = [("**.j2", "jinja2")]
_NO_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A constant creation date, so that the same sentences always compile to the same file."""

Words = str | tuple[str, ...]


@dataclass
class Merged:
    """The fragments (``*.po`` files) of a language merged into one catalog, and the problems found."""

    catalog: Catalog
    complaints: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    """Entries left out because their translation is unfinished (empty or fuzzy)."""
    home: dict[Words, str] = field(default_factory=dict)
    """The file name of the fragment that each sentence comes from."""
    plurals: str = ""
    """The ``Plural-Forms`` header of the fragments."""


def fragments(folder: Path) -> list[Path]:
    """Return the language's fragments (``*.po`` files), sorted by name."""
    return sorted(folder.glob("*.po"))


def merge(files: Iterable[Path], locale: str) -> Merged:
    """Return the fragments merged into one catalog; if two translations differ, the first is kept.

    The catalog's plural rule is the fragments' own ``Plural-Forms`` header or, without one, Babel's rule for
    the language.
    """
    known = locale if exists(locale) else SOURCE  # Babel writes no plural rule for a locale it does not know
    merged = Merged(
        Catalog(known, project="shopday", charset="utf-8", creation_date=_NO_TIME, revision_date=_NO_TIME)
    )
    for file in files:
        with file.open("rb") as source:
            fragment = read_po(source, locale=locale, charset="utf-8", abort_invalid=True)
        _take_plurals(merged, fragment, file)
        for message in fragment:
            if message.id:
                _take(merged, message, file.name)
    return merged


def sentences(root: Path, packages: Iterable[str] = PACKAGES) -> Iterator[tuple[Words, str]]:
    """Yield every message id used in the code and the templates, with the place where it is used."""
    for package in packages:
        for file, call in _calls(root, package):
            for words in _words_of(call):
                yield words, f"{file}:{call.lineno}"
        for name, line, found, *_ in extract_from_dir(str(root / package), TEMPLATES, keywords=KEYWORDS):
            yield found, f"{package}/{name}:{line}"


def helps(root: Path) -> Iterator[tuple[Words, str]]:
    """Yield every paragraph of the help that F1 shows for an analysis, with the place it comes from.

    The help is the docstring of each public function in ``core/topics`` that returns an Answer.
    """
    for file in sorted((root / "core" / "topics").glob("*/*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and _returned(node) == "Answer" and node.name[0] != "_":
                for paragraph in filter(str.strip, (ast.get_docstring(node) or "").split("\n\n")):
                    yield " ".join(paragraph.split()), f"{file.relative_to(root)}:{node.lineno}"


def untranslated(catalog: Catalog, found: Iterable[tuple[Words, str]]) -> list[str]:
    """Return one line for each sentence in the code that has no translation; each sentence is listed once."""
    missing: dict[Words, str] = {}
    for words, place in found:
        message = catalog.get(words[0] if isinstance(words, tuple) else words)
        whole = message is not None and (not isinstance(words, tuple) or _words(message) == words)
        if not whole or message is None or not all(_strings(message)):
            missing.setdefault(words, place)
    return [f"{place}: not translated: {words!r}" for words, place in missing.items()]


def hidden(root: Path, packages: Iterable[str] = PACKAGES) -> list[str]:
    """Return one line for each message built at run time (f-string, ``+``), which cannot be extracted."""
    return [
        f"{file}:{call.lineno}: a sentence is put together before it is translated"
        for package in packages
        for file, call in _calls(root, package)
        if any(isinstance(word, ast.JoinedStr | ast.BinOp) for word in _message(call))
    ]


def folders() -> list[Path]:
    """Return the folder of every language except the source language, whose sentences are in the code."""
    return [LOCALE / code for code in languages() if code != SOURCE]


def check(root: Path, folder: Path, *, complete: bool = True) -> list[str]:
    """Return the problems in a language's translations, one line each; empty if there are none."""
    merged = merge(fragments(folder), folder.name)
    complaints = merged.complaints
    if complete:
        complaints += hidden(root) + merged.gaps
        complaints += untranslated(merged.catalog, chain(sentences(root), helps(root)))
        complaints += lost(folder, (_first(_words(message)) for message in merged.catalog if message.id))
    if not _same(merged.catalog, compiled(folder)):
        complaints.append("shopday.mo is not up to date: run python -m core.language.catalog")
    return complaints


def check_all() -> list[str]:
    """Return the problems of every language: those of :func:`check`, and invalid ``formats.toml`` fields."""
    found = [f"{code}/formats.toml: {wrong}" for code in languages() for wrong in wrong_formats(code)]
    for folder in folders():
        lines = check(ROOT, folder, complete=formats(folder.name).complete)
        found += [f"{folder.name}: {line}" for line in lines]
    return found


def compile_catalog(folder: Path) -> Merged:
    """Compile a language's merged catalog into the ``.mo`` file that the program reads."""
    merged = merge(fragments(folder), folder.name)
    compiled(folder).parent.mkdir(parents=True, exist_ok=True)
    beside = compiled(folder).with_suffix(".tmp")
    with beside.open("wb") as target:
        write_mo(target, merged.catalog)
    beside.chmod(0o644)  # part of the program, so readable by everybody
    beside.replace(compiled(folder))
    return merged


def said(root: Path = ROOT) -> set[str]:
    """Return the message ids in the code, which journals may contain; of a plural, the singular form."""
    return {_first(words) for words, _ in sentences(root)}


def compiled(folder: Path) -> Path:
    """Return the path of a language's compiled catalog (``.mo``)."""
    return folder / "LC_MESSAGES" / "shopday.mo"


def main(words: list[str]) -> int:
    """Merge the catalogs; only check them with ``--check``; record the current sentences with ``--release``.

    Return the exit code: 0 if all is well, 1 if problems were found, 2 for wrong arguments.
    """
    if words not in ([], ["--check"], ["--release"]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if words == ["--release"]:
        release(LOCALE, said())
        return 0
    complaints = check_all() if words else _compile_all()
    sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


def _compile_all() -> list[str]:
    """Compile every language's catalog; return the problems found, one line each."""
    complaints = []
    now = said() | {_first(words) for words, _ in helps(ROOT)}
    for folder in folders():
        retire(folder, fragments(folder), now)
        merged = compile_catalog(folder)
        lines = merged.complaints + (merged.gaps if formats(folder.name).complete else [])
        complaints += [f"{folder.name}: {line}" for line in lines]
    return complaints


def _take_plurals(merged: Merged, fragment: Catalog, file: Path) -> None:
    """Take over the fragment's ``Plural-Forms``; note a problem if an earlier fragment has others."""
    if "Plural-Forms:" not in file.read_text(encoding="utf-8"):
        return
    if not merged.plurals:
        merged.plurals = fragment.plural_forms
        merged.catalog.mime_headers = [("Plural-Forms", fragment.plural_forms)]
    elif merged.plurals != fragment.plural_forms:
        merged.complaints.append(f"{file.name}: other Plural-Forms than the fragments before it")


def _returned(function: ast.FunctionDef) -> str:
    """Return the class named in a function's return annotation, without type arguments."""
    returns = function.returns
    return getattr(returns.value if isinstance(returns, ast.Subscript) else returns, "id", "")


def _calls(root: Path, package: str) -> Iterator[tuple[Path, ast.Call]]:
    """Yield every call of say, N_ and plural with its file.

    Babel's extractor misses calls inside f-strings.
    """
    for file in sorted((root / package).rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if not any(f"{keyword}(" in source for keyword in KEYWORDS):
            continue
        nodes = ast.walk(ast.parse(source))
        calls = [node for node in nodes if isinstance(node, ast.Call) and _called(node) in KEYWORDS]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            yield file.relative_to(root), call


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _message(call: ast.Call) -> list[ast.expr]:
    return call.args[: len(KEYWORDS[_called(call)])]


def _words_of(call: ast.Call) -> Iterator[Words]:
    """Yield the message ids that a call contains.

    These are a single id, the ids in both branches of an ``if`` expression, or a pair (singular, plural).
    """
    message = [_texts(word) for word in _message(call)]
    if len(message) == 1:
        yield from message[0]
    elif message and all(message):
        yield tuple(texts[0] for texts in message)


def _texts(word: ast.expr) -> list[str]:
    if isinstance(word, ast.IfExp):
        return _texts(word.body) + _texts(word.orelse)
    return (
        [word.value] if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value else []
    )


def _take(merged: Merged, message: Message, file: str) -> None:
    words = _words(message)
    unfinished = "fuzzy" if message.fuzzy else "" if all(_strings(message)) else "empty"
    if unfinished:
        merged.gaps.append(f"{file}: {unfinished}: {words!r}")
        return
    held = merged.catalog.get(message.id)
    if held is not None and (_words(held) != words or _strings(held) != _strings(message)):
        merged.complaints.append(f"{file} and {merged.home[_first(words)]} differ on {words!r}")
        return
    merged.complaints += [f"{file}: {complaint}: {words!r}" for complaint in _misfits(message)]
    merged.catalog.add(message.id, message.string)
    merged.home[_first(words)] = file


def _misfits(message: Message) -> Iterator[str]:
    """Yield a problem for each translation whose ``{names}`` differ from those of the sentence."""
    wanted = _names(message.id[-1] if message.pluralizable else str(message.id))
    for text in _strings(message):
        if (names := _names(text)) != wanted:
            yield f"says {sorted(names)} for {sorted(wanted)}"


def _names(text: str) -> set[str]:
    """Return the ``{names}`` in a message; if its braces are invalid, return the error's text instead."""
    try:
        parts = string.Formatter().parse(text)
        return {name.split(".")[0].split("[")[0] for _, name, _, _ in parts if name is not None}
    except ValueError as error:
        return {str(error)}


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string or ""]


def _words(message: Message) -> Words:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _first(words: Words) -> str:
    return words if isinstance(words, str) else words[0]


def _same(catalog: Catalog, path: Path) -> bool:
    """Return whether the compiled file contains exactly the catalog's sentences."""
    if not path.is_file():
        return False
    with path.open("rb") as source:
        written: Catalog = read_mo(source)
    return _content(catalog) == _content(written)


def _content(catalog: Catalog) -> dict[Words, list[str]]:
    return {_words(message): _strings(message) for message in catalog if message.id}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
