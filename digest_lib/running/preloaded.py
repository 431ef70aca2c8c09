"""A process that has imported what notebooks import, and by forking itself becomes kernels and workers.

    python -m digest_lib.running.preloaded FD [MODULE…]

FD is a socket that it inherits; MODULEs are what its kernels will want beside what all do; with
`--no-pictures` among them, nothing that draws is imported: a kernel that draws does it itself. A request is a
line of JSON, an `Order`, and for a worker the socket that it answers on, for a kernel the file that is its
turn to begin, where it has one; the answer is the process id, a line, once no signal meant for another
reaches the forked process, or 0 where that was killed before. When the socket ends, so does this process, and
what it has forked with it.

A worker, before it does anything else, forks from itself what forks its kernels: that one has no imports to
do. Every kernel begins as this process was after its imports, before any cell: nothing of one run reaches
another. Nothing here may start a thread or open what a fork must not share (a ZeroMQ context, a database). On
Linux only: elsewhere a system's own libraries may not be forked.
"""

from __future__ import annotations

import functools
import gc
import importlib
import inspect
import json
import os
import signal
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn, TypedDict

from digest_lib.quick import hidden
from digest_lib.running.kept_patterns import kept_patterns
from digest_lib.running.kernels import NO_PICTURES
from digest_lib.running.logs import ID
from digest_lib.settings import may_read
from digest_lib.turns import TURN

_Cached = functools._lru_cache_wrapper


class Order(TypedDict):
    """How a process is to begin: in that folder, with that environment and no other."""

    #: a kernel's arguments; none: it is a worker, and its socket comes along
    argv: list[str]
    cwd: str
    env: dict[str, str]
    #: where else a worker looks for modules
    path: list[str]


#: What a kernel imports, or a notebook when it comes to it, beside this library's vocabulary; and by what a
#: worker has one executed.
_MODULES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "IPython.core.debugger",
    "IPython.core.oinspect", "IPython.extensions.storemagic", "duckdb", "psutil", "rjieba", "sqlite3",
    "tornado.platform.asyncio", "papermill", "digest_lib.running.engine",
)  # fmt: skip
#: The same of one that draws.
_DRAWING = ("matplotlib.figure", "pandas", "ipywidgets")
#: Whose tables no kernel looks at, or hardly any: certificates are for servers that are asked by https. And
#: whose only one does that fetches.
_NOT_KERNELS = (
    "digest_lib.lab.",
    "digest_lib.publishing.",
    "digest_lib.running.",
    "digest_lib.writing.bounded",
)
_FETCHING = ("digest_lib.documents.", "digest_lib.text.languages", "digest_lib.web.unpacking")
#: What matplotlib draws with in a kernel, which it asks for when it is imported.
_BACKEND = "module://matplotlib_inline.backend_inline"
#: Beyond standard input, output and errors.
_STREAMS = 2
#: The files that are open after the imports, and the place in each where it is read next.
_FILES: dict[int, int] = {}


def main() -> None:
    """Imports, then forks a process for each order, until there is no one left to order any."""
    if Path(sys.path[0]).resolve() == Path.cwd():  # as ipykernel's own launcher does
        del sys.path[0]
    os.environ.setdefault("MPLBACKEND", _BACKEND)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the process that started it
    # What it imports may be at a lock, which an exit gives back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    gc.disable()  # hardly anything that is imported dies: to look for it again and again takes a second
    with kept_patterns():
        import_all(*sys.argv[2:])
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _note_files()
    gc.freeze()  # or the first collection in a forked process would copy every page
    gc.enable()
    serve(socket.socket(fileno=int(sys.argv[1])))


def serve(orders: socket.socket) -> NoReturn:
    """Forks a process for each order."""
    signal.signal(signal.SIGCHLD, _collect)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for order, sockets in _received(orders):
        begun, told = os.pipe()
        if (pid := os.fork()) == 0:
            os.close(begun)
            _begin(order, orders, told)
            if order["argv"]:
                _become_kernel(order, *sockets)
            _become_worker(order, *sockets)
        for one in (*sockets, told):
            os.close(one)
        # Who ordered it waits for one answer, and would for ever if a process that is gone were to give it.
        answer = pid if os.read(begun, 1) else 0
        os.close(begun)
        try:
            orders.sendall(f"{answer}\n".encode())
        except OSError:
            break  # who ordered it is gone
    os._exit(0)  # nothing is open; some extension modules complain of what they find at a real end


