"""The vocabularies that feeds mix in, as feedparser takes them: which of their elements touch our fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

#: Handlers of feedparser for elements of other vocabularies that touch none of the fields read here.
_HARMLESS = frozenset((
    "dc_creator", "dc_author", "dc_subject", "dc_rights", "dc_contributor",
    "media_category", "media_group", "media_rating", "media_credit", "media_restriction", "media_license",
    "media_content", "media_thumbnail", "media_player", "itunes_author", "itunes_name", "itunes_email",
    "itunes_subtitle", "itunes_owner", "itunes_category", "itunes_image", "itunes_link",
))  # fmt: skip
#: Keys under which feedparser would keep an unknown element where we look for another one.
_FIELDS = frozenset((
    "title", "link", "links", "id", "summary", "content", "published", "updated", "created", "source",
    "href", "language",
))  # fmt: skip


@cache
def is_harmless(tag: str) -> bool:
    """Whether feedparser puts nothing of an element of this name, `{namespace}local`, where an entry's title,
    link, text, date or source is. Asked of feedparser's own table of handlers: those that are not listed
    here count as harmful."""
    uri, brace, name = tag[1:].partition("}")
    if not brace or name.lower() == "origlink":  # whose it is varies: feedburner, pheedo
        return False
    prefix = _prefixes().get(uri.lower())
    if prefix is None:
        return name.lower() not in _handled()
    handler = f"{prefix}_{name}".lower()
    return bool(prefix) and (handler in _HARMLESS or handler not in _handlers())


@cache
def _prefixes() -> dict[str, str]:
    from feedparser.mixin import _FeedParserMixin

    return {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()}


@cache
def _handlers() -> frozenset[str]:
    from feedparser.mixin import _FeedParserMixin

    return frozenset(_names(dir(_FeedParserMixin)))


def _names(attributes: list[str]) -> Iterator[str]:
    for name in attributes:
        for start in ("_start_", "_end_"):
            if name.startswith(start):
                yield name.removeprefix(start).lower()


@cache
def _handled() -> frozenset[str]:
    """Local names that mean something to feedparser, under whatever prefix."""
    from feedparser.util import FeedParserDict

    tails = {name.rpartition("_")[2] for name in _handlers()}
    return frozenset(_handlers() | tails | set(FeedParserDict.keymap) | _FIELDS)
