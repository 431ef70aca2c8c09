"""How much of a Simplified text is wrong when it is converted to Taiwan's script, and what it costs.

    python bench/conversion.py                             # our own sentences, dev and held out apart
    DIGEST_RECORDED=/path python bench/conversion.py       # also recorded Taiwanese news, there and back
    python bench/conversion.py --show                      # what is wrong in dev

Wrong characters in a thousand, beside plain OpenCC. A converter that changes words is wrong wherever it
does: the sentences stand for quotations. Recorded news of Traditional feeds is made Simplified by OpenCC
(tw2s) and converted back; its even days are dev. Every converter is timed on the same sentences in the same
run.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from opencc import OpenCC

from digest_lib.text.traditional import in_script, in_words

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "conversion"
#: Shapes of one character that are both in use.
_SAME = str.maketrans("臺佈祕汙裏羣爲衆着麪啓牀喫僞嘆託", "台布秘污裡群為眾著麵啟床吃偽歎托")

Rows = list[tuple[str, str, str]]
Convert = Callable[[str], str]


def rows(name: str) -> Rows:
    """The lines of one of the tables: split, Simplified, Traditional."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return [(split, simplified, traditional) for split, simplified, traditional in map(_cells, lines)]


def _cells(line: str) -> list[str]:
    return line.split("\t")


def wrong(converted: str, right: str) -> list[tuple[str, str]]:
    """What stands there and what should, character by character as far as the two are alike."""
    a, b = converted.translate(_SAME), right.translate(_SAME)
    if len(a) == len(b):
        return [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    codes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    differ = [(a[i:j], b[k:m]) for tag, i, j, k, m in codes if tag != "equal"]
    return [(x, y) for x, y in differ for _ in range(max(len(x), len(y)))]


def in_a_thousand(convert: Convert, table: Iterable[tuple[str, str, str]]) -> dict[str, float]:
    """Wrong characters in a thousand, by split."""
    count: dict[str, list[int]] = {}
    for split, simplified, traditional in table:
        of = count.setdefault(split, [0, 0])
        of[0] += len(wrong(convert(simplified), traditional))
        of[1] += len(traditional)
    return {split: 1000 * bad / whole for split, (bad, whole) in sorted(count.items())}


def recorded() -> Iterator[tuple[str, str, str]]:
    """Traditional titles and summaries of recorded news, made Simplified."""
    back = OpenCC("tw2s").convert
    for path in sorted(Path(os.environ["DIGEST_RECORDED"]).glob("articles-*.jsonl")):
        for article in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if article["lang"] == "zh-Hant":
                split = "held-out" if int(article["published"][9]) % 2 else "dev"
                for text in filter(None, (article["title"], article["summary"])):
                    if len(back(text)) == len(text):
                        yield split, back(text), text


def milliseconds(convert: Convert, texts: list[str]) -> float:
    """For a thousand characters, on this machine now."""
    convert(texts[0])  # dictionaries are loaded
    start = time.perf_counter()
    for text in texts:
        convert(text)
    return 1e6 * (time.perf_counter() - start) / sum(map(len, texts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print what is wrong in dev")
    show = parser.parse_args().show
    ours = "ours"
    converters: dict[str, Convert] = {c: OpenCC(c).convert for c in ("s2t", "s2tw", "s2twp")}
    converters[ours] = partial(in_script, lang="zh-Hans")
    tables: dict[str, Iterable[tuple[str, str, str]]] = {"sentences": rows("sentences.tsv")}
    if os.environ.get("DIGEST_RECORDED"):
        tables["recorded, there and back"] = list(recorded())
    # before anything is kept that was converted once
    texts = [simplified for _, simplified, _ in rows("sentences.tsv")]
    print("milliseconds for a thousand characters")
    for name, convert in converters.items():
        print(f"  {name:6}  {milliseconds(convert, texts):6.2f}")
    for title, table in tables.items():
        print(f"{title}: wrong characters in a thousand")
        for name, convert in converters.items():
            scores = in_a_thousand(convert, table)
            print(f"  {name:6}" + "".join(f"  {split} {score:6.2f}" for split, score in scores.items()))
    print("headlines in Taiwan's words")
    told = [(split, s, t, in_words(s, "zh-Hans")) for split, s, t in rows("headlines.tsv")]
    for split in ("dev", "held-out"):
        right = [t == made for part, _, t, made in told if part == split]
        print(f"  {split}: {sum(right)} of {len(right)} to the letter")
    if show:
        for split, simplified, traditional in rows("sentences.tsv"):
            made = converters[ours](simplified)
            if split == "dev" and wrong(made, traditional):
                print(f"  {simplified}  {made}  {wrong(made, traditional)}")


if __name__ == "__main__":
    main()
