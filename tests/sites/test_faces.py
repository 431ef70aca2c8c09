"""The site's own faces: small files that a day added does not change, and none where there is no font."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from digest_lib.publishing import dom
from digest_lib.site.faces import Faces, dress
from digest_lib.site.font_files import Source, boxes, missed
from digest_lib.site.posts import Post
from digest_lib.site.seen import seen_in
from digest_lib.site.typeface import cut, drawn, first_used, known, ranges, shared_out
from sites.posts_made import CONFIG, Row, post

serifs = pytest.importorskip("pylopdf_fonts_zh_tw")
simplified = pytest.importorskip("pylopdf_fonts_zh_cn")
SERIF = Source(Path(serifs.serif_path()), "serif of the package")
FONTS = (
    Source(Path(serifs.sans_path()), "Traditional"), Source(Path(simplified.sans_path()), "Simplified"),
)  # fmt: skip
FOUND = ((), FONTS[:1], FONTS)
COMMON = "".join(map(chr, range(0x4E00, 0x4F00)))
DAYS = {"2026-07-27": COMMON, "2026-07-28": "龍鳳", "2026-07-29": "麒麟"}
PAGE = """<html><head></head><body class="trends">昨日{}
<details><summary>表</summary><p>{}</p></details></body></html>"""


def posts(*days: str) -> list[Post]:
    rows = {day: [Row(name, "a", headline=DAYS[day]) for name in "xy"] for day in sorted(days, reverse=True)}
    return [post(day, "qwen", told) for day, told in rows.items()]


def files(faces: Faces) -> dict[str, str]:
    return {path: key for path, key, _ in faces.files()}


def dressed(faces: Faces, html: str, page: str = "posts/x/index.html") -> tuple[str, dict[str, str]]:
    """The page's own stylesheet, and the characters of its own files by the ends of their names."""
    tree = dom.page(html)
    made = dress(tree, page, faces.sheet, CONFIG)
    css = f"fonts/{page.removesuffix('.html')}.css"
    assert all(path.startswith(css.removesuffix(".css")) for path in made)
    told = {path.rpartition("/")[2]: characters_of(data) for path, data in made.items() if path != css}
    return made[css].decode() if made else "", told


def characters_of(font: bytes) -> str:
    return "".join(map(chr, sorted(TTFont(io.BytesIO(font)).getBestCmap())))


def test_a_day_added_leaves_what_is_shared_as_it_is() -> None:
    before = Faces(posts(*list(DAYS)[:2]), ["日報"], SERIF)
    after = Faces(posts(*DAYS), ["日報"], SERIF)
    assert files(before) == files(after) and before.sheet == after.sheet


def test_a_page_is_given_what_all_share_and_the_rest_of_its_headlines() -> None:
    faces = Faces(posts(*DAYS), ["日報"], SERIF)
    (shared,) = [name for name, _ in faces.sheet.headlines]
    tree = dom.page(
        "<body><a class=site-name>日報</a><h2>麟</h2><div class=lead><h2>鳳報龍</h2></div></body>"
    )
    for _ in range(2):
        made = dress(tree, "posts/x/index.html", faces.sheet, CONFIG)
        css, own = "fonts/posts/x/index.css", "fonts/posts/x/index-headlines.woff2"
        assert [*made] == [css, own] and characters_of(made[own]) == "鳳龍"
        (link,) = tree.css("link[rel=stylesheet]")
        assert (link.attributes["href"] or "").startswith(f"../../{css}?")
        first, second = (node.attributes["href"] or "" for node in tree.css("link[as=font]"))
        assert first == f"../../fonts/{shared}" and second.startswith(f"../../{own}?")
        assert second.rpartition("/")[2] in made[css].decode(), "what is asked for at once is what is used"


