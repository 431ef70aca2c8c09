"""Prompts are data from the desk: validated before anything is sent, filled without touching other braces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from digest_lib.errors import BadPrompt

# Only `{word}` is a placeholder: a researcher can write JSON or code in a prompt as it is.
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def validate(prompt: str, text: str, allowed: Iterable[str], required: Iterable[str]) -> None:
    """Raises `BadPrompt` (named `prompt`) for a placeholder that is not `allowed`, or a `required` one
    that is missing."""
    allowed, used = sorted(allowed), set(_PLACEHOLDER.findall(text))
    there = ", ".join(f"{{{name}}}" for name in allowed)
    for name in sorted(used - set(allowed)):
        raise BadPrompt(prompt, f"unknown placeholder {{{name}}}; there are: {there}")
    for name in sorted(set(required) - used):
        raise BadPrompt(prompt, f"the placeholder {{{name}}} is missing; there are: {there}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The prompt with its placeholders filled. What is filled in is never looked at for placeholders."""
    return _PLACEHOLDER.sub(lambda m: values[m.group(1)], text)
