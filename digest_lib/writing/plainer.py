"""An English sentence as a headline has it: in the third person and the present, without when, praise and
what is felt by who does it; and shorter, by what only adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest_lib.writing.titles.lexicon import forms, third
from digest_lib.writing.titles.tokens import tokens_of
from digest_lib.writing.titles.told import wants_deed

#: Marks as a keyboard has them.
_MARKS = str.maketrans({"’": "'", "\u2011": "-", "\u2060": None, "\u00ad": None})
#: What stands before a sentence or behind it and says when, which is the day of its page.
_WHEN = re.compile(
    r"^(?:(?:Starting|Beginning|From|As of) )?(?:[Tt]oday|[Tt]his week),? (?=\S)"
    r"|(?<=\w),? (?:starting )?today$|(?<=\w) today(?=,? (?:at|as|with|that|to|in|on|for)\b)"
    r"|(?<=is|re|ve) today(?= \w+(?:ing|ed)\b)"
)
#: What somebody does besides, before who acts; not what must come first.
_DOING = re.compile(
    r"^(?!Starting|Beginning|Following|Pending|Assuming|Depending|According|Excluding|During|Announcing|Introducing)"
    r"[A-Z][a-z]+ing [^,]{3,60}, (?=(?:[A-Z]|we\b))"
)
#: A date that ran into a page's first sentence.
_DATED = re.compile(r"^[A-Z][a-z]{2,8} \d{1,2}, 20\d\d (?=[A-Z])")
#: Praise that says nothing.
_PRAISE = re.compile(
    r"\b(?:proven|powerful|seamless|innovative|cutting-edge|state-of-the-art|groundbreaking|revolutionary"
    r"|world-class|best-in-class|exciting|incredible|amazing|ambitious|beautiful|transformative|truly"
    r"|significantly|landmark) (?=\w)"
)
#: How a vendor speaks of itself.
_WE = (
    (re.compile(r"^[Ww]e(?:'re| are)\b"), "{} is"),
    (re.compile(r"^[Ww]e(?:'ve| have)\b"), "{} has"),
    (re.compile(r"^Our\b"), "{}'s"),
)
_OUR = re.compile(r"\b[Oo]ur\b")
_FEELS = re.compile(
    r"\b(?:is|are) (?:so |very |also |incredibly )?"
    r"(?:proud|excited|pleased|thrilled|happy|delighted|honou?red|glad) to (\w+)\b"
)
#: Who announces that he does something does it.
_DOES = re.compile(
    r"\bannounce[sd]? (?:the |its )"
    r"(launch|release|opening|introduction|expansion|acquisition) of (?=\S)"
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
_SAYS_THAT = re.compile(
    r"^\S+(?: \S+){0,2} announces? (?:today )?that "
    r"(?=[A-Z][\w.+-]+(?: [\w.+-]+){0,4} (?:is|are|will|has|have)\b)"
)
_CAN_HAVE = re.compile(r"^.+? announces? the (?:general )?availability of ([A-Z][^,]+?)(?= (?:in|on)\b|,|$)")
_AGREES = re.compile(r"(\w+) (?:entered|reached) (?:into )?(an?(?: [\w-]+){0,2}) agreement\b")
_BEING = re.compile(r"\b(is|are) (?:also |now )?((?:\w+ly )?)([\w-]+ing)\b")
#: Effingham County, Georgia: the state or the country behind a place.
_WHERE = re.compile(
    r"(\b(?:in|near|at|outside) (?:[A-Z][\w.'-]+ ?)+), [A-Z]\w+(?: [A-Z]\w+)?"
    r"(?=$|,(?! (?:and|or|[A-Z])\b)| (?:to|with|for)\b)"
)
#: What explains a name between commas, before what is said of it.
_ASIDE = re.compile(
    r", (?:an?|the|our|its|[A-Z]\w+'s) [^,]+, (?=(?:is|are|has|have|will|can|now|today|launches|announces)\b)"
)
#: What is added behind a comma or a dash: what is done by it, what explains a name, who or where it is, with
#: what; and without one how long, in what all, so that what.
_ADDS = re.compile(
    r", (?=(?:\w+ly )?\w+ing\b|(?:an?|the|our|its|[A-Z]\w+'s|one of|which|who|where|with|as|so|based on"
    r"|designed|built|available|including)\b)|\s?[—–]\s?| - |[;:] "
    r"| (?=over the (?:next|coming) |across (?!from)[a-z]|so |during "
    r"|as (?:part of|an? (?:\w+ )?(?:member|partner)))"
)
#: What a thing is that comes out; not so where it says which of them it is: the models that run.
_WHICH = re.compile(
    r"(?<=\w)(?<! all)(?<! any)(?<! every) (?=(?:that|which|designed|aimed|built|intended) \w)"
)
_NEW_THING = re.compile(
    r"\b(?:an?|new|several|two|three|four|five|six|seven|eight|nine|ten|\d+)(?: [\w.+/-]+){1,6}$",
    re.IGNORECASE,
)
#: What for; and what closes what stands before it: a name, or a count among it.
_AIM = re.compile(r"(?<=\w) to (?=([a-z]+)\b)")
_CLOSED = re.compile(
    r"[A-Z][\w.+-]*$|\d|\b(?:partnership|collaboration|agreement|program|initiative|fund|alliance|coalition)$"
)
_RANKS = re.compile(r"\b(?:only|first|last|one of|enough|able|too)\b")
#: What turns or limits what was said must not be left out, nor who says so.
_TURNS = re.compile(
    r"\b(?:not|no|never|none|but|except|unless|until|despite|although|though|without|however"
    r"|yet(?! *[,.;:]|$)|denie[sd]|deny|only|if|instead|rather|than|alleged(?:ly)?|reportedly|could|may|might"
    r"|when|would|should|fail(?:s|ed)?|or|according|said|says|claims?|claimed|expected|rumou?red|pending"
    r"|preview|beta|pilot|limited|waitlist|select(?:ed)?|eligible|subject to|almost|nearly|formerly"
    r"|previously|planned|potential(?:ly)?)\b|n't\b|\?",
    re.IGNORECASE,
)
#: So many ways to shorten a sentence are tried.
_MOST = 4


def plain(sentence: str, vendor: str = "") -> str:
    """The sentence as a headline has it; `vendor`: on whose own page it stands, who is «we» there, and does
    what it says there that it is doing."""
    text = " ".join(sentence.translate(_MARKS).split()).replace(" ,", ",").replace(" .", ".")
    text = re.sub(r"\bU\.S\.(?:A\.)?", "US", text).rstrip(". !")
    if (doing := _DOING.match(text)) and not _TURNS.search(doing.group()):
        text = text[doing.end() :]
    text = re.sub(r"\b(is|are) available today\b", r"\1 now available", text)
    text = _PRAISE.sub("", _WHERE.sub(r"\1", _WHEN.sub("", _DATED.sub("", text))))
    text = _ASIDE.sub(" ", text).replace("first-ever", "first")
    text = re.sub(r"\ba (?=[aeiou])", "an ", text)
    text = _FEELS.sub(lambda m: third(m[1], "base"), _in_third_person(text, vendor), count=1)
    text = _BEING.sub(_announced, text, count=1) if vendor else text
    text = _SAYS_SO.sub("", _DOES.sub(lambda m: f"{_DEEDS[m[1]]} ", text, count=1), count=1)
    text = _SAYS_THAT.sub("", text)
    text = _AGREES.sub(r"\1 signed \2 agreement", text)
    return _CAN_HAVE.sub(r"\1 is now available", text)


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
    verb, said = being[3], being.string[being.start(3) :]
    acts = [f for f in forms().get(verb, ()) if f.form == "ing" and said.startswith(" ".join(f.words))]
    if not any(f.entry.has("ann") or f.entry.has("act") for f in acts):
        return being.group()
    return being[2] + (third(verb, "ing") if being[1] == "is" else acts[0].entry.en.split()[0])


def shorter(sentence: str) -> Iterator[tuple[str, str]]:
    """The sentence, and what stands before each place behind which it only adds, the longest first, each with
    what is left out."""
    yield sentence, ""
    cuts = [m.start() for m in _ADDS.finditer(sentence) if not _is_where(sentence, m.start())]
    cuts += [m.start() for m in _WHICH.finditer(sentence) if _NEW_THING.search(sentence[: m.start()])]
    cuts += [m.start() for m in _AIM.finditer(sentence) if _is_aim(sentence, m)]
    for cut in sorted(cuts, reverse=True)[:_MOST]:
        if _TURNS.search(sentence[cut:]):
            return
        if not _is_list(sentence[cut:]):
            yield sentence[:cut], sentence[cut:]


def _is_where(sentence: str, at: int) -> bool:
    """Is it where something works or is to be had, which is all that is said: works across plans?"""
    before = re.findall(r"[\w-]+", sentence[:at])[-1:]
    acts = any(f.entry.pos in "va" for word in before for f in forms().get(word.lower(), ()))
    return acts and sentence.startswith(" across", at)


def _is_aim(sentence: str, to: re.Match[str]) -> bool:
    """Is it what for, and not what somebody wants, plans or is to do?"""
    before = sentence[: to.start()]
    does = any(f.form == "base" and f.entry.pos == "v" for f in forms().get(to[1], ()))
    # The only one to do it is not the only one.
    if _RANKS.search(before):
        return False
    return does and bool(_CLOSED.search(before)) and not any(wants_deed(t) for t in tokens_of(before))


def _is_list(rest: str) -> bool:
    """May what stands behind a comma be of the same list as what stands before it?"""
    return bool(re.match(r", (?:an?|the|our|its)\b", rest) and re.search(r", (?:and|or)\b", rest))
