"""From likely pairs to groups: each event once, without chains.

Average linkage (the mean over all pairs of two groups, pairs never looked at counting as 0), so that one
look-alike does not draw two events together. Merging is by a heap over the pairs that exist: near-linear.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from digest_lib.stories.alike import Floats, likelihoods
from digest_lib.stories.fairs import other_exhibitors
from digest_lib.stories.matrices import Ints, Matrices, matrices
from digest_lib.stories.meaning import centred
from digest_lib.stories.nearby import candidates
from digest_lib.stories.topics import TOPIC
from digest_lib.stories.traits import NAME, Ids, Traits
from digest_lib.text.encoder import Encoder
from digest_lib.text.scripts import fold

#: Likelihood from which two single articles are one event, and mean likelihood from which an article or a
#: group joins a group; measured, as the weights of `alike`. A group has shown that there is an event.
SAME_EVENT, JOINS = 0.4, 0.12

#: Two articles of these never stand together, whatever else speaks for it; those always do.
NEVER, ALWAYS = -1e6, 1e3


def conflict(one: Traits, other: Traits) -> str:
    """Why two articles cannot be one event, however alike they read; empty where they can."""
    if one.roundup or other.roundup:
        return "" if one is other else "a round-up"
    if other_versions(one, other):
        return "other versions"
    if _other_actors(one, other):
        return "other companies or products"
    if other_exhibitors(one.exhibitor, other.exhibitor):
        return "two exhibitors of one fair"
    return "instalments of a series" if _instalments(one, other) else ""


def _instalments(one: Traits, other: Traits) -> bool:
    """Are these two numbers of one publisher's series? Candidates of one release are not."""
    if one.publisher != other.publisher or one.versions & other.versions:
        return False
    if one.template == other.template:
        return fold(one.headline) != fold(other.headline)
    (label, number), (other_label, other_number) = one.series, other.series
    return bool(label) and label == other_label and number != other_number


def _other_actors(one: Traits, other: Traits) -> bool:
    """Is each title on companies, or on products, that the other article does not name? Two firms' earnings
    are told in the same words, with the same customers and rivals further on; what strikes many firms at once
    is one event, whichever of them a headline is on."""
    if _one_blow(one, other):
        return False
    for kind in {k for k, _ in one.actors} & {k for k, _ in other.actors}:
        mine, theirs = ({n for k, n in t.actors if k == kind} for t in (one, other))
        if not any(NAME + n in other.names for n in mine) and not any(NAME + n in one.names for n in theirs):
            return True
    return False


#: What comes over firms from outside: over a whole region, or from somebody who is named.
_OF_NATURE = frozenset(TOPIC + t for t in ("earthquake", "storm", "power-cut"))
_OF_SOMEBODY = frozenset(TOPIC + t for t in (
    "outage", "intrusion", "flaw", "leak", "fire", "regulator", "fine", "ban", "export-control", "tariff",
    "strike", "court", "copyright",
))  # fmt: skip


def _one_blow(one: Traits, other: Traits) -> bool:
    """Do both headlines tell of the same kind of blow: nature's, or that of one whom both name (a regulator,
    a place, a service that many firms run on)?"""
    shared = one.titled & other.titled
    of_somebody = bool(shared & _OF_SOMEBODY) and any(word.startswith(NAME) for word in shared)
    return bool(shared & _OF_NATURE) or of_somebody


def other_versions(one: Traits, other: Traits) -> bool:
    """Do the titles give one thing other versions, or each a version and none in common? A release's
    candidates have its version; a title may compare two."""
    for name in {n for n, _ in one.versions} & {n for n, _ in other.versions}:
        if not {v for n, v in one.versions if n == name} & {v for n, v in other.versions if n == name}:
            return True
    mine, theirs = ({v for _, v in t.versions} for t in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs


def likely_pairs(
    news: Sequence[Traits],
    background: Sequence[Ids] = (),
    encoder: Encoder | None = None,
    names: Sequence[str] = (),
) -> tuple[Ints, Ints, Floats]:
    """The pairs of articles (in order of time) that may be one event, with how likely each is. `names` are
    those of the family that all of them are about."""
    return scored(matrices(news, background, centred(news, encoder, names), names))


def scored(compared: Matrices) -> tuple[Ints, Ints, Floats]:
    """As `likely_pairs`, of what is prepared already."""
    i, j = candidates(compared)
    likely = likelihoods(compared, i, j)
    worth = likely > _WORTH_A_CHECK
    i, j, likely = i[worth], j[worth], likely[worth]
    for k in range(len(i)):
        if conflict(compared.traits[i[k]], compared.traits[j[k]]):
            likely[k] = NEVER
    return i, j, likely


#: Less likely pairs do not bring two together, and change no mean that is worth a look.
_WORTH_A_CHECK = 0.02


def merged(
    size: int, pairs: Iterable[tuple[int, int, float]], same: float = SAME_EVENT, joins: float = JOINS
) -> list[list[int]]:
    """Groups of the numbers below `size`, by average linkage over scored pairs; of equals, lower first."""
    members = {k: [k] for k in range(size)}
    near: dict[int, dict[int, float]] = {k: {} for k in range(size)}
    for i, j, score in pairs:
        near[i][j] = near[j][i] = score

    def close(i: int, j: int, mean: float) -> bool:
        return mean >= (same if len(members[i]) == len(members[j]) == 1 else joins)

    heap = [(-score, i, j) for i in near for j, score in near[i].items() if i < j and close(i, j, score)]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in members or j not in members:
            continue
        mean = near[i].get(j, 0.0) / (len(members[i]) * len(members[j]))
        if -negative != mean:
            continue  # said of groups that have grown since; the new mean stands elsewhere in the heap
        _join(members, near, i, j)
        for other, total in near[i].items():
            mean = total / (len(members[i]) * len(members[other]))
            if close(i, other, mean):
                heapq.heappush(heap, (-mean, min(i, other), max(i, other)))
    return [sorted(group) for group in members.values()]


def _join(members: dict[int, list[int]], near: dict[int, dict[int, float]], i: int, j: int) -> None:
    """Group `j` into `i`: sums over pairs add up."""
    members[i] += members.pop(j)
    for other, total in near.pop(j).items():
        near[other].pop(j, None)
        if other != i:
            near[i][other] = near[other][i] = near[i].get(other, 0.0) + total
