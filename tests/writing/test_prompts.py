import pytest

from digest_lib.errors import BadPrompt
from digest_lib.writing.prompts import fill, validate


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{artcles}", r"unknown placeholder \{artcles\}; there are: \{articles\}, \{name\}"),
        ("no placeholder", r"the placeholder \{articles\} is missing"),
        ("{articles} {Name}", r"unknown placeholder \{Name\}"),
    ],
)
def test_what_is_wrong_is_named(text: str, problem: str) -> None:
    with pytest.raises(BadPrompt, match=f"story_prompt: {problem}"):
        validate("story_prompt", text, ["name", "articles"], ["articles"])


def test_other_braces_are_the_researchers_own() -> None:
    text = '{articles} {"headline": "…"} {} {{x y}} {1}'
    validate("story_prompt", text, ["articles"], ["articles"])
    assert fill(text, {"articles": "A1"}) == 'A1 {"headline": "…"} {} {{x y}} {1}'


def test_what_is_filled_in_is_never_a_placeholder() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "2"}) == "{b}2"
