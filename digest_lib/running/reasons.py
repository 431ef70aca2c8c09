"""Why a run failed, in the line that its record has."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

from digest_lib.errors import DigestError
from digest_lib.settings import Home

#: What the operating system says, in whatever process, where nothing can be written any more.
FULL = os.strerror(errno.ENOSPC)


def reason(home: Home, error: Exception) -> str:
    """What `error` says; of a full disk which one it is and what to do, the same for every run."""
    told = (
        str(error) if isinstance(error, DigestError) else f"{type(error).__name__}: {error}".splitlines()[0]
    )
    if FULL not in told:
        return told
    # The system does not say where, and notebooks write in several places: the one with the least room.
    used = [home.root, home.archive, home.posts, Path(tempfile.gettempdir())]
    place = min((path for path in used if path.exists()), key=lambda path: shutil.disk_usage(path).free)
    return (
        f"the disk of {place} is full ({FULL}): make room there; see also: digest tidy, DIGEST_TEXT_DAYS, "
        "DIGEST_CACHE_MB"
    )
