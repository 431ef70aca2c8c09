"""Chinese and Latin beside each other, as the newsroom writes them."""

from __future__ import annotations

import re
from functools import cache

from digest_lib.writing.titles.lexicon import forms

_HAN = r"\u3001-\u3007\u300c-\u9fff\uff01-\uff5e"
#: What is kept as it is written.
_KEPT = re.compile("(〈[^〉]*〉)")


def spaced(text: str) -> str:
    """Spaces between Chinese and Latin, and nowhere else beside Chinese; what is kept stays as it is."""
    kept = _KEPT.findall(text)
    text = _spaced(_KEPT.sub("〈〉", text))
    for piece in kept:
        text = text.replace("〈〉", piece.replace("〈", "\0"), 1)
    return text.replace("\0", "〈")


def _spaced(text: str) -> str:
    text = re.sub(r" +", " ", text)
    text = re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}])", "", text)
    text = text.replace("來自自家", "自家").replace("如何已", "如何").replace("正在在", "正在")
    # Japan's largest workforce: 日本最大的, not 日本的最大.
    text = re.sub(r"的(最[大小強快])(?:的)? ?(?=\S)", r"\1的", text)
    text = re.sub(r"的(最[\u4e00-\u9fff]{2,3}的)", r"\1", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])", " ", text)
    text = re.sub(r" (?=[，、：。」〈〉])|(?<=[，、：。「〈〉]) ", "", text)
    # Of two 的 in a row, that of a short adjective goes.
    return re.sub(rf"的({_short()})的(?=[\u4e00-\u9fffA-Za-z ])", r"的\1", text).strip()


@cache
def _short() -> str:
    """Adjectives of two characters that have 的 before a noun."""
    entries = (f.entry for rows in forms().values() for f in rows if f.entry.pos == "a")
    return "|".join(
        sorted(
            {
                e.zh[:2]
                for e in entries
                if len(e.zh) == len("新的的") and e.zh.endswith("的") and e.zh != "未來的"
            }
        )
    )
