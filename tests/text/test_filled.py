"""A template filled: a name is set apart by blanks where it is Latin, and not where it is Chinese."""

import pytest

from digest_lib.text.filled import filled


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("{name} 報導最多：{n} 篇", {"name": "港灣財經", "n": 2}, "港灣財經報導最多：2 篇"),
        ("{name} 報導最多：{n} 篇", {"name": "The Kettle", "n": 2}, "The Kettle 報導最多：2 篇"),
        ("都來自 {name}", {"name": "港灣 Finance"}, "都來自港灣 Finance"),
        ("都來自 {name} 的", {"name": "港灣 Finance"}, "都來自港灣 Finance 的"),
        ("{name} は{n}本", {"name": "ひので新聞", "n": 1}, "ひので新聞は1本"),
        ("All from {name} today", {"name": "港灣財經"}, "All from 港灣財經 today"),
        ("{{{name}}} 最多", {"name": "x"}, "{x} 最多"),
    ],
)
def test_a_blank_stands_beside_latin_only(template: str, values: dict[str, object], expected: str) -> None:
    assert filled(template, **values) == expected
