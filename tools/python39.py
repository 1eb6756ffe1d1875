"""Python 3.10's code as Python 3.9 runs it: sshkeep.pyz has a copy of sshkeep that is translated by this.

What 3.9 lacks is unions with ``|`` where they are evaluated, ``zip(strict=)`` and ``bisect(key=)``. What it
lacks besides, such as ``match``, can't be translated: the test that runs sshkeep.pyz with 3.9 fails for it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

HELPERS = "_sshkeep_python39"
HELPERS_TEXT = '''
from typing import Union


def union(left, right):
    """``left | right``, of values or types."""
    try:
        return left | right
    except TypeError:
        return Union[left, right]


def bisect_left(items, value, key):
    """bisect.bisect_left with its ``key``."""
    return _first(len(items), lambda at: not key(items[at]) < value)


def bisect_right(items, value, key):
    """bisect.bisect_right with its ``key``."""
    return _first(len(items), lambda at: value < key(items[at]))


def _first(high, holds):
    low = 0
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
'''
"""The text of the module that translated modules call."""


def translated(text: str) -> str:
    """The text of a module for Python 3.9; without its comments."""
    tree = ast.parse(text)
    translator = _Translator(annotations_are_texts=_has_future_import(tree.body))
    tree = translator.visit(tree)
    if translator.used:
        # Behind the docstring and the future import.
        place = next(
            number
            for number, each in enumerate(tree.body)
            if not isinstance(each, ast.Expr) and getattr(each, "module", "") != "__future__"
        )
        tree.body.insert(place, ast.Import([ast.alias(HELPERS)]))
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _has_future_import(body: Iterable[ast.stmt]) -> bool:
    return any(isinstance(each, ast.ImportFrom) and each.module == "__future__" for each in body)


class _Translator(ast.NodeTransformer):
    def __init__(self, *, annotations_are_texts: bool) -> None:
        self.annotations_are_texts = annotations_are_texts
        self.used = False

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node if self.annotations_are_texts else self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if not self.annotations_are_texts:
            return self.generic_visit(node)
        if node.value:
            node.value = self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        returns = node.returns
        if self.annotations_are_texts:
            node.returns = None
        self.generic_visit(node)
        if self.annotations_are_texts:
            node.returns = returns
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        return self._call("union", [node.left, node.right]) if isinstance(node.op, ast.BitOr) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "isinstance":
            node.args[1] = _tuple_of_types(node.args[1])
        self.generic_visit(node)
        if name == "zip":
            node.keywords = [each for each in node.keywords if each.arg != "strict"]
        if name in ("bisect_left", "bisect_right") and node.keywords:
            return self._call(name, [*node.args, *(each.value for each in node.keywords)])
        return node

    def _call(self, name: str, arguments: list[ast.expr]) -> ast.Call:
        self.used = True
        function = ast.Attribute(ast.Name(HELPERS, ast.Load()), name, ast.Load())
        return ast.Call(function, arguments, [])


def _tuple_of_types(node: ast.expr) -> ast.expr:
    """``A | B`` as isinstance of Python 3.9 takes it."""
    if not isinstance(node, ast.BinOp):
        return node
    left = _tuple_of_types(node.left)
    return ast.Tuple([*(left.elts if isinstance(left, ast.Tuple) else [left]), node.right], ast.Load())
