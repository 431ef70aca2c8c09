"""The index that readers search in, made by Pagefind from a finished site."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from digest_lib.errors import RenderFailed
from digest_lib.secrets import without_secrets

_SECONDS: Final = 600


def write_search_index(site: Path) -> None:
    """Pagefind's index and interface, in `pagefind/`; it reads what is marked `data-pagefind-body`.

    Raises `RenderFailed` when it cannot be made.
    """
    shutil.rmtree(site / "pagefind", ignore_errors=True)
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--quiet"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program and arguments
            command, capture_output=True, timeout=_SECONDS, env=without_secrets(os.environ), check=False
        )
    except subprocess.TimeoutExpired:
        raise RenderFailed("pagefind", f"the index was not done after {_SECONDS} s") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode(errors="replace").split("\n")
        reason = next((line.strip() for line in said if line.strip()), "it gave no reason")
        raise RenderFailed("pagefind", f"no search index: {reason}")
