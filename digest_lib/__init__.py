"""The newsroom's vocabulary: what a notebook imports.

Each step takes what the step before returned, and returns something that can be looked at in a cell:

    articles -> matched -> stories -> draft -> digest -> the visible parts of a post

Names are loaded when they are first used, so that `digest --help` does not wait for pandas and matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from digest_lib.version import __version__ as __version__

if TYPE_CHECKING:
    from digest_lib.charts.coverage import coverage_chart
    from digest_lib.charts.infographic import infographic
    from digest_lib.charts.trend import trend_chart
    from digest_lib.gathering.gather import gather, read
    from digest_lib.sections.sections import section
    from digest_lib.stories.cluster import cluster
    from digest_lib.stories.history import history
    from digest_lib.stories.match import match
    from digest_lib.writing.revise import revise
    from digest_lib.writing.try_prompt import try_prompt
    from digest_lib.writing.write import write

_ROOMS = {
    "gather": "gathering.gather",
    "read": "gathering.gather",
    "match": "stories.match",
    "cluster": "stories.cluster",
    "history": "stories.history",
    "write": "writing.write",
    "revise": "writing.revise",
    "infographic": "charts.infographic",
    "trend_chart": "charts.trend",
    "coverage_chart": "charts.coverage",
    "section": "sections.sections",
    "compare": "lab.beside",
    "try_prompt": "writing.try_prompt",
}

__all__ = [
    "cluster",
    "compare",
    "coverage_chart",
    "gather",
    "history",
    "infographic",
    "match",
    "read",
    "revise",
    "section",
    "trend_chart",
    "try_prompt",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'digest_lib' has no attribute {name!r}")
    return getattr(importlib.import_module(f"digest_lib.{_ROOMS[name]}"), name)


def undrawn() -> list[str]:
    """The names of what draws nothing, and is there without matplotlib."""
    return [name for name in __all__ if not _ROOMS[name].startswith("charts.")]


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
