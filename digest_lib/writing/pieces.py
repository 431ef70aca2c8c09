"""A Chinese sentence between its commas: its clauses, which of them hang on the next, and which turn what was
said before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest_lib.text.quotation_marks import quoted

_BRACKETS = re.compile(r"（[^）]*）|\([^)]*\)|【[^】]*】")
_BETWEEN = re.compile(r"[，；;,](?!\d)|——")
#: A clause that begins or ends so hangs on the one after it.
_HANGS = re.compile(
    "(?:隨著|随着|當(?!局|地|家)|当(?!局|地|家)|若|如果|由於|由于|因為|因为|雖然|虽然|儘管|尽管|為了|为了|除了|針對|针对"
    "|根據|根据|據(?!點)|据(?!点)|繼(?!續|承|任)|继(?!续|承|任)|不僅|不仅|不只|不但)"
)
_WHEN = re.compile(
    "(?:時|时|之際|之际|之後|之后|[^今幕背然]後|[^今幕背然]后|之前|以來|以来|期間|期间|來看|来看|而言|來說|来说|看來|看来|指出|表示|強調|强调"
    "|宣布|宣佈|建議|建议|呼籲|呼吁|要求|透露|認為|认为|坦言|直言|寫道|写道|揭露|披露|補充|补充|提到|解釋|解释|警告|回應|回应|證實|证实|坦承|承認|承认|發現|发现|顯示|显示"
    "|預測|预测|預估|预估|聲稱|声称|得知|主張|主张|質疑|质疑|報導|报道|報道|報告|相比|相較|相较|之下|(?<!名)[稱称]|(?<![傳传小學学])[說说]"
    "|[自從从][^，]{0,12}[年月日號号天週周季時时刻今後后]起|[的之](?:價格|价格|方式|形式|名義|名义|情況下|情况下|前提下|背景下|過程中|过程中))$|^(?:在|于|於).+(?:中|上|下|裡|里|內|内|前)$"
)
#: A clause that says who and by when, and not yet what.
_BREAKS_OFF = re.compile(r".[在於于][^，]{0,8}[年月日天週周季時时](?:之|間|间)?[內内前後后間间]$")
#: What denies or limits what was said before it must not be left out.
_TURNS = re.compile(
    "否認|否认|澄清|不實|不实|並非|并非|尚未|還沒|还没|未獲|未获|駁回|驳回|取消|撤回|除非|前提|如果|若[是非要能]|而非|而不是|傳聞|传闻|謠言|谣言"
    "|(?:但|不過|不过|然而|惟)[^，]{0,12}(?:未|不|沒|没|僅|仅|只|否|需|須|须)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence, what stands before it, and whether it is quoted."""

    before: str
    text: str
    marked: bool = False


def clauses(text: str) -> list[Piece]:
    """The text between its commas, but for those inside of quotations and brackets, each clause with the mark
    before it: what is quoted keeps its own."""
    within = inside(text)
    cuts = [m.span() for m in _BETWEEN.finditer(text) if not any(a <= m.start() < b for a, b in within)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    marks = ["，", *(text[a:b] for a, b in cuts)]
    parts = (Piece(m, text[a:b].strip(" —")) for m, a, b in zip(marks, starts, ends, strict=True))
    return [part for part in parts if part.text]


def inside(text: str) -> list[tuple[int, int]]:
    """Where quotations and brackets stand."""
    return [*quoted(text), *(m.span() for m in _BRACKETS.finditer(text))]


def hangs(clause: str) -> bool:
    """Does it say nothing without the clause after it?"""
    return bool(_HANGS.match(clause) or _WHEN.search(clause) or breaks_off(clause))


def breaks_off(clause: str) -> bool:
    """Does it say who and by when, and not yet what: «X plans to, within two years»?"""
    return bool(_BREAKS_OFF.search(clause))


def turns(clause: str) -> bool:
    """Does it deny or limit what stands before it?"""
    return bool(_TURNS.search(clause))
