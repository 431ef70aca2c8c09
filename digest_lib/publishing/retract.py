"""Taking a post back: its address stays and says so."""

from __future__ import annotations

from pathlib import Path

from digest_lib.checking.digest import Digest
from digest_lib.day import TAIPEI
from digest_lib.errors import UnsafePost, UserError
from digest_lib.publishing.assemble import Assembled, files_of
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.publishing.post import facts_on_disk, put
from digest_lib.sections.facts import Retraction
from digest_lib.settings import Home, now


def retract(home: Home, post: str, reason: str) -> Path:
    """Replaces a post by a short page that says so, and keeps the old one in `archive/corrections/`.

    Raises `UserError` for a post that is not there, `UnsafePost` for one whose facts cannot be read.
    """
    target = home.posts / post
    if not post or Path(post).name != post or not (target / NOTEBOOK).is_file():
        raise UserError(f"no post «{post}» in {home.posts}; write its folder's name: 2026-07-29-qwen")
    if not reason.strip():
        raise UserError("a retraction needs a reason that readers can understand")
    facts = facts_on_disk(target)
    if facts is None:
        raise UnsafePost(post, "its facts cannot be read; delete its folder instead")
    gone = facts.model_copy(
        update={
            "retracted": Retraction(date=now().astimezone(TAIPEI).date(), reason=reason.strip()),
            "digest": Digest(headline=""),
            "verdicts": [],
            "stories": [],
            "sources": [],
            "passages": [],
        }
    )
    put(Assembled(gone, files_of(gone, [], {}, {})), home)
    return target
