"""What runs depend on beside their parameters: a name for it, which is another when any of it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from pathlib import Path

import digest_lib
from digest_lib.articles.archive import Archive
from digest_lib.articles.fingerprints import fingerprints
from digest_lib.day import Day
from digest_lib.files import digest_of
from digest_lib.lab.cells import digest_name, working_cells
from digest_lib.running.families import Family, read_notebook
from digest_lib.settings import Home

#: So many days back posts are read, and the archive: texts that are older may go (`DIGEST_TEXT_DAYS`).
_POSTS_BACK, _ARCHIVE_BACK = 31, 60


@dataclass(frozen=True, slots=True)
class Inputs:
    """Of some families and days, looked at once."""

    #: (date, family) -> the last day (UTC) that its runs see of the archive
    last: Mapping[tuple[str, str], Date]
    #: family -> the library's code and its notebook's cells
    made_by: Mapping[str, str]
    #: family -> date -> its published post
    posts: Mapping[str, Mapping[str, str]]
    archive: Mapping[Date, str]

    @classmethod
    def of(cls, home: Home, families: Sequence[Family], ends: Mapping[tuple[str, str], str]) -> Inputs:
        """`ends`: (date, family) -> its recorded cut-off, if there is one. Raises `BadNotebook`."""
        last = {(date, family): _last(date, cut_off) for (date, family), cut_off in ends.items()}
        first, latest = (Day.of(of(date for date, _ in ends)) for of in (min, max))
        since = first.shifted(-_ARCHIVE_BACK).date
        return cls(
            last,
            {family.name: _made_by(family) for family in families},
            {f.name: _posts(home, f.name, str(first.shifted(-_POSTS_BACK)), str(latest)) for f in families},
            fingerprints(Archive(home.archive), since, max(last.values())),
        )

    def about(self, family: str, date: str) -> str:
        """A name for what a run of the day depends on: code, cells, the archive, earlier posts."""
        day, last = Day.of(date), self.last[date, family]
        first, back = day.shifted(-_ARCHIVE_BACK).date, str(day.shifted(-_POSTS_BACK))
        held = [said for on, said in self.archive.items() if first <= on <= last]
        told = [post for on, post in self.posts[family].items() if back <= on < date]
        return digest_of(self.made_by[family], *held, "posts", *told)


def _last(date: str, cut_off: str) -> Date:
    """A day is closed on its own date at the latest, unless somebody has set another cut-off."""
    own = Day.of(date)
    return max(own.date, own.with_cutoff(cut_off).cutoff.date()) if cut_off else own.date


def _made_by(family: Family) -> str:
    notebook = read_notebook(family.path)
    digest_name(notebook, str(family.path))  # told before anything is run
    return digest_of(code_version(), *working_cells(notebook))


def _posts(home: Home, family: str, first: str, last: str) -> dict[str, str]:
    """Of each post of the family from `first` on and before `last`: a name for what it holds."""
    found = {}
    for folder in sorted(home.posts.glob(f"????-??-??-{family}")):
        path = folder / "index.ipynb"
        if first <= folder.name[:10] < last and path.is_file():
            found[folder.name[:10]] = digest_of(path.read_bytes())
    return found


@cache
def code_version() -> str:
    """A name for the library's code: a run is made anew with another."""
    root = Path(digest_lib.__file__).parent
    files = sorted(
        p for p in root.rglob("*") if p.is_file() and p.suffix in {".py", ".tsv", ".toml", ".txt", ".npy"}
    )
    outside = {"cli", "lab", "site", "publishing", "running"}
    parts = [p for p in files if p.relative_to(root).parts[0] not in outside]
    return digest_of(*(x for p in parts for x in (str(p.relative_to(root)), p.read_bytes())))
