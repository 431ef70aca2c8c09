"""Quotations behind somebody who speaks: his own words, or what a publisher makes of them."""

import pytest

from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from stories.making import article

VIEW = "高昂的成本已成為部署模型時的第二大挑戰"
WORDS = "這種做法其實真的不太適合我們的模型"
SOURCE = article(
    "奧特曼談成本", publisher="甲報",
    summary=f'OpenAI 執行長奧特曼坦言，{VIEW}。他說：「{WORDS}。」客戶回應，"降價兩成才有可能全面採用它"。',
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lent"),
    [
        (f"OpenAI 執行長奧特曼坦言，「{VIEW}」。", VIEW),
        (f"奧特曼坦言「{VIEW}」。", VIEW),
        # his own words there, too, in whatever marks
        (f"OpenAI 執行長奧特曼說：「{WORDS}」。", ""),
        ("客戶回應，「降價兩成才有可能全面採用它」。", ""),
        # the publisher's, and said to be
        (f"甲報轉述奧特曼的說法：「{VIEW}」。", ""),
        (f"甲報報導：「OpenAI 執行長奧特曼坦言，{VIEW}」。", ""),
        (f"甲報指出，「{VIEW}」。", ""),
        # a word for something
        ("奧特曼坦言，「第二大挑戰」是成本。", ""),
    ],
)
def test_a_quotation_behind_who_speaks_is_one_in_its_source(text: str, lent: str) -> None:
    found = check_sentence(Sentence(text=text, sources=[SOURCE.id]), {SOURCE.id: SOURCE})
    assert found == ([f"來源不是引用誰說的原話，不能加引號：「{lent}」"] if lent else [])
