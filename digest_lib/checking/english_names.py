"""English names that a source has in another form: Latvia of Latvian riders, pro-Russian of Russian, Francois
of François, WHO spelt out.

A form is another spelling of one and the same name, worked out without a look at what is said of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from digest_lib.checking.evidence import Evidence
from digest_lib.text.english import is_common, is_name_in_dictionary
from digest_lib.text.lexicon import rows
from digest_lib.text.names import stands_in
from digest_lib.text.scripts import fold

#: What is joined to a name by a hyphen and no word alone: post-Brexit.
_JOINED = frozenset(
    ["anti", "co", "ex", "intra", "inter", "mid", "multi", "non", "post", "pre", "pro", "semi"]
)
_SMALL = r"(?:(?:of|for|the|and|on)\s+)*"
_RUN = re.compile(rf"[A-Z][a-z]+(?:\s+{_SMALL}[A-Z][a-z]+)+")
_WORD = re.compile(r"(?<![\w$£'-])[a-z]{3,}(?![\w-]|'[a-rt-z])")
#: So many letters tell a name by its initials, and no more.
_INITIALS = re.compile(r"[A-Z]{3,6}")


def told_in_other_form(name: str, text: str, source: Evidence) -> bool:
    """Does the source have the name of the text in another form?"""
    plain = without_accents(fold(name))
    letters = _letters(source)
    if stands_in(plain, letters) or any(stands_in(form, letters) for form in _kin().get(plain, ())):
        return True
    joined = _name_in_compound(name)
    if joined and joined != name:
        return stands_in(joined, source.folded) or told_in_other_form(joined, text, source)
    return _by_initials(name, text, source)


def names_in_lower_case(text: str) -> list[str]:
    """The words of an English text without capitals that a dictionary has with one only: helen."""
    if not text.isascii() or any(c.isupper() for c in text[1:]):
        return []
    return list(dict.fromkeys(word for word in _WORD.findall(text) if is_name_in_dictionary(word)))


def without_accents(text: str) -> str:
    """The text with the letters alone that accents stand on, in either way of writing these."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


@lru_cache(maxsize=2048)
def _letters(source: Evidence) -> str:
    return without_accents(source.folded)


@cache
def _kin() -> Mapping[str, tuple[str, ...]]:
    """Each form of a country's name, or of a direction, with all of them."""
    table = [(name, *others.split("|")) for name, others in rows("text", "demonyms.tsv")]
    return {form: forms for forms in table for form in forms}


def _name_in_compound(name: str) -> str:
    """The name that one or several common words are joined to by hyphens: Ukraine of Ukraine-related."""
    parts = name.split("-")
    names = [p for p in parts if p[:1].isupper()]
    others = [p for p in parts if p not in names]
    plain = all(p in _JOINED or is_common(p) for p in others)
    return names[0] if others and len(names) == 1 and plain else ""


def _by_initials(name: str, text: str, source: Evidence) -> bool:
    """Is it spelt out in the source and by its initials in the text, or the other way round?"""
    if _INITIALS.fullmatch(name):
        return bool(_spelt_out(name).search(source.whole))
    runs = (m.group() for m in _RUN.finditer(text))
    initials = ("".join(re.findall("[A-Z]", run)) for run in runs if name in run.split())
    return any(_INITIALS.fullmatch(i) and re.search(rf"\b{i}\b", source.whole) for i in initials)


@lru_cache(maxsize=2048)
def _spelt_out(initials: str) -> re.Pattern[str]:
    return re.compile(r"\b" + rf"[\w'’-]*\s+{_SMALL}".join(initials) + r"[a-z]")
