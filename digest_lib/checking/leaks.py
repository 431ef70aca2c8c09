"""What an llm leaves in a text by mistake: instructions, reasoning, handles, placeholders, broken markup.

Each kind was seen in published digests. A leak is a leak even where an article holds the same words: that is
how an injected one looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from digest_lib.checking.html_in import html_in
from digest_lib.checking.reasons import Reason, reason
from digest_lib.text.scripts import HAN, fold, to_simplified

_LENGTH = r"\d{2,4}(?:\s*[-~–至到]\s*\d{2,4})?\s*个?字"
_FIELD = (
    r"来源|出处|日期|标题|名称|公司名?|连结|链接|数字"
    r"|source|date|title|link|name|url|citation needed|TBD|TODO"
)

_REF = r"(?:(?:来源|来源代号|出处|引用|文章|sources?|articles?|refs?)\s*[:.]?\s*)?[Aa]?\d{1,2}"
#: A source's short name as a request has it, left in brackets in the text: [A1], 【来源1】, (A1、A2), [^1].
HANDLE = (
    rf"[\[【]\^?\s*{_REF}(?:\s*[,、;和与及-]\s*{_REF})*\s*[\]】]"
    rf"|\(\s*(?:(?:来源|出处|sources?|refs?)\s*[:.]?\s*)?A\d{{1,2}}(?:\s*[,、;和与及-]\s*A?\d{{1,2}})*\s*\)"
)

#: Reason (reasons.toml), and patterns that see folded text (Simplified, half-width).
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("leak_length", (
        rf"(?:约|大约|不超过|不多于|限|至少|控制在|字数[::为]?)\s*{_LENGTH}",
        rf"[(【\[]\s*{_LENGTH}(?:以内|左右|内|以上)?\s*[)】\]]",
        r"(?i:\b(?:in|under|at most|no more than|about|max(?:imum)?)\s+\d{2,4}\s+words\b)",
        r"(?i:\(\s*~?\d{2,4}\s+words\s*\))",
    )),
    ("leak_reasoning", (
        r"(?i:</?\s*(?:think|thinking|thought|reasoning|scratchpad|analysis|reflection|antthinking)\b[^>]*>?)",
    )),
    ("leak_control", (
        r"<\|[^|>]{1,40}\|>", r"\[/?INST\]", r"<</?SYS>>", r"<(?:bos|eos|s|/s)>",
        r"(?i:^\s*(?:assistant|system|user)\s*:)",
    )),
    ("leak_tool", (
        r"(?i:[(\[【]\s*(?:tool|call|func(?:tion)?|step|turn\d+)[-_ ]?\w*[-_]\d+\w*\s*[)\]】])",
        r"(?i:\btool[-_](?:call|use|result)s?\b)", r"【\d+[†:][^】]*】",
        r"(?i:(?:cite|(?<![a-z]))turn\d+[a-z]{3,12}\d+)",  # as OpenAI's tools cite, between U+E200 and U+E202
    )),
    ("leak_handle", (
        HANDLE,
        r"(?:根据|依据|依照|参见|参考|详见|文章|来源|出处|[见据如])\s*[「\[(]?A\d{1,2}[」\])]?(?![\w.])",
        r"(?i:\b(?:articles?|sources?|per|see|according to|as)\s+\[?A\d{1,2}\b)",
    )),
    ("leak_assistant", (
        r"(?i:\bas an? (?:ai(?: (?:language )?model| assistant|,)|(?:large )?language model,))",
        r"(?i:\bI(?:'m| am) (?:an AI|unable to|sorry)\b)",
        r"(?i:\bI (?:cannot|can't) (?:help|assist|provide|comply)\b)",
        r"(?:身为|作为)(?:一[个名款])?(?:AI|人工智[能慧]|大?型?语言模型)(?:助[理手]|模型|语言模型)?[,我]",
        r"身为\s?(?:AI|人工智[能慧])(?=\s?(?:,|我|助[理手]|语言|模型))",
        r"(?:很抱歉|抱歉|对不起),?我(?:无法|不能)", r"我是(?:一[个名])?(?:AI|人工智[能慧])助[理手]",
    )),
    ("leak_dialogue", (
        r"(?i:\bhere(?:'s| is) (?:the|a|your) (?:summary|revised|rewritten|json|digest)\b)",
        r"(?i:\bsure[,!] (?:here|i)\b|\bcertainly[!,])",
        r"(?i:\b(?:let me|i will now|i need to) (?:re)?(?:write|check|think|summari[sz]e|revise)\b)",
        r"(?i:\bthe (?:passage|text|excerpt) (?:provided|given)\b|\bthe provided (?:passage|text|excerpt)\b)",
        r"^(?:以下是|好的[,!]|当然[,!可])(?=.{0,12}(?:摘要|整理|内容|改写|修正|版本|总结|重写))",
        r"以下(?:是|为)(?:改写|修[正改订]|重写|整理|润饰)(?:后|过)?的?(?:摘要|版本|内容|结果|句子|文字)?[::]",
        r"根据(?:您|你)(?:提供|给|的要求|的指示)", r"(?:更正|修正)[::](?=.{0,6}(?:上文|前文|我))",
        r"等等,(?:我|不对|应该)",
    )),
    ("leak_prompt", (
        r"(?i:\bsystem prompt:|\bignore (?:all |the )?(?:previous|above) instructions\b)",
        r"(?i:\boutput (?:only )?json\b|\brespond (?:only )?(?:in|with)\b)",
        r"(?i:\bdo not (?:invent|make up|hallucinate)\b)",
        r"忽略(?:以上|之前|先前|前面)(?:的|所有)*(?:指示|指令)", r"系统提示词?[::]",
        r"请(?:用|以|使用)(?:繁体|简体|台湾|正体)(?:中文)", r"(?:只|仅)(?:输出|回传|返回)\s*JSON",
        r"不要(?:编造|虚构|杜撰)",
    )),
    ("leak_solicits", (
        r"请(?:立即|马上|点击|前往|拨打|联络|联系|加入|扫码|输入|加我)|立即(?:前往|买进|购买|注册|领取|下单)|扫码"
        r"|加入?\s?(?:微信|line)|(?:推荐|优惠|折扣)码\s?[a-z0-9]|稳赚|包赚|一夜致富",
        r"(?i:\b(?:click|sign up|buy|visit|subscribe|call) (?:here|now|today)\b|\buse code\b)",
    )),
    ("leak_endless", (r"(.{1,12}?)\1{5,}",)),
    ("leak_unit", (r"(?<!\d)\d{1,3}\s?年年(?![底初终中报度会薪])|\d\s?(?:%%|倍倍|元元|亿亿|万万)",)),
    ("leak_placeholder", (
        r"\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}",
        r"\{%[^{}]{0,200}%\}", r"<%[^<>]{0,200}%>", r"\$\{\w+\}", r"%\(\w+\)s", rf"\[(?:{_FIELD})\s*\d*\]",
        r"(?<![A-Za-z])X{3,}(?![A-Za-z])", r"(?i:\blorem ipsum\b|\bTBD\b|\bplaceholder text\b)",
        r"○{2,}", r"〇〇",
    )),
    ("leak_markup", (
        r"```", r"~~~", r"\*\*", r"^\s{0,3}#{1,6}\s", r"^\s*[-*]\s(?=\S)",
        r"!?\[[^\]]*\]\((?:https?:|#|/)[^)]*\)", r"\\[nt](?![A-Za-z])", r"\\u[0-9A-Fa-f]{4}",
        r"(?i:\[/(?:b|i|u|url|img|quote|code|size|color|list)\]|\[(?:url|color|size)=[^\]]*\])",
    )),
    ("leak_json", (r"[{,]\s*\"(?:text|sources|kind|headline|sentences)\"\s*:",)),
)  # fmt: skip
_LEAKS = tuple((key, re.compile("|".join(patterns), re.MULTILINE)) for key, patterns in _PATTERNS)

#: So many characters in a row of a prompt are no chance. Latin words are longer, and stock phrases of theirs.
ECHO_HAN, ECHO_LATIN = 8, 28
#: White space and punctuation, but for the braces of a placeholder.
_MARKS = re.compile(r"[^\w{}]+")
_HAN_RUNS = re.compile(r"(?:[\u3040-\u30ff\u3400-\u9fff]|\{\w*\})+")

#: A quotation as typewriters mark one: `so' and ``so''; its marks are no code.
_QUOTED = re.compile(r"(?<![\w`])(?:`(?=[^\s`])[^`]*?[^\s`]'(?![\w'])|``(?=[^\s`])[^`]*?[^\s`]'')")

#: No characters that a reader sees: of control, of direction, and for private use, which no font has.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd"
    r"\ue000-\uf8ff\U000f0000-\U0010ffff]"
)


def leaks(text: str) -> list[Reason]:
    """What stands in the text that is no news, each as a reason with the words."""
    folded = to_simplified(text)
    found = [
        Reason(key, (text[match.start() : match.end()].strip()[:40],))
        for key, pattern in _LEAKS
        if (match := pattern.search(folded))
    ]
    if marked := next(html_in(folded), None):
        found.append(Reason("leak_html", (text[marked.start() : marked.end()].strip()[:40],)))
    if _CONTROL.search(text):
        found.append(Reason("leak_invisible"))
    if _QUOTED.sub("", folded).count("`") % 2:
        found.append(Reason("leak_code"))
    return found


def echoed(text: str, prompts: Iterable[str]) -> list[Reason]:
    """The reason, where the text repeats a run of words of a prompt (as the desk has it); else nothing."""
    own = _bare(text)
    # Eight characters of Chinese are no chance; eight letters of a word among them are.
    runs = [m.group() for m in _HAN_RUNS.finditer(own)] if HAN.search(own) else [own]
    longest = ECHO_HAN if HAN.search(own) else ECHO_LATIN
    for prompt in map(_bare, prompts):
        for run in runs:
            for start in range(len(run) - longest + 1):
                if (part := run[start : start + longest]) in prompt:
                    return reason("leak_prompt", part)
    return []


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """A text as echoes are looked for: without what a model changes in passing."""
    return _MARKS.sub("", fold(text))
