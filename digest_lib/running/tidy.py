"""Keeping a home small and quick over the years: what `digest tidy` does, and a run when it is due.

| what | how |
| --- | --- |
| small files of the archive | put together, a day's or a long past month's (`articles/compacting.py`) |
| full texts | go after `DIGEST_TEXT_DAYS`, unless a post cites the article (`articles/retention.py`) |
| the llm's answers, vectors | each at most `DIGEST_CACHE_MB`, the longest unused go first |
| what sites let robots read | goes after a day |
| what killed processes left | goes (`leftovers.py`) |

No article goes, ever. Killed at any moment, everything is there; the next time goes on.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from pathlib import Path

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.compacting import Group, compact
from digest_lib.articles.partitions import span_of
from digest_lib.articles.retention import due_files, forget_texts
from digest_lib.files import read_json, write_json
from digest_lib.running.daily import alone
from digest_lib.running.leftovers import sweep
from digest_lib.settings import Home
from digest_lib.web.robots import KEPT

#: After a run, it is due again when so long has passed.
EVERY = timedelta(hours=20)
#: Texts go in lots of so many days: looking for what posts cite reads every post since.
LOT = timedelta(days=7)
#: How a date is written, and an article's id, wherever they stand.
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(rb"\b[0-9a-f]{16}\b")
#: The files of a post that cite nothing.
_IMAGES = (".png", ".webp")


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: files put together (how many, into how many), texts that went, files and bytes of caches
    that went, and leftovers that were removed."""

    files: int = 0
    into: int = 0
    texts: int = 0
    cached: int = 0
    cached_bytes: int = 0
    leftovers: int = 0

    def lines(self) -> list[str]:
        """A line for each thing that was done."""
        said = {
            f"{self.files} small files of the archive are {self.into} now": self.files,
            f"{self.texts} full texts went that no post cites (DIGEST_TEXT_DAYS)": self.texts,
            f"{self.cached} files of caches went, {self.cached_bytes / 2**20:.1f} MB": self.cached,
            f"{self.leftovers} leftovers of killed processes went": self.leftovers,
        }
        return [line for line, count in said.items() if count]


def tidy(home: Home, now: datetime, seconds: float = math.inf) -> Tidied | None:
    """Tidies the home; None where another process is at it. Raises `StorageError`, having lost nothing.

    When the `seconds` are up, putting files together goes on the next time.
    """
    if not home.archive.is_dir():
        return Tidied()
    with alone(home, "tidy") as free:
        if not free:
            return None
        left = len(sweep(home))
        archive = Archive(home.archive)
        today = _today(archive, now)
        texts = _forget_texts(home, archive, today)
        ends, done = time.monotonic() + seconds, list[Group]()
        for group in (one for table in archive.tables.values() for one in compact(table, today.date())):
            done.append(group)
            if time.monotonic() > ends:
                break
        gone = [*_bounded(home.answers), *_bounded(home.vectors), *_outdated(home, now)]
        if time.monotonic() <= ends:
            write_json(_path(home), {**_kept(home), "when": now.isoformat()})
    return Tidied(
        sum(len(group.files) for group in done), len(done), texts, len(gone), sum(gone), left
    )  # fmt: skip


def is_due(home: Home, now: datetime) -> bool:
    """Whether so long has passed since the home was tidied; also where its clock was ahead then."""
    then = _kept(home).get("when")
    with suppress(TypeError, ValueError):
        return not timedelta(0) <= now - datetime.fromisoformat(str(then)) < EVERY
    return True


def _today(archive: Archive, now: datetime) -> datetime:
    """By the newest gather, where that is earlier: a clock that jumped ahead must make nothing old."""
    last = archive.log.last()
    return min(now, last).astimezone(UTC) if last else now.astimezone(UTC)


def _forget_texts(home: Home, archive: Archive, today: datetime) -> int:
    days = settings.text_days()
    if days is None:
        return 0
    before, since = today - timedelta(days=days), datetime.min.replace(tzinfo=UTC)
    with suppress(TypeError, ValueError):
        since = datetime.fromisoformat(str(_kept(home).get("texts")))
    if since + LOT > before:
        return 0
    files = due_files(archive, since.date(), before.date())
    first = min((span[0] for _, path in files if (span := span_of(path))), default=before.date())
    count = forget_texts(files, cited(home, first))
    write_json(_path(home), {**_kept(home), "texts": before.isoformat()})
    return count


def cited(home: Home, since: Date = Date.min) -> frozenset[str]:
    """The ids of the articles that any post of the dates from `since` on cites, also one that is set
    aside, or was replaced. Whatever is written as an id counts, so that posts of every version are heard."""
    found: set[bytes] = set()
    for path in _posts(home):
        dated = _DATE.search(str(path.relative_to(home.root)))
        if not dated or dated[0] >= since.isoformat():
            found.update(_ID.findall(path.read_bytes()))
    return frozenset(id.decode("ascii") for id in found)


def _posts(home: Home) -> Iterator[Path]:
    """Every file that may cite, in whatever form a version keeps it."""
    for folder in (home.posts, home.archive / "corrections"):
        files = (path for path in sorted(folder.rglob("*")) if path.suffix not in _IMAGES)
        yield from (path for path in files if path.is_file())


def _bounded(folder: Path) -> list[int]:
    """Deletes the files of a cache that are too much, the longest unused first; returns their sizes."""
    files = []
    for path in folder.glob("*"):
        with suppress(OSError):
            told = path.stat()
            files.append((told.st_mtime, path.name, told.st_size))
    gone, size, most = [], sum(size for *_, size in files), settings.cache_bytes()
    for _, name, bytes_ in sorted(files):
        if size <= most:
            break
        (folder / name).unlink(missing_ok=True)
        size -= bytes_
        gone.append(bytes_)
    return gone


def _outdated(home: Home, now: datetime) -> list[int]:
    """Deletes what sites said of robots more than a day ago."""
    gone = []
    for path in (home.archive / "robots").glob("*.json"):
        with suppress(OSError):
            told = path.stat()
            if abs(now.timestamp() - told.st_mtime) > KEPT.total_seconds():
                path.unlink(missing_ok=True)
                gone.append(told.st_size)
    return gone


def _path(home: Home) -> Path:
    return home.archive / "state" / "tidied.json"


def _kept(home: Home) -> dict[str, object]:
    with suppress(OSError, ValueError):
        told = read_json(_path(home))
        if isinstance(told, dict):
            return told
    return {}
