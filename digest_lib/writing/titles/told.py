"""What a title says, in Traditional Chinese: its segments told and joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest_lib.writing.titles import clauses, naming, nouns, phrases, verbs  # noqa: F401 - they are the grammar's rules
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.tokens import Token, tokens_of

#: What stands before a title and says nothing of what it tells.
_TAG = re.compile(r"^\s*(?:[\[【(][^\]】)]{1,24}[\]】)]\s*|[^\w\s\"'“‘$\[(.]+\s*)+")
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)\s*$")
_CUT = frozenset([":", "—", "–", "|", ";", "-", "·", "?", "!", "…", "--"])
_HAN = r"\u3001-\u9fff\uff01-\uff5e"
_SHORTEST = 4


def told(title: str, vendor: str = "") -> str | None:
    """The title in Chinese; None where a part of it is not sure. `vendor`: on whose own page it stands."""
    text = _YEAR.sub("", " ".join(_TAG.sub("", title.replace("’", "'")).split())).rstrip(". ")
    tokens = tokens_of(text)
    if not 1 < len(tokens) <= 28:  # noqa: PLR2004
        return None
    whole = _segment(tokens, vendor)
    said = whole or _segments(tokens, vendor)
    return spaced(said) if said and len(re.findall(f"[{_HAN}]", said)) >= _SHORTEST - 1 else None


def _segments(tokens: Sequence[Token], vendor: str) -> str | None:
    """The parts between colons and dashes, each told."""
    parts, _ = _split(tokens)
    if len(parts) < 2:  # noqa: PLR2004
        return None
    said = [_segment(part, vendor, inner=True) for part in parts]
    if all(said):
        joined = "：".join(s.strip() for s in said if s)
        return re.sub("：(?=.*：)", "：", joined)
    return None


def _split(tokens: Sequence[Token]) -> tuple[list[Sequence[Token]], list[str]]:
    cuts = [i for i, t in enumerate(tokens) if t.kind == "mark" and t.text in _CUT]
    parts = [tokens[a + 1 : b] for a, b in pairwise([-1, *cuts, len(tokens)])]
    return [p for p in parts if p], [tokens[i].text for i in cuts]


def _segment(tokens: Sequence[Token], vendor: str, *, inner: bool = False) -> str | None:
    """One segment, where the grammar covers all of it; None where two readings differ in what is done."""
    reading = Reading(tokens, vendor)
    asks = bool(tokens) and tokens[-1].text == "?"
    end = len(tokens) - asks
    best = max(_readings(reading, end, asks, inner), key=lambda p: p[0].score, default=None)
    return best[1] if best else None


def _readings(reading: Reading, end: int, asks: bool, inner: bool) -> Iterator[tuple[Part, str]]:
    def whole(name: str, at: int = 0, how: str = "") -> Iterator[Part]:
        return (p for p in reading.parts(name, at, how) if p.end == end)

    if asks:
        yield from ((p, f"探討{p.zh}") for p in whole("whether"))
        yield from ((p, f"探討{p.zh}") for p in whole("how"))
        return
    for part in whole("clause"):
        yield part, part.zh
    for part in whole("how"):
        yield part, ("教學：" if part.has("howto") and not inner else "") + part.zh
    for opening in ("introducing", "announcing", "meet", "meet the new"):
        for at in reading.any_of(0, opening):
            yield from (
                (p, f"{reading.vendor} 推出 {p.zh}" if reading.vendor else f"推出 {p.zh}")
                for p in whole("np", at)
                if not p.has("h")
            )
    for at in reading.any_of(0, "quoting"):
        yield from ((p, f"引述 {p.zh} 的說法") for p in whole("np", at))
    for part in whole("vp", 0, "ing"):
        yield part.but(end, part.zh, score=-1), part.zh if inner else f"{_who(reading)}談{part.zh}"
    for part in whole("np"):
        if not part.has("deed"):
            yield part.but(end, part.zh, score=-2), part.zh if inner else f"{_who(reading)}談 {part.zh}"
    for part in whole("vp", 0, "base"):
        yield part.but(end, part.zh, score=-3), part.zh if inner else f"{_who(reading)}談如何{part.zh}"


def _who(reading: Reading) -> str:
    return f"{reading.vendor} " if reading.vendor else ""


def spaced(text: str) -> str:
    """Spaces between Chinese and Latin, and nowhere else beside Chinese."""
    text = re.sub(r" +", " ", text)
    text = re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}])", "", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])", " ", text)
    text = re.sub(r" (?=[，、：。」])|(?<=[，、：。「]) ", "", text)
    return text.strip()
