"""`write`: stories into a draft, by the llm of the desk or offline."""

from __future__ import annotations

from collections.abc import Callable

from digest_lib import parameters, settings
from digest_lib.files import digest_of
from digest_lib.proxies import Proxies
from digest_lib.settings import Home
from digest_lib.stories.continuity import published_before
from digest_lib.stories.history import History
from digest_lib.stories.story import Stories
from digest_lib.writing import access
from digest_lib.writing.draft import OFFLINE, Draft, Writer
from digest_lib.writing.editor import Editor
from digest_lib.writing.llm import Llm, written_by
from digest_lib.writing.offline import write_offline
from digest_lib.writing.prompts import validate

STORY_PLACEHOLDERS = ("name", "language", "date", "articles")
DAY_PLACEHOLDERS = ("name", "language", "date", "stories")


def write(
    stories: Stories,
    *,
    name: str,
    llm: str,
    story_prompt: str,
    day_prompt: str,
    language: str = "zh-TW",
    max_cost_usd: float = 0.5,
    max_seconds: float = 300.0,
    past: History | None = None,
    home: Home | None = None,
    show: Callable[[str], None] | None = None,
) -> Draft:
    """The draft of the day, by `llm`, or offline where it is `offline` or no server is configured.

    Raises `BadPrompt` for a prompt whose placeholders are not those that are filled, whoever writes. The
    limits are the run's: reaching one leaves what is missing to the offline writer. `show` (such as `print`)
    is told of each story as it is finished. `past`: the articles a day, beside which the offline writer sees
    what is remarkable.
    """
    parameters.check(
        name=name, llm=llm, story_prompt=story_prompt, day_prompt=day_prompt, language=language,
        max_cost_usd=max_cost_usd, max_seconds=max_seconds,
    )  # fmt: skip
    validate("story_prompt", story_prompt, STORY_PLACEHOLDERS, ["articles"])
    validate("day_prompt", day_prompt, DAY_PLACEHOLDERS, ["stories"])
    writer = choose(llm)
    if writer.is_offline:
        earlier = published_before((home or Home.find()).posts, stories.family, stories.day.date)
        digest, counts = write_offline(stories, name=name, language=language, past=past, earlier=earlier)
        return Draft(digest, stories, name, language, writer, counts=counts)
    # Here, since what goes wrong with a request leaves the post to the offline writer.
    Proxies.of().for_llm(access.address())
    answers = (home or Home.find()).answers
    client = Llm(writer.llm, answers, max_cost_usd, max_seconds)
    editor = Editor(client, name, language, story_prompt, day_prompt, show)
    edited = editor.write(stories)
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
    )


def choose(parameter: str) -> Writer:
    """Who writes, for a notebook's `llm` parameter on this machine."""
    llm = settings.chosen_llm(parameter)
    if llm == OFFLINE:
        return Writer(OFFLINE)
    if not settings.llm_is_reachable():
        return Writer(OFFLINE, settings.LLM_NOT_SET_UP)
    if problem := access.problem():  # told once, and not by every request
        return Writer(OFFLINE, problem)
    return Writer(llm)
