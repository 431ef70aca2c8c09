"""Assertions, tried on a digest: the share of its texts of which each holds."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

from digest_lib.checking.digest import Digest, DigestStory
from digest_lib.errors import BadInput
from digest_lib.lab.assertion import Assertion, Per

#: Whether, or to what part, a text is what it must be.
Check = Callable[[str], float]


def texts(digest: Digest, per: Per) -> list[str]:
    """The digest by stories, what stands above and below them, or all of it: headlines and sentences, a line
    each."""
    stories = [_story(story) for story in digest.stories]
    around = [
        digest.headline,
        *(s.text for place, some in digest.sentences() if not place.startswith("stories[") for s in some),
    ]
    return {"story": stories, "day": ["\n".join(around)], "digest": ["\n".join([*around, *stories])]}[per]


def _story(story: DigestStory) -> str:
    return "\n".join([story.headline, *(s.text for s in [*story.sentences, *story.why_it_matters])])


def holds(assertion: Assertion, digest: Digest, check: Check) -> float | None:
    """The assertion's score on a digest; None where there is no text of its kind."""
    tried = [check(text) for text in texts(digest, assertion.per)]
    return sum(tried) / len(tried) if tried else None


def check_of(assertion: Assertion, folder: Path) -> Check:
    """The check of an assertion; a `python` one's file lies by `folder`. Raises `BadInput`."""
    value = str(assertion.value)
    if assertion.type == "python":
        return _python(value, folder)
    if assertion.type.endswith("chars"):
        least = assertion.type == "min-chars"
        return lambda text: float(len(text) >= int(value) if least else len(text) <= int(value))
    wanted = not assertion.type.startswith("not-")
    if assertion.type.endswith("regex"):
        pattern = re.compile(value)
        return lambda text: float((pattern.search(text) is not None) is wanted)
    return lambda text: float((value in text) is wanted)


def _python(value: str, folder: Path) -> Check:
    """The function of a file, as `file.py:function`. What it raises names the file."""
    name, _, function = value.rpartition(":")
    path = folder / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise BadInput(path, "there is no such file (an assertion of type python)")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        call = getattr(module, function)
    except Exception as error:
        raise BadInput(path, f"it cannot be used: {type(error).__name__}: {error}".splitlines()[0]) from None

    def check(text: str) -> float:
        try:
            return min(1.0, max(0.0, float(call(text))))
        except Exception as error:
            said = f"{function} failed: {type(error).__name__}: {error}".splitlines()[0]
            raise BadInput(path, said) from None

    return check
