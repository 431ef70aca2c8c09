"""The page with what was measured: all figures that are kept, each by a program that there is."""

import re
from datetime import date
from pathlib import Path

import pytest

from digest_lib.publishing import dom
from digest_lib.site.measured import Measured, measured, method_page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def bench_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """In these tests only: `bench/stories.py` would stand for the folder of tests of that name."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))


def test_every_figure_is_of_a_program_that_there_is() -> None:
    import measured as bench

    assert [one.what for one in measured()] == [wanted.what for wanted in bench.WANTED]
    for one in measured():
        assert (ROOT / one.script).is_file() and 0 < one.right <= one.of, one


def test_the_page_says_what_how_well_on_how_much_and_when() -> None:
    figures = [
        Measured("頭條", 11, 13, "天", True, "bench/leads.py", date(2026, 7, 28)),
        Measured("數字", 1498, 1500, "句", False, "bench/x.py", date(2026, 7, 28)),
        Measured("引文 <b>", 2000, 2000, "句", False, "bench/x.py", date(2026, 7, 29)),
    ]
    page = method_page(figures)
    tree = dom.part(page.html)
    assert page.path == "method.qmd" and "2026 年 7 月 29 日（三）" in tree.css_first(".lede").text()
    rows = [[cell.text() for cell in row.css("th, td")] for row in tree.css("tbody tr")]
    assert rows == [
        ["頭條bench/leads.py", "85% 11／13 天，保留集"],
        ["數字bench/x.py", "99.9% 1,498／1,500 句，看過的題目"],
        ["引文 <b>bench/x.py", "100% 2,000／2,000 句，看過的題目"],
    ]


@pytest.mark.parametrize(
    ("script", "printed", "expected"),
    [
        ("search.py", "dev   all   60  99% 99%\nheld  all        66     97%     98%\n",
         [(64, 66), (65, 66)]),
        ("leads.py",
         "second-reading, days held out\n  voices alone   lead right 8 of 13; x\n"
         "  as ranked      lead right 11 of 13; x\n", [(11, 13)]),
        ("people.py", "dev, in all       caught  767 of  774\nheldout, in all       caught  815 of  834\n",
         [(815, 834)]),
        ("quotations.py",
         "quotations, wrong    held-out  right 20  withheld 2  other 1\n"
         "quotations, good     held-out  right 20  withheld 3  other 0\n", [(22, 23), (20, 23)]),
    ],
)  # fmt: skip
def test_a_figure_is_read_from_what_a_program_prints(
    script: str, printed: str, expected: list[tuple[int, int]]
) -> None:
    import measured as bench

    wanted = [one for one in bench.WANTED if one.script == script]
    assert [bench.figure(one, printed) for one in wanted] == expected
    for one in wanted:
        assert re.compile(one.pattern)
        with pytest.raises(LookupError, match=one.what):
            bench.figure(one, "nothing of the kind")
