"""Where the names of people stand in a Simplified text: some surnames are another character's short form.

于 is 於 and 于, 余 is 餘 and 余, 钟 is 鐘 and 鍾. The segmenter takes many such names for words (于|浩然,
余|建国). Where one begins, it is asked again with a surname in its place that can be nothing else: what is
then a name is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from digest_lib.text.chinese_names import OFFICE, SOUNDS, SURNAME, people
from digest_lib.text.names import known_spans
from digest_lib.text.script_tables import phrases

Words = list[tuple[str, str]]

#: Surnames that are written otherwise than the same character in words.
_AMBIGUOUS = "余于范涂郁朴钟岳谷"
#: The same in Taiwan's script.
SURNAMES = _AMBIGUOUS.replace("钟", "鍾")
#: A surname that is nothing else.
_PLAIN_SURNAME = "张"
_TITLE = "先生|女士|小姐|太太|教授|博士|老师|医生|律师|院士|校长|某|氏(?!度)"
_TITLED = re.compile(
    rf"(?<![\d〇一二三四五六七八九十百千万亿多其剩之有])[余于范涂郁朴钟岳谷](?={_TITLE}|姓)"
    r"|(?<=姓)[余于范涂郁朴钟岳谷](?![名氏])"
    r"|[余于范涂郁钟岳谷](?=总(?:$|[，。、；：！？,]|表示|说|认为|介绍|告诉|透露|回应))"
)
#: What begins with such a character and is no name, however it is tagged.
_NO_NAME = re.compile(
    r"于[是今昨去明前本上下当同此其这该每次年月日周近最第为\d〇一二三四五六七八九十]|[余钟][额下地款波温震头声点表摆]|范(?:[围例本式畴]|文$)"
    r"|岳[父母]|谷[底物地]|余裕"
)
#: 于 behind these is 於, in, to, by: 受惠於, 適用於, 即日起於, 建於.
_TAKES_IN = re.compile(
    r"[惠益利助用注力决功咎罪始止起立见低高优劣早晚先异同忠献身诉向应生死葬散存毁败胜亚次当倾偏限急勤精长善易难便"
    r"敢勇归属基源发寄迁定居坐位处在至关对终过等陷沦建设布业职表服现出]$|(?:有别|仅次|相较|不亚|投资)$"
)
_OFFICE_ENDS = re.compile(rf"(?:{OFFICE}|员|师|家|者|长|授|士|手|人|星|导演|主播|教练)$")
#: What begins no given name: a place, a whole, a side.
_NO_GIVEN = re.compile(
    r"台|全[台国球省市县港网]|双[北方]|线[上下]|海[外内]|[国境校院场店][内外]|各|[北中南东西]部|[美欧亚非]洲"
)
_NAME = re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{1,2}}|范[\u4e00-\u9fff]{{2,6}}")
#: What the segmenter glues to a name's front.
_GLUED = re.compile(r"^[由和与在向对被让是为及的将从给跟比把据称]")
#: What a word may be besides a given name, behind a surname; behind 于 it is no time and no place.
_GIVEN = frozenset({"nr", "nrfg", "nrt", "nz", "a", "z", "d"})
_GIVEN_BEHIND_OTHERS = _GIVEN | {"t", "ns", "i", "b"}
#: What a word of time has in it; the segmenter calls given names (东来) so, too.
_TIME = re.compile(r"[年月日周季时期初末今昨明前后上下晚晨午夜春夏秋冬早旬未将近现过古代朝刻世节旦向从历]")
#: 由 and 于 are one word, because, unless what follows is a given name: 由|于谦|主演.
BECAUSE = "由于"
_BRING_IN = frozenset([
    "专访", "采访", "任命", "创始人", "记者", "教授", "研究员", "由", "据", "被", "和", "与", "及",
])  # fmt: skip
_FULL_NAME = re.compile(rf"{SURNAME}.")
#: 里 at the beginning of a word is inside, but for the second half of a foreign name.
_REST_OF_FOREIGN = re.compile(rf"里[{SOUNDS}]+")
#: A name has two characters at least, a given name two at most.
_TWO = 2


def borders(words: Words) -> list[int]:
    """Where words begin and end."""
    found = [0]
    for word, _ in words:
        found.append(found[-1] + len(word))
    return found


def is_of_words(start: int, end: int, edges: frozenset[int]) -> bool:
    """Does what stands there begin and end with words, or within one? Three characters need only end
    with one: the segmenter reads 高分|辨率, but also 智能|体验."""
    within = edges.isdisjoint(range(start + 1, end))
    whole = end in edges and (start in edges or end - start > _TWO)
    return whole or within


def known_borders(text: str) -> frozenset[int]:
    """Where the words of the segmenter's dictionary begin and end: 智能|体|将, not 智能|体将."""
    import rjieba

    words = rjieba.cut(text.encode("utf-8", "replace").decode(), False)
    return frozenset(borders([(word, "") for word in words]))


