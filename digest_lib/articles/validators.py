"""By what feeds know whether we have their latest copy: `ETag` and `Last-Modified`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest_lib.files import read_json, write_json


class Validators:
    """Those in the file `path`. `broken`: the files that could not be read, with why; it is added to."""

    def __init__(self, path: Path, broken: dict[Path, str]) -> None:
        self.path = path
        self._broken = broken

    def load(self) -> dict[str, dict[str, str]]:
        """Feed URL -> the `etag` and `last_modified` of the copy that was archived last."""
        try:
            kept = read_json(self.path)
            return {str(url): {str(k): str(v) for k, v in said.items()} for url, said in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError):
            # Without them every feed is fetched whole once, and the file is written anew.
            self._broken[self.path] = "not the validators of feeds; fetching every feed in full"
            return {}

    def keep(self, validators: Mapping[str, Mapping[str, str]]) -> None:
        """Keeps these, beside those of other feeds. Raises `StorageError`."""
        if validators:
            write_json(self.path, {**self.load(), **validators})

    def forget(self) -> None:
        """Has the next gather ask every feed for all that it lists. Raises `StorageError`."""
        if self.path.exists():
            write_json(self.path, {})
