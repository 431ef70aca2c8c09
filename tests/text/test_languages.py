from __future__ import annotations

import pytest

from digest_lib.language_names import language_name
from digest_lib.text.languages import tongue_of
from digest_lib.writing.frames import in_language


@pytest.mark.parametrize(("text", "language"), [
    ("OpenAI lanza un nuevo modelo más barato para desarrolladores", "es"),
    ("El gobierno multa a Google por abuso de posición dominante", "es"),
    ("Mistral AI lève deux milliards d'euros", "fr"),
    ("OpenAI stellt neues Modell für Entwickler vor", "de"),
    ("OpenAI lança novo modelo para programadores", "pt"),
    ("Google multata dall'autorità garante", "it"),
    ("Het nieuwe taalmodel van Qwen is gratis", "nl"),
    ("Qwen công bố mô hình mã nguồn mở", "vi"),
    ("OpenAI meluncurkan model baru yang lebih murah", "id"),
    ("OpenAI yeni modelini tanıttı", "tr"),
    ("OpenAI pokazało nowy model dla programistów", "pl"),
    ("OpenAI представила новую модель", "ru"),
    ("오픈AI, 새 모델 공개", "ko"),
    ("أوبن إيه آي تطلق نموذجا جديدا", "ar"),
    ("OpenAI เปิดตัวโมเดลใหม่ราคาถูก", "th"),
    ("ओपनएआई ने नया मॉडल पेश किया", "hi"),
    ("阿里巴巴發布新模型", "zh-Hant"),
    ("Qwen 發布 GPT-5.6 與 Codex", "zh-Hant"),
    ("日本政府、生成AI規制法案を提出へ", "ja"),
    # English, or names that are of no language
    ("Claude is down", "en"),
    ("Introducing Claude Opus 5", "en"),
    ("Mistral Le Chat Enterprise", "en"),
    ("Release v0.5.2rc1", "en"),
    ("São Paulo AI summit opens", "en"),
    ("El Niño model improves", "en"),
    ("Deutsche Telekom signs OpenAI deal", "en"),
    ("The α-release of Qwen", "en"),
    ("2026 🚀 !!!", "und"),
])  # fmt: skip
def test_the_language_of_a_title(text: str, language: str) -> None:
    assert tongue_of(text) == language


@pytest.mark.parametrize(("text", "likely", "language"), [
    ("DeepSeek desafía a EE UU", "es", "es"),
    ("Así funciona Gemini en tu móvil", "es", "es"),
    ("Microsoft lays off thousands of employees", "es", "en"),
    ("Claude is down", "fr", "en"),
    ("新模型發表", "es", "zh-Hant"),
])  # fmt: skip
def test_what_the_source_says_tips_the_balance(text: str, likely: str, language: str) -> None:
    assert tongue_of(text, likely) == language


def test_what_languages_are_called() -> None:
    assert [language_name("es", one) for one in ("zh-TW", "en", "ja")] == [
        "西班牙文",
        "Spanish",
        "スペイン語",
    ]
    assert language_name("zz", "zh-TW") == ""


@pytest.mark.parametrize(("lang", "language", "said"), [
    ("es", "zh-TW", "以西班牙文"), ("en", "zh-TW", "以英文"), ("zh-Hans", "zh-TW", ""),
    ("und", "zh-TW", "以外文"), ("zz", "zh-TW", "以外文"), ("es", "en", " in Spanish"), ("en", "en", ""),
    ("es", "ja", "スペイン語で"), ("ja", "ja", ""),
])  # fmt: skip
def test_how_a_post_says_in_which_language_a_report_is(lang: str, language: str, said: str) -> None:
    assert in_language(lang, language) == said
