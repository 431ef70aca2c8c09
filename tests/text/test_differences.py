"""Two wordings of a text: which words of each the other does not have."""

from __future__ import annotations

import pytest

from digest_lib.text.differences import changes, marked, words


def test_what_differs_within_a_sentence_is_marked_and_latin_words_stay_whole() -> None:
    assert marked("用 Qwen3.8 寫摘要", "用 Qwen3.9 改摘要") == (
        [("用 ", True), ("Qwen3.8", False), (" ", True), ("寫", False), ("摘要", True)],
        [("用 ", True), ("Qwen3.9", False), (" ", True), ("改", False), ("摘要", True)],
    )


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("請用繁體中文寫摘要", "請 用 繁體中文 寫 摘要"),
        ("每則２到五句，GPT-5.6 的 1,600 億", "每 則 ２ 到 五句 ， GPT-5.6 _ 的 _ 1,600 _ 億"),
        ("{language}\n- 一", "{ language } | - _ 一"),
    ],
)
def test_words_are_cut_where_a_reader_would_and_together_are_the_text(text: str, cut: str) -> None:
    assert " ".join(words(text)).replace("   ", " _ ").replace(" \n ", " | ") == cut
    assert "".join(words(text)) == text


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("寫二到五句。", "寫一句。", [("寫", "寫"), ("二到五句", "一句"), ("。", "。")]),
        ("用 Qwen 寫", "以 GPT 寫", [("用 Qwen", "以 GPT"), (" 寫", " 寫")]),
        ("一樣", "一樣", [("一樣", "一樣")]),
        ("", "新的", [("", "新的")]),
    ],
)
def test_changes_beside_each_other_are_one(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert changes(before, after) == pieces
