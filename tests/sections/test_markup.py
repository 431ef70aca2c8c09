"""Text into markup: what is decoded once more stays the same text, and no text grows out of its line."""

from __future__ import annotations

import html.entities
import re
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.publishing.front import plain
from digest_lib.sections.characters import calm
from digest_lib.sections.markup import esc, inert, link_out, safe_url, settled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Q&A、R&D、AT&T 與 a < b", "Q&A、R&D、AT&T 與 a < b"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp;amp; Jerry", "Tom & Jerry"),
        ("&lt;b&gt; &LT;b&GT; &#60;b&#x3e;", "<b> <b> <b>"),
        ("&amp;lt;b&amp;#62;", "<b>"),
        ("&lt b", "< b"),
        ("&#&#54;0;b", "<b"),
        ("&lbrace;&lbrace;&LT; env HOME", "{\u2060{< env HOME"),
        ("&quot;字&QUOT;&apos;", '"字"\''),
        ("&l\u202et;b", "<b"),
        ("&unknown; &#x110000;", "&unknown; \ufffd"),
        ("&#1;&#x1b;[31m字", "[31m字"),
    ],
)
def test_text_is_shown_without_entities(text: str, shown: str) -> None:
    assert settled(text) == shown
    assert html.unescape(esc(text)) == shown


ENTITIES = st.lists(
    st.sampled_from(["&", "amp;", "AMP", "lt;", "lt", "gt", "#", "x3c", "60", ";", "lbrace;", "{", "<", ">",
                     "字", "\u202e", "\x00", "NewLine;", "38", "#x26;", "quot", " "]),
    max_size=30,
).map("".join)  # fmt: skip


@given(ENTITIES)
def test_what_is_inert_stays_the_same_text_however_often_it_is_decoded(text: str) -> None:
    for form in (inert(text), plain(text)):
        assert html.unescape(form) == form
        assert not re.search(r"[<>]|\{\{|\}\}", form)
    assert inert(inert(text)) == inert(text) and settled(settled(text)) == settled(text)


def test_entities_in_entities_without_end_take_no_time() -> None:
    assert settled("&amp;" * 50_000 + "lt;") == "&" * 49_999 + "<"
    nested = "0"
    for number in range(300):
        nested = ("&#5{};", "&#5{};", "&#{}8;")[number % 3].format(nested)
    assert html.unescape(settled(f"&#6{nested};b")) == settled(f"&#6{nested};b")


def test_no_named_entity_stays_in_metadata() -> None:
    for name in html.entities.html5:
        form = plain(f"甲&{name}乙&amp;{name}")
        assert html.unescape(form) == form and not re.search(r"[<>{}\[\]`\\]", form), name


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{{< env HOME >}}", "｛｛＜ env HOME ＞｝｝"),
        ("\\{\\{\\< env HOME", "＼｛＼｛＼＜ env HOME"),
        ("[a](b) `c`", "［a］(b) 'c'"),
        ("一\n二\t三", "一 二 三"),
        ('R&D 與 "引號"', 'R&D 與 "引號"'),
    ],
)
def test_front_matter_has_no_markup(text: str, written: str) -> None:
    assert plain(text) == written


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://x.example/a?b=1&copy=2&lt=3#d", "https://x.example/a?b=1&copy=2&lt=3#d"),
        ("https://x.example/字?q=%20", "https://x.example/字?q=%20"),
        ('https://x.example/"><b>', "https://x.example/%22%3E%3Cb%3E"),
        ("https://x.example/?a&quot;b&amp;c", "https://x.example/?a%26quot;b%26amp;c"),
        ("https://x.example/?a&amp;quot;b", "https://x.example/?a%26amp;quot;b"),
        ("https://x.example/{{< env A >}}", "https://x.example/%7B%7B%3C%20env%20A%20%3E%7D%7D"),
    ],
)
def test_a_url_cannot_end_its_attribute(url: str, safe: str) -> None:
    assert safe_url(url) == safe
    assert link_out(url, "字") == f'<a href="{html.escape(safe)}" rel="noopener nofollow">字</a>'


# Words as they are written, with more marks on a letter than most texts have.
REAL = [
    "Tiếng Việt: Nguyễn, phở, nghiêng ngả", "ที่นี่ น้ำใจ ผู้ใหญ่ กี้", "हिन्दी क्षत्रिय निर्माताओं र्‍य",
    "مُحَمَّدٌ ٱلرَّحْمَٰنِ", "בְּרֵאשִׁ֖ית שָׁלוֹם", "བོད་ཡིག རྒྱལ་པོ བསྒྲུབས", "မြန်မာ ကြွေး",
    "ភាសាខ្មែរ ស្ត្រី", "தமிழ் മലയാളം ನಿರ್ಮಾತೃ", "한국어 각", "می‌خواهم", "か゚ が ぱ",
    "👨🏻‍👩🏻‍👧🏻‍👦🏻 👩🏽‍❤️‍💋‍👨🏿 1️⃣ 🏳️‍🌈 🇹🇼",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]  # fmt: skip


@pytest.mark.parametrize("text", REAL)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_of_every_script_stay_as_they_are(text: str, form: str) -> None:
    same = unicodedata.normalize(form, text)
    assert calm(same) == same


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ก" + "\u0e49" * 200, "ก" + "\u0e49" * 6),
        ("e" + "\u0301" * 90 + "x", "e" + "\u0301" * 6 + "x"),
        ("e" + "\u0301\u20dd\ufe0f" * 40, "e" + "\u0301\u20dd\ufe0f" * 2),
        ("\u1100" * 400, "\u1100" * 3),
        ("\u1100\u1161" * 9 + "\u11a8" * 40, "\u1100\u1161" * 9 + "\u11a8" * 3),
        ("น" + "\u0e33" * 300 + "ใจ", "น" + "\u0e33" * 2 + "ใจ"),
        ("ｶ" + "\uff9e" * 50, "ｶ" + "\uff9e" * 2),
        ("a" + "\u200b" * 300 + "b", "a\u200b\u200bb"),
        ("a" + "\u200d\u00ad" * 300 + "b", "a\u200d\u00adb"),
        ("a\u202eb\u202c\u2066c\u2069", "abc"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("a\x1b[31mb\x1b]0;t\x07c\x00", "abc"),
        ("🏴" + "\U000e0061" * 50, "🏴"),
    ],
)
def test_what_piles_up_or_steers_is_bounded(text: str, left: str) -> None:
    assert calm(text) == left


PIECES = "ae\u0301\u0e49ก\u1100\u1161\u0e33\uff9e\u200d\u200b👨👩\u094dक\u202e🏴\U000e0067\U000e007f\u00ad"


@given(st.text(st.sampled_from(PIECES), max_size=80))
def test_calm_text_stays_calm_and_no_sign_is_long(text: str) -> None:
    once = calm(text)
    assert calm(once) == once
    assert all(len(sign) <= 12 for sign in regex.findall(r"\X", once))
