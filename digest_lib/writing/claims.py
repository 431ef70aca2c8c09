"""What is put to an llm after it wrote: claims to be judged or mended, several in one request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest_lib.articles.article import Article
from digest_lib.checking.digest import Sentence
from digest_lib.writing.listing import STORY_TOKENS, size_of
from digest_lib.writing.references import references

#: So many claims are put in one request: an llm answers each of them with care.
MOST_AT_ONCE = 12
#: So many articles of a headline that cites none are shown.
MOST_BEHIND = 8

Kind = Literal["fact", "analysis", "headline"]


@dataclass(frozen=True)
class Claim:
    """A sentence or a headline that is to stand. `articles` are what it can cite, best first."""

    sentence: Sentence
    kind: Kind
    articles: tuple[Article, ...]
    #: asked about however near its wording is to its sources
    weighs: bool = False

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def key(self) -> str:
        """The same for the same words about the same articles."""
        return f"{self.kind}\n{self.text}\n{','.join(self.sentence.sources)}"

    @property
    def cited(self) -> tuple[Article, ...]:
        """The articles that it cites; where it names none that is known, the first that it could."""
        return self.named or self.articles[:MOST_BEHIND]

    @property
    def named(self) -> tuple[Article, ...]:
        known = {a.id: a for a in self.articles}
        return tuple(known[i] for i in self.sentence.sources if i in known)

    def saying(self, sentence: Sentence) -> Claim:
        """The same claim in other words."""
        return replace(self, sentence=sentence)


def headline(text: str, articles: Sequence[Article]) -> Claim:
    """A headline over these articles, the first of which stand behind it."""
    sources = [a.id for a in articles[:MOST_BEHIND]]
    return Claim(Sentence(text=text, sources=sources), "headline", tuple(articles), weighs=True)


def claims_of(sentences: Iterable[Sentence], articles: Sequence[Article], *, weighs: bool) -> list[Claim]:
    """The sentences that an llm wrote, as claims; counts are computed and are none."""
    return [
        Claim(s, s.kind, tuple(articles), weighs or s.kind == "analysis")
        for s in sentences
        if s.kind != "count"
    ]


def batches(claims: Sequence[Claim], most: int = MOST_AT_ONCE) -> list[list[Claim]]:
    """The claims by requests: those about the same articles together, no more than `most` in one, and no more
    articles than a prompt shows whole."""
    order = {a.id: n for n, a in enumerate(dict.fromkeys(a for c in claims for a in c.articles))}
    first = {id(c): min((order[a.id] for a in c.cited), default=0) for c in claims}
    found: list[list[Claim]] = []
    size, shown = 0, set[str]()
    for claim in sorted(claims, key=lambda c: first[id(c)]):
        more = sum(size_of(a) for a in claim.cited if a.id not in shown)
        if not found or len(found[-1]) == most or size + more > STORY_TOKENS:
            found.append([])
            size, shown = 0, set()
            more = sum(map(size_of, claim.cited))
        found[-1].append(claim)
        size += more
        shown.update(a.id for a in claim.cited)
    return found


def references_of(batch: Iterable[Claim]) -> dict[str, Article]:
    """Short names for the articles that the claims of a request cite."""
    return references(list(dict.fromkeys(a for claim in batch for a in claim.cited)))


def numbered(
    batch: Sequence[Claim], refs: Mapping[str, Article], reasons: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The claims as a prompt shows them, a line each: short name, kind, sources, text; under it the `reasons`
    (by key) for which it fell."""
    names = {article.id: ref for ref, article in refs.items()}
    lines = []
    for n, claim in enumerate(batch, 1):
        cited = " ".join(names[a.id] for a in claim.cited)
        lines.append(f"[S{n}] ({claim.kind}; {cited}) {' '.join(claim.text.split())}")
        lines += [f"  - {reason}" for reason in (reasons or {}).get(claim.key, ())]
    return "\n".join(lines)


def number_of(label: str, batch: Sequence[Claim]) -> Claim | None:
    """The claim that an answer means by a short name, however it is written."""
    digits = "".join(c for c in label if c.isdecimal())
    n = int(digits[:4] or 0)
    return batch[n - 1] if 1 <= n <= len(batch) else None
