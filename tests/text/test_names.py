"""Names: aliases in texts, the glossary across scripts, product names with their versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.text.names import Aliases, entries, glossary, latin_names, names_in, stands_in, well_known
from digest_lib.text.scripts import fold


@pytest.mark.parametrize(("text", "count"), [
    ("GPT-5.6 推出", 1),
    ("GPT4o與GPT", 2),
    ("ChatGPT", 0),
    ("MyGPT", 0),
    ("gpt", 0),
    ("openai 發布", 1),
    ("OpenAIs", 1),
    ("相容 OpenAI API 的服務", 0),
    ("一個GPT模型", 1),
    ("", 0),
])  # fmt: skip
def test_aliases_match_on_word_boundaries(text: str, count: int) -> None:
    assert Aliases(["GPT", "OpenAI"], exclude=["openai api"]).count(text) == count


@pytest.mark.parametrize(("text", "first"), [
    ("阿里通义千问", 2),
    ("發布通義千問", 2),
    ("看 Qwen3.8", 2),
    ("QwenLM", None),
    ("全形ＱＷＥＮ", 2),
])  # fmt: skip
def test_the_first_alias_is_found_in_either_script(text: str, first: int | None) -> None:
    assert Aliases(["通義千問", "Qwen"]).first(text) == first


def test_an_alias_with_a_version_is_that_version() -> None:
    aliases = Aliases(["GPT-5"])
    assert [aliases.count(t) for t in ("GPT 5", "GPT5", "GPT-5.6", "GPT-56", "GPT-5。")] == [1, 1, 0, 0, 1]


def test_no_names_match_nothing() -> None:
    assert Aliases([]).count("GPT") == 0
    assert Aliases(["", " "]).first("GPT") is None


@pytest.mark.parametrize(
    "spelling", ["輝達", "英伟达", "英偉達", "NVIDIA", "Nvidia", "エヌビディア", "엔비디아"]
)
def test_one_company_in_every_script(spelling: str) -> None:
    assert well_known(f"昨日{spelling}宣布") == {"NVIDIA"}
    assert glossary()[fold(spelling)] == "NVIDIA"


@pytest.mark.parametrize(("text", "known"), [
    ("马斯克与黄仁勋", {"Elon Musk", "Jensen Huang"}),
    ("Jensen Huang met Sam Altman's team", {"Jensen Huang", "Sam Altman"}),
    ("阿里雲與阿里巴巴", {"Alibaba Cloud", "Alibaba"}),
    ("阿里山", {"Alishan"}),
    ("a meta analysis by us, apple pie and intel", set()),
    ("Qwen3.8", {"Qwen"}),
])  # fmt: skip
def test_well_known_names(text: str, known: set[str]) -> None:
    assert well_known(text) == known


def test_no_spelling_names_two() -> None:
    spellings = [s for e in entries() for s in {fold(s) for s in e.spellings}]
    assert sorted(s for s in set(spellings) if spellings.count(s) > 1) == []


@pytest.mark.parametrize(("text", "names"), [
    ("Gemini 3.6 Flash 與 GPT-5.6", ["Gemini 3.6", "GPT-5.6"]),
    ("OpenAI 3.5 億美元，CEO 說 AI API", ["OpenAI"]),
    ("Qwen3-235B-A22B", ["Qwen3-235B-A22B"]),
])  # fmt: skip
def test_latin_names(text: str, names: list[str]) -> None:
    assert latin_names(text) == names


def test_spellings_of_one_product_meet() -> None:
    assert "qwen3.8" in names_in("Qwen3.8") & names_in("Qwen 3.8") & names_in("QWEN-3.8")


@pytest.mark.parametrize(("name", "text", "stands"), [
    ("Qwen3.8", "qwen 3.8 max", True),
    ("Qwen3.8", "qwen3.7 and 3.8", True),
    ("Qwen3.8", "qwen3.80", False),
    ("Qwen3.8", "qwen3.8.1", False),
    ("Opus 4.5", "claude 4.5 opus", True),
    ("Gemini 3.6", "gemini flash 3.6", True),
    ("Gemini 3.6", "gemini beats gpt 3.6", False),
    ("HuggingFace", "hugging face", False),
    ("Meta", "metadata", False),
])  # fmt: skip
def test_a_name_stands_in_a_source(name: str, text: str, stands: bool) -> None:
    assert stands_in(name, text) is stands


@given(st.text(), st.text(alphabet="GPT-5.通義 a", min_size=1))
def test_any_text_and_alias(text: str, alias: str) -> None:
    aliases = Aliases([alias])
    first = aliases.first(text)
    assert (first is None) == (aliases.count(text) == 0)
    names_in(text)
