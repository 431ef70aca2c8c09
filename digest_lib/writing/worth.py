"""Which sentences of an article are worth telling: those that say who did what, with which figure.

A question, an exclamation, a byline, a fragment, a sentence that leans on the one before it, a run-on of the
title and the text, and what speaks to the reader never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest_lib.articles.article import Article
from digest_lib.checking.evidence import plain, without_quotations
from digest_lib.checking.injections import told
from digest_lib.checking.leaks import leaks
from digest_lib.documents.boilerplate import told_lines
from digest_lib.text.names import latin_names, well_known
from digest_lib.text.numbers import stated
from digest_lib.text.patterns import led
from digest_lib.text.quantity import DATE, ORDINAL, TIME, VERSION
from digest_lib.text.scripts import HAN, fold
from digest_lib.writing.pieces import clauses, hangs
from digest_lib.writing.whole import background, whole_sentences

#: The characters of a sentence that is worth telling.
SHORTEST, LONGEST = 12, 220
#: Sentences of an article that are looked at: news puts what happened first.
DEPTH = 12
#: Numbers that measure nothing by themselves.
NO_FIGURES = frozenset({TIME, DATE, ORDINAL, VERSION, ""})
#: A title of so many plain characters that stands in a longer sentence ran on into it.
_TITLE_LEAST, _TITLE_MORE = 12, 6

#: No link but an article's own is published, so a sentence with one cannot be told.
_ADDRESS = re.compile(r"https?://|www\.|\S@\S")
_ASKS = re.compile(
    r"[?？!！]|(?:呢|嗎|吗|什麼|什么|哪些)[。.]?$|為何|为何|為什麼|为什么|^(?:怎麼|怎么|如何|究竟|到底)"
    r"|^(?:How|Why|What|When|Where)\b"
)
_BYLINE = re.compile(
    r"^(?:[（(〔【\[]|記者|记者|編譯|编译|撰文|作者|來源|来源|圖[／/|｜：:]|图[／/|｜：:]|文[／/|｜：:]"
    r"|(?:By|Photo|Image|Source|Credit|Posted|Written|Updated|Published)\b)"
)
#: It speaks to the reader, or of the page itself.
_TO_READER = re.compile(
    r"你(?!我)|您|本文|本報|本刊|筆者|笔者|小編|小编|本篇|這篇|这篇|以下(?:是|為|为|整理|就)|一起來?看|帶你|带你"
    r"|點此|点此|(?:曾|先前|此前|日前|昨日|我們|我们)(?:報導|報道|报道)過?|訂閱我們|追蹤我們|加入會員|延伸閱讀"
    r"|\b(?i:you|your|yourself|subscribe|click|sign up|newsletter|in this (?:post|article|guide|tutorial)"
    r"|this (?:post|article|episode|guide|tutorial|blog)|let's|read on|listen)\b"
)
#: Who says so is the publisher, which a text of ours does not become by telling it.
_OWN_VOICE = re.compile(r"我們|我们|我(?!國|国)|咱|\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")
#: Words that lean on a sentence before, or hang on one that follows.
_LEANS = re.compile(
    r"(?:如果說|如果说|此後|此后|而且|而(?!今)|但|因此|所以|此外|同時|同时|另外|另一方面|其中|對此|对此|不過|不过|然而"
    r"|對這|对这|對該|对该|這|这|該|该|其|他|她|它|此|儘管|尽管|屆時|届时|換句話說|换句话说|也就是說|例如|比如|後者|前者|兩者|雙方|双方"
    r"|雖然|虽然|隨後|随后|接著|接着|至於|至于|甚至|於是|于是|反而|可是|只是|畢竟|毕竟|上述|一[個个項项款種种](?=[^。]*[，；]另一)|類似|类似|相比|相較|相较|比起|與此同時|与此同时)"
    r"|(?:It|Its|This|That|These|Those|He|She|They|Their|His|Her|But|And|So|However|Also|Still|Yet|Then|Thus"
    r"|There|Here|Meanwhile|Instead|While|Although|Though|Such|Both|Another|Or|Because|The (?:company|startup"
    r"|firm|move|deal|new|announcement|report|tool|feature|update|team|model|result|change|work|initiative|program|effort)s?)\b"
)
#: The first of several, without the others.
_ONE_OF_TWO = re.compile(
    r"(?<![另第])一方(?:面|是|[則则]|主[張张])(?!.*(?:另一方|他方))|(?<![第唯同統统之萬万])一是(?!.*二是)"
)
#: An English sentence that begins with one of these tells the reader to do something.
_BIDS = re.compile(
    r"(?:Provide|Learn|Explore|Discover|Read|Join|Get|Try|See|Watch|Find|Build|Use|Meet|Check|Take|Make|Create|Think"
    r"|Turn|Connect|Start|Bring|Run|Add|Set|Keep|Let|Ask|Give|Share|Imagine|Consider|Register|Apply|TIL|Note)\b"
)
#: Adds to what was said, and leans on nothing.
_ADDS = re.compile(
    r"^(?:此外|另外|同時|同时|與此同時|与此同时|除此之外|而且|並且|并且|值得(?:一提|注意)的是)[，,：:]\s*"
)
#: Among whom something makes a stir, folded, perhaps with their name in English.
_GLOSS = r"(?:\([a-z0-9 ,.&'-]+\))?"
_CIRCLE = (
    "(?:(?:[业各外学]界|产业界?|社会|社群(?:媒体|平台)?|网路上?|网络上?|网友|全网|舆论|市场|全球|国际|国内外?|海内外|开发者"
    f"|(?:科技| ?ai ?|人工智[慧能]|半导体|软[体件]|资安){_GLOSS}(?:[圈界]|领域|产业|行业)){_GLOSS})"
)
#: A clause at the end that tells only what stir it made, folded: nothing else has a place in it, not who says
#: so, nor that it made none.
_STIR = re.compile(
    f"[,;](?:(?:消息(?:一出|传出|曝光)?后?|此[事举话])?(?:[随立]即|并|也)?在?(?:{_CIRCLE}[与和及、]?)*[中内间里]?)(?:引[发起]|掀起|造成|备受|成为)"
    f"{_CIRCLE}?的?(?:极大|巨大|很大|广泛|高度|热烈|强烈)?的?"
    "(?:关注|讨论|热议|[震巨]震|震[动撼惊]|轰动|回响|哗然|瞩目|波澜|话题)(?=[。！]?$)"
)
#: Who says what follows, without what joins him to others.
_SPEAKS = re.compile(
    r"(?:就?[連连]|甚至)?(.+?)[都也亦]?(坦言|表示|指出|透露|[強强][調调]|警告|[證证][實实]|承[認认]|宣布)"
)
#: It weighs what happened rather than to tell it.
_WEIGHS = re.compile(
    r"[不並]只是|不僅是|不仅是|真正的?(?:關鍵|关键|值得|重[點点])|關鍵[字詞]|意味[著着]|意[義义]在[於于]|拼圖|拼图|象[徵征]|值得(?:關注|关注|留意)"
    r"|一般(?:[來来][說说講讲]|而言)|通常|往往|多年[來来]|長期以來|长期以来|過去數十年|过去数十年|浪潮|兵家必爭|兵家必争"
)
#: Who says what follows a colon must stay with it.
_SAYS = re.compile(r"[說说稱称道]$|表示|指出|認為|认为|宣[稱称布]|可能|或許|或许|[據据]|傳|传")
#: What happens to people, companies and products, in folded words.
_EVENT = led(
    r"发布|发表|推出|找[到出]|揭(?!牌|幕)|分享|澄清|展示|接上|研究指|砸下|加码|感谢|告(?=[ A-Za-z])"
    r"|指(?=[ \d])"
    "|宣布|公布|公开|开放|开源|上线|登场|亮相|问世|释出|收购|并购|买下|投资|入股|募资|融资|控告|起诉|提告|状告"
    "|裁定|判决|和解|调降|调涨|降价|涨价|揭露|揭开|发现|指出|表示|透露|声称|宣称|主张|警告|呼吁|合作|携手|签署|签订|达成"
    "|采用|采购|部署|导入|解散|离职|辞职|加入|加盟|任命|接任|裁员|暂停|停用|停止|下架|外泄|泄露|当机|宕机|中断|修补|修复"
    "|洽谈|协商|谈判|计划|打算|将于|禁止|限制|批准|通过|否认|回应|证实|承认|推升|达到|超过|突破|成长|增长|下降|减少|提升"
    "|增加|升级|更新|新增|支援|支持|提供|整合|接上|打造|建立|成立|研发|开发(?!商)|训练|测试|实测|击败|超越|夺冠|取得|获得|赢得"
    "|要求|命令|调查|指控|批评|抗议|传出|据报|预计|预估|显示|上市|供应|交付|出货|建造|兴建|租用|捐|退出|转向|取代|允许"
    "|爆发|爆料|入侵|攻击|攻破|骇入|窃取|逃出|逃脱|提出|面临|引发|导致|造成|遭|抱怨|反映|核准|会面|会谈|启动|完成|结束|调整|取消|延后"
    "|披露|承租|租(?=[下借给])|(?<= )租(?![金约户])|联手"
    "|推迟|延期|砍|降至|升至|创下|刷新|缩减|扩大|扩增|增聘|招募|聘请|出任|押注|投入|汇整|修正|改用|强化|受害|外流|曝光|作弊"
    r"|\b(?:launch(?:es|ed)|introduc(?:es|ed|ing)|unveil(?:s|ed)|releas(?:es|ed)|announc(?:es?|ed|ing)|acquir(?:es|ed)"
    r"|rais(?:es|ed)|sue[sd]|cuts?|add(?:s|ed)|said|says|report(?:s|ed)|found|finds|show(?:s|ed)|sign(?:s|ed)|will"
    r"|has|have|had|is|are|was|were|plans?|open(?:s|ed)|build(?:s)?|built|us(?:es|ed)|bring(?:s)?|brought|expand(?:s|ed)"
    r"|help(?:s|ed)|shar(?:es|ed)|support(?:s|ed)|beat|won|lost|grew|fell|rose|told|warn(?:s|ed)|join(?:s|ed)"
    r"|lets?|allow(?:s|ed)|enabl(?:es|ed|ing)|giv(?:es|ing)|gave|mak(?:es|ing)|made|improv(?:es|ed)|reach(?:es|ed)"
    r"|doubl(?:es|ed)|tripl(?:es|ed)|leap(?:ed|t)|outlin(?:es|ed)|explain(?:s|ed)|using|expanding|contributing|leav(?:es)|left|partner(?:s|ed)|invest(?:s|ed)|commit(?:s|ted)|outperform(?:s|ed)|ban(?:s|ned)|fix(?:es|ed))\b"
)


#: Words for it by which nothing happens but that somebody says or shows something.
_SAYINGS = frozenset(
    ["宣布", "宣称", "公布", "公开", "发布", "发表", "推出", "表示", "透露", "指出", "声称", "证实", "显示",
     "发现", "传出", "反映", "抱怨", "said", "says", "is", "are", "was", "were", "has", "have", "had", "will"]
)  # fmt: skip
#: Who acts, where no name says it; of other companies one is told by name, or not at all.
_ROLE = re.compile(
    "执行长|总裁|董事长|财务长|创办人|发言人|(?<!其他|别的|各家|多家|许多|不少|竞争|同业)公司|团队|集团|政府|国会|法院|法官"
    "|研究人员|学者|工程师|开发者|用户|使用者|客户"
    r"|\b(?:ceo|company|team|researchers|government|court|judge|users|developers|customers)\b"
)


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of an article that may be told."""

    article: Article
    text: str
    place: int  #: its number in the article
    worth: float
    leans: bool = False  #: it can follow the sentence before it, and nothing else


