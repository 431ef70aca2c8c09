"""What news of one language have in common, for the encoder: the mean vector of their titles and openings.

    python bench/story_centres.py --articles FILE.jsonl [--write]

Prints how near two texts on other events are, within a language and across; `--write` keeps the centres in
`digest_lib/stories/centres.npz`, for the languages of 100 articles or more.
"""

from __future__ import annotations

import argparse
import io
import os
from collections import Counter
from collections.abc import Mapping
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
from story_data import REPOSITORY, recorded

from digest_lib.files import write_atomic
from digest_lib.stories.meaning import encoded
from digest_lib.stories.traits import traits
from digest_lib.text.encoder import Vectors, encoder

_LEAST = 100
KEPT = REPOSITORY / "digest_lib" / "stories" / "centres.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    folder = Path(os.environ.get("DIGEST_RECORDED", "."))
    found = next(iter(sorted(folder.glob("articles-*.jsonl"))), None)
    parser.add_argument("--articles", type=Path, default=found, required=found is None)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    news = [traits(article) for article in recorded(options.articles).values()]
    vectors = encoded(news, encoder())
    if vectors is None:
        parser.error("the encoder is not installed")
    languages = np.array([t.language for t in news])
    rows = np.concatenate(vectors)
    twice = np.concatenate([languages, languages])
    many = sorted(language for language, n in Counter(languages.tolist()).items() if n >= _LEAST)
    centres = {language: rows[twice == language].mean(axis=0) for language in many}
    apart(rows, twice, centres)
    if options.write:
        buffer = io.BytesIO()
        np.savez(buffer, **{name: row.astype(np.float16) for name, row in centres.items()})
        write_atomic(KEPT, buffer.getvalue())


def apart(rows: Vectors, languages: np.ndarray, centres: Mapping[str, Vectors]) -> None:
    """Mean and spread of the cosines of texts that nothing joins, before and after."""
    chance = np.random.default_rng(7)
    for one, other in combinations_with_replacement(sorted(centres), 2):
        pairs = [chance.choice(np.flatnonzero(languages == name), 20_000) for name in (one, other)]
        cells = []
        for offset in (False, True):
            named = zip(pairs, (one, other), strict=True)
            left, right = (rows[k] - centres[name] * offset for k, name in named)
            lengths = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
            cosines = (left * right).sum(axis=1) / np.where(lengths > 0, lengths, 1)
            cells.append(f"{cosines.mean():>8.3f} ± {cosines.std():.3f}")
        print(f"{one} and {other}: " + ", centred ".join(cells))


if __name__ == "__main__":
    main()
