"""The full text of a publisher's page, and the pages that only pretend to have one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from digest_lib.documents.boilerplate import told_lines
from digest_lib.documents.decoding import decoded
from digest_lib.documents.facts import PageFacts
from digest_lib.documents.notfound import no_article
from digest_lib.documents.pagefacts import page_facts
from digest_lib.documents.plain import one_line, storable
from digest_lib.text.languages import tongue_of

#: Less than this is a teaser, a caption or an error page, not an article. A Han character counts as three:
#: that is about how many letters of English say the same.
_LEAST = 150
_HAN_WEIGHT = 2
_TOO_SHORT = "too short to be an article"
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
#: A notice stands alone on its page; an article of this weight that talks about cookies is an article.
_NOTICE = 900
_CONSENT = re.compile(
    r"before you continue to|(we|and our partners) (and our partners )?use cookies|accept all cookies"
    r"|manage (your )?(cookie|consent|privacy) (preferences|choices|settings)|we value your privacy"
    r"|(agree|consent) to (our|the) use of cookies|(我們|本網站|本站)使用\s*cookie|接受所有\s*cookie"
    r"|(我们|本网站|本站)使用\s*cookie|cookie\s*を(使用|利用)",
    re.I,
)
_ROBOT = re.compile(
    r"verify (that )?you are (a )?human|checking your browser|enable javascript and cookies"
    r"|access denied|are you a robot|unusual traffic|pardon our interruption|complete the captcha"
    r"|請完成(安全)?驗證|驗證您是(人類|真人)|请完成(安全)?验证|人機驗證|人机验证|ロボットではありません",
    re.I,
)
_PAYWALL = re.compile(
    r"subscribe to (continue|keep) reading|(this|the) (article|story|content) is for (paid )?subscribers"
    r"|already a subscriber\?|to read the full (article|story)"
    r"|subscribe (now )?(to|for) (unlimited|full) access"
    r"|(sign|log) in to (continue|read)|create (a|your) (free )?account to (continue|read)"
    r"|(reached|used|read) (all )?(of )?your (monthly )?(limit of )?free articles"
    r"|subscriber[- ]only (article|content)"
    r"|登入(會員)?(後|以)(即可)?(繼續)?(閱讀|觀看)|成為(付費)?會員(後)?(即可|以)?(繼續)?(閱讀|解鎖)|付费(后)?(阅读|解锁)"
    r"|(尚餘|剩餘|残り)\s*[：:]?\s*\d+\s*(字|文字)|続きを読むには|この記事の続きは"
    r"|訂閱(會員)?後?(即可|才能)?(繼續)?閱讀(全文|更多)"
    r"|(本文|此內容)(為|限)?(付費|訂閱|會員)(會員|限定|專屬)|この記事は(有料)?会員限定|会員限定の記事",
    re.I,
)
#: How publishers tell search engines that readers do not get the whole text (schema.org).
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)
_MARKUP = re.compile(r"html|xml|text/plain", re.I)


#: What stands where the page should.
_NOT_THE_PAGE = ("a consent form instead of the article", "a check for robots instead of the article")


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, or why there is none; and what it says of itself."""

    text: str = ""
    problem: str = ""
    facts: PageFacts = field(default_factory=PageFacts)


def page_text(body: bytes, content_type: str, url: str) -> PageText:
    """What an article's page says, paragraphs one a line, without navigation, comments and advertising.

    A page that is no article (too short, a consent form, a check for robots, a paywall) gives no text but
    the reason. By trafilatura, with precision before recall: a missing paragraph is better than a wrong one.
    """
    if content_type and not _MARKUP.search(content_type):
        return PageText(problem=f"not a web page but {one_line(content_type)[:60]}")
    markup = decoded(body, content_type)
    text = _extracted(markup, url)
    problem = _problem(text, markup)
    if problem in _NOT_THE_PAGE or (missing := no_article(markup, text, short=_weight(text) < _NOTICE)):
        return PageText(problem=problem or missing)
    # From the whole text: a paper's line of who reports from where says whose it is.
    facts = page_facts(markup, url, text, tongue_of(text))
    if problem:  # a video, or what is to be paid for, has its date all the same
        return PageText(problem=problem, facts=facts)
    told = "\n".join(told_lines(text.split("\n")))
    return PageText(told, facts=facts) if _weight(told) >= _LEAST else PageText(problem=_TOO_SHORT)


def _extracted(markup: str, url: str) -> str:
    import trafilatura

    try:
        found = trafilatura.extract(
            markup, url=url, favor_precision=True, include_comments=False, include_tables=False
        )
    except Exception:
        return ""
    lines = (one_line(line) for line in (found or "").splitlines())
    return storable("\n".join(line for line in lines if line))


def _problem(text: str, markup: str) -> str:
    weight = _weight(text)
    seen = text if text else one_line(re.sub(r"<[^>]*>", " ", markup[:20000]))
    if weight < _NOTICE:
        for pattern, what in (
            (_PAYWALL, "behind a paywall"),
            (_CONSENT, _NOT_THE_PAGE[0]),
            (_ROBOT, _NOT_THE_PAGE[1]),
        ):
            if pattern.search(seen):
                return what
        if _NOT_FREE.search(markup):
            return "behind a paywall"
    return _TOO_SHORT if weight < _LEAST else ""


def _weight(text: str) -> int:
    return len(text) + _HAN_WEIGHT * len(_HAN.findall(text))
