from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.web.urls import canonical, host_of, tidy

SAME_PAGE = [
    ("http://Press.Example:80/A/b/", "https://press.example/A/b"),
    ("https://press.example/a?utm_source=x&utm_medium=y&fbclid=1", "https://press.example/a"),
    ("https://press.example/a?b=2&a=1", "https://press.example/a?a=1&b=2"),
    ("https://press.example/a#atom-everything", "https://press.example/a"),
    ("https://press.example/a/amp/", "https://press.example/a"),
    ("https://press.example/a.amp.html", "https://press.example/a.html"),
    ("https://press.example/a?amp=1", "https://press.example/a"),
    ("https://m.press.example/a", "https://press.example/a"),
    ("https://amp.press.example/a", "https://press.example/a"),
    ("https://press.example/%e4%b8%ad%7e", "https://press.example/%E4%B8%AD~"),
    ("https://press.example/中", "https://press.example/%E4%B8%AD"),
    ("https://www.google.com/amp/s/press.example/a", "https://press.example/a"),
    ("https://press-example.cdn.ampproject.org/c/s/press.example/a", "https://press.example/a"),
    ("https://www.google.com/url?q=https%3A%2F%2Fpress.example%2Fa&sa=U", "https://press.example/a"),
    (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fpress.example%2fa",
        "https://press.example/a",
    ),
    ("https://www.google.com.hk/url?url=https%3A%2F%2Fpress.example%2Fa", "https://press.example/a"),
    ("https://link.zhihu.com/?target=https%3A%2F%2Fpress.example%2Fa", "https://press.example/a"),
    ("https://youtu.be/aB-3?si=x", "https://www.youtube.com/watch?v=aB-3"),
    ("https://m.youtube.com/shorts/aB-3", "https://www.youtube.com/watch?v=aB-3"),
    (
        "https://news.google.com/rss/articles/CBMiF2h0dHBzOi8vcHJlc3MuZXhhbXBsZS9h0gEA?oc=5",
        "https://press.example/a",
    ),
    ("https://news.google.com/rss/articles/CBMiF_short", "https://news.google.com/rss/articles/CBMiF_short"),
    ("https://user:secret@press.example/a", "https://press.example/a"),
]


@pytest.mark.parametrize(("given_url", "expected"), SAME_PAGE)
def test_one_page_has_one_url(given_url: str, expected: str) -> None:
    assert canonical(given_url) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://press.example/a?id=1", "https://press.example/a?id=2"),
        ("https://www.press.example/a", "https://press.example/a"),
        ("https://press.example:8443/a", "https://press.example/a"),
        ("https://press.example/A", "https://press.example/a"),
        ("https://press.example/a%2Fb", "https://press.example/a/b"),
        ("https://app.example/#!/news/1", "https://app.example/#!/news/2"),
        ("https://m.tv/a", "https://tv/a"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.one_of(st.text(), st.from_regex(r"https?://[a-z%./?=&#:\[\]@!~ -]{0,40}", fullmatch=True)))
def test_never_raises_and_is_idempotent(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)
    assert tidy(tidy(url)) == tidy(url)
    host_of(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://press.example/a?utm_source=rss&b=2&a=1#part", "http://press.example/a?b=2&a=1#part"),
        ("  http://press.example/a b ", "http://press.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("/a/b", ""),
        ("https://[broken", ""),
        ("ftp://press.example/a", ""),
    ],
)
def test_readers_get_the_publishers_own_url(url: str, expected: str) -> None:
    assert tidy(url) == expected
