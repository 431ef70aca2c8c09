"""Programs that stand for Quarto: to let it fail where a real one would, and to look at it at work."""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

#: Renders as little as the finish of a site needs. `STOP` is a file: while it is there, the program waits at
#: a post, with what Quarto leaves in its folder.
STANDING_FOR_QUARTO = """
import pathlib, sys, time
root, out = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[-1])
pages = sorted([*root.glob("*.qmd"), *root.glob("posts/*/index.ipynb")])
for number, page in enumerate(pages, 1):
    place = page.relative_to(root)
    print(f"\\r[{number}/{len(pages)}] {place}", flush=True)
    if BAD and BAD in page.read_text("utf-8"):
        print("Error running filter main.lua:\\nC stack overflow\\nstack traceback:\\n\\t[C]: in ?")
        print("WARN: Error encountered when rendering files")
        sys.exit(1)
    (page.parent / f"{page.stem}_files").mkdir(exist_ok=True)
    (page.parent / f"{page.stem}.html").write_text("half a page")
    while page.suffix == ".ipynb" and STOP and pathlib.Path(STOP).exists():
        pathlib.Path(STOP + ".reached").touch()
        time.sleep(0.02)
    target = (out / place).with_suffix(".html")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("<html><head></head><body><main>x</main></body></html>")
"""


def program(path: Path, body: str) -> str:
    """An executable Python program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{body}", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def quarto_stand_in(folder: Path, *, bad: str = "", stop: str = "") -> Path:
    """The folder to put on PATH. It stops at a page that holds `bad`."""
    program(folder / "quarto", f"BAD, STOP = {bad!r}, {stop!r}\n{STANDING_FOR_QUARTO}")
    return folder


def wait_until(is_so: Callable[[], object], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)
