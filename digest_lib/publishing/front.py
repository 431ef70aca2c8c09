"""The front matter of a post."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import without_quotations
from digest_lib.sections.facts import Facts
from digest_lib.sections.markup import JOINER, inert
from digest_lib.sections.sentences import joined, says_again
from digest_lib.sections.words import FALLBACK, Words
from digest_lib.version import __version__

#: The chart that stands for a post where it is linked to, and the same in small.
COVER = "infographic"
SMALL = f"{COVER}-small"

# Renderers read front matter as Markdown, so its markup becomes the look-alikes of full width. Without braces
# and backslashes there is no shortcode, whatever is decoded or unescaped.
_PLAIN = str.maketrans({"[": "［", "]": "］", "{": "｛", "}": "｝", "\\": "＼", "`": "'", JOINER: None})


def plain(text: str) -> str:
    """Text for the front matter: on one line, without markup and without entities."""
    return " ".join(inert(text).translate(_PLAIN).split())


def title_of(facts: Facts) -> str:
    """The post's title, in the seed's words."""
    return Words(facts.language)("post_title", name=facts.name, date=facts.date)


def subtitle_of(facts: Facts) -> str:
    """The line below the title: how many stories it tells, and from how many articles."""
    words = Words(facts.language)
    if not facts.stories:
        window = words.window(facts.window_days)
        return words("post_subtitle_none", name=facts.name, window=window)
    return words("post_subtitle", name=facts.name, stories=len(facts.stories), count=facts.told)


def headline_of(facts: Facts) -> str:
    """What lists show: the day's headline; on a day without news, that there is none."""
    if facts.retracted:
        return Words(facts.language)("retracted_headline")
    return (facts.digest.headline if facts.stories else "") or subtitle_of(facts)


def summary_of(facts: Facts) -> str:
    """The day in a few sentences; its headline where there is no summary."""
    return joined(s.text for s in facts.digest.summary) or headline_of(facts)


def beyond_headline(facts: Facts) -> list[Sentence]:
    """The summary without what the day's headline says; empty on a day without news, of which the headline
    has said all."""
    if not facts.stories:
        return []
    return [s for s in facts.digest.summary if not says_again(s.text, facts.digest.headline)]


def lead_first(facts: Facts) -> list[Sentence]:
    """The summary below the headline, which begins with the first story: where only the headline told of it,
    with its first sentence."""
    beyond = beyond_headline(facts)
    if not beyond or not facts.stories:
        return beyond
    lead = facts.stories[0]
    own = [s for s in beyond if set(s.sources) & set(lead.articles)]
    told = next((t.sentences for t in facts.digest.stories if t.story == lead.id), [])
    more = (s for s in told if s.kind == "fact" and not says_again(s.text, facts.digest.headline))
    first = own[:1] or [s for s in more if _is_own(s.text)][:1]
    return [*first, *(s for s in beyond if s not in first)]


def _is_own(text: str) -> bool:
    """Is at least half of it no quotation? What is quoted may be in another language."""
    return 2 * len(without_quotations(text)) >= len(text)


def front_matter(facts: Facts, images: Mapping[str, str], provenance: Mapping[str, object]) -> str:
    """The YAML block of a post; `images` are the files of its charts: what each shows in words, by name."""
    tags = dict.fromkeys(plain(t) for t in [*facts.digest.tags, facts.name, "AI", "Digest"])
    front: dict[str, object] = {
        "title": plain(title_of(facts)),
        "subtitle": plain(subtitle_of(facts)),
        "date": facts.date,
        "categories": [facts.family, "daily"],
        "tags": list(tags),
    }
    for name in (n for n in images if n.rpartition(".")[0] == COVER):
        front |= {"image": name, "image-alt": plain(images[name] or headline_of(facts))}
    front |= {
        "description": plain(summary_of(facts)),
        "family": facts.family,
        "lang": FALLBACK if facts.language.startswith("zh") else facts.language,
        "page-class": "post",
        "execute": {"echo": False},
    }
    if facts.corrections:
        front["corrections"] = [
            {"date": c.date, "changes": list(map(plain, c.changes))} for c in facts.corrections
        ]
    if facts.retracted:
        gone = facts.retracted
        front["retracted"] = {"date": gone.date, "reason": plain(gone.reason)}
    front["provenance"] = _plain_all(_provenance(facts) | dict(provenance))
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=2**30)
    return f"---\n{text}---\n"


def _provenance(facts: Facts) -> dict[str, object]:
    cover = facts.coverage
    return {
        "library": __version__,
        "llm": facts.writer.llm,
        **({"answered": facts.writer.answered} if facts.writer.answered else {}),
        "cutoff": facts.cutoff.isoformat(),
        "prompts": dict(facts.prompts),
        "coverage": {
            "feeds": cover.feeds,
            "answered": cover.answered,
            "imported": cover.imported,
            "articles": cover.articles,
            "matched": facts.matched,
        },
        "checks": dict(facts.checked),
    }


def _plain_all(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(str(key)): _plain_all(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain_all(inner) for inner in value]
    return value
