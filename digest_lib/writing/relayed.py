"""Indirect speech, told as such: whose view a publisher relays, and in whose words.

«Altman 坦言，高昂的成本已成為第二大挑戰» is what a publisher makes of what Altman said. Behind «坦言，「» its
words would be his to a reader; behind «轉述 Altman 的說法：「» they are the publisher's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.lent import SPEAKS
from digest_lib.text.names import known_spans
from digest_lib.writing.closing import is_closed
from digest_lib.writing.pieces import Piece

#: Somebody says it, where nothing else of the sentence follows.
_ANNOUNCES = re.compile("宣布|宣佈|證實|证实")
#: What stands between who speaks and that he does, and says nothing of him.
_BETWEEN = re.compile("(?:同時|同时|[則则也亦更並并還还曾另]|隨後|随后|特別|特别|進一步|进一步|公開|公开)+$")
#: To whom, as it is said of his view.
_TO_WHOM = re.compile("[向對对]((?:《[^》]+》|[A-Z][\\w. ]+|[\u4e00-\u9fff]{2,6}))$")
#: With one of these it is not only told who speaks: where, to whom, after what.
_MORE = re.compile(
    "[在向於于把將将被以從从而但卻却]|[對对](?!話|话|手)|[並并](?!購|购|行)|報導|报道|報道|[據据]|繼|继|(?:發布|发布|發表|发表|公布|公佈)(?!的)"
)
#: Characters of who speaks.
_LEAST, _MOST = 2, 30
#: Before it, where the publisher was named a sentence ago.
WITHIN = "文中"
_RELAYS, _VIEW = "轉述", "的說法"


def relayed(parts: Sequence[Piece]) -> tuple[Piece, list[Piece]] | None:
    """Clauses that begin with somebody who says the rest, as whose view is relayed, and what that is; None
    where they do not, or where it is not only told who speaks."""
    first = parts[0].text if parts else ""
    said = SPEAKS.search(first) or _ANNOUNCES.search(first if len(parts) == 1 else "")
    who = _BETWEEN.sub("", first[: said.start()].strip()).strip() if said else ""
    who, to_whom = _TO_WHOM.sub("", who), _TO_WHOM.search(who)
    if said is None or not _LEAST <= len(who) <= _MOST or _MORE.search(who):
        return None
    who += f"對{to_whom[1]}" if to_whom else ""
    rest = first[said.end() :].strip(" ：:")
    view = [*([Piece("", rest)] if rest else []), *parts[1:]]
    # Without a comma he says what his own clause tells, and perhaps no more of the sentence.
    goes_beyond = bool(rest) and any(known_spans(part.text) for part in parts[1:])
    # Whom he criticises is not what he says of him.
    is_object = bool(rest) and len(parts) > 1 and not is_closed(rest)
    if not view or goes_beyond or is_object or "「" in who + rest[:1]:
        return None
    return Piece("", f"{_RELAYS}{who}{_VIEW}"), view


def is_relayed(parts: Sequence[Piece]) -> bool:
    """Are these clauses what `relayed` made of them?"""
    return bool(parts) and parts[0].text.startswith(_RELAYS) and parts[0].text.endswith(_VIEW)
