"""What an English title names is told in Chinese where each word has one sense and the phrase is whole."""

from __future__ import annotations

import pytest

from digest_lib.writing.titles.subjects import subjects


@pytest.mark.parametrize(("title", "named"), [
    ("How Auroxa thinks about voice mode", ["語音模式"]),
    ("What we learned from model evaluations and AI agents", ["模型評測", "AI 代理"]),
    ("Two ways of supervised fine-tuning with open-weights models", ["監督式微調", "開放權重模型"]),
    # how many and whose they are stands before it
    ("Inside our three AI agents", ["AI 代理"]),
    # a word alone has too many senses, and one that is not known may go on with the phrase or begin it
    ("On drones", []),
    ("How Auroxa runs Wibble model evaluations", []),
    ("How Auroxa sees voice mode wibbles", []),
    # names are told as names
    ("Inside the NVIDIA GPU clusters", []),
    # a series, or a product
    ("Voice Mode: What We Learned", []),
    ("Voice Mode 13 Is Here", []),
    ("Voice Mode and What We Learned", ["語音模式"]),
    ("v0.26.0", []),
    ("", []),
])  # fmt: skip
def test_what_a_title_names(title: str, named: list[str]) -> None:
    assert subjects(title) == named
