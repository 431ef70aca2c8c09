"""The published posts as the site's pages see them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from digest_lib.cells import tags_of
from digest_lib.charts.raster import ENDINGS
from digest_lib.errors import UnsafePost
from digest_lib.files import restore_folder, storage
from digest_lib.publishing import dom
from digest_lib.publishing.front import COVER, SMALL, headline_of, summary_of, title_of
from digest_lib.publishing.guard import HIDDEN, NOTEBOOK, check_post
from digest_lib.publishing.set_aside import SetAside, move_aside
from digest_lib.sections.facts import Facts
from digest_lib.settings import Home
from digest_lib.site.leavings import clear_post
from digest_lib.site.ledger import Ledger

_SETTINGS = re.compile(r"_metadata\.ya?ml|_quarto(-.*)?\.ya?ml|_extensions")
SETTINGS_FAULT = "it would change how every post is rendered, and may name programs to run"


@dataclass(frozen=True, slots=True)
class Post:
    """A post that passed the guard."""

    name: str
    path: Path
    facts: Facts
    #: A name of all that it holds; empty where nobody asked for it.
    digest: str = ""

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

    @property
    def cover(self) -> str | None:
        """The file name of the image that stands for the post."""
        return self._image(COVER)

    @property
    def thumbnail(self) -> str | None:
        """The same in small; posts of before have none."""
        return self._image(SMALL)

    def _image(self, name: str) -> str | None:
        return next((name + end for end in ENDINGS if (self.path / f"{name}{end}").is_file()), None)

    def html(self) -> str:
        """What a reader sees of it, as the guard left it."""
        notebook = json.loads((self.path / NOTEBOOK).read_text(encoding="utf-8"))
        return "\n".join(
            output["data"]["text/html"]
            for cell in notebook["cells"]
            if cell["cell_type"] == "code" and not HIDDEN & set(tags_of(cell))
            for output in cell["outputs"]
        )

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
    for folder in sorted(home.posts.iterdir()):
        if folder.name.startswith((".", "_")) or not folder.is_dir():
            continue
        try:
            clear_post(folder)
            facts, digest = ledger.post(folder) if ledger else (check_post(folder), "")
            posts.append(Post(folder.name, folder, facts, digest))
        except UnsafePost as error:
            aside.append(move_aside(folder, error.reason))
    posts.sort(key=lambda post: post.facts.family)
    posts.sort(key=lambda post: post.facts.date, reverse=True)
    return posts, aside


def _settings(posts: Path) -> list[Path]:
    """What Quarto would apply to every post of the folder: filters and settings that are in no post."""
    return sorted(path for path in posts.iterdir() if _SETTINGS.fullmatch(path.name))


def _restore(posts: Path) -> None:
    """Puts back posts that were being replaced when the machine went down."""
    with storage(posts):
        for left in posts.glob(".*.old"):
            restore_folder(posts / left.name.removeprefix(".").removesuffix(".old"))
