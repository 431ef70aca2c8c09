"""In which order a notebook's cells may be run, so that what variants leave alone comes first.

A cell is passed over others only where that can be seen to change nothing: it and they do no more than call
the newsroom's vocabulary, which changes nothing that it is given, and give names to what it returns.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from digest_lib.cells import as_python

#: What reaches every name there is: no cell that does so can be told not to depend on one.
_ANYTHING = {"globals", "locals", "vars", "eval", "exec", "get_ipython"}
#: Of Python's own, what changes nothing that it is given.
_HARMLESS = {"dict", "float", "int", "len", "list", "max", "min", "range", "set", "sorted", "str", "tuple"}


def depends(source: str, names: Collection[str]) -> bool:
    """Does the cell use one of the names, as far as can be seen? One that cannot be read does."""
    tree = tree_of(source)
    return tree is None or bool(_used(tree) & {*names, *_ANYTHING})


def unreached_first(cells: Sequence[str], names: Collection[str]) -> list[str]:
    """The cells, those first that use none of the names, nor what one that does has made."""
    library = _library(cells)
    first: list[str] = []
    rest: list[str] = []
    reached, used = set(names), set[str]()
    all_plain = True
    for source in cells:
        tree = tree_of(source)
        is_plain = tree is not None and _is_plain(tree, library)
        bound = _bound(tree) if tree else set()
        may_pass = not rest or (is_plain and all_plain and not bound & used)
        if may_pass and not depends(source, reached):
            first.append(source)
            continue
        rest.append(source)
        reached |= bound
        used |= _used(tree) if tree else set()
        all_plain = all_plain and is_plain
    return [*first, *rest]


def without_unused(cells: Sequence[str]) -> list[str]:
    """The cells, which import of the newsroom's vocabulary only what one of them uses: the rest draws, and is
    imported by kernels that draw nothing. Where it cannot be seen what is used, they stay as they are."""
    trees = [tree_of(source) for source in cells]
    used = {name for tree in trees if tree for name in _used(tree)}
    if None in trees or used & _ANYTHING:
        return [*cells]
    return [_importing(source, used) for source in cells]


def _importing(source: str, used: Collection[str]) -> str:
    """The cell, importing only what is used: by statements that have lines of their own."""
    lines = source.splitlines()
    tree = tree_of(source)
    for node in reversed(tree.body if tree else []):
        if not isinstance(node, ast.ImportFrom) or (node.module, node.level) != ("digest_lib", 0):
            continue
        first, last = node.lineno - 1, node.end_lineno or node.lineno
        if _is("\n".join(lines[first:last]), node):
            kept = [ast.unparse(one) for one in node.names if (one.asname or one.name) in {*used, "*"}]
            lines[first:last] = [f"from digest_lib import {', '.join(kept)}"] if kept else []
    return "\n".join(lines)


def _is(text: str, statement: ast.stmt) -> bool:
    """Whether the text is this statement and no other."""
    try:
        return [ast.dump(one) for one in ast.parse(text).body] == [ast.dump(statement)]
    except SyntaxError:
        return False


@lru_cache(maxsize=512)  # asked for each parameter that varies
def tree_of(source: str) -> ast.Module | None:
    """The cell's syntax; None for what is no Python even when a notebook's magics are made some."""
    try:
        return ast.parse(as_python(source))
    except SyntaxError:
        return None


def _library(cells: Sequence[str]) -> set[str]:
    """The names that are the newsroom's vocabulary, and that no cell gives to anything else."""
    trees = [tree for source in cells if (tree := tree_of(source))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {
        alias.asname or alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "digest_lib" and not node.level
        for alias in node.names
    }
    others = {name for node in nodes for name in _binds(node)}
    return (imported | _HARMLESS) - others


def _is_plain(tree: ast.Module, library: Collection[str]) -> bool:
    """Does it only call the library, and give names to what that returns?"""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in library:
                pass
            case ast.Call() | ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                return False
    return all(isinstance(one, ast.Assign | ast.AnnAssign | ast.Expr) for one in tree.body)


def _used(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _bound(tree: ast.Module) -> set[str]:
    return {name for node in ast.walk(tree) for name in _binds(node)}


def _binds(node: ast.AST) -> Iterator[str]:
    """What the node gives to a name, an import from the newsroom's vocabulary apart."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.ImportFrom(module="digest_lib", level=0):
            pass
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in names)
