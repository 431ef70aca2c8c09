"""Where a Chinese sentence can end before its end: behind a clause that has said what it began to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from digest_lib.text.name_spans import Words, words_of
from digest_lib.text.names import known_spans
from digest_lib.text.scripts import fold

#: Tags of the segmenter: what can be a predicate; the mark of an attribute; what stands for nothing.
_PREDICATES = frozenset({"v", "vd", "vi", "vg", "i", "l"})
_OF, _NOTHING = "uj", frozenset({"x"})
#: What leads up to a verb that must follow: with a tool, from a place, an object that something is done to.
_LEADS_UP = frozenset(
    ["用", "以", "把", "将", "从", "由", "被", "让", "使", "令", "透过", "通过", "借由", "借助", "凭借",
     "凭", "针对", "依", "依照", "按", "按照", "随", "与", "跟", "和", "对", "为", "因", "可", "能", "能够",
     "要", "会", "需要", "必须"]
)  # fmt: skip
#: What is named with a word that measures it, and the verb that does not attribute: «這場會議», «這款是».
_MEASURED, _IS = re.compile("(?:这|该|此|那)[一两几]?[场项个款波次种类批笔轮]"), "是"
#: How a contrast begins and how it goes on, folded: the first half alone says another thing than both.
_ONCE = re.compile(
    "最初|起初|原本|原先|原定|本来|曾[经經]?|一度|以往|过去|虽然?|尽管|固然|看似|表面上|既|不是|并非|不再|不只|不仅"
)
_NOW = re.compile("如今|现在|目前|后来|最[终終]|结果|但|却|然而|不过|而是|反而|只是|实际上|其实|还|更|也|又")
#: How a condition begins, and what tells that a clause says what follows from it.
_IF = re.compile(
    "若|如果|倘|假如|一旦|只要|即使|即便|除非|当(?!局|地|家)|随着|虽然?|尽管|由于|因为|除了|为了"
)
_THEN = re.compile("就|则|便|将|会|可能|恐|也|都|仍|竟|却|应|必|已|不")
#: Behind this stands what somebody published, or what he said in it.
_PUBLISHES = re.compile("(?:发表|发布|公布|提出|发文|撰文|贴文|写信|致信)$")
#: From where, without where to.
_FROM = re.compile("从(?!未|来|事|不|此)[^到至转变升降增减改来出获取]*$")
#: A question within what is said of a noun, the subject of the next clause: «開發哪些程式的決定權».
_ASKED = re.compile("(?:哪[些个]|什么|如何|为何|是否|谁).*的")
#: How a list goes on behind a comma.
_LISTS = re.compile("以及|及|和|与|或(?!许)|乃至|甚至|再?加上")
#: How it goes on what somebody does it for, and what he says when he criticises.
_WHAT_FOR = re.compile("试图|企图|以便|以求|为的是|直指|直言|指称")


@lru_cache(maxsize=4096)
def is_closed(clause: str) -> bool:
    """Has the clause a predicate of its own, and what leads up to one its verb?

    «旗下兩個 AI 模型» waits for what they did, «意在用先進模型» for what it is used for, and «這場圍繞模型的
    訂閱重整» for what became of it.
    """
    if _ASKED.search(fold(clause)) or _FROM.search(fold(clause)):
        return False
    words = _behind_attributes([(word, tag) for word, tag in words_of(fold(clause)) if tag not in _NOTHING])
    verbs = [i for i in range(len(words)) if _is_predicate(words, i)]
    leads = [i for i, (word, _) in enumerate(words) if word in _LEADS_UP and _leads(words, i)]
    return bool(verbs) and (not leads or verbs[-1] > leads[-1])


def _behind_attributes(words: Words) -> Words:
    """Of a clause that begins with what is measured and attributed to at once («這場圍繞模型的訂閱重整») what
    stands behind its noun, which may look like a verb; of another all of it."""
    begins = len(words) > 1 and words[0][1] in {"mq", "r"} and _MEASURED.fullmatch(words[0][0])
    if not begins or words[1][1] != "v" or words[1][0] == _IS or _OF not in {tag for _, tag in words}:
        return words
    behind = words[max(i for i, (_, tag) in enumerate(words) if tag == _OF) + 1 :]
    return behind[next((i for i, (_, tag) in enumerate(behind) if not tag.startswith("v")), len(behind)) :]


def _is_predicate(words: Words, i: int) -> bool:
    """Is this a verb, and none that belongs to a noun: «有爭議的案子»?"""
    word, tag = words[i]
    return tag in _PREDICATES and word not in _LEADS_UP and not any(t == _OF for _, t in words[i + 1 : i + 2])


def _leads(words: Words, i: int) -> bool:
    """Does it lead up to a verb, rather than to join two nouns?"""
    return words[i][0] not in {"与", "和", "跟"} or i == 0


def is_list(clause: str) -> bool:
    """Is it the rest of a list?"""
    return bool(_LISTS.match(fold(clause)))


def goes_on(kept: Sequence[str], dropped: Sequence[str]) -> bool:
    """Is what those kept wait for among the clauses that are dropped: the other half of a contrast, the rest
    of a list, what follows from a condition, what was published, what it is done or said for?"""
    last, rest = fold(kept[-1]), [fold(clause) for clause in dropped]
    is_half = bool(_ONCE.search(last)) and any(_NOW.match(clause) for clause in rest)
    before = fold(kept[-2]) if len(kept) > 1 else ""
    is_condition = bool(_IF.match(before)) and not (_THEN.search(last) or known_spans(kept[-1]))
    waits = bool(_PUBLISHES.search(last) or _WHAT_FOR.match(rest[0]))
    return is_half or is_condition or waits or is_list(dropped[0])
