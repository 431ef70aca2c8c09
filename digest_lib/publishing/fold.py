"""The `parameters` cell, filled with the values of a run (`cells.py` reads it).

papermill leaves the defaults where they are and puts the run's values into a cell of its own. A post has one
cell with what it was run with: comments and order as in the family's notebook, values as in the run.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from typing import Any

from digest_lib.cells import (
    PARAMETERS,
    assigned,
    literal,
    source_of,
    tagged,
    tags_of,
)

INJECTED = "injected-parameters"


def set_parameters(notebook: Mapping[str, Any], values: Mapping[str, Any], where: str = "notebook") -> None:
    """Writes values into the `parameters` cell of `notebook`, in place. Raises `BadNotebook`."""
    cell = tagged(notebook, PARAMETERS, where)
    cell["source"] = replace_values(source_of(cell), values, where)


def fold(notebook: Mapping[str, Any], where: str = "notebook") -> dict[str, Any]:
    """A copy of an executed notebook whose `parameters` cell holds the injected values, and which has no
    injected cell. A notebook without an injected cell comes back as it is. Raises `BadNotebook`."""
    folded = copy.deepcopy(dict(notebook))
    parameters = tagged(folded, PARAMETERS, where)
    for injected in [c for c in folded["cells"] if INJECTED in tags_of(c)]:
        nodes = assigned(source_of(injected), where)
        values = {name: literal(name, node, where) for name, node in nodes.items()}
        parameters["source"] = replace_values(source_of(parameters), values, where)
        folded["cells"].remove(injected)
    return folded


def replace_values(source: str, values: Mapping[str, Any], where: str = "notebook") -> str:
    """The source with the assigned values replaced; names that it does not assign are added at its end.

    A value that is already there keeps the way in which it is written.
    """
    nodes = assigned(source, where)
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
