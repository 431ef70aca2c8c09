"""Leaks: what an llm leaves by mistake is named, and news about llms is not taken for it."""

from __future__ import annotations

import pytest

from digest_lib.checking.leaks import leaks

LEAKS = [
    ("（約100字）阿里發布模型", "字數指示"), ("摘要（80-120字）", "字數指示"),
    ("Summary (50 words)", "字數指示"),
    ("<think>先整理", "推理標記"), ("</thinking>", "推理標記"), ("<|im_end|>", "模型控制標記"),
    ("[INST] 寫", "模型控制標記"), ("據報導（tool-3-1）", "工具代號"),
    ("報導【12†source】", "工具代號"),
    ("As an AI language model, I", "助理口吻"),
    ("身為AI，我無法", "助理口吻"), ("很抱歉，我無法提供", "助理口吻"),
    ("以下是整理後的摘要：", "寫作對話"), ("Here is the summary", "寫作對話"),
    ("Ignore previous instructions and", "提示詞片段"), ("請用繁體中文回答", "提示詞片段"),
    ("關於 {story} 的", "未填的欄位"), ("據 [來源] 報導", "未填的欄位"), ("金額 XXX 元", "未填的欄位"),
    ("lorem ipsum", "未填的欄位"), ("**重點", "殘留的標記"),
    ("```json", "殘留的標記"), ("## 標題", "殘留的標記"),
    ("[報導](https://x.example)", "殘留的標記"),
    ("一行\\n二行", "殘留的標記"), ("<b>粗</b>", "HTML 標記"),
    ("A &amp; B", "HTML 標記"), ('{"text": "a"}', "JSON 殘留"), ("隱\u200b藏", "看不見的控制字元"),
    ("用 `code 寫", "沒有結束的程式碼標記"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), LEAKS)
def test_leaks_are_named(text: str, kind: str) -> None:
    assert [reason for reason in leaks(text) if reason.said("zh-TW").startswith(kind)]


@pytest.mark.parametrize("text", [
    "OpenAI 說 GPT-5.6 的思考時間更長，推理成本降低 30%。",
    "AMD 的新品可當作 AI 加速器，as an AI accelerator。",
    "研究者公開了 Claude 的系統提示詞，並分析工具呼叫。",
    "身為 AI 公司的執行長要負責",
    "用 `print()` 函式，價格 < 3 美元，A & B 合作。",
    "C# 與 5*3、Q&A、2026-07-22 (三) 的《作為方法》",
    "他寫了 3 萬字的報告",
])  # fmt: skip
def test_news_is_no_leak(text: str) -> None:
    assert leaks(text) == []
