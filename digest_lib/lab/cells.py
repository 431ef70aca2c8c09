"""A family's notebook as the lab runs it: what the variants have in common once, then each of them.

The cells that make a digest are kept, those that only show it are left out. Of the kept ones, those that
depend on nothing that the variants set differently are run once (as far as can be seen, see `flow`); the
rest is run for each variant, in names of its own.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from digest_lib.cells import PARAMETERS, source_of, tagged, tags_of
from digest_lib.errors import BadNotebook
from digest_lib.lab.flow import depends, tree_of, unreached_first, without_unused
from digest_lib.publishing.guard import HIDDEN

#: What a desk looks at things with.
_SHOWING = {"compare", "try_prompt", "display", "print"}
#: What the notebook's kernel needs of the library for it.
_TOOLS = ("branch", "dry_trials", "trials")
_BEGIN = "from digest_lib.sections.trial import begin\n\nbegin()"


class Trial(NamedTuple):
    """One variant and seed of a day: its name, and the parameters in which it differs from the others."""

    name: str
    values: Mapping[str, Any]


def working_cells(notebook: Mapping[str, Any]) -> list[str]:
    """The sources of the code cells that make a digest, in order: the desk's, and of those that readers see
    the ones that give something a name."""
    kept = []
    for cell in notebook["cells"]:
        source = source_of(cell)
        if cell["cell_type"] != "code" or PARAMETERS in tags_of(cell) or not source.strip():
            continue
        if _binds(source) or (HIDDEN & {*tags_of(cell)} and not _only_shows(source)):
            kept.append(source)
    return kept


def digest_name(notebook: Mapping[str, Any], where: str) -> str:
    """What the notebook calls its revised digest: what it shows by `section(digest, "making")`. Raises
    `BadNotebook`."""
    for cell in notebook["cells"]:
        tree = tree_of(source_of(cell)) if cell["cell_type"] == "code" else None
        for node in ast.walk(tree) if tree else ():
            match node:
                case ast.Call(
                    func=ast.Name(id="section"), args=[ast.Name(id=name), ast.Constant(value="making")]
                ):
                    return name
    raise BadNotebook(
        where, 'no cell shows `section(digest, "making")`, so it is not known which digest to take'
    )


def assemble(
    notebook: Mapping[str, Any], trials: Sequence[Trial], digest: str, how: str = "trials"
) -> dict[str, Any]:
    """The notebook that runs the trials, behind its parameters cell and what they have in common. `how`:
    `dry_trials` stops before anything is asked."""
    cells = without_unused(working_cells(notebook))
    cells = unreached_first(cells, varied([one.values for one in trials]))
    n = _in_common(cells, trials)
    sources = [_BEGIN, *cells[:n], f"from digest_lib.sections.trial import {', '.join(_TOOLS)}"]
    branches: list[str] = []
    parts: list[str] = []
    for source in _branches(trials, cells[n:], digest, "globals()", "lab"):
        (parts if source.startswith("(") else branches).append(source)
    listed = "".join(f"    {one},\n" for one in parts)
    sources += [*branches, f"for _one in {how}([\n{listed}]):\n    display(_one)"]
    made = copy.deepcopy(dict(notebook))
    parameters = tagged(made, PARAMETERS, "notebook")
    made["cells"] = [parameters, *(_code(f"cell-{k}", source) for k, source in enumerate(sources, 1))]
    return made


def _in_common(cells: Sequence[str], trials: Sequence[Trial]) -> int:
    """How many of the cells no parameter bears on in which the trials differ. Where nothing differs but what
    none uses, all but the last."""
    names = varied([one.values for one in trials])
    return next((n for n, source in enumerate(cells) if depends(source, names)), len(cells) - 1)


def _branches(
    trials: Sequence[Trial], cells: Sequence[str], digest: str, names: str, branch: str
) -> Iterator[str]:
    """The branches, and the parts of the trials from `cells` on, from what `names` holds. Those of the
    trials that are alike in what the first cell uses go on together as far as they can."""
    here = sorted(name for name in varied([one.values for one in trials]) if depends(cells[0], {name}))
    classes: dict[str, list[Trial]] = {}
    for one in trials:
        classes.setdefault(repr([one.values.get(name) for name in here]), []).append(one)
    for k, some in enumerate(classes.values(), 1):
        apart = varied([one.values for one in some])
        own = unreached_first(cells, apart)
        n = _in_common(own, some) if 1 < len(some) < len(trials) else 0
        if not n:
            yield from (_trial(one, cells, digest, names) for one in some)
            continue
        alike = {name: value for name, value in some[0].values.items() if name not in apart}
        source = "\n\n".join([_set(alike), *own[:n]])
        yield f"{branch}_{k} = branch({source!r}, {names})"
        yield from _branches(some, own[n:], digest, f"{branch}_{k}", f"{branch}_{k}")


def _trial(one: Trial, cells: Sequence[str], digest: str, names: str) -> str:
    source = "\n\n".join([_set(one.values), *cells])
    return f"({one.name!r}, {source!r}, {digest!r}, {names})"


def _set(values: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} = {value!r}" for name, value in values.items())


def varied(given: Sequence[Mapping[str, Any]]) -> set[str]:
    """The parameters that do not have the same value in all of them."""
    names = {name for one in given for name in one}
    return {n for n in names if len({repr(one.get(n)) for one in given}) > 1}


def _code(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": name, "metadata": {}, "source": source, "outputs": [],
        "execution_count": None,
    }  # fmt: skip


def _binds(source: str) -> bool:
    """Does the cell give anything a name, or might it?"""
    tree = tree_of(source)
    return tree is None or not all(isinstance(statement, ast.Expr) for statement in tree.body)


def _only_shows(source: str) -> bool:
    """Does the cell only look at what is there: a name, or `compare(digest)`?"""
    tree = tree_of(source)
    shown = [statement.value for statement in tree.body if isinstance(statement, ast.Expr)] if tree else []
    return bool(shown) and all(
        isinstance(value, ast.Name | ast.Attribute)
        or (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in _SHOWING)
        for value in shown
    )
