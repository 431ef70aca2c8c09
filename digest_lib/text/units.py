"""The units that numbers in the news carry, by what they are called in three languages.

Spellings are folded (Simplified, half-width): the reader of numbers folds a text before it looks. All
words that only count things (款, 家, people) are one unit: it tells that 三款 is a number, and no measure.
"""

from __future__ import annotations

import re
from decimal import Decimal

PERCENT = "%"
POINTS = "pp"
TIMES = "x"
#: What only counts things: 三款, 40 customers.
COUNT = "个"
#: 元 alone: a currency that the text leaves open.
YUAN = "元"
#: ¥ alone: yen or yuan.
YEN_OR_YUAN = "¥"

#: 块 alone: 元, or a piece of something.
PIECE = "块"

#: What an open currency may turn out to be.
OPEN_CURRENCY = {
    PIECE: frozenset({COUNT, YUAN, "CNY", "TWD", "HKD"}),
    YUAN: frozenset({"CNY", "TWD", "HKD", YEN_OR_YUAN}),
    YEN_OR_YUAN: frozenset({"CNY", "JPY", YUAN}),
}

_AFTER = {
    PERCENT: "% percent pct 趴|per cent",
    POINTS: "个百分点 百分点 ppt|percentage points|percentage point|percentage-point",
    "bp": "个基点 基点 bps|basis points|basis point",
    TIMES: "倍 x × times fold",
    "USD": "美元 美金 USD usd dollars dollar|US dollars|U.S. dollars|US dollar|US$",
    "TWD": "新台币 台币 TWD NTD 元新台币 元台币",
    "CNY": "人民币 元人民币 人币 RMB CNY yuan renminbi",
    "EUR": "欧元 EUR euros euro €",
    "JPY": "日圆 日元 円 JPY yen",
    "KRW": "韩元 韩圆 韩币 韩圜 KRW won",
    "GBP": "英镑 GBP pounds sterling",
    "HKD": "港元 港币 HKD",
    "SGD": "新加坡元 新币 SGD",
    "INR": "卢比 INR rupees crore",
    "CHF": "瑞士法郎 瑞郎 CHF",
    "AUD": "澳元 澳币 AUD",
    "CAD": "加元 加币 CAD",
    YUAN: "元 块钱",
    PIECE: "块",
    "year": "年 周年 年度 years year yrs yr year-old 年期",
    "month": "个月 months month",
    "week": "周 星期 礼拜 个星期 weeks week",
    "day": "天 days day",
    "日": "日",
    "hour": "小时 个小时 钟头 hours hour hrs hr",
    "minute": "分钟 minutes minute mins min",
    "second": "秒 秒钟 seconds second secs sec",
    "ms": "毫秒 ms milliseconds millisecond",
    "decade": "decades decade",
    "century": "centuries century",
    "fortnight": "fortnights fortnight",
    "岁": "岁",
    "GB": "GB GiB gigabytes gigabyte",
    "TB": "TB TiB terabytes terabyte",
    "MB": "MB MiB megabytes megabyte",
    "KB": "KB KiB",
    "PB": "PB petabytes",
    "GW": "GW 吉瓦 gigawatts gigawatt 百万瓩",
    "MW": "MW 兆瓦 百万瓦 megawatts megawatt",
    "kW": "kW KW 千瓦 瓩 kilowatts kilowatt",
    "W": "W 瓦 瓦特 watts watt",
    "TWh": "TWh",
    "GWh": "GWh",
    "MWh": "MWh",
    "kWh": "kWh 度电",
    "nm": "nm 奈米 纳米 nanometers nanometer nanometre",
    "km": "km 公里 千米 kilometers kilometer kilometres",
    "m": "公尺 米 meters metres",
    "cm": "cm 公分 厘米",
    "mm": "mm 公厘 毫米",
    "mile": "英里 哩 miles mile mi",
    "inch": "英寸 吋 寸 inches inch",
    "kg": "kg 公斤 千克 kilograms",
    "t": "吨 公吨 tonnes tons",
    "坪": "坪",
    "m²": "平方公尺 平方米 m² ㎡|square meters|square metres|square meter|square metre",
    "ft²": "平方英尺 平方英呎 平方呎|square feet|square foot|square-foot|sq ft",
    "km²": "平方公里 平方千米 km²|square kilometers|square kilometres",
    "ha": "公顷 hectares hectare",
    "acre": "英亩 acres acre",
    "ft": "英尺 英呎 feet foot",
    "GHz": "GHz",
    "MHz": "MHz",
    "kHz": "kHz KHz 千赫",
    "Hz": "Hz 赫兹 赫",
    "TOPS": "TOPS",
    "TFLOPS": "TFLOPS teraflops",
    "PFLOPS": "PFLOPS petaflops petaflop",
    "EFLOPS": "EFLOPS exaflops exaflop",
    "mAh": "mAh",
    "fps": "fps FPS",
    "°C": "°C ℃ 摄氏度",
    "折": "折",
    COUNT: "个 款 名 位 家 项 次 笔 支 台 部 条 张 间 座 篇 种 人 件 份 场 轮 批 组 套 颗 辆 架 页 层 级 "
    "题 道 封 国 大 类 步 章 本 首 集 只 头 双 对 门 行 句 字 点 届 代 期 版 处 所 股 起 宗 例 户 "
    "阶段 人次 人份 词元 参数 字节 位元 核 口 "
    "tokens token people users models companies customers employees countries",
}  # fmt: skip

