"""What renderers and killed processes leave beside a home's sources, and its removal.

Quarto writes a page's HTML and images beside the page, and moves them into the site when it is done: a render
that is interrupted leaves them there. They belong to nobody, and a post is no worse for them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Final

import psutil

from digest_lib.charts.raster import ENDINGS
from digest_lib.files import restore_folder, storage
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.settings import Home

#: The folder that a build works in; one that is there when no build runs was left by a killed one.
BUILD_PREFIX: Final = ".site-"

#: What Quarto makes beside a source named `STEM.*`: the page, its files, the notebooks that it goes through.
_MADE: Final = (
    "{stem}.html",
    "{stem}_files",
    "{stem}-preview.html",
    "{stem}.embed.ipynb",
    "{stem}.embed_files",
    "{stem}.embed-preview.html",
    "{stem}.out.ipynb",
    "{stem}.out_files",
    "{stem}.html.md",
)
_PASSED: Final = ".quarto_ipynb"
_PASSING: Final = r"(?:{stem})?\.quarto_ipynb(?:_\d+)?"


def made_from(source: Path) -> Iterator[Path]:
    """What a renderer has left of a page beside its source."""
    yield from _made_from([source])


def _made_from(sources: Iterable[Path]) -> Iterator[Path]:
    """As `made_from`, of sources that lie in one folder, which is looked at once."""
    folder, beside, passing = None, frozenset[str](), list[str]()
    for source in sources:
        if source.parent != folder:
            folder = source.parent
            beside = frozenset(os.listdir(folder))  # noqa: PTH208 - names, for every post at each build
            passing = sorted(name for name in beside if _PASSED in name)
        names = [name.format(stem=source.stem) for name in _MADE]
        yield from (source.with_name(name) for name in names if name in beside)
        if passing:
            own = re.compile(_PASSING.format(stem=re.escape(source.stem)))
            yield from (source.with_name(name) for name in passing if own.fullmatch(name))


def clear_post(folder: Path) -> None:
    """Removes what renderers left in a post's folder."""
    if folder.is_symlink():
        return  # a link to another place, which is not ours to tidy
    with storage(folder):
        names = os.listdir(folder)  # noqa: PTH208 - names, for every post at each build
        if not all(name == NOTEBOOK or name.endswith(ENDINGS) for name in names):
            remove([*made_from(folder / NOTEBOOK)])


def clear_pages(home: Home, sources: Iterable[str]) -> None:
    """Removes what renderers left beside generated pages, by their paths in the home. Beside pages of a
    person nothing is touched."""
    for place, own in groupby(sources, key=lambda source: source.rpartition("/")[0]):
        folder = home.root / place
        with storage(folder):
            names = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - names, of thousands
            if not all(name.endswith(".qmd") for name in names):
                remove([*_made_from(home.root / source for source in own)])


def clear_builds(home: Home) -> None:
    """Removes the folders of builds that were killed, and ends the renderers that still write there.

    Only for whoever holds the home's `render_lock`: there is no other build then. A site that was just being
    put into its place is put back first.
    """
    with storage(home.root):
        restore_folder(home.site.resolve())
        left = [path for path in sorted(home.root.glob(f"{BUILD_PREFIX}*")) if path.is_dir()]
        for folder in left:
            _end_renderers(folder)
        remove(left)


def _end_renderers(folder: Path) -> None:
    """Ends what renders into the folder. Its name is a build's own, so nothing else is meant."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "render" in words and any(str(folder) in word for word in words):
            with suppress(psutil.Error):
                family = [process, *process.children(recursive=True)]
                for one in family:
                    one.kill()
                psutil.wait_procs(family, timeout=5)


def remove(paths: Iterable[Path]) -> None:
    """Deletes files, links and whole folders."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
