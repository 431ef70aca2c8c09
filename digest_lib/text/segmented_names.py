"""Chinese names that a segmenter tells: people, places and organisations that no office or glossary marks.

rjieba (jieba's dictionary and model, in Rust) says which words of a text are names; it errs on rare words, so
a name also has to look like one: a surname and two characters, the sounds of a foreign name, or what places
and organisations end with. It is quick enough for whole sources; for what a text claims, `tagged_names` tells
more of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from digest_lib.text.chinese_names import OFFICE, SAYING, SOUNDS, SURNAME
from digest_lib.text.names import well_known
from digest_lib.text.scripts import HAN, to_simplified

#: What the segmenter glues to a name's front.
_GLUED = re.compile(r"^[正由和与在向对被让是为及的将从给跟比把于]")
#: 高峰會, 嚴重性 and 白皮書 begin with a surname, too.
_PERSON = re.compile(
    rf"{SURNAME}{{1,2}}[\u4e00-\u9fff]{{2}}(?<![会性书矿饭能时证率费量者])|[{SOUNDS}]{{3,8}}"
)
#: A foreign name with a dot; what follows may sound like more of it.
_DOTTED = re.compile(rf"[{SOUNDS}]{{2,8}}(?:[·•‧・][{SOUNDS}]{{2,8}})+")
#: The two sides of the dot of any other.
_AROUND_DOT = re.compile(r"[\u4e00-\u9fff]{2}[·•‧・][\u4e00-\u9fff]{2}")
#: What stands before such a noun and is no company's name.
_COMMON = frozenset([
    "勒索", "智慧", "智能", "慈善", "卫星", "海洋", "权威", "即时通讯", "解压缩", "太阳", "新一波", "各县市",
    "都市", "精华区", "避风港", "五大洲", "欧元区", "大中华区",
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
_PEOPLE_TAGS = frozenset({"nr", "nrt", "nrfg"})
#: Characters that no name has.
_NO_NAME = re.compile(r"[了的是着过]")
#: What the segmenter takes into a name at either end: 能傳送, 矽晶圓裡.
_HARDLY_NAME = re.compile(r"^[能会可将要已]|[里上中下内于]$|[了的是着过]|..[化性式型级度率]$")
_PLACE_TAGS = frozenset({"ns", "nt"})
_NAME_TAGS = _PEOPLE_TAGS | {"ns", "nt", "nz"}
_KANA = re.compile(r"[\u3040-\u30ff]")
_SHORTEST, _LONGEST = 2, 8
#: Who speaks or acts for a place, and is called so of any.
_SPEAKS = re.compile(
    r"政府|官方|当局|[警军检]方|警察|军队|士兵|媒体|议会|国会|外交部|国防部|[副]?(?:总统|总理|首相|外长)|防长|央行|大使"
)
#: An institution of three characters or more; a shorter one, or one of these, is any country's.
_BODY = re.compile(r".{2,}[部局院所社会厅署办网台报队团军党校司行厂馆站协盟委府织]")
_ANY_COUNTRYS = re.compile(rf".*(?:{_SPEAKS.pattern})|..部|[中地].政府|国务院|人民法院|..机构|党中央")
#: What an institution is called after its place, and of what words its name is made.
_BODY_END = re.compile(
    r"[局厅署]$|学家$|副?[会部省市县厅局处院校所司]长$|委员$|书记$|总监$|副主席$|主任$|[\u4e00-\u9fff](?:院|所|社|会|部|办|网|台|报|队|团|军|区|校|司|(?<![举进发执实流旅])行|厂|馆|中心|公司|集团|大学|办公室|实验室)$"
)
_OF_A_BODY = frozenset({"n", "nz", "vn", "v", "a", "b", "l", "j", "ng", "nt", "ns", "nr", "i"})
_LONGEST_BODY = 14
_CONTINENTS = frozenset(
    {"欧洲", "亚洲", "美洲", "北美", "南美", "北美洲", "南美洲", "非洲", "大洋洲", "全球", "亚太"}
)
#: A factory that is called by what it makes alone is any: 車廠, 藥廠.
_ANY_FACTORY = re.compile(r"[\u4e00-\u9fff]厂")
#: What a thing is called that has a name of its own: 中歐框架協議. Other nouns a writer puts behind any name.
_NAMED_THING = re.compile(
    r"协议|协定|条约|公约|会议|会谈|峰会|论坛|法案|条例|大赛|锦标赛|博览会|展览会?|纪念[馆塔碑]|新城|基地|学校|中心"
    r"|组织|精神|体系|潜艇|航母|舰队|军队|女王|国王|皇帝|王子|副?会长|专访|市中心|工程"
)
_NOUNS, _MOST_NOUNS = frozenset({"n", "nz", "vn", "b", "ng"}), 3
#: A surname and one character: 張貼 looks like 張帥, so what stands beside it must say that it is a person.
_SHORT_PERSON = re.compile(rf"{SURNAME}[\u4e00-\u9fff]")
_OFFICE_BEFORE = re.compile(
    rf"(?:{OFFICE}|(?<=.)(?:[师员长官士]|(?<![携联分双对入着动出握接])手|(?<![国大])家))$"
)
_SAYING_AFTER = re.compile(SAYING)
#: What somebody's report, news or statement is called is no part of a name: 山脈日報報導.
_TOLD = re.compile(
    "旗下|报[导道]|消息|新闻|讯息|资讯|声明|公告|说明|评论|分析|观点|看法|说法|专访|访问|表示|指出"
)
_AND = frozenset("和与跟及、")
#: What stands before a place of two characters, some of which are words: 普及, 江湖.
_BEFORE_PLACE = frozenset([
    "在", "于", "赴", "往", "到", "自", "从", "驻", "抵达", "位于", "来自", "前往", "飞往", "访问",
    "进入", "回到", "返回", "来到",
])  # fmt: skip


@lru_cache(maxsize=4096)
def _tagged(folded: str) -> tuple[tuple[str, str], ...]:
    import rjieba  # loads its dictionary

    return tuple(rjieba.tag(folded.encode("utf-8", "replace").decode()))


def _known_words(simplified: str) -> list[str]:
    """The words of the dictionary, and single characters where it has none."""
    import rjieba

    return list(rjieba.cut(simplified, False))


def word_spans(folded: str) -> list[tuple[int, int]]:
    """Where each word of a folded text begins and ends."""
    return list(pairwise(accumulate((len(word) for word, _ in _tagged(folded)), initial=0)))


def segmented_names(text: str) -> list[tuple[str, str]]:
    """(kind, name) of each name, as the text writes it: `person`, `place`, `organisation`,
    `speaker` (who speaks for a place: 韓國警方) or `phrase` (nouns told by a name: 中歐框架協議)."""
    return list(_told(text))


@lru_cache(maxsize=1024)
def _told(text: str) -> tuple[tuple[str, str], ...]:
    if not HAN.search(text):
        return ()
    found = dict[tuple[str, str], None]()
    position = 0
    folded = to_simplified(text)
    words = _tagged(folded)
    chinese = not _KANA.search(text)
    for i, (word, tag) in enumerate(words):
        if tag not in _NAME_TAGS:
            position += len(word)
            continue
        following = words[i + 1 : i + 3]
        named = list(_names(word, tag, following[0][0] if following else ""))
        named += [n for n in _by_place(words, i) if n[0] != "phrase" or not named] if chinese else []
        if _is_short_person(word, tag) and _is_placed(words[max(0, i - 2) : i], following):
            named.append(("person", 0, len(word)))
        if (
            chinese
            and tag == "ns"
            and len(word) >= _SHORTEST
            and _is_a_place(words[max(0, i - 2) : i], following)
        ):
            named.append(("place", 0, len(word)))
        for kind, start, end in named:
            found[kind, text[position + start : position + end]] = None
        position += len(word)
    found |= {("person", text[m.start() : m.end()]): None for m in _DOTTED.finditer(folded)}
    rest = _DOTTED.sub(lambda m: "|" * len(m.group()), folded)
    found |= {("person", text[m.start() : m.end()]): None for m in _AROUND_DOT.finditer(rest)}
    return tuple(found)


def named_words(text: str) -> list[tuple[bool, str]]:
    """The words that the segmenter takes for names (is it a person's?), and each with the nouns that follow
    it, as the text writes them: 韓軍, 韓軍潛艇. It errs more often there than in `segmented_names`."""
    words = _tagged(to_simplified(text)) if HAN.search(text) else ()
    found: list[tuple[bool, str]] = []
    start = 0
    for i, (word, tag) in enumerate(words):
        end = start + len(word)
        if _may_name(words, i):
            found.append((tag in _PEOPLE_TAGS, text[start:end]))
            for noun, noun_tag in words[i + 1 : i + 1 + _MOST_NOUNS]:
                if tag == "nz" or noun_tag not in _NOUNS or _TOLD.fullmatch(noun):
                    break
                end += len(noun)
                found.append((False, text[start:end]))
        start += len(word)
    return list(dict.fromkeys(found))


def is_any_word(said: str) -> bool:
    """Is it a name with nouns that a writer puts behind any (米其林星級主廚, not 奧蘭多市中心)?"""
    *before, (last, _) = _tagged(to_simplified(said))
    called = _NAMED_THING.fullmatch(last) or _BODY_END.search(last) or _SPEAKS.fullmatch(last)
    return bool(before) and not called


def _may_name(words: Sequence[tuple[str, str]], i: int) -> bool:
    """Does this word look like a name? Many short ones that are tagged as a place are none (普及, 上市):
    what stands beside them must say so, or the glossary."""
    word, tag = words[i]
    if not HAN.match(word) or _HARDLY_NAME.search(word) or _GLUED.match(word):
        return False
    if len(word) > _SHORTEST:
        return tag in _NAME_TAGS
    if len(word) < _SHORTEST or tag not in _PLACE_TAGS:
        return False
    following = words[i + 1 : i + 3]
    is_called = bool(following and _BODY_END.search(following[0][0]))
    return is_called or bool(well_known(word)) or _is_a_place(words[max(0, i - 2) : i], following)


def _is_short_person(word: str, tag: str) -> bool:
    return tag in _PEOPLE_TAGS and bool(_SHORT_PERSON.fullmatch(word))


def _is_placed(before: Sequence[tuple[str, str]], following: Sequence[tuple[str, str]]) -> bool:
    """Do the words beside it say that it is a person: an office, a word of saying, another person?"""
    if before and _OFFICE_BEFORE.search("".join(word for word, _ in before)):
        return True
    if following and _SAYING_AFTER.match("".join(word for word, _ in following)):
        return True
    return any(
        len(two) > 1
        and two[0][0] in _AND
        and two[1][1] in _PEOPLE_TAGS
        and bool(_PERSON.fullmatch(two[1][0]))
        for two in (before[::-1], following)
    )


def _is_a_place(before: Sequence[tuple[str, str]], following: Sequence[tuple[str, str]]) -> bool:
    """Do the words beside it say that it is a place, or somebody: 在, another place, a word of saying?"""
    if before and (before[-1][0] in _BEFORE_PLACE or before[-1][1] == "ns"):
        return True
    listed = len(before) > 1 and before[-1][0] in _AND and before[0][1] == "ns"
    return listed or bool(following and _SAYING_AFTER.match(following[0][0]))


def _by_place(words: Sequence[tuple[str, str]], i: int) -> Iterator[tuple[str, int, int]]:
    """Who speaks for the place that this word names, or begins with."""
    word, tag = words[i]
    if tag == "ns" and (match := _SPEAKS.match("".join(w for w, _ in words[i + 1 : i + 3]))):
        yield "speaker", 0, len(word) + match.end()
    elif (
        tag == "nt"
        and (match := _SPEAKS.search(word))
        and match.start() >= _SHORTEST
        and match.end() == len(word)
    ):
        yield "speaker", 0, len(word)
    elif tag in {"ns", "nt"} and (end := _body_end(words, i)):
        yield "organisation", 0, end
    elif tag in {"ns", "nt", "nz"} and not _GLUED.match(word) and (end := _nouns_end(words, i)):
        yield "phrase", 0, end


def _body_end(words: Sequence[tuple[str, str]], i: int) -> int:
    """Where an institution ends whose name begins with this word's place; 0 where none does."""
    length, end = len(words[i][0]), 0
    if words[i][0] in _CONTINENTS:
        return 0  # 歐洲公司 are any of its companies
    for word, tag in words[i + 1 :]:
        length += len(word)
        if (tag not in _OF_A_BODY and word != "与") or length > _LONGEST_BODY:
            break
        is_end = _BODY_END.search(word) and tag != "v" and not _ANY_FACTORY.fullmatch(word)  # 舉辦, 運行
        end = length if is_end else end
    return end


def _nouns_end(words: Sequence[tuple[str, str]], i: int) -> int:
    """Where the nouns end that follow a name and are told by it: 中歐|框架|協議; 0 where none does."""
    end = length = len(words[i][0])
    for word, tag in words[i + 1 : i + 1 + _MOST_NOUNS]:
        if tag not in _NOUNS:
            break
        length += len(word)
        if _NAMED_THING.fullmatch(word):
            end = length
    return end if end > len(words[i][0]) else 0


def _names(word: str, tag: str, following: str) -> Iterator[tuple[str, int, int]]:
    """The name in a word of that tag, as (kind, start, end)."""
    if tag not in _NAME_TAGS:
        return
    start = 1 if _GLUED.match(word) and len(word) > _SHORTEST else 0
    name, end = word[start:], len(word)
    if name in _COMMON or _NO_NAME.search(name):
        return
    if tag in _PEOPLE_TAGS and _PERSON.fullmatch(name):
        yield "person", start, end
    elif len(name) >= _SHORTEST and tag != "nt" and _CALLED.match(following):
        yield "organisation", start, end
    elif (
        tag == "ns"
        and _SHORTEST < len(name) <= _LONGEST
        and (_PLACE_END.search(name) or _FOREIGN.fullmatch(name))
    ):
        yield "place", start, end
    elif tag == "nt" and _BODY.fullmatch(name) and not _ANY_COUNTRYS.fullmatch(name):
        yield "organisation", start, end


def spoken_for(speaker: str) -> tuple[str, str]:
    """A speaker's place, and who speaks for it: 韓國 and 警方."""
    match = _SPEAKS.search(to_simplified(speaker))
    at = match.start() if match else len(speaker)
    return speaker[:at], speaker[at:]


def holds_a_name(said: str) -> bool:
    """Does the segmenter take any of its words for a name (內政部, not 大公司), or not know it (宏翔集團)? Of
    two characters it is a word of its dictionary: 卡關 is none."""
    folded = to_simplified(said)
    named = any(tag in _NAME_TAGS and len(word) >= _SHORTEST for word, tag in _tagged(folded))
    words = _known_words(folded)
    if len(said) <= _SHORTEST:
        return named and len(words) == 1
    return named or any(len(one) == len(other) == 1 for one, other in pairwise(words))


def is_speaker(name: str) -> bool:
    """Is it who speaks for a place: 日本政府?"""
    place, speaks = spoken_for(name)
    return len(place) >= _SHORTEST and bool(_SPEAKS.fullmatch(to_simplified(speaks)))


def stem(place: str) -> str:
    """A place's name without what kind of place it is: 青海 of 青海省."""
    short = _PLACE_END.sub("", to_simplified(place))
    return place[: len(short)] if len(short) >= _SHORTEST else place
