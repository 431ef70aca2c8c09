import pytest

from digest_lib.errors import BadPrompt
from digest_lib.prompt_fields import PROMPTS
from digest_lib.writing.prompts import fill, validate_all


def test_other_braces_are_the_researchers_own() -> None:
    text = '{articles} {"headline": "…"} {} {{x y}} {1}'
    validate_all(story_prompt=text)
    assert fill(text, {"articles": "A1"}) == 'A1 {"headline": "…"} {} {{x y}} {1}'


def test_what_is_filled_in_is_never_a_placeholder() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "2"}) == "{b}2"


@pytest.mark.parametrize(("prompt", "text", "problem"), [
    ("story_prompt", "{artcles}", "unknown placeholder {artcles}"),
    ("story_prompt", "no placeholder", "the placeholder {articles} is missing"),
    ("story_prompt", "{articles} {Name}", "unknown placeholder {Name}"),
    ("day_prompt", "{stories} {articles}", "unknown placeholder {articles}"),
    ("day_prompt", "{numbers} {earlier}", "the placeholder {stories} is missing"),
    ("repair_prompt", "{sentence}", "the placeholder {reasons} is missing"),
    ("repair_prompt", "{articles}", "the placeholder {sentences} is missing"),
    ("doubt_prompt", "{sentences}", "the placeholder {articles} is missing"),
])  # fmt: skip
def test_a_slip_is_told_with_its_cell_and_its_prompt(prompt: str, text: str, problem: str) -> None:
    with pytest.raises(BadPrompt) as caught:
        validate_all(**{"story_prompt": "{articles}", prompt: text})
    assert str(caught.value).startswith(f"in the parameters cell, {prompt}: {problem}; there are: {{")
    assert "\n" not in str(caught.value)


def test_what_cannot_be_sent_is_told_where_it_stands() -> None:
    with pytest.raises(BadPrompt, match=r"story_prompt: character 11 is half of one \(U\+D83D\)"):
        validate_all(story_prompt="{articles}\ud83d")


@pytest.mark.parametrize(("prompt", "text"), [
    ("repair_prompt", "{sentences}"), ("repair_prompt", "{sentence}{reasons}"), ("doubt_prompt", None),
    ("doubt_prompt", "{sentence}{articles}"), *((name, None) for name in PROMPTS),
])  # fmt: skip
def test_what_is_right_is_let_through(prompt: str, text: str | None) -> None:
    validate_all(**{prompt: text})