def words_of(text: str) -> Words:
    """The words of a Simplified text with the segmenter's tags."""
    import rjieba  # loads its dictionary

    return list(rjieba.tag(text.encode("utf-8", "replace").decode()))


def name_spans(text: str, words: Words) -> dict[int, int]:
    """The beginning and end of each name of a person."""
    spans = {m.start(): m.end() for m in _TITLED.finditer(text)}
    for name in people(text):
        if not _NO_NAME.match(name) and name not in phrases():
            spans |= {m.start(): m.end() for m in re.finditer(re.escape(name), text)}
    for found in (_before_given_names(words), _asked_again(text, words), _tagged(text, words)):
        spans |= dict(found)
    return {start: end for start, end in spans.items() if not _is_in(text, start)}


def _is_in(text: str, start: int) -> bool:
    """Is 于 at that place 於, by what stands beside it: 受惠于|台股, 于|高雄|举行?"""
    if text[start] != "于":
        return False
    return bool(_TAKES_IN.search(text[:start][-2:]) or _NO_GIVEN.match(text, start + 1)) or any(
        at == start + 1 and entry.kind != "person" for at, _, entry in known_spans(text)
    )


def _tagged(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """The names that the segmenter tells, whole: 加|里萨."""
    for (word, tag), (start, end) in zip(words, pairwise(borders(words)), strict=True):
        glued = 1 if len(word) > _TWO and _GLUED.match(word) else 0
        name = word[glued:]
        known = name in phrases() and name[0] not in "于余"
        if tag.startswith("nr") and _NAME.fullmatch(name) and not known and not _NO_NAME.match(name):
            yield start + glued, end
        elif tag == "nrt" and _REST_OF_FOREIGN.fullmatch(word) and start and text[start - 1] in SOUNDS:
            yield start - 1, end


def _before_given_names(words: Words) -> Iterator[tuple[int, int]]:
    """A surname that the segmenter left alone (or behind what it glued to it), before a given name."""
    at = borders(words)
    for i, ((word, _), (given, tag)) in enumerate(pairwise(words)):
        surname = word[-1]
        glued = len(word) == _TWO and bool(_GLUED.match(word)) and word not in phrases()
        if (
            _is_preposition(words, i)
            or surname not in _AMBIGUOUS
            or len(given) > _TWO
            or not (glued or len(word) == 1)
        ):
            continue
        placed = glued or _opens(words, i)
        is_given = tag.startswith("nr") or (placed and _may_be_given(surname, given, tag))
        if is_given and not _NO_NAME.match(surname + given):
            yield at[i + 1] - 1, at[i + 2]


def _may_be_given(surname: str, given: str, tag: str) -> bool:
    """May the word be a given name, where its place is one for a name?"""
    if surname == "于":
        return tag in _GIVEN or (tag == "t" and not _TIME.search(given))
    return tag in _GIVEN_BEHIND_OTHERS


def _is_preposition(words: Words, i: int) -> bool:
    """Is the word 於 by its place: 于 within a clause, behind what brings in no name?"""
    if words[i] != ("于", "p") or _opens(words, i):
        return False
    return not _OFFICE_ENDS.search(words[i - 1][0])


def _opens(words: Words, i: int) -> bool:
    """Does the word begin a clause, stand in a list, or behind what brings in a name?"""
    return i == 0 or words[i - 1][1] in {"x", "c", "p"} or words[i - 1][0] in _BRING_IN


def _asked_again(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """The names that show when their surname is one that is nothing else."""
    begins = {**_beginnings(words), **_behind_by(words)}
    known = known_borders(text) if begins else frozenset()
    for place, shortest in sorted(begins.items()):
        asked = words_of(text[:place] + _PLAIN_SURNAME + text[place + 1 :])
        for (word, tag), (start, end) in zip(asked, pairwise(borders(asked)), strict=True):
            is_name = tag.startswith("nr") and start == place and shortest <= len(word) <= _TWO + 1
            # no name ends within a word: 钟情于|开源, not 于开|源
            if is_name and end in known and not _NO_NAME.match(text[start:end]):
                yield start, end


def _beginnings(words: Words) -> dict[int, int]:
    """Where words begin with such a surname, and how long a name is there: longer than a word that is
    written with the other character (范文|杰)."""
    places = enumerate(zip(words, borders(words), strict=False))
    begins = {
        start: word
        for i, ((word, _), start) in places
        if word[0] in _AMBIGUOUS and not _is_preposition(words, i)
    }
    return {start: _TWO if word not in phrases() else len(word) + 1 for start, word in begins.items()}


def _behind_by(words: Words) -> dict[int, int]:
    """Where 于 of 由于 may be a surname: before what is no name with a surname of its own."""
    return {
        start + 1: _TWO
        for ((word, _), (given, tag)), start in zip(pairwise(words), borders(words), strict=False)
        if word == BECAUSE and tag in {"nr", "a"} and len(given) <= _TWO and not _FULL_NAME.match(given)
    }
