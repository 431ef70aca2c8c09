"""Articles into stories: each event once, with everything that reports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from digest_lib import parameters
from digest_lib.articles.article import Article, Articles
from digest_lib.errors import UserError
from digest_lib.settings import Home
from digest_lib.stories import grouping
from digest_lib.stories.alike import Floats
from digest_lib.stories.by_hand import Couple, Couples, check_agreement, couples_of
from digest_lib.stories.continuity import Past, published_before
from digest_lib.stories.elsewhere import told_elsewhere
from digest_lib.stories.kinds import kind_of
from digest_lib.stories.match import is_of
from digest_lib.stories.matrices import Ints
from digest_lib.stories.rank import rank
from digest_lib.stories.reasons import why_together
from digest_lib.stories.sources import no_news
from digest_lib.stories.story import Stories, Story
from digest_lib.stories.traits import ids_in, named_by, traits
from digest_lib.stories.voices import independent
from digest_lib.text.encoder import Encoder, encoder
from digest_lib.text.names import Aliases
from digest_lib.text.vectors import tokens

#: Answers whether two articles report one event; None where it cannot say.
Ask = Callable[[Article, Article], bool | None]

#: Likelihoods between which a pair is doubtful enough to be asked about, and how many are asked.
_DOUBTFUL = (0.12, 0.6)
_MOST_QUESTIONS = 12
#: What an answer is worth as a likelihood: it may be wrong, so it is one voice in the mean.
_YES, _NO = 0.95, 0.0


def cluster(
    matched: Articles,
    *,
    family: str,
    official: Sequence[str] = (),
    limit: int = 8,
    home: Home | None = None,
    together: Couples = (),
    apart: Couples = (),
    ask: Ask | None = None,
) -> Stories:
    """The family's stories of the day, most important first, at most `limit` of them.

    Pages that report nothing, what an earlier post of the family has told already, and what another family's
    news has (`elsewhere`), are left out with the reason. A story that continues an earlier post's says so in
    `follows`.

    `together` and `apart` are couples of articles (URL or id) that a person merges or splits, for whatever
    day is run or by day; `ask` is put the doubtful pairs. Raises `UserError` for a
    couple that is not of the day, and for a family that no notebook of the home is named after.
    """
    parameters.check(family=family, official=official, max_stories=limit, together=together, apart=apart)
    day = str(matched.day.date)
    home = home or Home.find()
    _check_family(home, family)
    past = published_before(home.posts, family, matched.day.date)
    news, left_out = _sift(matched, past, official)
    meaning = encoder(home.vectors) if news else None
    merged = couples_of(together, day, matched, "together")
    split = couples_of(apart, day, matched, "apart")
    check_agreement(merged, split, matched.items)
    wishes = Wishes(merged, split, ask)
    groups = group(news, matched.background, wishes=wishes, using=meaning, names=matched.names)
    makers = sorted({name for host in official for name in named_by(host)})
    vendor = Aliases([*matched.names, *makers])
    told = [_story(g, official, vendor, wishes) for g in groups]
    told = past.continued(told, matched.background, meaning, matched.names, makers)
    old = {s.id: f"nothing new since {s.follows.post}" for s in told if s.follows and s.told_again}
    fresh = _without(told, old, left_out)
    elsewhere = told_elsewhere([s for s in fresh if not s.follows], matched, family, home, meaning)
    fresh = _without(fresh, elsewhere, left_out)
    ranked = rank(fresh, matched.day.cutoff, matched.why, vendor)
    beyond = dict.fromkeys((s.id for s in ranked[limit:]), f"beyond {limit} stories")
    return Stories(
        items=tuple(_without(ranked, beyond, left_out)),
        family=family,
        day=matched.day,
        window_days=matched.window_days,
        coverage=matched.coverage,
        matched=len(matched),
        mentions=matched.mentions,
        official_hosts=tuple(official),
        left_out=left_out,
        others=tuple(a for a in matched if a.id in left_out),
    )


def _without(stories: Sequence[Story], why: Mapping[str, str], left_out: dict[str, str]) -> list[Story]:
    """The stories but those that are left out: `why`, by their ids. The articles of these join `left_out`."""
    for story in stories:
        if story.id in why:
            left_out.update(dict.fromkeys((a.id for a in story.articles), why[story.id]))
    return [story for story in stories if story.id not in why]


def _check_family(home: Home, family: str) -> None:
    """Raises `UserError` for a family without a notebook: its posts would be looked for in vain, and all that
    was published before would be new. In a home without notebooks, any may be."""
    there = sorted(path.stem for path in home.notebooks.glob("*.ipynb"))
    if there and family not in there:
        raise UserError(
            f"this notebook's family is «{family}»; a notebook is named after its family (there are: "
            f"{', '.join(there)})"
        )


def _sift(matched: Articles, past: Past, official: Sequence[str]) -> tuple[list[Article], dict[str, str]]:
    names = Aliases(matched.names)
    news: list[Article] = []
    left_out: dict[str, str] = {}
    for article in matched:
        # The vendor announces by a name alone, too.
        kind = no_news(article, None if is_of(article.url, official) else names)
        post = past.cited.get(article.id)
        if kind:
            left_out[article.id] = f"no news page: {kind}"
        elif post:
            left_out[article.id] = f"already in {post}"
        else:
            news.append(article)
    return news, left_out


@dataclass(frozen=True)
class Wishes:
    """What is decided about pairs by others than the measure: couples of article ids, and whom to ask."""

    together: Sequence[Couple] = ()
    apart: Sequence[Couple] = ()
    ask: Ask | None = None

    @property
    def named(self) -> set[str]:
        return {article for couple in (*self.together, *self.apart) for article in couple}


_NO_WISHES = Wishes()


@dataclass
class _Heads:
    """Articles to compare: the oldest of each headline's copies; five thousand cost what one does."""

    articles: list[Article] = field(default_factory=list)
    copies: dict[str, list[Article]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, articles: Sequence[Article], named: set[str]) -> _Heads:
        heads = cls()
        seen: dict[str, str] = {}
        for article in sorted(articles, key=lambda a: (a.published, a.id)):
            same = "" if article.id in named else " ".join(tokens(article.title))
            head = seen.setdefault(same or article.id, article.id)
            if head == article.id:
                heads.articles.append(article)
            heads.copies[head].append(article)
        return heads


