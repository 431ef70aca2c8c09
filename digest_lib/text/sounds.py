"""Does a Chinese name spell the sounds of a Latin one? 阿莫戴伊 is Amodei, 蘇萊曼 is Suleyman.

A transliteration keeps the consonants that begin its syllables, in order; those that end a syllable, and
vowels, come and go. So only the first are compared, in classes that translators do not keep apart: b and p,
l and r.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from digest_lib.text.scripts import to_simplified

#: The characters that begin with a class of consonants; "" those that begin with a vowel, or with y.
_BEGINS = {
    "p": "巴芭贝比彼宾波博伯布勃鲍堡班邦本柏宝保碧白彭庞帕潘佩皮普派珀蓬朋平珮",
    "m": "马玛迈麦曼梅门蒙米密莫默姆穆弥摩漫明茂慕敏美木孟",
    "f": "法菲费弗夫福富凡范芬冯佛弗瓦万威维韦温沃乌伍文薇卫魏旺华",
    "t": "达戴丹德登蒂迪杜多顿朵度东道邓狄堤黛杰塔泰坦唐陶特腾提廷图托汀汤田铁台",
    "n": "纳奈内尼诺努娜妮纽牛南宁耐聂",
    "l": "廉拉莱兰朗劳勒雷里利莉丽林琳隆卢鲁路罗洛赖伦瑞日莱来列龙蕾黎李理力立乐律吕",
    "k": "戈格盖古瓜圭葛哥各高冈坎康考科克肯库奎卡凯加吉基金可柯孔甘根贵桂嘉迦盖居久",
    "s": (
        "萨塞桑沙莎舍施史斯松苏索什舒佐西希谢辛休丝赛逊泽扎兹茨珍詹齐奇乔琼切贾简杰查钱席夏肖修森圣山绍士仕思司"
        "祖曾宗策"
    ),
    "h": "哈海汉赫亨胡惠霍翰汗侯何豪黑荷",
    "": "阿埃艾爱安奥厄恩雅亚扬耶伊因英尤约尔耳欧昂翁依易叶杨尹于俞岳越",
}
_CLASS = {c: name for name, characters in _BEGINS.items() for c in characters}
#: Latin letters, two that are one sound first.
_LETTERS = re.compile(r"ch|sh|th|ph|ck|gh|[bcdfghjklmnpqrstvwxz]")
_SOUNDS = {
    "ch": "s", "sh": "s", "th": "t", "ph": "f", "ck": "k", "gh": "k", "b": "p", "p": "p", "m": "m",
    "f": "f", "v": "f", "w": "f", "d": "t", "t": "t", "n": "n", "l": "l", "r": "l", "g": "k", "k": "k",
    "q": "k", "c": "k", "x": "s", "s": "s", "z": "s", "j": "s", "h": "h",
}  # fmt: skip
#: Letters that are said in two ways: Gerard, Cynthia. So are two together: Thomas is 湯瑪斯, Smith 史密斯.
_SOFT = re.compile(r"[cg](?=[eiy])")
#: A whole word that a person may be called by: LeCun, not the beginning of ChatGPT.
_LATIN = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f])(?:Mc|Mac|Le|De|La|Van|O')?[A-Z\u00c0-\u00de][a-z\u00df-\u024f]{2,}(?:-[A-Z][a-z]+)?"
    r"(?![A-Z0-9])"
)
#: Fewer consonants tell nothing; so many more may a Latin name have, at the end of its syllables.
_FEWEST, _MORE = 2, 3


def spells_one(name: str, text: str) -> bool:
    """Does the Chinese name, or a beginning of one that a segmenter cut short, spell a Latin name of the
    text?"""
    sounds = _of_chinese(to_simplified(name))
    if sounds is None or len(sounds.replace("-", "")) < _FEWEST:
        return False
    return any(_spells(sounds, other) for other in _latin(text))


def _of_chinese(name: str) -> str | None:
    """The consonants of its syllables; None where a character is no sound of a foreign name."""
    classes = [_CLASS.get(c) for c in name if c not in "·•‧・"]
    if not classes or any(c is None for c in classes):
        return None
    return ("" if classes[0] else "-") + "".join(c for c in classes if c)


@lru_cache(maxsize=512)
def _latin(text: str) -> frozenset[str]:
    found = set[str]()
    for match in _LATIN.finditer(text):
        plain = unicodedata.normalize("NFKD", match.group()).encode("ascii", "ignore").decode().lower()
        for word in {plain, _SOFT.sub("j", plain), plain.replace("th", "s")}:
            vowel = "-" if word[0] in "aeiouy" else ""
            found.add(vowel + "".join(_SOUNDS[m.group()] for m in _LETTERS.finditer(word)))
    return frozenset(found)


def _spells(sounds: str, latin: str) -> bool:
    """Are the sounds those of the Latin name, in order, but for what ends its syllables?"""
    if latin[:1] != sounds[:1] or len(latin) - len(sounds) > _MORE:
        return False
    rest = iter(latin)
    return all(sound in rest for sound in sounds)
