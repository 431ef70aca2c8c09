"""Which placeholders each prompt of the desk may have and must have, in one place for all who check them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

#: Only `{word}` is a placeholder: a researcher can write JSON or code in a prompt as it is.
PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


#: What is left of an emoji that was cut: no encoding has it.
_HALF: Final = re.compile("[\ud800-\udfff]")


class Fields(NamedTuple):
    """The placeholders that a prompt may have, and sets of them of which one must be there."""

    allowed: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]


#: `{sentences}` are all that a request is about; a prompt with `{sentence}` is sent once for each.
PROMPTS: Final[dict[str, Fields]] = {
    "story_prompt": Fields(("name", "language", "date", "articles"), (("articles",),)),
    "day_prompt": Fields(
        ("name", "language", "date", "stories", "numbers", "earlier"), (("stories",),)
    ),
    "repair_prompt": Fields(
        ("name", "language", "date", "sentences", "sentence", "kind", "reasons", "articles"),
        (("sentences",), ("sentence", "reasons")),
    ),
    "doubt_prompt": Fields(
        ("name", "language", "date", "sentences", "sentence", "kind", "articles"),
        (("sentences", "articles"), ("sentence", "articles")),
    ),
}  # fmt: skip


def used(text: str) -> set[str]:
    """The placeholders of a prompt."""
    return set(PLACEHOLDER.findall(text))


def wrong_in(text: str, allowed: Collection[str], required: Iterable[Collection[str]]) -> str | None:
    """The first placeholder of the text that is not `allowed`, or those that are missing, in a line."""
    there = ", ".join(f"{{{name}}}" for name in sorted(allowed))
    found = used(text)
    for name in sorted(found - set(allowed)):
        return f"unknown placeholder {{{name}}}; there are: {there}"
    missing = [sorted(set(way) - found) for way in sorted(required, key=lambda w: -len(found & set(w)))]
    if missing and all(missing):  # of the way that is begun already, where one is
        return f"the placeholder {{{missing[0][0]}}} is missing; there are: {there}"
    return None


def wrong_with(prompt: str, text: object) -> str | None:
    """What is wrong with the text of the desk's `prompt`, in a line; None where nothing is."""
    fields = PROMPTS.get(prompt)
    if fields is None or not isinstance(text, str):
        return None
    if half := _HALF.search(text):
        return f"character {half.start() + 1} is half of one (U+{ord(half[0]):04X}), which cannot be sent"
    return wrong_in(text, fields.allowed, fields.required)
