"""What stands around an article's words and is none of them: how to share, subscribe and read on, who wrote,
edited and photographed, where it appeared first, what a machine announces.

Such words stand at the edges. So only the edges are looked at, a piece at a time, and only where a piece
begins or ends a text or a sentence: news about newsletters, bylines and buttons stays. Three scripts; the
templates of WordPress, Medium, Substack, Reddit, arXiv and of papers. What recurs in one feed alone is
`recurring`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from digest_lib.documents.asides import without_asides
from digest_lib.documents.plain import one_line

#: Where a piece at the end may begin: with the text, or after a sentence.
_BEGINS = re.compile(r"^|(?<=[.!?。！？…」』\"”’)）\]】»])\s*")
_END = r"[\s.!?。！？…»›→>↗）)\]】]*$"
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|threads|instagram|email|e-mail|mail|print"
    r"|line|bluesky|mastodon|tumblr|pocket|hacker news|weibo|wechat|copy link|微博|微信"
    r"|新浪微博|qq空间|複製連結|复制链接|列印|轉寄|分享)"
)
_BUTTON = r"(?:Share|Tweet|Pin|Email|Print|Like|Save|Copy link)"
_COUNTED = r"\d+ (?:comments?|likes?|shares?|points?)"
_ROLE = (
    r"(?:責任編輯|责任编辑|核稿編輯|執行編輯|主編|编辑|編輯|核稿|審稿|校對|校对|审核|撰文|採訪|整理|編譯|编译"
    r"|翻譯|翻译|責編|责编)"
)
_PICTURE = (
    r"(?:首圖|圖片|封面圖?|題圖|图片|封面|题图|資料|照片|影像|画像|写真|示意圖|圖|图)"
    r"(?:來源|来源|提供|出處|出典|攝影|拍攝)?"
)
#: Cut off at the end, with all that follows them.
_TAILS = (
    # WordPress, Medium, and whoever prints it again
    r"The (?:post|article|story) (?:(?!The post ).){1,400}? (?:first )?appeared (?:first )?on \S.{0,120}$",
    r"(?:This|The) (?:article|post|story|piece|report)(?: was)? (?:originally|first)"
    r" (?:appeared|published|ran) (?:on|in|at|by) .{1,160}$",
    r"[^.!?]{1,300} was originally published in .{1,120} on Medium, where people are continuing the"
    r" conversation.*$",
    # Read on, look, click
    r"(?:Continue|Keep) reading\b[^.!?]{0,160}" + _END,
    r"Read (?:more|on)(?: (?:about|on|at|in|from|here)\b[^.!?]{0,80})?\s*[:»]?" + _END,
    r"(?:(?:Read|View|See)|Get(?= (?:the )?(?:full|whole) (?:story|article|report|post)\b)) (?:the |this )?"
    r"(?:rest of|full|entire|whole|original|complete)\b[^.!?]{0,100}" + _END,
    r"(?:Learn|Find out|See|View) more(?: (?:about|at|here)\b[^.!?]{0,60})?" + _END,
    r"(?:Click|Tap)(?: here)? (?:to|for)\b[^.!?]{1,120}" + _END,
    r"(?:Comments?|Permalink|Discuss(?: on [\w ]{1,30})?|Leave a comment|View comments)" + _END,
    r"(?:HN|Lobsters|Reddit) discussions?: ?\S+" + _END,
    # Share, follow, subscribe
    r"(?:Share|Tweet|Post|Save|Follow|Print)?(?: this(?: (?:article|post|story|entry))?)?"
    r"(?: (?:on|via|with))?\s*:?\s*"
    rf"(?:(?:Share|Post|Tweet|Send)?\s*(?:on|to|via|by)?\s*{_NETWORK}\b[\s|·•/,:]*){{2,}}$",
    rf"(?:Share|Tweet)(?: this)?(?: (?:article|post|story))?(?: (?:on|via) {_NETWORK})?" + _END,
    r"(?:Please |You can )?(?:sign up|subscribe|register)\b[^.!?]{0,140}"
    r"(?:newsletter|e-?mail|inbox|updates|alerts|podcast|channel|posts|stories|subscription)\b[^.!?]{0,80}"
    + _END,
    r"(?:Follow|Find|Like) (?:us|me|[A-Z][\w ]{1,30}) on\b[^.!?]{1,120}" + _END,
    r"Join (?:our|us on|the)\b[^.!?]{0,60}"
    r"(?:Discord|Telegram|WhatsApp|Slack|channel|newsletter|community|mailing list)"
    r"\b[^.!?]{0,80}" + _END,
    r"Thanks for reading\b[^!?]{0,100}[!.] (?:Subscribe|This post|Share|Leave)\b.{0,200}$",
    r"Get (?:the|our|more)\b[^.!?]{0,80}(?:in|to) your (?:inbox|e-?mail)\b[^.!?]{0,60}" + _END,
    # Who edited and photographed
    r"(?:Photo|Image|Picture|Illustration|Photograph)s?(?: credits?| source| courtesy)?\s*(?:[:：]|\bby\b)"
    r"(?:[^.!?\u4e00-\u9fff]{1,100}|[^.!?。！？，]{1,20})" + _END,
    r"(?:Reporting|Editing|Writing|Additional reporting) by [A-Z][^.!?]{1,160}" + _END,
    # What a paper, a letter and a podcast's host say of themselves
    r"(?:Got|Have) a (?:news )?tip\?.{0,160}$",
    r"Source\s*: [^.!?。]{1,60}$",
    r"Our Standards: .{0,80}$",
    r"Disclosure: [^.!?]{0,120}\b(?:owns?|owned|invest(?:s|ed|ors?)|parent|partner|shares|licens\w+)\b"
    r".{0,160}$",
    r"This (?:article|post|story) (?:has been|was) (?:last )?updated" + _END,
    r"If you (?:buy|purchase|click)\b[^.!?]{1,120} we may (?:earn|receive|get)\b"
    r"[^.!?]{0,60}\b(?:commission|fee)\b[^.!?]{0,60}" + _END,
    r"Read (?:in|on|with) (?:the )?(?:app|web|browser)" + _END,
    rf"{_BUTTON}(?:[\s|·]+{_BUTTON})+$",
    rf"{_COUNTED}(?:[\s|·,]+{_COUNTED})+" + _END,
    r"Subscribe (?:to|on|for) [A-Z][\w&’' ]{1,40}" + _END,
    r"Get full access to [^.!?]{1,80} at \S+/subscribe" + _END,
    r"Hosted (?:on|by) [A-Z]\w+\. (?:See|Visit) \S+.{0,80}$|Powered by \w+ Hosting" + _END,
    r"(?:-{2,}\s*)?(?:Send in a voice message|Support this (?:podcast|show))\s*:\s*https?:.{0,200}$",
    r"Learn more about your ad(?:vertising)? choices.{0,120}$",
    r"Article URL: \S+ Comments URL: \S+.{0,60}$",
    r"\[(?:…|\.{3})\]$",
    # Chinese, both scripts
    r"(?:延伸|相關|推薦|相关|推荐|更多)(?:閱讀|報導|報道|新聞|文章|阅读|报道|新闻|影音|連結|链接)\s*[：:▶►>｜|】\]][^。]*$",
    r"(?:立即|馬上|快|歡迎)?(?:加入|追蹤|關注|关注|訂閱|订阅|按讚|鎖定)[^。！？，]{0,24}"
    r"(?:line|好友|官方帳號|粉絲|粉专|專頁|专页|臉書|facebook|ig|instagram|公眾號|公众号|電子報|电子报|頻道|频道|google\s*(?:news|新聞)"
    r"|telegram|youtube|podcast|會員|会员)(?=$|[^\u4e00-\u9fff]|好友|官方|粉|專頁|帳號|群組|社群|看|掌握|即時|獲取|获取)[^。！？]{0,60}"
    + _END,
    r"(?:微信)?(?:掃描|掃|扫描|扫码|扫)[^。！？]{0,20}(?:二維碼|二维码|qr|公众号|關注|关注)[^。！？]{0,40}"
    + _END,
    r"(?:請|请|可)?(?:點擊|點選|點我|點此|点击|点此|戳)(?!率)[^。！？，]{0,30}" + _END,
    r"(?:請|请|可)?(?:點擊|點選|點我|點此|点击)(?:這裡|此處|这里|此处|連結|链接|下方)[^。！？]{0,60}" + _END,
    r"(?:繼續|继续)(?:閱讀|阅读)(?:全文)?" + _END,
    r"(?:閱讀|查看|看|阅读|觀看)(?:更多|全文|原文|完整(?:內容|内容|報導)?)(?:內容|内容|報導|新聞|新闻)?"
    + _END,
    r"(?:看)?更多[^。！？，]{0,20}(?:報導|新聞|內容|資訊|报道|新闻|内容)[^。！？]{0,4}(?:請|请|看|見|见|上|盡在|在|點|点)[^。！？]{0,30}"
    + _END,
    r"(?:本文|本篇|此文|文章)(?:由|來自|来自|經|经|獲|获|已獲|已获|為|为|係|系|原刊|轉載|转载|授權|授权|刊載|首發|首发)[^。！？]{0,60}"
    r"(?:轉載|转载|轉貼|刊登|刊載|刊于|刊於|授權|授权|首發|首发|發布|发布|發佈|供稿|翻印|轉自|转自|授權自)[^。！？]{0,60}"
    + _END,
    r"(?:本文|文章|資料|资料|消息|新聞|稿件)?(?:來源|来源|出處|出处)\s*[：:][^。！？]{1,60}" + _END,
    r"(?:原文|全文)(?:刊登|刊載|出處|連結|链接|網址|标题|標題|來源|来源)[^。！？]{0,80}" + _END,
    rf"[（(【〔]?\s*(?:{_ROLE}\s*[：:／/]\s*[^\s，。：:；]{{1,12}}[\s／/、|｜]*)+" + _END,
    rf"[（(【〔]?\s*{_PICTURE}\s*[：:／/][^。！？]{{1,60}}" + _END,
    r"(?:看更多|更多新聞|原标题|原標題)\s*[：:][^。]*$",
    r"更多[^\s，。！？]{2,12}(?:報導|报道)" + _END,
    r"(?:繼續|继续)(?:閱讀|阅读)\s*[\"“「].{1,80}[\"”」]" + _END,
    r"(?:舉報|举报)\s*/\s*(?:反饋|反馈)" + _END,
    r"(?:本文|本篇|文章)(?:授權|授权|轉載|转载|轉|转)自[^。！？，]{1,40}" + _END,
    r"[^。！？]{0,40}(?:尽在|盡在)[^。！？，]{2,16}(?:app|客户端)" + _END,
    r"返回搜狐[^。]{0,10}" + _END,
    r"(?:特别|特別|免责|免責|郑重|鄭重)(?:声明|聲明|提示)\s*[：:].*$",
    r"google\s*(?:news|新聞)\s*(?:追蹤|訂閱)(?:我們)?" + _END,
    r"[^\s，。！？]{2,8}提醒您\s*[：:][^。]*(?:飲酒|吸菸|投資|理財).*$",
    r"[（(【〔][^。！？，]{0,12}(?:檔案|資料)(?:照片?|圖片|畫面)" + _END,
    r"(?:Copyright|\(c\))\s*(?:©|\(c\)|\d{4}).{0,120}$",
    r"(?:©|版權所有|版权所有|著作權|未經(?:授權|同意|許可)|未经(?:授权|许可)|轉載請|转载请)[^。！？]{0,60}"
    + _END,
    r"(?:广告|廣告|免責|免责)(?:声明|聲明)\s*[：:].*$",
    # A table of contents, and labels
    r"(?:文章|本文|內容|内容)?(?:目錄|目录|目次)\s*[：:]?\s*1\s*[.、．].*$",
    r"(?:Table of )?Contents\s*:?\s*1\s*\. .*$",
    r"(?:Tags?|Tagged|Filed under|Categories|Labels)\s*:\s*[^.!?:]{1,200}$",
    r"(?:標籤|标签|關鍵字|关键字|關鍵詞|关键词|分類|分类|tags?)\s*[：:]\s*[^。！？：:]{1,80}$",
    # Japanese
    r"(?:続き|全文|記事全文|詳細|もっと)(?:は(?:こちら|会員)|を?(?:読む|見る))" + _END,
    r"(?:関連|おすすめ|合わせて読みたい)(?:記事|リンク|ニュース)?\s*[：:】\]][^。]*$",
    r"(?:この記事は)?(?:会員|有料会員)限定(?:です|の記事です)" + _END,
    r"(?:記者|文|取材)[・=＝][^\s。、]{2,10}" + _END,
    rf"[（(【]?(?:提供元?|出典|{_PICTURE})\s*[：:／/][^。！？]{{1,60}}" + _END,
)
#: At the end, wherever the words before it end.
_LOOSE_TAILS = (
    r"\s*submitted by\s+/?u/\S+(?:\s+to\s+/?r/\S+)?(?:\s*\[link\])?(?:\s*\[comments\])?\s*$",
    r"\s*\[link\]\s*\[comments\]\s*$",
    r"\s*The post (?:(?!The post ).){1,400}? appeared first on \S.{0,120}$",
)
#: Cut off at the beginning.
_HEADS = (
    r"arXiv:\d{4}\.\d{4,5}(?:v\d+)?\s+Announce Type:\s*[\w-]+\s*(?:Abstract:\s*)?",
    r"This (?:blog )?(?:post|article|story) (?:is|was) (?:co-?)?(?:written|authored|contributed)"
    r"(?: in (?:collaboration|partnership))? (?:with|by)\b[^.!?]{1,300}[.!?]\s*",
    r"This is a (?:guest|sponsored|cross)[ -]?(?:blog )?post\b[^.!?]{0,200}[.!?]\s*",
    r"(?:The following|This) is a (?:guest|sponsored)\b[^.!?]{0,200}[.!?]\s*",
    r"(?:Editor|Author|Publisher|Ed)(?:['’]?s['’]?|\.)?[ -]notes?\s*[:：.–—-]\s*(?:[^.!?]+[.!?]\s*|.*$)",
    r"(?:Note from the editor|Update|Correction)\s*:\s*(?:This|An|The)"
    r" (?:article|story|post|earlier|previous)[^.!?]*[.!?]\s*",
    r"\S.{0,80} is a reader-supported publication\.(?: To receive new posts[^.!?]*[.!?])?\s*",
    r"Thanks for reading\b[^!?]{0,100}[!.] (?:Subscribe|This post|Share)\b[^.!?]*[.!?]\s*",
    r"Listen to this (?:post|article|story|episode)\s*:?\s*"
    r"(?:Log in to listen|\d+:\d\d|\d+ min(?:ute)?s?)?\s*",
    r"[(（\[]\s*(?:Photo|Image|Picture|Illustration|Photograph)s?\b[^()（）\[\]]{0,160}[)）\]]\s*",
    r"(?:Photo|Image|Picture|Illustration|Photograph)s?(?: credits?| source| courtesy)?\s*(?::|by\s(?=[A-Z]))"
    r"[^.!?]{1,120}[.!?]\s+",
    r"\d+ min(?:ute)?s? read\b[\s·|:•-]*",
    # A paper's line of who reports from where
    r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w., ]{2,24})?\s*\("
    r"(?:Reuters|AP|AFP|Bloomberg|Xinhua|CNA|CNN|Kyodo|Yonhap|UPI|dpa|ANI|PTI"
    r"|Business ?Wire|PR ?Newswire|GLOBE NEWSWIRE)\)\s*[-–—]+\s*",
    r"[（(〔［\[][^（）()。，]{2,24}\d{1,2}\s*日[^（）()。，]{0,8}(?:電|电|訊|讯|報導|报道)[）)〕］\]]\s*",
    r"[^\s，。：:；（(]{2,8}(?:中心|組)[／/][^\s，。：:；]{2,8}(?:報導|報道|报道)\s+",
    r"(?:[^\s，。：:；]{2,10}(?:報導|報道|报道)\s+)?"
    r"(?:(?:文|圖|作者|撰文|编辑|編輯)\s*[／/|｜：:]\s*[^\s，。]{2,6}\s+)+",
    r"[【\[]この記事の(?:画像|写真|動画)を(?:見る|もっと見る)[】\]]\s*",
    r"[（(〔［\[【]\s*(?:中央社)?(?:記者|记者|編譯|编译|中央社)[^）)〕］\]】]{0,40}"
    r"(?:報導|報道|报道|電|电|特稿|攝影)\s*[）)〕］\]】]\s*",
    r"(?:記者|记者|編譯|编译)[^\s，。：:；]{2,14}[／/][^\s，。：:；]{0,6}(?:報導|報道|报道)\s*",
    r"[【〔［\[][^】〕］\]]{1,16}(?:[／/]|記者|记者)[^】〕］\]]{0,16}(?:報導|報道|报道|專訪|整理)[】〕］\]]\s*",
    r"(?:編按|編者按|編輯按|編者的話|编者按|编按|編集部注|小編按)\s*[：:]\s*(?:[^。！？]+[。！？]\s*|.*$)",
    rf"[（(【〔]\s*{_PICTURE}\s*[：:／/][^）)】〕]{{1,60}}[）)】〕]\s*",
    rf"[（(【〔]\s*{_ROLE}\s*[：:／/][^）)】〕]{{1,40}}[）)】〕]\s*",
    r"(?:本文|本篇|此文)(?:由|經|经|獲|获|已獲|为|為|轉載自|转载自|來自|来自)[^。！？]{0,60}"
    r"(?:轉載|转载|刊登|刊載|授權|授权|發布|发布|首發|首发)[^。！？]{0,20}[。！？]\s*",
)
#: Nothing but this: a byline, a date.
_WHOLE = (
    r"By (?:[A-Z][\w.'’-]+ ?){1,4}(?:(?:,| and) [^.!?]{1,80})?",
    r"(?:文|作者|撰文|記者|圖文)\s*[／/：:]\s*[^\s，。]{2,12}",
    r"(?:Posted|Published)(?: on| by)? [^.!?]{1,60}",
)
#: Signs that a paper sets before a pointer.
_SIGNS = r"[▶►▲●※◎◆■★☆→≫＊*【\[（(\s]*"
_TAIL = re.compile(rf"{_SIGNS}(?:{'|'.join(_TAILS)})", re.IGNORECASE)
_LOOSE_TAIL = re.compile("|".join(_LOOSE_TAILS), re.IGNORECASE)
_HEAD = re.compile("|".join(_HEADS))
_ONLY = re.compile("|".join(_WHOLE))
#: So many pieces an edge has at most: a text that is nothing else is left empty sooner.
_PIECES = 12


@lru_cache(maxsize=8192)
def without_boilerplate(text: str) -> str:
    """The text, one line of plain words, without what stands at its edges; "" where there is nothing else."""
    for _ in range(_PIECES):
        before = text
        text = without_asides(text)
        if head := _HEAD.match(text):
            text = text[head.end() :].lstrip()
        if tail := _LOOSE_TAIL.search(text):
            text = text[: tail.start()].rstrip()
        begins = (begin.end() for begin in _BEGINS.finditer(text))
        if (end := next((at for at in begins if _TAIL.match(text, at)), None)) is not None:
            text = text[:end].rstrip()
        if text == before:
            break
    return "" if _ONLY.fullmatch(text) else text


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence or paragraph is nothing else."""
    return not without_boilerplate(one_line(sentence))


def told_lines(lines: Iterable[str]) -> list[str]:
    """The paragraphs of a text, each without what stands at its edges."""
    return [kept for line in lines if (kept := without_boilerplate(line))]
