"""The page that says how well the newsroom does its work: what `bench/` measured, when, on how much.

The figures are kept in `measured.toml`, which `bench/measured.py` writes: no figure is written by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.site.page import Page

PATH: Final = "method.qmd"
_KEPT: Final = "measured.toml"
#: Of so many, a tenth of a per cent tells something.
_MANY: Final = 200


@dataclass(frozen=True)
class Measured:
    """What was measured: `right` of `of` (`unit`), by which program of `bench/`, on which day. `held_out` is
    whether nobody had looked at the cases when the rules were written."""

    what: str
    right: int
    of: int
    unit: str
    held_out: bool
    script: str
    on: date


@cache
def measured() -> tuple[Measured, ...]:
    """All figures that are kept, in their order."""
    kept = tomllib.loads(files(__package__).joinpath(_KEPT).read_text("utf-8"))
    return tuple(Measured(**row) for row in kept["figure"])


def method_page(figures: Sequence[Measured]) -> Page:
    """The page `method.html`."""
    last = max(figure.on for figure in figures)
    rows = "".join(_row(figure) for figure in figures)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("量什麼", "結果"))
    html = (
        f'<p class="lede">這些數字由程式庫裡的量測程式算出，最近一次是 {day_text(last)}；'
        "不是手寫的。</p>"
        "<p>「保留集」是寫規則時沒有看過的題目，比看過的題目更接近實際表現。"
        '規則本身寫在<a href="about.html">製作方式</a>，每天的狀況在<a href="status.html">運作狀況</a>，'
        '每天撤下多少句在<a href="trends.html">趨勢</a>。</p>'
        f'<table class="measured"><caption>量測結果</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    return Page(PATH, "量測", "本站的整理、查核與搜尋有多準：量測結果", html, "method")


def _row(figure: Measured) -> str:
    digits = 1 if figure.of >= _MANY and figure.right < figure.of else 0
    share = f"{100 * figure.right / figure.of:.{digits}f}%" if figure.of else "—"
    which = "保留集" if figure.held_out else "看過的題目"
    return (
        f'<tr><th scope="row">{esc(figure.what)}<small>{esc(figure.script)}</small></th>'
        f"<td>{share} <small>{figure.right:,}／{figure.of:,} {esc(figure.unit)}，{which}</small></td></tr>"
    )
