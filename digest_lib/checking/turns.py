"""Words that turn what a sentence says: negations, and words of direction, in Chinese and English.

All patterns see folded text (Simplified, half-width, lower case).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.text.patterns import led

_NO = (
    r"并未|并无|皆无|均无|毫无|尚未|从未|未曾|未能|没有|并没|(?<![出淹沉埋吞泯])没(?![收落入顶食])|无法|无需|无须|毋须|不必|不需要?|不会|不再|不是|并非|并不|绝不|不能|不可|不支持|不支援|不(?!同(?!意))"
    r"(?![过仅只但断少论管久足锈动凡料妨满明错免满是会能可必需再支线良稳])"
    r"|未(?![来必知免婚曾能])|而非|拒绝|否认|禁止|(?<![解弛不自紫监囚软拘幽门宵失])禁(?![忌区卫脔得])|不得(?!不)|避免|停止|照旧|照常|(?<![特分区级类性辨识个告有差鉴判离送派国另惜组派话道臨临])别(?=[再让把去用被给跟对急买碰信随乱切断做])|非(?=[官公正]式?方?的?)"
    r"|\b(?:not|no|never|neither|none|nobody|cannot|without|denie[sd]|deny|refuse[sd]?)\b|n't\b|n’t\b"
)
#: Words with a negation's characters that negate nothing.
_NOTHING = (
    r"不得不|无不|不仅仅?|不只|不但|不断|不过|不同(?!意)|不少|不论|不管|不久|不足|不料|不妨|不满|不明|不错|不免|不良|不稳|未来|未必|未知|"
    r"未婚|不动产|不锈钢|无线|无人|无限|无论|无尘|不约而同|不法|不当|不实|不详|不利|不易|不幸|不惜|不时|不如|不及|不若|不到(?=\s?[\d一二三四五六七八九十百千半两])|不敌|不再只|不限|差不多"
    r"|\b(?:not only|no\. ?\d|whether or not|not just)"
)
NEGATION = led(rf"(?P<nothing>{_NOTHING})|(?P<no>{_NO})")

#: A negation, with the first word that it denies.
DENIES = re.compile(
    rf"(?:{_NO})(?:[\s会能将再有曾要想是被正在很太需必须过]|进一步|打算|计划|准备)*(?:\b[a-z]{{1,3}}\s){{0,3}}(?P<what>[\u4e00-\u9fff]{{2}}|[a-z]{{4,}})"
)

#: Who does so for the first time had not before.
FIRST = re.compile(r"首次|首度|第一次|初次|\bfirst\b")

#: Words that lean to a negation without being one: beside them, nothing is said about who negates.
LEANING = re.compile(
    r"[免难缺防避仅罕]|预[发公]布|略过|跳过|打破|摆脱|而非|取代|除非|几乎|鲜少|未必|不完全|告别"
    r"|\b(?:hardly|barely|rarely|unless|lack\w*|instead|skip\w*|omit\w*)\b"
)

#: Somebody denies what is said.
DENIAL = r"否认|驳斥|\bden(?:y|ies|ied|ying)\b|\brefut\w+"

#: Axis -> (words of one direction, words of the other).
_AXES: dict[str, tuple[str, str]] = {
    "多少": (
        r"上涨|上升|上扬|增加|增长|成长|增至|提高|提升|上调|调高|调涨|调升|年增|季增|月增|扩大|扩增|扩编|大涨|飙升|飙涨|攀升|劲扬"
        r"|涨幅|收涨|走高|升至|涨价|增幅|增聘|加码|加速|涨(?!停)|激增|大增|翻倍|倍增|走强|多了|升(?=到|至|逾|破|[\s\d])|增(?=[\s\d近逾约])"
        r"|\b(?:ris(?:e[sn]?|ing)|rose|increas\w+|gr[eo]w(?:s|n|ing|th)?|jump\w*|surg\w+|climb\w*|soar\w*|gain\w*"
        r"|doubl\w+|expand\w*|faster|up)\b",
        r"下跌|下降|下滑|下挫|减少|衰退|减至|降低|下调|调低|调降|年减|季减|月减|缩小|缩减|大跌|重挫|重跌|暴跌|滑落|走低|跌幅"
        r"|收跌|降至|降价|减幅|裁减|减缓|放缓|减慢|减半|砍半|下砍|跌(?!停)|大减|锐减|萎缩|走弱|减产|少了|[掉滑](?=到|至)|降(?=到|逾|破|[\s\d])|减(?=[\s\d近逾约])"
        r"|\b(?:f[ae]ll(?:s|en|ing)?|decreas\w+|declin\w+|drop\w*|plung\w+|slump\w*|shrink\w*|shr[au]nk|cut(?:s|ting)?"
        r"|slow\w*|reduc\w+|down)\b",
    ),
    "高低": (
        r"高于|优于|超过|超出|逾|突破|领先|胜过|多于|大于|超越|好于"
        r"|\b(?:more than|over|above|higher|better|exceed\w*|beat\w*)\b",
        r"低于|不如|不及|不到|未满|落后|逊于|少于|小于|差于|不足"
        r"|\b(?:less than|under|below|lower|worse|fewer|lag\w*)\b",
    ),
    "好坏": (
        r"(?:比|较)[^,。;]{0,8}?[好佳强优](?![转])|更[好佳强]|转强|好转|改善",
        r"(?:比|较)[^,。;]{0,8}?[差弱糟](?![异额距])|更[差弱糟]|转弱|恶化",
    ),
    "盈亏": (r"获利|盈利|赚|\bprofit\w*\b", r"亏损|赔|\bloss(?:es)?\b"),
    "初次": (r"首次|首度|初次|第一次|\bfirst time\b", r"再度|再次|又一次|\bonce again\b"),
    "早晚": (r"提前|提早|\bearlier than\b|\bahead of\b", r"延后|推迟|延迟|延宕|\bdelay\w*|\bpostpone\w*"),
    "赞否": (
        r"支持|赞成|同意|核准|批准|承认|通过(?=投资|提案|法案|议案|审查|决议|预算|收购|合并)|\bsupport\w*|\bapprove\w*",
        r"反对|驳回|否决|\boppos\w+|\breject\w+",
    ),
    "胜负": (r"胜诉|获胜|击败|赢|\bw[io]n(?:s|ning)?\b", r"败诉|落败|输(?![入出送])|\blos[et](?:s|ing)?\b"),
    "开关": (
        r"开放|解除|恢复|启用|重启|\bresum\w+|\brestor\w+",
        r"关闭|封锁|中断|停用|暂停|\bsuspend\w*|\bhalt\w*",
    ),
    "承否": (
        r"证实|坦承|\bconfirm\w*|\badmit\w*|\backnowledg\w*",
        DENIAL,
    ),
    "付费": (r"免费|免收费|\bfree\b", r"付费|收费|\bpaid\b|\bpaying\b"),
    "开闭源": (
        r"开源|开放原始码|开放权重|\bopen[- ](?:source|weight)s?\b",
        r"闭源|封闭模型|\bclosed[- ]source\b|\bproprietary\b",
    ),
    "必要": (
        r"(?<![无毋不])(?:必须|须要?(?=[先由经在把将改])|需要?(?=先)|得先|才能)|\bmust\b|\brequired? to\b",
        r"无须|无需|毋须|不必|不须|不需要?|免(?=费|[登付])|\bwithout having to\b|\bneed not\b|\bno need\b",
    ),
    "限制": (
        r"有限(?!公司)|限(?:制|定|量)|(?:仅|只)(?:限|开放|供|提供)|受信任|\blimited\b|\brestricted\b|\bonly\b",
        r"(?:不设|没有|取消|解除)[^,。]{0,3}限|不限|(?:全面|对外|向大众)开放|开放(?:大众|给?所有|所有|全体|一般)|人人|\bunrestricted\b",
    ),
    "曾否": (
        r"首次|首度|第一次|初次|从未|不曾|\bfirst time\b",
        r"(?:先前|过去|此前|早)[^,。]{0,4}(?:投资|推出|发生|使用|入股|有过|曾)|连年|历年来?|再度|又一次|\bpreviously\b",
    ),
    "买卖": (r"买下|收购|买进|买超", r"卖出|出售|卖超"),
}
_DIRECTIONS = led("|".join(f"(?P<u{i}>{up})|(?P<d{i}>{down})" for i, (up, down) in enumerate(_AXES.values())))


#: Axes whose words speak of the number that follows them, not of the one before: 36% 低於 45%.
AHEAD_ONLY = frozenset({list(_AXES).index("高低")})


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of direction in a folded text: its place, its axis, and which way it goes."""

    start: int
    end: int
    axis: int
    up: bool


