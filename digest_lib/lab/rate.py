"""Blind rating: two digests without their names, a preference and a reason, kept as data.

In JupyterLab it is a widget that the keyboard works (Tab, arrows, Space); where there are no widgets, the two
digests are shown and `rate(...)` takes the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random
from typing import Any, Literal

from digest_lib import settings
from digest_lib.errors import UserError
from digest_lib.files import digest_of, read_json, write_json
from digest_lib.lab.keep import Result
from digest_lib.sections.characters import calm
from digest_lib.sections.facts import Facts

Choice = Literal["A", "B", "same"]
_CHOICES: tuple[Choice, ...] = ("A", "B", "same")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two results of a family's day, in an order that nobody can tell the variants by."""

    a: Result
    b: Result

    @property
    def key(self) -> str:
        """The same for the same two digests, whoever rates them and in whatever order: a run that is made
        anew and comes out the same keeps its ratings."""
        return digest_of(*sorted(f"{r.name} {r.facts.digest.model_dump_json()}" for r in (self.a, self.b)))


def pairs(results: Sequence[Result], one: str, other: str, rater: str) -> list[Pair]:
    """The pairs of two variants, in an order of the rater's own. Those who wrote the same are left out."""
    by = {(r.variant, r.family, r.date, r.seed): r for r in results}
    found = []
    for (variant, *rest), left in sorted(by.items(), key=lambda item: item[1].name):
        right = by.get((other, *rest))  # type: ignore[arg-type]
        if variant != one or right is None or left.facts.digest == right.facts.digest:
            continue
        chance = Random(digest_of(rater, left.name, right.name))  # noqa: S311 - an order, no secret
        found.append(Pair(left, right) if chance.random() < 0.5 else Pair(right, left))  # noqa: PLR2004
    return sorted(found, key=lambda pair: digest_of(rater, pair.key))


def open_rating(folder: Path, results: Sequence[Result], one: str, other: str, rater: str) -> Rating:
    """The pairs of two variants for a rater. Raises `UserError` where there is nothing to tell apart."""
    there = list(dict.fromkeys(result.variant for result in results))
    if lost := next((name for name in (one, other) if name not in there), None):
        raise UserError(f"no run of a variant «{lost}» is kept; there are: {', '.join(there) or 'none'}")
    found = pairs(results, one, other, rater)
    if not found:
        raise UserError(f"«{one}» and «{other}» have no digests of a day that differ")
    return Rating(folder, rater, found)


@dataclass
class Rating:
    """Pairs to be rated, one after the other; what was rated is passed over when it is opened again."""

    folder: Path
    rater: str
    pairs: list[Pair]

    def waiting(self) -> list[Pair]:
        """The pairs that this rater has not rated yet."""
        return [pair for pair in self.pairs if not self._path(pair).is_file()]

    def rate(self, choice: Choice, reason: str = "") -> str:
        """Keeps the rating of the pair that is shown; says how many are left."""
        if choice not in _CHOICES:
            raise UserError(f"«{choice}» is no answer; there are: {', '.join(_CHOICES)}")
        left = self.waiting()
        if not left:
            return "every pair is rated"
        pair = left[0]
        better = {"A": pair.a.variant, "B": pair.b.variant, "same": ""}[choice]
        write_json(self._path(pair), {
            "pair": pair.key, "rater": self.rater, "time": settings.now().isoformat(),
            "family": pair.a.family, "day": pair.a.date, "better": better, "reason": reason.strip(),
            "variants": sorted((pair.a.variant, pair.b.variant)),
        })  # fmt: skip
        return f"{len(left) - 1} of {len(self.pairs)} pairs are left"

    def _path(self, pair: Pair) -> Path:
        return self.folder / "ratings" / f"{pair.key}-{digest_of(self.rater)}.json"

    def html(self) -> str:
        """The pair that is next, without names."""
        left = self.waiting()
        if not left:
            return "<p>every pair is rated</p>"
        pair = left[0]
        style = "width:50%;text-align:left;vertical-align:top"
        cells = "".join(
            f'<td style="{style}"><h3>{name}</h3>{digest_html(r.facts)}</td>'
            for name, r in (("A", pair.a), ("B", pair.b))
        )
        done = len(self.pairs) - len(left)
        return (
            f"<p>{escape(pair.a.family)} {escape(pair.a.date)}; {done} of {len(self.pairs)} rated</p>"
            f'<table style="width:100%;table-layout:fixed"><tbody><tr>{cells}</tr></tbody></table>'
        )

    def __repr__(self) -> str:
        return (
            f"{len(self.waiting())} of {len(self.pairs)} pairs wait for {self.rater}: rating.rate('A', 'why')"
        )

    def _repr_html_(self) -> str:
        return f"{self.html()}<pre>{escape(repr(self))}</pre>"

    def _ipython_display_(self) -> None:
        # The pair is an output of its own: where widgets are not drawn (nbviewer, papermill) it stands there
        # with the call that rates it, and only the buttons are missing.
        from IPython import display

        show: Callable[..., Any] = display.display
        shown = show(self._bundle(), raw=True, display_id=True)
        try:
            box = widget(self)
        except ImportError:
            return

        def follow(_: object) -> None:
            if shown is not None:
                shown.update(self._bundle(), raw=True)

        box.children[-1].observe(follow, "value")
        show(box)

    def _bundle(self) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def digest_html(facts: Facts) -> str:
    """A digest as a rater reads it: headline, summary, stories, key points; no word of who wrote it."""
    digest = facts.digest
    parts = [f"<p><b>{escape(digest.headline)}</b></p>"]
    parts += [f"<p>{escape(''.join(s.text for s in digest.summary))}</p>"] if digest.summary else []
    for story in digest.stories:
        text = "".join(s.text for s in [*story.sentences, *story.why_it_matters])
        parts.append(f"<h4>{escape(story.headline)}</h4><p>{escape(text)}</p>")
    points = "".join(f"<li>{escape(s.text)}</li>" for s in digest.key_points)
    return "".join(parts) + (f"<ul>{points}</ul>" if points else "")


