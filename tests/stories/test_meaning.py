"""What news of one language have in common says nothing of an event."""

import numpy as np
import pytest

from digest_lib.stories.meaning import centred, centres
from digest_lib.stories.traits import traits
from digest_lib.text.encoder import WIDTH, Encoder
from stories.making import article

#: One direction for all news of a language, and one for the event, whichever language tells it.
TOLD = {
    "OpenAI opens a lab": ("en", 0),
    "OpenAI 設實驗室": ("zh", 0),
    "Rain in Lima": ("en", 1),
    "１２３": ("", 2),
}


class Spoken(Encoder):
    def vectors(self, texts):
        rows = np.zeros((len(texts), WIDTH), np.float32)
        for n, text in enumerate(texts):
            language, event = TOLD[text]
            if language:
                rows[n] = centres()[language]
                rows[n, event] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def test_a_language_of_its_own_makes_nothing_alike() -> None:
    told = [traits(article(title)) for title in TOLD]
    raw, found = Spoken().vectors(list(TOLD)), centred(told, Spoken())
    assert found is not None
    cosines = found[0] @ found[0].T
    assert cosines[0, 1] > (raw @ raw.T)[0, 1]  # one event in two languages
    assert abs(cosines[0, 2]) < abs((raw @ raw.T)[0, 2])  # two events in one
    assert not found[0][3].any()  # a text without letters is like nothing
    assert np.linalg.norm(found[0][:3], axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_without_an_encoder_there_are_no_vectors() -> None:
    assert centred([traits(article("OpenAI opens a lab"))], None) is None
