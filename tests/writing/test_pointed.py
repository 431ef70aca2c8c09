"""A headline says what happened, without the label of its page."""

from __future__ import annotations

import pytest

from digest_lib.writing.headings import pointed


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("後續／OpenAI 隔離環境設定出錯，專家：關鍵在人", "OpenAI 隔離環境設定出錯，專家：關鍵在人"),
        ("【快訊】Anthropic 推出新模型", "Anthropic 推出新模型"),
        ("阿里／騰訊聯手推出模型", "阿里／騰訊聯手推出模型"),  # both did it
        ("後續／", "後續／"),  # nothing would be left
    ],
)
def test_a_label_is_no_part_of_a_headline(title: str, headline: str) -> None:
    assert pointed(title) == headline


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        # Who did it stands in the slogan alone.
        ("OpenAI 也缺電了！供應商證實：已提出採購 2 GW", "OpenAI 也缺電了，供應商證實：已提出採購 2 GW"),
        ("微软也忍不住了！公开批评 Anthropic 的模型太贵", "微软也忍不住了，公开批评 Anthropic 的模型太贵"),
        # The slogan names nobody else, or only a place.
        ("告別加班！Google 推出排程助理", "Google 推出排程助理"),
        ("Google 太快了！Google 推出排程助理", "Google 推出排程助理"),
        ("台灣搶頭香！Google 推出排程助理", "Google 推出排程助理"),
    ],
)
def test_a_slogan_goes_unless_it_alone_names_who_did_it(title: str, headline: str) -> None:
    assert pointed(title) == headline
