"""A server that hangs is asked once a run: what one request waited for in vain, no other request waits for.

Runs are many processes, so the mark that says so is a file, which `DIGEST_LLM_HUNG` names while they last.
Where nobody names one (a notebook that is run alone), every request waits for itself.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from digest_lib.errors import LlmUnavailable

#: The file's name in the environment.
VARIABLE = "DIGEST_LLM_HUNG"


def note() -> None:
    """Says that the server did not answer in time."""
    if path := os.environ.get(VARIABLE):
        with suppress(OSError):  # then the next request finds out for itself
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).touch()


def check() -> None:
    """Raises `LlmUnavailable` when the server did not answer an earlier request of this run in time."""
    path = os.environ.get(VARIABLE)
    if path and Path(path).exists():
        raise LlmUnavailable("the llm did not answer in time earlier in this run, and is not asked again")
