"""Clauses of titles: who does what, how surely; how and why it is done; whether it is so."""

from __future__ import annotations

from collections.abc import Iterator

from digest_lib.writing.titles.lexicon import modals, table
from digest_lib.writing.titles.reading import Part, Reading, rule

#: Auxiliaries: their Chinese, and the form of the verb behind them.
_MODALS = modals()
_BE = table("be")
#: A headline of so many words is no name of a thing.
_LONG = 6
#: Forms of a verb behind a subject: one thing, several, a name, a name that may be of several.
_FINITE = {
    "sg": ("s", "past"), "pl": ("base", "past"), "any": ("s", "past"), "both": ("s", "past", "base"),
}  # fmt: skip
_DENIED = frozenset(["不是", "並不是", "從來不是"])
_PASSIVE = table("passive")
_DEGREES = table("degree")
#: What stands before a state that has words of its own (available: 可使用), for each «is».
_STATES = table("state")


@rule("clause")
def _clause(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """Somebody or something does, is done, or is."""
    for subject, score in subjects(reading, at):
        said = subject.zh
        # Computer brings data: one thing without an article is a product; not so in headlines who acts.
        if _is_product(subject, at) and (reading.vendor or not subject.has("h", "o", "doc")):
            continue
        # DeepSeek releases updated models: what may be done is done.
        sure = score - 0.8 * (subject.end > at + 1 and _may_be_done(reading, subject.end - 1))
        for rest in reading.parts("predicate", subject.end, number_of(subject)):
            # What we are without a vendor is what all of us are.
            if subject.has("speaker") and not reading.vendor and rest.has("is"):
                continue
            who = rest.entry.uses.get("who") if rest.entry else None
            if who and not subject.has(*who.split("|")):
                continue
            yield Part(rest.end, _after(said, rest.zh), frozenset({"clause"}), rest.entry, sure + rest.score)


def _is_product(subject: Part, at: int) -> bool:
    single = subject.entry is not None and subject.has("bare") and subject.has("sg")
    return single and at == 0 and subject.end == 1 and not subject.has("m", "name", "pl")


def _may_be_done(reading: Reading, at: int) -> bool:
    """Is this word the third person of a verb, too?"""
    return any(form.form == "s" and len(form.words) == 1 for _, form in reading.entries(at, "v"))


def _after(subject: str, predicate: str) -> str:
    return f" {subject} {predicate}"


def subjects(reading: Reading, at: int) -> Iterator[tuple[Part, float]]:
    for part in reading.parts("np", at):
        if not part.has("money", "share"):
            yield part, part.score
    speakers = {
        "we": reading.vendor or "作者",
        "i": "作者",
        "you": "你",
        "it": "它",
        "they": "他們",
        "he": "他",
        "she": "她",
    }
    who = speakers.get(reading.word(at))
    if who and not (reading.word(at) in {"it", "they", "he", "she"} and at == 0):
        yield Part(at + 1, who, frozenset({"pl", "speaker"})), 0.0


def number_of(part: Part) -> str:
    """Which forms of a verb stand behind this subject."""
    # «A tool to manage mail» is a tool; «OpenAI to open an office» is a plan.
    thing = " thing" if part.has("deed") or (part.entry and not part.has("o", "h")) else ""
    if part.has("pl"):
        return f"pl{thing}"
    if part.has("name"):
        return "both" if part.zh.rstrip().endswith("s") else f"any{thing}"
    return f"sg{thing}"


@rule("predicate")
def _predicate(reading: Reading, at: int, number: str) -> Iterator[Part]:
    """What is said of a subject of this number: sg, pl, or any."""
    finite = _FINITE[number.split(maxsplit=1)[0]]
    for form in finite:
        yield from reading.parts("vp", at, form)
    longest = max((len(en.split()) for en in _MODALS for _ in reading.any_of(at, en)), default=0)
    for en, (zh, wanted) in _MODALS.items():
        # Can now is one.
        if (en == "to" and number.endswith("thing")) or len(en.split()) < longest:
            continue
        for end in reading.any_of(at, en):
            for form in wanted.split():
                if form == "past" or form not in {"s", "base"} or wanted == "base" or form in finite:
                    score = -0.6 if en == "to" else 0.0
                    yield from (_with(part, zh, score) for part in reading.parts("vp", end, form))
    # Some headlines leave out the «is»: AMD Working To Fix It. Of things, what they do belongs to them.
    raised = at < len(reading.tokens) and reading.tokens[at].raised
    if raised and len(reading.tokens) >= _LONG and not number.endswith("thing"):
        yield from (_with(part, "正在", -0.5) for part in reading.parts("vp", at, "ing"))
    yield from _is(reading, at)
    yield from reading.parts("passive", at)
    yield from _negated_plan(reading, at)


def _with(part: Part, modal: str, score: float) -> Part:
    """What is done, with how surely or when. Two 將 in a row would be read as one."""
    zh = part.zh
    if modal == "正在" and part.has("coming"):
        # Is coming, is acquiring: in a headline it will.
        modal = "將"
    if modal.endswith("在") and zh.lstrip().startswith("在"):
        modal = modal[:-1]
    if modal.endswith("將") and zh.lstrip().startswith("將"):
        zh = "把" + zh.lstrip()[1:]
    return part.but(part.end, f"{modal}{zh}", score=score)


def _negated_plan(reading: Reading, at: int) -> Iterator[Part]:
    for en in ("in talks to", "is in talks to", "are in talks to"):
        for end in reading.any_of(at, en):
            for vp in reading.parts("vp", end, "base"):
                yield vp.but(vp.end, f"正洽談{vp.zh}")
    for en in ("is reportedly in talks to", "reportedly in talks to"):
        for end in reading.any_of(at, en):
            for vp in reading.parts("vp", end, "base"):
                yield vp.but(vp.end, f"據報導正洽談{vp.zh}")


def _is(reading: Reading, at: int) -> Iterator[Part]:
    """It is something, or somehow."""
    for en, zh in _BE.items():
        for end in reading.any_of(at, en):
            for what in reading.parts("np", end):
                if not what.has("deed"):
                    yield Part(what.end, f"{zh} {what.zh}", frozenset({"is"}), None, what.score - 0.2)
            for start, degree in (
                (end, ""),
                *((e, said) for en2, said in _DEGREES.items() for e in reading.any_of(end, en2)),
            ):
                for stop, form in reading.entries(start, "a"):
                    if degree:
                        yield from _degreed(zh, stop, degree + form.entry.zh.removesuffix("的"))
                    else:
                        yield from _described(zh, stop, form.entry.zh, form.entry.uses)


def _degreed(be: str, stop: int, said: str) -> Iterator[Part]:
    if be in _DENIED:
        yield Part(stop, f"{be}{said}的", frozenset({"is"}))
    else:
        yield Part(stop, f"{be.removesuffix('是')}{said}", frozenset({"is"}))


def _described(be: str, stop: int, zh: str, uses: dict[str, str]) -> Iterator[Part]:
    if "is" in uses:
        # A state that has words of its own: available 可使用, down 服務中斷.
        before = _STATES.get(be)
        if before is not None:
            yield Part(stop, f"{before}{uses['is']}", frozenset({"is"}))
        return
    said = zh.removesuffix("的")
    if be in _DENIED:
        yield Part(stop, f"{be[:-1]}{said}" if zh.endswith("的") else f"{be}{said}的", frozenset({"is"}))
    else:
        yield Part(stop, f"{be}{said}的", frozenset({"is"}))


@rule("passive")
def _passive(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """It is done, by somebody or not: only of verbs whose table says how."""
    for en, before in _PASSIVE.items():
        starts = [at] if not en else [*reading.any_of(at, en)]
        for start in starts:
            for end, form in reading.entries(start, "v"):
                done = form.entry.uses.get("be")
                if form.form != "pp" or not done or (not en and form.entry.has("nb")):
                    continue
                plain = Part(end, done, frozenset({"deed", "passive"}), form.entry)
                for part in _by(reading, plain, done):
                    for whole in reading.parts("adjoined", part.end, part.zh) or [part]:
                        yield whole.but(whole.end, f"{before}{whole.zh}")
                    yield part.but(part.end, f"{before}{part.zh}")


def _by(reading: Reading, plain: Part, done: str) -> Iterator[Part]:
    yield plain
    for end in reading.any_of(plain.end, "by"):
        for actor in reading.parts("np", end):
            if not actor.has("money", "share", "deed"):
                verb = done.removeprefix("遭").removeprefix("獲")
                lead = "遭" if done.startswith("遭") else "獲" if done.startswith("獲") else "由"
                yield Part(actor.end, f"{lead} {actor.zh} {verb}", plain.tags, plain.entry, actor.score + 0.3)


@rule("adjoined")
def _adjoined(reading: Reading, at: int, zh: str) -> Iterator[Part]:
    """What is done, with one adjunct."""
    simple = {
        "in": "在{P}{V}",
        "on": "在{P}{V}",
        "after": "在{P}後{V}",
        "under": "在{P}下{V}",
    }
    pattern = simple.get(reading.word(at))
    if pattern:
        for other in reading.parts("np", at + 1):
            if not other.has("money", "share", "deed"):
                said = pattern.replace("{P}", f" {other.zh} ").replace("{V}", zh)
                yield Part(
                    other.end,
                    said if "{V}" in pattern else zh + said,
                    frozenset({"deed"}),
                    None,
                    other.score - 0.2,
                )
