"""The published posts as the site's pages see them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from digest_lib.cells import parameters_of, tags_of
from digest_lib.charts.raster import ENDINGS
from digest_lib.errors import BadNotebook, PostChanged, UnsafePost
from digest_lib.files import named, restore_folder, storage
from digest_lib.publishing import dom
from digest_lib.publishing.front import COVER, SMALL, headline_of, summary_of, title_of
from digest_lib.publishing.guard import HIDDEN, NOTEBOOK, check_post
from digest_lib.publishing.set_aside import SetAside, move_aside
from digest_lib.sections.facts import KEY, Facts
from digest_lib.settings import Home
from digest_lib.site.brief import Brief
from digest_lib.site.leavings import clear_post
from digest_lib.site.ledger import Ledger

_SETTINGS = re.compile(r"_metadata\.ya?ml|_quarto(-.*)?\.ya?ml|_extensions")
SETTINGS_FAULT = "it would change how every post is rendered, and may name programs to run"


@dataclass(frozen=True)
class Post:
    """A post that passed the guard. All its facts are read when a page asks for them: most pages of a site
    that has grown are there already."""

    name: str
    path: Path
    brief: Brief
    #: A name of all that it holds; empty where nobody asked for it.
    digest: str
    load: Callable[[], Facts] = field(repr=False, compare=False)

    @classmethod
    def of(cls, name: str, path: Path, facts: Facts, digest: str = "") -> Self:
        """A post whose facts are known."""
        return cls(name, path, Brief.of(facts), digest, lambda: facts)

    @cached_property
    def made_of(self) -> str:
        """What it holds, in a line."""
        return f"{self.name}={self.digest}"

    @cached_property
    def facts(self) -> Facts:
        """Everything machine-readable about it."""
        return self.load()

    @property
    def title(self) -> str:
        return title_of(self.facts)

    @property
    def headline(self) -> str:
        """What lists show below the title."""
        return headline_of(self.facts)

    @property
    def summary(self) -> str:
        return summary_of(self.facts)

    @cached_property
    def cover(self) -> str | None:
        """The file name of the image that stands for the post."""
        return self._image(COVER)

    @property
    def thumbnail(self) -> str | None:
        """The same in small; posts of before have none."""
        return self._image(SMALL)

    def _image(self, name: str) -> str | None:
        return next((name + end for end in ENDINGS if name + end in self.brief.files), None)

    def html(self) -> str:
        """What a reader sees of it, as the guard left it."""
        notebook = json.loads(seen(self.path, NOTEBOOK, self.brief.files.get(NOTEBOOK, "")))
        return "\n".join(
            output["data"]["text/html"]
            for cell in notebook["cells"]
            if cell["cell_type"] == "code" and not HIDDEN & set(tags_of(cell))
            for output in cell["outputs"]
        )

    @cached_property
    def parameters(self) -> Mapping[str, object]:
        """What its notebook was run with; empty where that cannot be told."""
        try:
            notebook = json.loads((self.path / NOTEBOOK).read_text(encoding="utf-8"))
            return parameters_of(notebook, self.name)
        except (BadNotebook, OSError, ValueError):
            return {}

    def chart(self, name: str) -> str | None:
        """The `<figure>` of one of its charts, with its table; None where the post has no such chart."""
        return dom.element(self.html(), f"figure#chart-{name}") or None


def read_posts(home: Home, ledger: Ledger | None = None) -> tuple[list[Post], list[SetAside]]:
    """Every post, newest first (a day's by family), and those that had to be set aside. With a `ledger` only
    those are read that it does not know as they are.

    A post that the guard refuses is moved to `posts/_set-aside/` with its reason; the others go on. What an
    interrupted render left in a post is removed first: it is no part of it.
    Raises `UnsafePost` for one that cannot be moved.
    """
    if not home.posts.is_dir():
        return [], []
    _restore(home.posts)
    posts: list[Post] = []
    aside = [move_aside(path, SETTINGS_FAULT) for path in _settings(home.posts)]
    for folder in _folders(home.posts):
        try:
            posts.append(_known(folder, ledger) if ledger else _read(folder))
        except UnsafePost as error:
            aside.append(move_aside(folder, error.reason))
    posts.sort(key=lambda post: post.brief.family)
    posts.sort(key=lambda post: post.brief.day, reverse=True)
    return posts, aside


def _folders(posts: Path) -> list[Path]:
    with os.scandir(posts) as found:
        names = [one.name for one in found if not one.name.startswith((".", "_")) and one.is_dir()]
    return [posts / name for name in sorted(names)]


def _read(folder: Path) -> Post:
    clear_post(folder)
    facts = check_post(folder)
    files = {path.name: "" for path in folder.iterdir()}
    return Post(folder.name, folder, Brief.of(facts, files), "", lambda: facts)


def _known(folder: Path, ledger: Ledger) -> Post:
    known = ledger.post_before(folder)
    if known is None:
        clear_post(folder)
        known = ledger.post(folder)
    brief, digest = known
    return Post(folder.name, folder, brief, digest, partial(_facts, folder, brief.files.get(NOTEBOOK, "")))


def _facts(folder: Path, digest: str) -> Facts:
    """The facts of a post that the guard has seen: of what it has seen, and of nothing else."""
    return Facts.model_validate(json.loads(seen(folder, NOTEBOOK, digest))["metadata"][KEY])


def seen(folder: Path, name: str, digest: str) -> bytes:
    """A file of a post as the guard has seen it (`digest`; empty: unknown). Raises `PostChanged`."""
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:  # a retracted post has no pictures
        raise PostChanged(folder.name) from None
    if digest and named(data) != digest:
        raise PostChanged(folder.name)
    return data


def _settings(posts: Path) -> list[Path]:
    """What Quarto would apply to every post of the folder: filters and settings that are in no post."""
    return sorted(path for path in posts.iterdir() if _SETTINGS.fullmatch(path.name))


def _restore(posts: Path) -> None:
    """Puts back posts that were being replaced when the machine went down."""
    with storage(posts):
        for left in posts.glob(".*.old"):
            restore_folder(posts / left.name.removeprefix(".").removesuffix(".old"))
