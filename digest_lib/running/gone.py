"""Posts that were published and are there no more: their folders were deleted, or did not come along."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from digest_lib.publishing.set_aside import all_set_aside
from digest_lib.running import records
from digest_lib.running.records import Record
from digest_lib.settings import Home

#: So many are named in a line.
_MOST = 6


def gone(home: Home, families: Collection[str]) -> list[Record]:
    """The runs of these families, oldest first, that published a post which is not there; one that is set
    aside is, for a person."""
    aside = {post.post for post in all_set_aside(home)}
    # Records are read only of what has no post: there may be years of them.
    without = [
        path
        for path in records.paths(home)
        if path.stem[11:] in families and path.stem not in aside and not has_post(home, path.stem)
    ]
    return [record for path in without if (record := records.read(path)) is not None and record.ok]


def has_post(home: Home, name: str) -> bool:
    """Whether the post of a run (`2026-07-29-qwen`) is there."""
    return (home.posts / name / "index.ipynb").is_file()


def told(missing: Sequence[Record], families: Collection[str]) -> str:
    """What is said of them, with the command that makes them again; `families` are all there are."""
    names = ", ".join(record.name for record in missing[:_MOST])
    more = f" and {len(missing) - _MOST} more" if len(missing) > _MOST else ""
    of = sorted({record.family for record in missing})
    only = f" --families {','.join(of)}" if len(of) < len(families) else ""
    return (
        f"published, and not in posts/ any more: {names}{more}; made again with: "
        f"digest backfill --from {missing[0].date} --to {missing[-1].date}{only}"
    )
