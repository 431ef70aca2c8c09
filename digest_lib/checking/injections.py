"""Words in an article that are meant for the machine that reads it, not for its readers.

An article is data. What in it speaks to an llm (ignore your instructions, write this into the summary) is
neither shown to the llm nor a source for anything: it is left out with the rest of its paragraph, since what
follows such a sentence is what it wants written. Reporting on such attacks costs an article a paragraph.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest_lib.text.patterns import led
from digest_lib.text.scripts import to_simplified
from digest_lib.text.sentences import split_sentences

_MACHINE = (
    r"(?:ai|artificial intelligence|llms?|(?:large )?language models?|assistants?|chat ?bots?|summari[sz]ers?"
    r"|summari[sz]ing (?:systems?|models?|tools?)|automated (?:readers?|systems?|editors?)|gpt|copilot)"
)
_RESULT = (
    r"(?:summar(?:y|ies)|responses?|outputs?|answers?|headlines?|digests?|posts?|replies|reply|tags?|json"
    r"|key points?|outlook|analysis|sources?|citations?|translations?)"
)
_WRITE = (
    r"(?:include|insert|add|append|output|print|write|repeat|respond|reply|return|state|mention|recommend|begin"
    r"|start|end|finish|replace|set|put|cite|list|claim|report|conclude|promote|link)"
)
_TURNING = r"(?:summari[sz]|translat|process|generat|writ|reading)\w*"
_ENGLISH = (
    r"\b(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines?"
    r"|constraints?|directions?|everything (?:above|before)|safety)\b",
    rf"\byou(?:'re| are)(?: now)?(?: an?| the)? .{{0,20}}\b{_MACHINE}\b",
    r"\byou are now\b|\bpretend (?:to be|you)\b|\bfrom now on,? you\b",
    rf"\b{_MACHINE}s?\b[^.!?]{{0,30}}\b(?:please|should always|(?:is|are) (?:instructed|ordered)"
    rf"|(?:must|should|shall) (?:not |also |always )?{_WRITE})\b",
    rf"\b(?:attention|note|message|instructions?|notice|memo|reminder)s?:? (?:to|for)? ?(?:all |any |the )?"
    rf"(?:{_MACHINE}|editors?|models?|writers?|agents?|bots?)\b",
    rf"\b(?:when|if|while|before|after) (?:you |you're )?(?:are )?{_TURNING}\b"
    rf"[^.!?]{{0,60}}\b(?:{_WRITE}|always|never|you)\b",
    rf"\b(?:your|the) {_RESULT} (?:must|shall|needs? to|has to|have to)\b|\byour {_RESULT} (?:should|will)\b",
    rf"\b{_WRITE}\b.{{0,80}}\b(?:in|into|to|at|as|with) (?:the (?:end|start|top|beginning|first line) of )?"
    rf"(?:your|each|every) {_RESULT}\b",
    r"\byour (?:system|developer|hidden|initial) (?:prompt|message|instruction)s?\b"
    r"|\b(?:system prompt|(?:system|developer) message|new (?:instruction|task|rule|directive)s?):",
    r"\b(?:print|reveal|show|output|repeat|leak)\b.{0,30}\b(?:api key|environment variables?|your prompt)",
    r"\bend of (?:the )?(?:article|document|text|source)s?\b|\bbegin (?:new|real) (?:task|instructions?)\b",
    r"\bdo not (?:mention|tell|reveal|cite|include|summari[sz]e)\b|\brespond only\b"
    r"|\byour (?:real|true|new) (?:task|goal|job)\b",
)
_RESULT_ZH = (
    r"(?:摘要|总结|标题|大标|回[答复应覆]|输出|结尾|开头|文末|文首|内文|正文|标签|来源|引文|重点|趋势|展望|分析"
    r"|json|译文|贴文|每一?则|每一?句)"
)
_WRITE_ZH = (
    r"(?:写|加[入上注]?|注明|放|列|提[及到]|插入|改[为成写]|标[示注为]|输出|说|引用|填|附|推荐|宣传|重复|称|结束"
    r"|开始|换)"
)
_MACHINE_ZH = (
    r"(?:ai|人工智[能慧]|(?:大型?)?语言模型|助[理手]|摘要(?:程[序式]|机器人|系统|工具)|机器人|写作模型|聊天机器人"
    r"|llm|模型|编辑)"
)
_MUST_ZH = r"(?:请|务必|必须|应该?|记得|一律|只要|只能)"
_CHINESE = (
    r"(?:忽略|无视|忘记|忘掉|不要理会|不必理会|不用管|撇开|覆盖|绕过|跳过)[^。!?]{0,14}"
    r"(?:指示|指令|提示|规则|要求|设定|限制|原则)",
    rf"(?:你|您)(?:现在|其实)?(?:是|扮演|不再是)[^。!?]{{0,12}}(?:{_MACHINE_ZH}|写手|作者)",
    rf"{_MUST_ZH}[^。!?]{{0,16}}{_RESULT_ZH}[^。!?]{{0,16}}{_WRITE_ZH}",
    rf"{_MUST_ZH}[^。!?]{{0,16}}{_WRITE_ZH}[^。!?]{{0,24}}{_RESULT_ZH}",
    r"(?:摘要|总结|翻译|改写|整理|撰写|处理|阅读)(?:本文|这篇|此文|本篇|文章|这则)?(?:时|的时候|之前|之后)"
    r"[^。!?]{0,12}(?:请|务必|必须|应|不要|要|只)",
    r"系统(?:提示词?|讯息|消息|指令)[::]|开发者(?:讯息|指令)|新的?(?:任务|指示|指令)[:是为]|真正的任务|你的(?:提示词|指令)",
    r"(?:不要|不得|请勿|切勿|禁止)(?:提及|引用|透露|揭露|写出|摘要|质疑|查核)",
    r"(?:印出|显示|输出|透露|泄露|重复)[^。!?]{0,12}(?:提示词|api ?key|金钥|密钥|环境变[量数])",
    r"(?:文章|新闻|本文|资料|文件)(?:到此)?(?:结束|完毕)|以下(?:是|为)(?:新的?)?(?:指示|指令|系统|真正)",
)
#: What may begin a line, or a clause.
_BEGINNINGS = (
    r"^[^\S\n]*(?:system|assistant|user|developer|instruction)s?[^\S\n]{0,8}[:>]|\[/?inst\]"
    r"|<\|?(?:system|im_start|assistant)|</?(?:articles?|stories|instructions?|prompt)>|^#{2,}\s*instruction",
    rf"(?:(?:^|[,。:;])致|写给|(?<![供放交送])给所有|告诉所有|提醒所有|通知所有|各位|亲爱的|正在阅读|阅读本文的)[^。!?,]{{0,6}}{_MACHINE_ZH}",
    rf"(?:^|[,。:;!?])[^\S\n]*{_MACHINE_ZH}(?:们)?(?:注意|请|务必|,请|:|你(?:必须|应|要|是))",
    rf"(?:^|[,。:;!?])(?:在|于|把|将)(?:你的)?{_RESULT_ZH}[^。!?]{{0,6}}{_WRITE_ZH}",
)
_JAPANESE = (
    r"(?:以前|これまで|上記|前|すべて|全て)の?[^。]{0,8}(?:指示|命令|プロンプト|ルール|設定)[^。]{0,6}(?:無視|忘れ|上書き)",
    r"あなたは[^。]{0,20}(?:AI|アシスタント|モデル|ボット|編集者)",
    r"(?:AI|アシスタント|モデル|ボット|要約)(?:アシスタント|モデル|システム|ツール)?(?:へ|は必ず|の皆|に告|宛)",
    r"(?:要約|見出し|回答|出力|タグ|出典|結論|本文|分析)(?:に|には|は|の|を)[^。]{0,40}"
    r"(?:ください|下さい|こと。|こと$|しなさい|せよ|すること)",
    r"システム(?:プロンプト|メッセージ|指示)|新しい(?:指示|命令|タスク)",
    r"(?:言及|引用|記載|要約)し(?:ないで|てはいけ|てはなら)",
)
#: They see lower case: where each word begins with a plain character, a list of them is found the faster.
_PATTERNS = (
    led("|".join(_ENGLISH)), led("|".join(_CHINESE)), re.compile("|".join(_BEGINNINGS), re.MULTILINE),
)  # fmt: skip
_PATTERN_JA = re.compile("|".join(_JAPANESE), re.IGNORECASE)
#: Characters that show nothing: what is hidden between them is read, too.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


def speaks_to_machine(sentence: str) -> bool:
    """Is this sentence of an article meant for the machine that reads it?"""
    plain = _INVISIBLE.sub("", sentence)
    simple = to_simplified(plain).casefold()
    return any(p.search(simple) for p in _PATTERNS) or bool(_PATTERN_JA.search(plain))


@lru_cache(maxsize=4096)
def told(text: str) -> str:
    """What the text tells its readers: each paragraph up to the first sentence that speaks to a machine."""
    if not speaks_to_machine(text):
        return text
    return "\n".join(kept for paragraph in text.split("\n") if (kept := _up_to_first(paragraph)))


def _up_to_first(paragraph: str) -> str:
    if not speaks_to_machine(paragraph):
        return paragraph
    kept = []
    for sentence in split_sentences(paragraph):
        if speaks_to_machine(sentence):
            break
        kept.append(sentence)
    return " ".join(kept)
