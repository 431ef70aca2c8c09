"""The `parameters` cell: read without running it, and filled with the values of a run.

papermill leaves the defaults where they are and puts the run's values into a cell of its own. A post has one
cell with what it was run with: comments and order as in the family's notebook, values as in the run.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from typing import Any

from digest_lib.errors import BadNotebook

PARAMETERS = "parameters"
INJECTED = "injected-parameters"


def tags_of(cell: Mapping[str, Any]) -> list[str]:
    """The cell's tags; none where its metadata is not what it should be."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags", []) if isinstance(metadata, Mapping) else []
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def source_of(cell: Mapping[str, Any]) -> str:
    """The cell's source as one string (nbformat allows a list of lines)."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def parameters_of(notebook: Mapping[str, Any], where: str = "notebook") -> dict[str, Any]:
    """The values assigned in the `parameters` cell, read statically.

    Raises `BadNotebook` (naming `where`) when there is no such cell, or a value is not a literal.
    """
    source = source_of(_tagged(notebook, PARAMETERS, where))
    return {name: _literal(name, node, where) for name, node in _assigned(source, where).items()}


def set_parameters(notebook: Mapping[str, Any], values: Mapping[str, Any], where: str = "notebook") -> None:
    """Writes values into the `parameters` cell of `notebook`, in place. Raises `BadNotebook`."""
    cell = _tagged(notebook, PARAMETERS, where)
    cell["source"] = replace_values(source_of(cell), values, where)


def fold(notebook: Mapping[str, Any], where: str = "notebook") -> dict[str, Any]:
    """A copy of an executed notebook whose `parameters` cell holds the injected values, and which has no
    injected cell. A notebook without an injected cell comes back as it is. Raises `BadNotebook`."""
    folded = copy.deepcopy(dict(notebook))
    parameters = _tagged(folded, PARAMETERS, where)
    for injected in [c for c in folded["cells"] if INJECTED in tags_of(c)]:
        nodes = _assigned(source_of(injected), where)
        values = {name: _literal(name, node, where) for name, node in nodes.items()}
        parameters["source"] = replace_values(source_of(parameters), values, where)
        folded["cells"].remove(injected)
    return folded


def replace_values(source: str, values: Mapping[str, Any], where: str = "notebook") -> str:
    """The source with the assigned values replaced; names that it does not assign are added at its end.

    A value that is already there keeps the way in which it is written.
    """
    nodes = _assigned(source, where)
    raw = source.encode()
    starts = _line_starts(raw)
    for name, node in sorted(nodes.items(), key=lambda item: -item[1].lineno):
        if name not in values or _same(node, values[name]):
            continue
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        raw = raw[:begin] + written(values[name]).encode() + raw[end:]
    added = [f"{name} = {written(value)}" for name, value in values.items() if name not in nodes]
    return "\n".join([raw.decode().rstrip("\n"), *added]) if added else raw.decode()


def written(value: Any) -> str:
    """A literal for the value: text of several lines stays text of several lines."""
    if isinstance(value, str) and "\n" in value:
        body = value.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        if body.endswith('"'):
            body = body[:-1] + '\\"'
        literal = f'"""{body}"""'
        try:
            if ast.literal_eval(literal) == value:  # false where it holds a carriage return
                return literal
        except (ValueError, SyntaxError):  # a null character
            pass
    return repr(value)


def _tagged(notebook: Mapping[str, Any], tag: str, where: str) -> Any:
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, Mapping) and cell.get("cell_type") == "code" and tag in tags_of(cell):
            return cell
    raise BadNotebook(where, f"no code cell is tagged `{tag}`; tag the one that sets family, date, …")


def _assigned(source: str, where: str) -> dict[str, ast.expr]:
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


def _literal(name: str, node: ast.expr, where: str) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        raise BadNotebook(
            where, f"the parameter `{name}` is not a plain value (text, number, list, dict, None)"
        ) from None


def _same(node: ast.expr, value: Any) -> bool:
    try:
        there = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return False
    return type(there) is type(value) and bool(there == value)


def _line_starts(raw: bytes) -> list[int]:
    """Where each line begins, in bytes: `ast` counts columns in UTF-8."""
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts
