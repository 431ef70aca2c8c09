"""Prompts are data from the desk: validated before anything is sent, filled without touching other braces."""

from __future__ import annotations

from collections.abc import Mapping

from digest_lib.errors import BadPrompt
from digest_lib.prompt_fields import PLACEHOLDER, wrong_with

#: What `{language}` says, as the comment beside the prompts tells the desk.
LANGUAGES = {"zh-TW": "繁體中文（臺灣用語、正體字）", "en": "English", "ja": "日本語"}


def validate_all(**prompts: str | None) -> None:
    """Raises `BadPrompt` for what is wrong with one of the desk's prompts, by their names, before anything is
    sent: a placeholder that it may not have, or one that is missing. None is none."""
    for prompt, text in prompts.items():
        if wrong := wrong_with(prompt, text):
            raise BadPrompt(prompt, wrong)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The prompt with its placeholders filled. What is filled in is never looked at for placeholders."""
    return PLACEHOLDER.sub(lambda m: values[m.group(1)], text)
