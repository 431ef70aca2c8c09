"""What the fake llm reads in a prompt: the articles, or the stories already told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest_lib.text.sentences import split_sentences

_ARTICLE = re.compile(r"^\[(?P<ref>A\d+)\] [^\n]*?, [\d-]{10} [\d:]{5}$", re.MULTILINE)
_TOLD = re.compile(r"^- (?P<text>.+?)(?P<refs>(?: ?\[A\d+\])+)$", re.MULTILINE)
_STORY = re.compile(r"^## (.+)$", re.MULTILINE)
_END = re.compile(r"\n</articles>|\n</stories>")
_STORIES = re.compile(r"<stories>\n(.*?)\n</stories>", re.DOTALL)
_CLAIM = re.compile(
    r"^\[(?P<name>S\d+)\] \((?P<kind>fact|analysis|headline); ?(?P<refs>[A\d ]*)\) (?P<text>.+)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as the prompt shows it."""

    ref: str
    title: str
    body: str

    @property
    def sentences(self) -> list[str]:
        """The whole sentences of its body, of a readable length."""
        whole = (s.strip() for s in split_sentences(self.body))
        return [s for s in whole if 8 < len(s) <= 200 and s[-1] in "。！？.!?」"]  # noqa: PLR2004


def articles(prompt: str) -> list[Seen]:
    """The articles that the prompt lists, in order."""
    found = list(_ARTICLE.finditer(prompt))
    ends = [*(m.start() for m in found), len(prompt)][1:]
    return [_seen(m, prompt[m.end() : end]) for m, end in zip(found, ends, strict=True)]


def _seen(match: re.Match[str], rest: str) -> Seen:
    title, _, body = _END.split(rest)[0].strip("\n").partition("\n")
    return Seen(match["ref"], title.strip(), body.strip())


def told(prompt: str) -> list[tuple[str, list[str]]]:
    """The sentences of the stories that the prompt lists, each with what it cites."""
    found = _TOLD.finditer(_stories(prompt))
    return [(m["text"].strip(), re.findall(r"A\d+", m["refs"])) for m in found]


def headlines(prompt: str) -> list[str]:
    """The headlines of the stories that the prompt lists."""
    return _STORY.findall(_stories(prompt))


def _stories(prompt: str) -> str:
    """The part of a prompt that lists stories; all of it where none is marked."""
    marked = _STORIES.search(prompt)
    return marked[1] if marked else prompt


@dataclass(frozen=True, slots=True)
class Put:
    """A claim that is to be judged or repaired, as the prompt shows it."""

    name: str
    kind: str
    refs: list[str]
    text: str


def claims(prompt: str) -> list[Put]:
    """The claims that the prompt lists, in order."""
    return [Put(m["name"], m["kind"], m["refs"].split(), m["text"]) for m in _CLAIM.finditer(prompt)]
