"""What a publisher says to its readers in the middle of an article: subscribe, follow, welcome back, comment.

Unlike what stands at the edges (`boilerplate`), a sentence in the middle is between the article's own, so it
goes only as a whole, and only where it asks for something that a publisher asks readers for, or greets them.
A short question before it («Enjoying this story?») goes with it.
"""

from __future__ import annotations

import re

#: What a reader is asked to take up or to join, in Chinese of both scripts.
_CHANNEL = (
    r"(?:電子報|电子报|電郵報|周報|週報|周报|頻道|频道|官方帳號|官方账号|公眾號|公众号|粉絲團|粉絲專頁|粉专"
    r"|社群|群組|群组|好友|podcast"
    r"|line|telegram|discord|youtube|google\s*(?:news|新聞))"
)
_ASKED = (
    # a channel of one's own, and nothing that happened: no figure, no new clause after it
    r"(?:[^，。！？!?\d]{0,20}[，、]\s*)?(?:點擊|點選|点击|歡迎|欢迎|現在就|现在就|請|请|立刻|立即"
    r"|馬上|马上|趕快|赶快|快來|快来|別忘了?|别忘了?|免費|免费|按此)+"
    rf"(?:訂閱|订阅|加入|追蹤|追踪|關注|关注|按讚|收聽|收听)[^，。！？!?\d]{{0,24}}{_CHANNEL}\s*(?:喔|吧|哦)?",
    r"[^。、！？!?\d]{0,12}(?:ニュースレター|メルマガ|チャンネル|公式line|公式アカウント)[^。、！？!?\d]{0,6}"
    r"(?:に登録|を登録|を購読|をフォロー|登録)[^。！？!?\d]{0,24}",
    r"(?:please |you can |to get [^,]{1,60}, )?(?:sign up|subscribe|register)\b[^.!?\d]{0,60}"
    r"\b(?:our|my|the [A-Z][\w ]{1,30})\b[^.!?\d]{0,40}"
    r"(?:newsletter|podcast|channel|alerts|bulletin|mailing list)[^.!?\d]{0,40}",
    r"(?:leave|drop|post) (?:us |me )?(?:a|your) comments?\b[^.!?]{0,80}",
    r"(?:let (?:us|me) know|tell us)(?: what you think)?\b[^.!?]{0,40} in the comments[^.!?]{0,20}",
    # greetings, and what a series says of itself
    r"(?:tl;?dr:?\s*)?(?:hello|hi|hey)?,?\s*(?:and )?welcome (?:back )?to (?:another |the |this )?"
    r"(?:edition|issue|episode|week|[^.!?,]{0,30}"
    r"(?:dispatch|radar|report|newsletter|podcast|weekly|daily|digest|roundup|briefing))\b[^.!?,]{0,60}",
    r"(?:this|it)(?: is|['’]s) (?:a|our|the|my) (?:daily|weekly|bi-?weekly|fortnightly|monthly|regular)\b"
    r"[^.!?]{0,24}(?:series|newsletter|column|round-?up|thread|digest)\b[^.!?]{0,160}",
    r"(?:the )?latest (?:edition|issue|episode) of (?:the |our )?[^.!?]{1,80}"
    r"(?:newsletter|podcast)\b[^.!?]{0,60}",
    r"this is a submission (?:for|to) [^.!?]{1,120}",
    r"as a reminder, (?:each|every) (?:day|week|month)[^.!?]{0,160}",
    r"(?:(?:哈囉|哈啰|嗨|各位)?(?:大家好|讀者好|读者好)[，,]?\s*)?"
    r"(?:歡迎|欢迎)(?:回到|收看|收聽|收听|來到|来到)[^。！？!?]{1,24}",
    r"(?:哈囉|哈啰|嗨)?[，,]?\s*大家好[，,]\s*我是[^，。！？!?]{1,16}",
)
_ASIDE = re.compile(rf"(?:{'|'.join(_ASKED)})\s*[。！!.…~～]*\s*", re.IGNORECASE)
#: A question that leads up to one.
_LEADS_UP = re.compile(r"[^。！!.\d]{2,40}[?？]\s*")
_SENTENCE = re.compile(r"[^。！？!?.]+(?:[。！？!?]+[」』”\"’)）]*\s*|\.(?:(?=\s|$)\s*|)|$)")


def without_asides(text: str) -> str:
    """The text, one line, without the sentences that only speak to its readers."""
    sentences = _sentences(text)
    if not any(map(_ASIDE.fullmatch, sentences)):
        return text
    kept: list[str] = []
    for sentence in sentences:
        if not _ASIDE.fullmatch(sentence):
            kept.append(sentence)
        elif kept and _LEADS_UP.fullmatch(kept[-1]):
            kept.pop()
    return "".join(kept).strip()


def _sentences(text: str) -> list[str]:
    """The sentences, with what follows each; a point within a word ends none."""
    found: list[str] = []
    for piece in (m.group() for m in _SENTENCE.finditer(text)):
        if found and found[-1].endswith(".") and not found[-1].endswith(". "):
            found[-1] += piece
        else:
            found.append(piece)
    return found if "".join(found) == text else [text]
