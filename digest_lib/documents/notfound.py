"""Pages that say HTTP 200 and are no article: not found, gone, for another browser, closed, moved, for sale.

What a page calls itself (its title, its first headline) tells, and what stands first in a short text. A
report on a missing page has another title.
"""

from __future__ import annotations

import html
import re

from digest_lib.documents.plain import one_line

_HEADING = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1\s*>", re.I | re.S)
_TAG = re.compile(r"<[^>]*>")
#: A heading is not longer, where a page is none.
_LONGEST = 80
#: Paragraphs in which a notice would stand.
_OPENING = 3
#: Characters of a heading that may follow the notice.
_REST = 4

_WORD = re.compile("[\u3400-\u9fff]{2}")

_NOT_FOUND = (
    r"(?:error\s*)?404(?:\s*[-–—:|]?\s*(?:error|not found|page not found|found))?$",
    r"(?:404\b.{0,12})?(?:page|article|story|post|content|file|url)"
    r"(?: was| is| could| can)?(?: ?not be| ?not)? found",
    r"(?:404\b.{0,12})?not found$|nothing (?:was )?found|no results found",
    r"(?:the |this )?page (?:does ?n[o’']t|does not) exist",
    r"page (?:is )?(?:missing|unavailable|no longer available)|oops\b.{0,40}(?:page|found|wrong|gone)",
    r"(?:sorry|whoops|uh[ -]oh)\b.{0,50}(?:page|article|content|find|exist|available)(?: .{0,30})?",
    r"(?:we )?(?:can(?:no|'|’)t|could(?:n'|n’| no)t) find (?:that|the|this) (?:page|article)",
    r"(?:this|the|that) (?:page|article|story|content|post|video)(?: you.{0,30})?"
    r" (?:is|was|has been|may have been) (?:no longer|removed|deleted|not available|unavailable|moved|gone)"
    r"(?: available| exists?)?",
    r"(?:此|該|该|本)?(?:網頁|页面|頁面|网页|文章|內容|内容|新聞|新闻)(?:已)?(?!不存在或)"
    r"(?:不存在|找不到|無法顯示|(?:已)?(?:被)?(?:刪除|删除|下架|移除)|失效|过期|過期)",
    r"(?:找不到|查無|无法找到|無法找到|没有找到|沒有找到)(?:您|你)?(?:要|所)?(?:的|找的|訪問的|访问的|請求的|请求的)?"
    r"(?:網頁|页面|頁面|网页|文章|內容|内容|資料|此頁)",
    # what one looks for, and that it is away, in the words of a site that wants to be friendly
    r"(?:(?:很)?抱歉[，,!！\s]*)?(?:此|該|该|本|這個|这个|這篇|这篇"
    r"|您?(?:要|所|想)?(?:找|訪問|访问|瀏覽|浏览|請求|请求|查看)的)?"
    r"(?:網頁|页面|頁面|网页|文章|內容|内容|新聞|新闻|貼文|帖子|影片|视频)"
    r"(?:好像|可能|似乎|暫時|暂时|已經|已经|已|因.{1,6})?"
    r"(?:不存在|找不到|走丟|走丢|飛走|飞走|跑掉|不見|不见|消失|迷路|被.{0,6}(?:刪除|删除|移除)|下[線线架]|無法(?:查看|顯示|瀏覽)"
    r"|无法(?:查看|显示|浏览))(?:或.{1,8})?了?$",
    r"(?:迷路了|走錯路了?|走错路了?)(?:嗎|吗)?[?？]?$|(?:參數|参数)(?:錯誤|错误)$",
    r"(?:http(?: error)?\s*)?(?:404|410)(?:\s*[-–—:|]?\s*gone)?$|(?:content|article|page|story) (?:is )?"
    r"(?:unavailable|removed|deleted|expired)$",
    r"the requested (?:url|page|resource)\b.{0,60}(?:not found|does not exist|could not be found).{0,24}",
    # European languages, Korean
    r"(?:(?:die|diese|la|cette|esta|questa|deze|denne|den) )?"
    r"(?:seite|page|página|pagina|страница|сторінка|strona|stránka|sida|sidan|side|siden|sivua?|oldal|sayfa)\b"
    r"[^,;:]{0,16}(?:nicht gefunden|existiert nicht|introuvable|n[’']existe"
    r"|no (?:encontrada|existe|se encuentra)|não (?:encontrada|existe)|non (?:trovata|esiste)|не найдена"
    r"|не существует|не знайдено|nie (?:znaleziono|istnieje)|nenalezena|hittades inte|(?:blev )?ikke fund?et"
    r"|niet gevonden|bestaat niet|ei löydy|nem található|bulunamadı).{0,12}",
    r"(?:요청하신 )?(?:페이지|기사|게시물)[를을가이]?\s*(?:찾을 수 없|존재하지 않|삭제).{0,8}",
    r"(?:抱歉|很抱歉|对不起|對不起).{0,16}(?:不存在|找不到|刪除|删除|下架|失效)",
    r"(?:お探しの|この|ご?指定の|指定された|アクセスしようとした)?(?:ページ|記事)(?:が|は)"
    r"(?:見つかりません|存在しません|削除され|公開を終了|表示できません)(?:でした|ました)?",
)
_SCRIPT = (
    r"(?:please )?(?:enable|turn on|activate) java ?script",
    r"java ?script is (?:disabled|required|not enabled|not available)",
    r"(?:you need to|this (?:site|page|app) (?:requires?|needs?)).{0,30}java ?script|without java ?script",
    r"(?:your )?browser is (?:not supported|out ?dated|unsupported|no longer supported)|unsupported browser",
    r"(?:請|请)?(?:啟用|開啟|启用|开启|打开)\s*java ?script|不(?:支援|支持)\s*java ?script",
    r"您的瀏覽器(?:不支援|版本過舊)|java ?script\s*(?:を有効|が無効)",
)
_CLOSED = (
    r"(?:(?:the |this |our )?(?:site|page|website)|we(?:'| a)?re)?\s*(?:is |are )?"
    r"(?:currently |temporarily )?"
    r"(?:under|down for|undergoing) (?:scheduled )?maintenance",
    r"(?:50[0234]\s*[-–—:|]?\s*)?"
    r"(?:service (?:temporarily )?unavailable|bad gateway|gateway time-?out|internal server error)",
    r"(?:網站|系統|网站|系统)(?:正在)?(?:維護|维护|升級|升级)(?:中|公告)?|メンテナンス中",
)
_ELSEWHERE = (
    r"redirecting(?:\.\.\.|…|\s|$)|(?:you are being|you will be) redirected|if you are not redirected",
    r"(?:正在|即將|即将)(?:跳轉|跳转|前往|離開|离开|轉址)|(?:您|你)即(?:將|将)(?:離開|离开)",
    r"(?:this )?domain (?:name )?(?:is |may be )?(?:for sale|parked|expired)|buy this domain",
)
_LOGIN = (
    r"(?:log|sign) ?in(?: (?:to|or|with)\b.{0,40}|$)",
    r"(?:請|请)(?:先)?登[入录錄].{0,16}$|(?:會員|会员)登[入录錄]$|ログイン(?:してください|が必要)",
    r"(?:this (?:content|page|video) is )?(?:not available|unavailable|blocked) in your"
    r" (?:country|region|location)",
    r"(?:您|你)所在的(?:地區|地区|國家|国家).{0,10}(?:無法|无法|不)",
    r"access (?:to this page )?(?:has been |is )?denied$|forbidden$|just a moment|attention required",
    r"are you (?:a )?(?:human|robot)|security check|(?:人機|人机|安全)(?:驗證|验证)",
)
_KINDS = (
    (_NOT_FOUND, "a page that says it does not exist"),
    (_SCRIPT, "a page for browsers with JavaScript"),
    (_CLOSED, "a site that is closed for now"),
    (_ELSEWHERE, "a page that only leads elsewhere"),
    (_LOGIN, "a page to log in or to be let in"),
)
_PATTERNS = tuple((re.compile("|".join(patterns), re.I), what) for patterns, what in _KINDS)


