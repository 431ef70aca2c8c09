"""The command `digest` in a process of its own, forked from one that has its imports behind it.

Such a command is what `python -m digest_lib` is: its words, environment, streams and exit code, and the
processes below it, are its own. It is spared the imports, its own and those of what its kernels are forked
from, which is most of what a short command costs. What tests imports, the hash seed or processes that are
killed wants `homes.command` or `homes.line`.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

from digest_lib.running import preloaded
from digest_lib.running.forking import Forked, Preloaded
from digest_lib.running.kept_patterns import kept_patterns
from digest_lib.text import encoder

REPOSITORY = Path(__file__).resolve().parents[1]
#: Seconds that a command may take, on a busy machine.
PATIENCE = 600.0
#: So often a process is begun that ends before it answers.
TIMES = 3
#: Seconds between two looks at whether anybody is left to be answered.
LOOK = 0.2
#: Standard input, output and errors.
STREAMS = 3


class Server:
    """The process that has imported everything, seen from the tests: one for all workers of pytest-xdist,
    which forks for each of them what answers it alone."""

    _mine: Server | None = None
    #: that process, where this one has begun it
    _begun: subprocess.Popen[bytes] | None = None

    def __init__(self) -> None:
        told = b""
        for _ in range(TIMES):  # what listens may end before it has answered: nobody else wants it any more
            if told := self._connected():
                break
        self._pid = int(told)  # of what answers, once everything is imported

    def _connected(self) -> bytes:
        with socket.socket(socket.AF_UNIX) as listening, suppress(OSError):  # another listens there
            listening.bind(_address())
            listening.listen()
            Server._begun = _begin(listening)
        self._orders = socket.socket(socket.AF_UNIX)
        self._orders.settimeout(PATIENCE)
        with suppress(ConnectionError):
            self._orders.connect(_address())
            return self._orders.recv(16)
        self._orders.close()
        return b""

    @classmethod
    def mine(cls) -> Server:
        """This process's, begun when it is first wanted."""
        if cls._mine is None:
            cls._mine = cls()
        return cls._mine

    @classmethod
    def end(cls) -> None:
        """Ends it, where it was begun: what others have it answer ends first."""
        mine, cls._mine = cls._mine, None
        if mine is not None:
            mine._orders.close()
        if cls._begun is not None:
            cls._begun.wait(PATIENCE)

    def ask(self, order: dict[str, Any], out: IO[bytes], errors: IO[bytes]) -> int:
        """The exit code of a command; of one that a signal has ended, the signal, negative."""
        with tempfile.TemporaryFile() as file:
            file.write(json.dumps(order).encode())
            file.seek(0)
            try:
                socket.send_fds(self._orders, [b"!"], [file.fileno(), out.fileno(), errors.fileno()])
                return int(self._orders.recv(16))
            except (OSError, ValueError):  # it takes too long, or is gone: the next order is for another
                with suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
                Server._mine = None
                raise


def _address() -> str:
    """Where it listens: a name without a file, of this run of the tests alone."""
    return f"\0warm-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"


def _begin(listening: socket.socket) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, __file__, str(listening.fileno())], pass_fds=[listening.fileno()],
        stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": paths, "DIGEST_FETCH": "no"},
    )  # fmt: skip


def run(
    module: str, words: Sequence[str], environment: dict[str, str], *, kernels: bool = False
) -> subprocess.CompletedProcess[str]:
    """Runs `python -m MODULE` with these words, in this environment and no other. With `kernels`, what
    kernels are forked from is there before it begins: it asks for that in an event loop, which must not be
    forked."""
    order = {
        "module": module, "words": list(words), "environment": environment, "kernels": kernels,
        "folder": str(Path.cwd()),
    }  # fmt: skip
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        code = Server.mine().ask(order, out, errors)
        said = []
        for stream in (out, errors):
            stream.seek(0)
            said.append(stream.read().decode())
    return subprocess.CompletedProcess([module, *words], code, *said)


# ---- in the process that has imported everything


def listen(asked: socket.socket) -> NoReturn:
    """Imports everything, then forks a process for each of the tests' processes, until the last has ended."""
    with kept_patterns():
        preloaded.import_all()
    importlib.import_module("digest_lib.cli")
    encoder.ready()  # what its weights take to unpack is a third of what a run of a day takes
    preloaded._note_files()
    gc.collect()
    gc.freeze()  # or the first collection in a forked process would copy every page
    begun, answering = os.getppid(), set[int]()
    while answering or begun == os.getppid():
        if select.select([asked], [], [], LOOK)[0]:
            orders, _ = asked.accept()
            if (pid := os.fork()) == 0:
                asked.close()
                serve(orders)
            orders.close()
            answering.add(pid)
            begun = 0
        answering -= {pid for pid in answering if os.waitpid(pid, os.WNOHANG)[0]}
    os._exit(0)  # nothing is open


def serve(orders: socket.socket) -> NoReturn:
    """Forks a process for each order, and answers with the exit code, until there is no one left to order."""
    orders.sendall(f"{os.getpid()}".encode())
    while True:
        asked, sockets, *_ = socket.recv_fds(orders, 1, STREAMS)
        if not asked:
            os._exit(0)  # nothing is open
        if (pid := os.fork()) == 0:
            orders.close()
            become(*sockets)
        for one in sockets:
            os.close(one)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(OSError):
            orders.sendall(f"{code}".encode())


def become(order: int, out: int, errors: int) -> NoReturn:
    """In what has just been forked: is the command."""
    with open(order, "rb") as file:
        told = json.load(file)
    for stream, own in ((out, 1), (errors, 2)):
        os.dup2(stream, own)
        os.close(stream)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    time.tzset()
    preloaded._reopen_files()
    preloaded._seed()
    Preloaded._new = classmethod(forked)  # type: ignore[method-assign, assignment]
    sys.path[0] = told["folder"]  # as `python -m` has it
    sys.argv = [told["module"], *told["words"]]
    if told["kernels"]:
        Preloaded.started()
    code: object = 0
    try:
        runpy.run_module(told["module"], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    if not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    # All that a process does at its end, but for what the imports of others would say of their own leavings.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def forked(cls: type[Preloaded], modules: tuple[str, ...]) -> Preloaded:
    """What kernels and workers are forked from: this process as it is, with nothing open but what its imports
    have opened, in place of one that imports the same once more."""
    if asyncio._get_running_loop() is not None:
        raise RuntimeError("an event loop must not be forked: what runs a notebook itself wants `kernels`")
    ours, its = socket.socketpair()
    if (pid := os.fork()) == 0:
        for one in [*Path("/proc/self/fd").iterdir()]:
            if (number := int(one.name)) not in {*range(STREAMS), its.fileno(), *preloaded._FILES}:
                with suppress(OSError):  # what listed them is closed by now
                    os.close(number)
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        sys.argv = [preloaded.__file__, str(its.detach()), *modules]
        preloaded.main()
    its.close()
    return cls(Forked(pid), ours)


if __name__ == "__main__":
    listen(socket.socket(fileno=int(sys.argv[1])))
