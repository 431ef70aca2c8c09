"""`python -m digest_lib` is the command `digest`."""

import atexit
import os
import sys
import threading
from contextlib import suppress

from digest_lib.cli import main


def run() -> None:
    """The command, in a process of its own, which ends without taking apart what it has imported: Python
    would take a third of a second for it, and nobody is left to need it. So does mypy (`hard_exit`)."""
    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _end(end.code or 0)
        raise


def _end(code: int) -> None:
    """Ends the process, after what is to be done at its end; not while a thread works that it would wait
    for, or what was said last cannot be written: Python tells of that."""
    if any(not one.daemon for one in threading.enumerate() if one is not threading.main_thread()):
        return
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()
        os._exit(code)


if __name__ == "__main__":
    run()
