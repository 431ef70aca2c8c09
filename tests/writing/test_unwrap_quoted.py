"""JSON that an llm, or what stands before it, quoted as Markdown does or escaped for HTML."""

from __future__ import annotations

from typing import Any

import pytest

from digest_lib.writing.unwrap import values_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('好的：\n> ```json\n> {\n>   "a": "x > y",\n>   "b": [1]\n> }\n> ```\n', {"a": "x > y", "b": [1]}),
        ('> > {"a":\n> > 1}', {"a": 1}),
        ("{&quot;a&quot;: &quot;1 &amp;lt; 2&quot;}", {"a": "1 &lt; 2"}),
        ("答：{&#34;a&#34;: [&#34;b&#34;]}", {"a": ["b"]}),
        # what is not quoted or escaped as a whole is as it was written
        ('{"a": "&quot;x&quot;"}', {"a": "&quot;x&quot;"}),
        ('答：\n{"a":\n"b\n> c"}', {"a": "b\n> c"}),
    ],
)
def test_the_value_that_was_quoted_or_escaped(text: str, value: Any) -> None:
    assert next(values_in(text)) == value
