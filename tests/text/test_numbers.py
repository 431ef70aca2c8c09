"""Numbers: the same number in three languages is one; another number is never taken for it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.text.numbers import Quantity, quantities, stated, supported_by
from digest_lib.text.units import COUNT


def number(value: str | int, unit: str = "") -> Quantity:
    return Quantity(Decimal(value), unit)


@pytest.mark.parametrize(("text", "expected"), [
    ("1,600億", number(160_000_000_000)),
    ("1600亿", number(160_000_000_000)),
    ("１，６００億", number(160_000_000_000)),
    ("一千六百億", number(160_000_000_000)),
    ("160 billion", number(160_000_000_000)),
    ("2.4兆", number(2_400_000_000_000)),
    ("2.4萬億", number(2_400_000_000_000)),
    ("$2.4 trillion", number(2_400_000_000_000, "USD")),
    ("1億2,000萬", number(120_000_000)),
    ("兩億兩千萬元", number(220_000_000, "元")),
    ("3千萬", number(30_000_000)),
    ("70B 參數", number(70_000_000_000, COUNT)),
    ("128K tokens", number(128_000, COUNT)),
    ("$2.5B", number(2_500_000_000, "USD")),
    ("US$1.2bn", number(1_200_000_000, "USD")),
    ("25億美元", number(2_500_000_000, "USD")),
    ("NT$3,000", number(3_000, "TWD")),
    ("新台幣3,000元", number(3_000, "TWD")),
    ("1600億元人民幣", number(160_000_000_000, "CNY")),
    ("€300m", number(300_000_000, "EUR")),
    ("3億歐元", number(300_000_000, "EUR")),
    ("30%", number(30, "%")),
    ("３０％", number(30, "%")),
    ("百分之三十", number(30, "%")),
    ("30 per cent", number(30, "%")),
    ("兩成", number(20, "%")),
    ("三成五", number(35, "%")),
    ("一半", number(50, "%")),
    ("3.5個百分點", number("3.5", "pp")),
    ("3倍", number(3, "x")),
    ("3x faster", number(3, "x")),
    ("three times", number(3, "x")),
    ("三款模型", number(3, COUNT)),
    ("three models", number(3, COUNT)),
    ("30多家", number(30, COUNT)),
    ("twenty-five", number(25)),
    ("24小時", number(24, "hour")),
    ("3 個月", number(3, "month")),
    ("第三季", number(3, "quarter")),
    ("Q3", number(3, "quarter")),
    ("第2名", number(2, "ordinal")),
    ("5奈米", number(5, "nm")),
    ("10 GW", number(10, "GW")),
    ("AI10億美元", number(1_000_000_000, "USD")),
])  # fmt: skip
def test_a_number_is_read_whatever_way_it_is_written(text: str, expected: Quantity) -> None:
    assert stated(text) == [expected]


@pytest.mark.parametrize(("text", "exact"), [
    ("2026年7月22日", "2026-07-22"),
    ("2026-07-22", "2026-07-22"),
    ("22 July 2026", "2026-07-22"),
    ("July 22, 2026", "2026-07-22"),
    ("民國115年7月22日", "2026-07-22"),
    ("7 月 22 日", "?-07-22"),
    ("七月二十二日", "?-07-22"),
    ("7/22", "?-07-22"),
    ("Jul. 22nd", "?-07-22"),
    ("july 22 , 2026", "2026-07-22"),
    ("from July 22, 2026", "2026-07-22"),
    ("in July 2026", "2026-07-?"),
    ("in july", "?-07-?"),
    ("2026年7月", "2026-07-?"),
    ("OpenAI2026年", "2026-?-?"),
    ("GPT-5.6", "5.6"),
    ("Qwen3.8", "3.8"),
    ("Gemini 3.6 Flash", "3.6"),
    ("v1.2.3", "1.2.3"),
])  # fmt: skip
def test_dates_and_versions_keep_their_parts(text: str, exact: str) -> None:
    assert [q.exact for q in stated(text)] == [exact]


@pytest.mark.parametrize("text", [
    "一家公司", "第一名", "one of them", "十分重要", "三星與五角大廈", "數百家", "百萬用戶", "零組件與零售",
    "hundreds of users", "which may by then be so",
    "https://x.example/2026/07/22/1600", "", "🚀",
])  # fmt: skip
def test_words_that_state_no_number(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(("text", "expected"), [
    ("10 to 20%", {number(10, "%"), number(20, "%")}),
    ("20、30%", {number(20, "%"), number(30, "%")}),
    ("$5–10 billion", {number(5_000_000_000, "USD"), number(10_000_000_000, "USD")}),
    ("2至3億元", {number(200_000_000, "元"), number(300_000_000, "元")}),
    ("500萬至800萬美元", {number(5_000_000, "USD"), number(8_000_000, "USD")}),
    ("100，200家", {number(100), number(200, COUNT)}),
    ("Qwen3-235B", {number(235_000_000_000), Quantity(Decimal(3), "version", "3")}),
])  # fmt: skip
def test_ranges_and_series_share_their_unit(text: str, expected: set[Quantity]) -> None:
    assert quantities(text) == expected


@pytest.mark.parametrize(("claim", "source"), [
    ("1,600億", "160 billion yuan"),
    ("1600億元人民幣", "1600亿元"),
    ("7 月 22 日", "on July 22"),
    ("2026年7月22日", "July 22"),
    ("7月", "2026-07-22"),
    ("2026年", "in 2026, it"),
    ("22日", "2026-07-22"),
    ("一倍", "doubled"),
    ("翻倍", "up 100%"),
    ("一半", "50 percent"),
    ("GPT-5.6", "GPT 5.6"),
    ("三款", "three open models"),
    ("10個", "10"),
    ("7 miles", "7 mi"),
])  # fmt: skip
def test_supported(claim: str, source: str) -> None:
    assert all(supported_by(q, quantities(source)) for q in stated(claim))


@pytest.mark.parametrize(("claim", "source"), [
    ("1600億", "1600萬"),
    ("1600億美元", "1600億元"),
    ("25億歐元", "$2.5 billion"),
    ("40%", "40 customers"),
    ("40家", "40%"),
    ("3倍", "3%"),
    ("GPT-5.6", "GPT-5.60"),
    ("GPT-5.6", "GPT-5.5"),
    ("7月22日", "7月23日"),
    ("7月22日", "July"),
    ("2026年7月22日", "2025年7月22日"),
    ("24小時", "24分鐘"),
    ("100家", "H100"),
    ("5GW", "5MW"),
    ("3.5個百分點", "3.5%"),
])  # fmt: skip
def test_not_supported(claim: str, source: str) -> None:
    assert stated(claim)
    assert not any(supported_by(q, quantities(source)) for q in stated(claim))


@pytest.mark.parametrize(
    "piece", ["1,", "A-", "一", "1", "A1", "1.", "1億", "一百", "第", "7/", "$1 ", "12:"]
)
def test_a_page_of_one_piece_is_read_in_linear_time(piece: str) -> None:
    # Not timed: a quadratic pattern takes minutes for this.
    assert len(stated(piece * 20_000)) <= 20_000


FORMS = st.sampled_from(["{}億", "{}亿", "{} 億", "{}億元", "{}亿美元"])


@given(st.integers(2, 9_999), FORMS)
def test_scales_are_kept_apart(n: int, form: str) -> None:
    claim = stated(form.format(n))[0]
    assert claim.value == n * 10**8
    assert not supported_by(claim, quantities(form.replace("億", "萬").replace("亿", "万").format(n)))
    assert supported_by(claim, quantities(form.format(f"{n:,}")))


@given(st.integers(2, 10**12))
def test_grouping_changes_nothing(n: int) -> None:
    assert quantities(f"共 {n:,} 個") == quantities(f"共{n}個") == {number(n, COUNT)}


@given(st.text())
def test_any_text_is_read_and_states_what_it_states(text: str) -> None:
    found = stated(text)
    assert all(q.said in text for q in found)
    assert all(supported_by(q, quantities(text)) for q in found)
