"""English claims beside an English source: what a writer may say in another form, and what he may not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import reasons_of
from digest_lib.checking.digest import Sentence

WHEN = datetime(2026, 7, 28, tzinfo=UTC)
SOURCE = """Latvian rider Ilze Zebolde left Lyon on july 11, 2013 with François Dubois of the World Health
Organization. Pro-Ukrainian groups greeted them in west Australia. They covered 6, 940 miles, 1,580,575
steps and three deserts, and the third tour, their longest, ended in 2023. A reporter of the BBC rode
with them from October 3, 2013. «Dunes» and «Salt» are films of the tour; each has won a prize. The
couple will publish a long diary of their tour and their publisher may add a map of it. Photographs and
drawings by Anna May will be shown in the museum of Lyon."""


def found(claim: str, said: str = SOURCE) -> list[tuple[str, ...]]:
    """The key and the words of each reason."""
    source = Article("S", "https://a.example/1", "", "", "", "f", "en", WHEN, WHEN, said)
    sentence = Sentence(text=claim, sources=["S"])
    return [(r.key, *r.parts) for r in reasons_of(sentence, {"S": source}, language="en", by_meaning=False)]


@pytest.mark.parametrize("claim", [
    "Zebolde, who is from Latvia, rode with Francois Dubois.",
    "A man of the WHO and one of the British Broadcasting Corporation (BBC) joined the Latvia-born rider.",
    "Groups that are pro-Ukraine met the riders in Western Australia.",
])  # fmt: skip
def test_a_name_in_another_form_stands(claim: str) -> None:
    assert found(claim) == []


@pytest.mark.parametrize(("claim", "name"), [
    ("Zebolde, who is from Estonia, rode with Dubois.", "Estonia"),
    ("A man of the WTO joined the riders.", "WTO"),
    ("Groups that are pro-Russian met the riders.", "pro-Russian"),
    ("Riders met groups in Eastern Australia.", "Eastern"),
    ("the couple rode with helen to the desert.", "helen"),
])  # fmt: skip
def test_another_name_is_absent(claim: str, name: str) -> None:
    assert ("absent", name) in found(claim)


@pytest.mark.parametrize("claim", [
    "Zebolde left Lyon on July 11, 2013, and a reporter rode with them from October 2013.",
    "The couple covered 6,940 miles and over 1.5 million steps in ten years.",
    "They covered nearly 7,000 miles.",
    "Two films of the tour have won prizes.",
    "2. The second film is «Salt».",
    "The couple saw three deserts.",
    "In the second half of the tour they saw deserts.",
])  # fmt: skip
def test_what_a_writer_counts_and_rounds_is_his_own(claim: str) -> None:
    assert [r for r in found(claim) if r[0] == "absent"] == []


@pytest.mark.parametrize(("claim", "number"), [
    ("Zebolde left Lyon on July 12, 2013.", "July 12, 2013"),
    ("The couple covered over 1.6 million steps.", "1.6 million"),
    ("They covered nearly 6,000 miles.", "6,000 miles"),
    ("The tour took thirteen years.", "thirteen years"),
    ("The couple saw two deserts.", "two"),
    ("Their fourth tour was their longest.", "fourth"),
    ("7 films of the tour have won prizes.", "7"),
])  # fmt: skip
def test_another_number_is_absent(claim: str, number: str) -> None:
    assert ("absent", number) in found(claim)


@pytest.mark.parametrize(("claim", "keys"), [
    ("The couple will publish a long diary of their tour.", []),
    ("Their publisher will add a map of their tour.", ["surer"]),
    ("Photographs and drawings will be shown in the museum of Lyon.", []),
    ("Anna May will be shown in the museum of Lyon.", []),
])  # fmt: skip
def test_how_sure_a_clause_is_told_by_the_part_that_tells_it(claim: str, keys: list[str]) -> None:
    assert [r[0] for r in found(claim)] == keys


@pytest.mark.parametrize(("claim", "keys"), [
    ("The tunnel under the river leads to the stone bridge.", []),
    ("The tunnel under the river is as long as the stone bridge.", ["sign"]),
])  # fmt: skip
def test_what_is_denied_is_the_word_behind_the_negation(claim: str, keys: list[str]) -> None:
    said = "The tunnel under the river is not as long as the stone bridge."
    assert [r[0] for r in found(claim, said)] == keys


PIECES = """The striker of the club trained alone for most of the winter. Aldo Ferri scored his first goal in
the final minute of the derby. Supporters had waited for hours at the gate of the old stadium. A hundred goals
for the city were the aim of the chairman in spring. The next match is played without spectators."""


@pytest.mark.parametrize(("claim", "is_pieced"), [
    ("The striker of the club scored a hundred goals for the city in the final minute of the derby.", True),
    ("Aldo Ferri scored his first goal in the final minute of the derby.", False),
    ("Ferri scored his first goal of the derby in its final minute.", False),
    ("Supporters at the stadium waited all winter; the striker trained, and Ferri scored.",
     False),
    ("Supporters waited for hours after Ferri scored late in a derby that few expected him to win.", False),
])  # fmt: skip
def test_what_is_glued_of_pieces_is_doubted(claim: str, *, is_pieced: bool) -> None:
    assert ("pieced" in {r[0] for r in found(claim, PIECES)}) is is_pieced
