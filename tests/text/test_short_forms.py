"""Long and short forms of Chinese names."""

from __future__ import annotations

import pytest

from digest_lib.text.short_forms import holds_each, stands_in_parts, stands_otherwise


@pytest.mark.parametrize(("name", "text", "stands"), [
    ("美国参议院", "美参院表决通过", True),
    ("金管会", "金融监督管理委员会说明", True),
    ("中国信托", "访中信银分行", True),
    ("澳洲统计局", "联邦政府的数据", False),
    ("北京警备区", "北京的警察", False),
    ("中宣部", "中国的宣传", False),
])  # fmt: skip
def test_a_name_in_a_longer_or_shorter_form(name: str, text: str, stands: bool) -> None:
    assert stands_otherwise(name, text) is stands


def test_a_name_in_parts() -> None:
    assert stands_in_parts("中国外交部", "中国今天说,外交部回应")
    assert not stands_in_parts("西班牙历史学家", "西班牙的学家")


def test_a_phrase_of_which_a_part_is_new() -> None:
    assert holds_each("中欧协议", "中欧之间的协议")
    assert not holds_each("中欧框架协议", "中欧之间的协议")
