"""`write`: stories into a draft, by the llm of the desk or offline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from digest_lib import parameters, settings
from digest_lib.files import digest_of
from digest_lib.proxies import Proxies
from digest_lib.settings import Home
from digest_lib.stories.continuity import published_before
from digest_lib.stories.history import History
from digest_lib.stories.story import Stories
from digest_lib.writing import access, estimate
from digest_lib.writing.draft import Draft
from digest_lib.writing.earlier import earlier
from digest_lib.writing.editor import Editor
from digest_lib.writing.llm import Llm, written_by
from digest_lib.writing.offline import write_offline
from digest_lib.writing.prices import own_pair, unpriced
from digest_lib.writing.prompts import validate_all
from digest_lib.writing.review import Review, own_words
from digest_lib.writing.usage import OFFLINE, Writer

NAME_ITS_PRICE: Final = (
    "set `price = (in, out)`, dollars for a million tokens, in the notebook's parameters, "
    "and give it to `write`"
)


def write(
    stories: Stories,
    *,
    name: str,
    llm: str,
    story_prompt: str,
    day_prompt: str,
    repair_prompt: str | None = None,
    doubt_prompt: str | None = None,
    language: str = "zh-TW",
    max_cost_usd: float = 0.5,
    max_seconds: float = 300.0,
    temperature: float | None = None,
    seed: int | None = None,
    price: Sequence[float] | None = None,
    past: History | None = None,
    home: Home | None = None,
    show: Callable[[str], None] | None = None,
) -> Draft:
    """The draft of the day, by `llm`, or offline where it is `offline` or no server is configured.

    Each story is checked as soon as it is written, judged with the `doubt_prompt` and repaired with the
    `repair_prompt`, so that the day's request sees what will stand. Give `revise` the same two.

    Raises `BadPrompt` for a prompt whose placeholders are not those that are filled, whoever writes. The
    limits are the run's: reaching one leaves what is missing to the offline writer. `show` (such as `print`)
    is told of each story as it is finished. `temperature` and `seed` go to the llm where they are given; an
    answer is kept by them, too. `price`: dollars for a million tokens, in and out. `past`: the articles a
    day, beside which the offline writer sees what is remarkable.
    """
    parameters.check(
        name=name, llm=llm, story_prompt=story_prompt, day_prompt=day_prompt, doubt_prompt=doubt_prompt,
        language=language, max_cost_usd=max_cost_usd, max_seconds=max_seconds, temperature=temperature,
        seed=seed, price=price,
    )  # fmt: skip
    if repair_prompt is not None:
        parameters.check(repair_prompt=repair_prompt)
    desk = {"story_prompt": story_prompt, "day_prompt": day_prompt}
    validate_all(**desk, repair_prompt=repair_prompt, doubt_prompt=doubt_prompt)
    writer = choose(llm, price)
    if writer.is_offline:
        told = published_before((home or Home.find()).posts, stories.family, stories.day.date)
        digest, counts = write_offline(stories, name=name, language=language, past=past, earlier=told)
        return Draft(digest, stories, name, language, writer, counts=counts)
    if estimate.is_wanted():
        raise estimate.Estimated(estimate.estimate(
            stories, writer.llm, story_prompt=story_prompt, day_prompt=day_prompt,
            repair_prompt=repair_prompt, doubt_prompt=doubt_prompt, max_cost_usd=max_cost_usd, price=price,
            own=own_words(name, language, str(stories.day)), manner=f"{temperature} {seed}",
        ))  # fmt: skip
    # Here, since what goes wrong with a request leaves the post to the offline writer.
    Proxies.of().for_llm(access.address())
    home = home or Home.find()
    client = Llm(
        writer.llm, home.answers, max_cost_usd, max_seconds, temperature=temperature, seed=seed,
        own_price=own_pair(price),
    )  # fmt: skip
    review = Review(
        stories, name, language, repair_prompt or "", doubt_prompt, client if repair_prompt else None,
        tuple(desk.values()),
    )  # fmt: skip
    before = earlier(home.posts, stories.family, stories.day.date)
    edited = Editor(client, name, language, story_prompt, day_prompt, review, before, show).write(stories)
    asked = len(stories) + 1
    # Where every request failed, the llm wrote nothing, and the post must not say that it did.
    by = OFFLINE if len(edited.failures) == asked or not stories else writer.llm
    return Draft(
        edited.digest,
        stories,
        name,
        language,
        written_by(by, "; ".join(edited.failures), client),
        client.usage,
        edited.counts,
        {"story": digest_of(story_prompt), "day": digest_of(day_prompt)},
        (story_prompt, day_prompt),
        client if by != OFFLINE else None,
        edited.quoted,
        review if by != OFFLINE else None,
        client.unanswered,
    )


def choose(parameter: str, price: Sequence[float] | None = None) -> Writer:
    """Who writes, for a notebook's `llm` parameter on this machine. A model that somebody is paid for wants a
    known `price`: without one, no limit of cost holds."""
    llm = settings.chosen_llm(parameter)
    if llm == OFFLINE:
        return Writer(OFFLINE)
    if not settings.llm_is_reachable():
        return Writer(OFFLINE, settings.LLM_NOT_SET_UP)
    if problem := access.problem():  # told once, and not by every request
        return Writer(OFFLINE, problem)
    if price is None and unpriced(llm, access.address()):
        return Writer(OFFLINE, f"no price is known for the model «{llm}»: {NAME_ITS_PRICE}")
    return Writer(llm)
