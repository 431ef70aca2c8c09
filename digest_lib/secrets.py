"""No secret's value leaves this machine in a prompt, a post or a page, and none is kept in a file."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from digest_lib.errors import UnsafePost
from digest_lib.secret_values import is_secret, secrets_of


def without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a program that needs none of the secrets."""
    return {
        name: value
        for name, value in environment.items()
        if not is_secret(name) and not secrets_of(name, value)
    }


class Scanner:
    """Looks for the values of the environment's secrets, raw or encoded."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        told = os.environ if environment is None else environment
        self._forms = {
            name: frozenset(form for secret in found for form in _forms(secret))
            for name, value in sorted(told.items())
            if (found := secrets_of(name, value))
        }

    @property
    def guards(self) -> bool:
        """Whether the environment has any secret to look for."""
        return bool(self._forms)

    def found(self, data: bytes) -> str | None:
        """The name of the variable whose value stands in the data; None where none does."""
        return next((name for name, forms in self._forms.items() if any(f in data for f in forms)), None)

    def scan(self, data: bytes, where: str) -> None:
        """Raises `UnsafePost` about `where`, naming the variable and never its value."""
        name = self.found(data)
        if name:
            raise UnsafePost(where, f"it contains the value of the environment variable {name}")

    def stamp(self, salt: str) -> str:
        """A name for the secrets that are looked for, from which nobody learns them (scrypt)."""
        told = b"\0".join(sorted(form for forms in self._forms.values() for form in forms))
        return hashlib.scrypt(told, salt=salt.encode(), n=2**14, r=8, p=1, dklen=16).hex()

    def scan_folder(self, folder: Path, where: str, but: Collection[str] = ()) -> None:
        """Scans every file below `folder`, `but` those of these paths in it."""
        if self.guards:
            for name in sorted(_files(f"{folder}/", "", but)):
                self.scan((folder / name).read_bytes(), f"{where}/{name}")


def _files(top: str, below: str, but: Collection[str]) -> Iterator[str]:
    """The files of a folder, `but` these: by their paths, as strings, since a site of years has many."""
    with os.scandir(top + below) as found:
        entries = list(found)
    for entry in entries:
        path = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _files(top, f"{path}/", but)
        elif path not in but and entry.is_file():
            yield path


def _forms(value: str) -> Iterator[bytes]:
    """The value as it may stand in a file: with and without surrounding space, encoded."""
    # An environment may hold bytes that are no UTF-8; Python keeps them as lone surrogates.
    for text in {value, value.strip()}:
        yield text.encode(errors="surrogateescape")
        yield html.escape(text).encode(errors="surrogateescape")
        yield quote(text, safe="", errors="surrogateescape").encode()
        yield quote_plus(text, errors="surrogateescape").encode()
        yield json.dumps(text)[1:-1].encode()
        yield json.dumps(text, ensure_ascii=False)[1:-1].encode(errors="surrogateescape")
        yield repr(text)[1:-1].encode(errors="surrogateescape")
        yield from _base64(text.encode(errors="surrogateescape"))


def _base64(raw: bytes) -> Iterator[bytes]:
    """What every base64 text that holds `raw` contains: one form for each place it can begin at."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw)
        begin = {0: 0, 1: 2, 2: 3}[before]  # the characters that what stands before has a part in
        end = len(encoded) - {0: 0, 1: 3, 2: 2}[(before + len(raw)) % 3]
        core = encoded[begin:end]
        yield core
        yield core.replace(b"+", b"-").replace(b"/", b"_")