def extracts(article: Article) -> list[Extract]:
    """The sentences of the article's opening that can be told, in order, whether or not they are worth it: of
    its page, or of its feed's summary where the page has none that is (it may be a notice)."""
    page = _extracts(article, told(article.text))
    if any(e.worth >= 1 for e in page):
        return page
    return _extracts(article, told(article.summary)) or page


def backgrounds(article: Article) -> list[Extract]:
    """What its cut summary tells as having happened before, where that is an event."""
    text = background(told(article.summary), article.lang)
    is_event = text and worth(text) >= 1 and can_be_told(text, article.title) and not leans(text)
    return [Extract(article, text, 0, worth(text))] if is_event else []


def _extracts(article: Article, text: str) -> list[Extract]:
    # Again here: an archive may be older than the list of what is none of an article's words.
    body = "\n".join(told_lines(text.split("\n")))
    found = [(place, _freed(s)) for place, s in whole_sentences(body, article.lang)[:DEPTH]]
    return [
        Extract(article, s, place, worth(s), leans(s))
        for place, s in found
        if SHORTEST <= len(s) <= LONGEST and can_be_told(s, article.title)
    ]


def leans(text: str) -> bool:
    """Does it say nothing without the sentence before it: it refers to that, or names nobody?"""
    return refers_back(text) or not (named(text) or _ROLE.search(fold(text)))


