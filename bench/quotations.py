"""Do quotations pass for what their Simplified source says in Traditional, and are wrong ones put right?

    python bench/quotations.py             # dev and held out apart
    python bench/quotations.py --show      # what is taken wrongly in dev

Of `quotations.tsv`: as it says there. Of `sentences.tsv`: each sentence as its source's quotation, rightly
converted (none of them should be doubted) and as plain OpenCC converts it, where that is wrong (none should
pass): `put right` is to the letter, `other` is put wrong, or withheld though it could be known.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from opencc import OpenCC

from digest_lib.articles.article import Article
from digest_lib.checking.evidence import evidence
from digest_lib.checking.quoted_script import misconverted
from digest_lib.text.shapes import shape_of
from digest_lib.text.traditional import in_script

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "conversion"
SEEN = datetime(2026, 7, 22, tzinfo=UTC)


def taken(source: str, quotation: str, lang: str = "zh-Hans") -> str | None:
    """What the check makes of the quotation: itself, what is put in its place, None where it is withheld."""
    article = Article("a", "https://a.example/1", source, "", "甲報", "a", lang, SEEN, SEEN)
    quotation = in_script(quotation)  # Simplified is converted before
    found = misconverted(f"他說「{quotation}」", [evidence(article)])
    if not found:
        return quotation
    return found[0].right if found[0].is_certain else None


def rows(name: str) -> list[list[str]]:
    """The lines of one of the tables, without its head."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what is taken wrongly in dev")
    show = parser.parse_args().show
    count: Counter[tuple[str, str, str]] = Counter()
    wrong: list[str] = []

    def note(split: str, what: str, source: str, quotation: str, right: str, lang: str = "zh-Hans") -> None:
        made = taken(source, quotation, lang)
        same = made is not None and shape_of(made) == shape_of(right)
        verdict = "right" if same else "withheld" if made is None else "other"
        count[what, split, verdict] += 1
        if verdict != "right" and split == "dev":
            wrong.append(f"  {what}: {source}  {quotation}  {made}  {right}")

    for split, lang, source, quotation, right in rows("quotations.tsv"):
        kind = "good" if right == "=" else "wrong"
        note(split, f"quotations, {kind}", source, quotation, quotation if right == "=" else right, lang)
    plain = [OpenCC(name).convert for name in ("s2t", "s2tw")]
    for split, source, right in rows("sentences.tsv"):
        note(split, "sentences, good", source, right, right)
        for made in {convert(source) for convert in plain}:
            if shape_of(made) != shape_of(right):
                note(split, "sentences, wrong", source, made, right)
    for what, split in sorted({key[:2] for key in count}):
        told = "  ".join(f"{v} {count[what, split, v]}" for v in ("right", "withheld", "other"))
        print(f"{what:20} {split:9} {told}")
    if show:
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
