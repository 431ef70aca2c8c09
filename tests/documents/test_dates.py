from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest_lib.documents import date_words
from digest_lib.documents.dates import order_of, parse_date, possible_date

TAIPEI_8 = "2025-12-20T00:00:00"  # 08:00 in Taipei


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Fri 4th of Sept 2026", "en", "2026-09-04T00:00:00"),
        ("3. Jänner 2026", "de", "2026-01-03T00:00:00"),
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


@settings(deadline=None)  # the first one loads what languages call their months
@given(st.text(), st.sampled_from(["", "zh-Hant", "ja", "en"]))
def test_never_raises(text: str, lang: str) -> None:
    parse_date(text, lang)


@given(st.integers(10**9, 4 * 10**9), st.integers(0, 999_999))
def test_reads_what_python_writes(seconds: int, micro: int) -> None:
    told = datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)
    assert parse_date(told.isoformat()) == told


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        # names of months and weekdays
        ("週五, 03 七月 2026 03:05:00 +0800", "zh-Hant", "2026-07-02T19:05"),
        ("ven., 03 juil. 2026 15:05:00 +0200", "fr", "2026-07-03T13:05"),
        ("ven. 3 juillet 2026 à 15h05", "fr", "2026-07-03T15:05"),
        ("viernes, 3 de julio de 2026 15:05", "es", "2026-07-03T15:05"),
        ("Freitag, 3. Juli 2026, 15:05 Uhr", "de", "2026-07-03T15:05"),
        ("3 de julho de 2026 às 15:05", "pt", "2026-07-03T15:05"),
        ("ven, 03 lug 2026 15:05:00 +0200", "it", "2026-07-03T13:05"),
        ("3 juli 2026 om 15:05 uur", "nl", "2026-07-03T15:05"),
        ("Freitag, den 3. Juli 2026", "de", "2026-07-03T00:00"),
        ("2026 m. liepos 3 d.", "lt", "2026-07-03T00:00"),
        ("2026 оны 7 сарын 3", "mn", "2026-07-03T00:00"),
        ("vr, 03 mrt 2026 15:05:00 +0100", "nl", "2026-03-03T14:05"),
        ("ngày 3 tháng 7 năm 2026", "vi", "2026-07-03T00:00"),
        ("Jum, 03 Agu 2026 15:05:00 +0700", "id", "2026-08-03T08:05"),
        ("Cum, 03 Tem 2026 15:05:00 +0300", "tr", "2026-07-03T12:05"),
        ("pt., 03 lip 2026 15:05:00 +0200", "pl", "2026-07-03T13:05"),
        ("3 июля 2026 г., 15:05", "ru", "2026-07-03T15:05"),
        ("3 серпня 2026 р.", "uk", "2026-08-03T00:00"),
        ("금, 03 7월 2026 15:05:00 +0900", "ko", "2026-07-03T06:05"),
        ("2026년 7월 3일 오후 3:05", "ko", "2026-07-03T06:05"),
        ("יום שישי, 3 ביולי 2026", "he", "2026-07-03T00:00"),
        ("2026. július 3. 15:05", "hu", "2026-07-03T15:05"),
        ("pe 3. heinäkuuta 2026 klo 15.05", "fi", "2026-07-03T15:05"),
        ("3 Marraskuu 2026", "", "2026-11-03T00:00"),
        ("Mo, 05 Okt 2026 10:00:00 +0200", "", "2026-10-05T08:00"),
        ("3 تموز 2026", "ar", "2026-07-03T00:00"),
        # one name, two months
        ("3 listopada 2026", "pl", "2026-11-03T00:00"),
        ("3. listopada 2026.", "hr", "2026-10-03T00:00"),
        ("3 listopada 2026", "", None),
        # digits of other scripts
        ("الجمعة، ٣ يوليو ٢٠٢٦ ١٥:٠٥", "ar", "2026-07-03T15:05"),
        ("३ जुलाई २०२६", "hi", "2026-07-03T00:00"),
        ("２０２６年７月３日", "ja", "2026-07-02T15:00"),
        ("二〇二六年七月三日", "zh-Hans", "2026-07-02T16:00"),
        ("二○二六年七月三日", "zh-Hant", "2026-07-02T16:00"),
        # halves of a day
        ("2026/7/3 凌晨 3:05", "zh-Hant", "2026-07-02T19:05"),
        ("2026/7/3 上午 12:05:10", "zh-Hant", "2026-07-02T16:05:10"),
        ("2026-07-03（五）晚上8點", "zh-Hant", "2026-07-03T12:00"),
        # other counts of years
        ("115/06/20 15:05", "zh-Hant", "2026-06-20T07:05"),
        ("115.06.20", "zh-Hant", "2026-06-19T16:00"),
        ("1150620", "zh-Hant", "2026-06-19T16:00"),
        ("民國115年6月20日", "", "2026-06-20T00:00"),
        ("民國115年07月03日", "", "2026-07-03T00:00"),
        ("中華民國115年07月03日 09時05分", "zh-Hant", "2026-07-03T01:05"),
        ("西元2026年07月03日", "zh-Hant", "2026-07-02T16:00"),
        ("公元 2026/7/3", "zh-Hans", "2026-07-02T16:00"),
        ("中華民國一百一十五年六月二十日 下午三時五分", "zh-Hant", "2026-06-20T07:05"),
        ("115/06/20", "en", None),
        ("令和8年7月3日 15:05", "ja", "2026-07-03T06:05"),
        ("วันศุกร์ที่ 3 กรกฎาคม พ.ศ. 2569", "th", "2026-07-03T00:00"),
        ("3 ก.ค. 69", "th", "2026-07-03T00:00"),
        ("3 ก.ค. 26", "th", "2026-07-03T00:00"),
        ("2569-07-03T15:05:00+07:00", "th", "2026-07-03T08:05"),
        ("1405-04-12T15:05:00+03:30", "fa", "2026-07-03T11:35"),
        ("2569-07-03T15:05:00+07:00", "en", "2569-07-03T08:05"),
        ("۱۲ تیر ۱۴۰۵", "fa", "2026-07-03T00:00"),
        ("١٨ محرم ١٤٤٨", "ar", "2026-07-03T00:00"),
        # which is the month
        ("03/07/2026", "", None),
        ("03/07/2026", "en", None),
        ("7/3/2026 3:05 PM", "en", None),
        ("03/07/2026", "es", "2026-07-03T00:00"),
        ("03.07.2026 15:05", "", "2026-07-03T15:05"),
        ("Fri, 03/07/2026", "en", "2026-07-03T00:00"),
        ("25/06/2026", "", "2026-06-25T00:00"),
        ("07/07/2026", "", "2026-07-07T00:00"),
        ("26/07/03", "", None),
        # zones
        ("Sat, 20 Dec 2025 08:00:00 Asia/Taipei", "", TAIPEI_8),
        ("Sat, 20 Dec 2025 02:00:00 IST", "he", TAIPEI_8),
        ("2026-07-03T15:05:00+08:00[Asia/Taipei]", "", "2026-07-03T07:05"),
        ("July 3, 2026 at 3:05 p.m. ET", "en", "2026-07-03T19:05"),
        ("January 3, 2026 at 3:05 p.m. PT", "en", "2026-01-03T23:05"),
        ("1782000000", "", "2026-06-21T00:00"),
        ("/Date(1782000000000)/", "", "2026-06-21T00:00"),
        ("/Date(1782000000000+0800)/", "", "2026-06-21T00:00"),
        ("1782000000000", "", "2026-06-21T00:00"),
        # no days
        ("31/06/2026", "es", None),
        ("vendredi 31 juin 2026", "fr", None),
        ("2026年2月30日", "zh-Hant", None),
        ("hier à 15:05", "fr", None),
        ("3 hours ago", "en", None),
    ],
)
def test_dates_in_other_languages_and_calendars(text: str, lang: str, expected: str | None) -> None:
    moment = datetime.fromisoformat(expected).replace(tzinfo=UTC) if expected else None
    assert parse_date(text, lang) == moment


