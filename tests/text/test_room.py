"""Room between Chinese and Latin."""

import pytest

from digest_lib.text.room import with_room


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("OpenAI調降GPT-5.6價格，降幅達80%以上", "OpenAI 調降 GPT-5.6 價格，降幅達 80% 以上"),
        ("包括 APIs、 ChatGPT 與（ Codex ）", "包括 APIs、ChatGPT 與（Codex）"),
        ("他說「用Claude寫的」，Claude也在", "他說「用Claude寫的」，Claude 也在"),
        ("阿里巴巴發表模型", "阿里巴巴發表模型"),
        ("GPT 與 Claude", "GPT 與 Claude"),
        ("OpenAI in 2026", "OpenAI in 2026"),
        ("", ""),
    ],
)
def test_chinese_and_latin_have_room_but_in_quotations(text: str, said: str) -> None:
    assert with_room(text) == said == with_room(said)
