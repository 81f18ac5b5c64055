"""Every sentence the program says is translated; and what the check finds if it is not."""

from pathlib import Path

import pytest

from core.language.catalog import (
    check,
    check_all,
    compile_catalog,
    fragments,
    helps,
    hidden,
    merge,
    said,
    sentences,
    untranslated,
)
from core.language.locale_folders import LOCALE, formats, languages
from core.language.retired import hash_of, release, released, retire

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def fragment(folder: Path, name: str, *pairs: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.po"
    file.write_text(PO + "\n\n".join(pairs), encoding="utf-8")
    return file


def code(folder: Path, text: str) -> Path:
    for package in ("core", "routines", "tui"):
        (folder / package).mkdir(parents=True, exist_ok=True)
    (folder / "core" / "x.py").write_text(text, encoding="utf-8")
    return folder


def test_all_that_the_program_says_is_there_in_every_complete_language() -> None:
    assert [code for code in languages() if formats(code).complete] == ["en", "zh"]
    assert check_all() == []


def test_fragments_become_one_catalog(tmp_path: Path) -> None:
    zh = tmp_path / "zh"
    fragment(zh, "a", 'msgid "Stock"\nmsgstr "货品"')
    fragment(zh, "b", 'msgid "{n} word"\nmsgid_plural "{n} words"\nmsgstr[0] "{n} 个词"')
    root = code(tmp_path, 'say("Stock"); plural("{n} word", "{n} words", 2); say(later)')

    assert check(root, zh) == ["shopday.mo is not up to date: run python -m core.language.catalog"]
    compile_catalog(zh)
    assert check(root, zh) == []


def test_the_same_fragments_give_the_same_bytes(tmp_path: Path) -> None:
    zh = tmp_path / "zh"
    fragment(zh, "a", 'msgid "Stock"\nmsgstr "货品"')
    compile_catalog(zh)
    first = (zh / "LC_MESSAGES/shopday.mo").read_bytes()
    compile_catalog(zh)

    assert (zh / "LC_MESSAGES/shopday.mo").read_bytes() == first


@pytest.mark.parametrize(
    ("pairs", "complaint"),
    [
        (['msgid "Sold {gmv}."\nmsgstr "卖了。"'], "says [] for ['gmv']"),
        (['msgid "Sold {gmv}."\nmsgstr "卖了 {gmw}。"'], "says ['gmw'] for ['gmv']"),
        (['msgid "{n:.0f} a"\nmsgstr "{n} 个{x}"'], "says ['n', 'x'] for ['n']"),
        (['msgid "Sold {gmv}."\nmsgstr "卖了 {gmv。"'], "says"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(tmp_path: Path, pairs: list[str], complaint: str) -> None:
    merged = merge([fragment(tmp_path, "a", *pairs)], "zh")

    assert ["a.po: " in said and complaint in said for said in merged.complaints] == [True]


@pytest.mark.parametrize(
    ("entry", "gap"),
    [
        ('msgid "Stock"\nmsgstr ""', "a.po: empty: 'Stock'"),
        ('#, fuzzy\nmsgid "Stock"\nmsgstr "货品"', "a.po: fuzzy: 'Stock'"),
    ],
)
def test_an_unfinished_translation_is_left_out_and_complained_of_where_all_are_wanted(
    tmp_path: Path, entry: str, gap: str
) -> None:
    zh, root = tmp_path / "zh", code(tmp_path, 'say("Stock")')
    fragment(zh, "a", entry)
    merged = compile_catalog(zh)

    assert (merged.complaints, merged.gaps) == ([], [gap])
    assert merged.catalog.get("Stock") is None
    assert check(root, zh) == [gap, "core/x.py:1: not translated: 'Stock'"]
    assert check(root, zh, complete=False) == []


def test_two_fragments_that_disagree_are_named(tmp_path: Path) -> None:
    files = [
        fragment(tmp_path, name, f'msgid "Stock"\nmsgstr "{text}"')
        for name, text in (("a", "货品"), ("b", "库存"))
    ]

    assert merge(files, "zh").complaints == ["b.po and a.po differ on 'Stock'"]
    assert merge([files[0], files[0]], "zh").complaints == []


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('say(f"{n} words")', "put together"),
        ('say("Stock " + name)', "put together"),
        ('plural("{n} word", f"{n} words", 2)', "put together"),
    ],
)
def test_a_sentence_no_tool_can_find_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (found,) = hidden(code(tmp_path, line))

    assert found.startswith("core/x.py:1: ")
    assert complaint in found


def test_sentences_are_found_wherever_they_are_said(tmp_path: Path) -> None:
    root = code(tmp_path, 'x = f"{say(\'Stock\')}: {say(title)}"\ny = wording.say("up" if rise else "down")')
    (root / "tui" / "page.html.j2").write_text('<h1>{{ say("Report") }}</h1>')

    assert [words for words, _ in sentences(root)] == ["Stock", "up", "down", "Report"]


def test_what_f1_says_of_an_analysis_is_found_paragraph_by_paragraph(tmp_path: Path) -> None:
    (tmp_path / "core" / "topics" / "stock").mkdir(parents=True)
    (tmp_path / "core" / "topics" / "stock" / "stock.py").write_text(
        'def cover(stock) -> Answer:\n    """What runs\n    out?\n\n    Reads stock.\n    """\n'
        'def glance(stock) -> Answer[Words]:\n    """What is left?"""\n'
        'def _help() -> Answer:\n    """Not shown."""\ndef text() -> str:\n    """Not shown."""\n'
    )

    assert [words for words, _ in helps(tmp_path)] == ["What runs out?", "Reads stock.", "What is left?"]


def test_a_sentence_nobody_translated_is_named_with_its_place(tmp_path: Path) -> None:
    root = code(
        tmp_path,
        'x = N_("Stock " "runs out")\nplural("{n} word", "{n} words", 2)\nsay(\n    "Stock runs out")',
    )
    only_one = fragment(tmp_path / "zh", "a", 'msgid "{n} word"\nmsgstr "{n} 个词"')

    assert untranslated(merge([only_one], "zh").catalog, sentences(root)) == [
        "core/x.py:1: not translated: 'Stock runs out'",
        "core/x.py:2: not translated: ('{n} word', '{n} words')",
    ]


def released_shop(folder: Path) -> tuple[Path, Path]:
    """Return code and translations of a version that was released, its two fragments compiled."""
    zh = folder / "zh"
    fragment(zh, "a", 'msgid "Stock"\nmsgstr "货品"', '# Words.\nmsgid "Sold {n}."\nmsgstr "卖了 {n}。"')
    fragment(
        zh,
        "b",
        'msgid "{n} word"\nmsgid_plural "{n} words"\nmsgstr[0] "{n} 个词"\n'
        'msgid "a \\"quoted\\" "\n"sentence"\nmsgstr "引"',
    )
    root = code(
        folder,
        """say("Stock"); say("Sold {n}."); plural("{n} word", "{n} words", 2)
say('a "quoted" sentence')""",
    )
    compile_catalog(zh)
    release(folder, said(root))
    assert check(root, zh) == []
    return root, zh


def test_a_released_sentence_that_left_the_code_stays_translated(tmp_path: Path) -> None:
    root, zh = released_shop(tmp_path)
    before = (zh / "LC_MESSAGES/shopday.mo").read_bytes()
    code(root, 'say("Stock")')
    gone = retire(zh, fragments(zh), said(root))
    compile_catalog(zh)

    assert sorted(gone) == ["Sold {n}.", 'a "quoted" sentence', "{n} word"]
    assert check(root, zh) == []
    assert (zh / "LC_MESSAGES/shopday.mo").read_bytes() == before
    assert "Sold {n}." not in (zh / "a.po").read_text(encoding="utf-8")
    retired = (zh / "retired.po").read_text(encoding="utf-8")
    assert "Stock" not in retired
    assert 'msgid_plural "{n} words"' in retired
    assert retire(zh, fragments(zh), said(root)) == []
    assert (zh / "retired.po").read_text(encoding="utf-8") == retired


def test_a_sentence_that_was_never_released_is_left_where_it_is(tmp_path: Path) -> None:
    root, zh = released_shop(tmp_path)
    new = fragment(zh, "c", 'msgid "New"\nmsgstr "新"')
    before = new.read_text(encoding="utf-8")

    assert retire(zh, fragments(zh), said(root)) == []
    assert new.read_text(encoding="utf-8") == before
    assert not (zh / "retired.po").exists()


def test_a_released_sentence_that_lost_its_translation_is_named(tmp_path: Path) -> None:
    root, zh = released_shop(tmp_path)
    fragment(zh, "a", 'msgid "Stock"\nmsgstr "货品"')
    code(root, 'say("Stock")')
    compile_catalog(zh)

    assert check(root, zh) == [
        f"released.txt: {hash_of('Sold {n}.')}: a released sentence has no translation any more"
    ]


def test_a_second_release_keeps_what_the_first_one_said(tmp_path: Path) -> None:
    root, _ = released_shop(tmp_path)
    release(tmp_path, said(code(root, 'say("New")')))

    assert {hash_of("Stock"), hash_of("New")} <= released(tmp_path)
    lines = (tmp_path / "released.txt").read_text().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 5


def test_every_sentence_of_the_first_version_is_noted() -> None:
    assert len(released(LOCALE)) > 3000
