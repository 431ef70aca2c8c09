"""A free paraphrase turned round: at its number, its noun, its predicate; and events that nobody tells of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.directions import turned
from digest_lib.checking.events import untold
from digest_lib.checking.evidence import Evidence, evidence
from digest_lib.checking.polarity import flipped
from digest_lib.text.scripts import language_of

WHEN = datetime(2026, 7, 28, tzinfo=UTC)


def source(text: str) -> Evidence:
    return evidence(Article("a", "https://a.example/1", "", "", "", "f", language_of(text), WHEN, WHEN, text))


FIGMA = "Figma shares fell 14 percent, even though revenue rose 41 percent to $250 million."
LAYERS = "奧斯陸將換用開源軟體，可省下 40% 的授權費，資本支出則會繼續增加。第二季 VR 市場持續下滑。"


@pytest.mark.parametrize(("said", "text", "is_turned"), [
    (FIGMA, "Figma 股價跌了 14%，營收成長 41%。", False),
    (FIGMA, "Figma 營收下滑 41%。", True),
    (FIGMA, "Figma 股價大漲 14%。", True),
    (LAYERS, "奧斯陸的資本支出會減少。", True),
    (LAYERS, "奧斯陸的資本支出將增加。", False),
    (LAYERS, "第二季成長最快的不是 VR。", False),
    ("手機占 45%，高於前一年的 36%。", "前一年的 36% 低於今年的 45%。", False),
    ("手機占 45%，高於前一年的 36%。", "手機占比低於前一年的 36%。", True),
])  # fmt: skip
def test_a_number_or_a_noun_that_goes_the_other_way_is_found(said: str, text: str, is_turned: bool) -> None:
    assert bool(turned(text, [source(said)])) is is_turned


LETTER = "楊植麟否認與字節跳動洽談合併，並說 Kimi 今年不會裁員，也沒有公布售價。"


@pytest.mark.parametrize(("said", "text", "is_flipped"), [
    (LETTER, "楊植麟證實與字節跳動洽談合併。", True),
    (LETTER, "楊植麟說 Kimi 今年會裁員。", True),
    (LETTER, "Kimi 已公布售價。", True),
    (LETTER, "楊植麟否認與字節跳動合併，Kimi 也不裁員。", False),
    ("Meta 不同意歐盟的認定。", "Meta 同意歐盟的認定。", True),
    ("Brightleaf denied the allegation by Anthropic.", "Brightleaf 承認 Anthropic 的指控。", True),
    ("Brightleaf denied the allegation by Anthropic.", "Brightleaf 否認 Anthropic 的指控。", False),
    ("特斯拉董事會否決了投資 xAI 的提案。", "特斯拉董事會投資 xAI。", True),
    ("特斯拉董事會否決了投資 xAI 的提案。", "特斯拉董事會不投資 xAI。", False),
])  # fmt: skip
def test_a_predicate_with_the_other_sign_is_found(said: str, text: str, is_flipped: bool) -> None:
    assert bool(flipped(text, [source(said)])) is is_flipped


@pytest.mark.parametrize(("said", "text", "reasons"), [
    ("丹霍姆說公司應專注本業。", "丹霍姆因此辭去董事長。", ["來源沒有提到「辭去」"]),
    ("Denholm steps down as chair.", "丹霍姆辭去董事長。", []),
    ("丹霍姆說公司應專注本業。", "丹霍姆不會辭去董事長。", []),
    ("丹霍姆說公司應專注本業。", "公司可能破產。", []),
    ("丹霍姆說公司應專注本業。", "這家公司破產。", ["來源沒有提到「破產」"]),
    # what is asked for has not happened
    ("工會呼籲公平會有條件通過收購案。", "工會要求公平會附條件同意收購外送業務。", []),
    ("工會呼籲公平會有條件通過收購案。", "公平會附條件同意收購外送業務。", ["來源沒有提到「同意」"]),
])  # fmt: skip
def test_an_event_is_told_only_where_a_source_has_a_word_for_it(
    said: str, text: str, reasons: list[str]
) -> None:
    assert [r.said("zh-TW") for r in untold(text, [source(said)])] == reasons
