"""Where a file can be mutated: with most of mutmut's operators and three of our own."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

WORDING = {"say", "plural", "N_"}
"""Their literals are message ids: rewording one changes no behaviour, and the catalog has its own tests."""
TYPING = {"cast", "TypeVar"}
"""Their literals are types or names of types: only the type checker reads them."""
HARMLESS = {"len", "isinstance", "cast", "TypeVar"}
"""Calls whose arguments are not removed, since such a mutant always breaks or never does."""
CHECKS = {"dataclass": {"frozen", "slots", "kw_only"}, "zip": {"strict"}}
"""Keyword arguments that only forbid mistakes: without them correct code does the same."""

Operator = Callable[[Any], Iterable[cst.CSTNode]]


def negate_if(node: cst.If) -> Iterator[cst.CSTNode]:
    """Enter the branch when it should not be entered."""
    test = node.test.with_changes(
        lpar=[cst.LeftParen(), *node.test.lpar], rpar=[*node.test.rpar, cst.RightParen()]
    )
    yield node.with_changes(
        test=cst.UnaryOperation(operator=cst.Not(), expression=test),
        whitespace_before_test=cst.SimpleWhitespace(" "),
    )


def remove_call(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    """Leave out a statement that is only a call, such as ``found.append(one)``."""
    if (
        len(node.body) == 1
        and isinstance(node.body[0], cst.Expr)
        and isinstance(node.body[0].value, cst.Call)
    ):
        yield node.with_changes(body=[cst.Pass()])


def remove_keyword(node: cst.Call) -> Iterator[cst.CSTNode]:
    """Leave out a keyword argument; most have a default."""
    for place, argument in enumerate(node.args):
        if argument.keyword is not None and not _only_checks(node, argument):
            yield node.with_changes(args=[*node.args[:place], *node.args[place + 1 :]])


CRUDE = (mutators.operator_arg_removal, mutators.operator_assignment)
"""They put None in the place of values: any test that only runs the line fails, so they tell little."""
OPERATORS: Sequence[tuple[type, Operator]] = [
    *((kind, operator) for kind, operator in mutators.mutation_operators if operator not in CRUDE),
    (cst.If, negate_if),
    (cst.SimpleStatementLine, remove_call),
    (cst.Call, remove_keyword),
]


@dataclass(frozen=True)
class Site:
    """One node that one operator can change."""

    node: cst.CSTNode
    operator: Operator
    lines: range
    """The lines of its statement; of a compound statement, those of its header."""
    in_function: bool
    """Whether it runs when a function is called, not when the module is imported."""


@dataclass(frozen=True)
class Mutant:
    """A file with one change."""

    file: str
    code: str
    lines: range
    in_function: bool


def sites(code: str) -> tuple[cst.Module, list[Site]]:
    """Return the parsed module and its sites in reading order."""
    wrapper = MetadataWrapper(cst.parse_module(code))
    positions = wrapper.resolve(PositionProvider)
    found: list[Site] = []

    def look(node: cst.CSTNode, lines: range, *, in_function: bool) -> None:
        if isinstance(node, cst.BaseStatement):
            place = positions[node]
            last = place.end.line
            if isinstance(node, cst.BaseCompoundStatement):
                body = node.cases[0] if isinstance(node, cst.Match) else node.body
                last = max(place.start.line, positions[body].start.line - 1)
            lines = range(place.start.line, last + 1)
        if not _left_alone(node):
            for kind, operator in OPERATORS:
                if isinstance(node, kind) and not _spared(node) and _first(operator(node)):
                    found.append(Site(node, operator, lines, in_function))
        for child in node.children:
            if not _skipped(node, child):
                inside = in_function or (
                    isinstance(node, cst.FunctionDef | cst.Lambda) and child is node.body
                )
                look(child, lines, in_function=inside)

    look(wrapper.module, range(0), in_function=False)
    return wrapper.module, found


def mutate(file: str, code: str, number: int, rng: Random) -> Mutant | None:
    """Return the file with its site of this number changed; None where no change is valid Python."""
    module, found = sites(code)
    site = found[number]
    variants = list(site.operator(site.node))
    rng.shuffle(variants)
    for changed in variants:
        new = module.deep_replace(site.node, changed)
        assert isinstance(new, cst.Module)
        if new.code != code and _is_python(new.code):
            return Mutant(file, new.code, site.lines, site.in_function)
    return None


def _left_alone(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and _called(node) in HARMLESS | WORDING


def _spared(node: cst.CSTNode) -> bool:
    """Tell whether the node only helps the type checker: ``TYPE_CHECKING``, ``X: TypeAlias = ...``."""
    if isinstance(node, cst.If):
        return isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING"
    return isinstance(node, cst.AnnAssign) and "TypeAlias" in _name(node.annotation.annotation)


def _skipped(node: cst.CSTNode, child: cst.CSTNode) -> bool:
    if isinstance(child, cst.Annotation | cst.Import | cst.ImportFrom):
        return True
    if isinstance(node, cst.Expr) and isinstance(child, cst.SimpleString | cst.ConcatenatedString):
        return True  # a docstring
    if isinstance(node, cst.AnnAssign) and "TypeAlias" in _name(node.annotation.annotation):
        return True
    if isinstance(node, cst.Call) and isinstance(child, cst.Arg) and _only_checks(node, child):
        return True
    literal = cst.SimpleString | cst.ConcatenatedString
    return (
        isinstance(node, cst.Call)
        and _called(node) in WORDING | TYPING
        and isinstance(child, cst.Arg)
        and isinstance(child.value, literal)
    )


def _only_checks(call: cst.Call, argument: cst.Arg) -> bool:
    return argument.keyword is not None and argument.keyword.value in CHECKS.get(_called(call), ())


def _called(node: cst.Call) -> str:
    return _name(node.func)


def _name(node: cst.CSTNode) -> str:
    if isinstance(node, cst.Attribute):
        return str(node.attr.value)
    return str(node.value) if isinstance(node, cst.Name) else ""


def _first(changes: Iterable[cst.CSTNode]) -> bool:
    return next(iter(changes), None) is not None


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True