def test_a_page_has_the_text_that_is_not_shared_in_files_of_its_own() -> None:
    away = "".join(chr(code) for code in sorted(known(FONTS[0].path)) if code > 0x5000)[:80]
    faces = Faces(posts(*DAYS), [], None, FONTS, (set("昨日"), set(away)), {"trends": "圖", "search": "搜"})
    css, own = dressed(faces, PAGE.format("新聞这a", f"稿{away}聞"))
    assert own == {
        "index.woff2": "新聞表", "index-1.woff2": "这", "index-folded.woff2": "圖稿",
    }  # fmt: skip
    shared = [name for path in files(faces) for name in [path.rpartition("/")[2]]]
    assert len(shared) == 2 and all(f"../../{name}" in css for name in shared)
    assert css.count("local(") == css.count("url(") * css.split("url(")[0].count("local(")
    css, own = dressed(faces, PAGE.format(away[0], ""))
    assert own == {"index.woff2": f"{away[0]}表", "index-folded.woff2": "圖"}, "nothing folded is asked for"
    assert sum(name in css for name in shared) == 1


@pytest.mark.parametrize(
    ("html", "at_once", "folded"),
    [
        ("<p>新聞 “x” é</p>", "新聞", ""),
        ("<details><summary>表</summary><p>新聞</p></details>", "表", "新聞"),
        ("<details><p>新<details><b>聞</b></details></p></details>", "", "新聞"),
        ("<p>新</p><details><p>新聞</p></details>", "新", "聞"),
        ('<input placeholder="搜尋"><svg><text>圖</text></svg>', "搜尋圖", ""),
    ],
)
def test_what_a_reader_sees_at_once(html: str, at_once: str, folded: str) -> None:
    assert seen_in(html) == (set(at_once), set(folded))


def test_without_a_font_nothing_is_embedded() -> None:
    faces = Faces(posts(*DAYS), ["日報"], None)
    assert files(faces) == {}
    tree = dom.page(PAGE.format("新", "聞"))
    assert dress(tree, "index.html", faces.sheet, CONFIG) == {}
    assert tree.css("link") == []


def test_each_font_draws_what_those_before_it_lack() -> None:
    found = shared_out(FONTS, set("這这𠮷a"))
    assert [(source.key, text) for source, text in found] == [("Traditional", "a這"), ("Simplified", "这")]
    assert shared_out((), {"這"}) == []


def test_what_this_machine_has_no_font_for_is_told() -> None:
    told = [(missed(boxes(fonts)).count("Chinese"), "fonts-ko" in missed(boxes(fonts))) for fonts in FOUND]
    assert told == [(2, True), (1, True), (0, True)]
    assert missed([]) == ""


def test_a_font_is_cut_down_to_characters() -> None:
    data = cut(SERIF.path, "新聞稿")
    assert data[:4] == b"wOF2" and len(data) < 4_000
    assert cut.__wrapped__(SERIF.path, "新聞稿") == data
    assert len(cut(SERIF.path, "新聞稿", best=True)) < len(data)
    whole, font = TTFont(SERIF.path, lazy=True), TTFont(io.BytesIO(data))
    for char in "新聞稿":
        here, there = font.getBestCmap()[ord(char)], whole.getBestCmap()[ord(char)]
        assert font["hmtx"][here][0] == whole["hmtx"][there][0]
    assert set(font.getBestCmap()) == set(map(ord, "新聞稿")) < known(SERIF.path)
    assert ranges(SERIF.path, "一丁七\U000f0000") == "U+4E00-4E01,U+4E03"


@pytest.mark.parametrize(
    ("texts", "found"),
    [(["It’s 新聞 “x”"], "新聞"), (["「龍」，—"], "「」，龍"), (["GPT-5.6"], "")],
)
def test_latin_and_its_marks_are_the_readers_own(texts: list[str], found: str) -> None:
    assert drawn(texts) == set(found)


def test_the_usual_characters_are_those_of_the_first_days() -> None:
    assert first_used([["一二", "二一"], ["三四", "五三"], ["六六", "六"]], 3) == set("一二三")
