"""Measures what the site's method page says, and keeps it in `digest_lib/site/measured.toml`.

    digest sample /tmp/sample && DIGEST_RECORDED=/path python bench/measured.py /tmp/sample/_site
    python bench/measured.py SITE --only search      # the others stay as they are kept

What another program prints is read by a pattern; one that no longer fits is an error, not a figure that
stays.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from digest_lib.files import write_atomic
from digest_lib.settings import now

HERE = Path(__file__).parent
KEPT = HERE.parent / "digest_lib" / "site" / "measured.toml"


class Wanted(NamedTuple):
    """A figure: what it is of, and where it stands in what a program of `bench/` prints. The pattern's groups
    are `right` (a sum of several), `of` (else the sum of all groups), or `share` of `of` in per cent, or what
    of it is not right (`withheld`)."""

    what: str
    unit: str
    held_out: bool
    script: str
    pattern: str


_QUOTED: Final = r"^{} +held-out +right (?P<right>\d+) +withheld (?P<{}>\d+) +other (?P<rest2>\d+)"
_LEADS: Final = r"^second-reading, days held out\n.*\n +as ranked +lead right (?P<right>\d+) of (?P<of>\d+)"
_CAUGHT: Final = r"^  {} +(?P<share>[\d.]+)% of +(?P<of>\d+)"
_REWORDED: Final = r"^freely reworded.*\n(?:  .*\n)*?  held-out, all +(?P<withheld>[\d.]+)% of +(?P<of>\d+)"
WANTED: Final = (
    Wanted("每天的頭條，和讀過全部報導的人選的一樣", "天", True, "leads.py", _LEADS),
    Wanted("抄自原文的句子照登", "句", False, "checking.py",
           r"^ +faithful ones withheld .*?(?P<withheld>[\d.]+)% of +(?P<of>\d+)"),
    Wanted("換句話說而沒說錯的句子照登", "句", True, "checking.py", _REWORDED),
    Wanted("改掉數字的句子擋下", "句", False, "checking.py", _CAUGHT.format("number")),
    Wanted("改掉日期的句子擋下", "句", False, "checking.py", _CAUGHT.format("date")),
    Wanted("換掉人名、公司或產品的句子擋下", "句", False, "checking.py",
           _CAUGHT.format("name: of the glossary")),
    Wanted("添上來源裡沒有的人的句子擋下", "句", True, "people.py",
           r"^heldout, in all +caught +(?P<right>\d+) of +(?P<of>\d+)"),
    Wanted("肯定改成否定（或相反）的句子擋下", "句", False, "checking.py", _CAUGHT.format("negation")),
    Wanted("兩個名字對調的句子擋下", "句", False, "checking.py", _CAUGHT.format("two names swapped")),
    Wanted("改錯的引文沒有刊出，或改回原文", "句", True, "quotations.py",
           _QUOTED.format("quotations, wrong", "right2")),
    Wanted("正確的引文照登", "句", True, "quotations.py", _QUOTED.format("quotations, good", "rest1")),
    Wanted("搜尋：第一個結果就是要找的", "題", True, "search.py",
           r"^held +all +(?P<of>\d+) +(?P<share>\d+)% +\d+%"),
    Wanted("搜尋：前五個結果裡有", "題", True, "search.py",
           r"^held +all +(?P<of>\d+) +\d+% +(?P<share>\d+)%"),
)  # fmt: skip


def figure(wanted: Wanted, printed: str) -> tuple[int, int]:
    """How many are right, of how many. Raises `LookupError` where that is not printed."""
    found = re.search(wanted.pattern, printed, re.MULTILINE)
    if found is None:
        raise LookupError(f"bench/{wanted.script} no longer prints «{wanted.what}»")
    groups = {name: float(value) for name, value in found.groupdict().items()}
    of = round(groups.get("of") or sum(groups.values()))
    if "share" in groups:
        return round(groups["share"] * of / 100), of
    if "withheld" in groups:
        return of - round(groups["withheld"] * of / 100), of
    return round(sum(n for name, n in groups.items() if name.startswith("right"))), of


def measured(site: Path, scripts: set[str]) -> Iterator[tuple[Wanted, int, int]]:
    """Every figure of these programs, measured now."""
    printed: dict[str, str] = {}
    for wanted in WANTED:
        if wanted.script not in scripts:
            continue
        if wanted.script not in printed:
            line = [
                sys.executable,
                str(HERE / wanted.script),
                *([str(site)] if wanted.script == "search.py" else []),
            ]
            printed[wanted.script] = subprocess.run(line, capture_output=True, text=True, check=False).stdout
        yield wanted, *figure(wanted, printed[wanted.script])


def _kept() -> dict[str, dict[str, Any]]:
    return (
        {row["what"]: row for row in tomllib.loads(KEPT.read_text("utf-8"))["figure"]}
        if KEPT.exists()
        else {}
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--only", action="append", help="programs, without .py")
    given = parser.parse_args()
    scripts = {wanted.script for wanted in WANTED}
    rows, today = _kept(), now().date()
    for wanted, right, of in measured(
        given.site, {f"{name}.py" for name in given.only} if given.only else scripts
    ):
        rows[wanted.what] = {**wanted._asdict(), "right": right, "of": of, "on": today}
        print(f"{right}/{of}  {wanted.what}")
    write_atomic(KEPT, "".join(_written(rows[one.what], one) for one in WANTED if one.what in rows))


def _written(row: dict[str, Any], wanted: Wanted) -> str:
    return (
        f'[[figure]]\nwhat = "{wanted.what}"\nright = {row["right"]}\nof = {row["of"]}\n'
        f'unit = "{wanted.unit}"\nheld_out = {str(wanted.held_out).lower()}\n'
        f'script = "bench/{wanted.script}"\non = {row["on"]}\n\n'
    )


if __name__ == "__main__":
    main()
