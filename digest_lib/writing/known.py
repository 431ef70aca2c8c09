"""What a text has said, and what a sentence adds to it: figures, names, events, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from digest_lib.text.names import by_canonical
from digest_lib.text.numbers import stated
from digest_lib.text.quantity import Quantity
from digest_lib.text.scripts import HAN, fold
from digest_lib.text.vectors import tokens
from digest_lib.writing.worth import NO_FIGURES, events, named

#: A sentence that has so many of its words in common with one that was told repeats it.
_REPEATS = 0.6
#: Of its words so many are new where it says something else than what was told; so many are enough where a
#: name or an event is new, too, and so many where a figure is.
_NEW_WORDS, _FEW_WORDS, _FEWEST_WORDS = 0.7, 0.45, 0.25
#: Who tells it, and whose something is, stand beside what is told.
_SOURCE = re.compile("(?:^|(?<=[，；]))(?:根?[據据][^，]{2,40}，|《[^》]+》(?:報導|报道|報道|分析|指出)，?)")
_INTRODUCED = re.compile("[^，「」]{2,12}旗下的?|母公司 ?[A-Za-z\u4e00-\u9fff]+?(?= |[傳传宣表將将正已在])")
#: Words for the same event, folded.
_ALIKE = (
    "开发 研发 打造", "入侵 骇入 攻破", "延后 推迟 延期", "调降 降价", "调涨 涨价", "租 租用 承租",
    "会面 会谈", "洽谈 谈判 协商", "收购 并购 买下", "控告 起诉 提告 状告 告", "外泄 泄露 外流",
    "当机 宕机", "修补 修复", "增聘 招募 聘请", "合作 携手 联手", "升级 更新", "扩大 扩增", "停止 停用",
    "上线 登场 问世 亮相 释出",
)  # fmt: skip
_SAME = {word: words.split()[0] for words in _ALIKE for word in words.split()}
#: That it was announced is no event beside what was.
_ANNOUNCES = re.compile("宣布|公布|发布|发表|推出|传出|释出|反映|抱怨")
#: What did not happen, or is the first or most of its kind, is another thing.
_OTHERWISE = re.compile("[不沒没未無无首]|最(?![新近後后終终])|史上")
#: So is that it was denied, given up or taken back.
_TAKEN_BACK = re.compile(
    "放[棄弃]|撤[回銷销]|[擱搁]置|喊卡|反悔|[駁驳]斥|拒[絕绝]|作[罷罢]|破局|告吹|叫停|[終终]止|生[變变]|落空|失[敗败]|道歉|否[認认]"
)
_GLOSS = re.compile(r"[（(][^）)]*[）)]")


@dataclass
class Known:
    """What has been said."""

    texts: list[str]
    things: set[object] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for text in self.texts:
            self._note(text)

    def new_in(self, text: str) -> set[object]:
        """The figures and names of a text that were not said; none of a text that says what was."""
        own = set(tokens(text))
        repeats = any(len(own & set(tokens(known))) >= _REPEATS * len(own) for known in self.texts)
        return set() if repeats else things(text) - self.things

    def share_new(self, text: str) -> float:
        """Of a text's words, the share that was not said."""
        own = set(tokens(text))
        return len(own - self.words) / len(own) if own else 0.0

    def is_told_by(self, text: str) -> bool:
        """Does a text say something that was not said?"""
        if _TAKEN_BACK.search(text) and not any(map(_TAKEN_BACK.search, self.texts)):
            return True
        new = _told_of(text) - self.things
        if not new and len(self.texts) > 1 and _is_of_events(text):
            return False
        least = _FEW_WORDS if new else _NEW_WORDS
        return self.share_new(text) >= (_FEWEST_WORDS if any(isinstance(n, Quantity) for n in new) else least)

    def add(self, text: str) -> None:
        """Says it."""
        self.texts.append(text)
        self._note(text)

    def _note(self, text: str) -> None:
        self.things |= things(text) | _told_of(text)
        self.words |= set(tokens(text))


def _told_of(text: str) -> set[object]:
    """What a sentence tells of: its figures, its events, each by one of the words for it, and its names, but
    for who tells it, whose something is, and where it is."""
    own = _SOURCE.sub("", text)
    # A team of X's is named by X alone.
    if named(without := _INTRODUCED.sub("", own)):
        own = without
    names = {name for name in things(own) if not (isinstance(name, str) and _is_place(name))}
    return names | {_SAME.get(event, event) for event in _happenings(text)}


def _happenings(text: str) -> set[str]:
    """The words for events; of a Chinese text the Chinese ones: a product may be called Build."""
    words = events(text)
    return {word for word in words if HAN.search(word)} if HAN.search(text) else words


def _is_place(name: str) -> bool:
    entry = by_canonical().get(name)
    return entry is not None and entry.kind == "place"


def _is_of_events(text: str) -> bool:
    """Does it tell that something happened or was announced, and no more of it?"""
    return bool(_happenings(text) or _ANNOUNCES.search(fold(text))) and not _OTHERWISE.search(text)


def things(text: str) -> set[object]:
    """The figures and the names of a text; what stands in brackets is another name of what is named."""
    text = _GLOSS.sub("", text)
    figures = {q for q in stated(text) if q.unit not in NO_FIGURES and any(c.isdigit() for c in q.said)}
    return figures | named(text)
