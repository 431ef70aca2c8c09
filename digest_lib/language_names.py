"""Languages: how their tags are written, and what they are called: CLDR's names, by Babel."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

#: The tag of a language as it is written (`zh-Hant`), as an expression.
LANGUAGE_TAG: Final = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"


def is_taiwans(language: str) -> bool:
    """Is it the Chinese that Taiwan writes?"""
    return language.lower() in {"zh-tw", "zh-hant"}


@lru_cache(maxsize=1024)
def language_name(tag: str, language: str) -> str:
    """What a language is called in another one (`zh-TW`, `en`, `ja`), by CLDR; empty where it has no name."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        name = Locale.parse(
            "zh_Hant_TW" if language.startswith("zh") else language.partition("-")[0]
        ).languages
    except (UnknownLocaleError, ValueError):
        return ""
    return str(name.get(tag.partition("-")[0], ""))
