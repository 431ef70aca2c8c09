"""Does a source name a place that a text names, in another spelling or by one character: 美 for 美國?"""

from __future__ import annotations

import re
from functools import cache

from digest_lib.checking.evidence import Evidence
from digest_lib.text.names import well_known
from digest_lib.text.scripts import fold
from digest_lib.text.tagged_names import places

#: The characters that stand for a place by themselves.
_CHARACTERS = "美英法德俄日韩朝中印澳加欧非亚港台沪京津渝粤以伊乌越泰菲马"
_SHORT_PLACES = frozenset(_CHARACTERS)
#: What makes of a place the whole of it: 全美.
_ALL = "全"
#: Places that are not called by their first character.
_SHORTENED = {"香港": "港", "新加坡": "新"}
#: 新 is a place beside another one only: 港新, 新馬.
_NEW_BESIDE = re.compile(
    r"[、及和与,][港台日韩泰马印澳]新|[港台日韩泰马印澳][、及和与]?新(?!的)|新[、及和与]?[马港泰澳]"
)


def is_whole(place: str) -> bool:
    """Is it the whole of a place that has one character: 全美?"""
    return place[:1] == _ALL and fold(place[1:]) in _SHORT_PLACES


def names_place(place: str, source: Evidence) -> bool:
    """Does the source name a well-known place in another spelling, or by its first character (美, 俄)?"""
    if is_whole(place):
        place = place[1:]
    if _names_each(fold(place), source):
        return True
    known = well_known(place)
    first = _SHORTENED.get(fold(place), fold(place)[0])
    if known <= source.names:
        return bool(known)
    if first in _SHORT_PLACES:
        return any(_stands_short(first, fold(said)) for said in source.sentences)
    return first == _SHORTENED["新加坡"] == fold(place)[:1] and bool(_NEW_BESIDE.search(source.folded))


def _names_each(short: str, source: Evidence) -> bool:
    """Does it name each of the places that stand there by one character: 日韓?"""
    if not _SHORT_PLACES.issuperset(short):
        return False
    named = (places(fold(said)) for said in source.sentences)
    told = [source.folded if found is None else "".join(found) for found in named]
    return all(any(c in t for t in told) for c in short)


@cache
def _in_its_place(first: str) -> re.Pattern[str]:
    """The character with what says that it stands for a place: who speaks or acts for it (美方), another
    one beside it (港、澳)."""
    return re.compile(
        rf"(?<!\d){first}(?:[方媒军商企股]|(?=、?[{_CHARACTERS}]))|(?<=[{_CHARACTERS}、及和与]){first}"
    )


def _stands_short(first: str, told: str) -> bool:
    """Does the first character of a place stand for it there: 美 in 美方, 美參院 and 英美, not in 完美?"""
    if first not in told or _in_its_place(first).search(told):
        return first in told
    where = places(told)
    return where is None or any(p[0] == first or (first in p and _SHORT_PLACES.issuperset(p)) for p in where)
