"""English titles in Traditional Chinese: what is told, what is kept of how sure it is, what is not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest_lib.text.scripts import simplified_in
from digest_lib.writing.titles.lexicon import forms, table
from digest_lib.writing.titles.told import told

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("titles.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WORDS = sorted({" ".join(f.words) for rows in forms().values() for f in rows})


@pytest.mark.parametrize(("title", "vendor", "says"), ROWS)
def test_what_a_title_says(title: str, vendor: str, says: str) -> None:
    made = told(title, "" if vendor == "-" else vendor)
    assert (made and made.text) == (None if says == "-" else says)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.sampled_from([*table("adjunct"), *table("determiner"), *table("be"), ":", ",", "'s", "and"]),
            st.sampled_from(["Zeltron", "$3B", "80%", "40", "GPT-5.5", "“Auroxa”", "to", "of", "?", "by"]),
        ),
        max_size=9,
    )
)
def test_no_title_stops_the_newsroom(words: list[str]) -> None:
    said = told(" ".join(words))
    assert said is None or (said.text.strip() == said.text and "{" not in said.text)


def test_the_lexicon_is_written_in_traditional_chinese() -> None:
    chinese = {f.entry.zh for rows in forms().values() for f in rows}
    assert not {zh for zh in chinese if simplified_in(zh)}


def test_every_english_entry_stands_once_a_sense() -> None:
    for table_name in ("n", "a", "d"):
        seen: dict[tuple[str, ...], str] = {}
        for rows in forms().values():
            for form in rows:
                if form.entry.pos == table_name and form.form != "pl":
                    assert seen.setdefault(form.words, form.entry.zh) == form.entry.zh, form.words
