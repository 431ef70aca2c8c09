"""What machines are told (`--log-json`): one object of JSON a line, on standard error, and nothing else.

Whatever Python writes in a process of a command goes through here, a traceback and a warning, too. `log` is
the same in all lines of a command and of the workers and kernels that it starts; `process` is who wrote it.
No line holds the value of a secret.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO
from uuid import uuid4

from digest_lib import settings
from digest_lib.errors import printable

#: The environment's name of what all lines of a command have in common; workers and kernels inherit it.
ID = "DIGEST_LOG_ID"
#: What is said in place of a line that holds the value of a secret.
LEFT_OUT = "left out: it holds the value of a secret of this machine"


class Lines(io.TextIOBase):
    """A stream each of whose lines becomes an object in the log; `behind` is what it stands in front of."""

    def __init__(self, level: str, behind: TextIO) -> None:
        self.level, self.behind = level, behind
        self._open = ""

    def write(self, text: str) -> int:
        *lines, self._open = (self._open + text).split("\n")
        for line in lines:
            self._tell(line)
        return len(text)

    def end(self) -> None:
        """Tells of a last line that nothing ended."""
        self._tell(self._open)
        self._open = ""

    def _tell(self, line: str) -> None:
        if line.strip():
            log(self.level, line.strip())

    def writable(self) -> bool:
        return True


def log(level: str, says: str, **more: Any) -> None:
    """Writes one object to standard error, as services log. `more` are the fields of what it is about."""
    told = {
        "time": settings.now().isoformat(), "level": level, "log": os.environ.get(ID, ""),
        "process": os.getpid(), "says": printable(says), **more,
    }  # fmt: skip
    line = json.dumps(told, ensure_ascii=False)
    if _has_secret(line):
        line = json.dumps(
            {**{name: told[name] for name in ("time", "level", "log", "process")}, "says": LEFT_OUT}
        )
    stream = _behind(sys.stderr)
    stream.write(line + "\n")
    stream.flush()


def data(text: str) -> None:
    """Writes to standard output what was asked for, which is no line of the log."""
    stream = _behind(sys.stdout)
    stream.write(text + "\n")
    stream.flush()


def _behind(stream: TextIO) -> TextIO:
    return stream.behind if isinstance(stream, Lines) else stream


def _has_secret(line: str) -> bool:
    from digest_lib.secrets import Scanner

    return Scanner().found(line.encode(errors="surrogateescape")) is not None


def begin() -> None:
    """From now on, what this process writes is the log's; a no-op where people are told, or it has begun."""
    if not settings.logs_json() or isinstance(sys.stderr, Lines):
        return
    os.environ.setdefault(ID, uuid4().hex)
    sys.stdout, sys.stderr = Lines("info", sys.stdout), Lines("error", sys.stderr)


@contextmanager
def logged() -> Iterator[None]:
    """A command's log: begun, and given back at its end. Our own mistakes are told in it, too."""
    out, err, before = sys.stdout, sys.stderr, os.environ.get(ID)
    begin()
    try:
        yield
    except Exception as error:
        if not isinstance(sys.stderr, Lines):
            raise
        trace = [printable(line) for line in traceback.format_exc().splitlines()]
        log("error", f"{type(error).__name__}: {error}", event="bug", trace=trace)
        raise SystemExit(1) from None
    finally:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Lines):
                stream.end()
        sys.stdout, sys.stderr = out, err
        os.environ.pop(ID, None)
        if before is not None:
            os.environ[ID] = before
