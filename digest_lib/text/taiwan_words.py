"""What the mainland calls otherwise, in Taiwan's words: where we speak, never in a quotation.

OpenCC's table of such terms was made for manuals: in news 回调 is no 回撥 and 支持 seldom 支援. What
Taiwan's press writes itself is left (`_TAIWAN_HAS`), some only where the clause speaks of machines
(`_OF_MACHINES`); `usage` has what the table lacks. A term counts where it begins and ends with words, and
in no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from digest_lib.text.name_spans import is_of_words, known_borders, name_spans, words_of
from digest_lib.text.script_tables import terms
from digest_lib.text.scripts import to_simplified
from digest_lib.text.usage import WORDS, is_kept, pairs

#: In use in Taiwan as they are, or other words there than in a manual.
_TAIWAN_HAS = files(__package__).joinpath("taiwan_has.txt").read_text(encoding="utf-8").split()
#: Terms of machines in a clause that speaks of machines, words of everyone elsewhere.
_OF_MACHINES = {
    "支持": "支援",
    "程序": "程式",
    "设置": "設定",
    "性能": "效能",
    "用户": "使用者",
}
#: What Taiwan's press may write, too, and mostly says otherwise: told of a Simplified source in its own word.
_MOSTLY = pairs("""
语音识别=語音辨識 图像识别=影像辨識 人脸识别=人臉辨識 数据集=資料集 训练数据=訓練資料 云服务=雲端服務
开源项目=開源專案 该项目=該專案 开源社区=開源社群 许可证=授權條款 异步=非同步 链接=連結
反馈=回饋 用户反馈=使用者回饋 仪表盘=儀表板 悬浮窗=懸浮視窗 死机=當機 文档=文件 帖子=貼文 点赞=按讚
充值=儲值 运营=營運 打车=叫車 外卖=外送 具身智能=具身智慧 社交媒体=社群媒體 社交平台=社群平台
高质量=高品質 发布会=發表會 演示=示範 同比增长=年增 同比下降=年減
""")
_LONGEST = 8
_LATIN_END, _LATIN_BEGINNING = re.compile(r"[A-Za-z0-9]$"), re.compile(r"[A-Za-z0-9]")


@cache
def _terms() -> dict[str, str]:
    """The mainland's term, in Simplified, and Taiwan's word."""
    table = {to_simplified(a): b for a, b in terms().items()}
    kept = {*_TAIWAN_HAS, *_OF_MACHINES}
    told = {a: b for a, b in table.items() if a not in kept}
    return told | WORDS | _MOSTLY


def in_taiwans_words(text: str, converted: str) -> str:
    """The converted text of a Simplified one (of its length) in Taiwan's words."""
    found = _found(text)
    for start, end, said in reversed(found):
        if converted[start:end] != said:
            before, after = converted[:start], converted[end:]
            converted = f"{before}{_gap(before, said)}{said}{_gap(said, after)}{after}"
    return converted


def _gap(before: str, after: str) -> str:
    """A space where two Latin words would become one: 谷歌AI is Google AI, no GoogleAI."""
    return " " if _LATIN_END.search(before) and _LATIN_BEGINNING.match(after) else ""


def _found(text: str) -> list[tuple[int, int, str]]:
    """(start, end, Taiwan's word) of each term in a Simplified text, in order."""
    starts = [m.start() for m in _beginnings().finditer(text)]
    if not starts:
        return []
    edges, names = known_borders(text), name_spans(text, words_of(text))
    spans = [(a, b) for a, b in _spans(text, starts) if is_of_words(a, b, edges)]
    table = _terms()
    if any(text[a:b] in table for a, b in spans):
        table = table | _OF_MACHINES
    found: list[tuple[int, int, str]] = []
    for start, end in spans:
        free = not any(a < start < b for a, b in names.items()) and (not found or start >= found[-1][1])
        if free and text[start:end] in table and not is_kept(text, start):
            found.append((start, end, table[text[start:end]]))
    return found


@cache
def _beginnings() -> re.Pattern[str]:
    """Where a term may begin."""
    return re.compile(f"(?={'|'.join(map(re.escape, sorted(_terms() | _OF_MACHINES)))})")


def _spans(text: str, starts: Iterable[int]) -> list[tuple[int, int]]:
    """What may be a term, by its beginning, the longest first."""
    return [
        (start, end) for start in starts for end in range(min(len(text), start + _LONGEST), start + 1, -1)
    ]