def pair_text(pair: Pair) -> str:
    """A pair for a terminal, without names."""
    parts = [f"{pair.a.family} {pair.a.date}"]
    for name, result in (("A", pair.a), ("B", pair.b)):
        digest = result.facts.digest
        parts.append(f"── {name} ──\n{digest.headline}\n{''.join(s.text for s in digest.summary)}")
        for story in digest.stories:
            text = "".join(s.text for s in [*story.sentences, *story.why_it_matters])
            parts.append(f"■ {story.headline}\n{text}")
        parts += [f"・{s.text}" for s in digest.key_points]
    return "\n\n".join(map(calm, parts))


def widget(rating: Rating) -> Any:
    """What rates the pair that is shown: three buttons and a line for the reason, all reached with Tab."""
    import ipywidgets

    reason = ipywidgets.Text(placeholder="why (optional)", description="reason", layout={"width": "40em"})
    said = ipywidgets.Label("")
    buttons = [
        ipywidgets.Button(description=text, tooltip=tip)
        for text, tip in (("A is better", "A"), ("B is better", "B"), ("the same", "same"))
    ]

    def on_click(button: Any) -> None:
        said.value = rating.rate(button.tooltip, reason.value)
        reason.value = ""

    for button in buttons:
        button.on_click(on_click)
    return ipywidgets.VBox([reason, ipywidgets.HBox(buttons), said])


def ratings(folder: Path) -> list[dict[str, Any]]:
    """Every rating of an experiment's folder."""
    found = []
    for path in sorted((folder / "ratings").glob("*.json")):
        try:
            found.append(read_json(path))
        except (OSError, ValueError):
            continue
    return found


def preferred(told: Sequence[dict[str, Any]]) -> dict[str, tuple[float, int]]:
    """Of each variant: in what share of its ratings it was the better one (a tie is half), of how many."""
    votes: dict[str, list[float]] = {}
    for one in told:
        for variant in one["variants"]:
            vote = float(one["better"] == variant) if one["better"] else 0.5
            votes.setdefault(variant, []).append(vote)
    return {variant: (sum(some) / len(some), len(some)) for variant, some in sorted(votes.items())}


def agreement(told: Sequence[dict[str, Any]]) -> tuple[float, int] | None:
    """In what share of the pairs that two people rated they say the same, and of how many; None of none."""
    by_pair: dict[str, dict[str, str]] = {}
    for one in told:
        by_pair.setdefault(one["pair"], {})[one["rater"]] = one["better"]
    same = [
        answers[a] == answers[b]
        for answers in by_pair.values()
        for n, a in enumerate(sorted(answers)) for b in sorted(answers)[n + 1 :]
    ]  # fmt: skip
    return (sum(same) / len(same), len(same)) if same else None