def directions(folded: str) -> list[Turn]:
    """The words of direction of a folded text, in order."""
    found = ((m, g) for m in _DIRECTIONS.finditer(folded) if (g := m.lastgroup))
    return [Turn(m.start(), m.end(), int(g[1:]), g[0] == "u") for m, g in found]


@dataclass(frozen=True, slots=True)
class Turns:
    """How often a text negates, and its words of direction as (axis, up), in order."""

    negations: int
    #: something leans to a negation without being one
    leaning: bool
    directions: tuple[tuple[int, bool], ...]

    def opposes(self, other: Turns) -> bool:
        """Do the two name opposite directions, on an axis that both speak of once and only once?"""
        for axis in {a for a, _ in self.directions}:
            mine = [up for a, up in self.directions if a == axis]
            theirs = [up for a, up in other.directions if a == axis]
            if theirs and len(set(mine)) == len(set(theirs)) == 1 and mine[0] != theirs[0]:
                return True
            if len(mine) == len(theirs) > 1 and mine != theirs:
                return True
        return False


@lru_cache(maxsize=8192)
def turns(folded: str) -> Turns:
    """The negations and directions of a folded text."""
    no = sum(m.lastgroup == "no" for m in NEGATION.finditer(folded))
    found = tuple((turn.axis, turn.up) for turn in directions(folded))
    return Turns(no, bool(LEANING.search(folded)), found)


def without_turns(folded: str) -> str:
    """The text with its negations and directions taken out, for comparing the rest."""
    return _DIRECTIONS.sub(
        "|", NEGATION.sub(lambda m: m.group() if m.lastgroup == "nothing" else "|", folded)
    )
