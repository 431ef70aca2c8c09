"""The grammar of numbers in the news: one pattern whose named alternatives `numbers` reads.

It runs on folded text (Simplified, half-width). The alternatives stand in the order in which they are
tried: an address and a date before a version, a version before a plain figure.
"""

from __future__ import annotations

import re

from digest_lib.text import calendar_dates, numerals, units

# Lengths are bounded throughout: a page of digits must not cost more than its length.
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,8}(?!\d)(?:\.\d{1,15})?|\d{1,24}(?:\.\d{1,15})?)"
_CN_SCALE = r"(?:[十百千]?(?:万亿|万|亿|兆)|[百千](?![瓦米克分]))"
_EN_SCALE = (
    r"(?:[\s-](?i:(?:thousand|million|billion|trillion)(?:th)?|bn|mn|tn)\b"
    r"|(?i:bn|mn|tn|mln|bln|trn|[kmbt])(?![A-Za-z0-9]))"
)
_SEGMENT = rf"(?:{_ARABIC}|零?{numerals.CHINESE_PATTERN})"
_FIGURE = (
    rf"(?P<currency>{units.CURRENCY_PATTERN})?"
    rf"(?P<number>{_SEGMENT}[多余几来]?\s?{_CN_SCALE}(?:{_SEGMENT}\s?{_CN_SCALE}){{0,4}}"
    rf"|{_ARABIC}|{numerals.CHINESE_PATTERN}|{numerals.ENGLISH_PATTERN}|{numerals.GROUP_PATTERN}"
    r"|\b(?:[Aa]n?|[Aa]nother)(?=\s(?:million|billion|trillion"
    r"|(?:century|decade|year|month|fortnight|week|day|hour|minute)\b)))"
    rf"(?P<scale>{_EN_SCALE})?\+?[多余几来]?(?P<unit>{units.UNIT_PATTERN})?(?P<and_half>(?<=年)半(?!载))?"
)

_PART_OF_DAY = r"(?:上午|下午|晚间|晚上|凌晨|中午|清晨|早上|傍晚|深夜)"
_CLOCK = (
    r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])(?:\s?(?i:[ap]\.?m\b))?"
    rf"|(?:{_PART_OF_DAY}\s?)?(?:[01]?\d|2[0-4])[点时][0-5]?\d分(?!之)"
    rf"|{_PART_OF_DAY}\s?(?:\d{{1,2}}|十?[一二三四五六七八九十两])\s?[点时]半?"
)
_DIGIT = "[一二两三四五六七八九]"
_PART = (
    r"(?P<per>百|千)分之\s?(?P<share>\d{1,9}(?:\.\d{1,9})?|[一二两三四五六七八九十百零]{1,7}(?:点[零一二三四五六七八九]{1,5})?)"
    r"|(?P<den>[二三四五六七八九十]|\d{1,4})分之(?P<num>[一二两三四五六七八九十]|\d{1,4})"
    rf"|(?P<cheng>(?:{_DIGIT}|\d(?:\.\d)?)成(?![为长功立本员果就效分交]){_DIGIT}?(?![个家人]))"
    r"|(?P<half>一半|半数|\b[Hh]alf\b(?!-))"
)
_QUARTER = (
    r"第\s?[一二三四1-4]\s?季|\bQ[1-4]\b|\b[1-4]Q(?=\d\d|\b)"
    r"|\b(?i:first|second|third|fourth)[\s-]quarter\b"
)
_DOUBLE = r"翻一?[倍番]|倍增|\b(?i:doubl(?:ed|ing|es?)|twice|tripl(?:ed|ing|es?)|quadrupl(?:ed|ing|es?))\b"
_ORDINAL = (
    rf"第\s?(?:\d{{1,6}}(?!\d|\s?[万亿])|{numerals.CHINESE_PATTERN}(?![万亿]))|\b\d{{1,3}}(?:st|nd|rd|th)\b"
    rf"|\b(?i:{'|'.join(numerals.ORDINALS)})\b|{'|'.join(numerals.HAN_PLACES)}"
    r"|(?<=[^日号\d]\()[二三四五六七八九十]{1,3}(?=\))"
)
_DOTTED = r"(?<![A-Za-z0-9.])v?\d{1,8}(?:\.\d{1,8}){2,6}(?![A-Za-z0-9])"
#: A Latin word with digits in it (GPT-5.6, Qwen3-235B-A22B, H100), or a capitalised name, a space and a
#: decimal (Gemini 3.6 Flash) that no unit makes a figure.
_WORD_WITH_DIGITS = (
    r"(?<![A-Za-z0-9$€£¥])(?:(?=[A-Za-z][A-Za-z.-]{0,40}\d)[A-Za-z0-9]{1,40}(?:[-.][A-Za-z0-9]{1,40}){0,8}"
    r"|[A-Z][A-Za-z]{1,30}\s\d{1,4}\.\d{1,4}(?:\.\d{1,4}){0,4}"
    rf"(?![\d%,]|\s?[%倍万亿兆美元个百]|\s(?:million|billion|trillion|percent|times|points)|\s?(?:{units.MEASURE_PATTERN})))"
)

#: What every number has something of: most clauses of the news have none, and are not read further.
_IN_LETTERS = "|".join([*numerals.WORDS, *numerals.ORDINALS, *numerals.GROUPS])
MAY_STATE = re.compile(
    rf"[\d零一二两三四五六七八九十百千翻倍半]|{'|'.join(numerals.HAN_PLACES)}"
    r"|(?<![A-Za-z0-9])(?=[A-Za-z])(?i:j(?:an|u[nl])|feb|ma[ry]|a(?:pr|ug)|sep|oct|nov|dec"
    rf"|half|doubl|twice|tripl|quadrupl|first|{_IN_LETTERS}|an?\s|another\s)"
)
#: Where anything can begin: tried first, since most characters begin nothing.
_START = (
    r"(?:(?=[0-9零一二两三四五六七八九十第百千翻倍半民新台人港美上下早晚凌中清傍深居亚季$€£¥₩₹])"
    r"|(?<![A-Za-z0-9])(?=[A-Za-z]))"
)
ANY = re.compile(
    rf"{_START}(?:(?P<link>https?://\S+)"
    rf"|(?P<date>{calendar_dates.PATTERN})|(?P<clock>{_CLOCK})|(?P<part>{_PART})|(?P<quarter>{_QUARTER})"
    rf"|(?P<double>{_DOUBLE})|(?P<ordinal>{_ORDINAL})|(?P<dotted>{_DOTTED})"
    rf"|(?P<word>{_WORD_WITH_DIGITS})|(?P<figure>{_FIGURE}))"
)
#: A numeral with its Chinese scale: 1億2000萬 has two.
SEGMENT = re.compile(rf"({_SEGMENT})[多余几来]?\s?({_CN_SCALE})")
#: A number in a word, with the scale that closes it.
IN_WORD = re.compile(r"(\d+(?:\.\d+)*)([KMBT](?![A-Za-z0-9]))?")
#: The letters of a word that ends in a number which may be none of its own.
LETTERS = re.compile(r"[A-Za-z]+(?=\d+(?:\.\d+)?$)")
#: What makes it a figure: AI10億, OpenAI2026年.
MAKES_FIGURE = re.compile(rf"[年月%]|{_CN_SCALE}|{units.UNIT_PATTERN}")
#: What stands between the two ends of a range, or between items that share a unit.
RANGE = re.compile(r"\s?(?:-|–|—|~|至|到|to)\s?")
SERIES = re.compile(r"\s?(?:、|和|与|及|或|and|or)\s?")
