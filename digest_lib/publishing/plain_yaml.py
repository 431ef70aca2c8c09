"""YAML read in C where libyaml is there: a front matter is read at each render, and reading it in Python took
a sixth of a whole one."""

from __future__ import annotations

from typing import Any

import yaml

#: Reads plain values only, as `yaml.SafeLoader` does.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """The value of a YAML text. Raises `yaml.YAMLError` where it is none."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506  (a safe loader)
