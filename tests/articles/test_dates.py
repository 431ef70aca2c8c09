from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.articles.dates import parse_date

TAIPEI_8 = "2025-12-20T00:00:00"  # 08:00 in Taipei


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # RFC 822 and how it is bent
        ("Sat, 20 Dec 2025 08:00:00 +0800", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 08:00:00 +08:00", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 00:00:00 GMT", "", TAIPEI_8),
        ("Mon, 20 Dec 2025 00:00:00 GMT", "", TAIPEI_8),  # not a Monday
        ("20 Dec 25 00:00 UT", "", TAIPEI_8),
        ("Fri, 19 Dec 2025 19:00:00 EST", "", TAIPEI_8),
        ("Fri, 19 Dec 2025 16:00:00 PST", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 08:00:00 GMT+8", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 08:00:00 +0800 (CST)", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 08:00:00 CST", "zh-Hans", TAIPEI_8),
        ("Fri, 19 Dec 2025 18:00:00 CST", "en", TAIPEI_8),
        ("Saturday, 20 December 2025 09:00:00 JST", "", TAIPEI_8),
        ("Thu, 4 Sept 2025 10:00:00 Z", "", "2025-09-04T10:00:00"),
        ("20-Dec-2025 00:00:00", "", TAIPEI_8),
        # ISO 8601
        ("2025-12-20T08:00:00+08:00", "", TAIPEI_8),
        ("2025-12-20T00:00:00Z", "", TAIPEI_8),
        ("2025-12-20T00:00:00.250Z", "", "2025-12-20T00:00:00.250000"),
        ("2025-12-20 00:00:00 UTC", "", TAIPEI_8),
        ("20251220T000000Z", "", TAIPEI_8),
        ("2025-12-19T24:00:00Z", "", TAIPEI_8),
        ("2025-12-31T23:59:60Z", "", "2025-12-31T23:59:59"),
        ("2025-12", "", "2025-12-01T00:00:00"),
        # without zone: the language's
        ("2025-12-20 08:00:00", "zh-Hant", TAIPEI_8),
        ("2025-12-20 08:00:00", "zh-Hans", TAIPEI_8),
        ("2025-12-20 09:00:00", "ja", TAIPEI_8),
        ("2025-12-20 00:00:00", "en", TAIPEI_8),
        ("2025/12/20 08:00", "zh-Hant", TAIPEI_8),
        ("2025.12.20 08:00", "zh-Hant", TAIPEI_8),
        ("2025年12月20日 08:00", "zh-Hant", TAIPEI_8),
        ("2025年12月20日", "zh-Hant", "2025-12-19T16:00:00"),
        ("2025年12月20日（六）上午8:00", "zh-Hant", TAIPEI_8),
        ("2025年12月20日 星期六 下午3點20分", "zh-Hant", "2025-12-20T07:20:00"),
        ("2025年12月20日 午前9時00分", "ja", TAIPEI_8),
        # others
        ("Dec 20, 2025 12:00 AM", "", TAIPEI_8),
        ("December 19, 2025, 8:00 PM EST", "", "2025-12-20T01:00:00"),
        ("Sat Dec 20 00:00:00 2025", "", TAIPEI_8),
        # what feedparser reads besides
        ("Fri, 19 Dec 2025 19:00:00 ET", "", TAIPEI_8),
        ("Fri, 2025/12/19 19:00:00 EST", "", TAIPEI_8),
        ("Σαβ, 20 Δεκ 2025 00:00:00 GMT", "", TAIPEI_8),
        ("2025-december-20T00:00+00:00", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 00:00:00 Etc/GMT", "", TAIPEI_8),
    ],
)
def test_dates_as_feeds_write_them(text: str, lang: str, expected: str) -> None:
    assert parse_date(text, lang) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "yesterday", "2025-13-01", "2025-02-30", "20 Foo 2025", "1970-01-01T00:00:00Z",
     "0001-01-01T00:00:00Z", "12", "99999999999999999999",
     "Sat, 20 Dec 2025 08:00:00 XYZ", "2025-12-20 27:00"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(), st.sampled_from(["", "zh-Hant", "ja", "en"]))
def test_never_raises(text: str, lang: str) -> None:
    parse_date(text, lang)


@given(st.integers(10**9, 4 * 10**9), st.integers(0, 999_999))
def test_reads_what_python_writes(seconds: int, micro: int) -> None:
    told = datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)
    assert parse_date(told.isoformat()) == told
