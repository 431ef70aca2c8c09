"""Words of another language in a page, marked as such: a screen reader then pronounces them right, and a
browser sets them in their own font."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from digest_lib.sections.facts import Facts
from digest_lib.sections.markup import esc, lang_attr
from digest_lib.text.scripts import simplified_in

_QUOTED: Final = re.compile(r"(?<=「)[^「」]+(?=」)|(?<=“)[^“”]+(?=”)|(?<=〈)[^〈〉]+(?=〉)")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3041-\u30ff]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_NOT_LATIN: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
#: A single word may be a name, which Chinese texts write the same way.
_WORDS: Final = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_OWN_SCRIPT: Final = frozenset({"zh", "ja", "ko"})


def marked(text: str, langs: Collection[str], page: str) -> str:
    """Text as HTML. What is not in the language of the `page`, the whole of it or a quotation in it, carries
    its own, which is one of `langs`: those of the sources that it rests on."""
    others = {lang for lang in langs if _family(lang) not in {_family(page), "und", ""}}
    whole = _lang_of(_QUOTED.sub("", text), others)
    if whole:
        return _span(text, whole, page)
    parts, end = [], 0
    for quoted in _QUOTED.finditer(text):
        parts += [esc(text[end : quoted.start()]), _span(quoted[0], _lang_of(quoted[0], others), page)]
        end = quoted.end()
    return "".join([*parts, esc(text[end:])])


def headline_html(text: str, facts: Facts, story: str = "") -> str:
    """A headline as HTML: that of one of the stories, or without `story` the day's."""
    langs = {s.lang for s in facts.sources if not story or s.story == story}
    return marked(text, langs, facts.language)


def publisher_html(name: str, lang: str, page: str) -> str:
    """A publisher's name as HTML; most are the same in every language, others are in their own script."""
    if _family(lang) == _family(page) == "zh":
        foreign = lang == "zh-Hans" and bool(simplified_in(name))
    else:
        foreign = _family(lang) != _family(page) and bool(_NOT_LATIN.search(name))
    return _span(name, lang if foreign else "", page)


def _family(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _lang_of(text: str, langs: Collection[str]) -> str:
    """Which of `langs` the text is in, judged by its script; empty where that cannot be told."""
    if _HANGUL.search(text):
        fits = [lang for lang in langs if _family(lang) == "ko"]
    elif _KANA.search(text):
        fits = [lang for lang in langs if _family(lang) == "ja"]
    elif _HAN.search(text):
        fits = [lang for lang in langs if _family(lang) == "zh"]
    elif _WORDS.search(text):
        fits = [lang for lang in langs if _family(lang) not in _OWN_SCRIPT]
    else:
        fits = []
    return fits[0] if len(fits) == 1 else ""


def _span(text: str, lang: str, page: str) -> str:
    """The text with its language. A Chinese or Japanese font sets the apostrophe of «we’re» as wide as a
    character."""
    attribute = lang_attr(lang, page)
    if attribute and _family(page) in _OWN_SCRIPT and _family(lang) not in _OWN_SCRIPT:
        text = text.replace("\u2019", "'")
    return f"<span{attribute}>{esc(text)}</span>" if attribute else esc(text)
