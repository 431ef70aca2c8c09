"""How a post was made: who wrote, what was checked and withheld, what was listened to."""

from __future__ import annotations

from collections.abc import Sequence

from digest_lib.checking.digest import Status, Verdict
from digest_lib.day import TAIPEI
from digest_lib.sections.facts import Facts
from digest_lib.sections.markup import esc
from digest_lib.sections.reasons import feed_key, writer_keys
from digest_lib.sections.words import Words
from digest_lib.writing.usage import OFFLINE

#: The published notebook under the name that readers download; the site copies it there, since a
#: renderer would turn a link to `index.ipynb` into one to the page itself.
DOWNLOAD = "notebook.ipynb"


def making_html(facts: Facts, words: Words) -> str:
    """The inner HTML of the last section."""
    rows = [
        ("checks", _checks(facts, words)),
        ("coverage", _coverage(facts, words)),
        ("cutoff", esc(_cutoff(facts, words))),
    ]
    if facts.writer.llm != OFFLINE or facts.usage.input_tokens:
        rows.append(("usage", esc(_usage(facts, words))))
    link = f'<a href="{DOWNLOAD}">{esc(words("download"))}</a>'
    rows.append(("notebook", link))
    listed = "".join(f"<dt>{esc(words(key))}</dt><dd>{value}</dd>" for key, value in rows)
    return f'<p class="by">{_by(facts, words)}</p><dl class="made">{listed}</dl>'


def _by(facts: Facts, words: Words) -> str:
    offline = facts.writer.llm == OFFLINE
    who = words("by_offline") if offline else words("by_llm", llm=_models(facts))
    gathered = words("also") + words("gathered", n=len(facts.sources)) if facts.sources else ""
    parts = [who + gathered]
    if facts.writer.why:
        why = words("and").join(words(key) for key in writer_keys(facts.writer.why))
        parts.append(words("why_writer" if offline else "why_partly", why=why))
    if offline and facts.stories:
        parts.append(words("offline_leaves_out"))
    return esc("".join(part + words("stop") for part in parts).strip())


def _models(facts: Facts) -> str:
    """The model that was asked for, and the one that answered where its name tells of another."""
    asked, answered = facts.writer.llm, facts.writer.answered
    return asked if not answered or answered.startswith(asked) else f"{asked} → {answered}"


def _checks(facts: Facts, words: Words) -> str:
    counts = {status: facts.checked.get(str(status), 0) for status in Status}
    kinds = [s.kind for _, sentences in facts.digest.sentences() for s in sentences]
    counted = kinds.count("count")
    head = words(
        "checked",
        facts=len(kinds) - counted,
        counts=counted,
        withheld=counts[Status.WITHHELD],
    )
    if counts[Status.REPAIRED]:
        head += words("checked_repaired", repaired=counts[Status.REPAIRED])
    return f"<p>{esc(head)}</p>" + "".join(
        _details(
            words(label, n=counts[status]),
            [_verdict(v, words) for v in facts.verdicts if v.status is status],
        )
        for status, label in (
            (Status.WITHHELD, "withheld_list"),
            (Status.REPAIRED, "repaired_list"),
        )
    )


def _verdict(verdict: Verdict, words: Words) -> str:
    before = words("before") + words("colon") + verdict.before
    before = words("brackets", text=before) if verdict.before else ""
    reasons = words("next").join(verdict.reasons)
    return f"{esc(verdict.text)}{esc(before)}<br><small>{esc(reasons)}</small>"


def _details(summary: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<details><summary>{esc(summary)}</summary><ul>{listed}</ul></details>"


def _coverage(facts: Facts, words: Words) -> str:
    cover = facts.coverage
    # What was imported did not answer: nobody asked it.
    asked = cover.feeds or not cover.imported
    text = words("covered_asked", answered=cover.answered, feeds=cover.feeds) if asked else ""
    if cover.imported:
        text += words("covered_too" if asked else "covered_imported", n=cover.imported)
    text += words("covered", articles=cover.articles, matched=facts.matched, name=facts.name)
    failed = [f"{esc(feed)}<br><small>{esc(words(feed_key(why)))}</small>" for feed, why in cover.failed]
    return f"<p>{esc(text)}</p>{_details(words('failed', n=len(failed)), failed)}"


def _cutoff(facts: Facts, words: Words) -> str:
    days = facts.window_days
    return words(
        "cutoff_at",
        when=facts.cutoff.astimezone(TAIPEI).strftime("%Y-%m-%d %H:%M"),
        window=words("one_day") if days == 1 else words("days", n=days),
    )


def _usage(facts: Facts, words: Words) -> str:
    used = facts.usage
    unknown = used.cost_usd is None
    return words(
        "used",
        input=f"{used.input_tokens:,}",
        output=f"{used.output_tokens:,}",
        cost=words("cost_unknown") if unknown else words("cost", usd=f"{used.cost_usd:.4f}"),
    )
