"""What a telling must not have: words left in English that are no names, words of several senses, Chinese
that no newspaper prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.text.english import is_common
from digest_lib.writing.titles.behind import NO_OBJECT, words_of
from digest_lib.writing.titles.lexicon import forms, sure_verbs
from digest_lib.writing.titles.naming import brands
from digest_lib.writing.titles.terms import is_of_term, several
from digest_lib.writing.titles.tokens import BODIES, Token, is_known

#: Words that are left in English, and what stands as it is written.
_RUN = re.compile(r"[A-Za-z][\w.+/&'-]*(?: [A-Za-z0-9][\w.+/&'-]*)*")
_QUOTED = re.compile("〈[^〉]*〉|「[^」]*」|“[^”]*”")
_WORD = re.compile(r"[A-Za-z][\w.+/&'-]*")
#: What joins the words of a name.
_JOINING = frozenset({"of", "and", "the", "for"})
#: So many 的 are no headline.
_MOST_DE = 1
_BEFORE_NOUN = re.compile(" ?[\u4e00-\u9fff](?<![的與上中內後前來推發現公是可將已為])")
_PREPOSITIONS = frozenset(["for", "in", "on", "with", "from", "at"])
#: What a verb is said of stands within so many words.
_NEAR = 5
#: What a verb of the whole grammar is told with, and one of the sure ones is not.
_OF_ONE_SENSE = frozenset(["price", "new"])
#: By whom something is done, in Chinese.
_BY = ("遭", "由", "獲")
#: Chinese that is not printed: nouns that hang on nouns, and what the grammar gives of «beta», «got hacked».
_DE = re.compile(
    r"的其|的的|的來自|關於來自|適用於[^的]+的 [A-Z][^的]* 的|網路上的|20\d\d 年的(?!.*[月季])"
    r"|更\w+的[^的]+的(?:[一二兩三四五六七八九十]|\d+ )\w|[測預]\w版中|作者.*作者的|的你的|我們的"
    r"|變得遭|世界中|快速加速|不是非常|\dQ\d\d [A-Z]|[\u4e00-\u9fff]沒有"
)
#: Adjectives that are of no name: a new Aya, but Tiny Aya.
_OF_NO_NAME = frozenset(
    ["new", "latest", "updated", "upgraded", "first", "next", "open-source", "next-gen", "early", "former",
     "many", "more", "most", "old", "popular", "other", "some", "free"]
)  # fmt: skip


def is_odd(said: str, tokens: Sequence[Token]) -> bool:
    """Is this telling of these words not sure, or not to be printed?"""
    bare = _QUOTED.sub("", said)
    if "'s" in bare or bare.count("的") > _MOST_DE or _DE.search(bare) or _is_bare(tokens):
        return True
    doubtful = [i for i, t in enumerate(tokens) if t.low in several() and not t.is_capital]
    if any(not is_of_term(tokens, i) for i in doubtful) or tokens[-1].low == "release":
        return True
    if _launches(bare) or any(_is_in_other_sense(tokens, i) for i in range(len(tokens))):
        return True
    if any(is_unclear(tokens, i) for i in range(1, len(tokens))) and not any(by in bare for by in _BY):
        return True
    by_text = {t.text: t for t in tokens}
    return any(_is_word(run, by_text) for run in _RUN.finditer(bare))


def _launches(said: str) -> bool:
    """Does a body come out like a thing: a lab is founded?"""
    words = said.removesuffix("推出").split()
    return said.endswith("推出") and words[-1].lower() in BODIES


def _is_in_other_sense(tokens: Sequence[Token], at: int) -> bool:
    """Is it a verb with a word behind it that gives it another sense: launch an attack?"""
    behind = {w for t in tokens[at + 1 : at + _NEAR] for w in (t.low, t.low.removesuffix("s"))}
    return any(
        behind & words_of(form.entry, "not") - NO_OBJECT - _OF_ONE_SENSE
        for form in sure_verbs().get(tokens[at].low, ())
        if len(form.words) == 1 and tokens[at].low not in behind
    )


def _is_bare(tokens: Sequence[Token]) -> bool:
    """Does it begin with one thing without an article, which may be a product: Computer for Enterprise?"""
    first, after = tokens[0], tokens[1].low if len(tokens) > 1 else ""
    return after in _PREPOSITIONS and any(
        f.words == (first.low,) and f.form == "sg" and not f.entry.has("m") and after not in f.entry.uses
        for f in forms().get(first.low, ())
    )


def is_unclear(tokens: Sequence[Token], at: int) -> bool:
    """Is it a word that no list has behind an article, a byline, or of a name that may begin before it? A
    noob; by somebody; Tiny Aya. Or may «more» be of it, or of the noun: more secure agents?"""
    before, token = tokens[at - 1].low, tokens[at]
    # Tiny Aya; Sovereign Tech Fund.
    raised = tokens[at - 1].raised and not is_common(token.low)
    # Remote MCP is no name.
    named = at == 1 and token.is_capital and not token.text.isupper()
    if token.text[:1].isupper() and (raised or named):
        begins = tokens[at - 1].text[:1].isupper() and before not in _OF_NO_NAME
        if begins and any(f.entry.pos == "a" and f.words == (before,) for f in forms().get(before, ())):
            return True
    adjective = any(f.entry.pos == "a" and len(f.words) == 1 for f in forms().get(token.low, ()))
    if before == "more" and adjective:
        return True
    nouns = (f.words == (before,) and f.entry.pos == "n" for f in forms().get(before, ()))
    coined = token.coined and token.low not in forms() and (before in {"a", "an"} or any(nouns))
    return coined or (before == "by" and token.text[:1].isupper() and not token.raised)


def _is_word(run: re.Match[str], tokens: dict[str, Token]) -> bool:
    """Is what is left in English no name: common words that have a capital for where they stand?"""
    first, words = run.start() == 0, [w for w in _WORD.findall(run.group()) if w not in _JOINING]
    common = [_is_plain(w) for w in words]
    raised = any(tokens[w].raised for w in words if w in tokens)
    # Who acts may have a common word for a name, beside words without capitals: Cursor launches.
    if first and len(words) == 1 and not raised:
        return words[0][:1].islower() and common[0]
    # Korean «Skincare» routines: before a noun that is told, what no list has is a word rather than a name.
    noun = not first and _BEFORE_NOUN.match(run.string, run.end())
    if raised and noun and not any(is_known(w) or not w[1:].islower() for w in words):
        return True
    if any(c and re.search("[-/]", w) for c, w in zip(common, words, strict=True)):
        return True
    plain = [w for w, is_plain in zip(words, common, strict=True) if is_plain]
    if raised:
        return any(w is words[0] or w.lower() not in brands() for w in plain)
    return any(w[:1].islower() for w in plain) or len(words) == len(plain) == 1


def _is_plain(word: str) -> bool:
    """Is it a word of the dictionary, or built of such, and not known as a name?"""
    if is_known(word) or any(c.isdigit() for c in word):
        return False
    parts = re.split("[-/]", word)
    # SWE-bench is a name, LLM-discovered is none.
    if any(p.isupper() and len(p) > 1 for p in parts) and not word.endswith(("ed", "ing")):
        return False
    if len(parts) > 1:
        return any(is_common(p.lower()) and not is_known(p) for p in parts if len(p) > 1)
    return is_common(word.lower()) and (word == word.lower() or word == word.capitalize())
