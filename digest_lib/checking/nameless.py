"""Actors without a name (對手, 另一家公司, competitors): do the sources speak of any?

That somebody else has followed, too, is easily written and, having no name in it, looked up in vain. It
stands where a source speaks of such actors in words of its own, or names a second company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from digest_lib.checking.evidence import Evidence
from digest_lib.checking.reasons import Reason
from digest_lib.text.names import entries
from digest_lib.text.patterns import led
from digest_lib.text.scripts import fold

_FIRMS = "公司|企业|业者|厂商|厂家|实验室|新创|巨头|大厂|平台"
_ENGLISH_FIRMS = "compan(?:y|ies)|firms?|vendors?|labs?|startups?|providers?|makers?|players?"
#: Who competes, and who is another one of a kind or one of several.
_NAMELESS = (
    rf"(?:另外?[一两几数]?|其他|其它|别的?|[多数]|好几)家?[\u4e00-\u9fff]{{0,3}}?(?:{_FIRMS})+|另一家|别家"
    r"|竞争对手|竞争者|对手(?!戏)|劲敌|竞品|同业|同行(?![评审])|友商"
    rf"|\b(?:rivals?|competitors?|peers|(?:an)?other (?:[a-z]+ )?(?:{_ENGLISH_FIRMS}))\b"
)
#: In a source, who may be meant.
_TOLD = (
    r"业界|产业|竞争|业者|厂商|各[家大]|[多数几]家|[两三四五六七八九十\d]家"
    r"|\b(?:companies|firms|vendors|labs|startups|providers|makers|players|industry|compet\w+|others)\b"
)
_COMPANIES = frozenset(e.canonical for e in entries() if e.kind == "company")
#: From so many companies on, one of them may be the other one.
_SEVERAL = 2


def nameless(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason, for the first actor without a name of whom no source speaks; else nothing."""
    found = _actor().search(fold(text))
    if not found or any(_speaks_of_others(source) for source in sources):
        return []
    return [Reason("hardly_named", (text[found.start() : found.end()],))]


def _speaks_of_others(source: Evidence) -> bool:
    return len(source.names & _COMPANIES) >= _SEVERAL or bool(_others().search(source.folded))


@cache
def _actor() -> re.Pattern[str]:
    return led(_NAMELESS)


@cache
def _others() -> re.Pattern[str]:
    return led(f"{_NAMELESS}|{_TOLD}")
