"""How a text is written: its characters, its script, its words, addresses, what an llm leaves by mistake.

What it says is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from digest_lib.articles.article import Article
from digest_lib.checking import own_script
from digest_lib.checking.bylines import unnamed
from digest_lib.checking.evidence import Evidence, evidence, quotations, without_quotations
from digest_lib.checking.leaks import leaks
from digest_lib.checking.quoted_script import misconverted
from digest_lib.checking.reasons import Reason, reason
from digest_lib.language_names import is_taiwans
from digest_lib.text.scripts import HAN, fold, simplified_in
from digest_lib.text.usage import mainland_words

_ADDRESS = re.compile(r"(?i:https?://|www\.)[^\s<>「」）)]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(
    r"(?<![\w.])@[A-Za-z]\w{3,}|(?<![\w.@/-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./?=&%-]*)?(?![\w-])", re.ASCII
)
#: So much of an address is shown.
_SHOWN = 60
_LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
#: So many Latin words without a Chinese one are no name.
MANY = 4
#: A word, or a character of a script that does not part words.
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2,}|[\u3040-\u30ff\u3400-\u9fff]")
#: With fewer of them, a text is no sentence.
LEAST = 2


def says(text: str, least: int = LEAST) -> bool:
    """Has the text so many words (characters, where words are not parted)?"""
    return len(_WORD.findall(text)) >= least


def empty(text: str, least: int = LEAST) -> list[Reason]:
    """The reason, where the text has fewer words than this."""
    return [] if says(text, least) else reason("empty")


def written(text: str, language: str, named: Collection[Article] = ()) -> list[Reason]:
    """Reasons that lie in how the text is written; `named` are the articles whose publishers it may name."""
    reasons = leaks(text)
    is_taiwan = is_taiwans(language)
    if is_taiwan and (simplified := simplified_in(text)):
        reasons.append(Reason("simplified", ("、".join(simplified),)))
    elif is_taiwan:
        reasons += _usage(unnamed(text, named).text)  # a publisher's name is its own affair
    if is_taiwan and not HAN.search(text) and len(_LATIN_WORDS.findall(without_quotations(text))) >= MANY:
        reasons.append(Reason("not_chinese"))
    return reasons


def characters(text: str, language: str, among: Collection[Article]) -> list[Reason]:
    """Characters that are another word's: what is quoted, and names and words in the writer's own, as
    `among` have them."""
    if not is_taiwans(language):
        return []
    quoted = misconverted(text, [evidence(a) for a in among])
    return [*(wrong.reason() for wrong in quoted), *own_script.reasons_of(text, among)]


def addresses(text: str) -> list[Reason]:
    """Every whole address in the text."""
    return [Reason("foreign_link", (m.group()[:_SHOWN],)) for m in _ADDRESS.finditer(text)]


def links(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Addresses: a whole one must be an article's own, a bare host must stand in a source."""
    own = {s.article.url for s in sources}
    whole = [m.group() for m in _ADDRESS.finditer(text) if m.group().rstrip(".,;)") not in own]
    rest = _ADDRESS.sub(" ", text)
    hosts = [m.group() for m in _HOST.finditer(rest) if not any(fold(m.group()) in s.folded for s in sources)]
    return [Reason("foreign_link", (link[:_SHOWN],)) for link in [*whole, *hosts]]


def _usage(text: str) -> list[Reason]:
    quoted = [(at, at + len(q)) for q in quotations(text) for at in [text.find(q)]]
    return [
        Reason("mainland", (text[a:b], instead))
        for a, b, instead in mainland_words(text)
        if not any(start <= a < end for start, end in quoted)
    ]
