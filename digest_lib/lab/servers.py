"""Where the servers of an experiment are; a fake llm, which costs nothing, is played while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from digest_lib.lab.experiment import FAKE, Experiment


@contextmanager
def served(experiment: Experiment) -> Iterator[Mapping[str, str]]:
    """The address of each server by its name."""
    with ExitStack() as stack:
        yield {name: _address(at.base_url, stack) for name, at in experiment.servers.items()}


def _address(base_url: str, stack: ExitStack) -> str:
    if base_url != FAKE:
        return base_url
    from digest_lib.writing.fake_llm import FakeLlm

    return stack.enter_context(FakeLlm().serving()).url
