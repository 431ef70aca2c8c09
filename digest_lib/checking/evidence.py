"""What a source states, worked out once for each article, and what a text quotes.

What in an article is meant for the machine that reads it (`injections`) is no part of what it states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest_lib.articles.article import Article
from digest_lib.checking.clauses import Compared, features
from digest_lib.checking.injections import told
from digest_lib.checking.predicates import Said, classed, clauses_of, denied_words
from digest_lib.day import TAIPEI
from digest_lib.text.calendar_dates import relative
from digest_lib.text.chinese_names import is_chinese
from digest_lib.text.names import entries, well_known
from digest_lib.text.numbers import Quantity, date_of, quantities, supported_by
from digest_lib.text.quotation_marks import outermost
from digest_lib.text.scripts import fold, to_simplified
from digest_lib.text.sentences import split_sentences
from digest_lib.text.traditional import in_words_throughout

_PAIRS = {"「": "」", "『": "』", "“": "”"}
#: A quotation that was cut off before its end.
_LEFT_OPEN = re.compile("[「“][^「」“”]*$")
_STRAIGHT = re.compile(r'"([^"\n]{1,300})"')
#: White space and quotation marks: they differ between publishers, not between quotations.
NOT_QUOTED = re.compile(r"[\s「」『』“”‘’\"'`´]+")
#: A run of dots is an ellipsis, a run of dashes a dash.
RUNS = re.compile(r"(?P<dots>\.{3,}|…+|⋯+)|(?P<dashes>[-‐‑‒–—―─]+)")
EDGES = " ,.。!?;:、，！？；：…"
#: What is no part of a name stands at the end of a text.
_ENDS = frozenset("\n。.!?！？」")
#: A space that a page's text has within a number (235, 000; 102. 5): what it states may be read either way.
_PARTED = re.compile(r"(?<=\d)(?P<mark>,(?=\s\d{3}(?!\d))|\.)\s(?=\d)")
#: One character in quotation marks is a sign, not a quotation.
_SHORTEST = 2


@dataclass(frozen=True, eq=False)
class Evidence:
    """An article as a source: its numbers, its names, its words to compare quotations with.

    One is as good as itself alone: what else is worked out of a source is kept by it.
    """

    article: Article

    @cached_property
    def whole(self) -> str:
        """What it tells: title, summary and text."""
        return "\n".join([told(self.article.title), self._body])

    @cached_property
    def _body(self) -> str:
        return "\n".join([told(self.article.summary), told(self.article.text)])

    @cached_property
    def _numbers(self) -> frozenset[Quantity]:
        day = self.article.published.astimezone(TAIPEI).date()
        dates = relative(to_simplified(self.whole), day)
        parted = quantities(_PARTED.sub(r"\g<mark>", self.whole)) if _PARTED.search(self.whole) else ()
        return quantities(self.whole).union(parted) | {date_of(d.year, d.month, d.day) for d in dates}

    @cached_property
    def published(self) -> frozenset[Quantity]:
        """The day on which it was published, in Taipei."""
        day = self.article.published.astimezone(TAIPEI)
        return frozenset({date_of(day.year, day.month, day.day)})

    @property
    def stated(self) -> frozenset[Quantity]:
        """The numbers that it states."""
        return self._numbers

    def states(self, claim: Quantity) -> bool:
        """Does it state this number? A day (not a month or a year alone) may also be the one on which it
        was published, in Taipei."""
        if supported_by(claim, self._numbers):
            return True
        return claim.names_day and supported_by(claim, self.published)

    @cached_property
    def _folded(self) -> str:
        """The whole, folded: of the same length."""
        return fold(self.whole)

    @cached_property
    def folded(self) -> str:
        """Its words and its publisher's name, folded."""
        return f"{self._folded}\n{fold(self.article.publisher)}"

    @cached_property
    def is_chinese(self) -> bool:
        return is_chinese(self.whole)

    @cached_property
    def names(self) -> set[str]:
        """The well-known names in it, canonical."""
        if self.whole[-1:] in _ENDS:  # no name goes on into the publisher's: the two can be read apart
            return well_known(self.whole) | well_known(self.article.publisher)
        return well_known(f"{self.whole}\n{self.article.publisher}")

    @cached_property
    def features(self) -> frozenset[str]:
        """What its words are, beside each other or not."""
        return features(self.folded)

    @cached_property
    def smuggled(self) -> frozenset[str]:
        """What stands only in the parts that speak to the machine."""
        article = self.article
        said = [article.title, article.summary, article.text]
        if all(told(part) == part for part in said):
            return frozenset()
        return features(fold("\n".join(said))) - self.features

    @cached_property
    def compared(self) -> Compared:
        """Those of its clauses that say enough to be compared with a claim's."""
        return Compared(self.whole, self._folded)

    @cached_property
    def classed(self) -> list[Said]:
        """What it affirms and denies with words that say the same in both languages."""
        return list(classed(self.clauses))

    @cached_property
    def denied(self) -> list[Said]:
        """What else it denies."""
        return list(denied_words(self.clauses))

    @cached_property
    def clauses(self) -> list[tuple[str, str]]:
        """Its clauses, folded, each with its sentence."""
        return list(clauses_of(self._folded))

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, the title first."""
        return split_sentences(self.whole)

    @cached_property
    def prose(self) -> str:
        """Its words but the title, as copies are compared."""
        return self._plain(self._body)

    @cached_property
    def title(self) -> str:
        """Its title, as copies are compared."""
        return self._plain(told(self.article.title))

    def _plain(self, text: str) -> str:
        converted = in_words_throughout(text) if self.article.lang == "zh-Hans" else ""
        return plain(text) + "\n" + plain(converted)

    @cached_property
    def quotable(self) -> str:
        """Its words as quotations are compared, in whatever script; a Simplified source also in Taiwan's
        words, for so may a writer quote it."""
        return f"{self.title}\n{self.prose}"

    @cached_property
    def words_of_others(self) -> str:
        """What it has in quotation marks, compared alike; of a mark that nothing closes what follows it."""
        said = [told(part) for part in (self.article.title, self.article.summary, self.article.text)]
        cut = [part[m.start() + 1 :] for part in said for m in [_LEFT_OPEN.search(part)] if m]
        return "\n".join(self._plain(q) for q in [*(q for part in said for q in quotations(part)), *cut])


def as_written(folded: str, texts: Iterable[str]) -> str:
    """A part of one of the texts, given folded, as the text has it."""
    for text in texts:
        at = fold(text).find(folded)
        if at >= 0:
            return text[at : at + len(folded)].strip()
    return folded.strip()


@lru_cache(maxsize=2048)
def evidence(article: Article) -> Evidence:
    """The article's evidence, kept between sentences."""
    return Evidence(article)


