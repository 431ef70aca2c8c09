"""What an English sentence of an article says, in Traditional Chinese: who did what to what, with which figure.

The lexicon and the grammar are those of titles (`gist.py`). A sentence is first made what they read: on a vendor's own
page «we» is the vendor; today and this week fall away; what is being announced is announced; what only adds to
it behind a comma (doing what, a name's explanation) is left out. A sentence that turns what it says there, that
leans on another one, or that is no event says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest_lib.writing.gist import gist
from digest_lib.writing.titles.lexicon import forms, third

#: What stands before a sentence or behind it and says when, which is the day of its page.
_WHEN = re.compile(
    r"^(?:(?:Starting|Beginning|From|As of) )?(?:[Tt]oday|[Tt]his week),? (?=\S)|(?<=\w),? (?:starting )?today$"
    r"|(?<=\w) today(?=,? (?:at|as|with|that)\b)|(?<=is|re|ve) today(?= \w+(?:ing|ed)\b)"
)
#: How a vendor speaks of itself.
_WE = (
    (re.compile(r"^[Ww]e(?:'re| are)\b"), "{} is"),
    (re.compile(r"^[Ww]e(?:'ve| have)\b"), "{} has"),
    (re.compile(r"^Our\b"), "{}'s"),
)
_OUR = re.compile(r"\b[Oo]ur\b")
#: What somebody feels who does it, and that he announces what he does.
_FEELS = re.compile(
    r"\b(?:is|are) (?:so |very |also |incredibly )?(?:proud|excited|pleased|thrilled|happy|delighted|honou?red"
    r"|glad) to (\w+)\b"
)
_DOES = re.compile(
    r"\bannounce[sd]? (?:the |its )(launch|release|opening|introduction|expansion|acquisition) of (?=\S)"
)
_DEEDS = {
    "launch": "launches",
    "release": "releases",
    "introduction": "introduces",
    "opening": "opens",
    "expansion": "expands",
    "acquisition": "acquires",
}
_SAYS_SO = re.compile(r"\bannounce[sd]? (?:today )?(?:that )?(?:it|they) (?=(?:will|has|have|is|are)\b)")
_BEING = re.compile(r"\b(is|are) (?:also |now )?(\w+ing)\b")
#: Effingham County, Georgia: the state or the country behind a place.
_WHERE = re.compile(
    r"(\b(?:in|near|at|outside) (?:[A-Z][\w.'-]+ ?)+), [A-Z]\w+(?: [A-Z]\w+)?(?=$|,(?! (?:and|or|[A-Z])\b)| (?:to|with|for)\b)"
)
#: What is added behind a comma or a dash: what is done by it, what explains a name, who or where it is, with what;
#: and without one in how long, or in what all.
_ADDS = re.compile(
    r", (?=(?:\w+ly )?\w+ing\b|(?:an?|the|our|its|one of|which|who|where|with|as|so|based on|designed|built"
    r"|available|including)\b)|\s?[—–]\s?| - |[;:] | (?=over the (?:next|coming) |across (?!from))"
)
#: What a thing is that comes out; not so where it says which of them it is: the models that run.
_WHICH = re.compile(
    r"(?<=\w)(?<! all)(?<! any)(?<! every) (?=(?:that|which|designed|aimed|built|intended) \w)"
)
_NEW_THING = re.compile(
    r"\b(?:an?|new|several|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: [\w.+/-]+){1,6}$",
    re.IGNORECASE,
)
#: What turns or limits what was said must not be left out, nor who says so.
_TURNS = re.compile(
    r"\b(?:not|no|never|none|but|except|unless|until|despite|although|though|without|however|yet(?! *[,.;:]|$)|denie[sd]|deny|only"
    r"|if|instead|rather|than|alleged(?:ly)?|reportedly|could|may|might|would|should|fail(?:s|ed)?|or|according|said|says"
    r"|claims?|claimed|expected|rumou?red|pending|subject to|almost|nearly|formerly|previously|planned|potential(?:ly)?)\b|n't\b|\?",
    re.IGNORECASE,
)
#: Who speaks or is spoken to is nobody in a text of ours.
_PERSONS = re.compile("[我你您]|作者|他們|自家")
#: An event begins with who acts or what comes out: never with what somebody writes about.
_NO_EVENT = re.compile(r"(?:^| )(?:談|探討|解析|介紹|引述|教學|入門|案例|實作)|：|〈")
_LEANS = re.compile(
    r"(?:It|Its|This|That|These|Those|He|She|They|Their|His|Her|There|Here|Then|Such|Both|Another|In|At|On|By|For|As|With"
    r"|When|While|If|Since|After|Before|Once|Where|But|And|So|Or|How|Why|What)\b"
)
#: So long a sentence is no plain statement; and so many ways to shorten it are tried.
_LONGEST, _MOST = 400, 4


@lru_cache(maxsize=1024)
def statement(sentence: str, vendor: str = "") -> str | None:
    """What the sentence says; None where that is not sure, or is no event. `vendor`: on whose own page it
    stands."""
    if len(sentence) > _LONGEST or _LEANS.match(sentence):
        return None
    for shorter in _shorter(plain(sentence, vendor)):
        said = gist(shorter, vendor=vendor)
        if said and not said.is_topic and _is_event(said.text):
            return said.text
    return None


def _is_event(said: str) -> bool:
    return not (_PERSONS.search(said) or _NO_EVENT.search(said))


def plain(sentence: str, vendor: str = "") -> str:
    """The sentence as a headline has it: without when, with the vendor for «we», in the present."""
    text = " ".join(sentence.replace("’", "'").split()).rstrip(". !")
    text = _WHERE.sub(r"\1", _WHEN.sub("", text))
    text = _FEELS.sub(lambda m: third(m[1], "base"), _in_third_person(text, vendor), count=1)
    text = _SAYS_SO.sub("", _DOES.sub(lambda m: f"{_DEEDS[m[1]]} ", text, count=1), count=1)
    return _BEING.sub(_announced, text, count=1) if vendor else text


def _in_third_person(text: str, vendor: str) -> str:
    """What a vendor says of itself, with its name."""
    if not vendor:
        return text
    for we, named in _WE:
        text = we.sub(named.format(vendor), text)
    acts = re.match(rf"(?:{re.escape(vendor)}|[Ww]e)\b(?!')", text)
    return _OUR.sub("its" if acts else f"{vendor}'s", text)


def _announced(being: re.Match[str]) -> str:
    """«Is launching» is launches; what goes on (is building) stays as it is."""
    verbs = [f for f in forms().get(being[2], ()) if f.form == "ing" and len(f.words) == 1]
    done = any(f.entry.has("ann") or f.entry.has("act") for f in verbs)
    return (third(being[2], "ing") if being[1] == "is" else verbs[0].entry.en) if done else being.group()


def _shorter(sentence: str) -> Iterator[str]:
    """The sentence, and what stands before each place behind which it only adds, the longest first."""
    yield sentence
    cuts = [m.start() for m in _ADDS.finditer(sentence)]
    cuts += [m.start() for m in _WHICH.finditer(sentence) if _NEW_THING.search(sentence[: m.start()])]
    for cut in sorted(cuts, reverse=True)[:_MOST]:
        if _TURNS.search(sentence[cut:]):
            return
        if not _is_list(sentence[cut:]):
            yield sentence[:cut]


def _is_list(rest: str) -> bool:
    """May what stands behind a comma be of the same list as what stands before it?"""
    return bool(re.match(r", (?:an?|the|our|its)\b", rest) and re.search(r", (?:and|or)\b", rest))
