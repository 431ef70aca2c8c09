"""At the desk: a digest beside the one that was published of its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from digest_lib.cells import DESK_ONLY
from digest_lib.lab.diff import Change, What, diff
from digest_lib.publishing.post import facts_on_disk
from digest_lib.sections.fact_finding import facts_of
from digest_lib.sections.facts import Facts
from digest_lib.settings import Home
from digest_lib.text.differences import marked
from digest_lib.writing.desk import place_name

if TYPE_CHECKING:
    import pandas as pd

_WHAT: dict[What, str] = {
    "now withheld": "現在撤下", "gone": "不見了", "reworded": "改寫", "now supported": "現在保留",
    "added": "新增", "same": "相同",
}  # fmt: skip
_SIGN: dict[What, str] = {
    "now withheld": "✗", "gone": "−", "reworded": "~", "now supported": "✓", "added": "+", "same": "=",
}  # fmt: skip
_CELL = "text-align:left;vertical-align:top;overflow-wrap:anywhere"
_SHORT = "text-align:left;vertical-align:top;white-space:nowrap"
# Underlined and struck through, so that it is read without colour, in a dark look and a light one.
_DEL = "text-decoration:line-through;opacity:.75"
_INS = "text-decoration:underline;font-weight:600"


class _Timed(Protocol):
    """A request, as a digest has it or as a run kept it."""

    @property
    def seconds(self) -> float: ...


def compare(digest: Any, *, home: Home | None = None) -> Comparison:
    """The digest (what `revise` returned) beside the last one that was published of its family and day."""
    return beside(home or Home.find(), facts_of(digest), digest.requests)


def beside(home: Home, new: Facts, requests: Iterable[_Timed]) -> Comparison:
    """The facts of a digest that `requests` were made for, beside those of the published post of its day."""
    old = facts_on_disk(home.posts / f"{new.date}-{new.family}")
    seconds = sum(request.seconds for request in requests)
    return Comparison(old, new, tuple(diff(old, new)) if old else (), round(seconds, 1))


@dataclass(frozen=True)
class Comparison:
    """Two digests of a day, for a cell: counts, then every sentence that is not the same."""

    old: Facts | None
    new: Facts
    changes: tuple[Change, ...]
    seconds: float = 0.0

    @property
    def frame(self) -> pd.DataFrame:
        """One row a sentence, those that are the same too."""
        import pandas as pd

        rows = [
            {"place": c.place, "what": c.what, "before": c.before, "after": c.after, "why": "; ".join(c.why)}
            for c in self.changes
        ]
        return pd.DataFrame(rows, columns=["place", "what", "before", "after", "why"])

    @property
    def counts(self) -> dict[What, int]:
        """How many sentences are what."""
        counted = Counter(change.what for change in self.changes)
        return {what: counted[what] for what in _WHAT if counted[what]}

    def _headings(self) -> list[str]:
        """What stands above the sentences: how many are what, and what both took."""
        if self.old is None:
            return [f"{self.new.date} 還沒有刊出 {self.new.name} 的文章，沒有可以對照的。"]
        if all(change.what == "same" for change in self.changes):
            return [f"和已刊出的 {self.old.date} 那一篇一字不差。", _took(self.old, self.new, self.seconds)]
        counted = "、".join(f"{_WHAT[what]} {n} 句" for what, n in self.counts.items())
        return [
            f"和已刊出的 {self.old.date} 那一篇相比：{counted}。",
            _took(self.old, self.new, self.seconds),
        ]

    def __repr__(self) -> str:
        lines = self._headings()
        for change in self._shown():
            lines.append(f"{_SIGN[change.what]} {self._place(change)}")
            lines += [f"    − {change.before}"] if change.before else []
            lines += [f"    + {change.after}"] if change.after else []
            lines += [f"    ({'；'.join(change.why)})"] if change.why else []
        return "\n".join(lines)

    def _shown(self) -> Sequence[Change]:
        return [change for change in self.changes if change.what != "same"]

    def _place(self, change: Change) -> str:
        """Where it stands, by the numbers of the new digest's stories, or else by those of the old one's."""
        return place_name(change.place, *(one.digest for one in (self.new, self.old) if one))

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        # What is published tells nobody how it compares to itself.
        return {"text/html": self.html(), "text/plain": repr(self), DESK_ONLY: {}}

    def html(self) -> str:
        """The comparison as a cell shows it."""
        said = "".join(f"<p>{escape(line)}</p>" for line in self._headings())
        rows = "".join(self._row(change) for change in self._shown())
        if not rows:
            return said
        columns = ("位置", "變化", "已刊出", "現在")
        head = "".join(f'<th scope="col" style="{_SHORT}">{name}</th>' for name in columns)
        return (
            f'{said}<table style="margin-left:0;table-layout:auto"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _row(self, change: Change) -> str:
        before, after = _both(change)
        why = f"<br/><small>{escape('；'.join(change.why))}</small>" if change.why else ""
        where = escape(self._place(change))
        what = f"{_SIGN[change.what]} {_WHAT[change.what]}"
        cells = ((_SHORT, where), (_SHORT, what), (_CELL, before), (_CELL, after + why))
        return "<tr>" + "".join(f'<td style="{style}">{text}</td>' for style, text in cells) + "</tr>"


def _both(change: Change) -> tuple[str, str]:
    """The texts before and after as HTML, with what differs marked where both have one."""
    if not (change.before and change.after):
        return escape(change.before) or "—", escape(change.after) or "—"
    left, right = marked(change.before, change.after)
    after = _pieces(right, "ins", _INS)
    # What is withheld stands nowhere.
    return _pieces(left, "del", _DEL), f"<s>{after}</s>" if change.what == "now withheld" else after


def _pieces(pieces: Sequence[tuple[str, bool]], tag: str, style: str) -> str:
    return "".join(
        escape(text) if same else f'<{tag} style="{style}">{escape(text)}</{tag}>' for text, same in pieces
    )


def _took(old: Facts, new: Facts, seconds: float) -> str:
    """Verdicts, tokens, cost and time of both, in a line."""

    def one(facts: Facts) -> str:
        cost = "費用不明" if facts.usage.cost_usd is None else f"${facts.usage.cost_usd:.4f}"
        checked = facts.checked
        return (
            f"{facts.writer.llm}：保留 {checked.get('supported', 0)}、修正 {checked.get('repaired', 0)}、"
            f"撤下 {checked.get('withheld', 0)}；"
            f"{facts.usage.input_tokens:,} + {facts.usage.output_tokens:,} tokens，{cost}"
        )

    took = f"；llm 答了 {seconds} 秒" if seconds else ""
    return f"已刊出 {one(old)}。現在 {one(new)}{took}。"