def plain(text: str) -> str:
    """A text without what may differ in a faithful quotation: script, width, white space, inner marks."""
    text = RUNS.sub(lambda run: "-" if run.lastgroup == "dashes" else "…", text)
    return NOT_QUOTED.sub("", fold(text))


def quotations(text: str) -> list[str]:
    """The quotations in a text, the outermost of nested ones: in 「」, 『』, “” or straight marks, of two
    characters or more. 《》 marks a title."""
    found = [(start, text[start + 1 : end - 1]) for start, end in outermost(text, _PAIRS)[0]]
    inside = [(a, a + len(q)) for a, q in found]
    for match in _STRAIGHT.finditer(text):
        if not any(a <= match.start() <= b for a, b in inside):
            found.append((match.start(), match.group(1)))
    return [q.strip() for _, q in sorted(found) if len(q.strip()) >= _SHORTEST]


def without_quotations(text: str) -> str:
    """The writer's own words: the text with each quotation left out."""
    for quotation in quotations(text):
        text = text.replace(quotation, "")
    return text


def is_quoted(quotation: str, source: Evidence) -> bool:
    """Does the quotation stand in the source to the character? An ellipsis leaves words out; a well-known
    name may stand there in another script."""
    parts = [p.strip(EDGES) for p in plain(quotation).split("…")]
    if all(part in source.quotable for part in parts):
        return True
    return fold(quotation).strip(EDGES) in {fold(spelling) for spelling in spellings_of(source)}


def spellings_of(source: Evidence) -> set[str]:
    """How the well-known names in a source are spelled, in each script."""
    return {spelling for e in entries() if e.canonical in source.names for spelling in e.spellings}