def test_the_other_dates_of_a_feed_show_the_order() -> None:
    order = order_of(["03/07/2026", "25/06/2026", "not a date", "07/07/2026"], "en")
    assert (order, parse_date("03/07/2026", "en", order)) == ("dmy", datetime(2026, 7, 3, tzinfo=UTC))
    order = order_of(["03/07/2026", "06/25/2026"], "")
    assert (order, parse_date("03/07/2026", "", order)) == ("mdy", datetime(2026, 3, 7, tzinfo=UTC))
    assert order_of(["06/25/2026", "25/06/2026"], "") == ""
    assert order_of(["03/07/2026"], "") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-29T23:00:00Z", "2026-07-29T05:00:00"),
        ("2027-01-01", "2026-07-29T05:00:00"),
        ("2062-07-29", None),
        ("1970-01-01", None),
        ("2026-07-28", "2026-07-28T00:00:00"),
    ],
)
def test_what_is_there_is_of_now_at_the_latest(text: str, expected: str | None) -> None:
    now = datetime(2026, 7, 29, 5, tzinfo=UTC)
    moment = datetime.fromisoformat(expected).replace(tzinfo=UTC) if expected else None
    assert possible_date(text, "", now) == moment


def test_the_index_of_months_is_what_babel_says() -> None:
    """After an update of Babel: `python scripts/month_names.py`."""
    date_words.words_of("qu")  # what was read before changes nothing
    assert {name: list(codes) for name, codes in date_words._months()} == date_words.months_of_all()


def test_a_foreign_date_loads_its_language_alone() -> None:
    program = (
        "from babel import localedata; from digest_lib.documents.dates import parse_date;"
        "assert parse_date('Venerdì, 3 luglio 2026'); assert parse_date('3 июля 2026', 'ru');"
        "print(len(localedata._cache))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20
