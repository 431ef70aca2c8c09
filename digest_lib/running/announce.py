"""Announcing what is published: the posts that are new on the site, each once, where `DIGEST_ANNOUNCE` says.

What was announced is kept in `archive/state/announced.json`. Where nothing was kept yet, only the newest day
is news; and a post that was filled in for a day long past is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from digest_lib.errors import printable
from digest_lib.files import read_json, write_json
from digest_lib.publishing.front import headline_of, plain
from digest_lib.publishing.post import facts_on_disk
from digest_lib.running.alarms import READERS, NotByAll, is_set, send
from digest_lib.running.records import Outcome, dates, load_all
from digest_lib.sections.facts import Facts
from digest_lib.settings import Home
from digest_lib.site.addresses import address
from digest_lib.site.config import Config, read_config

#: So many of the last days are looked at: a machine that slept announces what it has made up for.
_DAYS = 7


def due(posts: Sequence[str], told: Sequence[str] | None) -> list[str]:
    """Which of the posts (`DATE-FAMILY`) are to be announced, of what was told before (None: nothing ever
    was), the newest day first."""
    last = max((name[:10] for name in posts), default="")
    fresh = [name for name in posts if (name[:10] == last if told is None else name not in told)]
    return sorted(sorted(fresh), key=lambda name: name[:10], reverse=True)  # a day's by name: it is stable


def message(facts: Mapping[str, Facts], config: Config) -> tuple[str, str]:
    """Title and body: a line a post, with its address where the site has one."""
    days = sorted({str(one.date) for one in facts.values()}, reverse=True)
    lines = []
    for name, one in facts.items():
        where = f"\n{address(config, f'posts/{name}/index.html')}" if config.placed else ""
        date = f"{one.date} " if len(days) > 1 else ""
        lines.append(printable(f"{date}{plain(one.name)}：{plain(headline_of(one))}") + where)
    return printable(f"{config.title} {days[0]}"), "\n".join(lines)


def tell(home: Home) -> list[str]:
    """Announces what is new, and returns the posts' names. Raises `UserError` when it cannot be sent: then it
    is new the next time, too; and `NotByAll`, when somebody has taken it."""
    if not is_set(READERS):
        return []
    since = (dates(home)[-_DAYS:] or [""])[0]
    posts = [record.name for record in load_all(home, since) if record.status is Outcome.PUBLISHED]
    told = _told(_path(home))
    found = {name: facts_on_disk(home.posts / name) for name in due(posts, told)}
    facts = {name: one for name, one in found.items() if one and not one.retracted}
    try:
        if facts:
            send(*message(facts, read_config(home)), READERS)
    except NotByAll:
        _keep(home, posts, told)
        raise
    _keep(home, posts, told)
    return list(facts)


def _keep(home: Home, posts: Sequence[str], told: Sequence[str] | None) -> None:
    write_json(_path(home), sorted({*posts, *(told or ())})[-1000:])


def _path(home: Home) -> Path:
    return home.archive / "state" / "announced.json"


def _told(path: Path) -> list[str] | None:
    try:
        read = read_json(path)
        return list(map(str, read)) if isinstance(read, list) else None
    except (OSError, ValueError):
        return None
