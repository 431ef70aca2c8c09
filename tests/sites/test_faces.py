"""The face of headlines: small files that a day added does not change, and none where there is no font."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest_lib.publishing import dom
from digest_lib.site.faces import Faces, dress
from digest_lib.site.posts import Post
from digest_lib.site.typeface import Source, cut, drawn, first_used, ranges
from sites.posts_made import CONFIG, Row, post

fonts = pytest.importorskip("pylopdf_fonts_zh_tw")
SOURCE = Source(Path(fonts.serif_path()), "that of the package")
COMMON = "".join(map(chr, range(0x4E00, 0x4F00)))
DAYS = {"2026-07-27": COMMON, "2026-07-28": "龍鳳", "2026-07-29": "麒麟"}


def posts(*days: str) -> list[Post]:
    return [post(day, "qwen", [Row("x", "a", headline=DAYS[day])]) for day in sorted(days, reverse=True)]


def files(faces: Faces) -> dict[str, str]:
    return {path: key for path, key, _ in faces.files()}


def test_a_day_added_leaves_the_files_of_the_others_as_they_are() -> None:
    before = files(Faces(posts(*list(DAYS)[:2]), ["日報"], SOURCE))
    after = files(Faces(posts(*DAYS), ["日報"], SOURCE))
    assert before.items() <= after.items()
    assert {path.rpartition("/")[2][:10] for path in after.keys() - before.keys()} == {"2026-07-29"}


def test_a_page_is_given_what_all_share_and_its_own_day() -> None:
    faces = Faces(posts(*DAYS), ["日報"], SOURCE)
    sheet = faces.of(date(2026, 7, 28))
    assert sheet is not None and [characters for _, characters in sheet.files][1:] == ["鳳龍"]
    tree = dom.page("<html><head></head><body></body></html>")
    for _ in range(2):
        dress(tree, "posts/x/index.html", sheet, CONFIG)
        assert [node.attributes["href"] for node in tree.css("link[as=font]")] == [
            f"../../fonts/{name}" for name, _ in sheet.files
        ]
        assert len(tree.css("link[rel=stylesheet]")) == 1
    other = faces.of(None)
    assert other is not None and other.path == "fonts/shared.css" and len(other.files) == 1


def test_without_a_font_nothing_is_embedded() -> None:
    faces = Faces(posts(*DAYS), ["日報"], None)
    assert faces.of(date(2026, 7, 28)) is None and files(faces) == {}
    tree = dom.page("<html><head></head><body></body></html>")
    dress(tree, "index.html", None, CONFIG)
    assert tree.css("link") == []


def test_a_font_is_cut_down_to_characters() -> None:
    data = cut(SOURCE.path, "新聞稿")
    assert data[:4] == b"wOF2" and len(data) < 4_000
    assert cut.__wrapped__(SOURCE.path, "新聞稿") == data
    assert ranges(SOURCE.path, "一丁七\U000f0000") == "U+4E00-4E01,U+4E03"


@pytest.mark.parametrize(
    ("texts", "found"),
    [(["It’s 新聞 “x”"], "新聞"), (["「龍」，—"], "「」，龍"), (["GPT-5.6"], "")],
)
def test_latin_and_its_marks_are_the_readers_own(texts: list[str], found: str) -> None:
    assert drawn(texts) == set(found)


def test_the_usual_characters_are_those_of_the_first_days() -> None:
    assert first_used([["一二"], ["三"], ["四"]], 3) == set("一二三")
