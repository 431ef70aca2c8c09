"""A home with as many posts as years would bring: copies of a home's posts with shifted dates."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from digest_lib.files import digest_of
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.settings import Home

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SITE = ("_quarto.yml", "about.qmd")


def fill(home: Home, source: Home, count: int) -> date:
    """Makes `home` one like `source` with `count` posts, ending with its last day, and returns that day.

    A copy is the source's days moved into the past together, so that its follow-ups still follow; its stories
    and articles have ids of their own, or all copies would tell one event.
    """
    home.root.mkdir(parents=True)
    for name in _SITE:
        shutil.copyfile(source.root / name, home.root / name)
    for name in ("assets", "notebooks"):
        shutil.copytree(source.root / name, home.root / name)
    names = sorted(path.name for path in source.posts.glob("*-*"))
    days = [date.fromisoformat(name[:10]) for name in names]
    span = (max(days) - min(days)).days + 1
    for number in range(count):
        block, index = divmod(number, len(names))
        _copy(source.posts / names[-1 - index], home.posts, span * block)
    return max(days)


def add_day(home: Home, source: Home) -> int:
    """Adds the posts of one more day, the source's last moved to the day after; returns how many."""
    names = sorted(path.name for path in source.posts.glob("*-*"))
    last = [name for name in names if name[:10] == names[-1][:10]]
    for name in last:
        _copy(source.posts / name, home.posts, -1)
    return len(last)


def _copy(post: Path, posts: Path, back: int) -> None:
    """A post moved `back` days into the past, with every date, and every id of a story or article in it."""
    text = (post / NOTEBOOK).read_text(encoding="utf-8")
    facts = json.loads(text)["metadata"]["digest"]
    ids = {one["id"] for one in (*facts["stories"], *facts["sources"])}
    ids |= {article for story in facts["stories"] for article in story["articles"]}
    for old in sorted(ids, key=lambda one: (-len(one), one)):  # of two the longer first
        text = text.replace(old, digest_of(old, str(back))[: len(old)])
    target = posts / _moved(post.name, back)
    shutil.copytree(post, target)
    (target / NOTEBOOK).write_text(_moved(text, back), encoding="utf-8")


def _moved(text: str, back: int) -> str:
    return _DAY.sub(lambda m: (date.fromisoformat(m[0]) - timedelta(back)).isoformat(), text)
