"""The process behind `workers`: documents in through its standard input, what they say out of its output.

A request is a line of JSON (`task`, `size` of the body, and the task's own words) and the body; an answer is
its size in four bytes and JSON. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

#: Bytes of address space: an expanding document ends its worker before the machine suffers.
_MEMORY = 2 * 1024**3


def feed(body: bytes, kind: str, url: str) -> dict[str, Any]:
    from digest_lib.documents.feeds import parse_by_feedparser

    return asdict(parse_by_feedparser(body, kind, url))


def page(body: bytes, kind: str, url: str) -> dict[str, Any]:
    from digest_lib.documents.pages import page_text

    return asdict(page_text(body, kind, url))


TASKS: dict[str, Callable[[bytes, str, str], dict[str, Any]]] = {"feed": feed, "page": page}


def serve(asked: BinaryIO, told: BinaryIO) -> None:
    """Answers until the input ends."""
    while line := asked.readline():
        said = json.loads(line)
        answer = TASKS[said["task"]](asked.read(said["size"]), said["kind"], said["url"])
        raw = json.dumps(answer, default=datetime.isoformat).encode()
        told.write(len(raw).to_bytes(4, "big") + raw)
        told.flush()


def main() -> None:
    warnings.simplefilter("ignore")
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    serve(sys.stdin.buffer, told)


if __name__ == "__main__":
    main()
