"""A finished chart: its image, and the same facts for those who do not see it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from digest_lib.charts.words import Words


@dataclass(frozen=True)
class Chart:
    """A PNG of `width` × `height` pixels with what it says in words (`alt`, `caption`) and numbers
    (`table`, whose caption is `title`).

    In a notebook it shows as a `<figure>` with exactly one `<img data-name="NAME">`, whose `src` is a
    data: URI until publishing moves it into a file beside the post. No scripts, no inline styles;
    every text is escaped.
    """

    name: str
    png: bytes = field(repr=False)
    alt: str
    caption: str
    table: pd.DataFrame = field(repr=False, compare=False)
    width: int
    height: int
    title: str = ""
    language: str = "zh-TW"

    def _repr_html_(self) -> str:
        name = escape(self.name)
        # The site around it is in Traditional Chinese.
        spoken = "" if self.language == "zh-TW" else f' lang="{escape(self.language)}"'
        source = base64.b64encode(self.png).decode("ascii")
        return (
            f'<figure class="chart" id="chart-{name}"{spoken}>'
            f'<img data-name="{name}" src="data:image/png;base64,{source}" '
            f'alt="{escape(self.alt)}" width="{self.width}" height="{self.height}" loading="lazy">'
            f"<figcaption>{escape(self.caption)}</figcaption>"
            f"<details><summary>{escape(Words.of(self.language)('data table'))}</summary>"
            f"{_table(self.table, self.title)}</details></figure>"
        )

    def __str__(self) -> str:
        return self.alt


def _table(frame: pd.DataFrame, title: str) -> str:
    """The frame as an accessible table: a header per column, and each row headed by its index."""
    heads = [frame.index.name or "", *frame.columns]
    head = "".join(f'<th scope="col">{escape(str(h))}</th>' for h in heads)
    body = "".join(_row(key, row) for key, *row in frame.itertuples(name=None))
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(key: object, values: list[Any]) -> str:
    cells = "".join(f"<td>{'—' if pd.isna(v) else escape(str(v))}</td>" for v in values)
    return f'<tr><th scope="row">{escape(str(key))}</th>{cells}</tr>'
