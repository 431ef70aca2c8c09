"""A notebook's cells: their tags and sources, and the `parameters` cell, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from digest_lib.errors import BadNotebook

PARAMETERS = "parameters"
#: The mime type of an output that is for whoever sits at the desk, and no part of a post.
DESK_ONLY = "application/vnd.digest.desk+json"


def tags_of(cell: Mapping[str, Any]) -> list[str]:
    """The cell's tags; none where its metadata is not what it should be."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags", []) if isinstance(metadata, Mapping) else []
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def source_of(cell: Mapping[str, Any]) -> str:
    """The cell's source as one string (nbformat allows a list of lines)."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def as_python(source: str) -> str:
    """A cell's source with what only a notebook understands (`%matplotlib inline`) made Python."""
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]


def parameters_of(notebook: Mapping[str, Any], where: str = "notebook") -> dict[str, Any]:
    """The values assigned in the `parameters` cell, read statically.

    Raises `BadNotebook` (naming `where`) when there is no such cell, or a value is not a literal.
    """
    source = source_of(tagged(notebook, PARAMETERS, where))
    return {name: literal(name, node, where) for name, node in assigned(source, where).items()}


def tagged(notebook: Mapping[str, Any], tag: str, where: str) -> Any:
    """The first code cell with the tag. Raises `BadNotebook`."""
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, Mapping) and cell.get("cell_type") == "code" and tag in tags_of(cell):
            return cell
    raise BadNotebook(where, f"no code cell is tagged `{tag}`; tag the one that sets family, date, …")


def assigned(source: str, where: str) -> dict[str, ast.expr]:
    """The value node of every `name = …` at the top level; the last one counts."""
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise BadNotebook(
            where, f"line {error.lineno} of its parameters is not Python: {error.msg}"
        ) from None
    found: dict[str, ast.expr] = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def literal(name: str, node: ast.expr, where: str) -> Any:
    """The value of a parameter's node. Raises `BadNotebook` where it is no literal."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        raise BadNotebook(
            where, f"the parameter `{name}` is not a plain value (text, number, list, dict, None)"
        ) from None