def group(
    articles: Sequence[Article],
    background: Sequence[str] = (),
    *,
    wishes: Wishes = _NO_WISHES,
    using: Encoder | None = None,
    names: Sequence[str] = (),
) -> list[list[Article]]:
    """Groups of articles on one event. Groups and their members come oldest first.

    `background` are further texts of the window, so that words common to all news weigh little; `using` is
    the encoder, where there is one; `names` are those of the family, where all the articles are about one:
    what shares a name and a day is no event.
    """
    heads = _Heads.of(articles, wishes.named)
    compared = [traits(a) for a in heads.articles]
    titles = {t.headline for t in compared}
    words = [ids_in(text) for text in background if text.partition("\n")[0] not in titles]
    likely = grouping.likely_pairs(compared, words, using if len(compared) > 1 else None, names)
    pairs = _pairs(heads.articles, likely, wishes)
    groups = grouping.merged(len(compared), [(i, j, p) for (i, j), p in sorted(pairs.items())])
    found = [[a for k in g for a in heads.copies[heads.articles[k].id]] for g in groups]
    found = [sorted(g, key=lambda a: (a.published, a.id)) for g in found]
    return sorted(found, key=lambda g: (g[0].published, g[0].id))


def _pairs(
    articles: Sequence[Article], scored: tuple[Ints, Ints, Floats], wishes: Wishes
) -> dict[tuple[int, int], float]:
    """The likelihood of every pair worth a look, with what people and the llm say of some."""
    i, j, likely = scored
    pairs = dict(zip(zip(i.tolist(), j.tolist(), strict=True), likely.tolist(), strict=True))
    if wishes.ask is not None:
        low, high = _DOUBTFUL
        doubtful = [(abs(p - grouping.SAME_EVENT), pair) for pair, p in pairs.items() if low <= p <= high]
        for _, (a, b) in sorted(doubtful)[:_MOST_QUESTIONS]:
            answer = wishes.ask(articles[a], articles[b])
            if answer is not None:
                pairs[a, b] = _YES if answer else _NO
    number = {a.id: k for k, a in enumerate(articles)}
    for couples, value in ((wishes.together, grouping.ALWAYS), (wishes.apart, grouping.NEVER)):
        for one, other in couples:
            if one in number and other in number and one != other:
                a, b = sorted((number[one], number[other]))
                pairs[a, b] = value
    return pairs


def _story(
    articles: list[Article], official: Sequence[str], vendor: Aliases, wishes: Wishes = _NO_WISHES
) -> Story:
    """The story of a group; its id comes from its earliest article, so that it stays as it grows."""
    primary = [a for a in articles if is_of(a.url, official)]
    ordered = sorted(articles, key=lambda a: _lead_first(a, primary))
    return Story(
        id=articles[0].id[:12],
        articles=tuple(ordered),
        publishers=independent(articles, primary),
        first=articles[0].published,
        last=articles[-1].published,
        official=bool(primary),
        why_grouped=_by_hand({a.id for a in articles}, wishes) + why_together(articles),
        why_ranked="",
        score=0.0,
        kind=kind_of(ordered, vendor),
    )


def _by_hand(members: set[str], wishes: Wishes) -> str:
    """What a person had a hand in, before the reasons of the measure."""
    merged = any(one in members and other in members for one, other in wishes.together)
    split = any((one in members) != (other in members) for one, other in wishes.apart)
    return "merged by hand; " * merged + "split by hand; " * split


def _lead_first(article: Article, primary: Sequence[Article]) -> tuple[object, ...]:
    """Order inside a story: the vendor's own page, then what readers here can read, then the fullest."""
    script = {"zh-Hant": 0, "zh-Hans": 1}.get(article.lang, 2)
    return (
        article not in primary, script, -len(article.text or article.summary),
        article.published, article.id,
    )  # fmt: skip