def no_article(markup: str, text: str, *, short: bool) -> str:
    """What a page is that is no article, by what it calls itself or how its short text begins; "" for one
    that may be. `text` is what was extracted from the `markup`, a paragraph a line; `short`: no more than a
    notice, which a longer one may be about."""
    headings = [_plain(found[2]) for found in _HEADING.finditer(markup[:200_000])]
    # «Page not found | Harbour News»: the site's name follows.
    names = [part for one in headings[:4] for part in re.split(r"\s+[|–—·:-]\s+|[|｜_]", one) if part.strip()]
    opening = [line for line in text.split("\n")[:_OPENING] if line not in headings] if short else []
    for pattern, what in _PATTERNS:
        # A missing page may go on with what else there is to read; the others have nothing else.
        if (pattern is _PATTERNS[0][0] or short) and any(_is(pattern, name) for name in names):
            return what
        if any(pattern.match(line) for line in opening):
            return what
    return ""


def _is(pattern: re.Pattern[str], name: str) -> bool:
    """Whether a heading is such a notice from its beginning to its end, but for an excuse."""
    name = name.strip(" !.。！")
    found = pattern.match(name)
    if found is None or len(name) > _LONGEST:
        return False
    rest = name[found.end() :]
    return len(rest) <= _REST and not _WORD.search(rest)  # 文章下架|爭議 is about one


def _plain(markup: str) -> str:
    return one_line(html.unescape(_TAG.sub(" ", markup)))
