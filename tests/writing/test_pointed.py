"""A headline says what happened, without the label of its page."""

from __future__ import annotations

import pytest

from digest_lib.writing.headings import pointed


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("後續／OpenAI 隔離環境設定出錯，專家：關鍵在人", "OpenAI 隔離環境設定出錯，專家：關鍵在人"),
        ("【快訊】Anthropic 推出新模型", "Anthropic 推出新模型"),
        ("阿里／騰訊聯手推出模型", "阿里／騰訊聯手推出模型"),  # both did it
        ("後續／", "後續／"),  # nothing would be left
    ],
)
def test_a_label_is_no_part_of_a_headline(title: str, headline: str) -> None:
    assert pointed(title) == headline
