"""What has been said, and what a sentence adds."""

from __future__ import annotations

import pytest

from digest_lib.writing.known import Known


@pytest.mark.parametrize(("text", "told"), [
    ("蘋果傳出放棄眼鏡計畫，團隊成員轉往機器人專案。", True),
    ("蘋果喊卡，眼鏡計畫作罷。", True),
    ("蘋果將推出搭載 Siri 的眼鏡。", False),
])  # fmt: skip
def test_that_it_was_taken_back_is_something_else(text: str, *, told: bool) -> None:
    assert Known(["蘋果將推出眼鏡。", "眼鏡搭載 Siri。"]).is_told_by(text) is told
