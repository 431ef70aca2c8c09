"""Tags of a post, and what its page calls them by what it tells."""

from __future__ import annotations

import pytest

from digest_lib.site.whole_names import whole_names


@pytest.mark.parametrize(
    ("tags", "texts", "shown"),
    [
        (["Health"], ["可以連結病歷與 Apple Health。", "病歷、Apple Health"], ["Apple Health"]),
        (["DATA", "NTT"], ["NTT DATA 入股"], ["NTT DATA", "NTT"]),
        (["Health"], ["Health in ChatGPT 連結 Apple Health"], ["Health in ChatGPT"]),
        (["Health"], ["新的 Health 連結 Apple Health"], ["Health"]),  # it also stands alone
        (["Health"], ["Health in ChatGPT 上線", "Health 可用"], ["Health"]),
        (["Sol"], ["GPT Sol 上線", "Claude Sol 也是"], ["Sol"]),  # a part of two names
        (["OpenAI", "Gemini"], ["OpenAI Codex 和 Gemini Flash"], ["OpenAI", "Gemini"]),  # names of their own
        (["Kit"], ["〈How To Build Kit Agents With Claude〉"], ["Kit"]),  # an English title is no name
        (["馬斯克", "Grok 4.1"], ["馬斯克的 Grok 4.1 Fast"], ["馬斯克", "Grok 4.1"]),
        (["Fable"], [], ["Fable"]),
    ],
)
def test_a_tag_is_the_whole_name(tags: list[str], texts: list[str], shown: list[str]) -> None:
    assert whole_names(tags, texts) == shown
