"""The tags of a digest that no llm wrote: whom and what its stories' titles name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.articles.article import Article
from digest_lib.stories.story import Story
from digest_lib.text.english import is_common
from digest_lib.text.names import VARIANTS, Entry, by_canonical, latin_names, well_known
from digest_lib.text.numbers import stated
from digest_lib.text.one_spelling import chinese
from digest_lib.writing.tag_parts import RUN, told_whole, without_maker

_MOST: Final = 8
#: Behind these stands what something else is connected to, and what is listed with it.
_CONNECTED: Final = re.compile(r"(?:串接|串連|連動|介接|相容於?)(?: ?[A-Za-z0-9.]+(?: [A-Za-z0-9.]+)*、)* ?$")
#: What stands behind a name without being one.
_VARIANT: Final = re.compile(rf"v?\d.*|{VARIANTS}", re.IGNORECASE)
_LAST: Final = re.compile(r" v?\d[\d.]*$")
#: What joins the pieces of a name, or nothing does: GPT-5, GPT 5, GPT5.
_JOINTS: Final = re.compile(r"[ -]+|(?<=[A-Za-z])(?=\d)")


def tags_of(stories: Iterable[Story], name: str, language: str = "zh-TW") -> list[str]:
    """The family, and the names that the stories' titles share, most frequent first; those of people and
    bodies as the post's language writes them, products as most of the articles do.

    Places tell little. Latin words are names where the title around them is Chinese, Japanese or
    Korean; in an English title every second word has a capital, so there only well-known names count.
    """
    stories = list(stories)
    found = [_of_story(story, language) for story in stories]
    texts = [text for story in stories for a in story.articles for text in (a.title, a.summary, a.text)]
    whole = _whole({tag for tags in found for tag in tags})
    seen = Counter(tag for tags in found for tag in {whole[tag] for tag in tags})
    ordered = sorted(seen, key=lambda tag: (-seen[tag], tag))
    others = [tag for tag in ordered if not _is_family(tag, name)][: _MOST - 1]
    return list(dict.fromkeys([name, *(_as_written(tag, texts) for tag in others)]))


def _is_family(tag: str, name: str) -> bool:
    """Is it the family again: Mistral AI beside Mistral?"""
    return tag.casefold().removesuffix(" ai") == name.casefold()


def _of_story(story: Story, language: str) -> set[str]:
    found: dict[str, str] = {}
    for article in story.articles:
        known = sorted(n for n in well_known(article.title) if by_canonical()[n].kind != "place")
        for tag in [*(_tag(by_canonical()[n], language) for n in known), *_products(article, known)]:
            found.setdefault(_key(tag), tag)
    texts = [text for a in story.articles for text in (a.title, a.summary, a.text)]
    tags = [tag for tag in found.values() if not _is_in_passing(tag, story)]
    return {whole for tag in tags if (whole := told_whole(tag, texts, tags))}


def _is_in_passing(tag: str, story: Story) -> bool:
    """Do the titles only say of it that something is connected to it? Of a product that many know, that is
    news: Siri and Gemini."""
    if tag in by_canonical():
        return False
    told = [a.title for a in story.articles if tag in a.title]
    return bool(told) and all(_CONNECTED.search(title[: title.index(tag)]) for title in told)


def _products(article: Article, known: Sequence[str]) -> list[str]:
    """The Latin names of the title that are not among the `known`."""
    if article.lang[:2] not in {"zh", "ja", "ko"}:
        return []
    title = article.title
    text = f"{title}\n{article.summary}\n{article.text}"
    runs = [_own_part(m.group(), text[m.start() :], text) for m in RUN.finditer(title)]
    parts = {part for m in RUN.finditer(title) for part in _parts(m.group())}
    alone = [name for name in latin_names(title) if name not in parts and not _is_word(name)]
    # Code of Claude Code names nothing by itself.
    return [
        name
        for name in dict.fromkeys([*filter(None, runs), *alone])
        if name not in known and not any(name in k.split() for k in known)
    ]


def _parts(run: str) -> set[str]:
    """The words of a run, and what is a name of its own with a version: Gemini 3.6 of Gemini 3.6 Flash."""
    return {*run.split(), *latin_names(f"，{run}")}


def _own_part(run: str, rest: str, text: str) -> str:
    """What of Latin words beside each other is one name, if anything: not who made it (Anthropic Mythos), nor
    words of every trade (AI Pro), nor a number that counts what follows, nor by itself a word like any other
    (Mode, Build), but with who made it, where that stands before it and the `text` never names it alone.
    `rest` is the text from there."""
    if (last := _LAST.search(run)) and _counts(rest[last.start() + 1 :]):
        run = run[: last.start()]
    made, run = run, without_maker(run)
    words = run.split()
    while words and not _is_name(words[0]):
        words = words[1:]
    while words and not (_is_name(words[-1]) or _VARIANT.fullmatch(words[-1])):
        words = words[:-1]
    own = " ".join(words)
    if not _is_word(own) or (made != run and (well_known(own) or _stands_alone(own, text))):
        return own
    # Intelligence names something only as Apple Intelligence.
    return made[: made.index(own) + len(own)] if made != run else ""


def _stands_alone(name: str, text: str) -> bool:
    """Does the name stand somewhere without Latin words beside it?"""
    return bool(re.search(rf"(?<![A-Za-z0-9-])(?<![A-Za-z0-9] ){name}(?! ?[A-Za-z0-9])", text))


def _is_name(word: str) -> bool:
    """Does it name something among Chinese?"""
    return bool(latin_names(f"，{word}"))


def _is_word(name: str) -> bool:
    """Is it a common word of English, as a title writes it?"""
    return name.istitle() and name.isalpha() and is_common(name.lower())


def _counts(text: str) -> bool:
    """Does it begin with a number of something?"""
    return any(text.startswith(one.said) and not one.said[-1].isdigit() for one in stated(text[:24]))


def _whole(tags: set[str]) -> dict[str, str]:
    """Each tag with the longest one that ends with its words: Claude Opus 5 for Opus 5, and GPT-5.6 Luna for
    Luna, but not Google Chrome for Chrome, which many know."""
    longest = sorted(tags, key=lambda tag: (-len(tag), tag))
    parts = [tag for tag in tags if " " in tag or not well_known(tag)]
    return {tag: tag for tag in tags} | {
        tag: next((long for long in longest if long.endswith(f" {tag}")), tag) for tag in parts
    }


def _as_written(tag: str, texts: Sequence[str]) -> str:
    """A name with a number as most texts join its pieces; the name itself, where it has none."""
    if not any(c.isdigit() for c in tag):
        return tag
    pieces = [re.escape(piece) for piece in _JOINTS.split(tag) if piece]
    pattern = re.compile(rf"(?<![A-Za-z0-9]){'[ -]?'.join(pieces)}(?![A-Za-z0-9]|\.\d)")
    said = Counter(m.group() for text in texts for m in pattern.finditer(text))
    return max(sorted(said), key=lambda one: said[one], default=tag)


def _key(tag: str) -> str:
    return re.sub(r"[ -]", "", tag).casefold()


def _tag(entry: Entry, language: str) -> str:
    """黃仁勳 for Jensen Huang, where the post is in Chinese; companies and products keep their names."""
    if language != "zh-TW" or entry.kind not in {"person", "body"}:
        return entry.canonical
    return chinese(entry)
