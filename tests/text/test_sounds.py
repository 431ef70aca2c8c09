"""Does a Chinese name spell a Latin one?"""

from __future__ import annotations

import pytest

from digest_lib.text.sounds import spells_one


@pytest.mark.parametrize(("name", "text", "spells"), [
    ("阿莫戴伊", "Dario Amodei said so.", True),
    ("蘇萊曼", "Mustafa Suleyman left.", True),
    ("史密斯", "CEO Smith said so.", True),
    ("湯瑪斯", "Thomas wrote it.", True),
    ("塞拉諾", "羅伯托·塞拉諾（Roberto Serrano）透露", True),
    ("麥唐納", "McDonald 表示", True),
    ("桑德爾", "羅伯托·塞拉諾（Roberto Serrano）談 ChatGPT", False),
    ("貝克漢", "Satya Nadella leads it.", False),
    ("林志豪", "Satya Nadella leads it.", False),
])  # fmt: skip
def test_a_name_is_spelled_by_its_sounds(name: str, text: str, spells: bool) -> None:
    assert spells_one(name, text) is spells
