"""Which feeds there are: the site's posts, a front page a day, each family, each event that may go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from digest_lib.day import TAIPEI
from digest_lib.sections.words import day_text
from digest_lib.site.addresses import address
from digest_lib.site.config import Config
from digest_lib.site.events import Event
from digest_lib.site.feed_files import MOST, Entry, Feed
from digest_lib.site.front_page import news_html
from digest_lib.site.importance import ranked
from digest_lib.site.lists import day_anchor
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.posts import Post
from digest_lib.site.story_pages import day_html

#: An event that nobody told for so long is not continued any more; of one day, it then needs no feed.
_GOES_ON: Final = timedelta(days=30)
SITE, DAILY = "feed", "daily"


def all_feeds(room: Newsroom) -> Iterator[Feed]:
    """Every feed of the site. A day without news is told in its family's own feed alone."""
    config = room.config
    told = [post for post in room.posts if post.brief.stories or post.brief.retracted]
    yield Feed(SITE, config.title, "index.html", _seen(told[:MOST]), partial(_posts, told, config))
    days = [day for day in room.days if room.by_day.get(day)][:MOST]
    parts = _seen(one.post for day in days for event in room.by_day[day] for one in event.told)
    yield Feed(DAILY, f"{config.title}：每日頭版", "index.html", parts, partial(_days, days, room))
    for family, name in room.families.items():
        title, page = f"{name} – {config.title}", f"families/{family}/index.html"
        own = room.of(family)
        yield Feed(f"families/{family}/feed", title, page, _seen(own[:MOST]), partial(_posts, own, config))
    for event in followed(room):
        title = f"{event.title} – {config.title}"
        parts = _seen(one.post for one in event.told)
        yield Feed(feed_path(event), title, event.path, parts, partial(_turns, event, config))


def _seen(posts: Iterable[Post]) -> list[str]:
    """Names of what the posts hold."""
    return [f"{post.name}={post.digest}" for post in posts]


def followed(room: Newsroom) -> Iterator[Event]:
    """The events that have a feed: those that went on, and those that still may."""
    since = room.days[0] - _GOES_ON if room.days else date.min
    yield from (event for event in room.events if len(event.days) > 1 or event.last >= since)


def feed_path(event: Event) -> str:
    """The path of an event's feed, without its ending."""
    return event.path.removesuffix(".html")


def changed(post: Post) -> datetime:
    """When a reader could last have seen it change, in Taipei's time."""
    days = [day for day in (post.brief.corrected, post.brief.retracted) if day]
    moments = [datetime.combine(day, time(), TAIPEI) for day in days]
    return max([_published(post), *moments])


def _published(post: Post) -> datetime:
    return post.brief.cutoff.astimezone(TAIPEI)


def _posts(posts: Sequence[Post], config: Config) -> list[Entry]:
    return [
        Entry(
            id=f"digest:{post.name}",
            url=address(config, f"posts/{post.name}/index.html"),
            title=f"{post.title}：{post.headline}" if post.headline else post.title,
            published=_published(post),
            updated=changed(post),
            summary=post.summary or post.headline,
            html=post.html(),
            tags=(post.brief.name,),
            image=_beside(post, post.cover, config),
            thumbnail=_beside(post, post.thumbnail, config),
        )
        for post in posts[:MOST]
    ]


def _beside(post: Post, file: str | None, config: Config) -> str:
    """The address of a post's file."""
    return address(config, f"posts/{post.name}/{file}") if file else ""


def _days(days: Sequence[date], room: Newsroom) -> list[Entry]:
    """The front page of each of these days."""
    entries = []
    for day in days:
        events = ranked(room.by_day[day], day)
        headlines = [event.on(day)[0].brief.title for event in events[:6]]
        when = max(_published(told.post) for event in events for told in event.on(day))
        entries.append(
            Entry(
                id=f"digest-day:{day}",
                url=f"{address(room.config, f'months/{day:%Y-%m}.html')}#{day_anchor(day)}",
                title=f"{day_text(day)}：{headlines[0]}",
                published=when,
                updated=max([when, *(changed(told.post) for event in events for told in event.on(day))]),
                summary="；".join(headlines),
                html=news_html(events, day),
                base=address(room.config, "index.html"),
                tags=tuple(dict.fromkeys(t.post.brief.name for e in events for t in e.on(day))),
            )
        )
    return entries


def _turns(event: Event, config: Config) -> list[Entry]:
    """What each day added to an event, newest first."""
    entries = []
    for day in reversed(event.days[-MOST:]):
        told = event.on(day)
        when = max(_published(one.post) for one in told)
        headlines = dict.fromkeys(one.brief.title for one in told)
        entries.append(
            Entry(
                id=f"digest-event:{event.id}:{day}",
                url=f"{address(config, event.path)}#{day_anchor(day)}",
                title=told[0].brief.title,
                published=when,
                updated=max(when, *(changed(one.post) for one in told)),
                summary="；".join(headlines),
                html=day_html(event, day),
                tags=tuple(dict.fromkeys(one.post.brief.name for one in told)),
            )
        )
    return entries
