"""What a page writes becomes what a reader sees of it."""

from __future__ import annotations

import pytest

from digest_lib.documents.plain import from_html, one_line


@pytest.mark.parametrize(("text", "seen"), [
    ("Qwen\u200b 推出\n  助理", "Qwen 推出 助理"),
    ("Qwen \u202e推出\u2066助理", "Qwen 推出助理"),
    # drawn with a font of the page's own: an icon
    ("\uf8ff Google 推出\ue001 Qwen 助理", "Google 推出 Qwen 助理"),
    ("Google\U000f0001 推出", "Google 推出"),
    ("😀 推出", "😀 推出"),
])  # fmt: skip
def test_characters_that_no_reader_sees_go(text: str, seen: str) -> None:
    assert one_line(text) == seen
    assert from_html(f"<p>{text}</p>") == seen
