"""Tables for a notebook's desk: short, left-aligned, readable in JupyterLab's light and dark looks.

Only text and numbers go in, and all of it is escaped. No colours are set, so that those of the notebook
hold; alignment is set on each cell, since JupyterLab aligns every cell to the right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from digest_lib.language_names import language_name

#: Rows that a table shows; all of them are in `frame`.
MOST = 15
#: What stands where there is nothing: a gap, not a zero.
GAP = "—"

_LANGUAGES = {"zh-Hant": "繁中", "zh-Hans": "簡中", "en": "英文", "ja": "日文", "ko": "韓文", "und": "未知"}
_CELL = "text-align:left;vertical-align:top"
# Chinese may break after any character, which would tear short cells apart in a narrow column.
_SHORT, _WHOLE, _LONG = 12, f"{_CELL};white-space:nowrap", f"{_CELL};overflow-wrap:anywhere"
_TABLE = "margin-left:0;table-layout:auto"


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a page; only as its text where `url` is not of the web."""

    text: str
    url: str

    def html(self) -> str:
        text = escape(self.text)
        if not self.url.lower().startswith(("http://", "https://")):
            return text
        return f'<a href="{escape(self.url)}" target="_blank" rel="noopener">{text}</a>'


#: Several links stand below each other.
Cell = Link | tuple[Link, ...] | str | int | None


def table(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, unit: str = "列", most: int = MOST,
    last: bool = False,
) -> str:  # fmt: skip
    """The first `most` rows (the last ones with `last`) as HTML, with a line that says so where there are
    more; `unit` is what a row is (篇, 則, 句, 天).

    A number is grouped by thousands; None and empty text show as «—»; a column without any value is left
    out.
    """
    shown = rows[-most:] if last else rows[:most]
    kept = [i for i in range(len(columns)) if any(row[i] not in (None, "", ()) for row in rows)]
    head = "".join(f'<th scope="col" style="{_WHOLE}">{escape(columns[i])}</th>' for i in kept)
    body = "".join("<tr>" + "".join(_cell(row[i]) for i in kept) + "</tr>" for row in shown)
    where = "最後" if last else "前"
    more = f"共 {len(rows):,} {unit}，顯示{where} {most}；全部在 .frame" if len(rows) > most else ""
    note = f"<p>{escape(more)}</p>" if more else ""
    if not shown:
        return note
    return f'{note}<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def line(text: str) -> str:
    """A line above a table, escaped."""
    return f"<p>{escape(text)}</p>"


def language(code: str) -> str:
    """The short Chinese name of an article's language; a code that has none is its own name."""
    if not code or code in _LANGUAGES:
        return _LANGUAGES[code or "und"]
    return language_name(code, "zh-TW") or code


def counted(codes: Iterable[str]) -> str:
    """How many articles each language has, most first: `繁中 8、英文 3`."""
    ranked = sorted(Counter(map(language, codes)).items(), key=lambda pair: (-pair[1], pair[0]))
    return "、".join(f"{name} {n:,}" for name, n in ranked)


def _cell(value: Cell) -> str:
    if isinstance(value, Link | tuple):
        links = (value,) if isinstance(value, Link) else value
        shown = "<br/>".join(link.html() for link in links) or GAP
        return f'<td style="{_LONG}">{shown}</td>'
    shown = f"{value:,}" if isinstance(value, int) else value or GAP
    return f'<td style="{_WHOLE if len(shown) <= _SHORT else _LONG}">{escape(shown)}</td>'
