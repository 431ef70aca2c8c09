"""What is remarkable in a day's numbers as HTML: each statement, and the table that it is read off."""

from __future__ import annotations

from digest_lib.checking.digest import Table
from digest_lib.sections.facts import Facts
from digest_lib.sections.markup import esc
from digest_lib.sections.sentences import Sentences
from digest_lib.sections.words import Words


def numbers_html(facts: Facts, words: Words) -> str:
    """The inner HTML of the section that stands where an analysis would."""
    show = Sentences(facts, words)
    parts = []
    for sentence in facts.digest.numbers:
        parts.append(show.paragraph([sentence]))
        if table := facts.digest.tables.get(sentence.text):
            summary = esc(words("data_table"))
            parts.append(f"<details><summary>{summary}</summary>{_table(table, sentence.text)}</details>")
    return "".join(parts)


def _table(table: Table, caption: str) -> str:
    head = "".join(f'<th scope="col">{esc(h)}</th>' for h in table.head)
    rows = "".join(
        f'<tr><th scope="row">{esc(first)}</th>{"".join(f"<td>{esc(c)}</td>" for c in rest)}</tr>'
        for first, *rest in table.rows
    )
    return (
        f"<table><caption>{esc(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
