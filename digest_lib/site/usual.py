"""The characters of text that most pages of a site use: those of its frame and of its first posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.prompt_fields import PROMPTS
from digest_lib.site.posts import Post
from digest_lib.site.seen import characters, seen_in

#: So many posts tell what is usual, and those that are added later change nothing of it.
_FIRST: Final = 8
#: In this part of them a character stands that is usual.
_SHARE: Final = 0.5


def usual(posts: Sequence[Post], everywhere: Iterable[str]) -> tuple[set[str], set[str]]:
    """What most pages show at once, and what posts fold away beside that; `posts` are newest first, and of
    those that tell news the first count. `everywhere` stands on every page."""
    first = [post for post in reversed(posts) if post.brief.stories][:_FIRST]
    counts = Counter(char for post in first for char in seen_in(post.html())[0])
    often = {char for char, count in counts.items() if count >= _SHARE * len(first)}
    shown = characters("".join(everywhere)) | often
    prompts = (str(first[0].parameters.get(name, "")) for name in PROMPTS) if first else ()
    return shown, characters("".join(prompts)) - shown
