"""Work on hostile input in processes that can be stopped: a document that takes for ever costs one feed, not
the gather.

A worker is a fresh interpreter (`python -m digest_lib.documents.worker`) that is spoken to through its pipes.
So it needs nothing of the process that starts it, which may be a kernel, a thread, or a script without a main
guard, and is neither forked from its threads nor runs its script again. Workers start when they are needed
and end with the pool.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

#: More than this a worker does not answer: a text has at most the size of its document.
_LONGEST = 64 * 1024 * 1024


class TookTooLong(Exception):
    """The document was given up; the text says why."""


class Workers:
    """At most `most` processes, each with `patience` seconds for a document; to be used by `async with`."""

    def __init__(self, patience: float, most: int | None = None) -> None:
        self.patience = patience
        self._slots = asyncio.Semaphore(most or min(4, os.cpu_count() or 1))
        self._idle: list[asyncio.subprocess.Process] = []
        self._busy: set[asyncio.subprocess.Process] = set()

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in (*self._idle, *self._busy):
            await _end(process)
        self._idle.clear()
        self._busy.clear()

    async def ask(self, task: str, body: bytes, **said: str) -> Any:
        """The answer of `worker.TASKS[task]` to the body. Raises `TookTooLong` when there is none in time, or
        the worker died of it; `OSError` where no process can be started."""
        async with self._slots:
            process = self._idle.pop() if self._idle else await _start()
            self._busy.add(process)
            try:
                async with asyncio.timeout(self.patience):
                    answer = await _exchange(process, {"task": task, "size": len(body), **said}, body)
            except TimeoutError:
                raise TookTooLong(f"reading it took more than {self.patience:g} s") from None
            except (OSError, EOFError, ValueError):
                raise TookTooLong("reading it ended the process that read it") from None
            else:
                self._busy.discard(process)
                self._idle.append(process)
                return answer
            finally:
                # Also when this is cancelled: what it was doing nobody waits for any more.
                if process in self._busy:
                    self._busy.discard(process)
                    await _end(process)


async def _start() -> asyncio.subprocess.Process:
    # The child finds this library also where it is not installed.
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "digest_lib.documents.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )


async def _exchange(process: asyncio.subprocess.Process, said: Mapping[str, object], body: bytes) -> Any:
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(said).encode() + b"\n" + body)
    await process.stdin.drain()
    size = int.from_bytes(await process.stdout.readexactly(4), "big")
    if size > _LONGEST:
        raise ValueError("more than a document holds")
    return json.loads(await process.stdout.readexactly(size))


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
    # Its pipes are closed with it, or the loop would close after them and complain.
    if process.stdin:
        process.stdin.close()
        with suppress(OSError):
            await process.stdin.wait_closed()
