"""What can go wrong around a run, done to real commands: how each ends, and the one line that says so.

    python bench/faults.py [--only full-disk,hung-llm]

A full disk and a read-only folder are mounted, which takes root; they are left out for anybody else.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import nbformat  # noqa: E402

import kills  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from homes import command, copy_home, gather_sample  # noqa: E402

RUN = kills.RUN
Done = subprocess.CompletedProcess[str]
#: A fault: done to the home, and what was said; with the exit code and words that are expected.
Fault = Callable[[Home], Done]


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", *options, str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def full_disk(home: Home) -> Done:
    with mounted(home.posts, "-t", "tmpfs", "-o", "size=64k", "tmpfs"):
        return command(home, *RUN)


def read_only(home: Home) -> Done:
    with mounted(home.posts, "-t", "tmpfs", "-o", "ro", "tmpfs"):
        return command(home, *RUN)


def clock_back(home: Home) -> Done:
    return command(home, "gather", DIGEST_NOW="2026-07-20T00:00:00Z", DIGEST_FETCH="yes")


def with_cell(home: Home, source: str) -> None:
    path = home.notebooks / "qwen.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells.insert(2, nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, path)


def endless(home: Home) -> Done:
    with_cell(home, "while True: pass")
    return command(home, *RUN, "--max-seconds", "20")


def eats_memory(home: Home) -> Done:
    with_cell(home, "kept = []\nwhile True: kept.append(bytearray(10_000_000))")
    return command(home, *RUN, DIGEST_KERNEL_MB="700")


def hung_llm(home: Home) -> Done:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:  # takes connections, answers none
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        own = {"DIGEST_LLM": "gpt-x", "OPENAI_BASE_URL": address, "OPENAI_API_KEY": "k" * 20}
        return command(home, *RUN, DIGEST_LLM_SECONDS="3", **own)


def corrupt(home: Home) -> Done:
    path = next(iter(sorted((home.archive / "articles").glob("day=2026-07-16/*.parquet"))))
    path.write_bytes(path.read_bytes()[:-20])
    return command(home, *RUN)


def two_at_once(home: Home) -> Done:
    victim = kills.VICTIMS["command"]
    both = [kills.begin(home, victim), kills.begin(home, victim)]
    said = [one.communicate()[1].decode() for one in both]
    codes = sorted(one.returncode for one in both)
    records = [*home.runs.glob("*.json")]
    ok = codes in ([0, 0], [0, 4]) and len(records) == 1 and not kills.wrong(home)
    return subprocess.CompletedProcess(
        [], 0 if ok else 1, f"exit codes {codes}, {len(records)} record", "".join(said)
    )


#: name -> the fault, the exit code of its command, and what must be said
FAULTS: dict[str, tuple[Fault, int, str]] = {
    "full-disk": (full_disk, 1, "No space left"),
    "read-only-posts": (read_only, 1, "Read-only file system"),
    "clock-back": (clock_back, 2, "before the last gather"),
    "endless-notebook": (endless, 1, "stopped after 20 s (--max-seconds)"),
    "memory-eater": (eats_memory, 1, "DIGEST_KERNEL_MB"),
    "hung-llm": (hung_llm, 0, "the llm failed in 1 of 1 runs"),
    "corrupt-archive": (corrupt, 0, "and set aside. See: digest archive check"),
    "two-runs-at-once": (two_at_once, 0, "1 record"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default=",".join(FAULTS))
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        gathered = gather_sample(Path(folder) / "gathered")
        for name in parser.parse_args().only.split(","):
            fault, code, words = FAULTS[name]
            if fault in {full_disk, read_only} and os.geteuid() != 0:
                print(f"{name}: left out, for it mounts")
                continue
            home, began = copy_home(gathered, Path(folder) / name), time.monotonic()
            done = fault(home)
            lines = f"{done.stdout}\n{done.stderr}".splitlines()
            said = next((line for line in lines if words in line), "")
            trace = any("Traceback" in line for line in lines)
            fine = done.returncode == code and said and not trace and not kills.orphans()
            bad += not fine
            seconds = time.monotonic() - began
            how = "fine" if fine else "WRONG"
            print(f"{name}: {how}, exit code {done.returncode}, {seconds:.0f} s: {said.strip()}", flush=True)
            if not fine:
                print("\n".join(lines))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
