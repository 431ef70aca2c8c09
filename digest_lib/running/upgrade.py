"""What earlier versions of the library left in a home, and bringing it up to date.

All of it is read as it is: files of the archive, records and posts say which version they are of, or lack
what was not known then, and mean the same. `digest upgrade` says what could be written in today's form, and
does so when it is told to. What it replaces is kept in `archive/before-upgrade/`; nothing is run, no post is
rewritten: a post is what its readers saw.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat

from digest_lib.articles.archive import Archive
from digest_lib.articles.compacting import compact, groups
from digest_lib.articles.tables import NEWER, Table
from digest_lib.cells import PARAMETERS, parameters_of, source_of, tags_of
from digest_lib.errors import BadNotebook, NewerFile, UnsafePost
from digest_lib.files import read_json, storage, write_atomic
from digest_lib.publishing.fold import set_parameters
from digest_lib.publishing.guard import check_post
from digest_lib.running import records
from digest_lib.running.families import read_notebook, template, write_notebook
from digest_lib.running.records import Record
from digest_lib.settings import Home
from digest_lib.site.outfit import others


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that could be brought up to date: what it is, what would be done, and doing it. `do` is None
    for what only a person can do."""

    what: str
    says: str
    do: Callable[[], None] | None

    def __str__(self) -> str:
        return f"{self.what}: {self.says}"


def changes(home: Home, now: datetime) -> list[Change]:
    """Everything that could be brought up to date, in the order in which it would be."""
    kept = home.archive / "before-upgrade" / f"{now:%Y%m%dT%H%M%SZ}"
    return [
        *_of_archive(Archive(home.archive), now.date()),
        *_of_records(home, kept),
        *_of_notebooks(home, kept),
        *_of_posts(home),
        *_of_site(home, kept),
    ]


def _of_archive(archive: Archive, today: Date) -> Iterator[Change]:
    for name, table in archive.tables.items():
        found = groups(table.readable((Date.min, Date.max)), today)
        if months := [group for group in found if group.monthly]:
            count = sum(len(group.files) for group in months)
            says = f"{count} files of old days are put together into {len(months)}, a month in each"

            def do(table: Table = table) -> None:
                for _ in compact(table, today):
                    pass

            yield Change(f"archive/{name}", says, do)
    for path, why in archive.problems.items():
        if why.startswith(NEWER):
            yield Change(f"archive/{path.relative_to(archive.folder)}", why, None)


def _of_records(home: Home, kept: Path) -> Iterator[Change]:
    names = {field.name for field in fields(Record)}
    for path in sorted(home.runs.glob("*.json")):
        try:
            record = records.read(path)
        except NewerFile as error:
            yield Change(f"archive/runs/{path.name}", error.problem, None)
            continue
        if record is None or not (missing := names - set(read_json(path))):
            continue
        says = f"is of before, and gets {', '.join(sorted(missing))} (empty: not known then)"

        def do(path: Path = path, record: Record = record) -> None:
            _keep(path, home, kept)
            records.save(home, record)

        yield Change(f"archive/runs/{path.name}", says, do)


def _of_notebooks(home: Home, kept: Path) -> Iterator[Change]:
    """Notebooks of families whose cells, but for the parameters, are not today's desk."""
    desk = nbformat.reads(template(), as_version=4)
    for path in sorted(home.notebooks.glob("*.ipynb")):
        try:
            notebook = read_notebook(path)
            said = parameters_of(notebook, str(path))
        except BadNotebook:
            continue  # `digest status` names it
        added = {n: v for n, v in parameters_of(desk).items() if n not in said}
        other = _other_cells(notebook, desk)
        if "family" not in said or not (added or other):
            continue
        parts = [f"its cells {', '.join(other)} become those of today's desk"] if other else []
        parts += [f"its parameters get {', '.join(added)}"] if added else []

        def do(path: Path = path, notebook: Any = notebook, added: dict[str, Any] = added) -> None:
            _keep(path, home, kept)
            set_parameters(notebook, added)
            (own,) = (cell for cell in notebook.cells if PARAMETERS in tags_of(cell))
            notebook.nbformat_minor = max(notebook.nbformat_minor, desk.nbformat_minor)
            own.setdefault("id", PARAMETERS)
            notebook.cells = [own if PARAMETERS in tags_of(cell) else cell for cell in desk.cells]
            write_notebook(path, notebook)

        yield Change(f"notebooks/{path.name}", "; ".join(parts), do)


def _other_cells(notebook: Any, desk: Any) -> list[str]:
    """The names of cells that are not as the desk has them, or not there, or there beside it."""
    its = {cell.id: source_of(cell) for cell in _shared(desk)}
    # As older editors save them, cells have no id: then it is the desk's cell that says the same.
    known = {source: name for name, source in its.items()}
    mine = {
        cell.get("id") or known.get(source_of(cell), f"cell {n}"): source_of(cell)
        for n, cell in enumerate(_shared(notebook), 1)
    }
    return [name for name in {**its, **mine} if mine.get(name) != its.get(name)]


def _shared(notebook: Any) -> list[Any]:
    """The cells but the one with the parameters."""
    return [cell for cell in notebook.cells if PARAMETERS not in tags_of(cell)]


def _of_posts(home: Home) -> Iterator[Change]:
    for folder in sorted(home.posts.glob("????-??-??-*")):
        try:
            check_post(folder)
        except NewerFile as error:
            yield Change(f"posts/{folder.name}", error.problem, None)
        except UnsafePost as error:
            date, family = folder.name[:10], folder.name[11:]
            again = f"write it anew with: digest run --date {date} --families {family}"
            yield Change(f"posts/{folder.name}", f"{error.reason}; {again}", None)


def _of_site(home: Home, kept: Path) -> Iterator[Change]:
    """Files of the site that are not as shipped: unchanged copies of earlier ones, and a person's."""
    for one in others(home.root):
        path = home.root / one.path

        def do(path: Path = path, today: Path = one.today) -> None:
            _keep(path, home, kept)
            with storage(path):
                write_atomic(path, today.read_bytes())

        if one.earlier:
            yield Change(one.path, "is an unchanged copy of an earlier version, and becomes today's", do)
        else:
            own = f"was changed here and stays so; what is shipped today is {one.today}: take over what"
            yield Change(
                one.path, f"{own} you need, or delete yours, and the next render puts that there", None
            )


def _keep(path: Path, home: Home, kept: Path) -> None:
    """Copies what is about to be replaced."""
    target = kept / path.relative_to(home.root)
    with storage(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
