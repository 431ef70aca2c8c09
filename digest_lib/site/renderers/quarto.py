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
from digest_lib.secrets import without_secrets
from digest_lib.settings import Home
from digest_lib.site.frame import Frame
from digest_lib.site.ledger import sign_of
from digest_lib.site.renderers import BUILDING, Progress

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_ERROR = re.compile(r"(ERROR|Error|FATAL)\b")
_ERROR_MARK = re.compile(r"(ERROR|FATAL)\b:?( \([^)]*\))?")
#: Quarto's warnings and progress, and how calls are told of.
_NO_REASON = re.compile(
    r"\s*(WARN|\[WARNING\]|\[ *\d+/\d+\]|stack traceback:|Stack trace:|at \S+ |\[C\]:|\d+ \||-+\^)"
)
_PROGRESS = re.compile(r"^\r?\[ *\d+/\d+\] (.+?)\r?$", re.MULTILINE)
_LONGEST = 300
_BASE_SECONDS = 120
_SECONDS_A_PAGE = 5


class Quarto:
    """See `Renderer`; `program` is the path of `quarto`."""

    name = "quarto"
    reads_beside = True

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
            reason = reason_in(text).replace(f"{home.root}/", "")
            raise RenderFailed(self.name, reason or f"it ended with exit code {code}", place_in(text))
        pages = len(list(out.rglob("*.html")))
        if not pages:
            raise RenderFailed(self.name, "it made no page; is `render:` in _quarto.yml right?")
        return pages

    def made_with(self, home: Home) -> bytes:
        program = Path(self._program).resolve()
        return repr((str(program), sign_of(program.stat()), Frame.of(home).key)).encode()


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
    except subprocess.TimeoutExpired as error:
        text = (error.output or b"").decode(errors="replace")
        raise RenderFailed("quarto", f"it was not done after {seconds:.0f} s", place_in(text)) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode, raw.decode(errors="replace")


def _environment(own: Mapping[str, str], home: Home) -> dict[str, str]:
    """No secrets, and this Python's own programs first, so that the hooks find `digest`."""
    environment = without_secrets(own)
    environment |= {BUILDING: "1", "DIGEST_HOME": str(home.root)}
    # Quarto hands its steps the names of all pages: in a variable, which has no room for those of many years,
    # or in these files.
    for name in ("INPUT", "OUTPUT"):
        environment[f"QUARTO_USE_FILE_FOR_PROJECT_{name}_FILES"] = str(home.root / f".{name.lower()}-files")
    beside = str(Path(sys.executable).parent)
    environment["PATH"] = os.pathsep.join([beside, environment.get("PATH", "")])
    return environment


def reason_in(text: str) -> str:
    """What Quarto, or a program that it ran, gave last as the error, on one line; empty when there is none.

    An error line may be continued: by the next line where it ends in a colon or says nothing itself, by
    lines that are indented, but not by the stack of its calls.
    """
    lines = [line.rstrip() for line in _ANSI.sub("", text).splitlines() if line.strip()]
    heads = [number for number, line in enumerate(lines) if _ERROR.match(line)]
    if not heads:
        told = [line.strip() for line in lines if not _NO_REASON.match(line)] or lines[-1:]
        return told[-1].strip()[:_LONGEST] if told else ""
    reason = _ERROR_MARK.sub("", lines[heads[-1]]).strip()
    for line in lines[heads[-1] + 1 :]:
        if _NO_REASON.match(line) or not (line[0].isspace() or not reason or reason.endswith(":")):
            break
        reason = f"{reason} {line.strip()}".strip()
    return reason[:_LONGEST]


def place_in(text: str) -> str:
    """The file that Quarto was at when it stopped, by its path in the home; empty when it does not say."""
    found = _PROGRESS.findall(_ANSI.sub("", text))
    return found[-1].strip() if found else ""
