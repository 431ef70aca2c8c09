"""What the last posts of a family told, so that a day can say what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any

from digest_lib.checking.injections import told
from digest_lib.stories.published import UNREADABLE, facts_in
from digest_lib.writing import tokens

#: So many of the last posts, of so many days before, in so many tokens.
POSTS, DAYS, TOKENS = 3, 7, 1_200


def earlier(posts: Path, family: str, date: Date) -> str:
    """The last posts of the family before `date`, newest first: each its day, headline, trend and stories'
    headlines. Empty where there is none; a post that cannot be read is passed over."""
    left, kept = TOKENS, list[str]()
    for shown in _last(posts, family, date):
        text = tokens.cut(shown, left).rpartition("\n")[0] if tokens.estimated(shown) > left else shown
        left -= tokens.estimated(text)
        kept += [text] if text else []
    return "\n\n".join(kept)


def _last(posts: Path, family: str, date: Date) -> Iterator[str]:
    found = 0
    for days in range(1, DAYS + 1):
        day = date - timedelta(days=days)
        shown = _shown(posts / f"{day}-{family}", str(day))
        if shown and found < POSTS:
            found += 1
            yield shown


def _shown(post: Path, day: str) -> str:
    """A post in lines; empty where it tells no story."""
    try:
        digest: dict[str, Any] = facts_in(post)["digest"]
        said = [s["text"] for s in digest["trend"] if s["kind"] != "count"]
        heads = [story["headline"] for story in digest["stories"]]
        lines = [f"{day}: {digest['headline']}", *said, *(f"- {head}" for head in heads)]
    except UNREADABLE:
        return ""
    return told("\n".join(" ".join(line.split()) for line in lines)) if heads else ""
