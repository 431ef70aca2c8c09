"""What whoever runs a site should know of it once it is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest_lib.settings import Home
from digest_lib.site.font_files import boxes, missed
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.outfit import others
from digest_lib.site.search_index import ENGINE, reads_it


def advice(home: Home, room: Newsroom) -> Iterator[str]:
    """A line each."""
    if not room.config.placed:
        yield "site-url is not set in _quarto.yml: links in the feed point to this machine"
    if told := missed([script for script in boxes() if "Chinese" in script]):
        yield told
    if told := _old_search(home):
        yield told
    for path in room.misread:
        yield f"{path.relative_to(home.root)} is no report of an adopted prompt: its page is left out"


def _old_search(home: Home) -> str:
    """What to say where the home's own scripts would not read the index; else nothing."""
    scripts = [one for one in others(home.root) if Path(one.path).match("assets/search*.js")]
    if older := [one.path for one in scripts if one.earlier]:
        return (
            f"search may fail: {', '.join(older)} of an earlier version; replace with: digest upgrade --yes"
        )
    own = [one for one in scripts if one.path == ENGINE]
    if own and not reads_it((home.root / ENGINE).read_text(encoding="utf-8", errors="replace")):
        return f"search may fail: {ENGINE} was changed here and reads another index; see: digest upgrade"
    return ""
