"""The writer that asks no llm: it picks sentences, tells them with their source, and counts.

It says nothing that its sources do not say and the run's own tables do not count, so it has no analysis and
no outlook.
"""

from __future__ import annotations

from digest_lib.checking.digest import Digest, DigestStory, Sentence
from digest_lib.stories.continuity import Past
from digest_lib.stories.history import History
from digest_lib.stories.story import Stories, Story
from digest_lib.writing.abroad import MOST_NAMES, from_abroad, names_of
from digest_lib.writing.counts import counts_of, trend_of
from digest_lib.writing.frames import frames, in_language
from digest_lib.writing.headings import about_things, day_headline, headline_of, noun, subjects_of, vendor_of
from digest_lib.writing.points import points, summary_of
from digest_lib.writing.remarkable import remarks
from digest_lib.writing.sparing import told_sparingly
from digest_lib.writing.tags import tags_of
from digest_lib.writing.telling import converted, filled

#: Articles that are named on a day without news.
MOST_MENTIONS = 3
_INNER = str.maketrans("「」", "『』")


def write_offline(
    stories: Stories, *, name: str, language: str, past: History | None = None, earlier: Past | None = None
) -> tuple[Digest, dict[str, int]]:
    """A digest of what the sources say and of counts, and the counts that its sentences may state. `past` are
    the articles a day, `earlier` what the family's posts told: what is remarkable is seen beside them."""
    counts = counts_of(stories)
    told = [story_text(story, language) for story in stories]
    summary = summary_of(told, stories, language)
    digest = Digest(
        headline=day_headline(told[0].headline, stories[0], language) if told else name,
        summary=summary,
        trend=trend_of(stories, name, language),
        stories=told,
        key_points=points(told, stories, language),
        tags=tags_of(stories, name, language),
    )
    heads = {text.story: text.headline for text in told}
    for remark in remarks(stories, name, language, past, earlier, heads):
        digest.numbers.append(remark.sentence)
        digest.tables[remark.text] = remark.table
        # Two remarks may count the same thing: days.
        counts.update({f"{key}: {remark.text}": number for key, number in remark.counts.items()})
    if not told:
        digest.summary = digest.trend[:1]
        digest.trend += _mentioned(stories, name, language)
    return digest, counts


def counted_of(stories: Stories, name: str, language: str) -> list[Sentence]:
    """The counts of a day with stories that `write_offline` tells above and below them, told without the
    stories' texts: an llm that writes is given them, and wants no more of it."""
    heads = [DigestStory(story=s.id, headline=headline_of(s, language), sentences=[]) for s in stories]
    above = summary_of(heads, stories, language)
    return [s for s in [*above, *trend_of(stories, name, language)] if s.kind == "count"]


def _mentioned(stories: Stories, name: str, language: str) -> list[Sentence]:
    """On a day without news, what was mentioned, in titles that its readers can read."""
    frame, own = frames(language), language.partition("-")[0]
    readable = [a for a in stories.mentions if a.lang.partition("-")[0] == own][:MOST_MENTIONS]
    listed = "、" if language != "en" else ", "
    titles = [
        f"{frame.open}{converted(a.title, a, language).translate(_INNER)}{frame.close}" for a in readable
    ]
    text = frame.mentions_only.format(name=name, listed=listed.join(titles))
    return [Sentence(text=text, sources=[a.id for a in readable])] if readable else []


def story_text(story: Story, language: str) -> DigestStory:
    """One story, told from the articles that report it."""
    headline = headline_of(story, language)
    sentences = told_sparingly(story, language, headline) or from_abroad(story, headline, language)
    sentences = sentences or [_bare(story, headline, language)]
    return DigestStory(story=story.id, headline=headline, sentences=sentences)


def _bare(story: Story, headline: str, language: str) -> Sentence:
    """Who published what kind of text, and which things its title names, and well-known names it has, beside
    those of the headline, where no sentence can be told."""
    lead, frame = story.lead, frames(language)
    things = [thing for thing in subjects_of(lead, language) if thing not in headline]
    names = [*things, *names_of(lead, headline, language)][:MOST_NAMES]
    about = about_things(frame.about, names, language)
    # Who published what is said once: here only where the headline of a foreign story does not.
    foreign = in_language(lead.lang, language)
    said = foreign and (vendor_of(story) or converted(lead.publisher, lead, language)) in headline
    pattern = frame.again if said else frame.bare
    original = foreign.removeprefix("以")
    text = filled(pattern, lead, language, what=noun(lead, language), about=about, original=original)
    return Sentence(text=text, sources=[lead.id], kind="count")
