from __future__ import annotations

import pytest

from digest_lib.documents.pages import page_text
from digest_lib.web.urls import has_no_page

URL = "http://press.example/a"
SENTENCES = [
    "島嶼的新創公司今天發表新一代語言模型，參數規模達到三百億，並以開放權重的方式釋出給開發者使用。",
    "公司表示，這個模型在多語言測驗中的表現比前一代提高兩成，推論成本則降低三成，預計下個月提供雲端服務。",
    "分析師認為，開放權重的策略讓中小企業更容易導入，但也提醒使用者留意授權條款與資料安全的要求。",
]

NOT_FREE = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'


def page(*paragraphs: str, head: str = "", around: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>標題</title>{head}</head><body>'
        f"<nav><a href='/'>首頁</a></nav><article><h1>標題</h1>{body}</article>{around}</body></html>"
    ).encode()


def test_the_article_without_what_surrounds_it() -> None:
    around = "<aside><ul><li><a href='/b'>別的新聞標題</a></li></ul></aside><footer>版權所有</footer>"
    found = page_text(page(*SENTENCES, around=around), "text/html", URL)
    assert found.problem == ""
    assert all(sentence in found.text for sentence in SENTENCES)
    assert "別的新聞" not in found.text
    assert "版權" not in found.text


def test_other_encodings() -> None:
    body = page(*SENTENCES).decode().replace("utf-8", "big5").encode("big5hkscs")
    assert SENTENCES[0] in page_text(body, "text/html", URL).text


@pytest.mark.parametrize(
    ("body", "kind", "problem"),
    [
        (page("短。"), "text/html", "too short to be an article"),
        (b"", "text/html", "too short to be an article"),
        (b"\xff\xfe\x00", "", "too short to be an article"),
        (b"%PDF-1.7", "application/pdf", "not a web page but application/pdf"),
        (
            page("Before you continue to Press, we and our partners use cookies to deliver and maintain our"
                 " services and to measure audience engagement. Accept all cookies or manage your choices. "
                 "You can change this at any time."),
            "text/html",
            "a consent form instead of the article",
        ),
        (
            page("Checking your browser before accessing the site. " * 4),
            "text/html",
            "a check for robots instead of the article",
        ),
        (page(SENTENCES[0], "本文為付費會員限定，訂閱後即可閱讀全文。"), "text/html", "behind a paywall"),
        (
            page(*SENTENCES[:2], head=NOT_FREE),
            "text/html",
            "behind a paywall",
        ),
    ],
)  # fmt: skip
def test_pages_that_are_no_article_say_why(body: bytes, kind: str, problem: str) -> None:
    found = page_text(body, kind, URL)
    assert (found.text, found.problem) == ("", problem)


@pytest.mark.parametrize(
    ("notice", "problem"),
    [
        ("We value your privacy. Choose which cookies you allow on this site.", "a consent form"),
        ("本網站使用 Cookie 以提供更好的服務，繼續瀏覽即表示同意。", "a consent form"),
        ("Pardon our interruption. Something about your browser made us think you are a bot.", "a check for"),
        ("为了您的账号安全，请完成安全验证后继续访问本页面。", "a check for robots"),
        (
            "You have reached your limit of free articles. Subscribe for full access today.",
            "behind a paywall",
        ),
        ("Sign in to continue reading this story and get our newsletters every morning.", "behind a paywall"),
        ("登入會員後即可繼續閱讀，尚餘 1200 字。", "behind a paywall"),
        ("この記事は会員限定です。残り 1043文字", "behind a paywall"),
        ("本文為付費内容，付费阅读后可查看全文。", "behind a paywall"),
    ],
)
def test_notices_in_place_of_the_article(notice: str, problem: str) -> None:
    found = page_text(page(SENTENCES[0], notice), "text/html", URL)
    assert found.text == ""
    assert found.problem.startswith(problem)


def test_what_a_page_says_of_itself_comes_with_its_text() -> None:
    head = '<meta name="author" content="王小明"><meta property="og:site_name" content="島嶼報">'
    found = page_text(page(*SENTENCES, head=head), "text/html", URL)
    assert (found.facts.author, found.facts.publisher) == ("王小明", "島嶼報")


def test_an_article_about_cookies_is_an_article() -> None:
    text = "Regulators said on Monday that sites must ask first. We use cookies, says one of the sites. "
    assert page_text(page(text * 14), "text/html", URL).problem == ""


def test_google_news_links_have_no_page() -> None:
    assert has_no_page("https://news.google.com/rss/articles/CBMiX")
    assert not has_no_page(URL)