_BEFORE = {
    "USD": "US$ USD U.S.$ $ 美元 美金",
    "TWD": "NT$ NTD TWD 新台币 台币",
    "CNY": "人民币 RMB CNY CN¥",
    "HKD": "HK$ HKD 港币",
    "SGD": "S$ SGD",
    "AUD": "A$ AU$",
    "CAD": "C$ CA$",
    "EUR": "€ EUR",
    "GBP": "£ GBP",
    "KRW": "₩ KRW",
    "INR": "₹ INR Rs.",
    "JPY": "JP¥ JPY",
    YEN_OR_YUAN: "¥",
}

#: Spans that other languages say in years and weeks: a decade is 十年.
SPANS = {"decade": (10, "year"), "century": (100, "year"), "fortnight": (2, "week")}

SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12, "万亿": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "hundred": 100,
    "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12,
    "bn": 10**9, "mn": 10**6, "tn": 10**12, "mln": 10**6, "bln": 10**9, "trn": 10**12,
}  # fmt: skip

MONEY = frozenset(_BEFORE) | {"CHF", YUAN}
#: What is measured: a source that gives the bare number may speak of anything.
MEASURES = frozenset({
    "GB", "TB", "MB", "KB", "PB", "GW", "MW", "kW", "W", "TWh", "GWh", "MWh", "kWh", "nm", "km", "m", "cm",
    "mm", "mile", "inch", "kg", "t", "GHz", "MHz", "kHz", "Hz", "TOPS", "mAh", "fps", "°C",
    "m²", "ft²", "km²", "ha", "acre", "ft",
})  # fmt: skip
#: Units that change what a number says: they must stand on both sides.
STRONG = MONEY | {PERCENT, POINTS, "bp", TIMES, "折"}


def _spellings(table: dict[str, str]) -> dict[str, str]:
    """Spelling to unit. Spellings with a space stand after a `|`."""
    found = {}
    for unit, names in table.items():
        words, *phrases = names.split("|")
        found.update(dict.fromkeys([*words.split(), *phrases], unit))
    return found


UNIT_OF = _spellings(_AFTER)
CURRENCY_OF = _spellings(_BEFORE)
_UNIT_OF_LOWER = {s.lower(): u for s, u in reversed(UNIT_OF.items())}


def unit_of(spelling: str) -> str:
    """The unit that a spelling after a number names; as written first (MW is not mw), then in any case."""
    tidy = re.sub(r"\s+", " ", spelling.strip().lstrip("-"))
    return UNIT_OF[tidy] if tidy in UNIT_OF else _UNIT_OF_LOWER[tidy.lower()]


def scale_of(spelling: str) -> Decimal:
    """The factor of 万亿, 千万, billion, K, …: the product of its parts."""
    tidy = spelling.strip().lstrip("-").lower()
    tidy = tidy.removesuffix("th") if tidy.removesuffix("th") in SCALES else tidy
    if tidy in SCALES:
        return Decimal(SCALES[tidy])
    factor = Decimal(1)
    for part in tidy:
        factor *= SCALES[part]
    return factor


def _alternatives(spellings: dict[str, str]) -> str:
    return "|".join(re.escape(s).replace(r"\ ", r"\s") for s in sorted(spellings, key=lambda s: (-len(s), s)))


_LATIN_UNITS = {s: u for s, u in UNIT_OF.items() if s.isascii() and s[0].isalpha()}
_OTHER_UNITS = {s: u for s, u in UNIT_OF.items() if s not in _LATIN_UNITS}

#: A unit after a number. 成为, 年代, 日本, 大陆, 美元 after 块 … are other words.
UNIT_PATTERN = (
    rf"(?:\s?(?:{_alternatives(_OTHER_UNITS)})(?<!年(?=代))(?<!日(?=[本元圆]))(?<!大(?=[陆学会厂楼幅量]))(?<!点(?=出))(?<!只(?=[能有要是需会剩够用在]))(?<!元(?=[件素老首旦宵]))"
    rf"|[\s-]?(?i:{_alternatives(_LATIN_UNITS)})(?![A-Za-z0-9]))"
)
#: A unit that tells how much, not how many: what a version never has.
MEASURE_PATTERN = "|".join(
    re.escape(s).replace(r"\ ", r"\s") + (r"(?![A-Za-z0-9])" if s[-1].isascii() and s[-1].isalnum() else "")
    for s in sorted(UNIT_OF, key=lambda s: (-len(s), s)) if UNIT_OF[s] in MEASURES | STRONG
)  # fmt: skip
CURRENCY_PATTERN = rf"(?:(?<![A-Za-z])(?:{_alternatives(CURRENCY_OF)})\s?)"
