"""Articles as the sentence encoder has them: two vectors each, of the title and of the opening.

Texts of one language share a direction, whatever they say: two headlines in English are nearer to each other
than either is to its translation. `centred` takes off what all news of a language have in common, so that a
cosine says as much across languages as within one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from digest_lib.stories.traits import Traits
from digest_lib.text.encoder import Encoder, Vectors
from digest_lib.text.names import Aliases


def encoded(
    traits: Sequence[Traits], encoder: Encoder | None, names: Sequence[str] = ()
) -> tuple[Vectors, Vectors] | None:
    """Titles and leads as vectors, where there is an encoder; without the family's names, which would make
    any two short texts about it alike."""
    if encoder is None:
        return None
    family = Aliases(names)
    titles, leads = ([_without(family, text) for text in texts] for texts in (
        [t.headline for t in traits], [t.lead for t in traits]
    ))  # fmt: skip
    return encoder.vectors(titles), encoder.vectors(leads)


def centred(
    traits: Sequence[Traits], encoder: Encoder | None, names: Sequence[str] = ()
) -> tuple[Vectors, Vectors] | None:
    """As `encoded`, without what news of each article's language have in common; of a language whose centre
    is not known, the vectors are as they were."""
    vectors = encoded(traits, encoder, names)
    if vectors is None:
        return None
    titles, leads = (rows - _shared(traits, rows.shape[1]) for rows in vectors)
    return _unit(titles, vectors[0]), _unit(leads, vectors[1])


def _shared(traits: Sequence[Traits], width: int) -> Vectors:
    """What each article's language adds to its vectors."""
    found, nothing = centres(), np.zeros(width, np.float32)
    return np.array([found.get(t.language, nothing) for t in traits], np.float32).reshape(-1, width)


def _unit(rows: Vectors, before: Vectors) -> Vectors:
    """The rows with length 1; a text without letters, whose row was all zeros, stays so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    has_letters = before.any(axis=1, keepdims=True) & (lengths > 0)
    return np.asarray(np.where(has_letters, rows / np.where(lengths > 0, lengths, 1), 0), dtype=np.float32)


@cache
def centres() -> Mapping[str, Vectors]:
    """Language -> the mean of the vectors of its news, as `bench/story_centres.py` works it out."""
    with (
        files("digest_lib.stories").joinpath("centres.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        return {language: kept[language].astype(np.float32) for language in kept.files}


def _without(family: Aliases, text: str) -> str:
    """The text without the family's names; as it is where it says nothing else."""
    for start, end in reversed(family.spans(text)):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split()) or text