def _received(orders: socket.socket) -> Iterator[tuple[Order, list[int]]]:
    """Each order with the sockets that came along. Who orders waits for the answer before the next."""
    line, sockets = b"", list[int]()
    while True:
        try:
            part, more, *_ = socket.recv_fds(orders, 2**16, 1)
        except ConnectionResetError:  # who ordered was killed, with an answer that it had not read
            return
        if not part:
            return
        line, sockets = line + part, sockets + list(more)
        if line.endswith(b"\n"):
            yield json.loads(line), sockets
            line, sockets = b"", []


def import_all(*more: str) -> None:
    """What every notebook imports, the kernel's own modules, `more`, and tables that are made once in a
    process."""
    from digest_lib.text.encoder import encoder, ready

    vocabulary = importlib.import_module("digest_lib")
    importlib.import_module("digest_lib.running.families")  # first: it knows how to import others quickly
    with hidden("debugpy"):  # no debugger asks for a run's kernel, and it takes as long as all of ipykernel
        importlib.import_module("ipykernel.debugger")
    draws = NO_PICTURES not in more
    for module in (*_MODULES, *(_DRAWING if draws else ()), *(one for one in more if one != NO_PICTURES)):
        importlib.import_module(module)
    for name in vocabulary.__all__ if draws else vocabulary.undrawn():
        getattr(vocabulary, name)
    if draws:
        from PIL import Image

        Image.init()
    encoder()  # whether its weights are those that were measured is found out once
    if may_read():  # what is new has no vectors yet
        ready()
    _ready_for_notebooks()
    idle = _NOT_KERNELS if may_read() else (*_NOT_KERNELS, *_FETCHING)
    for table in tables():
        if not table.__module__.startswith(idle):
            table()


def _ready_for_notebooks() -> None:
    """What reading a notebook and starting a kernel make once in a process: what they check by, and who can
    start one. A process for each notebook would make it anew, a tenth of a second each."""
    from jupyter_client.provisioning.factory import KernelProvisionerFactory
    from nbformat import current_nbformat, current_nbformat_minor
    from nbformat.validator import get_validator

    get_validator(current_nbformat, current_nbformat_minor)
    KernelProvisionerFactory.instance()


def tables() -> Iterator[Callable[[], object]]:
    """The library's cached functions that take nothing: each gives a table that is the same in every run."""
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("digest_lib."):
            continue
        for _, found in sorted(vars(module).items()):
            ours = isinstance(found, _Cached) and found.__module__ == name
            if ours and not inspect.signature(found).parameters:
                yield found


def _begin(order: Order, orders: socket.socket, told: int) -> None:
    """In what has just been forked: is of a process group of its own, and then tells that it has begun."""
    os.setsid() if order["argv"] else os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.write(told, b"!")
    os.close(told)
    os.close(orders.detach())
    _reopen_files()
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    _seed()


def _become_kernel(order: Order, turn: int | None = None) -> NoReturn:
    if turn is not None:
        os.environ[TURN] = str(turn)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if ID in os.environ:  # the log is lines of JSON; what a cell's own programs print is in its output
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = order["argv"]
    # It ends when this process, which has ended, is its parent no more.
    IPKernelApp.launch_instance([*sys.argv[1:], f"--IPKernelApp.parent_handle={os.getppid()}"])
    sys.exit()


def _become_worker(order: Order, fd: int) -> NoReturn:
    ours, its = socket.socketpair()
    forking = os.fork()  # before there is a thread
    if forking == 0:
        ours.close()
        os.close(fd)
        _reopen_files()
        serve(its)
    its.close()
    sys.path += [folder for folder in order["path"] if folder not in sys.path]
    from digest_lib.running.forking import Preloaded
    from digest_lib.running.worker import work

    Preloaded.take_over(forking, ours)
    work(Connection(fd))


def _note_files() -> None:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, not files
        with suppress(OSError):  # what listed them is closed by now
            if stat.S_ISREG(os.fstat(int(name)).st_mode) and int(name) > _STREAMS:
                _FILES[int(name)] = os.lseek(int(name), 0, os.SEEK_CUR)


def _reopen_files() -> None:
    """Opens anew what was open (fonts, which are read when a letter is drawn): forked processes would share
    one place in the file, and each move it under the others' hands."""
    for fd, place in _FILES.items():
        own = os.open(f"/proc/self/fd/{fd}", os.O_RDONLY)
        os.lseek(own, place, os.SEEK_SET)
        os.dup2(own, fd, inheritable=False)
        os.close(own)


def _collect(*_: object) -> None:
    """Collects what is left of kernels that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def _seed() -> None:
    """What draws at random starts anew, as in a process of its own; Python's `random` sees to itself."""
    import numpy

    numpy.random.seed()


if __name__ == "__main__":
    main()
