"""English words with a capital for where they stand, and names."""

import pytest

from digest_lib.text.english import is_common, is_in_capitals
from digest_lib.text.names import latin_names


@pytest.mark.parametrize("word", [
    "negotiations", "planned", "planning", "companies", "smaller", "meanwhile", "neither", "startups",
    "chatbots", "tried", "used", "making", "open-source", "paid", "began", "using",
])  # fmt: skip
def test_common_words_in_any_form(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize(
    "word", ["samsung", "toyota", "nvidia", "huawei", "tencent", "openai", "xai", "korea"]
)
def test_names_are_not_common_words(word: str) -> None:
    assert not is_common(word)


@pytest.mark.parametrize(("text", "names"), [
    ("Negotiations between Samsung and Mistral go on. Investors wait.", ["Samsung", "Mistral"]),
    ("Toyota invests in Wayve.", ["Toyota", "Wayve"]),
    ("The firm, said Bloomberg: “Sources expect more.”", ["Bloomberg"]),
    ("In Europe the Commission fined Meta", ["Europe", "Commission", "Meta"]),
    ("Samsung Eyes Bigger Stake In Mistral", ["Samsung", "Mistral"]),
    ("Researchers 說 Developers 會用", ["Researchers", "Developers"]),
    ("GPT-5.6 Sol", ["GPT-5.6", "Sol"]),
    ("A16z and Groq", ["A16z", "Groq"]),
    ("- Current holder of the title is Groq", ["Groq"]),
])  # fmt: skip
def test_a_capital_for_its_place_makes_no_name(text: str, names: list[str]) -> None:
    assert latin_names(text) == names


def test_headlines_in_capitals() -> None:
    assert is_in_capitals("Samsung Eyes Bigger Stake in Mistral")
    assert not is_in_capitals("Samsung eyes a bigger stake in Mistral")
    assert not is_in_capitals("Samsung")