def refers_back(text: str) -> bool:
    """Does it begin with what only the sentence before it tells of?"""
    return bool(_LEANS.match(text))


def _freed(text: str) -> str:
    """A sentence without what only joins it to the one before: «besides»; what leads up to a colon behind
    which a report stands by itself, or up to somebody who says something."""
    text = _without_stir(_ADDS.sub("", text))
    before, colon, after = text.partition("：")
    is_free = colon and refers_back(before) and not _SAYS.search(before) and "「" not in before
    if not (is_free and worth(after) >= 1 and not leans(after)):
        after = _from_who_speaks(text) if leans(text) else ""
    return after if worth(after) >= 1 and not leans(after) else text


def _without_stir(text: str) -> str:
    """A sentence without the stir that it made, unless what stands before that says nothing by itself."""
    stir = _STIR.search(fold(text))
    before = clauses(text[: stir.start()]) if stir else []
    if stir is None or not before or hangs(before[-1].text):
        return text
    return text[: stir.start()] + text[stir.end() :]


def _from_who_speaks(text: str) -> str:
    """A sentence from the clause on in which somebody says what follows, where nothing before it hangs on it;
    "" where there is none: «this weighs on them, and even X admits, that …»."""
    parts = clauses(text)
    for n, part in enumerate(parts[1:-1], 1):
        if hangs(parts[n - 1].text) or "「" in parts[n - 1].text:
            return ""
        if (says := _SPEAKS.fullmatch(part.text)) and named(says[1]):
            return f"{says[1]}{says[2]}" + "".join(p.before + p.text for p in parts[n + 1 :])
    return ""


