"""Is it the model that a name means, or a namesake: Monet, the zodiac, the wind?

A name spelled as no word is (ChatGPT, GPT-5, 通義千問) always means the model. One that no dictionary has
(Qwen) means it unless the text speaks of something else. One that is a word or a person's name too (Claude,
Gemini, Mistral) needs something that speaks for the model, and more of it than speaks for a namesake: words
of the field, another vendor, who brought the article, or how the name stands in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from digest_lib.text.english import is_common, is_in_dictionary
from digest_lib.text.names import Aliases, entries, known_spans
from digest_lib.text.scripts import HAN, fold

#: A capital or a digit inside a name: ChatGPT, xAI, GPT-5. Nothing else is spelled so.
_OWN_SPELLING = re.compile(r"[a-z][A-Z]|\d|[A-Za-z]\s[A-Za-z]")
#: A version after a name: Claude 5, Gemini 3.6 Flash, Mistral Large 3.
_VERSION = re.compile(r"\s?-?(?:(?:Flash|Pro|Ultra|Opus|Sonnet|Haiku|Large|Medium|Small|Max|Mini)\s)?\d")
#: A number after a name that counts ships, flights or telescopes: Gemini 8 號, Gemini 8 capsule.
_NUMBERED = re.compile(
    r"[\s-]?(?:\d{1,2}|[ivx]+)(?:\s?号(?!称)|[\s-](?:missions?|capsule|spacecraft|astronauts?|crew|telescope)\b)"
)
#: From so many Han characters on a name is nothing else.
_LONG = 4
#: What a word of the field says, and one of it that has other uses: models walk, agents sell houses.
_FIELD, _EVERYDAY = 2, 1
#: What a word of another field says, and what a name does that is part of somebody's.
_OTHER_FIELD, _SOMEBODY = 2, 3
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
#: The word after a name, and the one before it, where nothing parts them.
_NEXT = re.compile(r"\s([A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f]+)")
_BEFORE = re.compile(r"([A-Z\u00c0-\u00de][a-z\u00df-\u024f]+)(?:'s|’s)?[\s-]$")
#: Forms of address and what else comes before a person's, a ship's or a storm's name.
_TITLES = frozenset((
    "Saint", "St", "Father", "Sister", "Brother", "Uncle", "Aunt", "Mr", "Mrs", "Ms", "Dr", "Sir",
    "Hurricane", "Typhoon", "Storm", "Captain", "Chef",
))  # fmt: skip
#: What is put before any name with a hyphen.
_PREFIXES = frozenset(("Ex", "Non", "Pro", "Anti", "Pre", "Post", "Mid", "All", "Multi"))
#: What a namesake is part of, on folded text.
_PART_OF = re.compile(
    r"(?:'s|’s)?[\s-](?:missiles?|carriers?|helicopters?|winds?|coast|season|rising|twins?|capsule|spacecraft|astronauts?"
    r"|south|north|principle|(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b|sun|moon|man|woman|wom[ae]n|aged|strong)\b|,\s(?:the|aged|\d\d)\s|\s[xvi]+\b|\s?(?:座|级|取引所|交易所)"
)
_KINDS = frozenset(("omni", "nano", "lite", "turbo", "pro", "mini", "api", "sdk", "cli", "max"))
#: What a name is the tool or the place of.
_BY_IT = re.compile(r"\b(?:us(?:es|ed|e|ing)|via|ask|asks|asked|asking|inside|chatting with)\s$")


@cache
def _any_of(*names: str) -> re.Pattern[str]:
    """The words of the files as one pattern on folded text; those with letters only whole."""
    lines = [line for name in names for line in _lines(name)]
    folded = {fold(w).replace("-", " ").replace("_", " ") for line in lines for w in line.split()}
    ordered = sorted(folded, key=lambda w: (-len(w), w))
    latin = "|".join(re.escape(w).replace(r"\ ", "[- ]") for w in ordered if w.isascii())
    other = "|".join(re.escape(w) for w in ordered if not w.isascii())
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{other}")


def _lines(name: str) -> Iterable[str]:
    text = files("digest_lib.stories").joinpath(name).read_text("utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))


@lru_cache(maxsize=16_384)  # asked for each family of the same day's articles
def of_the_field(text: str) -> bool:
    """Does the text have a word of the field that has no other use?"""
    return any(not _is_everyday(m.group()) for m in _any_of("field_words.txt").finditer(fold(text)))


@cache
def _is_everyday(word: str) -> bool:
    return bool(_any_of("everyday_words.txt").fullmatch(word))


def means_the_model(text: str, aliases: Aliases, *, brought: bool = False) -> bool:
    """Does the text say, more than it says anything else, that the names in it are the family's?

    `brought`: the article came by a feed of technology or of the family, or by a search for it.
    """
    spans = [span for span in aliases.spans(text) if not _is_the_word(text, *span)]
    if any(_unlike_words(text[a:b]) or _is_version(text, b) for a, b in spans):
        return True
    if not spans:
        return False
    best = max(_standing(text, a, b, aliases.words) for a, b in spans)
    return best + _of_field(text, spans) + brought - _of_others(text) > 0


def _is_version(text: str, end: int) -> bool:
    return bool(_VERSION.match(text, end)) and not _NUMBERED.match(fold(text), end)


def _unlike_words(name: str) -> bool:
    return bool(_OWN_SPELLING.search(name)) or len(HAN.findall(name)) >= _LONG


def _is_the_word(text: str, start: int, end: int) -> bool:
    """Is it the common word, in small letters among others with capitals: to grok, a mistral?"""
    name = text[start:end]
    return name.isascii() and name.islower() and is_in_dictionary(name) and any(c.isupper() for c in text)


def _of_field(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """What the text has of the field beside the names: its words, other vendors, products and people."""

    def beside(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in spans)

    words = {m.group() for m in _any_of("field_words.txt").finditer(fold(text)) if beside(*m.span())}
    strong = any(not _is_everyday(w) for w in words)
    known = any(
        entry.kind in ("company", "product", "person") and beside(start, end)
        for start, end, entry in known_spans(text)
    )
    return _FIELD * (strong + known) + _EVERYDAY * min(2, sum(map(_is_everyday, words)))


def _of_others(text: str) -> int:
    return _OTHER_FIELD * min(2, len(set(_any_of("namesake_words.txt").findall(fold(text)))))


def _standing(text: str, start: int, end: int, own: Collection[str]) -> int:
    """What the name itself and its neighbours say: for the model above zero, for a namesake below."""
    name, folded = text[start:end], fold(text)
    if (
        _is_part_of_a_name(text, start, end, own)
        or _PART_OF.match(folded, end)
        or _NUMBERED.match(folded, end)
    ):
        return -_SOMEBODY
    known = _is_only_a_name(name)
    # In Chinese and Japanese, zodiac and wind have names in the text's own script.
    foreign = name.isascii() and bool(_HAN_OR_KANA.search(text))
    makes_news = _makes_news(folded, end) or bool(_BY_IT.search(folded[:start]))
    return known + foreign + makes_news


def _makes_news(folded: str, end: int) -> bool:
    rest = folded[end : end + 20].removeprefix("'s").removeprefix("’s").lstrip(" ,，、:：「」『』")
    rest = re.sub(r"^(?:is|was|are|has|have|been|gone|went)\s", "", rest)
    return bool(_any_of("newsmaker_words.txt").match(rest.replace("-", " ")))


def _is_only_a_name(name: str) -> bool:
    """A name that no dictionary has, or as a company is called that the glossary knows."""
    if name.isascii():
        return name in _companies() or not is_in_dictionary(name)
    return False


@cache
def _companies() -> frozenset[str]:
    return frozenset(e.canonical for e in entries() if e.kind == "company")


def _is_part_of_a_name(text: str, start: int, end: int, own: Collection[str]) -> bool:
    """Claude Lelouch, Jean-Claude, Gabriela Mistral: is the word beside it a name that we do not know?"""
    after, before = _NEXT.match(text, end), _BEFORE.search(text[max(0, start - 24) : start])
    if after and not (_is_common(after[1].lower()) or known_spans(after[1]) or after[1] in own):
        return True
    if before is None:
        return False
    word = before[1]
    if before.group().endswith("-"):
        return word not in _PREFIXES
    return word in _TITLES or not (_is_common(word.lower()) or known_spans(word))


def _is_common(word: str) -> bool:
    """A common word, or one that vendors make of it for a kind of their product: Cowork, Omni."""
    return word in _KINDS or is_common(word) or (word.startswith("co") and is_common(word[2:]))
