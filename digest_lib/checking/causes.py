"""Does a text give a cause that no source gives? 由於輝達供貨中斷 of a source that names no interruption.

A cause is said with a word for it. It stands where a sentence of a source has such a word, and the source
tells of what is said to be the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest_lib.checking.clauses import features
from digest_lib.checking.evidence import Evidence, without_quotations
from digest_lib.checking.matters import matters
from digest_lib.checking.reasons import Reason
from digest_lib.text.names import latin_names
from digest_lib.text.scripts import fold

#: A word for a cause, and where the cause stands beside it.
_BEHIND = re.compile(r"(?:由于|因为|起因(?:是|于)|原因(?:是|在于)|归因于|肇因于|出于)(?P<cause>[^,。;]+)")
_BEFORE = re.compile(r"(?P<cause>[^,。;]+?)(?:导致|促使|迫使|引发|造成|使得)")
#: What is made so and is not said to be: 不引發競態, 避免造成損失.
_DENIED = re.compile(r"(?:不(?:会|再|致|至于)?|[未没]有?|无法|避免|防止|以免|免得|而非)\s?$")
#: What stands before the cause in its clause: 好因應 AI 引發的變化 gives AI as the cause.
_DEALS_WITH = re.compile(r"^.*(?:因应|应对|面对|针对|回应|解决|处理|关于|防范|适应|承受|减轻|降低)")
_ANY = re.compile(
    r"因|由于|导致|促使|迫使|使|让|令|引发|造成|归|为了|以便|随着|受|所以|结果|后|起于"
    r"|\b(?:because|due to|after|since|caus\w+|led to|leads? to|result\w*|driv\w+|thanks to|amid|over"
    r"|prompt\w+|forc\w+|following|so that|to)\b"
)
_NOT = re.compile(r"(?:不(?:全然?|只|单单?)?是|并非|而非|非)\s?$")
_ASKS = re.compile(r"如何|为何|是否|怎么|\bhow\b")
#: Such a share of the words of a cause must a source have.
TOLD = 0.34
#: The same where the source has no word for a cause, and leaves it to its reader.
TOLD_BESIDE = 0.6
_FEWEST = 2


def uncaused(text: str, sources: Sequence[Evidence]) -> Iterator[Reason]:
    """The reason, where the text gives a cause of which no source tells."""
    folded = fold(without_quotations(text))
    for pattern in (_BEHIND, _BEFORE):
        match = pattern.search(folded)
        if (
            match
            and not _NOT.search(folded[: match.start()])
            and not _ASKS.search(match.group("cause"))
            and not _DENIED.search(match.group("cause"))
            and not any(_tells(_DEALS_WITH.sub("", match.group("cause")), source) for source in sources)
        ):
            yield Reason("cause", (match.group("cause").strip(),))
            return


def _tells(cause: str, source: Evidence) -> bool:
    """Does the source tell of what is said to be a cause?"""
    named = {word for name in latin_names(cause) for word in features(fold(name))}
    own = {f for f in features(cause) if f not in named}
    if source.is_chinese:
        least = TOLD if _ANY.search(source.folded) else TOLD_BESIDE
        return len(own) < _FEWEST or len(own & source.features) >= least * len(own)
    about = matters(cause)
    return not about or bool(about & matters(source.folded))
