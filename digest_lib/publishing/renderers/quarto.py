"""Rendering by Quarto: in an environment without secrets, without running code, within a time limit."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from digest_lib.errors import RenderFailed
from digest_lib.publishing.renderers import BUILDING, Progress
from digest_lib.secrets import without_secrets
from digest_lib.settings import Home

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_BASE_SECONDS = 120
_SECONDS_A_PAGE = 5


class Quarto:
    """See `Renderer`; `program` is the path of `quarto`."""

    name = "quarto"

    def __init__(self, program: str) -> None:
        self._program = program

    def describe(self) -> str:
        return f"Quarto at {self._program}"

    def render(self, home: Home, out: Path, progress: Progress | None = None) -> int:
        inputs = len(list(home.posts.glob("*/index.ipynb"))) + len(list(home.root.glob("**/*.qmd")))
        if progress:
            progress(f"quarto render: {inputs} pages")
        command = [
            self._program, "render", str(home.root), "--no-execute", "--output-dir", str(out),
        ]  # fmt: skip
        code, text = _run(command, home, _BASE_SECONDS + _SECONDS_A_PAGE * inputs)
        if code != 0:
            raise RenderFailed(self.name, reason_in(text) or f"it ended with exit code {code}")
        pages = len(list(out.rglob("*.html")))
        if not pages:
            raise RenderFailed(self.name, "it made no page; is `render:` in _quarto.yml right?")
        return pages


def _run(command: list[str], home: Home, seconds: float) -> tuple[int, str]:
    """The exit code and the output; a run that takes too long is ended with all that it started."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that was found, with our own arguments
            command,
            cwd=home.root,
            env=_environment(os.environ, home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise RenderFailed("quarto", f"it does not start: {error.strerror or error}") from None
    try:
        raw, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise RenderFailed("quarto", f"it was not done after {seconds:.0f} s") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode, raw.decode(errors="replace")


def _environment(own: Mapping[str, str], home: Home) -> dict[str, str]:
    """No secrets, and this Python's own programs first, so that the hooks find `digest`."""
    environment = without_secrets(own)
    environment |= {BUILDING: "1", "DIGEST_HOME": str(home.root)}
    beside = str(Path(sys.executable).parent)
    environment["PATH"] = os.pathsep.join([beside, environment.get("PATH", "")])
    return environment


def reason_in(text: str) -> str:
    """The one line of Quarto's output that says why it stopped; empty when there is none."""
    lines = [line.strip() for line in _ANSI.sub("", text).splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if line.startswith("ERROR"):
            told = line.removeprefix("ERROR").lstrip(": ")
            return (told or " ".join(lines[number + 1 : number + 2]))[:300]
    return lines[-1][:300] if lines else ""
