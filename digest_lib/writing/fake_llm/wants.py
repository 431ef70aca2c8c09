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
    "context": "the prompt is longer than the context",
    "page": "a web page where the API should be",
}

#: Servers that answer, and not as OpenAI's does: the digest is written all the same.
HABITS = {
    "no-schema": "refuses a JSON schema (as DeepSeek does), takes a JSON object",
    "no-format": "refuses every response_format",
    "stream": "answers as a stream, whether it was asked for one or not",
    "stream-only": "refuses what is no stream",
    "schema-blind": "takes a JSON schema and shows the model nothing of it",
    "think": "<think>...</think> before the answer",
    "thoughts": "the answer among the thoughts (reasoning_content)",
    "fence": "the answer in a code fence, prose around it",
    "bom": "a byte order mark",
    "parts": "content as a list of parts",
    "tool": "the answer as a tool's arguments",
    "text": "the answer as JSON in a string of JSON",
    "wrapped": "the object in another, or in a list",
    "extra": "one more key",
    "nulls": "null for an empty list",
    "no-lists": "empty lists left out",
    "plain": "sentences as strings, their sources behind them",
    "one-source": "a source as a string, with its publisher",
    "brackets": "sources as [A1], 【Ａ1】, (A1), in turn",
    "commas": "commas after the last item",
    "python": "a literal of Python",
    "no-finish": "neither finish_reason nor usage",
    "other-model": "another model answers",
    "cut-prompt": "reads the end of a prompt only (as Ollama does with a small context)",
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
