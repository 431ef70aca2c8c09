"""Which page of a site is given which files of its faces: one for headlines, one for text; see `typeface`.

What is usual is in files that all pages share: the characters that stand in several of the first headlines,
and those that most of the first posts use. Each page has files with what it uses beside that; what only its
folded parts use is another one. A day that is added changes none of the others'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import starmap
from typing import Final
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from digest_lib.files import named
from digest_lib.publishing import dom
from digest_lib.site.addresses import way_up
from digest_lib.site.config import Config
from digest_lib.site.face_cuts import HEADLINE, TEXT, Cut
from digest_lib.site.font_files import Source
from digest_lib.site.posts import Post
from digest_lib.site.seen import seen
from digest_lib.site.typeface import drawn, first_used, shared_out

FOLDER: Final = "fonts"
#: So many characters are enough for the file of headlines that all pages share.
_SHARED: Final = 120
#: What the stylesheet sets in it.
_HEADLINES: Final = ".site-name, .home h1, .lead h2, .brief h3, .post-head h1, .story > h3, .story-page h1"
_ADDED: Final = f'link[rel="preload"][as="font"], link[rel="stylesheet"][href*="{FOLDER}/"]'
_FOLDED: Final = "-folded"
_HEADLINE: Final = "-headlines"
#: A page is given what posts usually fold away where it folds so many of these characters away itself.
_WORTH: Final = 60


@dataclass(frozen=True)
class Sheet:
    """What a page is dressed in: the shared files of headlines and of text, seen at once and folded away, by
    their names in the folder, and the fonts that its own files are cut from (`serif` for headlines)."""

    serif: Source | None = None
    headlines: tuple[tuple[str, Cut], ...] = ()
    text: tuple[tuple[str, Cut], ...] = ()
    folded: tuple[tuple[str, Cut], ...] = ()
    fonts: tuple[Source, ...] = ()
    #: what scripts write into pages of a kind, by the kind
    words: tuple[tuple[str, str], ...] = ()

    @cached_property
    def made_of(self) -> str:
        """All of it, in a line. (Files are named by what is in them.)"""
        names = [name for name, _ in self.files]
        fonts = (font.key for font in (self.serif, *self.fonts) if font)
        return ",".join([*names, *fonts, *map("=".join, self.words)])

    @property
    def files(self) -> tuple[tuple[str, Cut], ...]:
        """All that is shared."""
        return *self.headlines, *self.text, *self.folded

    def needed(self, tree: LexborHTMLParser) -> tuple[tuple[tuple[str, Cut], ...], dict[str, Cut]]:
        """What a page needs of what is shared, and beside that: files by the ends of their names. Where a
        character is in two of them, the last counts: nothing that is folded away is asked for unopened."""
        at_once, folded = seen(tree)
        kinds = dom.attributes(tree.body).get("class", "").split() if tree.body else ()
        written = {char for name, words in self.words if name in kinds for char in words}
        shown, away = _of(self.text), _of(self.folded)
        later = (folded | written) - at_once - shown
        worth = len(later & away) >= _WORTH
        own = {
            f"{kind}{f'-{number}' if number else ''}": Cut(TEXT, font, text)
            for kind, characters in (("", at_once - shown), (_FOLDED, later - away if worth else later))
            for number, (font, text) in enumerate(shared_out(self.fonts, characters))
        }
        if self.serif and (large := self._large(tree)):
            own[_HEADLINE] = Cut(HEADLINE, self.serif, large)
        return (*self.headlines, *self.text, *(self.folded if worth else ())), own

    def _large(self, tree: LexborHTMLParser) -> str:
        """The characters of the page's headlines that are not shared."""
        told = drawn(node.text() for node in tree.css(_HEADLINES))
        return "".join(sorted(told - _of(self.headlines)))


def _of(files: Iterable[tuple[str, Cut]]) -> set[str]:
    return {char for _, cut in files for char in cut.characters}


class Faces:
    """What the pages of a site share: in `sheet`."""

    def __init__(
        self,
        posts: Sequence[Post],
        names: Sequence[str],
        serif: Source | None,
        fonts: Sequence[Source] = (),
        usual: tuple[set[str], set[str]] = (set(), set()),
        words: Mapping[str, str] | None = None,
    ) -> None:
        """`posts` are newest first; `names` stand on every page; `usual` are the characters of text that most
        pages show and fold away, `words` those that scripts write. Without fonts there is nothing to be
        dressed in."""
        text, folded = (
            tuple((f"text-{cut.name}.woff2", cut) for cut in starmap(partial(Cut, TEXT), found))
            for found in (shared_out(fonts, characters) for characters in usual)
        )
        told = ([p.brief.headline, *(s.headline for s in p.brief.stories)] for p in reversed(posts))
        often = "".join(sorted(first_used(told, _SHARED) | drawn(names)))
        cuts = [Cut(HEADLINE, serif, often)] if serif and often else []
        headlines = tuple((f"headlines-{cut.name}.woff2", cut) for cut in cuts)
        self.sheet = Sheet(serif, headlines, text, folded, tuple(fonts), tuple(sorted((words or {}).items())))

    def files(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """What pages share: the path of each file, a name of what it is made from, what makes it."""
        for name, cut in self.sheet.files:
            yield f"{FOLDER}/{name}", cut.name, partial(cut.data, best=True)


def _beside(page: str) -> str:
    """Where the own files of a page lie, but for the ends of their names."""
    return f"{FOLDER}/{page.removesuffix('.html')}"


def dress(tree: LexborHTMLParser, page: str, sheet: Sheet, config: Config) -> Mapping[str, bytes]:
    """Links a page to its faces, and has a browser ask for those of headlines at once; returns the page's own
    files by their paths. Doing it again changes nothing."""
    head = tree.head
    if head is None:
        return {}
    for node in head.css(_ADDED):
        dom.taken_out(node)
    shared, ends = sheet.needed(tree)
    own = {f"{_beside(page)}{end}.woff2": cut for end, cut in ends.items()}
    up = "../" * page.count("/")
    rules = [cut.rule(f"{up}{name}") for name, cut in shared]
    # Their addresses stay, whatever is in them: a browser must not take an old one for the new.
    rules += [cut.rule(f"{quote(path.rpartition('/')[2])}?{cut.name}") for path, cut in own.items()]
    if not rules:
        return {}
    css, top = "".join(rules).encode(), way_up(page, config)
    at_once = [f"{FOLDER}/{name}" for name, _ in sheet.headlines]
    at_once += [f"{quote(path)}?{cut.name}" for path, cut in own.items() if cut.face == HEADLINE]
    for file in at_once:
        values = {"rel": "preload", "as_": "font", "type": "font/woff2", "crossorigin": ""}
        head.insert_child(dom.made(tree, "link", **values, href=f"{top}{file}"))
        head.insert_child("\n")
    href = f"{top}{quote(_beside(page))}.css?{named(css)[:12]}"
    head.insert_child(dom.made(tree, "link", rel="stylesheet", href=href))
    head.insert_child("\n")
    return {f"{_beside(page)}.css": css, **{path: cut.data() for path, cut in own.items()}}
