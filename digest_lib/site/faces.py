"""Which page of a site is given which files of the headlines' face; see `typeface`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from digest_lib.files import named
from digest_lib.publishing import dom
from digest_lib.site.addresses import way_up
from digest_lib.site.config import Config
from digest_lib.site.inputs import name_of
from digest_lib.site.posts import Post
from digest_lib.site.typeface import Source, cut, drawn, first_used, ranges

FOLDER: Final = "fonts"
#: As the stylesheet calls it.
_FAMILY: Final = "Headline"
#: So many characters are enough for the file that all pages share.
_SHARED: Final = 250
_ADDED: Final = f'link[rel="preload"][as="font"], link[rel="stylesheet"][href*="{FOLDER}/"]'


@dataclass(frozen=True)
class Sheet:
    """A stylesheet that names files of the face: its path, and the files with their characters."""

    path: str
    files: tuple[tuple[str, str], ...]

    @cached_property
    def made_of(self) -> str:
        """All of it, in a line; a day's is asked for by each of the day's pages. (Files are named by what is
        in them.)"""
        return f"{self.path}={','.join(name for name, _ in self.files)}"


class Faces:
    """The stylesheets of a site: of each day, and one for pages that are of none."""

    def __init__(self, posts: Sequence[Post], names: Sequence[str], source: Source | None) -> None:
        """`posts` are newest first; `names` stand on every page; without a font there are no sheets."""
        self._font = source
        self._sheets: dict[date | None, Sheet] = {}
        if self._font:
            self._make(posts, names, self._font)

    def _make(self, posts: Sequence[Post], names: Sequence[str], source: Source) -> None:
        headlines: dict[date, list[str]] = {}
        for post in reversed(posts):
            own = [post.brief.headline, *(story.headline for story in post.brief.stories)]
            headlines.setdefault(post.brief.day, []).extend(own)
        shared = first_used(headlines.values(), _SHARED) | drawn(names)
        common = self._file("shared", shared, source)
        self._sheets[None] = Sheet(f"{FOLDER}/shared.css", common)
        for day, own in headlines.items():
            beside = self._file(str(day), drawn(own) - shared, source)
            self._sheets[day] = Sheet(f"{FOLDER}/{day}.css", (*common, *beside))

    @staticmethod
    def _file(name: str, characters: set[str], source: Source) -> tuple[tuple[str, str], ...]:
        text = "".join(sorted(characters))
        return ((f"{name}-{named(source.key, text)[:12]}.woff2", text),) if text else ()

    def of(self, day: date | None) -> Sheet | None:
        """The sheet for a page of the day; None where there is no font."""
        return self._sheets.get(day) or self._sheets.get(None)

    def files(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """Everything that pages link to: the path of each, a name of what it is made from, what makes it."""
        if self._font is None:
            return
        path, key = self._font
        told = dict(file for sheet in self._sheets.values() for file in sheet.files)
        for name, characters in told.items():
            yield f"{FOLDER}/{name}", name_of(key, characters), partial(cut, path, characters)
        for sheet in self._sheets.values():
            yield sheet.path, name_of(key, sheet), partial(_css, sheet, self._font)


def _css(sheet: Sheet, source: Source) -> bytes:
    faces = [
        f'@font-face{{font-family:"{_FAMILY}";src:url("{name}") format("woff2");font-weight:100 900;'
        f"font-display:swap;unicode-range:{ranges(source.path, characters)}}}\n"
        for name, characters in sheet.files
    ]
    return "".join(faces).encode()


def dress(tree: LexborHTMLParser, page: str, sheet: Sheet | None, config: Config) -> None:
    """Links a page to its sheet, and has a browser ask for the files at once. Doing it again changes
    nothing."""
    head = tree.head
    if head is None:
        return
    for node in head.css(_ADDED):
        dom.taken_out(node)
    if sheet is None:
        return
    top = way_up(page, config)
    for name, _ in sheet.files:
        values = {"rel": "preload", "as_": "font", "type": "font/woff2", "crossorigin": ""}
        head.insert_child(dom.made(tree, "link", **values, href=f"{top}{FOLDER}/{name}"))
        head.insert_child("\n")
    head.insert_child(dom.made(tree, "link", rel="stylesheet", href=f"{top}{sheet.path}"))
    head.insert_child("\n")
