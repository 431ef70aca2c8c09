"""Faithful sentences broken one way each, as a careless writer breaks a number, a name, a quotation.

Every breaker takes a sentence and its article and gives the broken sentence, or None where there is nothing
to break. It is blind to how the check reads: it looks at characters. What it puts in stands nowhere in the
source, but for the kinds that say so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from digest_lib.articles.article import Article

Breaker = Callable[[str, Article, random.Random], str | None]

_FIGURE = re.compile(
    r"(?<![A-Za-z0-9.,\-/:])\d[\d,]*(?:\.\d+)?(?![\d.]*[A-Za-z\-/:])(?!\s?[年月日號号/])(?!\.\d)"
)
_MONEY = re.compile(
    r"(?:[$€£]|NT\$)\s?\d[\d,.]*\d"
    r"|\d[\d,.]*\s?(?:[百千]?[萬億兆])?\s?(?:美元|歐元|元|日圓|英鎊)"
)
_UNITS = [
    ("億", "萬"),
    ("萬", "億"),
    ("兆", "億"),
    ("%", " 倍"),
    ("％", " 倍"),
    ("倍", "%"),
    ("小時", "分鐘"),
    ("分鐘", "小時"),
    ("奈米", "公分"),
    ("GB", "TB"),
    ("TB", "GB"),
    ("GW", "MW"),
    ("MW", "GW"),
    ("Hz", "KB"),
    ("billion", "million"),
    ("million", "billion"),
    ("公里", "公尺"),
    ("天", "個月"),
    ("個月", "天"),
    ("週", "年"),
    ("吋", "公里"),
    ("公斤", "公噸"),
    (" hours", " days"),
    (" percent", " times"),
]
_CURRENCIES = [
    ("美元", "歐元"),
    ("歐元", "美元"),
    ("新台幣", "人民幣"),
    ("人民幣", "新台幣"),
    ("日圓", "美元"),
    ("NT$", "US$"),
    ("$", "€"),
    ("英鎊", "美元"),
]
_DATE = re.compile(
    r"\d{1,2}\s?月\s?(\d{1,2})\s?[日號]|(?<![\d月.年])(?<!月 )(\d{1,2})\s?日(?![圓本均])"
    r"|(20[12]\d)\s?年|(?<![\d.])(\d{1,2})\s?月(?!\s?\d)"
    r"|(?:January|February|March|April|June|July|August|September|October|November|December)\s(\d{1,2})\b"
)
_VERSION = re.compile(
    r"(?<![\d.])(?<=[A-Za-z\- v])(\d{1,2}\.\d{1,3})((?:\.\d{1,4})*)(?![\d%]|\s?[億萬倍兆%元美])"
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z][a-z]{3,}(?:[A-Z][a-z]+)*(?![A-Za-z0-9])")
_HAN_PERSON = re.compile(
    r"(?:執行長|董事長|總經理|市長|院長|部長|創辦人|總裁|副總|主任|教授|董事|副總經理|理事長|會長|總統|主持人|店主任)"
    r"(?P<name>[\u4e00-\u9fff]{3})(?=表示|指出|說|，|、|於|今|宣布|在|受邀|正式|親|進一步|強調|認為|也)"
)
_HAN_ORG = re.compile(r"(?<=[，。、與和的由])(?P<name>[\u4e00-\u9fff]{2,3})(?=集團|銀行|科技|電子|證券|投顧)")
_QUOTE = re.compile(r"「([^「」]{6,})」|“([^“”]{12,})”")
_PEOPLE = ["陳柏翰", "林志豪", "周雅雯", "許瑞明", "葉建民", "沈大同", "賴秀琴", "高文斌"]
_ORGANISATIONS = ["宏翔", "萬利達", "新東", "永全", "嘉和"]
_LATIN = [
    "Salesforce",
    "Oracle",
    "Zendesk",
    "Snowflake",
    "Palantir",
    "Databricks",
    "Figma",
    "Notion",
    "Braintree",
]
_KNOWN = [
    "OpenAI",
    "Google",
    "微軟",
    "蘋果",
    "亞馬遜",
    "輝達",
    "特斯拉",
    "三星",
    "台積電",
    "英特爾",
    "騰訊",
    "阿里巴巴",
    "百度",
    "小米",
    "Anthropic",
    "Meta",
    "馬斯克",
    "黃仁勳",
    "軟銀",
    "高通",
]

#: Patterns of what can be negated, and of negations; each with what takes its place.
_NEGATE = [
    ("宣布", "否認"),
    ("已經", "尚未"),
    ("將(?=於|在|會|推出|發表|達|持續|成為|投入|提供|由|從|以)", "不會"),
    ("可以", "無法"),
    ("能夠", "無法"),
    ("可(?=望|用|透過|在|於|將|直接|提供)", "不可"),
    ("支援(?!的)", "不支援"),
    ("包括", "不包括"),
    ("(?<=[司軟歌果達正式])推出", "並未推出"),
    ("(?<=[司軟歌果達正式式])(?:發布|發表)", "並未發布"),
    ("提供", "不提供"),
    ("表示", "沒有表示"),
    ("採用", "未採用"),
    ("成為", "未成為"),
    ("(?<=[以可會將在])使用(?!者)", "不使用"),
    ("認為", "不認為"),
    (" will ", " will not "),
    (" can ", " cannot "),
    (" is ", " is not "),
    (" has ", " has not "),
    (" are ", " are not "),
]
_AFFIRM = [
    ("並未", "已"),
    ("尚未", "已經"),
    ("沒有", "有"),
    ("無法", "可以"),
    ("不會", "會"),
    ("不再", "再"),
    ("(?<![從並尚])未(?=[受能獲達見有經公])", "已"),
    ("不是", "是"),
    ("不需要?", "需要"),
    ("無需", "需要"),
    ("否認", "承認"),
    (" not ", " "),
    ("cannot", "can"),
    ("n't ", " "),
]
_OPPOSITE = [
    ("上漲", "下跌"),
    ("增加", "減少"),
    ("成長", "衰退"),
    ("提高", "降低"),
    ("上調", "下調"),
    ("高於", "低於"),
    ("年增", "年減"),
    ("季增", "季減"),
    ("優於", "不如"),
    ("漲幅", "跌幅"),
    ("提升", "下降"),
    ("擴大", "縮小"),
    ("調漲", "調降"),
    ("超過", "不到"),
    ("大漲", "大跌"),
    ("上升", "下降"),
    ("漲", "跌"),
    ("增至", "減至"),
    ("增長", "下滑"),
    ("加速", "放緩"),
    ("首次", "再度"),
    ("領先", "落後"),
    ("獲利", "虧損"),
    ("rise", "fall"),
    ("increase", "decrease"),
    ("growth", "decline"),
    ("higher", "lower"),
    ("up ", "down "),
    ("more than", "less than"),
]


def _swap(text: str, old: str, new: str, at: int) -> str:
    return text[:at] + new + text[at + len(old) :]


def _source(article: Article) -> str:
    return f"{article.title}\n{article.summary}\n{article.text}"


def number(text: str, article: Article, rng: random.Random) -> str | None:
    """A figure replaced by one whose digits stand nowhere in the source."""
    found = [m for m in _FIGURE.finditer(text) if m.group() not in {"1", "0"}]
    return _other_digits(text, rng.choice(found), article, rng) if found else None


def _other_digits(text: str, match: re.Match[str], article: Article, rng: random.Random) -> str | None:
    said, source = match.group(), _source(article)
    for _ in range(40):
        new = "".join(str(rng.randint(1, 9)) if c.isdigit() else c for c in said)
        if len(said) == 1:
            new = str(rng.randint(2, 29))
        if new != said and not re.search(rf"(?<!\d){re.escape(new)}(?!\d)", source):
            return _swap(text, said, new, match.start())
    return None


def money(text: str, article: Article, rng: random.Random) -> str | None:
    """An amount with another figure, or in another currency."""
    amounts = list(_MONEY.finditer(text))
    if not amounts:
        return None
    amount = rng.choice(amounts)
    for old, new in _CURRENCIES if rng.random() < 0.5 else ():
        if old in amount.group() and new not in _source(article):
            return _swap(text, amount.group(), amount.group().replace(old, new, 1), amount.start())
    digits = re.compile(r"\d[\d,.]*\d|\d").search(text, amount.start())
    return _other_digits(text, digits, article, rng) if digits else None


def unit(text: str, _article: Article, rng: random.Random) -> str | None:
    """億 for 萬, hours for minutes, percent for times."""
    options = []
    for old, new in _UNITS:
        pattern = rf"(?<=\d){re.escape(old)}|(?<=\d ){re.escape(old)}|(?<=\d[百千]){re.escape(old)}"
        options += [(m.start(), old, new) for m in re.finditer(pattern, text)]
    if not options:
        return None
    at, old, new = rng.choice(options)
    return _swap(text, old, new, at)


def date(text: str, article: Article, rng: random.Random) -> str | None:
    """A day, a month or a year moved to one that stands nowhere in the source."""
    found = list(_DATE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    group = next(i for i in range(1, 6) if match.group(i))
    old = int(match.group(group))
    top = 12 if group == 4 else 28
    near = {article.published.day, article.published.day + 1, article.published.day - 1}
    for _ in range(40):
        new = old + rng.choice([-2, -1, 1, 2, 3]) if group == 3 else rng.randint(1, top)
        free = not re.search(rf"(?<!\d)0?{new}(?!\d)", _source(article))
        if new != old and free and (group in {3, 4} or new not in near):
            return text[: match.start(group)] + str(new) + text[match.end(group) :]
    return None


def version(text: str, article: Article, rng: random.Random) -> str | None:
    """5.6 made 5.7, v0.1.26 made v0.1.27."""
    found = list(_VERSION.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    parts = match.group().split(".")
    for step in (1, 2, 3, 5):
        new = ".".join([*parts[:-1], str(int(parts[-1]) + step)])
        if new not in _source(article):
            return text[: match.start()] + new + text[match.end() :]
    return None


def _replaced(
    text: str,
    found: list[re.Match[str]],
    others: list[str],
    article: Article,
    rng: random.Random,
    group: str | int = 0,
) -> str | None:
    free = [o for o in others if o not in _source(article) and o not in text]
    if not found or not free:
        return None
    match = rng.choice(found)
    return text[: match.start(group)] + rng.choice(free) + text[match.end(group) :]


def known_name(text: str, article: Article, rng: random.Random) -> str | None:
    """A name of the glossary made another one of the glossary."""
    found = list(re.finditer("|".join(_KNOWN), text))
    return _replaced(text, found, _KNOWN, article, rng)


def latin_name(text: str, article: Article, rng: random.Random) -> str | None:
    """A Latin name inside Chinese made another one that the glossary may not know."""
    if article.lang == "en":
        return None
    return _replaced(text, list(_LATIN_NAME.finditer(text)), _LATIN, article, rng)


def han_name(text: str, article: Article, rng: random.Random) -> str | None:
    """A Chinese person (after an office) made another one; the glossary knows neither."""
    return _replaced(text, list(_HAN_PERSON.finditer(text)), _PEOPLE, article, rng, "name")


def han_organisation(text: str, article: Article, rng: random.Random) -> str | None:
    """A Chinese organisation made another one that no glossary knows."""
    return _replaced(text, list(_HAN_ORG.finditer(text)), _ORGANISATIONS, article, rng, "name")


def quotation(text: str, _article: Article, rng: random.Random) -> str | None:
    """One character or word of a quotation changed."""
    found = list(_QUOTE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    said = match.group(1) or match.group(2)
    places = [i for i, c in enumerate(said) if c.isalpha()]
    if not places:
        return None
    at = rng.choice(places)
    new = "的" if not said[at].isascii() and said[at] != "的" else "x" if said[at] != "x" else "y"
    return text.replace(said, said[:at] + new + said[at + 1 :], 1)


def negation(text: str, _article: Article, rng: random.Random) -> str | None:
    """A negation put in or taken out, outside quotations."""
    return _one_of(text, [(rf"(?<![不未無沒非]){old}", new) for old, new in [*_AFFIRM, *_NEGATE]], rng)


def direction(text: str, _article: Article, rng: random.Random) -> str | None:
    """Up for down, more for less."""
    both = [(re.escape(a), b) for a, b in [*_OPPOSITE, *((b, a) for a, b in _OPPOSITE)]]
    return _one_of(text, both, rng)


def _one_of(text: str, pairs: list[tuple[str, str]], rng: random.Random) -> str | None:
    bare = _QUOTE.sub(lambda m: "\0" * len(m.group()), text)
    options = []
    for old, new in pairs:
        if match := re.search(old, bare):
            options.append((match.start(), match.group(), new))
    if not options:
        return None
    at, old, new = options[0] if len(options) == 1 else rng.choice(options[:3])
    return _swap(text, old, new, at)


def other_number(text: str, article: Article, rng: random.Random) -> str | None:
    """A figure replaced by another figure of the same source: right value, wrong thing."""
    found = [m for m in _FIGURE.finditer(text) if m.group() not in {"1", "0"}]
    others = [m.group() for m in _FIGURE.finditer(_source(article)) if m.group() not in {"1", "0"}]
    if not found:
        return None
    match = rng.choice(found)
    after = text[match.end() : match.end() + 1]
    like = [o for o in others if o not in text and f"{o}{after}" in _source(article)]
    return _swap(text, match.group(), rng.choice(like), match.start()) if like else None


def roles(text: str, _article: Article, _rng: random.Random) -> str | None:
    """Two names of one sentence in each other's place."""
    found = [*re.finditer("|".join(_KNOWN), text)]
    names = list(dict.fromkeys(m.group() for m in found))
    if len(names) < 2:
        return None
    one, two = names[0], names[1]
    return text.replace(one, "\0").replace(two, one).replace("\0", two)


#: kind -> (breaker, the share that is to be caught, in percent; None: only reported)
KINDS: dict[str, tuple[Breaker, float | None]] = {
    "number": (number, 99),
    "unit": (unit, 99),
    "money": (money, 99),
    "version": (version, 99),
    "quotation": (quotation, 99),
    "date": (date, 95),
    "name: of the glossary": (known_name, 95),
    "name: other Latin": (latin_name, 95),
    "name: other Chinese person": (han_name, 95),
    "name: other Chinese organisation": (han_organisation, None),
    "negation": (negation, 80),
    "direction": (direction, 80),
    "number of the same source": (other_number, None),
    "two names swapped": (roles, None),
}
