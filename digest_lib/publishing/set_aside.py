"""Posts that are kept from the site: moved to `posts/_set-aside/` with the reason, until a person acts."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from digest_lib.errors import StorageError, UnsafePost
from digest_lib.files import storage, write_atomic
from digest_lib.publishing.clean import POST_NAME
from digest_lib.publishing.guard import SET_ASIDE
from digest_lib.settings import Home

_REASON = "reason.txt"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A post that no reader sees, and why."""

    post: str
    reason: str

    @property
    def remedy(self) -> str:
        """What a person can do about it."""
        there = f"posts/{SET_ASIDE}/{self.post}"
        by_hand = f"mend {there} and move it back to posts/, or delete it"
        if not re.fullmatch(POST_NAME, self.post):
            return by_hand
        date, family = self.post[:10], self.post[11:]
        return f"write it again with: digest run --date {date} --families {family}; or {by_hand}"

    def __str__(self) -> str:
        return f"{self.post} is set aside: {self.reason}; {self.remedy}"


def all_set_aside(home: Home) -> list[SetAside]:
    """What lies in `posts/_set-aside/`, by name: every post that a person still has to look at."""
    folder = home.posts / SET_ASIDE
    if not folder.is_dir():
        return []
    return [SetAside(path.name, _reason(path)) for path in sorted(folder.iterdir()) if _is_kept(path)]


def _is_kept(path: Path) -> bool:
    return not path.name.startswith(".") and not path.name.endswith(f".{_REASON}")


def _reason(path: Path) -> str:
    told = path / _REASON if path.is_dir() else path.with_name(f"{path.name}.{_REASON}")
    try:
        return " ".join(told.read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return "its reason is not there any more"


def move_aside(path: Path, reason: str) -> SetAside:
    """Moves a post's folder, or a file that lies among the posts, to where no renderer looks.

    Raises `UnsafePost` when it cannot be moved: it would be rendered from where it lies.
    """
    target = path.parent / SET_ASIDE / path.name
    try:
        with storage(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            _remove(target)
            path.rename(target)
        folder = target.is_dir() and not target.is_symlink()
        told = target / _REASON if folder else target.with_name(f"{target.name}.{_REASON}")
        write_atomic(told, reason + "\n")
    except StorageError as error:
        raise UnsafePost(path.name, f"{reason}; and it cannot be moved away: {error}") from None
    return SetAside(path.name, reason)


def take_back(home: Home, post: str) -> None:
    """Deletes what was set aside of a post that is published again, since that has settled it."""
    with storage(home.posts / SET_ASIDE / post):
        _remove(home.posts / SET_ASIDE / post)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