def can_be_told(text: str, title: str = "") -> bool:
    """Is the sentence a statement, whole and by itself? `title` is its article's."""
    own = without_quotations(text)
    if _ADDRESS.search(text) or leaks(text) or _runs_on(text, title) or _ONE_OF_TWO.search(own):
        return False
    return not (_ASKS.search(own) or _BYLINE.search(text) or _TO_READER.search(own) or _BIDS.match(text))


def worth(text: str) -> float:
    """How much of a report a sentence is: an event or a figure, with its actor; 0 without any."""
    figure = any(q.unit not in NO_FIGURES and any(c.isdigit() for c in q.said) for q in stated(text))
    if not (figure or _EVENT.search(fold(text))):
        return 0.0
    actor = bool(named(text)) or 0.5 * bool(_ROLE.search(fold(text)))
    return 0.5 + actor + 0.5 * figure - 0.5 * bool(_WEIGHS.search(text))


def events(text: str) -> set[str]:
    """What happens in a text, in the words for it; that somebody says something is none of it."""
    return {m.group() for m in _EVENT.finditer(fold(text))} - _SAYINGS


def named(text: str) -> set[str]:
    """The names in a text."""
    return {*well_known(text), *latin_names(text)}


def in_own_voice(text: str) -> bool:
    """Does it say «we» or «I»? Then it can be quoted, and not be told in words of one's own."""
    return bool(_OWN_VOICE.search(without_quotations(text)))


def _runs_on(text: str, title: str) -> bool:
    """Does the title stand in the sentence, which goes on?"""
    said, heads = plain(text), plain(title).rstrip("。.!?！？")
    if len(heads) < _TITLE_LEAST * (1 if HAN.search(title) else 2):
        return False
    _, there, rest = said.partition(heads)
    # A sentence that begins as its title does and goes on behind a comma is the article's first.
    ran_on = len(rest) >= _TITLE_MORE and rest[0] not in "，,；;"
    return bool(there) and (ran_on or not rest.strip("。.") or len(said) - len(rest) > len(heads))
