"""Prompts are data from the desk: validated before anything is sent, filled without touching other braces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from digest_lib.errors import BadPrompt
from digest_lib.prompt_fields import PLACEHOLDER, wrong_in, wrong_with

#: What `{language}` says, as the comment beside the prompts tells the desk.
LANGUAGES = {"zh-TW": "繁體中文（臺灣用語、正體字）", "en": "English", "ja": "日本語"}


def validate(prompt: str, text: str, allowed: Iterable[str], required: Iterable[str]) -> None:
    """Raises `BadPrompt` (named `prompt`) for a placeholder that is not `allowed`, or a `required` one
    that is missing."""
    wrong = wrong_in(text, set(allowed), [tuple(required)])
    if wrong:
        raise BadPrompt(prompt, wrong)


def validate_all(**prompts: str | None) -> None:
    """The same for the desk's prompts by their names, all of them before anything is sent; None is none."""
    for prompt, text in prompts.items():
        if wrong := wrong_with(prompt, text):
            raise BadPrompt(prompt, wrong)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The prompt with its placeholders filled. What is filled in is never looked at for placeholders."""
    return PLACEHOLDER.sub(lambda m: values[m.group(1)], text)
