"""What languages are called: CLDR's names, by Babel."""

from __future__ import annotations

from functools import lru_cache


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
