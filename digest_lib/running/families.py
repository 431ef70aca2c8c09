"""The families are the notebooks: what is in `notebooks/`, and making a new one."""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from digest_lib.cells import parameters_of, source_of
from digest_lib.errors import BadNotebook, UnknownFamily, UserError
from digest_lib.files import write_atomic
from digest_lib.parameters import KNOWN, problem
from digest_lib.prompt_fields import wrong_with
from digest_lib.publishing.fold import set_parameters
from digest_lib.quick import later, no_formats
from digest_lib.settings import Home
from digest_lib.text.names import entries

with no_formats():
    import nbformat
later("requests")  # with which papermill would fetch notebooks

#: A family's name is part of file names, URLs and ids.
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")

#: Names this much alike are one, written wrongly.
_NEARLY = 0.8

#: What every family's notebook must say for its runs to mean anything.
REQUIRED = ("family", "name", "date", "aliases")


@dataclass(frozen=True, slots=True)
class Family:
    """A family's notebook and the parameters it stands with."""

    name: str
    path: Path
    parameters: dict[str, Any] = field(hash=False)
    #: what seems to be a slip in it, and keeps nothing from running
    doubts: tuple[str, ...] = ()

    @property
    def queries(self) -> list[str]:
        return [str(q) for q in self.parameters.get("queries", [])]


def load(path: Path) -> Family | None:
    """The family of a notebook; None for a notebook that is no family's (it names no `family`).

    Raises `BadNotebook` for one that cannot be read, has no cell tagged `parameters`, lacks a
    parameter, or has one that is not what it must be.
    """
    notebook = read_notebook(path)
    parameters = parameters_of(notebook, str(path))
    if "family" not in parameters:
        return None
    for name in REQUIRED:
        if name not in parameters:
            raise BadNotebook(path, f"its parameters cell does not set `{name}`")
    for name, value in parameters.items():
        wrong = problem(name, value)
        if wrong:
            raise BadNotebook(path, f"in its parameters cell, {wrong}")
        if wrong := wrong_with(name, value):
            raise BadNotebook(path, f"in its parameters cell, `{name}`: {wrong}")
    if not _NAME.fullmatch(path.stem):
        raise BadNotebook(path, "rename it: a family is named with a-z, 0-9 and -, starting with a letter")
    if parameters["family"] != path.stem:
        raise BadNotebook(
            path, f"its family is «{parameters['family']}»; a notebook is named after its family"
        )
    return Family(path.stem, path, parameters, tuple(_misspelt(notebook, parameters)))


def _misspelt(notebook: Any, parameters: Mapping[str, Any]) -> list[str]:
    """Of the parameters that are the notebook's own those that no cell uses and that are named nearly as one
    of the desk's: whoever set it wonders why nothing changes."""
    code = "\n".join(source_of(cell) for cell in notebook.cells if cell.cell_type == "code")
    found = []
    for name in (name for name in parameters if name not in KNOWN):
        near = difflib.get_close_matches(name, KNOWN, 1, _NEARLY)
        if near and len(re.findall(rf"\b{name}\b", code)) == 1:
            found.append(f"in its parameters cell, no cell uses `{name}`; did you mean `{near[0]}`?")
    return found


def read_notebook(path: Path) -> Any:
    """The notebook of a file, as any tool saves it: of an older format, without cell ids, after a byte order
    mark. Raises `BadNotebook`, also for one of another language than Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ids that are missing are added, which is no news to anybody
            notebook = nbformat.reads(path.read_text("utf-8-sig"), as_version=4)
    except FileNotFoundError:
        raise BadNotebook(path, "there is no such notebook") from None
    except Exception as error:  # nbformat raises whatever its parsers do
        raise BadNotebook(path, f"it is not a notebook ({type(error).__name__})") from None
    language = _language(notebook.metadata)
    if language.lower() not in {"", "python", "ipython", "python3"}:
        raise BadNotebook(path, f"it is written for {language}; a family's notebook is run by Python")
    return notebook


def write_notebook(path: Path, notebook: Mapping[str, Any]) -> None:
    """Writes a notebook for people, whose editors end files with a line. Raises `StorageError`."""
    write_atomic(path, written(notebook) + "\n")


def written(notebook: Mapping[str, Any]) -> str:
    """The text of the notebook's file."""
    return str(nbformat.writes(nbformat.from_dict(dict(notebook))))


def _language(metadata: Mapping[str, Any]) -> str:
    """What the notebook says it is written in; empty where it says nothing."""
    for place, key in (("language_info", "name"), ("kernelspec", "language")):
        said = metadata.get(place)
        if isinstance(said, Mapping) and said.get(key):
            return str(said[key])
    return ""


def load_all(home: Home) -> tuple[dict[str, Family], list[BadNotebook]]:
    """Every family of the home by name, and the notebooks that cannot be one."""
    families: dict[str, Family] = {}
    bad: list[BadNotebook] = []
    for path in sorted(home.notebooks.glob("*.ipynb")):
        try:
            family = load(path)
        except BadNotebook as error:
            bad.append(BadNotebook(path.relative_to(home.root), error.problem))
            continue
        if family:
            families[family.name] = family
    return families, bad


def choose(home: Home, names: list[str]) -> tuple[list[Family], list[BadNotebook]]:
    """The named families in that order (all, where none is named), and the notebooks that stand in the way.

    Raises `UnknownFamily` for a name without a notebook.
    """
    families, bad = load_all(home)
    if not names:
        return list(families.values()), bad
    broken = {Path(b.path).stem: b for b in bad}
    for name in names:
        if name not in families and name not in broken:
            raise UnknownFamily(name, sorted(families))
    return [families[n] for n in names if n in families], [broken[n] for n in names if n in broken]


def new_family(home: Home, family: str) -> Path:
    """Makes the notebook of a new family, ready to be tuned. Raises `UserError` when it exists already."""
    if not _NAME.fullmatch(family):
        raise UserError(f"«{family}» is not a family name: use a-z, 0-9 and -, starting with a letter")
    path = home.notebooks / f"{family}.ipynb"
    if path.exists():
        raise UserError(f"{path.relative_to(home.root)} exists already; edit it, or choose another name")
    name = name_of(family)
    notebook = nbformat.reads(template(), as_version=4)
    values = {"family": family, "name": name, "aliases": [name], "queries": [name]}
    set_parameters(notebook, values)
    write_notebook(path, notebook)
    return path


def name_of(family: str) -> str:
    """What readers may call a family, for a person to correct: as the glossary writes it (`deepseek` is
    DeepSeek), a name of several parts as it is (`gpt-oss`), and any other with a capital."""
    known = {_letters(entry.canonical): entry.canonical for entry in reversed(entries())}
    return known.get(_letters(family)) or (family if "-" in family else family.capitalize())


def _letters(name: str) -> str:
    return re.sub(r"[^0-9a-z]", "", name.casefold())


def template() -> str:
    """The notebook that new families start from, as JSON."""
    return (resources.files("digest_lib.running") / "desk.ipynb").read_text("utf-8")
