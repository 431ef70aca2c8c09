"""papermill's engine `digest`: each run's kernel is forked from a process that has its imports behind it.

`papermill --engine digest` works too, and for one notebook gains nothing. Results are those of a cold kernel.
Where a process cannot be forked safely (all but Linux), or the notebook wants another kernel, the kernel is
started as ever.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from queue import Empty
from threading import Thread
from typing import IO, Any, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_core.utils import ensure_dir_exists
from traitlets import Type

from digest_lib.running.forking import Forked, Preloaded
from digest_lib.running.logs import ID, log
from digest_lib.turns import Beginning

NAME = "digest"
_LAUNCHER = "ipykernel_launcher"


class _Provisioner(LocalProvisioner):
    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        with Beginning.handed_on() as turn:
            forked = self._forked(cmd, turn, **kwargs)
        if forked is not None:
            self.process = cast("Any", forked)
            self.pid = self.pgid = cast("Any", forked.pid)
            return self.connection_info
        with _told(kwargs["env"]) as streams:
            return await super().launch_kernel(cmd, **kwargs, **streams)

    def _forked(self, cmd: list[str], turn: IO[bytes] | None, **kwargs: Any) -> Forked | None:
        """The kernel that the command would start; None where it is to start it."""
        preloaded = Preloaded.started() if _LAUNCHER in cmd else None
        if preloaded is None:
            return None
        argv, cwd = [_launcher(), *cmd[cmd.index(_LAUNCHER) + 1 :]], str(kwargs.get("cwd") or Path.cwd())
        self.cwd = cast("Any", cwd)
        return preloaded.kernel(argv, cwd, dict(kwargs["env"]), turn)


@contextmanager
def _told(env: Mapping[str, str]) -> Iterator[dict[str, int]]:
    """Where a kernel that is started as ever may write, in a command whose log is lines of JSON: what it has
    to say, such as why it cannot start, becomes such lines; what cells print is in their output."""
    if not env.get(ID):
        yield {}
        return
    ours, its = os.pipe()
    Thread(target=_tell, args=(ours,), daemon=True).start()
    try:
        yield {"stdout": subprocess.DEVNULL, "stderr": its}
    finally:
        os.close(its)


def _tell(stream: int) -> None:
    with open(stream, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                log("error", line.strip(), event="kernel")


def _launcher() -> str:
    """What a module's process finds as its first argument: the module's file."""
    spec = find_spec(_LAUNCHER)
    return spec.origin if spec and spec.origin else _LAUNCHER


class _Client(AsyncKernelClient):
    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """As its own does, which at the end listens for a fifth of a second whether the kernel says more: it
        has said all when it says that it is idle. Raises `RuntimeError`."""
        ends = None if timeout is None else time.monotonic() + timeout
        while not await self._is_ready():
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it had answered")
            if ends is not None and time.monotonic() > ends:
                raise RuntimeError(f"the kernel did not answer in {timeout} seconds")

    async def _is_ready(self) -> bool:
        """Whether the kernel answers, and is heard where it publishes what it does."""
        asked, reply, said = self.kernel_info(), None, None
        with suppress(Empty):
            while reply is None or reply["parent_header"].get("msg_id") != asked:
                reply = await self.get_shell_msg(timeout=1)
            while said is None or _done_with(said) != asked:
                said = await self.get_iopub_msg(timeout=0.2)
            self._handle_kernel_info_reply(reply)
            return True
        return False


def _done_with(said: Mapping[str, Any]) -> str:
    """The request with which the kernel is done where that is what it says; else ""."""
    done = said["msg_type"] == "status" and said["content"]["execution_state"] == "idle"
    return str(said["parent_header"].get("msg_id", "")) if done else ""


class _Manager(AsyncKernelManager):
    client_factory: Any = Type(_Client, klass=AsyncKernelClient)

    async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or kwargs.pop("kernel_id", os.urandom(16).hex())
            # Without a name of its own the file, with the kernel's key, would lie in the system's folder for
            # temporary files, and stay there when the kernel is killed.
            folder = jupyter_runtime_dir()
            ensure_dir_exists(folder, mode=0o700)  # nobody has made it on a machine where Jupyter never ran
            self.connection_file = str(Path(folder, f"kernel-{self.kernel_id}.json"))
            if sys.platform == "linux":
                # A port is chosen before the kernel opens it, and on a busy machine another may by then; a
                # name of its own is nobody else's, is no file (@), and goes with the kernel.
                self.transport, self.ip = "ipc", f"@digest-{self.kernel_id}"
            self.provisioner = _Provisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**kwargs)


@cache
def _forking(engine: Any) -> Any:
    """papermill's own engine, on a kernel that is there already."""

    class PreloadedEngine(engine):  # type: ignore[misc]  # papermill has no types
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
            kwargs["kernel_manager_class"] = _Manager
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)

    return PreloadedEngine


def __getattr__(name: str) -> Any:
    """`PreloadedEngine`, by which papermill's entry point knows it. Not before it is asked for: papermill, as
    it is imported, imports this module, which so cannot want papermill first."""
    if name != "PreloadedEngine":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from papermill.engines import NBClientEngine

    return _forking(NBClientEngine)


def registered() -> str:
    """The engine's name, which papermill knows from here on, however this library was installed."""
    from papermill.engines import NBClientEngine, papermill_engines

    papermill_engines.register(NAME, _forking(NBClientEngine))
    return NAME
