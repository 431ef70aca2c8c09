"""What a reader would strike of the offline writer's posts of the recorded days, counted.

    DIGEST_RECORDED=/path python bench/texts.py [--days 2026-07-23 2026-07-29] [--show lent]

Every family's stories of every day are written without an llm and revised, as a notebook does. Counted are:

* repeated: of the characters of a story's sentences, those in runs of at least five that its headline or a
  sentence before has already (frames, publishers and dates are left out: they are none of the story's words),
  and of these those in words: names and figures in Latin letters have no others;
* torn: quotations of a clause or more that begin in the middle of what is said (behind no colon and nobody
  who says it, and not where a sentence of the source begins) or end before it does while the text goes on;
* lent: quotations of a clause or more behind somebody who speaks, whose words they are to a reader, that no
  source has in quotation marks of its own: they are what its publisher makes of what was said;
* thin: stories with a headline and nothing that tells more than who published it and when;
* quoted: the share of a story's characters that stands in quotation marks;
* over half: stories of whose sentences, as they are read, more than half stands in quotation marks, and how
  many of them have sources in other languages alone.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import prose
import story_data
import story_replay

from digest_lib.articles.article import Article
from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.checking.evidence import plain, quotations
from digest_lib.stories.story import Stories, Story
from digest_lib.text.scripts import fold
from digest_lib.text.sentences import split_sentences
from digest_lib.writing.draft import Draft
from digest_lib.writing.offline import write_offline
from digest_lib.writing.revise import revise
from digest_lib.writing.sparing import is_sparing
from digest_lib.writing.usage import Writer

RECORDED = "articles-2026-07-20_2026-07-31.jsonl"
#: Characters of a run that nobody says twice by chance, and of a quotation that is more than a term.
RUN, CLAUSE = 5, 8
#: How somebody who speaks ends, before his words.
_SPEAKS = re.compile(
    r"(?:表示|指出|透露|強調|坦言|直言|警告|承認|主張|批評|認為|建議|解釋|補充|回應|寫道|稱|(?<!傳)說)[，：:]?[「『]$"
)
#: How who says it ends, before what is said.
_SAYS = tuple("：:說說称稱指道示調调出為为報报露認认告言布佈明求")


@dataclass
class Count:
    """What was counted of some stories."""

    stories: int = 0
    thin: int = 0
    characters: int = 0
    repeated: int = 0
    repeated_words: int = 0
    repeating: int = 0
    sentences: int = 0
    quoted: int = 0
    over_half: int = 0
    over_half_abroad: int = 0
    clauses_quoted: int = 0
    torn: int = 0
    lent: int = 0
    seconds: float = 0.0
    shown: dict[str, list[str]] = field(default_factory=dict)

    def show(self, what: str, text: str) -> None:
        self.shown.setdefault(what, []).append(text)


def written(
    days: Sequence[Stories], names: dict[str, str]
) -> Iterator[tuple[Stories, list[DigestStory], float]]:
    """Each day's stories as they are published, and the processor's seconds for it."""
    for stories in days:
        begin, name = time.process_time(), names[stories.family]
        digest, counts = write_offline(stories, name=name, language="zh-TW")
        draft = Draft(digest, stories, name, "zh-TW", Writer("offline"), counts=counts)
        told = revise(draft, repair_prompt="{sentence}{reasons}{articles}").digest.stories
        yield stories, told, time.process_time() - begin


def counted(days: Sequence[Stories], names: dict[str, str]) -> Count:
    """What there is of each kind."""
    count = Count()
    for stories, told, seconds in written(days, names):
        by_id = {story.id: story for story in stories}
        count.seconds += seconds
        for text in told:
            _count(count, text, by_id[text.story])
    return count


def _count(count: Count, text: DigestStory, story: Story) -> None:
    by_id = {a.id: a for a in story.articles}
    facts = [s for s in text.sentences if s.kind != "count"]
    count.stories += 1
    count.sentences += len(facts)
    if not facts:
        count.thin += 1
        count.show("thin", text.headline)
    if not is_sparing(text.sentences):
        count.over_half += 1
        count.over_half_abroad += not any(a.lang[:2] == "zh" for a in story.articles)
        count.show("over-half", f"{text.headline} / {' '.join(s.text for s in text.sentences)}")
    said = plain(text.headline)
    for sentence in facts:
        own = _own_words(sentence, by_id)
        again = _again(own, said)
        count.characters += len(own)
        count.repeated += len(again)
        count.repeated_words += sum(not own[i].isascii() for i in again)
        if len(again) >= len(own) / 2:
            count.repeating += 1
            count.show("repeated", f"{text.headline} / {sentence.text}")
        said += f"\n{own}"
        _count_quotations(count, sentence, [by_id[i] for i in sentence.sources if i in by_id])


def _own_words(sentence: Sentence, by_id: dict[str, Article]) -> str:
    """The sentence without the frame that says who reported it when."""
    head, comma, rest = sentence.text.partition("報導")
    names = [by_id[i].publisher for i in sentence.sources if i in by_id]
    is_frame = comma and any(head.startswith(name) for name in names)
    return plain(rest if is_frame else sentence.text)


def _again(own: str, said: str) -> set[int]:
    """The places in `own` of characters that stand in a run that was said."""
    starts = [i for i in range(len(own) - RUN + 1) if own[i : i + RUN] in said]
    return {i + k for i in starts for k in range(RUN)}


def _count_quotations(count: Count, sentence: Sentence, cited: Sequence[Article]) -> None:
    text = sentence.text
    beginnings = [plain(s)[:CLAUSE] for a in cited for s in split_sentences(f"{a.text}\n{a.summary}", a.lang)]
    for quote in quotations(text):
        count.quoted += len(quote)
        if len(plain(quote)) < CLAUSE or quote.isascii():
            continue
        count.clauses_quoted += 1
        before, _, after = text.partition(quote)
        if _SPEAKS.search(before) and not any(_is_own(quote, before, a) for a in cited):
            count.lent += 1
            count.show("lent", text)
        before, after = before.rstrip("「『，, "), after.lstrip("」』")
        begins = before.endswith(_SAYS) or plain(quote)[:CLAUSE] in beginnings
        if not begins or after.strip("。.，…」』"):
            count.torn += 1
            count.show("torn", text)


def _is_own(quote: str, before: str, article: Article) -> bool:
    """Is it the article's own word, or within quotation marks there?"""
    if before.startswith(article.publisher):
        return True
    for source in (article.title, article.text, article.summary):
        at = fold(source).find(fold(quote)[:CLAUSE])
        if at >= 0 and any(source.rfind(o, 0, at) > source.rfind(c, 0, at) for o, c in ("「」", "“”")):
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", nargs="*", default=[], help="of all days only these")
    parser.add_argument("--show", choices=("repeated", "torn", "lent", "thin", "over-half"))
    given = parser.parse_args()
    by_id = prose.named(list(story_data.recorded(Path(os.environ["DIGEST_RECORDED"]) / RECORDED).values()))
    families = story_data.families()
    days = story_replay.replay(list(by_id.values()), families).days
    days = [d for d in days if not given.days or str(d.day.date) in given.days]
    count = counted(days, {family: parameters["name"] for family, parameters in families.items()})
    for line in count.shown.get(given.show or "", ()):
        print("  ", line)
    letters = max(1, count.characters)
    print(f"{len(days)} posts, {count.stories} stories, {count.sentences} sentences that tell something")
    print(f"  thin stories        {count.thin:4}  {100 * count.thin / max(1, count.stories):5.1f}%")
    print(f"  characters          {count.characters:6}; said before {100 * count.repeated / letters:5.1f}%,"
          f" in words {100 * count.repeated_words / letters:.1f}%;"
          f" sentences half of which was: {count.repeating},"
          f" in quotation marks {100 * count.quoted / letters:5.1f}%")  # fmt: skip
    print(f"  over half quoted    {count.over_half:4}; of other languages {count.over_half_abroad}")
    print(f"  clauses quoted      {count.clauses_quoted:4}; torn {count.torn:4}"
          f"  {100 * count.torn / max(1, count.clauses_quoted):5.1f}%; lent {count.lent}")  # fmt: skip
    print(f"  CPU seconds to write and revise {count.seconds:.1f}")


if __name__ == "__main__":
    main()
