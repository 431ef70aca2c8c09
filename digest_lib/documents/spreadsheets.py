"""CSV as spreadsheets write it, and CSV that spreadsheets read right.

Excel writes a table in the system's encoding (CP950, GBK), in UTF-8 with a mark or, as «Unicode Text», in
UTF-16 with tabs; between cells stands what the system's list separator is; `sep=;` may be the first line;
empty cells at a row's end may be missing. It opens as UTF-8 what has a mark, and executes a cell that begins
as a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

#: A record with the number of its line, or what is wrong with that line.
Line = tuple[int, dict[str, str] | str]

_SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.I)
#: What a spreadsheet would execute: also behind the apostrophe that keeps it from doing so, so that an
#: export's apostrophe can be told from the text's own.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_RETURN, _RETURNS = re.compile(r"\r(?!\n)"), re.compile(r"[^\r\n]*\r(?!\n)")
#: So many lines may stand before the one that names the columns.
_BEFORE_HEADER = 5
_LONGEST_CELL = 100_000_000


def columns_of(text: str, required: Iterable[str]) -> tuple[str, ...]:
    """The columns that the first line names, by the separator that gives most of the `required` ones."""
    return _header(text, frozenset(required))[1]


def read_table(text: str, required: Sequence[str]) -> Iterator[Line]:
    """The rows under the header, as column name -> cell. A row without a cell for one of the `required`
    columns, or with more cells than columns, is its fault in words."""
    csv.field_size_limit(_LONGEST_CELL)  # a full text is longer than the default of 128 kB
    separator, columns, skipped = _header(text, frozenset(required))
    reader = csv.reader(StringIO(_in_lines(text), newline=""), delimiter=separator)
    for _ in range(skipped + 1):
        next(reader, None)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"not CSV ({error})"
            continue
        if any(cell.strip() for cell in cells):
            yield number, _row(cells, columns, required)


def _row(cells: list[str], columns: Sequence[str], required: Sequence[str]) -> dict[str, str] | str:
    given = len(cells)
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    missing = columns[len(cells) :]
    if len(cells) > len(columns) or not set(required).isdisjoint(missing):
        return f"{given} cells for {len(columns)} columns"
    filled = [*map(_unguarded, cells), *("" for _ in missing)]
    # Columns without a name hold somebody's notes.
    return {name: cell for name, cell in zip(columns, filled, strict=True) if name}


def _header(text: str, required: frozenset[str]) -> tuple[str, tuple[str, ...], int]:
    """The separator, the columns, and how many lines stand before the line that names them."""
    lines = _in_lines(text).split("\n", _BEFORE_HEADER + 1)
    told = _SEP_LINE.fullmatch(lines[0].strip(" \r") if "\t" in lines[0] else lines[0].strip())
    found = [_columns(line, told[1] if told else "", required) for line in lines[: _BEFORE_HEADER + 1]]
    # A title or an empty line may stand before the line that names the columns.
    place = next((n for n, (_, columns) in enumerate(found) if required <= {*columns}), int(bool(told)))
    return *found[min(place, len(found) - 1)], place


def _columns(line: str, separator: str, required: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The cells of a line, by the separator that gives most of the required ones."""
    best: tuple[str, tuple[str, ...]] = (",", ())
    for tried in separator or _SEPARATORS:
        try:
            cells = next(csv.reader([line.rstrip("\r")], delimiter=tried), [])
        except csv.Error:  # a row under the header may hold a long text
            continue
        columns = tuple(cell.strip().lower() for cell in cells)
        if not best[1] or len(required & {*columns}) > len(required & {*best[1]}):
            best = tried, columns
    return best


def _in_lines(text: str) -> str:
    """Excel for Mac ends lines by a carriage return alone."""
    return _RETURN.sub("\n", text) if _RETURNS.match(text) else text


def write_table(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """The table as Excel opens it: with the mark of UTF-8, and no cell that acts. `read_table` gives the
    same rows back."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows({name: guarded(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue()


def guarded(cell: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
