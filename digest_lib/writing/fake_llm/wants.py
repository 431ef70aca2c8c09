"""What the fake llm can be asked to do wrong."""

from __future__ import annotations

from digest_lib.errors import UserError

#: Faults of a server or of an answer's form, by name.
FAULTS = {
    "429": "over the rate limit, with Retry-After",
    "500": "a server error",
    "timeout": "no answer until the client gives up",
    "reset": "the connection is cut in the middle of the answer",
    "truncated": "cut off at the length limit",
    "invalid": "text that is no JSON",
    "schema": "JSON of another schema",
    "refusal": "a refusal",
    "empty": "no content",
    "endless": "an answer that never stops",
}

#: Kinds of falsehood, by name: what is planted into an otherwise faithful answer.
FALSEHOODS = {
    "number": "a number that no article states",
    "unit": "a number of the articles with another unit",
    "date": "a day that no article names",
    "version": "a version that does not exist",
    "money": "an amount that no article states",
    "name": "a company that no article names",
    "person": "a person that no article names",
    "quotation": "words that nobody said",
    "negation": "the opposite of what an article says",
    "source": "an article cited that does not exist",
    "wrong-source": "a true sentence under another article",
    "simplified": "Simplified characters",
    "usage": "the mainland's words",
    "leak": "prompt text, reasoning, placeholders",
    "link": "an address that is no article's",
    "copy": "a long run of an article's words, unquoted",
    "headline": "a headline with a false number",
    "tag": "a tag that no article knows",
}


def chosen(words: str, known: dict[str, str]) -> tuple[str, ...]:
    """Names out of `number,date`, or `all`. Raises `UserError` for a name that is not known."""
    names = [w.strip() for w in words.split(",") if w.strip()]
    if names == ["all"]:
        return tuple(known)
    for name in names:
        if name not in known:
            raise UserError(f"«{name}» is not known; there are: {', '.join(known)}")
    return tuple(names)
