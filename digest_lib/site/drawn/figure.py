"""A chart on a page: what it finds, what it shows, the drawing, the same as a table, and the data to take."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from digest_lib.documents.spreadsheets import guarded
from digest_lib.sections.markup import esc, unseen

Cell = str | int | float | None
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Table:
    """The numbers of a chart. Each row begins with what it is about."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def html(self) -> str:
        head = "".join(f'<th scope="col">{esc(name)}</th>' for name in self.heads)
        body = "".join(_row(row) for row in self.rows)
        return (
            f"<table><caption>{esc(self.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )

    def csv(self) -> bytes:
        """For spreadsheets, which know UTF-8 by its mark."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([[_plain(cell) for cell in row] for row in [self.heads, *self.rows]])
        return out.getvalue().encode("utf-8-sig")


@dataclass(frozen=True)
class Figure:
    """A chart in the words of one language: `finding` is its title, `measure` says what is counted, `note`
    what a reader should know; `drawing` is HTML."""

    finding: str
    measure: str
    drawing: str
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Folded:
    """What the foot of a figure is called, and where its data are."""

    table: str
    download: str
    address: str
    #: of what, for those who hear the link without the chart
    of: str
    #: more for the foot, as HTML
    more: str = ""


def inside(figure: Figure, foot: Folded) -> str:
    """What stands inside a `<figure>`."""
    measure = f'<span class="measure">{esc(figure.measure)}</span>' if figure.measure else ""
    note = f'<p class="chart-note">{esc(figure.note)}</p>' if figure.note else ""
    of = unseen(f" – {foot.of}")
    return (
        f'<figcaption><strong class="finding">{esc(figure.finding)}</strong>{measure}</figcaption>'
        f"{figure.drawing}{note}"
        f'<div class="data"><details><summary>{esc(foot.table)}{of}</summary>{figure.table.html()}</details>'
        f'<a class="csv" href="{esc(foot.address)}" download="">{esc(foot.download)}{of}</a>{foot.more}</div>'
    )


def _row(row: Sequence[Cell]) -> str:
    first, *others = row
    cells = "".join(f"<td>{'—' if cell is None else esc(_shown(cell))}</td>" for cell in others)
    name = esc(_shown(first))
    head = f'<time datetime="{name}">{name}</time>' if _DAY.fullmatch(name) else name
    return f'<tr><th scope="row">{head}</th>{cells}</tr>'


def _shown(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _plain(cell: Cell) -> Cell:
    """A cell of the data; text of others is never a formula."""
    return guarded(cell) if isinstance(cell, str) else cell
