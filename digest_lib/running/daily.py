"""What `digest daily` needs beside runs: one at a time, what is new to publish, and publishing it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest_lib.errors import DigestError, RenderBusy, StorageError, UserError
from digest_lib.files import digest_of, read_json, storage, write_json
from digest_lib.settings import Home

#: Seconds that a command that publishes may take.
PATIENCE = 1_800


@contextmanager
def alone(home: Home, what: str = "daily") -> Iterator[bool]:
    """Holds the home for one `digest daily` (or another command `what`), until the process dies; False where
    another one has it."""
    path = home.archive / "state" / f".{what}.lock"
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield _taken(handle)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    if sys.platform == "win32":
        return True  # has no such locks
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a shared disk that knows no locks: the pairs' claims guard
        return True
    return True


def fingerprint(home: Home) -> str:
    """What the posts are: changes with every post that is new, changed, set aside or gone."""
    files = sorted(path for path in home.posts.glob("*/index.ipynb") if not path.parent.name.startswith("."))
    return digest_of(*(f"{p.parent.name} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files))


def is_published(home: Home) -> bool:
    """Whether the site of these very posts was published, and is still there."""
    try:
        kept = read_json(_kept(home))
        return bool(kept["posts"] == fingerprint(home)) and home.site.is_dir()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def note_published(home: Home, posts: str) -> None:
    """Keeps that the site of the posts with this `fingerprint` is published. Raises `StorageError`."""
    write_json(_kept(home), {"posts": posts})


def _kept(home: Home) -> Path:
    return home.archive / "state" / "published.json"


@dataclass(frozen=True, slots=True)
class Unpublished:
    """Why readers do not have what is there: `what` failed (render, publish) since when (ISO 8601, UTC)."""

    what: str
    since: str
    says: str


def unpublished(home: Home) -> Unpublished | None:
    """What was kept of the last time; None where all went well."""
    try:
        kept = read_json(_failed(home))
        return Unpublished(str(kept["what"]), str(kept["since"]), str(kept["says"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def noted(home: Home, what: str, now: datetime) -> Iterator[None]:
    """Keeps that `what` fails, and since when, or forgets it where it does not. Raises what it meets."""
    before = unpublished(home)
    try:
        yield
    except RenderBusy:  # another process sees to it
        raise
    except DigestError as error:
        since = before.since if before and before.what == what else now.astimezone(UTC).isoformat()
        with suppress(StorageError):  # a full disk may be what stopped it
            write_json(_failed(home), {"what": what, "since": since, "says": str(error)})
        raise
    if before and before.what == what:
        with storage(_failed(home)):
            _failed(home).unlink(missing_ok=True)


def _failed(home: Home) -> Path:
    return home.archive / "state" / "unpublished.json"


def publish(home: Home, command: str) -> None:
    """Runs a person's own command in the home. Raises `UserError` with the last thing it said."""
    try:
        done = subprocess.run(  # noqa: S602 - the person's own command, as they would type it
            command, shell=True, cwd=home.root, capture_output=True, text=True, errors="replace",
            timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotPublished(f"publishing took more than {PATIENCE} s and was stopped") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
        raise NotPublished(f"publishing failed with exit code {done.returncode}; it said last: {said}")


class NotPublished(UserError):
    """The site is rendered, and the command that publishes it failed."""

    exit_code = DigestError.exit_code
