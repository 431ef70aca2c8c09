"""Addresses that led to an event's page before it was one with another's: they lead on to it, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from digest_lib.sections.markup import esc, slug
from digest_lib.site.addresses import address
from digest_lib.site.config import Config
from digest_lib.site.events import Event, Told, story_path
from digest_lib.site.newsroom import Newsroom

#: Where a page that only leads on says so: near its beginning.
_MARK: Final = '<meta name="leads-on" content="yes">'
_HEAD: Final = 400


def moved(room: Newsroom) -> Iterator[tuple[str, Event]]:
    """Each further address of an event, whose page leads on to the event's own: its path, and the event."""
    taken = {event.path for event in room.events}
    for event in room.events:
        for old in dict.fromkeys(_old(event)):
            if old not in taken:
                taken.add(old)
                yield old, event


def leads_on(path: Path) -> bool:
    """Whether the page only leads on to another."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return _MARK in file.read(_HEAD)


def _old(event: Event) -> Iterator[str]:
    yield from map(story_path, event.other_ids)
    # A story that went on in its family had the name of its first post in its address.
    first: dict[str, Told] = {}
    for told in event.told:
        before = first.setdefault(told.family, told)
        if told is not before and told.brief.follows:
            yield f"stories/{slug(before.post.name)}-{slug(before.id)}.html"


def leading(event: Event, config: Config) -> bytes:
    """The page that leads on to an event's."""
    there = event.path.rpartition("/")[2]
    where = address(config, event.path) if config.placed else there
    title = esc(event.title)
    notice = f'<p class="notice">{esc(config.notice)}</p>' if config.notice else ""
    html = (
        f'<!DOCTYPE html>\n<html lang="zh-TW"><head><meta charset="utf-8">{_MARK}\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f'<meta http-equiv="refresh" content="0; url={there}">\n<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{where}">\n<title>{title}</title></head>\n'
        f"<body>{notice}"
        f'<main><h1>{title}</h1><p><a href="{there}">這個事件的頁面</a></p></main></body></html>\n'
    )
    return html.encode()
