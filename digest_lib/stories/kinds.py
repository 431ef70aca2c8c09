"""What kind of event a story is: a launch, a price, an incident, … told by rule from headlines and leads.

The words of `kinds.tsv`, in Chinese, English and what both share, vote; a headline's words count most, an
article's first sentence counts for less, and every article of a story has its say. Nothing here names a
family.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

from digest_lib.articles.article import Article
from digest_lib.text.chinese_names import OFFICE, SAYING
from digest_lib.text.names import Aliases, known_spans
from digest_lib.text.patterns import led
from digest_lib.text.scripts import fold


class Kind(StrEnum):
    """What happened. In the order in which equals are decided: the graver first."""

    INCIDENT = "incident"
    PRICE = "price"
    LAUNCH = "launch"
    SECURITY = "security"
    PEOPLE = "people"
    POLICY = "policy"
    DEAL = "deal"
    RESEARCH = "research"
    PARTNERSHIP = "partnership"
    EVENT = "event"
    OPINION = "opinion"


#: What happened to the world, as against what someone did with it, teaches about it or thinks of it.
HARD = frozenset(Kind) - {Kind.PARTNERSHIP, Kind.EVENT, Kind.OPINION}

#: What a first sentence's word is worth beside a headline's, and how far into a summary it is looked for.
_LEAD, _OPENING = 0.34, 90
#: What a vendor's customer did with the product, as such headlines are built: «Island Bank cuts reviews with
#: Northstar». What the customer's own business is (incidents, prices) did not happen to the family.
_CUSTOMER = re.compile(
    r"^(?:How )?(?![A-Za-z]+ing )((?:[A-Z][\w&.’'-]*)(?: (?:of|and|&|[A-Z][\w&.’'-]*)){0,4})"
    r" (?!is |was |has )[a-z]+(?:s|ing)\b.* (?:with|using|via|on) [A-Z][\w.-]*(?: [A-Z\d][\w.-]*){0,3}"
    r"(?: and [A-Z][\w.-]*)?(?: [a-z-]+)?$"
)
#: A title that tells how: a customer's case only where a name comes next, and not the vendor's.
_HOW = re.compile(
    r"^How (?!(?:[Tt]he|[Aa]n?|[Ww]e|[Oo]ur|I|to|[Yy]ou|[Ii]t|[Tt]h[ie]se?|[Pp]eople|[Tt]eams)\b)"
    r"([^\s,:]+(?: [A-Z][\w&.’'-]*)*)"
)
#: Somebody with an office, or a chief of theirs, who says, thinks or clears up: a remark, whatever it is on.
_REMARK = re.compile(
    rf"(?:{OFFICE}|ceo|cfo|cto)[^,。:;]{{0,12}}(?:{SAYING}|澄清|主张|撰文|发文|发声|喊话|断言|预言|看好|看衰|感叹|直指|自曝)"
    rf"|^[\u4e00-\u9fff·]{{2,6}}:"
)
_IS_A_REMARK = 3.0
#: A kind that less than this speaks for is none: of a noun alone (model, 更新) nothing happened.
_ENOUGH = 1.5
_OF_THE_CUSTOMER = frozenset((Kind.INCIDENT, Kind.PRICE, Kind.RESEARCH, Kind.LAUNCH, Kind.DEAL))
_IS_A_CUSTOMER = 4.0
_BETWEEN = re.compile(r"\|(?![^(\[]*[)\]])")
_ORDER = {kind: place for place, kind in enumerate(Kind)}


def kind_of(articles: Sequence[Article], vendor: Aliases | None = None) -> Kind | None:
    """The kind of event that the articles of a story report, the lead first; None where no word tells it.
    `vendor` are the names of the family and its maker, who is not its own customer."""
    return kind_of_texts([(a.title, a.summary) for a in articles], vendor)


def kind_of_texts(texts: Sequence[tuple[str, str]], vendor: Aliases | None = None) -> Kind | None:
    """As `kind_of`, of titles with their openings."""
    votes: dict[Kind, float] = {}
    for place, (title, opening) in enumerate(texts):
        for kind, weight in _votes(title, opening, vendor).items():
            votes[kind] = votes.get(kind, 0.0) + (weight if place == 0 else weight / 2)
    votes = {kind: n for kind, n in votes.items() if n >= _ENOUGH}
    if not votes:
        return None
    return min(votes, key=lambda kind: (-votes[kind], _ORDER[kind]))


def _votes(title: str, opening: str, vendor: Aliases | None) -> dict[Kind, float]:
    """What the words of one article say: kind -> weight. A list of words has one vote a text."""
    headline, lead = fold(title), fold(opening[:_OPENING])
    votes: dict[Kind, float] = {}
    for kind, weight, pattern in _table():
        said = bool(pattern.search(headline)) + _LEAD * bool(pattern.search(lead))
        if said:
            votes[kind] = votes.get(kind, 0.0) + weight * said
    if _REMARK.search(headline):
        votes[Kind.OPINION] = votes.get(Kind.OPINION, 0.0) + _IS_A_REMARK
    how = _HOW.match(title)
    if title.startswith("How ") and not (how and _is_customer(how[1], vendor)):
        votes.pop(Kind.PARTNERSHIP, None)
    customer = _CUSTOMER.match(title)
    if customer and not (vendor and vendor.count(customer[1])):
        votes = {kind: n for kind, n in votes.items() if kind not in _OF_THE_CUSTOMER}
        votes[Kind.PARTNERSHIP] = votes.get(Kind.PARTNERSHIP, 0.0) + _IS_A_CUSTOMER
    return votes


def _is_customer(name: str, vendor: Aliases | None) -> bool:
    """May a customer be called so: neither as the vendor is, nor as a product?"""
    made = any(entry.kind == "product" for *_, entry in known_spans(name))
    return not made and not (vendor and vendor.count(name))


@cache
def _table() -> tuple[tuple[Kind, float, re.Pattern[str]], ...]:
    text = files("digest_lib.stories").joinpath("kinds.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((Kind(kind), float(weight), led(_words(field))) for kind, weight, field in rows)


def _words(field: str) -> str:
    parts = _BETWEEN.split(field)
    latin = "|".join(part for part in parts if part.isascii())
    return "|".join([*(p for p in parts if not p.isascii()), *([rf"\b(?:{latin})(?!\w)"] if latin else [])])
