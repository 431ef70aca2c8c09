"""Pages that say HTTP 200 and are no article, and articles that are about such pages."""

from __future__ import annotations

import pytest

from digest_lib.documents.pages import page_text

URL = "http://press.example/1"
LONG = "這裡是本站最近的其他報導，讀者可以參考：島嶼公司發表新晶片，速度快了一倍，預定明年上市。" * 12
SHORT = (
    "您可以回到首頁，或使用搜尋功能尋找其他報導。我們每天更新島嶼的新聞，歡迎再度光臨本站，"
    "也可以來信告訴我們您在找什麼，謝謝您的支持。"
)
ARTICLE = "島嶼公司今天發表新晶片，速度快了一倍，預定明年上市，價格與上一代相同。分析師認為需求強勁。" * 10

#: heading, text, in the first lines or far below -> is it an article?
NONE = [
    ("Page not found | Harbour News", LONG),
    ("404 Not Found", LONG),
    ("404", LONG),
    ("Error 404: Page Not Found", SHORT),
    ("Oops! That page can’t be found.", SHORT),
    ("Sorry, we can’t find that page", SHORT),
    ("This article is no longer available", SHORT),
    ("找不到網頁 - 島嶼報", LONG),
    ("很抱歉，您要找的頁面不存在", SHORT),
    ("文章不存在｜島嶼報", SHORT),
    ("该页面不存在", LONG),
    ("此文章已被刪除", SHORT),
    ("お探しのページは見つかりませんでした", LONG),
    ("這個頁面飛走了 | 島嶼報", LONG),
    ("此文章不存在或已被移除", SHORT),
    ("该内容已被发布者删除", SHORT),
    ("网页走丢了", LONG),
    ("Seite nicht gefunden – Hafenblatt", LONG),
    ("Página no encontrada", LONG),
    ("페이지를 찾을 수 없습니다", LONG),
    ("410 Gone", LONG),
    ("The requested URL was not found on this server", SHORT),
    ("ページが見つかりません | 島新聞", SHORT),
    ("Just a moment...", SHORT),
    ("Are you a robot?", SHORT),
    ("Log in", SHORT),
    ("Sign in to Harbour News", SHORT),
    ("會員登入", SHORT),
    ("Site under maintenance", SHORT),
    ("503 Service Temporarily Unavailable", SHORT),
    ("網站維護中", SHORT),
    ("Redirecting…", SHORT),
    ("This domain is for sale", SHORT),
    ("Harbour News", "Please enable JavaScript to view this page. " * 5),
    (
        "Harbour News",
        "You need to enable JavaScript to run this app. We are sorry for the trouble that it gives you. " * 2,
    ),
    ("島嶼報", "請啟用 JavaScript 才能瀏覽本網站的內容。" + SHORT),
    ("島嶼報", "抱歉，您要找的文章已下架。" + SHORT),
    (
        "Harbour News",
        "Your browser is not supported. Please use a newer one to read what we publish on this site. " * 2,
    ),
    (
        "Harbour News",
        "This content is not available in your region. We are working to make it so for all readers. " * 2,
    ),
]
ARTICLES = [
    "404 Media 報導島嶼公司的新晶片",
    "404 Media raises money for its newsroom",
    "Page not found errors rise as sites cut archives",
    "Sign in with a passkey comes to every site",
    "Service unavailable: how one chip broke the cloud",
    "Are you a robot? A new test asks differently",
    "Just a moment of silence for the old chip",
    "JavaScript is required reading for engineers",
    "文章被刪除？平台說明下架政策",
    "網站維護中漏洞百出，駭客趁隙入侵",
    "文章下架爭議延燒",
    "文章下架爭議",
    "新聞消失中：小報關門潮",
    "Die Seite, die nicht gefunden werden wollte",
    "新晶片上市",
]


def page(heading: str, text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    head = f"<html><head><title>{heading}</title></head>"
    return f"{head}<body><article><h1>{heading}</h1>{body}</article></body></html>".encode()


@pytest.mark.parametrize(("heading", "text"), NONE)
def test_a_page_that_is_no_article_gives_no_text(heading: str, text: str) -> None:
    found = page_text(page(heading, text), "text/html; charset=utf-8", URL)
    assert found.text == ""
    assert found.problem


@pytest.mark.parametrize("heading", ARTICLES)
def test_an_article_about_such_a_page_does(heading: str) -> None:
    found = page_text(page(heading, ARTICLE), "text/html; charset=utf-8", URL)
    assert "島嶼公司今天發表新晶片" in found.text
    assert found.problem == ""


def test_a_text_has_no_byline_and_no_invitation() -> None:
    text = "（中央社記者王小明台北28日電）" + ARTICLE + "\n加入 LINE 好友，掌握最新消息\n（編輯：王小明）"
    found = page_text(page("新晶片上市", text), "text/html; charset=utf-8", URL)
    assert found.facts.source == "中央社"
    assert "記者" not in found.text
    assert "LINE" not in found.text
    assert "編輯" not in found.text
