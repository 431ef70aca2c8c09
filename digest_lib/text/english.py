"""English words that are written with a capital for where they stand, not because they name something.

A sentence begins with a capital, and a headline may give one to every word. Whether such a word is a common
noun is told by Webster's Second (234,936 words, in the package `english-words`, without the names of people
and companies that frequency lists are full of), with its inflections worked out here and newer words added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache, lru_cache

from digest_lib.kept import kept


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


#: Common words that are younger than the list, of 1934.
_YOUNGER = frozenset([
    "app", "apps", "benchmark", "biotech", "blockchain", "blog", "chatbot", "chip", "chipmaker",
    "clickbait", "codebase", "coder", "crypto", "cryptocurrency", "cyberattack", "cybersecurity",
    "database", "dataset", "debug", "deepfake", "desktop", "developer", "download", "email", "fintech",
    "freelancer", "geopolitical", "grok", "hacker", "hardware", "healthcare", "internet", "laptop",
    "lawmaker", "livestream", "malware", "megawatt", "microchip", "multimodal", "offline", "online",
    "open-source", "paywall", "podcast", "programmer", "ransomware", "robot", "robotics", "rollout",
    "scammer", "semiconductor", "smartphone", "software", "spokesperson", "startup", "streaming",
    "supercomputer", "superintelligence", "takeover", "teenager", "upload", "upstart", "video", "voiceover",
    "watchdog", "web", "website", "whistleblower", "workflow", "workforce",
])  # fmt: skip
#: Forms that no ending tells, and contractions.
_IRREGULAR = words_of("""
am are been began begun bent bit bled blew bore borne bought bound bred broke broken brought built burnt
caught chose chosen clung crept dealt did does done drank drawn drew driven drove dug dwelt dying eaten
fallen fed fell felt fled flew flown forbade forgave forgiven forgot forgotten fought found froze frozen
gave given goes going gone got gotten grew grown had has heard held hidden hung is kept knelt knew known
laid lain led lent lit lost lying made meant men met mice misled mistook outdone overcame overran overtook
overthrew paid proven put ran rang ridden risen rode rose rung said sank sat saw seen sent shaken shone
shook shot shown shrank slept slid slung sold sought spent spoke spoken sprang spun stolen stole stood
strove struck stuck stung sung sunk swam swept swollen swore sworn swung taken taught tied tore told took
torn understood undertook undone upheld using used was went were withdrawn withdrew withheld withstood
woke woken women won wore worn wound wove wrote written children feet teeth geese people wives lives
halves thieves knives doesn don didn isn aren wasn weren hasn haven hadn won can couldn shouldn wouldn
better best worse worst further furthest less least more most elder eldest tying using ageing
""")
#: Ending -> what may have stood there.
_ENDINGS = {
    "ies": ("y",), "ied": ("y",), "es": ("", "e"), "s": ("",), "ed": ("", "e"), "d": ("",), "ing": ("", "e"),
    "ers": ("", "e"), "er": ("", "e"), "est": ("", "e"), "ly": ("",),
}  # fmt: skip
_STEM = 3
#: The words are kept by so many of their first letters.
_BEGINNING = 3
#: What stands before the first word of a sentence, or of a part of it that begins like one.
_BEFORE = frozenset(".!?:;…\"“‘'«([—–|")
#: What stands before an item of a list.
_BULLET = re.compile(r"(?:^|\s)[-*•]$")
_LONG = re.compile(r"[A-Za-z]{5,}")
#: So many long words with capitals, and none without, make a headline in capitals; these never have one.
_LEAST = 3
_JOINING = frozenset(
    ["about", "after", "against", "among", "before", "between", "under", "until", "while", "without"]
)


def _is_listed(word: str) -> bool:
    return word in _listed(word[:_BEGINNING])


@lru_cache(maxsize=8192)
def _listed(beginning: str) -> Set[str]:
    return frozenset(_all_listed().get(beginning, "").splitlines())


@cache
@kept("english-words")
def _all_listed() -> Mapping[str, str]:
    """All words by how they begin, one a line: a process asks for few of 236,000."""
    from english_words import get_english_words_set  # takes long, and is only for English

    found: dict[str, list[str]] = {}
    for word in sorted(get_english_words_set(["web2"])):
        found.setdefault(word[:_BEGINNING], []).append(word)
    return {beginning: "\n".join(words) for beginning, words in found.items()}


def is_in_dictionary(word: str) -> bool:
    """Is this a word of English, in whatever case, or a name that a dictionary has: a person's, a star's?"""
    return is_common(word.lower()) or _is_listed(word.capitalize())


def is_name_in_dictionary(word: str) -> bool:
    """Is this, in lower case, a word that the dictionary has with a capital only: helen, birmingham?"""
    return not is_common(word) and _is_listed(word.capitalize())


@lru_cache(maxsize=8192)
def is_common(word: str) -> bool:
    """Is this, in lower case, a common word of English, in any of its forms? Parts joined by hyphens each."""
    return all(
        any(w in _YOUNGER or w in _IRREGULAR or (_is_listed(w) and w.islower()) for w in _forms(part))
        for part in word.split("-")
    )


def _forms(word: str) -> Iterator[str]:
    """The word, and what it may be a form of: negotiations, negotiation; planned, plan."""
    yield word
    for ending, befores in _ENDINGS.items():
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _STEM:
            continue
        yield from (stem + before for before in befores)
        if stem[-1] == stem[-2]:
            yield stem[:-1]


def is_in_capitals(text: str) -> bool:
    """Is it a headline that gives (nearly) every word a capital?"""
    words = [w for w in _LONG.findall(text) if w not in _JOINING]
    return len(words) >= _LEAST and all(w[0].isupper() for w in words)


def for_its_place(word: str, before: str, *, in_capitals: bool) -> bool:
    """Has the word its capital for where it stands? `before` is what stands before it."""
    before = before.rstrip()
    begins = in_capitals or not before or before[-1] in _BEFORE or bool(_BULLET.search(before))
    return begins and word[1:] == word[1:].lower() and is_common(word.lower())


_SUFFIXES = (
    "ations", "ation", "ments", "ment", "ities", "ings", "ing", "ity", "ness", "ions", "ion", "ies", "ers",
    "er", "ed", "es", "ly", "al", "s", "e", "y",
)  # fmt: skip


@lru_cache(maxsize=65536)
def base(word: str) -> str:
    """What the forms of a word in lower case have in common: decide of decided, deciding. No word itself, and
    not sure: for comparing texts that tell of the same."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _STEM:
            return word.removesuffix(suffix)
    return word
