"""`try_prompt`: one story, at once: the prompt as it is sent, the answer as it comes, and the check of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from digest_lib import desk_table, parameters
from digest_lib.articles.article import Article
from digest_lib.checking.digest import DigestStory, StoryText
from digest_lib.errors import UserError
from digest_lib.prompt_fields import PROMPTS, wrong_with
from digest_lib.settings import Home
from digest_lib.stories.story import Stories, Story
from digest_lib.writing.claims import Claim
from digest_lib.writing.editor import story_claims
from digest_lib.writing.listing import listed
from digest_lib.writing.llm import Llm
from digest_lib.writing.prices import own_pair
from digest_lib.writing.prompts import fill, validate_all
from digest_lib.writing.references import references, resolved
from digest_lib.writing.review import Review, own_words
from digest_lib.writing.taken import story_of
from digest_lib.writing.usage import Usage
from digest_lib.writing.write import choose


def try_prompt(
    story_prompt: str,
    stories: Stories,
    *,
    name: str,
    llm: str,
    n: int = 1,
    language: str = "zh-TW",
    temperature: float | None = None,
    seed: int | None = None,
    price: Sequence[float] | None = None,
    max_cost_usd: float = 0.1,
    max_seconds: float = 120.0,
    home: Home | None = None,
) -> Tried:
    """The `n`th story of the day, written with this prompt. Nothing is repaired, nothing published; an answer
    that is kept is not asked for again.

    Raises `BadPrompt` for a prompt with a wrong placeholder, `UserError` for one of another step, or where
    there is no such story or no llm, and `LlmError` where that does not answer.
    """
    parameters.check(
        story_prompt=story_prompt, llm=llm, language=language, temperature=temperature, seed=seed
    )
    _check(story_prompt)
    if not 1 <= n <= len(stories):
        there = f"it has {len(stories)}" if len(stories) else "it has none: choose another date"
        raise UserError(f"there is no story {n} on {stories.day}: {there}")
    writer = choose(llm, price)
    if writer.is_offline:
        raise UserError(
            f"a prompt can only be tried on an llm ({writer.why or 'the offline writer is chosen'}); "
            "`digest fake-llm` plays one that costs nothing"
        )
    story, own = stories[n - 1], own_words(name, language, str(stories.day))
    client = Llm(
        writer.llm, (home or Home.find()).answers, max_cost_usd, max_seconds,
        temperature=temperature, seed=seed, own_price=own_pair(price),
    )  # fmt: skip
    refs = references(story.articles)
    prompt = fill(story_prompt, {**own, "articles": listed(refs)})
    answer = client.ask(prompt, StoryText, "story")
    told = story_of(resolved(answer, refs), story.id)
    review = Review(stories, name, language, "", prompts=(story_prompt,))
    checked = tuple((claim, tuple(review.reasons(claim))) for claim in story_claims(told, story))
    return Tried(prompt, answer.model_dump(mode="json"), told, checked, story, client.usage, client, language)


def _check(prompt: str) -> None:
    """Raises `BadPrompt` for a wrong placeholder, `UserError` for a prompt of another step's."""
    wrong = wrong_with("story_prompt", prompt)
    others = [name for name in PROMPTS if wrong and wrong_with(name, prompt) is None]
    if others:
        raise UserError(f"try_prompt takes a story prompt; this is a {others[0]} ({wrong})")
    validate_all(story_prompt=prompt)


@dataclass(frozen=True)
class Tried:
    """A story as an llm wrote it: `prompt` as it was sent, `answer` as it came, `checked` with the reasons of
    what does not stand."""

    prompt: str
    answer: dict[str, Any]
    told: DigestStory
    checked: tuple[tuple[Claim, tuple[str, ...]], ...]
    story: Story
    usage: Usage
    llm: Llm
    language: str

    def _line(self) -> str:
        cost = "費用不明" if self.usage.cost_usd is None else f"${self.usage.cost_usd:.4f}"
        seconds = sum(request.seconds for request in self.llm.requests)
        kept = "（存過的答案）" if self.usage.cached else ""
        falls = sum(bool(reasons) for _, reasons in self.checked)
        return (
            f"{self.llm.model}{kept}：{len(self.checked)} 句，{falls} 句沒通過查核；"
            f"{self.usage.input_tokens:,} + {self.usage.output_tokens:,} tokens，{cost}，{seconds:.1f} 秒"
        )

    def __repr__(self) -> str:
        lines = [self._line(), self.told.headline]
        for claim, reasons in self.checked[1:]:
            lines.append(f"{'✗' if reasons else '✓'} {claim.text}")
            lines += [f"    {reason}" for reason in reasons]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        kinds = {"headline": "標題", "fact": "事實", "analysis": "分析"}
        rows = [
            (
                "撤下" if reasons else "保留",
                kinds[c.kind],
                c.text,
                _cited(c, self.language),
                "；".join(reasons),
            )
            for c, reasons in self.checked
        ]
        table = desk_table.table(("狀態", "類型", "內容", "來源", "理由"), rows, unit="句")
        raw = json.dumps(self.answer, ensure_ascii=False, indent=1)
        return (
            desk_table.line(self._line()) + table + _folded(f"答案原貌：{len(raw):,} 字", raw)
            + _folded(f"送出的提示詞：{len(self.prompt):,} 字", self.prompt)
        )  # fmt: skip


def _cited(claim: Claim, language: str) -> str:
    named: tuple[Article, ...] = () if claim.kind == "headline" else claim.named
    return "、".join(dict.fromkeys(article.publisher_in(language) for article in named))


def _folded(title: str, text: str) -> str:
    inner = f"<pre style='white-space:pre-wrap'>{escape(text)}</pre>"
    return f"<details><summary>{escape(title)}</summary>{inner}</details>"
