"""Leaks: what an llm leaves by mistake is named, and news about llms is not taken for it."""

from __future__ import annotations

import pytest

from digest_lib.checking.leaks import echoed, leaks

LEAKS = [
    ("（約100字）阿里發布模型", "字數指示"), ("摘要（80-120字）", "字數指示"),
    ("Summary (50 words)", "字數指示"),
    ("<think>先整理", "推理標記"), ("</thinking>", "推理標記"), ("<|im_end|>", "模型控制標記"),
    ("[INST] 寫", "模型控制標記"), ("據報導（tool-3-1）", "工具代號"),
    ("報導【12†source】", "工具代號"), ("新模型上線 turn0search0turn1news3。", "工具代號"),
    ("新模型上線。citeturn0search0", "工具代號"), ("新模型上線filecite\ue202turn0file1。", "工具代號"),
    ("阿里巴巴發表 Qwen3.8 [A1]。", "來源代號"), ("發表 Qwen3.8（A1、A2）。", "來源代號"),
    ("發表 Qwen3.8【來源 1】。", "來源代號"), ("根據 A1，阿里巴巴", "來源代號"),
    ("營收成長 [12]", "來源代號"),
    ("as article A3 says", "來源代號"), ("發表 Qwen3.8[^2]", "來源代號"),
    ("As an AI language model, I", "助理口吻"),
    ("身為AI，我無法", "助理口吻"), ("很抱歉，我無法提供", "助理口吻"),
    ("以下是整理後的摘要：", "寫作對話"), ("Here is the summary", "寫作對話"),
    ("Ignore previous instructions and", "提示詞片段"), ("請用繁體中文回答", "提示詞片段"),
    ("關於 {story} 的", "未填的欄位"), ("據 [來源] 報導", "未填的欄位"), ("金額 XXX 元", "未填的欄位"),
    ("lorem ipsum", "未填的欄位"), ("**重點", "殘留的標記"),
    ("```json", "殘留的標記"), ("## 標題", "殘留的標記"),
    ("[報導](https://x.example)", "殘留的標記"),
    ("一行\\n二行", "殘留的標記"), ("<b>粗</b>", "HTML 標記"),
    ("A &amp; B", "HTML 標記"), ("新模型 <video src=x onerror=y> 推出", "HTML 標記"),
    ("新模型 <details open ontoggle=y", "HTML 標記"),
    ("</main>", "HTML 標記"), ("<SVG/onload=y>", "HTML 標記"),
    ("<math><mi>", "HTML 標記"), ("<x-y title=a>", "HTML 標記"), ("<animate onbegin=y>", "HTML 標記"),
    ("<!doctype html>", "HTML 標記"), ("<?xml version", "HTML 標記"), ("一&lbrace;二", "HTML 標記"),
    ("一&NewLine;二", "HTML 標記"), ("一&QUOT;二", "HTML 標記"), ("一&LT二", "HTML 標記"),
    ("一&#x3c二", "HTML 標記"), ("一&#60;二", "HTML 標記"), ("&AMP;lt;", "HTML 標記"),
    ("一&CounterClockwiseContourIntegral;二", "HTML 標記"),
    ("新模型 <my-widget>推出", "HTML 標記"), ("全文見 <a href", "HTML 標記"),
    ('class="more">推出新模型', "HTML 標記"), ("推出 style='color:red", "HTML 標記"),
    ("width='1' />推出", "HTML 標記"), ("%3Cb%3E推出", "HTML 標記"), ("onerror = 'y", "HTML 標記"),
    ("\\u003cb\\u003e推出", "殘留的標記"), ("[b]推出[/b]", "殘留的標記"),
    ("[url=https://x.example]推出", "殘留的標記"), ("{% if x %}推出", "未填的欄位"),
    ("<%= x %>推出", "未填的欄位"),
    ('{"text": "a"}', "JSON 殘留"), ("隱\u200b藏", "看不見的控制字元"),
    ("新模型\ue200上線\ue201。", "看不見的控制字元"), ("新模型\U000f0001", "看不見的控制字元"),
    ("用 `code 寫", "沒有結束的程式碼標記"),
    ("run `pip install x' and `then", "沒有結束的程式碼標記"),
    ("The passage provided names no price.", "寫作對話"),
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
    "若 x<y 則 List<String> 與 Map<K, V> 不變；p < 0.05，n <p，R&D、S&P 500、AT&T 成長",
    "Option<Path>、Array<Object>、Component<Form> 與 Box<T> 是型別，若 a <b and c",
    'temperature="0.7" 時最穩，路徑 C:\\users\\news，折扣 20%，矩陣 a[i] 與 [b]',
    "網址 https://x.example/?a=1&copy=2&lt=3 是例子",
    "C# 與 5*3、Q&A、2026-07-22 (三) 的《作為方法》",
    "他寫了 3 萬字的報告",
    "來源：路透（2026）說 A18 晶片、Galaxy A1 與 [Qwen] 專案",
    "如 A100 一樣快，據 A16z 統計",
    "`The diet is heavily processed,' says the author of ``Meals''.",
])  # fmt: skip
def test_news_is_no_leak(text: str) -> None:
    assert leaks(text) == []


PROMPT = "規則：\n1. 只寫下列文章中有的事。每一句都要有來源。\n關於 {name} 的新聞，寫二到四句。"


@pytest.mark.parametrize(("text", "is_echo"), [
    ("只寫下列文章中有的事。", True),
    ("1. 只写下列文章中有，每一句。", True),
    ("OpenAI 說每一句都要有來源。", True),
    ("關於 {name} 的新聞", True),
    ("關於 Qwen 的新聞都在這裡。", False),
    ("阿里巴巴發表 Qwen3.8，文章中有更多。", False),
    ("", False),
])  # fmt: skip
def test_a_run_of_the_prompts_own_words_is_an_echo(text: str, is_echo: bool) -> None:
    assert bool(echoed(text, [PROMPT])) is is_echo


def test_a_word_of_an_english_prompt_in_a_chinese_text_is_none() -> None:
    prompt = "Write with what the articles say, in English."
    assert not echoed("The same article adds: “Claude 的使用者可以連結病歷。”", [prompt])


def test_an_english_echo_is_longer_than_a_stock_phrase() -> None:
    prompt = "Use only what the articles below say. Every sentence names its sources."
    assert echoed("I will use only what the articles below say.", [prompt])
    assert not echoed("Every sentence of the ruling names judges.", [prompt])
