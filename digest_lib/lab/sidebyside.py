"""What variants wrote of the same thing, side by side, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from digest_lib.errors import UserError
from digest_lib.writing.desk import place_name

if TYPE_CHECKING:
    import pandas as pd

_SIGN = {"withheld": "✗", "repaired": "~", "supported": "✓"}
_WORST = {"withheld": 3, "repaired": 1, "supported": 0}
_CELL = "text-align:left;vertical-align:top;min-width:14em;overflow-wrap:anywhere"
_SHORT = "text-align:left;vertical-align:top;white-space:nowrap"


@dataclass(frozen=True)
class SideBySide:
    """A row a family's day and place, a column a variant; each sentence with ✓, ~ (repaired) or ✗ (withheld)
    and why."""

    variants: tuple[str, ...]
    rows: list[tuple[str, dict[str, list[Any]]]] = field(repr=False)
    left: int = 0

    def __repr__(self) -> str:
        lines = []
        for where, texts in self.rows:
            lines.append(where)
            for variant in self.variants:
                lines += [
                    f"  {variant}: {_SIGN[t.status]} {t.written}{_why(t)}" for t in texts.get(variant, ())
                ]
        return "\n".join(lines) or "nothing of this kind was written"

    def _repr_html_(self) -> str:
        if not self.rows:
            return "<p>nothing of this kind was written</p>"
        head = "".join(f'<th scope="col" style="{_SHORT}">{escape(t)}</th>' for t in ("", *self.variants))
        body = "".join(self._row(where, texts) for where, texts in self.rows)
        more = f"<p>{self.left:,} more; choose a family, a day or a word, or `most=`</p>" if self.left else ""
        return (
            f'<table style="margin-left:0"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}'
        )

    def _row(self, where: str, texts: dict[str, list[Any]]) -> str:
        cells = "".join(
            f'<td style="{_CELL}">' + "<br/>".join(map(_shown, texts.get(v, ()))) + "</td>"
            for v in self.variants
        )
        return f'<tr><th scope="row" style="{_SHORT}">{escape(where)}</th>{cells}</tr>'


def side_by_side(
    sentences: pd.DataFrame, *, family: str, day: str, contains: str, variants: Sequence[str], most: int
) -> SideBySide:
    """The sentences by family, day, seed and place: those of which most fell come first."""
    unknown = [v for v in variants if v not in set(sentences["variant"])]
    if unknown and len(unknown) == len(variants):
        raise UserError(
            f"no variant «{unknown[0]}»; there are: {', '.join(dict.fromkeys(sentences['variant']))}"
        )
    groups: dict[tuple[str, str, int, str], dict[str, list[Any]]] = {}
    for row in sentences.sort_index().itertuples():
        if row.variant in variants and family in ("", row.family) and day in ("", row.day):
            key = (str(row.day), str(row.family), int(row.seed), _section(str(row.place)))  # type: ignore[arg-type]
            groups.setdefault(key, {}).setdefault(str(row.variant), []).append(row)
    if contains:
        groups = {
            k: g
            for k, g in groups.items()
            if any(contains in f"{t.written}{t.reasons}" for ts in g.values() for t in ts)
        }
    ranked = sorted(groups.items(), key=lambda item: (-_badness(item[1]), item[0]))
    rows = [(_where(key), texts) for key, texts in ranked[:most]]
    return SideBySide(tuple(variants), rows, max(0, len(ranked) - most))


def _section(place: str) -> str:
    """A story's headline, sentences and meaning stand together."""
    return place.partition("].")[0] + "]" if place.startswith("stories[") else place


def _badness(texts: dict[str, list[Any]]) -> int:
    return sum(_WORST[t.status] for some in texts.values() for t in some)


def _where(key: tuple[str, str, int, str]) -> str:
    day, family, seed, place = key
    name = f"新聞 {place[8:16]}" if place.startswith("stories[") else place_name(place)
    return f"{day} {family}{f' s{seed}' if seed else ''} {name}"


def _why(text: Any) -> str:
    return f"（{text.reasons}）" if text.reasons else ""


def _shown(text: Any) -> str:
    why = f" <small>{escape(_why(text))}</small>" if text.reasons else ""
    return f"{_SIGN[text.status]} {escape(text.written)}{why}"
